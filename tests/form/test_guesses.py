"""What was probably meant, and what a text cites, is told alike in the browser and in Python."""

from __future__ import annotations

from random import Random

from evidence_map.citations_in_text import mentions
from evidence_map.model import Record, Reference
from evidence_map.problems import nearest
from tests.form.node import results

WORDS = [
    *Record.model_fields,
    *Reference.model_fields,
    *[
        "example2019",
        "focus-group",
        "peer-led-training",
        "Étude d’été",
        "tea and company",
        "日本語",
        "İz",
    ],
]


def _misspelt(word: str, random: Random) -> str:
    for _ in range(random.randint(0, 4)):
        place, letter = random.randrange(len(word) + 1), random.choice("aeinrst-_ É1日ß")
        cut = random.randint(0, 1)
        word = random.choice(
            [word[:place] + letter + word[place + cut :], word[:place] + word[place + 1 :], word.upper()]
        )
    return f"{word} {random.choice(WORDS)}" if random.random() < 0.2 else word


def test_the_same_words_are_guessed() -> None:
    random = Random(6)
    cases = [
        (_misspelt(random.choice(WORDS), random), random.sample(WORDS, random.randint(1, 12)))
        for _ in range(1500)
    ]
    for _ in range(40):
        cases.append(("ab c" * random.randint(1, 30), ["ab " * random.randint(1, 40), "cab"]))
    guessed = results("form/nearness.js", "nearest", cases)
    assert guessed == [nearest(word, candidates) for word, candidates in cases]
    assert sum(map(bool, guessed)) > 300


PIECES = [
    *("[@tea2020]", "[@tea2020#b; @c2021, p. 3]", "see @tea2020", "[see @b2020 and *c*]", "`[@code]`"),
    *("``[@code` x]``", "\\[@no]", "[\\@no]", "[@end\\]]", "[@g](https://example.org)", "[g [@h] i](x)"),
    *("[@a#]", "[;@j]", "<https://example.org/[@i]>", "a@example.org", "[a@example.org]", "\t[@tab]"),
    *("*[@em]*", "**", "`", "[", "]", "word ", "![@picture](x)", "![p](x[@q])", "\\", "(@s)", "[(@t)]"),
    *("[-@u]", "[@v; see `x`]", "&#91;@ent]", "<b>[@w]</b>", "\n", " "),
]
BLOCKS = ["\n\n", "\n", "\n\n    [@code]\n\n", "\n- [@item]\n", "\n1. [@one]\n\n   [@more]\n\n"]
BLOCKS += ["\n```\n[@fenced]\n```\n", "\n~~~ x\n[@fenced]\n~~~\n", "\n# [@head]\n", "\n> [@quote]\n\n"]
BLOCKS += ["\n\n[name]: [@x]\n", "\n\n[@key]: y\n", "\n| a | b |\n|---|---|\n| [@cell] | x |\n\n"]


def test_the_same_is_cited() -> None:
    random = Random(6)
    kinds = [PIECES, PIECES, BLOCKS]
    texts = [
        "".join(random.choice(random.choice(kinds)) for _ in range(random.randint(1, 7)))
        for _ in range(1500)
    ]
    cited = results("form/citations.js", "mentionsIn", [(text,) for text in texts])
    for text, found in zip(texts, cited, strict=True):
        assert [each["written"] for each in found] == [m.written for m, _ in mentions(text)], text
    assert sum(map(bool, cited)) > 500
