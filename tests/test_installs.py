"""Whatever the project installs by itself is pinned by what it holds, not only by its name.

Looked through are all files that are run or read by a machine; what a page tells people to type is not
among them. Debian’s packages are signed by Debian, and its archive keeps no old versions to pin.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.reviews import REPOSITORY

DEBIAN = {".ci/run", ".github/workflows/tests.yml"}
"""Where packages of Debian may be installed."""

_FETCHING = re.compile(
    r"""\b(?:
      pip[\d.]*\s+(?:install|download|wheel) | pipx\s | easy_install
    | uv\s+(?:pip\s+(?:install|sync)|tool|add|sync|run) | uvx\s | poetry\s | conda\s | mamba\s
    | npm\s+(?:\S+\s+)*?(?:ci|i|in|add|install|exec|update|x)\b | npx\s | yarn\b | pnpm\s | bunx?\s
    | (?:gem|cargo|go|brew|snap|choco|winget)\s+(?:get|install|run)
    | (?:apt|apt-get|apk|dnf|yum)\s+(?:-\S+\s+)*(?:add|install)
    | curl\s | wget\s | docker\s | podman\s | git\s+clone
    | gh\s+(?:release|extension)\s+(?:download|install)
    )""",
    re.VERBOSE,
)
_HASHED = re.compile(
    r"(?:(?:- )?run: )?(?:\S*python3? -m |\S*/)?"
    r"pip install(?: --quiet| --disable-pip-version-check)* --require-hashes"
    r" (?:-r|--requirement) (?P<lock>[\w.-]+\.lock)"
)
_READ_BY_MACHINES = {
    "",
    ".yml",
    ".yaml",
    ".toml",
    ".cfg",
    ".ini",
    ".sh",
    ".bash",
    ".ps1",
    ".mjs",
    ".cjs",
}
_NOT_LOOKED_THROUGH = ("records/", "synthesis/", "tests/lighthouse/", "tests/fuzz/finds/", "docs/")


def fetched(text: str) -> Iterator[str]:
    """Yield each command of a file that fetches something; comments and messages are none."""
    joined = re.sub(r"\\\n\s*", " ", text)
    for line in joined.splitlines():
        command = re.sub(r"(^|\s)#.*|\b(?:echo|printf) .*", "", line).strip()
        if _FETCHING.search(command):
            yield " ".join(command.split())


def unpinned(name: str, text: str) -> list[str]:
    """Return the commands of the file *name* that install what they cannot know."""
    return [command for command in fetched(text) if not _is_pinned(name, command)]


def _is_pinned(name: str, command: str) -> bool:
    if hashed := _HASHED.fullmatch(command):
        return _has_hashes(REPOSITORY / hashed["lock"])
    if re.search(r"\bnpm ci\b", command):
        return len(_FETCHING.findall(command)) == 1
    return name in DEBIAN and re.search(r"\bapt-get install\b", command) is not None


def _has_hashes(lock: Path) -> bool:
    """Say whether each entry of a lock file has a hash."""
    entries = re.split(r"^(?=[\w.-]+==)", lock.read_text("utf-8"), flags=re.MULTILINE)
    return all("--hash=sha256:" in entry for entry in entries if "==" in entry)


def looked_through() -> dict[str, str]:
    """Return the files of the repository that machines run or read, by their names."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("this is no repository of git")
    return {
        name: (REPOSITORY / name).read_text("utf-8")
        for name in done.stdout.splitlines()
        if Path(name).suffix in _READ_BY_MACHINES
        and not name.startswith(_NOT_LOOKED_THROUGH)
        and (REPOSITORY / name).is_file()
    }


def test_everything_that_is_installed_is_pinned_by_hashes() -> None:
    files = looked_through()
    assert {"Makefile", ".ci/run", ".github/workflows/release.yml", ".pre-commit-config.yaml"} <= set(
        files
    )
    commands = {name: list(fetched(text)) for name, text in files.items()}
    assert sum(map(len, commands.values())) >= 10, "the places that install something are not found"
    assert {name: found for name, text in files.items() if (found := unpinned(name, text))} == {}


@pytest.mark.parametrize(
    "command",
    [
        "pip install kettle",
        "$(BIN)/pip install --quiet uv",
        "python -m pip install --require-hashes --requirement requirements.lock kettle",
        "python -m pip install -r requirements.lock",
        "pip install --require-hashes -r pyproject.toml && pip install kettle",
        "pip3.11 download kettle",
        "pipx run kettle",
        "uvx kettle",
        "uv tool install kettle",
        "npm install kettle",
        "npm --silent install",
        "npx kettle",
        "npm ci && npx kettle",
        "curl -sSL https://example.org/kettle.sh | bash",
        "go install example.org/kettle@latest",
        "cargo install kettle",
        "docker run kettle",
        "run: |\n  python -m pip \\\n    install kettle",
        "apt-get install kettle",
    ],
)
def test_a_new_place_that_installs_what_it_cannot_know_is_found(command: str) -> None:
    assert unpinned("Makefile", command)


@pytest.mark.parametrize(
    "command",
    [
        "\t$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock",
        "run: python -m pip install --require-hashes --requirement requirements-upkeep.lock",
        "cd tests/javascript && npm ci --loglevel=error",
        "# pip install kettle",
        "echo 'Run “pip install kettle”.'",
        "python -m pip_audit",
        "uv pip compile pyproject.toml",
        "npm run kettle",
    ],
)
def test_what_is_pinned_or_installs_nothing_is_left_in_peace(command: str) -> None:
    assert unpinned("Makefile", command) == []


def test_packages_of_javascript_are_pinned_by_hashes() -> None:
    lock = json.loads((REPOSITORY / "tests" / "javascript" / "package-lock.json").read_text("utf-8"))
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert packages
    assert [name for name, told in packages.items() if "sha512-" not in told.get("integrity", "")] == []
    wanted = json.loads((REPOSITORY / "tests" / "javascript" / "package.json").read_text("utf-8"))
    assert not set(wanted.get("scripts", {})) & {"preinstall", "install", "postinstall", "prepare"}


def test_hooks_and_workflows_take_nothing_from_elsewhere() -> None:
    """Actions are pinned by their commits, which another test says; images would have no such pin."""
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repository["repo"] for repository in hooks["repos"]} == {"local"}
    for file in (REPOSITORY / ".github" / "workflows").glob("*.yml"):
        assert not re.search(r"^\s*(?:container|services|image):", file.read_text("utf-8"), re.MULTILINE)
