"""What a pull request does to the small invented review, step by step."""

from __future__ import annotations

from collections.abc import Callable

from tests.folders import ReviewFolder

CODEBOOK = "synthesis/codebook.yml"
FULL = "records/example2019.yml"
SHORT = "records/example2020.yml"
OTHER = "records/muster2020.yml"
FINDING = "synthesis/findings/company-matters.md"

NEW_RECORD = """reference:
  title: Sugar on the stairs of towers
  authors:
    - {family: Sucker, given: S.}
  issued: 2021
  doi: 10.5555/sugar.1

screening:
  decision: included
  found_by: [letters]

extraction:
  basis: full text
  by: [The invented crew]
  date: 2021-02-12

design:
  approach: listening

sample:
  size: 5
  roles: [cat]

setting:
  countries: [IE]

findings:
  - id: sugar
    statement: Cats climb for sugar.
    locator: p. 1
    kind: [delight]
    codes:
      topic: [sugar]
"""


def add_record(review: ReviewFolder) -> None:
    """A paper is added, with a new term for it."""
    review.write("records/sucker2021.yml", NEW_RECORD)
    review.edit(
        CODEBOOK,
        "          - id: milk\n",
        "          - {id: sugar, label: Sugar, definition: How sweet it is.}\n          - id: milk\n",
    )


def edit_record(review: ReviewFolder) -> None:
    """Numbers, lists, codes and a finding of a paper under an assessed review finding change."""
    review.edit(OTHER, "  size: 3", "  size: 4\n  unit: cups")
    review.edit(OTHER, "  pmid: 123", "  pmid: 124\n  keywords: [feet, cups]")
    review.edit(OTHER, "Company keeps the cup warm.", "Company keeps cup and cat warm.")
    review.edit(OTHER, "      topic: [company]", "      topic: [company, milk]")


def edit_findings(review: ReviewFolder) -> None:
    """One finding comes, one goes."""
    review.edit(
        SHORT,
        "      topic: [milk]",
        "      topic: [milk]\n  - id: pots\n    statement: Pots are rare.\n    locator: Abstract",
    )
    text = review.read(FULL)
    start, end = text.index("  - id: too-weak"), text.index("appraisal:")
    review.write(FULL, f"{text[:start]}\n{text[end:]}")


def rename_record(review: ReviewFolder) -> None:
    """A paper gets a new key."""
    (review.root / "records/plan2020.yml").rename(review.root / "records/trial2020.yml")


def rename_record_with_findings(review: ReviewFolder) -> None:
    """A paper under review findings gets a new key, and they follow."""
    (review.root / "records/overview2020.yml").rename(review.root / "records/tea2020.yml")
    for file in ("milk-is-rare", "strength-divides"):
        text = review.read(f"synthesis/findings/{file}.md")
        review.write(f"synthesis/findings/{file}.md", text.replace("overview2020", "tea2020"))


def retract(review: ReviewFolder) -> None:
    """A paper is retracted."""
    notice = "notices:\n  - {kind: retraction, doi: 10.5555/notice.2, date: 2021-07}\n\nstudy:\n"
    review.edit(SHORT, "study:\n", notice)


def delete_record(review: ReviewFolder) -> None:
    """A paper goes."""
    (review.root / "records/bean2018.yml").unlink()


def decide_anew(review: ReviewFolder) -> None:
    """A study that was ongoing awaits its decision."""
    [file] = [
        file
        for file in ("records/plan2020.yml", "records/trial2020.yml")
        if (review.root / file).exists()
    ]
    review.edit(file, "  decision: ongoing", "  decision: awaiting\n  note: Odd.")


def change_codebook(review: ReviewFolder) -> None:
    """Terms are worded anew, put into another order, moved and renamed."""
    review.edit(CODEBOOK, "label: Keeper", "label: Head keeper")
    review.edit(CODEBOOK, "definition: Keeps the keeper.", "definition: Keeps the keeper awake.")
    for file in (CODEBOOK, FULL):
        review.write(file, review.read(file).replace("grumble", "moan"))
    text = review.read(CODEBOOK)
    strength = text[text.index("          - id: strength") : text.index("          - id: milk")]
    company = "      - id: company"
    top = "\n".join(line.removeprefix("    ") for line in strength.splitlines())
    review.write(CODEBOOK, text.replace(strength, "").replace(company, f"{top}\n{company}"))


def change_review_finding(review: ReviewFolder) -> None:
    """Confidence, statement and contributions of an assessed review finding change."""
    review.edit(FINDING, "level: low", "level: very low")
    review.edit(FINDING, "Tea is better in company", "Tea is far better in company")
    review.edit(FINDING, "muster2020#warm]", "muster2020#warm, example2020#cups]")


def change_synthesis(review: ReviewFolder) -> None:
    """Studies, searches, maps, tools, checklists and the protocol change."""
    review.edit("synthesis/studies.yml", "label: BEACON", "label: BEACONS")
    review.edit("synthesis/searches.yml", "  results: 14", "  results: 15")
    review.edit("synthesis/maps.yml", "title: Topics by country", "title: Topics by land")
    review.edit("synthesis/appraisal.yml", "Was anyone asked?", "Was anybody asked?")
    review.edit("synthesis/checklists.yml", "state: partly met", "state: met")
    review.edit("synthesis/protocol.md", "What do **invented** crews say?", "What do crews say?")


def add_twin(review: ReviewFolder) -> None:
    """A paper is added that is nearly one that is there."""
    review.write(
        "records/muster2021.yml",
        review.read(OTHER)[: review.read(OTHER).index("  pmid")]
        + "\nscreening:\n  decision: awaiting\n  found_by: [letters]\n",
    )


STEPS: tuple[Callable[[ReviewFolder], None], ...] = (
    add_record,
    edit_record,
    rename_record,
    rename_record_with_findings,
    retract,
    delete_record,
    decide_anew,
    change_codebook,
    change_review_finding,
    change_synthesis,
    add_twin,
    edit_findings,
)
"""Steps that can be taken in this order, each of them or not."""
