"""A page of evidence before it is put into the shell."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Page:
    """What the build writes to ``address``/index.html.

    ``shell`` names the shell that it is stamped from: ``entry`` for addresses of two parts,
    ``subentry`` for those of three. ``head`` is for programs that read the page.
    """

    address: PurePosixPath
    title: str
    description: str
    body: Markup
    shell: str
    head: Markup = field(default_factory=Markup)

    @property
    def root(self) -> str:
        """The way from the page to the root of the site, such as ``../../``."""
        return way_to_root(self.address)


def way_to_root(address: PurePosixPath) -> str:
    """Return the relative way from the page at *address* to the root.

    >>> way_to_root(PurePosixPath("records/lamp2021"))
    '../../'
    """
    return "../" * len(address.parts) or "./"
