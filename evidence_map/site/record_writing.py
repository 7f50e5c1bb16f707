"""Writes the pages of records: on all processors, and without rendering one that is still the same."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from markupsafe import Markup
from pydantic_core import from_json, to_json

from evidence_map.kept_work import KeptWork, folder_digest, kept_folder, key_of, program_digest
from evidence_map.processes import Work, Workers
from evidence_map.site.page import Page
from evidence_map.site.record_page import Frame
from evidence_map.site.record_pages import RecordPages
from evidence_map.site.record_source import RecordSource, RecordSources, digest_of
from evidence_map.site.stamping import Stamping

WORTH_A_PROCESS = 400
"""From how many records on other processes are worth their start."""

_PART = 100


@dataclass(frozen=True, slots=True)
class Printer:
    """Writes pages of records. Plain values, so that any process can do it.

    :ivar stamping: writes them into the site; None where they are only to be kept.
    :ivar templates: the folder of site templates.
    :ivar frame: what the pages of all records share.
    :ivar made_by: a digest of everything but its source that a page is made from.
    """

    stamping: Stamping | None
    templates: Path
    frame: Frame
    made_by: str
    kept: KeptWork


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is wanted.

    :ivar record: the record's key.
    :ivar key: the digest of all that the page is made from.
    :ivar source: what it is made from; None where the page was kept, and is only to be written.
    """

    record: str
    key: str
    source: RecordSource | None


@dataclass(slots=True)
class Written:
    """What came of some pages.

    :ivar number: how many were written.
    :ivar used: the keys of those that were kept.
    :ivar missing: the records of those that were kept, but not whole.
    """

    number: int = 0
    used: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class RecordWriting:
    """Writes the pages of records while other pages are made.

    :param stamping: writes them into the site; None where they are only to be kept.
    :param templates: the folder of site templates.
    """

    def __init__(
        self, stamping: Stamping | None, templates: Path, sources: RecordSources, workers: Workers
    ) -> None:
        frame = sources.frame
        made_by = digest_of(key_of(program_digest(), folder_digest(templates / "pages")), frame)
        kept = KeptWork("pages", kept_folder())
        self._printer = Printer(stamping, templates, frame, made_by, kept)
        self._sources = sources
        self._workers = workers
        self._works: list[Work[Written]] = []

    def begin(self) -> None:
        """Let other processes begin, if there is enough for them."""
        if len(self._sources.keys) < WORTH_A_PROCESS:
            return
        for part in self._parts():
            self._works.append(self._workers.begin(write_records, self._printer, part))

    def finish(self) -> Iterator[int]:
        """Write what is left, and yield how many pages are done so far."""
        done = 0
        used: list[str] = []
        for part in self._written():
            used += part.used
            yield from range(done + 1, done + part.number + 1)
            done += part.number
        self._printer.kept.keep({}, used)

    def _written(self) -> Iterator[Written]:
        missing: list[str] = []
        for part in self._begun():
            missing += part.missing
            yield part
        for start in range(0, len(missing), _PART):
            yield write_records(self._printer, self._wanted(missing[start : start + _PART]))

    def _begun(self) -> Iterator[Written]:
        if not self._works:
            yield from (write_records(self._printer, part) for part in self._parts())
        while self._works:
            yield self._workers.value(self._works.pop(0))

    def _parts(self) -> Iterator[list[Wanted]]:
        keys = self._sources.keys
        for start in range(0, len(keys), _PART):
            wanted = self._wanted(keys[start : start + _PART])
            held = self._printer.kept.held([each.key for each in wanted])
            yield [replace(each, source=None) if each.key in held else each for each in wanted]

    def _wanted(self, records: Sequence[str]) -> list[Wanted]:
        sources = [self._sources.source(record) for record in records]
        return [
            Wanted(source.report.key, digest_of(self._printer.made_by, source), source)
            for source in sources
        ]


def write_records(printer: Printer, pages: list[Wanted]) -> Written:
    """Write the pages of some records, and keep those that are rendered.

    Those that are kept from earlier builds are not rendered.
    """
    kept = printer.kept.found(page.key for page in pages if page.source is None)
    done = Written()
    made: dict[str, bytes] = {}
    for wanted in pages:
        if wanted.source is not None:
            page = _pages(printer).page(wanted.source)
            made[wanted.key] = _packed(page)
        elif wanted.key in kept and (found := _unpacked(wanted.record, kept[wanted.key])):
            page = found
            done.used.append(wanted.key)
        else:
            done.missing.append(wanted.record)
            continue
        done.number += 1
        if printer.stamping is not None:
            printer.stamping.write(page)
    printer.kept.add(made)
    return done


_PAGES: dict[str, RecordPages] = {}
"""What rendered last in this process, by what it renders with."""


def _pages(printer: Printer) -> RecordPages:
    if printer.made_by not in _PAGES:
        _PAGES.clear()
        _PAGES[printer.made_by] = RecordPages(printer.templates, printer.frame)
    return _PAGES[printer.made_by]


def _packed(page: Page) -> bytes:
    parts = [page.title, page.description, page.shell, str(page.head), str(page.body)]
    return zlib.compress(to_json(parts), level=1)


def _unpacked(record: str, content: bytes) -> Page | None:
    """Return a page that was kept; None if it is none, after all."""
    try:
        title, description, shell, head, body = from_json(zlib.decompress(content))
    except (zlib.error, ValueError):
        return None
    address = PurePosixPath("records", record)
    # Made by the templates, which escape; what is kept has a digest, so it is the same as then.
    return Page(address, title, description, Markup(body), shell, Markup(head))  # noqa: S704
