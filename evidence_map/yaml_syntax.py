"""Why a text is not YAML, in the words of someone who has never heard of a parser.

libyaml says at which place it could not go on, and seldom why. The cause is nearly always one of
a few slips (indentation, quotation marks, brackets, a colon); each is told from the lines around
that place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from evidence_map.problems import Position, Problem, Rule, quoted

YAML_SYNTAX = Rule(
    "yaml-syntax",
    "The file is not valid YAML",
    "Without a clear structure no field can be read.",
    "Indent with spaces, put a space after each colon, and put text that holds “: ” or “ #” "
    "or begins with a quotation mark, “[”, “{”, “*”, “&”, “!”, “%” or “@” in double quotes.",
)
ANCHOR_OR_ALIAS = Rule(
    "anchor-or-alias",
    "Anchors and aliases are not allowed",
    "They make one part of a file depend on another, which readers of the file overlook.",
    "Write the value out; put text that begins with “&” or “*” in double quotes.",
)
TAG = Rule(
    "tag",
    "Tags are not allowed",
    "Types come from the record model, never from the file.",
    "Remove the “!…”; put text that begins with “!” in double quotes.",
)

_NAMED = re.compile(r"^(?P<lead> *(?:- +)*)(?P<name>[^\s:#\"'\[\]{},&*!|>%@`-][^:#]*?):(?:\s|$)")
_STUCK = re.compile(r"^ *(?:- +)*(?P<name>[A-Za-z_]+):(?!//)[^\s:]")
_VALUE = re.compile(r"^ *(?:- +)*(?:[^\s:]+: +)?(?P<value>\S.*)?$")
_QUOTED_AND_MORE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#]""")
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class Mistake:
    """What libyaml said, with the lines it was said about. Lines and columns count from 0."""

    path: PurePosixPath
    lines: list[str]
    first_line: int
    line: int
    column: int
    said: str
    doing: str
    begun: tuple[int, int]

    @property
    def written(self) -> str:
        """The line at which reading stopped."""
        return self.text_of(self.line)

    @property
    def character(self) -> str:
        """The character at which reading stopped, or nothing at the end of a line."""
        return self.written[self.column : self.column + 1]

    def text_of(self, line: int) -> str:
        """Return a line, or nothing beyond the end of the file."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def number(self, line: int) -> int:
        """Return the number of a line in the file, as people count."""
        return line + self.first_line

    def problem(
        self, message: str, hint: str = "", at: tuple[int, int] | None = None, rule: Rule = YAML_SYNTAX
    ) -> Problem:
        """Return the problem at *at* or where reading stopped, at the latest at the end of the file."""
        line, column = at or (self.line, self.column)
        if line >= len(self.lines):
            # libyaml counts a line behind one that has no end.
            line, column = len(self.lines) - 1, len(self.lines[-1])
        return rule.at(Position(self.path, self.number(line), column + 1), message, hint)


def syntax_problem(
    error: yaml.MarkedYAMLError, text: str, path: PurePosixPath, first_line: int = 1
) -> Problem:
    """Return what is wrong with *text*, on which libyaml gave up with *error*."""
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark or mark
    mistake = Mistake(
        path,
        text.split("\n"),
        first_line,
        mark.line if mark else 0,
        mark.column if mark else 0,
        error.problem or "",
        error.context or "",
        (begun.line, begun.column) if begun else (0, 0),
    )
    for explain in _EXPLANATIONS:
        if problem := explain(mistake):
            return problem
    return mistake.problem("this line does not fit into the structure of the file")


def _tab(mistake: Mistake) -> Problem | None:
    written = mistake.written
    lead = written[: len(written) - len(written.lstrip(" \t-"))]
    if "\t" not in lead:
        return None
    place = (mistake.line, written.index("\t"))
    return mistake.problem("a tab stands in the indentation", "Indent with spaces only.", place)


def _open_quotation(mistake: Mistake) -> Problem | None:
    if "quoted scalar" not in mistake.doing:
        return None
    line, column = mistake.begun
    mark = mistake.text_of(line)[column : column + 1]
    if "end of stream" in mistake.said or "document indicator" in mistake.said:
        return mistake.problem(
            f"the quotation mark ({mark}) that stands here is never closed",
            f"Close the text with {mark}, or delete the mark.",
            mistake.begun,
        )
    backslash = mistake.written.rfind("\\", 0, mistake.column + 1)
    escape = mistake.written[backslash : backslash + 2]
    return mistake.problem(
        f"“{escape}” has no meaning inside double quotes",
        "Write \\\\ for a backslash, or put the text in single quotes instead.",
        (mistake.line, backslash),
    )


def _first_character(mistake: Mistake) -> Problem | None:
    """Text that begins with a character which YAML keeps for itself."""
    place = mistake.begun if "scanning" in mistake.doing or "parsing a" in mistake.doing else None
    line, column = place or (mistake.line, mistake.column)
    first = mistake.text_of(line)[column : column + 1]
    quotes = f"Put text that begins with “{first}” in double quotes."
    if "alias" in mistake.doing or "anchor" in mistake.doing:
        return mistake.problem(f"text cannot begin with “{first}”", quotes, place, ANCHOR_OR_ALIAS)
    if "tag" in mistake.doing or "undefined tag" in mistake.said or "TAG" in mistake.doing:
        return mistake.problem(f"text cannot begin with “{first}”", quotes, place, TAG)
    if "directive" in mistake.doing or "directive" in mistake.said:
        return mistake.problem("a line cannot begin with “%”", quotes, (mistake.begun[0], 0))
    if "block scalar" in mistake.doing:
        hint = f"Begin the text on the next line, indented. {quotes}"
        return mistake.problem(f"text follows “{first}” on the same line", hint)
    if "start any token" in mistake.said or "mapping keys" in mistake.said:
        return mistake.problem(f"text cannot begin with “{mistake.character}”", quotes)
    if "sequence entries" in mistake.said:
        hint = "Begin the list on the next line. " + quotes
        return mistake.problem("a list cannot begin behind a field's name", hint)
    return None


def _brackets(mistake: Mistake) -> Problem | None:
    if "flow" not in mistake.doing:
        return None
    if "node content" in mistake.said and mistake.character == ",":
        return mistake.problem("a comma too many", "Delete the comma, or write what it parts.")
    line, column = begun = mistake.begun
    if not any(mistake.text_of(later).strip() for later in range(line, len(mistake.lines))):
        line, column = begun = _last_bracket(mistake)
    opening = mistake.text_of(line)[column : column + 1]
    if opening not in _CLOSING:
        return mistake.problem("this cannot stand between brackets", "Put the text in double quotes.")
    if mistake.line != line or not mistake.character:
        return mistake.problem(
            f"the bracket “{opening}” that stands here is not closed",
            f"Close it with “{_CLOSING[opening]}”; text with a bracket or “ #” goes in double quotes.",
            begun,
        )
    return mistake.problem(
        "a comma is missing before this, or a closing bracket",
        "Part the entries by commas; text with a comma, a colon or a bracket goes in double quotes.",
    )


def _last_bracket(mistake: Mistake) -> tuple[int, int]:
    """Return the last opening bracket of the file, which is open where the file ends too early."""
    for line in _lines_above(mistake, len(mistake.lines)):
        written = mistake.text_of(line)
        if (column := max(written.rfind("["), written.rfind("{"))) >= 0:
            return line, column
    return mistake.begun


def _after_value(mistake: Mistake) -> Problem | None:
    """Text that goes on after its closing quotation mark or bracket."""
    before = mistake.written[: mistake.column].rstrip()
    found = _VALUE.match(mistake.written)
    value = (found["value"] or "") if found else ""
    if _QUOTED_AND_MORE.match(value):
        return mistake.problem("the text goes on after its closing quotation mark", _quoting(value[0]))
    if mistake.character in {"]", "}"}:
        return mistake.problem(f"the bracket “{mistake.character}” was never opened", "Delete it.")
    if value[:1] in _CLOSING and before.endswith(_CLOSING[value[0]]):
        hint = f"Put text that begins with “{value[0]}” in double quotes."
        return mistake.problem(f"text follows the closing “{before[-1]}”", hint)
    if before.endswith(("'", '"')) and (place := _unclosed_above(mistake, before[-1])):
        return mistake.problem(
            f"the quotation mark ({before[-1]}) that stands here is not closed on its line",
            f"Close the text with {before[-1]}, or delete the mark.",
            place,
        )
    return None


def _quoting(mark: str) -> str:
    if mark == '"':
        return "Put single quotes around the whole text ('…'), or write \\\" for each mark inside it."
    return "Put double quotes around the whole text, or write '' for each apostrophe inside it."


def _unclosed_above(mistake: Mistake, mark: str) -> tuple[int, int] | None:
    for line in range(mistake.line - 1, -1, -1):
        found = _VALUE.match(mistake.text_of(line))
        value = (found.group("value") or "") if found else ""
        if value.startswith(mark):
            return (line, mistake.text_of(line).index(value)) if value.count(mark) % 2 else None
    return None


def _stuck_colon(mistake: Mistake) -> Problem | None:
    """A line above without a space after its colon, which therefore is no field."""
    for line in _lines_above(mistake, mistake.line + 1):
        if found := _STUCK.match(mistake.text_of(line)):
            return mistake.problem(
                f"no space follows the colon of “{found['name']}”",
                f"Write “{found['name']}: ” with a space, then the value.",
                (line, found.end("name")),
            )
        if _NAMED.match(mistake.text_of(line)) and line != mistake.line:
            return None
    return None


def _second_colon(mistake: Mistake) -> Problem | None:
    if "mapping values" not in mistake.said:
        return None
    named = _NAMED.match(mistake.written)
    if named is None or named.end("name") >= mistake.column:
        return None
    value = mistake.written[named.end("name") + 1 :].strip()
    written = f'{named["name"]}: "{value}"'
    shown = f": {written}" if '"' not in value and "\\" not in value and len(value) < 100 else ""
    return mistake.problem(
        "the text holds a colon followed by a space", f"Put the text in double quotes{shown}."
    )


def _missing_colon(mistake: Mistake) -> Problem | None:
    """A line that is neither a field nor part of a text."""
    if "expected ':'" in mistake.said:
        line = mistake.begun[0]
    elif "mapping values" in mistake.said:
        line = next(_lines_above(mistake, mistake.line), -1)
        if line < 0 or _indentation(mistake.text_of(line)) != _indentation(mistake.written):
            return None
    else:
        return None
    written = mistake.text_of(line)
    if _NAMED.match(written):
        return None
    place = (line, _indentation(written))
    return mistake.problem(
        f"{quoted(written.strip(), 40)} has no colon, so it is no field",
        "Write “field: value”. Text that goes on from the line above is indented deeper than its field.",
        place,
    )


def _nameless(mistake: Mistake) -> Problem | None:
    if mistake.character == ":" and mistake.said.startswith("did not find expected key"):
        return mistake.problem("no name stands before this colon", "Write “field: value”.")
    return None


def _indented(mistake: Mistake) -> Problem | None:
    """A line that begins in a column where nothing else does."""
    written = mistake.written
    at_start = not written[: mistake.column].strip(" -")
    if not written.strip() or not (at_start or "mapping values" in mistake.said):
        return None
    own = _indentation(written)
    name = _NAMED.match(written)
    what = f"“{name['name']}”" if name else "this item"
    beside = _closest(mistake, own)
    if beside is None:
        return None
    line, column, neighbour = beside
    place = (mistake.line, own)
    item = written.lstrip().startswith("-")
    if own == column:
        kind = "a list item stands among fields" if item else f"{what} stands among the items of a list"
        hint = (
            "Indent what belongs to a field deeper than its name; begin each item of a list with “- ”."
        )
        return mistake.problem(kind, hint, place)
    if name is None and not item:
        hint = "Indent text that goes on like the line above it; write a field as “name: value”."
        return mistake.problem("this line belongs to nothing above it", hint, place)
    spaces = "no space" if column == 0 else f"{column} space{'s' if column > 1 else ''}"
    hint = f"Align it with {neighbour} on line {mistake.number(line)}, with {spaces} before it."
    if "mapping values" in mistake.said:
        hint += " If it goes on with the text above, put the whole text in double quotes."
    return mistake.problem(f"{what} is indented unlike the lines around it", hint, place)


def _closest(mistake: Mistake, own: int) -> tuple[int, int, str] | None:
    """Return line, column and name of what begins above in the column closest to *own*."""
    found: list[tuple[int, int, str]] = []
    lowest = 10_000
    for line in _lines_above(mistake, mistake.line):
        written = mistake.text_of(line)
        named = _NAMED.match(written)
        if _indentation(written) >= lowest or (named is None and not written.lstrip().startswith("- ")):
            continue
        lowest = _indentation(written)
        if named is not None:
            found.append((line, len(named["lead"]), f"“{named['name']}”"))
        if written.lstrip().startswith("- "):
            found.append((line, lowest, "the list item"))
    return min(found, key=lambda entry: abs(entry[1] - own)) if found else None


def _lines_above(mistake: Mistake, line: int) -> Iterator[int]:
    """Yield the lines above *line* that hold more than a comment, the nearest first."""
    for above in range(min(line, len(mistake.lines)) - 1, max(-1, line - 400), -1):
        stripped = mistake.text_of(above).lstrip()
        if stripped and not stripped.startswith("#"):
            yield above


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _after_end(mistake: Mistake) -> Problem | None:
    if any(line.rstrip() == "..." for line in mistake.lines[: mistake.line]):
        return mistake.problem("text follows the end of the document (“...”)", "Delete the line “...”.")
    return None


def _cannot_begin(mistake: Mistake) -> Problem | None:
    if "node content" in mistake.said and mistake.character:
        hint = f"Put text that begins with “{mistake.character}” in double quotes."
        return mistake.problem(f"a value cannot begin with “{mistake.character}”", hint)
    return None


_EXPLANATIONS: tuple[Callable[[Mistake], Problem | None], ...] = (
    _tab,
    _open_quotation,
    _first_character,
    _brackets,
    _cannot_begin,
    _nameless,
    _after_value,
    _second_colon,
    _stuck_colon,
    _missing_colon,
    _after_end,
    _indented,
)
