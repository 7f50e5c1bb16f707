"""What answers say about an address: well, broken, or nothing."""

from __future__ import annotations

import dataclasses
import threading
import time

import pytest

from evidence_map.link_check.outcome import Kind, Remark
from evidence_map.link_check.visiting import Visitor, Visitors, stands_for_this_machine
from tests.link_check.conftest import HASTY, host
from tests.registries.server import Registries, Reply, as_html

PAGE = as_html("<p>Tea.</p>")


def moved(target: str, status: int = 301) -> Reply:
    return Reply(b"", status, "text/html", {"Location": target})


def only(remarks: tuple[Remark, ...]) -> tuple[Kind, str]:
    [remark] = remarks
    assert "\n" not in remark.message
    return remark.kind, remark.message


def test_what_answers_is_well_and_gives_no_body(visitor: Visitor, registries: Registries) -> None:
    registries.tell("/tea", PAGE)
    assert visitor.visit(f"{registries.address}/tea") == ()
    [asked] = registries.asked
    assert asked.method == "HEAD"
    assert asked.headers["user-agent"].endswith("(mailto:crew@example.org)")
    assert "cookie" not in asked.headers and "authorization" not in asked.headers


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501])
def test_where_head_is_refused_the_page_is_asked_for(
    visitor: Visitor, registries: Registries, status: int
) -> None:
    registries.tell("HEAD /tea", Reply(status=status))
    registries.tell("/tea", PAGE)
    assert visitor.visit(f"{registries.address}/tea") == ()
    assert [asked.method for asked in registries.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (404, Kind.BROKEN, "there is no such page (status 404)"),
        (410, Kind.BROKEN, "there is no such page (status 410)"),
        (401, Kind.UNCHECKED, "its host lets no program read it (status 401)"),
        (403, Kind.UNCHECKED, "its host lets no program read it (status 403)"),
        (429, Kind.UNCHECKED, "its host lets no program read it (status 429)"),
        (451, Kind.UNCHECKED, "its host lets no program read it (status 451)"),
        (999, Kind.UNCHECKED, "its host lets no program read it (status 999)"),
        (400, Kind.UNCHECKED, "its host does not work at the moment (status 400)"),
        (500, Kind.UNCHECKED, "its host does not work at the moment (status 500)"),
        (503, Kind.UNCHECKED, "its host does not work at the moment (status 503)"),
    ],
)
def test_what_a_status_says(
    visitor: Visitor, registries: Registries, status: int, kind: Kind, words: str
) -> None:
    registries.tell("/tea", as_html("", status=status))
    assert only(visitor.visit(f"{registries.address}/tea")) == (kind, words)


def test_a_busy_host_is_asked_again_when_it_says(registries: Registries, visitors: Visitors) -> None:
    busy = Reply(b"", 429, headers={"Retry-After": "86400"})
    registries.tell("/tea", busy, PAGE)
    assert Visitor(visitors).visit(f"{registries.address}/tea") == ()
    assert registries.count("/tea") == 2


def test_a_permanent_move_is_advice(visitor: Visitor, registries: Registries) -> None:
    registries.tell("/old", moved("/middle", 308))
    registries.tell("/middle", moved("/new#part"))
    registries.tell("/new", PAGE)
    base = registries.address
    assert only(visitor.visit(f"{base}/old")) == (Kind.ADVICE, f"it has moved for good: {base}/new")
    registries.tell("/middle", moved("/new", 302))
    assert only(visitor.visit(f"{base}/old")) == (Kind.ADVICE, f"it has moved for good: {base}/middle")


@pytest.mark.parametrize("reply", [moved("/new", 302), moved("/new", 303), moved("/new", 307)])
def test_a_passing_redirect_is_no_news(visitor: Visitor, registries: Registries, reply: Reply) -> None:
    registries.tell("/old", reply)
    registries.tell("/new", PAGE)
    assert visitor.visit(f"{registries.address}/old") == ()


def test_a_slash_more_is_no_news(visitor: Visitor, registries: Registries) -> None:
    registries.tell("/tea", moved("/tea/"))
    registries.tell("/tea/", PAGE)
    assert visitor.visit(f"{registries.address}/tea") == ()


def test_a_redirect_to_the_front_page_is_told(visitor: Visitor, registries: Registries) -> None:
    registries.tell("/tea", moved("/", 302))
    registries.tell("/", PAGE)
    kind, words = only(visitor.visit(f"{registries.address}/tea"))
    assert kind is Kind.ADVICE and words == f"it leads to a front page now: {registries.address}/"


def test_a_redirect_to_nothing_is_broken(visitor: Visitor, registries: Registries) -> None:
    registries.tell("/tea", moved("/gone"))
    assert only(visitor.visit(f"{registries.address}/tea"))[0] is Kind.BROKEN


def test_redirects_in_a_circle_and_without_end(visitor: Visitor, registries: Registries) -> None:
    registries.tell("/a", moved("/b"))
    registries.tell("/b", moved("/a"))
    for number in range(20):
        registries.tell(f"/far/{number}", moved(f"/far/{number + 1}"))
    for path in ("/a", "/far/0"):
        kind, words = only(visitor.visit(f"{registries.address}{path}"))
        assert kind is Kind.UNCHECKED and "without end" in words
    assert len(registries.asked) < 20


def test_a_cookie_is_brought_back_for_one_address_only(visitor: Visitor, registries: Registries) -> None:
    registries.tell("/tea", Reply(status=302, headers={"Location": "/tea", "Set-Cookie": "cup=1"}), PAGE)
    registries.tell("/other", PAGE)
    assert visitor.visit(f"{registries.address}/tea") == ()
    visitor.visit(f"{registries.address}/other")
    assert [asked.headers.get("cookie") for asked in registries.asked] == [None, "cup=1", None]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_to_be_left_alone_is(
    visitor: Visitor, registries: Registries, status: int
) -> None:
    registries.tell("/tea", Reply(status=status))
    visitor.visit(f"{registries.address}/tea")
    assert {asked.method for asked in registries.asked} == {"HEAD"}


@pytest.mark.parametrize(
    "target", ["http://[", "javascript:alert(1)", "file:///etc/passwd", "ftp://a/b"]
)
def test_a_redirect_to_no_web_address(visitor: Visitor, registries: Registries, target: str) -> None:
    registries.tell("/tea", moved(target))
    kind, words = only(visitor.visit(f"{registries.address}/tea"))
    assert kind is Kind.BROKEN and "no web address" in words


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/", "http://[::1]/"]
)
def test_a_redirect_into_a_private_network_is_not_followed(
    visitor: Visitor, registries: Registries, target: str
) -> None:
    registries.tell("/tea", moved(target))
    kind, words = only(visitor.visit(f"{registries.address}/tea"))
    assert kind is Kind.UNCHECKED and "stands in a private network" in words
    assert len(registries.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://10.0.0.1/a",
        "https://[::1]:8080/",
        "http://tea.local/",
        "http://169.254.1.1/",
    ],
)
def test_an_address_of_this_machine_is_broken_for_everybody_else(visitor: Visitor, address: str) -> None:
    assert only(visitor.visit(address)) == (Kind.BROKEN, "it stands for a machine in a private network")
    assert stands_for_this_machine(address)


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        ("ftp://example.org/tea", Kind.UNCHECKED, "only http and https are asked, and this is ftp"),
        ("http://[tea/", Kind.BROKEN, "it is no address"),
        ("http://example.org:port/", Kind.BROKEN, "it is no address"),
        ("https:///tea", Kind.BROKEN, "it names no host, or a password"),
        ("https://cat:secret@example.org/", Kind.BROKEN, "it names no host, or a password"),
    ],
)
def test_what_is_no_address_of_the_web(visitor: Visitor, address: str, kind: Kind, words: str) -> None:
    assert only(visitor.visit(address)) == (kind, words)


def test_silence_is_not_told_as_broken_and_not_waited_for_twice(registries: Registries) -> None:
    brief = dataclasses.replace(HASTY, read=0.05, retries=0)
    visitor = Visitor(Visitors("", brief, (host(registries),)))
    registries.tell("/slow", Reply(b"", delay=0.3))
    for path in ("/slow", "/other"):
        kind, words = only(visitor.visit(f"{registries.address}{path}"))
        assert kind is Kind.UNCHECKED
        assert words == "its host cannot be reached: no answer came in time"
    assert registries.count("/other") == 0


def test_nobody_at_home(visitors: Visitors) -> None:
    visitors.allowed = ("127.0.0.1:9",)
    kind, words = only(Visitor(visitors).visit("http://127.0.0.1:9/tea"))
    assert (kind, words) == (Kind.UNCHECKED, "its host cannot be reached: the connection was refused")


def test_a_host_without_encryption_where_it_is_promised(
    visitor: Visitor, registries: Registries
) -> None:
    kind, words = only(visitor.visit(registries.address.replace("http:", "https:") + "/tea"))
    assert kind is Kind.UNCHECKED and "certificate cannot be checked" in words


def test_a_huge_page_is_read_in_its_beginning_only(visitor: Visitor, registries: Registries) -> None:
    registries.tell("HEAD /tea", Reply(status=405))
    registries.tell("/tea", as_html("x" * 5_000_000))
    assert visitor.visit(f"{registries.address}/tea") == ()
    response = visitor.session.get(f"{registries.address}/tea", allow_redirects=False)
    assert len(response.content) == HASTY.largest_page


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"%PDF-", kind="application/pdf"),
        Reply(b"{", kind="application/json"),
        Reply(b"no gzip", headers={"Content-Encoding": "gzip"}, kind="text/html"),
        Reply(b"Tea and more", cut=3, kind="text/html"),
        Reply(b"", 204, "\x1b[31m"),
    ],
    ids=["pdf", "bad json", "bad gzip", "cut off", "strange kind"],
)
def test_what_is_in_a_page_is_not_judged(visitor: Visitor, registries: Registries, reply: Reply) -> None:
    registries.tell("HEAD /tea", Reply(status=405))
    registries.tell("/tea", reply)
    remarks = visitor.visit(f"{registries.address}/tea")
    assert all(remark.kind is Kind.UNCHECKED for remark in remarks)


def test_when_the_time_is_over_nothing_is_asked(visitors: Visitors, registries: Registries) -> None:
    visitors.until = time.monotonic() - 1
    kind, words = only(Visitor(visitors).visit(f"{registries.address}/tea"))
    assert (kind, words) == (Kind.UNCHECKED, "the time for checking was over")
    assert not registries.asked


def test_a_host_is_asked_by_one_at_a_time(visitors: Visitors, registries: Registries) -> None:
    most, now, lock = [0], [0], threading.Lock()
    reply = registries.reply

    def counted(asked: object) -> Reply:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        found = reply(asked)  # type: ignore[arg-type]
        time.sleep(0.002)
        with lock:
            now[0] -= 1
        return found

    registries.reply = counted  # type: ignore[method-assign]
    registries.tell("/tea", PAGE)
    threads = [
        threading.Thread(target=Visitor(visitors).visit, args=(f"{registries.address}/tea?{n}",))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] and registries.count("/tea") == 6
