"""The volumes of the index of words: a large site has an index in several, each made by itself.

A changed page then costs the volume that it stands in and not the whole index, and Pagefind, whose
memory grows with the pages of a run, needs little. In which volume a page stands is told by its
address alone, so that no other page moves with it. Reports have volumes of their own, since they
change most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

FULL = 1_500
"""How many pages fill a volume. Pagefind takes some 230 kB of memory for a page."""

MOST = 16
"""The most volumes of reports, and of other pages: a search asks for a file or more of each."""

REPORTS = "records/"

_LANGUAGE = re.compile(rb'(<html\b[^<>]*\blang="[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)(?=")')


@dataclass(frozen=True)
class Volume:
    """A volume with the addresses of its pages, searched or not, in one order on every machine."""

    number: int
    addresses: list[str]

    @property
    def name(self) -> str:
        """Its folder within that of the index."""
        return f"volume-{self.number:02}"

    def marked(self, page: bytes) -> bytes:
        """Return *page* with the volume's number behind its language, as a private subtag (RFC 5646).

        Pagefind names what it makes of a page by language and content, and takes no notice of such a
        subtag otherwise. So no two pages of a site have one name, and each name tells its volume.

        >>> Volume(3, []).marked(b'<html lang="en"><body>Tea</body></html>')
        b'<html lang="en-x-03"><body>Tea</body></html>'
        """
        return _LANGUAGE.sub(rb"\g<1>-x-%02d" % self.number, page, count=1)


def volumes(addresses: Iterable[str], full: int = FULL) -> list[Volume]:
    """Return the volumes for the pages at *addresses*: one, unless they would fill more than two.

    Their number doubles where they would be too full, so that it seldom changes.

    :param full: about how many pages fill a volume.
    """
    pages = sorted(addresses)
    if len(pages) <= 2 * full:
        return [Volume(1, pages)]
    reports = [page for page in pages if page.startswith(REPORTS)]
    others = [page for page in pages if not page.startswith(REPORTS)]
    parted = [part for group in (others, reports) for part in _parted(group, full)]
    return [Volume(number, part) for number, part in enumerate(parted, 1)]


def _parted(pages: list[str], full: int) -> list[list[str]]:
    number = 1
    while number < MOST and len(pages) > number * full:
        number *= 2
    parts: list[list[str]] = [[] for _ in range(number)]
    for page in pages:
        digest = blake2b(page.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        parts[int.from_bytes(digest, "big") % number].append(page)
    return parts
