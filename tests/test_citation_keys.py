"""Keys of new records."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.citation_keys import citation_key
from evidence_map.model.reference import Reference
from evidence_map.model.scalars import SLUG
from evidence_map.record_folder import RESERVED


def reference(title: str = "The tea of cats", **fields: Any) -> Reference:
    return Reference.model_validate({"title": title} | fields)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"authors": [{"family": "Muster"}, {"family": "Lamp"}], "issued": "2020-05"}, "muster2020"),
        ({"authors": [{"family": "Muster", "particle": "van der"}], "issued": "2020"}, "muster2020"),
        ({"authors": [{"family": "Müßter-Øst"}], "issued": "2020"}, "mussterost2020"),
        ({"authors": [{"family": "茶"}], "issued": "2020"}, "cha2020"),
        ({"authors": [{"literal": "Tea Board"}], "issued": "1999"}, "teaboard1999"),
        (
            {"authors": [{"literal": "The Honourable Company of Keepers and Cats"}], "issued": "1999"},
            "hckc1999",
        ),
        ({"authors": [{"family": "Muster"}]}, "musternd"),
        ({"issued": "2020"}, "tea2020"),
        ({"title": "2001: ?", "issued": "2020"}, "anon2020"),
    ],
)
def test_a_key_is_made_of_first_author_and_year(fields: dict[str, Any], key: str) -> None:
    assert citation_key(reference(**fields), set()) == key


def test_letters_tell_keys_apart_and_old_ones_stay() -> None:
    paper = reference(authors=[{"family": "Muster"}], issued="2020")
    taken: set[str] = set()
    for expected in ("muster2020", "muster2020b", "muster2020c"):
        key = citation_key(paper, taken)
        assert key == expected
        taken.add(key)


def test_a_key_from_elsewhere_is_kept_if_it_looks_like_ours() -> None:
    assert citation_key(reference(issued="2020"), set(), "lamp--2021") == "tea2020"
    assert citation_key(reference(issued="2020"), set(), "lamp-2021") == "lamp-2021"
    paper = reference(authors=[{"family": "Muster"}], issued="2020")
    assert citation_key(paper, set(), "tea-cats2020b") == "tea-cats2020b"
    assert citation_key(paper, {"tea-cats2020b"}, "tea-cats2020b") == "muster2020"
    for foreign in (
        "WOS:0001",
        "rayyan-123456789",
        "Muster_2020",
        "muster2020'; DROP",
        "a" * 90 + "2020",
    ):
        assert citation_key(paper, set(), foreign) == "muster2020"


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=80
).filter(lambda text: text.strip() not in {"", "-", "–", "—", "?"} and len(text.strip()) > 8)


@given(TEXT, TEXT, st.sampled_from([None, "1999", "2020-01-31"]))
def test_whatever_the_names_a_key_is_a_good_file_name(
    family: str, title: str, issued: str | None
) -> None:
    fields = {"issued": issued} if issued else {}
    for authors in ([{"family": family}], [{"literal": family}], None):
        key = citation_key(
            reference(title, **fields, **({"authors": authors} if authors else {})), {"anon2020"}
        )
        assert re.fullmatch(SLUG, key)
        assert len(key) <= 64
        assert key not in RESERVED
