"""The index of words: made with the site, the same each time, and without what is no evidence."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidence_map.kept_work import PLACE
from evidence_map.site import pagefind_runs, search_index, searched_parts
from evidence_map.site.kept_index import KeptIndex, packed
from evidence_map.site.pagefind_runs import IndexingError
from evidence_map.site.search_index import plain_spellings, write_search_index
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE, REPOSITORY, built, record_keys

KEPT = {
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
    "results.json",
    "wasm.en.pagefind",
}


@pytest.fixture(scope="module")
def site(lighthouse_site: Path) -> Path:
    return lighthouse_site


def indexed(site: Path) -> dict[str, dict[str, Any]]:
    """Return what is indexed of each page, by address."""
    pages = {}
    for file in (site / "pagefind" / "fragment").iterdir():
        page = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        pages[page["url"]] = page
    return pages


@pytest.fixture(scope="module")
def record(site: Path) -> dict[str, Any]:
    return indexed(site)["/records/example2019/"]


def page(folder: Path, text: str = "<p data-pagefind-body>Tea</p>") -> Path:
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text(f'<html lang="en"><body>{text}</body></html>', "utf-8")
    return site


@pytest.mark.parametrize(
    "words",
    [
        "Tea & company: what <keepers> say",
        "Çelik van Muster",
        "Journal of Invented Results",
        "doi:10.5555/example.1",
        "Keepers say that tea with others is better than tea alone.",
        "Strength. Company. Delight.",
        "Miaow.",
        "Only one tower was visited.",
        "Cats cannot write.",
        "A note with bold words",
        "tea, lighthouses",
        "example2019",
    ],
)
def test_what_a_record_says_is_indexed(words: str, record: dict[str, Any]) -> None:
    assert words in record["content"]


@pytest.mark.parametrize(
    "words",
    [
        "@article",
        "container_title",
        "the comment must survive",
        "Results, part 1",
        "Coded from",
        "Not reported",
        "not reported",
        "Sample size",
        "Was anyone asked?",
        "What it found",
        "Cite it",
        "Extracted",
        "ORCID",
    ],
)
def test_files_labels_and_remarks_of_a_record_are_not_indexed(
    words: str, record: dict[str, Any]
) -> None:
    assert words not in record["content"]


def test_a_title_in_another_language_is_indexed(review: ReviewFolder, tmp_path: Path) -> None:
    review.edit(
        "records/plan2020.yml",
        "  title: Protocol of a tea trial\n",
        "  title: Protocol of a tea trial\n  original_title: Protokoll einer Teeprüfung\n",
    )
    built(review.root, tmp_path / "site")
    assert "Teeprüfung" in indexed(tmp_path / "site")["/records/plan2020/"]["content"]


def test_a_finding_is_told_from_what_stands_around_it(record: dict[str, Any]) -> None:
    words = record["content"].split()
    places = {anchor["id"]: anchor["location"] for anchor in record["anchors"]}
    statement = words[places["too-weak"] : places["_quote-1-too-weak"]]
    assert " ".join(statement) == "Cats find the tea weak."
    assert words[places["_codes-too-weak"] : places["_details"]] == ["Strength.", "Grumble."]


def test_metadata_holds_no_word_that_would_find_every_page(record: dict[str, Any]) -> None:
    assert record["meta"] == {
        "title": "Tea & company: what <keepers> say",
        "citation": "Example et al. 2019",
    }


def test_each_page_that_can_be_found_has_a_kind_and_an_address(site: Path) -> None:
    results = json.loads((site / "pagefind" / "results.json").read_text("utf-8"))
    assert set(results) == {"Page", "Report", "Review finding", "Study", "Term"}
    keys = record_keys(LIGHTHOUSE)
    assert {address.split("/")[1] for address in results["Report"].values()} == keys
    findings = {file.stem for file in (LIGHTHOUSE / "synthesis" / "findings").glob("*.md")}
    assert {address.split("/")[1] for address in results["Review finding"].values()} == findings
    assert list(results["Study"].values()) == ["studies/beacon/"]
    assert "codebook/topic/milk/" in results["Term"].values()
    assert {"", "about/", "protocol/", "contribute/fields/"} <= set(results["Page"].values())
    names = {file.stem for file in (site / "pagefind" / "fragment").iterdir()}
    assert {name for pages in results.values() for name in pages} == names
    for pages in results.values():
        assert all((site / address / "index.html").is_file() for address in pages.values())


def test_lists_and_maps_are_not_indexed(site: Path) -> None:
    pages = indexed(site)
    assert not {"/records/", "/findings/", "/studies/", "/codebook/", "/404.html"} & set(pages)
    assert not [address for address in pages if address.startswith("/map/")]
    assert "Four cups" not in pages["/codebook/topic/milk/"]["content"]
    assert "¶" not in pages["/about/"]["content"]
    assert "SELECT" not in pages["/database/"]["content"]


def test_only_what_the_site_uses_is_kept(site: Path) -> None:
    folder = site / "pagefind"
    files = {file.name for file in folder.iterdir() if file.is_file() and file.suffix != ".pf_meta"}
    assert files == KEPT
    assert {file.name for file in folder.iterdir() if file.is_dir()} == {"fragment", "index"}
    for name in ("pagefind.js", "pagefind-worker.js"):
        addresses = set(re.findall(r"https?://[\w.-]+", (folder / name).read_text("utf-8")))
        # Pagefind puts it before an address to take the address apart; it never asks for it.
        assert addresses <= {"https://example.com"}


def test_the_same_pages_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    made = []
    for name in ("first", "second", "third"):
        copy = tmp_path / name / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("pagefind"))
        write_search_index(copy)
        files = sorted(file for file in (copy / "pagefind").rglob("*") if file.is_file())
        made.append({str(file.relative_to(copy)): file.read_bytes() for file in files})
        assert [file.name for file in copy.parent.iterdir()] == ["site"]
    assert made[0] == made[1] == made[2]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def test_the_searched_parts_give_the_index_of_the_whole_pages(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(page: bytes) -> bytes | None:
        return page if b"data-pagefind-body" in page else None

    copy = tmp_path / "site"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("pagefind"))
    monkeypatch.setattr(searched_parts, "searched_part", whole)
    write_search_index(copy)
    assert files_of(copy / "pagefind") == files_of(site / "pagefind")


@pytest.mark.parametrize("address", ["records/example2019", "codebook/topic/milk"])
def test_pagefind_is_not_given_the_theme(address: str, site: Path) -> None:
    whole = (site / address / "index.html").read_bytes()
    part = searched_parts.searched_part(whole)
    assert part is not None and b"md-header" in whole and b"md-header" not in part


def test_the_index_is_kept_where_nothing_that_is_searched_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    site, place = page(tmp_path), tmp_path / "published"
    write_search_index(site, place)
    made = files_of(site / "pagefind")
    shutil.rmtree(site / "pagefind")
    around = '<nav>Home</nav><p data-pagefind-body class="em-page">Tea</p>'
    (site / "list.html").write_text("<html>Another list</html>", "utf-8")

    def runs(*given: object) -> None:
        raise AssertionError("Pagefind was run")

    with monkeypatch.context() as without:
        without.setattr(search_index, "Run", runs)
        write_search_index(site, place)
        assert files_of(site / "pagefind") == made
        with pytest.raises(AssertionError, match="was run"):
            write_search_index(site)
        with pytest.raises(AssertionError, match="was run"):
            write_search_index(site, tmp_path / "elsewhere")
        (site / "index.html").write_text(f"<html><body>{around}</body></html>", "utf-8")
        with pytest.raises(AssertionError, match="was run"):
            write_search_index(site, place)


@pytest.mark.parametrize("name", ["../index.html", "/etc/tea", "index/../../tea.js", "a/b/tea.js"])
def test_a_kept_index_with_a_file_elsewhere_is_not_taken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    kept = KeptIndex(tmp_path, 1, "digest")
    kept._work.keep({kept._key: kept._digest + packed({name: b"Tea"})})
    assert not kept.put(tmp_path / "a" / "site" / "pagefind")
    for piece in (b"no piece", packed({"tea.js": b"Tea"}) + b"!", packed({"tea.js": b"Tea"})[:-1]):
        kept._work.keep({kept._key: kept._digest + piece})
        assert not kept.put(tmp_path / "a" / "site" / "pagefind")
    assert not list(tmp_path.rglob("*tea*"))


def test_settings_of_a_review_or_of_the_environment_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = page(tmp_path)
    for place in (site, tmp_path):
        (place / "pagefind.yml").write_text("output_path: elsewhere\nglob: '*.txt'\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_SITE", "elsewhere")
    write_search_index(site)
    assert list(indexed(site)) == ["/"]
    assert not (tmp_path / "elsewhere").exists()


def program(folder: Path, text: str) -> str:
    """Return the path of a program that stands in for Pagefind."""
    file = folder / "program"
    file.write_text(f"#!{sys.executable}\n{text}", "utf-8")
    file.chmod(0o755)
    return str(file)


def test_a_failing_program_is_told_with_its_reason_and_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import sys\nprint('spilt\\nthe tea is cold', file=sys.stderr)\nsys.exit(4)"
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program(tmp_path, text))
    with pytest.raises(IndexingError, match=r"cannot index.*: the tea is cold; .*pip install -r"):
        write_search_index(page(tmp_path))


def test_a_program_that_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program(tmp_path, ""))
    with pytest.raises(IndexingError, match="it ended with status 0"):
        write_search_index(page(tmp_path))


def test_a_program_that_makes_something_else_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--output-path") + 1])
folder.mkdir()
(folder / "pagefind-entry.json").write_text("[]")"""
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program(tmp_path, text))
    with pytest.raises(IndexingError, match="unknown form"):
        write_search_index(page(tmp_path))


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program(tmp_path, "import time\ntime.sleep(60)"))
    monkeypatch.setattr(pagefind_runs, "TIMEOUT", 0.5)
    with pytest.raises(IndexingError, match="did not end"):
        write_search_index(page(tmp_path))


def test_a_site_without_marked_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="data-pagefind-body"):
        write_search_index(page(tmp_path, "<p>Tea</p>"))


def test_a_missing_program_is_one_line_and_the_old_site_stays(review: ReviewFolder) -> None:
    target = review.root / "site"
    built(review.root, target)
    before = (target / "index.html").read_bytes()
    # The index of the same words would be taken from what is kept.
    review.edit("records/plan2020.yml", "family: Plan,", "family: Planner,")
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "build.py"), "--root", str(review.root), "build"],
        env={
            "PATH": "",
            "PAGEFIND_BINARY_PATH": str(review.root / "nowhere"),
            "PYTHONUTF8": "1",
            PLACE: os.environ[PLACE],
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    error = next(line for line in done.stderr.splitlines() if line.startswith("error"))
    assert "No such file" in error and "pip install -r requirements.lock" in error
    assert "Traceback" not in done.stderr
    assert (target / "index.html").read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such wish")
def test_pagefind_ends_with_a_build_that_is_killed(tmp_path: Path) -> None:
    """It would go on, or wait for ever where the next build has removed its folder."""
    lasting = tmp_path / "pagefind"
    lasting.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/number\nexec sleep 600\n")
    lasting.chmod(0o755)
    (tmp_path / "empty").mkdir()
    program = (
        "import sys; from pathlib import Path; from evidence_map.site.pagefind_runs import Run\n"
        "place = Path(sys.argv[1])\n"
        "with Run(place, place / 'index', place / 'empty') as run: run.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=REPOSITORY,
        env={**os.environ, "PAGEFIND_BINARY_PATH": str(lasting)},
    ) as build:
        number = tmp_path / "number"
        until(lambda: number.exists() and number.read_text().strip(), "Pagefind has begun")
        started = Path("/proc", number.read_text().strip())
        assert started.exists()
        build.kill()
    until(lambda: not started.exists() or is_over(started), "Pagefind has ended")


def until(is_so: Callable[[], object], what: str) -> None:
    """Wait until something is so, for a minute at most."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, f"it never was so that {what}"
        time.sleep(0.02)


def is_over(process: Path) -> bool:
    """Whether a process has ended and is only waited for."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_letters_that_are_not_accented_ones_can_be_spelt_plainly(
    review: ReviewFolder, tmp_path: Path
) -> None:
    review.edit("records/plan2020.yml", "family: Plan,", "family: Sørensen-Łukasz,")
    built(review.root, tmp_path / "site")
    assert "sorensen lukasz" in indexed(tmp_path / "site")["/records/plan2020/"]["content"]
    assert plain_spellings("Zoë Müller") == ""
    assert plain_spellings("Weiß, Ðorđe, Þór, Æsa, Çıĺ") == "weiss dorde thor aesa cil"
