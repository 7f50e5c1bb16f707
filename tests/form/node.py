"""Functions of the site's modules, called with Node for many cases at once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from tests.reviews import REPOSITORY

SCRIPTS = REPOSITORY / "site_templates" / "js"

CALLS = """
import { readFileSync } from "node:fs";
const { module, name, cases, shared } = JSON.parse(readFileSync(0, "utf8"));
const called = (await import(module))[name];
console.log(JSON.stringify(cases.map((given) => called(...given, ...shared) ?? null)));
"""


def node() -> str:
    """Return the path of Node, or skip the test where there is none."""
    path = shutil.which("node")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node.js is not installed")
        pytest.skip("Node.js is not installed")
    return path


def results(
    module: str, name: str, cases: Sequence[Sequence[Any]], shared: Sequence[Any] = ()
) -> list[Any]:
    """Return what the function *name* of a module answers to the arguments of each case.

    :param module: its place below ``site_templates/js``.
    :param shared: further arguments, the same for all cases.
    """
    asked = {
        "module": (SCRIPTS / module).as_uri(),
        "name": name,
        "cases": [list(case) for case in cases],
        "shared": list(shared),
    }
    run = subprocess.run(
        [node(), "--input-type=module", "-e", CALLS],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    answers = json.loads(run.stdout)
    assert len(answers) == len(cases)
    return list(answers)
