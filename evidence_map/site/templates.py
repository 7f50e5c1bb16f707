"""The templates of pages, as Jinja sees them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evidence_map.problem_reports import counted
from evidence_map.site.coins import coins
from evidence_map.site.compiled_templates import CompiledTemplates
from evidence_map.site.search_index import plain_spellings
from evidence_map.site.text import enumeration, spoken_date, typeset

_COMPILED = CompiledTemplates()


def environment(templates: Path) -> Environment:
    """Return what renders the templates of pages.

    It knows nothing of a review: a template shows what it is given, and a name that it is not given
    is an error.

    :param templates: the folder of site templates.
    """
    made = Environment(
        loader=FileSystemLoader(templates / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    made.filters.update(
        counted=counted,
        spoken_date=spoken_date,
        enumeration=enumeration,
        typeset=typeset,
        plain_spellings=plain_spellings,
        coins=coins,
    )
    return made
