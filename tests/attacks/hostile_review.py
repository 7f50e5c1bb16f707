"""A review that is valid, and hostile in every field that takes text.

Of everything that a review can have several of (records, terms, searches and so on) there is one for
each kind of text; what it has once (its protocol) holds all kinds, one behind the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner
from pydantic import BaseModel, TypeAdapter

from evidence_map.cli import main
from evidence_map.model.codebook import Codebook, Dimension, Term
from evidence_map.model.record import Record, SecondExtraction
from evidence_map.model.synthesis import (
    AcceptedWarnings,
    AppraisalTools,
    ChecklistAnswers,
    Maps,
    MapSpecification,
    Protocol,
    ReviewFinding,
    Search,
    SearchLog,
    Studies,
    Study,
    Tool,
)
from tests.attacks.fields import Attack, Place, takes
from tests.attacks.payloads import KINDS, VALUES, payload
from tests.reviews import LIGHTHOUSE

MODELS: list[type[BaseModel]] = [
    *(Record, SecondExtraction, Protocol, Codebook, Maps, Studies, SearchLog),
    *(AppraisalTools, ReviewFinding, ChecklistAnswers, AcceptedWarnings),
]
"""The models of all files of a review."""

EXTRA: dict[str, Any] = {
    "notices": [{"kind": "correction", "date": "2020-01", "doi": "10.5555/notice"}],
    "study": {"may_share_sample_with": ["muster2020"]},
    "codes": {},
}
"""What the record of an invented paper has for the attacks, besides what it has anyway."""


class HostileReview:
    """Writes the review. ``inputs`` holds each text by its name in the text: its field and its kind.

    :param part: which half of the kinds the protocol has, in whose shortest fields not all have room.
    """

    def __init__(self, root: Path, part: int = 0) -> None:
        self.root = root
        self._part = part
        self.inputs: dict[str, tuple[Place, str]] = {}
        self.values: set[tuple[Place, str]] = set()
        self.reached: set[Place] = set()
        self._numbers = count()

    def write(self) -> None:
        """Write all files."""
        shutil.copytree(LIGHTHOUSE, self.root, ignore=shutil.ignore_patterns("build"))
        for stale in (self.root / "synthesis" / "findings").glob("*.md"):
            stale.unlink()
        self._synthesis("codebook.yml", self._codebook)
        self._synthesis("maps.yml", self._maps)
        self._synthesis("searches.yml", lambda old: {"searches": old["searches"] + self._searches(old)})
        self._synthesis("studies.yml", lambda old: {"studies": old["studies"] + self._studies(old)})
        self._synthesis("appraisal.yml", lambda old: {"tools": old["tools"] + self._tools(old)})
        self._synthesis("checklists.yml", self._checklists)
        self._protocol()
        for number, kind in enumerate(KINDS):
            self._record(number, kind)
            self._finding(number, kind)
        self._accepted()
        self._assess()

    def write_protocol_alone(self) -> None:
        """Write a review of which only the protocol is hostile."""
        shutil.copytree(LIGHTHOUSE, self.root, ignore=shutil.ignore_patterns("build"))
        self._protocol()

    # Parts of the review

    def _record(self, number: int, kind: str) -> None:
        written = read(LIGHTHOUSE / "records" / "example2019.yml")
        self._adapt(written, number, kind)
        attack = self._attack(kind, number)
        record = attack.on(Record, written)
        for people in ("authors", "editors"):
            filled = record["reference"][people]
            record["reference"][people] = [name for each in filled for name in _names(each)]
        record["appraisal"].pop("not_appraised")
        dump(self.root / "records" / f"hostile{number}.yml", record)
        second = attack.on(SecondExtraction, {**_shared(written), "screening": None})
        second.pop("screening", None)
        second["appraisal"] = {"not_appraised": second["appraisal"]["not_appraised"]}
        second["setting"] |= {"countries": "not reported", "subdivisions": "not reported"}
        dump(self.root / "records" / f"hostile{number}.second.yml", second)
        self.reached |= attack.reached

    def _adapt(self, written: dict[str, Any], number: int, kind: str) -> None:
        """Give the record of an invented paper what it needs to be one of several hostile ones."""
        written.update({**EXTRA, "study": {**EXTRA["study"], "report_of": f"study{number}"}})
        reference = written["reference"]
        for own in ("doi", "issn"):
            del reference[own]
        reference["issued"] = str(2002 + number)
        written["setting"]["data_collected"] = {"start": "2000", "end": "2001"}
        written["codes"] = {}
        written["screening"]["found_by"] = [f"search{number}"]
        written["sample"]["roles"] = ["keeper", f"crew{number}"]
        written["findings"][0]["codes"]["topic"] = ["company", f"topic{number}"]
        written["appraisal"] |= {
            "tool": f"tool{number}",
            "groups": ["some"],
            "answers": [
                {"item": f"item{each}", "answer": self._answer(number), "locator": "x", "support": "x"}
                for each in range(2)
            ],
        }
        written["extraction"]["adjudication"] = [
            {"field": "setting.countries", "decision": "other", "by": ["x"], "date": "2020-03-01"}
        ]

    def _answer(self, number: int) -> str:
        return payload(KINDS[number], f"zq{number}answer")

    def _finding(self, number: int, kind: str) -> None:
        old = (LIGHTHOUSE / "synthesis" / "findings" / "company-matters.md").read_text("utf-8")
        written = yaml.load(old.split("---")[1], yaml.CBaseLoader)
        written["contributing"] = [f"hostile{number}#company", "example2019#company"]
        written["codes"] = {"topic": [f"topic{number}"]}
        del written["cerqual"]["evidence"]
        attack = self._attack(kind, number)
        matter = attack.on(ReviewFinding, written)
        self.reached |= attack.reached
        body = attack.text(("ReviewFinding", "(body)"))
        text = (
            f"---\n{written_as_yaml(matter)}---\n\n{body}\n\nSee [@hostile{number}#company, {kind}].\n"
        )
        (self.root / "synthesis" / "findings" / f"hostile-{number}.md").write_text(text, "utf-8")

    def _codebook(self, old: dict[str, Any]) -> dict[str, Any]:
        dimensions = {each["id"]: each for each in old["dimensions"]}
        for name, prefix in (("crew", "crew"), ("topic", "topic")):
            for number, kind in enumerate(KINDS):
                written = {"id": f"{prefix}{number}", "label": "x", "definition": "x"}
                term = self._attacked(Term, written, kind, number)
                term.pop("terms", None)
                dimensions[name]["terms"].append(term)
        for number, kind in enumerate(KINDS):
            term = {"id": "a", "label": "x", "definition": "x"}
            empty = {**term, "id": f"dimension{number}", "applies_to": "findings", "terms": [term]}
            dimension = self._attacked(Dimension, empty, kind, number)
            for own in dimension["terms"]:
                own.pop("terms", None)
            dimensions[dimension["id"]] = dimension
        return {"dimensions": list(dimensions.values())}

    def _maps(self, old: dict[str, Any]) -> dict[str, Any]:
        made = []
        for number, kind in enumerate(KINDS):
            written = {
                **{"id": f"map{number}", "title": "x", "question": "x", "unit": "study"},
                **{"rows": "kind", "columns": "approach", "segments": f"dimension{number}"},
                "outside": [{"row": "delight", "column": "counting", "reason": "x"}],
            }
            made.append(self._attacked(MapSpecification, written, kind, number))
        return {"maps": old["maps"] + made}

    def _searches(self, old: dict[str, Any]) -> list[dict[str, Any]]:
        found = []
        for number, kind in enumerate(KINDS):
            written = {**old["searches"][1], "id": f"search{number}", "screened": "in part"}
            found.append(self._attacked(Search, written, kind, number))
        return found

    def _studies(self, old: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            self._attacked(Study, {**old["studies"][0], "id": f"study{number}"}, kind, number)
            for number, kind in enumerate(KINDS)
        ]

    def _tools(self, old: dict[str, Any]) -> list[dict[str, Any]]:
        found = []
        for number, kind in enumerate(KINDS):
            written = {
                **{"id": f"tool{number}", "name": "x", "citation": "x"},
                **{"answers": ["yes", self._answer(number)], "signs": {self._answer(number): "?"}},
                "groups": [{"id": "some", "label": "x"}],
                "items": [
                    {"id": "item0", "question": "x"},
                    {"id": "item1", "group": "some", "question": "x"},
                ],
            }
            found.append(self._attacked(Tool, written, kind, number))
        return found

    def _checklists(self, old: dict[str, Any]) -> dict[str, Any]:
        answers = [
            {**old["answers"][0], "item": str(number + 1), "state": "met"}
            for number in range(len(KINDS))
        ]
        attacked = [
            self._attacked(ChecklistAnswers, {"answers": [answer]}, KINDS[number], number)["answers"][0]
            for number, answer in enumerate(answers)
        ]
        return {"answers": attacked}

    def _protocol(self) -> None:
        file = self.root / "synthesis" / "protocol.md"
        _, matter, body = file.read_text("utf-8").split("---", 2)
        written = yaml.load(matter, yaml.CBaseLoader)
        attack = Attack(self._all_kinds)
        text = written_as_yaml(attack.on(Protocol, written))
        self.reached |= attack.reached
        file.write_text(
            f"---\n{text}---\n{body}\n\n{self._all_kinds(('Protocol', '(body)'))}\n", "utf-8"
        )

    def _accepted(self) -> None:
        """Accept a warning, with a reason of all kinds."""
        file = self.root / "records" / "plan2020.yml"
        record = read(file)
        record["screening"].pop("found_by", None)
        dump(file, record)
        entry = {"code": "record-without-search", "path": "records/plan2020.yml", "reason": "x"}
        attack = Attack(self._all_kinds)
        dump(
            self.root / "synthesis" / "accepted.yml", attack.on(AcceptedWarnings, {"accepted": [entry]})
        )
        self.reached |= attack.reached

    def _assess(self) -> None:
        """Let the program record what the assessments rest on."""
        names = [f"hostile-{number}" for number in range(len(KINDS))]
        done = CliRunner().invoke(main, ["assess", "--root", str(self.root), *names])
        assert done.exit_code == 0, done.output

    # Texts

    def _synthesis(self, name: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        file = self.root / "synthesis" / name
        dump(file, change(read(file)))

    def _attacked(
        self, model: type[BaseModel], written: dict[str, Any], kind: str, number: int
    ) -> dict[str, Any]:
        attack = self._attack(kind, number)
        found = attack.on(model, written)
        self.reached |= attack.reached
        return found

    def _attack(self, kind: str, number: int) -> Attack:
        return Attack(
            lambda place: self._text(place, kind), lambda place, own: self._value(place, own, number)
        )

    def _text(self, place: Place, kind: str) -> str:
        canary = f"zq{next(self._numbers)}z"
        self.inputs[canary] = (place, kind)
        # The statement of a review finding must end as a sentence does.
        return payload(kind, canary) + (
            " Crews say that this is so." if place == ("ReviewFinding", "statement") else ""
        )

    def _all_kinds(self, place: Place) -> str:
        return " ".join(self._text(place, kind) for kind in KINDS[self._part :: 2])

    def _value(self, place: Place, adapter: TypeAdapter[Any], number: int) -> str | None:
        """Return a value that a field takes though it looks closely, another for each record."""
        if place[1] not in {"doi", "url", "source"}:
            return None
        fitting = [value for value in VALUES if takes(adapter, value) or takes(adapter, [value])]
        value = fitting[number % len(fitting)]
        self.values.add((place, value))
        return value + (str(number) if place == ("Reference", "doi") else "")


def _names(filled: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a name with all its fields as that of a person and that of a body: none can be both."""
    person = ("family", "given", "particle", "suffix", "orcid")
    return [{part: filled[part] for part in person if part in filled}, {"literal": filled["literal"]}]


def _shared(record: dict[str, Any]) -> dict[str, Any]:
    """Return what a second extraction of a record holds, which is what is extracted from the paper."""
    names = set(SecondExtraction.model_fields) - {"screening"}
    return {name: value for name, value in record.items() if name in names}


def read(file: Path) -> dict[str, Any]:
    """Return what stands in a file, every scalar as text."""
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
    return found


def dump(file: Path, content: dict[str, Any]) -> None:
    file.write_text(written_as_yaml(content), "utf-8")


def written_as_yaml(content: dict[str, Any]) -> str:
    """Return YAML in which nothing has an anchor."""
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=90)


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True
