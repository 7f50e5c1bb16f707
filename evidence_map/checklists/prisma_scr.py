"""PRISMA-ScR: what a scoping review should tell (Tricco et al. 2018)."""

from __future__ import annotations

from evidence_map.checklists import answers
from evidence_map.checklists.checklist import Checklist, Item

PRISMA_SCR = Checklist(
    "prisma-scr",
    "PRISMA-ScR",
    "Tricco AC, Lillie E, Zarin W, et al. (2018). PRISMA Extension for Scoping Reviews (PRISMA-ScR): "
    "Checklist and Explanation. Annals of Internal Medicine 169(7): 467–473.",
    "10.7326/M18-0850",
    (
        Item("1", "Title", "Does the title say that it is a scoping review?", answers.title),
        Item("2", "Structured summary", "Is there a summary in parts, from background to conclusion?"),
        Item("3", "Rationale", "Why this review, and why a scoping one?"),
        Item("4", "Objectives", "What is asked, of whom, about what, where?", answers.question),
        Item("5", "Protocol and registration", "Where are the protocol and its registration?"),
        Item("6", "Eligibility criteria", "What is in, what is out, and why?"),
        Item("7", "Information sources", "Where was it searched, last when?", answers.sources),
        Item("8", "Search", "Could one search be repeated from what is told?", answers.search_strategy),
        Item("9", "Selection of sources", "How was it decided what is in?"),
        Item("10", "Data charting process", "Who extracted, and how was it checked?", answers.reviewers),
        Item("11", "Data items", "Which facts were sought, defined how?", answers.data_items),
        Item("12", "Critical appraisal: method", "With which tools, if any?", answers.appraisal_tools),
        Item("13", "Synthesis of results: method", "How were the results brought together?"),
        Item("14", "Selection: results", "How many at each step, and why not?", answers.selection),
        Item("15", "Characteristics", "What are the sources like?", answers.characteristics),
        Item("16", "Critical appraisal: results", "What came of it?", answers.appraisal_results),
        Item("17", "Results of single sources", "What did each find?", answers.individual_results),
        Item("18", "Synthesis of results", "What do the charts show together?", answers.maps),
        Item("19", "Summary of evidence", "What is the main result?", answers.synthesis),
        Item("20", "Limitations", "What are the limits of the review itself?"),
        Item("21", "Conclusions", "What follows for the question, and what next?"),
        Item("22", "Funding", "Who paid for the sources and for the review?"),
    ),
)
"""The 22 items of PRISMA-ScR, asked in words of our own."""
