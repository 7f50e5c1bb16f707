"""ENTREQ: what a synthesis of qualitative research should tell (Tong et al. 2012)."""

from __future__ import annotations

from evidence_map.checklists import answers
from evidence_map.checklists.checklist import Checklist, Item

ENTREQ = Checklist(
    "entreq",
    "ENTREQ",
    "Tong A, Flemming K, McInnes E, Oliver S, Craig J (2012). Enhancing transparency in reporting the "
    "synthesis of qualitative research: ENTREQ. BMC Medical Research Methodology 12: 181.",
    "10.1186/1471-2288-12-181",
    (
        Item("1", "Aim", "Which question does the synthesis answer?", answers.aim),
        Item("2", "Synthesis methodology", "By which method were findings brought together, and why?"),
        Item("3", "Approach to searching", "Was everything sought, or until nothing new came?"),
        Item("4", "Inclusion criteria", "What was in and what was out?"),
        Item("5", "Data sources", "Where and when was it searched, and why there?", answers.sources),
        Item("6", "Electronic search strategy", "What were the words?", answers.search_strategy),
        Item("7", "Study screening methods", "How was it decided what is in, and by how many?"),
        Item("8", "Study characteristics", "What are the studies like?", answers.characteristics),
        Item("9", "Study selection results", "How many were found, left out, why?", answers.selection),
        Item("10", "Rationale for appraisal", "Why were studies appraised, or why not?"),
        Item("11", "Appraisal items", "With which tools?", answers.appraisal_tools),
        Item("12", "Appraisal process", "Who appraised, and did they agree?"),
        Item("13", "Appraisal results", "What came of it?", answers.appraisal_results),
        Item("14", "Data extraction", "Which parts of the papers were used?", answers.extraction),
        Item("15", "Software", "Which programs were used, if any?"),
        Item("16", "Number of reviewers", "Who coded and analysed?", answers.reviewers),
        Item("17", "Coding", "How were findings coded?", answers.coding),
        Item("18", "Study comparison", "How were findings compared across studies?"),
        Item("19", "Derivation of themes", "Did themes come from the data, or stand before?"),
        Item("20", "Quotations", "Are participants quoted, and who speaks?", answers.quotations),
        Item("21", "Synthesis output", "What is new in the synthesis?", answers.synthesis),
    ),
)
"""The 21 items of ENTREQ, asked in words of our own."""
