"""The one file for offline use: every module, style and file that the map needs is in it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path, PurePosixPath

from evidence_map.site.bare_pages import BarePages
from evidence_map.site.evidence import Evidence
from evidence_map.site.live.offline import import_map, inlined_data, inlined_styles
from evidence_map.site.live.writing import live_data
from evidence_map.site.pages import Pages
from tests.reviews import REPOSITORY

SCRIPTS = REPOSITORY / "site_templates" / "js"
STATIC = re.compile(
    r"""^(?:import\b|export\s*[{*])[^;"']*?\bfrom\s*["']([^"']+)["'] | ^import\s*["']([^"']+)["']""",
    re.MULTILINE | re.VERBOSE,
)
LAZY = re.compile(r"""^(?!\s*(?:\*|//|/\*)).*?(?<!\{)\bimport\(\s*["'`]([^"'`]+)["'`]""", re.MULTILINE)


def imports_of(module: str) -> list[str]:
    """Return what a module imports before it runs."""
    return [one or other for one, other in STATIC.findall(module)]


def modules_in(written: str) -> dict[str, str]:
    """Return the text of each module in an import map by the name under which it is imported."""
    imports = json.loads(written)["imports"]
    return {
        name: base64.b64decode(address.removeprefix("data:text/javascript;base64,")).decode()
        for name, address in imports.items()
    }


def test_every_import_is_there(tmp_path: Path) -> None:
    modules = modules_in(import_map(SCRIPTS))
    assert "evidence-map/map.js" in modules
    for name, text in modules.items():
        imported = imports_of(text)
        assert set(imported) <= set(modules), name
        # Nothing is left that a page without a site could not find.
        assert not [each for each in imported if each.startswith(".")], name


def test_the_modules_are_those_that_the_map_imports() -> None:
    """Found anew here, by following the imports of the files themselves."""
    reached: set[Path] = set()
    waiting = [SCRIPTS / "map.js"]
    while waiting:
        module = waiting.pop()
        if module in reached:
            continue
        reached.add(module)
        text = module.read_text("utf-8")
        waiting += [(module.parent / each).resolve() for each in imports_of(text)]
    wanted = {f"evidence-map/{module.relative_to(SCRIPTS).as_posix()}" for module in reached}
    assert set(modules_in(import_map(SCRIPTS))) == wanted


def test_modules_of_any_form_of_import(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "map.js").write_text(
        'import {\n  a,\n  b,\n} from "./live/a.js";\nexport * from "./live/b.js";\n'
        'const later = () => import("./live/later.js");\n'
        "const text = 'import { a } from \"./nowhere.js\";';\n",
        "utf-8",
    )
    (tmp_path / "live" / "a.js").write_text('import { c } from "../c.js";\n', "utf-8")
    (tmp_path / "live" / "b.js").write_text('import { a } from "./a.js";\n// “é” </script>\n', "utf-8")
    (tmp_path / "c.js").write_text("export const c = 1;\n", "utf-8")
    imports = import_map(tmp_path)
    modules = modules_in(imports)
    assert sorted(modules) == [
        "evidence-map/c.js",
        "evidence-map/live/a.js",
        "evidence-map/live/b.js",
        "evidence-map/map.js",
    ]
    assert 'from "evidence-map/c.js"' in modules["evidence-map/live/a.js"]
    assert 'from "evidence-map/live/a.js"' in modules["evidence-map/live/b.js"]
    # Nothing in a module can end the element that it stands in.
    assert "</" not in imports


def test_data_come_back_as_they_were() -> None:
    files = {"data/a.json": '{"a": "</script>é"}'.encode(), "data/b.bin": gzip.compress(b"\0\1\2")}
    page = str(inlined_data(files))
    found = dict(re.findall(r'id="([^"]+)">([^<]*)</script>', page))
    back = {path: gzip.decompress(base64.b64decode(text)) for path, text in found.items()}
    assert back == {"data/a.json": files["data/a.json"], "data/b.bin": b"\0\1\2"}
    # What is packed already is not packed twice.
    assert base64.b64decode(found["data/b.bin"]) == files["data/b.bin"]
    assert str(inlined_data(files)) == page


def test_the_whole_file_asks_for_nothing(kites: Evidence) -> None:
    templates = REPOSITORY / "site_templates"
    pages = Pages(kites, templates, "0")
    data = live_data(kites, pages.maps)
    page = BarePages(pages, templates).offline(data)
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"""<(?:link|script|img|iframe)\b[^>]*(?:src|href)=["'](?!data:|#)""", markup)
    styles = str(inlined_styles(sorted((templates / "css").glob("*.css"))))
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", styles)
    for path, content in data.items():
        found = re.search(rf'id="{re.escape(path)}">([^<]*)</script>', page)
        assert found is not None, path
        plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        assert gzip.decompress(base64.b64decode(found[1])) == plain, path


def test_what_is_loaded_later_is_named_from_a_place_that_a_site_has() -> None:
    """A module that is imported only when needed is a file of the site, too."""
    for module in SCRIPTS.rglob("*.js"):
        for each in LAZY.findall(module.read_text("utf-8")):
            place = PurePosixPath(each)
            if "pagefind" not in place.parts and "${" not in each:
                assert (module.parent / each).resolve().is_file(), (module.name, each)
