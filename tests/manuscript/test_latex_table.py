"""The files for LaTeX, read by LaTeX itself where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given

from evidence_map.exports.fields import ExportError
from evidence_map.manuscript.characteristics import characteristics
from evidence_map.manuscript.latex_table import as_latex, as_latex_numbers
from evidence_map.manuscript.numbers import Number, numbers
from evidence_map.manuscript.table import Cited, source
from evidence_map.site.evidence import Evidence
from tests.exports.reports import HOSTILE, PLAIN, UNPRINTABLE
from tests.manuscript.tables import table

TABLE_PACKAGES = ("booktabs", "longtable", "array")
ASCII = [text for text in HOSTILE if text.isascii()]


def installed(*packages: str) -> bool:
    """Whether LaTeX and these packages are there."""
    if shutil.which("pdflatex") is None or shutil.which("kpsewhich") is None:
        return False
    names = [f"{package}.sty" for package in packages]
    return not names or subprocess.run(["kpsewhich", *names], capture_output=True).returncode == 0


latex = pytest.mark.skipif(not installed(*TABLE_PACKAGES), reason="LaTeX is not installed")


def compiled(folder: Path, preamble: str, body: str) -> tuple[int, str]:
    """Run LaTeX over a document and return its status and its log on unbroken lines."""
    packages = "".join(f"\\usepackage{{{name}}}\n" for name in TABLE_PACKAGES)
    text = (
        f"\\documentclass{{article}}\n\\usepackage[T1]{{fontenc}}\n{packages}{preamble}\n"
        f"\\begin{{document}}\n{body}\n\\end{{document}}\n"
    )
    (folder / "main.tex").write_text(text, "utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "main.tex"],
        cwd=folder,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "max_print_line": "10000", "HOME": str(folder)},
        timeout=120,
    )
    return done.returncode, (folder / "main.log").read_text("utf-8", "replace")


# The table


def test_the_table_cites_each_report(lighthouse: Evidence) -> None:
    text = as_latex(characteristics(lighthouse.exported, lighthouse))
    assert re.findall(r"\\includedstudy\{(.+?)\}\{(\w+)\}", text.split("endlastfoot")[1]) == [
        ("Example et al. 2019", "example2019"),
        ("Example 2020", "example2020"),
        (r"Müster \& Ștefan 2020", "muster2020"),
    ]
    assert text.count("\\begin{longtable}") == text.count("\\end{longtable}") == 1
    assert all(rule in text for rule in ("\\toprule", "\\midrule", "\\bottomrule", "\\endhead"))


@latex
def test_latex_sets_the_table(lighthouse: Evidence, tmp_path: Path) -> None:
    own = characteristics(lighthouse.exported, lighthouse)
    (tmp_path / "table.tex").write_text(as_latex(own), "utf-8")
    wide = "\\setlength{\\textwidth}{640pt}\\setlength{\\hoffset}{-72pt}"
    status, log = compiled(tmp_path, wide, "\\input{table}\\input{table}")
    assert status == 0, log[-2000:]
    assert "Citation `example2019'" in log
    assert "Overfull" not in log


@latex
def test_latex_prints_hostile_texts(tmp_path: Path) -> None:
    texts = [*ASCII, "[3pt] at the beginning of a row", "*", "]", "\\\\", "\\end{longtable}", "#1"]
    (tmp_path / "table.tex").write_text(as_latex(table(*texts)), "utf-8")
    status, log = compiled(tmp_path, "", "\\input{table}")
    assert status == 0, log[-2000:]
    assert "passwd" not in re.sub(r"main\.tex.*", "", log)


@pytest.mark.parametrize("key", ["a}b", "a,b", "a b", "\\x", "", "ä"])
def test_a_key_that_cannot_be_cited_is_refused(key: str) -> None:
    with pytest.raises(ExportError, match="cannot stand in"):
        as_latex(table("Tea", cited=Cited(key, "Lamp 2021")))


@given(PLAIN)
def test_braces_stay_balanced_and_rows_on_their_line(text: str) -> None:
    written = as_latex(table(text, title=text, cited=Cited("lamp2021", text)))
    row = written.split("\\endlastfoot\n")[1].split("\n")[0]
    assert row.endswith(" \\\\")
    plain = re.sub(r"\\[{}]", "", written)
    assert plain.count("{") == plain.count("}")


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_ends_a_line_is_refused(text: str) -> None:
    with pytest.raises(ExportError, match=r"invisible character U\+"):
        as_latex(table(f"Tea{text}x"))


# The numbers


def written(evidence: Evidence) -> str:
    return as_latex_numbers(numbers(evidence), source(evidence))


def test_each_number_is_a_command(lighthouse: Evidence) -> None:
    found = dict(re.findall(r"\\newcommand\{\\(\w+)\}\{(.*?)\}%", written(lighthouse)))
    assert found["ReviewStudies"] == "2"
    assert found["ReviewStudiesTopicCompany"] == "2"
    assert found["ReviewDate"] == "14 February 2020"
    assert len(found) == len(numbers(lighthouse))


@latex
def test_latex_knows_the_numbers(lighthouse: Evidence, tmp_path: Path) -> None:
    (tmp_path / "numbers.tex").write_text(written(lighthouse), "utf-8")
    body = "x\\typeout{<\\ReviewStudies/\\ReviewFindingsTopicTaste/\\ReviewYearFirst>}"
    status, log = compiled(tmp_path, "\\input{numbers}", body)
    assert status == 0, log[-2000:]
    assert "<2/3/2019>" in log


@latex
def test_a_file_that_is_read_twice_says_so(lighthouse: Evidence, tmp_path: Path) -> None:
    (tmp_path / "numbers.tex").write_text(written(lighthouse), "utf-8")
    status, log = compiled(tmp_path, "\\input{numbers}\\input{numbers}", "x")
    assert status != 0
    assert "! Package numbers of the review Error: The numbers are read twice." in log


@latex
def test_a_name_that_is_taken_is_told(lighthouse: Evidence, tmp_path: Path) -> None:
    (tmp_path / "numbers.tex").write_text(written(lighthouse), "utf-8")
    status, log = compiled(tmp_path, "\\newcommand{\\ReviewStudies}{9}\\input{numbers}", "x")
    assert status != 0
    assert "Command \\ReviewStudies already defined" in log


@latex
def test_latex_prints_hostile_values(tmp_path: Path) -> None:
    found = [Number(f"n-{number}", text, text) for number, text in enumerate(ASCII)]
    (tmp_path / "numbers.tex").write_text(as_latex_numbers(found, "% } \\input{x}"), "utf-8")
    status, log = compiled(tmp_path, "\\input{numbers}", "x \\ReviewNZero \\ReviewNOne")
    assert status == 0, log[-2000:]
