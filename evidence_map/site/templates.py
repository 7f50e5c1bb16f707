"""The templates of pages, as Jinja sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evidence_map.problem_reports import counted
from evidence_map.site.coins import coins
from evidence_map.site.compiled_templates import CompiledTemplates
from evidence_map.site.search_index import plain_spellings
from evidence_map.site.text import enumeration, spoken_date, typeset

_COMPILED = CompiledTemplates()


class _Loader(FileSystemLoader):
    """Reads templates without their indentation, which would stand on every page."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its file, and whether it is still the same."""
        source, file, is_current = super().get_source(environment, template)
        return outdented(source), file, is_current


def outdented(source: str) -> str:
    """Return a template without the indentation of its lines, but for what stands in *pre*.

    Behind a block one space stays: Jinja takes away the end of that line, and words would meet.
    """
    parts = _PRE.split(source)
    parts[::2] = [_INDENTATION.sub(r"\1\n ", part) for part in parts[::2]]
    parts[::2] = [_OTHER_INDENTATION.sub("\n", part) for part in parts[::2]]
    return "".join(parts)


_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_INDENTATION = re.compile(r"([%#]\})\n[ \t]+")
_OTHER_INDENTATION = re.compile(r"(?<![%#]\})\n[ \t]+")


def environment(templates: Path) -> Environment:
    """Return what renders the templates of pages.

    It knows nothing of a review: a template shows what it is given, and a name that it is not given
    is an error.

    :param templates: the folder of site templates.
    """
    made = Environment(
        loader=_Loader(templates / "pages"),
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
