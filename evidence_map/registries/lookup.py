"""Looks a publication up: in which registries, in which order, and what they say together.

A DOI is asked for at Crossref, then at DataCite; PubMed adds its numbers and keywords. Whichever
identifier somebody has, the same registries are asked, so that it does not matter which.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from evidence_map.imports.imported import Imported
from evidence_map.registries import agencies, crossref, datacite, pubmed
from evidence_map.registries.client import LOOPBACK, Client, RegistryError
from evidence_map.registries.described import Described
from evidence_map.registries.merging import merged
from evidence_map.registries.pages import PageError, doi_of_page
from evidence_map.registries.wanted import Wanted


class UnknownError(Exception):
    """A publication that no registry knows; told in one line with what may be wrong."""


class AddressError(Exception):
    """The address of a registry, set by somebody, that cannot be used."""


@dataclass(frozen=True)
class Addresses:
    """Where the registries stand; a mirror can be named by an environment variable."""

    crossref: str = crossref.ADDRESS
    datacite: str = datacite.ADDRESS
    pubmed: str = pubmed.ADDRESS
    doi: str = agencies.ADDRESS

    @classmethod
    def from_environment(cls) -> Addresses:
        """Return the addresses that EVIDENCE_MAP_CROSSREF, …_DATACITE, …_PUBMED and …_DOI name.

        :raises AddressError: if one is no https address.
        """
        found = {}
        for name in ("crossref", "datacite", "pubmed", "doi"):
            variable = f"EVIDENCE_MAP_{name.upper()}"
            if value := os.environ.get(variable, "").strip().rstrip("/"):
                parts = urlsplit(value)
                local = parts.scheme == "http" and parts.hostname in LOOPBACK
                if not parts.hostname or not (parts.scheme == "https" or local):
                    raise AddressError(f"{variable} is no https address: “{value}”")
                found[name] = value
        return cls(**found)


@dataclass(frozen=True)
class Found:
    """A publication that was found.

    :ivar imported: its reference, whose remarks say where each field comes from.
    :ivar notices: the remarks that are grave: retractions, corrections, concerns.
    :ivar registries: the names of the registries that told something.
    """

    imported: Imported
    notices: list[str] = field(default_factory=list)
    registries: list[str] = field(default_factory=list)


class Lookup:
    """Looks publications up, one after another."""

    def __init__(self, client: Client, addresses: Addresses) -> None:
        self.client = client
        self.addresses = addresses

    def find(self, wanted: Wanted) -> Found:
        """Return the publication that is *wanted*.

        :raises UnknownError: if no registry knows it.
        :raises RegistryError: if that cannot be told, because a registry does not answer.
        """
        if wanted.kind == "pmid":
            descriptions = self._by_pmid(wanted.value)
        elif wanted.kind == "pmcid":
            descriptions = self._by_pmcid(wanted.value)
        elif wanted.kind == "url":
            descriptions = self._by_page(wanted.value)
        else:
            descriptions = self._by_any_doi(wanted)
        if not any(description.fields.get("title") for description in descriptions):
            names = " and ".join(description.registry for description in descriptions)
            raise RegistryError(f"{names} knows {wanted}, but no title of it")
        notices = [notice for description in descriptions for notice in description.notices]
        imported, registries = merged(descriptions, wanted.typed)
        return Found(imported, notices, registries)

    def _by_any_doi(self, wanted: Wanted) -> list[Described]:
        """Ask for the DOI, and for the shorter ones that the end of an address may hide.

        :raises UnknownError: if none of them exists.
        """
        for doi in (wanted.value, *wanted.shorter):
            if descriptions := self._by_doi(doi):
                return descriptions
        raise self._unknown_doi(wanted.value)

    def _by_doi(self, doi: str) -> list[Described]:
        """Return what is said about *doi*, or nothing where Crossref and DataCite do not know it."""
        try:
            first = self._agency_says(doi)
        except RegistryError as error:
            return [self._pubmed_instead(doi, error)]
        if first is None:
            return []
        own = first.fields.get("doi", doi)
        try:
            found = self._pubmed_says(own)
        except RegistryError as error:
            first.remarks.append(
                f"PubMed was to be asked too, for its number and keywords, but gave no answer: {error}."
            )
            found = None
        return [first, found] if found else [first]

    def _agency_says(self, doi: str) -> Described | None:
        """Return what Crossref says about *doi*, or DataCite; None where neither knows it.

        :raises RegistryError: if Crossref gives no answer, and DataCite does not know it.
        """
        try:
            found = crossref.described(self.client, self.addresses.crossref, doi)
        except RegistryError as error:
            try:
                found = datacite.described(self.client, self.addresses.datacite, doi)
            except RegistryError:
                found = None
            if found is None:
                raise error from None
        return found or datacite.described(self.client, self.addresses.datacite, doi)

    def _pubmed_instead(self, doi: str, error: RegistryError) -> Described:
        """Return what PubMed says about *doi*, where the agency gives no answer.

        :raises RegistryError: the agency's, if PubMed gives none either.
        """
        try:
            found = self._pubmed_says(doi)
        except RegistryError:
            raise error from None
        if found is None:
            raise error
        found.remarks.append(f"Only PubMed was asked: {error}.")
        return found

    def _unknown_doi(self, doi: str) -> Exception:
        """Return why Crossref and DataCite do not know *doi*."""
        try:
            holder = agencies.agency(self.client, self.addresses.doi, doi)
        except RegistryError as error:
            return UnknownError(f"neither Crossref nor DataCite knows the DOI {doi} ({error}).")
        if holder is None:
            return UnknownError(f"there is no such DOI. {_slip(doi)}")
        if holder in {crossref.NAME, datacite.NAME}:
            return UnknownError(
                f"the DOI {doi} is at {holder}, but not described yet, as happens on a paper's first "
                "days. Try again later."
            )
        return RegistryError(
            f"the DOI {doi} was registered by {holder}, which is not asked; the publisher's page may "
            "offer the reference as a file (RIS, BibTeX) for “import”"
        )

    def _pubmed_says(self, doi: str) -> Described | None:
        """Return what PubMed says about the paper with *doi*; None if it has no such paper.

        :raises RegistryError: if it gives no answer.
        """
        for pmid in pubmed.numbers_of_doi(self.client, self.addresses.pubmed, doi):
            found = pubmed.described(self.client, self.addresses.pubmed, pmid)
            # A search may find papers that hold only a part of the DOI.
            if found and found.fields.get("doi") == doi:
                return found
        return None

    def _by_pmid(self, pmid: str) -> list[Described]:
        """Return what PubMed says, after what the agency of its DOI says.

        :raises UnknownError: if PubMed has no such number.
        """
        found = pubmed.described(self.client, self.addresses.pubmed, pmid)
        if found is None:
            raise UnknownError(f"PubMed has no paper with the number {pmid}; check its digits.")
        first = None
        if doi := found.fields.get("doi"):
            try:
                first = self._agency_says(doi)
            except RegistryError as error:
                found.remarks.append(f"The agency of its DOI gave no answer: {error}.")
            else:
                if first is None:
                    found.remarks.append(f"Neither Crossref nor DataCite knows its DOI {doi}.")
        return [first, found] if first else [found]

    def _by_pmcid(self, pmcid: str) -> list[Described]:
        """Return what is said about the paper that PubMed Central has under *pmcid*.

        :raises UnknownError: if there is none.
        """
        numbers = pubmed.numbers_of_central(self.client, self.addresses.pubmed, pmcid)
        if numbers is None:
            raise UnknownError(f"PubMed Central has no paper with the number {pmcid}; check its digits.")
        descriptions: list[Described] = []
        if "pmid" in numbers.fields:
            descriptions = self._by_pmid(numbers.fields["pmid"])
        elif "doi" in numbers.fields:
            descriptions = self._by_doi(numbers.fields["doi"])
        if not descriptions:
            raise RegistryError(
                f"PubMed Central has {pmcid}, but neither PubMed nor the agency of a DOI describes it"
            )
        return [*descriptions, numbers]

    def _by_page(self, address: str) -> list[Described]:
        """Return what is said about the publication that a page names.

        :raises UnknownError: if it names none, or an unknown one.
        """
        try:
            doi = doi_of_page(self.client, address)
        except PageError as error:
            raise UnknownError(str(error)) from None
        descriptions = self._by_doi(doi)
        if not descriptions:
            raise self._unknown_doi(doi)
        descriptions[0].remarks.append(f"The DOI was read from the page {address}.")
        return descriptions


def _slip(doi: str) -> str:
    """Return what is likely wrong with a DOI that does not exist."""
    suffix = doi.partition("/")[2]
    if any(dash in suffix for dash in "–—−"):
        return "It has a long dash, where DOIs usually have a hyphen: try “-”."
    if doi.endswith((".pdf", ".html", ".xml", "/full", "/abstract", "/pdf")):
        return "Its end looks like that of an address: leave that away."
    if suffix.endswith(("]", "}", ">", "'", "*", "-", "_")) or len(suffix) < 3:
        return "It seems to be cut off, or to have a sign too many at its end: copy it again."
    return (
        "Copy it again from the paper or its page; letters and digits that look alike (0 and o, 1 and "
        "l) and a missing end are the usual slips."
    )
