"""Whom registries and web sites can write to about the one who asks them."""

from __future__ import annotations

import os
import re

from evidence_map.review import Review

CONTACT = "EVIDENCE_MAP_CONTACT"

_MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


class ContactError(Exception):
    """A contact, set by somebody, that is no mail address."""


def contact_of(review: Review, stated: str = "") -> str:
    """Return the mail address that is *stated*, or set in the environment, or the review's; or “”.

    :raises ContactError: if one that somebody set is no mail address.
    """
    for name, contact in (("--email", stated.strip()), (CONTACT, os.environ.get(CONTACT, "").strip())):
        if contact and not _MAIL.fullmatch(contact):
            raise ContactError(f"{name} is no mail address: “{contact}”")
        if contact:
            return contact
    match = _MAIL.search(review.protocol.value.contact or "")
    return match.group() if match else ""
