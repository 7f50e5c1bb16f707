"""The pages that the index of words can find: ``results.json``, by kind and by Pagefind's name.

It stands in the folder of the index. While a site is built each volume of the index has one; they
become one for all of them.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

RESULTS = "results.json"

VOLUMES = "volumes"
"""Where the file names the folders of further volumes, beside the kinds of pages."""

KINDS = {
    "records": "Report",
    "findings": "Review finding",
    "codebook": "Term",
    "studies": "Study",
}
"""The kind of result that the pages of a folder are; all others are a ``Page``."""

_SIGNATURE = b"pagefind_dcd"
_ADDRESS = re.compile(rb'\{"url":("(?:[^"\\]|\\.)*")')
_START = 1000


def write_found_pages(index: Path) -> None:
    """Write which pages can be found through the *index* in a folder, as Pagefind made it.

    :raises ValueError, KeyError, OSError, EOFError: if its pages have another form than Pagefind's.
    """
    _write(index, _fragments(index / "fragment"), ())


def bind_found_pages(index: Path, further: Sequence[Path]) -> None:
    """Write which pages can be found through an *index* and its *further* volumes, in one file.

    :raises ValueError: if two pages have one name.
    """
    found = [page for folder in (index, *further) for page in _read(folder)]
    if len(dict(found)) < len(found):
        raise ValueError("two pages have one name")
    for folder in further:
        (folder / RESULTS).unlink()
    _write(index, found, [folder.name for folder in further])


def _write(index: Path, found: Iterable[tuple[str, str]], further: Sequence[str]) -> None:
    kinds: dict[str, dict[str, str]] = {}
    for name, address in sorted(found, key=lambda page: page[1]):
        first, *rest = address.rstrip("/").split("/")
        kind = KINDS.get(first, "Page") if rest else "Page"
        kinds.setdefault(kind, {})[name] = address
    written: dict[str, object] = dict(sorted(kinds.items()))
    if further:
        written[VOLUMES] = list(further)
    (index / RESULTS).write_text(json.dumps(written, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _read(index: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each page in a volume."""
    for pages in json.loads((index / RESULTS).read_text("utf-8")).values():
        yield from pages.items()


def _fragments(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each page that Pagefind wrote into *folder*."""
    for file in folder.glob("*.pf_fragment"):
        yield file.stem, _address(file.read_bytes()).lstrip("/")


def _address(fragment: bytes) -> str:
    # The address stands first, so that the text need not be unpacked.
    start = zlib.decompressobj(wbits=31).decompress(fragment, _START).removeprefix(_SIGNATURE)
    if found := _ADDRESS.match(start):
        return str(json.loads(found[1]))
    return str(json.loads(gzip.decompress(fragment).removeprefix(_SIGNATURE))["url"])
