"""Records that hold nothing but an identifier, for a person to fill in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from anyascii import anyascii

from evidence_map.model.scalars import SLUG
from evidence_map.registries.wanted import KINDS, Wanted, WantedError, wanted
from evidence_map.review import Review
from evidence_map.yaml_source import Document, read_document

_LONGEST_KEY = 60


@dataclass(frozen=True)
class Skeleton:
    """A record file without a title: “check” points at it until somebody fills it in."""

    key: str
    text: str

    @property
    def file(self) -> PurePosixPath:
        """The file, relative to the review."""
        return PurePosixPath("records") / f"{self.key}.yml"


def skeleton(publication: Wanted, key: str, found_by: Sequence[str], note: str) -> Skeleton:
    """Return the record of a publication of which nothing but the identifier is known.

    :param found_by: ids of the searches that found it.
    :param note: why nothing more is known, as one sentence.
    """
    searches = f"  found_by: [{', '.join(found_by)}]\n" if found_by else ""
    return Skeleton(
        key,
        "reference:\n"
        "  title:  # Fill in the title as printed, then authors, issued, container_title and the rest.\n"
        f"  {publication.kind}: {_scalar(publication.value)}\n"
        "\n"
        "screening:\n"
        "  decision: awaiting\n"
        f"{searches}"
        "\n"
        "notes: |\n"
        f"  {note}\n",
    )


def _scalar(value: str) -> str:
    """Return *value* as YAML reads it back: plain where that is certain."""
    return value if re.fullmatch(r"[\w./:()-]*[\w/)]", value) else "'" + value.replace("'", "''") + "'"


def skeleton_key(publication: Wanted, taken: Collection[str]) -> str:
    """Return a key made from an identifier that is not *taken*: ``doi-10-5555-tea-1``."""
    value = publication.value
    if publication.kind == "url":
        parts = urlsplit(value)
        value = f"{(parts.hostname or '').removeprefix('www.')}-{parts.path}"
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(value).lower()).strip("-")
    stem = words if publication.kind == "pmcid" else f"{publication.kind}-{words}"
    stem = stem[:_LONGEST_KEY].strip("-")
    if not re.fullmatch(SLUG, stem):
        stem = publication.kind
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


class Holders:
    """Which records hold an identifier, those that are not filled in among them."""

    def __init__(self, review: Review) -> None:
        """Remember the identifiers of all records of *review* that can be read at all."""
        self._keys: dict[tuple[str, str], str] = {}
        for key, record in review.records.items():
            for kind in KINDS:
                if value := getattr(record.value.reference, kind):
                    self.add(kind, value, key)
        for key in review.faulty.keys() - review.records.keys():
            for name, value in _identifiers(review.root, key):
                self.add(name, value, key)

    def add(self, kind: str, value: str, key: str) -> None:
        """Remember that the record *key* holds an identifier."""
        self._keys.setdefault((kind, value), key)

    def holder(self, publication: Wanted) -> str | None:
        """Return the key of the record that holds the identifier of *publication*, if one does."""
        return self._keys.get((publication.kind, publication.value))


def _identifiers(root: Path, key: str) -> Iterator[tuple[str, str]]:
    """Yield the identifiers in a record that is not valid, as a skeleton is."""
    path = PurePosixPath("records") / f"{key}.yml"
    document = read_document(root / path, path)
    content = document.plain() if isinstance(document, Document) else None
    reference = content.get("reference") if isinstance(content, dict) else None
    if not isinstance(reference, dict):
        return
    for kind in KINDS:
        value = reference.get(kind)
        if isinstance(value, str):
            try:
                found = wanted(value)
            except WantedError:
                continue
            if found.kind == kind:
                yield kind, found.value
