"""The command ``verify-links``: what it asks, what it says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evidence_map import verify_links_command as command_module
from evidence_map.link_check import visiting
from evidence_map.registries import adding
from evidence_map.verify_links_command import INTERRUPTED, verify_links_command
from tests.folders import ReviewFolder
from tests.link_check.conftest import HASTY, host
from tests.registries.conftest import QUICK, addresses
from tests.registries.papers import listed, work
from tests.registries.server import Registries, Reply, as_html, as_json, running

OWN = "10.5555/example.1"
FULL = "records/example2019.yml"
TITLE = "Tea & company: what <keepers> say"


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch, review: ReviewFolder) -> Iterator[Registries]:
    """The registries, and a host that the review’s addresses lead to; all is well there."""
    monkeypatch.setattr(adding, "PATIENCE", QUICK)
    monkeypatch.setattr(visiting, "PATIENCE", HASTY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as server:
        monkeypatch.setattr(command_module, "ALLOWED", (host(server),))
        for name, address in vars(addresses(server)).items():
            monkeypatch.setenv(f"EVIDENCE_MAP_{name.upper()}", address)
        knows(server, example())
        registered = as_json({"responseCode": 1})
        for file in review.root.rglob("*.*"):
            if file.suffix in {".yml", ".md"}:
                text = file.read_text("utf-8").replace("https://example.org", server.address)
                file.write_text(text, "utf-8")
        for path in ("/", "/tea", "/lighthouse/"):
            server.tell(path, as_html("Tea."))
        server.tell("/doi/api/handles/10.5555/notice.1", registered)
        server.tell("/doi/ra/10.5555/notice.1", as_json([{"RA": "Crossref"}]))
        yield server


def example(**changes: Any) -> dict[str, Any]:
    person = {"family": "Example", "given": "Ann B."}
    return (
        work(DOI=OWN, title=[TITLE], subtitle=[], author=[person])
        | {name: {"date-parts": [[2019, 5]]} for name in ("issued", "published", "published-print")}
        | changes
    )


def knows(server: Registries, *works: dict[str, Any]) -> None:
    server.tell("/crossref/works", listed())
    for named in (f"doi:{OWN},doi:10.5555/notice.1", f"doi:10.5555/notice.1,doi:{OWN}", f"doi:{OWN}"):
        server.tell(f"/crossref/works?{named}", listed(*works))


def verify(review: ReviewFolder, *arguments: str) -> Result:
    result = CliRunner().invoke(verify_links_command, [*arguments, "--root", str(review.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output and "\x1b" not in result.output
    return result


def test_all_is_well(review: ReviewFolder, internet: Registries) -> None:
    result = verify(review)
    assert result.exit_code == 0, result.output
    assert "2 DOIs and" in result.stdout and " 0 broken, 0 that could not be checked." in result.stdout
    assert "asked for" in result.stderr


def test_what_is_grave_decides_the_exit_status(review: ReviewFolder, internet: Registries) -> None:
    internet.tell("/tea", Reply(status=404))
    result = verify(review)
    assert result.exit_code == 1
    assert f"  {FULL}:" in result.stdout and "there is no such page (status 404)" in result.stdout
    internet.tell("/tea", Reply(status=403))
    assert verify(review).exit_code == 0
    updates = [{"DOI": "10.5555/gone", "type": "retraction", "updated": {"date-parts": [[2022]]}}]
    knows(internet, example(**{"updated-by": updates}))
    result = verify(review)
    assert result.exit_code == 1 and "      - kind: retraction\n" in result.stdout


@pytest.mark.parametrize(
    ("parts", "paths"),
    [
        (["--only", "links"], {"/tea"}),
        (["--only", "retractions"], {"/crossref/works"}),
        (
            ["--only", "dois", "--only", "links"],
            {"/tea", "/crossref/works", "/doi/api/handles/10.5555/notice.1"},
        ),
    ],
)
def test_a_part_is_asked_for_by_itself(
    review: ReviewFolder, internet: Registries, parts: list[str], paths: set[str]
) -> None:
    assert verify(review, *parts).exit_code == 0
    asked = {asked.path for asked in internet.asked}
    assert paths <= asked
    assert ("/tea" in asked) == ("/tea" in paths)
    assert ("/crossref/works" in asked) == ("/crossref/works" in paths)


@pytest.mark.parametrize("named", ["example2019", FULL])
def test_a_record_by_its_key_or_its_file(review: ReviewFolder, internet: Registries, named: str) -> None:
    result = verify(review, named, "--format", "json")
    value = json.loads(result.stdout)
    paths = {place["path"] for each in value["checked"] for place in each["places"]}
    assert paths == {FULL} and value["complete"] is True
    assert "10.5555/notice.1" not in result.stdout


def test_what_would_be_asked(review: ReviewFolder, internet: Registries) -> None:
    result = verify(review, "--dry-run")
    assert result.exit_code == 0 and not internet.asked
    assert result.stdout.startswith("2 DOIs (1 of records) and ")


def test_the_results_go_into_a_file(review: ReviewFolder, internet: Registries, tmp_path: Path) -> None:
    target = tmp_path / "links.md"
    result = verify(review, "--format", "markdown", "--output", str(target))
    assert result.stdout == "" and f"Written: {target}" in result.stderr
    assert target.read_text("utf-8").startswith("On 20")
    before = len(internet.asked)
    missing = verify(review, "--output", str(tmp_path / "no" / "links.md"))
    assert missing.exit_code == 2 and "make it first" in missing.output
    assert verify(review, "-o", str(tmp_path)).exit_code == 2
    assert len(internet.asked) == before


def test_those_who_are_asked_know_whom_to_write_to(review: ReviewFolder, internet: Registries) -> None:
    verify(review, "--email", "crew@example.org")
    assert all("mailto:crew@example.org" in asked.headers["user-agent"] for asked in internet.asked)
    result = verify(review, "--email", "no mail")
    assert result.exit_code == 2 and "--email is no mail address: “no mail”" in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody2020"], "There is no record “nobody2020”, and no file"),
        (["exampel2019"], "Did you mean “example2019”"),
        (["/etc/passwd"], "does not belong to the review"),
        (["records/none.yml"], "There is no file"),
        (["--only", "tea"], "is not one of"),
        (["--minutes", "0"], "is not in the range"),
    ],
)
def test_wrong_use(review: ReviewFolder, internet: Registries, arguments: list[str], words: str) -> None:
    result = verify(review, *arguments)
    assert result.exit_code == 2 and words in " ".join(result.output.split())
    assert not internet.asked


def test_without_a_network_one_sentence_is_said(
    review: ReviewFolder, internet: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CROSSREF", "DATACITE", "DOI"):
        monkeypatch.setenv(f"EVIDENCE_MAP_{name}", "http://127.0.0.1:9")
    monkeypatch.setattr(command_module, "ALLOWED", ("127.0.0.1:9",))
    text = review.read(FULL).replace(internet.address, "http://127.0.0.1:9")
    review.write(FULL, text)
    result = verify(review, "example2019")
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr == (
        "error: nothing was checked: neither doi.org nor Crossref can be reached, nor the first "
        "addresses; there seems to be no network.\n"
    )


def test_where_only_the_registries_are_silent_addresses_are_asked(
    review: ReviewFolder, internet: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CROSSREF", "DATACITE", "DOI"):
        monkeypatch.setenv(f"EVIDENCE_MAP_{name}", "http://127.0.0.1:9")
    result = verify(review)
    assert result.exit_code == 0
    assert "2 that could not be checked" in result.stdout and internet.count("/tea")


def test_who_breaks_it_off_hears_what_was_found(
    review: ReviewFolder, internet: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("evidence_map.link_check.running._visited", interrupt)
    result = verify(review)
    assert result.exit_code == INTERRUPTED
    assert "It was broken off;" in result.stdout and "2 DOIs and 0 addresses" in result.stdout


def test_a_review_that_points_nowhere(review: ReviewFolder, internet: Registries) -> None:
    result = verify(review, "bean2018")
    assert result.exit_code == 0 and "0 DOIs and 0 addresses were asked for" in result.stdout
    assert not internet.asked


def test_an_unreadable_review_is_told(review: ReviewFolder, internet: Registries) -> None:
    review.write("synthesis/protocol.md", "no fields")
    result = verify(review)
    assert result.exit_code == 1 and "the review cannot be read" in result.output
