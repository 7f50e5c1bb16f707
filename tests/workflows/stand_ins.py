"""Programs that stand in for those a test must not run: ``gh``, ``sudo``, ``make`` and pip.

What each does instead:

- ``gh`` writes down what it was asked and answers from what the test laid ready. It takes the
  options that the real program has and no others, needs a token and a repository as the real one
  does, and puts answers through jq, as the real one does with a compiled-in jq.
- ``python -m pip install`` takes minutes and the network; it only looks whether the files exist.
  That what they pin is what is installed is a test of its own. Any other ``python`` is the real one,
  with no more memory than ``STAND_INS_MEMORY`` says, if it says something.
- ``python -m pip_audit`` asks the network; it answers what the test laid ready.
- ``make TARGET`` takes half an hour; the real make is asked what it would do (``--dry-run``).
- ``sudo`` only writes down what it was asked.

Everything asked is one line of JSON in the file that ``STAND_INS_LOG`` names.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn


def main() -> None:
    name, *arguments = sys.argv[1:]
    {"gh": gh, "sudo": sudo, "make": make, "python": python}[name](arguments)


def note(**asked: Any) -> None:
    with Path(os.environ["STAND_INS_LOG"]).open("a", encoding="utf-8") as log:
        log.write(json.dumps(asked) + "\n")


def end(message: str) -> NoReturn:
    print(f"stand-in: {message}", file=sys.stderr)
    sys.exit(4)


def sudo(arguments: list[str]) -> None:
    note(program="sudo", arguments=arguments)


def make(arguments: list[str]) -> None:
    note(program="make", arguments=arguments)
    real = shutil.which("make", path=os.environ["REAL_PATH"])
    if real is None:
        end("make is not installed")
    sys.exit(subprocess.run([real, "--dry-run", *arguments], stdout=subprocess.DEVNULL).returncode)


def python(arguments: list[str]) -> None:
    if arguments[:2] == ["-m", "pip_audit"]:
        audit(arguments[2:])
    if arguments[:3] != ["-m", "pip", "install"]:
        if most := int(os.environ.get("STAND_INS_MEMORY", "0")):
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        os.execv(sys.executable, [sys.executable, *arguments])
    parser = argparse.ArgumentParser(prog="pip install")
    parser.add_argument("--disable-pip-version-check", action="store_true")
    parser.add_argument("--require-hashes", action="store_true")
    parser.add_argument("--requirement", type=Path, required=True)
    asked = parser.parse_args(arguments[3:])
    if not asked.requirement.is_file():
        end(f"there is no {asked.requirement}")
    note(program="pip", hashes=asked.require_hashes, requirement=str(asked.requirement))


def audit(arguments: list[str]) -> NoReturn:
    parser = argparse.ArgumentParser(prog="pip-audit", allow_abbrev=False)
    parser.add_argument("--disable-pip", action="store_true")
    parser.add_argument("--progress-spinner", choices=["on", "off"])
    parser.add_argument("--format", choices=["columns", "markdown"])
    parser.add_argument("--requirement", type=Path, action="append")
    asked = parser.parse_args(arguments)
    for file in asked.requirement:
        if "--hash=sha256:" not in file.read_text("utf-8"):
            end(f"{file} has no hashes, which are needed with --disable-pip")
    note(program="pip-audit", files=[str(file) for file in asked.requirement])
    answer = json.loads(Path(os.environ["STAND_INS_ANSWERS"]).read_text("utf-8"))["audit"]
    print(answer["found"], end="")
    print(answer["said"], file=sys.stderr)
    sys.exit(answer["status"])


def gh(arguments: list[str]) -> None:
    if not os.environ.get("GH_TOKEN"):
        end("gh needs GH_TOKEN")
    asked = vars(_gh_options().parse_args(arguments))
    needs_repository = asked["command"] != "api"
    if needs_repository and not os.environ.get("GH_REPO") and not Path(".git").exists():
        end("gh does not know the repository: GH_REPO is not set, and this is no repository")
    answers = json.loads(Path(os.environ["STAND_INS_ANSWERS"]).read_text("utf-8"))
    if asked["command"] == "api":
        _api(asked, answers)
        return
    for file in [asked.get("body_file"), *asked.get("files", [])]:
        if file and not Path(file).is_file():
            end(f"there is no {file}")
    if body_file := asked.get("body_file"):
        asked["body"] = Path(body_file).read_text("utf-8")
    note(program="gh", **asked)
    if asked["command"] == "run":
        shutil.copytree(Path(answers["artifacts"]) / asked["name"], asked["dir"], dirs_exist_ok=True)


def _gh_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gh", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    api = commands.add_parser("api", allow_abbrev=False)
    api.add_argument("path")
    api.add_argument("--method")
    api.add_argument("--raw-field", action="append", default=[])
    api.add_argument("--field", action="append", default=[])
    for flag in ("--paginate", "--silent"):
        api.add_argument(flag, action="store_true")
    api.add_argument("--jq")

    def verb(command: str, name: str, *options: str, flags: tuple[str, ...] = ()) -> Any:
        if command not in verbs:
            verbs[command] = commands.add_parser(command).add_subparsers(dest="verb", required=True)
        parser = verbs[command].add_parser(name, allow_abbrev=False)
        for option in options:
            parser.add_argument(option)
        for flag in flags:
            parser.add_argument(flag, action="store_true")
        return parser

    verbs: dict[str, Any] = {}
    verb("label", "create", "label", "--color", "--description", flags=("--force",))
    verb("issue", "create", "--title", "--label", "--body", "--body-file")
    verb("issue", "edit", "number", "--body", "--body-file")
    verb("issue", "comment", "number", "--body", "--body-file")
    verb("issue", "close", "number", "--comment")
    verb("run", "download", "run", "--name", "--dir")
    release = verb("release", "create", "tag", "--title", flags=("--verify-tag", "--generate-notes"))
    release.add_argument("files", nargs="*")
    return parser


def _api(asked: dict[str, Any], answers: dict[str, Any]) -> None:
    fields = dict(field.split("=", 1) for field in [*asked["raw_field"], *asked["field"]])
    for field in asked["field"]:
        name, value = field.split("=", 1)
        if value.startswith("@"):
            fields[name] = Path(value[1:]).read_text("utf-8")
    # Fields make it a POST, unless the method is given.
    method = asked["method"] or ("POST" if fields else "GET")
    note(program="gh", command="api", method=method, path=asked["path"], fields=fields)
    answer = answers["api"].get(f"{method} {asked['path']}")
    if answer is None:
        end(f"HTTP 404: {method} {asked['path']}")
    if isinstance(answer, dict) and "file" in answer:
        sys.stdout.buffer.write(Path(answer["file"]).read_bytes())
    elif not asked["silent"]:
        _print(answer, asked["jq"])


def _print(answer: Any, filter: str | None) -> None:
    text = json.dumps(answer)
    if filter:
        done = subprocess.run(["jq", "--raw-output", filter], input=text, capture_output=True, text=True)
        if done.returncode:
            end(done.stderr)
        text = done.stdout
    print(text, end="")


if __name__ == "__main__":
    main()
