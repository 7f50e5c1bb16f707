"""What a review points to: every DOI and every address in its files, each with all its places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urldefrag, urlsplit

from pydantic_core import PydanticCustomError

from evidence_map.front_matter import Narrative
from evidence_map.model.identifiers import doi
from evidence_map.model.record import Record
from evidence_map.problems import Position
from evidence_map.review import Located, Review
from evidence_map.yaml_source import Document, Node

_ESCAPE = r"\\([!#&()*+,.:;=?@\[\]_~-])"
_ADDRESS = re.compile(
    rf"(?i)(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{{1,20}}://(?:[^\s<>\"{{}}|\\^`]|{_ESCAPE})+"
)
_ESCAPED = re.compile(_ESCAPE)
_RESOLVERS = {"doi.org", "dx.doi.org", "www.doi.org"}
_CLOSING = {")": "(", "]": "["}

IsWanted = Callable[[Position], bool]


@dataclass(slots=True)
class PointedDoi:
    """A DOI with its places.

    :ivar records: the records whose own DOI it is, by key; there its title is compared.
    """

    doi: str
    places: list[Position] = field(default_factory=list)
    records: dict[str, Located[Record]] = field(default_factory=dict)


@dataclass(slots=True)
class PointedAddress:
    """An address, without what follows a “#”, with its places."""

    address: str
    places: list[Position] = field(default_factory=list)


@dataclass(slots=True)
class Pointers:
    """Everything that is to be asked for, each once, in the order of the files."""

    dois: list[PointedDoi]
    addresses: list[PointedAddress]


def pointers(review: Review, is_wanted: IsWanted = lambda place: True) -> Pointers:
    """Return what *review* points to, as far as its places are wanted.

    An address of the resolver of DOIs counts as the DOI. Mail addresses are left out.

    :param is_wanted: whether what stands at a place is to be asked for.
    """
    dois: dict[str, PointedDoi] = {}
    addresses: dict[str, PointedAddress] = {}
    for key, record in review.records.items():
        reference = record.value.reference
        if reference.doi and is_wanted(place := record.at("reference", "doi")):
            own = dois.setdefault(reference.doi, PointedDoi(reference.doi))
            own.places.append(place)
            own.records[key] = record
        for index, notice in enumerate(record.value.notices or []):
            if notice.doi and is_wanted(place := record.at("notices", index, "doi")):
                dois.setdefault(notice.doi, PointedDoi(notice.doi)).places.append(place)
    for written, place in _written(review):
        if not is_wanted(place):
            continue
        if name := _doi_of(written):
            dois.setdefault(name, PointedDoi(name)).places.append(place)
        else:
            whole = urldefrag(written).url
            addresses.setdefault(whole, PointedAddress(whole)).places.append(place)
    everything: list[PointedDoi | PointedAddress] = [*dois.values(), *addresses.values()]
    for each in everything:
        each.places = sorted(set(each.places))
    return Pointers(
        sorted(dois.values(), key=lambda each: each.places[0]),
        sorted(addresses.values(), key=lambda each: each.places[0]),
    )


def _written(review: Review) -> Iterator[tuple[str, Position]]:
    """Yield each address in the files with its place."""
    for document in _documents(review).values():
        yield from _in_document(document)
    narratives = [review.protocol_narrative, *(page.narrative for page in review.findings.values())]
    for narrative in narratives:
        yield from _in_narrative(narrative)


def _documents(review: Review) -> dict[PurePosixPath, Document]:
    located: list[Located] = [  # type: ignore[type-arg]
        review.protocol,
        review.codebook,
        *review.records.values(),
        *review.seconds.values(),
        *review.studies.values(),
        *review.searches.values(),
        *review.tools.values(),
        *review.maps.values(),
        *(page.fields for page in review.findings.values()),
        *review.checklists,
        *review.accepted,
    ]
    return {each.document.path: each.document for each in located}


def _in_narrative(narrative: Narrative) -> Iterator[tuple[str, Position]]:
    for address, start in addresses_in(narrative.text):
        yield address, narrative.at(start)


def _in_document(document: Document) -> Iterator[tuple[str, Position]]:
    """Yield the addresses of a YAML file.

    A text that runs over several lines has but one place; from there on the file is looked through
    for where the address stands.
    """
    lines = document.text.split("\n")
    seen: dict[tuple[int, str], int] = defaultdict(int)
    for node in _texts(document.root):
        for address, _ in addresses_in(node.text or ""):
            line = node.line
            occurrence = seen[line, address]
            seen[line, address] += 1
            yield address, _place(document, lines, node, address, occurrence)


def _place(document: Document, lines: list[str], node: Node, address: str, occurrence: int) -> Position:
    first = node.line - document.first_line
    start = node.column - 1
    for number in range(first, len(lines)):
        column = lines[number].find(address, start)
        while column >= 0:
            if not occurrence:
                return Position(document.path, number + document.first_line, column + 1)
            occurrence -= 1
            column = lines[number].find(address, column + 1)
        start = 0
    return Position(document.path, node.line, node.column)


def _texts(root: Node) -> Iterator[Node]:
    """Yield every text below *root*, in the order of the file."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.text is not None:
            if "://" in node.text:
                yield node
        elif node.items is not None:
            waiting += reversed(node.items)
        else:
            waiting += [entry.value for entry in reversed((node.fields or {}).values())]


def addresses_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield the addresses in *text*, with where they begin; what follows in the sentence is left off.

    >>> list(addresses_in("See <https://example.org/a_(b)>, (https://example.org/c)."))
    [('https://example.org/a_(b)', 5), ('https://example.org/c', 34)]
    """
    for match in _ADDRESS.finditer(text):
        found = match.group()
        # Markdown: [words](address) ends at its own bracket, whatever follows.
        if text[: match.start()].endswith("]("):
            found = _balanced(found)
        while found and (found[-1] in ".,;:!?'’”*_" or _is_unopened(found)):
            found = found[:-1]
        yield _ESCAPED.sub(r"\1", found), match.start()


def _balanced(text: str) -> str:
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return text[:at]
    return text


def _is_unopened(text: str) -> bool:
    opening = _CLOSING.get(text[-1])
    return opening is not None and text.count(opening) < text.count(text[-1])


def _doi_of(address: str) -> str:
    """Return the DOI to which an address of the resolver leads, or “”."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if (parts.hostname or "").lower() not in _RESOLVERS:
        return ""
    try:
        return doi(unquote(parts.path.lstrip("/")))
    except PydanticCustomError:
        return ""
