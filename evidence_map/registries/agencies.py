"""Whether a DOI is registered, and by which agency, as doi.org tells it.

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


def is_registered(client: Client, address: str, doi: str) -> bool:
    """Whether any agency has registered *doi*.

    Source: DOI Handbook, *Proxy server REST API*: response code 1 is a DOI, 200 one without values,
    100 none.

    :param address: where the resolver of DOIs stands.
    :raises RegistryError: if it gives no answer.
    """
    found = client.json(NAME, f"{address}/api/handles/{quote(doi, safe='/')}", {})
    code = found[0].get("responseCode") if found and isinstance(found[0], dict) else None
    if found is None or code == 100:
        return False
    if code in (1, 200):
        return True
    raise RegistryError(f"{NAME} answered, but not whether there is such a DOI")
