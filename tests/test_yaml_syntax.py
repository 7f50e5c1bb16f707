"""Slips of the pen are told in plain words, at the place where they were made."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from evidence_map.yaml_source import parse

PATH = PurePosixPath("records/a2020.yml")

SLIPS = {
    # indentation
    "a: \n    t: x\n  ‸i: 2019\n": ("indented unlike", "“t” on line 2, with 4 spaces"),
    "r:\n  t: x\n    ‸i: 2019\n": ("indented unlike", "“t” on line 2, with 2 spaces"),
    'r:\n  t: "x"\n    ‸i: 2019\n': ("indented unlike", "“t” on line 2, with 2 spaces"),
    "r:\n  t: [x]\n    ‸i: 2019\n": ("indented unlike", "“t” on line 2, with 2 spaces"),
    "  r:\n    t: x\n‸s: a\n": ("indented unlike", "“r” on line 1, with 2 spaces"),
    "f:\n  - id: x\n   ‸s: y\n": ("indented unlike", "“id” on line 2, with 4 spaces"),
    "f:\n  - id: x\n     ‸s: y\n": ("indented unlike", "“id” on line 2, with 4 spaces"),
    "a:\n  - x\n ‸- y\nb: c\n": ("indented unlike", "the list item on line 2, with 2 spaces"),
    "# c\na:\n\n  # d\n  t: x\n   ‸i: y: z\n": ("indented unlike", "“t” on line 5"),
    "a:\n  - x\n  ‸b: c\n": ("among the items of a list", "“- ”"),
    "a:\n  b: c\n  ‸- x\n": ("list item stands among fields", "deeper than its name"),
    "a: |\n    foo\n  ‸bar\nb: c\n": ("belongs to nothing", "like the line above"),
    "a:\n‸\tb: c\n": ("tab", "spaces only"),
    "a:\n  b: c\n‸\td: e\n": ("tab", "spaces only"),
    "a:\n  ‸\tb: c\n": ("tab", "spaces only"),
    "a:\n-‸\tb: c\n": ("tab", "spaces only"),
    "a: |\n‸\tfoo\n": ("tab", "spaces only"),
    # quotation marks
    'a: "he said "‸yes" to"\nb: c\n': ("after its closing quotation mark", "single quotes"),
    "a: 'it'‸s fine'\nb: c\n": ("after its closing quotation mark", "double quotes"),
    'a: "It starts"‸: a study\nb: c\n': ("after its closing quotation mark", "single quotes"),
    'a: "It starts" ‸a study\nb: c\n': ("after its closing quotation mark", "single quotes"),
    'a: ‸"he said\nb: c\n': ("never closed", "Close the text"),
    "a: ‸'he said\nb: c\n": ("never closed", "Close the text"),
    'a: ‸"he said\nb: "c"\nd: e\n': ("not closed on its line", "Close the text"),
    'a: [x, ‸"y]\nb: c\n': ("never closed", "Close the text"),
    'a: ‸"b\n---\nc"\n': ("never closed", "Close the text"),
    'a: "C:‸\\dir"\n': ("“\\d” has no meaning", "single quotes"),
    'a: "‸\\xZZ"\n': ("“\\x” has no meaning", "single quotes"),
    # brackets
    "a: [Retracted] ‸A study\nb: c\n": ("text follows the closing “]”", "double quotes"),
    "a: {Tea} ‸A study\nb: c\n": ("text follows the closing “}”", "double quotes"),
    "a: ‸[x, y\nb: c\n": ("“[” that stands here is not closed", "“]”"),
    "a: ‸[x, y\n": ("“[” that stands here is not closed", "“]”"),
    "a: ‸{x: y\nb: c\n": ("“{” that stands here is not closed", "“}”"),
    "a: ‸[x, #y]\nb: c\n": ("“[” that stands here is not closed", "“ #”"),
    "a: ‸[\n": ("“[” that stands here is not closed", "“]”"),
    "a:\n  - ‸{b: c,\n": ("“{” that stands here is not closed", "“}”"),
    "a: {family: Hill given‸: K.}\n": ("a comma is missing", "commas"),
    "a: [x,‸, y]\n": ("a comma too many", "Delete the comma"),
    "a: [x]‸]\nb: c\n": ("was never opened", "Delete"),
    "a: ‸]\nb: c\n": ("cannot begin with “]”", "double quotes"),
    "a: ‸, x\n": ("cannot begin with “,”", "double quotes"),
    # first characters
    "a: ‸@foo\n": ("cannot begin with “@”", "double quotes"),
    "a: ‸`foo`\n": ("cannot begin with “`”", "double quotes"),
    "a: ‸%5 of\n": ("cannot begin with “%”", "double quotes"),
    "‸%foo: x\n": ("cannot begin with “%”", "double quotes"),
    "a: ‸*foo* bar\n": ("cannot begin with “*”", "double quotes"),
    "a: ‸& more\n": ("cannot begin with “&”", "double quotes"),
    "a: ‸!foo!bar x\n": ("cannot begin with “!”", "double quotes"),
    "a: ‸? x\n": ("cannot begin with “?”", "double quotes"),
    "a: ‸- x\n": ("a list cannot begin", "next line"),
    "a: > ‸foo\n": ("text follows “>”", "next line"),
    "a: | ‸foo\n": ("text follows “|”", "next line"),
    # colons
    "a: What‸: a study\nb: c\n": ("a colon followed by a space", 'a: "What: a study"'),
    "a:\n  title‸:foo\n  b: c\n": ("no space follows the colon of “title”", "“title: ”"),
    "title‸:foo\nb: c\n": ("no space follows the colon of “title”", "“title: ”"),
    "a:\n  ‸title foo\n  b: c\n": ("“title foo” has no colon", "“field: value”"),
    "a: b\n‸foo\nc: d\n": ("“foo” has no colon", "“field: value”"),
    "a: b\n‸foo\n": ("“foo” has no colon", "“field: value”"),
    "a: text\n  ‸and more: text\nb: c\n": ("indented unlike", "whole text in double quotes"),
    "‸: x\n": ("no name stands before this colon", "“field: value”"),
    # documents
    "a: b\n...\n‸c: d\n": ("follows the end of the document", "..."),
}

LIBYAML = (
    "did not find",
    "could not find",
    "while parsing",
    "while scanning",
    "block mapping",
    "flow ",
    "token",
    "scalar",
    "not allowed in this context",
    "stream",
)
"""Words of libyaml that a reviewer should never meet."""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_plain_words_at_its_place(slip: str) -> None:
    message, hint = SLIPS[slip]
    before, _, after = slip.partition("‸")
    result = parse(before + after, PATH)
    assert isinstance(result, list), "the slip was read as valid"
    (problem,) = result
    place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert (problem.line, problem.column) == place, problem
    assert message in problem.message, problem
    assert hint in problem.hint, problem
    for words in LIBYAML:
        assert words not in problem.message + problem.hint


def test_lines_are_counted_from_where_the_text_begins() -> None:
    result = parse("a:\n    t: x\n  i: 2019\n", PATH, first_line=11)
    assert isinstance(result, list)
    assert result[0].line == 13 and "on line 12" in result[0].hint
