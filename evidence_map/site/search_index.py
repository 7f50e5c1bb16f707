"""The index of all words of the site, made by Pagefind from the finished pages.

The templates mark what is searched: ``data-pagefind-body`` on the text of a page,
``data-pagefind-ignore`` on what would drown the rest. Pagefind gets the marked parts alone
(``searched_parts``). The index of a large site has several volumes (``index_volumes``), each made by a
run of its own (``pagefind_runs``), and none where its pages are those of the last build
(``kept_index``).
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import unicodedata
import zlib
from collections import deque
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from evidence_map.kept_work import key_of
from evidence_map.processes import available
from evidence_map.site.found_pages import bind_found_pages, write_found_pages
from evidence_map.site.index_volumes import FULL, volumes
from evidence_map.site.kept_index import KeptIndex
from evidence_map.site.pagefind_runs import REMEDY, IndexingError, Run
from evidence_map.site.searched_parts import SEARCHED, addresses, searched_parts, write_parts

FOLDER = "pagefind"
"""Where the index stands in the site."""

AT_ONCE = 2
"""How many volumes are made at a time at most: each run takes a processor, and memory of its own."""

STRUCK = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "þ": "th"}
    | {"æ": "ae", "œ": "oe", "ß": "ss"}
)
"""Letters that are no plain letter with an accent, and what is typed for them elsewhere."""

_PROGRAM = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")


def plain_spellings(text: str) -> str:
    """Return the words of *text* that have letters such as ø and ł, with plain letters instead.

    Pagefind finds *Zoë* for *Zoe*, but not *Sørensen* for *Sorensen*.

    >>> plain_spellings("Zoë Sørensen, Łódź")
    'sorensen lodz'
    """
    words = re.findall(r"\w+", text.lower())
    plain = {word: word.translate(STRUCK) for word in words}
    struck = [unicodedata.normalize("NFD", new) for word, new in plain.items() if new != word]
    return " ".join("".join(c for c in word if not unicodedata.combining(c)) for word in struck)


def write_search_index(site: Path, place: Path | None = None, full: int = FULL) -> None:
    """Index the finished pages in *site*, into its folder ``pagefind``.

    Beside Pagefind's own files stands ``results.json``: the address of each page that can be found,
    by kind and by Pagefind's name for it, and the folders of further volumes. Pagefind's filters would
    tell the kinds, but it writes them in another order each time.

    :param place: where the site will be published. A volume of the site that was there before is
        taken again if nothing that is searched in it has changed since.
    :param full: how many pages fill a volume of the index; twice as many still stand in one.
    :raises IndexingError: if Pagefind is missing, fails, or takes too long.
    """
    made: list[Path] = []
    # Beside the site, so that a killed build leaves nothing elsewhere.
    with tempfile.TemporaryDirectory(prefix=".words-", dir=site.parent) as folder, ExitStack() as runs:
        at_work: deque[_Making] = deque()
        planned = volumes(addresses(site), full)
        for volume in planned:
            parts = searched_parts(site, volume.addresses)
            if not parts:
                continue
            if made:
                parts = {address: volume.marked(part) for address, part in parts.items()}
            made.append(Path(folder, volume.name))
            kept = KeptIndex(place, volume.number, _digest(parts, len(planned)))
            if kept.put(made[-1]):
                continue
            if len(at_work) >= min(AT_ONCE, available()):
                at_work.popleft().finish()
            making = _Making(made[-1], kept, is_first=len(made) == 1, is_only=len(planned) == 1)
            at_work.append(runs.enter_context(making))
            making.begin(parts)
        while at_work:
            at_work.popleft().finish()
        if not made:
            raise IndexingError(f"no page can be searched: none in {site} has the mark {SEARCHED}")
        _bind(made, site / FOLDER)


def _digest(parts: Mapping[str, bytes], planned: int) -> str:
    """Return a digest of what is searched of the pages of a volume, and of how it is indexed."""
    known = (
        each
        for address, part in parts.items()
        for each in (address.encode("utf-8", "surrogateescape"), part)
    )
    return key_of("one" if planned == 1 else "of several", *known)


def _bind(made: list[Path], target: Path) -> None:
    """Put the volumes into the folder of the index, the others within the first."""
    first, *further = made
    first.rename(target)
    standing = [volume.rename(target / volume.name) for volume in further]
    if standing:
        try:
            bind_found_pages(target, standing)
        except ValueError as error:
            raise IndexingError(f"the index does not hold together: {error}") from error


class _Making:
    """A volume that is made. Use as a context manager, which ends the work on it in the end.

    :param folder: where the index is put, and work is done beside it.
    :param kept: where it is kept for the next build.
    :param is_first: whether the files of the program are needed with it.
    :param is_only: whether it is no volume among others.
    """

    def __init__(self, folder: Path, kept: KeptIndex, is_first: bool, is_only: bool) -> None:
        self._made, self._kept = folder, kept
        self._workplace = folder.with_name(f"{folder.name}-work")
        self._is_first, self._is_only = is_first, is_only
        self._end = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.close()

    def begin(self, parts: Mapping[str, bytes]) -> None:
        """Begin to index *parts* of pages, beside what this process does."""
        pages, empty = self._workplace / "pages", self._workplace / "empty"
        empty.mkdir(parents=True)
        write_parts(parts, pages)
        self._run = self._end.enter_context(Run(pages, self._made, empty, not self._is_only))

    def finish(self) -> None:
        """Wait for the index, and keep it.

        :raises IndexingError: if there is none, or it has another form than Pagefind's.
        """
        with self._end:
            self._run.wait()
        try:
            _drop_unused(self._made, self._is_first)
            write_found_pages(self._made)
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexingError(
                f"Pagefind made an index of an unknown form ({error}); {REMEDY}"
            ) from error
        self._kept.keep(self._made)
        shutil.rmtree(self._workplace)


def _drop_unused(index: Path, is_first: bool) -> None:
    """Remove what the site does not use of what Pagefind writes.

    That is its own search forms, and what stems words of languages that the site has not. Of further
    volumes it is the program, too, since that of the first searches all of them.
    """
    entry = json.loads((index / "pagefind-entry.json").read_text("utf-8"))
    stemmers = {language["wasm"] or "unknown" for language in entry["languages"].values()}
    program = {*_PROGRAM, *(f"wasm.{stemmer}.pagefind" for stemmer in stemmers)}
    kept = program if is_first else {"pagefind-entry.json"}
    for file in index.iterdir():
        if file.is_file() and file.suffix != ".pf_meta" and file.name not in kept:
            file.unlink()
