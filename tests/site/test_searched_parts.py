"""What Pagefind is given of a page: all that is searched, and little else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidence_map.site.searched_parts import addresses, searched_part, searched_parts, write_parts
from tests.limits import small_files

START = b'<html lang="de" class="no-js"><head><title>Tea</title></head><body><nav>Home</nav>'
END = b"<footer>Imprint</footer></body></html>"


def test_what_stands_around_is_cut_away() -> None:
    part = b'<article class="em-page" data-pagefind-body data-citation="Lamp 2020">Tea</article>'
    assert searched_part(START + b"<article><main>" + part + b"</main></article>" + END) == (
        b'<html lang="de" class="no-js"><body>' + part
    )


def test_a_page_without_the_mark_is_not_searched() -> None:
    assert searched_part(START + b"<article>Tea</article>" + END) is None


@pytest.mark.parametrize(
    "body",
    [
        b"<div data-pagefind-body>Tea</div>",
        b"<article data-pagefind-body>Tea",
        b"<article data-pagefind-body>Tea<article>Milk</article></article>",
        b"<article data-pagefind-body>Tea</article><article data-pagefind-body>Milk</article>",
        b"<p>data-pagefind-body</p><article data-pagefind-body>Tea</article>",
    ],
)
def test_a_page_of_another_form_stays_whole(body: bytes) -> None:
    assert searched_part(START + body + END) == START + body + END


def test_lists_that_are_left_out_are_emptied() -> None:
    cut = searched_part(
        START + b"<article data-pagefind-body><section data-pagefind-ignore><ul><li>Tea</ul></section>"
        b'<section id="a">Milk</section><section class="b" data-pagefind-ignore>Sugar</section>Honey'
        b"</article>" + END
    )
    assert cut is not None and cut.endswith(
        b"<article data-pagefind-body><section data-pagefind-ignore></section>"
        b'<section id="a">Milk</section><section class="b" data-pagefind-ignore></section>Honey'
        b"</article>"
    )


def test_a_list_with_parts_of_its_own_stays() -> None:
    inner = b"<section data-pagefind-ignore>Tea<section>Milk</section>Sugar</section>"
    cut = searched_part(START + b"<article data-pagefind-body>" + inner + b"</article>" + END)
    assert cut is not None and inner in cut


def test_pages_are_found_cut_and_written_at_their_addresses(tmp_path: Path) -> None:
    site, pages = tmp_path / "site", tmp_path / "pages"
    part = b"<article data-pagefind-body>Tea</article>"
    for address, text in {
        "tea/index.html": START + part + END,
        "index.html": START + part + END,
        "tea/pot/index.html": START + END,
        "a.txt": part,
    }.items():
        (site / address).parent.mkdir(parents=True, exist_ok=True)
        (site / address).write_bytes(text)
    assert addresses(site) == ["index.html", "tea/index.html", "tea/pot/index.html"]
    parts = searched_parts(site, addresses(site))
    cut = b'<html lang="de" class="no-js"><body>' + part
    assert parts == {"index.html": cut, "tea/index.html": cut}
    write_parts(parts, pages)
    assert {file.relative_to(pages).as_posix(): file.read_bytes() for file in pages.rglob("*.html")} == {
        "index.html": cut,
        "tea/index.html": cut,
    }


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such limit")
def test_a_part_that_does_not_fit_is_never_cut_off(tmp_path: Path) -> None:
    with small_files(4_096), pytest.raises(OSError, match="too large"):
        write_parts({"records/tea/index.html": b"tea" * 3_000}, tmp_path)
