"""What was published about a paper afterwards, as Crossref tells it.

Two sources meet there: what publishers registered (Crossmark) and what Retraction Watch collected.
They are asked from both ends: the paper names what updated it, and notices name what they update,
sometimes dozens of papers at once. Source: Crossref’s REST API, ``updated-by``, ``update-to`` and the
filters ``doi`` and ``updates``, of which several count as “any of”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidence_map.imports.fields import sound
from evidence_map.imports.imported import Imported
from evidence_map.imports.markup import plain
from evidence_map.model.notice import NoticeKind
from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.crossref import NAME, date_of
from evidence_map.registries.described import as_dicts, as_text

BATCH = 20
"""How many DOIs are asked for at once: few enough for the length of an address."""

_MOST_NOTICES = 1_000

_KINDS: dict[str, NoticeKind] = {
    "retraction": "retraction",
    "partial retraction": "partial retraction",
    "withdrawal": "withdrawal",
    "removal": "removal",
    "expression of concern": "expression of concern",
    "concern": "expression of concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "addendum": "correction",
    "clarification": "correction",
    "reinstatement": "reinstatement",
}
"""How a record calls what Crossref and Retraction Watch name so; new versions and editions are none."""


@dataclass(frozen=True, slots=True)
class Update:
    """A notice about a paper.

    :ivar doi: the notice’s DOI; the paper’s own where the notice stands on its page; or “”.
    :ivar date: when it was published, or “”.
    :ivar sources: who told it: Crossref (the publisher), Retraction Watch.
    """

    kind: NoticeKind
    doi: str
    date: str
    sources: tuple[str, ...]


def works(client: Client, address: str, dois: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what Crossref says about *dois*, by DOI; those that it does not know are left out.

    :param address: where its REST API stands.
    :raises RegistryError: if it gives no answer.
    """
    asked = set(dois)
    items = _items(client, address, [f"doi:{doi}" for doi in dois], len(dois))
    return {doi: item for item in items if (doi := as_text(item.get("DOI")).lower()) in asked}


def notices(client: Client, address: str, dois: Sequence[str]) -> dict[str, list[Update]]:
    """Return the notices that name one of *dois* as what they update.

    :raises RegistryError: if Crossref gives no answer.
    """
    found: dict[str, list[Update]] = {doi: [] for doi in dois}
    for item in _items(client, address, [f"updates:{doi}" for doi in dois], _MOST_NOTICES):
        for entry in as_dicts(item.get("update-to")):
            updated = as_text(entry.get("DOI")).lower()
            if updated in found and (update := _update(entry, as_text(item.get("DOI")))):
                found[updated].append(update)
    return found


def updates_of(message: dict[str, Any]) -> list[Update]:
    """Return the notices that a work of Crossref names as what updated it."""
    entries = as_dicts(message.get("updated-by"))
    return [update for entry in entries if (update := _update(entry, as_text(entry.get("DOI"))))]


def joined(updates: Iterable[Update]) -> list[Update]:
    """Return *updates*, each notice once, with all who tell it, in the order of their dates."""
    found: dict[tuple[str, str], Update] = {}
    for update in updates:
        known = found.get((update.kind, update.doi))
        sources = tuple(sorted({*(known.sources if known else ()), *update.sources}))
        date = max(known.date if known else "", update.date, key=len)
        found[update.kind, update.doi] = Update(update.kind, update.doi, date, sources)
    return sorted(found.values(), key=lambda update: (update.date, update.kind, update.doi))


def _update(entry: dict[str, Any], notice: str) -> Update | None:
    """Return a notice, with what of it a record can hold; None if it is of no kind that matters."""
    name = plain(as_text(entry.get("type")) or as_text(entry.get("label"))).lower()
    kind = _KINDS.get(name.replace("_", " ").replace("-", " "))
    if kind is None:
        return None
    fields = {"title": "-", "doi": notice, "issued": date_of(entry.get("updated"))}
    imported = Imported(NAME, 1, {name: value for name, value in fields.items() if value})
    sound(imported)
    watch = "retraction-watch" in as_text(entry.get("source"))
    told = imported.fields
    return Update(
        kind, told.get("doi", ""), told.get("issued", ""), ("Retraction Watch" if watch else "Crossref",)
    )


def _items(client: Client, address: str, filters: list[str], rows: int) -> Iterator[dict[str, Any]]:
    parameters = {"filter": ",".join(filters), "rows": str(rows)}
    if client.contact:
        parameters["mailto"] = client.contact
    found = client.json(NAME, f"{address}/works", parameters)
    message = found[0].get("message") if found and isinstance(found[0], dict) else None
    if not isinstance(message, dict) or not isinstance(message.get("items"), list):
        raise RegistryError(f"{NAME} answered, but not with a list of works")
    yield from as_dicts(message["items"])
