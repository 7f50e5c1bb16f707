"""Visitors who may ask the server of the tests, and do not wait."""

from __future__ import annotations

import dataclasses

import pytest

from evidence_map.link_check.visiting import Visitor, Visitors
from tests.registries.conftest import QUICK, client, registries
from tests.registries.server import Registries

__all__ = ["client", "registries", "visitor", "visitors"]

HASTY = dataclasses.replace(QUICK, largest=1_000, largest_page=1_000)


def host(server: Registries) -> str:
    """Return the server's host with its port."""
    return server.address.removeprefix("http://")


@pytest.fixture
def visitors(registries: Registries) -> Visitors:
    return Visitors("crew@example.org", HASTY, (host(registries),))


@pytest.fixture
def visitor(visitors: Visitors) -> Visitor:
    return Visitor(visitors)
