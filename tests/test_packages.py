"""The packages that build a site: all of them, with their licences, and nothing made up."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import import_module
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import evidence_map
from evidence_map import packages_command
from evidence_map.bill_of_materials import bill_of_materials
from evidence_map.packages import LOCK, Licence, Package, hashes, licence_of, packages, program_licence
from evidence_map.packages_command import packages_command as command
from evidence_map.site.licence_texts import ADDRESS, CARRIED
from evidence_map.site.package_list import listed_packages
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE, REPOSITORY

PAGE = (REPOSITORY / "docs" / "about" / "licences.md").read_text("utf-8")
MIT = Licence("MIT", is_expression=True)
TEA = Package("tea", "1.0", MIT, ("cup", "water"), True)
CUP = Package("cup", "2.0+blue", Licence("Potters’ Licence"), (), False)
WATER = Package("water", "0.1", MIT, (), True)


def pinned(lock: Path) -> set[tuple[str, str]]:
    """Return name and version of what a lock file installs on this system."""
    lines = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    pins = [Requirement(line.split(" --hash")[0]) for line in lines if "==" in line]
    return {
        (canonicalize_name(pin.name), str(pin.specifier).removeprefix("=="))
        for pin in pins
        if pin.marker is None or pin.marker.evaluate()
    }


# Which packages


def test_they_are_those_of_the_lock_file() -> None:
    found = {(each.name, each.version) for each in packages()}
    assert found == pinned(REPOSITORY / LOCK) and len(found) > 50
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    assert {each.name for each in packages() if each.is_direct} == asked
    reached = {name for each in packages() for name in each.needs} | asked
    assert reached == {each.name for each in packages()}


def test_an_installed_program_says_itself_what_it_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ['click>=8; python_version >= "3"', 'rich; sys_platform == "none"', "jinja2>=3"]
    asked.append('markupsafe; extra == "test"')
    told = Told({"License-Expression": ["MIT"], "Requires-Dist": asked})
    monkeypatch.setattr(
        "evidence_map.packages.distribution",
        lambda name: told if name == "evidence-map" else distribution(name),
    )
    monkeypatch.setattr(evidence_map, "__file__", "/nowhere/evidence_map/__init__.py")
    listed = packages.__wrapped__()
    assert [(each.name, each.is_direct, each.needs) for each in listed] == [
        ("click", True, ()),
        ("jinja2", True, ("markupsafe",)),
        ("markupsafe", False, ()),
    ]
    assert program_licence() == MIT


# Licences


class Told(Distribution):
    """A package that says what a test lets it say."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        told = {"Name": ["tea"], "Version": ["1"], **fields}
        self.text = "".join(f"{name}: {value}\n" for name in told for value in told[name])

    def read_text(self, filename: str) -> str | None:
        return self.text if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


OSI = "License :: OSI Approved"


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": ["mit or apache-2.0"]}, Licence("MIT OR Apache-2.0", True)),
        (
            {"License": ["BSD-3-Clause"], "Classifier": [f"{OSI} :: BSD License"]},
            Licence("BSD-3-Clause", True),
        ),
        ({"License": ["BSD"], "Classifier": [OSI, f"{OSI} :: BSD License"]}, Licence("BSD License")),
        (
            {"Classifier": [f"{OSI} :: MIT License", "License :: Public Domain", "Typing :: Typed"]},
            Licence("MIT License; Public Domain"),
        ),
        ({"License": ["Potters’ Licence"]}, Licence("Potters’ Licence")),
        (
            {"License": ["UNKNOWN"], "License-File": ["COPYING"]},
            Licence("not named; its text is in COPYING"),
        ),
        ({"License": ["Whoever holds this cup may drink from it. " * 9]}, Licence("not named")),
        ({"License-Expression": ["no licence of spdx"], "License": ["MIT"]}, MIT),
        ({}, Licence("not named")),
    ],
)
def test_a_licence_is_what_the_package_says(fields: dict[str, list[str]], licence: Licence) -> None:
    assert licence_of(Told(fields).metadata) == licence


def test_every_package_names_its_licence_or_where_its_text_is() -> None:
    assert [each.name for each in packages() if each.licence.text == "not named"] == []
    assert program_licence() == MIT


def test_the_page_lists_every_package_of_this_build(lighthouse_site: Path) -> None:
    page = (lighthouse_site / "about" / "licences" / "index.html").read_text("utf-8")
    found = re.findall(r'<tr><th scope="row">(.+?)</th><td data-label="Version">(.+?)</td>', page)
    assert found == [(each.name, each.version) for each in packages()]
    assert page.count('<td data-label="Licence">') == len(found)
    rows = {each.name: each for each in listed_packages()}
    assert rows["markupsafe"].asked_for_by == ["the tool", "jinja2", "mkdocs"]
    assert all(row.asked_for_by for row in rows.values())


def test_the_page_names_all_that_the_theme_has_put_into_its_files() -> None:
    """The maps beside the theme’s own files tell what went into them."""
    home = Path(str(import_module("material").__file__)).parent / "templates" / "assets"
    maps = [file for folder in ("javascripts", "stylesheets") for file in (home / folder).glob("*.map")]
    sources = [source for file in maps for source in json.loads(file.read_text("utf-8"))["sources"]]
    found = {
        match[1]
        for source in sources
        if (match := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", source))
    }
    assert len(found) > 3
    assert found == set(
        re.findall(
            r"^\| in its .*?: ([\w.-]+) \|", PAGE.lower().replace("clipboard.js", "clipboard"), re.M
        )
    )


def test_the_page_names_every_part_that_is_not_of_this_program(lighthouse_site: Path) -> None:
    """What a site holds apart from pages, our own files and data is named with its folder."""
    own = {file.name for file in (REPOSITORY / "site_templates").rglob("*.*")}
    kinds = {".js", ".css", ".png", ".wasm", ".woff", ".woff2", ".ttf", ".otf", ".pagefind"}
    folders = {
        file.relative_to(lighthouse_site).parts[0]
        for file in lighthouse_site.rglob("*")
        if file.suffix in kinds and file.name not in own
    }
    # Pictures of the guide, figures drawn from the data, and our style sheets, joined.
    others = folders - {"contribute", "data", "css"}
    assert others == {"assets", "pagefind"}
    assert all(f"`{folder}/" in PAGE for folder in others)


def test_the_site_carries_the_texts_of_licences_of_what_it_carries(lighthouse_site: Path) -> None:
    texts = (lighthouse_site / ADDRESS).read_text("utf-8")
    versions = {each.name: each.version for each in packages()}
    heads = re.findall(r"^=+\n(.+) (.+): (.+)\n=+\n\n\S", texts, re.MULTILINE)
    assert [head[0] for head in heads] == [name for name, files in CARRIED.items() for _ in files]
    assert {(name, version) for name, version, _ in heads} == {
        (name, versions[name]) for name in CARRIED
    }
    for words in ("Martin Donath", "Steve Canny", "LESSER GENERAL PUBLIC LICENSE", "Pictogrammers"):
        assert words in texts
    page = (lighthouse_site / "about" / "licences" / "index.html").read_text("utf-8")
    assert 'href="texts.txt"' in page


# The bill of materials


def fault(bill: str) -> object:
    """Return what the schema of CycloneDX has against a bill, or None."""
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)


@pytest.fixture(scope="module")
def bill() -> str:
    return CliRunner().invoke(command, ["--format", "cyclonedx", "--root", str(REPOSITORY)]).stdout


def test_the_bill_satisfies_its_schema(bill: str) -> None:
    assert fault(bill) is None
    wrong = json.loads(bill)
    wrong["components"][0]["hashes"][0]["content"] = "tea"
    assert fault(json.dumps(wrong)) is not None


def test_the_bill_has_every_package_with_licence_hashes_and_needs(bill: str) -> None:
    read = Bom.from_json(json.loads(bill))  # type: ignore[attr-defined]
    assert read.metadata.component.name == "evidence-map"
    assert read.metadata.component.version == evidence_map.__version__
    by_name = {each.name: each for each in read.components}
    known = hashes(REPOSITORY / LOCK)
    references = {}
    for package in packages():
        component = by_name.pop(package.name)
        references[package.name] = component.bom_ref.value
        assert str(component.purl) == f"pkg:pypi/{package.name}@{package.version}"
        (licence,) = component.licenses
        assert package.licence.text in (getattr(licence, "value", None), getattr(licence, "name", None))
        assert sorted(each.content for each in component.hashes) == known[package.name, package.version]
    assert by_name == {}
    needs = {
        each.ref.value: {other.ref.value for other in each.dependencies} for each in read.dependencies
    }
    for package in packages():
        assert needs[references[package.name]] == {references[name] for name in package.needs}
    program = needs[read.metadata.component.bom_ref.value]
    assert program == {references[each.name] for each in packages() if each.is_direct}


def test_the_bill_is_the_same_each_time_and_another_for_other_packages(bill: str) -> None:
    again = CliRunner().invoke(command, ["--format", "cyclonedx", "--root", str(REPOSITORY)]).stdout
    assert again == bill and "timestamp" not in bill
    one = bill_of_materials([TEA, CUP, WATER], "1", MIT, {})
    other = bill_of_materials([TEA, CUP, WATER], "2", MIT, {})
    assert json.loads(one)["serialNumber"] != json.loads(other)["serialNumber"]
    assert fault(one) is None and "hashes" not in json.loads(one)["components"][0]
    assert json.loads(one)["components"][1]["purl"] == "pkg:pypi/cup@2.0%2Bblue"


def test_the_lock_file_tells_the_hashes_of_every_package() -> None:
    for name in ("requirements.lock", "requirements-test.lock", "requirements-upkeep.lock"):
        found = hashes(REPOSITORY / name)
        assert pinned(REPOSITORY / name) <= set(found)
        text = (REPOSITORY / name).read_text("utf-8")
        assert sum(map(len, found.values())) == text.count("--hash=sha256:")
        assert all(found.values())


# The command


def run(review: ReviewFolder, *arguments: str) -> Result:
    result = CliRunner().invoke(command, [*arguments, "--root", str(review.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_list_has_a_line_for_each_package(review: ReviewFolder) -> None:
    lines = run(review).stdout.splitlines()
    assert [re.split("  +", line) for line in lines] == [
        [each.name, each.version, each.licence.text] for each in packages()
    ]


def test_a_review_without_a_lock_file_has_a_bill_without_hashes(
    review: ReviewFolder, tmp_path: Path
) -> None:
    file = tmp_path / "bill.cdx.json"
    result = run(review, "--format", "cyclonedx", "-o", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{len(packages())} packages written to {file}\n"
    text = file.read_text("utf-8")
    assert fault(text) is None and '"hashes"' not in text


def test_the_review_itself_is_never_written(review: ReviewFolder) -> None:
    result = run(review, "-o", str(review.root / "records" / "x"))
    assert result.exit_code == 2 and "where the review itself stands" in result.stderr


def test_a_package_that_is_missing_is_told(
    review: ReviewFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise PackageNotFoundError("tea")

    monkeypatch.setattr(packages_command, "packages", none)
    result = run(review)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error: the package tea is needed and not installed\n"


def test_the_invented_review_has_no_lock_file() -> None:
    assert not (LIGHTHOUSE / LOCK).exists()
