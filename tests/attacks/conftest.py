"""The hostile reviews and their sites, built once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_map.manuscript import formats
from tests.attacks.hostile_review import HostileReview
from tests.reviews import shared_site


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
        drawn = formats.as_png
        patch.setattr(formats, "as_png", lambda svg, zoom: drawn(svg, 0.2))
        yield from shared_site(hostile.root, shared / "hostile-site")


@pytest.fixture(scope="session")
def hostile_name_site(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Path]:
    """The site of a review of which only the protocol is hostile, with the other kinds of texts."""
    review = HostileReview(tmp_path_factory.mktemp("hostile-name") / "review", part=1)
    review.write_protocol_alone()
    yield from shared_site(review.root, shared / "hostile-name-site")
