"""The command import, from a file on the disk to draft records."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_map.cli import main
from evidence_map.exports.formats import FORMATS
from evidence_map.site.evidence import Evidence
from tests.exports.reports import lighthouse_database
from tests.folders import ReviewFolder

RIS = """TY  - JOUR
AU  - Lamp, Lotte
AU  - The Invented Crew
TI  - Half past three: tea breaks on the night watch
T2  - Journal of Invented Results
PY  - 2021
SP  - 60
EP  - 68
DO  - 10.5555/lamp.2021
AB  - A summary in the words of the paper.
ZZ  - an odd remark
ER  - 

TY  - JOUR
TI  - Seen before
DO  - https://doi.org/10.5555/EXAMPLE.1
ER  - 

TY  - JOUR
AU  - Nobody, Nora
PY  - 2001
ER  - 
"""


def run(review: ReviewFolder, *arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["import", *map(str, arguments), "--root", str(review.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def ris(tmp_path: Path) -> Path:
    file = tmp_path / "found.ris"
    file.write_bytes(RIS.replace("\n", "\r\n").encode("utf-8-sig"))
    return file


def records(review: ReviewFolder) -> set[str]:
    return {file.name for file in (review.root / "records").iterdir()}


def test_references_become_drafts_and_each_is_told(review: ReviewFolder, ris: Path) -> None:
    before = records(review)
    result = run(review, ris, "--search", "shelf")
    assert records(review) - before == {"lamp2021.yml"}
    assert result.exit_code == 1, "one reference was refused"
    told = [line.strip() for line in result.output.splitlines()]
    assert told[0] == f"{ris} (RIS): 3 references read"
    assert "1 new, written:" in told
    assert any(line.startswith("records/lamp2021.yml: Half past three") for line in told)
    assert "1 already here, left out:" in told
    assert "line 14: records/example2019.yml (same DOI, 10.5555/example.1)" in told
    assert "1 refused:" in told
    assert any(line.startswith("line 19: ") for line in told)
    assert told[-1] == "1 draft record written."
    text = review.read("records/lamp2021.yml")
    assert "found_by: [shelf]" in text
    assert "decision: awaiting" in text
    assert "`an odd remark`" in text
    assert "A summary in the words" not in text
    assert any("abstract" in line for line in told)
    assert review.check() == []


def test_a_dry_run_writes_nothing(review: ReviewFolder, ris: Path) -> None:
    before = records(review)
    result = run(review, ris, "--dry-run")
    assert records(review) == before
    assert "1 new, would be written" in result.output
    assert "Nothing was written (--dry-run); 1 record would be." in result.output


def test_the_second_import_finds_everything_here(review: ReviewFolder, ris: Path) -> None:
    run(review, ris)
    before = records(review)
    result = run(review, ris)
    assert records(review) == before
    assert "0 draft records written." in result.output
    assert "2 already here" in result.output


@pytest.mark.parametrize(
    "form", ["bibtex", "bibtex-ascii", "ris", "csl-json", "endnote", "endnote-xml", "csv", "json-lines"]
)
def test_what_the_site_publishes_comes_back(review: ReviewFolder, tmp_path: Path, form: str) -> None:
    """Each reference is here already, by its DOI or because all that is known of it is the same."""
    with Evidence(lighthouse_database(tmp_path)) as evidence:
        file = tmp_path / FORMATS[form].file
        file.write_bytes(FORMATS[form].content(evidence.exported, evidence))
    result = run(review, file, "--dry-run")
    assert result.exit_code == 0, result.output
    # The Chinese name of one has no spelling in ASCII, which the head of the file says.
    here = 1 if form == "bibtex-ascii" else 2
    assert f"{here + 3} references read" in result.output
    assert f"{here} already here" in result.output
    assert "3 possibly the same as another" in result.output
    assert "refused" not in result.output


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.ris", None, "there is no such file"),
        ("empty.ris", b"", "empty"),
        ("paper.pdf", b"%PDF-1.7 \x00\x01", "PDF"),
        ("page.html", b"<!DOCTYPE html><html><body>results</body></html>", "a web page, not an export"),
        ("notes.txt", b"Dear Lotte, the tea was fine.\n", "RIS"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_remedy(
    review: ReviewFolder, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = records(review)
    result = run(review, tmp_path / name)
    assert result.exit_code == 1
    assert f"{name}: not read: " in result.output
    assert message in result.output
    assert "Traceback" not in result.output
    assert records(review) == before


def test_one_bad_file_does_not_keep_the_others_out(review: ReviewFolder, ris: Path) -> None:
    result = run(review, ris.parent / "missing.ris", ris)
    assert result.exit_code == 1
    assert "lamp2021.yml" in records(review)


def test_an_unknown_search_is_refused_before_anything_is_read(review: ReviewFolder, ris: Path) -> None:
    result = run(review, ris, "--search", "shlef")
    assert result.exit_code == 2
    assert "There is no search “shlef” in synthesis/searches.yml. Did you mean “shelf”?" in result.output


def test_a_review_that_cannot_be_read_takes_nothing_in(review: ReviewFolder, ris: Path) -> None:
    review.write("synthesis/codebook.yml", "dimensions: [\n")
    before = records(review)
    result = run(review, ris)
    assert result.exit_code == 1
    assert "the review cannot be read (synthesis/codebook.yml" in result.output
    assert records(review) == before


def test_records_with_mistakes_are_named_as_not_compared(review: ReviewFolder, ris: Path) -> None:
    review.edit("records/muster2020.yml", "  issued: 2020", "  issued: soon")
    result = run(review, ris, "--dry-run")
    assert "Not compared: 1 record with mistakes; see “check”." in result.output


def test_a_search_that_is_named_twice_counts_once(review: ReviewFolder, ris: Path) -> None:
    result = run(review, ris, "--search", "shelf", "--search", "shelf")
    assert "1 draft record written." in result.output
    assert "found_by: [shelf]" in (review.root / "records" / "lamp2021.yml").read_text()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("-", "-: not read: what comes through a pipe is not read; write it to a file first"),
        (".", ".: not read: it is a folder; name the files in it"),
        ("/dev/null", "/dev/null: not read: it is no plain file; write what comes from it to a file"),
        ("gone.ris", "gone.ris: not read: there is no such file"),
    ],
)
def test_what_is_no_file_is_told(review: ReviewFolder, place: str, reason: str) -> None:
    result = run(review, place)
    assert result.exit_code == 1
    assert reason in result.stderr


@pytest.mark.parametrize("name", ["new\nline.ris", "red\x1b[31m.ris"])
def test_a_strange_name_spoils_no_terminal(review: ReviewFolder, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RIS + "odd \x1b[2J words\n", "utf-8")
    result = run(review, tmp_path / name)
    assert "\x1b" not in result.output
    assert "line.ris (RIS): 4 references read" in result.output or "[31m.ris (RIS)" in result.output
    notes = (review.root / "records" / "lamp2021.yml").read_text("utf-8").partition("notes:")[2]
    assert notes.count("Imported from") == 1 and ".ris, line 1" in notes.split("\n\n")[0]


def test_an_import_that_was_broken_off_is_told(review: ReviewFolder, ris: Path) -> None:
    folder = review.root / "records" / ".import-killed"
    folder.mkdir()
    result = run(review, ris)
    assert f"An earlier import was broken off, or is still at work: {folder}" in result.stderr
    assert "1 draft record written." in result.output


def test_the_name_of_a_format_may_be_in_capitals(review: ReviewFolder, ris: Path) -> None:
    assert "(RIS): 3 references read" in run(review, ris, "--format", "RIS").output
