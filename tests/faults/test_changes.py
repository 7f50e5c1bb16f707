"""Files that change, come and go while a command works with them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from evidence_map.building import shipped
from tests.faults.conftest import Known
from tests.faults.place import Place

NEW = "reference:\n  type: report\n  title: New\nscreening:\n  decision: awaiting\n"


def changed(when: str, file: Path, old: str = "", new: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Return the fault that changes *file* when the program first does what *when* names."""
    return [("change", {"when": when, "file": str(file), "old": old, "new": new})]


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("records/bean2018.yml", "title: ", "title: Another "),
        ("records/plan2020.yml", "title: ", "title: Another "),
        ("records/example2019.yml", "", ""),
        ("records/a2020.yml", "", NEW),
        ("synthesis/codebook.yml", "label: ", "label: Another "),
        ("synthesis/findings/milk-is-rare.md", "", ""),
    ],
    ids=["read before", "read later", "gone", "come", "codebook", "finding gone"],
)
def test_a_file_of_the_review_that_changes_while_all_are_read(
    file: str, old: str, new: str, place: Place, known: Known
) -> None:
    """Another branch is checked out, say: half of the files would be of one and half of the other."""
    path = place.review / file
    if old:
        # All that is needed of the text is that it stands there.
        old = next(line for line in path.read_text("utf-8").split("\n") if old in line)
        new = old.replace(": ", ": Another ", 1)
    ended = place.run("build", changed("records/example2020.yml", path, old, new))
    assert ended.status == 1, ended
    assert f"{file} changed while it was worked with" in ended.said, ended
    assert "try again" in ended.said
    state = place.state()
    assert {name: data for name, data in state.items() if name.startswith("site/")} == {
        name: data for name, data in known.before.items() if name.startswith("site/")
    }


def test_what_changes_behind_the_reading_waits_for_the_next_build(place: Place, known: Known) -> None:
    """Each file is read once: the page, its source and every export show what was checked."""
    record = place.review / "records" / "bean2018.yml"
    text = record.read_text("utf-8")
    line = next(line for line in text.split("\n") if "title: " in line)
    ended = place.run("build", changed("sqlite3.connect", record, line, f"{line} again"))
    assert ended.status == 0, ended
    assert "again" in record.read_text("utf-8")
    record.write_text(text, "utf-8")
    assert place.state() == known.after["build"]


@pytest.mark.parametrize("part", ["docs/notes.md", "site_templates/css/tokens.css", "mkdocs.yml"])
def test_a_written_page_or_template_that_changes_during_a_build(part: str, place: Place) -> None:
    """Half of the pages would be made from one template and half from the other."""
    file = place.review / part
    if part.startswith("site_templates"):
        shutil.copytree(shipped("site_templates"), place.review / "site_templates")
    elif part.startswith("docs"):
        file.parent.mkdir()
    with file.open("a", encoding="utf-8") as opened:
        opened.write("\n# Notes\n" if part.startswith("docs") else "\n")
    before = place.state()
    text = file.read_text("utf-8")
    ended = place.run("build", changed("sqlite3.connect", file, text, f"{text}\n"))
    assert ended.status == 1 and f"{part} changed while it was worked with" in ended.said, ended
    file.write_text(text, "utf-8")
    assert place.state() == before


@pytest.mark.parametrize(
    "name, file",
    [
        ("format", "records/bean2018.yml"),
        ("assess", "synthesis/findings/company-matters.md"),
    ],
)
def test_what_an_editor_saves_meanwhile_is_never_overwritten(
    name: str, file: str, place: Place, known: Known
) -> None:
    path = place.review / file
    text = path.read_text("utf-8")
    ended = place.run(name, changed(f"{path.name}.new", path, text, f"{text}\n# Mine\n"))
    assert ended.status == 1 and "changed meanwhile" in ended.said, ended
    assert path.read_text("utf-8") == f"{text}\n# Mine\n"
    assert not list(path.parent.glob(".*"))


def test_a_place_that_is_taken_meanwhile_is_left_to_whoever_took_it(place: Place, known: Known) -> None:
    """The key of an import, and the folder of a new review."""
    taken = place.review / "records" / "probe2021.yml"
    ended = place.run("import", changed("probe2022.yml", taken, "", NEW))
    assert ended.status == 1 and "has come into being meanwhile" in ended.said, ended
    assert taken.read_text("utf-8") == NEW
    taken.unlink()
    assert place.state() == known.before
