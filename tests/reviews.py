"""The small invented review, built once and shared by the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

from evidence_map.building import Built, build

REPOSITORY = Path(__file__).parent.parent
LIGHTHOUSE = REPOSITORY / "tests" / "lighthouse"


def record_keys(root: Path) -> set[str]:
    """Return the keys of the records in the folder of a review, told by its files."""
    names = {file.name for file in (root / "records").glob("*.yml")}
    return {name.removesuffix(".yml") for name in names if not name.endswith(".second.yml")}


def built(root: Path, target: Path) -> Built:
    """Build *root* into *target* and insist that it was published."""
    result = build(root, target)
    assert result.published, result.checked.problems
    return result
