"""The registries on this machine, and clients that ask them without long waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_map.registries.client import Client
from evidence_map.registries.lookup import Addresses, Lookup
from evidence_map.registries.patience import Patience
from tests.registries.papers import tell_of_tea
from tests.registries.server import Registries, running

QUICK = Patience(
    # A busy machine may be slow; tests of silence set limits of their own.
    connect=10,
    read=10,
    whole=60,
    retries=2,
    backoff=0.001,
    longest_wait=0.05,
    interval=0,
    largest=200_000,
)


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registries]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as server:
        tell_of_tea(server)
        yield server


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client("crew@example.org", tmp_path / "kept", patience=QUICK)


@pytest.fixture
def lookup(registries: Registries, client: Client) -> Lookup:
    return Lookup(client, addresses(registries))


def addresses(registries: Registries) -> Addresses:
    base = registries.address
    return Addresses(f"{base}/crossref", f"{base}/datacite", f"{base}/pubmed", f"{base}/doi")
