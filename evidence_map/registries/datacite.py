"""Publications as DataCite describes them.

Source: DataCite Metadata Schema 4, with its controlled lists, in the form of DataCite's REST API.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args
from urllib.parse import quote

from evidence_map.imports.languages import language_code
from evidence_map.imports.markup import plain
from evidence_map.imports.names import NameParts, person
from evidence_map.imports.reference_types import DATACITE_TYPES
from evidence_map.model.reference import CslType
from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.described import Described, as_dicts, as_text, gravity

NAME = "DataCite"
ADDRESS = "https://api.datacite.org"

_CSL = frozenset(get_args(CslType))
_RELATIONS = {
    "HasTranslation": "has the translation",
    "HasVersion": "has the version",
    "IsIdenticalTo": "is the same as",
    "IsNewVersionOf": "is a new version of",
    "IsObsoletedBy": "is replaced by",
    "IsOriginalFormOf": "is the original form of",
    "IsPreviousVersionOf": "is an earlier version of",
    "IsPublishedIn": "is published in",
    "IsTranslationOf": "is a translation of",
    "IsVariantFormOf": "is another form of",
    "IsVersionOf": "is a version of",
    "Obsoletes": "replaces",
}


def described(client: Client, address: str, doi: str) -> Described | None:
    """Return what DataCite says about *doi*, or None where it does not know it.

    :param address: where its REST API stands.
    :raises RegistryError: if it gives no answer.
    """
    found = client.json(NAME, f"{address}/dois/{quote(doi, safe='')}", {})
    if found is None:
        return None
    value, answer = found
    data = value.get("data") if isinstance(value, dict) else None
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(attributes, dict) or not as_text(attributes.get("doi")):
        raise RegistryError(f"{NAME} answered, but not with a description of a work")
    return read(attributes, doi, answer.day)


def read(attributes: dict[str, Any], doi: str, day: str) -> Described:
    """Return what the attributes of a DOI say.

    :param doi: the DOI that was asked for.
    :param day: the day of the answer.
    """
    found = Described(NAME, f"DOI {doi}", day)
    fields = found.fields
    titles = as_dicts(attributes.get("titles"))
    fields["title"] = _title(titles)
    fields["type"] = _type(attributes, found)
    fields["authors"] = [
        name for entry in as_dicts(attributes.get("creators")) if (name := _name(entry))
    ]
    fields["editors"] = [
        name
        for entry in as_dicts(attributes.get("contributors"))
        if entry.get("contributorType") == "Editor" and (name := _name(entry))
    ]
    fields["issued"] = _issued(attributes)
    fields["doi"] = as_text(attributes.get("doi"))
    fields["language"] = language_code(as_text(attributes.get("language"))) or ""
    fields["licence"] = _licence(attributes.get("rightsList"))
    publisher = attributes.get("publisher")
    fields["publisher"] = plain(
        as_text(publisher.get("name") if isinstance(publisher, dict) else publisher)
    )
    fields |= _container(attributes)
    found.keep_sound()
    if attributes.get("state") not in (None, "findable"):
        found.notices.append(f"{NAME} no longer lists this DOI: it may have been withdrawn.")
    found.notices += _withdrawn(attributes)
    found.notices.sort(key=gravity)
    found.relations = list(dict.fromkeys(_relations(attributes)))
    return found


def _title(titles: list[dict[str, Any]]) -> str:
    main = next((plain(as_text(t.get("title"))) for t in titles if not t.get("titleType")), "")
    subtitle = next(
        (plain(as_text(t.get("title"))) for t in titles if t.get("titleType") == "Subtitle"), ""
    )
    if not main or not subtitle or subtitle.casefold() in main.casefold():
        return main
    return f"{main}{'' if main.endswith((':', '?', '!')) else ':'} {subtitle}"


def _type(attributes: dict[str, Any], found: Described) -> str:
    types = attributes.get("types")
    types = types if isinstance(types, dict) else {}
    general = as_text(types.get("resourceTypeGeneral"))
    if general in DATACITE_TYPES:
        return DATACITE_TYPES[general]
    if (own := as_text(types.get("citeproc"))) in _CSL and own != "article":
        return own
    if "preprint" in as_text(types.get("resourceType")).lower():
        return "article"
    found.remarks.append(f"{NAME} calls it “{plain(general)[:60]}”, which is no type of CSL.")
    return "document"


def _name(entry: dict[str, Any]) -> NameParts | None:
    family = plain(as_text(entry.get("familyName")))
    given = plain(as_text(entry.get("givenName")))
    name = plain(as_text(entry.get("name")))
    if entry.get("nameType") == "Organizational" or not (family or name):
        return {"literal": name} if name else None
    if family:
        parts = person(f"{family}, {given}") if given and "," not in family + given else None
        if parts is None or parts.get("given") != given:
            parts = {"family": family} | ({"given": given} if given else {})
    else:
        parts = person(name)
    if parts is None:
        return None
    for identifier in as_dicts(entry.get("nameIdentifiers")):
        found = re.search(
            r"[0-9]{4}(?:-[0-9]{4}){2}-[0-9]{3}[0-9X]", as_text(identifier.get("nameIdentifier"))
        )
        if found and "family" in parts:
            return parts | {"orcid": found.group()}
    return parts


def _issued(attributes: dict[str, Any]) -> str:
    """Return the day it was issued where that is told, else the year of publication."""
    year = as_text(attributes.get("publicationYear"))
    for entry in as_dicts(attributes.get("dates")):
        date = as_text(entry.get("date"))[:10]
        if entry.get("dateType") == "Issued" and re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", date):
            return date if not year or date.startswith(year) else year
    return year


def _licence(value: Any) -> str:
    """Return the Creative Commons licence, if it is one."""
    for entry in as_dicts(value):
        identifier = as_text(entry.get("rightsIdentifier")).lower()
        if match := re.fullmatch(r"cc-(by(?:-(?:nc|nd|sa))*)-([0-9.]+)", identifier):
            return f"CC {match[1].upper()} {match[2]}"
        if identifier == "cc0-1.0":
            return "CC0 1.0"
    return ""


def _container(attributes: dict[str, Any]) -> dict[str, str]:
    container = attributes.get("container")
    if not isinstance(container, dict):
        return {}
    text = {name: plain(as_text(value)) for name, value in container.items()}
    first, last = text.get("firstPage", ""), text.get("lastPage", "")
    fields = {
        "container_title": text.get("title", ""),
        "volume": text.get("volume", ""),
        "issue": text.get("issue", ""),
        "page": f"{first}-{last}" if first and last and first != last else first,
    }
    if text.get("identifierType") in {"ISSN", "ISBN"}:
        fields[text["identifierType"].lower()] = text.get("identifier", "")
    return fields


def _withdrawn(attributes: dict[str, Any]) -> Iterator[str]:
    for entry in as_dicts(attributes.get("dates")):
        if entry.get("dateType") == "Withdrawn":
            yield f"It was withdrawn ({plain(as_text(entry.get('date')))[:40]}), says {NAME}."


def _relations(attributes: dict[str, Any]) -> Iterator[str]:
    for entry in as_dicts(attributes.get("relatedIdentifiers")):
        words = _RELATIONS.get(as_text(entry.get("relationType")))
        identifier = plain(as_text(entry.get("relatedIdentifier")))
        if words and identifier:
            kind = plain(as_text(entry.get("relatedIdentifierType")))
            yield f"It {words} {kind} {identifier}, says {NAME}.".replace("  ", " ")
