"""A large invented review, stored once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evidence_map.site.evidence import Evidence
from evidence_map.site.live.columns import Columns
from evidence_map.site.map_table import map_tables
from tests.bench.map_site import DATABASE, invented_review, write_database


@pytest.fixture(scope="session")
def kites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """More reports than one part of the texts holds, in scripts of all kinds."""
    folder = tmp_path_factory.mktemp("kites")
    write_database(invented_review(300, folder), folder)
    with Evidence(folder / DATABASE) as evidence:
        yield evidence


@pytest.fixture(scope="session")
def columns(kites: Evidence) -> Columns:
    return Columns(kites, map_tables(kites))
