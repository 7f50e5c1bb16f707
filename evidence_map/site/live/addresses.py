"""Addresses of live pages with something set, as ``js/live/selection.js`` reads them.

Pages made by the build link a live one where they cannot list everything themselves.
"""

from __future__ import annotations

from urllib.parse import quote

from evidence_map.site.live.columns import DECISION


def live_address(page: str, parts: dict[str, str]) -> str:
    """Return the address of a live page.

    :param page: its address from the root of the site, such as ``records/``.
    :param parts: what is set, by its name behind the #.

    >>> live_address("map/all/", {"row": "tea", "column": "cat"})
    'map/all/#row=tea&column=cat'
    """
    written = (f"{name}={quote(value, safe=',:')}" for name, value in parts.items())
    return f"{page}#{'&'.join(written)}"


def cell_address(table: str, row: str, column: str) -> str:
    """Return the address at which a map opens the list of a cell."""
    return live_address(f"map/{table}/", {"row": row, "column": column})


def reports_address(decision: str, terms: dict[str, str]) -> str:
    """Return the address at which the list of reports shows some of them.

    :param decision: what was decided on them, such as ``counted`` (site/live/columns).
    :param terms: by dimension, the term that they have.
    """
    filters = {f"f.{dimension}": term for dimension, term in terms.items()}
    return live_address("records/", {**filters, f"f.{DECISION}": decision})
