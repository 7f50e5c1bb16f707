"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from evidence_map.figures.picture import as_png
from evidence_map.kept_work import PLACE
from evidence_map.manuscript import formats
from tests.attacks.hostile_review import HostileReview
from tests.counted import Telling
from tests.folders import ReviewFolder
from tests.reviews import LIGHTHOUSE, REPOSITORY, build_once, looked_at, shared_site

# The same examples each time: a suite that fails once in a hundred runs is trusted by nobody.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def kept_work(shared: Path) -> Iterator[None]:
    """Work is kept for the run, and the tester's own is left alone."""
    before = os.environ.get(PLACE)
    os.environ[PLACE] = str(shared / "kept-work")
    yield
    if before is None:
        del os.environ[PLACE]
    else:
        os.environ[PLACE] = before


def pytest_configure(config: pytest.Config) -> None:
    """Tell at the end of the run what the suites counted."""
    config.pluginmanager.register(Telling())


@pytest.fixture
def review(tmp_path: Path) -> ReviewFolder:
    """A valid small review of its own for the test."""
    shutil.copytree(LIGHTHOUSE, tmp_path / "review", ignore=shutil.ignore_patterns("build"))
    return ReviewFolder(tmp_path / "review")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the whole run, also where several processes share its tests."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def lighthouse_site(shared: Path) -> Iterator[Path]:
    """The site of the small review. Tests only look at it."""
    yield from shared_site(LIGHTHOUSE, shared / "lighthouse-site")


@pytest.fixture(scope="session")
def real_site(shared: Path) -> Iterator[Path]:
    """The site of the review that the repository carries. Tests only look at it."""
    yield from shared_site(REPOSITORY, shared / "real-site")


@pytest.fixture(scope="session", params=["lighthouse_site", "real_site"], ids=["invented", "real"])
def each_site(request: pytest.FixtureRequest) -> Path:
    """Both sites, one after the other."""
    site: Path = request.getfixturevalue(request.param)
    return site


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> HostileReview:
    """The review that is hostile in every field."""
    review = HostileReview(tmp_path_factory.mktemp("hostile") / "review")
    review.write()
    return review


@pytest.fixture(scope="session")
def hostile_site(hostile: HostileReview, shared: Path) -> Iterator[Path]:
    """Its site."""
    with pytest.MonkeyPatch.context() as patch:
        # The figures hold so much that their pictures would take most of the time.
        drawn = as_png
        patch.setattr(formats, "as_png", lambda svg, zoom: drawn(svg, 0.2))
        build_once(hostile.root, shared / "hostile-site")
    yield from looked_at(shared / "hostile-site")


@pytest.fixture(scope="session")
def hostile_name_site(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Path]:
    """The site of a review of which only the protocol is hostile, with the other kinds of texts."""
    review = HostileReview(tmp_path_factory.mktemp("hostile-name") / "review", part=1)
    review.write_protocol_alone()
    yield from shared_site(review.root, shared / "hostile-name-site")
