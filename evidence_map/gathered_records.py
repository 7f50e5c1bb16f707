"""The records of a review, gathered from the judgements of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evidence_map.judgements import Judgement
from evidence_map.model import Record, SecondExtraction
from evidence_map.problems import Problem
from evidence_map.record_facts import RecordFacts
from evidence_map.record_files import SECOND, RecordFiles, Records, SecondExtractions
from evidence_map.review import Located, Review


@dataclass
class GatheredRecords:
    """The records as they were judged: what a review says of them."""

    facts: dict[str, RecordFacts] = field(default_factory=dict)
    rows: dict[str, bytes] = field(default_factory=dict)
    faulty: dict[str, frozenset[str]] = field(default_factory=dict)
    seconds: list[str] = field(default_factory=list)
    records_made: dict[str, Located[Record]] = field(default_factory=dict)
    seconds_made: dict[str, Located[SecondExtraction]] = field(default_factory=dict)
    documents: list[tuple[str, tuple[bool, bool]]] = field(default_factory=list)

    def add(self, judged: Judgement) -> None:
        """Take over what was found of one record."""
        key = judged.key
        record, second = judged.models
        if judged.facts is not None:
            self.facts[key] = judged.facts
        if judged.rows is not None:
            self.rows[key] = judged.rows
        if judged.cut is not None:
            self.faulty[key] = judged.cut
        if judged.second_is_sound:
            self.seconds.append(key)
        if judged.second_is_faulty:
            self.faulty[f"{key}.second"] = frozenset()
        if record is not None:
            self.records_made[key] = record
        if second is not None:
            self.seconds_made[key] = second
        self.documents.append((key, judged.documents))

    def within(self, review: Review, files: list[RecordFiles], texts: dict[str, str]) -> Review:
        """Return *review* with the records, of which *files* hold the content."""
        held = {each.key: each for each in files}
        every: dict[str, str | bytes] = dict(texts)
        for key, (record, second) in self.documents:
            if record:
                every[f"records/{key}.yml"] = _bytes(held[key].record)
            if second:
                every[f"records/{key}{SECOND}"] = _bytes(held[key].second)
        records = {key: _bytes(held[key].record) for key in self.facts}
        seconds = {key: _bytes(held[key].second) for key in sorted(self.seconds)}
        return replace(
            review,
            records=Records(records, self.records_made, self.facts, self.rows),
            seconds=SecondExtractions(seconds, self.seconds_made),
            faulty=dict(sorted(self.faulty.items(), key=_seconds_last)),
            files=every,
        )


def _seconds_last(faulty: tuple[str, frozenset[str]]) -> bool:
    return "." in faulty[0]


def _bytes(content: bytes | Problem | None) -> bytes:
    assert isinstance(content, bytes)
    return content
