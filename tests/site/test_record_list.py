"""The list of reports: its rows, its orders and its pages."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.site import record_list
from evidence_map.site.collation import alphabetical, ranks
from evidence_map.site.evidence import Evidence
from evidence_map.site.live import record_rows
from evidence_map.site.live.columns import Columns
from evidence_map.site.live.record_rows import record_data
from evidence_map.site.record_list import Cell, RecordList
from tests.reviews import LIGHTHOUSE, built

PER_PAGE = 40


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordList]:
    review = check(LIGHTHOUSE).review
    assert review is not None
    file = tmp_path_factory.mktemp("list") / "evidence.db"
    store(review, file)
    with Evidence(file) as evidence:
        yield RecordList(evidence)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site of a review with two pages of reports and a bit, and with shorter pages than usual."""
    root = tmp_path_factory.mktemp("many")
    shutil.copytree(LIGHTHOUSE, root / "review")
    plan = (root / "review" / "records" / "plan2020.yml").read_text("utf-8")
    for number in range(2 * PER_PAGE):
        text = plan.replace("2020", str(1900 + number % 100))
        (root / "review" / "records" / f"page{number}.yml").write_text(text, "utf-8")
    (root / "review" / "records" / "page.yml").write_text(plan, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record_list, "PER_PAGE", PER_PAGE)
        built(root / "review", root / "site")
        yield root / "site"


@pytest.mark.parametrize(
    "texts",
    [
        ["arc", "“Ärzte” here", "O'Neill", "Østen", "zebra", "Zebra two"],
        ["Lamp 2020", "Lamp et al. 2018", "Lamp & Keeper 2019"],
        ["2 cups", "Tea", "Крыша", "燈塔"],
        ["Straße", "strasse 2"],
    ],
)
def test_the_alphabet_of_readers(texts: list[str]) -> None:
    assert sorted(sorted(texts, key=len), key=alphabetical) == texts


def test_places_begin_at_one_and_nothing_has_none() -> None:
    assert ranks(["b", None, "a", "b"]) == [2, 0, 1, 2]
    assert ranks([]) == []


def test_a_row_says_what_is_missing_and_why(records: RecordList) -> None:
    rows = {key: records.row(report) for key, report in records.evidence.reports.items()}
    row = rows["example2020"]
    assert row.cells["sample"] == Cell("Not reported", is_missing=True)
    assert row.cells["read"] == Cell("Abstract")
    assert row.cells["findings"] == Cell("1")
    assert row.decision == ""
    assert rows["example2019"].cells["country"] == Cell("Norway, United Kingdom")
    assert rows["bean2018"].decision == "Excluded: Coffee only"
    assert {key for key, row in rows.items() if row.warning} == {"plan2020"}
    assert rows["plan2020"].warning == "Retracted"
    assert rows["bean2018"].cells["country"] == Cell("Not extracted", is_missing=True)
    assert rows["plan2020"].cells["country"] == Cell("Not yet extracted", is_missing=True)
    assert rows["overview2020"].cells["country"] == Cell("Does not apply", is_missing=True)


def test_the_breakdown_adds_up(records: RecordList) -> None:
    assert records.breakdown == (
        "6 reports: 3 counted on the maps, 1 included but shown apart, 1 ongoing "
        "and 1 excluded with a reason."
    )


def test_orders_leave_no_two_reports_alike_by_citation(records: RecordList) -> None:
    reports = Columns(records.evidence, []).reports
    orders = records.orders(reports)
    assert set(orders) == {"citation", "title", *(column.name for column in records.columns)}
    assert sorted(orders["citation"]) == list(range(1, len(reports) + 1))
    samples = dict(zip((report.key for report in reports), orders["sample"], strict=True))
    assert samples["muster2020"] < samples["overview2020"] < samples["example2019"]
    assert samples["example2020"] == samples["bean2018"] == 0


def test_the_rows_that_are_loaded_are_those_of_the_list(
    records: RecordList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_rows, "PART", 4)
    files = record_data(records)
    assert sorted(files) == [
        "data/records/order.bin",
        "data/records/rows-0.json",
        "data/records/rows-1.json",
    ]
    rows = [row for number in (0, 1) for row in json.loads(files[f"data/records/rows-{number}.json"])]
    reports = Columns(records.evidence, []).reports
    assert [row["key"] for row in rows] == [report.key for report in reports]
    for row, report in zip(rows, reports, strict=True):
        shown = records.row(report)
        assert row["cells"] == {name: cell.text for name, cell in shown.cells.items()}
        assert row["missing"] == [name for name, cell in shown.cells.items() if cell.is_missing]
    orders = json.loads(gzip.decompress(files["data/records/order.bin"]))
    assert orders == records.orders(reports)
    assert record_data(records) == files, "the same review gives the same bytes"


def test_linked_pages_are_few_and_lead_everywhere(
    records: RecordList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecordList, "pages", 500)
    assert records.linked(250) == [1, 50, 100, 150, 200, 248, 249, 250, 251, 252, *range(300, 501, 50)]
    assert all(len(records.linked(page)) <= 16 for page in range(1, 501))
    monkeypatch.setattr(RecordList, "pages", 1)
    assert records.linked(1) == [1]


def _keys(file: Path) -> list[str]:
    table = file.read_text("utf-8").split('id="em-list"')[1].split("</table>")[0]
    return re.findall(r'<a href="[./]*records/([a-z0-9]+)/">', table)


def test_pages_hold_every_report_once_newest_first(many: Path) -> None:
    pages = [many / "records", many / "records/page/2", many / "records/page/3"]
    assert not (many / "records/page/4").exists()
    found = [_keys(page / "index.html") for page in pages]
    assert [len(keys) for keys in found] == [PER_PAGE, PER_PAGE, 7]
    keys = [key for page in found for key in page]
    assert len(set(keys)) == len(keys)
    with Evidence(many / "data/evidence.db") as evidence:
        assert keys == [report.key for report in RecordList(evidence).reports]


def test_references_can_be_saved_from_each_page(many: Path) -> None:
    """The script of the first page makes the spans of its rows (tests/browser/test_citing.py)."""
    pages = [many / "records", many / "records/page/2", many / "records/page/3"]
    spans = [(page / "index.html").read_text("utf-8").count('class="Z3988"') for page in pages]
    assert spans == [0, PER_PAGE, 7]


def test_a_record_may_be_called_like_the_folder_of_pages(many: Path) -> None:
    assert "Protocol of a tea trial" in (many / "records/page/index.html").read_text("utf-8")


def test_pages_of_the_list_are_not_found_by_words(many: Path) -> None:
    addresses = json.loads((many / "pagefind/results.json").read_text("utf-8"))
    found = {address for kind in addresses.values() for address in kind.values()}
    assert "records/page/" in found
    assert not {address for address in found if re.fullmatch(r"records/(page/\d+/)?", address)}


def test_only_the_first_page_runs_a_script_of_the_list(many: Path) -> None:
    script = "js/records.js"
    assert script in (many / "records/index.html").read_text("utf-8")
    assert script not in (many / "records/page/2/index.html").read_text("utf-8")
