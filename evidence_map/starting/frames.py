"""Frames with which a review can start: the dimensions that make its first map.

A frame says which questions are asked of papers and how they stand together on a map; the terms are
the reviewers' own.

Sources: evidence gap maps of interventions and outcomes (Snilstveit et al. 2016, doi
10.1016/j.jclinepi.2016.05.015; White et al. 2020, doi 10.1002/cl2.1125); scoping reviews of
population, concept and context (Peters et al. 2020, doi 10.11124/JBIES-20-00167).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

APPROACH = "approach"
EXCLUSION = "exclusion-reason"

TAKEN = (APPROACH, EXCLUSION, "kind")
"""Ids of dimensions that every new review has, or that records use for something else."""


@dataclass(frozen=True)
class FrameDimension:
    """A dimension of a frame, whose terms the reviewers name.

    :ivar question: what is asked for in a terminal.
    :ivar example: terms from an invented review, to show how they are typed.
    """

    id: str
    label: str
    definition: str
    applies_to: Literal["records", "findings"]
    question: str
    example: str
    field: str = "codes"


@dataclass(frozen=True)
class FrameMap:
    """A map of a frame."""

    id: str
    title: str
    question: str
    rows: str
    columns: str


@dataclass(frozen=True)
class Frame:
    """A starting frame.

    :ivar summary: what it is for, in one line of the help.
    :ivar listed_by: the dimension under whose terms review findings are listed, if any.
    """

    id: str
    summary: str
    dimensions: tuple[FrameDimension, ...]
    maps: tuple[FrameMap, ...]
    listed_by: str = ""


_INTERVENTION = FrameDimension(
    "intervention",
    "Intervention",
    "What was done, offered or changed, of which the finding tells what came of it.",
    "findings",
    "Which interventions?",
    "School garden: pupils grow plants at school; Cooking lessons",
)
_OUTCOME = FrameDimension(
    "outcome",
    "Outcome",
    "What was measured or described to learn whether the intervention made a difference.",
    "findings",
    "Which outcomes?",
    "Vegetables eaten; Knowledge of plants; Wellbeing",
)
_POPULATION = FrameDimension(
    "population",
    "Population",
    "Whom the paper is about.",
    "records",
    "Which populations?",
    "Pupils; Teachers; Parents",
    field="sample.roles",
)
_CONCEPT = FrameDimension(
    "concept",
    "Concept",
    "What about them the finding speaks of.",
    "findings",
    "Which parts of the concept?",
    "Learning outdoors; Eating vegetables; Belonging",
)
_CONTEXT = FrameDimension(
    "context",
    "Context",
    "Where, or in which circumstances, the study was done.",
    "records",
    "Which contexts?",
    "Primary school; Secondary school; After-school club",
    field="setting.service_types",
)
_THEME = FrameDimension(
    "theme",
    "Theme",
    "What the finding is about, in what people said or did.",
    "findings",
    "Which themes do you expect? More can follow while you read.",
    "Pride in the harvest; Time and workload",
)
_GROUP = FrameDimension(
    "group",
    "Group",
    "Whose words or actions the paper tells.",
    "records",
    "Which groups of people?",
    "Pupils; Teachers; Parents",
    field="sample.roles",
)

FRAMES: dict[str, Frame] = {
    frame.id: frame
    for frame in (
        Frame(
            "intervention-outcome",
            "interventions by outcomes, as in evidence gap maps of 3ie and Campbell",
            (_INTERVENTION, _OUTCOME),
            (
                FrameMap(
                    "intervention-by-outcome",
                    "Interventions by outcome",
                    "Which interventions were studied for which outcomes, and where is nothing?",
                    "intervention",
                    "outcome",
                ),
            ),
        ),
        Frame(
            "population-concept-context",
            "concepts by populations and by contexts, as in scoping reviews of JBI",
            (_POPULATION, _CONCEPT, _CONTEXT),
            (
                FrameMap(
                    "concept-by-population",
                    "Concepts by population",
                    "What has been studied for whom?",
                    "concept",
                    "population",
                ),
                FrameMap(
                    "concept-by-context",
                    "Concepts by context",
                    "What has been studied where?",
                    "concept",
                    "context",
                ),
            ),
        ),
        Frame(
            "theme-group",
            "themes by groups of people, for qualitative evidence",
            (_THEME, _GROUP),
            (
                FrameMap(
                    "theme-by-group",
                    "Themes by group",
                    "Of what do which people speak, and on what is nothing known?",
                    "theme",
                    "group",
                ),
            ),
            listed_by="theme",
        ),
        Frame("blank", "one dimension that you name, by the approach of the study", (), ()),
    )
}
"""The frames by id."""


def frame_of_one(id: str, label: str) -> Frame:
    """Return the blank frame with its one dimension, as the reviewers named it."""
    dimension = FrameDimension(
        id,
        label,
        "Not defined yet. Say in one sentence what this dimension asks of a finding.",
        "findings",
        f"Which terms has “{label}”?",
        "Learning outdoors; Eating vegetables",
    )
    shown = FrameMap(
        f"{id}-by-approach"[:64].rstrip("-"),
        f"{label}, by approach",
        "What has been studied, and how?",
        id,
        APPROACH,
    )
    return Frame("blank", FRAMES["blank"].summary, (dimension,), (shown,))
