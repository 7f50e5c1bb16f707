"""The site's JavaScript: its types, checked by the TypeScript compiler, and the form of its modules."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.reviews import REPOSITORY

CHECKS = REPOSITORY / "tests" / "javascript"
COMPILER = CHECKS / "node_modules" / "typescript" / "bin" / "tsc"
SCRIPTS = REPOSITORY / "site_templates" / "js"
MODULES = sorted(SCRIPTS.rglob("*.js"))

#: Made when a site is built, so it is not among the templates; see `pagefind.d.ts`.
MADE = "pagefind/pagefind.js"
LONGEST = 480

COMMENT = re.compile(r"\A// @ts-check\n\n?/\*\*\s(.*?)\*/", re.DOTALL)
IMPORT = re.compile(
    r"""^\s*(?:import|export)\s[^;"'`]*?\bfrom\s*["']([^"']*)["']  # import { a } from "./a.js"
      | ^\s*import\s*["']([^"']*)["']                              # import "./a.js"
      | \bimport\(\s*["'`]([^"'`]*)["'`]                           # import("./a.js")
    """,
    re.MULTILINE | re.VERBOSE,
)
ADDRESS = re.compile(
    r"""\b[a-z][a-z0-9+.-]*://[^\s"'`)]* | (?<=["'`(])//\w[^\s"'`)]*""", re.IGNORECASE | re.VERBOSE
)
#: Names of kinds of elements, which no browser opens.
NAMESPACES = {
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/2000/svg",
}


@pytest.fixture(scope="module")
def node() -> str:
    """Return the path of Node, once the compiler is installed too."""
    path = shutil.which("node")
    message = "TypeScript is not installed: run make test" if path else "Node.js is not installed"
    if path is None or not COMPILER.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


def _compile(node: str, project: Path) -> tuple[int, list[str], set[Path]]:
    """Check *project*; return how that ended, what was said, and the files that were looked at."""
    run = subprocess.run(
        [node, str(COMPILER), "--project", str(project), "--pretty", "false", "--listFiles"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    lines = (run.stdout + run.stderr).splitlines()
    files = [line for line in lines if re.fullmatch(r"(?:/|[A-Za-z]:/).*\.[jt]s", line)]
    return run.returncode, [line for line in lines if line not in files], {Path(file) for file in files}


def test_the_types_of_all_modules_are_right(node: str) -> None:
    returncode, messages, files = _compile(node, CHECKS)
    if returncode or messages:
        pytest.fail("\n".join(["the TypeScript compiler says:", *messages]), pytrace=False)
    assert set(MODULES) <= {file.resolve() for file in files}, "modules are missing from the check"


def test_the_layout_of_all_modules_is_usual(node: str) -> None:
    """As “prettier --write” lays them out; run it with the settings in tests/javascript."""
    settings = CHECKS / ".prettierrc.json"
    program = CHECKS / "node_modules" / "prettier" / "bin" / "prettier.cjs"
    run = subprocess.run(
        [node, str(program), "--config", str(settings), "--check", *map(str, MODULES)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_mistakes_are_found(node: str, tmp_path: Path) -> None:
    """The settings are strict, and what Pagefind offers is known."""
    (tmp_path / "wrong.js").write_text(
        "\n".join(
            [
                'import { nothing } from "./nowhere.js";',
                'const pagefind = await import("../pagefind/pagefind.js");',
                'await pagefind.serach("tea");',
                'document.querySelector("p").hidden = true;',
                "export function unsaid(cup) { return nothing(cup); }",
            ]
        ),
        "utf-8",
    )
    settings = {"extends": str(CHECKS / "tsconfig.json"), "include": ["*.js", str(CHECKS / "*.d.ts")]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
    returncode, messages, _ = _compile(node, tmp_path)
    assert returncode != 0
    found = [
        match.groups() for each in messages if (match := re.search(r"\((\d+),\d+\): error (\w+)", each))
    ]
    assert found == [
        ("1", "TS2307"),  # no such module
        ("3", "TS2551"),  # misspelt
        ("4", "TS2531"),  # may be null
        ("5", "TS7006"),  # no type
    ]


def test_there_are_modules_and_nothing_else() -> None:
    assert MODULES
    others = [file for file in SCRIPTS.rglob("*") if file.is_file() and file.suffix != ".js"]
    assert others == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(SCRIPTS).as_posix())
def test_a_module_keeps_to_the_form(module: Path) -> None:
    text = module.read_text("utf-8")
    assert text.startswith("// @ts-check\n"), "it does not begin with // @ts-check"
    comment = COMMENT.match(text)
    assert comment, "no comment /** … */ follows that says what the module is for"
    words = re.sub(r"^\s*\*", "", comment[1], flags=re.MULTILINE).strip()
    assert len(words) > 20 and not words.startswith("@"), "its first comment does not say what it is for"
    off = re.findall(r"@ts-(?:ignore|nocheck)", text)
    assert off == [], "it switches checks off"

    imported = {next(filter(None, groups), "") for groups in IMPORT.findall(text)}
    wrong = sorted(
        each for each in imported if not re.match(r"\.\.?/", each) or not each.endswith(".js")
    )
    assert wrong == [], "it imports what is not a relative module with its .js"
    inside = {each for each in imported if not each.endswith(MADE)}
    assert all((module.parent / each).resolve() in MODULES for each in inside), (
        "it imports what is not there"
    )
    assert sorted(set(ADDRESS.findall(text)) - NAMESPACES) == [], "it names an outside address"

    lines = text.count("\n")
    assert lines < LONGEST, f"it has {lines} lines; split it before it has {LONGEST}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('import { a } from "./a.js";', "./a.js"),
        ('import {\n  a,\n  b,\n} from "lodash";', "lodash"),
        ('import * as a from "//example.org/a.js";', "//example.org/a.js"),
        ('export * from "a";', "a"),
        ('import "/a.js";', "/a.js"),
        ('const a = await import("../a.js");', "../a.js"),
        ('/** @type {import("./a.js").A} */', "./a.js"),
        ("const kind = 1; // import what is needed\n", None),
        ('export const from = "a";', None),
        ('export const a = 1;\nconst b = c.from("d");', None),
    ],
)
def test_imports_are_recognised(text: str, found: str | None) -> None:
    imported = [next(filter(None, groups)) for groups in IMPORT.findall(text)]
    assert imported == ([] if found is None else [found])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('fetch("https://example.org/a")', True),
        ("// see HTTP://example.org", True),
        ('new WebSocket("wss://example.org")', True),
        ("new URL(`//example.org/a.js`)", True),
        ("// a comment", False),
        ("a = b / c; //quick", False),
        ('fetch("../data/a.json")', False),
    ],
)
def test_addresses_are_recognised(text: str, found: bool) -> None:
    assert bool(ADDRESS.search(text)) is found


def test_packages_are_pinned_with_hashes_and_no_address_and_have_a_reason() -> None:
    wanted: dict[str, str] = json.loads((CHECKS / "package.json").read_text("utf-8"))["devDependencies"]
    text = (CHECKS / "package-lock.json").read_text("utf-8")
    locked: dict[str, dict[str, Any]] = json.loads(text)["packages"]
    assert "resolved" not in text and "://" not in text
    assert locked.pop("")["devDependencies"] == wanted
    assert all(each["integrity"].startswith("sha512-") for each in locked.values())
    documented = (REPOSITORY / "docs/about/dependencies.md").read_text("utf-8")
    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
        assert f"**{name}**" in documented
