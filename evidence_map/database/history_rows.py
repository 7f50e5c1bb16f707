"""The versions of a review as the rows of the tables that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evidence_map.database.record_rows import Row
from evidence_map.history.releases import Release


def history_tables(history: Sequence[Release]) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables of versions and their changes with their rows."""
    yield (
        "release",
        (
            {
                "position": position,
                "name": release.name,
                "date": release.date,
                "is_release": int(release.is_release),
                "note": release.note,
            }
            for position, release in enumerate(history)
        ),
    )
    yield (
        "change",
        (
            {
                "release": position,
                "subject": change.subject.value,
                "name": change.name,
                "what": change.what.value,
                "title": change.title,
                "details": "; ".join(change.details),
            }
            for position, release in enumerate(history)
            for change in release.changes
        ),
    )
