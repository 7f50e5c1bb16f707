"""What is fuzzed, and what must hold for any bytes: one function for each, used by every engine.

A target takes bytes and returns if all is well. A documented refusal is well; any other exception, an
answer that is not sound or an input that takes too long is a find.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath

from lxml import html
from pydantic import BaseModel

from evidence_map import model
from evidence_map.checking import check
from evidence_map.citations_in_text import html_of, mentions
from evidence_map.formatting import FormattingError, formatted
from evidence_map.front_matter import read_markdown
from evidence_map.imports.decoding import decoded
from evidence_map.imports.detection import READERS, detect
from evidence_map.imports.imported import ImportFormatError, Reading
from evidence_map.imports.intake import Intake
from evidence_map.imports.markup import from_latex, plain, unknown_commands
from evidence_map.imports.outcome_report import outcome_lines
from evidence_map.problems import Problem
from evidence_map.review import Review
from evidence_map.salvage import salvaged
from evidence_map.text_source import plain_line_ends
from evidence_map.validation import validate
from evidence_map.yaml_source import Document, parse, read_document
from tests.fuzz import seeds
from tests.fuzz.watchdog import bounded
from tests.reviews import LIGHTHOUSE

PATIENCE = 20.0
"""Seconds of processor time for an input of a few kilobytes, on a slow machine, while it is traced."""

PATH = PurePosixPath("records/tea2020.yml")


@dataclass(frozen=True)
class Target:
    """A part of the program that reads what strangers write.

    :ivar check: raises for a find.
    :ivar seeds: sound inputs from which mutations begin.
    :ivar words: what stands in such inputs; mutations put it where it does not belong.
    """

    name: str
    check: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    words: tuple[str, ...]

    def tried(self, data: bytes) -> None:
        """Give *data* to the program.

        :raises Exception: if it is a find.
        """
        with bounded(PATIENCE):
            self.check(data)


# The loader


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _file_of(data: bytes) -> Path:
    file = _folder() / PATH.name
    file.write_bytes(data)
    return file


def _are_sound(problems: Iterable[Problem], data: bytes) -> None:
    """Each problem is worded, on one line, and lies within the file or just behind a line's end."""
    text = plain_line_ends(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    lines = text.split("\n")
    for problem in problems:
        assert problem.code and problem.message and "\n" not in problem.message, problem
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem


def _read(read: Document | list[Problem], kind: type[BaseModel], data: bytes) -> None:
    if isinstance(read, list):
        assert read
        return _are_sound(read, data)
    value, problems = validate(read, kind)
    assert value is not None or problems
    _are_sound(problems, data)
    if sound := salvaged(read, kind):
        assert isinstance(sound[0], kind)
    return None


def _yaml(kind: type[BaseModel], data: bytes) -> None:
    _read(read_document(_file_of(data), PATH), kind, data)


def _page(kind: type[BaseModel], data: bytes) -> None:
    read = read_markdown(_file_of(data), PATH)
    if isinstance(read, list):
        return _read(read, kind, data)
    _read(read[0], kind, data)
    text = read[1].text
    for mention, place in mentions(text):
        assert mention.key and text[place] == "@"
        at = read[1].at(place)
        assert read[1].source.split("\n")[at.line - 1][at.column - 1] == "@"
    return None


SYNTHESIS: dict[str, type[BaseModel]] = {
    "codebook.yml": model.Codebook,
    "maps.yml": model.Maps,
    "studies.yml": model.Studies,
    "searches.yml": model.SearchLog,
    "appraisal.yml": model.AppraisalTools,
    "checklists.yml": model.ChecklistAnswers,
    "accepted.yml": model.AcceptedWarnings,
}


def _synthesis(data: bytes) -> None:
    """The first line names the file, so that one target reads them all."""
    name, _, text = data.partition(b"\n")
    kinds = list(SYNTHESIS.values())
    known = SYNTHESIS.get(name.decode("utf-8", "replace"))
    _yaml(known or kinds[sum(name) % len(kinds)], text)


def _format(data: bytes) -> None:
    """What is formatted says the same, and is the same when it is formatted again."""
    text = data.decode("utf-8", "replace")
    try:
        once = formatted(text)
    except FormattingError as refused:
        assert str(refused) and "\n" not in str(refused)
        return
    # The last line of a file gets its end, which YAML takes for a part of a long text.
    before, ended, after = parse(text, PATH), parse(f"{text}\n", PATH), parse(once, PATH)
    assert isinstance(before, Document) and isinstance(ended, Document) and isinstance(after, Document)
    assert after.plain() in (before.plain(), ended.plain())
    assert validate(before, model.Record)[0] == validate(after, model.Record)[0]
    assert formatted(once) == once
    assert len(once) <= 4 * len(text) + 1000


@cache
def _copy() -> Path:
    """Return a copy of the small review, one record of which is overwritten by each input."""
    root = _folder() / "review"
    shutil.copytree(LIGHTHOUSE, root, ignore=shutil.ignore_patterns("build"))
    return root


def _review(data: bytes) -> None:
    """A record, whatever is in it, among sound files: all rules run over what can be read of it."""
    root, file = _copy(), "records/muster2020.yml"
    (root / file).write_bytes(data)
    for problem in check(root).problems:
        if str(problem.path) == file:
            _are_sound([problem], data)
        else:
            lines = (root / problem.path).read_text("utf-8").split("\n")
            assert 1 <= problem.line <= len(lines), problem
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem


# The importers


@cache
def _review_here() -> Review:
    review = check(LIGHTHOUSE).review
    assert review is not None
    return review


def _import(form: str | None, data: bytes) -> None:
    """What is read becomes drafts that are read back; what is not is told on one line, with its line."""
    try:
        text, remarks = decoded(data, "a file")
        reading = READERS[form or detect(text, "a file")](text, "a file")
    except ImportFormatError as error:
        assert str(error).startswith("a file ") and "\n" not in str(error)
        return
    _are_within(reading, text)
    assert all("\n" not in remark for remark in remarks)
    outcome = Intake(_review_here(), (), "2020-01-01").take(reading, "a file", "fuzz")
    assert sum(1 for _ in outcome_lines(outcome, everything=True, dry_run=True))
    written = sum(len(draft.text) for draft in outcome.drafts)
    assert written <= 30 * len(text) + 10_000 * (len(outcome.drafts) + 1)


def _are_within(reading: Reading, text: str) -> None:
    last = text.count("\n") + 1
    for reference in reading.references:
        assert 1 <= reference.line <= last
        assert all(leftover.name for leftover in reference.leftovers)
        assert all(1 <= leftover.line <= last for leftover in reference.leftovers)
    for refused in reading.refused:
        assert 1 <= refused.line <= last
        assert "\n" not in refused.reason


def _latex(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for read in (from_latex(text), plain(text)):
        assert len(read) <= 10 * len(text) + 100
    assert all(command for command in unknown_commands(text))


# The pages

ALLOWED: dict[str, set[str]] = {
    "a": {"href", "title"},
    "code": {"class"},
    "ol": {"start"},
    "th": {"style", "align"},
    "td": {"style", "align"},
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")},
    **{plain: set() for plain in ("p", "em", "strong", "s", "br", "hr", "ul", "li", "blockquote")},
    **{plain: set() for plain in ("pre", "table", "thead", "tbody", "tr", "cite")},
}
"""The elements that text of a review may become, with their attributes; ``cite`` is this test’s own."""

SCHEMES = ("javascript", "vbscript", "file", "data")


def _markdown(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    written = html_of(text, lambda mention: "<cite></cite>", anchors=True)
    # A table may complete rows that are too short; the parser bounds how many cells that makes.
    assert len(written) <= 60 * len(text) + 1_000_000
    for element in html.fragment_fromstring(written, create_parent="article").iterdescendants():
        assert element.tag in ALLOWED, element.tag
        assert set(element.attrib) <= ALLOWED[element.tag], element.attrib
        address = "".join(c for c in str(element.get("href", "")).lower() if c > " ")
        assert not address.startswith(tuple(f"{scheme}:" for scheme in SCHEMES)), address
        aligned = element.get("align") or element.get("style", "left").removeprefix("text-align:")
        assert aligned in {"left", "right", "center"}, aligned
    for mention, place in mentions(text):
        assert mention.key and text[place] == "@"


def _named() -> list[bytes]:
    files = [LIGHTHOUSE / "synthesis" / name for name in SYNTHESIS]
    return [f"{file.name}\n".encode() + file.read_bytes() for file in files if file.is_file()]


def _importer(form: str, sound: Callable[[], list[bytes]]) -> Target:
    return Target(form, partial(_import, form), sound, seeds.MARKUP_WORDS)


def _record_file(name: str, check: Callable[[bytes], None], pattern: str = "records/*.yml") -> Target:
    return Target(name, check, partial(seeds.files, pattern), seeds.YAML_WORDS)


def _markdown_file(name: str, kind: type[BaseModel], pattern: str) -> Target:
    words = (*seeds.YAML_WORDS, *seeds.MARKDOWN_WORDS)
    return Target(name, partial(_page, kind), partial(seeds.files, pattern), words)


def _of_any_kind() -> list[bytes]:
    return [seeds.MEDLINE, seeds.ENDNOTE, *seeds.ris()[:2], *seeds.samples("zotero.json", "entries.bib")]


_TABLES = ("scopus.csv", "zotero.csv", "rayyan.csv", "pubmed.csv", "web_of_science.txt")

TARGETS = {
    target.name: target
    for target in (
        _record_file("record", partial(_yaml, model.Record)),
        _record_file("second", partial(_yaml, model.SecondExtraction), "records/*.second.yml"),
        _record_file("format", _format),
        _record_file("review", _review),
        Target("synthesis", _synthesis, _named, seeds.YAML_WORDS),
        _markdown_file("finding", model.ReviewFinding, "synthesis/findings/*.md"),
        _markdown_file("protocol", model.Protocol, "synthesis/protocol.md"),
        _importer("ris", seeds.ris),
        _importer("bibtex", partial(seeds.samples, "entries.bib", "dialects.bib")),
        _importer("csl-json", partial(seeds.samples, "zotero.json")),
        _importer("medline", lambda: [seeds.MEDLINE]),
        _importer("pubmed-xml", partial(seeds.samples, "pubmed.xml")),
        _importer("endnote-xml", partial(seeds.samples, "endnote.xml")),
        _importer("endnote", lambda: [seeds.ENDNOTE]),
        _importer("csv", partial(seeds.samples, *_TABLES)),
        Target("any-file", partial(_import, None), _of_any_kind, seeds.MARKUP_WORDS),
        Target("latex", _latex, seeds.latex, seeds.MARKUP_WORDS),
        Target("markdown", _markdown, lambda: [seeds.MARKDOWN], seeds.MARKDOWN_WORDS),
    )
}
"""What is fuzzed, by the name that ``make fuzz`` takes."""
