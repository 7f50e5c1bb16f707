"""Every field of a record is asked for in words of its own."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from evidence_map.contributing import record_fields
from evidence_map.model.reference import CslType
from evidence_map.site.form_words import CHOICES, TYPES, WORDS, wordings
from evidence_map.site.shell import repository_branch


def test_every_field_has_a_name_and_no_name_is_spare() -> None:
    sections = record_fields()
    fields = {field.path for section in sections for field in section.fields}
    assert set(WORDS) == fields | {section.name for section in sections}
    assert all(wording.label for wording in WORDS.values())


def test_choices_name_allowed_words() -> None:
    kinds = {field.path: field.kind for section in record_fields() for field in section.fields}
    for path, words in CHOICES.items():
        assert kinds[path] == "one of: " + ", ".join(words)
    assert set(TYPES) <= set(get_args(CslType))


def test_the_form_reads_only_what_is_said() -> None:
    assert wordings()["sample.size"] == {"label": "How many took part", "example": "12"}


@pytest.mark.parametrize(
    "setting, branch",
    [
        ("", "main"),
        ("edit_uri: edit/trunk/docs/", "trunk"),
        ("edit_uri: -/edit/release/docs/", "release"),
        ("edit_uri: _edit/tea/docs/", "tea"),
        ("edit_uri: ''", "main"),
        ("edit_uri: https://example.org/else", "main"),
    ],
)
def test_the_branch_is_the_one_that_readers_edit(tmp_path: Path, setting: str, branch: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"site_name: Tea\n{setting}\n", "utf-8")
    assert repository_branch(file) == branch
