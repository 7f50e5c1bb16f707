"""A file is read as text, or it is said why not; nothing hangs and nothing large is read."""

from __future__ import annotations

import os
import socket
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.problems import Problem
from evidence_map.text_source import (
    MAXIMUM_BYTES,
    REFUSED_CHARACTERS,
    plain_line_ends,
    read_text,
    refused_character,
)

PATH = PurePosixPath("records/a2020.yml")


def problem_of(file: Path) -> Problem:
    problem = read_text(file, PATH)
    assert isinstance(problem, Problem), problem
    return problem


def written(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / "a.yml").write_bytes(data)
    return tmp_path / "a.yml"


def test_text_is_read_without_byte_order_mark_and_with_plain_line_ends(tmp_path: Path) -> None:
    file = written(tmp_path, b"\xef\xbb\xbfa: \xc3\xa9\r\nb: 1\rc: 2\n")
    assert read_text(file, PATH) == "a: é\nb: 1\nc: 2\n"


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"a: 1\nb: caf\xe9\n", 2, 7, "0xe9"),
        (b"a: 1\r\nb: \xc3\xa9\xff", 2, 5, "0xff"),
        (b"\xef\xbb\xbfa\xff", 1, 2, "0xff"),
        (b"\xff\xfea\x00", 1, 1, "UTF-16"),
        (b"a: \xed\xa0\x80", 1, 4, "0xed"),
    ],
)
def test_other_encodings_are_told_at_the_first_wrong_byte(
    tmp_path: Path, data: bytes, line: int, column: int, words: str
) -> None:
    problem = problem_of(written(tmp_path, data))
    assert (problem.code, problem.line, problem.column) == ("bad-encoding", line, column)
    assert words in problem.message


def test_the_letter_that_old_windows_meant_is_named(tmp_path: Path) -> None:
    assert "“é”" in problem_of(written(tmp_path, b"caf\xe9")).message


@pytest.mark.parametrize(
    "character", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\uffff"]
)
def test_characters_that_cannot_stand_in_text_are_told_at_their_place(
    tmp_path: Path, character: str
) -> None:
    problem = problem_of(written(tmp_path, f"a: 1\nb: xy{character}z\n".encode()))
    assert (problem.code, problem.line, problem.column) == ("bad-character", 2, 6)
    assert f"U+{ord(character):04X}" in problem.message


@pytest.mark.parametrize("character", ["\t", "é", "曉", "\u200d", "\u200f", "😀", "\u00a0"])
def test_characters_of_real_languages_are_read(tmp_path: Path, character: str) -> None:
    assert read_text(written(tmp_path, f"a: x{character}y\n".encode()), PATH) == f"a: x{character}y\n"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\r\n"])
def test_empty_files_are_told(tmp_path: Path, data: bytes) -> None:
    assert problem_of(written(tmp_path, data)).code == "empty-file"


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    assert isinstance(read_text(written(tmp_path, b"#" * MAXIMUM_BYTES), PATH), str)
    problem = problem_of(written(tmp_path, b"#" * (MAXIMUM_BYTES + 1)))
    assert problem.code == "file-too-large" and "1.0 MB" in problem.message


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device"])
def test_what_is_no_file_is_named_and_never_waited_for(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "a.yml"
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(file))
    else:
        file = Path("/dev/zero")
    problem = problem_of(file)
    assert problem.code == "unreadable-file"
    # A socket cannot even be opened; the system says so in its own words.
    assert kind in problem.message or kind == "socket"


def test_a_file_that_is_gone_or_forbidden_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No such file" in problem_of(tmp_path / "gone.yml").message

    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    file = written(tmp_path, b"a: 1\n")
    monkeypatch.setattr(os, "open", forbidden)  # the tests may run as root, whom nothing is forbidden
    problem = problem_of(file)
    assert problem.code == "unreadable-file" and "Permission denied" in problem.message


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yml").symlink_to("a.yml")
    assert problem_of(tmp_path / "a.yml").code == "unreadable-file"


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_problem(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yml"
    file.write_bytes(data)
    read = read_text(file, PATH)
    if isinstance(read, Problem):
        assert read.line >= 1 and read.column >= 1
    else:
        assert read == plain_line_ends(data.decode("utf-8-sig"))
        assert refused_character(read, PATH) is None and "\r" not in read


def test_an_indentation_of_no_break_spaces_is_told(tmp_path: Path) -> None:
    """They come from web pages and word processors, and look like any other space."""
    file = tmp_path / "a2020.yml"
    file.write_text("reference:\n  \u00a0title: x\u00a0y\n", "utf-8")
    problem = read_text(file, PurePosixPath("a2020.yml"))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line, problem.column) == ("bad-character", 2, 3)
    file.write_text("reference:\n  title: x\u00a0y\n", "utf-8")
    assert isinstance(read_text(file, PurePosixPath("a2020.yml")), str)


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("\x00\x7f\x9f\u2028\u202e a\n")))
def test_the_first_refused_character_is_told_and_no_other(text: str) -> None:
    found = REFUSED_CHARACTERS.search(text)
    told = refused_character(text, PATH)
    assert (told is None) == (found is None)
    if found and told:
        assert f"U+{ord(found.group()):04X}" in told.message
        assert text.split("\n")[told.line - 1][told.column - 1] == found.group()
