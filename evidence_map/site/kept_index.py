"""The index of the last build, taken again where nothing that is searched has changed.

There is one of each volume for each place where a site is published, since an index is large. With it
stands a digest of what was searched; another digest asks for another index.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from evidence_map.kept_work import KeptWork, kept_folder, key_of, program_digest

_DIGEST = 32
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
            files = _unpacked(kept[_DIGEST:])
        except (BadZipFile, OSError, ValueError):
            return False
        for parent in {(folder / name).parent for name in files}:
            parent.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        self._work.keep({}, used=[self._key])
        return True

    def keep(self, folder: Path) -> None:
        """Keep the index in *folder* in place of the one before."""
        if self._work.file is not None:
            self._work.keep({self._key: self._digest + _packed(folder)})


def _packed(folder: Path) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_STORED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                # Without its time, which nobody needs.
                archive.writestr(ZipInfo(file.relative_to(folder).as_posix()), file.read_bytes())
    return held.getvalue()


def _unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files by name.

    :raises ValueError: if one has a name that no file of an index has.
    """
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        if not all(map(_FILE.fullmatch, names)):
            raise ValueError
        return {name: archive.read(name) for name in names}
