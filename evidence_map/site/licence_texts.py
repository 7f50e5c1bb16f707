"""The texts of the licences of what a published site carries of others, as their packages hold them.

The licences ask for it: MIT, that notice and permission go with every copy; LGPL and Apache, that their
text does.
"""

from __future__ import annotations

from importlib.metadata import distribution

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
        for end in wanted:
            for file in found.files or ():
                if file.as_posix().endswith(f"/{end}") or file.as_posix() == end:
                    text = "\n".join(file.read_text("utf-8").splitlines()).strip()
                    parts.append(f"{_RULE}\n{name} {found.version}: {file.name}\n{_RULE}\n\n{text}\n")
    return "\n".join(parts)
