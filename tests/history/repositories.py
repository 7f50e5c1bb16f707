"""A review with a history, made in a test."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

from tests.folders import ReviewFolder


@dataclass(frozen=True)
class Historic:
    """The folder of a review in a git repository of its own."""

    review: ReviewFolder

    def git(self, *arguments: str, date: str = "2020-01-01T12:00:00+00:00") -> str:
        root = self.review.root
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_DATE": date,
        }
        person = ("-c", "user.name=The invented crew", "-c", "user.email=crew@example.org")
        command = ["git", *person, "-c", "init.defaultBranch=main", *arguments]
        done = subprocess.run(
            command, cwd=root, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def begin(self) -> None:
        self.git("init", "--quiet")

    def commit(self, date: str) -> None:
        self.git("add", "--all", date=date)
        self.git("commit", "--quiet", "--message", "Change something", date=date)

    def tag(self, name: str, date: str, message: str = "") -> None:
        arguments = ("tag", "--annotate", name, "--message", message) if message else ("tag", name)
        self.git(*arguments, date=date)
