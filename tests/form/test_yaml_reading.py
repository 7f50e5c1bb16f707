"""The web form reads exactly what the build reads, or refuses the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.form.yaml_calls import FormYaml, read_by_python
from tests.reviews import LIGHTHOUSE, REPOSITORY

RECORDS = sorted([*(REPOSITORY / "records").glob("*.yml"), *(LIGHTHOUSE / "records").glob("*.yml")])

VARIED = """\
# a record in many layouts
reference:
  title: "T: x"  # beside
  authors:
    - {family: Hill,  given: K. 'x'}
    - family: Muster
      given: 'it''s'
  keywords: [a, "b, c",
    d e]
  note: >-
    long text
    goes on

    here
     set in
    end
  more: |+
    lines
      two

findings:
- id: a
  codes: {x: [1, 2], y: z}
-
  id: b
  statement: plain text
    goes on
  other: "quoted \\
    on\\u00e9

    lines"
"""


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.stem)
def test_records_are_read_as_the_build_reads_them(form: FormYaml, file: Path) -> None:
    text = file.read_text("utf-8")
    assert form.read(text) == read_by_python(text) is not None


READ = {
    "texts that look like other types": "a: NO\nb: 012\nc: [1e3, .inf, 2019-05-01]\nd: 12:30\n",
    "line ends of Windows": "\ufeffa: 1\r\nb: >-\r\n  x\r\n  y\r\n",
    "line ends of old Macs": "a: 1\rb: 2\r",
    "a document start": "# c\n---  # d\na: 1\n",
    "names in quotes": '"a: b": 1\n\'c\': {"d": 2}\n',
    "a name with a space before its colon": "a : 1\nb: {c : 2}\n",
    "lists that are not set in": "a:\n- b\n- c:\n  - d\ne: f\n",
    "lists of lists": "a:\n  - - b\n    - c\n  -\n    - d\n",
    "empty brackets": "a: []\nb: {}\nc: [[], {}]\n",
    "a trailing comma": "a: [b, ]\nc: {d: e,}\n",
    "brackets over lines": "a: [b,\nc, # d\n  {e: f,\ng: h}]\n",
    "a hash within": "a: b#c\nd: 'e #f'\ng: |\n  # h\n",
    "text that begins below": "a:\n  b\n  c\nd:\n  'e'\nf:\n  [g]\n",
    "blocks": "a: |\n  x\n\n   y\n\nb: |-\n  x\n\nc: |+\n  x\n\nd: >\n  x\n  y\n\n  z\n   w\n  v\n",
    "blocks with their indentation given": "a: |2\n    x\n   y\nb:\n  - >2-\n      x\n     y\n",
    "a block without a last line end": "a: |\n  x",
    "a block with blanks below": "a: |\n  x\n    \nb: c\n",
    "escapes": 'a: "\\t\\n\\"\\\\\\/\\_\\x41\\u00e9\\U0001F375 \\\n   b"\n',
    "quotes over lines": "a: \"b  \n  c\n\n\n  d\"\ne: 'f\n\ng'\n",
    "signs at the beginning": 'a: -b\nc: "?d"\ne: <f\n',
    "colons that part nothing": "a: b:c\nd: https://example.org/?e:f\n",
    "a name like a method": "__proto__: a\nconstructor: {toString: b}\n",
    "names like numbers": "2: a\n1: b\n",
    "every script": "a: שלום\nb: 🍵 茶\nc: e\u0301\u200d\n",
    "the whole": VARIED,
}


@pytest.mark.parametrize("name", READ)
def test_every_layout_of_records_is_read(form: FormYaml, name: str) -> None:
    assert form.read(READ[name]) == read_by_python(READ[name]) is not None


REFUSED = [
    ("", 1, 1, "nothing but comments"),
    ("# a\n", 1, 1, "nothing but comments"),
    ("- a\n", 1, 1, "begins with a list"),
    ("words\n", 1, 1, "without a field name"),
    ("a: 1\nb: 2\na: 3\n", 3, 1, "“a” stands twice"),
    ("a: {b: 1, b: 2}\n", 1, 11, "“b” stands twice"),
    ("a: 1\nb:\n", 2, 1, "“b” has no value"),
    ("a: ~\n", 1, 1, "“a” has no value"),
    ("a: {b: null}\n", 1, 5, "“b” has no value"),
    ("a:\n  - b\n  -\n", 3, 3, "item of the list is empty"),
    ("a: ''\n", 1, 1, "“a” has no value"),
    ("a: &x 1\n", 1, 4, "anchors"),
    ("a: *x\n", 1, 4, "anchors"),
    ("a: !!int 1\n", 1, 4, "tags"),
    ("%YAML 1.1\n---\na: 1\n", 1, 1, "“%”"),
    ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
    ("a: 1\n...\n", 2, 1, "second document"),
    ("? a\n: b\n", 1, 1, "“?”"),
    ("a:\n\tb: 1\n", 2, 1, "tab"),
    ("a:\tb\n", 1, 3, "tab"),
    ("a: é b #c\n", 1, 8, "cut off"),
    ("a: 🍵 b: c\n", 1, 4, "colon followed by a space"),
    ("a: 'b\n", 1, 4, "never closed"),
    ('a: "\\q"\n', 1, 5, "no meaning"),
    ('a: "\\x07"\n', 1, 4, "control character"),
    ("a: 'b' c\n", 1, 8, "after its closing quotation mark"),
    ("a: [b\n", 1, 4, "not closed"),
    ("a: [b c: d]\n", 1, 8, "comma"),
    ("a: |x\n  b\n", 1, 4, "begin it on the next"),
    ("a: |\nb: c\n", 1, 4, "no text follows"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "does not fit"),
    ("a:\n  - b\n   - c\n", 3, 4, "part of the text above"),
    ("a: 1\nb\n", 2, 1, "no field"),
    ("a: x\u2028y\n", 1, 5, "U+2028"),
    ("a: b\n\u00a0c: d\n", 2, 1, "special space"),
    ("a: \ud800\n", 1, 4, "U+D800"),
    ("a:\n " + "[" * 30, 2, 25, "levels of nesting"),
    ("a: " + "x" * 1_000_001, 1, 1, "1 MB"),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "part"), REFUSED, ids=[text[:20] for text, *_ in REFUSED]
)
def test_what_is_refused_is_told_at_its_place(
    form: FormYaml, text: str, line: int, column: int, part: str
) -> None:
    place = form.refused(text)
    assert place[:2] == (line, column) and part in place[2]


JUNK = [
    *" \n\t:-#'\"[]{},|>&*!%@`?~\\=a0é\u00a0\u2028\ufeff\u3000\r🍵",
    *("  ", "\n  ", "\n- ", ": ", " #", "\n---\n", "\n...\n", ">-\n", "|\n    ", "|2\n", "|+\n", "''"),
    *(
        "\\x41",
        "\\\n",
        "null",
        "- - ",
        "{a: b}",
        "[c]",
        "&a ",
        "!!str ",
        "<<: ",
        "\r\n",
        "key: ",
        " # c\n",
    ),
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a record in which characters and lines were put in, taken out, doubled or moved."""
    text = draw(st.sampled_from([VARIED, *(file.read_text("utf-8") for file in RECORDS[::20])]))
    lines = text.split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[start : start + draw(st.integers(3, 30))])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        lines = text.split("\n")
        line = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["put", "take", "set in", "set out", "double", "drop"]))
        if kind == "put":
            text = text[:at] + draw(st.sampled_from(JUNK)) + text[at:]
        elif kind == "take":
            text = text[:at] + text[at + draw(st.integers(1, 2)) :]
        else:
            own = lines[line]
            lines[line : line + 1] = {
                "set in": [" " * draw(st.integers(1, 3)) + own],
                "set out": [own[draw(st.integers(1, 2)) :]],
                "double": [own, own],
                "drop": [],
            }[kind]
            text = "\n".join(lines)
    return text


@settings(max_examples=500)
@given(mutated() | st.text(st.sampled_from("ab: -[]{},#&*!|>'\"%?\n\\~é<.x0"), max_size=60))
@example("a: b\n\ufeff c: d\n")
@example("a: |\n     \n  b\n")
@example('a: "b\n---\n"\n')
@example("a: [b,\n--- ]\n")
def test_any_text_is_read_as_the_build_reads_it_or_refused(form: FormYaml, text: str) -> None:
    entry = form.read(text)
    assert entry is None or entry == read_by_python(text)
