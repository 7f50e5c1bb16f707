"""The invented review, stored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evidence_map.site.evidence import Evidence
from tests.exports.reports import lighthouse_database


@pytest.fixture(scope="package")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    with Evidence(lighthouse_database(tmp_path_factory.mktemp("checklists"))) as evidence:
        yield evidence
