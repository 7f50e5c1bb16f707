"""Writes what the live pages load."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidence_map.site.evidence import Evidence
from evidence_map.site.live.columns import Columns
from evidence_map.site.live.texts import Texts
from evidence_map.site.map_table import MapTable


def live_data(evidence: Evidence, maps: Sequence[MapTable]) -> dict[str, bytes]:
    """Return the files of the live pages by their path in the site."""
    columns = Columns(evidence, maps)
    texts = Texts(evidence, columns.reports)
    files = {"data/map/columns.bin": columns.packed(), "data/map/keys.json": texts.keys().encode()}
    for number, part in enumerate(texts.parts()):
        files[f"data/map/reports-{number}.json"] = part.encode()
    return files


def write_files(files: dict[str, bytes], site: Path) -> None:
    """Write files below *site*, by their paths."""
    for path, content in files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
