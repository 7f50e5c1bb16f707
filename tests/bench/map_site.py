"""A site that holds a live map and nothing else: the pages of records would take minutes."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path, PurePosixPath

import evidence_map
from evidence_map.building import shipped
from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.loading import load_review
from evidence_map.model import Record
from evidence_map.review import Located, Review
from evidence_map.site.bare_pages import BarePages
from evidence_map.site.evidence import Evidence
from evidence_map.site.live.writing import live_data, write_files
from evidence_map.site.pages import Pages
from evidence_map.site.shell import build_shell, take_shells
from evidence_map.yaml_source import Document, Node
from tests.bench.invented_reviews import InventedReview, as_yaml

DATABASE = PurePosixPath("data/evidence.db")


def invented_review(number: int, folder: Path, seed: int = 1) -> Review:
    """Return a review of *number* records that was never in files.

    The files of the synthesis are written below *folder*; the records are validated as the loader
    does it, without the places of their values, which nothing but messages needs.
    """
    invented = InventedReview(number, seed)
    records = {}
    for key, fields in invented.entries():
        document = Document(
            PurePosixPath("records", f"{key}.yml"), as_yaml(fields), Node(1, 1, fields={})
        )
        records[key] = Located(Record.model_validate(fields), document)
    synthesis = folder / "synthesis"
    synthesis.mkdir(parents=True, exist_ok=True)
    (folder / "records").mkdir(exist_ok=True)
    for name, text in invented.synthesis():
        (synthesis / name).write_text(text, "utf-8")
    review, problems = load_review(folder)
    assert review is not None and not problems, problems
    seed_of_digest = {"invented": f"{number}-{seed}"}
    return dataclasses.replace(review, records=records, files=seed_of_digest)


def write_database(review: Review, site: Path) -> None:
    """Write the published database below *site*, in place of one that is there."""
    database = site / DATABASE
    database.parent.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    store(review, database)


def write_live_pages(pages: Pages, site: Path, *, offline: bool = False) -> None:
    """Write what the live maps load, and the maps as they stand in frames.

    :param offline: whether to write the one file for offline use, too.
    """
    templates = shipped("site_templates")
    data = live_data(pages.evidence, pages.maps)
    bare = BarePages(pages, templates)
    files = {f"{address}/index.html": text.encode() for address, text in bare.frames(site)}
    if offline:
        files["data/evidence-map.html"] = bare.offline(data).encode()
    write_files({**data, **files}, site)
    for folder in ("css", "js"):
        shutil.copytree(templates / folder, site / folder, dirs_exist_ok=True)


def bare_site(root: Path, site: Path) -> Path:
    """Build the database and the bare maps of the review in *root*, and return the database."""
    checked = check(root)
    assert checked.passes and checked.review is not None, checked.problems
    write_database(checked.review, site)
    with Evidence(site / DATABASE) as evidence:
        write_live_pages(Pages(evidence, shipped("site_templates"), evidence_map.__version__), site)
    return site / DATABASE


def write_map_site(site: Path) -> None:
    """Write the maps with the theme around them, from the database that stands below *site*."""
    templates = shipped("site_templates")
    with Evidence(site / DATABASE) as evidence:
        pages = Pages(evidence, templates, evidence_map.__version__)
        shell_site, work = site.parent / "shell", site.parent / "work"
        for folder in (shell_site, work):
            shutil.rmtree(folder, ignore_errors=True)
        build_shell([shipped("mkdocs.yml")], [shipped("docs")], templates, work, shell_site)
        shell = take_shells(shell_site, evidence.meta["short_title"])["entry"]
        shutil.copytree(shell_site / "assets", site / "assets", dirs_exist_ok=True)
        for table in pages.maps:
            page = pages.map_page(table)
            extra = {"head": "", "colophon": str(pages.colophon(page.address))}
            text = shell.stamped(page, extra)
            write_files({f"{page.address}/index.html": text.encode()}, site)
        write_live_pages(pages, site, offline=True)
