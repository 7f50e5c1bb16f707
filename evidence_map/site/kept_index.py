"""The index of the last build, taken again where nothing that is searched has changed.

There is one of each volume for each place where a site is published, since an index is large. With it
stands a digest of what was searched; another digest asks for another index.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from evidence_map.kept_work import KeptWork, kept_folder, key_of, program_digest

_DIGEST = 32
_LENGTH = 8
_FILE = re.compile(r"(?:(?:fragment|index)/)?[\w-]+(?:\.[\w-]+)+", re.ASCII)


class KeptIndex:
    """A volume of the index of the site at a place.

    :param place: where the site is published; None to keep nothing.
    :param volume: the number of the volume.
    :param searched: a digest of what is searched of its pages.
    """

    def __init__(self, place: Path | None, volume: int, searched: str) -> None:
        self._work = KeptWork("words", kept_folder() if place else None)
        self._key = key_of(program_digest(), str(place and place.absolute()), str(volume))
        self._digest = key_of(searched).encode()

    def put(self, folder: Path) -> bool:
        """Write the kept index into *folder*, and return whether there is one."""
        kept = self._work.found([self._key]).get(self._key, b"")
        if kept[:_DIGEST] != self._digest:
            return False
        try:
            files = unpacked(kept[_DIGEST:])
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        for below in {name.rpartition("/")[0] for name in files}:
            (folder / below).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with open(f"{folder}/{name}", "wb") as file:  # noqa: PTH123 (many files)
                file.write(content)
        self._work.keep({}, used=[self._key])
        return True

    def keep(self, folder: Path) -> None:
        """Keep the index in *folder* in place of the one before."""
        if self._work.file is not None:
            files = {
                file.relative_to(folder).as_posix(): file.read_bytes()
                for file in sorted(folder.rglob("*"))
                if file.is_file()
            }
            self._work.keep({self._key: self._digest + packed(files)})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return *files* by name as one piece: a list of names and sizes, and all that they hold."""
    sizes = json.dumps({name: len(content) for name, content in files.items()}).encode()
    return b"".join([len(sizes).to_bytes(_LENGTH, "big"), sizes, *files.values()])


def unpacked(piece: bytes) -> dict[str, memoryview]:
    """Return the files of a *piece* by name.

    :raises ValueError, KeyError, TypeError, AttributeError: if it is no such piece, or a file has a
        name that no file of an index has.
    """
    place = _LENGTH + int.from_bytes(piece[:_LENGTH], "big")
    sizes = json.loads(piece[_LENGTH:place])
    if not all(map(_FILE.fullmatch, sizes)):
        raise ValueError("a file of another name")
    held, files = memoryview(piece), {}
    for name, size in sizes.items():
        files[name] = held[place : place + size]
        place += size
    if place != len(piece):
        raise ValueError("a piece of another size")
    return files
