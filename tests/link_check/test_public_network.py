"""No address of a stranger makes this machine ask itself or its neighbours."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from evidence_map.link_check.public_network import (
    PrivateError,
    PublicAdapter,
    UnknownHostError,
    is_public,
)
from tests.link_check.conftest import HASTY, host
from tests.registries.server import Registries, as_html

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:a00:1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("number", PRIVATE)
def test_private_numbers(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_numbers(number: str) -> None:
    assert is_public(number)


@given(st.ip_addresses(v=4))
def test_a_number_in_another_dress_is_judged_alike(number: ipaddress.IPv4Address) -> None:
    dresses = (
        f"::ffff:{number}",
        str(ipaddress.IPv6Address(int(ipaddress.ip_address("64:ff9b::")) + int(number))),
    )
    assert {is_public(dress) for dress in dresses} == {is_public(str(number))}


def session(*allowed: str) -> requests.Session:
    made = requests.Session()
    made.trust_env = False
    adapter = PublicAdapter(HASTY, allowed)
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made


@pytest.mark.parametrize("written", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "127.1", "[::1]"])
def test_this_machine_is_not_asked_however_it_is_written(registries: Registries, written: str) -> None:
    port = host(registries).partition(":")[2]
    with pytest.raises((PrivateError, UnknownHostError)):
        session().get(f"http://{written}:{port}/")
    with pytest.raises((PrivateError, UnknownHostError)):
        session().get(f"https://{written}:{port}/")
    assert not registries.asked


def looked_up(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> list[str]:
    """Let names stand for numbers, and remember which were looked up."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *args: Any, **kw: Any) -> list[Any]:
        asked.append(host)
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in names[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_that_stands_for_a_private_number(
    registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, tea=["127.0.0.1"], mixed=["8.8.8.8", "10.0.0.1"])
    for name in ("tea", "mixed"):
        with pytest.raises(PrivateError, match=f"“{name}” stands in a private network"):
            session().get(f"{registries.address.replace('127.0.0.1', name)}/")
    with pytest.raises(UnknownHostError, match="nobody has the name “gone”"):
        session().get("http://gone/")
    assert not registries.asked


def test_the_connection_goes_to_the_number_that_was_judged(
    registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    registries.tell("/", as_html("tea"))
    asked = looked_up(monkeypatch, **{"127.0.0.1": ["127.0.0.1"]})
    assert session(host(registries)).get(f"{registries.address}/").text == "tea"
    # Once by this program; what opens the socket gets a number.
    assert asked[0] == "127.0.0.1" and set(asked) == {"127.0.0.1"}


def test_an_allowed_host_is_allowed_with_its_port_only(registries: Registries) -> None:
    with pytest.raises(PrivateError):
        session("127.0.0.1:1").get(f"{registries.address}/")
