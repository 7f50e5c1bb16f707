"""Writes the pages of records: on all processors, and without rendering one that is still the same."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from evidence_map.kept_work import KeptWork, folder_digest, kept_folder, key_of, program_digest
from evidence_map.processes import Work, Workers
from evidence_map.site.page import Page
from evidence_map.site.record_page import Frame
from evidence_map.site.record_pages import RecordPages
from evidence_map.site.record_source import RecordSource, RecordSources, written
from evidence_map.site.stamping import Stamping

WORTH_A_PROCESS = 400
"""From how many records on other processes are worth their start."""

_PART = 100
_KEPT_AT_ONCE = 5_000


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


@dataclass(slots=True)
class Written:
    """What came of some pages: those to keep, by their keys, and the keys of those that were kept."""

    number: int
    made: dict[str, bytes]
    used: list[str]


class RecordWriting:
    """Writes the pages of records while other pages are made.

    :param stamping: writes them into the site; None where they are only to be kept.
    :param templates: the folder of site templates.
    """

    def __init__(
        self, stamping: Stamping | None, templates: Path, sources: RecordSources, workers: Workers
    ) -> None:
        frame = sources.frame
        made_by = key_of(program_digest(), folder_digest(templates / "pages"), written(frame))
        kept = KeptWork("pages", kept_folder())
        self._printer = Printer(stamping, templates, frame, made_by, kept)
        self._sources = sources
        self._workers = workers
        self._works: list[Work[Written]] = []

    def begin(self) -> None:
        """Let other processes begin, if there is enough for them."""
        if len(self._sources) < WORTH_A_PROCESS:
            return
        for part in self._parts():
            self._works.append(self._workers.begin(write_records, self._printer, part))

    def finish(self) -> Iterator[int]:
        """Write what is left, and yield how many pages are done so far."""
        done = 0
        made: dict[str, bytes] = {}
        used: list[str] = []
        for part in self._written():
            made |= part.made
            used += part.used
            if len(made) >= _KEPT_AT_ONCE:
                self._printer.kept.keep(made)
                made = {}
            yield from range(done + 1, done + part.number + 1)
            done += part.number
        self._printer.kept.keep(made, used)

    def _written(self) -> Iterator[Written]:
        if not self._works:
            yield from (write_records(self._printer, part) for part in self._parts())
        while self._works:
            yield self._workers.value(self._works.pop(0))

    def _parts(self) -> Iterator[list[RecordSource]]:
        part = []
        for source in self._sources:
            part.append(source)
            if len(part) == _PART:
                yield part
                part = []
        if part:
            yield part


def write_records(printer: Printer, sources: list[RecordSource]) -> Written:
    """Write the pages of some records; those that are kept from earlier builds are not rendered."""
    keys = [key_of(printer.made_by, written(source)) for source in sources]
    kept = printer.kept.found(keys)
    done = Written(len(sources), {}, [])
    for key, source in zip(keys, sources, strict=True):
        page = _unpacked(source, kept[key]) if key in kept else None
        if page is None:
            page = _pages(printer).page(source)
            done.made[key] = _packed(page)
        else:
            done.used.append(key)
        if printer.stamping is not None:
            printer.stamping.write(page)
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
    return zlib.compress(json.dumps(parts, ensure_ascii=False).encode(), level=1)


def _unpacked(source: RecordSource, content: bytes) -> Page | None:
    """Return a page that was kept; None if it is none, after all."""
    try:
        title, description, shell, head, body = json.loads(zlib.decompress(content))
    except (zlib.error, ValueError):
        return None
    address = PurePosixPath("records", source.report.key)
    # Made by the templates, which escape; what is kept has a digest, so it is the same as then.
    return Page(address, title, description, Markup(body), shell, Markup(head))  # noqa: S704
