"""Nothing that a review can say is left out of the attacks, and what may not be said is refused."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from itertools import count as counting
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from pydantic import BaseModel, TypeAdapter

from evidence_map.checking import Checked, all_rules, check
from evidence_map.cli import main
from evidence_map.model.record import Record
from evidence_map.model.synthesis import Maps, ReviewFinding, SearchLog, Studies
from evidence_map.problem_reports import WRITERS
from tests.attacks.fields import Attack, Place, checked_fields, takes, text_fields
from tests.attacks.hostile_review import MODELS, HostileReview, dump, read, written_as_yaml
from tests.attacks.payloads import KINDS, PLANTED, VALUES, payload
from tests.counted import count
from tests.reviews import LIGHTHOUSE


def test_every_text_field_of_the_models_is_attacked_with_every_kind(hostile: HostileReview) -> None:
    fields = set(text_fields(MODELS))
    assert fields - hostile.reached == set(), "write these fields in HostileReview"
    kinds = defaultdict(set)
    for place, kind in hostile.inputs.values():
        kinds[place].add(kind)
    once = {place for place in fields if place[0] in {"Protocol", "AcceptedWarning"}}
    assert [place for place in fields - once if kinds[place] != set(KINDS)] == []
    count("attacks", "inputs tried", len(hostile.inputs) + len(hostile.values))


def test_the_hostile_review_is_valid(hostile: HostileReview) -> None:
    checked = check(hostile.root)
    assert checked.passes, checked.problems[:5]


# What is refused


OFFERED = [*VALUES, *(payload(kind, f"zq{kind}") for kind in KINDS[::4])]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Checked]:
    """A review with every offered value in every field that must refuse it, and what is said to it."""
    root = tmp_path_factory.mktemp("refused") / "review"
    shutil.copytree(LIGHTHOUSE, root, ignore=shutil.ignore_patterns("build"))
    numbers: dict[Place, Any] = defaultdict(counting)
    tried = 0

    def wrong(place: Place, adapter: TypeAdapter[Any]) -> str | None:
        nonlocal tried
        unfit = [value for value in OFFERED if not takes(adapter, value) and not takes(adapter, [value])]
        tried += 1
        return unfit[next(numbers[place]) % len(unfit)] if unfit else None

    def spoilt(model: type[BaseModel], written: dict[str, Any]) -> dict[str, Any]:
        return Attack(lambda place: "x", wrong).on(model, written)

    record = read(LIGHTHOUSE / "records" / "example2019.yml")
    for number in range(len(OFFERED)):
        dump(root / "records" / f"refused{number}.yml", spoilt(Record, record))
        finding = spoilt(ReviewFinding, {"statement": "x", "contributing": ["a#b"]})
        text = f"---\n{written_as_yaml(finding)}---\n"
        (root / "synthesis" / "findings" / f"refused-{number}.md").write_text(text, "utf-8")
    for name, model in (("searches", SearchLog), ("studies", Studies), ("maps", Maps)):
        file = root / "synthesis" / f"{name}.yml"
        written = read(file)
        dump(file, {name: [spoilt(model, written)[name][0] for _ in OFFERED]})
    count("attacks", "values offered to fields that look closely", tried)
    return root, check(root)


def test_every_field_that_looks_closely_refuses_something() -> None:
    fields = list(checked_fields(MODELS))
    assert len(fields) > 50
    lax = [place for place, adapter in fields if all(takes(adapter, value) for value in OFFERED)]
    assert lax == []


def test_what_must_not_pass_is_refused_at_its_place(refused: tuple[Path, Checked]) -> None:
    _, checked = refused
    assert not checked.passes
    known = {rule.code for rule in all_rules()}
    assert {problem.code for problem in checked.problems} <= known
    blamed = {str(problem.path) for problem in checked.problems if problem.line > 1}
    for number in range(len(OFFERED)):
        assert f"records/refused{number}.yml" in blamed
        assert f"synthesis/findings/refused-{number}.md" in blamed


def test_the_command_tells_it_without_a_traceback(refused: tuple[Path, Checked]) -> None:
    root, checked = refused
    done = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert done.output.count(": error[") >= len(checked.problems) / 2


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_what_is_said_of_it_is_no_attack(refused: tuple[Path, Checked], form: str) -> None:
    root, checked = refused
    text = WRITERS[form](checked.problems, root)
    assert not [sign for sign in text if ord(sign) < 32 and sign != "\n"]
    if form == "github":
        assert len(text.splitlines()) == len(checked.problems)
        assert all(line.startswith(("::error file=", "::warning file=")) for line in text.splitlines())
    elif form == "json":
        assert len(json.loads(text)) == len(checked.problems)
    elif form == "markdown":
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
        inline = [token for block in tokens for token in block.children or []]
        kinds = {token.type for token in [*tokens, *inline]}
        assert not kinds & {"html_block", "html_inline", "image", "link_open"}
        assert len([token for token in tokens if token.type == "tr_open"]) == len(checked.problems) + 1


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>.yml", "a..%2f..%2fetc.yml", "a b.yml", "CON.yml", "=cmd|x.yml", "é.yml",
     "x\n::error::y.yml", "-rf.yml", "__proto__.yml", "index.yml", "{{7*7}}.yml"],
)  # fmt: skip
def test_no_record_has_a_name_that_is_no_key(tmp_path: Path, name: str) -> None:
    root = tmp_path / "review"
    shutil.copytree(LIGHTHOUSE, root, ignore=shutil.ignore_patterns("build"))
    name = name.replace("/", "\u2044")
    text = (root / "records" / "plan2020.yml").read_text("utf-8").replace("title: ", "title: Another ")
    (root / "records" / name).write_text(text, "utf-8")
    problems = check(root).problems
    assert [problem.code for problem in problems if problem.path.name == name]
    assert WRITERS["github"](problems, root).count("\n") == len(problems) - 1
    assert PLANTED not in WRITERS["text"](problems, root)
