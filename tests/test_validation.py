"""What does not fit a model is told with its place, in plain words, with the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from evidence_map.contributing import record_fields
from evidence_map.json_schemas import SCHEMAS
from evidence_map.model import Record
from evidence_map.problems import Problem
from evidence_map.validation import validate
from evidence_map.yaml_plain import Plain
from evidence_map.yaml_source import Document, parse
from tests.folders import CARET
from tests.reviews import LIGHTHOUSE

PATH = PurePosixPath("records/a2020.yml")
VALID = "reference:\n  title: T\nscreening:\n  decision: awaiting\n"


def problems_in(text: str, model: type[BaseModel] = Record) -> list[Problem]:
    document = parse(text, PATH)
    assert isinstance(document, Document), document
    value, problems = validate(document, model)
    assert (value is None) >= bool([p for p in problems if p not in document.problems])
    return problems


def one(text: str) -> Problem:
    before, caret, after = text.partition(CARET)
    (problem,) = problems_in(before + after)
    assert caret, "the text has no caret"
    place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert (problem.line, problem.column) == place, problem
    return problem


def reference(line: str) -> str:
    return f"reference:\n  title: T\n  {line}\nscreening:\n  decision: awaiting\n"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        # a missing value where a field is left out instead
        (reference("volume: ‸not reported"), "absence-not-allowed", "Delete the line"),
        (reference("volume: ‸Not  Applicable"), "absence-not-allowed", "Delete the line"),
        (reference("issue: ‸NR"), "absence-not-allowed", "Delete the line"),
        (reference("page: ‸n/a"), "absence-not-allowed", "Delete the line"),
        (reference('number: ‸"-"'), "absence-not-allowed", "Delete the line"),
        (reference("doi: ‸not reported"), "absence-not-allowed", "Delete the line"),
        (reference("pmid: ‸n.r."), "absence-not-allowed", "Delete the line"),
        (reference("url: ‸not applicable"), "absence-not-allowed", "Delete the line"),
        (reference("language: ‸not reported"), "absence-not-allowed", "Delete the line"),
        (reference("keywords: ‸not reported"), "absence-not-allowed", "Delete the line"),
        (reference("keywords: [tea, ‸not reported]"), "absence-not-allowed", "Delete this item"),
        (reference("authors_complete: ‸not reported"), "absence-not-allowed", "Delete the line"),
        (reference("authors: [‸not reported]"), "absence-not-allowed", "authors: not reported"),
        (
            reference("authors:\n    - {family: A, given: ‸not reported}"),
            "absence-not-allowed",
            "Delete",
        ),
        (VALID.replace("title: T", "title: ‸Not reported"), "absence-not-allowed", "cannot be left out"),
        (VALID + "notes: ‸not yet extracted\n", "absence-not-allowed", "Delete the line"),
        (VALID + "design: ‸not reported\n", "absence-not-allowed", "fields of this section"),
        (
            VALID + "design:\n  framework: [‸not reported]\n",
            "absence-not-allowed",
            "framework: not reported",
        ),
        (VALID + "sample:\n  roles: [‸not reported]\n", "absence-not-allowed", "roles: not reported"),
        # other words for a missing value
        (VALID + "sample:\n  size: ‸NR\n", "unknown-value", "Write “not reported”"),
        (VALID + "sample:\n  roles: ‸n/a\n", "unknown-value", "Write “not applicable”"),
        (VALID + "sample:\n  description: ‸unclear\n", "unknown-value", "Write “not reported”"),
        (VALID + "sample:\n  description: ‸not-reported\n", "unknown-value", "Write “not reported”"),
        (
            VALID + "sample:\n  description: ‸not extracted\n",
            "unknown-value",
            "Write “not yet extracted”",
        ),
        # a value of another kind
        (
            VALID + "design:\n  approach: ‸[qualitative]\n",
            "wrong-type",
            "without brackets: approach: qualitative",
        ),
        (VALID + "design:\n  approach: ‸[a, b]\n", "wrong-type", "It takes one term, without brackets."),
        (VALID + "design:\n  aim: ‸[to learn]\n", "wrong-type", "begins with “[” goes in double quotes"),
        (
            VALID + "design:\n  aim: {‸to: learn}\n",
            "wrong-type",
            "begins with “{” goes in double quotes",
        ),
        (VALID + "sample:\n  roles: ‸keeper\n", "wrong-type", "[keeper]"),
        (VALID + "sample:\n  roles: ‸keeper, cat\n", "wrong-type", "[keeper, cat]"),
        (VALID + "limitations: ‸One tower, really.\n", "wrong-type", "[One tower, really.]"),
        (VALID + "findings: ‸tea is good\n", "wrong-type", "each entry after “- ”"),
        (VALID + "findings:\n  ‸id: a\n  statement: b\n", "wrong-type", "Begin each entry with “- ”"),
        (reference("authors:\n    - ‸Katherine Hill"), "wrong-type", "{family: Hill, given: Katherine}"),
        (
            reference("authors:\n    - ‸Hill, Katherine"),
            "wrong-type",
            "{family: Hill, given: Katherine}",
        ),
        (reference("authors: ‸Hill"), "wrong-type", "{family: Hill, given: …}"),
        (
            VALID + "setting:\n  data_collected: ‸2022-12 to 2023-03\n",
            "wrong-type",
            "{start: 2022-12, end: 2023-03}",
        ),
        (VALID + "setting:\n  data_collected: ‸2019\n", "wrong-type", "{start: 2019, end: 2019}"),
        (
            VALID + "setting:\n  data_collected: ‸some winter\n",
            "wrong-type",
            "{start: 2022-12, end: 2023-03}",
        ),
        (VALID + "funding: ‸A fund.\n", "wrong-type", "the fields here are: statement, funders"),
        (VALID + "design: ‸[a]\n", "wrong-type", "Leave out the “- ” or the brackets"),
        (VALID + "codes: ‸[a]\n", "wrong-type", "theme: [first-term, second-term]"),
        (VALID + "sample:\n  size: ‸[3]\n", "wrong-type", "digits only"),
        (VALID + "sample:\n  size: ‸-3\n", "wrong-type", "digits only"),
        (VALID + "sample:\n  size: ‸1.5\n", "wrong-type", "digits only"),
        (reference("authors_complete: ‸perhaps"), "wrong-type", "neither true nor false"),
        # names of fields
        (reference("‸titel: T"), "unknown-field", "“title”"),
        (reference("‸Volume: 3"), "unknown-field", "“volume”"),
        (VALID + "‸sampel:\n  size: 3\n", "unknown-field", "“sample”"),
        (VALID + "sample:\n  recruitment:\n    ‸invited: 3\n", "unknown-field", "“people_invited”"),
        (VALID + "sample:\n  size: 3\n  ‸zzz: 3\n", "unknown-field", "The fields here are: size, unit"),
        (
            VALID + "setting:\n  data_collected: {start: 2019, end: 2019, ‸value: x}\n",
            "unknown-field",
            "start, end",
        ),
        (VALID + "setting:\n  ‸data_collected: {start: 2019}\n", "missing-field", "Add the field"),
        (VALID + "findings:\n  - ‸id: a\n    statement: b\n", "missing-field", "Add the field"),
        (
            VALID.replace("awaiting", "‸include"),
            "unknown-value",
            "included, excluded, awaiting, ongoing",
        ),
        (reference("type: ‸article-jurnal"), "unknown-value", "“article-journal”"),
    ],
)
def test_a_misfit_is_told_at_its_place_with_its_remedy(text: str, code: str, words: str) -> None:
    text = text.replace("{‸to: learn}", "‸{to: learn}")
    problem = one(text)
    assert problem.code == code, problem
    assert words in f"{problem.message} {problem.hint}", problem


@pytest.mark.parametrize(
    "written", ["not reported", "Not reported", "NOT APPLICABLE", "not  yet extracted"]
)
def test_the_three_words_are_read_in_any_case(written: str) -> None:
    document = parse(VALID + f"sample:\n  size: {written}\n  roles: {written}\n", PATH)
    assert isinstance(document, Document)
    record, problems = validate(document, Record)
    assert problems == [] and record is not None and record.sample is not None
    assert record.sample.size == " ".join(written.lower().split())
    assert record.sample.roles == record.sample.size


@pytest.mark.parametrize(
    "text",
    [
        reference("title: Unknown").replace("  title: T\n", ""),
        reference("authors:\n    - {family: Na, given: N.R.}\n    - {family: Müster, given: N.A.}"),
        VALID + "sample:\n  groups:\n    - by: gender\n      parts: [{label: not reported, size: 2}]\n",
        VALID + "findings:\n  - id: a\n    statement: Not reported by anyone.\n    locator: p. 1\n"
        "    quotes: [{text: Not applicable, locator: p. 2}]\n",
        VALID + "appraisal:\n  tool: a\n  answers:\n"
        "    - {item: b, answer: not applicable, support: There is none., locator: not applicable}\n",
    ],
)
def test_words_of_the_source_are_not_mistaken_for_missing_values(text: str) -> None:
    assert problems_in(text) == []


def test_a_blank_field_is_told_once() -> None:
    problems = problems_in("reference:\n  title:\nscreening:\n  decision: awaiting\n")
    assert [problem.code for problem in problems] == ["empty-value"]


def test_all_misfits_of_a_file_are_told_in_one_run() -> None:
    text = "reference:\n  titel: T\n  issued: soon\nscreening:\n  decision: maybe\nsample: {size: x}\n"
    assert sorted(problem.code for problem in problems_in(text)) == [
        "bad-date",
        "missing-field",
        "unknown-field",
        "unknown-value",
        "wrong-type",
    ]


WRONG: dict[str, Plain] = {
    "text": "some words",
    "list": ["some", "words"],
    "fields": {"some": "words"},
    "list of lists": [["some"], ["words"]],
    "list of fields": [{"some": "words"}],
    "empty list": [],
    "empty fields": {},
    "long text": "x" * 60_000,
    "absence": "not reported",
}
"""Values of every kind; each field accepts some of them and must say of all others where they stand."""


def paths_of_records() -> list[str]:
    paths = [entry.path for section in record_fields() for entry in section.fields]
    return sorted({*paths, *Record.model_fields, "findings.codes.topic", "codes.topic"})


def nested(path: str, value: Plain) -> Plain:
    """Return a record that is valid but for *value* at *path* (in the first entry of each list)."""
    document = parse((LIGHTHOUSE / "records" / "example2019.yml").read_text("utf-8"), PATH)
    assert isinstance(document, Document)
    record: Any = document.plain()
    assert isinstance(record, dict)
    inner: Any = record
    *above, name = path.split(".")
    for part in above:
        inner = inner.setdefault(part, {})
        if isinstance(inner, list):
            inner = inner[0]
    inner[name] = value
    return record


@pytest.mark.parametrize("path", paths_of_records())
def test_a_wrong_kind_in_any_field_is_told_at_that_field(path: str) -> None:
    refused = 0
    for value in WRONG.values():
        text = yaml.safe_dump(nested(path, value), allow_unicode=True, sort_keys=False, width=100_000)
        name = path.rpartition(".")[2]
        document = parse(text, PATH)
        assert isinstance(document, Document)
        _, problems = validate(document, Record)
        refused += bool(problems)
        lines = text.split("\n")
        for problem in problems:
            assert problem.message and problem.hint
            assert problem.code != "too-many-problems"
            assert "(value)" not in problem.message and "(absence)" not in problem.message
            assert len(problem.message) < 300
        start = next(n for n, line in enumerate(lines, 1) if line.lstrip(" -").startswith(f"{name}:"))
        assert not problems or any(start - 3 <= problem.line for problem in problems)
    assert refused >= 3, f"{path} accepts nearly everything"


def located_leaves(
    value: Plain, location: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from located_leaves(inner, (*location, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from located_leaves(inner, (*location, index))
    else:
        yield location


KEYS = st.sampled_from(
    [
        *Record.model_fields,
        "title",
        "authors",
        "id",
        "family",
        "value",
        "absence",
        "start",
        "é",
        "",
        "[key]",
    ]
)
LEAVES = st.sampled_from(
    ["x", "not reported", "NR", "2020", "10.1/x", "-", "[", "true", "é" * 99]
) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]), max_size=20
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, ANYTHING, min_size=1, max_size=5), st.sampled_from(list(SCHEMAS)))
def test_any_tree_in_any_file_gives_located_problems(tree: dict[str, Any], name: str) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    document = parse(text, PATH)
    if isinstance(document, list):
        return
    value, problems = validate(document, SCHEMAS[name])
    assert problems or value is not None
    for problem in problems:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert problem.message and problem.hint
