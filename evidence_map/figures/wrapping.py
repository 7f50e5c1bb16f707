"""Lines of text in a figure: SVG breaks none by itself."""

from __future__ import annotations

_NARROW, _WIDE = set("ijlftrI.,:;!|'’()[]- "), set("mwMWQOGDHNU@%—")


def width(text: str) -> float:
    """Return about how wide *text* is, in units of the size of its letters.

    A little more than it takes in the font of the pictures, since readers see it in their own.

    >>> width("ill") < width("mow") < width("曉曉曉")
    True
    """
    return sum(_width_of(sign) for sign in text)


def _width_of(sign: str) -> float:
    if sign in _NARROW:
        return 0.34
    if sign in _WIDE:
        return 0.85
    if ord(sign) >= 0x2E80:
        return 1.05
    return 0.68 if sign.isupper() else 0.57


def wrapped(text: str, most: float) -> list[str]:
    """Return *text* in lines that are at most *most* wide, in units of the size of the letters.

    A word that is longer than a line is cut. Spaces that hold words together are kept.

    >>> wrapped("no tea in it", 4.5)
    ['no tea in', 'it']
    """
    lines = [""]
    for word in filter(None, text.split(" ")):
        joined = f"{lines[-1]} {word}".strip(" ")
        if width(joined) <= most or (not lines[-1] and width(word) <= most):
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if width(lines[-1] + sign) > most and lines[-1]:
                lines.append("")
            lines[-1] += sign
    return lines
