"""Style sheets that stand one after the other in a page, joined into one file.

They are written apart, one for each part of the site. A reader's browser would ask for each of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

FOLDER = "css"

_LINK = r'<link rel="stylesheet" href="([^"]*?)css/([\w-]+)\.css">'
_RUN = re.compile(rf"{_LINK}(?:\s*{_LINK})+")
_ALONE = re.compile(r"@(?:import|charset|namespace)\b", re.IGNORECASE)
"""Rules that hold only at the beginning of a file."""


def join_style_sheets(site: Path) -> None:
    """Join the style sheets of all pages in *site*, and remove those to which no page leads any more.

    The joined file is called by its content, so that it can be kept by browsers for ever.
    """
    pages = {file: file.read_text("utf-8") for file in sorted(site.rglob("*.html"))}
    joined: set[str] = set()

    def one_link(run: re.Match[str]) -> str:
        links = re.findall(_LINK, run[0])
        way, names = links[0][0], [name for _, name in links]
        if any(other != way for other, _ in links) or not _can_be_joined(site / FOLDER, names):
            return run[0]
        joined.update(names)
        return f'<link rel="stylesheet" href="{way}{joined_sheet(site / FOLDER, names, site)}">'

    for file, text in pages.items():
        pages[file] = _RUN.sub(one_link, text)
        if pages[file] != text:
            file.write_text(pages[file], "utf-8")
    for name in joined:
        if not any(f"{FOLDER}/{name}.css" in text for text in pages.values()):
            (site / FOLDER / f"{name}.css").unlink()


def joined_sheet(sheets: Path, names: Sequence[str], site: Path) -> str:
    """Write the style sheets of these names as one into *site*, and return its address from the root."""
    content = "\n".join((sheets / f"{name}.css").read_text("utf-8").rstrip() for name in names) + "\n"
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]
    address = f"{FOLDER}/all-{digest}.css"
    (site / FOLDER).mkdir(exist_ok=True)
    (site / address).write_text(content, "utf-8", newline="")
    return address


def _can_be_joined(folder: Path, names: list[str]) -> bool:
    files = [folder / f"{name}.css" for name in names]
    return all(file.is_file() and not _ALONE.search(file.read_text("utf-8")) for file in files)
