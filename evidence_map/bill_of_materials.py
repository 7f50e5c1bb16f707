"""The software bill of materials: the packages that made a site, for programs that look for faults.

Source: CycloneDX 1.6 (ECMA-424), in JSON. It holds no time and no number by chance: the same packages
give the same bytes, and another package another serial number.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from evidence_map.packages import PROGRAM, Licence, Package

SUFFIX = ".cdx.json"
"""How the names of such files end."""

Hashes = Mapping[tuple[str, str], list[str]]
"""The SHA-256 of the files of a package, by its name and version."""


def bill_of_materials(
    packages: Iterable[Package], version: str, licence: Licence, hashes: Hashes
) -> str:
    """Return the bill of the program in a *version*, with its *licence*, and of its *packages*.

    :param hashes: those that are known; a package whose hashes are not known has none.
    """
    listed = list(packages)
    program = _component(PROGRAM, version, licence) | {"type": "application"}
    direct = sorted(_reference(each.name, each.version) for each in listed if each.is_direct)
    versions = {each.name: each.version for each in listed}
    bill: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program},
        "components": [_of_package(each, hashes) for each in listed],
        "dependencies": [
            {"ref": program["bom-ref"], "dependsOn": direct},
            *(
                {
                    "ref": _reference(each.name, each.version),
                    "dependsOn": sorted(_reference(name, versions[name]) for name in each.needs),
                }
                for each in listed
            ),
        ],
    }
    content = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_OID, content).urn
    return json.dumps(bill, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _reference(name: str, version: str) -> str:
    """Return the package URL, by which a package is known everywhere.

    >>> _reference("markdown-it-py", "4.0.0")
    'pkg:pypi/markdown-it-py@4.0.0'
    """
    return f"pkg:pypi/{name}@{quote(version, safe='')}"


def _component(name: str, version: str, licence: Licence) -> dict[str, Any]:
    reference = _reference(name, version)
    named = (
        {"expression": licence.text, "acknowledgement": "declared"}
        if licence.is_expression
        else {"license": {"name": licence.text, "acknowledgement": "declared"}}
    )
    return {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": version,
        "licenses": [named],
    }


def _of_package(package: Package, hashes: Hashes) -> dict[str, Any]:
    component = _component(package.name, package.version, package.licence)
    component["purl"] = component["bom-ref"]
    if known := hashes.get((package.name, package.version)):
        component["hashes"] = [{"alg": "SHA-256", "content": each} for each in known]
    return component
