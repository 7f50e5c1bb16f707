"""Digests are written into a finding's file, and nothing else in it is touched."""

from __future__ import annotations

import pytest

from evidence_map.assessing import AssessingError, with_evidence
from evidence_map.model.synthesis import AssessedEvidence

EVIDENCE = AssessedEvidence(
    question="bbbbbb", statement="cccccc", contributing={"a2020#b": "dddddd ffffff gggggg"}
)
WRITTEN = """  evidence:  # written by “assess”: of each finding, of its study, of its appraisal
    question: bbbbbb
    statement: cccccc
    contributing:
      a2020#b: dddddd ffffff gggggg
"""
HEAD = "---\n# what we say\nstatement: Tea is good.  # short\ncontributing: [a2020#b]\n"
TEXT = "---\n\nText with evidence: none.\n"


def page(assessment: str, after: str = "") -> str:
    return f"{HEAD}cerqual:\n{assessment}{after}{TEXT}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  date: 2020-03-04\n", "  date: 2020-03-04\n" + WRITTEN),
        (
            "  # when\n  date: 2020-03-04  # day\n\n  # end\n",
            "  # when\n  date: 2020-03-04  # day\n" + WRITTEN + "\n  # end\n",
        ),
        ("  date: 2020-03-04\n" + WRITTEN.replace("bbbbbb", "zzzzzz"), "  date: 2020-03-04\n" + WRITTEN),
        (
            "  evidence: {question: x, statement: y, contributing: {}}\n  date: 2020-03-04\n",
            WRITTEN + "  date: 2020-03-04\n",
        ),
        (
            "  evidence:\n    question: x\n    statement: y\n"
            "    contributing:\n      z2020#a: b c d\n  by: [A]\n",
            WRITTEN + "  by: [A]\n",
        ),
        ("  by:\n  - A\n  - B\n", "  by:\n  - A\n  - B\n" + WRITTEN),
        (
            "  reason: >-\n    Long words\n    over lines.\n",
            "  reason: >-\n    Long words\n    over lines.\n" + WRITTEN,
        ),
    ],
    ids=["new", "comments", "again", "in brackets", "in the middle", "list not indented", "folded"],
)
@pytest.mark.parametrize("rest", ["", "codes:\n  topic: [a]\n"], ids=["last", "not last"])
def test_the_digests_take_their_place(before: str, after: str, rest: str) -> None:
    assert with_evidence(page(before, rest), EVIDENCE) == page(after, rest)
    assert with_evidence(page(after, rest), EVIDENCE) == page(after, rest)


def test_deeper_indentation_is_kept() -> None:
    result = with_evidence(page("    date: 2020-03-04\n"), EVIDENCE)
    assert "    evidence:  #" in result and "\n      question: bbbbbb\n" in result


@pytest.mark.parametrize("written", ["2020-03-04", '"2020-03-04"', "'2020-03-04'  # day"])
def test_the_date_is_changed_where_it_stands(written: str) -> None:
    result = with_evidence(page(f"  date: {written}\n"), EVIDENCE, "2026-11-22")
    assert f"  date: {written.replace('2020-03-04', '2026-11-22')}\n" in result


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD + TEXT, "no “cerqual”"),
        (f"{HEAD}cerqual: {{date: 2020-03-04}}\n{TEXT}", "in brackets"),
        (f"{HEAD}cerqual: later\n{TEXT}", "no “cerqual”"),
        ("statement: x\n", "cannot be read"),
        (f"{HEAD}cerqual:\n  date: [\n{TEXT}", "cannot be read"),
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str, why: str) -> None:
    with pytest.raises(AssessingError, match=why):
        with_evidence(text, EVIDENCE)
