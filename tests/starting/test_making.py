"""The files of a new review: sound whatever was answered, and laid out as the commands do it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_map.checking import check
from evidence_map.formatting import formatted
from evidence_map.json_schemas import json_schemas
from evidence_map.rules.example import INVENTED_EXAMPLE
from evidence_map.starting import answers
from evidence_map.starting.answers import AnswerError
from evidence_map.starting.frames import FRAMES, frame_of_one
from evidence_map.starting.making import make_review
from evidence_map.starting.skeleton import files_of, markdown
from evidence_map.text_source import REFUSED_CHARACTERS
from tests.starting.gardens import gardens

TODAY = "2020-02-29"
EVERY_FRAME = [*(frame for frame in FRAMES.values() if frame.dimensions), frame_of_one("topic", "Topic")]
HOSTILE = [
    "Gardens: what they change # and what not",
    "[gardens]",
    "{gardens: all}",
    "& * ! | > % @ `",
    "- a list",
    "? a question",
    "---",
    "'single' and \"double\" quotes",
    "back\\slash \\u0007 %41",
    "<script>alert(1)</script> & co",
    "{{ review.title }} {% raw %}",
    "NO",
    "012",
    "2020-01-01",
    "null and void",
    "~",
    "حدائق المدارس",
    "学校の庭 🌱🥕",
    "zero\u200bwidth and a mark\ufeff",
    "combining e\u0301",
    "very long " * 190,
    "x" * 2_000,
]


@pytest.mark.parametrize("example", [True, False], ids=["example", "no example"])
@pytest.mark.parametrize("frame", EVERY_FRAME, ids=lambda frame: frame.id)
def test_every_frame_makes_a_review_in_which_nothing_is_wrong(
    tmp_path: Path, frame: object, example: bool
) -> None:
    folder = tmp_path / "gardens"
    files = make_review(gardens(frame, example=example), folder, TODAY)  # type: ignore[arg-type]
    checked = check(folder)
    assert checked.problems == [] and checked.review is not None
    assert files == sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())
    assert list(tmp_path.iterdir()) == [folder]
    assert set(checked.review.records) == ({INVENTED_EXAMPLE} if example else set())
    for name in checked.review.records:
        text = (folder / "records" / f"{name}.yml").read_text("utf-8")
        assert formatted(text) == text
    for name, text in json_schemas(checked.review.frame).items():
        assert (folder / "schema" / name).read_text("utf-8") == text
    for located in checked.review.maps.values():
        assert {located.value.rows, located.value.columns} <= set(checked.review.frame.dimensions)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_answers_are_kept_as_they_are(tmp_path: Path, text: str) -> None:
    kept = answers.protocol_field("title", text)
    made = gardens(
        title=kept,
        short_title=kept,
        question=kept,
        summary=kept,
        authors=(kept,),
        contact=kept,
        licence=kept,
        terms={
            "intervention": answers.terms("intervention", f"First: {text}\nSecond"),
            "outcome": answers.terms("outcome", text.replace(": ", " ").replace(";", "")),
        },
    )
    make_review(made, tmp_path / "gardens", TODAY)
    review = check(tmp_path / "gardens").review
    assert review is not None
    protocol = review.protocol.value
    assert {protocol.title, protocol.short_title, protocol.question, protocol.summary} == {kept}
    assert (protocol.authors, protocol.contact, protocol.licence) == ([kept], kept, kept)
    cited = yaml.safe_load((tmp_path / "gardens" / "CITATION.cff").read_text("utf-8"))
    assert cited["title"] == kept and "version" not in cited


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_title_comes_back_from_the_files_or_is_refused_beforehand(
    tmp_path: Path, title: str
) -> None:
    try:
        kept = answers.protocol_field("title", title)
    except AnswerError:
        assert not title.strip() or REFUSED_CHARACTERS.search(title) or len(title) < 20
        return
    texts = files_of(gardens(title=kept, short_title=kept, question=kept, authors=(kept,)), TODAY)
    folder = tmp_path / "any"
    for name in ("synthesis/protocol.md", "synthesis/codebook.yml", "records/README.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(texts[name], "utf-8")
    checked = check(folder)
    assert checked.problems == [] and checked.review is not None
    protocol = checked.review.protocol.value
    assert (protocol.title, protocol.question, protocol.authors) == (kept, kept, [kept])


def test_a_repository_and_a_pinned_program_stand_where_they_are_read(tmp_path: Path) -> None:
    pin = "evidence-map @ git+https://example.org/map@0a1b2c3d"
    made = gardens(repository="https://example.org/gardens", tool=pin, address="https://example.org/")
    texts = files_of(made, TODAY)
    assert yaml.safe_load(texts["mkdocs.yml"]) == {"repo_url": "https://example.org/gardens"}
    assert [line for line in texts["requirements.txt"].splitlines() if line[:1] != "#"] == [pin]
    assert "address: https://example.org/\n" in texts["synthesis/protocol.md"]
    assert "OWNER" not in texts["README.md"]


def test_without_them_nothing_is_installed_and_it_says_what_to_write() -> None:
    texts = files_of(gardens(), TODAY)
    assert yaml.safe_load(texts["mkdocs.yml"]) is None and "# repo_url: https://" in texts["mkdocs.yml"]
    assert all(line[:1] == "#" for line in texts["requirements.txt"].splitlines())
    assert "**Before the first command works**" in texts["README.md"]


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Ask the gardeners", "Put the text of the licence, or the address where it stands, here."),
    ],
)
def test_the_licence_of_the_data_is_named_with_its_page(licence: str, words: str) -> None:
    text = files_of(gardens(licence=licence), TODAY)["LICENSE-DATA"]
    assert f"licensed under: {licence}\n" in text and words in text


def test_what_is_taken_over_needs_nothing_that_a_new_review_lacks() -> None:
    texts = files_of(gardens(), TODAY)
    assert {".vscode/settings.json", ".vscode/extensions.json", ".editorconfig"} <= set(texts)
    json.loads(texts[".vscode/settings.json"])
    for name, text in texts.items():
        assert "requirements.lock" not in text and "\r" not in text, name
        if name.startswith(".github/"):
            assert not re.search(r"\bmake (?:site|test|lock|serve|bench)\b|evidence_map/", text), name


def test_markdown_shows_a_title_as_it_is() -> None:
    from markdown_it import MarkdownIt

    for text in HOSTILE[:12]:
        shown = MarkdownIt("js-default").renderInline(markdown(text))
        assert "<" not in shown.replace("&lt;", "") and "&amp;lt;" not in shown
