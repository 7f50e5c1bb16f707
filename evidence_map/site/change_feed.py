"""The Atom feed of what changed, for readers who follow a review."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO

from feedgenerator import Atom1Feed
from markupsafe import escape

from evidence_map.site.change_log import Part, Release

FEED = "changes/feed.xml"
"""Where the feed stands in the site."""

_MOST = 50
"""Entries of one kind that are told by name; the page has all of them."""


def change_feed(
    meta: Mapping[str, str], authors: Sequence[str], releases: Sequence[Release]
) -> bytes | None:
    """Return the feed, or None where there is nothing to follow.

    What awaits the next release is left out, because an entry of a feed is not to change.

    :param meta: what the review is, by name. Without an ``address`` links are relative to the feed.
    """
    told = [release for release in releases if release.date]
    if not told:
        return None
    base = f"{meta['address'].rstrip('/')}/changes/" if meta.get("address") else "./"
    feed = Atom1Feed(
        title=f"{meta['short_title']}: changes",
        link=base,
        description=meta["title"],
        language="en",
        author_name=", ".join(authors),
        feed_url=f"{base}feed.xml",
        feed_guid=_name(meta, ""),
        feed_copyright=meta["licence"],
    )
    for release in told:
        date = datetime.fromisoformat(release.date).replace(tzinfo=UTC)
        feed.add_item(
            title=f"{release.heading}: {release.summary}",
            link=f"{base}#{release.anchor}",
            description=None,
            content=_content(release),
            unique_id=_name(meta, release.anchor),
            pubdate=date,
            updateddate=date,
        )
    text = StringIO()
    feed.write(text, "utf-8")
    return text.getvalue().encode()


def _name(meta: Mapping[str, str], anchor: str) -> str:
    """Return a name that stays the same for the same review and version."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{meta.get('address') or meta['title']}#{anchor}").urn


def _content(release: Release) -> str:
    note = f"<p>{escape(release.note)}</p>" if release.note else ""
    return note + "".join(_list(part) for part in release.parts)


def _list(part: Part) -> str:
    entries = "".join(
        f"<li>{escape(': '.join(text for text in (each.label, each.title) if text))}"
        f"{escape(f' ({each.details})') if each.details else ''}</li>"
        for each in part.entries[:_MOST]
    )
    rest = len(part.entries) - _MOST
    more = f"<p>and {rest:,} more</p>" if rest > 0 else ""
    return f"<p>{escape(part.heading)}</p><ul>{entries}</ul>{more}"
