"""A case in facts, and what the law makes of each step and of the whole."""

from village_desk.decisions.rules.cases import (
    CaseFacts,
    CaseVerdict,
    Judged,
    Mandate,
    PublicationFacts,
    StageFacts,
    StageVerdict,
    case_number,
    refuse_unvoteable,
)
from village_desk.decisions.rules.legality import decider_for, judge_case

__all__ = [
    "CaseFacts",
    "CaseVerdict",
    "Judged",
    "Mandate",
    "PublicationFacts",
    "StageFacts",
    "StageVerdict",
    "case_number",
    "decider_for",
    "judge_case",
    "refuse_unvoteable",
]
