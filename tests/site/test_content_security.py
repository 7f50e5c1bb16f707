"""The policy of a page: what the shell inlines is allowed by its hash, and nothing that comes later."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence_map.site.content_security import digest, file_policy, frame_policy, with_policy
from evidence_map.site.shell import ShellError, repository_address

SHELL = """<!doctype html>
<html><head>
<meta charset="utf-8">
<script src="own.js"></script><script>start();</script>
<script type="application/json">{"a": 1}</script>
<style>p { margin: 0 }</style>
</head><body><!-- evidence:content --><script type="module">import "./a.js";</script></body></html>
"""


def policy_in(page: str) -> dict[str, list[str]]:
    """Return the sources of each directive."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert found is not None
    directives = (each.split() for each in found[1].split(";"))
    return {name: sources for name, *sources in directives}


def test_what_the_shell_inlines_is_allowed_and_data_needs_no_leave() -> None:
    policy = policy_in(with_policy(SHELL))
    hashes = {each for each in policy["script-src"] if each.startswith("'sha256-")}
    assert hashes == {digest("start();"), digest('import "./a.js";')}
    assert policy["style-src"] == ["'self'", digest("p { margin: 0 }")]


def test_it_stands_before_everything_that_loads_or_runs() -> None:
    page = with_policy(SHELL)
    assert page.index("charset") < page.index("Content-Security-Policy") < page.index("<script")
    assert with_policy("<html><head><link href=a></head></html>").index("<meta") == len("<html><head>\n")


def test_the_end_of_a_line_is_hashed_as_browsers_read_it() -> None:
    assert with_policy("<head><script>a\r\nb</script>").count(digest("a\nb")) == 1


def test_what_stands_in_a_comment_or_in_a_script_is_no_script_of_its_own() -> None:
    page = "<head><!-- <script>a()</script> --><script>'<style>b</style><!--'</script><style>c</style>"
    policy = policy_in(with_policy(page))
    assert digest("a()") not in policy["script-src"]
    assert digest("'<style>b</style><!--'") in policy["script-src"]
    assert policy["style-src"] == ["'self'", digest("c")]


@pytest.mark.parametrize(
    "tag",
    [
        "<SCRIPT\ntype=module>",
        "<script type='Text/JavaScript'>",
        '<script data-a="1 > 0">',
        "<script type=module type=application/json>",
    ],
)
def test_a_script_is_told_by_its_tag_as_browsers_read_it(tag: str) -> None:
    assert digest("a()") in policy_in(with_policy(f"<head>{tag}a()</script >"))["script-src"]


@pytest.mark.parametrize("tag", ["<script src>", "<script type=text/plain>", "<scripts>", "<script-a>"])
def test_what_is_not_run_is_not_allowed(tag: str) -> None:
    assert digest("a()") not in policy_in(with_policy(f"<head>{tag}a()</script>"))["script-src"]


def test_nothing_is_allowed_to_all() -> None:
    for page in (with_policy(SHELL), frame_policy(), file_policy(["a"], ["b"], "c")):
        policy = policy_in(page)
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
        every = [source for sources in policy.values() for source in sources]
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(every)
        assert "data:" not in policy["script-src"]


def test_the_nonce_of_the_offline_file_is_another_where_a_text_is_another(
    lighthouse_site: Path, hostile_name_site: Path
) -> None:
    nonces: list[str] = []
    for site in (lighthouse_site, hostile_name_site):
        text = (site / "data" / "evidence-map.html").read_text("utf-8")
        found = set(re.findall(r"nonce[-=]\"?([0-9a-f]+)", text))
        assert len(found) == 1
        nonces += found
    assert nonces[0] != nonces[1]


def test_every_page_has_a_policy(lighthouse_site: Path) -> None:
    for file in lighthouse_site.rglob("*.html"):
        text = file.read_text("utf-8")
        assert text.index("Content-Security-Policy") < re.search("<(script|link|style)", text).start()  # type: ignore[union-attr]


@pytest.mark.parametrize("address", ["javascript://x/%0aalert(1)", "data:text/html,x", "//x", "ftp://x"])
def test_the_repository_must_have_a_web_address(tmp_path: Path, address: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f'repo_url: "{address}"\n')
    with pytest.raises(ShellError, match="no web address"):
        repository_address(file)
