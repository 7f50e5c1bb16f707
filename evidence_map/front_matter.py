"""Markdown files that begin with YAML between two lines of ``---``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidence_map.problems import Position, Problem, Rule
from evidence_map.text_source import TOO_LARGE, read_text
from evidence_map.yaml_source import Document, parse

LONGEST = 150_000
"""Characters of a page: some fifty sheets. Rendering hostile text of megabytes would take minutes."""

FRONT_MATTER = Rule(
    "front-matter",
    "A Markdown file without its fields at the top",
    "The page's statement, assessment or title stands in the fields before the text.",
    "Begin the file with a line “---”, then the fields, then a line “---”, then the text.",
)


@dataclass(frozen=True, slots=True)
class Narrative:
    """The text of a Markdown file below its fields.

    :ivar first_line: the line of the file at which it begins.
    :ivar source: the whole file, with its fields.
    """

    text: str
    path: PurePosixPath
    first_line: int
    source: str

    def at(self, place: int) -> Position:
        """Return where the character number *place* of the text stands in its file."""
        above = self.text[:place]
        line = self.first_line + above.count("\n")
        return Position(self.path, line, place - above.rfind("\n"))


def read_markdown(file: Path, path: PurePosixPath) -> tuple[Document, Narrative] | list[Problem]:
    """Return the fields and the text of a Markdown file, or the problems that forbid it."""
    text = read_text(file, path)
    if isinstance(text, Problem):
        return [text]
    return parse_markdown(text, path)


def parse_markdown(text: str, path: PurePosixPath) -> tuple[Document, Narrative] | list[Problem]:
    """Return the fields and the text of a page that is *text*, or the problems that forbid it."""
    if len(text) > LONGEST:
        message = f"the file has {len(text):,} characters; at most {LONGEST:,} are read"
        return [TOO_LARGE.at(Position(path), message)]
    if text.split("\n", 1)[0].rstrip() != "---":
        return [FRONT_MATTER.at(Position(path), "the file does not begin with “---”")]
    parts = split_front_matter(text)
    if parts is None:
        return [FRONT_MATTER.at(Position(path), "the second “---” is missing")]
    document = parse(parts[0], path, first_line=2)
    if isinstance(document, list):
        return document
    fields, below = parts
    body = below.rstrip()
    written = re.sub(r"\A(?:[ \t]*\n)+", "", body)
    first_line = fields.count("\n") + 3 + body.count("\n") - written.count("\n")
    return document, Narrative(written, path, first_line, text)


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Return the fields at the top of *text* and all that is below, or None where there are none."""
    lines = text.split("\n")
    ends = (index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    end = next(ends, None)
    if lines[0].rstrip() != "---" or end is None:
        return None
    return "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :])
