"""How registries are asked: politely, again where they are busy, and never without a limit."""

from __future__ import annotations

import dataclasses
import sqlite3
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import evidence_map
from evidence_map.registries import client as client_module
from evidence_map.registries.client import Client, RegistryError
from tests.registries.conftest import QUICK
from tests.registries.server import NOT_FOUND, Registries, Reply, as_html, as_json, as_xml


def asked(client: Client, registries: Registries, path: str = "/a") -> object:
    found = client.json(
        "Crossref", f"{registries.address}{path}", {"mailto": client.contact, "q": "tea"}
    )
    return found and found[0]


def refused(client: Client, registries: Registries, path: str = "/a") -> str:
    with pytest.raises(RegistryError) as error:
        asked(client, registries, path)
    assert "\n" not in str(error.value) and "Traceback" not in str(error.value)
    return str(error.value)


def test_the_agent_says_who_asks(client: Client, registries: Registries) -> None:
    registries.tell("/a", as_json({"tea": 1}))
    assert asked(client, registries) == {"tea": 1}
    agent = registries.asked[0].headers["user-agent"]
    assert agent == f"evidence-map/{evidence_map.__version__} (mailto:crew@example.org)"
    assert "cookie" not in registries.asked[0].headers
    assert (
        Client(patience=QUICK)._plain.headers["User-Agent"] == f"evidence-map/{evidence_map.__version__}"
    )


def test_no_password_of_this_machine_is_sent(
    registries: Registries, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("default login cat password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    registries.tell("/a", as_json({}))
    asked(client, registries)
    assert "authorization" not in registries.asked[0].headers


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_registry_is_asked_again(client: Client, registries: Registries, status: int) -> None:
    registries.tell("/a", as_html("<p>busy</p>", status=status), as_json({"tea": 2}))
    assert asked(client, registries) == {"tea": 2}
    assert registries.count("/a") == 2


def test_retry_after_is_kept_to_but_not_for_ever(registries: Registries) -> None:
    client = Client(patience=dataclasses.replace(QUICK, longest_wait=1, whole=10))
    registries.tell("/a", Reply(status=429, headers={"Retry-After": "86400"}), as_json({"tea": 3}))
    assert asked(client, registries) == {"tea": 3}
    assert registries.asked[1].when - registries.asked[0].when > 0.95


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (429, "has been asked too often"),
        (500, "does not work at the moment (status 500)"),
        (503, "does not work at the moment (status 503)"),
        (403, "refuses to answer (status 403)"),
        (418, "does not work at the moment (status 418)"),
    ],
)
def test_it_gives_up_after_its_retries(
    client: Client, registries: Registries, status: int, words: str
) -> None:
    registries.tell("/a", Reply(b"{}", status))
    assert words in refused(client, registries)
    assert registries.count("/a") == (1 if status in (403, 418) else 1 + QUICK.retries)


def test_what_is_not_there_is_no_error(client: Client, registries: Registries) -> None:
    registries.tell("/a", NOT_FOUND)
    assert asked(client, registries) is None
    registries.tell("/b", Reply(status=410))
    assert asked(client, registries, "/b") is None
    registries.tell("/c", Reply(b"ID list is empty!", 400))
    assert client.xml("PubMed", f"{registries.address}/c", {}) is None


@pytest.mark.parametrize(
    "reply",
    [
        as_html("<html><title>Log in</title></html>"),
        Reply(b'{"message": {"title": ["Tea'),
        Reply(b""),
        Reply(b"\xff\xfe\x00"),
        Reply(b"[" * 100_000),
        Reply(b'{"a": 1}', cut=4),
        Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["page", "truncated", "empty", "no text", "deep", "cut off", "no gzip"],
)
def test_an_answer_that_cannot_be_read_is_asked_for_once_more(
    client: Client, registries: Registries, reply: Reply
) -> None:
    registries.tell("/a", reply, as_json({"tea": 4}))
    assert asked(client, registries) == {"tea": 4}
    registries.tell("/b", reply)
    assert "Crossref answered, but" in refused(client, registries, "/b")
    assert registries.count("/b") == 2
    # And no such answer is kept.
    registries.tell("/b", as_json({"tea": 5}))
    assert asked(client, registries, "/b") == {"tea": 5}


def test_a_login_page_is_called_one(client: Client, registries: Registries) -> None:
    registries.tell("/a", as_html("<html></html>"))
    assert "a web page instead of data" in refused(client, registries)


def test_compressed_answers_are_read_and_bombs_are_not(client: Client, registries: Registries) -> None:
    registries.tell("/a", as_json({"tea": "é" * 1000}, gzipped=True))
    assert asked(client, registries) == {"tea": "é" * 1000}
    registries.tell("/bomb", Reply(b'"' + b" " * 30_000_000 + b'"', gzipped=True))
    assert "more than any description has" in refused(client, registries, "/bomb")


def test_an_enormous_answer_is_not_read(client: Client, registries: Registries) -> None:
    registries.tell("/a", Reply(b'"' + b"x" * QUICK.largest + b'"'))
    assert refused(client, registries) == "Crossref answered with more than any description has"


def test_a_retry_comes_later_each_time(registries: Registries) -> None:
    client = Client(patience=dataclasses.replace(QUICK, backoff=0.05, longest_wait=1))
    registries.tell("/a", Reply(status=503), Reply(status=503), as_json({"tea": 3}))
    assert asked(client, registries) == {"tea": 3}
    first, second = (later.when - earlier.when for earlier, later in pairwise(registries.asked))
    assert first > 0.045 and second > 0.095


def test_a_silent_registry_is_not_waited_for_twice(registries: Registries) -> None:
    client = Client(patience=dataclasses.replace(QUICK, read=0.1))
    registries.tell("/a", Reply(b"{}", delay=0.5))
    assert "no answer came in time" in refused(client, registries)
    assert "no answer came in time" in refused(client, registries, "/b")
    assert registries.count("/b") == 0


def test_an_answer_that_trickles_in_is_given_up(registries: Registries) -> None:
    client = Client(patience=dataclasses.replace(QUICK, whole=0.3))
    registries.tell("/a", Reply(b"x" * 2_000, drip=0.05))
    begin = time.monotonic()
    assert "cannot be reached" in refused(client, registries)
    # The whole answer would take 100 s.
    assert time.monotonic() - begin < 50


def test_who_is_not_there_is_told(client: Client) -> None:
    with pytest.raises(RegistryError) as error:
        client.json("Crossref", "http://127.0.0.1:9/works", {})
    assert str(error.value) == "Crossref (127.0.0.1) cannot be reached: the connection was refused"


@pytest.mark.parametrize("target", ["http://example.org/", "ftp://example.org/a", "file:///etc/passwd"])
def test_no_redirect_leaves_https(client: Client, registries: Registries, target: str) -> None:
    registries.tell("/a", Reply(status=302, headers={"Location": target}))
    assert refused(client, registries) == (
        "Crossref would be asked without encryption; only https is used"
    )
    with pytest.raises(RegistryError, match="without encryption"):
        client.json("Crossref", target, {})


def test_redirects_are_followed_but_not_in_a_circle(client: Client, registries: Registries) -> None:
    registries.tell("/a", Reply(status=301, headers={"Location": "/b"}))
    registries.tell("/b", as_json({"tea": 6}))
    assert asked(client, registries) == {"tea": 6}
    registries.tell("/nowhere", Reply(status=302, headers={"Location": "http://["}))
    assert "an address that is none" in refused(client, registries, "/nowhere")
    registries.tell("/c", Reply(status=302, headers={"Location": "/c"}))
    assert "without end" in refused(client, registries, "/c")


def test_requests_keep_their_distance(registries: Registries) -> None:
    client = Client(patience=dataclasses.replace(QUICK, interval=0.1))
    for path in ("/a", "/b", "/c"):
        registries.tell(path, as_json({}))
        asked(client, registries, path)
    times = [asked.when for asked in registries.asked]
    assert all(later - earlier >= 0.095 for earlier, later in pairwise(times))


def test_xml_fetches_nothing(client: Client, registries: Registries) -> None:
    hostile = (
        f'<!DOCTYPE a SYSTEM "{registries.address}/dtd" '
        f'[<!ENTITY b SYSTEM "{registries.address}/entity">]><a>&b;</a>'
    )
    registries.tell("/a", as_xml(hostile))
    client.xml("PubMed", f"{registries.address}/a", {})
    assert [asked.path for asked in registries.asked] == ["/a"]


# what is kept


def test_answers_are_kept_whoever_asks(client: Client, registries: Registries) -> None:
    registries.tell("/a", as_json({"tea": "Muße"}))
    assert asked(client, registries) == {"tea": "Muße"}
    again = Client("other@example.org", client.folder, patience=QUICK)
    found = again.json(
        "Crossref", f"{registries.address}/a", {"mailto": "other@example.org", "q": "tea"}
    )
    assert found is not None and found[0] == {"tea": "Muße"}
    assert found[1].day == date.today().isoformat()
    assert registries.count("/a") == 1
    assert client.folder is not None
    assert (client.folder / ".gitignore").read_text() == "*\n"


def test_offline_only_kept_answers_are_used(client: Client, registries: Registries) -> None:
    registries.tell("/a", as_json({"tea": 7}))
    asked(client, registries)
    offline = Client("crew@example.org", client.folder, offline=True, patience=QUICK)
    assert asked(offline, registries) == {"tea": 7}
    assert refused(offline, registries, "/b") == (
        "Crossref was not asked (--offline), and no answer of it is kept"
    )
    assert registries.count("/b") == 0
    nothing = Client(offline=True, patience=QUICK)
    assert refused(nothing, registries) == "Crossref was not asked (--offline)"


def test_old_answers_are_asked_for_again(
    client: Client, registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "KEPT", timedelta(seconds=0.1))
    registries.tell("/a", as_json({"tea": 1}), as_json({"tea": 2}))
    brief = Client("", client.folder, patience=QUICK)
    assert asked(brief, registries) == {"tea": 1}
    time.sleep(0.15)
    assert asked(brief, registries) == {"tea": 2}
    time.sleep(0.15)
    assert client.folder is not None
    Client("", client.folder, patience=QUICK)
    with sqlite3.connect(client.folder / "answers.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM responses").fetchone() == (0,)


def damaged_file(folder: Path) -> None:
    (folder / "answers.sqlite").write_bytes(b"This is no database. " * 500)


def damaged_rows(folder: Path) -> None:
    with sqlite3.connect(folder / "answers.sqlite") as connection:
        connection.execute("UPDATE responses SET value = ?", (b'{"tea": ',))


def damaged_pages(folder: Path) -> None:
    file = folder / "answers.sqlite"
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)


@pytest.mark.parametrize("damage", [damaged_file, damaged_rows, damaged_pages])
def test_damaged_answers_do_no_harm(client: Client, registries: Registries, damage: object) -> None:
    registries.tell("/a", as_json({"tea": 8}))
    asked(client, registries)
    assert callable(damage) and client.folder is not None
    damage(client.folder)
    again = Client("", client.folder, patience=QUICK)
    assert asked(again, registries) == {"tea": 8}
    assert asked(again, registries) == {"tea": 8}


def test_a_folder_that_cannot_be_used_is_told(registries: Registries, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    client = Client("", tmp_path / "kept", patience=QUICK)
    registries.tell("/a", as_json({"tea": 9}))
    assert asked(client, registries) == {"tea": 9}
    assert len(client.remarks) == 1
    assert client.remarks[0].startswith(f"Answers are not kept: {tmp_path / 'kept'} cannot be used (")
