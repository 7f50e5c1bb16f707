"""Checklists answered from the data and by reviewers."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_map.checklists.answered import CHECKLISTS, AnsweredItem, answered
from evidence_map.checklists.checklist import State
from evidence_map.database import store
from evidence_map.loading import load_review
from evidence_map.site.evidence import Evidence
from tests.folders import ReviewFolder


def item(evidence: Evidence, checklist: str, number: str) -> AnsweredItem:
    found = {own.checklist.id: own for own in answered(evidence)}[checklist]
    return next(each for each in found.items if each.item.number == number)


def text(evidence: Evidence, checklist: str, number: str) -> str:
    return " ".join(answer.text for answer in item(evidence, checklist, number).answers)


@pytest.fixture
def bare(tmp_path: Path) -> Evidence:
    """A review with a question and a codebook, and nothing else."""
    folder = ReviewFolder(tmp_path / "bare")
    folder.write(
        "synthesis/protocol.md",
        "---\ntitle: Tea\nshort_title: Tea\nquestion: Is there tea?\nsummary: No.\n"
        "authors: [The crew]\nstatus: Nothing yet.\n---\n\nNothing.\n",
    )
    folder.write(
        "synthesis/codebook.yml",
        "dimensions:\n  - id: topic\n    label: Topic\n    definition: What it is about.\n"
        "    applies_to: findings\n    terms:\n      - {id: tea, label: Tea, definition: Tea.}\n",
    )
    (folder.root / "records").mkdir()
    review, problems = load_review(folder.root)
    assert review is not None, problems
    store(review, tmp_path / "evidence.db")
    return Evidence(tmp_path / "evidence.db")


@pytest.mark.parametrize(("name", "number"), [("entreq", 21), ("prisma-scr", 22)])
def test_every_item_of_a_checklist_is_there_once(name: str, number: int) -> None:
    assert CHECKLISTS[name].numbers == [str(n) for n in range(1, number + 1)]
    assert len({each.name for each in CHECKLISTS[name].items}) == number


def test_an_empty_review_claims_nothing(bare: Evidence) -> None:
    met = {
        (own.checklist.id, each.item.name)
        for own in answered(bare)
        for each in own.items
        if each.state is State.MET
    }
    assert met == {("entreq", "Aim"), ("prisma-scr", "Data items")}
    for own in answered(bare):
        states = [own.number(state) for state in State]
        assert sum(states) == len(own.items)
        assert len(own.unmet) == own.number(State.UNMET)


def test_answers_carry_the_numbers_of_the_database(lighthouse: Evidence) -> None:
    [[findings, reports]] = lighthouse.rows(
        """SELECT count(*), count(DISTINCT record) FROM finding JOIN record ON record.key = record
        WHERE counted = 1"""
    )
    assert text(lighthouse, "prisma-scr", "17").startswith(f"{findings} findings from {reports} rep")
    [[records]] = lighthouse.rows("SELECT count(*) FROM record")
    assert text(lighthouse, "entreq", "9").startswith(f"{records} records screened")


def test_what_a_reviewer_wrote_is_shown_with_its_state(lighthouse: Evidence) -> None:
    own = item(lighthouse, "entreq", "2")
    assert own.state is State.PARTLY
    assert [answer.text for answer in own.answers] == ["Findings were stirred together, as tea is."]
    assert own.answers[0].where == "protocol/"


def test_data_decide_over_what_is_written(review: ReviewFolder, tmp_path: Path) -> None:
    """A reviewer can explain an item that the data answer, but not call it met."""
    review.write(
        "synthesis/checklists.yml",
        "answers:\n  - {checklist: entreq, item: '13', answer: All is well., state: met}\n",
    )
    found, _ = load_review(review.root)
    assert found is not None
    store(found, tmp_path / "evidence.db")
    with Evidence(tmp_path / "evidence.db") as evidence:
        own = item(evidence, "entreq", "13")
        [[appraised]] = evidence.rows("SELECT count(DISTINCT record) FROM appraisal_answer")
    assert own.state is (State.PARTLY if appraised else State.UNMET)
    assert own.answers[-1].text == "All is well."
