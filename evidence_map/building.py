"""The main job: check, database, exports, pages, and the site swapped in."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import evidence_map
from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.database.record_parts import packed_rows
from evidence_map.exports.citations import faults, formatted_citations
from evidence_map.exports.publishing import begin_exports
from evidence_map.garbage import give_back, left_alone
from evidence_map.history.releases import releases
from evidence_map.kept_work import KeptWork, kept_folder
from evidence_map.problems import Problem
from evidence_map.processes import Workers
from evidence_map.publishing import check_target, replacing
from evidence_map.review import Review
from evidence_map.site.bare_pages import BarePages
from evidence_map.site.change_feed import FEED, change_feed
from evidence_map.site.evidence import Evidence
from evidence_map.site.form_frame import form_files, recorded_files
from evidence_map.site.licence_texts import ADDRESS as LICENCE_TEXTS
from evidence_map.site.licence_texts import licence_texts
from evidence_map.site.live.record_rows import record_data
from evidence_map.site.live.writing import live_data, write_files
from evidence_map.site.pages import Pages
from evidence_map.site.record_writing import RecordWriting
from evidence_map.site.search_index import write_search_index
from evidence_map.site.shell import (
    SHELLS,
    SLOT,
    build_shell,
    fill,
    repository_address,
    repository_branch,
    take_shells,
    written_pages,
)
from evidence_map.site.stamping import Stamping
from evidence_map.unchanged import Standing

REFERENCES = ("references.bib", "references.ris", "references.json", "reports.csv")
"""The exports of references, from which readers take away what they see."""

Progress = Callable[[str, int], None]
"""Called with the name of a stage and how many pages of it are done."""


@dataclass
class Built:
    """What a build did. ``published`` is false where errors stood in the way.

    ``problems`` are those of the review, ``accepted`` is how many more are accepted with a reason;
    ``remarks`` are lines for whoever builds, on what was published in another form than asked for.
    """

    target: Path
    problems: list[Problem] = field(default_factory=list)
    accepted: int = 0
    published: bool = False
    totals: dict[str, int] = field(default_factory=dict)
    pages: int = 0
    remarks: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Note how long a stage takes, all its parts together."""
        start = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def part_of(root: Path, name: str) -> Path:
    """Return the review's own file or folder *name*, or the one that comes with the program.

    So a review needs only records/ and synthesis/, and may bring its own templates, written pages
    or configuration.
    """
    own = root / name
    if own.exists():
        return own
    return shipped(name)


def shipped(name: str) -> Path:
    """Return the file or folder *name* that comes with the program."""
    package = Path(evidence_map.__file__).resolve().parent
    installed = package / "shipped" / name
    return installed if installed.exists() else package.parent / name


def _written_folders(root: Path) -> list[Path]:
    """Return the folders of written pages: those of the program, and the review's own over them."""
    own, theirs = root / "docs", shipped("docs")
    return [theirs, own] if own.is_dir() and own.resolve() != theirs.resolve() else [theirs]


def _settings_files(root: Path) -> list[Path]:
    """Return the files of the shell's settings: that of the program, and the review's own over it."""
    own = root / "mkdocs.yml"
    return [shipped("mkdocs.yml"), own] if own.is_file() else [shipped("mkdocs.yml")]


@left_alone()
def build(root: Path, target: Path, progress: Progress = lambda stage, done: None) -> Built:
    """Build the review in *root* into the folder *target*.

    Nothing is written where an error stands; the site that is there stays until the new one is
    whole.

    :raises PublishingError: if *target* cannot be replaced.
    :raises ChangedError: if files change while they are read, so that the site would mix two states.
    :raises StorageError, ShellError, ExportError, IndexingError: if a stage fails.
    """
    check_target(target, root)
    built = Built(target)
    review = _checked(root, built, progress)
    if review is None:
        return built
    with replacing(target) as new:
        name, address = review.protocol.value.short_title, review.protocol.value.address
        templates = part_of(root, "site_templates")
        with built.timing("shell"):
            progress("shell", 0)
            written = Standing(root, [templates, *_written_folders(root), *_settings_files(root)])
            work = new.parent / "work"
            build_shell(_settings_files(root), _written_folders(root), templates, work, new)
            _drop_unused(new)
            _place_not_found(new, address)
        database = new / "data" / "evidence.db"
        repository, branch = repository_of(root)
        with built.timing("database"):
            progress("database", 0)
            database.parent.mkdir()
            store(review, database, releases(root))
        with built.timing("pages"):
            write_files(form_files(review, repository, branch), new)
            write_files({LICENCE_TEXTS: licence_texts().encode()}, new)
        # From here on the database tells everything; the review would take half of the memory.
        del review
        _publish_evidence(database, templates, new, name, repository, built, progress)
        give_back()
        with built.timing("index"):
            progress("index", 0)
            write_search_index(new, target)
        written.refuse_changes()
    built.published = True
    return built


def _publish_evidence(
    database: Path,
    templates: Path,
    new: Path,
    name: str,
    repository: str | None,
    built: Built,
    progress: Progress,
) -> None:
    """Write the exports, citations and pages of *database* into the site *new*.

    All that they are made from is let go with this, since the index of words needs memory of its own.
    """
    with Evidence(database) as evidence, Workers() as workers:
        built.totals = dict(evidence.totals)
        with built.timing("exports"):
            progress("exports", 0)
            exports = begin_exports(evidence, database, workers)
        with built.timing("citations"):
            progress("citations", 0)
            kept = KeptWork("citations", kept_folder())
            citations = formatted_citations(list(evidence.reports.values()), kept, workers)
            built.remarks = faults(citations)
        with built.timing("pages"):
            pages = Pages(evidence, templates, evidence_map.__version__, citations, repository)
            built.pages = _write_pages(pages, templates, new, name, workers, progress)
        with built.timing("exports"):
            if exports:
                workers.value(exports)
        with built.timing("pages"):
            built.pages += _write_live_pages(pages, templates, new)
            write_files(recorded_files(evidence), new)


def _checked(root: Path, built: Built, progress: Progress) -> Review | None:
    """Return the review if it can be built, and note what is wrong with it.

    :raises ChangedError: if its files change while they are read.
    """
    with built.timing("check"):
        progress("check", 0)
        data = Standing(root, [root / "records", root / "synthesis"])
        checked = check(root, packed_rows)
        data.refuse_changes()
    built.problems, built.accepted = checked.problems, checked.accepted
    return checked.review if checked.passes else None


def repository_of(root: Path) -> tuple[str | None, str]:
    """Return the address of the review's own repository, if it is known, and its branch."""
    settings = root / "mkdocs.yml"
    if not settings.is_file():
        return None, "main"
    return repository_address(settings), repository_branch(settings)


def _drop_unused(site: Path) -> None:
    """Remove what the theme brings and no page of ours uses, and the site map without addresses."""
    shutil.rmtree(site / "assets" / "javascripts" / "lunr", ignore_errors=True)
    shutil.rmtree(site / "assets" / "javascripts" / "workers", ignore_errors=True)
    for unused in [*site.glob("sitemap.xml*"), *site.rglob("*.map")]:
        unused.unlink()


def _place_not_found(site: Path, address: str | None) -> None:
    """Let the page that hosts show for a missing address find its styles below the site's own path.

    It is shown at any depth, so its links start at the host's root.
    """
    base = urlsplit(address or "").path.rstrip("/")
    page = site / "404.html"
    if base and page.exists():
        page.write_text(re.sub(r'((?:href|src)=")/', rf"\1{base}/", page.read_text("utf-8")), "utf-8")


def _write_pages(
    pages: Pages, templates: Path, site: Path, name: str, workers: Workers, progress: Progress
) -> int:
    shells = take_shells(site, name)
    colophons = {kind: str(pages.colophon(address)) for kind, address in SHELLS.items()}
    stamping = Stamping(site, shells, colophons)
    # Read before other processes write pages beside them, which are no written pages.
    written = written_pages(site, name)
    records = RecordWriting(stamping, templates, pages.record_sources, workers)
    records.begin()
    _fill_written_pages(pages, site, written)
    number = len(written)
    for page in pages.pages():
        number += 1
        stamping.write(page)
        progress("pages", number)
        workers.attend()
    for done in records.finish():
        progress("pages", number + done)
    _write_feed(pages, site)
    return number + len(pages.evidence.reports)


def _fill_written_pages(pages: Pages, site: Path, written: dict[Path, str]) -> None:
    """Fill the slots of the written pages."""
    slots = pages.slots()
    for file, text in written.items():
        address = PurePosixPath(file.parent.relative_to(site).as_posix())
        wanted = {slot: str(slots[slot](address)) for slot in SLOT.findall(text) if slot in slots}
        file.write_text(fill(text, wanted, known=slots), "utf-8")


def _write_feed(pages: Pages, site: Path) -> None:
    feed = change_feed(pages.evidence.meta, pages.evidence.authors, pages.change_log)
    if feed:
        write_files({FEED: feed}, site)


def _write_live_pages(pages: Pages, templates: Path, site: Path) -> int:
    """Write what the live pages load, the maps for frames, and the file for offline use."""
    data = live_data(pages.evidence, pages.maps)
    write_files(data, site)
    write_files(record_data(pages.record_list), site)
    if not pages.maps:
        return 0
    bare = BarePages(pages, templates)
    written = {f"{address}/index.html": text.encode() for address, text in bare.frames(site)}
    exports = {f"data/{name}": (site / "data" / name).read_bytes() for name in REFERENCES}
    written["data/evidence-map.html"] = bare.offline({**data, **exports}).encode()
    write_files(written, site)
    return len(written)
