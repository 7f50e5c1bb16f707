"""What was found, written for a terminal, for an issue on GitHub, and for programs.

Titles, addresses and answers come from strangers. In Markdown they stand in code spans, where GitHub
reads no mention, no issue number, no link and no HTML; in a terminal, without characters on which it
would act.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import groupby

from evidence_map.link_check.outcome import Checked, Kind, Remark, Results
from evidence_map.problem_reports import counted, shown_plainly
from evidence_map.problems import Position

LONGEST_ISSUE = 65_536
"""Characters of an issue on GitHub."""

_MOST_PLACES = 5
_HEADINGS = {
    Kind.RETRACTED: "Retracted, or under concern",
    Kind.MISMATCH: "The DOI is that of another paper",
    Kind.BROKEN: "Broken",
    Kind.ADVICE: "Worth a look",
    Kind.UNCHECKED: "Could not be checked",
}
_MEANINGS = {
    Kind.RETRACTED: "Something was published about a paper that its record does not tell.",
    Kind.MISMATCH: "What is registered under the DOI has another title.",
    Kind.BROKEN: "Readers who follow these find nothing.",
    Kind.ADVICE: "Nothing is wrong for certain; look when there is time.",
    Kind.UNCHECKED: "This says nothing about them: many hosts refuse programs.",
}


def as_text(results: Results) -> str:
    """Return the results for people at a terminal."""
    parts = [shown_plainly(_summary(results))]
    for kind, found in _by_kind(results):
        lines = [f"{_HEADINGS[kind]} ({len(found)})"]
        for checked, remark in found:
            lines += ["", *_entry(checked, remark)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _entry(checked: Checked, remark: Remark) -> Iterator[str]:
    for place in checked.places[:_MOST_PLACES]:
        yield f"  {shown_plainly(_where(place))}"
    if len(checked.places) > _MOST_PLACES:
        yield f"  and {counted(len(checked.places) - _MOST_PLACES, 'more place')}"
    yield f"    {shown_plainly(f'{_name(checked)}: {remark.message}')}"
    hint = [_printable(line) for line in remark.hint.split("\n") if line]
    yield from (f"    {'hint: ' * (number == 0)}{line}" for number, line in enumerate(hint))


def _printable(line: str) -> str:
    """Return a line of a hint, with its indentation, for a terminal."""
    return line[: len(line) - len(line.lstrip(" "))] + shown_plainly(line)


def as_markdown(results: Results) -> str:
    """Return the results for an issue: at most as long as one may be, and it tells what was cut."""
    pieces = [f"{_summary(results)}\n"]
    room = LONGEST_ISSUE - len(pieces[0]) - 300
    left_out = 0
    for kind, found in _by_kind(results):
        heading = f"\n## {_HEADINGS[kind]} ({len(found)})\n\n{_MEANINGS[kind]}\n\n"
        entries = [_item(checked, remark) for checked, remark in found]
        if left_out or len(heading) > room:
            left_out += len(entries)
            continue
        pieces.append(heading)
        room -= len(heading)
        for entry in entries:
            if left_out or len(entry) > room:
                left_out += 1
                continue
            pieces.append(entry)
            room -= len(entry)
    if left_out:
        pieces.append(
            f"\n**{counted(left_out, 'more entry', 'more entries')} found no room here.** "
            "`python build.py verify-links` shows all of them.\n"
        )
    return "".join(pieces)


def _item(checked: Checked, remark: Remark) -> str:
    places = ", ".join(_code(_where(place)) for place in checked.places[:_MOST_PLACES])
    if len(checked.places) > _MOST_PLACES:
        places += f" and {counted(len(checked.places) - _MOST_PLACES, 'more place')}"
    lines = [f"- {_code(_name(checked))}: {_code(remark.message)}", f"  - in {places}"]
    first, *written = remark.hint.split("\n")
    if written:
        lines += [f"  - {_code(first)}", "", "    ```yaml"]
        lines += [f"    {_fenced(line)}" for line in written]
        lines += ["    ```", ""]
    elif first:
        lines.append(f"  - {_code(first)}")
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    """Return *text* in a code span, whatever it holds."""
    flat = shown_plainly(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    edge = " " if flat.startswith("`") or flat.endswith("`") or not flat else ""
    return f"{fence}{edge}{flat[:1_000]}{edge}{fence}"


def _fenced(line: str) -> str:
    return _printable(line).replace("`", "'")


def as_json(results: Results) -> str:
    """Return everything that was asked for, with what was found, as JSON."""
    return (
        json.dumps(
            {
                "day": results.day,
                "complete": results.is_complete,
                "expected": results.expected,
                "checked": [_object(checked) for checked in results.checked],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _object(checked: Checked) -> dict[str, object]:
    return {
        "kind": "doi" if checked.is_doi else "address",
        "subject": checked.subject,
        "outcome": checked.outcome,
        "places": [
            {"path": str(place.path), "line": place.line, "column": place.column}
            for place in checked.places
        ],
        "found": [
            {"kind": remark.kind.value, "message": remark.message, "hint": remark.hint}
            for remark in checked.remarks
        ],
    }


def _by_kind(results: Results) -> Iterator[tuple[Kind, list[tuple[Checked, Remark]]]]:
    for kind, found in groupby(results.found, key=lambda pair: pair[1].kind):
        yield kind, list(found)


def _name(checked: Checked) -> str:
    return f"DOI {checked.subject}" if checked.is_doi else checked.subject


def _where(place: Position) -> str:
    return f"{place.path}:{place.line}:{place.column}"


def _summary(results: Results) -> str:
    dois, addresses = results.number(True), results.number(False)
    asked = f"{counted(dois, 'DOI')} and {counted(addresses, 'address', 'addresses')}"
    outcomes = [each.outcome for each in results.checked]
    numbers = ", ".join(f"{outcomes.count(word):,} {word}" for word in ("well", "broken"))
    unchecked = outcomes.count(Kind.UNCHECKED.value)
    numbers += f", {unchecked:,} that could not be checked"
    text = f"On {results.day}, {asked} were asked for: {numbers}."
    for kind, words in ((Kind.RETRACTED, "untold retraction or concern"), (Kind.MISMATCH, "wrong DOI")):
        number = sum(remark.kind is kind for _, remark in results.found)
        if number:
            plural = "untold retractions or concerns" if kind is Kind.RETRACTED else "wrong DOIs"
            text += f" {counted(number, words, plural)}."
    if not results.is_complete:
        rest = results.expected - len(results.checked)
        text += f" It was broken off; {rest:,} were not asked for."
    return text


WRITERS: dict[str, Callable[[Results], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
