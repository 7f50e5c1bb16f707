"""Citations in the Markdown of a review, as Pandoc has them: ``[@lamp2021#company, p. 3; @muster2020]``.

One parser serves the check and the pages, so that what is checked is what is shown. A citation is a
pair of brackets with at least one key behind ``@``. The rest of its text stands as it is written: words
before a key, a locator behind it. Code, links and ``@`` within a word, as in e-mail addresses, are left
alone, and so is ``@`` behind a backslash.

Source: the manual of Pandoc, *Citation syntax*. Other than there, a finding may be named behind ``#``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape

_GROUP = re.compile(r"\[((?:[^\[\]`\\]|\\.)*)\](?!\()", re.DOTALL)
_MENTION = re.compile(r"(?<![^\s;])@(?P<key>[^\s,;#@]+)(?:#(?P<finding>[^\s,;#@]*))?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Mention:
    """A report, or one of its findings, that a text cites.

    :ivar finding: the finding's id; None where the report as a whole is cited.
    :ivar is_further: whether another finding of the same report is cited just before it, so that the
        short citation need not be repeated.
    """

    key: str
    finding: str | None = None
    is_further: bool = False

    @property
    def written(self) -> str:
        """The mention as it stands in a file, without ``@``."""
        return self.key if self.finding is None else f"{self.key}#{self.finding}"


Resolve = Callable[[Mention], str]
"""Turns a mention into HTML; called once for each, in the order of the text."""


def html_of(text: str, resolve: Resolve | None = None, *, anchors: bool = False) -> str:
    """Return Markdown as HTML. HTML in it shows as text; images and script links are not made.

    Images are left out because they would be fetched from another site.

    :param resolve: makes the links of citations; without it they show as they are written.
    :param anchors: whether each heading gets an id from its words, so that pages can lead to it.
    """
    return str(PARSER.render(text, {"resolve": resolve, "anchors": anchors}))


def mentions(text: str) -> list[tuple[Mention, int]]:
    """Return what a text cites, in its order, each with the place of its ``@`` in the text.

    >>> mentions("As two say [@lamp2021#company; @muster2020], and `[@nobody]`.")
    [(Mention(key='lamp2021', finding='company'), 12), (Mention(key='muster2020', finding=None), 31)]
    """
    if "@" not in text:
        return []
    marked, places = _marked(text)
    tokens = PARSER.parse(marked, {"places": places})
    return [
        (token.meta["mention"], token.meta["place"])
        for block in tokens
        for token in block.children or []
        if token.type == "mention"
    ]


_MARKS = (range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))


def _marked(text: str) -> tuple[str, dict[str, int]]:
    """Return the text with a sign of its own for each ``@`` that may cite, and where each stands.

    The parser tells no columns; a sign that occurs once does. The signs are from the planes for
    private use, which are larger than any text that is read.
    """
    taken = set(text)
    signs = (sign for sign in map(chr, chain(*_MARKS)) if sign not in taken)
    places: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        sign = next(signs, "@")
        places[sign] = match.start()
        return sign

    return re.sub(r"(?<![^\s;\[>])@", mark, text), places


def _citation(state: StateInline, silent: bool) -> bool:
    """Read a citation. What it leaves alone is read by the rules behind it, such as that for links."""
    if state.src[state.pos] != "[":
        return False
    group = _GROUP.match(state.src, state.pos, state.posMax)
    if group is None:
        return False
    places: dict[str, int] = state.env.get("places", {})
    content = "".join("@" if sign in places else sign for sign in group[1])
    found = list(_MENTION.finditer(content))
    if not found:
        return False
    if not silent:
        _push(state, content, found, [places.get(sign, 0) for sign in group[1]])
    state.pos = group.end()
    return True


def _push(
    state: StateInline, content: str, found: Sequence[re.Match[str]], places: Sequence[int]
) -> None:
    """Add the mentions in *content* as tokens, in parentheses, with the text around them."""
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(content)]
    before: Mention | None = None
    for number, (start, end) in enumerate(zip(ends, starts, strict=True)):
        text = _ESCAPED.sub(r"\1", " ".join(re.split(r"\s+", content[start:end])))
        mention = _mention(found[number], before, text) if number < len(found) else None
        opening, closing = "(" if number == 0 else "", "" if mention else ")"
        state.push("text", "", 0).content = opening + text + closing
        if mention:
            token = state.push("mention", "", 0)
            token.content = found[number][0]
            token.meta = {"mention": mention, "place": places[end]}
        before = mention


def _mention(match: re.Match[str], before: Mention | None, between: str) -> Mention:
    """Return what is mentioned behind *before* and the text *between* the two."""
    key, finding = match["key"], match["finding"]
    is_further = bool(before and finding and before.finding and before.key == key)
    return Mention(key, finding, is_further and between.strip() == ";")


def _shown(
    renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    resolve: Resolve | None = env.get("resolve")
    mention: Mention = tokens[at].meta["mention"]
    return resolve(mention) if resolve else str(escape(tokens[at].content))


def _link_target(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Read ``[name]: address``, unless the name is a key: that line would vanish from the page."""
    start = state.bMarks[first] + state.tShift[first] + 1
    name = state.src[start : state.eMarks[first]]
    if name[:1] in state.env.get("places", {}):
        name = f"@{name[1:]}"
    if _MENTION.match(name):
        return False
    return reference(state, first, last, silent)


def _demote_title(state: StateCore) -> None:
    """Make headings of the first level headings of the second: a page has one title, its own."""
    for token in state.tokens:
        if token.tag == "h1":
            token.tag = "h2"


def _align_cells(state: StateCore) -> None:
    """Say how a cell is aligned in an attribute that is no style: pages refuse styles in attributes."""
    for token in state.tokens:
        style = token.attrGet("style") if token.tag in {"td", "th"} else None
        if style is not None:
            del token.attrs["style"]
            token.attrSet("align", str(style).removeprefix("text-align:"))


def _anchor_headings(state: StateCore) -> None:
    """Give each heading an id made of its words: *What is in* gets ``what-is-in``."""
    if not state.env.get("anchors"):
        return
    taken: set[str] = set()
    numbers: defaultdict[str, Iterator[int]] = defaultdict(count)
    for token, inline in pairwise(state.tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w]+", "-", inline.content.casefold()).strip("-_") or "part"
            # Each goes on where the last heading of the same words has ended.
            every = (f"{words}-{n}" if n else words for n in numbers[words])
            name = next(each for each in every if each not in taken)
            taken.add(name)
            token.attrSet("id", name)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"typographer": True}).disable(["image", "linkify"])
    parser.enable(["replacements", "smartquotes", "table"])
    parser.core.ruler.push("demote_title", _demote_title)
    parser.core.ruler.push("anchor_headings", _anchor_headings)
    parser.core.ruler.push("align_cells", _align_cells)
    parser.block.ruler.at("reference", _link_target)
    parser.inline.ruler.before("link", "citation", _citation)
    parser.add_render_rule("mention", _shown)
    return parser


PARSER = _parser()
"""The parser of all Markdown that a review holds."""
