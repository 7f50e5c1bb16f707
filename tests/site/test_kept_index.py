"""The index of the last build is taken again whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidence_map.kept_work import PLACE
from evidence_map.site.kept_index import KeptIndex
from tests.limits import small_files


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptIndex:
    """An index of two files, kept."""
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    folder = tmp_path / "made"
    (folder / "fragment").mkdir(parents=True)
    (folder / "pagefind-entry.json").write_bytes(b"{}")
    (folder / "fragment" / "en_1.pf_fragment").write_bytes(b"tea" * 3_000)
    index = KeptIndex(tmp_path / "site", 1, "words")
    index.keep(folder)
    return index


def test_it_is_taken_for_the_same_words_alone(kept: KeptIndex, tmp_path: Path) -> None:
    assert not KeptIndex(tmp_path / "site", 1, "other words").put(tmp_path / "other")
    assert not KeptIndex(tmp_path / "site", 2, "words").put(tmp_path / "other")
    assert not KeptIndex(tmp_path / "elsewhere", 1, "words").put(tmp_path / "other")
    assert kept.put(tmp_path / "again")
    assert (tmp_path / "again/fragment/en_1.pf_fragment").read_bytes() == b"tea" * 3_000
    assert (tmp_path / "again/pagefind-entry.json").read_bytes() == b"{}"


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such limit")
def test_a_file_that_does_not_fit_is_never_cut_off(kept: KeptIndex, tmp_path: Path) -> None:
    with small_files(4_096), pytest.raises(OSError, match="too large"):
        kept.put(tmp_path / "again")
