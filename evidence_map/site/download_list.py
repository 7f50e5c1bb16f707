"""The files that readers can take away, in groups by what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_map.exports.data_package import FILE as PACKAGE
from evidence_map.exports.formats import FORMATS, Format
from evidence_map.manuscript.formats import MANUSCRIPT_FORMATS

_TABLES = ("csv", "findings-csv", "xlsx", "json-lines")
_CITATION = ("cff",)


@dataclass(frozen=True)
class Download:
    """A published file: its place below ``data/``, its name for readers, and for whom it is.

    :ivar command: the format's name for the command ``export``; empty where there is none.
    """

    file: str
    label: str
    purpose: str
    command: str = ""


@dataclass(frozen=True)
class Downloads:
    """Files that serve one purpose, under a heading and a sentence."""

    title: str
    lead: str
    files: list[Download]


_ALL_DATA = [
    Download("evidence.db", "Whole database (SQLite)", "SQL, R, Python, Datasette"),
    Download(PACKAGE, "Data package (Frictionless)", "what each file and column means, for programs"),
    Download("evidence-map.html", "Maps in one file, without the network", "a browser; mail, a stick"),
]


def _download(form: Format) -> Download:
    return Download(form.file, form.label, form.purpose, form.name)


def downloads(has_maps: bool) -> list[Downloads]:
    """Return everything that a site publishes to take away.

    :param has_maps: whether there is a map, and so the file with all of them.
    """
    apart = {*_TABLES, *_CITATION}
    references = [_download(form) for name, form in FORMATS.items() if name not in apart]
    return [
        Downloads(
            "References",
            "All reports but the excluded ones, for reference managers and manuscripts.",
            references,
        ),
        Downloads(
            "Tables and data",
            "What the records say: reports, findings, codes.",
            [
                *(_download(FORMATS[name]) for name in _TABLES),
                *(_ALL_DATA if has_maps else _ALL_DATA[:2]),
            ],
        ),
        Downloads(
            "For a manuscript",
            "The included studies as a table, the numbers of the review, the flow diagram, and the "
            "critical appraisals.",
            [_download(form) for form in MANUSCRIPT_FORMATS.values()],
        ),
        Downloads(
            "The review itself",
            "To cite this version of the data.",
            [_download(FORMATS[name]) for name in _CITATION],
        ),
    ]
