"""No text of a review becomes more than text on a page. Nothing is run here: the pages are only read."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from tests.attacks.hostile_review import HostileReview
from tests.attacks.payloads import FORGED, PLANTED, PRODUCT, payload
from tests.counted import count

ADDRESSES = {
    *("href", "src", "action", "formaction", "data", "cite", "ping", "background", "poster", "srcset"),
    *("{http://www.w3.org/1999/xlink}href", "xlink:href", "longdesc", "usemap", "manifest", "codebase"),
}
LEADS = {"a", "link"}
"""Elements that lead to other sites but load nothing from them: links, and what the head says."""

CANARY = re.compile(r"zq\d+z")


@pytest.fixture(scope="session", params=["hostile_site", "hostile_name_site"], ids=["all", "name"])
def site(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix(), parsed(file)


@cache
def parsed(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def test_only_scripts_of_the_shell_run(site: Path) -> None:
    strange = []
    for path, page in pages(site):
        policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        for script in page.iter("script"):
            kind, source = script.get("type", ""), script.get("src")
            if source is not None:
                address = urlsplit(source)
                own = not address.scheme and not address.netloc
                if not own or not re.search(r"(^|/)(js|assets/javascripts)/[\w./-]+\.js$", address.path):
                    strange.append((path, source))
            elif kind in {"application/ld+json", "application/json"}:
                json.loads(script.text)
            elif kind != "application/octet-stream" and script.get("nonce") is None:
                digest = b64encode(hashlib.sha256((script.text or "").encode()).digest()).decode()
                if f"'sha256-{digest}'" not in policy:
                    strange.append((path, script.text))
    assert strange == []


def test_no_text_makes_an_element_or_attribute(site: Path) -> None:
    strange = []
    for path, page in pages(site):
        for element in page.iter(etree.Element):
            handlers = [name for name in element.attrib if name.lower().startswith("on")]
            if handlers or "style" in element.attrib or PLANTED in (element.get("class") or ""):
                strange.append((path, etree.tostring(element, encoding="unicode")[:200]))
            if element.tag in {"iframe", "object", "embed", "base", "style", "template"}:
                own = element.tag == "base" and list(element.attrib) == ["target"]
                if not own and path != "data/evidence-map.html":
                    strange.append((path, element.tag))
            if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
                strange.append((path, "refresh"))
    assert strange == []


def test_every_address_is_a_web_address_or_leads_within_the_site(site: Path) -> None:
    strange = []
    for path, page in pages(site):
        for element in page.iter(etree.Element):
            for name in ADDRESSES & set(element.attrib):
                value = element.attrib[name]
                # Browsers leave out control characters and spaces before they read the scheme.
                plain = re.sub(r"[\x00-\x20]", "", value)
                scheme = urlsplit(plain).scheme.lower()
                is_icon = element.tag == "link" and plain == "data:,"
                leads = element.tag in LEADS and name == "href" and scheme in {"http", "https", "mailto"}
                within = not scheme and not plain.startswith(("//", "\\", "/\\"))
                if not (leads or within or is_icon):
                    strange.append((path, element.tag, value))
                if element.tag == "link" and leads and element.get("rel") in {"stylesheet", "icon"}:
                    strange.append((path, element.tag, value))
    assert strange == []


def test_what_leads_to_another_site_gives_it_no_hold(site: Path) -> None:
    strange = []
    for path, page in pages(site):
        for link in page.xpath("//a[@target='_blank']"):
            if "noopener" not in (link.get("rel") or "") and urlsplit(link.get("href", "")).netloc:
                strange.append((path, link.get("href")))
    assert strange == []


def test_no_template_is_filled_from_a_text(site: Path) -> None:
    for file in site.rglob("*"):
        if file.is_file() and file.suffix in {".html", ".json", ".xml", ".svg", ".tex", ".md", ".csv"}:
            assert PRODUCT not in file.read_text("utf-8"), file
    for path, page in pages(site):
        comments = [str(each.text) for each in page.iter(etree.Comment)]
        assert [each for each in comments if "evidence:" in each or CANARY.search(each)] == [], path
        assert len(page.xpath("//title")) == 1 + len(page.xpath("//*[local-name()='svg']//title")), path
        assert len(page.xpath("//h1")) <= 1, path


def told(text: str) -> str:
    """Return a text with what typesetting changes made alike."""
    plain = re.sub(r"[“”\"‘’'´]", "'", re.sub(r"[–—-]+", "-", text.replace("…", "...")))
    return re.sub(r"[\s\u00ad]+", " ", plain)


def test_every_text_stands_as_text_where_it_is_shown(hostile: HostileReview, hostile_site: Path) -> None:
    """Of each record and review finding all is shown, nothing is swallowed as markup."""
    whole, tried, shown = 0, 0, set()
    for path, page in pages(hostile_site):
        text = told(" ".join(page.xpath("//text()[not(parent::script or parent::style)]")))
        shown |= set(CANARY.findall(text))
        if not re.match(r"records/hostile\d", path):
            continue
        for canary in set(CANARY.findall(text)):
            place, kind = hostile.inputs[canary]
            wanted = told(payload(kind, canary)[: 500 if place[0] == "Name" else None]).strip()
            whole += wanted in text
            tried += 1
    # The rest stands only in the source of the record, quoted as YAML is, or is Markdown.
    assert whole > 0.9 * tried, (whole, tried)
    assert len(shown) > 0.93 * len(hostile.inputs), len(shown)
    count("attacks", "pages read", len(list(hostile_site.rglob("*.html"))))


def test_markdown_of_a_review_shows_its_html_as_text(hostile_site: Path) -> None:
    page = parsed(hostile_site / "findings" / "hostile-4" / "index.html")
    text = " ".join(page.itertext())
    assert f"<b class={PLANTED}>" in text
    assert page.xpath("//img[contains(@src, 'elsewhere')]") == []


def test_the_feed_of_one_entry_is_not_made_two(hostile_site: Path) -> None:
    for file in hostile_site.rglob("*.xml"):
        tree = etree.parse(str(file), etree.XMLParser(resolve_entities=False, no_network=True))
        assert [each.tag for each in tree.iter(etree.Element) if FORGED in str(each.tag)] == []
        about: Any = tree.docinfo
        assert about.doctype == ""
