"""The live map, the table that the build made, and the published database hold the same numbers.

Selections are drawn at random, always the same ones. What the modules count in the browser is
compared with queries on the published database that are written here for the purpose: a filter
chooses findings, and a unit counts where at least one of its chosen findings stands.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from evidence_map.site.evidence import Evidence
from evidence_map.site.map_table import MapTable, map_tables
from tests.bench.invented_reviews import InventedReview
from tests.bench.map_site import bare_site
from tests.browser.conftest import served
from tests.browser.waiting import until
from tests.reviews import LIGHTHOUSE, REPOSITORY

NONE = "none-of-these"
UNITS = {"study": "study", "report": "record", "finding": "finding"}
"""The column of the table placement for each unit."""

SELECTIONS = 40
CHOICES = 4
"""For how many terms of a dimension it is asked what choosing them would give."""

Selection = dict[str, Any]

COUNT = """async (specs) => {
  const root = new URL(ROOT, location.href).href;
  const names = ["columns", "model", "tally", "selection", "source"];
  const load = (name) => import(`${root}js/live/${name}.js`);
  const [columnsOf, { MapModel }, { Tally }, { NOTHING }, { SiteSource, Texts, loadColumns }] =
    await Promise.all(names.map(load));
  const source = new SiteSource(root, "test");
  const columns = await loadColumns(source);
  const texts = new Texts(source);
  const keys = await texts.keys();
  const reportOf = new Map(keys.map((key, number) => [key, number]));

  const named = (dimension, counts) => {
    const pairs = dimension.terms.map((term, number) => [term.id, counts[number]]);
    return Object.fromEntries(pairs.filter(([, count]) => count));
  };

  const listed = async (chosen, unit) => {
    const reports = [...chosen.reports];
    const written = await texts.of(reports);
    const findings = written.flatMap((text, index) => {
      const first = columns.firstFinding[reports[index]];
      const own = text.findings.filter((_, number) => chosen.bits.has(first + number));
      return own.map(([name]) => `${text.key}#${name}`);
    });
    return { count: chosen.count(unit), reports: written.map((text) => text.key), findings };
  };

  const numbersOf = async ({ frame, selection, places, asked, found }) => {
    const model = new MapModel(columns, { outside: [], apart: [], ...frame });
    const words = found && columns.findingsOf(new Set(found.map((key) => reportOf.get(key))));
    const tally = new Tally(columns, columns.counted, model.unit, { ...NOTHING, ...selection }, words);
    const { counts, width, parts, divided } = model.cells(tally);
    const colours = model.colours(tally.selection);
    const cells = {};
    const segments = {};
    counts.forEach((count, cell) => {
      if (!count) return;
      const row = model.rows.dimension.at(Math.floor(cell / width)).id;
      const column = model.across.dimension.at(cell % width).id;
      cells[`${row}/${column}`] = count;
      for (const [colour, number] of model.parts({ parts, divided }, cell)) {
        const id = colour ? colours.segments[colour - 1].id : "none-of-these";
        segments[`${row}/${column}/${id}`] = number;
      }
    });
    const byTerm = columns.dimensions.map((own) => [own.id, named(own, tally.terms(own))]);
    const choices = Object.fromEntries(
      asked.map(([id, terms]) => {
        const dimension = columns.dimension(id);
        const numbers = tally.choices(dimension);
        const given = terms.map((term) => [term, numbers[dimension.numbers.get(term)]]);
        return [id, Object.fromEntries(given)];
      }),
    );
    const lists = [];
    for (const place of places) lists.push(await listed(model.at(place, tally), model.unit));
    return { total: tally.total, cells, segments, terms: Object.fromEntries(byTerm), choices, lists };
  };

  const all = [];
  for (const spec of specs) all.push(await numbersOf(spec));
  return all;
}"""


@dataclass
class Published:
    """A built site in the browser, with its database as readers take it away."""

    page: Page
    base: str
    file: Path
    database: sqlite3.Connection

    def counted(self, specs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return what the modules count."""
        script = COUNT.replace("ROOT", json.dumps(self.base))
        return self.page.evaluate(script, specs)  # type: ignore[no-any-return]

    def rows(self, sql: str, *values: Any) -> list[Any]:
        return self.database.execute(sql, values).fetchall()

    def dimensions(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT id FROM dimension ORDER BY position")]

    def terms(self, dimension: str) -> list[str]:
        sql = "SELECT id FROM term WHERE dimension = ? ORDER BY position"
        return [*(row[0] for row in self.rows(sql, dimension)), NONE]

    def used(self, dimension: str) -> list[str]:
        sql = f"SELECT DISTINCT ifnull(term, '{NONE}') FROM placement WHERE dimension = ? ORDER BY term"
        return [row[0] for row in self.rows(sql, dimension)]


@pytest.fixture(scope="module", params=["invented", "real", "large"])
def published(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("counting")
    root = {"invented": LIGHTHOUSE, "real": REPOSITORY}.get(request.param)
    if root is None:
        root = folder / "review"
        InventedReview(300).write(root)
    file = bare_site(root, folder / "site")
    database = sqlite3.connect(file)
    context = browser.new_context()
    for base in served(folder / "site"):
        page = context.new_page()
        page.goto(base + f"embed/{database.execute('SELECT id FROM map').fetchone()[0]}/")
        yield Published(page, base, file, database)
    context.close()
    database.close()


class Asked:
    """The findings that a selection chooses, asked of the database."""

    def __init__(self, published: Published, spec: dict[str, Any], filters: list[Selection]) -> None:
        self.published = published
        self.unit = UNITS[spec["frame"]["unit"]]
        published.database.execute("DROP TABLE IF EXISTS temp.chosen")
        published.database.execute("CREATE TEMP TABLE chosen (finding TEXT PRIMARY KEY)")
        conditions, values = ["1"], []
        for one in filters:
            condition, own = _condition(one)
            conditions.append(condition)
            values += own
        if spec["found"] is not None:
            conditions.append(f"record IN ({_marks(spec['found'])})")
            values += spec["found"]
        published.database.execute(
            "INSERT INTO chosen SELECT DISTINCT finding FROM placement WHERE "
            + " AND ".join(conditions),
            values,
        )

    def total(self) -> int:
        sql = f"SELECT count(DISTINCT {self.unit}) FROM placement JOIN chosen USING (finding)"
        return self.published.rows(sql)[0][0]  # type: ignore[no-any-return]

    def cells(self, rows: str, columns: str) -> dict[str, int]:
        sql = f"""SELECT ifnull(one.term, '{NONE}') || '/' || ifnull(other.term, '{NONE}') AS cell,
              count(DISTINCT one.{self.unit})
            FROM chosen
            JOIN placement AS one ON one.finding = chosen.finding AND one.dimension = ?
            JOIN placement AS other ON other.finding = chosen.finding AND other.dimension = ?
            GROUP BY cell"""
        return dict(self.published.rows(sql, rows, columns))

    def segments(self, rows: str, columns: str, colours: str) -> dict[str, int]:
        """Return the units in each segment of each cell; those without any under none-of-these."""
        segment_of = segments(self.published, colours)
        units: dict[str, dict[str, set[str]]] = {}
        sql = f"""SELECT ifnull(one.term, '{NONE}') || '/' || ifnull(other.term, '{NONE}'),
              one.{self.unit}, colour.term
            FROM chosen
            JOIN placement AS one ON one.finding = chosen.finding AND one.dimension = ?
            JOIN placement AS other ON other.finding = chosen.finding AND other.dimension = ?
            JOIN placement AS colour ON colour.finding = chosen.finding AND colour.dimension = ?"""
        for cell, unit, term in self.published.rows(sql, rows, columns, colours):
            own = units.setdefault(cell, {}).setdefault(unit, set())
            if term in segment_of:
                own.add(segment_of[term])
        found: dict[str, int] = {}
        for cell, sets in units.items():
            for own in sets.values():
                for segment in own or {NONE}:
                    name = f"{cell}/{segment}"
                    found[name] = found.get(name, 0) + 1
        return found

    def terms(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {name: {} for name in self.published.dimensions()}
        sql = f"""SELECT dimension, ifnull(term, '{NONE}'), count(DISTINCT {self.unit})
            FROM placement JOIN chosen USING (finding) GROUP BY dimension, term"""
        for dimension, term, number in self.published.rows(sql):
            found[dimension][term] = number
        return found

    def listed(self, spec: dict[str, Any], place: dict[str, str]) -> dict[str, Any]:
        """Return the reports and findings that stand at a place."""
        frame, colours = spec["frame"], spec["selection"].get("colours")
        wanted = [
            {"dimension": frame[dimension], "mode": "any", "terms": [place[side]]}
            for side, dimension in (("row", "rows"), ("column", "columns"))
            if side in place
        ]
        if "segment" in place:
            of_segment = [
                term
                for term, segment in segments(self.published, colours).items()
                if segment == place["segment"]
            ]
            wanted.append({"dimension": colours, "mode": "any", "terms": of_segment})
        conditions = [_condition(one) for one in wanted]
        where = " AND ".join(condition for condition, _ in conditions) or "1"
        values = [value for _, own in conditions for value in own]
        sql = f"""SELECT DISTINCT finding, record, {self.unit} FROM placement JOIN chosen USING (finding)
            WHERE {where}"""
        rows = self.published.rows(sql, *values)
        return {
            "count": len({row[2] for row in rows}),
            "reports": sorted({row[1] for row in rows}),
            "findings": sorted(row[0] for row in rows),
        }


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))


def _condition(one: Selection) -> tuple[str, list[str]]:
    """Return what a finding must fulfil, in SQL, and the values in it."""
    with_term = "finding IN (SELECT finding FROM placement WHERE dimension = ? AND {})"

    def having(term: str) -> tuple[str, list[str]]:
        if term == NONE:
            return with_term.format("term IS NULL"), [one["dimension"]]
        return with_term.format("term = ?"), [one["dimension"], term]

    if one["mode"] == "range":
        years = with_term.format(
            "CAST(term AS INTEGER) BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)"
        )
        return years, [one["dimension"], *one["terms"]]
    each = [having(term) for term in one["terms"]]
    values = [value for _, own in each for value in own]
    join = " AND " if one["mode"] == "all" else " OR "
    together = f"({join.join(condition for condition, _ in each)})"
    return (f"NOT {together}" if one["mode"] == "none" else together), values


def segments(published: Published, dimension: str) -> dict[str, str]:
    """Return the segment of each top term that is used: beyond six, the sixth gathers the rest."""
    sql = """SELECT DISTINCT id, position FROM term
        JOIN placement ON placement.dimension = term.dimension AND placement.term = term.id
        WHERE term.dimension = ? AND parent IS NULL ORDER BY position"""
    used = [row[0] for row in published.rows(sql, dimension)]
    if len(used) <= 6:
        return {term: term for term in used}
    return {term: term if index < 5 else "_other" for index, term in enumerate(used)}


def random_filter(published: Published, random: Random, dimension: str) -> Selection:
    years = dimension in {"year", "collection-year"}
    mode = random.choice(["any", "all", "none", *(["range"] * 3 if years else [])])
    if mode == "range":
        terms = sorted(str(random.randint(1990, 2027)) for _ in range(2))
    else:
        known = published.used(dimension) if random.random() < 0.8 else published.terms(dimension)
        wanted = random.choice((1, 1, 2, 3)) if mode == "all" else random.choice((1, 2, 4, 8))
        terms = random.sample(known, min(wanted, len(known)))
    return {"dimension": dimension, "mode": mode, "terms": terms}


def random_specs(published: Published, seed: int) -> Iterator[dict[str, Any]]:
    """Yield selections, each with a map of its own, places to list and terms to ask about."""
    random = Random(seed)
    dimensions = published.dimensions()
    published_maps = published.rows("SELECT row_dimension, column_dimension FROM map ORDER BY position")
    keys = [row[0] for row in published.rows("SELECT key FROM record ORDER BY key")]
    for number in range(SELECTIONS):
        rows, columns = random.choice(published_maps) if number % 2 else random.sample(dimensions, 2)
        colours = random.choice([*dimensions, "none"])
        filtered = random.sample(dimensions, random.choice((0, 1, 1, 2, 2, 3)))
        filters = [random_filter(published, random, dimension) for dimension in filtered]
        places = [{"row": random.choice(published.terms(rows))} for _ in range(2)]
        places += [{"column": random.choice(published.terms(columns))}]
        places += [
            {
                "row": random.choice(published.terms(rows)),
                "column": random.choice(published.terms(columns)),
            }
            for _ in range(3)
        ]
        if colours != "none" and (known := sorted(set(segments(published, colours).values()))):
            places += [{"segment": random.choice(known)}]
            places += [{**places[0], "segment": random.choice(known)}]
        asked = [
            (
                dimension,
                random.sample(published.terms(dimension), min(CHOICES, len(published.terms(dimension)))),
            )
            for dimension in dict.fromkeys([*filtered, random.choice(dimensions)])
        ]
        yield {
            "frame": {
                "rows": rows,
                "columns": columns,
                "segments": None,
                "unit": random.choice(list(UNITS)),
            },
            "selection": {"filters": filters, "colours": colours},
            "places": places,
            "asked": asked,
            "found": random.sample(keys, max(1, len(keys) // 2)) if random.random() < 0.25 else None,
        }


def expected(published: Published, spec: dict[str, Any]) -> dict[str, Any]:
    """Return what the database says of a selection."""
    frame, filters = spec["frame"], spec["selection"]["filters"]
    colours = spec["selection"]["colours"]
    asked = Asked(published, spec, filters)
    numbers: dict[str, Any] = {
        "total": asked.total(),
        "cells": asked.cells(frame["rows"], frame["columns"]),
        "segments": {}
        if colours == "none"
        else asked.segments(frame["rows"], frame["columns"], colours),
        "terms": asked.terms(),
        "lists": [asked.listed(spec, place) for place in spec["places"]],
        "choices": {},
    }
    for dimension, terms in spec["asked"]:
        numbers["choices"][dimension] = {
            term: Asked(published, spec, with_choice(filters, dimension, term)).total() for term in terms
        }
    return numbers


def with_choice(filters: list[Selection], dimension: str, term: str) -> list[Selection]:
    """Return the filters with *term* chosen: alone where any will do, else besides those chosen."""
    own = next((one for one in filters if one["dimension"] == dimension), None)
    others = [one for one in filters if one is not own]
    if own is None or own["mode"] in {"any", "range"}:
        return [*others, {"dimension": dimension, "mode": "any", "terms": [term]}]
    return [*others, {**own, "terms": [*own["terms"], term]}]


def test_random_selections_count_what_the_database_says(published: Published) -> None:
    specs = list(random_specs(published, seed=7))
    shown = published.counted(specs)
    chosen = 0
    for spec, numbers in zip(specs, shown, strict=True):
        for listed in numbers["lists"]:
            listed["reports"].sort()
            listed["findings"].sort()
        wanted = expected(published, spec)
        for name, value in wanted.items():
            assert numbers[name] == value, (name, spec)
        chosen += numbers["total"] > 0
    assert chosen > len(specs) / 3, "too many of the selections choose nothing"


def test_without_a_selection_all_three_agree(published: Published) -> None:
    """The static table, the database and the live map, for each published map."""
    with Evidence(published.file) as evidence:
        tables = map_tables(evidence)
    shown = published.counted([_plain(table) for table in tables])
    for table, numbers in zip(tables, shown, strict=True):
        assert numbers["total"] == table.total
        assert numbers["cells"] == _cells(table)
        assert numbers["segments"] == {
            f"{row}/{column}/{segment.id}": number
            for (row, column), cell in table.cells.items()
            for segment, number in cell.segments
        }
        for dimension, headings in (
            (table.row_dimension, table.rows),
            (table.column_dimension, table.columns),
        ):
            assert numbers["terms"][dimension] == {own.id: own.count for own in headings if own.count}
        plural = {"study": "studies", "report": "reports", "finding": "findings"}[table.unit]
        sql = f"""SELECT ifnull(row_term, '{NONE}') || '/' || ifnull(column_term, '{NONE}'), {plural}
            FROM map_cell WHERE map = ?"""
        assert numbers["cells"] == dict(published.rows(sql, table.id))


def _plain(table: MapTable) -> dict[str, Any]:
    frame = {
        "rows": table.row_dimension,
        "columns": table.column_dimension,
        "segments": table.segment_dimension,
        "unit": table.unit,
    }
    selection = {"filters": [], "colours": ""}
    return {"frame": frame, "selection": selection, "places": [], "asked": [], "found": None}


def _cells(table: MapTable) -> dict[str, int]:
    return {f"{row}/{column}": cell.count for (row, column), cell in table.cells.items() if cell.count}


GRID = """() => [...document.querySelectorAll("#em-grid a[data-at]")].map((cell) => {
  const kinds = ["nothing", "apart", "outside", "filtered"];
  const { classList } = cell.closest("td");
  const empty = kinds.find((kind) => classList.contains(`em-empty--${kind}`)) ?? "";
  return [cell.dataset.at, Number(cell.querySelector("text")?.textContent ?? 0), empty];
})"""


FINISHED = """() => {
  const cells = [...document.querySelectorAll("#em-grid a[data-at]")];
  return cells.length > 0 && cells.every((cell) => cell.hasAttribute("aria-label"));
}"""
"""Cells out of sight are drawn when the page has time."""


def test_the_page_shows_the_numbers_of_the_table(published: Published) -> None:
    """What is drawn in the live grid is what the build drew, empty cells and their kinds included."""
    with Evidence(published.file) as evidence:
        tables = map_tables(evidence)
    for table in tables:
        published.page.goto(f"{published.base}embed/{table.id}/")
        published.page.wait_for_selector("#em-map[data-live]")
        if (button := published.page.get_by_role("button", name="Open groups")).is_visible():
            button.click()
        until(published.page, FINISHED)
        shown = {place: (count, empty) for place, count, empty in published.page.evaluate(GRID)}
        assert shown == {
            f"{row}/{column}": (cell.count, "" if cell.count else cell.empty)
            for (row, column), cell in table.cells.items()
        }
