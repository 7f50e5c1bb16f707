"""How the web form asks for each field of a record: in plain words, with an example at hand.

What a field means stands in the models; here stand its name for people and an invented example.
"""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """How a field is asked for.

    ``is_further``: few papers need it, so it stands folded away at the end of its section.
    ``help``: what it means, where the model says it in words of the file.
    """

    label: str
    example: str = ""
    is_further: bool = False
    help: str = ""


_NAME = {
    "family": Wording("Family name", "Foghorn"),
    "given": Wording("Given names", "Fred G."),
    "literal": Wording("Name of a body", "The Invented Crew"),
    "particle": Wording("Particle", "van", is_further=True),
    "suffix": Wording("Suffix", "Jr", is_further=True),
    "orcid": Wording("ORCID iD", "0000-0002-1825-0097", is_further=True),
}

WORDS: dict[str, Wording] = {
    "reference": Wording("Reference"),
    "reference.title": Wording("Title", "Half past three: tea breaks on the night watch"),
    "reference.type": Wording("Kind of publication", help="What kind of publication it is."),
    "reference.authors": Wording("Authors"),
    **{f"reference.authors.{name}": wording for name, wording in _NAME.items()},
    "reference.authors_complete": Wording("All authors are listed"),
    "reference.issued": Wording("Published", "2021-03-14, 2021-03 or 2021"),
    "reference.container_title": Wording("Journal, book or series", "Journal of Invented Results"),
    "reference.volume": Wording("Volume", "14"),
    "reference.issue": Wording("Issue", "2"),
    "reference.page": Wording("Pages", "60-68"),
    "reference.doi": Wording("DOI", "10.5555/lamp.2021"),
    "reference.pmid": Wording("PubMed number", "12345678"),
    "reference.url": Wording("Web address", "https://example.org/half-past-three"),
    "reference.original_title": Wording("Title in the original language", is_further=True),
    "reference.editors": Wording("Editors", is_further=True),
    **{f"reference.editors.{name}": wording for name, wording in _NAME.items()},
    "reference.number": Wording("Article or report number", "e0123", is_further=True),
    "reference.edition": Wording("Edition", "2", is_further=True),
    "reference.publisher": Wording("Publisher", "University of Invented Towers", is_further=True),
    "reference.publisher_place": Wording("Place of the publisher", is_further=True),
    "reference.pmcid": Wording("PubMed Central number", "PMC1234567", is_further=True),
    "reference.issn": Wording("ISSN", "1234-5679", is_further=True),
    "reference.isbn": Wording("ISBN", "978-3-16-148410-0", is_further=True),
    "reference.language": Wording("Language of the full text", "en", True, "The code of the language."),
    "reference.licence": Wording("Licence", "CC BY 4.0", is_further=True),
    "reference.keywords": Wording("Keywords", "night watch", is_further=True),
    "reference.keep_capitals": Wording("Names that keep their capitals", is_further=True),
    "study": Wording("Study"),
    "study.report_of": Wording(
        "Belongs to the study",
        help="The study that several papers report. Leave it out if this paper is the only one.",
    ),
    "study.part": Wording("Its part in the study", "main results"),
    "study.duplicate_of": Wording(
        "Duplicate of", help="The record of the same publication, which is kept instead."
    ),
    "study.version_of": Wording(
        "Another version of", help="The record of another version, such as the preprint’s article."
    ),
    "study.may_share_sample_with": Wording(
        "May share participants with", help="Records whose participants may be the same people."
    ),
    "study.note": Wording("Why the relation is likely or certain"),
    "screening": Wording("Screening"),
    "screening.decision": Wording("Decision", help="Where the paper stands in screening."),
    "screening.reason": Wording("Reason for exclusion"),
    "screening.stage": Wording("What was read to decide"),
    "screening.date": Wording("Date of the decision", "2024-10-28"),
    "screening.found_by": Wording("Found by", help="The searches that found it."),
    "screening.note": Wording("Note on the decision"),
    "extraction": Wording("Extraction"),
    "extraction.basis": Wording("What was read"),
    "extraction.by": Wording("Extracted by", "Ada Example"),
    "extraction.date": Wording("Date of the extraction", "2024-10-28"),
    "extraction.checked_by": Wording("Checked by", "Ben Muster"),
    "extraction.source": Wording("Addresses of what was read", "https://example.org/half-past-three"),
    "extraction.note": Wording("Note on the extraction"),
    "extraction.adjudication": Wording("Settled differences", is_further=True),
    "extraction.adjudication.field": Wording("Field", "sample.size"),
    "extraction.adjudication.decision": Wording("Which extraction is right"),
    "extraction.adjudication.first_said": Wording("What the first extraction said"),
    "extraction.adjudication.by": Wording("Settled by"),
    "extraction.adjudication.date": Wording("Settled on", "2024-10-28"),
    "extraction.adjudication.note": Wording("What settled it"),
    "design": Wording("Design"),
    "design.aim": Wording("Aim", "To learn what a tea break does for a crew at night."),
    "design.approach": Wording("Approach"),
    "design.methodology": Wording("Methodology"),
    "design.data_collection": Wording("Data collection"),
    "design.procedure": Wording("Procedure", "One talk with each keeper, about half an hour long."),
    "design.analysis": Wording("Analysis", "Two authors sorted what was said into themes."),
    "design.framework": Wording("Theories or models", "Theory of warm drinks"),
    "design.sampling": Wording("Sampling", "Everyone on the night watch was asked."),
    "design.software": Wording("Software", "Pencil 2"),
    "design.ethics": Wording("Ethics", "Approved by an invented board; consent was given in writing."),
    "sample": Wording("Sample"),
    "sample.size": Wording("How many took part", "12"),
    "sample.unit": Wording("What is counted", "people"),
    "sample.description": Wording("Who they were", "Keepers of one tower and its outpost."),
    "sample.roles": Wording("Roles"),
    "sample.lived_experience": Wording("Lived experience"),
    "sample.recruitment": Wording("Recruitment"),
    "sample.recruitment.procedure": Wording("How they were recruited", "A note on the kettle."),
    "sample.recruitment.eligibility": Wording(
        "Who could take part", "At least one winter on the tower."
    ),
    "sample.recruitment.sites_approached": Wording("Sites asked", "2"),
    "sample.recruitment.sites_taking_part": Wording("Sites that agreed", "2"),
    "sample.recruitment.people_invited": Wording("People invited", "14"),
    "sample.recruitment.people_taking_part": Wording("People who took part", "12"),
    "sample.recruitment.payment": Wording("What participants received", "A packet of biscuits."),
    "sample.groups": Wording("How the sample divides"),
    "sample.groups.by": Wording("Divided by", "Place of work"),
    "sample.groups.parts": Wording("Parts"),
    "sample.groups.parts.label": Wording("Part", "Tower"),
    "sample.groups.parts.size": Wording("How many", "6"),
    "sample.groups.parts_are": Wording(
        "How the parts add up", help="Whether one person can be in several parts."
    ),
    "setting": Wording("Setting"),
    "setting.countries": Wording(
        "Countries", help="Type a name and choose; the code is written for you."
    ),
    "setting.subdivisions": Wording(
        "Regions", help="States, provinces or nations. Type a name and choose."
    ),
    "setting.place": Wording("Towns or areas", "One tower and its outpost"),
    "setting.service_types": Wording("Services"),
    "setting.description": Wording("The setting", "Two rooms above the sea, with one kettle each."),
    "setting.data_collected": Wording("When data were collected"),
    "setting.data_collected.start": Wording("From", "2019-11"),
    "setting.data_collected.end": Wording("To", "2020-02"),
    "findings": Wording("Findings"),
    "findings.statement": Wording(
        "What was found", "Most keepers said that the break did them good because somebody sat down."
    ),
    "findings.locator": Wording("Where the paper says it", "Results, theme 2; Table 1"),
    "findings.id": Wording("Short name", "tea-together"),
    "findings.kind": Wording("Kind of finding"),
    "findings.codes": Wording("Codes"),
    "findings.quotes": Wording("Quotations"),
    "findings.quotes.text": Wording("Words", "It is not the tea, it is the chair beside mine."),
    "findings.quotes.speaker": Wording("Speaker", "Keeper 4"),
    "findings.quotes.locator": Wording("Where they are printed", "p. 63"),
    "appraisal": Wording("Appraisal"),
    "appraisal.tool": Wording("Tool", help="The tool with which it was appraised."),
    "appraisal.groups": Wording("Groups of items that apply"),
    "appraisal.answers": Wording("Answers"),
    "appraisal.answers.item": Wording("Item"),
    "appraisal.answers.answer": Wording("Answer"),
    "appraisal.answers.support": Wording("What it rests on", "Every keeper of the watch was asked."),
    "appraisal.answers.locator": Wording("Where the paper says it", "Methods"),
    "appraisal.by": Wording("Appraised by", "Ben Muster"),
    "appraisal.date": Wording("Date of the appraisal", "2024-10-28"),
    "appraisal.not_appraised": Wording("Why it was not appraised", "Only the abstract was read."),
    "funding": Wording("Funding"),
    "funding.statement": Wording("What the paper says", "Paid for by an invented fund."),
    "funding.funders": Wording("Funders"),
    "funding.funders.name": Wording("Name", "Invented Fund for Warm Drinks"),
    "funding.funders.award": Wording("Number of the grant", "IF-7"),
    "competing_interests": Wording("Competing interests", "One author sells kettles."),
    "limitations": Wording("Limitations", "Only one winter was studied."),
    "notices": Wording("Retractions and corrections"),
    "notices.kind": Wording("Kind of notice"),
    "notices.doi": Wording("DOI of the notice", "10.5555/notice.1"),
    "notices.url": Wording("Web address of the notice", "https://example.org/notice"),
    "notices.date": Wording("Published", "2024-05"),
    "notices.note": Wording("What it says, in your words"),
    "codes": Wording("Further codes"),
    "notes": Wording("Notes"),
}
"""How each field is asked for, by its path; the fields of a section are asked in this order."""

CHOICES: dict[str, dict[str, str]] = {
    "screening.decision": {
        "included": "Included: the paper belongs to the review, and its results are extracted.",
        "excluded": "Excluded: it does not belong, for one reason.",
        "awaiting": "Awaiting: not decided yet, or the text cannot be had at present.",
        "ongoing": "Ongoing: a protocol or a registration; no results yet.",
    },
    "screening.stage": {
        "title and abstract": "Title and abstract",
        "full text": "Full text",
    },
    "extraction.basis": {
        "full text": "Full text: the paper itself.",
        "abstract": "Abstract: only the abstract. Methods cannot be appraised from it.",
        "title": "Title: only the title. Findings cannot be taken from it.",
    },
    "extraction.adjudication.decision": {
        "first": "First",
        "second": "Second",
        "other": "Other: neither of the two",
    },
    "sample.groups.parts_are": {
        "complete": "Complete: everyone is in exactly one part.",
        "incomplete": "Incomplete: some are in none.",
        "overlapping": "Overlapping: one can be in several.",
    },
}
"""What the allowed words of a field mean."""

TYPES = {
    "article-journal": "Article in a journal",
    "article": "Preprint or other article",
    "article-magazine": "Article in a magazine",
    "article-newspaper": "Article in a newspaper",
    "book": "Book",
    "chapter": "Chapter of a book",
    "report": "Report",
    "thesis": "Thesis",
    "paper-conference": "Paper at a conference",
    "webpage": "Web page",
}
"""Kinds of publication that most papers are of; the others keep the names that CSL gives them."""


def wordings() -> dict[str, dict[str, str | bool]]:
    """Return how each field is asked for, as the form reads it."""
    return {
        path: {name: value for name, value in wording._asdict().items() if value}
        for path, wording in WORDS.items()
    }
