"""Random edits of the small invented review, each of which leaves it without errors."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.reviews import REPOSITORY

WORDS = ("amber", "beacon", "cosy", "damp", "foggy", "gentle", "harbour", "jolly", "kettle", "milky")


class RandomEdits:
    """Edits a review in *root*; the same *seed* gives the same edits.

    Each kind of edit is made once before any is made again.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self._random = random.Random(seed)
        self._added: list[Path] = []
        self._left: list[str] = []
        self._number = 0

    def edit(self) -> str:
        """Make one edit and return what kind it is."""
        if not self._left:
            self._left = self._random.sample(list(KINDS), len(KINDS))
        kind = self._left.pop()
        KINDS[kind](self)
        return kind

    def words(self) -> str:
        """Return a short sentence that stands nowhere else."""
        self._number += 1
        return " ".join([*self._random.sample(WORDS, 3), f"no {self._number} & <b>co</b>."])

    def replace(self, files: str, pattern: str) -> None:
        """Put other words in place of one of the values that *pattern* finds in *files*."""
        found = [
            (file, match.span(1))
            for file in sorted(self.root.glob(files))
            for match in re.finditer(pattern, file.read_text("utf-8"), re.MULTILINE)
        ]
        file, (start, end) = self._random.choice(found)
        text = file.read_text("utf-8")
        file.write_text(f'{text[:start]}"{self.words()}"{text[end:]}', "utf-8")

    def append(self, file: str, text: str) -> None:
        """Add *text* at the end of a file of the review, which may be new."""
        target = self.root / file
        target.parent.mkdir(parents=True, exist_ok=True)
        before = target.read_text("utf-8") if target.exists() else ""
        target.write_text(before + text, "utf-8")

    def append_to_template(self, file: str) -> None:
        """Change one of the templates, of which the review has its own from then on."""
        if not (self.root / "site_templates").exists():
            shutil.copytree(REPOSITORY / "site_templates", self.root / "site_templates")
        comment = "/* {} */" if file.endswith(".css") else "<p>{}</p>"
        self.append(f"site_templates/{file}", comment.format(self.words()) + "\n")

    def cite(self) -> None:
        """Let a record or a review finding cite others."""
        keys = sorted(
            file.stem for file in (self.root / "records").glob("*.yml") if ".second" not in file.name
        )
        cited = " and ".join(f"[@{key}]" for key in self._random.sample(keys, 2))
        records = [key for key in keys if "\nnotes:" not in self._record(key).read_text("utf-8")]
        if records and self._random.random() < 0.7:
            record = self._record(self._random.choice(records))
            self.append(f"records/{record.name}", f"\nnotes: |\n  Read {cited}.\n")
        else:
            self.append("synthesis/findings/company-matters.md", f"\nAs {cited} say.\n")

    def add(self) -> None:
        """Add a record."""
        self._number += 1
        added = self._record(f"more{2000 + self._number}")
        text = self._record("overview2020").read_text("utf-8")
        text = re.sub(r"^  title: .*$", f'  title: "{self.words()}"', text, flags=re.MULTILINE)
        text = text.replace("  found_by: [tea-index]\n", "")  # so that its numbers still add up
        added.write_text(text.split("\nnotes:")[0], "utf-8")
        self._added.append(added)

    def rename(self) -> None:
        """Give a record that nothing refers to another key."""
        renamed = self._one_to_lose()
        self._number += 1
        self._added.append(renamed.rename(self._record(f"other{2000 + self._number}")))

    def delete(self) -> None:
        """Delete a record that nothing refers to."""
        self._one_to_lose().unlink()

    def _one_to_lose(self) -> Path:
        self.add()
        texts = [file.read_text("utf-8") for file in sorted(self.root.rglob("*.*")) if file.is_file()]
        free = [own for own in self._added if not any(f"@{own.stem}]" in text for text in texts)]
        lost = self._random.choice(free)
        self._added.remove(lost)
        return lost

    def _record(self, key: str) -> Path:
        return self.root / "records" / f"{key}.yml"


KINDS: dict[str, Callable[[RandomEdits], None]] = {
    "title": lambda edits: edits.replace("records/*[0-9].yml", r"^  title: (.+)$"),
    "name": lambda edits: edits.replace("records/*[0-9].yml", r"^    - family: (.+)$"),
    "statement": lambda edits: edits.replace("records/*[0-9].yml", r"^    statement: (.+)$"),
    "locator": lambda edits: edits.replace("records/*[0-9].yml", r"^    locator: (.+)$"),
    "design": lambda edits: edits.replace("records/*[0-9].yml", r"^  (?:aim|procedure): (.+)$"),
    "study": lambda edits: edits.replace("synthesis/studies.yml", r"^    (?:label|title): (.+)$"),
    "term": lambda edits: edits.replace(
        "synthesis/codebook.yml", r"^ +(?:- )?(?:label|definition): (.+)$"
    ),
    "map": lambda edits: edits.replace("synthesis/maps.yml", r"^    title: (.+)$"),
    "protocol": lambda edits: edits.replace(
        "synthesis/protocol.md", r"^(?:title|short_title|question|status): (.+)$"
    ),
    "review finding": lambda edits: edits.replace(
        "synthesis/findings/*.md", r"^statement: (.+)$(?!\n )"
    ),
    "search": lambda edits: edits.replace("synthesis/searches.yml", r"^    source: (.+)$"),
    "second extraction": lambda edits: edits.replace(
        "records/*.second.yml", r"^    (?:statement|locator): (.+)$"
    ),
    "citation": RandomEdits.cite,
    "added": RandomEdits.add,
    "renamed": RandomEdits.rename,
    "deleted": RandomEdits.delete,
    "page template": lambda edits: edits.append_to_template("pages/record.html"),
    "shared template": lambda edits: edits.append_to_template("pages/colophon.html"),
    "theme": lambda edits: edits.append_to_template("partials/copyright.html"),
    "styles": lambda edits: edits.append_to_template("css/record.css"),
    "written page": lambda edits: edits.append("docs/about/tea.md", f"{edits.words()}\n\n"),
    "settings": lambda edits: (
        edits.append("mkdocs.yml", f"repo_name: {edits.words()!r}\n")
        if not (edits.root / "mkdocs.yml").exists()
        else None
    ),
}
