"""Invented papers in the shapes in which the registries describe real ones."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from tests.registries.server import Registries, Reply, as_json, as_xml

DOI = "10.5555/tea.1"
PMID = "12345678"
PMCID = "PMC7654321"


def work(**changes: Any) -> dict[str, Any]:
    """Return the message of Crossref about a paper on tea."""
    return {
        "indexed": {"date-parts": [[2021, 5, 1]], "date-time": "2021-05-01T10:00:00Z"},
        "reference-count": 2,
        "publisher": "Invented Press",
        "issue": "3",
        "license": [
            {
                "start": {"date-parts": [[2021, 3, 4]]},
                "content-version": "tdm",
                "delay-in-days": 0,
                "URL": "https://www.example.org/tdm",
            },
            {
                "start": {"date-parts": [[2021, 3, 4]]},
                "content-version": "vor",
                "delay-in-days": 0,
                "URL": "https://creativecommons.org/licenses/by-nc/4.0/",
            },
        ],
        "content-domain": {"domain": ["example.org"], "crossmark-restriction": False},
        "short-container-title": ["J. Inv. Res."],
        "published-print": {"date-parts": [[2021, 6]]},
        "DOI": DOI,
        "type": "journal-article",
        "created": {"date-parts": [[2021, 3, 4]]},
        "page": "60-68",
        "update-policy": "https://doi.org/10.5555/policy",
        "source": "Crossref",
        "is-referenced-by-count": 4,
        "title": ["Tea and company at 10<sup>6</sup> lamps"],
        "subtitle": ["what <i>keepers</i> &amp; cats say"],
        "prefix": "10.5555",
        "volume": "12",
        "author": [
            {
                "ORCID": "http://orcid.org/0000-0002-1825-0097",
                "authenticated-orcid": False,
                "given": "C. D.",
                "family": "Muster",
                "sequence": "first",
                "affiliation": [],
            },
            {"given": "A.", "family": "van Example", "sequence": "additional", "affiliation": []},
            {"name": "The Invented Crew", "sequence": "additional", "affiliation": []},
        ],
        "member": "9999",
        "published-online": {"date-parts": [[2021, 3, 4]]},
        "reference": [{"key": "1", "DOI": "10.5555/other", "doi-asserted-by": "publisher"}],
        "container-title": ["Journal of Invented Results"],
        "original-title": [],
        "language": "en",
        "abstract": "<jats:p>A sentence that no record holds.</jats:p>",
        "deposited": {"date-parts": [[2021, 3, 4]]},
        "score": 1,
        "resource": {"primary": {"URL": "https://www.example.org/tea"}},
        "issued": {"date-parts": [[2021, 3, 4]]},
        "references-count": 2,
        "URL": f"https://doi.org/{DOI}",
        "relation": {},
        "ISSN": ["1477-7517"],
        "issn-type": [{"type": "electronic", "value": "1477-7517"}],
        "subject": ["Not chosen by the authors"],
        "published": {"date-parts": [[2021, 3, 4]]},
    } | changes


def crossref(message: dict[str, Any] | None = None, **more: Any) -> Reply:
    return as_json(
        {
            "status": "ok",
            "message-type": "work",
            "message-version": "1.0.0",
            "message": message or work(),
        },
        **more,
    )


def dataset(**changes: Any) -> dict[str, Any]:
    """Return the attributes of DataCite about a preprint on cats."""
    return {
        "doi": "10.5555/cats.2",
        "prefix": "10.5555",
        "suffix": "cats.2",
        "identifiers": [],
        "alternateIdentifiers": [],
        "creators": [
            {
                "name": "Lamp, Dora",
                "nameType": "Personal",
                "givenName": "Dora",
                "familyName": "Lamp",
                "affiliation": ["Invented University"],
                "nameIdentifiers": [
                    {
                        "schemeUri": "https://orcid.org",
                        "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                        "nameIdentifierScheme": "ORCID",
                    }
                ],
            },
            {"name": "Cat Watchers", "nameType": "Organizational", "affiliation": []},
            {"name": "Plan, Paula", "affiliation": []},
        ],
        "titles": [
            {"title": "Cats and kettles"},
            {"title": "a first look", "titleType": "Subtitle"},
            {"title": "Katzen und Kessel", "titleType": "TranslatedTitle"},
        ],
        "publisher": "Invented Archive",
        "container": {},
        "publicationYear": 2022,
        "subjects": [{"subject": "not chosen by the authors"}],
        "contributors": [{"name": "Bean, Bo", "contributorType": "DataManager"}],
        "dates": [
            {"date": "2022-02-03", "dateType": "Issued"},
            {"date": "2021", "dateType": "Created"},
        ],
        "language": "eng",
        "types": {
            "ris": "GEN",
            "bibtex": "misc",
            "citeproc": "article",
            "schemaOrg": "CreativeWork",
            "resourceType": "",
            "resourceTypeGeneral": "Preprint",
        },
        "relatedIdentifiers": [
            {
                "relationType": "IsVersionOf",
                "relatedIdentifier": "10.5555/cats.1",
                "relatedIdentifierType": "DOI",
            },
            {
                "relationType": "References",
                "relatedIdentifier": "10.5555/tea.1",
                "relatedIdentifierType": "DOI",
            },
        ],
        "rightsList": [
            {"rights": "Creative Commons Attribution 4.0", "rightsIdentifier": "cc-by-4.0"},
        ],
        "descriptions": [{"description": "A sentence.", "descriptionType": "Abstract"}],
        "url": "https://example.org/cats",
        "state": "findable",
    } | changes


def datacite(attributes: dict[str, Any] | None = None, **more: Any) -> Reply:
    attributes = attributes or dataset()
    return as_json({"data": {"id": attributes["doi"], "type": "dois", "attributes": attributes}}, **more)


UNKNOWN_TO_DATACITE = as_json(
    {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]},
    status=404,
)

AUTHORS = """
<Author ValidYN="Y"><LastName>Muster</LastName><ForeName>Clara D</ForeName><Initials>CD</Initials>
</Author>
<Author ValidYN="Y"><LastName>van Example</LastName><ForeName>Ann</ForeName><Initials>A</Initials>
</Author>
<Author ValidYN="Y"><CollectiveName>The Invented Crew</CollectiveName></Author>
"""


def article(
    *,
    pmid: str = PMID,
    doi: str = DOI,
    title: str = "Tea and company at 10<sup>6</sup> lamps: what <i>keepers</i> &amp; cats say.",
    year: str = "2021",
    pages: str = "60-8",
    authors: str = AUTHORS,
    links: str = "",
    kinds: str = "",
) -> str:
    """Return what efetch of PubMed says about the paper on tea."""
    number = f'<ArticleId IdType="doi">{escape(doi)}</ArticleId>' if doi else ""
    return f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1477-7517</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3</Issue>
<PubDate><Year>{year}</Year><Month>Jun</Month></PubDate></JournalIssue>
<Title>Journal of invented results</Title><ISOAbbreviation>J Inv Res</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle>
<Pagination><MedlinePgn>{pages}</MedlinePgn></Pagination>
<Abstract><AbstractText>A sentence that no record holds.</AbstractText></Abstract>
<AuthorList CompleteYN="Y">{authors}</AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>{kinds}
</PublicationTypeList></Article>
<MedlineJournalInfo><Country>England</Country></MedlineJournalInfo>
<CommentsCorrectionsList>{links}</CommentsCorrectionsList>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">tea</Keyword><Keyword>lamps</Keyword></KeywordList>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>{number}
<ArticleId IdType="pmc">{PMCID}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>"""


def found(*pmids: str) -> Reply:
    """Return what esearch answers."""
    result = {"count": str(len(pmids)), "retmax": str(len(pmids)), "retstart": "0", "idlist": [*pmids]}
    return as_json({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result})


def numbers(**articleids: str) -> Reply:
    """Return what esummary of PubMed Central answers."""
    uid = PMCID.removeprefix("PMC")
    entries = [{"idtype": kind, "value": value} for kind, value in articleids.items()]
    entries.append({"idtype": "pmcid", "value": PMCID})
    result = {"uids": [uid], uid: {"uid": uid, "title": "Tea", "articleids": entries}}
    return as_json({"header": {"type": "esummary", "version": "0.3"}, "result": result})


def tell_of_tea(registries: Registries) -> None:
    """Let Crossref and PubMed know the paper on tea, DataCite that on cats, and nobody any other."""
    registries.tell(f"/crossref/works/{DOI}", crossref())
    registries.tell("/datacite/dois/10.5555/cats.2", datacite())
    registries.tell(f"/pubmed/esearch.fcgi?{DOI}[doi]", found(PMID))
    registries.tell("/pubmed/esearch.fcgi", found())
    registries.tell(f"/pubmed/efetch.fcgi?{PMID}", as_xml(article()))
    registries.tell("/pubmed/efetch.fcgi", as_xml("<PubmedArticleSet></PubmedArticleSet>"))
    registries.tell("/pubmed/esummary.fcgi?7654321", numbers(pmid=PMID, doi=DOI))
    registries.tell(
        "/pubmed/esummary.fcgi",
        as_json({"result": {"uids": ["1"], "1": {"uid": "1", "error": "cannot"}}}),
    )
    registries.tell(
        "/doi/ra/10.5555/none", as_json([{"DOI": "10.5555/none", "status": "DOI does not exist"}])
    )


def listed(*messages: dict[str, Any]) -> Reply:
    """Return what Crossref answers where several works are asked for."""
    return as_json({"status": "ok", "message-type": "work-list", "message": {"items": list(messages)}})
