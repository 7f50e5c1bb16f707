"""The web form changes a file where what it says has changed, and nowhere else."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence_map.yaml_source import Document, Node, parse
from tests.form.entries import Schema, field_of, item_of, options, texts, values
from tests.form.test_yaml_reading import RECORDS
from tests.form.yaml_calls import SCHEMA, Entry, FormYaml, read_by_python
from tests.test_formatting import layouts

TEXT = """\
# file

# about the reference
reference:  # beside
  # about the title
  title: "T: x"  # the title
  type: 'book'   # kind
  authors:
    # the first
    - {family: Hill,  given: K. 'x'} # hill
    # second
    - family: Muster # who
      # given name
      given: 'it''s'
      # deeper

    # loose

    - literal: Group
  issued: 2019 # year
  # own
  keywords: [a, "b, c",  d e]  # words
  # end

# about screening
screening:
    decision: included
    note: >-  # note
        long text
        goes on
    found_by:
    - one # 1
    # about two
    - two

findings:
- id: a  # a
  # about statement
  statement: plain text
    goes on   # s
  codes: {theme: [x, y], level: z}
# about b
-   id: b
    statement: |
      # no comment
-
  # c
  id: c
  statement: "quoted
    on"

notes: words
# the very end
"""

Change = Callable[[Entry], Any]

CHANGES: dict[str, tuple[Change, str, str]] = {
    "a text": (
        lambda e: e["reference"].update(title="New"),
        '  title: "T: x"  # the title\n',
        "  title: New  # the title\n",
    ),
    "a text over lines": (
        lambda e: e["screening"].update(note="short"),
        "    note: >-  # note\n        long text\n        goes on\n",
        "    note: short  # note\n",
    ),
    "a text that becomes long": (
        lambda e: e["findings"][0].update(statement="words " * 18 + "end"),
        "  statement: plain text\n    goes on   # s\n",
        f"  statement: >-   # s\n    {'words ' * 14}words\n    words words words end\n",
    ),
    "a text in brackets": (
        lambda e: e["reference"]["authors"][0].update(given="J., Jr"),
        "  given: K. 'x'}",
        '  given: "J., Jr"}',
    ),
    "a field added": (
        lambda e: e["reference"].update(container_title="J: x"),
        "  issued: 2019 # year\n",
        '  issued: 2019 # year\n  container_title: "J: x"\n',
    ),
    "a first field added to an item": (
        lambda e: e["reference"]["authors"][2].update(family="F"),
        "    - literal: Group\n",
        "    - family: F\n      literal: Group\n",
    ),
    "a field removed": (
        lambda e: e["reference"].pop("keywords"),
        '  # own\n  keywords: [a, "b, c",  d e]  # words\n',
        "",
    ),
    "the first field of an item removed": (
        lambda e: e["findings"][0].pop("id"),
        "- id: a  # a\n  # about statement\n  statement:",
        "# about statement\n- statement:",
    ),
    "the first field of an item below its dash removed": (
        lambda e: e["findings"][2].pop("id"),
        "  # c\n  id: c\n",
        "",
    ),
    "an item added": (
        lambda e: e["reference"]["authors"].insert(1, {"family": "N", "given": "O."}),
        "# hill\n",
        "# hill\n    - {family: N, given: O.}\n",
    ),
    "an item removed": (
        lambda e: e["reference"]["authors"].pop(1),
        TEXT[TEXT.index("    # second") : TEXT.index("\n    # loose")],
        "",
    ),
    "an item moved": (
        lambda e: e["findings"].insert(0, e["findings"].pop(1)),
        TEXT[TEXT.index("- id: a") : TEXT.index("-\n  # c")],
        TEXT[TEXT.index("# about b") : TEXT.index("-\n  # c")]
        + TEXT[TEXT.index("- id: a") : TEXT.index("# about b")],
    ),
    "a short item added": (
        lambda e: e["reference"]["keywords"].append("f"),
        '[a, "b, c",  d e]',
        '[a, "b, c", d e, f]',
    ),
    "short items too many for a line": (
        lambda e: e["findings"][0]["codes"].update(theme=[f"theme-{n:07}" for n in range(8)]),
        "  codes: {theme: [x, y], level: z}\n",
        "  codes:\n    theme:\n"
        + "".join(f"      - theme-{n:07}\n" for n in range(8))
        + "    level: z\n",
    ),
    "a list that is not reported": (
        lambda e: e["screening"].update(found_by="not reported"),
        "    found_by:\n    - one # 1\n    # about two\n    - two\n",
        "    found_by: not reported\n",
    ),
    "a section added": (
        lambda e: e.update(study={"report_of": "x"}),
        "  # end\n\n",
        "  # end\n\nstudy:\n  report_of: x\n\n",
    ),
    "a section added at the end": (
        lambda e: e.update(of_ours="x"),
        "notes: words\n",
        "notes: words\n\nof_ours: x\n",
    ),
    "a section removed": (
        lambda e: e.pop("screening"),
        TEXT[TEXT.index("# about screening") : TEXT.index("findings:")],
        "",
    ),
}


def before() -> Entry:
    entry = read_by_python(TEXT)
    assert entry is not None
    return entry


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_touches_nothing_else(form: FormYaml, name: str) -> None:
    change, old, new = CHANGES[name]
    assert TEXT.count(old) == 1
    after = before()
    change(after)
    text = form.change(TEXT, before(), after)
    assert text == TEXT.replace(old, new)
    assert read_by_python(text) == after


@pytest.mark.parametrize("name", ["a text", "an item moved", "a field removed"])
def test_line_ends_and_the_mark_of_byte_order_stay(form: FormYaml, name: str) -> None:
    change, old, new = CHANGES[name]
    after = before()
    change(after)
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    expected = "\ufeff" + TEXT.replace(old, new).replace("\n", "\r\n")
    assert form.change(text, before(), after) == expected
    assert form.change(text, before(), before()) == text


def test_a_comment_that_would_cut_a_text_off_stays_a_comment(form: FormYaml) -> None:
    text = 'reference:\n  title: "x" #stuck\n'
    entry = {"reference": {"title": "y"}}
    assert form.change(text, {"reference": {"title": "x"}}, entry) == text.replace("x", "y")
    text = "reference:\n  authors:  #stuck\n    - literal: x\n"
    entry = {"reference": {"authors": "not reported"}}
    changed = "reference:\n  #stuck\n  authors: not reported\n"
    assert form.change(text, {"reference": {"authors": [{"literal": "x"}]}}, entry) == changed


@pytest.mark.parametrize("text", ["{reference: {title: x}}\n", "a: [\n", "reference: {title: z}\n", ""])
def test_a_file_that_cannot_be_changed_is_written_anew(form: FormYaml, text: str) -> None:
    after = {"reference": {"title": "y"}}
    assert form.change(text, {"reference": {"title": "x"}}, after) == "reference:\n  title: y\n"


def test_fields_that_are_emptied_are_taken_out(form: FormYaml) -> None:
    after = before()
    after["notes"] = " "
    after["screening"]["found_by"] = [""]
    after["reference"]["authors"][0]["given"] = ""
    text = form.change(TEXT, before(), after)
    assert "notes" not in text and "found_by" not in text and "    - {family: Hill} # hill\n" in text


def test_a_character_that_no_record_may_hold_leaves_the_rest_as_it_is(form: FormYaml) -> None:
    after = before()
    after["reference"]["title"] = "a\x07b"
    text = form.change(TEXT, before(), after)
    assert text == TEXT.replace('"T: x"', '"a\\x07b"')


@st.composite
def edited(draw: st.DrawFn, value: Any, part: Schema, kinds: list[str]) -> Any:
    """Draw *value* changed at one place."""
    kind = draw(st.sampled_from(kinds))
    if isinstance(value, list) and draw(st.booleans()):
        at = draw(st.integers(0, len(value) - 1))
        if kind == "add":
            return [*value[:at], draw(values(item_of(part))), *value[at:]]
        rest = value[:at] + value[at + 1 :]
        if kind == "remove" and rest:
            return rest
        if kind == "move":
            to = draw(st.integers(0, len(rest)))
            return [*rest[:to], value[at], *rest[to:]]
    if isinstance(value, list):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], draw(edited(value[at], item_of(part), kinds)), *value[at + 1 :]]
    if isinstance(value, dict) and draw(st.booleans()):
        if kind == "add":
            names = [name for option in options(part) for name in option.get("properties", {})]
            if names := [name for name in names if name not in value]:
                name = draw(st.sampled_from(names))
                return {**value, name: draw(values(field_of(part, name)))}
        name = draw(st.sampled_from(list(value)))
        if kind == "remove" and len(value) > 1:
            return {each: own for each, own in value.items() if each != name}
        if kind == "replace":
            return {**value, name: draw(values(field_of(part, name)))}
    if isinstance(value, dict):
        name = draw(st.sampled_from(list(value)))
        return {**value, name: draw(edited(value[name], field_of(part, name), kinds))}
    return draw(texts)


FILES = st.sampled_from([TEXT, *(file.read_text("utf-8") for file in RECORDS[::9])]) | layouts()


@st.composite
def changes(draw: st.DrawFn, kinds: list[str], most: int) -> tuple[str, Entry, Entry]:
    """Draw a file, what it holds, and what it is to hold."""
    text = draw(FILES)
    old = read_by_python(text)
    assume(old is not None)
    new = copy.deepcopy(old)
    for _ in range(draw(st.integers(1, most))):
        new = draw(edited(new, SCHEMA, kinds))
    assert old is not None and new is not None
    return text, old, new


@settings(max_examples=100)
@given(changes(["set", "add", "remove", "move", "replace"], 4))
def test_any_change_says_what_is_wanted(form: FormYaml, drawn: tuple[str, Entry, Entry]) -> None:
    text, old, new = drawn
    assume(form.read(text) is not None)
    result = form.change(text, old, new)
    assert read_by_python(result) == new == form.read(result)
    for section in old.keys() & new.keys():
        if old[section] == new[section]:
            assert _written(text, section) == _written(result, section)


@pytest.mark.parametrize("name", CHANGES)
def test_sections_laid_out_afresh_say_the_same(form: FormYaml, name: str) -> None:
    """The way out where a change of single lines would not say what is wanted."""
    after = before()
    CHANGES[name][0](after)
    text = form.write_sections(TEXT, after)
    assert read_by_python(text) == after
    for section in after.keys() & before().keys():
        if after[section] == before()[section]:
            assert _written(text, section) == _written(TEXT, section)
    assert {"# file", "# about the reference", "# the very end"} <= set(text.split("\n"))


def test_a_change_that_would_say_something_else_leads_to_a_new_file(form: FormYaml) -> None:
    """A blank line behind a text that keeps its blank lines would belong to it."""
    text = "# c\nnotes: |+\n  x\n"
    after = {"notes": "x\n", "of_ours": "y"}
    assert form.change(text, {"notes": "x\n"}, after) == "notes: |\n  x\n\nof_ours: y\n"


def _written(text: str, section: str) -> list[str]:
    """Return the lines of a section, without those below its last value."""
    document = parse(text, PurePosixPath("a.yml"))
    assert isinstance(document, Document) and document.root.fields
    field = document.root.fields[section]
    last = max(_last_lines(field.value), default=field.line)
    return re.split("\r\n?|\n", text)[field.line - 1 : last]


def _last_lines(node: Node) -> list[int]:
    inner = [*(node.items or []), *(field.value for field in (node.fields or {}).values())]
    return [node.line, *(line for each in inner for line in _last_lines(each))]


def _pieces(text: str) -> list[str]:
    """Return the lines of a file apart from dashes and indentation."""
    return [piece for line in re.split("\r\n?|\n", text) if (piece := line.strip(" -"))]


@settings(max_examples=60)
@given(changes(["add"], 1))
def test_what_is_added_takes_no_line_away(form: FormYaml, drawn: tuple[str, Entry, Entry]) -> None:
    text, old, new = drawn
    assume(form.read(text) is not None)
    assume(_grew(old, new))
    lost = Counter(_pieces(text)) - Counter(_pieces(form.change(text, old, new)))
    assert lost.total() <= 1 and not any(piece.startswith("#") for piece in lost)


def _grew(old: Any, new: Any) -> bool:
    """Whether something was added and no text was changed."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(
            name in new and (old[name] == new[name] or _grew(old[name], new[name])) for name in old
        )
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return all(one == other or _grew(one, other) for one, other in zip(old, new, strict=True))
    return isinstance(old, list) and isinstance(new, list)


@settings(max_examples=60)
@given(changes(["remove", "move"], 1))
def test_what_stays_and_moves_keeps_its_lines(form: FormYaml, drawn: tuple[str, Entry, Entry]) -> None:
    text, old, new = drawn
    assume(form.read(text) is not None)
    result = Counter(_pieces(form.change(text, old, new)))
    more = result - Counter(_pieces(text))
    assert more.total() <= 1 + sum(_long(value) for value in _texts(new) if value not in _texts(old))
    if sorted(_texts(old)) == sorted(_texts(new)):
        assert Counter(_pieces(text)) - result == Counter() or more.total() == 1


def _long(value: str) -> int:
    return len(value) // 40 + value.count("\n") + 3


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [
        text for each in (value.values() if isinstance(value, dict) else value) for text in _texts(each)
    ]
