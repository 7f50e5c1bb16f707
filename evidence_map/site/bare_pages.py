"""Maps without the site around them: in a frame of another page, and as one file for offline use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from evidence_map.exports.review_citation import review_citation
from evidence_map.site.content_security import file_policy, frame_policy
from evidence_map.site.live.offline import import_map, inlined_data, inlined_styles, starting
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
                policy=Markup(frame_policy()),  # noqa: S704 (escaped there)
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
        styles = inlined_styles(self.templates / "css" / f"{sheet}.css" for sheet in SHEETS)
        imports = import_map(scripts)
        shown: dict[str, str] = {
            "title": meta["title"],
            "body": self.pages.map_body(first, f"{address}/" if address else "../", offline=True),
            "source": review_citation(self.pages.evidence),
            "link": f"{address}/" if address else "",
            "data": inlined_data(data),
        }
        nonce = _nonce([*shown.values(), imports])
        text = self.pages.render(
            "bare.html",
            PurePosixPath("data"),
            **shown,
            policy=Markup(file_policy([scheme, imports], [styles], nonce)),  # noqa: S704 (escaped there)
            styles=Markup(f"<style>{styles}</style>"),  # noqa: S704 (our own sheets)
            scheme=Markup(f"<script>{scheme}</script>"),  # noqa: S704 (our own script)
            scripts=starting(imports, nonce),
            framed=False,
        )
        return str(text)


def _nonce(parts: Iterable[str]) -> str:
    """Return a nonce that is the same for the same page, and that nothing in the page can hold.

    It is a digest of everything that stands in the page, so whoever writes a part of it cannot know it
    beforehand: with the part the digest changes.
    """
    digest = hashlib.sha256()
    for part in parts:
        own = hashlib.sha256(part.encode()).digest()
        digest.update(own)
    return digest.hexdigest()[:32]
