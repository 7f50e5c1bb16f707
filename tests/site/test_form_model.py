"""The form reads a record by the model of the review, and by nothing written twice."""

from __future__ import annotations

import re

import pytest

from evidence_map.model.fields import sections_of
from evidence_map.model.record import Record
from evidence_map.model.scalars import Section
from evidence_map.site.form_model import _Walker, form_model
from evidence_map.text_source import REFUSED_CHARACTERS
from tests.reviews import REPOSITORY

VALUES = REPOSITORY / "site_templates" / "js" / "form" / "values.js"


def test_every_field_of_every_section_is_there_in_its_order() -> None:
    sections = form_model()["sections"]
    assert set(sections) == {section.__name__ for section in sections_of(Record)}
    for section in sections_of(Record):
        fields = sections[section.__name__]["fields"]
        assert list(fields) == list(section.model_fields)
        required = {name for name, field in section.model_fields.items() if field.is_required()}
        assert {name for name, field in fields.items() if field.get("required")} == required


def test_each_check_of_a_value_has_a_function_in_the_form() -> None:
    wanted = set(re.findall(r"'check': '(\w+)'", str(form_model())))
    body = VALUES.read_text("utf-8").split("return {", 1)[1].split("};", 1)[0]
    assert wanted == set(re.findall(r"^ {4}(\w+)(?=[:,])", body, re.MULTILINE))


def test_words_of_a_section_of_its_own_are_known_to_the_form() -> None:
    """How a section is written has words of its own for two; the form has the same (telling.js)."""
    own = {s.__name__ for s in sections_of(Record) if "written_for" in vars(s)}
    assert own == {"Name", "Period"}
    hinted = [s for s in sections_of(Record) if issubclass(s, Section) and "when_missing" in vars(s)]
    assert hinted == []


def test_signs_that_no_file_can_hold_are_told_in_plain_letters() -> None:
    written = form_model()["refused"]
    assert written.isascii()
    assert re.compile(written).pattern.count("\\ud800") == 1
    for sign in ("\x07", "\u202e", "\ufffe", "a", "é", "\n", "\t"):
        assert bool(re.search(written, sign)) is bool(REFUSED_CHARACTERS.search(sign))


def test_what_the_form_cannot_read_is_refused_when_it_is_made() -> None:
    with pytest.raises(TypeError, match="float"):
        _Walker({}, {}).step({"type": "float"})
