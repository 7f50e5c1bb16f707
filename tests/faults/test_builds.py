"""A build under faults that a system brings about in its own ways: limits, rights, clocks, programs."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Known
from tests.faults.place import Place
from tests.faults.program import Ended, Faults

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are brought about as Linux does")


def is_refused(ended: Ended, words: str, place: Place, known: Known) -> None:
    """Insist that the old site stands, nothing else came, and that it is told why."""
    assert ended.status == 1, ended
    assert words in ended.said, ended.said
    assert place.state() == known.before


def builds_as_ever(place: Place, known: Known) -> None:
    assert place.run("build").status == 0
    assert place.state() == known.after["build"]


@pytest.fixture
def denied(place: Place) -> Iterator[Faults]:
    """The faults that make rights count, also for root; what was taken away is given back."""
    yield [("ordinary", {})]
    for folder, _, _ in os.walk(place.folder):
        Path(folder).chmod(0o755)


@pytest.mark.parametrize("kilobytes", [4, 150])
def test_a_file_that_may_not_grow(kilobytes: int, place: Place, known: Known) -> None:
    """The limit RLIMIT_FSIZE is met by the shell or by the exports: their files differ in size."""
    ended = place.run("build", [("limit", {"name": "RLIMIT_FSIZE", "value": kilobytes * 1000})])
    is_refused(ended, "a file would be larger than this system allows", place, known)


def test_too_few_open_files(place: Place, known: Known) -> None:
    """To empty a folder takes open files as well; what cannot be removed goes with the next build."""
    ended = place.run("build", [("limit", {"name": "RLIMIT_NOFILE", "value": 8})])
    assert ended.status == 1 and "more files are open than this system allows" in ended.said, ended
    builds_as_ever(place, known)


@pytest.mark.parametrize("more", [200_000, 2_000_000, 3_000_000])
def test_too_little_memory(more: int, place: Place, known: Known) -> None:
    """Parts in other languages end the program at once: as with a kill, the next build tidies up."""
    ended = place.run("build", [("limit", {"name": "RLIMIT_AS", "value": more})])
    assert ended.status in {1, -6}, ended
    assert "memory" in ended.said, ended
    builds_as_ever(place, known)


@pytest.mark.parametrize("folder", [".", "site"])
def test_a_folder_that_may_not_be_written(
    folder: str, denied: Faults, place: Place, known: Known
) -> None:
    (place.folder / folder).chmod(0o555)
    is_refused(place.run("build", denied), "may not be opened or written", place, known)


@pytest.mark.parametrize(
    "path",
    ["records/muster2020.yml", "synthesis/protocol.md", "synthesis", "records"],
)
@pytest.mark.parametrize("name", ["build", "check", "export"])
def test_a_part_of_the_review_that_may_not_be_read(
    name: str, path: str, denied: Faults, place: Place, known: Known
) -> None:
    part = place.review / path
    part.chmod(0)
    ended = place.run(name, denied)
    part.chmod(0o755 if part.is_dir() else 0o644)
    assert ended.status == 1, ended
    assert "Permission denied" in ended.said or "codebook or the protocol" in ended.said, ended.said
    assert place.state() == known.before


@pytest.mark.parametrize("place_of", ["docs/index.md", "mkdocs.yml"])
def test_a_written_page_or_template_that_may_not_be_read(
    place_of: str, denied: Faults, place: Place, known: Known
) -> None:
    from evidence_map.building import shipped

    first = place_of.split("/")[0]
    own = place.review / first
    if shipped(first).is_dir():
        own.mkdir()
        shutil.copyfile(shipped(place_of), place.review / place_of)
    else:
        shutil.copyfile(shipped(first), own)
    part = place.review / place_of
    part.chmod(0)
    before = place.state()
    ended = place.run("build", [*denied, ("cold", {})])
    part.chmod(0o644)
    assert ended.status == 1, ended
    assert "may not be opened or written" in ended.said and part.name in ended.said, ended.said
    assert place.state() == before


@pytest.mark.parametrize("year", [1970, 2040])
def test_a_clock_that_is_wrong(year: int, place: Place, known: Known) -> None:
    ended = place.run("build", [("clock", {"seconds": (year - 1970) * 365.25 * 86400})])
    if year < 1980:
        is_refused(ended, "the clock of this machine stands before 1980; set the clock", place, known)
    else:
        assert ended.status == 0 and place.state() == known.after["build"], ended


@pytest.mark.parametrize(
    "script, words",
    [
        (None, "Pagefind"),
        ("#!/bin/sh\necho broken >&2\nexit 3\n", "Pagefind cannot index the pages: broken"),
        ("#!/bin/sh\nexit 0\n", "Pagefind cannot index the pages"),
        (
            "#!/bin/sh\nkill -9 $$\n",
            "Pagefind cannot index the pages: it was ended by the signal SIGKILL",
        ),
        ("not a program", "Pagefind cannot index the pages"),
        ("#!/bin/sh\nsleep 1000\n", "did not end within 1 seconds"),
    ],
    ids=["missing", "failing", "idle", "killed", "no program", "hanging"],
)
def test_pagefind_that_does_not_do_its_work(
    script: str | None, words: str, place: Place, known: Known
) -> None:
    binary = place.folder.parent / "pagefind"
    if script is not None:
        binary.write_text(script, "utf-8")
        binary.chmod(0o755)
    ended = place.run("build", [("patience", {"seconds": 1.0})], {"PAGEFIND_BINARY_PATH": str(binary)})
    is_refused(ended, words, place, known)


def test_without_a_folder_for_temporary_files(place: Place, known: Known) -> None:
    """Python then takes /tmp; where that is shut as well, the folder of the site is taken."""
    ended = place.run("build", environment={"TMPDIR": str(place.folder / "nowhere")})
    assert ended.status == 0 and place.state() == known.after["build"], ended


@pytest.mark.parametrize("name", ["build", "export", "diff", "init"])
def test_where_nothing_temporary_can_be_written(
    name: str, place: Place, known: Known, denied: Faults
) -> None:
    ended = place.run(name, [("nowhere_temporary", {})])
    assert ended.status in {0, 1}, ended
    if ended.status:
        assert "TMPDIR" in ended.said, ended
        assert place.state() == known.before
    else:
        assert place.state() == known.after[name]


@pytest.mark.parametrize("name", ["build", "check", "export"])
def test_without_a_home(name: str, place: Place, known: Known) -> None:
    ended = place.run(name, environment={"HOME": None, "EVIDENCE_MAP_CACHE": None})
    assert ended.status == 0 and place.state() == known.after[name], ended


@pytest.mark.parametrize("name", ["build", "check", "format", "import", "init", "diff"])
def test_in_a_folder_that_is_gone(name: str, place: Place, known: Known) -> None:
    ended = place.run(name, [("without_folder", {"folder": str(place.folder.parent / "gone")})])
    assert ended.status == 0 and place.state() == known.after[name], ended


def test_records_behind_a_link(place: Place, known: Known) -> None:
    """A link within the review is followed; one that leads out is refused."""
    records = place.review / "records"
    records.rename(place.review / "papers")
    records.symlink_to("papers")
    assert place.run("check", outside=True).status == 0
    shutil.copytree(place.review / "papers", place.folder.parent / "outside")
    records.unlink()
    records.symlink_to(place.folder.parent / "outside")
    before = place.state()
    ended = place.run("build", outside=True)
    assert ended.status == 1 and "link-outside" in ended.said, ended
    assert place.state() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to mount a small disk")
@pytest.mark.parametrize("name", ["format", "schema", "export", "import", "assess", "init"])
def test_a_disk_without_room(name: str, place: Place, known: Known, tmp_path: Path) -> None:
    """The disk is a small one that is full to its last byte; with room again, all goes on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a disk")
    try:
        small = Place(disk / "place", place.program)
        shutil.copytree(known.kept, small.folder, symlinks=True, ignore=shutil.ignore_patterns("site"))
        before = small.state()
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError) as full:
            while True:
                file.write(bytes(4096))
        assert full.value.errno == errno.ENOSPC
        ended = small.run(name, outside=True)
        assert ended.status == 1 and "the disk is full" in ended.said, ended
        left = {path: data for path, data in small.state().items() if path != "review/schema/"}
        assert left == before, "more than an empty folder was left"
        filler.unlink()
        assert small.run(name).status == 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)
