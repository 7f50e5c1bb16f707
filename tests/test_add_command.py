"""The command ``add``: what it writes, what it says, and what it does when nobody answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from evidence_map.add_command import add_command
from evidence_map.checking import check
from evidence_map.registries import adding
from tests.folders import ReviewFolder
from tests.registries.conftest import QUICK, addresses
from tests.registries.papers import DOI, PMCID, PMID, crossref, tell_of_tea, work
from tests.registries.server import Registries, Reply, as_json, running

TODAY = datetime.date.today().isoformat()
MUSTER = "records/muster2021.yml"
DOWN = Reply(b"Internal Server Error", 500, "text/plain")


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registries]:
    monkeypatch.setattr(adding, "PATIENCE", QUICK)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as server:
        tell_of_tea(server)
        for name, address in vars(addresses(server)).items():
            monkeypatch.setenv(f"EVIDENCE_MAP_{name.upper()}", address)
        yield server


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No registry can be reached."""
    monkeypatch.setattr(adding, "PATIENCE", QUICK)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("CROSSREF", "DATACITE", "PUBMED", "DOI"):
        monkeypatch.setenv(f"EVIDENCE_MAP_{name}", "http://127.0.0.1:9")


def add(review: ReviewFolder, *arguments: str) -> Result:
    result = CliRunner().invoke(add_command, [*arguments, "--root", str(review.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output and "\x1b" not in result.output
    return result


def records(review: ReviewFolder) -> set[str]:
    return {file.stem for file in (review.root / "records").iterdir()}


def test_a_draft_is_written_with_where_each_field_comes_from(
    review: ReviewFolder, registries: Registries
) -> None:
    result = add(review, f"https://doi.org/{DOI}", "--search", "shelf")
    assert result.exit_code == 0
    assert result.output == (
        f"DOI {DOI}\n"
        f"  new, written: {MUSTER}: Tea and company at 10⁶ lamps: what keepers & cats say\n"
        "1 draft record written.\n"
    )
    assert review.read(MUSTER) == (
        "reference:\n"
        "  title: 'Tea and company at 10⁶ lamps: what keepers & cats say'\n"
        "  type: article-journal\n"
        "  authors:\n"
        "    - {family: Muster, given: Clara D, orcid: 0000-0002-1825-0097}\n"
        "    - {family: Example, given: Ann, particle: van}\n"
        "    - {literal: The Invented Crew}\n"
        "  issued: 2021-03-04\n"
        "  container_title: Journal of Invented Results\n"
        "  volume: 12\n"
        "  issue: 3\n"
        "  page: 60-68\n"
        f"  doi: {DOI}\n"
        f"  pmid: {PMID}\n"
        f"  pmcid: {PMCID}\n"
        "  issn: 1477-7517\n"
        "  language: en\n"
        "  licence: CC BY-NC 4.0\n"
        "  keywords:\n"
        "    - tea\n"
        "    - lamps\n"
        "\n"
        "screening:\n"
        "  decision: awaiting\n"
        "  found_by: [shelf]\n"
        "\n"
        "notes: |-\n"
        f"  Added from Crossref and PubMed, on {TODAY}.\n"
        "\n"
        f"  - From Crossref (DOI {DOI}, {TODAY}): title, type, ORCID iDs, issued, volume, issue, page, "
        "doi, issn, language, licence, container title.\n"
        f"  - From PubMed (PubMed number {PMID}, {TODAY}): authors, pmid, pmcid, keywords.\n"
    )
    assert check(review.root).passes


def test_answers_are_kept_in_the_review_and_asked_for_once(
    review: ReviewFolder, registries: Registries
) -> None:
    add(review, DOI, "--dry-run")
    asked = len(registries.asked)
    result = add(review, PMID, "--dry-run")
    assert len(registries.asked) == asked
    assert result.output.endswith("Nothing was written (--dry-run); 1 record would be.\n")
    assert f"  new, would be written: {MUSTER}: Tea" in result.output
    assert "muster2021" not in records(review)
    assert (review.root / "build" / "cache" / "registries" / "answers.sqlite").is_file()
    offline = add(review, DOI, "--offline")
    assert offline.exit_code == 0 and "new, written" in offline.output


def test_what_is_here_is_left_out_and_not_asked_for(
    review: ReviewFolder, registries: Registries
) -> None:
    assert add(review, DOI).exit_code == 0
    asked = len(registries.asked)
    result = add(review, f"doi:{DOI.upper()}", "--search", "shelf")
    assert (result.exit_code, result.output) == (
        0,
        f"DOI {DOI}\n"
        f"  already here, left out: {MUSTER} (same DOI, {DOI})\n"
        "0 draft records written.\n"
        "Records that were here already were found too: add shelf to “found_by” of muster2021.\n",
    )
    assert len(registries.asked) == asked


def test_a_record_with_only_another_identifier_is_recognised_by_the_answer(
    review: ReviewFolder, registries: Registries
) -> None:
    review.edit("records/plan2020.yml", "  issued: 2020\n", f"  issued: 2020\n  pmid: {PMID}\n")
    result = add(review, DOI)
    assert f"already here, left out: records/plan2020.yml (same PubMed number, {PMID})" in result.output
    assert result.exit_code == 0 and "muster2021" not in records(review)


def test_several_are_told_one_by_one_and_one_named_twice_is_written_once(
    review: ReviewFolder, registries: Registries
) -> None:
    result = add(review, DOI, PMCID, "10.5555/cats.2", "10.5555/none", "10,5555/tea")
    assert result.exit_code == 1
    assert result.stdout == (
        f"DOI {DOI}\n"
        f"  new, written: {MUSTER}: Tea and company at 10⁶ lamps: what keepers & cats say\n"
        f"PubMed Central number {PMCID}\n"
        f"  already here, left out: {MUSTER} (same PubMed Central number, {PMCID})\n"
        "DOI 10.5555/cats.2\n"
        "  new, written: records/lamp2022.yml: Cats and kettles: a first look\n"
        "DOI 10.5555/none\n"
        "2 draft records written.\n"
        "They name no search. With --search ID, of a search in synthesis/searches.yml, they are counted "
        "in the flow of reports.\n"
    )
    assert result.stderr == (
        "not added: DOI 10.5555/none: there is no such DOI. Copy it again from the paper or its page; "
        "letters and digits that look alike (0 and o, 1 and l) and a missing end are the usual slips.\n"
        "not added: “10,5555/tea” is almost a DOI: after 10 stands “,” instead of a full stop. "
        "Give a DOI (10.1186/s12954-023-00898-4), a PubMed number (37957686), a PubMed Central number "
        "(PMC11514757) or the paper's address (https://…).\n"
    )
    assert {"muster2021", "lamp2022"} < records(review)


def test_what_may_be_the_same_is_written_and_named(review: ReviewFolder, registries: Registries) -> None:
    twin = work(DOI="10.5555/tea.9", **{"updated-by": [], "ISSN": []})
    registries.tell("/crossref/works/10.5555/tea.9", crossref(twin))
    result = add(review, DOI, "10.5555/tea.9")
    assert result.exit_code == 0
    assert (
        "  possibly the same as another, written: records/muster2021b.yml: Tea and company at 10⁶ "
        "lamps: what keepers & cats say: like records/muster2021.yml (same title, same first author, "
        "same year, same volume and first page, but different DOIs: perhaps two versions)\n"
    ) in result.output


def test_a_retraction_is_told_on_the_screen_and_in_the_notes(
    review: ReviewFolder, registries: Registries
) -> None:
    updates = [{"DOI": "10.5555/gone", "type": "retraction", "label": "Retraction"}]
    registries.tell(f"/crossref/works/{DOI}", crossref(work(**{"updated-by": updates})))
    result = add(review, DOI)
    told = "This publication has been retracted (notice: DOI 10.5555/gone), says Crossref."
    assert f"  Take note: {told}\n" in result.output
    assert f"  - {told}\n" in review.read(MUSTER)


def test_hostile_answers_end_up_as_text(review: ReviewFolder, registries: Registries) -> None:
    title = "=cmd|x \x1b[31m`rm` \u202e\u2028{a: b} # <script>alert(1)</script>\n---\n- &a *a !!python"
    registries.tell(f"/crossref/works/{DOI}", crossref(work(title=[title], subtitle=[])))
    result = add(review, DOI)
    assert result.exit_code == 0
    assert check(review.root).passes
    read = yaml.safe_load(review.read(MUSTER))["reference"]["title"]
    assert read.startswith("=cmd|x [31m`rm` {a: b} #") and read.endswith("--- - &a *a !!python")


# the key


def test_the_key_can_be_chosen(review: ReviewFolder, registries: Registries) -> None:
    result = add(review, DOI, "--key", "tea-at-lamps")
    assert result.exit_code == 0 and (review.root / "records" / "tea-at-lamps.yml").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((DOI, "--key", "plan2020"), "“plan2020” is taken; choose another key."),
        ((DOI, "--key", "Tea 1"), "“Tea 1” cannot be the name of a record."),
        ((DOI, "--key", "con"), "“con” cannot be the name of a record: Windows or the site"),
        ((DOI, PMID, "--key", "tea"), "--key names one record; give one identifier with it."),
        ((DOI, "--search", "self"), "Did you mean “shelf”?"),
        ((), "Missing argument"),
    ],
)
def test_wrong_use_is_told_before_anything_is_asked(
    review: ReviewFolder, registries: Registries, arguments: tuple[str, ...], words: str
) -> None:
    result = add(review, *arguments)
    assert result.exit_code == 2 and words in result.output
    assert registries.asked == []


def test_the_contact_is_a_mail_address(
    review: ReviewFolder, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocol = "synthesis/protocol.md"
    text = review.read(protocol)
    review.write(protocol, text.replace("status:", "contact: The crew (crew@example.org)\nstatus:", 1))
    add(review, DOI, "--dry-run")
    assert registries.asked[0].headers["user-agent"].endswith(" (mailto:crew@example.org)")
    monkeypatch.setenv("EVIDENCE_MAP_CONTACT", "keeper@example.org")
    add(review, "10.5555/cats.2", "--dry-run")
    assert registries.asked[-1].query["email"] == "keeper@example.org"
    monkeypatch.setenv("EVIDENCE_MAP_CONTACT", "the crew")
    result = add(review, DOI)
    assert result.exit_code == 2
    assert "EVIDENCE_MAP_CONTACT is no mail address: “the crew”." in result.output


def test_a_wrong_mirror_is_told(
    review: ReviewFolder, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIDENCE_MAP_PUBMED", "http://mirror.example.org")
    result = add(review, DOI)
    assert result.exit_code == 2
    assert "EVIDENCE_MAP_PUBMED is no https address: “http://mirror.example.org”." in result.output


# nobody answers


@pytest.mark.usefixtures("nobody")
def test_without_a_network_a_record_is_made_to_be_filled_in(review: ReviewFolder) -> None:
    result = add(review, DOI, "https://journal.example.org/tea", "--search", "shelf", "--offline")
    assert result.exit_code == 1
    assert result.output == (
        f"DOI {DOI}\n"
        "  not found out: Crossref was not asked (--offline), and no answer of it is kept.\n"
        "  written with its identifier alone: records/doi-10-5555-tea-1.yml\n"
        "https://journal.example.org/tea\n"
        "  not found out: the page was not read (--offline).\n"
        "  written with its identifier alone: records/url-journal-example-org-tea.yml\n"
        "2 draft records written.\n"
        "records/doi-10-5555-tea-1.yml, records/url-journal-example-org-tea.yml: no valid record until "
        "somebody fills in the title; “check” points at the line. Or delete them and add the same again "
        "when the registries can be reached.\n"
    )
    assert review.read("records/doi-10-5555-tea-1.yml") == (
        "reference:\n"
        "  title:  # Fill in the title as printed, then authors, issued, container_title and the rest.\n"
        f"  doi: {DOI}\n"
        "\n"
        "screening:\n"
        "  decision: awaiting\n"
        "  found_by: [shelf]\n"
        "\n"
        "notes: |\n"
        f"  Added on {TODAY} by its DOI alone, since no registry told more. Fill in the reference, "
        "then delete this note.\n"
    )
    problems = [(str(p.path), p.line, p.code) for p in review.check()]
    assert problems == [
        ("records/doi-10-5555-tea-1.yml", 2, "empty-value"),
        ("records/url-journal-example-org-tea.yml", 2, "empty-value"),
    ]


@pytest.mark.usefixtures("nobody")
def test_an_unreachable_registry_is_told_and_the_record_is_made_once(review: ReviewFolder) -> None:
    first = add(review, PMID, "--key", "tea2021")
    assert first.exit_code == 1
    assert "PubMed (127.0.0.1) cannot be reached: the connection was refused." in first.output
    assert "records/tea2021.yml" in first.output
    again = add(review, PMID)
    assert again.exit_code == 0
    assert f"already here, left out: records/tea2021.yml (same PubMed number, {PMID})" in again.output
    assert "Not compared: 1 record with mistakes; see “check”." in again.output


def test_a_registry_that_fails_leaves_the_same(review: ReviewFolder, registries: Registries) -> None:
    registries.tell("/crossref/works/10.5555/lost", DOWN)
    result = add(review, "10.5555/lost", "--dry-run")
    assert result.exit_code == 1
    assert "  not found out: Crossref does not work at the moment (status 500).\n" in result.output
    assert (
        "  would be written with its identifier alone: records/doi-10-5555-lost.yml\n" in result.output
    )
    assert "doi-10-5555-lost" not in records(review)
    assert "records/doi-10-5555-lost.yml would hold nothing but the identifier.\n" in result.output


def test_answers_that_cannot_be_kept_are_used_all_the_same(
    review: ReviewFolder, registries: Registries
) -> None:
    review.write("build/cache/registries", "a file, no folder")
    result = add(review, DOI)
    assert result.exit_code == 0 and "new, written" in result.output
    assert "Answers are not kept: " in result.stderr


def test_a_review_that_cannot_be_read_is_left_alone(
    review: ReviewFolder, registries: Registries
) -> None:
    review.write("synthesis/codebook.yml", "dimensions: [\n")
    result = add(review, DOI)
    assert result.exit_code == 1
    assert result.output.startswith("error: the review cannot be read (synthesis/codebook.yml: ")
    assert registries.asked == []


def test_a_folder_that_cannot_be_written_to_is_told(
    review: ReviewFolder, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(adding, "write_drafts", full)
    result = add(review, DOI)
    assert result.exit_code == 1
    assert f"error: {MUSTER} could not be written: the disk is full" in result.output


def test_a_doi_of_another_agency_is_kept_with_what_to_do(
    review: ReviewFolder, registries: Registries
) -> None:
    registries.tell("/doi/ra/10.5555/jp", as_json([{"DOI": "10.5555/jp", "RA": "JaLC"}]))
    result = add(review, "10.5555/jp")
    assert result.exit_code == 1 and "was registered by JaLC, which is not asked" in result.output
    assert Path(review.root / "records" / "doi-10-5555-jp.yml").is_file()
