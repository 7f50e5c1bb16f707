"""The file of the live map's codes, read by the documentation of its layout."""

from __future__ import annotations

import gzip
import json
import struct
from array import array
from dataclasses import dataclass
from typing import Any

KINDS = {"u8": "B", "u16": "H", "u32": "I"}


@dataclass
class ColumnsFile:
    """The header and the columns by name."""

    header: dict[str, Any]
    columns: dict[str, list[int]]

    @classmethod
    def read(cls, packed: bytes) -> ColumnsFile:
        whole = gzip.decompress(packed)
        assert whole[:4] == b"EMC1"
        length = struct.unpack("<I", whole[4:8])[0]
        header = json.loads(whole[8 : 8 + length])
        columns: dict[str, list[int]] = {}
        for place in header["columns"]:
            start = 8 + length + place["offset"]
            numbers = array(KINDS[place["kind"]])
            # A browser reads a column of wider numbers only where it begins at a multiple of them.
            assert start % numbers.itemsize == 0, place
            end = start + place["length"] * numbers.itemsize
            assert end <= len(whole), place
            numbers.frombytes(whole[start:end])
            columns[place["name"]] = list(numbers)
        return cls(header, columns)

    def terms(self, dimension: str) -> list[set[str]]:
        """Return the own terms of each report or finding, in the order of the file."""
        named = next(own for own in self.header["dimensions"] if own["id"] == dimension)["terms"]
        codes = iter(self.columns[f"{dimension}:terms"])
        return [
            {named[next(codes)]["id"] for _ in range(count)}
            for count in self.columns[f"{dimension}:counts"]
        ]
