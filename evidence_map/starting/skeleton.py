"""The files of a new review, made from its answers."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evidence_map.building import shipped
from evidence_map.exports.review_citation import spdx_licence
from evidence_map.rules.example import INVENTED_EXAMPLE
from evidence_map.starting.answers import Answers

FILES = Path(__file__).parent / "files"

PLAIN = {
    "synthesis/README.md": "synthesis/README.md",
    "records/README.md": "records/README.md",
    "build.py": "build.py",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".github/dependabot.yml": "dependabot.yml",
}
"""Files that are the same in every new review, with their sources in ``files/``."""

MADE = {
    "synthesis/protocol.md": "synthesis/protocol.md.jinja",
    "synthesis/codebook.yml": "synthesis/codebook.yml.jinja",
    "synthesis/maps.yml": "synthesis/maps.yml.jinja",
    "mkdocs.yml": "mkdocs.yml.jinja",
    "requirements.txt": "requirements.txt.jinja",
    "README.md": "README.md.jinja",
    "LICENSE-DATA": "LICENSE-DATA.jinja",
}
"""Files that are made from the answers, with their templates."""

TAKEN_OVER = (
    ".editorconfig",
    ".vscode/*.json",
    ".github/ISSUE_TEMPLATE/*.yml",
    ".github/[Pp][Uu][Ll][Ll]_*.md",
    ".github/workflows/checks.yml",
    ".github/workflows/comment.yml",
    ".github/workflows/links.yml",
    ".github/workflows/publish.yml",
    ".github/workflows/release.yml",
)
"""Files of the program’s own repository that serve every review as they are, but for one step."""

_LOCKED = "--require-hashes --requirement requirements.lock"
_PINNED = "--requirement requirements.txt"
"""How workflows install the program: here from its own lock file, in a review of its own by its pin."""

_WIDTH = 100
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9.]+)")


def files_of(answers: Answers, today: str) -> dict[str, str]:
    """Return the text of each file of a new review, by its path in the review’s folder.

    Schemas and the citation file are not among them: they are made from the review itself.

    :param today: the day, such as ``2026-11-22``, for the invented example.
    """
    texts = {name: (FILES / source).read_text("utf-8") for name, source in PLAIN.items()}
    environment = _environment()
    words: dict[str, Any] = {
        "review": answers,
        "example": INVENTED_EXAMPLE,
        "licence_page": licence_page(answers.licence),
    }
    for name, source in MADE.items():
        texts[name] = environment.get_template(source).render(words)
    if answers.example:
        words |= {"today": today, **_codes_of_the_example(answers)}
        text = environment.get_template("records/example.yml.jinja").render(words)
        texts[f"records/{INVENTED_EXAMPLE}.yml"] = text
    return {**texts, **_taken_over()}


def _taken_over() -> dict[str, str]:
    texts = {}
    for pattern in TAKEN_OVER:
        first, _, below = pattern.partition("/")
        home = shipped(first)
        for file in sorted(home.glob(below)) if below else [home]:
            name = (Path(first) / file.relative_to(home)).as_posix() if below else first
            texts[name] = file.read_text("utf-8").replace(_LOCKED, _PINNED)
    return texts


def licence_page(licence: str) -> str:
    """Return where a licence of Creative Commons is explained, or ``""`` for any other.

    >>> licence_page("CC BY-SA 4.0")
    'https://creativecommons.org/licenses/by-sa/4.0/'
    """
    name = spdx_licence(licence) or ""
    if name == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE_COMMONS.fullmatch(name)
    return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/" if found else ""


def _codes_of_the_example(answers: Answers) -> dict[str, Any]:
    """Return the terms that the invented record carries: of each dimension the first and the last."""
    coded: dict[str, list[str]] = {"sample.roles": [], "setting.service_types": []}
    codes = []
    for dimension in answers.frame.dimensions:
        ids = [term.id for term in answers.terms[dimension.id]]
        if dimension.applies_to == "findings":
            codes.append((dimension.id, ids[0], ids[-1]))
        else:
            coded[dimension.field] = [scalar(id) for id in dict.fromkeys((ids[0], ids[-1]))]
    return {"coded": coded, "codes": codes}


def scalar(text: str, indent: int = 2) -> str:
    """Return *text*, which has no line breaks, as YAML writes it behind a colon.

    >>> scalar("School: gardens")
    "'School: gardens'"

    :param indent: how far the lines of a long text stand in.
    """
    if len(text) + indent > _WIDTH and not re.search(r"[^\S ]|  |\ufeff", text):
        lines = textwrap.wrap(text, _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        return "\n".join([">-", *(" " * indent + line for line in lines)])
    written = yaml.dump(text, Dumper=yaml.SafeDumper, allow_unicode=True, width=1_000_000)
    return written.removesuffix("\n").removesuffix("\n...")


def markdown(text: str) -> str:
    """Return *text* so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>&#!|~])", r"\\\1", text)


def _environment() -> Environment:
    # The files are YAML and Markdown, for which the two filters quote; HTML is none of them.
    made = Environment(
        loader=FileSystemLoader(FILES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["field"] = scalar
    made.filters["markdown"] = markdown
    return made
