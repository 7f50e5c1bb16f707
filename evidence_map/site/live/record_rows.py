"""What the live list of reports loads: the rows in small parts, and the orders to sort them by."""

from __future__ import annotations

import gzip
import json
from typing import Any

from evidence_map.site.live.columns import Columns
from evidence_map.site.record_list import RecordList, Row

PART = 64
"""How many rows one part holds: few, since the rows of an order are scattered over many parts."""

FOLDER = "data/records"


def record_data(records: RecordList) -> dict[str, bytes]:
    """Return the files by their path in the site. Reports are numbered as in the columns of the maps."""
    reports = Columns(records.evidence, []).reports
    orders = json.dumps(records.orders(reports), separators=(",", ":")).encode()
    # Compressed so that it is small on any host.
    files = {f"{FOLDER}/order.bin": gzip.compress(orders, 9, mtime=0)}
    for number, start in enumerate(range(0, len(reports), PART)):
        rows = [_written(records.row(report)) for report in reports[start : start + PART]]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        files[f"{FOLDER}/rows-{number}.json"] = text.encode()
    return files


def _written(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "citation": row.citation,
        "title": row.title,
        "source": row.source,
        "decision": row.decision,
        "warning": row.warning,
        "cells": {name: cell.text for name, cell in row.cells.items()},
        "missing": [name for name, cell in row.cells.items() if cell.is_missing],
        "reference": _flat(row),
    }


def _flat(row: Row) -> list[str | None]:
    """Return the names and values of the reference in turn; None stands for the title, told already."""
    return [
        part for name, value in row.reference for part in (name, None if value == row.title else value)
    ]
