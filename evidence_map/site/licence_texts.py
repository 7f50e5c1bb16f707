"""The texts of the licences of what a published site carries of others, as their packages hold them.

The licences ask for it: MIT, that notice and permission go with every copy; LGPL and Apache, that their
text does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

ADDRESS = "about/licences/texts.txt"
"""Where a site publishes the texts; the page beside it says what they are about."""

CARRIED = {
    "mkdocs-material": ("licenses/LICENSE", "material/templates/.icons/material/LICENSE"),
    "pycountry": ("pycountry/COPYRIGHT.txt", "licenses/LICENSE.txt"),
    "python-docx": ("licenses/LICENSE",),
}
"""The packages of which a site carries a part, with the ends of the names of their licence files."""

_RULE = "=" * 72


def licence_texts() -> str:
    """Return all texts, each under the name of its package.

    A text that a package does not hold is left out: what counts is what was installed.

    :raises importlib.metadata.PackageNotFoundError: if a package is not installed.
    """
    parts = []
    for name, wanted in CARRIED.items():
        found = distribution(name)
        files = list(_files(found))
        for end in wanted:
            for file in files:
                if f"/{file}".endswith(f"/{end}"):
                    # Asked of the package, which knows where it stands.
                    lines = Path(str(found.locate_file(file))).read_text("utf-8").splitlines()
                    text = "\n".join(lines).strip()
                    head = f"{_RULE}\n{name} {found.version}: {file.rpartition('/')[2]}\n{_RULE}"
                    parts.append(f"{head}\n\n{text}\n")
    return "\n".join(parts)


def _files(package: Distribution) -> Iterator[str]:
    """Yield the names of a package's files.

    Of a theme these are thousands, and ``Distribution.files`` makes a path of each.
    """
    listed = package.read_text("RECORD")
    if listed:
        yield from (line[0] for line in csv.reader(listed.splitlines()) if line)
    else:
        yield from (file.as_posix() for file in package.files or ())
