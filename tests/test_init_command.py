"""The command ``init``: from options, from a terminal, and what it says when something is wrong."""

from __future__ import annotations

import html
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from evidence_map import init_command
from evidence_map.checking import check
from evidence_map.cli import main
from evidence_map.starting import making, skeleton
from evidence_map.starting.frames import FRAMES
from tests.reviews import LIGHTHOUSE, REPOSITORY, built
from tests.starting.gardens import ALL_TERMS, GARDENS, init, options

EXAMPLE = "records/invented-example.yml"


def everything_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*")}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody can be asked."""
    monkeypatch.setattr(init_command, "is_terminal", lambda: True)


# options


def test_a_review_is_made_and_the_next_steps_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["evidence-map"])
    result = init(Path("my gardens"), *options())
    assert result.exit_code == 0
    assert f"Made in my gardens: {GARDENS['--title']}\n" in result.output
    assert "one invented example so far" in result.output
    steps = result.output.partition("The next three steps:")[2]
    assert re.findall(r"^  (\S.*)$", steps, re.M) == [
        "cd 'my gardens'",
        "evidence-map build",
        "evidence-map serve",
        "evidence-map add DOI",
    ]
    assert check(tmp_path / "my gardens").problems == []


def test_from_a_copy_of_the_program_the_steps_name_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["../map/build.py"])
    result = init(tmp_path / "gardens", *options())
    assert f"  python build.py build --root {tmp_path / 'gardens'}\n" in result.output


@pytest.mark.parametrize("frame", sorted(FRAMES))
def test_each_frame_can_be_given_with_its_terms(tmp_path: Path, frame: str) -> None:
    terms = {each.id: ALL_TERMS[each.id] for each in FRAMES[frame].dimensions} or {"topic": "One; Two"}
    label = "Topic" if frame == "blank" else None
    result = init(tmp_path / "gardens", *options({"--frame": frame, "--dimension": label}, **terms))
    assert result.exit_code == 0, result.output
    codebook = yaml.safe_load((tmp_path / "gardens/synthesis/codebook.yml").read_text("utf-8"))
    asked = [d["id"] for d in codebook["dimensions"] if d["id"] not in ("approach", "exclusion-reason")]
    assert asked == list(terms)


def test_a_dimension_alone_means_the_blank_frame(tmp_path: Path) -> None:
    changes = {"--frame": None, "--dimension": "Was lernt man?"}
    result = init(tmp_path / "gardens", *options(changes, **{"was-lernt-man": "Alles; Nichts"}))
    assert result.exit_code == 0, result.output


def test_further_options_stand_where_they_belong(tmp_path: Path) -> None:
    result = init(
        tmp_path / "gardens",
        *options({"--short-title": "Gardens", "--licence": "CC0", "--contact": "a@example.org"}),
        *("--address", "https://example.org/", "--repository", "git@github.com:us/gardens.git"),
        *("--by", "Muster, A.", "--tool", "evidence-map==9.9", "--no-example"),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    review = check(tmp_path / "gardens").review
    assert review is not None and review.records == {}
    protocol = review.protocol.value
    assert (protocol.short_title, protocol.licence, protocol.contact, protocol.address) == (
        "Gardens", "CC0", "a@example.org", "https://example.org/",
    )  # fmt: skip
    assert protocol.authors == [GARDENS["--by"], "Muster, A."]
    assert "repo_url: https://github.com/us/gardens" in (tmp_path / "gardens/mkdocs.yml").read_text(
        "utf-8"
    )
    assert not (tmp_path / "gardens" / EXAMPLE).exists()
    assert "example" not in protocol.status


def test_what_is_missing_is_told_at_once_with_examples(tmp_path: Path) -> None:
    result = init(tmp_path / "gardens", "--frame", "theme-group", "--no-input")
    assert result.exit_code == 2
    told = re.findall(r"^  (--[a-z-]+(?: \w+=)?)", result.output, re.M)
    assert told == [
        "--title", "--question", "--summary", "--by", "--terms theme=", "--terms group=",
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_without_a_frame_the_frames_are_told(tmp_path: Path) -> None:
    result = init(tmp_path / "gardens", *options({"--frame": None}))
    assert result.exit_code == 2
    assert all(f"{frame.id}: {frame.summary}" in result.output for frame in FRAMES.values())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--title", "n/a"], "--title: “title” cannot be “n/a”"),
        (["--title", "bell\x07"], "--title: The invisible character U+0007"),
        (["--by", "A.", "--by", "A."], "--by: “A.” is named twice."),
        (["--frame", "circle"], "'circle' is not one of"),
        (["--dimension", "Topic"], "--dimension goes with the frame “blank”"),
        (["--terms", "outcome"], "--terms: “outcome” names no dimension."),
        (
            ["--terms", "colour=Red"],
            "the frame has no dimension “colour”; it has: intervention, outcome.",
        ),
        (["--terms", "co\x1blour=Red"], "the frame has no dimension “co\ufffdlour”"),
        (["--terms", "outcome=x; X"], "--terms outcome: “X” is named twice."),
        (["--repository", "here"], "--repository: This is not the web address of a repository."),
        (["--address", "here"], "--address: “address”: “here” is not a web address"),
        (["--tool", "evidence-map"], "--tool: Name the program with its address"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(tmp_path: Path, arguments: list[str], words: str) -> None:
    result = init(tmp_path / "gardens", *options(), *arguments)
    assert result.exit_code == 2 and words in " ".join(result.output.split()), result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_will_not_do_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = init(tmp_path)
    assert result.exit_code == 2 and "is not empty: it holds “mine.txt”" in result.output
    inside = init(LIGHTHOUSE / "records" / "gardens")
    assert inside.exit_code == 2 and "lies inside another review" in inside.output
    assert not (LIGHTHOUSE / "records" / "gardens").exists()


def test_the_root_of_another_review_means_nothing_here(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--root", str(LIGHTHOUSE), "init", str(tmp_path / "new")])
    assert result.exit_code == 2 and "--root names a review that is there" in result.output


def test_a_repository_that_was_cloned_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    result = init(Path(), *options())
    assert result.exit_code == 0, result.output
    assert {".git", "records", "synthesis", "README.md"} <= {file.name for file in tmp_path.iterdir()}
    assert not [file for file in tmp_path.iterdir() if "init-" in file.name]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(making, "write_schemas", full)
    result = init(tmp_path / "gardens", *options())
    assert result.exit_code == 1
    assert "could not be made: the disk is full; free some space and try again" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = init(tmp_path / "gardens", *options())
    tmp_path.chmod(0o700)
    assert result.exit_code == 1 and "Permission denied" in result.output


def test_a_template_that_makes_a_mistake_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = skeleton.files_of
    monkeypatch.setattr(
        making, "files_of", lambda *given: {**texts(*given), "synthesis/maps.yml": "maps: [a]\n"}
    )
    result = init(tmp_path / "gardens", *options())
    assert result.exit_code == 1
    assert "these answers make no sound review: synthesis/maps.yml:1: " in result.output
    assert list(tmp_path.iterdir()) == []


# a terminal


TYPED = [
    "",  # a title is needed
    "Not reported",
    GARDENS["--title"],
    "",  # the short title that is proposed
    GARDENS["--question"],
    GARDENS["--summary"],
    "Muster, A.; The invented gardeners",
    "7",
    "1",
    "School garden: pupils grow plants",
    "school  garden",  # the same once more
    "Cooking lessons",
    "",
    "",  # at least one is needed
    "Vegetables eaten",
    "",
    "",  # the licence that is proposed
    "nowhere",
    "",  # no repository yet
    "maybe",
    "n",
]


@pytest.mark.usefixtures("terminal")
def test_questions_are_asked_until_the_answers_will_do(tmp_path: Path) -> None:
    result = init(tmp_path / "gardens", typed="".join(f"{line}\n" for line in TYPED))
    assert result.exit_code == 0, result.output
    for words in (
        "What is the title of the review?\n  For example: School gardens",
        "This cannot be left empty.",
        "“title” cannot be “Not reported”",
        "  1  intervention-outcome: interventions by outcomes, as in evidence gap maps",
        "Type a number from 1 to 4.",
        "“school garden” is named twice.",
        "At least one term is needed",
        "This is not the web address of a repository.",
        "Type y or n.",
    ):
        assert words in result.output, words
    review = check(tmp_path / "gardens").review
    assert review is not None and review.records == {}
    protocol = review.protocol.value
    assert (protocol.short_title, protocol.licence) == ("School gardens", "CC BY 4.0")
    assert protocol.authors == ["Muster, A.", "The invented gardeners"]
    assert list(review.frame.terms["intervention"]) == ["school-garden", "cooking-lessons"]


@pytest.mark.usefixtures("terminal")
def test_what_options_say_is_not_asked(tmp_path: Path) -> None:
    result = init(
        tmp_path / "gardens", *options({"--licence": "CC0"}), "--short-title", "Gardens", "--example",
        typed="\n",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert re.findall(r"^\S.*\?.*$", result.output, re.M) == [
        "What is the web address of its repository? Leave it empty if there is none yet."
    ]


@pytest.mark.usefixtures("terminal")
def test_no_input_asks_nothing_even_in_a_terminal(tmp_path: Path) -> None:
    assert init(tmp_path / "gardens", *options(), "--no-input").exit_code == 0


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("lines", [0, 3, 9])
def test_an_end_of_the_answers_leaves_nothing_behind(tmp_path: Path, lines: int) -> None:
    """As Ctrl+C or Ctrl+D do, which reach the program alike."""
    result = init(tmp_path / "gardens", typed="".join(f"{line}\n" for line in TYPED[:lines]))
    assert result.exit_code == 1 and "error: stopped; nothing was made" in result.output
    assert list(tmp_path.iterdir()) == []


# the review that is made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review of gardens as ``init`` makes it, with its site."""
    folder = tmp_path_factory.mktemp("made") / "gardens"
    assert init(folder, *options()).exit_code == 0
    built(folder, folder / "site")
    return folder


def test_it_is_laid_out_and_has_its_schemas(made: Path) -> None:
    before = {file: file.read_bytes() for file in made.rglob("*.yml")}
    runner = CliRunner()
    assert runner.invoke(main, ["format", "--check", "--root", str(made)]).exit_code == 0
    assert runner.invoke(main, ["schema", "--check", "--root", str(made)]).exit_code == 0
    assert {file: file.read_bytes() for file in before} == before


def test_its_build_py_builds_it_from_anywhere(made: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(made / "build.py"), "check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "Nothing is wrong in the review.\n"), done.stderr


def test_its_build_py_says_what_to_install(made: Path) -> None:
    """Without the program: -S leaves out all that is installed."""
    done = subprocess.run(
        [sys.executable, "-S", str(made / "build.py")], capture_output=True, text=True, cwd=made
    )
    assert done.returncode == 1 and "pip install -r requirements.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_its_map_has_the_rows_and_columns_that_were_given(made: Path) -> None:
    with sqlite3.connect(made / "site/data/evidence.db") as database:
        cells = database.execute("SELECT row_term, column_term, studies FROM map_cell").fetchall()
    page = (made / "site/map/index.html").read_text("utf-8")
    for label in ("School garden", "Cooking lessons", "Vegetables eaten", "Knowledge of plants"):
        assert label in page
    assert ("school-garden", "vegetables-eaten", 1) in cells
    assert ("cooking-lessons", "knowledge-of-plants", 1) in cells


def test_the_example_says_everywhere_that_it_is_invented(made: Path) -> None:
    for name in ("references.bib", "references.ris", "references.json", "reports.csv"):
        assert "Invented example" in (made / "site/data" / name).read_text("utf-8").replace("{", "")
    for page in ("records/invented-example", "records", "map/intervention-by-outcome/school-garden"):
        file = made / "site" / page / "index.html"
        assert not file.exists() or "Invented example: this is not a paper" in file.read_text("utf-8")


def test_without_the_example_the_pages_say_what_to_do(tmp_path: Path) -> None:
    assert init(tmp_path / "gardens", *options(), "--no-example").exit_code == 0
    built(tmp_path / "gardens", tmp_path / "site")
    page = (tmp_path / "site/map/index.html").read_text("utf-8")
    assert "No report is included yet, so every cell is empty." in page
    assert "School garden" in page and "Vegetables eaten" in page
    assert "js/map.js" not in page, "there is nothing to filter"


# no word of another review


WORD = re.compile(r"[^\W\d_]{4,}")


def words_of(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def labels_in(codebook: Path) -> Iterator[str]:
    """Yield the labels and ids of a codebook."""
    waiting = list(yaml.safe_load(codebook.read_text("utf-8"))["dimensions"])
    while waiting:
        entry = waiting.pop()
        yield f"{entry['label']} {entry['id']}"
        waiting += entry.get("terms") or []


def own_words(root: Path) -> set[str]:
    """Return the words by which a review names its topic: its protocol's fields, terms and maps."""
    fields = (root / "synthesis/protocol.md").read_text("utf-8").split("---\n")[1]
    maps = (root / "synthesis/maps.yml").read_text("utf-8")
    return words_of(" ".join([fields, maps, *labels_in(root / "synthesis/codebook.yml")]))


SHOWN = ("model", "rules", "database", "site", "checklists", "manuscript", "exports")
"""Parts of the program whose words come to stand on pages and in files."""

GENERAL = words_of(
    "\n".join(
        file.read_text("utf-8")
        for file in [
            *(REPOSITORY / "docs").rglob("*.md"),
            *(REPOSITORY / "site_templates/pages").glob("*.html"),
            *(
                REPOSITORY / "evidence_map" / name
                for name in ("loading.py", "record_folder.py", "review_files.py")
            ),
            *(REPOSITORY / ".github").rglob("*.[ym][md]*"),
            *(REPOSITORY / ".vscode").glob("*.json"),
            *(
                file
                for part in SHOWN
                for file in (REPOSITORY / "evidence_map" / part).rglob("*")
                if file.suffix in {".py", ".sql"}
            ),
        ]
    )
)
"""Words that the program and its pages use of any review."""

WRITTEN = ("site/contribute/", "site/about/", "site/database/", "site/benchmarks/", "schema/")
"""Written pages and descriptions of the program, whose examples are those of the invented lighthouse."""


def shown_words(made: Path) -> dict[str, set[str]]:
    """Return the words of each file and page of a review, without scripts, styles, names of places."""
    found = {}
    for file in sorted(made.rglob("*")):
        name = file.relative_to(made).as_posix()
        # Names of all countries; what others say in their licences.
        if name.endswith(("places.json", "licences/texts.txt")):
            continue
        if file.suffix in {
            ".html",
            ".md",
            ".yml",
            ".csv",
            ".bib",
            ".ris",
            ".json",
            ".xml",
            ".cff",
            ".txt",
        }:
            text = file.read_text("utf-8")
            if file.suffix == ".html":
                text = html.unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S))
            found[name] = words_of(text)
    with sqlite3.connect(made / "site/data/evidence.db") as database:
        found["site/data/evidence.db"] = words_of("\n".join(database.iterdump()))
    return found


def test_no_word_of_the_first_review_stands_in_it(made: Path) -> None:
    of_the_first = own_words(REPOSITORY) - GENERAL
    assert len(of_the_first) > 60
    shown = shown_words(made)
    assert len(shown) > 60
    assert {name: words & of_the_first for name, words in shown.items() if words & of_the_first} == {}


def test_no_word_of_the_lighthouse_stands_in_it_but_in_the_program_s_own_examples(made: Path) -> None:
    lighthouse = {
        "lighthouse",
        "keeper",
        "keepers",
        "cats",
        "kettle",
        "beacon",
        "miaow",
        "grumble",
        "towers",
    }
    found = {
        name
        for name, words in shown_words(made).items()
        if words & lighthouse and not name.startswith(WRITTEN)
    }
    assert found == set()
