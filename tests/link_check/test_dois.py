"""What the registries say about the DOIs of a review, and what is made of it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest

from evidence_map.link_check.dois import DoiCheck
from evidence_map.link_check.outcome import Checked, Kind
from evidence_map.link_check.pointers import PointedDoi
from evidence_map.model.record import Record
from evidence_map.problems import Position
from evidence_map.registries.client import Client
from evidence_map.review import Located
from evidence_map.yaml_source import Document, Node
from tests.registries.conftest import addresses
from tests.registries.papers import DOI, datacite, dataset, listed, work
from tests.registries.server import Registries, Reply, as_json

BOTH = ("dois", "retractions")
PLACE = Position(PurePosixPath("records/muster2021.yml"), 9, 8)
DOWN = Reply(b"Internal Server Error", 500, "text/plain")
OWN: dict[str, Any] = {
    "title": "Tea and company at 10⁶ lamps: what keepers & cats say",
    "authors": [{"family": "Muster", "given": "C. D."}],
    "issued": "2021-03-04",
}
REGISTERED = as_json({"responseCode": 1, "handle": DOI, "values": []})
UNREGISTERED = as_json({"responseCode": 100, "handle": DOI}, status=404)


def pointed(doi: str = DOI, *, notices: object = None, **reference: Any) -> PointedDoi:
    """Return a DOI that is a record’s own."""
    fields: dict[str, Any] = {
        "reference": OWN | {"doi": doi} | reference,
        "screening": {"decision": "awaiting"},
    }
    if notices is not None:
        fields["notices"] = notices
    document = Document(PLACE.path, "", Node(1, 1, fields={}))
    return PointedDoi(doi, [PLACE], {"muster2021": Located(Record.model_validate(fields), document)})


def retraction(kind: str = "retraction", doi: str = "10.5555/gone", **more: Any) -> dict[str, Any]:
    updated = {"date-parts": [[2022, 1, 5]]}
    return {"DOI": doi, "type": kind, "label": kind, "updated": updated} | more


class Asking:
    """Asks the server of the tests."""

    def __init__(self, client: Client, registries: Registries) -> None:
        self.client = client
        self.registries = registries

    def knows(self, *works: dict[str, Any]) -> None:
        """Let Crossref list *works*, and no notices from the other end."""
        dois = ",".join(f"doi:{each['DOI']}" for each in works)
        self.registries.tell(f"/crossref/works?{dois}", listed(*works))
        self.registries.tell("/crossref/works", listed())

    def all(self, *dois: PointedDoi, parts: tuple[str, ...] = BOTH) -> list[Checked]:
        check = DoiCheck(self.client, addresses(self.registries), parts)
        return [checked for some in check.check(dois) for checked in some]

    def one(
        self, doi: PointedDoi | None = None, parts: tuple[str, ...] = BOTH
    ) -> list[tuple[Kind, str]]:
        [checked] = self.all(doi or pointed(), parts=parts)
        assert checked.is_doi and checked.places == (PLACE,)
        return [(remark.kind, remark.message) for remark in checked.remarks]

    def paths(self) -> list[str]:
        return [asked.path for asked in self.registries.asked]


@pytest.fixture
def asking(client: Client, registries: Registries) -> Asking:
    return Asking(client, registries)


def test_a_registered_doi_of_the_right_paper_is_well(asking: Asking) -> None:
    asking.knows(work())
    assert asking.one() == []
    assert asking.paths() == ["/crossref/works", "/crossref/works"]


def test_without_retractions_notices_are_not_asked_for(asking: Asking) -> None:
    asking.knows(work(**{"updated-by": [retraction()]}))
    assert asking.one(parts=("dois",)) == []
    assert asking.paths() == ["/crossref/works"]


def test_a_doi_that_does_not_exist(asking: Asking, registries: Registries) -> None:
    asking.knows(work())
    registries.tell("/doi/api/handles/10.5555/none", UNREGISTERED)
    found = asking.one(pointed("10.5555/none"))
    assert found == [(Kind.BROKEN, "there is no such DOI")]


def test_a_doi_of_another_paper(asking: Asking) -> None:
    asking.knows(work(title=["Income of ferrymen"], subtitle=[], author=[]))
    found = asking.one()
    assert found == [(Kind.MISMATCH, "Crossref has it for “Income of ferrymen” (2021)")]
    assert asking.one(parts=("retractions",)) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("retraction", Kind.RETRACTED),
        ("partial_retraction", Kind.RETRACTED),
        ("withdrawal", Kind.RETRACTED),
        ("removal", Kind.RETRACTED),
        ("expression_of_concern", Kind.RETRACTED),
        ("correction", Kind.ADVICE),
        ("erratum", Kind.ADVICE),
    ],
)
def test_notices_that_the_record_does_not_tell(asking: Asking, kind: str, expected: Kind) -> None:
    asking.knows(work(**{"updated-by": [retraction(kind)]}))
    [(found, message)] = asking.one()
    assert found is expected
    assert message.endswith("(DOI 10.5555/gone, 2022-01-05), says Crossref")


def test_what_to_write_into_the_record_is_told(asking: Asking) -> None:
    asking.knows(work(**{"updated-by": [retraction(source="retraction-watch")]}))
    [checked] = asking.all(pointed())
    [remark] = checked.remarks
    assert remark.message.endswith("says Retraction Watch")
    assert remark.hint == (
        "Add behind the section “reference” in records/muster2021.yml:\n"
        "notices:\n"
        "  - kind: retraction\n"
        "    doi: 10.5555/gone\n"
        "    date: 2022-01-05"
    )
    assert checked.outcome == "well"


@pytest.mark.parametrize(
    "own",
    [
        {"kind": "retraction", "doi": "10.5555/gone"},
        {"kind": "withdrawal", "doi": "10.5555/GONE"},
        {"kind": "retraction"},
    ],
)
def test_a_notice_that_the_record_tells_is_no_news(asking: Asking, own: dict[str, str]) -> None:
    asking.knows(work(**{"updated-by": [retraction()]}))
    assert asking.one(pointed(notices=[own])) == []


def test_a_further_notice_is_news_only_if_it_is_graver(asking: Asking) -> None:
    asking.knows(work(**{"updated-by": [retraction(), retraction("correction", "10.5555/c")]}))
    concern = [{"kind": "expression of concern", "doi": "10.5555/e"}]
    kinds = [kind for kind, _ in asking.one(pointed(notices=concern))]
    assert sorted(kinds) == [Kind.RETRACTED, Kind.ADVICE]
    withdrawn = [{"kind": "withdrawal", "doi": "10.5555/w"}]
    assert {kind for kind, _ in asking.one(pointed(notices=withdrawn))} == {Kind.ADVICE}


def test_a_retraction_that_was_lifted_is_not_grave(asking: Asking) -> None:
    lifted = retraction("reinstatement", "10.5555/again", updated={"date-parts": [[2023]]})
    asking.knows(work(**{"updated-by": [lifted, retraction()]}))
    assert [kind for kind, _ in asking.one()] == [Kind.ADVICE, Kind.ADVICE]


def test_a_notice_that_only_names_the_paper_from_its_end(asking: Asking, registries: Registries) -> None:
    asking.knows(work())
    notice = {"DOI": "10.5555/gone", "update-to": [retraction(doi=DOI)]}
    registries.tell(f"/crossref/works?updates:{DOI}", listed(notice))
    [(kind, message)] = asking.one()
    assert kind is Kind.RETRACTED and "(DOI 10.5555/gone, 2022-01-05)" in message


def test_a_title_may_be_all_that_tells(asking: Asking) -> None:
    asking.knows(work(title=["RETRACTED: Tea and company at 10⁶ lamps"]))
    [(kind, message)] = asking.one()
    assert kind is Kind.RETRACTED
    assert message.startswith("Crossref calls it “RETRACTED: Tea and company")
    assert asking.one(pointed(notices=[{"kind": "retraction"}])) == []


def test_a_doi_of_datacite(asking: Asking, registries: Registries) -> None:
    asking.knows(work())
    registries.tell("/doi/api/handles/10.5555/cats.2", REGISTERED)
    cats = {"title": "Cats and kettles: a first look", "issued": "2022", "authors": "not reported"}
    assert asking.one(pointed("10.5555/cats.2", **cats)) == []
    assert asking.one(pointed("10.5555/cats.2")) == [
        (Kind.MISMATCH, "DataCite has it for “Cats and kettles: a first look” (2022)")
    ]
    gone = dataset(dates=[{"date": "2023", "dateType": "Withdrawn"}])
    registries.tell("/datacite/dois/10.5555/cats.2", datacite(gone))
    fresh = Asking(Client(patience=asking.client.patience), registries)
    found = fresh.one(pointed("10.5555/cats.2", **cats))
    assert found == [(Kind.RETRACTED, "It was withdrawn (2023), says DataCite")]


def test_a_doi_of_another_agency_exists_but_is_not_compared(
    asking: Asking, registries: Registries
) -> None:
    asking.knows(work())
    registries.tell("/doi/api/handles/10.5555/jp", REGISTERED)
    registries.tell("/doi/ra/10.5555/jp", as_json([{"DOI": "10.5555/jp", "RA": "JaLC"}]))
    assert asking.one(pointed("10.5555/jp")) == [
        (Kind.UNCHECKED, "it is registered, but with JaLC: title and notices could not be looked up")
    ]


def test_a_doi_that_crossref_has_under_another_one(asking: Asking, registries: Registries) -> None:
    asking.knows(work())
    registries.tell("/doi/api/handles/10.5555/alias", REGISTERED)
    registries.tell("/doi/ra/10.5555/alias", as_json([{"DOI": "10.5555/alias", "RA": "Crossref"}]))
    registries.tell("/crossref/works/10.5555/alias", as_json({"message": work()}))
    assert asking.one(pointed("10.5555/alias")) == []


def test_many_are_asked_for_in_few_requests(asking: Asking, registries: Registries) -> None:
    dois = [f"10.5555/{number:02}" for number in range(45)]
    for start in (0, 20, 40):
        some = dois[start : start + 20]
        words = ",".join(f"doi:{doi}" for doi in some)
        registries.tell(f"/crossref/works?{words}", listed(*(work(DOI=doi) for doi in some)))
    registries.tell("/crossref/works", listed())
    checked = asking.all(*(pointed(doi) for doi in dois))
    assert [each.subject for each in checked] == dois
    assert not any(each.remarks for each in checked)
    assert len(registries.asked) == 6


def test_a_comma_in_a_doi_does_not_cut_the_question(asking: Asking, registries: Registries) -> None:
    asking.knows(work())
    doi = "10.5555/a,b"
    registries.tell(f"/crossref/works/{doi}", as_json({"message": work(DOI=doi)}))
    assert [each.remarks for each in asking.all(pointed(), pointed(doi))] == [(), ()]
    assert all(doi not in asked.query.get("filter", "") for asked in registries.asked)


def test_a_doi_that_spoils_the_question_does_not_spoil_the_others(
    asking: Asking, registries: Registries
) -> None:
    registries.tell("/crossref/works", as_json({"status": "failed"}, status=400))
    registries.tell("/doi/api/handles/10.5555/bad", UNREGISTERED)
    found = asking.all(pointed(), pointed("10.5555/bad"), parts=("dois",))
    assert [[remark.kind for remark in each.remarks] for each in found] == [[], [Kind.BROKEN]]


def test_where_crossref_is_down_nothing_is_called_broken(asking: Asking, registries: Registries) -> None:
    registries.tell("/crossref/works", DOWN)
    registries.tell(f"/doi/api/handles/{DOI}", REGISTERED)
    registries.tell("/doi/api/handles/10.5555/none", UNREGISTERED)
    first, second = asking.all(pointed(), pointed("10.5555/none"))
    assert [(remark.kind, remark.message) for remark in first.remarks] == [
        (Kind.UNCHECKED, "Crossref does not work at the moment (status 500)")
    ]
    assert [remark.kind for remark in second.remarks] == [Kind.BROKEN]


@pytest.mark.parametrize(
    "reply", [DOWN, as_json({"tea": 1}), as_json([]), Reply(b"<html>", kind="text/html"), Reply(b"{")]
)
def test_where_doi_org_does_not_answer_nothing_is_called_broken(
    asking: Asking, registries: Registries, reply: Reply
) -> None:
    asking.knows(work())
    registries.tell("/doi/api/handles/10.5555/none", reply)
    [(kind, message)] = asking.one(pointed("10.5555/none"))
    assert kind is Kind.UNCHECKED and message.startswith("doi.org")


def test_half_an_answer_about_notices_is_told(asking: Asking, registries: Registries) -> None:
    asking.knows(work())
    registries.tell(f"/crossref/works?updates:{DOI}", Reply(b'{"message": {"items": [', 200))
    [(kind, message)] = asking.one()
    assert kind is Kind.UNCHECKED and message.startswith("notices were asked for in part only: Crossref")


def test_hostile_answers_are_only_text(asking: Asking) -> None:
    asking.knows(work(title=["\x1b[2J@everyone <script>`[x](y)", 7, None], subtitle={}, author="x"))
    [(kind, message)] = asking.one()
    assert kind is Kind.MISMATCH and "\x1b" not in message
