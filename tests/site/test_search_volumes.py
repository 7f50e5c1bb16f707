"""The index of a large site: several volumes, of which only the changed ones are made anew."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from evidence_map.kept_work import PLACE
from evidence_map.site import search_index
from evidence_map.site.pagefind_runs import IndexingError, Run
from evidence_map.site.search_index import write_search_index
from tests.site.test_search_index import files_of, program

FULL = 8
REPORTS = 30


def write_report(site: Path, number: int, text: str = "Tea") -> None:
    file = site / "records" / f"tea{number}" / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    page = f"<article data-pagefind-body><h1>Report {number}</h1><p>{text}</p></article>"
    file.write_text(f'<html lang="en"><body>{page}</body></html>', "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an index in five volumes, of which nothing was kept. Tests only look at it."""
    site = tmp_path_factory.mktemp("volumes") / "site"
    for number in range(REPORTS):
        write_report(site, number)
    page = '<html lang="en"><body><article data-pagefind-body>Welcome to tea</article></body></html>'
    (site / "index.html").write_text(page, "utf-8")
    write_search_index(site, full=FULL)
    return site


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    """A copy of that site without the index."""
    copy = tmp_path / "copy" / "site"
    shutil.copytree(made, copy, ignore=shutil.ignore_patterns("pagefind"))
    return copy


def volumes_of(site: Path) -> list[str]:
    return sorted(folder.name for folder in (site / "pagefind").glob("volume-*"))


def test_the_program_stands_in_a_site_once(made: Path) -> None:
    index = made / "pagefind"
    assert volumes_of(made) == ["volume-02", "volume-03", "volume-04", "volume-05"]
    assert {file.name for file in made.rglob("*.js")} == {"pagefind.js", "pagefind-worker.js"}
    assert [file.relative_to(index).as_posix() for file in index.rglob("wasm*")] == ["wasm.en.pagefind"]
    for volume in index.glob("volume-*"):
        names = {file.name for file in volume.iterdir() if file.suffix != ".pf_meta"}
        assert names == {"fragment", "index", "pagefind-entry.json"}


def test_each_page_can_be_found_in_one_volume(made: Path) -> None:
    results = json.loads((made / "pagefind" / "results.json").read_text("utf-8"))
    assert results.pop("volumes") == volumes_of(made)
    assert set(results["Report"].values()) == {f"records/tea{number}/" for number in range(REPORTS)}
    assert list(results["Page"].values()) == [""]
    for name in results["Report"]:
        volume = name.split("_")[0].replace("en-x-", "volume-")
        assert (made / "pagefind" / volume / "fragment" / f"{name}.pf_fragment").is_file()
    names = [file.stem for file in made.rglob("*.pf_fragment")]
    assert sorted(names) == sorted([*results["Report"], *results["Page"]])


def test_the_same_pages_give_the_same_bytes(made: Path, site: Path) -> None:
    write_search_index(site, full=FULL)
    assert files_of(site) == files_of(made)
    assert [file.name for file in site.parent.iterdir()] == ["site"]


class Runs(Run):
    """Runs that are noted."""

    begun: list[Path]
    ended: int
    most: int

    def __init__(self, pages: Path, target: Path, empty: Path, is_volume: bool = False) -> None:
        super().__init__(pages, target, empty, is_volume)
        Runs.begun.append(target)
        Runs.most = max(Runs.most, len(Runs.begun) - Runs.ended)

    def wait(self) -> None:
        """Wait, and note the end."""
        super().wait()
        Runs.ended += 1


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> type[Runs]:
    Runs.begun, Runs.ended, Runs.most = [], 0, 0
    monkeypatch.setattr(search_index, "Run", Runs)
    return Runs


def test_only_changed_volumes_are_made_anew(
    site: Path, runs: type[Runs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    monkeypatch.setattr(search_index, "available", lambda: 8)
    place = tmp_path / "published"
    write_search_index(site, place, FULL)
    assert len(runs.begun) == 5 and runs.most == 2
    for text, number in (("Milk", 1), ("Milk", 0), ("Tea", 1)):
        write_report(site, 3, text)
        shutil.rmtree(site / "pagefind")
        runs.begun.clear()
        write_search_index(site, place, FULL)
        assert len(runs.begun) == number
        clean = tmp_path / f"clean-{text}-{number}" / "site"
        shutil.copytree(site, clean, ignore=shutil.ignore_patterns("pagefind"))
        write_search_index(clean, full=FULL)
        assert files_of(clean) == files_of(site)


def test_on_one_processor_one_volume_is_made_at_a_time(
    site: Path, runs: type[Runs], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "available", lambda: 1)
    write_search_index(site, full=FULL)
    assert len(runs.begun) == 5 and runs.most == 1


def test_a_page_that_goes_or_comes_changes_its_volume_alone(
    site: Path, runs: type[Runs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    place = tmp_path / "published"
    write_search_index(site, place, FULL)
    shutil.rmtree(site / "records" / "tea7")
    for page in (None, "index.html"):
        if page:
            write_report(site, 7)
        shutil.rmtree(site / "pagefind")
        runs.begun.clear()
        write_search_index(site, place, FULL)
        assert len(runs.begun) == 1


def test_a_site_that_shrinks_has_one_index_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    place = tmp_path / "published"
    write_search_index(site, place, FULL)
    shutil.rmtree(site / "pagefind")
    write_search_index(site, place)
    assert volumes_of(site) == []
    assert "volumes" not in json.loads((site / "pagefind" / "results.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("print('the tea is cold'); sys.exit(4)", "cannot index the pages: the tea is cold"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended by the signal SIGKILL"),
        ("pathlib.Path(target, 'pagefind-entry.json').write_text('[]')", "unknown form"),
    ],
)
def test_a_volume_that_fails_fails_the_index_and_ends_the_others(
    text: str, message: str, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others sleep for longer than anybody waits."""
    body = f"""import os, pathlib, signal, sys, time
target = sys.argv[sys.argv.index("--output-path") + 1]
pathlib.Path({str(tmp_path)!r}, "runs").open("a").write(f"{{os.getpid()}}\\n")
if target.endswith("volume-01"):
    pathlib.Path(target).mkdir()
    {text}
else:
    time.sleep(600)
"""
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program(tmp_path, body))
    monkeypatch.setattr(search_index, "available", lambda: 2)
    with pytest.raises(IndexingError, match=message):
        write_search_index(site, full=FULL)
    assert not (site / "pagefind").exists()
    assert [file.name for file in site.parent.iterdir()] == ["site"]
    begun = (tmp_path / "runs").read_text("utf-8").split()
    assert 1 <= len(begun) <= 2
    for process in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(int(process), 0)
