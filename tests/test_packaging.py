"""The installed program: a wheel that brings its templates, and the console script."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from evidence_map.starting.skeleton import files_of
from tests.reviews import LIGHTHOUSE, REPOSITORY
from tests.starting.gardens import gardens, options


def test_an_installed_program_builds_a_review_from_any_folder(tmp_path: Path) -> None:
    """Installed without the checkout, it still finds templates, written pages and configuration."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--wheel-dir", str(tmp_path), str(REPOSITORY)],
        check=True,
    )  # fmt: skip
    wheel = next(tmp_path.glob("evidence_map-*.whl"))
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    entry_points = next(installed.glob("*.dist-info/entry_points.txt")).read_text("utf-8")
    assert "evidence-map = evidence_map.cli:run" in entry_points
    result = subprocess.run(
        [sys.executable, "-c", "from evidence_map.cli import run; run()", "--root", str(LIGHTHOUSE),
         "--out", str(tmp_path / "site")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "2 studies, 3 reports and 4 findings" in result.stdout
    assert (tmp_path / "site" / "records" / "example2019" / "index.html").is_file()
    for picture in (REPOSITORY / "docs/contribute/pictures").iterdir():
        assert (tmp_path / "site/contribute/pictures" / picture.name).is_file(), picture.name
    made = subprocess.run(
        [sys.executable, "-c", "from evidence_map.cli import run; run()", "init", "gardens", *options()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    for name in files_of(gardens(), "2020-02-29"):
        assert (tmp_path / "gardens" / name).is_file(), name
