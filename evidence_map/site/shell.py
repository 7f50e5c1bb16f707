"""The shell of the site: theme, navigation and written pages, made once by MkDocs.

Pages of evidence are not MkDocs pages. A written page holds a comment ``<!-- evidence:NAME -->``
where evidence goes; for the many pages of one kind (records, terms) a shell is built once at the
right depth and stamped for each. So no hooks or plugins are needed, and the generator can be
replaced by any that makes such pages.
"""

from __future__ import annotations

import html
import logging
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidence_map.site.page import Page

SITE_NAME = "evidence-site-name"
TITLE = "evidence-page-title"
DESCRIPTION = "evidence-page-description"
CONTENT = "content"
_MARKS = re.compile(f"{SITE_NAME}|{TITLE}|{DESCRIPTION}")
SLOT = re.compile(r"<!-- evidence:([a-z-]+) -->")

SHELLS = {
    "entry": PurePosixPath("evidence-shell/entry"),
    "subentry": PurePosixPath("evidence-shell/entry/subentry"),
}
"""The shells and their addresses, as deep as the pages that are stamped from them."""


class ShellError(Exception):
    """The generator of the shell failed or made something that cannot be stamped."""


@dataclass(frozen=True)
class Shell:
    """A built page that is stamped many times. ``site_name`` is the review's short title."""

    text: str
    site_name: str

    def stamped(self, page: Page, slots: dict[str, str]) -> str:
        """Return the shell with the page's title, description and body in their places."""
        marks = {SITE_NAME: self.site_name, TITLE: page.title, DESCRIPTION: page.description}
        text = _MARKS.sub(lambda match: html.escape(marks[match.group()]), self.text)
        return fill(text, {CONTENT: str(page.body), **slots})


def fill(text: str, slots: dict[str, str], known: Iterable[str] = ()) -> str:
    """Return *text* with each ``<!-- evidence:NAME -->`` replaced by the slot of that name.

    :param known: names to offer where a slot has no content.
    :raises ShellError: if a slot has no content, which is a misspelt name in a written page.
    """

    def content(match: re.Match[str]) -> str:
        if match[1] not in slots:
            names = ", ".join(sorted({*slots, *known}))
            raise ShellError(
                f"a written page asks for “{match[1]}”, which does not exist; there are: {names}"
            )
        return slots[match[1]]

    return SLOT.sub(content, text)


def build_shell(config_file: Path, docs: list[Path], templates: Path, work: Path, site: Path) -> None:
    """Build the written pages and the shells into *site*, with a mark in place of the site's name.

    :param config_file: the review's mkdocs.yml.
    :param docs: folders of written pages; a later one adds to and replaces an earlier one.
    :param templates: the folder of site templates, which holds the theme's overrides.
    :param work: a folder for the generator's input, which does not exist yet.
    :raises ShellError: if a link leads elsewhere, or MkDocs refuses the configuration or a page.
    """
    pages = work / "docs"
    for folder in [*docs, templates]:
        _refuse_special_files(folder)
    for folder in docs:
        shutil.copytree(folder, pages, dirs_exist_ok=True)
    for shell in SHELLS.values():
        target = pages / shell / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nhide: [navigation, toc]\n"
            "search: {exclude: true}\n---\n\n"
            f"<!-- evidence:{CONTENT} -->\n",
            "utf-8",
        )
    _run_mkdocs(config_file, pages, templates, site)


def repository_address(config_file: Path) -> str | None:
    """Return the address of the repository that the review's mkdocs.yml names, if it names one."""
    return _setting(config_file, "repo_url").rstrip("/") or None


def repository_branch(config_file: Path) -> str:
    """Return the branch whose files mkdocs.yml lets readers edit (``edit_uri``), or “main”."""
    edit = re.match(r"/?(?:-/)?_?(?:edit|blob|src/branch)/([^/?#]+)/", _setting(config_file, "edit_uri"))
    return edit[1] if edit else "main"


def _setting(config_file: Path, name: str) -> str:
    from mkdocs.utils.yaml import yaml_load

    with config_file.open(encoding="utf-8") as stream:
        value = yaml_load(stream).get(name)
    return str(value).strip() if value else ""


def _refuse_special_files(folder: Path) -> None:
    """Refuse links that lead out of *folder*, which would publish files of this machine, and pipes."""
    home = folder.resolve()
    for file in folder.rglob("*"):
        if file.is_symlink() and not file.resolve().is_relative_to(home):
            raise ShellError(
                f"{file} is a link that leads out of {folder.name}/; put the file itself there"
            )
        if not file.is_file() and not file.is_dir():
            raise ShellError(f"{file} is not a file that can be published; remove it")


def _run_mkdocs(config_file: Path, docs: Path, templates: Path, site: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.utils.yaml import yaml_load

    log = _Log(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(log)
    logger.propagate = False
    try:
        with config_file.open(encoding="utf-8") as stream:
            written = yaml_load(stream)
        if written.get("hooks"):
            raise ShellError(f"{config_file.name} names hooks; a review brings no programs of its own")
        config = load_config(
            str(config_file),
            docs_dir=str(docs),
            site_dir=str(site),
            site_name=SITE_NAME,
            theme={**written.get("theme", {}), "custom_dir": str(templates)},
        )
        build(config)
    except (ShellError, OSError):
        raise
    except (Exception, SystemExit) as error:
        # MkDocs and its theme raise what they will; each means that a written page or the
        # configuration is at fault.
        reason = " ".join([*log.errors, str(error) or type(error).__name__])
        raise ShellError(f"MkDocs cannot build the written pages: {' '.join(reason.split())}") from error
    finally:
        logger.removeHandler(log)


class _Log(logging.Handler):
    """Keeps what MkDocs says is wrong, for the message; its other talk is for its own users."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text of an error."""
        if record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())


def take_shells(site: Path, name: str) -> dict[str, Shell]:
    """Read the shells from the built *site* and remove them, so that they are not published."""
    shells = {
        shell: Shell((site / path / "index.html").read_text("utf-8"), name)
        for shell, path in SHELLS.items()
    }
    shutil.rmtree(site / "evidence-shell")
    for kind, shell in shells.items():
        if f"<!-- evidence:{CONTENT} -->" not in shell.text or TITLE not in shell.text:
            raise ShellError(f"the shell “{kind}” has no place for evidence")
    return shells


def written_pages(site: Path, name: str) -> dict[Path, str]:
    """Return the text of each built page, with the site's name in its place."""
    return {
        page: page.read_text("utf-8").replace(SITE_NAME, html.escape(name))
        for page in sorted(site.rglob("*.html"))
    }
