"""What can be wrong with a single field or value, whatever the rest of the review says."""

from __future__ import annotations

from evidence_map.problems import Rule

MISSING_FIELD = Rule(
    "missing-field",
    "A required field is missing",
    "Without it the record cannot be cited, screened or shown.",
    "Add the field; see the list of fields in the contributor's guide.",
)
UNKNOWN_FIELD = Rule(
    "unknown-field",
    "A field that does not exist",
    "A misspelt field would be lost without a word.",
    "Correct its name or move it to the section it belongs to.",
)
UNKNOWN_VALUE = Rule(
    "unknown-value",
    "A value that is not one of the allowed words",
    "Counts and filters rest on a fixed set of words.",
    "Use one of the allowed words.",
)
WRONG_TYPE = Rule(
    "wrong-type",
    "A value of the wrong kind",
    "A list where a text is due, or words where a number is due, cannot be read.",
    "Compare with the same field of another record.",
)
WRONG_LENGTH = Rule(
    "wrong-length",
    "A text or list that is too short or too long",
    "An empty list says nothing; a text of many pages does not belong in the field.",
    "Shorten it, or use the notes.",
)
REPEATED_VALUE = Rule(
    "repeated-value",
    "A value stands twice in a list",
    "It would be counted twice.",
    "Delete one of the two.",
)
REPEATED_IDENTIFIER = Rule(
    "repeated-identifier",
    "An identifier is used twice",
    "Records could not tell which of the two is meant.",
    "Give one of them another id.",
)
BAD_IDENTIFIER = Rule(
    "bad-identifier",
    "An identifier that cannot be used",
    "Identifiers become addresses and citation keys, so they keep to plain letters.",
    "Use lower-case letters, digits and single hyphens; begin with a letter.",
)
BAD_DATE = Rule(
    "bad-date",
    "A date that cannot be",
    "Dates are compared and counted.",
    "Write 2024, 2024-10 or 2024-10-28.",
)
BAD_NAME = Rule(
    "bad-name",
    "A name that is neither a person's nor a body's",
    "Citations need to know which part of a name is the family name.",
    "Write family and given for a person, literal for an organisation.",
)
BAD_URL = Rule(
    "bad-url",
    "An address that is not a web address",
    "Only http and https addresses are linked, so that no link can run a script.",
    "Copy the whole address, beginning with https:// or http://.",
)
BAD_LANGUAGE = Rule(
    "bad-language",
    "A language that is not a language code",
    "Citation styles and screen readers need the code.",
    "Write the code of the language (BCP 47), such as en or fr.",
)
BAD_COUNTRY = Rule(
    "bad-country",
    "A country that does not exist",
    "Maps count by ISO 3166-1 code, so that one country has one name.",
    "Write the two-letter code in capitals, such as CA, GB or US.",
)
BAD_SUBDIVISION = Rule(
    "bad-subdivision",
    "A region that does not exist",
    "Regions are told by ISO 3166-2 code.",
    "Write the code: country, hyphen, region, such as CA-BC or GB-SCT.",
)
BAD_DOI = Rule(
    "bad-doi",
    "A DOI that is not well-formed",
    "A wrong DOI leads readers to another paper or to none.",
    "Copy it from the paper: it begins with 10. and holds a slash and no spaces.",
)
BAD_PMID = Rule(
    "bad-pmid",
    "A PubMed number that is not well-formed",
    "A wrong number leads readers to another paper.",
    "Copy the number from PubMed: up to 8 digits.",
)
BAD_PMCID = Rule(
    "bad-pmcid",
    "A PubMed Central number that is not well-formed",
    "A wrong number leads readers to another paper.",
    "Copy it from PubMed Central: “PMC” and up to 9 digits.",
)
BAD_ORCID = Rule(
    "bad-orcid",
    "An ORCID iD whose check digit is wrong",
    "A wrong iD credits another person.",
    "Copy it from orcid.org.",
)
BAD_ISSN = Rule(
    "bad-issn", "An ISSN whose check digit is wrong", "It names another journal.", "Copy it again."
)
BAD_ISBN = Rule(
    "bad-isbn", "An ISBN whose check digit is wrong", "It names another book.", "Copy it again."
)
REPORT_FOR_FINDING = Rule(
    "report-for-finding",
    "A whole report stands where one of its findings is due",
    "A review finding is built from what papers found; a paper as a whole supports nothing in "
    "particular.",
    "Write the record's key, “#” and the finding's id: lamp2021#company.",
)
STUDY_RATED = Rule(
    "study-rated",
    "Confidence is given to a paper or to one of its findings",
    "GRADE-CERQual rates a statement across studies. Rating single studies with it is a "
    "frequent misuse (Wainwright et al. 2023, doi 10.1186/s12961-023-00999-3).",
    "Judge the paper's methods under “appraisal”; give the confidence in the review finding, in "
    "synthesis/findings/.",
)
ABSENCE_NOT_ALLOWED = Rule(
    "absence-not-allowed",
    "“not reported” where a field is simply left out",
    "It would be printed in citations and lists as if it were the value.",
    "Delete the line: a field left out counts as not yet extracted.",
)
TOO_MANY = Rule(
    "too-many-problems",
    "The file has more problems than are shown",
    "A file with this many problems is usually misplaced or wrongly indented as a whole.",
    "Mend the problems above and check again.",
)

VALUE_RULES = (
    MISSING_FIELD,
    UNKNOWN_FIELD,
    UNKNOWN_VALUE,
    WRONG_TYPE,
    WRONG_LENGTH,
    REPEATED_VALUE,
    REPEATED_IDENTIFIER,
    BAD_IDENTIFIER,
    BAD_DATE,
    BAD_NAME,
    BAD_URL,
    BAD_LANGUAGE,
    BAD_COUNTRY,
    BAD_SUBDIVISION,
    BAD_DOI,
    BAD_PMID,
    BAD_PMCID,
    BAD_ORCID,
    BAD_ISSN,
    BAD_ISBN,
    REPORT_FOR_FINDING,
    STUDY_RATED,
    ABSENCE_NOT_ALLOWED,
    TOO_MANY,
)
