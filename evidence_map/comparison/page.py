"""A comparison as a page of its own, in the look of the site, that needs nothing but itself."""

from __future__ import annotations

from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evidence_map.building import shipped
from evidence_map.comparison.comparison import Comparison
from evidence_map.comparison.sections import sections
from evidence_map.comparison.summary import remarks, summary, warnings
from evidence_map.text_source import REFUSED_CHARACTERS

FOLDED_FROM = 30
"""Lists of so many entries are folded."""

_LIGHT, _DARK = '[data-md-color-scheme="default"]', '[data-md-color-scheme="slate"]'


def as_html(comparison: Comparison, preview: str = "") -> str:
    """Return the comparison as a page: no script, no request, light and dark, on paper, too.

    :param preview: address of a site made from HEAD, to which entries then link.
    """
    environment = Environment(
        loader=PackageLoader("evidence_map.comparison", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    return environment.get_template("page.html").render(
        summary=summary(comparison),
        warnings=warnings(comparison),
        remarks=remarks(comparison),
        sections=sections(comparison),
        preview=preview,
        folded_from=FOLDED_FROM,
        styles=_styles(),
    )


def _harmless(value: object) -> object:
    """Return what is shown without characters that turn the direction of writing, and the like."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return REFUSED_CHARACTERS.sub("\ufffd", value)
    return value


def _styles() -> Markup:
    """Return the sheet with the site's colours and sizes; without a script, the device chooses."""
    tokens = (shipped("site_templates") / "css" / "tokens.css").read_text("utf-8")
    dark = tokens[tokens.index(_DARK) :].replace(_DARK, _LIGHT)
    own = resources.files("evidence_map.comparison").joinpath("page.css").read_text("utf-8")
    sheet = f"{tokens}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n{own}"
    return Markup(sheet)  # noqa: S704 (our own sheets)
