"""Languages as databases write them: a name, or a code of two or three letters."""

from __future__ import annotations

import re
from functools import lru_cache

import pycountry

_NAMES = {
    "bokmal": "nb",
    "castilian": "es",
    "chinese (simplified)": "zh-Hans",
    "chinese (traditional)": "zh-Hant",
    "deutsch": "de",
    "english (uk)": "en-GB",
    "english (us)": "en-US",
    "español": "es",
    "farsi": "fa",
    "flemish": "nl",
    "français": "fr",
    "greek": "el",
    "italiano": "it",
    "malay": "ms",
    "mandarin": "zh",
    "norwegian": "no",
    "persian": "fa",
    "português": "pt",
    "slovene": "sl",
    "中文": "zh",
}
"""Names in use for which the standard has others."""


@lru_cache(maxsize=1_000)
def language_code(text: str) -> str | None:
    """Return the language as BCP 47 has it, or None if *text* names no single language.

    >>> language_code("English"), language_code("ger"), language_code("pt_br"), language_code("Tea")
    ('en', 'de', 'pt-BR', None)
    """
    name = " ".join(text.split()).strip(" .[]").lower()
    if name in _NAMES:
        return _NAMES[name]
    if match := re.fullmatch(r"([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))?", name):
        code = _code(match[1])
        part = match[2] or ""
        shown = part.upper() if len(part) == 2 else part.capitalize()
        return f"{code}-{shown}" if code and part else code
    if not 3 < len(name) < 40:
        return None
    found = pycountry.languages.get(name=name.title())
    return _code(found.alpha_3) if found else None


def _code(letters: str) -> str | None:
    """Return the code of two letters where there is one, of three where there is not."""
    if len(letters) == 2:
        return letters if pycountry.languages.get(alpha_2=letters) else None
    if letters in {"mul", "und", "mis", "zxx"}:
        return None
    found = pycountry.languages.get(alpha_3=letters) or pycountry.languages.get(bibliographic=letters)
    return getattr(found, "alpha_2", found.alpha_3) if found else None
