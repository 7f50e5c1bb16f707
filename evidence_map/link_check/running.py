"""The whole check: DOIs first, some at a time, then addresses, several hosts at once."""

from __future__ import annotations

import dataclasses
import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from urllib.parse import urlsplit

from evidence_map.link_check.dois import DoiCheck
from evidence_map.link_check.outcome import Checked, Kind, Remark, Results
from evidence_map.link_check.pointers import PointedAddress, Pointers
from evidence_map.link_check.visiting import Visitor, Visitors
from evidence_map.registries.client import Client
from evidence_map.registries.lookup import Addresses
from evidence_map.registries.patience import Patience

WORKERS = 8
"""How many hosts are asked at once; each of them is asked by one only."""

PARTS = ("dois", "links", "retractions")

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""


class NoNetworkError(Exception):
    """There is no network; told in one line."""


def run(
    pointers: Pointers,
    client: Client,
    addresses: Addresses,
    visitors: Visitors,
    parts: Collection[str],
    results: Results,
    progress: Progress,
) -> None:
    """Ask for everything in *pointers*, and put what comes of it into *results* as it comes.

    :param parts: which of :data:`PARTS` are asked for.
    :raises NoNetworkError: if nothing at all answers.
    """
    dois = [each for each in pointers.dois if "dois" in parts or each.records]
    dois = dois if {"dois", "retractions"} & set(parts) else []
    links = pointers.addresses if "links" in parts else []
    results.expected = len(dois) + len(links)
    if not results.expected:
        return
    _refuse_silence(client, addresses, visitors, links)
    for checked in DoiCheck(client, addresses, parts).check(dois):
        results.add(checked)
        progress(len(results.checked), results.expected)
    for one in _visited(links, visitors):
        results.add([one])
        progress(len(results.checked), results.expected)


def _refuse_silence(
    client: Client, addresses: Addresses, visitors: Visitors, links: list[PointedAddress]
) -> None:
    """Refuse to go on where neither a registry nor a first host answers.

    :raises NoNetworkError: if none does.
    """
    first = Client(client.contact, patience=_hasty(client.patience))
    if any(first.reaches(address) for address in (addresses.doi, addresses.crossref)):
        return
    hasty_visitors = dataclasses.replace(visitors, patience=_hasty(visitors.patience), silent={})
    visitor = Visitor(hasty_visitors)
    by_host = {urlsplit(each.address).netloc: each.address for each in reversed(links)}
    for address in list(by_host.values())[:3]:
        remarks = visitor.visit(address)
        if not hasty_visitors.silent and not any(_is_silence(remark) for remark in remarks):
            return
        hasty_visitors.silent.clear()
    raise NoNetworkError(
        "nothing was checked: neither doi.org nor Crossref can be reached, nor the first addresses; "
        "there seems to be no network"
    )


def _hasty(patience: Patience) -> Patience:
    return dataclasses.replace(
        patience, retries=0, connect=min(patience.connect, 3), read=min(patience.read, 5)
    )


def _is_silence(remark: Remark) -> bool:
    """Whether a remark tells that no host answered, rather than what one answered."""
    return remark.kind is Kind.BROKEN and "status" not in remark.message


def _visited(links: list[PointedAddress], visitors: Visitors) -> Iterator[Checked]:
    """Yield what came of each address, as it comes; the addresses of a host are one worker's."""
    by_host: dict[str, list[PointedAddress]] = defaultdict(list)
    for link in links:
        by_host[_host(link.address)].append(link)
    waiting: queue.SimpleQueue[list[PointedAddress]] = queue.SimpleQueue()
    # The longest first, since the whole takes as long as the slowest host.
    for group in sorted(by_host.values(), key=len, reverse=True):
        waiting.put(group)
    done: queue.SimpleQueue[Checked | BaseException] = queue.SimpleQueue()
    for _ in range(min(WORKERS, len(by_host))):
        # Daemons: whoever breaks the check off does not wait for the hosts that are being asked.
        threading.Thread(target=_work, args=(waiting, done, visitors), daemon=True).start()
    for _ in links:
        one = done.get()
        if isinstance(one, BaseException):
            raise one
        yield one


def _work(
    waiting: queue.SimpleQueue[list[PointedAddress]],
    done: queue.SimpleQueue[Checked | BaseException],
    visitors: Visitors,
) -> None:
    visitor = Visitor(visitors)
    while True:
        try:
            group = waiting.get_nowait()
        except queue.Empty:
            return
        for link in group:
            try:
                done.put(Checked(link.address, False, tuple(link.places), visitor.visit(link.address)))
            except BaseException as error:
                done.put(error)
                return


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
