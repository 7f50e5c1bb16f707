"""What the documents promise is there, and what is there is documented."""

from __future__ import annotations

import re
import tomllib

import click
import pytest
import yaml
from click.testing import CliRunner

from evidence_map.cli import COMMANDS, main
from tests.reviews import REPOSITORY

DESCRIBED = (REPOSITORY / "docs/contribute/commands.md").read_text("utf-8")
README = (REPOSITORY / "README.md").read_text("utf-8")
DEPENDENCIES = (REPOSITORY / "docs/about/dependencies.md").read_text("utf-8").lower()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_is_documented(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help and len(command.help) > 40
    assert re.split(r"(?<=\.)\s", " ".join(command.help.split()))[0] == COMMANDS[name]
    assert f"`{name}`" in README or f" {name}" in README
    assert re.search(rf"^##+ .*{name}", DESCRIBED, re.MULTILINE)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
            assert parameter.opts[0] in DESCRIBED, f"{name} {parameter.opts[0]} is not documented"


def test_the_two_commands_of_the_readme_exist() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    for target in ("site", "test"):
        assert f"make {target}" in README
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def upkeep() -> list[str]:
    """Return what looks after the packages themselves."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    wanted: list[str] = project["dependency-groups"]["upkeep"]
    return wanted


def test_every_dependency_is_named_with_a_reason() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"], *extras["parquet"], *upkeep()]
    names = [re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in wanted]
    assert [name for name in names if name not in DEPENDENCIES] == []


def test_lock_files_pin_every_dependency_with_hashes_and_no_address() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    for file, requirements in (
        ("requirements.lock", project["dependencies"]),
        (
            "requirements-test.lock",
            [*project["dependencies"], *project["optional-dependencies"]["test"]],
        ),
        ("requirements-upkeep.lock", upkeep()),
    ):
        text = (REPOSITORY / file).read_text("utf-8")
        assert "://" not in text and "index" not in text
        pinned = set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
        names = {re.split(r"[\[<>=~! ]", each)[0].lower().replace("_", "-") for each in requirements}
        assert names - {name.replace("_", "-").replace(".", "-") for name in pinned} <= {"ruamel.yaml"}
        entries = re.split(r"^(?=[a-z0-9._-]+==)", text, flags=re.MULTILINE)
        assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)


def test_the_program_and_its_pages_know_no_topic() -> None:
    """Another team replaces records/ and synthesis/, and nothing else speaks of this review."""
    words = re.compile(
        r"harm.reduction|peer.(?:worker|support)|overdose|naloxone|substance use|drug use|opioid"
        r"|homeless|stigma|burn-?out|outreach",
        re.IGNORECASE,
    )
    files = [
        file
        for folder in ("evidence_map", "site_templates", "docs", ".github", ".vscode")
        for file in (REPOSITORY / folder).rglob("*")
        if file.suffix in {".py", ".html", ".css", ".js", ".json", ".jinja", ".sql", ".md", ".yml"}
    ]
    assert len(files) > 60
    found = [
        f"{file.relative_to(REPOSITORY)}: {match.group()}"
        for file in [*files, REPOSITORY / "mkdocs.yml"]
        if (match := words.search(file.read_text("utf-8")))
    ]
    assert found == []


def test_the_citation_file_speaks_of_this_review() -> None:
    """``export cff`` makes it; version and date are left out, so that it does not grow old."""
    with_version = CliRunner().invoke(main, ["export", "cff", "--root", str(REPOSITORY)])
    expected = yaml.safe_load(with_version.output)
    own = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text("utf-8"))
    assert set(expected) - set(own) == {"version", "date-released"}
    assert {name: own[name] for name in own if name != "message"} == {
        name: expected[name] for name in own if name != "message"
    }
