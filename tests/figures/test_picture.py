"""Drawings become pictures."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from evidence_map.figures import picture
from evidence_map.figures.picture import FigureError, as_png
from evidence_map.kept_work import PLACE


def drawing(text: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">'
        f'<text x="2" y="15" font-size="12" font-family="sans-serif">{text}</text></svg>'
    )


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(("scale", "expected"), [(1.0, (60, 20)), (2.0, (120, 40))])
def test_a_picture_has_the_size_asked_for(scale: float, expected: tuple[int, int]) -> None:
    assert size(as_png(drawing("Tea"), scale)) == expected


def test_words_are_drawn() -> None:
    assert as_png(drawing("Tea")) != as_png(drawing("Cat")) != as_png(drawing(""))


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert as_png(drawing("Tëa ≥ 3")) == as_png(drawing("Tëa ≥ 3"))


def test_what_is_no_drawing_is_refused_in_words() -> None:
    with pytest.raises(FigureError, match="cannot be drawn"):
        as_png("<svg")


@pytest.mark.parametrize(("text", "is_kept"), [("Tea", True), ("茶", False)])
def test_a_picture_is_kept_unless_the_fonts_of_the_machine_are_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, *, is_kept: bool
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path))
    as_png.cache_clear()
    first = as_png(drawing(text))
    as_png.cache_clear()
    monkeypatch.setattr(picture, "_drawn", lambda *given, **more: b"drawn anew")
    assert as_png(drawing(text)) == (first if is_kept else b"drawn anew")
    as_png.cache_clear()
