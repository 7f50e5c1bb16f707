"""A figure as a picture in pixels, for word processors and slides that cannot place SVG."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import font_source_sans_pro
import resvg_py

from evidence_map.kept_work import KeptWork, kept_folder, key_of, program_digest

FONT = "Source Sans Pro"
"""The font of pictures; it comes with a package, so that every machine draws the same."""

_FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
_FACES = [
    str(_FONT_FOLDER / f"SourceSansPro-{face}.ttf") for face in ("Regular", "Semibold", "Bold", "It")
]
_BEYOND_FONT = re.compile("[^\u0000-\u052f\u1e00-\u1fff\u2000-\u22ff\ufb00-\ufb04]")


class FigureError(Exception):
    """A figure cannot be drawn."""


@lru_cache(maxsize=8)
def as_png(svg: str, scale: float = 2.0) -> bytes:
    """Return the drawing *svg* as PNG on white, the same bytes on every machine.

    Only where it holds letters that the font lacks, such as Chinese ones, are the fonts of the
    machine used as well, since empty boxes would serve nobody. Drawing takes longer than most pages
    together, so a picture is kept for the next build, unless other fonts than ours are in it.

    :param svg: a whole SVG document.
    :param scale: pixels for each unit of the drawing; 2 prints sharply at about 190 dots an inch.
    :raises FigureError: if the drawing cannot be read.
    """
    if _BEYOND_FONT.search(svg):
        return _drawn(svg, scale, skip_system_fonts=False)
    kept = KeptWork("pictures", kept_folder())
    key = key_of(program_digest(), repr(scale), svg)
    picture = kept.found([key]).get(key)
    if picture is None:
        picture = _drawn(svg, scale, skip_system_fonts=True)
        kept.keep({key: picture})
    else:
        kept.keep({}, used=[key])
    return picture


def _drawn(svg: str, scale: float, *, skip_system_fonts: bool) -> bytes:
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                background="#ffffff",
                zoom=scale,
                font_files=_FACES,
                font_family=FONT,
                sans_serif_family=FONT,
                skip_system_fonts=skip_system_fonts,
            )
        )
    except ValueError as error:
        raise FigureError(f"the figure cannot be drawn as a picture: {error}") from error
