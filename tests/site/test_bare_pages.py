"""The maps without the site around them: the pages for frames and the file for offline use."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
from pathlib import Path, PurePosixPath

import pytest

from evidence_map.building import shipped
from evidence_map.site.bare_pages import SHEETS
from evidence_map.site.live.offline import import_map
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE, built
from tests.site.test_pages import read

MAPS = ["topic-by-crew", "topic-by-country", "kinds"]


@pytest.fixture(scope="module")
def site(lighthouse_site: Path) -> Path:
    return lighthouse_site


@pytest.fixture(scope="module")
def offline(site: Path) -> str:
    return (site / "data" / "evidence-map.html").read_text("utf-8")


def packed(text: str, path: str) -> bytes:
    found = re.findall(rf'id="{re.escape(path)}">([^<]*)</script>', text)
    assert len(found) == 1, path
    return gzip.decompress(base64.b64decode(found[0]))


def modules(text: str) -> dict[str, str]:
    found = re.findall(r'<script type="importmap">(.*?)</script>', text, re.DOTALL)
    assert len(found) == 1
    imports = json.loads(found[0])["imports"]
    start = "data:text/javascript;base64,"
    assert all(address.startswith(start) for address in imports.values())
    return {name: base64.b64decode(own.removeprefix(start)).decode() for name, own in imports.items()}


@pytest.mark.parametrize("name", MAPS)
def test_each_map_has_a_page_for_frames_with_its_table(site: Path, name: str) -> None:
    text = (site / "embed" / name / "index.html").read_text("utf-8")
    page = (site / "map" / name / "index.html").read_text("utf-8")

    def table(text: str) -> str:
        return text.split('<table class="em-matrix">')[1].split("</table>")[0]

    assert table(text).split() == table(page).split()
    assert f'data-map="{name}"' in text and "data-embedded" in text
    assert '<base target="_blank">' in text, "links leave the frame"
    assert 'content="noindex"' in text
    assert "<nav" not in text and "md-header" not in text
    assert "Tea breaks of lighthouse crews: an invented review" in text


def test_pages_for_frames_load_only_what_is_there(site: Path) -> None:
    for name in MAPS:
        file = site / "embed" / name / "index.html"
        for link in read(file).links:
            if not link.startswith(("#", "data:")):
                target = (file.parent / link.split("#")[0]).resolve()
                assert target.exists(), (name, link)
    styles = re.findall(
        r'href="\.\./\.\./(css/[^"]*)"', (site / "embed" / MAPS[0] / "index.html").read_text("utf-8")
    )
    assert len(styles) == 1
    sheets = [
        (shipped("site_templates") / f"css/{own}.css").read_text("utf-8").strip() for own in SHEETS
    ]
    assert [own for own in sheets if own not in (site / styles[0]).read_text("utf-8")] == []


def test_the_file_for_offline_use_loads_nothing(offline: str) -> None:
    loading = re.findall(r'<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]*)"', offline)
    assert loading == []
    assert re.findall(r'<link\b[^>]*\bhref="([^"]*)"', offline) == ["data:,"]
    styles = "".join(re.findall(r"<style>(.*?)</style>", offline, re.DOTALL))
    assert "--em-surface" in styles
    assert re.findall(r"@import|url\((?!['\"]?data:)", styles) == []
    assert "<base" not in offline


def test_it_holds_every_module_that_is_imported(offline: str) -> None:
    found = modules(offline)
    for name, text in found.items():
        for imported in re.findall(r'(?m)^(?:import|export)\b[^;"]*?from\s+"([^"]+)"', text):
            assert imported in found, (name, imported)
    start = re.findall(r'<script type="module" nonce="[0-9a-f]{32}">import "([^"]+)";</script>', offline)
    assert start == ["evidence-map/map.js"] and start[0] in found
    assert "evidence-map/live/model.js" in found
    assert "evidence-map/words.js" not in found, "the index of words needs a site"


def test_modules_differ_from_the_published_ones_in_their_imports_only(site: Path, offline: str) -> None:
    for name, text in modules(offline).items():
        path = PurePosixPath(name.removeprefix("evidence-map/"))
        published = (site / "js" / path).read_text("utf-8").splitlines()
        changed = [
            (old, new) for old, new in zip(published, text.splitlines(), strict=True) if old != new
        ]
        assert all(re.search(r'from "\.{1,2}/', old) for old, _ in changed), name


def test_imports_over_several_lines_are_found(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "map.js").write_text(
        'import {\n  one,\n  two,\n} from "./live/parts.js";\nexport { one } from "./live/parts.js";\n'
        'const later = () => import("./words.js");\n',
        "utf-8",
    )
    (tmp_path / "live" / "parts.js").write_text(
        'import { three } from "../three.js";\nexport const one = 1, two = three;\n', "utf-8"
    )
    (tmp_path / "three.js").write_text('export const three = "from \\"./four.js\\";";\n', "utf-8")
    found = modules(f'<script type="importmap">{import_map(tmp_path)}</script>')
    assert sorted(found) == [
        "evidence-map/live/parts.js",
        "evidence-map/map.js",
        "evidence-map/three.js",
    ]
    assert found["evidence-map/map.js"].count('from "evidence-map/live/parts.js"') == 2
    assert 'from "evidence-map/three.js"' in found["evidence-map/live/parts.js"]


def test_its_data_are_the_published_files(site: Path, offline: str) -> None:
    whole = (site / "data" / "map" / "columns.bin").read_bytes()
    assert packed(offline, "data/map/columns.bin") == gzip.decompress(whole)
    for path in (
        "data/map/keys.json",
        "data/map/reports-0.json",
        "data/references.bib",
        "data/references.ris",
        "data/references.json",
        "data/reports.csv",
    ):
        assert packed(offline, path) == (site / path).read_bytes(), path


def test_nothing_in_a_review_breaks_out_of_the_file(tmp_path: Path) -> None:
    """Titles, labels and statements are text, whatever stands in them."""
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root)
    review = ReviewFolder(root)
    hostile = "</script><script>alert(1)</script><!-- "
    review.edit("records/example2020.yml", "A second report of the same tower", f"A {hostile} tower")
    review.edit("synthesis/codebook.yml", "        label: Milk\n", f'        label: "Milk {hostile}"\n')
    built(root, tmp_path / "site")
    for file in ("data/evidence-map.html", "embed/topic-by-crew/index.html", "map/kinds/index.html"):
        text = (tmp_path / "site" / file).read_text("utf-8")
        assert "alert(1)</script>" not in text, file


def test_the_same_review_gives_the_same_bytes(site: Path, offline: str, tmp_path: Path) -> None:
    built(LIGHTHOUSE, tmp_path / "site")
    assert (tmp_path / "site" / "data" / "evidence-map.html").read_text("utf-8") == offline
    for path in ("data/map/columns.bin", "embed/kinds/index.html"):
        assert (tmp_path / "site" / path).read_bytes() == (site / path).read_bytes()


def test_every_sheet_is_shipped() -> None:
    folder = shipped("site_templates") / "css"
    assert [own for own in SHEETS if not (folder / f"{own}.css").is_file()] == []
