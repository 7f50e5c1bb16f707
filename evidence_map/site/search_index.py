"""The index of all words of the site, made by Pagefind from the finished pages.

The templates mark what is searched: ``data-pagefind-body`` on the text of a page,
``data-pagefind-ignore`` on what would drown the rest. What is left out of all pages stands here.
Pagefind gets the marked parts alone (``searched_parts``), and is not run where they are those of the
last build (``kept_index``).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from evidence_map.site.kept_index import KeptIndex
from evidence_map.site.searched_parts import SEARCHED, gather

FOLDER = "pagefind"
"""Where the index stands in the site."""

LEFT_OUT = (
    ".headerlink",
    ".em-crumbs",
    ".em-badges",
    ".em-count",
    ".em-missing",
    ".em-correct",
    ".em-fact",
    ".em-facts dt",
    ".em-glance dt",
    ".em-finding__where",
    ".em-orcid",
    ".em-record h2",
    ".em-record .em-table th",
)
"""Labels and remarks that stand on every page of a kind, and so would find every page."""

TIMEOUT = 1800.0
"""Seconds after which the program is taken to hang; 10,000 pages need about twenty."""

KINDS = {
    "records": "Report",
    "findings": "Review finding",
    "codebook": "Term",
    "studies": "Study",
}
"""The kind of result that the pages of a folder are; all others are a ``Page``."""

STRUCK = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "þ": "th"}
    | {"æ": "ae", "œ": "oe", "ß": "ss"}
)
"""Letters that are no plain letter with an accent, and what is typed for them elsewhere."""

_REMEDY = "install it with “pip install -r requirements.lock”, then build again"
_PROGRAM = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_SIGNATURE = b"pagefind_dcd"


class IndexingError(Exception):
    """Pagefind is missing, failed, or made something else than an index."""


def plain_spellings(text: str) -> str:
    """Return the words of *text* that have letters such as ø and ł, with plain letters instead.

    Pagefind finds *Zoë* for *Zoe*, but not *Sørensen* for *Sorensen*.

    >>> plain_spellings("Zoë Sørensen, Łódź")
    'sorensen lodz'
    """
    words = re.findall(r"\w+", text.lower())
    plain = {word: word.translate(STRUCK) for word in words}
    struck = [unicodedata.normalize("NFD", new) for word, new in plain.items() if new != word]
    return " ".join("".join(c for c in word if not unicodedata.combining(c)) for word in struck)


def write_search_index(site: Path, place: Path | None = None) -> None:
    """Index the finished pages in *site*, into its folder ``pagefind``.

    Beside Pagefind's own files stands ``results.json``: the address of each page that can be found,
    by kind and by Pagefind's name for it. Pagefind's filters would tell the same, but it writes
    them in another order each time.

    :param place: where the site will be published. The index of the site that was there before is
        taken again if nothing that is searched has changed since.
    :raises IndexingError: if Pagefind is missing, fails, or takes too long.
    """
    target = site / FOLDER
    # Beside the site, so that a killed build leaves nothing elsewhere.
    with tempfile.TemporaryDirectory(prefix=".words-", dir=site.parent) as folder:
        pages, empty = Path(folder, "pages"), Path(folder, "empty")
        empty.mkdir()
        digest = gather(site, pages)
        if not digest:
            raise IndexingError(f"no page can be searched: none in {site} has the mark {SEARCHED}")
        kept = KeptIndex(place, digest)
        if kept.put(target):
            return
        _run(pages, target, empty)
    try:
        _drop_unused(target)
        addresses = json.dumps(_addresses(target), ensure_ascii=False, separators=(",", ":"))
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexingError(f"Pagefind made an index of an unknown form ({error}); {_REMEDY}") from error
    (target / "results.json").write_text(addresses, "utf-8")
    kept.keep(target)


def _run(pages: Path, target: Path, empty: Path) -> None:
    """Run Pagefind from an *empty* folder, since it takes settings from where it is run."""
    command = [sys.executable, "-m", "pagefind", "--silent"]
    command += ["--site", str(pages.absolute()), "--output-path", str(target.absolute())]
    command += ["--exclude-selectors", ",".join(LEFT_OUT)]
    own = ("PAGEFIND_BINARY_PATH",)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_") or k in own}
    # What it says goes into a file: a pipe would stay open with a program that it has left behind.
    with tempfile.TemporaryFile(dir=empty.parent) as said:
        try:
            done = subprocess.run(  # noqa: S603 (the program that comes with the package)
                command,
                cwd=empty,
                env=kept,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=TIMEOUT,
            )
        except subprocess.TimeoutExpired as error:
            raise IndexingError(
                f"Pagefind, which indexes the pages, did not end within {TIMEOUT:.0f} seconds; "
                "build again"
            ) from error
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
    if done.returncode or not (target / "pagefind-entry.json").is_file():
        raise IndexingError(f"Pagefind cannot index the pages: {_reason(done.returncode, lines)}")


def _reason(status: int, said: list[str]) -> str:
    """Return why Pagefind failed, and what to do about it."""
    if status < 0:
        # The system ends what takes too much memory, and says nothing.
        name = signal.Signals(-status).name
        return f"it was ended by the signal {name}; if memory ran short, free some, and build again"
    return f"{said[-1].strip() if said else f'it ended with status {status}'}; {_REMEDY}"


def _drop_unused(target: Path) -> None:
    """Remove Pagefind's own search forms, and what stems words of languages that the site has not."""
    entry = json.loads((target / "pagefind-entry.json").read_text("utf-8"))
    stemmers = {language["wasm"] or "unknown" for language in entry["languages"].values()}
    kept = {*_PROGRAM, *(f"wasm.{stemmer}.pagefind" for stemmer in stemmers)}
    for file in target.iterdir():
        if file.is_file() and file.suffix != ".pf_meta" and file.name not in kept:
            file.unlink()


def _addresses(target: Path) -> dict[str, dict[str, str]]:
    """Return the address of each indexed page, by kind and by Pagefind's name for it."""
    found: dict[str, dict[str, str]] = {}
    for name, address in sorted(_fragments(target), key=lambda fragment: fragment[1]):
        first, *rest = address.rstrip("/").split("/")
        kind = KINDS.get(first, "Page") if rest else "Page"
        found.setdefault(kind, {})[name] = address
    return dict(sorted(found.items()))


def _fragments(target: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each page in the index."""
    for file in (target / "fragment").glob("*.pf_fragment"):
        data = gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE)
        yield file.stem, json.loads(data)["url"].lstrip("/")
