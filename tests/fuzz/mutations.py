"""Sound inputs with something wrong in them, drawn by Hypothesis: what people and programs damage."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.targets import Target

MOST = 12
"""Changes of one input."""


@st.composite
def damaged(draw: st.DrawFn, target: Target) -> bytes:
    """Draw a seed of *target* in which lines, words and bytes were moved, lost, doubled and put in."""
    seeds = target.seeds()
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, MOST))):
        data = draw(st.sampled_from(_CHANGES))(draw, data, target)
    return data


def _place(draw: st.DrawFn, length: int) -> int:
    return draw(st.integers(0, length))


def _word(draw: st.DrawFn, data: bytes, target: Target) -> bytes:
    """Put a word of the format anywhere, or in the place of a few bytes."""
    at = _place(draw, len(data))
    word = draw(st.sampled_from(target.words)).encode("utf-8", "surrogatepass")
    return data[:at] + word + data[at + draw(st.integers(0, 8)) :]


def _any_bytes(draw: st.DrawFn, data: bytes, _: Target) -> bytes:
    at = _place(draw, len(data))
    return data[:at] + draw(st.binary(max_size=6)) + data[at:]


def _any_text(draw: st.DrawFn, data: bytes, _: Target) -> bytes:
    at = _place(draw, len(data))
    return data[:at] + draw(st.text(max_size=6)).encode("utf-8", "surrogatepass") + data[at:]


def _without(draw: st.DrawFn, data: bytes, _: Target) -> bytes:
    """Lose a part, most often a short one; now and then all that follows."""
    at = _place(draw, len(data))
    return data[:at] + data[at + draw(st.sampled_from([1, 2, 5, 20, 100, len(data)])) :]


def _other_part(draw: st.DrawFn, data: bytes, target: Target) -> bytes:
    """Put a part of another sound input in."""
    other = draw(st.sampled_from(target.seeds()))
    start, at = _place(draw, len(other)), _place(draw, len(data))
    return data[:at] + other[start : start + draw(st.sampled_from([5, 50, 500]))] + data[at:]


def _lines(draw: st.DrawFn, data: bytes, _: Target) -> bytes:
    """Move a line, double it, lose it, or change its indentation."""
    lines = data.split(b"\n")
    number = draw(st.integers(0, len(lines) - 1))
    line = lines.pop(number)
    kind = draw(st.sampled_from(["move", "double", "lose", "indent", "dedent", "list"]))
    if kind == "move":
        lines.insert(draw(st.integers(0, len(lines))), line)
    elif kind != "lose":
        changed = {
            "double": [line, line],
            "indent": [b"  " + line],
            "dedent": [line[1:] if line.startswith(b" ") else line],
            "list": [b"- " + line],
        }
        lines[number:number] = changed[kind]
    return b"\n".join(lines)


_CHANGES = (_word, _word, _any_bytes, _any_text, _without, _other_part, _lines)
