"""What an invented paper is told of beyond its codes: how it was done, who took part, who paid."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.bench.invented_words import Words

CLUB = "The invented kite club"
SEARCHES = ("first-search", "second-search", "chasing")


class Details:
    """Makes the parts of records that are texts, as long as people write them."""

    def __init__(self, random: Random, words: Words) -> None:
        self.random = random
        self.words = words

    def texts(self, fewest: int, most: int) -> str:
        """Return so many sentences."""
        return " ".join(self.words.sentence(8, 24) for _ in range(self.random.randint(fewest, most)))

    def stated(self, fewest: int, most: int, share: float = 0.6) -> str:
        """Return so many sentences, or that the source has none."""
        return self.texts(fewest, most) if self.random.random() < share else "not reported"

    def extraction(self, date: str) -> dict[str, Any]:
        """Return what the record rests on."""
        random = self.random
        part: dict[str, Any] = {
            "basis": random.choice(("full text", "full text", "abstract")),
            "by": [CLUB],
            "date": date,
            "source": [f"https://kites.example/papers/{random.randint(1, 10**6)}"],
        }
        if random.random() < 0.3:
            part["note"] = self.texts(1, 2)
        return part

    def design(self) -> dict[str, Any]:
        """Return how the study was done, apart from its codes."""
        return {
            "aim": self.texts(1, 2),
            "procedure": self.stated(1, 4),
            "analysis": self.stated(1, 2),
            "framework": "not reported",
            "sampling": self.words.plain(7) if self.random.random() < 0.5 else "not reported",
            "ethics": self.stated(1, 1, 0.4),
        }

    def sample(self) -> dict[str, Any]:
        """Return who took part, apart from their roles."""
        random = self.random
        size = random.randint(3, 400)
        part: dict[str, Any] = {"size": str(size), "description": self.stated(1, 2, 0.7)}
        if random.random() < 0.4:
            first = random.randint(1, size - 1)
            part["groups"] = [
                {
                    "by": "Age of the flyers",
                    "parts": [
                        {"label": "Young", "size": str(first)},
                        {"label": "Old", "size": str(size - first)},
                    ],
                }
            ]
        if random.random() < 0.4:
            part["recruitment"] = {"procedure": self.texts(1, 2), "payment": "not reported"}
        return part

    def quotes(self) -> list[dict[str, str]]:
        """Return words of participants; mostly none."""
        if self.random.random() > 0.15:
            return []
        return [{"text": self.words.sentence(8, 30), "speaker": "Flyer", "locator": "Results"}]

    def last_sections(self) -> dict[str, Any]:
        """Return who paid, what limits the study, and notes."""
        random = self.random
        sections: dict[str, Any] = {
            "appraisal": {"not_appraised": "Nobody judges invented papers."},
            "competing_interests": self.stated(1, 1, 0.4),
        }
        if random.random() < 0.5:
            funder = {
                "name": f"The {self.words.plain(2).title()} Fund",
                "award": str(random.randint(1, 9999)),
            }
            sections["funding"] = {"statement": self.texts(1, 1), "funders": [funder]}
        if random.random() < 0.5:
            sections["limitations"] = [self.words.sentence(6, 16) for _ in range(random.randint(1, 3))]
        if random.random() < 0.15:
            sections["notes"] = f"**{self.words.plain(3).capitalize()}.** {self.texts(1, 3)}"
        return sections

    def found_by(self) -> list[str]:
        """Return which searches found it."""
        return list(
            dict.fromkeys(self.random.choices(SEARCHES, (6, 3, 1), k=self.random.choice((1, 1, 2))))
        )


def search_log(found: dict[str, int]) -> list[dict[str, Any]]:
    """Return the log of searches, by how many records each has *found*."""
    return [
        {
            "id": name,
            "kind": "citation chasing" if name == "chasing" else "database",
            "source": f"The invented catalogue {name}",
            "date": "2026-01-02",
            "strategy": "Everything about kites was looked for.",
            "results": str(number),
        }
        for name, number in found.items()
        if number
    ]
