"""Writes every file that readers take away, and what tells programs about them, beside the database."""

from __future__ import annotations

from pathlib import Path

from evidence_map.database.description import datasette_metadata
from evidence_map.exports.data_package import FILE as PACKAGE
from evidence_map.exports.data_package import data_package
from evidence_map.exports.formats import FORMATS
from evidence_map.manuscript.formats import MANUSCRIPT_FORMATS
from evidence_map.processes import Work, Workers
from evidence_map.site.evidence import Evidence

WORTH_A_PROCESS = 1_000
"""From how many records on another process is worth its start, and reading the database once more."""


def begin_exports(evidence: Evidence, database: Path, workers: Workers) -> Work[None] | None:
    """Write the exports of *database*, or let another process begin with them if that is worth it.

    :param evidence: the same database, open.
    :returns: the work if it goes on beside this process.
    :raises ExportError: if a report cannot be carried by a format as it is; or the work does.
    """
    if evidence.totals["records"] >= WORTH_A_PROCESS and not workers.alone:
        return workers.begin(write_exports, database)
    _write(evidence, database.parent)
    return None


def write_exports(database: Path) -> None:
    """Write the exports of *database* into its folder.

    :raises ExportError: if a report cannot be carried by a format as it is.
    """
    with Evidence(database) as evidence:
        _write(evidence, database.parent)


def _write(evidence: Evidence, folder: Path) -> None:
    published = (*FORMATS.values(), *MANUSCRIPT_FORMATS.values())
    for form in published:
        file = folder / form.file
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(form.content(evidence.exported, evidence))
    (folder / PACKAGE).write_text(data_package(evidence, published, folder), "utf-8", newline="")
    metadata = datasette_metadata(evidence.connection, evidence.meta["title"], evidence.meta["licence"])
    (folder / "datasette.json").write_text(metadata, "utf-8", newline="")
