"""Publications as PubMed describes them, and what PubMed Central knows of their numbers.

Source: NCBI, *E-utilities in depth* (esearch, efetch, esummary) and the PubMed DTD for
CommentsCorrections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from evidence_map.imports import pubmed_xml
from evidence_map.imports.imported import ImportFormatError
from evidence_map.imports.markup import one_line
from evidence_map.problems import quoted
from evidence_map.registries.client import Answer, Client, RegistryError, safe_parser
from evidence_map.registries.described import Described, as_dicts, as_text, as_texts, gravity

NAME = "PubMed"
CENTRAL = "PubMed Central"
ADDRESS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"

_NOTICES = {
    "RetractionIn": "This publication has been retracted (notice: {})",
    "PartialRetractionIn": "There is a notice about this publication: partial retraction, {}",
    "RetractedandRepublishedIn": "This publication has been retracted and published again ({})",
    "CorrectedandRepublishedIn": "This publication has been corrected and published again ({})",
    "ExpressionOfConcernIn": "There is a notice about this publication: expression of concern, {}",
    "ErratumIn": "There is a notice about this publication: correction, {}",
    "RetractionOf": "This is itself a notice (retraction) about {}",
    "PartialRetractionOf": "This is itself a notice (partial retraction) about {}",
    "ExpressionOfConcernFor": "This is itself a notice (expression of concern) about {}",
    "ErratumFor": "This is itself a notice (correction) about {}",
}
_RELATIONS = {
    "CorrectedandRepublishedFrom": "It is the corrected form of {}",
    "RetractedandRepublishedFrom": "It is the new form of the retracted {}",
    "RepublishedFrom": "It was published before as {}",
    "RepublishedIn": "It was published again as {}",
    "ReprintIn": "It was reprinted in {}",
    "ReprintOf": "It is a reprint of {}",
    "UpdateIn": "There is an update of it, or the paper after the preprint: {}",
    "UpdateOf": "It is an update of {}, or the paper after that preprint",
}

_LEFT_OUT = ("CommentsCorrections", "ELocationID pii", "PublicationType", "PubDate")
"""What the reader of PubMed's XML leaves over that is told otherwise here, or tells nothing new."""


def described(client: Client, address: str, pmid: str) -> Described | None:
    """Return what PubMed says about the paper *pmid*, or None where there is none.

    :param address: where the E-utilities stand.
    :raises RegistryError: if it gives no answer.
    """
    parameters = {"db": "pubmed", "id": pmid, "retmode": "xml", **_sender(client)}
    answer = client.xml(NAME, f"{address}/efetch.fcgi", parameters)
    return None if answer is None else _read(answer, pmid)


def _read(answer: Answer, pmid: str) -> Described | None:
    root = etree.fromstring(answer.body, safe_parser())
    if root.tag != "PubmedArticleSet":
        raise RegistryError(f"{NAME} answered, but not with a description of a paper")
    if len(root) == 0:
        return None
    try:
        reading = pubmed_xml.read(etree.tostring(root, encoding="unicode"), NAME)
    except ImportFormatError as error:
        raise RegistryError(f"{NAME} answered, but {error}") from None
    same = [entry for entry in reading.references if entry.fields.get("pmid") == pmid]
    if not same:
        reason = reading.refused[0].reason if reading.refused else "it describes another paper"
        raise RegistryError(f"{NAME} answered, but not with a description of a paper: {reason}")
    found = Described(NAME, f"PubMed number {pmid}", answer.day, same[0].fields)
    found.keep_sound()
    found.remarks += [
        f"{NAME} has {quoted(left.value)} as {left.name}, which was left out: {left.reason}."
        for left in same[0].leftovers
        if left.reason and not left.name.startswith(_LEFT_OUT)
    ]
    found.notices = sorted(_commented(root, _NOTICES), key=gravity)
    found.relations = list(_commented(root, _RELATIONS))
    types = {one_line(kind.text or "") for kind in root.iter("PublicationType")}
    if "Retracted Publication" in types and not any("has been retracted" in n for n in found.notices):
        found.notices.insert(0, f"This publication has been retracted, says {NAME}.")
    return found


def _commented(root: Any, words: dict[str, str]) -> Iterator[str]:
    for entry in root.iter("CommentsCorrections"):
        said = words.get(entry.get("RefType", ""))
        if said:
            source = one_line(entry.findtext("RefSource") or "")
            number = one_line(entry.findtext("PMID") or "")
            shown = ", ".join(filter(None, (source[:200], number and f"PubMed number {number}")))
            yield f"{said.format(shown or 'not told')}, says {NAME}."


def numbers_of_doi(client: Client, address: str, doi: str) -> list[str]:
    """Return the numbers of papers that PubMed finds for *doi*; they may be those of other papers.

    :raises RegistryError: if it gives no answer.
    """
    # Brackets would be read as those of the question.
    term = doi if re.fullmatch(r"[\w./:;-]+", doi) else f'"{doi}"'
    parameters = {"db": "pubmed", "term": f"{term}[doi]", "retmode": "json", "retmax": "5"}
    found = client.json(NAME, f"{address}/esearch.fcgi", parameters | _sender(client))
    result = found[0].get("esearchresult") if found and isinstance(found[0], dict) else None
    if not isinstance(result, dict) or "ERROR" in result:
        raise RegistryError(f"{NAME} answered, but not with the result of a search")
    return as_texts(result.get("idlist"))


def numbers_of_central(client: Client, address: str, pmcid: str) -> Described | None:
    """Return by which numbers PubMed Central knows the paper *pmcid*, or None where there is none.

    :raises RegistryError: if it gives no answer.
    """
    number = pmcid.removeprefix("PMC")
    parameters = {"db": "pmc", "id": number, "retmode": "json", **_sender(client)}
    found = client.json(CENTRAL, f"{address}/esummary.fcgi", parameters)
    result = found[0].get("result") if found and isinstance(found[0], dict) else None
    if found is None or not isinstance(result, dict):
        if found and isinstance(found[0], dict) and "esummaryresult" in found[0]:
            # “Invalid uid … at position= 0”
            return None
        raise RegistryError(f"{CENTRAL} answered, but not with the numbers of a paper")
    entry = result.get(number)
    if not isinstance(entry, dict) or "error" in entry:
        return None
    fields = {"pmcid": pmcid}
    for identifier in as_dicts(entry.get("articleids")):
        kind, value = as_text(identifier.get("idtype")), as_text(identifier.get("value"))
        if kind in {"pmid", "doi"} and value not in {"", "0"}:
            fields[kind] = value
    numbers = Described(CENTRAL, f"PubMed Central number {pmcid}", found[1].day, fields)
    numbers.keep_sound()
    return numbers


def _sender(client: Client) -> dict[str, str]:
    """Return how NCBI wants to know who asks."""
    return {"tool": "evidence-map"} | ({"email": client.contact} if client.contact else {})
