"""Markdown files with their fields at the top."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from evidence_map.front_matter import read_markdown

PATH = PurePosixPath("synthesis/protocol.md")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fields_and_text_are_parted(tmp_path: Path, end: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(
        end.join(["---", "a: 1", "b: 2", "---", "", "# Text", "", "---", "more", ""]).encode()
    )
    read = read_markdown(file, PATH)
    assert isinstance(read, tuple)
    document, narrative = read
    assert document.plain() == {"a": "1", "b": "2"}
    assert document.at(("b",)).line == 3
    assert narrative.text == "# Text\n\n---\nmore"
    assert (narrative.first_line, narrative.at(narrative.text.index("ore")).column) == (6, 2)
    assert narrative.at(narrative.text.index("more")).line == 9


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("# Text\n", "front-matter", 1),
        ("\n---\na: 1\n---\n", "front-matter", 1),
        ("---\na: 1\n", "front-matter", 1),
        ("---\n---\ntext\n", "empty-file", 2),
        ("---\na: 1\nb: [\n---\ntext\n", "yaml-syntax", 3),
        ("---\n- a\n---\n", "not-fields", 2),
        ("", "empty-file", 1),
    ],
)
def test_what_is_wrong_is_told_at_the_line_of_the_file(
    tmp_path: Path, content: str, code: str, line: int
) -> None:
    (tmp_path / "a.md").write_text(content)
    read = read_markdown(tmp_path / "a.md", PATH)
    assert isinstance(read, list)
    assert [(problem.code, problem.line) for problem in read] == [(code, line)]
