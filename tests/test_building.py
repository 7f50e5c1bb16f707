"""The main job: the whole site or none, and the same site from the same files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evidence_map.building import build
from evidence_map.figures.picture import as_png
from evidence_map.kept_work import PLACE
from evidence_map.site import shell, templates
from evidence_map.site.compiled_templates import CompiledTemplates
from evidence_map.site.shell import ShellError
from tests.reviews import LIGHTHOUSE, REPOSITORY, built


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(LIGHTHOUSE, tmp_path / "review")
    return tmp_path / "review"


def forget_earlier_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next build make everything anew, like one in a process of its own."""
    monkeypatch.setenv(PLACE, "off")
    monkeypatch.setattr(shell, "_LAST", {})
    monkeypatch.setattr(templates, "_COMPILED", CompiledTemplates())
    as_png.cache_clear()


def test_two_builds_give_the_same_bytes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first", "second"):
        forget_earlier_builds(monkeypatch)
        built(root, tmp_path / name)
    built(root, tmp_path / "third")
    first = contents(tmp_path / "first")
    assert contents(tmp_path / "second") == first
    assert contents(tmp_path / "third") == first, "with what the second build left"


def test_an_error_leaves_the_published_site_as_it_was(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    built(root, site)
    before = contents(site)
    record = root / "records" / "example2020.yml"
    record.write_text(record.read_text("utf-8").replace("basis: abstract", "basis: hearsay"), "utf-8")
    result = build(root, site)
    assert not result.published
    assert [problem.code for problem in result.problems] == ["unknown-value"]
    assert contents(site) == before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".site-new")] == []


def test_a_page_that_asks_for_what_does_not_exist_is_named(root: Path, tmp_path: Path) -> None:
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text("# Home\n\n<!-- evidence:hoem -->\n", "utf-8")
    (root / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material}\nplugins: []\n", "utf-8")
    with pytest.raises(ShellError, match=r"“hoem”.*home"):
        build(root, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_written_pages_of_a_review_lie_over_those_of_the_program(root: Path, tmp_path: Path) -> None:
    (root / "docs" / "about").mkdir(parents=True)
    (root / "docs" / "about" / "index.md").write_text("# Our own words\n", "utf-8")
    (root / "mkdocs.yml").write_text("repo_url: https://example.org/tea\n", "utf-8")
    built(root, tmp_path / "site")
    page = (tmp_path / "site/about/index.html").read_text("utf-8")
    assert "Our own words" in page
    assert 'href="https://example.org/tea"' in page, "settings lie over those of the program, too"
    assert 'href="../contribute/"' in page and "Critical appraisal" in page
    assert (tmp_path / "site/index.html").is_file() and (tmp_path / "site/map/index.html").is_file()


@pytest.mark.parametrize("folder", ["docs", "site_templates"])
def test_a_link_to_a_file_of_this_machine_is_not_published(
    folder: str, root: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    if folder == "site_templates":
        shutil.copytree(REPOSITORY / folder, root / folder)
    (root / folder).mkdir(exist_ok=True)
    (root / folder / "leak.txt").symlink_to(secret)
    with pytest.raises(ShellError, match=r"leak\.txt is a link that leads out"):
        build(root, tmp_path / "site")


def test_settings_that_are_none_are_refused(root: Path, tmp_path: Path) -> None:
    (root / "mkdocs.yml").write_text("- repo_url\n", "utf-8")
    with pytest.raises(ShellError, match=r"mkdocs\.yml holds no settings"):
        build(root, tmp_path / "site")
    (root / "mkdocs.yml").write_text("repo_url: [\n", "utf-8")
    with pytest.raises(ShellError, match="MkDocs cannot build the written pages: "):
        build(root, tmp_path / "site")


def test_programs_of_a_review_are_not_run(root: Path, tmp_path: Path) -> None:
    (root / "hook.py").write_text("raise SystemExit('run')", "utf-8")
    (root / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: material}\nplugins: []\nhooks: [hook.py]\n", "utf-8"
    )
    with pytest.raises(ShellError, match="names hooks"):
        build(root, tmp_path / "site")


def test_the_name_of_the_site_is_shown_as_text(root: Path, tmp_path: Path) -> None:
    """Also where it holds a script, or what marks a place in the shell."""
    name = "evidence-page-title <script>alert(1)</script> <!-- evidence:home --> x"
    shown = "evidence-page-title &lt;script&gt;alert(1)&lt;/script&gt; &lt;!-- evidence:home --&gt; x"
    protocol = root / "synthesis" / "protocol.md"
    text = protocol.read_text("utf-8").replace("Lighthouse tea breaks", f"'{name}'")
    protocol.write_text(text, "utf-8")
    built(root, tmp_path / "site")
    for page in ("index.html", "records/example2019/index.html", "about/index.html", "404.html"):
        html = (tmp_path / "site" / page).read_text("utf-8")
        assert "<script>alert" not in html
        assert shown in html


def test_a_broken_configuration_is_told_in_one_sentence(root: Path, tmp_path: Path) -> None:
    (root / "mkdocs.yml").write_text("site_name: x\ntheme: {name: nonsense}\n", "utf-8")
    with pytest.raises(ShellError, match="MkDocs cannot build"):
        build(root, tmp_path / "site")


def test_a_review_without_maps_records_or_studies_builds(tmp_path: Path) -> None:
    root = tmp_path / "new"
    (root / "records").mkdir(parents=True)
    (root / "synthesis").mkdir()
    for name in ("protocol.md", "codebook.yml"):
        shutil.copy(LIGHTHOUSE / "synthesis" / name, root / "synthesis" / name)
    result = built(root, tmp_path / "site")
    assert result.totals["records"] == 0
    assert "No map is defined yet" in (tmp_path / "site/map/index.html").read_text("utf-8")
    assert "There are no records yet" in (tmp_path / "site/records/index.html").read_text("utf-8")
    assert "Nothing is coded yet" in (tmp_path / "site/overview/index.html").read_text("utf-8")


def test_nothing_of_one_review_stands_in_another(lighthouse_site: Path) -> None:
    for file in lighthouse_site.rglob("*.html"):
        text = file.read_text("utf-8").lower()
        assert "harm reduction" not in text, file
        assert "peer worker" not in text, file
