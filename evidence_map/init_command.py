"""The command ``init``: a new review for another topic, from a few answers."""

from __future__ import annotations

import datetime
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from evidence_map.command_group import fail, say, told
from evidence_map.rules.example import INVENTED_EXAMPLE
from evidence_map.starting import answers, asking
from evidence_map.starting.answers import AnswerError, Answers, NewTerm
from evidence_map.starting.asking import QUESTIONS
from evidence_map.starting.frames import FRAMES, Frame, frame_of_one
from evidence_map.starting.place import PlaceError, checked_place
from evidence_map.text_source import REFUSED_CHARACTERS

LICENCE = "CC BY 4.0"


def is_terminal() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _option(name: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    return click.option(name, metavar="TEXT", help=QUESTIONS[name].help)


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_option("--title")
@_option("--short-title")
@_option("--question")
@_option("--summary")
@click.option("--by", multiple=True, metavar="NAME", help=QUESTIONS["--by"].help)
@click.option("--frame", type=click.Choice(list(FRAMES)), help=QUESTIONS["--frame"].help)
@_option("--dimension")
@click.option(
    "--terms",
    multiple=True,
    metavar="DIMENSION=TERMS",
    help="The terms of a dimension of the frame, with semicolons between them; behind “: ” may stand "
    "what belongs to a term. Once for each dimension.",
)
@click.option("--licence", metavar="TEXT", help=f"{QUESTIONS['--licence'].help}  [default: {LICENCE}]")
@click.option("--contact", metavar="TEXT", help="How to reach those who make the review.")
@click.option("--address", metavar="URL", help="Where the site will be published.")
@click.option("--repository", metavar="URL", help=QUESTIONS["--repository"].help)
@click.option(
    "--tool",
    metavar="REQUIREMENT",
    help="The line of requirements.txt with which pip installs this program, pinned to a commit.",
)
@click.option(
    "--example/--no-example",
    default=None,
    help="Put an invented record in, so that the map has something to show, or not.  [default: example]",
)
@click.option("--no-input", is_flag=True, help="Ask nothing, even in a terminal.")
@click.pass_context
def init_command(
    context: click.Context,
    folder: Path,
    title: str | None,
    short_title: str | None,
    question: str | None,
    summary: str | None,
    by: tuple[str, ...],
    frame: str | None,
    dimension: str | None,
    terms: tuple[str, ...],
    licence: str | None,
    contact: str | None,
    address: str | None,
    repository: str | None,
    tool: str | None,
    example: bool | None,
    no_input: bool,
) -> None:
    """Make a small working review of your own in DIR, which builds at once.

    In a terminal you are asked what is not given; elsewhere options answer everything. DIR is made; if
    it is there, it has to be empty but for .git. The review is made whole or not at all. Exit status: 0
    it was made, 1 it could not be made, 2 the command was used wrongly.
    """
    if context.obj is not None:
        raise _wrong("--root names a review that is there; “init” makes a new one in DIR.")
    try:
        place = checked_place(folder)
    except (PlaceError, OSError) as error:
        raise _wrong(f"{_sentence(told(error))}.") from None
    given = _Given(
        {
            "--title": title,
            "--short-title": short_title,
            "--question": question,
            "--summary": summary,
            "--by": "; ".join(by) or None,
            "--frame": frame,
            "--dimension": dimension,
            "--licence": licence,
            "--repository": repository,
        },
        can_ask=is_terminal() and not no_input,
    )
    given.terms = _terms_by_dimension(terms)
    given.example = example
    further = {
        "contact": _checked("--contact", contact, lambda text: answers.protocol_field("contact", text)),
        "address": _checked("--address", address, lambda text: answers.protocol_field("address", text)),
        "tool": _checked("--tool", tool, answers.tool),
    }
    try:
        made_of = _answers(given, further)
    except click.Abort:
        click.echo()
        fail("stopped; nothing was made")
    _make(made_of, place, folder)


class _Given:
    """What the options say, and what is asked or missing besides."""

    def __init__(self, options: dict[str, str | None], can_ask: bool) -> None:
        self.options = options
        self.can_ask = can_ask
        self.terms: dict[str, str] = {}
        self.example: bool | None = None
        self.missing: list[str] = []

    def answer(
        self, option: str, read: Callable[[str], str], default: Callable[[], str] | None = None
    ) -> str:
        """Return the checked answer to a question: from its option, from the terminal or its default."""
        written = self.options[option]
        if written is not None:
            return _checked(option, written, read)
        proposed = default() if default else None
        if self.can_ask:
            return asking.ask(option, read, proposed)
        if proposed is None:
            question = QUESTIONS[option]
            self.missing.append(f"{option}: {question.help} For example: {question.example}")
            return ""
        return proposed


def _checked(option: str, written: str | None, read: Callable[[str], str]) -> str:
    if written is None:
        return ""
    try:
        return read(written)
    except AnswerError as error:
        raise _wrong(f"{option}: {error}") from None


def _terms_by_dimension(written: Sequence[str]) -> dict[str, str]:
    """Return what ``--terms`` says, by dimension."""
    found: dict[str, str] = {}
    for each in written:
        name, sign, text = each.partition("=")
        name = name.strip()
        if not sign:
            raise _wrong(
                f"--terms: “{each[:60]}” names no dimension. Write its name, “=” and the terms: "
                "outcome=Vegetables eaten; Wellbeing."
            )
        found[name] = f"{found[name]}; {text}" if name in found else text
    return found


def _answers(given: _Given, further: dict[str, str]) -> Answers:
    """Return all answers, asked for in the order in which a person thinks of them.

    :raises click.UsageError: if something is missing and nobody can be asked; all of it is told at once.
    """

    def field(name: str) -> Callable[[str], str]:
        return lambda text: answers.protocol_field(name, text)

    title = given.answer("--title", field("title"))
    short = given.answer(
        "--short-title", field("short_title"), lambda: answers.short_title_of(title) if title else "-"
    )
    question = given.answer("--question", field("question"))
    summary = given.answer("--summary", field("summary"))
    names = given.answer("--by", _names)
    frame = _frame(given)
    terms = _terms(given, frame) if frame else {}
    licence = given.answer("--licence", answers.licence, lambda: LICENCE)
    repository = given.answer(
        "--repository", lambda text: answers.repository(text) if text else "", lambda: ""
    )
    example = given.example
    if example is None:
        example = asking.ask_for_example() if given.can_ask else True
    if given.missing:
        told = "".join(f"\n  {line}" for line in given.missing)
        raise _wrong(f"Nobody can be asked here, so these are needed:{told}")
    assert frame is not None
    return Answers(
        title,
        short,
        question,
        summary,
        tuple(names.split("; ")),
        frame,
        terms,
        licence,
        repository=repository,
        example=example,
        **further,
    )


def _names(text: str) -> str:
    """Return the names in *text*, each checked, with semicolons between them."""
    names = [answers.author(name) for name in text.split(";") if name.strip()] or [answers.author("")]
    if twice := [name for name in names if names.count(name) > 1]:
        raise AnswerError(f"“{twice[0]}” is named twice.")
    return "; ".join(names)


def _frame(given: _Given) -> Frame | None:
    """Return the frame, or None after noting what of it is missing."""
    name = given.options["--frame"]
    if name is None and given.options["--dimension"] is not None:
        name = "blank"
    if name is None and given.can_ask:
        name = asking.ask_for_frame()
    if name is None:
        choices = "".join(f"\n      {frame.id}: {frame.summary}" for frame in FRAMES.values())
        given.missing.append(f"--frame: {QUESTIONS['--frame'].help} One of:{choices}")
        return None
    if name != "blank":
        if given.options["--dimension"] is not None:
            raise _wrong(f"--dimension goes with the frame “blank”, not with “{name}”.")
        return FRAMES[name]

    def read(text: str) -> str:
        kept = answers.protocol_field("short_title", text)
        answers.dimension_id(kept)
        return kept

    label = given.answer("--dimension", read)
    return frame_of_one(answers.dimension_id(label), label) if label else None


def _terms(given: _Given, frame: Frame) -> dict[str, tuple[NewTerm, ...]]:
    """Return the terms of each dimension of the frame, after noting what is missing."""
    known = [dimension.id for dimension in frame.dimensions]
    for name in given.terms:
        if name not in known:
            raise _wrong(f"--terms: the frame has no dimension “{name}”; it has: {', '.join(known)}.")
    found: dict[str, tuple[NewTerm, ...]] = {}
    for dimension in frame.dimensions:
        written = given.terms.get(dimension.id)
        if written is not None:
            try:
                found[dimension.id] = answers.terms(dimension.id, written)
            except AnswerError as error:
                raise _wrong(f"--terms {dimension.id}: {error}") from None
        elif given.can_ask:
            found[dimension.id] = asking.ask_for_terms(dimension)
        else:
            given.missing.append(
                f"--terms {dimension.id}=…: {dimension.question} For example: "
                f"--terms {shlex.quote(f'{dimension.id}={dimension.example}')}"
            )
    return found


def _make(made_of: Answers, place: Path, written: Path) -> None:
    # What makes the files is slow to load, and a question should not wait for it.
    from evidence_map.starting.making import StartingError, make_review

    try:
        files = make_review(made_of, place, datetime.date.today().isoformat())
    except (OSError, PlaceError) as error:
        fail(f"the review could not be made: {told(error)}; nothing is left behind")
    except StartingError as error:
        fail(f"these answers make no sound review: {told(error)} Nothing was made")
    click.echo()
    say(f"Made in {written}: {made_of.title}")
    for line in _contents(files, made_of.example):
        click.echo(line)
    click.echo("\nThe next three steps:\n")
    for line in next_steps(written):
        say(line)


def _contents(files: list[str], example: bool) -> list[str]:
    record = "one invented example so far" if example else "none so far"
    lines = [
        ("records/", f"one file for each paper; {record}"),
        ("synthesis/", "question and methods, codebook, maps"),
        ("schema/", "what editors need to complete names and terms"),
    ]
    if any(name.startswith(".github/workflows/") for name in files):
        lines.append((".github/", "checks of pull requests, publishing, forms"))
    lines += [
        ("README.md", "what it is, how it is built, where to read on"),
        ("requirements.txt", "the program that builds it; to be pinned once it is published"),
    ]
    return [f"  {name:<18}{what}" for name, what in lines]


def next_steps(folder: Path) -> list[str]:
    """Return what to do next, with the commands as they work where ``init`` was called."""
    quoted = shlex.quote(str(folder))
    if Path(sys.argv[0]).name == "build.py":
        command, last, before = "python build.py", f" --root {quoted}", []
    else:
        command, last, before = "evidence-map", "", [f"  cd {quoted}", ""]
    return [
        *before,
        f"  {command} build{last}",
        "      builds the site; the map is on its page Map.",
        f"  {command} serve{last}",
        "      shows the site on this machine and builds it again when a file changes.",
        f"  {command} add DOI{last}",
        "      makes a draft record of your first paper; the page Contribute says what goes into it.",
        f"      When the paper is in, delete records/{INVENTED_EXAMPLE}.yml, if it is there.",
    ]


def _wrong(text: str) -> click.UsageError:
    """Return the error for wrong use, without characters on which a terminal would act."""
    return click.UsageError(REFUSED_CHARACTERS.sub("\ufffd", text))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
