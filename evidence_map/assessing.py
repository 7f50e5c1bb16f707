"""Write the digests of the evidence into the file of a review finding, and leave the rest as it is.

Lines are put in and taken out as text, so that comments, order and layout stay. The result is read
again, and kept only if it says the same apart from what was to be written.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from evidence_map.front_matter import split_front_matter
from evidence_map.model.synthesis import AssessedEvidence
from evidence_map.yaml_source import Document, Node, parse

NOTE = "written by “assess”: of each finding, of its study, of its appraisal"
_IN_BRACKETS = "“{name}” is written in brackets; write its fields one a line, indented below the name"
_UNSAFE = "its layout cannot be changed safely; indent the fields under “cerqual” by two spaces"


class AssessingError(Exception):
    """A file of a review finding that cannot be changed without changing what else it says."""


def with_evidence(text: str, evidence: AssessedEvidence, date: str | None = None) -> str:
    """Return the *text* of a finding's file with the digests of *evidence* under ``cerqual``.

    :param date: the day of the assessment, where it is to be changed as well.
    :raises AssessingError: if the file has no assessment or its layout forbids it.
    """
    lines = text.split("\n")
    document = _fields(text)
    cerqual = _block(document, lines, "cerqual")
    assert cerqual.fields is not None
    if date is not None and "date" in cerqual.fields:
        _replace_scalar(lines, cerqual.fields["date"].value, date)
    indent = min(field.column for field in cerqual.fields.values()) - 1
    new = _evidence_lines(evidence, indent)
    entry = cerqual.fields.get("evidence")
    if entry is None:
        at = _end(lines, cerqual.line, indent)
        lines[at:at] = new
    else:
        lines[entry.line - 1 : _end(lines, entry.line + 1, indent + 1)] = new
    result = "\n".join(lines)
    if not _says(result, document, evidence, date):
        raise AssessingError(_UNSAFE)
    return result


def _fields(text: str) -> Document:
    parts = split_front_matter(text)
    document = parse(parts[0], PurePosixPath("finding.md"), first_line=2) if parts else []
    if not isinstance(document, Document) or document.problems:
        raise AssessingError("its fields cannot be read; mend what “check” says first")
    return document


def _block(document: Document, lines: list[str], name: str) -> Node:
    """Return the section *name*, which must be written over lines."""
    fields = document.root.fields or {}
    if name not in fields or fields[name].value.fields is None:
        raise AssessingError(f"it has no “{name}”; write the assessment first")
    node = fields[name].value
    if lines[node.line - 1][node.column - 1] == "{":
        raise AssessingError(_IN_BRACKETS.format(name=name))
    return node


def _replace_scalar(lines: list[str], node: Node, value: str) -> None:
    line, start = lines[node.line - 1], node.column - 1
    written = node.text or ""
    end = start + len(written)
    if line[start : start + 1] in {"'", '"'}:
        start, end = start + 1, end + 1
    lines[node.line - 1] = line[:start] + value + line[end:]


def _end(lines: list[str], first: int, indent: int) -> int:
    """Return the index behind the last line from line *first* on that is indented at least so far."""
    end = at = first - 1
    while at < len(lines):
        line = lines[at]
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            break
        at += 1
        if line.strip() and not line.lstrip().startswith("#"):
            end = at
    return end


def _evidence_lines(evidence: AssessedEvidence, indent: int) -> list[str]:
    deeper, deepest = indent + 2, indent + 4
    return [
        f"{' ' * indent}evidence:  # {NOTE}",
        f"{' ' * deeper}question: {evidence.question}",
        f"{' ' * deeper}statement: {evidence.statement}",
        f"{' ' * deeper}contributing:",
        *(f"{' ' * deepest}{name}: {value}" for name, value in evidence.contributing.items()),
    ]


def _says(text: str, before: Document, evidence: AssessedEvidence, date: str | None) -> bool:
    """Whether *text* says what was said *before*, and the new evidence and date besides."""
    expected: Any = before.plain()
    expected["cerqual"]["evidence"] = evidence.model_dump(mode="json")
    if date is not None:
        expected["cerqual"]["date"] = date
    try:
        return bool(_fields(text).plain() == expected)
    except AssessingError:
        return False
