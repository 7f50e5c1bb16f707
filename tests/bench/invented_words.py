"""Words, titles and names that nobody bears, in many scripts, for reviews of any size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random


def split(text: str) -> list[str]:
    """Return the words of *text*."""
    return text.split()


SYLLABLES = {
    "latin": split(
        "ba be bi bo bra da de dri el en fa fle ga gor hi ka ke kor la le lin lo lu ma me mi mon na ne "
        "ni no o pa pel po ra re ri ro sa se sil so sta ta te ti tor tra tu u va ve vi wen ya ze"
    ),
    "accented": split("å ça čel é ën ğan ı ję kø łu ñe ö ř šu tú ü ý žo ãe ße"),
    "cyrillic": split("ба ве го да жи зо ка ле ми но ор пу ра си те ул фе хо ча шу ща ык ья"),
    "greek": split("αλ βε γο δι ερ ζα ηλ θα ιδ κο λα μυ νε ξα ορ πι ρο σα τε υψ φω χα ωρ"),
    "arabic": split("با تو جا حي دا را زو سا شم صا طا عا فا قا كا لا ما نو ها وي يا"),
    "hebrew": split("אב בר גל דן הר זו חן טל יש כר לב מן נר סע פז צל קר רז שי תו"),
    "devanagari": split("का गो चि जा टे डा ता दे ना पी बा मो या रा ले वी शा सू हे"),
    "kana": split("あ か き さ た な に の は ま み む や ゆ ら り れ わ"),
    "hangul": split("가 나 다 라 마 바 사 아 자 차 카 타 파 하 고 노 도 로 모"),
    "han": split("云 风 山 纸 线 鸟 天 河 竹 白 青 木 石 田 雨 月 松 海"),
}
FAMILY_FIRST = {"kana", "hangul", "han"}
UNSPACED = {"kana", "han"}

VOCABULARY = 12_000
COMMON = split(
    "the of and in to a that with for on by from as was were at their or more than between when which "
    "kite kites string wind hill club flyer paper bamboo tail knot festival workshop evening season"
)


@dataclass(frozen=True)
class Person:
    """An author as the parts of a name; a body has a literal alone."""

    family: str = ""
    given: str = ""
    literal: str = ""


class Words:
    """Makes texts with a random generator of its own; the same seed gives the same texts."""

    def __init__(self, random: Random) -> None:
        self.random = random
        made = {self._word("latin", random.choice((2, 3, 3, 4, 4, 5))) for _ in range(VOCABULARY)}
        self.vocabulary = [*COMMON, *sorted(made)]
        # Zipf's law: as in any language, a few words are most of a text.
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.vocabulary) + 1)))

    def _word(self, script: str, syllables: int) -> str:
        return "".join(self.random.choices(SYLLABLES[script], k=syllables))

    def plain(self, number: int) -> str:
        """Return a text of *number* words."""
        words = self.random.choices(self.vocabulary, cum_weights=self.weights, k=number)
        return " ".join(words)

    def sentence(self, fewest: int, most: int) -> str:
        """Return a sentence of so many words."""
        text = self.plain(self.random.randint(fewest, most))
        return text[0].upper() + text[1:] + "."

    def statement(self) -> str:
        """Return one or two sentences, as findings are worded."""
        return " ".join(self.sentence(9, 26) for _ in range(self.random.choice((1, 1, 2))))

    def title(self) -> str:
        """Return a title, now and then in another script or with signs that need escaping."""
        random = self.random
        if random.random() < 0.04:
            script = random.choice([name for name in SYLLABLES if name not in {"latin", "accented"}])
            join = "" if script in UNSPACED else " "
            return join.join(
                self._word(script, random.randint(2, 4)) for _ in range(random.randint(5, 11))
            )
        text = self.plain(random.randint(5, 13))
        text = text[0].upper() + text[1:]
        if random.random() < 0.6:
            text += ": " + self.plain(random.randint(4, 9))
        if random.random() < 0.03:
            text += random.choice(
                (" & more", ' — "so it is said"', " <n = 12>", " #1", " {a: b}", " 100 %")
            )
        return text

    def person(self) -> Person:
        """Return an author."""
        random = self.random
        if random.random() < 0.02:
            return Person(literal=f"The {self._word('latin', 3).capitalize()} Kite Society")
        others = [name for name in SYLLABLES if name != "latin"]
        script = "latin" if random.random() < 0.7 else random.choice(others)
        family = self._word(script, 1 if script in FAMILY_FIRST else random.randint(2, 3))
        if script in FAMILY_FIRST:
            return Person(family, self._word(script, 2))
        if script == "accented":
            family = self._word("latin", 1) + family
        family = family.capitalize()
        given = f"{random.choice('ABCDEFGHIJKLMNOPRSTVWYZ')}." if script == "latin" else ""
        return Person(family, given or self._word(script, 2).capitalize())

    def people(self) -> list[Person]:
        """Return the authors of a paper: mostly a few, rarely two hundred, none of them twice."""
        number = self.random.choices((1, 2, 3, 4, 5, 7, 12, 200), (14, 20, 20, 18, 12, 10, 5, 0.15))[0]
        return list(dict.fromkeys(self.person() for _ in range(number)))
