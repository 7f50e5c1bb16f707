"""The YAML of the web form, run with Node: one process answers all calls."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any

from evidence_map.yaml_source import Document, parse
from tests.form.node import node
from tests.reviews import REPOSITORY

PROGRAM = REPOSITORY / "tests" / "javascript" / "yaml_calls.mjs"
SCHEMA: dict[str, Any] = json.loads((REPOSITORY / "schema" / "record.json").read_text("utf-8"))

Entry = dict[str, Any]


class FormYaml:
    """What the web form reads and writes records with."""

    def __enter__(self) -> FormYaml:
        """Start Node, or skip the test where there is none."""
        self._process = subprocess.Popen(
            [node(), str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "NODE_NO_WARNINGS": "1"},
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End Node."""
        self._process.communicate(timeout=20)

    def _call(self, name: str, *values: Any) -> Any:
        streams = self._process
        assert streams.stdin and streams.stdout
        streams.stdin.write(json.dumps({"name": name, "values": values}) + "\n")
        streams.stdin.flush()
        answer = streams.stdout.readline()
        assert answer, "Node has ended"
        return json.loads(answer)

    def read(self, text: str) -> Entry | None:
        """Return what *text* holds, or None if it is refused."""
        answer = self._call("entryOf", text)
        assert ("entry" in answer) != ("refused" in answer)
        entry: Entry | None = answer.get("entry")
        return entry

    def refused(self, text: str) -> tuple[int, int, str]:
        """Return line, column and reason why *text* is refused."""
        refused = self._call("entryOf", text)["refused"]
        return refused["line"], refused["column"], refused["message"]

    def write(self, entry: Entry) -> str:
        """Return the file of a record."""
        text: str = self._call("textOf", entry, SCHEMA)
        return text

    def change(self, text: str, before: Entry, after: Entry) -> str:
        """Return a file changed to hold *after*."""
        changed: str = self._call("changedText", text, before, after, SCHEMA)
        return changed

    def write_sections(self, text: str, after: Entry) -> str:
        """Return a file in which each section that differs from *after* is laid out afresh."""
        changed: str = self._call("sectionsAnew", text, after, SCHEMA)
        return changed


def read_by_python(text: str) -> Entry | None:
    """Return what Python reads, or None if it finds anything wrong with the file."""
    document = parse(text, PurePosixPath("record.yml"))
    if not isinstance(document, Document) or document.problems:
        return None
    entry = document.plain()
    assert isinstance(entry, dict)
    return entry
