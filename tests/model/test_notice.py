"""Where a paper stands after corrections, concerns and retractions."""

from __future__ import annotations

from typing import get_args

import pytest

from evidence_map.model.notice import TOLD_IN_TITLE, Notice, NoticeKind, Standing, standing


def notices(*told: str) -> list[Notice]:
    """Return notices from “kind” or “kind date”."""
    made = []
    for each in told:
        kind, _, date = each.rpartition(" ")
        dated = date[:1].isdigit()
        fields = {"kind": kind, "date": date} if dated else {"kind": each}
        made.append(Notice.model_validate(fields))
    return made


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], None),
        (["retraction"], "retracted"),
        (["withdrawal"], "withdrawn"),
        (["removal"], "withdrawn"),
        (["partial retraction"], "partly retracted"),
        (["expression of concern"], "under an expression of concern"),
        (["correction"], "corrected"),
        (["correction", "expression of concern", "retraction"], "retracted"),
        (["retraction 2021", "reinstatement 2022"], None),
        (["reinstatement 2022", "retraction 2021-05"], None),
        (["reinstatement 2022-01", "retraction 2022-02"], "retracted"),
        (["correction 2020", "retraction 2021", "reinstatement 2022"], "corrected"),
        (["retraction 2021", "reinstatement"], None),
        (["reinstatement", "retraction 2021"], "retracted"),
    ],
)
def test_where_a_paper_stands(told: list[str], expected: Standing | None) -> None:
    assert standing(notices(*told)) == expected


def test_each_kind_of_notice_leaves_the_paper_somewhere() -> None:
    for kind in get_args(NoticeKind):
        assert (standing([Notice(kind=kind)]) is None) == (kind == "reinstatement")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("RETRACTED ARTICLE: Tea", True),
        ("Retracted: tea", True),
        ("[Retracted] Tea", True),
        ("WITHDRAWN: Tea", True),
        ("Removed articles of tea", False),
        ("Withdrawn keepers and their cats", False),
        ("Retraction of tea", False),
        ("Tea, retracted", False),
    ],
)
def test_titles_that_tell_of_a_retraction(title: str, told: bool) -> None:
    assert bool(TOLD_IN_TITLE.match(title)) == told
