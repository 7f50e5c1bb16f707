"""Texts, numbers and dates as they are written in a file, where every scalar is a string.

Pydantic reads the types; the functions here say what a person may write and what the message is
when it does not fit. Each raises :class:`pydantic_core.PydanticCustomError`, whose type is the
code of the rule under which the documentation explains it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from evidence_map.model.absence import absence_of, refuse_absence


class Section(BaseModel):
    """A group of fields: unknown fields are refused, and nothing changes after reading."""

    # What reads a section is made when it is first used: most commands use few of the sections.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)

    @classmethod
    def written_for(cls, text: str) -> str:
        """Return the hint for someone who wrote *text* where the fields of this section are due."""
        names = list(cls.model_fields)
        shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
        return f"Write “name: value” lines, indented below; the fields here are: {shown}."

    @classmethod
    def when_missing(cls, name: str) -> str:
        """Return the hint for someone who left out the field *name*; empty where there is none."""
        return ""


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _said(value: Any) -> Any:
    return refuse_absence(" ".join(value.split())) if isinstance(value, str) else value


def _written(value: Any) -> Any:
    return refuse_absence(value) if isinstance(value, str) else value


def _official_only(value: Any) -> Any:
    if isinstance(value, str) and absence_of(value) is not None:
        refuse_absence(value)
    return _one_line(value)


def _whole_number(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,9}", value.strip()):
            raise PydanticCustomError(
                "wrong-type",
                "{value} is not a whole number",
                {"value": f"“{value[:40]}”", "hint": "Write digits only, such as 17."},
            )
        return int(value)
    return value


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, str):
        word = value.strip().lower()
        if word not in {"true", "false"}:
            raise PydanticCustomError(
                "wrong-type", "{value} is neither true nor false", {"value": f"“{value[:40]}”"}
            )
        return word == "true"
    return value


@cache
def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def partial_date(value: str) -> str:
    """Return *value* if it is a possible year, month or day in ISO form (2024, 2024-10, 2024-10-28)."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        possible = 1500 <= year <= 2200 and (month is None or 1 <= month <= 12)
        if possible and (month is None or day is None or 1 <= day <= _days(year, month)):
            return value
    raise PydanticCustomError(
        "bad-date",
        "{value} is not a possible date",
        {
            "value": f"“{value[:40]}”",
            "hint": "Write a year, a month or a day: 2024, 2024-10 or 2024-10-28.",
        },
    )


def full_date(value: str) -> str:
    """Return *value* if it is a possible day in ISO form (2024-10-28)."""
    if len(value) == 10:
        return partial_date(value)
    raise PydanticCustomError(
        "bad-date",
        "{value} is not a day",
        {"value": f"“{value[:40]}”", "hint": "Write year, month and day: 2024-10-28."},
    )


@dataclass(frozen=True)
class Pattern:
    """A check whose words are all there is to it: the whole text looks like *pattern*.

    It may be read elsewhere than in Python, so it uses what all dialects know.
    """

    pattern: str
    code: str
    message: str
    hint: str

    def __call__(self, value: str) -> str:
        """Return *value* if it looks like the pattern."""
        if not re.fullmatch(self.pattern, value):
            raise PydanticCustomError(
                self.code, "{value} " + self.message, {"value": f"“{value[:60]}”", "hint": self.hint}
            )
        return value


_USUAL_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9./_~%+=&?#:;,()@!*'-]*)?")
"""An address with a plain host, in which nothing needs a closer look."""


def web_address(value: str) -> str:
    """Return *value* if it is an http or https address with a host, and without a password in it."""
    if _USUAL_ADDRESS.fullmatch(value):
        return value
    try:
        parts = urlsplit(value)
        sound = bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 0) >= 0
    except ValueError:
        sound = False
    if not sound or not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        raise PydanticCustomError(
            "bad-url",
            "{value} is not a web address",
            {
                "value": f"“{value[:60]}”",
                "hint": "Copy the whole address, beginning with https:// or http://.",
            },
        )
    return value


SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
"""Keys and identifiers: lower-case letters, digits and single hyphens, a letter first."""

_SLUG_HINT = "Use lower-case letters, digits and single hyphens; begin with a letter."


def _identifier(value: str) -> str:
    if re.fullmatch(SLUG, value):
        return value
    likely = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
    hint = f"Did you mean “{likely}”? {_SLUG_HINT}" if re.fullmatch(SLUG, likely) else _SLUG_HINT
    raise PydanticCustomError(
        "bad-identifier",
        "{value} cannot be an identifier",
        {"value": f"“{value[:60]}”", "hint": hint},
    )


# Limits stand before what is done to a text beforehand: only so does pydantic-core check them itself.

Line = Annotated[str, Field(min_length=1, max_length=2_000), BeforeValidator(_said)]
"""Text without line breaks: a title, a name, a label. “not reported” is no text."""

Statement = Annotated[str, Field(min_length=1, max_length=5_000), BeforeValidator(_said)]
"""A few sentences of plain text. “not reported” is no text."""

Prose = Annotated[str, Field(min_length=1, max_length=50_000), BeforeValidator(_written)]
"""Text in Markdown, which may hold paragraphs, lists and links, but no HTML."""

Words = Annotated[str, Field(min_length=1, max_length=5_000), BeforeValidator(_one_line)]
"""Words that are kept as the source has them, even “not applicable”: answers, labels, quotations."""

NamePart = Annotated[str, Field(min_length=1, max_length=500), BeforeValidator(_official_only)]
"""A part of a person's name: “N.R.” can be initials, “not reported” is no name."""

Count = Annotated[int, Field(ge=0), BeforeValidator(_whole_number)]
"""How many of something; never negative."""

Flag = Annotated[bool, BeforeValidator(_yes_or_no)]
"""True or false."""

PartialDate = Annotated[
    str, AfterValidator(partial_date), Field(examples=["2024", "2024-10", "2024-10-28"])
]
"""A year, a month or a day, as exact as the source is."""

Day = Annotated[str, AfterValidator(full_date), Field(examples=["2024-10-28"])]
"""A day."""

Slug = Annotated[
    str,
    AfterValidator(_identifier),
    Field(max_length=64),
]
"""An identifier of a term, a finding, a study, a search."""

_finding_reference = Pattern(
    f"{SLUG}#{SLUG}",
    "bad-identifier",
    "does not name a finding",
    "Write the record's key, “#” and the finding's id: lamp2021#company.",
)


def _one_finding(value: str) -> str:
    """Return *value* if it names a finding, and tell a whole report apart from a misspelling."""
    if re.fullmatch(SLUG, value):
        raise PydanticCustomError(
            "report-for-finding",
            "{value} names a whole report, not one of its findings",
            {"value": f"“{value[:60]}”", "hint": f"Add “#” and the finding's id: {value[:60]}#company."},
        )
    return _finding_reference(value)


FindingReference = Annotated[
    str,
    AfterValidator(_one_finding),
    Field(examples=["lamp2021#company"]),
]
"""A finding of a paper: the record's key, ``#``, the finding's id."""


def record_of(reference: str) -> str:
    """Return the key of the record whose finding is meant.

    >>> record_of("lamp2021#company")
    'lamp2021'
    """
    return reference.partition("#")[0]


Url = Annotated[
    str,
    AfterValidator(web_address),
    Field(max_length=2_000, examples=["https://doi.org/10.1186/s12954-023-00898-4"]),
]
"""A web address. Only http and https, so that no link can run a script."""

SitePath = Annotated[
    str,
    AfterValidator(
        Pattern(
            r"(?:[a-z0-9][a-z0-9-]*/)+(?:#[A-Za-z0-9][\w-]*)?",
            "bad-url",
            "is not a page of the site",
            "Write the page's address below the root of the site, such as protocol/#searches.",
        )
    ),
    Field(max_length=200, examples=["protocol/#searches"]),
]
"""A page of the site that is built, from the root of the site."""

Language = Annotated[
    str,
    AfterValidator(
        Pattern(
            r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
            "bad-language",
            "is not a language code",
            "Write the code of the language (BCP 47), such as en, fr or pt-BR.",
        )
    ),
    Field(examples=["en"]),
]
"""A language as a BCP 47 code."""

S = TypeVar("S")


def _distinct(values: list[S]) -> list[S]:
    if len(values) == 1 or len({_sign(value) for value in values}) == len(values):
        return values
    seen: set[str] = set()
    for value in values:
        written = repr(value)
        if written in seen:
            shown = f"“{value}”" if isinstance(value, str) else "the same entry"
            raise PydanticCustomError(
                "repeated-value", "{value} stands twice in this list", {"value": shown}
            )
        seen.add(written)
    return values


def _sign(value: object) -> object:
    """Return something of *value* that is the same for equal values and is soon made."""
    if isinstance(value, str):
        return value
    if isinstance(value, BaseModel):
        return tuple([text for text in value.__dict__.values() if isinstance(text, str)])
    return repr(value)


Some = Annotated[list[S], Field(min_length=1, max_length=5_000), AfterValidator(_distinct)]
"""A list of at least one value, none of them twice; some papers have thousands of authors."""
