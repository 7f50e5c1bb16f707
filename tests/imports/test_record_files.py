"""Record files are written all or none, whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from evidence_map.imports.record_files import broken_off, write_drafts
from tests.folders import ReviewFolder


@dataclass(frozen=True)
class Made:
    """A record file of a test."""

    key: str
    text: str = "reference: {title: Tea}\n"

    @property
    def file(self) -> PurePosixPath:
        """The file, relative to the review."""
        return PurePosixPath("records") / f"{self.key}.yml"


def names(root: Path) -> list[str]:
    return sorted(file.name for file in (root / "records").iterdir())


def test_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_drafts(tmp_path, [Made("a"), Made("b", "title: é\n")])
    assert names(tmp_path) == ["a.yml", "b.yml"]
    assert (tmp_path / "records" / "b.yml").read_bytes() == "title: é\n".encode()
    assert (tmp_path / "records" / "a.yml").stat().st_mode & 0o777 == 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("links", [True, False])
def test_what_is_there_stays_and_the_others_are_taken_back(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    write_drafts(tmp_path, [Made("b", "mine\n")])
    with pytest.raises(FileExistsError, match=r"^records/b.yml has come into being meanwhile"):
        write_drafts(tmp_path, [Made("a"), Made("b"), Made("c")])
    assert names(tmp_path) == ["b.yml"]
    assert (tmp_path / "records" / "b.yml").read_text() == "mine\n"


def _no_links(*_: object) -> None:
    raise PermissionError("a drive without links")


def test_a_drive_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _no_links)
    write_drafts(tmp_path, [Made("a"), Made("b")])
    assert names(tmp_path) == ["a.yml", "b.yml"]
    assert (tmp_path / "records" / "a.yml").read_text() == Made("a").text


@pytest.mark.parametrize("step", ["link", "unlink", "touch", "replace"])
def test_ctrl_c_at_any_step_of_a_move_leaves_none(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It arrives when the step is done, and before the program can note that."""
    if step in {"touch", "replace"}:
        monkeypatch.setattr(os, "link", _no_links)
    holder = os if step == "link" else Path
    done = getattr(holder, step)

    def interrupted(*given: object, **more: object) -> None:
        done(*given, **more)
        if any("b.yml" in str(each) for each in given):
            monkeypatch.setattr(holder, step, done)
            raise KeyboardInterrupt

    monkeypatch.setattr(holder, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_drafts(tmp_path, [Made("a"), Made("b"), Made("c")])
    assert names(tmp_path) == []


def test_records_that_are_a_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("x")
    with pytest.raises(NotADirectoryError, match="records is a file"):
        write_drafts(tmp_path, [Made("a")])


def test_a_killed_program_leaves_no_half_written_record(review: ReviewFolder) -> None:
    before = names(review.root)
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path, PurePosixPath\n"
        "from evidence_map.imports.record_files import write_drafts\n"
        "class Made:\n"
        "    def __init__(self, n): self.n, self.file = n, PurePosixPath(f'records/tea{n}.yml')\n"
        "    @property\n"
        "    def text(self):\n"
        "        if self.n == 5: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return 'reference: {title: Tea}\\n'\n"
        "write_drafts(Path(sys.argv[1]), [Made(n) for n in range(9)])\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(review.root)], check=False)
    assert killed.returncode == -signal.SIGKILL
    (folder,) = broken_off(review.root)
    assert sorted({*names(review.root)} - {folder.name}) == before
    assert review.check() == []


def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def protected(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", str(tmp_path / "records" / ".import-abc"))

    monkeypatch.setattr(tempfile, "mkdtemp", protected)
    with pytest.raises(PermissionError) as caught:
        write_drafts(tmp_path, [Made("a")])
    assert caught.value.filename == str(tmp_path / "records")
