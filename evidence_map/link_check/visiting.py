"""Whether addresses answer: asked gently, one request at a time to a host.

Many publishers refuse programs (403, 429 and the like). That says nothing about the address, so such
answers count neither as broken nor as well. Redirects are followed here and not by the library, so
that each step can be judged. Source: RFC 9110, sections 9.3.2 (HEAD) and 15 (status codes).
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests
from requests.exceptions import RequestException

from evidence_map.link_check.outcome import Kind, Remark
from evidence_map.link_check.public_network import (
    PrivateError,
    PublicAdapter,
    UnknownHostError,
    is_public,
)
from evidence_map.registries.client import agent, reason_of
from evidence_map.registries.patience import Patience

REDIRECTS = 8
PATIENCE = Patience(
    connect=10,
    read=15,
    whole=30,
    retries=1,
    backoff=2,
    longest_wait=30,
    interval=1,
    largest=65_536,
    largest_page=65_536,
)

_GONE = (404, 410)
_PERMANENT = (301, 308)
_REDIRECT = (301, 302, 303, 307, 308)
_MOVED_HINT = "Write the new address into the file, if it is the same document."
_GONE_HINT = (
    "Look for where it stands now, or write the address that the Internet Archive has of it "
    "(web.archive.org)."
)


@dataclass
class Visitors:
    """What all who visit addresses share: the contact, the patience, and whose turn it is at a host.

    :ivar allowed: hosts with ports that are asked though they are private; see :class:`PublicAdapter`.
    :ivar until: the moment (``time.monotonic``) after which nothing more is asked.
    """

    contact: str = ""
    patience: Patience = PATIENCE
    allowed: Collection[str] = ()
    until: float = float("inf")
    silent: dict[str, str] = field(default_factory=dict)
    _turns: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _last: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until nobody else asks *host*."""
        with self._turns[host]:
            yield

    def session(self) -> requests.Session:
        """Return a session that sends no passwords and uses no proxy.

        A proxy would look names up by itself, and could not be told which of them are private.
        """
        session = requests.Session()
        session.trust_env = False
        session.headers.update({"User-Agent": agent(self.contact), "Accept": "text/html,*/*;q=0.8"})
        session.get_redirect_target = lambda resp: None  # type: ignore[method-assign]
        adapter = PublicAdapter(self.patience, self.allowed)
        adapter.share_pauses(self._last)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session


class _UnansweredError(Exception):
    """An address about which something was found before, or without, a last answer."""

    def __init__(self, kind: Kind, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.remark = Remark(kind, message, hint)


class Visitor:
    """Visits one address after another."""

    def __init__(self, shared: Visitors) -> None:
        self.shared = shared
        self.session = shared.session()

    def visit(self, address: str) -> tuple[Remark, ...]:
        """Return what is to be said about *address*; nothing where all is well."""
        # Some hosts send on for ever who does not bring back their cookie; the next address gets none.
        self.session.cookies.clear()
        try:
            _refuse_scheme(address)
            self._refuse_private(address)
            return tuple(self._followed(address))
        except _UnansweredError as error:
            return (error.remark,)

    def _refuse_private(self, address: str) -> None:
        """Refuse an address that nobody but its author can open.

        :raises _UnansweredError: if it is one.
        """
        allowed = urlsplit(address).netloc in self.shared.allowed
        if not allowed and stands_for_this_machine(address):
            raise _UnansweredError(
                Kind.BROKEN,
                "it stands for a machine in a private network",
                "Nobody else can open it: write an address that readers can reach.",
            )

    def _followed(self, address: str) -> Iterator[Remark]:
        """Ask, follow redirects, and say what is worth telling about where they end."""
        here, permanent, moved_to = address, True, ""
        for _ in range(REDIRECTS + 1):
            response = self._answer(here)
            status, target = response.status_code, response.headers.get("Location", "")
            if status not in _REDIRECT or not target:
                yield from _judged(address, here, status, moved_to)
                return
            here = _next(here, target)
            permanent = permanent and status in _PERMANENT
            moved_to = here if permanent else moved_to
        raise _UnansweredError(
            Kind.UNCHECKED,
            "it sends from one address to the next without end, at least whoever is no browser",
        )

    def _answer(self, address: str) -> requests.Response:
        """Return the answer to HEAD, or to GET where HEAD is not answered as it should be.

        A host that wants to be left alone is.
        """
        response = self._asked("HEAD", address)
        if response.status_code < 400 or response.status_code in (429, 503):
            return response
        return self._asked("GET", address)

    def _asked(self, method: str, address: str) -> requests.Response:
        parts = urlsplit(address)
        host = parts.netloc.lower()
        with self.shared.turn(host):
            if silence := self.shared.silent.get(f"{parts.scheme}://{host}"):
                raise _UnansweredError(Kind.UNCHECKED, silence)
            if time.monotonic() > self.shared.until:
                raise _UnansweredError(Kind.UNCHECKED, "the time for checking was over")
            return self._sent(method, address, f"{parts.scheme}://{host}")

    def _sent(self, method: str, address: str, host: str) -> requests.Response:
        patience = self.shared.patience
        try:
            return self.session.request(
                method,
                address,
                timeout=(patience.connect, patience.read),
                allow_redirects=False,
            )
        except PrivateError as error:
            raise _UnansweredError(
                Kind.UNCHECKED, f"{error}, where nothing is asked", "Readers elsewhere cannot open it."
            ) from None
        except UnknownHostError as error:
            raise _UnansweredError(Kind.BROKEN, str(error), _GONE_HINT) from None
        except requests.ConnectionError as error:
            # It would be as silent for its other addresses, after as long a time.
            self.shared.silent[host] = f"its host cannot be reached: {reason_of(error)}"
            raise _UnansweredError(Kind.UNCHECKED, self.shared.silent[host]) from None
        except (RequestException, ValueError) as error:
            reason = reason_of(error) if isinstance(error, RequestException) else "it is no address"
            raise _UnansweredError(Kind.UNCHECKED, f"no whole answer came: {reason}") from None


def _refuse_scheme(address: str) -> None:
    """Refuse what is no address of the web, and what names a private machine by its number.

    :raises _UnansweredError: if it is one of these.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _UnansweredError(Kind.BROKEN, "it is no address", "Copy it again.") from None
    if parts.scheme not in {"http", "https"}:
        raise _UnansweredError(
            Kind.UNCHECKED, f"only http and https are asked, and this is {parts.scheme}"
        )
    if not host or "@" in parts.netloc:
        raise _UnansweredError(Kind.BROKEN, "it names no host, or a password", "Copy it again.")


def stands_for_this_machine(address: str) -> bool:
    """Whether an address names a private machine in so many words, which nobody else can open."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)


def _next(here: str, target: str) -> str:
    """Return where a redirect leads.

    :raises _UnansweredError: if that is no address of the web.
    """
    try:
        found = urljoin(here, target)
        _refuse_scheme(found)
    except (ValueError, _UnansweredError):
        raise _UnansweredError(
            Kind.BROKEN, "it sends on to something that is no web address", _GONE_HINT
        ) from None
    return found.partition("#")[0]


def _judged(address: str, here: str, status: int, moved_to: str) -> Iterator[Remark]:
    """Yield what the last answer, given at *here*, says about *address*."""
    if status in _GONE:
        yield Remark(Kind.BROKEN, f"there is no such page (status {status})", _GONE_HINT)
    elif status in (401, 403, 405, 407, 418, 429, 451, 999):
        yield Remark(Kind.UNCHECKED, f"its host lets no program read it (status {status})")
    elif status >= 400:
        yield Remark(Kind.UNCHECKED, f"its host does not work at the moment (status {status})")
    elif _is_front_page(here) and not _is_front_page(address):
        yield Remark(
            Kind.ADVICE,
            f"it leads to a front page now: {here}",
            "The document may be gone, though no error is told. " + _GONE_HINT,
        )
    elif moved_to and _without_slash(moved_to) != _without_slash(address):
        yield Remark(Kind.ADVICE, f"it has moved for good: {moved_to}", _MOVED_HINT)


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def _without_slash(address: str) -> str:
    return address.rstrip("/")
