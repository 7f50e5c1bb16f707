"""What readers take away is cut out of the published files, byte for byte."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from evidence_map.exports.formats import FORMATS as WRITERS
from evidence_map.site.evidence import Evidence, Report
from tests.exports.reports import HOSTILE, lighthouse_database, person, report

FILES = {
    "bib": "data/references.bib",
    "ris": "data/references.ris",
    "json": "data/references.json",
    "csv": "data/reports.csv",
}
PICKERS = {"bib": "bibtexOf", "ris": "risOf", "json": "cslOf", "csv": "csvOf"}
FORMATS = sorted(FILES)
PUBLISHED = {"example2019", "example2020", "muster2020", "overview2020", "plan2020"}


@pytest.fixture(scope="module")
def page(browser: Browser, invented: str) -> Iterator[Page]:
    """A page of the site with the module at hand as ``module``."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(invented + "records/")
    page.evaluate("async () => { window.module = await import('../js/take_away.js'); }")
    yield page
    context.close()


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    with Evidence(lighthouse_database(tmp_path_factory.mktemp("take-away"))) as evidence:
        yield evidence


def published(base: str, format: str) -> str:
    with urllib.request.urlopen(base + FILES[format]) as answer:
        return answer.read().decode("utf-8")  # type: ignore[no-any-return]


def picked(page: Page, format: str, text: str, keys: set[str]) -> str:
    script = "([name, text, keys]) => module[name](text, new Set(keys))"
    return page.evaluate(script, [PICKERS[format], text, sorted(keys)])  # type: ignore[no-any-return]


def taken(page: Page, format: str, keys: set[str], head: list[str] | None = None) -> dict[str, Any]:
    script = "([format, keys, head]) => module.takeAway(format, new Set(keys), { root: '../', head })"
    return page.evaluate(script, [format, sorted(keys), head or []])  # type: ignore[no-any-return]


def exported(format: str, reports: list[Report], evidence: Evidence) -> str:
    name = {"bib": "bibtex", "ris": "ris", "json": "csl-json", "csv": "csv"}[format]
    return WRITERS[name].content(reports, evidence).decode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_all_reports_are_the_file_itself(page: Page, invented: str, format: str) -> None:
    text = published(invented, format)
    assert "example2019" in text
    assert picked(page, format, text, PUBLISHED) == text
    assert taken(page, format, PUBLISHED)["text"] == text


@pytest.mark.parametrize("format", FORMATS)
def test_some_reports_are_what_their_own_export_says(
    page: Page, invented: str, evidence: Evidence, format: str
) -> None:
    keys = {"muster2020", "example2019"}
    reports = [evidence.reports[key] for key in sorted(keys)]
    assert picked(page, format, published(invented, format), keys) == exported(format, reports, evidence)


@pytest.mark.parametrize("format", FORMATS)
def test_no_reports(page: Page, invented: str, evidence: Evidence, format: str) -> None:
    assert picked(page, format, published(invented, format), set()) == exported(format, [], evidence)


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_titles_take_nothing_else_along(page: Page, evidence: Evidence, format: str) -> None:
    reports = [
        report(f"k{number:02}", title=text, container_title=text, authors=[person(literal=text)])
        for number, text in enumerate(HOSTILE)
    ]
    text = exported(format, reports, evidence)
    assert picked(page, format, text, {report.key for report in reports}) == text
    for one in reports:
        assert picked(page, format, text, {one.key}) == exported(format, [one], evidence)
    assert picked(page, format, text, {"other2020"}) == exported(format, [], evidence)


def test_line_breaks_within_cells_belong_to_their_row(page: Page) -> None:
    """Our own tables have none; a reader of tables must cope with them."""
    rows = [["key", "title"], ["a", 'one\r\nb,two "three"\n'], ["b", ""], ["c", '"']]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    found = picked(page, "csv", text.getvalue(), {"b", "c"})
    assert list(csv.reader(io.StringIO(found, newline=""))) == [rows[0], rows[2], rows[3]]
    assert picked(page, "csv", "key,title\na,1\nb,2", {"b"}) == "key,title\nb,2"


def test_bibtex_says_what_it_is(page: Page) -> None:
    head = ["Shown: topic is “Taste”", "https://example.org/@us/map/?a=1\n@article{x,", ""]
    file = taken(page, "bib", {"example2019"}, head)
    assert file["name"] == "references-shown.bib"
    published_head, shown, rest = file["text"].split("\n\n", 2)
    assert published_head.startswith("% Encoding: UTF-8\n% The invented crew (2020).")
    assert shown.split("\n") == [
        "% Shown: topic is “Taste”",
        "% https://example.org/%40us/map/?a=1 %40article{x,",
        "% ",
    ]
    assert rest.startswith("@article{example2019,")


@pytest.mark.parametrize(("format", "begin"), [("bib", "% Encoding: UTF-8\n"), ("ris", "Provider: ")])
def test_the_head_of_the_published_file_stays(
    page: Page, invented: str, format: str, begin: str
) -> None:
    text = taken(page, format, {"muster2020"})["text"]
    whole = published(invented, format)
    assert text.startswith(begin) and "example2019" not in text
    head = re.split("(?m)^@|^TY  - ", whole)[0]
    assert "Tea breaks of lighthouse crews" in head and text.startswith(head)


@pytest.mark.parametrize("format", ["ris", "json", "csv"])
def test_other_formats_hold_nothing_but_entries(page: Page, format: str) -> None:
    keys = {"example2019"}
    assert taken(page, format, keys, ["Shown"]) == taken(page, format, keys)


def test_kinds_and_names_of_the_files(page: Page) -> None:
    kinds = {format: taken(page, format, set()) for format in FORMATS}
    assert {format: (file["name"], file["type"]) for format, file in kinds.items()} == {
        "bib": ("references-shown.bib", "application/x-bibtex"),
        "ris": ("references-shown.ris", "application/x-research-info-systems"),
        "json": ("references-shown.json", "application/vnd.citationstyles.csl+json"),
        "csv": ("reports-shown.csv", "text/csv"),
    }


def failure(page: Page, fetch_text: str, keys: str = "['example2019']") -> str:
    """Return the message of a failure."""
    script = f"""async () => {{
        const options = {{ root: '../', fetchText: {fetch_text} }};
        try {{ return await module.takeAway('json', {keys}, options) }}
        catch (error) {{ return error.message }}
    }}"""
    return page.evaluate(script)  # type: ignore[no-any-return]


def test_failures_are_told_in_sentences(page: Page) -> None:
    message = failure(page, "async () => { throw new Error('no way') }")
    assert message.startswith("The file ../data/references.json could not be fetched (no way). Check")
    assert "in a form that this page cannot read" in failure(page, "async () => '[\\n{oops\\n]\\n'")
    message = failure(page, "async () => '<!doctype html>'")
    assert message.startswith(
        "1 of 1 reports are not in data/references.json, such as example2019. The site may have been"
    )
    assert failure(page, "undefined", "['example2019', 'bean2018']").startswith(
        "1 of 2 reports are not in data/references.json, such as bean2018."
    ), "an excluded report is not published"


def test_a_missing_file_is_told(page: Page) -> None:
    script = """async () => {
        try { await module.takeAway('bib', ['a'], { root: '../nowhere/' }) }
        catch (error) { return error.message }
    }"""
    assert "could not be fetched (the server answered 404)" in page.evaluate(script)


def test_a_file_is_saved(context: BrowserContext, invented: str, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(invented + "records/")
    with page.expect_download() as download:
        page.evaluate(
            """async () => {
                const { takeAway, save } = await import('../js/take_away.js');
                save(await takeAway('ris', ['example2019'], { root: '../' }));
            }"""
        )
    assert download.value.suggested_filename == "references-shown.ris"
    download.value.save_as(tmp_path / "file")
    saved = (tmp_path / "file").read_bytes().decode("utf-8")
    assert "\r\n\r\nTY  - JOUR\r\nID  - example2019\r\nAU  - Example, Ann B.\r\n" in saved
    assert "van Muster, Çelik" in saved and saved.endswith("\r\nER  - \r\n\r\n")


@pytest.mark.parametrize("format", FORMATS)
def test_ten_thousand_reports_are_cut_in_a_moment(page: Page, invented: str, format: str) -> None:
    one = picked(page, format, published(invented, format), {"example2019"})
    heading, _, row = one.partition("\n")
    number = 10_000
    if format == "json":
        item = json.dumps(json.loads(one)[0], ensure_ascii=False)
        items = [item.replace("example2019", f"k{each}") for each in range(number)]
        text = "[\n" + ",\n".join(items) + "\n]\n"
    elif format == "csv":
        text = heading + "\n" + "".join(row.replace("example2019", f"k{n}") for n in range(number))
    else:
        between, begin = {"bib": ("\n", "(?m)^(?=@)"), "ris": ("", "(?m)^(?=TY  - )")}[format]
        one = re.split(begin, one, maxsplit=1)[1]
        text = between.join(one.replace("example2019", f"k{each}") for each in range(number))
    script = """([name, text]) => {
        const keys = new Set(Array.from({ length: 5000 }, (_, each) => `k${2 * each}`));
        const start = performance.now();
        const found = module[name](text, keys);
        return [performance.now() - start, found];
    }"""
    milliseconds, found = page.evaluate(script, [PICKERS[format], text])
    assert len(re.findall(r"\bk\d+\b", found)) == 5_000
    print(f"{format}: {len(text) / 1e6:.1f} MB, {milliseconds:.0f} ms")
    assert milliseconds < 1_000
