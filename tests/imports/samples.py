"""Files as databases and reference managers write them; all papers in them are invented."""

from __future__ import annotations

from pathlib import Path

from evidence_map.imports.imported import Imported, Reading

FOLDER = Path(__file__).parent / "samples"


def sample(name: str) -> str:
    """Return the text of a sample; line ends are plain, as after decoding."""
    return (FOLDER / name).read_text("utf-8")


def left(reference: Imported) -> dict[str, str]:
    """Return the leftovers of a reference by name."""
    return {leftover.name: leftover.value for leftover in reference.leftovers}


def fields(reading: Reading) -> list[dict[str, object]]:
    """Return the fields of the references that were read."""
    return [reference.fields for reference in reading.references]
