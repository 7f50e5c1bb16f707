"""The workflow “Comment”: the text of a stranger becomes one comment on the right pull request."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import Any

import pytest

from tests.workflows.runner import Ran, Runner

SHA = "98711d812957b5b9b333edbdb05d0e3fddbb9245"
BRANCH = "kettle$(touch spilt)`touch spilt`"
RUN = "https://git.example.org/crew/tea-review/actions/runs/99"
PULLS = "GET repos/crew/tea-review/pulls"
COMMENTS = "GET repos/crew/tea-review/issues/12/comments?per_page=100"
NEW_COMMENT = "POST repos/crew/tea-review/issues/12/comments"
ARTIFACTS = "GET repos/crew/tea-review/actions/runs/99/artifacts?name="
MEMORY = 150_000_000
MARKER = "<!-- evidence-map: map diff -->"


def event(**changed: Any) -> dict[str, Any]:
    """Return what GitHub tells about a finished run for a pull request from a fork."""
    run = {
        "event": "pull_request",
        "conclusion": "success",
        "id": 99,
        "html_url": RUN,
        "head_sha": SHA,
        "head_branch": BRANCH,
        "head_repository": {"owner": {"login": "stranger"}, "full_name": "stranger/tea"},
        **changed,
    }
    repository = {"default_branch": "main"}
    event = {"workflow_run": run, "repository": repository}
    return {"event": event, "repository": "crew/tea-review", "run_id": 100}


def pull(number: int, sha: str = SHA, repository: str = "stranger/tea", base: str = "main") -> Any:
    head = {"sha": sha, "repo": {"full_name": repository}}
    return {"number": number, "head": head, "base": {"ref": base}}


def comment(number: int, login: str, body: str) -> Any:
    return {"id": number, "user": {"login": login}, "body": body}


@pytest.fixture
def runner(bare_machine: Runner) -> Runner:
    """A machine for a pull request, number 12, that nobody commented on yet."""
    runner = bare_machine
    runner.answers["api"] = {
        PULLS: [pull(7, sha="0" * 40), pull(12)],
        COMMENTS: [],
        NEW_COMMENT: {"id": 1},
        ARTIFACTS + "preview": {"artifacts": [{"id": 41}]},
        ARTIFACTS + "map-diff": {"artifacts": []},
    }
    return runner


def leave(runner: Runner, text: str | bytes, claimed: int | None = None) -> None:
    """Leave *text* as the map diff, as the checks of the pull request would."""
    file = runner.folder / "left.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.md", "out")
        archive.writestr("map-diff.md", text)
    artifact = {"id": 42, "size_in_bytes": claimed or file.stat().st_size}
    runner.answers["api"][ARTIFACTS + "map-diff"] = {"artifacts": [artifact]}
    runner.answers["api"]["GET repos/crew/tea-review/actions/artifacts/42/zip"] = {"file": str(file)}


def written(runner: Runner) -> list[dict[str, Any]]:
    """Return what was written to the host."""
    return [each for each in runner.asked("gh") if each["method"] != "GET"]


def run(runner: Runner, **changed: Any) -> Ran:
    memory = {"STAND_INS_MEMORY": str(MEMORY)}
    ran = runner.run("comment", "comment", event(**changed), environment=memory)
    assert not list(runner.workspace.glob("**/spilt")), "a name was run as a command"
    return ran


def only_body(asked: Iterable[dict[str, Any]]) -> str:
    (each,) = asked
    body: str = each["fields"]["body"]
    return body


def test_the_map_diff_becomes_a_comment(runner: Runner) -> None:
    leave(runner, "| Papers | Before | After |\n|---|---|---|\n| all | 3 | 4 |\n")
    ran = run(runner)
    assert set(ran.outcomes.values()) == {"success"}, ran.log
    (asked,) = written(runner)
    assert f"{asked['method']} {asked['path']}" == NEW_COMMENT
    body = only_body([asked])
    assert body.startswith(f"{MARKER}\n### ")
    assert "| all | 3 | 4 |" in body
    assert SHA[:10] in body and f"]({RUN})" in body and f"]({RUN}/artifacts/41)" in body
    head = {"state": "open", "head": f"stranger:{BRANCH}"}
    assert runner.asked("gh")[0]["fields"] == head, "other pull requests were looked through"


def test_the_comment_is_renewed_and_no_other_touched(runner: Runner) -> None:
    leave(runner, "New.")
    runner.answers["api"][COMMENTS] = [
        comment(1, "github-actions[bot]", "Another workflow's."),
        comment(2, "stranger", f"{MARKER}\nNot ours."),
        comment(3, "github-actions[bot]", f"{MARKER}\nOld."),
        comment(4, "github-actions[bot]", f"{MARKER}\nTwice."),
    ]
    runner.answers["api"]["PATCH repos/crew/tea-review/issues/comments/3"] = {}
    ran = run(runner)
    assert ran.succeeded, ran.log
    (asked,) = written(runner)
    assert asked["path"].endswith("/comments/3") and "New." in asked["fields"]["body"]


def test_without_a_map_diff_the_comment_leads_to_what_is_wrong(runner: Runner) -> None:
    ran = run(runner, conclusion="failure")
    assert ran.succeeded, ran.log
    body = only_body(written(runner))
    assert "found something to mend" in body and RUN in body


@pytest.mark.parametrize(
    "pulls",
    [
        pytest.param([], id="none is open"),
        pytest.param([pull(12, sha="0" * 40)], id="a newer commit was pushed"),
        pytest.param([pull(12, repository="crew/tea-review")], id="of another repository"),
        pytest.param([pull(12, base="old")], id="into another branch"),
        pytest.param([pull(12), pull(13)], id="two of the same commit"),
        pytest.param([{**pull(12), "head": {"sha": SHA, "repo": None}}], id="the fork is gone"),
    ],
)
def test_nothing_is_written_where_the_pull_request_is_not_certain(
    runner: Runner, pulls: list[Any]
) -> None:
    leave(runner, "Pull request 5, please.")
    runner.answers["api"][PULLS] = pulls
    ran = run(runner)
    assert ran.succeeded, ran.log
    assert "::notice::" in ran.log
    assert written(runner) == []
    assert ran.outcomes["Write the text of the comment"] == "skipped"


@pytest.mark.parametrize(
    "changed", [{"event": "push"}, {"conclusion": "cancelled"}, {"conclusion": "action_required"}]
)
def test_other_runs_are_left_alone(runner: Runner, changed: dict[str, str]) -> None:
    assert run(runner, **changed).outcomes == {}


def test_what_a_stranger_writes_stays_text(runner: Runner) -> None:
    leave(
        runner,
        "@crew/everyone see $(touch spilt) `touch spilt` ${{ secrets.TEA }}\n"
        "::set-output name=number::5\n\x1b[31mred\x00 \u202eback\u2069 cafe\u0301 a\u200cb\n".encode()
        + b"\xff\xfe",
    )
    ran = run(runner)
    assert ran.succeeded, ran.log
    body = only_body(written(runner))
    assert "@\u200bcrew/everyone" in body and "@crew" not in body
    assert "$(touch spilt) `touch spilt` ${{ secrets.TEA }}" in body
    assert "cafe\u0301 a\u200cb" in body and "�" in body
    assert not set(body) & {"\x1b", "\x00", "\u202e", "\u2069"}
    assert "::set-output" not in ran.log
    assert not (runner.workspace.parent / "outside.md").exists()


@pytest.mark.parametrize(
    ("piece", "times"),
    [("0", 2 * MEMORY), ("a line\n", 1_000_000), ("ü", 60_000)],
    ids=["0", "line", "ü"],
)
def test_a_long_text_is_cut_and_says_so(runner: Runner, piece: str, times: int) -> None:
    """A few kilobytes can unpack to more than the memory; no more than 50,000 bytes are taken."""
    leave(runner, piece.encode() * times)
    ran = run(runner)
    assert ran.succeeded, ran.log
    body = only_body(written(runner))
    assert len(body) < 52_000 and len(body.encode()) < 65_536
    assert f"The rest stands in [the summary]({RUN})" in body


def test_an_artifact_over_the_limit_is_not_even_fetched(runner: Runner) -> None:
    leave(runner, "Small, but it says otherwise.", claimed=1_000_001)
    ran = run(runner)
    assert ran.succeeded, ran.log
    assert not any(each["path"].endswith("/zip") for each in runner.asked("gh"))
    assert "otherwise" not in only_body(written(runner))


def test_an_artifact_without_the_file_gives_no_comment(runner: Runner) -> None:
    leave(runner, "x")
    with zipfile.ZipFile(runner.folder / "left.zip", "w") as archive:
        archive.writestr("other.md", "x")
    ran = run(runner)
    assert ran.outcomes["Write the text of the comment"] == "failure"
    assert written(runner) == []
