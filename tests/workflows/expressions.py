"""What stands between ``${{`` and ``}}`` in a workflow, evaluated as GitHub does.

Only what our workflows use is understood; anything else is an error, so that no condition of a new
workflow is tested wrongly in silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

_WHOLE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>\d+)|(?P<sign>&&|\|\||==|!=|!|[(),])"
    r"|(?P<name>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*))"
)
_SIGNS = {"&&": " and ", "||": " or ", "!": " not "}
_STATUS = re.compile(r"\b(?:always|cancelled|failure|success)\(\)")


class Expressions:
    """The values that expressions can name, with the functions that they can call."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        """Take the contexts by name: github, env, steps, needs …"""
        self.context = context
        self.failed = False
        self.functions: dict[str, Callable[..., Any]] = {
            "cancelled": lambda: False,
            "success": lambda: not self.failed,
            "failure": lambda: self.failed,
            "always": lambda: True,
            "contains": lambda whole, part: part in whole,
            "fromJSON": json.loads,
        }

    def filled(self, text: object) -> str:
        """Return *text* with each ``${{ … }}`` replaced by its value."""
        return _WHOLE.sub(lambda match: _written(self.value(match[1])), _written(text))

    def holds(self, condition: str | None) -> bool:
        """Say whether a step or job with this ``if`` runs; without one, it needs success so far."""
        if condition is None:
            return not self.failed
        inner = _WHOLE.sub(lambda match: match[1], str(condition))
        if not _STATUS.search(inner) and self.failed:
            return False
        return bool(self.value(inner))

    def value(self, expression: str) -> Any:
        """Return the value of one expression, given without its braces."""
        source, position = "", 0
        expression = expression.strip()
        while position < len(expression):
            token = _TOKEN.match(expression, position)
            if token is None:
                raise ValueError(f"not understood: {expression[position:]!r}")
            position = token.end()
            called = expression[position:].lstrip().startswith("(")
            source += self._translated(token, called)
        return eval(source.strip(), {"__builtins__": {}, "_value": self._named, "_call": self.functions})

    def _translated(self, token: re.Match[str], called: bool) -> str:
        if name := token["name"]:
            if name in ("true", "false", "null"):
                return {"true": "True", "false": "False", "null": "None"}[name]
            return f"_call[{name!r}]" if called else f"_value({name!r})"
        if text := token["text"]:
            return repr(text[1:-1].replace("''", "'"))
        return token["number"] or _SIGNS.get(token["sign"], token["sign"])

    def _named(self, name: str) -> Any:
        """Return a value of a context; what an event does not have is null, as with GitHub."""
        first, *path = name.split(".")
        value: Any = self.context[first]
        for part in path:
            if not isinstance(value, Mapping):
                return None
            if first == "github" and value is self.context["github"] and part not in value:
                raise KeyError(f"the test does not say what {name} is")
            value = value.get(part)
        return value


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
