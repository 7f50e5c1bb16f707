"""The command line: what it prints, what it returns, and that nothing a contributor sends breaks it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_map import cli
from evidence_map.cli import main
from tests.folders import ReviewFolder
from tests.mistakes import FULL, PLAN, SHORT
from tests.reviews import REPOSITORY

SECONDS = 20
MEGABYTES = 300
MEASURED = """
import atexit, re, runpy, sys

def report():
    # What getrusage tells begins with the peak of the process that started this one.
    status = open("/proc/self/status").read()
    sys.stderr.write("\\nPEAK " + re.search(r"VmHWM:\\s+(\\d+)", status)[1])

atexit.register(report)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run(review: ReviewFolder, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--root", str(review.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@dataclass(frozen=True)
class Finished:
    """A command that ran as a program of its own."""

    status: int
    output: str
    megabytes: float


def program(*arguments: str, cwd: Path = REPOSITORY, **environment: str) -> Finished:
    """Run build.py as people do, in a process whose memory is measured and limited."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(REPOSITORY / "build.py"), *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        text=True,
        errors="backslashreplace",
        timeout=SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000)),
    )
    output, _, peak = (done.stdout + done.stderr).rpartition("\nPEAK ")
    return Finished(done.returncode, output, int(peak) / 1024)


# check


def test_check_says_that_nothing_is_wrong(review: ReviewFolder) -> None:
    result = run(review, "check")
    assert result.exit_code == 0
    assert result.output == "Nothing is wrong in the review.\n"


def test_check_shows_place_line_caret_hint_and_tally(review: ReviewFolder) -> None:
    review.edit(PLAN, "issued: 2020", "issued: 2020-13")
    result = run(review, "check")
    assert result.exit_code == 1
    assert result.output == (
        "records/plan2020.yml:3:11: error[bad-date]: “issued”: “2020-13” is not a possible date\n"
        "  3 |   issued: 2020-13\n"
        "    |           ^\n"
        "  hint: Write a year, a month or a day: 2024, 2024-10 or 2024-10-28.\n"
        "\n"
        "1 error, 0 warnings\n"
    )


def test_a_warning_does_not_fail_the_check(review: ReviewFolder) -> None:
    review.edit(SHORT, "basis: abstract", "basis: title")
    result = run(review, "check")
    assert result.exit_code == 0 and "warning[findings-from-title]" in result.output


def test_check_of_some_files_tells_theirs_alone(review: ReviewFolder) -> None:
    review.edit(PLAN, "issued: 2020", "issued: x")
    review.edit(SHORT, "basis: abstract", "basis: x")
    for path in (PLAN, str(review.root / PLAN)):
        result = run(review, "check", path)
        assert result.exit_code == 1
        assert "plan2020" in result.output and "example2020" not in result.output
    assert run(review, "check", FULL).output == "Nothing is wrong in these files.\n"
    # The folder in which the tests run has records of its own; those of the review are meant.
    assert "2 errors" in run(review, "check", "records").output


@pytest.mark.parametrize("form", ["text", "github", "json", "markdown"])
def test_check_writes_every_form(review: ReviewFolder, form: str) -> None:
    review.edit(PLAN, "issued: 2020", "issued: x")
    result = run(review, "check", "--format", form)
    assert result.exit_code == 1 and "bad-date" in result.output
    if form == "json":
        assert json.loads(result.output)[0]["line"] == 3


def test_github_gets_the_whole_table_in_the_summary(
    review: ReviewFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review.edit(PLAN, "issued: 2020", "issued: x")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    run(review, "check", "--format", "github")
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert summary.startswith("### Check: 1 error, 0 warnings") and "`bad-date`" in summary


# wrong use


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "There is no command “chek”. Did you mean “check”?"),
        (["check", "--fromat", "json"], "--format"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["check", "records/none.yml"], "There is no file records/none.yml."),
        (["check", "/etc/passwd"], "does not belong to the review"),
        (["check", "records/../../../../../../../../../etc/passwd"], "does not belong to the review"),
        (["format", "/etc/passwd"], "does not belong to the review"),
        (["--root", "/nowhere", "check"], "There is no folder"),
        (["check", "--root", "/etc"], "is not a review"),
    ],
)
def test_wrong_use_is_told_and_returns_2(
    review: ReviewFolder, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(review.root)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, result.output
    assert words in result.output


# format


def test_format_rewrites_what_is_out_of_order_and_says_so(review: ReviewFolder) -> None:
    run(review, "format")
    assert run(review, "format", "--check").output == "0 files to rewrite.\n"
    review.edit(PLAN, "  issued: 2020\n", "")
    text = review.read(PLAN)
    review.write(PLAN, text.replace("  title:", "  issued: 2020 # year\n  title:").replace("\n", "\r\n"))
    checked = run(review, "format", "--check")
    assert (checked.exit_code, checked.output) == (1, f"{PLAN}: would change\n1 file to rewrite.\n")
    assert "\r\n" in (review.root / PLAN).read_bytes().decode()
    written = run(review, "format", PLAN)
    assert (written.exit_code, written.output) == (0, f"{PLAN}: rewritten\n1 file rewritten.\n")
    assert (review.root / PLAN).read_bytes().decode() == (
        "reference:\n  title: Protocol of a tea trial\n  authors:\n    - {family: Plan, given: P.}\n"
        "  issued: 2020 # year\n\nnotices:\n  - kind: retraction\n    doi: 10.5555/notice.1\n"
        "    date: 2021-06\n    note: The journal says that nobody had agreed to the trial.\n"
        "\nscreening:\n  decision: ongoing\n  found_by: [letters]\n"
    )
    assert run(review, "check").exit_code == 0
    assert not list((review.root / "records").glob(".*"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [\n", "the file has problems"),
        (b"a: \xff\n", "not UTF-8"),
        (b"", "the file is empty"),
        (b"a: " + b"x" * 1_000_001, "at most 1 MB"),
    ],
)
def test_format_leaves_alone_what_it_cannot_rewrite(
    review: ReviewFolder, content: bytes, words: str
) -> None:
    review.write(PLAN, content)
    result = run(review, "format")
    assert result.exit_code == 1
    assert f"{PLAN}: left as it is: " in result.output and words in result.output
    assert (review.root / PLAN).read_bytes() == content


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_format_touches_nothing_but_files(review: ReviewFolder, kind: str) -> None:
    file = review.root / "records" / "odd2020.yml"
    outside = review.root.parent / "outside.yml"
    outside.write_text("screening: {decision: ongoing}\nreference: {title: T}\n")
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "link":
        file.symlink_to(outside)
    else:
        file.mkdir()
    result = run(review, "format")
    assert result.exit_code == 1 and "records/odd2020.yml: left as it is: " in result.output
    assert outside.read_text().startswith("screening") and file.is_symlink() == (kind == "link")


# schema


def test_schema_writes_and_checks(review: ReviewFolder) -> None:
    stale = run(review, "schema", "--check")
    assert stale.exit_code == 1 and "python build.py schema" in stale.output
    assert "record.json" in run(review, "schema").output
    assert run(review, "schema", "--check").output == "The schemas are up to date.\n"
    assert run(review, "schema").output == "The schemas are up to date.\n"


def test_schema_needs_a_codebook(review: ReviewFolder) -> None:
    review.write("synthesis/codebook.yml", "dimensions: [\n")
    result = run(review, "schema")
    assert result.exit_code == 1 and "no schema was written" in result.output
    assert "synthesis/codebook.yml:1:13: error[yaml-syntax]" in result.output


# whatever a contributor sends

RECORD = "records/sent2024.yml"


def laughs() -> bytes:
    lines = ["a: &a [lol]"]
    for above, name in zip("abcdefghi", "bcdefghij", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{above}'] * 10)}]")
    return "\n".join(lines).encode()


CONTENTS: dict[str, tuple[bytes, str]] = {
    "broken UTF-8": (b"reference:\n  title: Caf\xe9\n", "2:13: error[bad-encoding]"),
    "UTF-16": ("reference:\n".encode("utf-16"), "1:1: error[bad-encoding]"),
    "a NUL byte": (b"reference:\n  title: a\x00b\n", "2:11: error[bad-character]"),
    "tabs as indentation": (b"reference:\n\ttitle: a\n", "2:1: error[yaml-syntax]"),
    "an empty file": (b"", "1:1: error[empty-file]"),
    "only comments": (b"# one\n# two\n", "1:1: error[empty-file]"),
    "a list at the top": (b"- a\n", "1:1: error[not-fields]"),
    "a scalar at the top": (b"a\n", "1:1: error[not-fields]"),
    "duplicate keys": (b"reference: {title: T}\nreference: {title: U}\n", "2:1: error[duplicate-key]"),
    "a billion laughs": (laughs(), "1:4: error[anchor-or-alias]"),
    "a tag": (b"reference: !!python/object/apply:os.system [id]\n", "1:12: error[tag]"),
    "a flow nested 1000 deep": (b"a: " + b"[" * 1000 + b"]" * 1000, "1:27: error[too-deep]"),
    "a flow nested 300,000 deep": (b"a: " + b"{a: " * 200_000, "error[too-deep]"),
    "blocks nested 1000 deep": (
        b"".join(b" " * n + b"a:\n" for n in range(1000)),
        "25:25: error[too-deep]",
    ),
    "dashes nested 1000 deep": (b"a:\n  " + b"- " * 1000 + b"x\n", "2:49: error[too-deep]"),
    "50 MB": (b"a: " + b"x" * 50_000_000, "1:1: error[file-too-large]: the file has 50.0 MB"),
    "a line of 900,000 characters": (
        b"reference: {title: " + b"x" * 900_000 + b"}\n",
        "1:20: error[wrong-length]",
    ),
    "100,000 items": (
        b"limitations:\n" + b"".join(b"- %x\n" % n for n in range(100_000)),
        "2:1: error[wrong-length]: “limitations” is too long: at most 5,000 entries",
    ),
    "100,000 wrong items": (
        b"findings:\n" + b"".join(b"- %x\n" % n for n in range(100_000)),
        "2:1: error[wrong-length]: “findings” is too long: at most 5,000 entries",
    ),
    "100,000 fields": (b"".join(b"a%d: 1\n" % n for n in range(90_000)), "error[too-many-problems]"),
    "100,000 wrong items in a sound record": (
        b"reference: {title: T}\nscreening: {decision: awaiting}\nfindings:\n" + b"- a\n" * 100_000,
        "4:1: error[wrong-length]",
    ),
    "90,000 unknown fields in a sound record": (
        b"reference: {title: T}\nscreening: {decision: awaiting}\n"
        + b"".join(b"a%d: 1\n" % n for n in range(90_000)),
        "error[too-many-problems]",
    ),
    "5,000 wrong items in a sound record": (
        b"reference: {title: T}\nscreening: {decision: awaiting}\nfindings:\n" + b"- a\n" * 5_000,
        "error[too-many-problems]",
    ),
    "4,000 terms": (
        b"reference: {title: T}\nscreening: {decision: awaiting}\nsample:\n  roles:\n"
        + b"".join(b"  - %x\n" % n for n in range(4_000)),
        "5:3: error[wrong-length]: “roles” is too long: at most 200 entries",
    ),
    "50,000 dimensions": (
        b"reference: {title: T}\nscreening: {decision: awaiting}\ncodes:\n"
        + b"".join(b"  d%x: [a]\n" % n for n in range(50_000)),
        "4:3: error[wrong-length]: “codes” is too long: at most 200 entries",
    ),
    "a merge key": (b"<<: {title: T}\nreference: {title: T}\n", "1:1: error[unknown-field]"),
    "a complex key": (b"? [a]\n: b\n", "1:3: error[yaml-syntax]"),
    "two documents": (b"reference: {title: T}\n---\nreference: {title: T}\n", "2:1: error[yaml-syntax]"),
    "a directive": (b"%TAG ! tag:x,2000:\n---\na: !b c\n", "3:4: error[tag]"),
    "U+2028": ("reference: {title: a\u2028b}\n".encode(), "1:21: error[bad-character]"),
    "bidi controls": ("reference: {title: a\u202eb}\n".encode(), "1:21: error[bad-character]"),
    "an escaped control character": (
        b'reference: {title: "a\\x1b[31mb"}\n',
        "1:20: error[bad-character]",
    ),
    "Windows line ends and a byte order mark": (
        b"\xef\xbb\xbfreference:\r\n  titel: T\r\n",
        "2:3: error[unknown-field]",
    ),
    "a misspelt field": (b"refrence: {title: T}\n", "hint: Did you mean “reference”?"),
    "a number that is none": (b"sample:\n  size: .nan\n", "2:9: error[wrong-type]"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_any_content_gets_a_located_message(review: ReviewFolder, name: str) -> None:
    content, words = CONTENTS[name]
    review.write(RECORD, content)
    result = run(review, "check", RECORD)
    assert result.exit_code == 1, result.output
    assert f"{RECORD}:" in result.output and words in result.output, result.output
    assert "Traceback" not in result.output and "mistake of the program" not in result.output
    assert "\x1b" not in result.output and "\x00" not in result.output
    assert len(result.output) < 40_000


@pytest.mark.parametrize(
    "name",
    [
        "50 MB",
        "a billion laughs",
        "90,000 unknown fields in a sound record",
        "100,000 wrong items",
        "a flow nested 300,000 deep",
    ],
)
def test_large_and_hostile_files_cost_little_memory(review: ReviewFolder, name: str) -> None:
    content, words = CONTENTS[name]
    review.write(RECORD, content)
    done = program("--root", str(review.root), "check")
    assert done.status == 1 and words in done.output
    assert "Traceback" not in done.output
    assert done.megabytes < MEGABYTES


def pipe(file: Path) -> None:
    os.mkfifo(file)


def link_to_device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def link_to_itself(file: Path) -> None:
    file.symlink_to(file.name)


def link_outside(file: Path) -> None:
    secret = file.parent.parent.parent / "secret"
    secret.write_text("password: hunter2\n")
    file.symlink_to(secret)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (pipe, "unreadable-file"),
        (Path.mkdir, "misplaced-file"),
        (link_to_device, "link-outside"),
        (link_to_itself, "unreadable-file"),
        (link_outside, "link-outside"),
    ],
)
def test_what_is_no_file_of_the_review_is_told_and_not_opened(
    review: ReviewFolder, make: Callable[[Path], None], code: str
) -> None:
    make(review.root / RECORD)
    done = program("--root", str(review.root), "check")
    assert done.status == 1 and f"error[{code}]" in done.output, done.output
    assert "hunter2" not in done.output and "Traceback" not in done.output
    for form in ("github", "json", "markdown"):
        result = run(review, "check", "--format", form)
        assert result.exit_code == 1 and code in result.output
        assert "hunter2" not in result.output


@pytest.mark.parametrize("form", ["text", "github", "json", "markdown"])
def test_a_file_name_that_is_no_text_can_be_printed_and_named(review: ReviewFolder, form: str) -> None:
    name = os.fsencode(review.root / "records") + b"/caf\xe9\x1b[31m.yml"
    Path(os.fsdecode(name)).write_text("a: b\n")
    done = program("--root", str(review.root), "check", os.fsdecode(name), "--format", form)
    assert done.status == 1 and "bad-file-name" in done.output, done.output
    assert "\x1b" not in done.output and "Traceback" not in done.output


def test_a_console_without_unicode_still_gets_the_message(review: ReviewFolder) -> None:
    review.edit(PLAN, "issued: 2020", "issued: 曉")
    done = program("--root", str(review.root), "check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.status == 1 and "error[bad-date]" in done.output and "Traceback" not in done.output


def test_the_program_works_from_any_folder_and_returns_2_on_wrong_use(review: ReviewFolder) -> None:
    assert program("--root", str(review.root), "check", cwd=Path("/")).status == 0
    done = program("chek", cwd=Path("/"))
    assert done.status == 2 and "Did you mean “check”?" in done.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_behind_the_output_is_no_mistake_of_the_program(review: ReviewFolder) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "evidence_map", "--root", str(review.root), "check"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=REPOSITORY,
        )
    assert done.returncode == 1
    assert done.stderr.strip() == "error: the disk is full; free some space and try again"


HELP_ALONE = """
import sys
from evidence_map import cli
from evidence_map.cli import main
for arguments in (["--help"], ["chekc"]):
    try:
        main(arguments)
    except SystemExit:
        pass
print(sorted({"pydantic", "yaml", "jinja2", "sqlite3", "multiprocessing"} & set(sys.modules)))
"""


def test_help_and_a_mistyped_command_load_no_other_command() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP_ALONE], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert "verify-links" in done.stdout and "Did you mean “check”?" in done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("wanted", "plugged_in"), [({}, False), ({"PYDANTIC_DISABLE_PLUGINS": "other"}, True)]
)
def test_no_package_plugs_itself_into_the_models(
    review: ReviewFolder, tmp_path: Path, wanted: dict[str, str], plugged_in: bool
) -> None:
    packages = tmp_path / "packages"
    about = packages / "meddling-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: meddling\nVersion: 1\n", "utf-8")
    (about / "entry_points.txt").write_text("[pydantic]\nmeddling = meddling:plugin\n", "utf-8")
    (packages / "meddling.py").write_text("print('meddling')\nplugin = None\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "build.py", "check", "--root", str(review.root)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(packages), **wanted},
        capture_output=True,
        text=True,
    )
    assert ("meddling" in done.stdout) is plugged_in
    assert plugged_in or done.returncode == 0


def test_a_missing_package_is_told_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(name: str) -> None:
        raise ModuleNotFoundError("No module named 'lamp'", name="lamp.oil")

    monkeypatch.setattr("evidence_map.command_group.import_module", load)
    monkeypatch.setattr(cli, "prepare_process", lambda: None)
    monkeypatch.setattr(sys, "argv", ["build.py", "check"])
    with pytest.raises(SystemExit) as ended:
        cli.run()
    assert ended.value.code == 1
    assert "“lamp.oil” is not installed" in capsys.readouterr().err
