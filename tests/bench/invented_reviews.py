"""Large reviews of a topic that nobody studies, for measurements and for tests that need many records.

``python -m tests.bench.invented_reviews 10000 FOLDER`` writes one. The same number and seed give the
same files. The codebook is always the same: ten dimensions, among them one of twenty terms in groups
(the rows of the first map) and one of twelve (its columns).
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.invented_details import SEARCHES, Details, search_log
from tests.bench.invented_words import Words, split

GROUPED = dict[str, Any]
"""Terms by id: None for a term, further terms for a group."""

THEMES: GROUPED = {
    "making": dict.fromkeys(("frames", "sails", "tails", "knots")),
    "flying": dict.fromkeys(("launching", "steering", "landing", "mending")),
    "company": dict.fromkeys(("teaching", "rivalry", "friendship", "quarrels")),
    "places": dict.fromkeys(("hills", "beaches", "rooftops", "fences")),
}
FLYERS: GROUPED = dict.fromkeys(
    split("novices builders racers painters judges stewards menders pilots hosts keepers cooks guests")
)
SITES: GROUPED = {
    "outdoors": {
        "shore": dict.fromkeys(("sand", "cliffs")),
        "meadow": None,
        "dunes": None,
    },
    "indoors": dict.fromkeys(("hall", "attic", "barn")),
    "afloat": None,
    "nowhere-fixed": None,
}
METHODS: GROUPED = dict.fromkeys(
    split("watching other asking counting weighing timing drawing filming retelling trying comparing")
)
FURTHER: dict[str, GROUPED] = {
    "approach": dict.fromkeys(("stories", "measures", "both", "papers-on-papers")),
    "gathering": dict.fromkeys(
        split("diaries talks logs sketches scales clocks letters photographs ledgers")
    ),
    "kind": dict.fromkeys(["surprise", "habit", "trouble", "remedy", "wish", "doubt"]),
    "weather": {
        "dry": dict.fromkeys(("breeze", "gale", "calm")),
        "wet": dict.fromkeys(("drizzle", "hail")),
        "fog": None,
    },
    "season": dict.fromkeys(["spring", "summer", "autumn", "winter"]),
    "why-out": dict.fromkeys(["no-kite", "balloon", "duplicate"]),
}
NEVER_COUNTED = "papers-on-papers"

DIMENSIONS: list[tuple[str, str, str, GROUPED]] = [
    ("approach", "records", "design.approach", FURTHER["approach"]),
    ("method", "records", "design.methodology", METHODS),
    ("gathering", "records", "design.data_collection", FURTHER["gathering"]),
    ("flyer", "records", "sample.roles", FLYERS),
    ("site", "records", "setting.service_types", SITES),
    ("theme", "findings", "codes", THEMES),
    ("kind", "findings", "kind", FURTHER["kind"]),
    ("weather", "findings", "codes", FURTHER["weather"]),
    ("season", "records", "codes", FURTHER["season"]),
    ("why-out", "records", "screening.reason", FURTHER["why-out"]),
]
"""Id, what it applies to, its field, and its terms."""

SINGLE = {"approach", "why-out"}

MAPS = [
    {
        "id": "theme-by-flyer",
        "title": "Themes by flyer",
        "question": "What is known about each matter, for whom?",
        "rows": "theme",
        "columns": "flyer",
        "segments": "approach",
        "outside": [{"row": "rooftops", "column": "cooks", "reason": "Cooks stay in the kitchen."}],
    },
    {
        "id": "site-by-theme",
        "title": "Sites by theme",
        "question": "Where was what found?",
        "rows": "site",
        "columns": "theme",
        "segments": "method",
        "unit": "report",
    },
    {
        "id": "kind-by-weather",
        "title": "Kinds of finding by weather",
        "question": "What surprises, and in which weather?",
        "rows": "kind",
        "columns": "weather",
        "segments": "site",
        "unit": "finding",
    },
]

PROTOCOL = """---
title: "Kites of invented islands: a review of {number} invented papers"
short_title: Invented kites
question: What do the kite clubs of invented islands say?
summary: Made by a program, from words that mean nothing.
authors: [The invented kite club]
status: Everything here is made up.
---

## Question

What do invented clubs say?
"""

COUNTRIES = split("NO GB CA US AU DE FR BR IN KE VN PT UA JP KR CN EG IL GR MX ZA NZ SE FI PL")
REGIONS = {"CA": ["CA-BC", "CA-ON"], "GB": ["GB-SCT", "GB-WLS"], "US": ["US-WA"], "AU": ["AU-TAS"]}

DECISIONS = {"included": 88, "excluded": 6, "awaiting": 3, "ongoing": 3}

MOST_STUDIES = 4_500
"""A list in a file of a review has 5,000 entries at most."""


def leaves(terms: GROUPED) -> Iterator[str]:
    """Yield the terms that have no narrower ones."""
    for name, narrower in terms.items():
        if narrower:
            yield from leaves(narrower)
        else:
            yield name


@dataclass
class InventedReview:
    """The files of a review of *number* records."""

    number: int
    seed: int = 1
    random: Random = field(init=False)
    words: Words = field(init=False)
    details: Details = field(init=False)
    studies: list[str] = field(init=False, default_factory=list)
    found: dict[str, int] = field(init=False, default_factory=lambda: dict.fromkeys(SEARCHES, 0))

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.words = Words(self.random)
        self.details = Details(self.random, self.words)
        self.terms = {name: list(leaves(terms)) for name, _, _, terms in DIMENSIONS}
        # Some terms are common and some are rare, not in the order of the codebook.
        self.weights: dict[str, list[float]] = {}
        for name, terms in self.terms.items():
            ranks = [1 / (1 + rank) for rank in range(len(terms))]
            self.random.shuffle(ranks)
            self.weights[name] = ranks

    def write(self, folder: Path) -> None:
        """Write all files below *folder*, in place of a review that stands there."""
        records, synthesis = folder / "records", folder / "synthesis"
        for part in (records, synthesis):
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
        for key, text in self.records():
            (records / f"{key}.yml").write_text(text, "utf-8")
        for name, text in self.synthesis():
            (synthesis / name).write_text(text, "utf-8")

    def records(self) -> Iterator[tuple[str, str]]:
        """Yield the key and the text of each record."""
        for key, fields in self.entries():
            yield key, as_yaml(fields)

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the key and the fields of each record, as strings like those that a file gives."""
        for index in range(self.number):
            yield self._record(index)

    def synthesis(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each other file; call it after :meth:`records`."""
        dimensions = [
            {
                "id": name,
                "label": name.replace("-", " ").capitalize(),
                "definition": f"An invented question about the {name.replace('-', ' ')}.",
                "applies_to": applies_to,
                "field": place,
                "several": str(name not in SINGLE).lower(),
                "groups_can_be_coded": str(name == "site").lower(),
                "terms": list(_terms(terms)),
            }
            for name, applies_to, place, terms in DIMENSIONS
        ]
        studies = [
            {"id": name, "label": name.upper(), "title": f"The study {name}"} for name in self.studies
        ]
        yield "protocol.md", PROTOCOL.format(number=f"{self.number:,}")
        yield "codebook.yml", as_yaml({"dimensions": dimensions})
        yield "maps.yml", as_yaml({"maps": MAPS})
        if searches := search_log(self.found):
            yield "searches.yml", as_yaml({"searches": searches})
        if studies:
            yield "studies.yml", as_yaml({"studies": studies})

    def _some(self, dimension: str, numbers: Iterable[int]) -> list[str]:
        """Return terms of a dimension, as many as one of *numbers*, none of them twice."""
        number = self.random.choice(list(numbers))
        terms = self.random.choices(self.terms[dimension], self.weights[dimension], k=number)
        return list(dict.fromkeys(terms))

    def _record(self, index: int) -> tuple[str, dict[str, Any]]:
        random, words = self.random, self.words
        year = 1994 + int(random.triangular(0, 32, 27))
        key = f"{words.plain(1)}{year}-{index}"
        decision = random.choices(list(DECISIONS), list(DECISIONS.values()))[0]
        record: dict[str, Any] = {
            "reference": self._reference(index, year),
            "study": self._study(),
            "screening": {"decision": decision, "found_by": self.details.found_by()},
        }
        for search in record["screening"]["found_by"]:
            self.found[search] += 1
        if decision == "excluded":
            record["screening"]["reason"] = self._some("why-out", (1,))[0]
        # What is ongoing or awaits a decision is often known by its title alone.
        if decision == "included" or random.random() < 0.5:
            record |= self._sections(year, has_findings=decision == "included" or random.random() < 0.5)
        return key, {name: value for name, value in record.items() if value}

    def _reference(self, index: int, year: int) -> dict[str, Any]:
        random, words = self.random, self.words
        month = random.choice(("", "-03", "-07", "-11-05"))
        return {
            "title": words.title(),
            "authors": [
                {"literal": person.literal}
                if person.literal
                else {"family": person.family, "given": person.given}
                for person in words.people()
            ],
            "issued": "not reported" if random.random() < 0.01 else f"{year}{month}",
            "container_title": words.plain(random.randint(2, 5)).title(),
            "volume": str(random.randint(1, 80)),
            "page": f"{index % 900 + 1}-{index % 900 + 12}",
            "doi": f"10.5555/kite.{index}",
        }

    def _study(self) -> dict[str, str]:
        """Return which study a report belongs to; most stand alone."""
        random = self.random
        if self.studies and random.random() < 0.12:
            return {"report_of": random.choice(self.studies[-12:])}
        if random.random() < 0.06 and len(self.studies) < MOST_STUDIES:
            self.studies.append(f"kite-study-{len(self.studies) + 1}")
            return {"report_of": self.studies[-1], "part": "main results"}
        return {}

    def _sections(self, year: int, *, has_findings: bool) -> dict[str, Any]:
        random = self.random
        countries = list(dict.fromkeys(random.choices(COUNTRIES, k=random.choice((1, 1, 1, 1, 2, 3)))))
        start = year - random.randint(1, 4)
        setting: dict[str, Any] = {
            "countries": countries,
            "service_types": self._some("site", (1, 1, 2)),
        }
        if regions := [region for country in countries for region in REGIONS.get(country, [])[:1]]:
            setting["subdivisions"] = regions
        if random.random() < 0.1:
            setting["service_types"] = [random.choice(("outdoors", "shore", "indoors"))]
        if random.random() < 0.6:
            setting["data_collected"] = {
                "start": str(start),
                "end": str(start + random.choice((0, 0, 1))),
            }
        sections: dict[str, Any] = {
            "extraction": self.details.extraction(
                f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
            ),
            "design": {
                **self.details.design(),
                "approach": self._some("approach", (1,))[0],
                "methodology": self._some("method", (1, 1, 2)),
                "data_collection": self._some("gathering", (1, 1, 2, 3)),
            },
            "sample": {**self.details.sample(), "roles": self._some("flyer", (1, 1, 2, 3))},
            "setting": setting,
        }
        if random.random() < 0.08:
            sections["sample"]["roles"] = "not reported"
        if has_findings:
            sections["findings"] = [
                self._finding(name) for name in range(random.choice((1, 2, 3, 3, 4, 6)))
            ]
        if random.random() < 0.7:
            sections["codes"] = {"season": self._some("season", (1, 2))}
        return sections | self.details.last_sections()

    def _finding(self, number: int) -> dict[str, Any]:
        codes = {
            "theme": self._some("theme", (1, 1, 2, 3)),
            "weather": self._some("weather", (0, 1, 1, 2)),
        }
        if self.random.random() < 0.05:
            del codes["theme"]
        finding = {
            "id": f"f{number + 1}",
            "statement": self.words.statement(),
            "locator": f"Results, section {number + 1}",
            "kind": self._some("kind", (0, 1, 1, 2)),
            "codes": {name: terms for name, terms in codes.items() if terms},
            "quotes": self.details.quotes(),
        }
        return {name: value for name, value in finding.items() if value}


def _terms(terms: GROUPED) -> Iterator[dict[str, Any]]:
    for name, narrower in terms.items():
        label = name.replace("-", " ").capitalize()
        term = {"id": name, "label": label, "definition": f"What is called {label.lower()} here."}
        if name == NEVER_COUNTED:
            term["counts_as_study"] = "false"
        yield term | ({"terms": list(_terms(narrower))} if narrower else {})


def as_yaml(value: dict[str, Any]) -> str:
    """Return *value* as YAML in blocks; a general writer takes ten times as long."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, str):
                yield f"{name}: {_scalar(part)}"
            elif isinstance(part, list) and all(isinstance(each, str) for each in part):
                yield f"{name}: [{', '.join(map(_scalar, part))}]"
            else:
                yield f"{name}:"
                yield from ("  " + line for line in _lines(part))
    else:
        for part in value:
            first, *rest = _lines(part)
            yield f"- {first}"
            yield from ("  " + line for line in rest)


def _scalar(text: str) -> str:
    plain = text.replace(" ", "").replace("-", "")
    return (
        text
        if plain.isascii() and plain.isalnum() and text[0] != "-"
        else json.dumps(text, ensure_ascii=False)
    )


def main() -> None:
    """Write a review, as the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a large review of invented papers.")
    parser.add_argument("number", type=int, help="how many records")
    parser.add_argument("folder", type=Path, help="where records/ and synthesis/ are written")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another review")
    arguments = parser.parse_args()
    InventedReview(arguments.number, arguments.seed).write(arguments.folder)


if __name__ == "__main__":
    main()
