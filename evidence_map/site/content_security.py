"""What a page may run and load: a Content-Security-Policy in its head.

Everything that stands in a review is escaped where it is shown. The policy is a second lock behind the
first: where an escape were missing one day, the browser would still run no script that somebody else
wrote, and ask no other site for anything.

Source: W3C, *Content Security Policy Level 3*. The element stands before everything that loads or runs,
since a policy holds for what comes behind it (section 3.3).
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser

_HEAD = re.compile(r"<head\b[^>]*>\s*(?:<meta\s+charset=[^>]*>)?", re.IGNORECASE)
_RUN = {"", "text/javascript", "application/javascript", "module", "importmap", "speculationrules"}
"""Types of scripts that are run; all others, such as JSON-LD, are data and need no leave."""


def policy_element(directives: dict[str, str]) -> str:
    """Return the element of the head that gives a page its policy.

    :param directives: what is allowed, by directive; whatever is not named is not allowed.
    """
    policy = "; ".join(f"{name} {value}" for name, value in directives.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=False)}">'


def with_policy(page: str) -> str:
    """Return a page of the shell with a policy that allows the site's own files, and what it inlines.

    The page must come as the generator of the shell made it: whatever is put into its slots later is
    given no leave, so that a script that came from a record would not run.
    """
    head = _HEAD.search(page)
    if head is None:
        return page
    inline = _Inline(page)
    element = policy_element(_site_policy(inline.scripts, inline.styles))
    return f"{page[: head.end()]}\n{element}{page[head.end() :]}"


def frame_policy() -> str:
    """Return the element for a map in a frame of another page, which inlines nothing.

    Which pages may frame it only a header can say; a policy in a page cannot.
    """
    return policy_element(_site_policy([], []))


def file_policy(scripts: Iterable[str], styles: Iterable[str], nonce: str) -> str:
    """Return the element for the one file for offline use, which loads nothing at all.

    :param scripts: the scripts that it inlines, each exactly as it stands between its tags.
    :param styles: its style sheets, likewise.
    :param nonce: that of the script which imports the modules. They are data addresses, to which no hash
        can be given, and to allow all of them would allow any script; so they inherit its nonce.
    """
    return policy_element(
        {
            "default-src": "'none'",
            "script-src": " ".join([*map(digest, scripts), f"'nonce-{nonce}'"]),
            "style-src": " ".join(map(digest, styles)),
            "img-src": "data: blob:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
    )


def digest(text: str) -> str:
    """Return the source that allows an inline script or style sheet with exactly this *text*.

    >>> digest("alert(1)")
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _site_policy(scripts: Iterable[str], styles: Iterable[str]) -> dict[str, str]:
    own = "'self'"
    return {
        "default-src": "'none'",
        # The search is a program in WebAssembly, which is compiled in the browser.
        "script-src": " ".join([own, "'wasm-unsafe-eval'", *sorted(set(map(digest, scripts)))]),
        "style-src": " ".join([own, *sorted(set(map(digest, styles)))]),
        # The theme's icons are data, and pictures to take away are drawn in the browser.
        "img-src": f"{own} data: blob:",
        "font-src": own,
        "connect-src": own,
        "worker-src": own,
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


class _Inline:
    """The scripts that a page inlines and runs, and its style sheets, as a browser hashes them."""

    def __init__(self, page: str) -> None:
        self.scripts: list[str] = []
        self.styles: list[str] = []
        # A browser reads every end of a line as one sign before it hashes.
        for element in _INLINED.finditer(page.replace("\r\n", "\n").replace("\r", "\n")):
            name = (element["name"] or "").lower()
            if name == "style":
                self.styles.append(element["text"])
            elif name == "script" and _is_run(element["tag"]):
                self.scripts.append(element["text"])


_INLINED = re.compile(
    r"""<!--.*?-->
      | (?P<tag><(?P<name>script|style)(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>)
        (?P<text>.*?)(?:</(?P=name)(?=[\s/>])|\Z)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""A script or a style sheet. A comment counts as well, since what stands in it is none."""


def _is_run(tag: str) -> bool:
    """Whether a browser runs the text behind the *tag* of a script."""
    told = _Tag(tag).told
    return "src" not in told and (told.get("type") or "").strip().lower() in _RUN


class _Tag(HTMLParser):
    """The attributes of a tag, by name."""

    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=True)
        self.told: dict[str, str | None] = {}
        self.feed(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes; of two with one name a browser takes the first."""
        self.told = dict(reversed(attrs))
