"""What of the finished pages is searched, as small pages that Pagefind reads in less time.

Pagefind reads a page in full before it leaves out what is not searched: the theme around it, the
lists of a term. Both are cut away here where it is plain from the tags where they begin and end; a
page of which it is not stays whole. The index is the same, to the byte.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

SEARCHED = "data-pagefind-body"
"""The mark of a page that is searched."""

_SEARCHED = SEARCHED.encode()
_LANGUAGE = re.compile(rb"<html\b[^<>]*>")
_LEFT_OUT = re.compile(rb"<section\b[^<>]*\bdata-pagefind-ignore\b[^<>]*>")
_END = b"</article>"


def addresses(site: Path) -> list[str]:
    """Return the addresses of all pages of *site*."""
    # As plain text: of ten thousand pages, paths would take a second.
    root = os.fspath(site)
    found = []
    for folder, _, files in os.walk(root):
        below = folder[len(root) + 1 :].replace(os.sep, "/")
        place = f"{below}/" if below else ""
        found += [place + file for file in files if file.endswith(".html")]
    return sorted(found)


def searched_parts(site: Path, pages: Iterable[str]) -> dict[str, bytes]:
    """Return what is searched of those *pages* of *site* that are, by their addresses."""
    parts = {}
    for address in pages:
        with open(f"{site}/{address}", "rb", buffering=0) as file:  # noqa: PTH123 (many files)
            part = searched_part(file.readall())
        if part is not None:
            parts[address] = part
    return parts


def write_parts(parts: Mapping[str, bytes], folder: Path) -> None:
    """Write *parts* of pages into *folder*, at their addresses."""
    made = set()
    for address, part in parts.items():
        place = f"{folder}/{address}"
        below = place.rpartition("/")[0]
        if below not in made:
            os.makedirs(below, exist_ok=True)  # noqa: PTH103 (many files)
            made.add(below)
        with open(place, "wb") as file:  # noqa: PTH123 (many files)
            file.write(part)


def searched_part(page: bytes) -> bytes | None:
    """Return a page with nothing but what is searched of it, or nothing if none of it is.

    >>> searched_part(b'<html lang="en"><nav>Home</nav><article data-pagefind-body>Tea</article></html>')
    b'<html lang="en"><body><article data-pagefind-body>Tea</article>'
    """
    mark = page.find(_SEARCHED)
    if mark < 0:
        return None
    begin = page.rfind(b"<", 0, mark)
    end = page.find(_END, mark)
    language = _LANGUAGE.search(page, 0, begin)
    is_plain = (
        language is not None
        and page.startswith(b"<article ", begin)
        and end > 0
        and page.find(b"<article", mark, end) < 0
        and page.find(_SEARCHED, mark + 1) < 0
    )
    if not is_plain or language is None:
        return page
    return b"%s<body>%s" % (language.group(), _without_sections(page[begin : end + len(_END)]))


def _without_sections(part: bytes) -> bytes:
    """Return *part* with nothing in those sections that are left out and hold no other section."""
    pieces: list[bytes] = []
    place = 0
    while found := _LEFT_OUT.search(part, place):
        end = part.find(b"</section>", found.end())
        pieces.append(part[place : found.end()])
        is_plain = end > 0 and part.find(b"<section", found.end(), end) < 0
        place = end if is_plain else found.end()
    return b"".join([*pieces, part[place:]])
