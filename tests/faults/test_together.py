"""Commands that work at the same time."""

from __future__ import annotations

from tests.faults.conftest import Known
from tests.faults.place import Place


def test_two_builds_of_one_site(place: Place, known: Known) -> None:
    """One builds; the other is told to wait, or comes when the first has ended."""
    build = place.command("build")
    ended = place.run_at_once([("build", build, ()), ("build", build, ())], outside=True)
    assert sorted(each.status for each in ended) in ([0, 0], [0, 1]), ended
    for each in ended:
        assert each.status == 0 or "another build of site/ is at work; wait until it ends" in each.said
    assert place.state() == known.after["build"]


def test_two_sites_of_one_review(place: Place, known: Known) -> None:
    """They share the review and the work that is kept between builds."""
    other = place.folder / "out" / "site"
    builds = [place.command("build"), [*place.command("build")[:-1], other]]
    ended = place.run_at_once([("build", each, ()) for each in builds], outside=True)
    assert [each.status for each in ended] == [0, 0], ended
    state = place.state()
    wanted = {name: data for name, data in known.after["build"].items() if name.startswith("site/")}
    assert {name: data for name, data in state.items() if name.startswith("site/")} == wanted
    assert {
        name.removeprefix("out/"): data for name, data in state.items() if name.startswith("out/")
    } == wanted


def test_two_imports_of_one_file(place: Place, known: Known) -> None:
    """No reference is lost or written over, and none stands there twice."""
    command = place.command("import")
    ended = place.run_at_once([("import", command, ()), ("import", command, ())], outside=True)
    assert 0 in [each.status for each in ended], ended
    for each in ended:
        assert each.status == 0 or "another command is filling this review" in each.said
    assert place.state() == known.after["import"]


def test_the_layout_is_put_in_order_twice_at_once(place: Place, known: Known) -> None:
    command = place.command("format")
    place.run_at_once([("format", command, ()), ("format", command, ())], outside=True)
    assert place.state() == known.after["format"]
