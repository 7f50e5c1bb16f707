"""Which agency registered a DOI, as doi.org tells it.

Source: DOI Foundation, *Factsheet: DOI registration agency lookup* (doi.org/ra).
"""

from __future__ import annotations

from urllib.parse import quote

from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.described import as_dicts, as_text

NAME = "doi.org"
ADDRESS = "https://doi.org"


def agency(client: Client, address: str, doi: str) -> str | None:
    """Return the name of the agency that registered *doi*, or None where there is no such DOI.

    :param address: where the resolver of DOIs stands.
    :raises RegistryError: if it gives no answer.
    """
    found = client.json(NAME, f"{address}/ra/{quote(doi, safe='/')}", {})
    entries = as_dicts(found[0]) if found else []
    if not entries:
        if found is None:
            return None
        raise RegistryError(f"{NAME} answered, but did not name an agency")
    return as_text(entries[0].get("RA")) or None
