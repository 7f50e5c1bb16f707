"""One mistake of each kind, as a change of the small invented review."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from evidence_map.problems import Position, Severity
from tests.folders import ReviewFolder

FULL = "records/example2019.yml"
SHORT = "records/example2020.yml"
OTHER = "records/muster2020.yml"
OUT = "records/bean2018.yml"
PLAN = "records/plan2020.yml"
CODEBOOK = "synthesis/codebook.yml"
MAPS = "synthesis/maps.yml"
SEARCHES = "synthesis/searches.yml"
FINDING = "synthesis/findings/company-matters.md"
TOOLS = "synthesis/appraisal.yml"
PROTOCOL = "synthesis/protocol.md"


SECOND = "records/muster2020.second.yml"
NEW_SECOND = "extraction: {basis: abstract, by: [Somebody], date: 2020-03-01}\n"

Edit = tuple[str, str | bytes] | tuple[str, str, str] | Callable[[ReviewFolder], Position]


@dataclass(frozen=True)
class Mistake:
    """One mistake: what is changed in the valid review, and which rule must say so where.

    An edit is a file with the old and the new text, or with the new text alone, or a function.
    The caret ``‸`` in a new text marks where the problem is expected; without one it is the
    beginning of the last file. ``also`` names other rules that cannot but speak as well.
    """

    code: str
    edits: list[Edit]
    also: set[str] = field(default_factory=set)
    severity: Severity = Severity.ERROR


def mistake(code: str, *edits: Edit, also: Iterable[str] = ()) -> Mistake:
    return Mistake(code, list(edits), set(also))


def warning(code: str, *edits: Edit) -> Mistake:
    return Mistake(code, list(edits), severity=Severity.WARNING)


def misspelt_folder(review: ReviewFolder) -> Position:
    (review.root / "synthesis" / "finding").mkdir()
    return Position(PurePosixPath("synthesis/finding"))


def folder_for_a_file(review: ReviewFolder) -> Position:
    (review.root / MAPS).unlink()
    (review.root / MAPS).mkdir()
    return Position(PurePosixPath(MAPS))


def link_outside(review: ReviewFolder) -> Position:
    outside = review.root.parent / "secret.yml"
    outside.write_text("secret: 1\n")
    (review.root / "records" / "secret2020.yml").symlink_to(outside)
    return Position(PurePosixPath("records/secret2020.yml"))


def missing_protocol(review: ReviewFolder) -> Position:
    (review.root / PROTOCOL).unlink()
    return Position(PurePosixPath(PROTOCOL))


def unrecorded(review: ReviewFolder) -> Position:
    text = review.read(FINDING)
    start, end = text.index("  evidence:"), text.index("---\n\n")
    return review.write(FINDING, text[:start].replace("cerqual:", "‸cerqual:") + text[end:])


TOLD = "Tea is better in company, for keepers and for cats."

MISTAKES = [
    # Files
    mistake("link-outside", link_outside),
    mistake("missing-file", missing_protocol),
    mistake("misplaced-file", misspelt_folder),
    mistake("bad-file-name", ("records/Hill 2023.yml", "reference: x\n")),
    mistake("bad-file-name", ("records/con.yml", "reference: x\n")),
    mistake("bad-file-name", ("records/hill2023.yaml", "reference: x\n")),
    mistake("bad-file-name", ("synthesis/findings/Not An Id.md", "x")),
    mistake(
        "file-name-clash",
        ("records/Plan2020.yml", "x"),
        ("records/plan2020.yml", "screening:", "screening:"),
        also=["bad-file-name"],
    ),
    mistake("misplaced-file", ("records/letter.docx", "x")),
    mistake("misplaced-file", ("synthesis/code-book.yml", "x")),
    mistake("misplaced-file", ("synthesis/findings/a.txt", "x")),
    # The text of a file
    mistake("unreadable-file", folder_for_a_file),
    mistake("file-too-large", (PLAN, "#" * 1_000_001)),
    mistake("bad-encoding", (PLAN, "reference:\n  title: Caf‸".encode() + b"\xe9\n")),
    mistake("bad-encoding", (PLAN, "reference:\n".encode("utf-16"))),
    mistake("empty-file", (PLAN, "  \n\n")),
    mistake("empty-file", (PLAN, "# nothing but a comment\n")),
    mistake("bad-character", (PLAN, "title: Pro", "title: ‸\x07Pro")),
    mistake("bad-character", (PLAN, "title: Protocol", 'title: ‸"\\x07Protocol"')),
    mistake("bad-character", (PLAN, "title: Pro", "title: ‸\u202ePro")),
    mistake("bad-character", (PLAN, "title: Pro", "title: ‸\u2028Pro")),
    mistake("yaml-syntax", (PLAN, "title: Protocol of", "title: Protocol‸: of")),
    mistake("not-fields", (PLAN, "‸- a\n- b\n")),
    mistake("not-fields", (PLAN, "‸some words\n")),
    mistake("duplicate-key", (PLAN, "  issued: 2020\n", "  issued: 2020\n  ‸issued: 2021\n")),
    mistake("anchor-or-alias", (PLAN, "issued: 2020", "issued: ‸&year 2020")),
    mistake("anchor-or-alias", (PLAN, "issued: 2020", "issued: ‸*year")),
    mistake("tag", (PLAN, "issued: 2020", "issued: ‸!!int 2020")),
    mistake("too-deep", (PLAN, "issued: 2020", "issued: " + "[" * 22 + "‸[" + "]" * 23)),
    mistake("empty-value", (PLAN, "  issued: 2020", "  ‸issued:")),
    mistake("empty-value", (PLAN, "  issued: 2020", "  ‸issued: null")),
    mistake("empty-value", (PLAN, "  issued: 2020", "  ‸issued: #2020")),
    mistake("empty-value", (FULL, "[tea, lighthouses]", '[tea, ‸""]')),
    mistake("cut-by-comment", (PLAN, "title: Protocol of a", "title: Protocol ‸#2 of a")),
    mistake("front-matter", (PROTOCOL, "# Question\n")),
    mistake("front-matter", (FINDING, "---\nstatement: Tea is good.\n")),
    # Single values
    mistake("missing-field", (PLAN, "‸reference:\n  issued: 2020\nscreening:\n  decision: ongoing\n")),
    mistake(
        "missing-field",
        (FULL, "        locator: p. 3\n", ""),
        (FULL, "      - text: Miaow.", "      - ‸text: Miaow."),
    ),
    mistake("unknown-field", (PLAN, "  issued: 2020", "  ‸isued: 2020")),
    mistake("unknown-value", (PLAN, "decision: ongoing", "decision: ‸going on")),
    mistake("unknown-value", (FULL, "procedure: not reported", "procedure: ‸n.r.")),
    mistake("wrong-type", (FULL, "size: 12\n  roles", "size: ‸twelve\n  roles")),
    mistake("wrong-type", (FULL, "kind: [delight]", "kind: ‸delight")),
    mistake("wrong-type", (FULL, "approach: listening", "approach: ‸[listening]")),
    mistake("wrong-length", (FULL, "software: [Pencil 2]", "software: ‸[]")),
    mistake("wrong-length", (FULL, "locator: Results, part 1", "locator: ‸" + "x" * 2001)),
    mistake("repeated-value", (FULL, "[tea, lighthouses]", "‸[tea, tea]")),
    mistake(
        "repeated-identifier",
        (CODEBOOK, "      - id: cat\n", "      - id: ‸keeper\n"),
        also=["unknown-term", "map-cell"],
    ),
    mistake("repeated-identifier", (MAPS, "id: topic-by-country", "id: ‸topic-by-crew")),
    mistake("bad-identifier", (FULL, "id: too-weak", "id: ‸Too weak")),
    mistake("bad-date", (PLAN, "issued: 2020", "issued: ‸2020-13")),
    mistake("bad-date", (FULL, "  date: 2020-02-11", "  date: ‸2020-02-31")),
    mistake("bad-name", (PLAN, "- {family: Plan, given: P.}", "- ‸{given: P.}")),
    mistake("bad-url", (FULL, "[https://example.org/tea]", "[‸javascript:alert(1)]")),
    mistake("bad-language", (FULL, "language: en", "language: ‸English")),
    mistake("bad-country", (FULL, "[NO, GB]", "[NO, ‸UK]")),
    mistake("bad-subdivision", (FULL, "[GB-SCT]", "[‸Scotland]")),
    mistake("region-outside-countries", (FULL, "[GB-SCT]", "[‸US-CT]")),
    mistake("bad-doi", (FULL, "doi: 10.5555/EXAMPLE.1", "doi: ‸10.5555")),
    mistake("bad-pmid", (OTHER, "pmid: 123", "pmid: ‸PMC123")),
    mistake("bad-pmcid", (OTHER, "pmid: 123", "pmcid: ‸123")),
    mistake("bad-orcid", (FULL, "orcid: 0000-0002-1825-0097", "orcid: ‸0000-0002-1825-0098")),
    mistake("bad-issn", (FULL, "issn: 1234-5679", "issn: ‸1234-5678")),
    mistake("bad-isbn", (FULL, "issn: 1234-5679", "isbn: ‸9780306406158")),
    mistake("absence-not-allowed", (FULL, "volume: 012", "volume: ‸not reported")),
    mistake("absence-not-allowed", (FULL, "doi: 10.5555/EXAMPLE.1", "doi: ‸Not Reported")),
    mistake("absence-not-allowed", (FULL, "keywords: [tea, lighthouses]", "keywords: ‸n/a")),
    mistake(
        "absence-not-allowed", (FULL, "keywords: [tea, lighthouses]", "keywords: [‸not applicable]")
    ),
    mistake(
        "too-many-problems",
        (PLAN, "‸reference:\n" + "".join(f"  x{n}: 1\n" for n in range(60))),
        also=["unknown-field", "missing-field"],
    ),
    # The review as a whole
    mistake(
        "appraisal-without-full-text",
        (FULL, "basis: full text", "basis: abstract"),
        (FULL, "appraisal:\n", "‸appraisal:\n"),
    ),
    mistake("appraisal-does-not-fit", (FULL, "tool: three-questions", "tool: ‸four-questions")),
    mistake("appraisal-does-not-fit", (FULL, 'answer: "no"', "answer: ‸perhaps")),
    mistake("appraisal-does-not-fit", (FULL, "tool: three-questions", "tool: ‸two-brews")),
    mistake(
        "appraisal-does-not-fit",
        (FULL, "tool: three-questions", "tool: three-questions\n  groups: [‸hot]"),
    ),
    mistake("tool-does-not-fit", (TOOLS, 'signs: {nearly: "?"}', 'signs: {‸almost: "?", nearly: "?"}')),
    mistake("tool-does-not-fit", (TOOLS, '["yes", "no"]', '["yes", "no", ‸"so so"]')),
    mistake(
        "tool-does-not-fit",
        (TOOLS, "group: cold", "group: cold, question: Q}\n      - {id: x, group: ‸lukewarm"),
    ),
    mistake("tool-does-not-fit", (TOOLS, "id: cold", "id: ‸warm, label: W}\n      - {id: cold")),
    mistake("tool-does-not-fit", (TOOLS, "- {id: ice", "- {id: ‸kettle")),
    mistake(
        "codebook-field",
        (CODEBOOK, "field: sample.roles", "field: ‸sample.role"),
        also=["unknown-dimension", "adjudication-without-difference"],
    ),
    mistake("built-in-dimension", (CODEBOOK, "- id: why-out", "- id: ‸country")),
    mistake("reserved-term", (CODEBOOK, "- id: taste", "- id: ‸none-of-these")),
    mistake("reserved-term", (CODEBOOK, "- id: taste", "- id: ‸unclear")),
    mistake("unknown-dimension", (SHORT, "      topic: [milk]", "      ‸topics: [milk]")),
    mistake(
        "misplaced-dimension",
        (SHORT, "      topic: [milk]", "      topic: [milk]\n      ‸kind: [delight]"),
    ),
    mistake("misplaced-dimension", (SHORT, "findings:\n", "codes:\n  ‸topic: [milk]\n\nfindings:\n")),
    mistake("unknown-term", (SHORT, "topic: [milk]", "topic: [‸milks]")),
    mistake("group-coded", (SHORT, "topic: [milk]", "topic: [‸taste]")),
    mistake(
        "too-many-terms",
        (
            CODEBOOK,
            "applies_to: findings\n    terms:\n      - id: taste",
            "applies_to: findings\n    several: false\n    terms:\n      - id: taste",
        ),
        (FULL, "      topic: [company, strength]", "      ‸topic: [company, strength]"),
    ),
    mistake(
        "incomplete-record",
        (SHORT, "setting:\n  countries: [GB]\n", ""),
        (SHORT, "decision: included", "decision: ‸included"),
    ),
    warning("findings-from-title", (SHORT, "basis: abstract", "basis: ‸title")),
    warning(
        "uncoded-finding",
        (SHORT, "    codes:\n      topic: [milk]\n", ""),
        (SHORT, "id: cups", "id: ‸cups"),
    ),
    warning(
        "uncoded-finding",
        (SHORT, "topic: [milk]", "topic: not reported"),
        (SHORT, "id: cups", "id: ‸cups"),
    ),
    mistake("dates-out-of-order", (FULL, "end: 2018-11", "end: ‸2016-11")),
    mistake("dates-out-of-order", (FULL, "end: 2018-11", "end: ‸2019-06")),
    mistake("dates-out-of-order", (SHORT, "  date: 2020-02-12", "  date: ‸2019-02-12")),
    mistake(
        "shared-identifier",
        (SHORT, "  issued: 2020\n", "  issued: 2020\n  doi: ‸https://doi.org/10.5555/example.1\n"),
    ),
    warning(
        "likely-duplicate",
        (
            OUT.replace("bean2018", "example2019b"),
            "reference:\n  title: ‸Tea and company, what keepers say\n"
            "  authors: [{family: Example, given: A. B.}]\n  issued: 2019\n"
            "screening: {decision: awaiting, found_by: [letters]}\n",
        ),
    ),
    mistake(
        "example-among-papers",
        (
            "records/invented-example.yml",
            "reference: {title: ‸Nothing at all}\n"
            "screening: {decision: included, found_by: [letters]}\n"
            "extraction: {basis: abstract, by: [Nobody], date: 2020-03-01}\n"
            "design: {approach: listening}\n"
            "sample: {size: 1}\n"
            "setting: {countries: not applicable}\n"
            "findings:\n"
            "  - {id: one, statement: Nothing was found., locator: Abstract, codes: {topic: [milk]}}\n",
        ),
    ),
    mistake("repeated-finding", (FULL, "- id: too-weak", "- id: ‸company")),
    mistake(
        "unknown-record",
        (SHORT, "  report_of: beacon\n", "  report_of: beacon\n  version_of: ‸example2018\n"),
    ),
    mistake(
        "record-names-itself",
        (SHORT, "  report_of: beacon\n", "  report_of: beacon\n  version_of: ‸example2020\n"),
    ),
    mistake("unknown-study", (SHORT, "report_of: beacon", "report_of: ‸bacon")),
    mistake(
        "study-like-record",
        ("synthesis/studies.yml", "- id: beacon", "- id: ‸plan2020"),
        also=["unknown-study", "study-without-reports"],
    ),
    warning(
        "study-without-reports",
        (
            "synthesis/studies.yml",
            "studies:\n",
            "studies:\n  - id: ‸lonely\n    label: L\n    title: T\n",
        ),
    ),
    mistake("unknown-search", (SHORT, "[shelf]", "[‸shelves]")),
    mistake("unknown-finding", (FINDING, "[example2019#company", "[‸example2019#companies")),
    mistake("search-does-not-add-up", (SEARCHES, "results: 32", "results: ‸33")),
    mistake("search-does-not-add-up", (SEARCHES, "results: 14", "results: ‸5")),
    warning(
        "record-without-search",
        (PLAN, "  found_by: [letters]\n", ""),
        (PLAN, "screening:", "‸screening:"),
    ),
    mistake(
        "flow-without-exclusion",
        (
            CODEBOOK,
            "        definition: Cups were counted.",
            "        definition: Cups.\n        flow: ‸duplicate",
        ),
    ),
    mistake(
        "contribution-not-included",
        (OTHER, "decision: included", "decision: awaiting"),
        (FINDING, " muster2020#warm]", " ‸muster2020#warm]"),
    ),
    # Confidence
    mistake("study-rated", (FULL, "appraisal:\n", "‸cerqual:\n  confidence: low\n\nappraisal:\n")),
    mistake(
        "study-rated", (FULL, "    kind: [delight]\n", "    ‸GRADE-CERQual: low\n    kind: [delight]\n")
    ),
    mistake("report-for-finding", (FINDING, "muster2020#warm]", "‸muster2020]")),
    mistake(
        "missing-field",
        (FINDING, "  coherence: {concern: no or very minor, reason: All say the same.}\n", ""),
        (FINDING, "cerqual:", "‸cerqual:"),
    ),
    mistake(
        "missing-field",
        (
            FINDING,
            "adequacy: {concern: serious, reason: Two invented studies.}",
            "‸adequacy: {concern: serious}",
        ),
    ),
    mistake("title-for-finding", (FINDING, TOLD, "‸Company at tea.")),
    mistake("title-for-finding", (FINDING, TOLD, "‸The role of company at the tea of keepers and cats")),
    mistake("empty-reason", (FINDING, "No study at sea.", "‸See above.")),
    mistake("empty-reason", (FINDING, "No study at sea.", "‸Moderate concerns about relevance.")),
    mistake("empty-reason", (FINDING, "No study at sea.", "‸all say the same")),
    mistake("confidence-by-formula", (FINDING, "Thin data.", "‸The four concerns score 7 of 12.")),
    mistake("confidence-by-formula", (FINDING, "Thin data.", "‸Three of four components are minor.")),
    mistake("confidence-by-formula", (FINDING, "Thin data.", "‸Two studies contribute.")),
    mistake(
        "finding-without-study",
        (
            FINDING,
            "contributing: [example2019#company, muster2020#warm]",
            "‸contributing: [overview2020#all]",
        ),
    ),
    warning(
        "high-confidence-one-study",
        (FINDING, "concern: serious", "concern: minor"),
        (FINDING, ", muster2020#warm]", "]"),
        (FINDING, "level: low", "level: ‸high"),
    ),
    warning(
        "one-sample-several-reports",
        (FINDING, "muster2020#warm]", "example2020#cups]"),
        (FINDING, "Two invented studies.", "‸Two invented studies."),
    ),
    warning(
        "one-sample-several-reports",
        (OTHER, "screening:", "study:\n  may_share_sample_with: [example2019]\n\nscreening:"),
        (FINDING, "Two invented studies.", "‸Two invented studies."),
    ),
    warning(
        "methods-not-appraised",
        (FINDING, "[example2019#company, muster", "[muster"),
        (FINDING, "limitations: {concern: minor", "limitations: {concern: ‸no or very minor"),
    ),
    warning("implausible-confidence", (FINDING, "level: low", "level: ‸high")),
    warning(
        "implausible-confidence",
        (FINDING, "concern: serious", "concern: minor"),
        (FINDING, "concern: moderate", "concern: minor"),
        (FINDING, "level: low", "level: ‸low"),
    ),
    mistake("unrecorded-evidence", unrecorded),
    warning("stale-assessment", (OTHER, "size: 3", "size: 4"), (FINDING, "  evidence:", "  ‸evidence:")),
    mistake("findings-by", (PROTOCOL, "status:", "findings_by: ‸topics\nstatus:")),
    mistake("findings-by", (PROTOCOL, "status:", "findings_by: ‸crew\nstatus:")),
    mistake("unknown-term", (FINDING, "cerqual:", "codes:\n  topic: [‸compny]\ncerqual:")),
    mistake("unknown-dimension", (FINDING, "cerqual:", "codes:\n  ‸topics: [company]\ncerqual:")),
    mistake("misplaced-dimension", (FINDING, "cerqual:", "codes:\n  ‸crew: [cat]\ncerqual:")),
    mistake("unknown-citation", (FINDING, "agree [@example2019]", "agree [see ‸@exmaple2019, p. 3]")),
    mistake("unknown-citation", (FINDING, "[@example2019]", "[@example2019; ‸@muster2020#cold]")),
    mistake("unknown-citation", (PROTOCOL, "See the", "Two say so [‸@Example2019].\n\nSee the")),
    mistake(
        "unknown-citation",
        (
            FULL,
            "  A note with **bold** words",
            "  As `[@nobody]` has it\n  [‸@nobody], in **bold** words",
        ),
    ),
    mistake("map-dimension", (MAPS, "columns: country", "columns: ‸county")),
    mistake(
        "map-dimension", (MAPS, "rows: topic\n    columns: country", "rows: topic\n    columns: ‸topic")
    ),
    mistake("map-cell", (MAPS, "column: cat", "column: ‸dog")),
    warning(
        "many-segments",
        (MAPS, "segments: approach", "segments: ‸kind"),
        (
            CODEBOOK,
            "      - id: grumble",
            "".join(f"      - id: k{n}\n        label: K{n}\n        definition: K.\n" for n in range(6))
            + "      - id: grumble",
        ),
        (MAPS, "segments: kind", "segments: ‸kind"),
    ),
    mistake(
        "parts-do-not-add-up",
        (FULL, "{label: cats, size: 2}", "{label: cats, size: 3}"),
        (FULL, "by: species", "by: ‸species"),
    ),
    mistake("more-than-invited", (FULL, "people_taking_part: 12", "people_taking_part: ‸15")),
    mistake(
        "exclusion-without-reason",
        (OUT, "  reason: coffee\n", ""),
        (OUT, "decision: excluded", "decision: ‸excluded"),
    ),
    mistake(
        "reason-without-exclusion", (PLAN, "decision: ongoing", "decision: ongoing\n  reason: ‸coffee")
    ),
    mistake(
        "duplicate-not-excluded",
        (PLAN, "screening:", "study:\n  duplicate_of: ‸example2019\nscreening:"),
    ),
    mistake(
        "second-without-first",
        ("records/example2018.second.yml", NEW_SECOND.replace("extraction:", "‸extraction:")),
    ),
    mistake(
        "second-without-first",
        ("records/bean2018.second.yml", NEW_SECOND.replace("extraction:", "‸extraction:")),
    ),
    mistake("same-extractor", (SECOND, "[Another invented person]", "[‸The Invented Crew]")),
    warning("disputed-field", (SECOND, "approach: listening", "approach: ‸counting")),
    warning(
        "disputed-field",
        (SECOND, "kind: [delight]", "kind: ‸[grumble]"),
    ),
    mistake(
        "adjudication-without-difference",
        (OTHER, "field: sample.roles", "field: ‸design.approach"),
        also=["disputed-field"],
    ),
    mistake(
        "adjudication-not-carried-out",
        (OTHER, "countries: not reported", "countries: [NO]"),
        (OTHER, "decision: second", "decision: ‸second"),
    ),
    mistake(
        "unneeded-acceptance",
        (
            "synthesis/accepted.yml",
            "accepted:\n  - code: ‸uncoded-finding\n    path: records/a.yml\n    reason: Invented.\n",
        ),
    ),
    # Notices
    warning(
        "retracted-contribution",
        (OTHER, "\nscreening:\n", "\nnotices:\n  - kind: expression of concern\n\nscreening:\n"),
        (FINDING, "muster2020#warm]", "‸muster2020#warm]"),
    ),
    warning(
        "retraction-not-told",
        (OUT, "title: Coffee at sea", "title: ‸'RETRACTED ARTICLE: Coffee at sea'"),
    ),
    # Checklists
    mistake(
        "unknown-checklist-item",
        ("synthesis/checklists.yml", 'item: "2"', 'item: ‸"99"'),
    ),
    mistake(
        "unknown-checklist-item",
        ("synthesis/checklists.yml", "checklist: entreq", "checklist: ‸entrek"),
    ),
    mistake(
        "repeated-checklist-item",
        (
            "synthesis/checklists.yml",
            "    where: protocol/\n",
            '    where: protocol/\n  - {checklist: entreq, item: ‸"2", answer: Once more.}\n',
        ),
    ),
    mistake(
        "bad-url",
        ("synthesis/checklists.yml", "where: protocol/", "where: ‸javascript:alert(1)"),
    ),
]
