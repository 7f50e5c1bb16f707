"""Problems as people, GitHub, programs and pull requests read them."""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.problem_reports import (
    LONGEST_SUMMARY,
    WRITERS,
    as_github,
    as_job_summary,
    as_json,
    as_markdown,
    as_text,
    counted,
    tally,
)
from evidence_map.problems import Problem, Severity


def problem(
    path: str = "records/a2020.yml",
    line: int = 2,
    column: int = 4,
    message: str = "message",
    hint: str = "hint",
) -> Problem:
    return Problem(PurePosixPath(path), line, column, "bad-date", Severity.ERROR, message, hint)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a2020.yml").write_text("a: 1\nb: wrong\n", "utf-8")
    return tmp_path


def test_text_shows_the_place_the_line_a_caret_and_the_hint(root: Path) -> None:
    assert as_text([problem()], root) == (
        "records/a2020.yml:2:4: error[bad-date]: message\n  2 | b: wrong\n    |    ^\n  hint: hint"
    )


def test_the_caret_stands_under_wide_letters_and_in_long_lines(root: Path) -> None:
    (root / "records" / "a2020.yml").write_text("曉明: x\n" + "y" * 500 + "HERE" + "z" * 500, "utf-8")
    _, line, caret, *_ = as_text([problem(line=1, column=5)], root).split("\n")
    assert line == "  1 | 曉明: x" and caret == "    |       ^"
    _, line, caret, *_ = as_text([problem(line=2, column=501)], root).split("\n")
    assert line[caret.index("^") :].startswith("HERE") and len(line) < 120


@pytest.mark.parametrize("kind", ["gone", "link", "pipe", "device", "large", "binary", "loop"])
def test_a_line_that_cannot_or_must_not_be_shown_is_left_out(root: Path, kind: str) -> None:
    file = root / "records" / "a2020.yml"
    file.unlink()
    secret = root.parent / f"{root.name}-secret"
    secret.write_text("first\nhunter2\n")
    if kind == "link":
        file.symlink_to(secret)
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "device":
        file.symlink_to("/dev/zero")
    elif kind == "loop":
        file.symlink_to(file.name)
    elif kind == "large":
        file.write_text("x\n" * 600_000)
    elif kind == "binary":
        file.write_bytes(b"\xff\xfe\n\x1b[31m\xff\n")
    text = as_text([problem()], root)
    assert "hunter2" not in text and "\x1b" not in text
    assert text.endswith("hint: hint")


def test_github_reads_one_command_a_line(root: Path) -> None:
    text = as_github([problem("records/a,b:c.yml", message="50%\nnot ::error::", hint="")], root)
    assert text == (
        "::error file=records/a%2Cb%3Ac.yml,line=2,col=4,title=bad-date::50%25%0Anot ::error::"
    )


def test_json_holds_every_part(root: Path) -> None:
    (entry,) = json.loads(as_json([problem()], root))
    assert entry == {
        "path": "records/a2020.yml", "line": 2, "column": 4, "severity": "error", "code": "bad-date",
        "message": "message", "hint": "hint",
    }  # fmt: skip
    assert json.loads(as_json([], root)) == []


def test_markdown_is_a_table_that_nothing_breaks_out_of(root: Path) -> None:
    text = as_markdown(
        [problem(message="<img src=x> | [a](javascript:b) @team `c` **d**", hint="e\nf")], root
    )
    header, rule, row = text.split("\n")
    assert row.count("|") == header.count("|") == rule.count("|") == 5
    assert "<img" not in row and "[a](" not in row and "@team" not in row and "**" not in row
    assert as_markdown([], root) == "No problems."


def test_a_job_summary_holds_as_many_as_github_takes_and_says_how_many_are_left() -> None:
    warning = replace(problem(message="w" * 500), severity=Severity.WARNING)
    error = problem(message="e" * 500)
    text = as_job_summary([warning] * 2000 + [error] * 1000)
    assert LONGEST_SUMMARY - 1000 < len(text.encode()) < LONGEST_SUMMARY + 500
    rows = [line for line in text.split("\n") if line.startswith("| ")][1:]
    assert ["error" in row for row in rows[:1000]] == [True] * 1000
    assert f"no room here for {3000 - len(rows):,} more problems" in text
    assert as_job_summary([warning, error]).count("\n") == 3
    assert as_job_summary([]) == "No problems."


TEXTS = st.text(max_size=60)


@given(message=TEXTS, hint=TEXTS, column=st.integers(1, 300), content=TEXTS)
def test_no_writer_emits_control_characters_or_fails(
    tmp_path_factory: pytest.TempPathFactory, message: str, hint: str, column: int, content: str
) -> None:
    root = tmp_path_factory.getbasetemp()
    (root / "any.yml").write_text(content, "utf-8", errors="surrogatepass")
    told = [problem("any.yml", 1, column, message, hint)]
    for name, write in WRITERS.items():
        text = write(told, root)
        if name == "json":
            assert json.loads(text)[0]["message"] == message
            continue
        shown = text.replace("\n", "")
        if name == "github":
            assert "\n" not in text and "\r" not in text
        else:
            assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]


def test_a_thousand_problems_of_one_file_are_written_at_once(root: Path) -> None:
    (root / "records" / "a2020.yml").write_text("x: y\n" * 20_000)
    text = as_text([problem(line=line) for line in range(1, 20_001, 4)], root)
    assert text.count("x: y") == 5_000


def test_numbers_agree_with_their_nouns() -> None:
    warning = Problem(PurePosixPath("a"), 1, 1, "b", Severity.WARNING, "c")
    assert tally([problem(), warning, warning]) == "1 error, 2 warnings"
    assert tally([]) == "0 errors, 0 warnings"
    assert (
        counted(1, "study", "studies") == "1 study"
        and counted(12_000, "study", "studies") == "12,000 studies"
    )
