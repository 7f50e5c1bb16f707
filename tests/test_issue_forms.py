"""The issue forms, the template of pull requests and who is asked to review them.

The rules are those of GitHub's form schema; a form that breaks one is not offered at all.
"""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from evidence_map.model import Record
from evidence_map.model.notice import Notice, NoticeKind
from evidence_map.model.record import Basis, Extraction, Finding
from evidence_map.model.reference import CslType, Reference
from tests.reviews import REPOSITORY

GITHUB = REPOSITORY / ".github"
FORMS = {
    file.stem: yaml.safe_load(file.read_text("utf-8"))
    for file in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
    if file.name != "config.yml"
}
#: What each kind of element can have, and what it must have.
ATTRIBUTES = {
    "markdown": ({"value"}, {"value"}),
    "input": ({"label", "description", "placeholder", "value"}, {"label"}),
    "textarea": ({"label", "description", "placeholder", "value", "render"}, {"label"}),
    "dropdown": ({"label", "description", "multiple", "options", "default"}, {"label", "options"}),
    "checkboxes": ({"label", "description", "options"}, {"label", "options"}),
}


def fields(form: str) -> dict[str, dict[str, Any]]:
    """Return the elements of a form that ask something, by their ids."""
    return {each["id"]: each for each in FORMS[form]["body"] if each["type"] != "markdown"}


def options(form: str, field: str) -> tuple[str, ...]:
    return tuple(fields(form)[field]["attributes"]["options"])


def test_there_is_a_form_for_each_thing_to_report() -> None:
    assert {name: form["name"] for name, form in FORMS.items()} == {
        "paper": "Suggest a paper",
        "correction": "Report an error in a record",
        "retraction": "Retraction or correction of a paper",
    }
    config = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "config.yml").read_text("utf-8"))
    assert config == {"blank_issues_enabled": True}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_keeps_to_the_rules(name: str) -> None:
    form = FORMS[name]
    assert set(form) == {"name", "description", "title", "labels", "body"}
    assert all(isinstance(form[key], str) and form[key] for key in ("name", "description", "title"))
    assert form["labels"] and all(isinstance(label, str) for label in form["labels"])
    kinds = [each["type"] for each in form["body"]]
    assert set(kinds) - {"markdown"}, "it asks nothing"
    ids = [each["id"] for each in form["body"] if "id" in each]
    labels = [each["attributes"]["label"] for each in form["body"] if each["type"] != "markdown"]
    assert len(set(ids)) == len(ids) == len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("name", "position"),
    [(name, position) for name, form in FORMS.items() for position in range(len(form["body"]))],
)
def test_an_element_of_a_form_keeps_to_the_rules(name: str, position: int) -> None:
    element = FORMS[name]["body"][position]
    allowed, required = ATTRIBUTES[element["type"]]
    assert required <= set(element["attributes"]) <= allowed
    for key in ("label", "value", "description", "placeholder"):
        text = element["attributes"].get(key, "a text")
        assert isinstance(text, str) and text.strip(), f"{key} is no text"
    if element["type"] == "markdown":
        assert set(element) == {"type", "attributes"}
        return
    assert set(element) <= {"type", "id", "attributes", "validations"}
    assert re.fullmatch(r"[A-Za-z0-9_-]+", element["id"])
    assert element.get("validations", {"required": True}) == {"required": True}
    choices = element["attributes"].get("options")
    if element["type"] == "dropdown":
        assert choices and len(set(choices)) == len(choices)
        # “None” is what GitHub itself offers, and a plain yes or no would be no text.
        assert all(isinstance(each, str) and each and each.lower() != "none" for each in choices)
    if element["type"] == "checkboxes":
        assert choices
        assert all(each["label"] and set(each) <= {"label", "required"} for each in choices)
        assert "validations" not in element, "each box is required by itself"


def test_choices_are_those_of_the_model() -> None:
    for form in ("paper", "correction"):
        assert options(form, "basis") == tuple(Basis)
    assert set(options("paper", "type")) < set(get_args(CslType))
    assert options("retraction", "kind") == get_args(NoticeKind)
    assert options("correction", "section") == tuple(Record.model_fields)


@pytest.mark.parametrize(
    ("form", "field", "model"),
    [
        *(("paper", name, Reference) for name in fields("paper") if name in Reference.model_fields),
        *(("retraction", name, Notice) for name in fields("retraction") if name in Notice.model_fields),
        ("paper", "basis", Extraction),
        ("correction", "basis", Extraction),
        ("correction", "locator", Finding),
    ],
)
def test_words_are_those_of_the_model(form: str, field: str, model: type[BaseModel]) -> None:
    said = fields(form)[field]["attributes"]["description"]
    assert said.startswith(str(model.model_fields[field].description))


def test_forms_ask_what_the_model_holds() -> None:
    """So that what is reported can be carried over without asking again."""
    assert {"title", "authors", "issued", "container_title", "doi", "url", "type"} <= set(
        fields("paper")
    )
    assert set(Notice.model_fields) <= set(fields("retraction"))


def test_the_checklist_asks_what_reviewers_agreed_on() -> None:
    text = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    for asked in (
        "Own words",
        "Locator",
        "What it rests on",
        "Interests",
        "second person",
        "python build.py format",
        "python build.py check",
        "python build.py schema",
        "python build.py assess",
        "codebook",
        "map diff",
        "`extraction: checked_by`",
    ):
        assert asked in text
    assert "checked_by" in Extraction.model_fields and "basis" in Extraction.model_fields
    assert text.count("- [ ] ") >= 15


def test_code_owners_name_nobody_until_they_are_set() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
    examples = [
        match for line in lines if (match := re.fullmatch(r"# (/?[\w*./]+) +(@OWNER/[\w-]+)", line))
    ]
    assert len(examples) >= 5
    for example in examples:
        path = example[1].lstrip("/")
        assert path == "*" or (REPOSITORY / path).exists(), f"there is no {path}"


def test_nothing_here_speaks_of_one_review() -> None:
    words = re.compile(r"harm.reduction|peer.worker|overdose|naloxone|substance use", re.IGNORECASE)
    files = [
        *(
            file
            for file in GITHUB.rglob("*")
            if file.suffix in {".yml", ".md"} or file.stem == "CODEOWNERS"
        ),
        *(REPOSITORY / ".vscode").iterdir(),
        *REPOSITORY.glob(".pre-commit*"),
    ]
    assert len(files) > 15
    assert [file.name for file in files if words.search(file.read_text("utf-8"))] == []
