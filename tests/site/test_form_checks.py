"""The checks of the web form say the same as the check of the review, word for word."""

from __future__ import annotations

import pytest

from evidence_map.checking import check
from evidence_map.review import Review
from tests.form_checks import told_by_form, told_by_python
from tests.reviews import LIGHTHOUSE, REPOSITORY


def _read(root: object) -> Review:
    review = check(root).review  # type: ignore[arg-type]
    assert review is not None
    return review


@pytest.fixture(scope="module")
def lighthouse() -> Review:
    return _read(LIGHTHOUSE)


@pytest.mark.parametrize("root", [LIGHTHOUSE, REPOSITORY], ids=["lighthouse", "review"])
def test_nothing_is_told_of_what_is_recorded(root: object) -> None:
    review = _read(root)
    cases = [(key, located.document.plain()) for key, located in review.records.items()]
    told = told_by_form(review, cases)  # type: ignore[arg-type]
    for (key, entry), problems in zip(cases, told, strict=True):
        assert problems == told_by_python(review, key, entry), key  # type: ignore[arg-type]
