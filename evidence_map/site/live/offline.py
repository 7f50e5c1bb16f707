"""The maps as one file that opens from a mail attachment, without a server or a network.

Browsers do not let a page that is opened as a file import modules or fetch data. So the modules
stand in the page as an import map of data addresses, and the data as packed text.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from markupsafe import Markup

START = PurePosixPath("map.js")
_PREFIX = "evidence-map/"
_IMPORT = re.compile(r'(?m)^((?:import|export)\b[^;"]*?from\s+")(\.{1,2}/[^"]+)(";)$')


def import_map(folder: Path, start: PurePosixPath = START) -> str:
    """Return an import map that holds the module *start* of *folder* and every module that it imports.

    Modules that are only imported when they are needed are left out: those need a site.
    """
    modules: dict[str, str] = {}
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module.as_posix() in modules:
            continue
        text = (folder / module).read_text("utf-8")
        waiting.extend(_joined(module.parent, match[2]) for match in _IMPORT.finditer(text))
        modules[module.as_posix()] = _with_bare_imports(text, module.parent)
    imports = {
        _PREFIX + name: "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()
        for name, text in sorted(modules.items())
    }
    return json.dumps({"imports": imports})


def starting(imports: str, nonce: str, start: PurePosixPath = START) -> Markup:
    """Return the elements that hold an import map and import the module *start* by it.

    :param nonce: what lets that script, and each module that it imports, run.
    """
    return Markup(  # noqa: S704 (base64 and the names of our own files)
        f'<script type="importmap">{imports}</script>\n'
        f'<script type="module" nonce="{nonce}">import "{_PREFIX}{start}";</script>\n'
    )


def _with_bare_imports(text: str, folder: PurePosixPath) -> str:
    """Return a module of *folder* that names what it imports as the import map does."""

    def renamed(match: re.Match[str]) -> str:
        return f"{match[1]}{_PREFIX}{_joined(folder, match[2])}{match[3]}"

    return _IMPORT.sub(renamed, text)


def _joined(folder: PurePosixPath, relative: str) -> PurePosixPath:
    parts: list[str] = []
    for part in (folder / relative).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def inlined_styles(sheets: Iterable[Path]) -> str:
    """Return the text of the style sheets as that of one."""
    return "\n".join(["", *(sheet.read_text("utf-8") for sheet in sheets)])


def inlined_data(files: dict[str, bytes]) -> Markup:
    """Return elements that hold the *files*, compressed, each with its path as id."""
    elements = []
    for path, content in files.items():
        packed = content if content[:2] == b"\x1f\x8b" else gzip.compress(content, 9, mtime=0)
        text = base64.b64encode(packed).decode()
        elements.append(f'<script type="application/octet-stream" id="{path}">{text}</script>\n')
    return Markup("".join(elements))  # noqa: S704 (base64 and paths of our own)
