"""The reviews that tests build: the small invented one, and the one that the repository carries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

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
    assert result.published, result.problems
    return result


def shared_site(root: Path, site: Path) -> Iterator[Path]:
    """Yield *site*, built from *root* by whichever process of the run needs it first."""
    build_once(root, site)
    yield from looked_at(site)


def build_once(root: Path, site: Path) -> None:
    """Build *root* into *site* unless a process of the run has done so."""
    site.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(site.with_suffix(".lock")):
        # A site appears whole or not at all, so that it is finished if it is there.
        if not site.is_dir():
            built(root, site)


def looked_at(site: Path) -> Iterator[Path]:
    """Yield *site*, at which tests only look.

    One that spoiled it would make another fail, perhaps in another process.
    """
    before = _stamps(site)
    yield site
    assert _stamps(site) == before, f"a test changed {site.name}, which others look at as well"


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return size and time of the last change of every file in *folder*."""
    files = {file: file.stat() for file in folder.rglob("*") if file.is_file()}
    return {file: (told.st_size, told.st_mtime_ns) for file, told in files.items()}
