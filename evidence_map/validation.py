"""Read a document into a model, and say in plain words what does not fit and where."""

from __future__ import annotations

import re
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evidence_map.problems import Problem, Rule, nearest, quoted
from evidence_map.yaml_source import MAXIMUM_PROBLEMS, Document, Location

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
    TOO_MANY,
)
_BY_CODE = {rule.code: rule for rule in VALUE_RULES}

_EXPECTED = {
    "string_type": ("text", "Write a text after the colon."),
    "list_type": ("a list", "Write a list: [first, second], or one item a line after “- ”."),
    "dict_type": ("named fields", "Write “name: value” lines, indented below the section's name."),
    "model_type": ("named fields", "Write “name: value” lines, indented below the section's name."),
    "int_type": ("a whole number", "Write digits only, such as 17."),
    "bool_type": ("true or false", "Write true or false."),
}

M = TypeVar("M", bound=BaseModel)


def validate(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Return *document* read as *model* (None if it cannot be) and every problem in it."""
    problems = list(document.problems)
    try:
        return model.model_validate(document.plain()), problems
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems += [_problem(document, model, detail) for detail in details[:MAXIMUM_PROBLEMS]]
    if len(details) > MAXIMUM_PROBLEMS:
        left = len(details) - MAXIMUM_PROBLEMS
        problems.append(TOO_MANY.at(document.at(), f"{left} more problems in this file are not shown"))
    return None, problems


def _problem(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    kind, location = detail["type"], detail["loc"]
    context = detail.get("ctx") or {}
    if kind == "missing":
        return _missing(document, location)
    if kind == "extra_forbidden":
        return _unknown_field(document, model, location)
    position = document.at(location)
    if kind in {"literal_error", "enum"}:
        return _unknown_value(document, location, str(detail["input"]), str(context["expected"]))
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind]
        return WRONG_TYPE.at(position, f"{_named(location)} needs {expected}", hint)
    if kind in {"too_short", "string_too_short"}:
        return WRONG_LENGTH.at(position, f"{_named(location)} is empty")
    if kind in {"too_long", "string_too_long"}:
        limit = context.get("max_length")
        return WRONG_LENGTH.at(position, f"{_named(location)} is too long: at most {limit} characters")
    rule = _BY_CODE.get(kind, WRONG_TYPE)
    return rule.at(position, f"{_named(location)}: {detail['msg']}", str(context.get("hint", "")))


def _named(location: Location) -> str:
    """Return the name of the field at *location*, as a subject of a sentence."""
    names = [part for part in location if isinstance(part, str) and part not in {"value", "absence"}]
    return f"“{names[-1]}”" if names else "this entry"


def _missing(document: Document, location: Location) -> Problem:
    *above, name = location
    inside = [part for part in above if isinstance(part, str) and part not in {"value", "absence"}]
    where = f" in “{inside[-1]}”" if inside else ""
    return MISSING_FIELD.at(
        document.at(tuple(above), name=True), f"the field “{name}” is missing{where}"
    )


def _unknown_field(document: Document, model: type[BaseModel], location: Location) -> Problem:
    *above, name = location
    section = _section_at(model, tuple(above))
    known = list(section.model_fields) if section else []
    hint = nearest(str(name), known)
    if not hint and known:
        hint = "The fields here are: " + ", ".join(known) + "."
    return UNKNOWN_FIELD.at(
        document.at(location, name=True), f"there is no field {quoted(str(name))} here", hint
    )


def _unknown_value(document: Document, location: Location, written: str, expected: str) -> Problem:
    allowed = re.findall(r"'([^']*)'", expected)
    hint = nearest(written, allowed) if len(allowed) > 4 else ""
    return UNKNOWN_VALUE.at(
        document.at(location),
        f"{_named(location)} cannot be {quoted(written)}",
        hint or "Use one of: " + ", ".join(allowed) + ".",
    )


def _section_at(annotation: Any, location: Location) -> type[BaseModel] | None:
    """Return the model that describes the fields at *location* below *annotation*."""
    for part in location:
        annotation = _step(annotation, part)
    models = _models_in(annotation)
    return models[0] if models else None


def _step(annotation: Any, part: str | int) -> Any:
    if isinstance(part, int) or part in {"value", "absence"}:
        return annotation
    for model in _models_in(annotation):
        if part in model.model_fields:
            return model.model_fields[part].annotation
    return None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the models that a value of *annotation* can be or hold, through lists and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin in {Annotated, Union, UnionType, list}:
        return [model for part in get_args(annotation) for model in _models_in(part)]
    return []
