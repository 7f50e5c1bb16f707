"""Connections to the public internet, and to nothing else.

Addresses in a review come from strangers. None of them may make the machine that checks them ask
itself, its neighbours or the service that knows its passwords (RFC 6890, *Special-purpose IP address
registries*). So a name is looked up once, what it stands for is judged, and the connection goes to
that very number; a second look-up could tell another one.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from evidence_map.registries.patience import Patience, PatientAdapter

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateError(Exception):
    """A host that stands in a private network, or for this machine."""


class UnknownHostError(Exception):
    """A host whose name nobody has."""


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the public internet.

    >>> is_public("93.184.215.14"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    address: Address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            embedded = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(str(embedded))
    return address.is_global and not address.is_multicast and not address.is_reserved


class PublicAdapter(PatientAdapter):
    """Sends requests to the public internet only.

    :param allowed: hosts with their ports, “127.0.0.1:8080”, that are asked all the same. It exists
        for tests, which have no other server; nothing that a review holds can fill it.
    """

    def __init__(self, patience: Patience, allowed: Collection[str] = ()) -> None:
        self.allowed = frozenset(allowed)
        super().__init__(patience)

    def init_poolmanager(self, *args: Any, **kw: Any) -> None:
        """Let every connection be opened by one that judges where it goes."""
        super().init_poolmanager(*args, **kw)
        allowed = self.allowed
        self.poolmanager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, HTTPConnection, allowed),
            "https": _pool(HTTPSConnectionPool, HTTPSConnection, allowed),
        }


def _pool(pool: Any, connection: Any, allowed: frozenset[str]) -> Any:
    """Return a class of pools whose connections go to the public internet only."""

    class PublicConnection(connection):  # type: ignore[misc]
        def _new_conn(self) -> socket.socket:
            return _connected(self, allowed)

    class PublicPool(pool):  # type: ignore[misc]
        ConnectionCls = PublicConnection

    return PublicPool


def _connected(connection: Any, allowed: frozenset[str]) -> socket.socket:
    """Return a connection to one of the numbers that the host's name stands for.

    :raises PrivateError: if one of them is not public.
    :raises UnknownHostError: if there is no such name.
    """
    host, port = connection.host.strip("[]"), connection.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise UnknownHostError(f"“{host}” cannot be a name") from None
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise UnknownHostError(f"nobody has the name “{host}”") from None
        raise NameResolutionError(host, connection, error) from error
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if f"{host}:{port}" not in allowed and not all(map(is_public, numbers)):
        raise PrivateError(f"“{host}” stands in a private network")
    last: OSError | None = None
    for number in numbers:
        try:
            return socket.create_connection((number, port), connection.timeout)
        except OSError as error:
            last = error
    if isinstance(last, TimeoutError):
        raise ConnectTimeoutError(connection, f"connecting to {host} timed out") from last
    raise NewConnectionError(connection, f"no connection to {host}: {last}") from last
