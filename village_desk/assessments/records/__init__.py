"""What is kept of assessments."""

from village_desk.assessments.records.rounds import (
    AssessmentConsequence,
    AssessmentForm,
    AssessmentMark,
    AssessmentRound,
    AssessmentSubject,
    BallotTally,
    ConductBreach,
    ItemHit,
    RectificationLine,
    WorkReport,
)
from village_desk.assessments.records.stars import (
    ReceivedStar,
    StarEntry,
    StarRevocation,
    StarRound,
    StarSet,
    StarUse,
)

__all__ = [
    "AssessmentConsequence",
    "AssessmentForm",
    "AssessmentMark",
    "AssessmentRound",
    "AssessmentSubject",
    "BallotTally",
    "ConductBreach",
    "ItemHit",
    "ReceivedStar",
    "RectificationLine",
    "StarEntry",
    "StarRevocation",
    "StarRound",
    "StarSet",
    "StarUse",
    "WorkReport",
]
