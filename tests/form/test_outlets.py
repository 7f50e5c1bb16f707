"""Where a record can be sent from the browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.form.node import results

GITHUB = "https://github.com/example/tea"
TEXT = 'reference:\n  title: "Tea & milk: 100 % + #1 ☕"\n'


def new_file(repository: str, text: str = TEXT, branch: str = "main", key: str = "lamp2021") -> Any:
    return results("form/outlets.js", "newFile", [[repository, branch, key, text]])[0]


def edit_file(repository: str, branch: str = "main") -> Any:
    return results("form/outlets.js", "editFile", [[repository, branch, "lamp2021"]])[0]


@pytest.mark.parametrize(
    "repository, path, query",
    [
        (GITHUB, "/example/tea/new/main", {"filename": ["records/lamp2021.yml"], "value": [TEXT]}),
        (
            "https://github.university.example/x/y",
            "/x/y/new/main",
            {"filename": ["records/lamp2021.yml"], "value": [TEXT]},
        ),
        (
            "https://codeberg.org/x/y",
            "/x/y/_new/main/records",
            {"filename": ["lamp2021.yml"], "value": [TEXT]},
        ),
        ("https://gitlab.com/x/y", "/x/y/-/new/main", {"file_name": ["records/lamp2021.yml"]}),
        ("https://git.example.org/x", "/x", {}),
    ],
)
def test_each_host_has_its_page_for_a_new_file(
    repository: str, path: str, query: dict[str, list[str]]
) -> None:
    outlet = new_file(repository)
    parts = urlsplit(outlet["address"])
    assert (parts.path, parse_qs(parts.query)) == (path, query)
    assert outlet["isFilled"] == ("value" in query)


def test_the_page_for_editing_is_never_filled_in() -> None:
    assert edit_file(GITHUB, "tea/time") == {
        "address": GITHUB + "/edit/tea/time/records/lamp2021.yml",
        "isFilled": False,
    }
    assert edit_file("https://gitlab.example.org/x")["address"].endswith(
        "/-/edit/main/records/lamp2021.yml"
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "git@github.com:x/y", "nonsense", ""])
def test_what_is_no_web_address_is_never_opened(address: str) -> None:
    assert new_file(address) is None
    assert edit_file(address) is None


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(1, 120))
def test_the_address_stays_within_the_limit_also_for_who_must_sign_in(piece: str, times: int) -> None:
    text = f"title: {piece}\n" * times
    outlet = new_file(GITHUB, text)
    asked = "/login?return_to=" + quote(outlet["address"], safe="-_.!~*'()")
    assert len(asked) <= 8191
    if outlet["isFilled"]:
        assert parse_qs(urlsplit(outlet["address"]).query, keep_blank_values=True)["value"] == [text]


def test_a_mail_address_is_found_in_a_contact() -> None:
    contacts = ["The crew, crew@example.org", "crew@tower.example.org", "Ring the bell", None]
    found = results("form/outlets.js", "mailAddress", [[each] for each in contacts])
    assert found == ["crew@example.org", "crew@tower.example.org", "", ""]
    address = results(
        "form/outlets.js", "mail", [["crew@example.org", "Tea & cats", "lamp2021", "On #1", False]]
    )[0]
    parts = parse_qs(urlsplit(address).query)
    assert parts["subject"] == ["New paper: lamp2021 (Tea & cats)"]
    assert "(On #1)" in parts["body"][0] and "lamp2021.yml" in parts["body"][0]
