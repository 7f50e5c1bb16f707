"""What the form asks for, and what it tells of a record that is being written."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_map.checking import check
from evidence_map.contributing import record_fields
from evidence_map.site.form_frame import form_frame
from tests.form.node import results
from tests.reviews import LIGHTHOUSE, REPOSITORY


@pytest.mark.parametrize("root", [LIGHTHOUSE, REPOSITORY], ids=["lighthouse", "review"])
def test_everything_is_asked_for_that_a_record_can_say(root: Any) -> None:
    review = check(root).review
    assert review is not None
    frame = form_frame(review, None)
    (sections,) = results("form/schema_fields.js", "sectionsOf", [[frame]])
    asked = {path: spec for section in sections for path, spec in _paths(section["fields"])}
    known = {field.path: field for section in record_fields() for field in section.fields}
    dimensions = {d.field for d in review.codebook.value.dimensions if d.applies_to == "records"}
    dimensions |= {f"findings.{d.field}" for d in review.codebook.value.dimensions}
    uncoded = {path for path in frame["coded"] if path not in dimensions}
    assert set(known) - set(asked) <= uncoded | {"codes"}
    for path, field in known.items():
        if path in asked and path != "screening.reason" and path.count(".") > 0:
            assert asked[path]["required"] == field.required, path
            assert asked[path]["canBeAbsent"] >= field.can_be_absent, path


def _paths(fields: list[dict[str, Any]]) -> Any:
    for spec in fields:
        yield spec["path"], spec
        yield from _paths(spec["fields"])


@pytest.mark.parametrize(
    "before, after, told",
    [
        ({"notes": "a"}, {"notes": "a"}, []),
        ({"notes": "a"}, {"notes": "b"}, [(["notes"], "a", "b")]),
        ({}, {"sample": {"size": "3"}}, [(["sample"], "", "3")]),
        (
            {"sample": {"size": "3", "roles": ["cat"]}},
            {"sample": {"roles": ["cat", "keeper"]}},
            [(["sample", "size"], "3", ""), (["sample", "roles"], "cat", "cat; keeper")],
        ),
        (
            {"findings": [{"id": "a", "statement": "x"}, {"id": "b", "statement": "y"}]},
            {"findings": [{"id": "b", "statement": "y"}, {"id": "a", "statement": "z"}]},
            [(["findings", 1, "statement"], "x", "z")],
        ),
        (
            {"findings": [{"id": "a"}, {"id": "b"}]},
            {"findings": [{"id": "b"}, {"id": "a"}]},
            [(["findings"], "a, b", "b, a")],
        ),
        (
            {"findings": [{"id": "a"}, {"id": "b"}]},
            {"findings": [{"id": "a"}]},
            [(["findings"], "b", "")],
        ),
        (
            {"reference": {"authors": [{"family": "Lamp"}]}},
            {"reference": {"authors": [{"family": "Lamp"}, {"literal": "Crew"}]}},
            [(["reference", "authors", 1], "", "Crew")],
        ),
        ({"codes": {"__proto__": "x"}}, {"codes": {}}, [(["codes", "__proto__"], "x", "")]),
    ],
)
def test_a_correction_tells_what_it_changes(
    before: dict[str, Any], after: dict[str, Any], told: list[Any]
) -> None:
    (found,) = results("form/changes.js", "changes", [[before, after]])
    assert [(each["path"], each["before"], each["after"]) for each in found] == told


@pytest.mark.parametrize(
    "hash, path",
    [
        ("#sample.size", ["sample", "size"]),
        ("#findings.too-weak.statement", ["findings", 1, "statement"]),
        ("#findings.1", ["findings", 0]),
        ("#findings.9.statement", ["findings"]),
        ("#%E0%A4%A", []),
        ("", []),
    ],
)
def test_an_address_leads_to_a_place_in_the_record(hash: str, path: list[Any]) -> None:
    entry = {"findings": [{"id": "company"}, {"id": "too-weak"}]}
    assert results("form/addresses.js", "pathOf", [[hash, entry]]) == [path]
