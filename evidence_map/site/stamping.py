"""Pages of evidence become files of the site."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from evidence_map.site.page import Page
from evidence_map.site.shell import Shell


@dataclass(frozen=True, slots=True)
class Stamping:
    """Puts pages into their shells and writes them. Plain values, so that any process can do it.

    :ivar site: the folder of the site.
    :ivar shells: the shells by their kinds.
    :ivar colophons: the line at the foot of every page, by the kind of its shell.
    """

    site: Path
    shells: dict[str, Shell]
    colophons: dict[str, str]

    def write(self, page: Page) -> None:
        """Write a page to its place in the site."""
        slots = {"head": str(page.head), "colophon": self.colophons[page.shell]}
        folder = f"{self.site}/{page.address}"
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (thousands of pages: a path object costs more)
        text = self.shells[page.shell].stamped(page, slots)
        with open(f"{folder}/index.html", "wb") as file:  # noqa: PTH123
            file.write(text.encode("utf-8"))
