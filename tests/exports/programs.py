"""The programs that authors use with our files: biber, bibtex, pdflatex, pandoc, pdftotext.

In Debian they are in the packages biber, texlive-bibtex-extra, texlive-latex-recommended, lmodern,
pandoc and poppler-utils.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

PACKAGES = {
    "biber": "biber",
    "bibtex": "texlive-binaries",
    "pdflatex": "texlive-latex-base",
    "kpsewhich": "texlive-binaries",
    "pandoc": "pandoc",
    "pdftotext": "poppler-utils",
}
STYLES = {
    "biblatex.sty": "texlive-bibtex-extra",
    "plainnat.bst": "texlive-latex-base",
    "lmodern.sty": "lmodern",
    "babel.sty": "texlive-latex-base",
}

_DOCUMENT = r"""\documentclass{article}
\paperwidth=500cm \paperheight=500cm
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[english]{babel}
%(packages)s
\input{glyphtounicode}\pdfgentounicode=1
\pdfpagewidth=500cm \textwidth=490cm \pdfpageheight=500cm \textheight=490cm
\hbadness=10000 \overfullrule=0pt
\begin{document}
%(body)s
\end{document}
"""


def lacking() -> str:
    """Return what is not installed, as one message; blank where nothing is."""
    missing = {package for name, package in PACKAGES.items() if shutil.which(name) is None}
    if shutil.which("kpsewhich"):
        missing |= {package for name, package in STYLES.items() if not _found(name)}
    return f"install {', '.join(sorted(missing))}" if missing else ""


def _found(name: str) -> bool:
    return bool(subprocess.run(["kpsewhich", name], capture_output=True, text=True).stdout.strip())


def need_programs() -> None:
    """Skip the test where a program is missing; let it fail where everything is tested."""
    if message := lacking():
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def run(*command: str, folder: Path) -> str:
    """Run a program in *folder* and return what it said; insist that it succeeded."""
    environment = {**os.environ, "max_print_line": "100000", "HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{said[-4000:]}"
    return said


def validated(text: str, folder: Path) -> tuple[str, list[str]]:
    """Have biber check *text* against its data model; return what it writes and its warnings."""
    (folder / "references.bib").write_text(text, "utf-8")
    said = run(
        "biber", "--tool", "--validate-datamodel", "-O", "out.bib", "references.bib", folder=folder
    )
    assert "ERROR" not in said, said
    return (folder / "out.bib").read_text("utf-8"), re.findall(r"^WARN - (.*)$", said, re.MULTILINE)


def _has_no_font(sign: str) -> bool:
    return "\u0370" <= sign < "\u2010" or sign > "\u2122"


def as_printed(text: str) -> str:
    """Return *text* as :func:`with_biber` prints it."""
    return "".join(f"[{ord(sign):04X}]" if _has_no_font(sign) else sign for sign in text)


def with_biber(text: str, folder: Path, style: str = "numeric") -> str:
    """Return the text of a page on which pdflatex, biblatex and biber print all entries of *text*.

    Letters that pdflatex has no font for are printed as their number in brackets.
    """
    (folder / "references.bib").write_text(text, "utf-8")
    far = sorted(filter(_has_no_font, set(text)))
    declared = "".join(
        rf"\DeclareUnicodeCharacter{{{ord(sign):04X}}}{{[{ord(sign):04X}]}}" for sign in far
    )
    packages = rf"\usepackage[backend=biber,style={style}]{{biblatex}}\addbibresource{{references.bib}}"
    document = {"packages": packages + "\n" + declared, "body": r"\nocite{*}\printbibliography"}
    (folder / "document.tex").write_text(_DOCUMENT % document, "utf-8")
    _pdflatex(folder)
    run("biber", "document", folder=folder)
    return _printed(folder)


def with_bibtex(text: str, folder: Path, style: str, packages: str = r"\usepackage{url}") -> str:
    """Return the text of a page on which pdflatex and bibtex print all entries in a style of old."""
    (folder / "references.bib").write_text(text, "ascii")
    body = rf"\nocite{{*}}\bibliographystyle{{{style}}}\bibliography{{references}}"
    (folder / "document.tex").write_text(_DOCUMENT % {"packages": packages, "body": body}, "ascii")
    _pdflatex(folder)
    run("bibtex", "document", folder=folder)
    return _printed(folder)


def _pdflatex(folder: Path) -> None:
    # Commands of the system are allowed: nothing in our files may ever get to run one.
    run("pdflatex", "-shell-escape", "-interaction=nonstopmode", "document", folder=folder)


def _printed(folder: Path) -> str:
    _pdflatex(folder)
    run("pdftotext", "-layout", "document.pdf", folder=folder)
    return (folder / "document.txt").read_text("utf-8")


def seen(text: str) -> str:
    """Return *text* as it looks in print: without spaces, case and the kinds of quotation marks."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text)).casefold()
    plain = plain.translate(str.maketrans("‘’`“”‐‑", "'''\"\"--"))
    return re.sub(r"\s", "", plain)
