"""The command ``export``: what it writes, which reports it chooses, and what it says when it cannot."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from evidence_map.export_command import NAMES, OF_THE_WHOLE, OFFERED, export_command
from evidence_map.exports.fields import ExportError
from tests.folders import ReviewFolder
from tests.mistakes import PLAN, PROTOCOL

KEYS = ["example2019", "example2020", "muster2020", "overview2020", "plan2020"]


def run(review: ReviewFolder, *arguments: str) -> Result:
    result = CliRunner().invoke(export_command, [*arguments, "--root", str(review.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def keys_of(result: Result) -> list[str]:
    """Return the keys of the reports that were written as CSL-JSON."""
    assert result.exit_code == 0, result.output
    return [item["id"] for item in json.loads(result.stdout)]


def refused(review: ReviewFolder, *arguments: str, status: int = 1) -> str:
    """Return the one sentence that says why nothing was written."""
    result = run(review, *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    *usage, sentence = result.stderr.strip().split("\n")
    assert sentence.startswith("error: " if status == 1 else "Error: ")
    assert status == 2 or not usage
    return sentence.partition(": ")[2]


# What is written


@pytest.mark.parametrize("name", OFFERED)
def test_every_format_is_written(review: ReviewFolder, tmp_path: Path, name: str) -> None:
    file = tmp_path / "exported"
    result = run(review, name, "-o", str(file))
    assert result.exit_code == 0, result.output
    assert file.stat().st_size > 100
    assert result.stdout == "" and result.stderr.strip().endswith(f"written to {file}")
    number = 4 if name == "bibtex-ascii" else 5
    assert name in OF_THE_WHOLE or f"{number} reports written" in result.stderr


def test_what_classic_bibtex_cannot_spell_is_told(review: ReviewFolder) -> None:
    result = run(review, "bibtex-ascii")
    assert "muster2020" in result.stderr and result.stderr.startswith("Left out: ")
    assert result.stderr.count("\n") == 1


def test_without_a_file_it_goes_to_standard_output(review: ReviewFolder) -> None:
    result = run(review, "ris")
    assert result.stderr == ""
    assert run(review, "ris", "-o", "-").stdout_bytes == result.stdout_bytes
    assert re.findall(r"\r\nID  - (.+)\r\n", result.stdout_bytes.decode()) == KEYS


def test_a_workbook_goes_through_a_pipe_byte_by_byte(review: ReviewFolder) -> None:
    book = load_workbook(io.BytesIO(run(review, "xlsx").stdout_bytes))
    assert book.sheetnames == ["Reports", "Findings", "About"]


def test_a_workbook_is_not_shown_on_a_terminal(
    review: ReviewFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    assert refused(review, "xlsx", status=2) == "“xlsx” is no text for a terminal; name a file with -o."
    assert keys_of(run(review, "csl-json")) == KEYS


# Which reports


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        ((), KEYS),
        (("--keys", "plan2020, example2019"), ["example2019", "plan2020"]),
        (("--keys", "bean2018"), ["bean2018"]),
        (("--where", "year = 2020 AND counted"), ["example2020", "muster2020"]),
        (("--where", "year < 2020"), ["example2019"]),
        (("--where", "decision = 'excluded'"), ["bean2018"]),
        (("--where", "year < 2020 AND decision <> 'ongoing'"), ["bean2018", "example2019"]),
        (("--keys", "bean2018,plan2020", "--where", "year = 2018"), ["bean2018"]),
        (("--where", "1) OR (1"), KEYS),
        (("--where", "title LIKE '%tea%' -- and no more"), ["example2019", "overview2020", "plan2020"]),
        (
            ("--where", "key IN (SELECT record FROM finding WHERE statement LIKE 'Cats%')"),
            ["example2019"],
        ),
    ],
)
def test_the_reports_that_are_asked_for(
    review: ReviewFolder, arguments: tuple[str, ...], keys: list[str]
) -> None:
    assert keys_of(run(review, "csl-json", *arguments)) == keys


def test_findings_and_studies_are_those_of_the_reports(review: ReviewFolder) -> None:
    text = run(review, "findings-csv", "--keys", "muster2020").stdout
    assert [row["finding"] for row in csv.DictReader(io.StringIO(text))] == ["muster2020#warm"]
    text = run(review, "characteristics-csv", "--keys", "muster2020,plan2020").stdout
    assert len(list(csv.DictReader(io.StringIO(text)))) == 1


# What it says


def test_the_name_of_a_format_may_be_in_capitals(review: ReviewFolder) -> None:
    assert run(review, "RIS").stdout == run(review, "ris").stdout != ""


def test_a_file_that_is_protected_is_not_replaced(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.ris"
    file.write_text("mine")
    monkeypatch.setattr(os, "access", lambda *_: False)
    sentence = refused(review, "ris", "-o", str(file), status=2)
    assert sentence.endswith("is not writable.")
    assert file.read_text() == "mine"


def test_an_unknown_format_is_told_with_the_nearest(review: ReviewFolder) -> None:
    sentence = refused(review, "bibtx", status=2)
    assert "There is no format “bibtx”. Did you mean “bibtex”" in sentence
    assert "Formats: bibtex, " in refused(review, "%%%", status=2)


def test_the_help_names_every_format(review: ReviewFolder) -> None:
    lines = run(review, "--help").output.splitlines()
    assert [line.split()[0] for line in lines[lines.index("  Formats:") + 1 :]] == NAMES


def test_unknown_keys_are_told_with_the_nearest(review: ReviewFolder) -> None:
    sentence = refused(review, "ris", "--keys", "exampl2019,plan2020")
    assert sentence.startswith("there is no record “exampl2019”. Did you mean “example2019”")
    many = refused(review, "ris", "--keys", "a,b,c,d,e,f,g")
    assert many.startswith("there is no record “a”, “b”, “c”, “d”, “e” and 2 more.")


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (
            "yeer > 2000",
            "names a column “yeer”, which the table record does not have. Did you mean “year”",
        ),
        ("year >", "is no valid SQL"),
        ("1; DELETE FROM record", "is no valid SQL"),
        ("key = load_extension('x')", "does more than read"),
        ("(SELECT 1 FROM pragma_table_info('record'))", "does more than read"),
        ("unknown_function(1)", "is no valid SQL: no such function: unknown_function"),
        ("key = 'a\x00'", "SQL"),
        (
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)",
            "takes too long; make it simpler",
        ),
        ("year = ?", "has a place for a value (? or :name), which nothing fills"),
        ("zeroblob(99999999) > 1", "is no valid SQL: string or blob too big"),
    ],
)
def test_mistakes_in_a_condition_are_told(review: ReviewFolder, where: str, reason: str) -> None:
    result = run(review, "csl-json", "--where", where)
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.startswith("error: the condition “") and reason in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_empty_selection_is_told(review: ReviewFolder) -> None:
    sentence = "there is no report that meets what was asked; nothing was written"
    assert refused(review, "ris", "--where", "year = 1800") == sentence
    assert refused(review, "ris", "--keys", "plan2020", "--where", "counted") == sentence
    none = "--keys names no record; give keys separated by commas"
    assert refused(review, "ris", "--keys", " , ") == refused(review, "ris", "--keys", "") == none


def test_an_empty_condition_is_told_with_an_example(review: ReviewFolder) -> None:
    assert refused(review, "ris", "--where", " ").startswith("the condition is empty; write something")


def test_a_long_condition_is_told_in_short_and_without_control_characters(review: ReviewFolder) -> None:
    sentence = refused(review, "ris", "--where", "\x1b[31m" + "(" * 5_000)
    assert len(sentence) < 500 and "\x1b" not in sentence


def test_a_review_without_reports_has_numbers_but_no_references(review: ReviewFolder) -> None:
    for file in (review.root / "records").iterdir():
        file.unlink()
    for name in ("studies.yml", "searches.yml"):
        (review.root / "synthesis" / name).unlink()
    shutil.rmtree(review.root / "synthesis" / "findings")
    assert refused(review, "ris") == "there is no report; nothing was written"
    numbers = run(review, "numbers-csv")
    assert numbers.exit_code == 0, numbers.stderr
    assert "studies,ReviewStudies,0,Studies that are counted\r\n" in numbers.stdout_bytes.decode()
    assert "year.first,ReviewYearFirst,not known," in numbers.stdout


@pytest.mark.parametrize("name", sorted(OF_THE_WHOLE))
def test_nothing_can_be_chosen_for_what_speaks_of_the_whole(review: ReviewFolder, name: str) -> None:
    sentence = refused(review, name, "--keys", "plan2020", status=2)
    assert sentence == f"“{name}” speaks of the whole review; leave out --where and --keys."


def test_a_review_with_errors_is_told(review: ReviewFolder, tmp_path: Path) -> None:
    review.edit(PLAN, "issued: 2020", "issued: 2020-13")
    file = tmp_path / "out.ris"
    file.write_text("as it was")
    result = run(review, "ris", "-o", str(file))
    assert result.exit_code == 1
    assert "records/plan2020.yml:3:11: error[bad-date]" in result.stderr
    assert result.stderr.endswith("error: the review has 1 error; nothing was written\n")
    assert file.read_text() == "as it was"


def test_a_review_that_cannot_be_read_is_told(review: ReviewFolder) -> None:
    (review.root / PROTOCOL).unlink()
    result = run(review, "ris")
    assert result.exit_code == 1 and result.stdout == ""
    assert "nothing was written" in result.stderr


# The file


@pytest.mark.parametrize("place", ["records/x.ris", "synthesis/x.ris", "site/../records/x.ris"])
def test_the_review_itself_is_never_written(review: ReviewFolder, place: str) -> None:
    (review.root / "site").mkdir()
    sentence = refused(review, "ris", "-o", str(review.root / place), status=2)
    assert "where the review itself stands; name a file elsewhere." in sentence
    assert not list(review.root.rglob("x.ris"))


def test_a_link_into_the_review_is_not_followed(review: ReviewFolder, tmp_path: Path) -> None:
    link = tmp_path / "innocent.ris"
    link.symlink_to(review.root / "records" / "plan2020.yml")
    before = review.read(PLAN)
    refused(review, "ris", "-o", str(link), status=2)
    assert review.read(PLAN) == before


def test_a_folder_that_is_not_there_is_told(review: ReviewFolder, tmp_path: Path) -> None:
    sentence = refused(review, "ris", "-o", str(tmp_path / "none" / "x.ris"), status=2)
    assert sentence == f"There is no folder {tmp_path / 'none'}; make it first."
    sentence = refused(review, "ris", "-o", str(tmp_path), status=2)
    assert sentence == f"{tmp_path} is a folder; name a file."
    assert "cannot be written" in refused(review, "ris", "-o", str(tmp_path / ("a" * 300)), status=2)
    assert refused(review, "ris", "-o", os.devnull, status=2) == (
        f"{os.devnull} is no plain file; name another."
    )


def test_a_file_is_replaced_as_a_whole_and_keeps_its_rights(
    review: ReviewFolder, tmp_path: Path
) -> None:
    file = tmp_path / "references.ris"
    file.write_text("as it was")
    file.chmod(0o640)
    assert run(review, "ris", "-o", str(file)).exit_code == 0
    assert file.read_text("utf-8").startswith("Provider: ")
    assert file.stat().st_mode & 0o777 == 0o640
    fresh = tmp_path / "fresh.ris"
    assert run(review, "ris", "-o", str(fresh)).exit_code == 0
    mask = os.umask(0)
    os.umask(mask)
    assert fresh.stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_write_that_fails_leaves_the_file_as_it_was(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "references.ris"
    file.write_text("as it was")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "the disk is full" in refused(review, "ris", "-o", str(file))
    assert file.read_text() == "as it was"
    assert {each.name for each in tmp_path.iterdir()} == {"references.ris", "review"}


def test_what_a_format_cannot_carry_is_told(
    review: ReviewFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: object) -> str:
        raise ExportError("“title” of plan2020 holds the invisible character U+0007")

    monkeypatch.setitem(OFFERED, "ris", type(OFFERED["ris"])("ris", "", "", "", "", refusing))
    assert refused(review, "ris") == "“title” of plan2020 holds the invisible character U+0007"


def test_it_is_a_command_of_click() -> None:
    assert isinstance(export_command, click.Command) and export_command.name == "export"
