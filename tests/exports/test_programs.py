"""Without the programs of authors their tests are skipped, but never where everything is tested."""

from __future__ import annotations

import shutil

import pytest

from tests.exports.programs import lacking, need_programs


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    message = lacking()
    assert message.startswith("install ") and "biber" in message and "pandoc" in message
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="pandoc"):
        need_programs()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="pandoc"):
        need_programs()
