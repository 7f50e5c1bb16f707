"""What ``diff`` tells equals what SQL finds in two databases that ``build`` made."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from lxml import html

from evidence_map.cli import main
from evidence_map.comparison.subjects import RECORD_FIELDS
from tests.comparison.stories import STEPS
from tests.folders import ReviewFolder
from tests.history.repositories import Historic
from tests.reviews import LIGHTHOUSE, built

Told = dict[str, Any]
RENAMED = {"plan2020": "trial2020", "overview2020": "tea2020"}


@dataclass(frozen=True)
class Story:
    """A repository with two commits, both built; what ``diff`` tells of them; and their databases."""

    review: ReviewFolder
    told: Told
    site: Path
    database: sqlite3.Connection

    def ask(self, sql: str) -> list[Any]:
        return self.database.execute(sql).fetchall()

    def both(self, sql: str) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """Return the answers of the two databases: first column to the rest."""
        before, after = (
            {row[0]: row[1:] for row in self.ask(sql.format(db=database))}
            for database in ("base", "head")
        )
        return before, after


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    place = tmp_path_factory.mktemp("story")
    shutil.copytree(LIGHTHOUSE, place / "review", ignore=shutil.ignore_patterns("build"))
    review = ReviewFolder(place / "review")
    historic = Historic(review)
    historic.begin()
    historic.commit("2020-01-01T12:00:00+00:00")
    built(review.root, place / "before")
    for step in STEPS:
        step(review)
    built(review.root, place / "after")
    shutil.rmtree(review.root / "build", ignore_errors=True)
    historic.git("checkout", "--quiet", "-b", "proposal")
    historic.commit("2020-02-01T12:00:00+00:00")
    historic.git("checkout", "--quiet", "main")
    arguments = ["--root", str(review.root), "diff", "main", "proposal", "--format", "json"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    with closing(sqlite3.connect(":memory:")) as database:
        for name, site in (("base", "before"), ("head", "after")):
            database.execute(f"ATTACH ? AS {name}", (str(place / site / "data" / "evidence.db"),))
        yield Story(review, json.loads(result.stdout), place / "after", database)


def by_name(changes: list[Told]) -> dict[str, Told]:
    return {change["name"]: change for change in changes}


def field(change: Told, name: str) -> tuple[list[str], list[str]] | None:
    found = [each for each in change["fields"] if each["field"] == name]
    return (found[0]["before"], found[0]["after"]) if found else None


def test_papers_come_go_and_are_renamed(story: Story) -> None:
    before, after = story.both("SELECT key FROM {db}.record")
    happened = {change["name"]: change["what"] for change in story.told["records"]}
    renamed = [change for change in story.told["records"] if change["what"] == "renamed"]
    assert {change["old_name"]: change["name"] for change in renamed} == RENAMED
    gone = {name for name, what in happened.items() if what == "removed"} | RENAMED.keys()
    new = {name for name, what in happened.items() if what in ("added", "renamed")}
    assert gone == before.keys() - after.keys()
    assert new == after.keys() - before.keys()


def test_each_column_of_a_paper_that_changed_is_told(story: Story) -> None:
    told = {
        (change["name"], each["field"], *each["before"], "→", *each["after"])
        for change in story.told["records"]
        if change["what"] == "changed"
        for each in change["fields"]
        if each["field"] in RECORD_FIELDS.values()
    }
    found = set()
    for column, name in RECORD_FIELDS.items():
        rows = story.ask(
            f"""SELECT key, base.record.{column}, head.record.{column} FROM base.record
            JOIN head.record USING (key) WHERE base.record.{column} IS NOT head.record.{column}"""
        )
        for key, *sides in rows:
            before, after = ([] if value is None else [str(value)] for value in sides)
            found.add((key, name, *before, "→", *after))
    assert told == found
    assert ("muster2020", "reference.pmid", "123", "→", "124") in told


def test_a_retraction_is_told_and_warned_of(story: Story) -> None:
    short = by_name(story.told["records"])["example2020"]
    assert field(short, "standing") == ([], ["retracted"])
    assert field(short, "notices") == ([], ["retraction, 2021-07, 10.5555/notice.2"])
    arguments = ["--root", str(story.review.root), "diff", "main", "proposal"]
    comment = CliRunner().invoke(main, arguments).stdout
    assert "**Warning:** example2020 is retracted, which was not told before." in comment


def test_lists_and_codes_of_papers_are_told(story: Story) -> None:
    muster = by_name(story.told["records"])["muster2020"]
    assert field(muster, "reference.keywords") == ([], ["feet", "cups"])
    [finding] = muster["findings"]
    assert field(finding, "codes.topic") == (["company"], ["company", "milk"])
    sql = "SELECT finding || dimension, term FROM {db}.finding_code WHERE finding = 'muster2020#warm'"
    assert {row[1] for row in story.ask(sql.format(db="head"))} >= {"company", "milk"}


def test_findings_that_came_went_or_changed_are_told(story: Story) -> None:
    told = {
        (finding["name"], finding["what"])
        for change in story.told["records"]
        for finding in change["findings"]
    }
    before, after = story.both("SELECT id, statement, locator FROM {db}.finding")
    # It came with its record under another key, and says the same.
    assert before.pop("overview2020#all") == after.pop("tea2020#all")
    found = {(name, "added") for name in after.keys() - before.keys()}
    found |= {(name, "removed") for name in before.keys() - after.keys()}
    codes = story.ask(
        """SELECT DISTINCT finding FROM (
          SELECT * FROM (SELECT * FROM base.finding_code EXCEPT SELECT * FROM head.finding_code)
          UNION SELECT * FROM (SELECT * FROM head.finding_code EXCEPT SELECT * FROM base.finding_code))
        WHERE dimension <> 'confidence' AND finding NOT LIKE '%2020#all'"""
    )
    both = before.keys() & after.keys()
    recoded = {row[0] for row in codes} & both
    found |= {(name, "changed") for name in both if before[name] != after[name] or name in recoded}
    assert told == found
    assert {what for _, what in told} == {"added", "removed", "changed"}


def test_decisions_that_changed_are_told(story: Story) -> None:
    changed = by_name(story.told["records"])["trial2020"]
    assert field(changed, "screening.decision") == (["ongoing"], ["awaiting"])
    assert story.ask("SELECT decision FROM head.record WHERE key = 'trial2020'") == [("awaiting",)]


def test_each_cell_whose_numbers_change_is_told(story: Story) -> None:
    sql = """SELECT map || '|' || coalesce(row_term, '') || '|' || coalesce(column_term, ''),
        studies, reports, findings FROM {db}.map_cell"""
    before, after = story.both(sql)
    none = (0, 0, 0)
    expected = {
        name: (before.get(name, none), after.get(name, none))
        for name in {*before, *after}
        if before.get(name, none) != after.get(name, none)
    }
    told = {
        f"{each['id']}|{cell['row'] or ''}|{cell['column'] or ''}": (
            tuple(cell["before"].values()),
            tuple(cell["after"].values()),
        )
        for each in story.told["maps"]["numbers"]
        for cell in each["cells"]
    }
    assert told == expected
    assert len(told) > 10


def test_rows_and_columns_that_come_or_go_are_told(story: Story) -> None:
    expected = set()
    for axis in ("row", "column"):
        sql = f"""SELECT map.id || '|' || term.id FROM {{db}}.map
            JOIN {{db}}.term ON term.dimension = map.{axis}_dimension"""
        before, after = story.both(sql)
        expected |= {(axis, "added", name) for name in after.keys() - before.keys()}
        expected |= {(axis, "removed", name) for name in before.keys() - after.keys()}
    told = {
        (line["axis"], line["what"], f"{each['id']}|{line['term']}")
        for each in story.told["maps"]["numbers"]
        for line in each["lines"]
    }
    assert told == expected
    assert ("column", "added", "topic-by-country|ie") in told


def test_review_findings_with_other_evidence_are_told(story: Story) -> None:
    sql = "SELECT id, evidence, stale, confidence, statement FROM {db}.review_finding"
    before, after = story.both(sql)
    told = by_name(story.told["review_findings"])
    assert set(told) == {name for name in after if before[name] != after[name]}
    for name, change in told.items():
        assert change["evidence_differs"] == (before[name][0] != after[name][0])
        assert change["became_stale"] == (before[name][1] == 0 and after[name][1] == 1)
    company = told["company-matters"]
    assert field(company, "confidence") == (["low"], ["very low"])
    statement = field(company, "statement")
    assert statement and "far better" in statement[1][0]
    contributions = {each["finding"]: (each["what"], each["parts"]) for each in company["contributions"]}
    assert contributions["example2020#cups"] == ("added", [])
    assert contributions["muster2020#warm"] == ("changed", ["what was found", "its study"])
    assert "muster2020#warm: what was found, the study" in company["changed_since_assessment"]


def test_terms_and_who_uses_them_are_told(story: Story) -> None:
    told = by_name(story.told["codebook"])
    assert told["topic/sugar"]["what"] == "added"
    assert (told["kind/moan"]["what"], told["kind/moan"]["old_name"]) == ("renamed", "kind/grumble")
    assert field(told["topic/strength"], "group") == (["taste"], [])
    assert field(told["crew/keeper"], "label") == (["Keeper"], ["Head keeper"])
    assert field(told["crew/cat"], "definition")
    uses = """SELECT path.dimension || '/' || ancestor, count(DISTINCT record) FROM (
          SELECT record, dimension, term FROM {db}.record_code
          UNION SELECT record, dimension, term FROM {db}.finding_code
          JOIN {db}.finding ON finding.id = finding_code.finding) AS code
        JOIN {db}.term_path AS path ON path.dimension = code.dimension AND path.term = code.term
        GROUP BY 1"""
    before, after = story.both(uses)
    for name, change in told.items():
        if change["subject"] == "term":
            old = change.get("old_name", name)
            expected = {"before": before.get(old, (0,))[0], "after": after.get(name, (0,))[0]}
            assert change["records"] == expected


def test_all_terms_that_differ_are_told(story: Story) -> None:
    sql = """SELECT dimension || '/' || id, label, definition, not_for, parent FROM {db}.term
        WHERE dimension IN (SELECT id FROM {db}.dimension WHERE built_in = 0)"""
    before, after = story.both(sql)
    differ = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    told = {change["name"] for change in story.told["codebook"] if change["subject"] == "term"}
    assert told == differ - {"kind/grumble"}


def test_flow_boxes_studies_and_searches_are_told(story: Story) -> None:
    sql = """SELECT method || '|' || box || '|' || coalesce(detail, ''), number
        FROM {db}.flow_number WHERE detail IS NOT NULL
        UNION ALL SELECT method || '|' || box || '|', sum(number) FROM {db}.flow_number GROUP BY 1"""
    before, after = story.both(sql)
    expected = {
        name: (*before.get(name, (0,)), *after.get(name, (0,)))
        for name in {*before, *after}
        if before.get(name) != after.get(name)
    }
    told = {
        f"{each['found_by']}|{each['box']}|{each['part'] or ''}": (each["before"], each["after"])
        for each in story.told["flow"]
    }
    assert told == expected
    [study] = story.told["studies"]
    assert field(study, "label") == (["BEACON"], ["BEACONS"])
    assert field(by_name(story.told["searches"])["shelf"], "results") == (["14"], ["15"])


def test_what_else_changed_is_told(story: Story) -> None:
    told = {change["subject"]: change for change in story.told["others"]}
    assert set(told) == {"protocol", "appraisal tool", "checklist answer"}
    assert field(told["checklist answer"], "state") == (["partly met"], ["met"])
    [definition] = story.told["maps"]["definitions"]
    assert field(definition, "title") == (["Topics by country"], ["Topics by land"])


def test_totals_are_those_of_the_databases(story: Story) -> None:
    sql = """SELECT 'records', count(*) FROM {db}.record
        UNION ALL SELECT 'studies', count(*) FROM {db}.counted_study"""
    before, after = story.both(sql)
    told = {each["name"]: (each["before"], each["after"]) for each in story.told["totals"]}
    for name in before:
        assert told.get(name, before[name] * 2) == (*before[name], *after[name])
    assert told["studies"] == (2, 3)


def test_likely_duplicates_and_new_warnings_are_told(story: Story) -> None:
    [pair] = story.told["likely_duplicates"]
    assert {pair["record"], pair["other"]} == {"muster2020", "muster2021"}
    codes = {problem["code"] for problem in story.told["problems"]["new"]}
    assert codes >= {"likely-duplicate", "stale-assessment", "uncoded-finding"}
    assert story.told["head"]["warnings"] == len(story.told["problems"]["head"])


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_every_link_leads_to_a_page_of_the_preview(story: Story, form: str) -> None:
    preview = "https://preview.example.org/42"
    arguments = ["--root", str(story.review.root), "diff", "main", "proposal", "--format", form]
    text = CliRunner().invoke(main, [*arguments, "--preview", preview + "/"]).stdout
    if form == "html":
        page = html.document_fromstring(text.encode())
        links = [link.get("href", "") for link in page.iter("a")]
        links = [link for link in links if not link.startswith("#")]
    else:
        links = [part.split(")")[0] for part in text.split("](")[1:]]
    assert len(links) > 10
    for link in links:
        assert link.startswith(preview + "/")
        address = urlsplit(link).path.removeprefix("/42/")
        assert (story.site / address / "index.html").is_file(), link
