"""The contributor's guide: its pictures are there, and what it shows is what one gets."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from click.testing import CliRunner

from evidence_map.cli import main
from evidence_map.formatting import formatted
from tests.browser.lamp_paper import GUIDE, whole_record
from tests.folders import ReviewFolder
from tests.history.repositories import Historic
from tests.pictures import HIGHEST, PICTURES, WIDTH

TEXT = GUIDE.read_text("utf-8")
LAMP = "records/lamp2021.yml"
KILOBYTE = 1_000


def test_every_picture_is_there_is_small_and_is_described() -> None:
    """``make pictures`` makes them; what they show is told to who does not see them."""
    shown = dict(re.findall(r"!\[([^]]*)\]\(pictures/([a-z]+\.png)\)\{ \.em-picture \}", TEXT))
    assert sorted(shown.values()) == sorted(file.name for file in PICTURES.iterdir())
    assert len(shown) >= 4
    for words, name in shown.items():
        picture = (PICTURES / name).read_bytes()
        assert picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) < 80 * KILOBYTE, name
        width, height = struct.unpack(">II", picture[16:24])
        assert width == WIDTH and 200 < height <= HIGHEST, name
        assert 80 < len(words) < 400, name


def test_the_pictures_lie_in_the_site(lighthouse_site: Path) -> None:
    page = (lighthouse_site / "contribute/guide/index.html").read_text("utf-8")
    shown = re.findall(r'<img[^>]*src="([^"]+\.png)"', page)
    assert len(shown) == len(list(PICTURES.iterdir()))
    for address in shown:
        assert (lighthouse_site / "contribute/guide" / address).resolve().is_file(), address


def test_the_whole_record_passes_the_check_as_it_is_formatted(review: ReviewFolder) -> None:
    review.write(LAMP, whole_record())
    assert review.check() == []
    assert formatted(whole_record()) == whole_record()


def test_mistakes_are_told_as_the_guide_shows_them(review: ReviewFolder) -> None:
    review.write(LAMP, whole_record())
    review.edit(LAMP, "label: Tower, size: 6", "label: Tower, size: 7")
    review.edit(LAMP, "[strength]", "[strenght]")
    told = CliRunner().invoke(main, ["--root", str(review.root), "check", LAMP]).output
    assert f"```text\n{told}```" in TEXT


def test_the_map_diff_is_the_one_of_the_whole_record(review: ReviewFolder) -> None:
    historic = Historic(review)
    historic.begin()
    historic.commit("2020-01-01T12:00:00+00:00")
    review.write(LAMP, whole_record())
    asked = ["--root", str(review.root), "diff", "main", "--format", "markdown"]
    told = CliRunner().invoke(main, asked).output.replace("### ", "").splitlines()
    shown = [line.strip("*") for line in re.findall("^> (.+)$", TEXT, re.MULTILINE)]
    assert len(shown) > 4
    assert [line for line in shown if line not in told] == []
