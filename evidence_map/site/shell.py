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

TITLE = "evidence-page-title"
DESCRIPTION = "evidence-page-description"
CONTENT = "content"
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
    """A built page that is stamped many times."""

    text: str

    def stamped(self, page: Page, slots: dict[str, str]) -> str:
        """Return the shell with the page's title, description and body in their places."""
        text = self.text.replace(TITLE, html.escape(page.title)).replace(
            DESCRIPTION, html.escape(page.description)
        )
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


def build_shell(
    config_file: Path, docs: Path, templates: Path, work: Path, site: Path, name: str
) -> None:
    """Build the written pages and the shells into *site*.

    :param config_file: the review's mkdocs.yml.
    :param docs: the folder of written pages.
    :param templates: the folder of site templates, which holds the theme's overrides.
    :param work: an empty folder for the generator's input.
    :param name: the name of the site.
    :raises ShellError: if MkDocs refuses the configuration or a page.
    """
    pages = work / "docs"
    shutil.copytree(docs, pages)
    for shell in SHELLS.values():
        target = pages / shell / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nhide: [navigation, toc]\n---\n\n"
            f"<!-- evidence:{CONTENT} -->\n",
            "utf-8",
        )
    _run_mkdocs(config_file, pages, templates, site, name)


def _run_mkdocs(config_file: Path, docs: Path, templates: Path, site: Path, name: str) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.config.base import ValidationError
    from mkdocs.exceptions import MkDocsException
    from mkdocs.utils.yaml import yaml_load

    logger = logging.getLogger("mkdocs")
    previous = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with config_file.open(encoding="utf-8") as stream:
            theme = yaml_load(stream).get("theme", {})
        config = load_config(
            str(config_file),
            docs_dir=str(docs),
            site_dir=str(site),
            site_name=name,
            theme={**theme, "custom_dir": str(templates)},
        )
        build(config)
    except (MkDocsException, ValidationError, AttributeError) as error:
        raise ShellError(f"MkDocs cannot build the written pages: {error}") from error
    finally:
        logger.setLevel(previous)


def take_shells(site: Path) -> dict[str, Shell]:
    """Read the shells from the built *site* and remove them, so that they are not published."""
    shells = {
        name: Shell((site / path / "index.html").read_text("utf-8")) for name, path in SHELLS.items()
    }
    shutil.rmtree(site / "evidence-shell")
    for name, shell in shells.items():
        if f"<!-- evidence:{CONTENT} -->" not in shell.text or TITLE not in shell.text:
            raise ShellError(f"the shell “{name}” has no place for evidence")
    return shells


def written_pages(site: Path) -> list[Path]:
    """Return the built pages that ask for evidence."""
    return [page for page in sorted(site.rglob("*.html")) if "<!-- evidence:" in page.read_text("utf-8")]
