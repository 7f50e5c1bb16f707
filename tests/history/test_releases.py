"""What changed is told from tags, from days, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_map.history.releases import Release, releases
from tests.folders import ReviewFolder
from tests.history.repositories import Historic
from tests.reviews import record_keys

FINDING = "synthesis/findings/company-matters.md"
SHORT = "records/example2020.yml"


@pytest.fixture
def historic(review: ReviewFolder) -> Historic:
    """The small review with a first release."""
    found = Historic(review)
    found.begin()
    found.commit("2020-01-01T12:00:00+00:00")
    return found


def told(release: Release) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {change.name: (change.what.value, change.details) for change in release.changes}


def test_a_folder_without_history_tells_nothing(review: ReviewFolder) -> None:
    assert releases(review.root) == []


def test_a_repository_without_a_commit_tells_nothing(review: ReviewFolder) -> None:
    Historic(review).begin()
    assert releases(review.root) == []


def test_without_git_nothing_is_told(historic: Historic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert releases(historic.review.root) == []


def test_a_shortened_copy_tells_nothing(historic: Historic, tmp_path: Path) -> None:
    historic.review.edit(SHORT, "Four cups", "Five cups")
    historic.commit("2020-02-01T12:00:00+00:00")
    historic.git(
        "clone", "--quiet", "--depth", "1", f"file://{historic.review.root}", f"{tmp_path / 'copy'}"
    )
    assert releases(tmp_path / "copy") == []


def test_the_first_version_adds_everything(historic: Historic) -> None:
    [first] = releases(historic.review.root)
    assert (first.name, first.date, first.is_release) == ("2020-01-01", "2020-01-01", False)
    assert told(first)["example2020"] == ("added", ("included", "1 finding"))
    assert told(first)["bean2018"] == ("added", ("excluded",))
    assert told(first)["company-matters"] == ("added", ("confidence: low",))
    records = record_keys(historic.review.root)
    findings = {file.stem for file in (historic.review.root / "synthesis/findings").glob("*.md")}
    assert set(told(first)) - findings == {name for name in records if "." not in name}
    assert findings < set(told(first))


def test_each_day_is_a_version_where_there_are_no_tags(historic: Historic) -> None:
    historic.review.edit(SHORT, "Four cups", "Five cups")
    historic.commit("2020-02-01T09:00:00+00:00")
    historic.review.edit(SHORT, "Five cups", "Six cups")
    historic.commit("2020-02-01T23:30:00+00:00")
    newest, first = releases(historic.review.root)
    assert (newest.name, first.name) == ("2020-02-01", "2020-01-01")
    assert told(newest) == {"example2020": ("changed", ("1 finding changed",))}


def test_days_are_those_of_universal_time(historic: Historic) -> None:
    historic.review.edit(SHORT, "Four cups", "Five cups")
    historic.commit("2020-02-01T23:30:00-05:00")
    assert releases(historic.review.root)[0].name == "2020-02-02"


def test_tags_are_the_versions_where_there_are_some(historic: Historic) -> None:
    historic.tag("v1", "2020-01-01T12:00:00+00:00")
    historic.review.edit(FINDING, "level: low", "level: very low")
    historic.review.edit(FINDING, "is better in company", "is far better in company")
    historic.commit("2020-02-01T12:00:00+00:00")
    historic.tag("v2", "2020-03-01T12:00:00+00:00", "The second release")
    newest, first = releases(historic.review.root)
    assert (newest.name, newest.date, newest.note) == ("v2", "2020-03-01", "The second release")
    assert (first.name, first.note) == ("v1", "")
    assert told(newest) == {
        "company-matters": ("changed", ("confidence: low → very low", "statement changed"))
    }


def test_a_tag_of_another_branch_is_no_release(historic: Historic) -> None:
    historic.git("checkout", "--quiet", "-b", "attempt")
    historic.review.edit(SHORT, "Four cups", "Five cups")
    historic.commit("2020-02-01T12:00:00+00:00")
    historic.tag("attempt-1", "2020-02-01T12:00:00+00:00")
    historic.git("checkout", "--quiet", "main")
    assert [release.name for release in releases(historic.review.root)] == ["2020-01-01"]


def test_what_is_not_committed_awaits_the_next_release(historic: Historic) -> None:
    historic.tag("v1", "2020-01-01T12:00:00+00:00")
    (historic.review.root / "records" / "bean2018.yml").unlink()
    historic.review.write("records/new2021.yml", historic.review.read(SHORT))
    newest, first = releases(historic.review.root)
    assert (newest.name, newest.date, newest.is_release) == ("", "", False)
    assert told(newest) == {
        "bean2018": ("removed", ()),
        "new2021": ("added", ("included", "1 finding")),
    }
    assert first.name == "v1"


def test_layout_and_comments_are_no_change(historic: Historic) -> None:
    text = historic.review.read(SHORT)
    historic.review.write(SHORT, "# A comment\n" + text.replace("[keeper]", "[ keeper ]"))
    assert [release.name for release in releases(historic.review.root)] == ["2020-01-01"]


def test_a_changed_record_says_what_changed(historic: Historic) -> None:
    historic.review.edit(SHORT, "decision: included", "decision: awaiting")
    historic.review.edit(SHORT, "size: not reported", "size: 4")
    historic.review.edit(SHORT, "id: cups", "id: mugs")
    [newest, _] = releases(historic.review.root)
    assert told(newest)["example2020"] == (
        "changed",
        (
            "included → awaiting",
            "1 finding added",
            "1 finding removed",
            "sections changed: screening, sample",
        ),
    )


def test_a_review_in_a_part_of_a_repository(historic: Historic, tmp_path: Path) -> None:
    """Paths are those from the review's folder, wherever it lies."""
    whole = Historic(ReviewFolder(tmp_path / "whole"))
    (tmp_path / "whole").mkdir()
    historic.review.root.rename(tmp_path / "whole" / "reviews")
    (tmp_path / "whole" / "reviews" / ".git").rename(tmp_path / "old-git")
    whole.begin()
    whole.commit("2021-01-01T12:00:00+00:00")
    [first] = releases(tmp_path / "whole" / "reviews")
    assert told(first)["example2020"][0] == "added"


def test_an_unreadable_file_of_old_is_told_by_its_name(historic: Historic) -> None:
    historic.review.write("records/old2000.yml", b"\xff\xfe: [\n")
    historic.commit("2020-02-01T12:00:00+00:00")
    newest = releases(historic.review.root)[0]
    assert told(newest) == {"old2000": ("added", ())}


def test_names_with_spaces_and_accents(historic: Historic) -> None:
    historic.review.write("records/Tée 1.yml", historic.review.read(SHORT))
    historic.commit("2020-02-01T12:00:00+00:00")
    assert set(told(releases(historic.review.root)[0])) == {"Tée 1"}
