"""The list of the pages that the index of words finds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evidence_map.site.found_pages import bind_found_pages, write_found_pages


def index(folder: Path, pages: dict[str, str]) -> Path:
    """Write an index that holds *pages*: what stands in them, by name."""
    (folder / "fragment").mkdir(parents=True)
    for name, text in pages.items():
        file = folder / "fragment" / f"{name}.pf_fragment"
        file.write_bytes(gzip.compress(b"pagefind_dcd" + text.encode()))
    write_found_pages(folder)
    return folder


def results(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((folder / "results.json").read_text("utf-8"))
    return found


def fragment(url: str) -> str:
    return json.dumps({"url": url, "content": "Tea. " * 2000}, ensure_ascii=False)


def test_pages_stand_by_their_kind_and_address(tmp_path: Path) -> None:
    made = index(
        tmp_path / "index",
        {
            "en_4": fragment("/records/tea2020/"),
            "en_3": fragment("/records/bean2018/"),
            "en_2": fragment("/codebook/topic/milk/"),
            "en_1": fragment("/"),
            "en_0": fragment("/records.html"),
        },
    )
    assert results(made) == {
        "Page": {"en_1": "", "en_0": "records.html"},
        "Report": {"en_3": "records/bean2018/", "en_4": "records/tea2020/"},
        "Term": {"en_2": "codebook/topic/milk/"},
    }
    assert list(results(made)["Report"]) == ["en_3", "en_4"]


@pytest.mark.parametrize(
    "url", ["/records/čaj2020/", '/a"quote\\/', "/" + "long" * 1000 + "/", "/records/\u2028/"]
)
def test_any_address_is_read(url: str, tmp_path: Path) -> None:
    made = index(tmp_path / "index", {"en_1": fragment(url)})
    assert [*results(made).values()] == [{"en_1": url.lstrip("/")}]


def test_an_address_is_read_wherever_it_stands(tmp_path: Path) -> None:
    text = json.dumps({"content": "Tea", "url": "/tea/"})
    assert results(index(tmp_path / "index", {"en_1": text})) == {"Page": {"en_1": "tea/"}}


def test_a_page_of_another_form_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        index(tmp_path / "index", {"en_1": '{"content": "Tea"}'})


def test_volumes_have_one_list(tmp_path: Path) -> None:
    first = index(tmp_path / "index", {"en_1": fragment("/"), "en_2": fragment("/tea/")})
    further = [
        index(first / f"volume-{number:02}", {f"en-x-{number:02}_1": fragment(f"/records/{key}/")})
        for number, key in ((2, "tea2020"), (3, "bean2018"))
    ]
    bind_found_pages(first, further)
    assert results(first) == {
        "Page": {"en_1": "", "en_2": "tea/"},
        "Report": {"en-x-03_1": "records/bean2018/", "en-x-02_1": "records/tea2020/"},
        "volumes": ["volume-02", "volume-03"],
    }
    assert not list(first.glob("volume-*/results.json"))


def test_pages_of_one_name_are_an_error(tmp_path: Path) -> None:
    first = index(tmp_path / "index", {"en_1": fragment("/")})
    second = index(first / "volume-02", {"en_1": fragment("/tea/")})
    with pytest.raises(ValueError, match="one name"):
        bind_found_pages(first, [second])
