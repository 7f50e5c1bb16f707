"""What an editor completes and underlines agrees with what the check says."""

from __future__ import annotations

import copy
import datetime
import json
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from ruamel.yaml import YAML

from evidence_map.checking import check
from evidence_map.front_matter import read_markdown
from evidence_map.json_schemas import DRAFT, SCHEMAS, json_schemas, write_schemas
from evidence_map.record_files import is_second
from evidence_map.review import CodeFrame, Review
from evidence_map.text_source import plain_line_ends
from tests.editors import validator
from tests.reviews import LIGHTHOUSE, REPOSITORY

ROOTS = [REPOSITORY, LIGHTHOUSE]


def review_in(root: Path) -> Review:
    review = check(root).review
    assert review is not None
    return review


def schemas_of(frame: CodeFrame) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in json_schemas(frame).items()}


@cache
def schemas_in(root: Path) -> dict[str, Any]:
    """Return the schemas of one of the reviews."""
    return schemas_of(review_in(root).frame)


def as_an_editor_reads(text: str) -> Any:
    """Return YAML as an editor's YAML 1.2 reads it: with numbers and flags, but dates as text."""

    def strings(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): strings(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [strings(inner) for inner in value]
        return value.isoformat() if isinstance(value, datetime.date) else value

    return strings(YAML(typ="safe", pure=True).load(text))


def files() -> list[tuple[Path, str, Path]]:
    """Return each YAML file of both reviews with the schema that it is edited under."""
    found = []
    for root in ROOTS:
        for file in sorted((root / "records").glob("*.yml")):
            schema = "second.json" if is_second(file.name) else "record.json"
            found.append((root, schema, file))
        for file in sorted((root / "synthesis").glob("*.yml")):
            found.append((root, f"{file.stem}.json", file))
        found.append((root, "protocol.json", root / "synthesis" / "protocol.md"))
        found += [
            (root, "finding.json", file) for file in sorted((root / "synthesis/findings").glob("*.md"))
        ]
    return found


def content_of(file: Path) -> Any:
    if file.suffix == ".md":
        read = read_markdown(file, PurePosixPath(file.name))
        assert isinstance(read, tuple)
        return as_an_editor_reads(read[0].text)
    return as_an_editor_reads(plain_line_ends(file.read_text("utf-8")))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_files_in_schema_are_up_to_date(name: str) -> None:
    file = REPOSITORY / "schema" / f"{name}.json"
    remedy = f"schema/{name}.json is out of date: run “python build.py schema” and commit what it writes"
    assert file.is_file(), remedy
    assert json.loads(file.read_text("utf-8")) == schemas_in(REPOSITORY)[f"{name}.json"], remedy


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_they_are_schemas_of_draft_7_and_need_nothing_from_elsewhere(root: Path) -> None:
    for schema in schemas_in(root).values():
        validator(schema).check_schema(schema)
        assert schema["$schema"] == DRAFT
        text = json.dumps(schema)
        assert "prefixItems" not in text and "$defs" not in text
        references = {part.split('"')[0] for part in text.split('"$ref": "')[1:]}
        assert all(reference.startswith("#/definitions/") for reference in references)
        assert {reference.rpartition("/")[2] for reference in references} <= set(schema["definitions"])


@pytest.mark.parametrize(
    ("root", "schema", "file"), files(), ids=lambda part: getattr(part, "name", part)
)
def test_valid_files_are_valid_in_the_editor_too(root: Path, schema: str, file: Path) -> None:
    editor = validator(schemas_in(root)[schema])
    errors = [
        f"{list(error.absolute_path)}: {error.message}" for error in editor.iter_errors(content_of(file))
    ]
    assert errors == []


def spoilt(change: str) -> list[str]:
    """Return the places at which the schema refuses example2019 after a *change*."""
    record = copy.deepcopy(content_of(LIGHTHOUSE / "records" / "example2019.yml"))
    exec(change, {"record": record})
    editor = validator(schemas_in(LIGHTHOUSE)["record.json"])
    return [".".join(map(str, error.absolute_path)) for error in editor.iter_errors(record)]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("record['refrence'] = {}", ""),
        ("record['reference']['titel'] = 'x'", "reference"),
        ("record['sample']['recruitment']['invited'] = 3", "sample.recruitment"),
        ("record['findings'][0]['theme'] = 'x'", "findings.0"),
        ("record['design']['approach'] = 'listning'", "design.approach"),
        ("record['design']['approach'] = ['listening']", "design.approach"),
        ("record['sample']['roles'] = ['keeper', 'dog']", "sample.roles"),
        ("record['sample']['roles'] = 'keeper'", "sample.roles"),
        ("record['findings'][0]['codes']['topic'] = ['taste']", "findings.0.codes.topic"),
        ("record['findings'][0]['codes']['topics'] = ['milk']", "findings.0.codes"),
        ("record['codes'] = {'topic': ['milk']}", "codes"),
        ("record['screening']['reason'] = 'tea'", "screening.reason"),
        ("record['screening']['decision'] = 'perhaps'", "screening.decision"),
        ("record['reference']['type'] = 'jurnal'", "reference.type"),
        ("del record['screening']", ""),
        ("del record['reference']['title']", "reference"),
    ],
)
def test_the_editor_underlines_mistakes_where_they_are(change: str, place: str) -> None:
    assert spoilt(change) == [place]


@pytest.mark.parametrize(
    "change",
    [
        "record['sample']['roles'] = 'not reported'",
        "record['design']['approach'] = 'not applicable'",
        "record['sample']['size'] = 'not yet extracted'",
        "record['reference']['volume'] = 20",
        "record['reference']['issued'] = 2019",
    ],
)
def test_the_editor_accepts_what_the_check_accepts(change: str) -> None:
    assert spoilt(change) == []


def test_every_field_and_every_term_explains_itself_in_the_editor() -> None:
    schema = schemas_in(LIGHTHOUSE)["record.json"]
    for section in (schema, *schema["definitions"].values()):
        for name, field in section.get("properties", {}).items():
            assert field.get("description"), name
    approach = schema["definitions"]["Design"]["properties"]["approach"]["anyOf"][0]
    assert approach["enum"] == ["listening", "counting", "review-of-reviews"]
    assert approach["enumDescriptions"][1] == "Counting: Cups were counted."


def test_writing_schemas_tells_what_changed(tmp_path: Path) -> None:
    frame = review_in(LIGHTHOUSE).frame
    assert sorted(write_schemas(frame, tmp_path / "schema")) == sorted(
        f"{name}.json" for name in SCHEMAS
    )
    assert write_schemas(frame, tmp_path / "schema") == []
    (tmp_path / "schema" / "maps.json").write_text("{}")
    assert write_schemas(frame, tmp_path / "schema") == ["maps.json"]
