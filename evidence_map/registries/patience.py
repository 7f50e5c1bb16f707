"""How requests are sent: with pauses between them, again where a registry is busy, and up to a limit."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError, ContentDecodingError, RequestException
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError
from urllib3.util.retry import Retry

_BUSY = (429, 500, 502, 503, 504)
_PIECE = 65_536


@dataclass(frozen=True)
class Patience:
    """How long is waited for an answer, and how much of one is read.

    :ivar connect: seconds for a connection.
    :ivar read: seconds in which a next piece of the answer must come.
    :ivar whole: seconds for an answer with all retries; the last try may take longer than that.
    :ivar retries: how often a busy or unreachable registry is asked again.
    :ivar backoff: seconds before the first retry; each later one waits twice as long.
    :ivar longest_wait: most seconds that are waited because a registry asks for it (Retry-After).
    :ivar interval: least seconds between two requests to one host.
    :ivar largest: bytes of an answer.
    :ivar largest_page: bytes of a web page that are read.
    """

    connect: float = 5
    read: float = 20
    whole: float = 60
    retries: int = 3
    backoff: float = 1
    longest_wait: float = 20
    interval: float = 0.34
    largest: int = 20_000_000
    largest_page: int = 2_000_000


class TooLargeError(RequestException):
    """An answer that is larger than any sensible one."""


class _PatientRetry(Retry):
    """Retries until a moment, and no longer."""

    until = math.inf

    def new(self, **kw: Any) -> _PatientRetry:
        made = super().new(**kw)
        made.until = self.until
        return made

    def get_backoff_time(self) -> float:
        """Wait before the first retry too: registries count requests by the second."""
        return max(super().get_backoff_time(), self.backoff_factor)

    def is_exhausted(self) -> bool:
        return super().is_exhausted() or time.monotonic() > self.until


class PatientAdapter(HTTPAdapter):
    """Keeps an interval between requests to a host, and reads no more of an answer than is allowed."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._last: dict[str, float] = {}
        self._retry = _PatientRetry(
            total=patience.retries,
            connect=min(2, patience.retries),
            read=min(1, patience.retries),
            status_forcelist=_BUSY,
            allowed_methods=["GET", "HEAD"],
            backoff_factor=patience.backoff,
            backoff_max=patience.longest_wait,
            retry_after_max=math.ceil(patience.longest_wait),
            raise_on_status=False,
        )
        super().__init__(max_retries=self._retry)

    def share_pauses(self, last: dict[str, float]) -> None:
        """Keep the interval together with other adapters that have the same *last* moments."""
        self._last = last

    def send(self, request: requests.PreparedRequest, *args: Any, **kw: Any) -> requests.Response:
        """Send *request* and read the answer.

        :raises TooLargeError: if it is larger than allowed.
        """
        host = urlsplit(request.url or "").netloc
        wait = self._last.get(str(host), -math.inf) + self.patience.interval - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        until = time.monotonic() + self.patience.whole
        self._retry.until = until
        kw["stream"] = True
        response = super().send(request, *args, **kw)
        self._last[str(host)] = time.monotonic()
        self._read(response, until, "html" in request.headers.get("Accept", ""))
        return response

    def _read(self, response: requests.Response, until: float, page: bool) -> None:
        pieces: list[bytes] = []
        size = 0
        most = self.patience.largest_page if page else self.patience.largest
        while piece := _next_piece(response):
            pieces.append(piece)
            size += len(piece)
            if size > most and page:
                break
            if size > most:
                response.close()
                raise TooLargeError
            if time.monotonic() > until:
                response.close()
                raise requests.ReadTimeout("the answer trickles in")
        response.close()
        response._content = b"".join(pieces)[:most]
        response._content_consumed = True  # type: ignore[attr-defined]


def _next_piece(response: requests.Response) -> bytes:
    """Return what has come of an answer; unlike ``iter_content`` it does not wait until it is much.

    :raises RequestException: if it breaks off.
    """
    try:
        piece: bytes = response.raw.read1(_PIECE, decode_content=True)
    except ReadTimeoutError as error:
        raise requests.ReadTimeout(error) from error
    except DecodeError as error:
        raise ContentDecodingError(error) from error
    except (HTTPError, OSError) as error:
        raise ChunkedEncodingError(error) from error
    return piece
