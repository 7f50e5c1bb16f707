"""Random entries of records, made from the schema, with texts that YAML could take amiss."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from evidence_map.text_source import has_refused_character
from tests.form.yaml_calls import SCHEMA, Entry

Schema = dict[str, Any]

HOSTILE = [
    *("null", "~", "yes", "NO", "True", "012", "1e3", ".inf", "=", "<<", "-", "--", "---", "..."),
    *(
        "- item",
        "? query",
        ": colon",
        "a: b",
        "a:b",
        "a:?b",
        "ends:",
        "a #b",
        "a # b",
        "#",
        "[x]",
        "[a]: b",
    ),
    *("{a}", "a, b", "&x", "*x", "!x", "|", "> x", "%x", "@x", "`x", "'", '"', "''", "it's", 'say "x"'),
    *("back\\slash", " leads", "trails ", "\ttab", "a\tb", "two\nlines", "one\n\ntwo", "ends\n"),
    *("ends twice\n\n", "\nstarts", "  set\nin", "a\n  set in\nb", "a\n \nb", "- a\n- b", "a\n#b\nc"),
    *("\u00a0led", "a \u00a0b", "trailed\u00a0", "a\n\u2003b", "\u200bzero", "\u3000wide", "\ufeffmark"),
    *("🍵 cup", "שלום עולם", "e\u0301", "hard  \nbreak", "https://example.org/" + "a" * 120),
    "long words " * 30 + "end",
    "x" * 150,
    "a  b   c " * 20 + "end",
    "one paragraph " * 20 + "ends\n\n" + "the next " * 20 + "too",
    "🍵" * 60 + " " + "🍵" * 60,
    "word " * 19 + "# hash " * 9 + "end",
    "word " * 25 + "- dash: colon",
    "word " * 18 + "\u00a0after " * 10 + "end",
]
LETTERS = "ab: -#'\"[]{},|>&*!%@`?~\\=é\n\t 🍵\u00a0\ufeff\u0301א"

texts: st.SearchStrategy[str] = (
    st.sampled_from(HOSTILE)
    | st.text(st.sampled_from(LETTERS), min_size=1, max_size=40)
    | st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
    | st.lists(st.sampled_from(["tea", "a: b", "#x", "“q”", "it's", "", "-", "\u200b"]), min_size=9).map(
        " ".join
    )
).filter(lambda text: bool(text) and not text.isspace() and not has_refused_character(text))


def options(part: Schema) -> list[Schema]:
    """Return what a part of the schema can be, references followed."""
    if "$ref" in part:
        return options(SCHEMA["definitions"][part["$ref"].rpartition("/")[2]])
    inner = [*part.get("allOf", []), *part.get("anyOf", [])]
    return [part, *(found for option in inner for found in options(option))]


def field_of(part: Schema, name: str) -> Schema:
    """Return the schema of the field *name*, or one without conditions."""
    for option in options(part):
        if name in option.get("properties", {}):
            found: Schema = option["properties"][name]
            return found
    return {}


def item_of(part: Schema) -> Schema:
    """Return the schema of an item of a list, or one without conditions."""
    return next((option["items"] for option in options(part) if "items" in option), {})


@st.composite
def values(draw: st.DrawFn, part: Schema) -> Any:
    """Draw a value that fits a part of the schema, its texts apart."""
    kinds = [each for each in options(part) if each.keys() & {"properties", "items", "enum", "type"}]
    kind = draw(st.sampled_from(kinds)) if kinds else {}
    if names := list(kind.get("properties", {})):
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
        return {name: draw(values(kind["properties"][name])) for name in chosen}
    if "items" in kind:
        return draw(st.lists(values(kind["items"]), min_size=1, max_size=4))
    if kind.get("type") == "boolean":
        return draw(st.sampled_from(["true", "false"]))
    if "enum" in kind and draw(st.booleans()):
        return str(draw(st.sampled_from(kind["enum"])))
    return draw(texts)


def entries() -> st.SearchStrategy[Entry]:
    """Draw what a record could hold."""
    whole: st.SearchStrategy[Entry] = values(
        {key: SCHEMA[key] for key in ("type", "properties", "title")}
    )
    return whole
