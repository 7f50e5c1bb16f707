"""The files that the live pages load."""

from __future__ import annotations

import json
from pathlib import Path

from evidence_map.site.evidence import Evidence
from evidence_map.site.live.writing import live_data, write_files
from evidence_map.site.map_table import map_tables


def test_files_are_written_where_the_pages_look_for_them(kites: Evidence, tmp_path: Path) -> None:
    files = live_data(kites, map_tables(kites))
    assert sorted(files) == [
        "data/map/columns.bin",
        "data/map/keys.json",
        "data/map/reports-0.json",
        "data/map/reports-1.json",
    ]
    write_files(files, tmp_path)
    keys = json.loads((tmp_path / "data/map/keys.json").read_text("utf-8"))
    assert len(keys) == len(kites.reports)
    assert (tmp_path / "data/map/columns.bin").read_bytes() == files["data/map/columns.bin"]
