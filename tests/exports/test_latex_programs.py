"""Our BibTeX and CSL-JSON in the programs of authors, as Debian has them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from bibtexparser.entrypoint import parse_string

from evidence_map.checking import check
from evidence_map.database import store
from evidence_map.exports.bibtex import (
    SpellingError,
    as_ascii_bibtex,
    as_bibtex,
    ascii_entry,
    bibtex_entry,
)
from evidence_map.exports.csl_json import as_csl_json
from evidence_map.model.reference import CslType
from evidence_map.site.evidence import Evidence, Report
from tests.exports.latex_reader import composed, read
from tests.exports.programs import (
    as_printed,
    need_programs,
    run,
    seen,
    validated,
    with_biber,
    with_bibtex,
)
from tests.exports.reports import HOSTILE, person, report
from tests.reviews import REPOSITORY

ACCEPTED = [
    r"Field 'pmcid' invalid in data model",
    r"Invalid field '(?:publisher|location|edition|isbn)' for entrytype 'article'",
    r"Invalid field 'series' for entrytype 'report'",
    r"Missing mandatory field",
]
"""Warnings of biber that are true and do no harm: biblatex prints no publisher of a journal and no
series of a report, and has no field for the number in PubMed Central, all of which reference managers
read; and records may lack what biblatex wants every entry to have."""

NO_PLACE = [r"Invalid field '\w+' for entrytype '\w+'"]
"""What biber says of a value that has no place in a type, if all values are given with all types. For
some types, such as *legislation*, its data model has the name and no fields, not even the title."""

TITLES = [title for title in HOSTILE if title.strip()] + [
    r"}\write18{touch x}",
    r"\immediate\write18{touch x}",
    "a -- b --- c ,, ?` !` << >> ``'' | < >",
    "{unbalanced",
    r"\\ \% \& $x$ \begin{document} \end{document} #1 ^^41",
    "“It’s tea”: Why “We” Drink: a SHARPS Study? Yes",
]

STUMBLING_BLOCKS = [
    *"\\{}%&#$_~^\"'`@=,;:.-+*/<>|()[]!? 0aZéß",
    *(
        "and ",
        " and ",
        "others",
        "von ",
        "de la ",
        "É",
        "茶",
        "曉明",
        "שלום",
        "🍵",
        "Ω",
        "\u00a0",
        "{\\",
        "}\\",
    ),
    *(
        "\\input",
        "\\end",
        "\\write18{touch x}",
        "''",
        "``",
        "--",
        "SHARPS",
        "Jr",
        " , ",
        "family=",
        "given =",
    ),
]

NAMES = {
    "n01": (person("Muster", given="Ann", particle="van der"), "Ann van der Muster"),
    "n02": (person("Example", given="Ann", particle="d’"), "Ann d’Example"),
    "n03": (person("Muster", given="Ann", suffix="Jr"), "Ann Muster Jr"),
    "n04": (person("Muster", suffix="Jr"), "Muster, Jr"),
    "n05": (person("Muster y Example", given="Ann", particle="van"), "Ann van Muster y Example"),
    "n06": (person("lamp", given="bo"), "bo lamp"),
    "n07": (person("Great and Small", given="Max and Moritz"), "Max and Moritz Great and Small"),
    "n08": (person("family=x", given="given=y"), "given=y family=x"),
    "n09": (person(literal="others"), "others"),
    "n10": (person(literal="Cats, Dogs, Mice, Tea and Sons"), "Cats, Dogs, Mice, Tea and Sons"),
    "n11": (person("Élan", given="É."), "É. Élan"),
    "n12": (person("’t Lamp", given="Bo"), "Bo ’t Lamp"),
    "n13": (person(literal="{Tea} 50%"), "{Tea} 50%"),
    "n14": (person("Ştefan", given="Çelik"), "Çelik Ştefan"),
    "n15": (person("Lamp", given="A, B"), "Lamp, A, B"),
}
"""Names that programs take apart, and how they are printed."""


@pytest.fixture(scope="module", autouse=True)
def programs() -> None:
    need_programs()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """The review that the repository carries."""
    review = check(REPOSITORY).review
    assert review is not None
    file = tmp_path_factory.mktemp("real") / "evidence.db"
    store(review, file)
    with Evidence(file) as evidence:
        yield evidence


def hostile() -> list[Report]:
    """Return reports whose titles, journals and authors break out of their field if they can."""
    return [
        report(
            f"h{number:02}",
            title=title,
            container_title=title,
            publisher_place=title,
            issued="2000",
            authors=[person(literal=title), person(title, given=title)],
        )
        for number, title in enumerate(TITLES)
    ]


def random_texts() -> list[Report]:
    """Return reports of texts that are put together from what programs stumble on."""
    chance = random.Random(4)
    texts: list[str] = []
    while len(texts) < 60:
        pieces = chance.choices(STUMBLING_BLOCKS, k=chance.randint(2, 9))
        texts.append(" ".join("".join(pieces).split()) or "Tea")
    return [
        report(
            f"r{number:02}",
            title=text,
            container_title=f"Annals of {text}",
            issued="2000",
            authors=[person(f"Lamp {text}", given=f"Ann {text}"), person(literal=f"The {text}")],
        )
        for number, text in enumerate(texts)
    ]


def named() -> list[Report]:
    return [
        report(key, title="Tea", container_title="Teas", issued="2000", authors=[one])
        for key, (one, _) in NAMES.items()
    ]


def of_all_types() -> list[Report]:
    """Return a report of each CSL type, with a value in every field."""
    columns: dict[str, Any] = {
        "original_title": "Tee",
        "container_title": "Teas of SHARPS",
        "volume": "12",
        "issue": "3",
        "page": "1–9",
        "number": "77",
        "edition": "2",
        "publisher": "Cup & Sons",
        "publisher_place": "Lampton",
        "doi": "10.5555/a_b%20c#d",
        "pmid": "123",
        "pmcid": "PMC123",
        "issn": "1234-5679",
        "isbn": "9780306406157",
        "url": "https://example.org/a_b%20c?x=1&y=~2#d",
    }
    reports = [
        report(
            f"t{number:02}",
            authors=[person("Muster", given="Ann")],
            title=f"Teas of the type {kind}",
            type=kind,
            issued=f"{1950 + number}-05-03",
            language=("en", "zh", "pt-BR")[number % 3],
            **columns,
        )
        for number, kind in enumerate(get_args(CslType))
    ]
    for own in reports:
        own.editors.append(person("Lamp", given="Bo"))
        own.lists["keyword"] = ["tea, black", "cups & mugs"]
    return reports


def spellable(reports: list[Report]) -> list[Report]:
    """Return those that can be written in ASCII."""
    found = []
    for own in reports:
        try:
            ascii_entry(own)
        except SpellingError:
            continue
        found.append(own)
    return found


def unexpected(warnings: list[str], accepted: list[str]) -> list[str]:
    return [warning for warning in warnings if not any(re.search(one, warning) for one in accepted)]


def assert_read_back(reports: list[Report], written: str) -> None:
    """Insist that what biber wrote holds the texts that the reports have."""
    library = parse_string(written, parse_stack=[])
    assert library.failed_blocks == []
    found = {
        entry.key: {field.key.lower(): field.value[1:-1] for field in entry.fields}
        for entry in library.entries
    }
    assert found.keys() == {own.key for own in reports}
    for own in reports:
        again, ours = found[own.key], bibtex_entry(own).fields
        assert read(again["title"]) == composed(own.row["title"])
        for name in ("doi", "url", "eprint", "isbn", "issn"):
            assert again.get(name, "") == (ours.get(name, "")[1:-1]), (own.key, name)
        for name in (
            "author",
            "editor",
            "journaltitle",
            "booktitle",
            "publisher",
            "location",
            "pages",
            "keywords",
        ):
            assert seen(read(again.get(name, ""))) == seen(read(ours.get(name, "")[1:-1])), (
                own.key,
                name,
            )


@pytest.mark.parametrize("case", ["lighthouse", "real", "hostile", "random", "names", "types"])
def test_biber_accepts_every_entry(
    case: str, lighthouse: Evidence, real: Evidence, tmp_path: Path
) -> None:
    reports, evidence = {
        "lighthouse": (lighthouse.exported, lighthouse),
        "real": (real.exported, real),
        "hostile": (hostile(), lighthouse),
        "random": (random_texts(), lighthouse),
        "names": (named(), lighthouse),
        "types": (of_all_types(), lighthouse),
    }[case]
    written, warnings = validated(as_bibtex(reports, evidence), tmp_path)
    assert unexpected(warnings, ACCEPTED + (NO_PLACE if case == "types" else [])) == []
    assert_read_back(reports, written)


def assert_harmless(folder: Path, pages: str) -> None:
    assert not (folder / "x").exists(), "a command of a title was run"
    assert "root:" not in pages, "a file of the system was read"


def test_pdflatex_with_biber_prints_every_title(
    lighthouse: Evidence, real: Evidence, tmp_path: Path
) -> None:
    reports = [
        *lighthouse.exported,
        *real.exported,
        *hostile(),
        *random_texts(),
        *named(),
        *of_all_types(),
    ]
    printed = with_biber(as_bibtex(reports, real), tmp_path)
    assert_harmless(tmp_path, printed)
    pages = seen(printed)
    for own in reports:
        title = as_printed(own.row["title"])
        assert seen(title).strip('"') in pages, title
    for _, name in NAMES.values():
        assert seen(name) in pages.replace("jr.", "jr"), name
    assert "doi:10.5555/a_b%20c#d" in pages and "url:https://example.org/a_b%20c?x=1&y=~2#d" in pages
    assert "PMID: 123" in printed


@pytest.mark.parametrize(
    ("style", "packages"),
    [
        ("plain", r"\usepackage{url}"),
        ("plainnat", r"\usepackage{natbib}\usepackage{hyperref}"),
    ],
)
def test_pdflatex_with_bibtex_prints_every_title(
    style: str, packages: str, lighthouse: Evidence, real: Evidence, tmp_path: Path
) -> None:
    reports = spellable([*lighthouse.exported, *real.exported, *hostile(), *named(), *of_all_types()])
    if style == "plain":  # natbib cannot read a name with a lone parenthesis from its label
        reports += spellable(random_texts())
    assert {own.key for own in real.exported} <= {own.key for own in reports}
    printed = with_bibtex(as_ascii_bibtex(reports, real), tmp_path, style, packages)
    assert_harmless(tmp_path, printed)
    pages = seen(printed)
    for own in reports:
        assert seen(own.row["title"]) in pages, own.row["title"]
    for key in ("n01", "n02", "n05", "n06", "n07", "n09", "n10", "n11", "n12", "n13", "n14"):
        assert seen(NAMES[key][1]) in pages, key
    if style == "plainnat":
        assert "doi:10.5555/a_b%20c#d" in pages and "https://example.org/a_b%20c?x=1&y=~2#d" in pages


def test_plain_writes_all_but_names_in_small_letters(tmp_path: Path) -> None:
    own = report(
        title="“It’s Tea”: Exploring the Social-Ecological Model of SHARPS in British Columbia? Yes",
        container_title="Teas",
        authors=[person("Muster", given="Ann")],
    )
    own.lists["kept_capitals"] = ["British Columbia"]
    page = report("page", type="webpage", title="Éclairs of Élan", url="https://example.org/a_b%20c~d#e")
    printed = with_bibtex(as_ascii_bibtex([own, page]), tmp_path, "plain")
    expected = "“It’s tea”: Exploring the social-ecological model of SHARPS in British Columbia? Yes"
    plain = printed.translate(str.maketrans("‘’“”", "''\"\""))
    assert expected.translate(str.maketrans("‘’“”", "''\"\"")) in plain
    assert "Éclairs of élan" in plain
    assert "https://example.org/a_b%20c~d#e" in plain.replace("˜", "~")


def test_every_letter_that_is_spelt_in_ascii_is_one_to_latex(tmp_path: Path) -> None:
    letters = [chr(code) for code in range(0xA0, 0x2300) if code not in (0x2028, 0x2029)]
    reports = spellable(
        [report(f"l{ord(letter):04x}", title=f"tea {letter} cup", issued="2000") for letter in letters]
    )
    assert len(reports) > 500
    printed = with_bibtex(as_ascii_bibtex(reports), tmp_path, "unsrt")
    assert printed.count("cup") == len(reports)
    assert "Missing character" not in (tmp_path / "document.log").read_text("latin-1")


@pytest.mark.parametrize("form", ["references.bib", "references-ascii.bib", "references.json"])
def test_pandoc_resolves_every_key(
    form: str, lighthouse: Evidence, real: Evidence, tmp_path: Path
) -> None:
    reports = spellable([*lighthouse.exported, *real.exported, *named()])
    texts = {
        "references.bib": as_bibtex(reports, real),
        "references-ascii.bib": as_ascii_bibtex(reports, real),
        "references.json": as_csl_json(reports),
    }
    (tmp_path / form).write_text(texts[form], "utf-8")
    keys = [own.key for own in reports]
    (tmp_path / "document.md").write_text("".join(f"- @{key}\n" for key in keys), "utf-8")
    said = run(
        *("pandoc", "--citeproc", "--bibliography", form, "-t", "plain", "--wrap=none", "document.md"),
        folder=tmp_path,
    )
    assert "not found" not in said and "???" not in said
    cited = said.split("\n\n")[0]
    for own in ("van der Muster", "Cats, Dogs, Mice, Tea and Sons", "Muster y Example", "lamp"):
        assert own in cited, own
    unquoted = re.sub("[\"']", "", seen(said))
    for title in [own.row["title"] for own in real.exported]:
        assert re.sub("[\"']", "", seen(title)) in unquoted, title
    assert "SHARPS" in said


def names(item: dict[str, Any]) -> list[str]:
    """Return the names of the authors: of the family with what stands before it, or the whole name.

    BibTeX says “and others” where authors are missing; CSL-JSON has no such word.
    """
    particles = ("dropping-particle", "non-dropping-particle")
    found = [
        " ".join(one[part] for part in (*particles, "family", "literal") if part in one).replace(
            "’", "'"
        )
        for one in item.get("author", [])
    ]
    return [name for name in found if name != "others"]


def test_pandoc_reads_the_same_from_each_form(real: Evidence, tmp_path: Path) -> None:
    reports = list(real.exported)
    (tmp_path / "references.bib").write_text(as_bibtex(reports, real), "utf-8")
    said = run("pandoc", "-f", "biblatex", "-t", "csljson", "references.bib", folder=tmp_path)
    found = {item["id"]: item for item in json.loads(said)}
    for item in json.loads(as_csl_json(reports)):
        again = found[item["id"]]
        assert again.get("DOI") == item.get("DOI")
        assert again.get("issued") == item.get("issued")
        assert names(again) == names(item)
        if item["type"] == "report":
            # What a report is part of is a series in biblatex.
            continue
        # Pandoc writes what proceedings are called in lower case, as it does with titles.
        own, other = (seen(one.get("container-title", "")) for one in (again, item))
        assert own == other
