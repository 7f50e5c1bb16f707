"""The questions for a new review, asked one after another in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import click

from evidence_map.command_group import say
from evidence_map.starting import answers
from evidence_map.starting.answers import AnswerError
from evidence_map.starting.frames import FRAMES, FrameDimension


@dataclass(frozen=True)
class Question:
    """A question with the option that answers it beforehand.

    :ivar option: the option, such as ``--title``.
    :ivar asks: the question in a terminal.
    :ivar help: what the option is for, and what stands below the question.
    :ivar example: an answer of an invented review.
    """

    option: str
    asks: str
    help: str
    example: str


QUESTIONS = {
    question.option: question
    for question in (
        Question(
            "--title",
            "What is the title of the review?",
            "The title of the review. It can be changed later.",
            "School gardens: what pupils learn from them, and what they eat",
        ),
        Question(
            "--short-title",
            "What stands in the header of each page?",
            "A short title of two to five words for the header of each page.",
            "School gardens",
        ),
        Question(
            "--question",
            "Which question does it answer?",
            "The question that the review answers, as one sentence.",
            "What do school gardens change for the pupils who work in them?",
        ),
        Question(
            "--summary",
            "What is it, in two or three sentences for somebody who arrives at its site?",
            "Two or three sentences for somebody who arrives at the site.",
            "This review gathers studies of school gardens. It maps what was tried and what came of it.",
        ),
        Question(
            "--by",
            "Who makes it?",
            "Who makes the review, as it is to be cited: people or groups, with semicolons between.",
            "Muster, A.; The garden review group",
        ),
        Question(
            "--frame",
            "With which frame do you start?",
            "The frame of the first map; dimensions can be added at any time.",
            "intervention-outcome",
        ),
        Question(
            "--dimension",
            "What do you want to know of each finding?",
            "With the frame “blank”: the name of its dimension.",
            "Topic",
        ),
        Question(
            "--licence",
            "Under which licence are the data published?",
            "The licence of the data.",
            "CC BY 4.0",
        ),
        Question(
            "--repository",
            "What is the web address of its repository? Leave it empty if there is none yet.",
            "The web address of the review’s repository, so that the site can link to it.",
            "https://github.com/OWNER/NAME",
        ),
    )
}
"""The questions by their option, in the order in which they are asked."""


def ask(option: str, read: Callable[[str], str], default: str | None = None) -> str:
    """Ask until the answer can be used, and return it as *read* returned it.

    :param read: checks an answer, and raises :class:`AnswerError` if it cannot be used.
    :param default: what is taken if nothing is typed; None where something has to be typed.
    """
    question = QUESTIONS[option]
    click.echo()
    click.secho(question.asks, bold=True)
    if question.example not in (default, ""):
        click.echo(f"  For example: {question.example}")
    return _asked(read, default)


def ask_for_terms(dimension: FrameDimension) -> tuple[answers.NewTerm, ...]:
    """Ask for the terms of a dimension, one a line, until an empty line; then check them together."""
    click.echo()
    click.secho(dimension.question, bold=True)
    click.echo("  One a line, an empty line ends. Behind “: ” may stand what belongs to it.")
    for number, term in enumerate(dimension.example.split("; ")):
        click.echo(f"  {'             ' if number else 'For example: '}{term}")
    while True:
        lines: list[str] = []
        while line := _typed(f"  {len(lines) + 1}", ""):
            try:
                answers.terms(dimension.id, [*lines, line])
                lines.append(line)
            except AnswerError as error:
                say(f"  {error}")
        if lines:
            return answers.terms(dimension.id, lines)
        click.echo("  At least one term is needed; more can be added at any time.")


def ask_for_frame() -> str:
    """Show the frames and return the id of the chosen one."""
    click.echo()
    click.secho(QUESTIONS["--frame"].asks, bold=True)
    names = list(FRAMES)
    for number, frame in enumerate(FRAMES.values(), 1):
        click.echo(f"  {number}  {frame.id}: {frame.summary}")

    def read(typed: str) -> str:
        if typed.isdecimal() and 1 <= int(typed) <= len(names):
            return names[int(typed) - 1]
        if typed in FRAMES:
            return typed
        raise AnswerError(f"Type a number from 1 to {len(names)}.")

    return _asked(read, "1")


def ask_for_example() -> bool:
    """Ask whether an invented record is put in."""
    click.echo()
    click.secho("Shall an invented example be put in, so that the map has something to show?", bold=True)
    click.echo("  It says of itself that it is invented, and is deleted when the first paper is in.")

    def read(typed: str) -> str:
        if typed.lower() not in {"y", "yes", "n", "no"}:
            raise AnswerError("Type y or n.")
        return typed.lower()[0]

    return _asked(read, "y") == "y"


def _asked(read: Callable[[str], str], default: str | None) -> str:
    while True:
        typed = _typed(" " if default else "  ", default)
        try:
            return read(typed)
        except AnswerError as error:
            say(f"  {error}")


def _typed(mark: str, default: str | None) -> str:
    """Return a line from the terminal, or the default where the line is empty."""
    shown = bool(default)
    given = "" if default is None else default
    typed: str = click.prompt(mark, default=given, show_default=shown, prompt_suffix="> ")
    return typed.strip()
