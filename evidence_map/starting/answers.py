"""What a new review is made of: answers, checked by the rules that its files have to meet."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pydantic import BaseModel

from evidence_map.dimensions import BUILT_IN_NAMES, NONE_OF_THESE
from evidence_map.duplicates import folded
from evidence_map.model.absence import intended_absence
from evidence_map.model.codebook import Term
from evidence_map.model.scalars import web_address
from evidence_map.model.synthesis import Protocol
from evidence_map.problems import Problem
from evidence_map.starting.frames import TAKEN, Frame
from evidence_map.text_source import refused_character
from evidence_map.validation import validate
from evidence_map.value_rules import MISSING_FIELD
from evidence_map.yaml_source import parse

LONGEST_NAME = 40
"""Characters of a title that can stand in the header as it is."""

LONGEST_ID = 64

MOST_TERMS = 200

DEFINITION = "Not defined yet. Say in one or two sentences what belongs here and what does not."
"""What a term says until the reviewers have defined it."""

_NOWHERE = PurePosixPath("answer")
_PINNED = re.compile(r"evidence-map\s*(?:==\s*[0-9][\w.+!]*|@\s*\S+)")


class AnswerError(ValueError):
    """An answer that cannot stand in a review; the message says why, and how to mend it."""


@dataclass(frozen=True)
class NewTerm:
    """A term of a new codebook."""

    id: str
    label: str
    definition: str = DEFINITION


@dataclass(frozen=True)
class Answers:
    """Everything that the files of a new review are made from.

    :ivar terms: the terms of each dimension of the frame, by the dimension's id.
    :ivar tool: the line with which pip installs this program; empty where it is not known yet.
    :ivar example: whether an invented record is put in.
    """

    title: str
    short_title: str
    question: str
    summary: str
    authors: tuple[str, ...]
    frame: Frame
    terms: dict[str, tuple[NewTerm, ...]]
    licence: str = "CC BY 4.0"
    contact: str = ""
    address: str = ""
    repository: str = ""
    tool: str = ""
    example: bool = True


def protocol_field(name: str, text: str) -> str:
    """Return *text* as the field *name* of the protocol keeps it, without line breaks.

    :raises AnswerError: if the field cannot hold it.
    """
    return _field(Protocol, name, text)


def author(text: str) -> str:
    """Return the name of somebody who makes the review.

    :raises AnswerError: if it cannot stand in the list of authors.
    """
    return _field(Protocol, "authors", text, several=True)


def _field(model: type[BaseModel], name: str, text: str, *, several: bool = False) -> str:
    kept = " ".join(text.split())
    if not kept:
        raise AnswerError("This cannot be left empty.")
    # Seen before spaces are taken out: some separators of lines count as spaces.
    if problem := refused_character(text.replace("\r", "\n"), _NOWHERE):
        raise AnswerError(_told(problem))
    value: object = [kept] if several else kept
    document = parse(json.dumps({name: value}, ensure_ascii=False), _NOWHERE)
    problems = document if isinstance(document, list) else validate(document, model)[1]
    for problem in problems:
        if problem.code != MISSING_FIELD.code:
            raise AnswerError(_told(problem))
    return kept


def _told(problem: Problem) -> str:
    return f"{problem.message[:1].upper()}{problem.message[1:]}. {problem.hint}"


def short_title_of(title: str) -> str:
    """Return a short title to propose: what stands before a colon, or the first words.

    >>> short_title_of("School gardens: what pupils learn from them, and what they eat")
    'School gardens'
    """
    if len(title) <= LONGEST_NAME:
        return title
    before = re.split(r"[:：–—]\s*|\s+-\s+", title)[0].strip()
    if 0 < len(before) <= LONGEST_NAME:
        return before
    words = (before or title)[: LONGEST_NAME + 1].split()
    return " ".join(words[:5] if len(words[:5]) < len(words) else words[:-1]) or title[:LONGEST_NAME]


def licence(text: str) -> str:
    """Return the name of the licence of the data.

    :raises AnswerError: if it is none.
    """
    return protocol_field("licence", text)


def repository(text: str) -> str:
    """Return the web address of the review's repository.

    :raises AnswerError: if it is none.
    """
    kept = text.strip().removesuffix("/").removesuffix(".git")
    if problem := refused_character(kept, _NOWHERE):
        raise AnswerError(_told(problem))
    if found := re.fullmatch(r"git@([\w.-]+):(\S+)", kept):
        kept = f"https://{found[1]}/{found[2]}"
    try:
        web_address(kept)
    except ValueError:
        kept = ""
    if not urlsplit(kept).path.strip("/"):
        raise AnswerError(
            "This is not the web address of a repository. Copy it from the browser, such as "
            "https://github.com/OWNER/NAME."
        )
    return kept


def tool(text: str) -> str:
    """Return the line with which pip installs this program in the review.

    :raises AnswerError: if it names no version or no address.
    """
    kept = " ".join(text.split())
    if refused_character(text, _NOWHERE) or not _PINNED.fullmatch(kept):
        raise AnswerError(
            "Name the program with its address and its commit, so that everyone builds with the same: "
            "evidence-map @ git+https://github.com/OWNER/NAME@COMMIT. Where it is published, "
            "evidence-map==VERSION will do."
        )
    return kept


def dimension_id(label: str) -> str:
    """Return the id of a dimension that the reviewers named.

    :raises AnswerError: if none can be made, or every review has one of that name already.
    """
    made = identifier(label, "dimension", 1)
    if made in BUILT_IN_NAMES or made in TAKEN:
        raise AnswerError(
            f"Every review has “{made}” already. Give the dimension another name, such as Topic."
        )
    return made


def terms(dimension: str, written: str | Sequence[str]) -> tuple[NewTerm, ...]:
    """Return the terms that are written one after another, each with its definition if it has one.

    >>> [(term.id, term.definition[:4]) for term in terms("topic", "Café au lait: with milk; Tea")]
    [('cafe-au-lait', 'With'), ('tea', 'Not ')]

    :param written: terms with semicolons or line breaks between them; behind ``: `` the definition.
    :raises AnswerError: if there is none, one is written twice, or one cannot be a term.
    """
    text = written if isinstance(written, str) else "\n".join(written)
    found: list[NewTerm] = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        label, _, definition = (" ".join(half.split()) for half in part.partition(": "))
        taken = {term.id for term in found}
        if folded(label) and folded(label) in {folded(term.label) for term in found}:
            raise AnswerError(f"“{label}” is named twice.")
        found.append(_term(dimension, label, definition, taken, len(found) + 1))
    if not found:
        raise AnswerError("At least one term is needed; more can be added at any time.")
    if len(found) > MOST_TERMS:
        raise AnswerError(f"These are {len(found)} terms; start with {MOST_TERMS} at most.")
    return tuple(found)


def _term(dimension: str, label: str, definition: str, taken: Collection[str], number: int) -> NewTerm:
    kept = _field(Term, "label", label)
    said = _field(Term, "definition", definition) if definition else DEFINITION
    made = identifier(kept, dimension, number)
    while made in taken or made == NONE_OF_THESE or intended_absence(made):
        made = f"{made[: LONGEST_ID - 4].rstrip('-')}-{number}"
    sentence = f"{said[:1].upper()}{said[1:]}{'.' if said[-1].isalnum() else ''}"
    return NewTerm(made, kept, sentence)


def identifier(label: str, stem: str, number: int) -> str:
    """Return an identifier made from a *label*: small letters, digits and hyphens, a letter first.

    :param stem: what stands before, or instead of, a label that gives no letter to begin with.
    :param number: the place of the label, for one of which nothing can be read.
    """
    words = re.sub(r"[^a-z0-9]+", "-", folded(label)).strip("-")
    if not words:
        words = f"{stem}-{number}"
    elif not words[0].isalpha():
        words = f"{stem}-{words}"
    return words[:LONGEST_ID].rstrip("-")
