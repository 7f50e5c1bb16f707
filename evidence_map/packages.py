"""The packages that build a site: what the program asks for, and what those ask for in turn.

Everything is read from what is installed (Core Metadata 2.4), so that it says what was at work and not
what should have been. Nothing is asked of the network.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageMetadata, distribution
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import evidence_map

PROGRAM = "evidence-map"
"""The name of the program as a package."""

LOCK = "requirements.lock"
"""The file in a review’s folder that pins the packages with their hashes, where there is one."""

_LONGEST_NAME = 60
_HASHES = re.compile(
    r"^([\w.-]+)==(\S+?)(?: *;[^\\\n]*)? *\\\n((?: +--hash=\S+(?: \\)?\n?)+)", re.MULTILINE
)


@dataclass(frozen=True)
class Licence:
    """A licence as its package names it.

    :ivar is_expression: whether it is an expression of SPDX, and not words.
    """

    text: str
    is_expression: bool = False


@dataclass(frozen=True)
class Package:
    """An installed package.

    :ivar name: as the index of packages spells it, such as ``markdown-it-py``.
    :ivar needs: the names of the installed packages that it asks for.
    :ivar is_direct: whether the program itself asks for it.
    """

    name: str
    version: str
    licence: Licence
    needs: tuple[str, ...]
    is_direct: bool


@cache
def packages() -> tuple[Package, ...]:
    """Return every package that builds the site, by name; what other systems need is left out.

    :raises importlib.metadata.PackageNotFoundError: if a package that is needed is not installed.
    """
    direct = [each for each in map(Requirement, _asked_for()) if _holds(each, "")]
    wanted = [(each, "") for each in direct]
    told: dict[str, PackageMetadata] = {}
    needs: dict[str, set[str]] = {}
    done = set[tuple[str, str]]()
    while wanted:
        requirement, by_extra = wanted.pop()
        if not _holds(requirement, by_extra):
            continue
        name = canonicalize_name(requirement.name)
        if name not in told:
            told[name], needs[name] = distribution(name).metadata, set()
        for extra in ("", *requirement.extras):
            if (name, extra) not in done:
                done.add((name, extra))
                further = [Requirement(text) for text in told[name].get_all("Requires-Dist") or ()]
                wanted += [(each, extra) for each in further]
                needs[name] |= {canonicalize_name(each.name) for each in further if _holds(each, extra)}
    asked = {canonicalize_name(each.name) for each in direct}
    return tuple(
        Package(
            name,
            told[name]["Version"],
            licence_of(told[name]),
            tuple(sorted(needs[name])),
            is_direct=name in asked,
        )
        for name in sorted(told)
    )


def _holds(requirement: Requirement, extra: str) -> bool:
    """Say whether a requirement is one of this system, for an extra or, if it is empty, in general."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _asked_for() -> list[str]:
    """Return what the program asks for: by the file in its folder, or as it was installed."""
    if project := _project():
        found: list[str] = project["dependencies"]
        return found
    return distribution(PROGRAM).requires or []


def _project() -> dict[str, Any] | None:
    """Return the table ``project`` of pyproject.toml where the program runs from its own folder."""
    file = Path(evidence_map.__file__).parent.parent / "pyproject.toml"
    if not file.is_file():
        return None
    project: dict[str, Any] = tomllib.loads(file.read_text("utf-8")).get("project", {})
    return project if project.get("name") == PROGRAM else None


def program_licence() -> Licence:
    """Return the licence of the program itself."""
    if project := _project():
        return Licence(project["license"], is_expression=True)
    return licence_of(distribution(PROGRAM).metadata)


def licence_of(told: PackageMetadata) -> Licence:
    """Return the licence that a package names.

    Taken is the expression, else the field License where it is one, else the classifiers, else the
    words of the field. A package that names none has at least a file with the text.
    """
    words = (told.get_all("License") or [""])[0].strip()
    for text in (*(told.get_all("License-Expression") or []), words):
        if expression := _expression(text):
            return Licence(expression, is_expression=True)
    if named := list(_classified(told.get_all("Classifier") or [])):
        return Licence("; ".join(named))
    if words and words != "UNKNOWN" and "\n" not in words and len(words) <= _LONGEST_NAME:
        return Licence(words)
    files = told.get_all("License-File") or []
    return Licence(f"not named; its text is in {files[0]}" if files else "not named")


def _expression(text: str) -> str:
    """Return an expression of SPDX in its usual spelling, or an empty text if *text* is none."""
    try:
        return str(canonicalize_license_expression(text)) if text else ""
    except InvalidLicenseExpression:
        return ""


def _classified(classifiers: list[str]) -> Iterator[str]:
    """Yield the names of licences among the classifiers of a package."""
    for classifier in classifiers:
        first, *others = classifier.split(" :: ")
        if first == "License" and others and others[-1] != "OSI Approved":
            yield others[-1]


def hashes(lock: Path) -> dict[tuple[str, str], list[str]]:
    """Return the SHA-256 of every file of each package that a lock file allows, by name and version.

    :raises OSError: if the file cannot be read.
    """
    return {
        (canonicalize_name(name), version): sorted(re.findall(r"sha256:([0-9a-f]{64})", text))
        for name, version, text in _HASHES.findall(lock.read_text("utf-8"))
    }
