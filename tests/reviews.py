"""The small invented review, built once and shared by the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

from evidence_map.building import Built, build

REPOSITORY = Path(__file__).parent.parent
LIGHTHOUSE = REPOSITORY / "tests" / "lighthouse"


def built(root: Path, target: Path) -> Built:
    """Build *root* into *target* and insist that it was published."""
    result = build(root, target)
    assert result.published, result.checked.problems
    return result
