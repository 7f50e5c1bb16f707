"""Asks registries over the network: politely, patiently, and never for longer or more than is fair.

Sources: Crossref, *Etiquette* of the REST API (an agent with a mail address, answers kept); NCBI,
*E-utilities usage guidelines* (tool and email, at most three requests a second).
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import requests_cache
from lxml import etree
from requests.exceptions import ChunkedEncodingError, ContentDecodingError, RequestException
from requests_cache.models.response import CachedResponse

import evidence_map
from evidence_map.imports.json_source import refuse_depth
from evidence_map.imports.markup import one_line
from evidence_map.registries.patience import Patience, PatientAdapter, TooLargeError

KEPT = datetime.timedelta(days=7)
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

_GONE = (404, 410)
_REDIRECTS = 5


class RegistryError(Exception):
    """A registry that gives no answer, though the question may be right; told in one line.

    :ivar status: the status of its answer, or 0 where there was none.
    """

    status = 0


class RefusedError(RegistryError):
    """An answer that says that this program, or whoever runs it, gets none."""


class _BrokenError(RegistryError):
    """An answer that began and broke off, or cannot be decompressed."""


@dataclass(frozen=True)
class Answer:
    """What a registry answered.

    :ivar body: its bytes, decompressed.
    :ivar day: the day on which it was given; an answer may have been kept for a while.
    :ivar address: where it came from at last.
    :ivar kind: its media type, such as ``text/html``.
    """

    body: bytes
    day: str
    address: str
    kind: str


@dataclass
class Client:
    """Asks registries, and keeps their answers for a week.

    :ivar contact: a mail address at which the registries can reach the one who asks, or “”.
    :ivar folder: where answers are kept, or None.
    :ivar offline: whether only kept answers are used.
    :ivar remarks: sentences about what does not work as it should, for the person who asks.
    """

    contact: str = ""
    folder: Path | None = None
    offline: bool = False
    patience: Patience = field(default_factory=Patience)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._plain = self._prepared(requests.Session())
        self._session = self._keeping() or self._plain
        self._silent: dict[str, str] = {}

    def reaches(self, address: str) -> bool:
        """Whether the host of *address* gives any answer at all."""
        try:
            self._followed(self._plain, "it", address, {}, "text/html")
        except RegistryError:
            return False
        return True

    def json(self, name: str, address: str, parameters: Mapping[str, str]) -> tuple[Any, Answer] | None:
        """Return what the JSON says that stands at *address*, or None where nothing does.

        :param name: how the registry is called in messages.
        :raises RegistryError: if there is no answer, or one that is no JSON.
        """
        answer = self._whole(name, address, parameters, "application/json", _GONE)
        return None if answer is None else (json.loads(answer.body), answer)

    def xml(self, name: str, address: str, parameters: Mapping[str, str]) -> Answer | None:
        """Return the XML that stands at *address*, or None where the registry knows nothing.

        :raises RegistryError: if there is no answer, or one that is no XML.
        """
        # NCBI answers 400 to a number that it does not know.
        return self._whole(name, address, parameters, "application/xml", (400, *_GONE))

    def page(self, address: str) -> Answer | None:
        """Return the beginning of the web page at *address*, or None where there is none.

        :raises RegistryError: if it cannot be read.
        """
        if self.offline:
            raise RegistryError("the page was not read (--offline)")
        name = urlsplit(address).hostname or "the page"
        response = self._followed(self._plain, name, address, {}, "text/html,application/xhtml+xml")
        if response.status_code in _GONE:
            return None
        _refuse_status(name, response)
        return _answer(response)

    def _whole(
        self, name: str, address: str, parameters: Mapping[str, str], kind: str, missing: tuple[int, ...]
    ) -> Answer | None:
        """Return an answer that can be read; one that broke off is asked for once more."""
        for last in (False, True):
            try:
                response = self._kept_or_asked(name, address, parameters, kind)
            except _BrokenError:
                if last:
                    raise
                continue
            if response.status_code in missing:
                return None
            _refuse_status(name, response)
            if fault := _fault(response.content, kind):
                if last:
                    raise RegistryError(f"{name} answered, but with {_what(response, fault)}")
                continue
            return _answer(response)
        raise AssertionError("unreachable")

    def _kept_or_asked(
        self, name: str, address: str, parameters: Mapping[str, str], kind: str
    ) -> requests.Response:
        try:
            return self._followed(self._session, name, address, parameters, kind)
        except (sqlite3.Error, OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            # Not the network's errors, which are told by then: those of the file of kept answers.
            if self._session is self._plain:
                raise
            self._give_up_keeping(error)
            return self._followed(self._plain, name, address, parameters, kind)

    def _followed(
        self,
        session: requests.Session,
        name: str,
        address: str,
        parameters: Mapping[str, str],
        kind: str,
    ) -> requests.Response:
        """Ask, and follow redirects, none of which may leave https."""
        for _ in range(_REDIRECTS + 1):
            _refuse_open(name, address)
            response = self._asked(session, name, address, parameters, kind)
            target = response.headers.get("Location")
            if not (300 <= response.status_code < 400 and target):
                return response
            try:
                address, parameters = urljoin(address, target), {}
            except ValueError:
                raise RegistryError(f"{name} sends on to an address that is none") from None
        raise RegistryError(f"{name} sends from one address to the next without end")

    def _asked(
        self,
        session: requests.Session,
        name: str,
        address: str,
        parameters: Mapping[str, str],
        kind: str,
    ) -> requests.Response:
        host = urlsplit(address).netloc
        if host in self._silent:
            raise RegistryError(_unreachable(name, address, self._silent[host]))
        more: dict[str, Any] = {}
        if self.offline:
            if not isinstance(session, requests_cache.CachedSession):
                raise RegistryError(f"{name} was not asked (--offline)")
            more["only_if_cached"] = True
        times = (self.patience.connect, self.patience.read)
        try:
            response = session.get(
                address,
                params=dict(parameters),
                headers={"Accept": kind},
                timeout=times,
                allow_redirects=False,
                **more,
            )
        except TooLargeError:
            raise RegistryError(f"{name} answered with more than any description has") from None
        except (ChunkedEncodingError, ContentDecodingError):
            raise _BrokenError(f"{name} answered, but its answer broke off") from None
        except RequestException as error:
            reason = reason_of(error)
            if isinstance(error, requests.ConnectionError | requests.Timeout):
                # It would be as silent for the next question, after as long a time.
                self._silent[host] = reason
            raise RegistryError(_unreachable(name, address, reason)) from None
        if self.offline and response.status_code == 504:
            raise RegistryError(f"{name} was not asked (--offline), and no answer of it is kept")
        return response

    def _prepared(self, session: requests.Session) -> requests.Session:
        session.headers["User-Agent"] = agent(self.contact)
        # Without it, passwords out of ~/.netrc would be sent.
        session.auth = _nobody
        # Redirects are followed by this class; requests would trip over addresses that are none.
        session.get_redirect_target = _nowhere  # type: ignore[method-assign]
        adapter = PatientAdapter(self.patience)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session

    def _keeping(self) -> requests.Session | None:
        """Return a session that keeps answers on disk, or None where it cannot."""
        if self.folder is None:
            return None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", "utf-8")
            session = requests_cache.CachedSession(
                str(self.folder / "answers.sqlite"),
                backend="sqlite",
                # Not the usual pickle, which runs what it reads.
                serializer="json",
                expire_after=KEPT,
                allowable_codes=(200,),
                ignored_parameters=["mailto", "email", "tool"],
                filter_fn=_is_whole,
            )
            session.cache.delete(expired=True)
        except (sqlite3.Error, OSError) as error:
            self._give_up_keeping(error)
            return None
        return self._prepared(session)

    def _give_up_keeping(self, error: Exception) -> None:
        self._session = self._plain
        self.remarks.append(
            f"Answers are not kept: {self.folder} cannot be used ({_why(error)}). "
            "If it is damaged, delete it; it only saves questions."
        )


def agent(contact: str) -> str:
    """Return what this program calls itself, with the mail address of the one who asks, if any."""
    mail = f" (mailto:{contact})" if contact else ""
    return f"evidence-map/{evidence_map.__version__}{mail}"


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or one_line(str(error))


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _nowhere(resp: requests.Response) -> str | None:
    return None


def _is_whole(response: requests.Response | requests_cache.AnyResponse) -> bool:
    """Whether an answer is worth keeping: an error page, or half an answer, is not."""
    return not _fault(response.content, str(response.request.headers.get("Accept", "")))


def _fault(body: bytes | None, kind: str) -> str:
    """Return why *body* is not what was asked for; empty where it is."""
    try:
        if kind == "application/json":
            text = (body or b"").decode()
            refuse_depth(text)
            json.loads(text)
        elif kind == "application/xml":
            etree.fromstring(body or b"", safe_parser())
    except (ValueError, RecursionError, etree.XMLSyntaxError):
        return "no readable JSON" if kind == "application/json" else "no readable XML"
    return ""


def safe_parser() -> etree.XMLParser:
    """Return a parser of XML that fetches nothing and expands no entities of its own."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _what(response: requests.Response, fault: str) -> str:
    if "html" in response.headers.get("Content-Type", ""):
        return (
            "a web page instead of data (the network may ask for a login, "
            "or the registry may be under repair)"
        )
    return fault


def _refuse_open(name: str, address: str) -> None:
    """Refuse an address that is not encrypted, unless it is on this machine.

    :raises RegistryError: if it is.
    """
    try:
        parts = urlsplit(address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    except ValueError:
        safe = False
    if not safe:
        raise RegistryError(f"{name} would be asked without encryption; only https is used")


def _refuse_status(name: str, response: requests.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    if status == 429:
        error = RegistryError(f"{name} has been asked too often and wants to be left alone for a while")
    elif status in (401, 403):
        error = RefusedError(f"{name} refuses to answer (status {status})")
    else:
        error = RegistryError(f"{name} does not work at the moment (status {status})")
    error.status = status
    raise error


def _unreachable(name: str, address: str, reason: str) -> str:
    host = urlsplit(address).hostname
    return f"{name if name == host else f'{name} ({host})'} cannot be reached: {reason}"


def reason_of(error: RequestException) -> str:
    """Return in words why a host gave no answer."""
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate cannot be checked"
    if isinstance(error, requests.Timeout) or "timed out" in text:
        return "no answer came in time"
    if "NameResolution" in text or "resolve" in text:
        return "its name is not known here, as when there is no network"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not let it through"
    if "refused" in text:
        return "the connection was refused"
    return "the connection broke off"


def _answer(response: requests.Response) -> Answer:
    day = datetime.datetime.now(datetime.UTC)
    if isinstance(response, CachedResponse):
        day = response.created_at.replace(tzinfo=response.created_at.tzinfo or datetime.UTC)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Answer(response.content or b"", day.astimezone().date().isoformat(), str(response.url), kind)
