"""What the tests of the web form's modules may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.form.yaml_calls import FormYaml


@pytest.fixture(scope="session")
def form() -> Iterator[FormYaml]:
    """What the web form reads and writes records with; Node is started once."""
    with FormYaml() as calls:
        yield calls
