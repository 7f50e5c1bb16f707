"""Before and after, side by side: short enough to read, and showing where they differ."""

from __future__ import annotations

WIDEST = 160
"""Characters of a value that are shown."""

NOTHING = "—"
_SHORT_LIST = 120
_CONTEXT = 24


def contrasted(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, str]:
    """Return two values as they are shown beside each other.

    Of long lists only what differs is shown, of long texts the part around the first difference.

    >>> contrasted(("keeper",), ("keeper", "cat"))
    ('keeper', 'keeper; cat')
    >>> contrasted((), ("12",))
    ('—', '12')
    """
    if len(before) > 1 or len(after) > 1:
        return _contrasted_lists(before, after)
    return _contrasted_texts(*("".join(side) for side in (before, after)))


def shortened(text: str, limit: int = WIDEST) -> str:
    """Return *text* on one line and not longer than *limit*.

    >>> shortened("one  two three", 8)
    'one two…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def _contrasted_lists(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, str]:
    whole = "; ".join(before), "; ".join(after)
    if max(map(len, whole)) <= _SHORT_LIST:
        return whole[0] or NOTHING, whole[1] or NOTHING
    only = [
        [value for value in side if value not in other]
        for side, other in ((before, after), (after, before))
    ]
    if not any(only):
        return shortened(whole[0], _SHORT_LIST), f"the same {len(after)} in another order"
    kept = len(set(before) & set(after))
    rest = f" (and {kept} as before)" if kept else ""
    first, second = (shortened("; ".join(values)) or NOTHING for values in only)
    return first + rest, second + rest


def _contrasted_texts(before: str, after: str) -> tuple[str, str]:
    first, second = " ".join(before.split()), " ".join(after.split())
    if first == second and before != after:
        return "other white space", shortened(second)
    start = 0
    if max(len(first), len(second)) > WIDEST:
        start = _start_of_difference(first, second)
    return _from(first, start), _from(second, start)


def _start_of_difference(first: str, second: str) -> int:
    """Return where to begin so that the first difference is seen with a few words before it."""
    pairs = zip(first, second, strict=False)
    same = next((place for place, (one, two) in enumerate(pairs) if one != two), None)
    if same is None:
        same = min(len(first), len(second))
    if same <= 2 * _CONTEXT:
        return 0
    begin = first.rfind(" ", 0, same - _CONTEXT)
    return begin + 1 if begin > 0 else same - _CONTEXT


def _from(text: str, start: int) -> str:
    if not text:
        return NOTHING
    shown = f"… {text[start:]}" if start else text
    return shortened(shown)
