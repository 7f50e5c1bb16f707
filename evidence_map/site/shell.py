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
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from evidence_map.interrupting import Ended
from evidence_map.kept_work import KeptWork, folder_digest, kept_folder, key_of, program_digest
from evidence_map.site.content_security import with_policy
from evidence_map.site.page import Page
from evidence_map.site.style_sheets import join_style_sheets
from evidence_map.site.white_space import collapsed

SITE_NAME = "evidence-site-name"
TITLE = "evidence-page-title"
DESCRIPTION = "evidence-page-description"
CONTENT = "content"
SLOT = re.compile(r"<!-- evidence:([a-z-]+) -->")
_PLACES = re.compile(f"({SITE_NAME}|{TITLE}|{DESCRIPTION}|<!-- evidence:[a-z-]+ -->)")

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
        given = {mark: html.escape(text) for mark, text in marks.items()}
        given |= {f"<!-- evidence:{name} -->": text for name, text in slots.items()}
        given[f"<!-- evidence:{CONTENT} -->"] = str(page.body)
        try:
            return "".join([given[part] if at % 2 else part for at, part in enumerate(self._parts)])
        except KeyError:
            # The message is that of written pages, which ask for more.
            return fill(self.text, slots)

    @cached_property
    def _parts(self) -> list[str]:
        """The text between the marks and slots, and in every second place one of them."""
        return _PLACES.split(self.text)


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
    config_files: list[Path], docs: list[Path], templates: Path, work: Path, site: Path
) -> None:
    """Build the written pages and the shells into *site*, with a mark in place of the site's name.

    :param config_files: the program's settings (mkdocs.yml), and the review's own, which lie over them.
    :param docs: folders of written pages; a later one adds to and replaces an earlier one.
    :param templates: the folder of site templates, which holds the theme's overrides.
    :param work: a folder for the generator's input, which does not exist yet.
    :raises ShellError: if a link leads elsewhere, or MkDocs refuses the configuration or a page.
    """
    for folder in [*docs, templates]:
        _refuse_special_files(folder)
    settings = _settings(config_files)
    digest = key_of(program_digest(), repr(settings), *map(folder_digest, [*docs, templates]))
    lasts = _rests_on_files_alone(settings, config_files[0])
    kept = KeptWork("shell", kept_folder() if lasts else None)
    files = _LAST.get(digest) or _kept_files(kept, digest)
    if files is None:
        _make_shell(config_files[-1], settings, docs, templates, work, site)
        files = {file.relative_to(site).as_posix(): file.read_bytes() for file in _files(site)}
        kept.keep({digest: _packed(files)})
    else:
        for path, content in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)
    _LAST.clear()
    _LAST[digest] = files


_LAST: dict[str, dict[str, bytes]] = {}
"""The files of the last shell by a digest of what it was made from.

While a review is served, it is built again at each change, and nearly always a record has changed.
"""

_OF_OTHER_PROGRAMS = ("markdown_extensions", "plugins", "extra_templates")


def _rests_on_files_alone(settings: dict[str, Any], own: Path) -> bool:
    """Whether the digest of a shell holds everything that it is made from.

    A review may name extensions, plugins and a theme whose versions and whose files it does not hold.
    """
    theirs = _settings_in(own)
    names = [part.get("theme", {}).get("name") for part in (settings, theirs)]
    return names[0] == names[1] and all(
        settings.get(name) == theirs.get(name) for name in _OF_OTHER_PROGRAMS
    )


def _packed(files: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return held.getvalue()


def _kept_files(kept: KeptWork, digest: str) -> dict[str, bytes] | None:
    """Return the files of the shell that an earlier build kept; None if there are none."""
    packed = kept.found([digest]).get(digest)
    if packed is None:
        return None
    try:
        with ZipFile(BytesIO(packed)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, zlib.error, OSError, ValueError):
        return None


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _copy(folder: Path, target: Path) -> None:
    """Copy the files of a folder; the first that fails says why, of all of which only a list would."""
    for file in _files(folder):
        copy = target / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def _make_shell(
    config_file: Path,
    settings: dict[str, Any],
    docs: list[Path],
    templates: Path,
    work: Path,
    site: Path,
) -> None:
    pages = work / "docs"
    for folder in docs:
        _copy(folder, pages)
    for shell in SHELLS.values():
        target = pages / shell / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nhide: [navigation, toc]\n"
            "stamped: true\nsearch: {exclude: true}\n---\n\n"
            f"<!-- evidence:{CONTENT} -->\n",
            "utf-8",
        )
    settings = {**settings, "theme": {**settings.get("theme", {}), "custom_dir": str(templates)}}
    _run_mkdocs(config_file, settings, pages, site)
    join_style_sheets(site)
    for page in site.rglob("*.html"):
        page.write_text(collapsed(page.read_text("utf-8")), "utf-8")


def repository_address(config_file: Path) -> str | None:
    """Return the address of the repository that the review's mkdocs.yml names, if it names one.

    :raises ShellError: if it is no web address, since pages lead there: a link could run a script.
    """
    address = _setting(config_file, "repo_url").rstrip("/")
    if address and not re.match(r"(?i)https?://[^/]", address):
        raise ShellError(f"repo_url in {config_file.name} is no web address; begin it with https://")
    return address or None


def repository_branch(config_file: Path) -> str:
    """Return the branch whose files mkdocs.yml lets readers edit (``edit_uri``), or “main”."""
    edit = re.match(r"/?(?:-/)?_?(?:edit|blob|src/branch)/([^/?#]+)/", _setting(config_file, "edit_uri"))
    return edit[1] if edit else "main"


def _setting(config_file: Path, name: str) -> str:
    value = _settings_in(config_file).get(name)
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


def _run_mkdocs(config_file: Path, settings: dict[str, Any], docs: Path, site: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    log = _Log(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(log)
    logger.propagate = False
    try:
        places = {"docs_dir": str(docs), "site_dir": str(site), "site_name": SITE_NAME}
        build(load_config(str(config_file), **{**settings, **places}))
    except (OSError, MemoryError, Ended):
        raise
    except (Exception, SystemExit) as error:
        # MkDocs and its theme raise what they will; each means that a written page or the
        # configuration is at fault.
        raise _refused([*log.errors, str(error) or type(error).__name__]) from error
    finally:
        logger.removeHandler(log)


def _refused(reasons: list[str]) -> ShellError:
    """Return the error that tells what MkDocs says in one line."""
    reason = " ".join(" ".join(reasons).split())
    return ShellError(f"MkDocs cannot build the written pages: {reason}")


_OWN_PLACES = ("repo_url", "repo_name", "edit_uri", "site_url")
"""Settings that hold for the repository in which they stand, and for no other review."""


def _settings(config_files: list[Path]) -> dict[str, Any]:
    """Return the settings of the program with the review's own over them."""
    first, *others = config_files
    settings = {name: each for name, each in _settings_in(first).items() if name not in _OWN_PLACES}
    for file in others:
        settings = _joined(settings, _settings_in(file))
    return settings


def _settings_in(file: Path) -> dict[str, Any]:
    """Return what a mkdocs.yml sets; one that holds nothing but comments sets nothing.

    :raises ShellError: if it cannot be read, names programs, or holds something else than settings.
    """
    from mkdocs.utils.yaml import yaml_load

    try:
        with file.open(encoding="utf-8") as stream:
            written = yaml_load(stream) or {}
    except OSError:
        raise
    except Exception as error:
        raise _refused([str(error)]) from error
    if not isinstance(written, dict):
        raise ShellError(f"{file.name} holds no settings; write lines such as “repo_url: https://…”")
    if written.get("hooks"):
        raise ShellError(f"{file.name} names hooks; a review brings no programs of its own")
    return written


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return both settings; where they differ the second counts, and groups of settings are joined."""
    joined = dict(first)
    for name, value in second.items():
        below = joined.get(name)
        if isinstance(below, dict) and isinstance(value, dict):
            value = _joined(below, value)
        joined[name] = value
    return joined


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
        shell: Shell(with_policy((site / path / "index.html").read_text("utf-8")), name)
        for shell, path in SHELLS.items()
    }
    shutil.rmtree(site / "evidence-shell")
    for kind, shell in shells.items():
        if f"<!-- evidence:{CONTENT} -->" not in shell.text or TITLE not in shell.text:
            raise ShellError(f"the shell “{kind}” has no place for evidence")
    return shells


def written_pages(site: Path, name: str) -> dict[Path, str]:
    """Return the text of each built page, with the site's name in its place and its policy."""
    return {
        page: with_policy(page.read_text("utf-8").replace(SITE_NAME, html.escape(name)))
        for page in sorted(site.rglob("*.html"))
    }
