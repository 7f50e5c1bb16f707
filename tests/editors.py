"""How an editor judges a file by a JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft7Validator


def validator(schema: dict[str, Any]) -> Draft7Validator:
    """Return what judges files by *schema*."""
    # Its import reads a whole grammar of addresses, which takes seconds: only where it is needed.
    from jsonschema import Draft7Validator

    return Draft7Validator(schema)
