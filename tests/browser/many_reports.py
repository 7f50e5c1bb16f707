"""The invented review with some hundred reports more, for long lists."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

from tests.reviews import LIGHTHOUSE

NUMBER = 430
WORDS = ["tea", "cup", "lamp", "tower", "night", "wind", "wave", "gull", "rope", "kettle", "fog"]
ODD = [
    "قياس الشاي في المنارة: دراسة نوعية عن العاملين في الليل",
    "燈塔看守人的茶歇：一項質性研究",
    "“Ärzte” im Turm",
    "Östliche Winde",
    "zebra crossings at sea",
    "Über den Tee",
    "Tea & company: what <keepers> say, again",
    " ".join(WORDS * 12).capitalize(),
]
"""Titles that are easily sorted or shown wrongly."""


def invented_record(number: int, chance: random.Random) -> dict[str, object]:
    authors = [{"family": f"Name{chance.randint(1, 99)}"} for _ in range(chance.choice([1, 2, 3, 200]))]
    title = ODD[number] if number < len(ODD) else " ".join(chance.choices(WORDS, k=9)).capitalize()
    decision = chance.choices(["included", "ongoing", "awaiting", "excluded"], [8, 1, 1, 1])[0]
    record: dict[str, object] = {
        "reference": {
            "title": f"{title} {number}" if number >= len(ODD) else title,
            "authors": authors,
            "issued": str(chance.randint(1995, 2024)),
            "container_title": "Annals of Nothing",
        },
        "screening": {"decision": decision},
    }
    if decision == "excluded":
        record["screening"] = {"decision": decision, "reason": "coffee"}
    if decision != "included":
        return record
    record["extraction"] = {
        "basis": chance.choice(["full text", "abstract"]),
        "by": ["The invented crew"],
        "date": "2024-02-11",
    }
    record["design"] = {"approach": chance.choice(["listening", "counting", "review-of-reviews"])}
    record["sample"] = {
        "size": chance.choice([str(chance.randint(2, 900)), "not reported"]),
        "roles": chance.choice([["keeper"], ["cat"], ["keeper", "cat"], "not reported"]),
    }
    record["setting"] = {"countries": chance.choice([["NO"], ["GB"], ["GB", "NO"], "not reported"])}
    record["findings"] = [
        {
            "id": f"f{each}",
            "statement": "Company is " + " ".join(chance.choices(WORDS, k=6)) + ".",
            "locator": "Results",
            "kind": chance.choice([["delight"], ["grumble"]]),
            "codes": {"topic": [chance.choice(["strength", "milk", "company"])]},
        }
        for each in range(chance.randint(1, 5))
    ]
    return record


def write_many(root: Path) -> None:
    """Write the review into the folder *root*."""
    shutil.copytree(LIGHTHOUSE, root)
    chance = random.Random(7)
    for number in range(NUMBER):
        text = yaml.safe_dump(invented_record(number, chance), allow_unicode=True, sort_keys=False)
        (root / "records" / f"many{number:03}.yml").write_text(text, "utf-8")
