"""One page of each kind that a site has."""

from __future__ import annotations

from pathlib import Path

OFFLINE = "data/evidence-map.html"


def pages_of(site: Path) -> list[str]:
    """Return the addresses of all pages of a site, relative to its root, but for the offline file."""
    files = sorted(file.relative_to(site) for file in site.rglob("*.html"))
    found = [file for file in files if file.as_posix() != OFFLINE]
    return [
        "" if f.as_posix() == "index.html" else f.as_posix().removesuffix("index.html") for f in found
    ]


def one_of_each_kind(site: Path) -> list[str]:
    """Return the first page of each kind: of each folder at the root, each depth below it."""
    kinds: dict[tuple[str, int], str] = {}
    for path in pages_of(site):
        kinds.setdefault((path.split("/")[0], path.count("/")), path)
    return list(kinds.values())
