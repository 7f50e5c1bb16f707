"""What the words of a finding or a reason give away: a bare title, an empty reason, a calculation.

The lists hold English. Reasons in other languages pass, apart from signs such as “see above” that
are written everywhere; a rule that guesses would refuse sound reasons.
"""

from __future__ import annotations

import re

FEWEST_WORDS = 6
"""Words of the shortest statement: “Keepers drink less tea than cats.”"""

FEWEST_SIGNS = 10
"""Characters of the shortest statement in a script without spaces."""

_ENDS = ".!?…。！？।۔؟"
_CLOSERS = "\"'”’»)]›」』）"
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def words_of(text: str) -> list[str]:
    """Return the words of *text* in lower case, without punctuation.

    >>> words_of("See above!")
    ['see', 'above']
    """
    return re.findall(r"[^\W_]+", text.casefold())


_PLACEHOLDERS = {
    "as above",
    "as before",
    "as below",
    "see above",
    "see below",
    "see text",
    "see table",
    "see narrative",
    "same",
    "same as above",
    "same reason",
    "same reasons",
    "ditto",
    "idem",
    "dito",
    "siehe oben",
    "voir ci dessus",
    "ver arriba",
    "tbd",
    "tbc",
    "to do",
    "todo",
    "to be done",
    "to be added",
    "to be completed",
    "to be confirmed",
    "fill in",
    "placeholder",
    "lorem ipsum",
    "reason",
    "no reason",
    "no reason given",
    "no reasons",
    "no comment",
    "no comments",
    "none",
    "nothing",
    "nothing to add",
    "nil",
    "ok",
    "okay",
    "fine",
    "yes",
    "no",
    "na",
    "nr",
    "not applicable",
    "not assessed",
    "not reported",
    "self explanatory",
    "self evident",
    "obvious",
    "x",
    "xx",
    "xxx",
}

_LEVEL_WORDS = frozenset(
    words_of(
        "no none or very minor moderate serious high low concern concerns confidence level levels "
        "rating rated assessed judged considered deemed graded overall methodological limitations "
        "limitation coherence adequacy relevance component components of data the a an this that "
        "these those there it its is are was were be been has have had we i our us for about with "
        "on in to and as regarding concerning finding findings review evidence therefore thus so "
        "hence because only some any all four grade cerqual"
    )
)

_COUNT_WORDS = frozenset(
    words_of(
        "study studies report reports paper papers article articles record records source sources "
        "participant participants people person interview interviews quotation quotations quote "
        "quotes country countries contribute contributes contributed contributing support "
        "supports supported supporting from by based rests rest resting show shows found find "
        "finds n total altogether together one two three four five six seven eight nine ten "
        "eleven twelve several many few single both different primary included relevant just more "
        "less than at least most"
    )
)

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|half|a quarter|three quarters)"
)

_FORMULAS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bscor(?:e|es|ed|ing)\b(?:\s+(?:of|is|was|were|at|as|=))*\s*[:=]?\s*[-+−]?\d+(?:[.,/]\d+)?",
        rf"\b{_NUMBER}\s+(?:points?\b(?!\s+(?:of\s+view|to\b|in\s+time))|pts?\b)(?:\s+(?:off|deducted|each))?",
        rf"\b(?:minus|plus|deduct(?:ed|ing)?|subtract(?:ed|ing)?)\s+{_NUMBER}\b",
        r"(?<!\S)[-+−][123]\b(?!\s*(?:%|°|years?|months?))",
        r"\b(?:average|mean|median|sum|total|product)\s+(?:score|rating|of\s+(?:the\s+)?(?:four\s+)?"
        r"(?:components?|scores?|points?|levels?|concerns?|ratings?))\b",
        r"\b(?:components?|concerns?|levels?|ratings?|scores?)\s+(?:were\s+|are\s+|was\s+|is\s+)?"
        r"(?:added(?:\s+up)?|summed|averaged|totalled)\b",
        r"\b(?:averaging|summing|adding\s+up|totalling)\s+(?:the\s+)?(?:four\s+)?"
        r"(?:components?|scores?|points?|levels?|concerns?|ratings?)\b",
        rf"\b{_NUMBER}\s*(?:of|out\s+of|/)\s*(?:the\s+)?(?:4|four)\s+(?:\w+\s+)?(?:components?|domains?|criteria)\b",
    )
]


def why_no_sentence(text: str) -> str:
    """Return why *text* is rather a title than a sentence, or ``""``.

    >>> why_no_sentence("Organisational barriers")
    'has too few words for a finding'
    >>> why_no_sentence("Keepers drink more tea when others are there.")
    ''
    """
    if len(_WITHOUT_SPACES.findall(text)) * 2 > len(re.sub(r"\s", "", text)):
        too_short = len(text) < FEWEST_SIGNS
        # Thai, Lao, Khmer and Burmese end sentences with a space.
        ends = not re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text)
    else:
        too_short = len(text.split()) < FEWEST_WORDS
        ends = False
    if too_short:
        return "has too few words for a finding"
    if not ends and text.rstrip().rstrip(_CLOSERS)[-1:] not in tuple(_ENDS):
        return "does not end like a sentence"
    return ""


def is_placeholder(reason: str) -> bool:
    """Whether *reason* only holds the place of one.

    >>> is_placeholder("See above."), is_placeholder("…"), is_placeholder("One crew was asked.")
    (True, True, False)
    """
    words = words_of(reason)
    return not words or " ".join(words) in _PLACEHOLDERS


def only_repeats_level(reason: str) -> bool:
    """Whether *reason* says the level in other words and nothing else.

    >>> only_repeats_level("We had no or very minor concerns about coherence.")
    True
    >>> only_repeats_level("Minor concerns: one crew was asked by its own cook.")
    False
    """
    return set(words_of(reason)) <= _LEVEL_WORDS


def formula_in(reason: str) -> str:
    """Return the words in *reason* that calculate a level, or ``""``.

    >>> formula_in("The mean of the four components is low.")
    'mean of the four components'
    >>> formula_in("All studies point to the same tower.")
    ''
    """
    for pattern in _FORMULAS:
        if found := pattern.search(reason):
            return found.group().strip()
    return ""


def only_counts(reason: str) -> bool:
    """Whether *reason* gives numbers of studies, people or components and nothing else.

    >>> only_counts("Five studies contribute."), only_counts("Five studies, all at sea.")
    (True, False)
    """
    words = words_of(reason)
    numbers = [word for word in words if word.isdigit() or word in _COUNT_WORDS]
    return bool(numbers) and all(
        word.isdigit() or word in _COUNT_WORDS or word in _LEVEL_WORDS for word in words
    )


_OVERLAP = re.compile(
    r"\b(?:overlap\w*|companion\w*|shar(?:e|es|ed|ing)\b.{0,40}\b(?:sample|participants|people|data)"
    r"|(?:same|one|single)\s+(?:study|sample|people|participants|project|cohort|data|interviews?)"
    r"|(?:reports?|papers?|articles?)\s+(?:of|from|on)\s+(?:one|the\s+same|a\s+single)"
    r"|counted\s+(?:once|as\s+one)|not\s+independent)",
    re.IGNORECASE,
)


def mentions_overlap(reason: str) -> bool:
    """Whether *reason* says that reports come from one study or from the same people.

    >>> mentions_overlap("Two reports of the same study, with few quotations.")
    True
    """
    return _OVERLAP.search(reason) is not None
