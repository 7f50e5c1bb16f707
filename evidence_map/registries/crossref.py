"""Publications as Crossref describes them.

Source: the format of works of Crossref's REST API, and its vocabularies of types, of updates
(Crossmark) and of relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from evidence_map.imports.languages import language_code
from evidence_map.imports.markup import plain
from evidence_map.imports.names import NameParts, person
from evidence_map.imports.reference_types import CROSSREF_TYPES
from evidence_map.model.notice import TOLD_IN_TITLE
from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.described import Described, as_dicts, as_text, as_texts, gravity

NAME = "Crossref"
ADDRESS = "https://api.crossref.org"

_IN_BOOKS = {"chapter", "entry", "paper-conference"}

_RELATIONS = {
    "has-preprint": "has the preprint",
    "is-preprint-of": "is a preprint of",
    "has-version": "has the version",
    "is-version-of": "is a version of",
    "is-same-as": "is the same as",
    "is-identical-to": "is the same as",
    "replaces": "replaces",
    "is-replaced-by": "is replaced by",
    "has-manuscript": "has the manuscript",
    "is-manuscript-of": "is the manuscript of",
    "has-translation": "has the translation",
    "is-translation-of": "is a translation of",
    "has-comment": "has the comment",
    "is-comment-on": "is a comment on",
    "has-reply": "has the reply",
    "is-reply-to": "is a reply to",
    "is-review-of": "is a review of",
    "is-variant-form-of": "is another form of",
    "is-original-form-of": "is the original form of",
}
_CREATIVE_COMMONS = re.compile(
    r"(?i)https?://creativecommons\.org/(?:licenses/(by(?:-(?:nc|nd|sa))*)/([0-9.]+)|publicdomain/zero/1\.0)"
)


def described(client: Client, address: str, doi: str) -> Described | None:
    """Return what Crossref says about *doi*, or None where it does not know it.

    :param address: where its REST API stands.
    :raises RegistryError: if it gives no answer.
    """
    found = work(client, address, doi)
    return None if found is None else read(found[0], doi, found[1])


def work(client: Client, address: str, doi: str) -> tuple[dict[str, Any], str] | None:
    """Return the work with *doi* as Crossref has it, and the day of the answer; None if it has none.

    :raises RegistryError: if it gives no answer.
    """
    parameters = {"mailto": client.contact} if client.contact else {}
    found = client.json(NAME, f"{address}/works/{quote(doi, safe='')}", parameters)
    if found is None:
        return None
    value, answer = found
    message = value.get("message") if isinstance(value, dict) else None
    if not isinstance(message, dict) or not as_text(message.get("DOI")):
        raise RegistryError(f"{NAME} answered, but not with a description of a work")
    return message, answer.day


def read(message: dict[str, Any], doi: str, day: str) -> Described:
    """Return what a work of Crossref's REST API says.

    :param message: the work.
    :param doi: the DOI that was asked for.
    :param day: the day of the answer.
    """
    found = Described(NAME, f"DOI {doi}", day)
    fields = found.fields
    kind = as_text(message.get("type"))
    fields["title"] = _title(message)
    fields["original_title"] = plain(as_text(message.get("original-title")))
    fields["type"] = CROSSREF_TYPES.get(kind, "document")
    if kind not in CROSSREF_TYPES:
        found.remarks.append(f"{NAME} calls it “{plain(kind)[:60]}”, which is no type of CSL.")
    fields["authors"] = _people(message.get("author"))
    fields["editors"] = _people(message.get("editor"))
    fields["issued"] = date_of(message.get("issued"))
    for name in ("volume", "issue", "page"):
        fields[name] = plain(as_text(message.get(name)))
    fields["number"] = plain(as_text(message.get("article-number") or message.get("report-number")))
    fields["edition"] = plain(as_text(message.get("edition-number")))
    fields["doi"] = as_text(message.get("DOI"))
    fields["issn"] = as_text(message.get("ISSN"))
    fields["isbn"] = as_text(message.get("ISBN")).rpartition("/")[2]
    fields["language"] = language_code(as_text(message.get("language"))) or ""
    fields["licence"] = _licence(message.get("license"))
    fields |= _place(message, kind)
    found.keep_sound()
    if (other := found.fields.get("doi")) and other != doi:
        found.remarks.append(f"{NAME} describes it under another DOI than {doi}: {other}.")
    found.remarks += _dates_apart(message, found.fields.get("issued", ""))
    found.notices = sorted(dict.fromkeys(_notices(message)), key=gravity)
    if not found.notices and (match := TOLD_IN_TITLE.match(found.fields.get("title", ""))):
        found.notices = [f"The title at {NAME} begins with “{match.group()}”."]
    found.relations = list(dict.fromkeys(_relations(message)))
    return found


def _title(message: dict[str, Any]) -> str:
    title = plain(as_text(message.get("title")))
    subtitle = plain(as_text(message.get("subtitle")))
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title or subtitle
    return f"{title}{'' if title.endswith((':', '?', '!')) else ':'} {subtitle}"


def _people(value: Any) -> list[NameParts]:
    return [parts for entry in as_dicts(value) if (parts := _name(entry))]


def _name(entry: dict[str, Any]) -> NameParts | None:
    texts = {name: plain(as_text(entry.get(name))) for name in ("family", "given", "suffix", "name")}
    family, given = texts["family"], texts["given"]
    if not family:
        literal = texts["name"] or given
        return {"literal": literal} if literal else None
    parts = {"family": family}
    if given:
        # The particle stands in the family name: “van Muster”.
        split = person(f"{family}, {given}") if "," not in family + given else None
        if split and "family" in split and split.get("given") == given:
            parts = {name: split[name] for name in ("family", "particle") if name in split}
        parts["given"] = given
    if texts["suffix"]:
        parts["suffix"] = texts["suffix"]
    orcid = as_text(entry.get("ORCID")).rpartition("/")[2]
    if re.fullmatch(r"[0-9]{4}(?:-[0-9]{4}){2}-[0-9]{3}[0-9X]", orcid):
        parts["orcid"] = orcid
    return parts


def date_of(value: Any) -> str:
    """Return a date of Crossref, as exact as it is: ``{"date-parts": [[2021, 3]]}``."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers: list[int] = []
    for part in first[:3]:
        if not str(part).isdecimal():
            break
        numbers.append(int(part))
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])]) if numbers else ""


def _dates_apart(message: dict[str, Any], issued: str) -> Iterator[str]:
    for name, called in (("published-print", "in print"), ("published-online", "online")):
        date = date_of(message.get(name))
        if date and issued and date[:4] != issued[:4]:
            yield f"{NAME} dates it {date} {called}; the date taken is the earlier one, {issued}."


def _place(message: dict[str, Any], kind: str) -> dict[str, str]:
    """Return where it stands and who publishes it; of a journal the publisher is not needed."""
    containers = [plain(text) for text in as_texts(message.get("container-title"))]
    # Of two, the first is the series, in which the book stands that holds the chapter.
    container = (containers or [""])[-1 if CROSSREF_TYPES.get(kind) in _IN_BOOKS else 0]
    institutions = [plain(as_text(entry.get("name"))) for entry in as_dicts(message.get("institution"))]
    institution = next(iter(institutions), "")
    publisher = plain(as_text(message.get("publisher")))
    if kind == "posted-content":
        container = container or institution or plain(as_text(message.get("group-title")))
    elif institution:
        publisher = institution
    if kind == "journal-article":
        return {"container_title": container}
    return {
        "container_title": container,
        "publisher": publisher,
        "publisher_place": plain(as_text(message.get("publisher-location"))),
    }


def _licence(value: Any) -> str:
    """Return the Creative Commons licence of the published version; others have no common name."""
    for entry in as_dicts(value):
        match = _CREATIVE_COMMONS.match(as_text(entry.get("URL")))
        delayed = str(entry.get("delay-in-days") or 0) != "0"
        if match and not delayed and as_text(entry.get("content-version")) in {"vor", "unspecified", ""}:
            return f"CC {match[1].upper()} {match[2]}" if match[1] else "CC0 1.0"
    return ""


def _notices(message: dict[str, Any]) -> Iterator[str]:
    for entry in as_dicts(message.get("updated-by")):
        kind, doi, day = _update(entry)
        watch = "retraction-watch" in as_text(entry.get("source"))
        source = f"{NAME}, from Retraction Watch" if watch else NAME
        said = f"This publication has been retracted (notice: DOI {doi}{day})"
        if "retract" not in kind or "partial" in kind:
            said = f"There is a notice about this publication: {kind}, DOI {doi}{day}"
        yield f"{said}, says {source}."
    for entry in as_dicts(message.get("update-to")):
        kind, doi, day = _update(entry)
        yield f"This is itself a notice ({kind}) about DOI {doi}{day}, says {NAME}."


def _update(entry: dict[str, Any]) -> tuple[str, str, str]:
    kind = plain(as_text(entry.get("label")) or as_text(entry.get("type"))).replace("_", " ").lower()
    date = date_of(entry.get("updated"))
    return kind or "update", plain(as_text(entry.get("DOI"))) or "not told", f", {date}" if date else ""


def _relations(message: dict[str, Any]) -> Iterator[str]:
    relations = message.get("relation")
    if not isinstance(relations, dict):
        return
    for name, words in _RELATIONS.items():
        for entry in as_dicts(relations.get(name)):
            identifier = plain(as_text(entry.get("id")))
            kind = as_text(entry.get("id-type"))
            shown = f"{'DOI' if kind == 'doi' else plain(kind)} {identifier}".strip()
            if identifier:
                yield f"It {words} {shown}, says {NAME}."
