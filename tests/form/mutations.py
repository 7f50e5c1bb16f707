"""Records in which something was changed at a random place, by what people and their programs write."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.form.checked import Entry

DATES = [
    "2024",
    "2024-02",
    "2024-02-29",
    "2023-02-29",
    "2024-2-1",
    "24",
    "1499",
    "2200-12-31",
    "２０２４",
]
IDENTIFIERS = [
    "10.1186/s12954-023-00898-4",
    "https://doi.org/10.5555/EXAMPLE.1",
    "DOI: 10.5555/a b",
    "10.5555/example.1.",
    "10.12/x",
    "https://pubmed.ncbi.nlm.nih.gov/123/",
    "PMID:123",
    "0123",
    "pmc123",
    "https://example.org/articles/PMC123/",
    "0000-0002-1825-0097",
    "https://orcid.org/0000 0002 1694 233x",
    "0000-0002-1825-0098",
    "1477–7517",
    "1050124X",
    "1050-124x",
    "978-0-306-40615-7",
    "0-306-40615-2",
    "080442957X",
    "９７８０３０６４０６１５７",
    "9770306406157",
]
ADDRESSES = [
    "https://example.org/a?b#c",
    "http://example.org:80800/",
    "https://example.org:/",
    "https://a:b@example.org",
    "https://[::1]:8080/x",
    "https://[1.2.3.4]/",
    "https://example\u2100.org/",
    "javascript:alert(1)",
    "HTTPS://example.org",
    "https://",
    "https:///x",
    "https://exa mple.org",
    "https://müsli.example/ü",
]
ABSENT = [
    "not reported",
    "Not  Applicable",
    "NOT YET EXTRACTED",
    "not-reported",
    "not reported.",
    "n/a",
    "N.R.",
    "-",
    "–",
    "?",
    "unclear",
    "none reported",
    "todo",
    "unknown ",
    "none",
]
PLACES = ["ca", "UK", "GBR", "England", "Québec", "CA-QC", "us-ct", "GB-XXX", "zz", "united", "Korea"]
WORDS = [
    "example2019",
    "exampel2019",
    "example2019#company",
    "beacon",
    "Too weak",
    "listening",
    "Listening",
    "milks",
    "taste",
    "keeper",
    "full text",
    "Full text",
    "included",
    "exclude",
    "excluded",
    "coffee",
    "three-questions",
    "true",
    "False",
    "yes",
    "en",
    "pt-BR",
    "English",
    "article_journal",
    "null",
    "~",
    "12",
    "0012",
    "-1",
    "1.5",
    "1234567890",
    "It's “so”: [a, b] {c} #d",
    "a\nb\n\nc",
    "  two   words ",
    "x" * 61,
    "x" * 64,
    "x" * 65,
    "y" * 501,
    "z" * 2001,
    "Straße, Ann B.",
    "from 2019-01 to 2020",
    "𝒳 and 日本語 and e\u0301",
    "RETRACTED ARTICLE: tea",
    "[Withdrawn] tea",
    "Retracted papers on tea",
    "\ufeffbom",
    "\u200bzero",
    "\u00a0",
    "See [@example2019; @nobody2020, p. 3] and `[@code]`.",
    "[@muster2020#warm] and [@muster2020#cold]",
]
TEXTS = [*DATES, *IDENTIFIERS, *ADDRESSES, *ABSENT, *PLACES, *WORDS]
NAMES = ["title", "titel", "confidence", "GRADE-CERQual", "topic", "kind", "Topic", "xyz", "size", "ünï"]

_texts = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.sampled_from("aA1é-_.:/#@[]{}\"'\\ \u2009𝒳ßİ\n"), max_size=12),
)
_values: st.SearchStrategy[Any] = st.one_of(
    _texts,
    _texts,
    st.lists(_texts, max_size=3),
    st.dictionaries(st.sampled_from(NAMES), _texts, max_size=2),
)
_changes = st.tuples(
    st.sampled_from(["replace", "replace", "replace", "drop", "insert", "repeat", "wrap"]),
    st.integers(0, 9999),
    _values,
    st.sampled_from(NAMES),
)


def mutated(entries: Sequence[Entry]) -> st.SearchStrategy[Entry]:
    """Return entries like those given, with one to three changes."""
    changes = st.lists(_changes, min_size=1, max_size=3)
    return st.builds(_changed, st.sampled_from(entries), changes)


def _changed(entry: Entry, changes: list[tuple[str, int, Any, str]]) -> Entry:
    entry = copy.deepcopy(entry)
    for change, number, value, name in changes:
        places = list(_places(entry))
        if not places:
            break
        holder, part = places[number % len(places)]
        if change == "drop":
            del holder[part]
        elif change == "wrap":
            holder[part] = [holder[part]]
        elif change == "repeat" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[part]))
        elif change == "insert" and isinstance(holder, dict):
            holder[name] = value
        elif change == "insert":
            holder.insert(part, value)
        else:
            holder[part] = value
    return entry


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for part, inner in list(parts):
        yield value, part
        if isinstance(inner, dict | list):
            yield from _places(inner)
