"""What of the finished pages is searched, as small pages that Pagefind reads in less time.

Pagefind reads a page in full before it leaves out what is not searched: the theme around it, the
lists of a term. Both are cut away here where it is plain from the tags where they begin and end; a
page of which it is not stays whole. The index is the same, to the byte.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

SEARCHED = "data-pagefind-body"
"""The mark of a page that is searched."""

_SEARCHED = SEARCHED.encode()
_LANGUAGE = re.compile(rb"<html\b[^<>]*>")
_LEFT_OUT = re.compile(rb"<section\b[^<>]*\bdata-pagefind-ignore\b[^<>]*>")
_END = b"</article>"


def gather(site: Path, pages: Path) -> str:
    """Put what is searched of the pages of *site* into the folder *pages*, at their addresses.

    :returns: a digest of it; empty if nothing is searched.
    """
    digest = hashlib.blake2b(digest_size=16)
    is_empty = True
    for address in _addresses(site):
        part = searched_part((site / address).read_bytes())
        if part is None:
            continue
        is_empty = False
        for known in (address.encode("utf-8", "surrogateescape"), part):
            digest.update(len(known).to_bytes(8, "big"))
            digest.update(known)
        place = pages / address
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(part)
    return "" if is_empty else digest.hexdigest()


def _addresses(site: Path) -> Iterator[str]:
    """Yield the addresses of all pages, in one order on every machine."""
    for folder, below, files in os.walk(site):
        below.sort()
        yield from (
            Path(folder, file).relative_to(site).as_posix()
            for file in sorted(files)
            if file.endswith(".html")
        )


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
