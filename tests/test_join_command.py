"""The command ``join``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evidence_map.cli import main
from evidence_map.kept_work import PLACE, KeptWork


def test_what_jobs_kept_is_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        KeptWork("citations", tmp_path / name).keep({name: name.encode()})
    KeptWork("pages", tmp_path / "second").keep({"page": b"page"})
    own = tmp_path / "own"
    monkeypatch.setenv(PLACE, str(own))
    run = CliRunner().invoke(main, ["join", str(tmp_path / "first"), str(tmp_path / "second")])
    assert run.exit_code == 0, run.output
    assert run.output == f"3 pieces of work taken over into {own}.\n"
    assert KeptWork("citations", own).found(["first", "second"]) == {
        "first": b"first",
        "second": b"second",
    }
    assert KeptWork("pages", own).found(["page"]) == {"page": b"page"}


def test_where_there_is_nothing_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "own"))
    run = CliRunner().invoke(main, ["join", str(tmp_path)])
    assert run.exit_code == 1
    assert run.output == "error: none of these folders holds kept work\n"
    assert not (tmp_path / "own").exists()
    monkeypatch.setenv(PLACE, "off")
    run = CliRunner().invoke(main, ["join", str(tmp_path)])
    assert run.exit_code == 1
    assert "nothing is kept on this machine" in run.output
    run = CliRunner().invoke(main, ["join", str(tmp_path / "missing")])
    assert run.exit_code == 2
