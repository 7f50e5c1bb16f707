"""Templates know only what they are given, and bring no indentation to the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from evidence_map.site.templates import environment


def rendered(folder: Path, template: str, **values: object) -> str:
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "tea.html").write_text(template, "utf-8")
    return environment(folder).get_template("tea.html").render(**values)


def test_indentation_goes_and_words_stay_apart(tmp_path: Path) -> None:
    template = (
        "<ul>\n    {% for cup in cups %}\n    <li>{{ cup }}\n      tea</li>\n    {% endfor %}\n</ul>"
    )
    assert (
        rendered(tmp_path, template, cups=["a", "b"])
        == "<ul>\n <li>a\ntea</li>\n <li>b\ntea</li>\n</ul>"
    )
    assert rendered(tmp_path, "{% if 1 %}a{% endif %}\n    b") == "a b"


def test_what_stands_as_it_is_written_keeps_its_lines(tmp_path: Path) -> None:
    template = "<div>\n  <pre>\n    tea\n{{ text }}</pre>\n  x</div>"
    text = rendered(tmp_path, template, text="  a\n    b")
    assert text == "<div>\n<pre>\n    tea\n  a\n    b</pre>\nx</div>"


def test_a_name_that_is_not_given_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError, match="evidence"):
        rendered(tmp_path, "{{ evidence.meta }}")
