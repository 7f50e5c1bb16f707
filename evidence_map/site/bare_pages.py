"""Maps without the site around them: in a frame of another page, and as one file for offline use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from evidence_map.exports.review_citation import review_citation
from evidence_map.site.live.offline import inlined_data, inlined_modules, inlined_styles
from evidence_map.site.page import way_to_root
from evidence_map.site.pages import Pages
from evidence_map.site.style_sheets import joined_sheet

SHEETS = ("tokens", "evidence", "lists", "map", "views", "live", "panels", "bare")
"""The style sheets that a map needs without the theme."""


class BarePages:
    """Renders the pages. *templates* is the folder of site templates."""

    def __init__(self, pages: Pages, templates: Path) -> None:
        self.pages = pages
        self.templates = templates

    def frames(self, site: Path) -> Iterator[tuple[PurePosixPath, str]]:
        """Yield the address and the text of a page for each map, and write their styles to *site*."""
        sheet = joined_sheet(self.templates / "css", SHEETS, site)
        for table in self.pages.maps:
            address = PurePosixPath("embed", table.id)
            root = way_to_root(address)
            text = self.pages.render(
                "bare.html",
                address,
                title=table.title,
                styles=Markup(f'<link rel="stylesheet" href="{root}{sheet}">'),  # noqa: S704 (our own file)
                scheme=Markup(f'<script src="{root}js/scheme.js"></script>'),  # noqa: S704
                body=self.pages.map_body(table, root, embedded=True),
                source=review_citation(self.pages.evidence),
                link=f"{root}map/{table.id}/",
                framed=True,
                data="",
                scripts="",
            )
            yield address, str(text)

    def offline(self, data: dict[str, bytes]) -> str:
        """Return the file for offline use.

        :param data: the files that the live pages load, by path.
        """
        first = self.pages.maps[0]
        meta = self.pages.evidence.meta
        address = meta.get("address", "").rstrip("/")
        scripts = self.templates / "js"
        scheme = (scripts / "scheme.js").read_text("utf-8")
        text = self.pages.render(
            "bare.html",
            PurePosixPath("data"),
            title=meta["title"],
            styles=inlined_styles(self.templates / "css" / f"{sheet}.css" for sheet in SHEETS),
            scheme=Markup(f"<script>{scheme}</script>"),  # noqa: S704 (our own script)
            body=self.pages.map_body(first, f"{address}/" if address else "../", offline=True),
            source=review_citation(self.pages.evidence),
            link=f"{address}/" if address else "",
            framed=False,
            data=inlined_data(data),
            scripts=inlined_modules(scripts),
        )
        return str(text)
