"""Whether DOIs are registered, for the right paper, and whether that paper still stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from evidence_map.link_check.outcome import Checked, Kind, Remark
from evidence_map.link_check.pointers import PointedDoi
from evidence_map.link_check.sameness import compared
from evidence_map.model.notice import NOT_TO_RELY_ON, TOLD_IN_TITLE, Notice, standing
from evidence_map.model.record import Record
from evidence_map.problems import quoted
from evidence_map.registries import agencies, crossref, datacite, updates
from evidence_map.registries.client import Client, RegistryError
from evidence_map.registries.described import Described
from evidence_map.registries.lookup import Addresses
from evidence_map.registries.updates import BATCH, Update

_SLIP = (
    "Copy it again from the paper or its page; letters and digits that look alike and a missing end "
    "are the usual slips."
)
_LATER = "It is asked again the next time."


@dataclass
class _Told:
    """What the registries say about one DOI.

    :ivar is_registered: None where that could not be told.
    :ivar unanswered: why something could not be told; empty if all was.
    """

    is_registered: bool | None = None
    described: Described | None = None
    years: set[int] = field(default_factory=set)
    updates: list[Update] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    elsewhere: str = ""


class DoiCheck:
    """Asks Crossref for many DOIs at once, and the other registries for what it does not know.

    :param parts: what is asked: “dois”, “retractions”.
    """

    def __init__(self, client: Client, addresses: Addresses, parts: Collection[str]) -> None:
        self.client = client
        self.addresses = addresses
        self.parts = parts

    def check(self, pointed: Sequence[PointedDoi]) -> Iterator[list[Checked]]:
        """Yield what came of asking, some DOIs at a time."""
        # A comma ends a filter of Crossref; such DOIs are asked for by themselves.
        several = iter([each for each in pointed if "," not in each.doi])
        while batch := list(islice(several, BATCH)):
            told = self._asked([each.doi for each in batch])
            yield [self._checked(each, told[each.doi]) for each in batch]
        for each in pointed:
            if "," in each.doi:
                told_one = _Told()
                self._ask_singly(each.doi, told_one)
                yield [self._checked(each, told_one)]

    def _asked(self, dois: list[str]) -> dict[str, _Told]:
        told = {doi: _Told() for doi in dois}
        try:
            works = updates.works(self.client, self.addresses.crossref, dois)
        except RegistryError as error:
            if error.status != 400:
                return self._without_crossref(told, error)
            # One DOI that Crossref cannot read spoils the question for all.
            for doi in dois:
                self._ask_singly(doi, told[doi])
            return told
        for doi in dois:
            if doi in works:
                _take_over(told[doi], works[doi], doi)
            else:
                self._ask_others(doi, told[doi])
        self._add_notices(told)
        return told

    def _add_notices(self, told: dict[str, _Told]) -> None:
        known = [doi for doi, each in told.items() if each.described]
        if "retractions" not in self.parts or not known:
            return
        try:
            found = updates.notices(self.client, self.addresses.crossref, known)
        except RegistryError as error:
            for doi in known:
                told[doi].unanswered.append(f"notices were asked for in part only: {error}")
            return
        for doi, more in found.items():
            told[doi].updates = updates.joined([*told[doi].updates, *more])

    def _without_crossref(self, told: dict[str, _Told], error: RegistryError) -> dict[str, _Told]:
        for doi, each in told.items():
            self._ask_whether_registered(doi, each)
            if each.is_registered is not False:
                each.unanswered = [str(error)]
        return told

    def _ask_singly(self, doi: str, told: _Told) -> None:
        try:
            found = crossref.work(self.client, self.addresses.crossref, doi)
        except RegistryError as error:
            self._without_crossref({doi: told}, error)
            return
        if found:
            _take_over(told, found[0], doi)
        else:
            self._ask_others(doi, told)

    def _ask_others(self, doi: str, told: _Told) -> None:
        """Ask about a DOI that Crossref does not list."""
        self._ask_whether_registered(doi, told)
        if not told.is_registered:
            return
        try:
            told.described = datacite.described(self.client, self.addresses.datacite, doi)
            if told.described:
                told.years = _years(told.described.fields.get("issued", ""))
                return
            told.elsewhere = agencies.agency(self.client, self.addresses.doi, doi) or ""
            if told.elsewhere == crossref.NAME and (found := self._alias(doi)):
                _take_over(told, found, doi)
        except RegistryError as error:
            told.unanswered.append(str(error))

    def _alias(self, doi: str) -> dict[str, Any] | None:
        """Return the work of a DOI that Crossref joined with another one."""
        found = crossref.work(self.client, self.addresses.crossref, doi)
        return found[0] if found else None

    def _ask_whether_registered(self, doi: str, told: _Told) -> None:
        try:
            told.is_registered = agencies.is_registered(self.client, self.addresses.doi, doi)
        except RegistryError as error:
            told.unanswered.append(str(error))

    def _checked(self, pointed: PointedDoi, told: _Told) -> Checked:
        remarks = tuple(self._remarks(pointed, told))
        return Checked(pointed.doi, True, tuple(pointed.places), remarks)

    def _remarks(self, pointed: PointedDoi, told: _Told) -> Iterator[Remark]:
        if told.is_registered is False:
            if "dois" in self.parts:
                yield Remark(Kind.BROKEN, "there is no such DOI", _SLIP)
            return
        for reason in dict.fromkeys(told.unanswered):
            yield Remark(Kind.UNCHECKED, reason, _LATER)
        if told.is_registered and told.described is None and not told.unanswered and pointed.records:
            holder = told.elsewhere or "an agency that is not asked"
            yield Remark(
                Kind.UNCHECKED,
                f"it is registered, but with {holder}: title and notices could not be looked up",
            )
        for key, located in pointed.records.items():
            if told.described and "dois" in self.parts:
                yield from compared(located.value.reference, told.described, told.years)
            if "retractions" in self.parts:
                yield from _untold(key, located.value, told)


def _take_over(told: _Told, work: dict[str, Any], doi: str) -> None:
    told.is_registered = True
    told.described = crossref.read(work, doi, "")
    told.updates = updates.joined(updates.updates_of(work))
    for name in ("issued", "published-print", "published-online", "published"):
        told.years |= _years(crossref.date_of(work.get(name)))


def _years(date: str) -> set[int]:
    return {int(date[:4])} if date[:4].isdecimal() else set()


def _untold(key: str, record: Record, told: _Told) -> Iterator[Remark]:
    """Yield the notices about a paper that its record does not tell."""
    own = record.notices or []
    missing = [update for update in told.updates if not _is_told(update, own)]
    now, said = standing([_as_notice(update) for update in told.updates]), standing(own)
    is_news = now in NOT_TO_RELY_ON and said not in ("retracted", "withdrawn", now)
    for update in missing:
        place = f"DOI {update.doi}" if update.doi else "no DOI"
        what = f"{update.kind} ({', '.join(filter(None, (place, update.date)))})"
        is_grave = is_news and standing([_as_notice(update)]) in NOT_TO_RELY_ON
        yield Remark(
            Kind.RETRACTED if is_grave else Kind.ADVICE,
            f"a notice stands about this paper: {what}, says {' and '.join(update.sources)}",
            _what_to_write(key, update, bool(own)),
        )
    if not told.updates and not own and told.described:
        yield from _told_otherwise(told.described)


def _told_otherwise(described: Described) -> Iterator[Remark]:
    """Yield what a registry says of a retraction without naming a notice."""
    hint = "Look at the paper’s page, and write the notice into the record under “notices”."
    title = described.fields.get("title", "")
    if TOLD_IN_TITLE.match(title):
        yield Remark(Kind.RETRACTED, f"{described.registry} calls it {quoted(title, 120)}", hint)
    elif described.registry == datacite.NAME:
        for sentence in described.notices:
            yield Remark(Kind.RETRACTED, sentence.rstrip("."), hint)


def _is_told(update: Update, own: Sequence[Notice]) -> bool:
    """Whether a record tells a notice: by its DOI, or by its kind where a DOI is lacking."""
    return any(
        (bool(update.doi) and notice.doi == update.doi)
        or (notice.kind == update.kind and not (notice.doi and update.doi))
        for notice in own
    )


def _as_notice(update: Update) -> Notice:
    return Notice(kind=update.kind, doi=update.doi or None, date=update.date or None)


def _what_to_write(key: str, update: Update, has_some: bool) -> str:
    where = "Add to “notices”" if has_some else "Add behind the section “reference”"
    lines = [] if has_some else ["notices:"]
    lines.append(f"  - kind: {update.kind}")
    if update.doi:
        lines.append(f"    doi: {update.doi}")
    if update.date:
        lines.append(f"    date: {update.date}")
    return "\n".join([f"{where} in records/{key}.yml:", *lines])
