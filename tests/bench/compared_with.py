"""What the program is compared with: MkDocs over plain pages, and libyaml over the same files.

``python -m tests.bench.compared_with libyaml FOLDER`` parses the records below a folder.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml

from tests.bench.invented_words import Words
from tests.bench.watched import Watched, watched


def mkdocs(folder: Path, number: int, theme: str, *, in_navigation: bool) -> Watched:
    """Build *number* plain pages with MkDocs and nothing else.

    :param theme: its own (mkdocs) or the one that the site has (material).
    :param in_navigation: whether each page stands in the navigation, as it does where nobody says
        what should; otherwise only the first one does.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pages = folder / "docs" / "pages"
    pages.mkdir(parents=True)
    words = Words(Random(1))
    for page in range(number):
        (pages / f"page-{page}.md").write_text(_page(words), "utf-8")
    (folder / "docs" / "index.md").write_text("# Home\n", "utf-8")
    settings = f"site_name: Plain pages\ntheme: {{name: {theme}}}\n"
    (folder / "mkdocs.yml").write_text(
        settings + ("" if in_navigation else "nav: [index.md]\n"), "utf-8"
    )
    taken = watched([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)
    shutil.rmtree(folder)
    return taken


def _page(words: Words) -> str:
    """Return a page with about as much text as a record has."""
    parts = [f"# {words.title()}"]
    for _ in range(4):
        parts.append(f"## {words.plain(3).capitalize()}")
        parts += [" ".join(words.sentence(8, 24) for _ in range(3)) for _ in range(2)]
    return "\n\n".join(parts) + "\n"


def libyaml(root: Path) -> dict[str, float]:
    """Return the seconds in which libyaml parses the records below *root*, once read into memory.

    *events* is the parser alone, *nodes* what a reader needs who tells places, *values* the usual
    call of a program that wants plain data.
    """
    texts = [file.read_text("utf-8") for file in sorted((root / "records").glob("*.yml"))]
    found = {}
    parsers: dict[str, Callable[[str], object]] = {
        "events": lambda text: deque(yaml.parse(text, Loader=yaml.CSafeLoader), maxlen=0),
        "nodes": lambda text: yaml.compose(text, Loader=yaml.CSafeLoader),
        "values": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    }
    for name, parse in parsers.items():
        start = time.perf_counter()
        for text in texts:
            parse(text)
        found[name] = time.perf_counter() - start
    return found


if __name__ == "__main__":
    print(json.dumps(libyaml(Path(sys.argv[2]))))
