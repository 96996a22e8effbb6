"""A case in facts, and what the law makes of each step and of the whole."""

from village_desk.decisions.rules.bodies import decider_for
from village_desk.decisions.rules.cases import (
    CaseFacts,
    CaseVerdict,
    Change,
    ChangeKind,
    Filing,
    FilingKind,
    Judged,
    Mandate,
    PublicationFacts,
    StageFacts,
    StageVerdict,
    TaskFacts,
    case_number,
    refuse_unvoteable,
)
from village_desk.decisions.rules.legality import judge_case
from village_desk.decisions.rules.procedures import law_gaps, refuse_broken

__all__ = [
    "CaseFacts",
    "CaseVerdict",
    "Change",
    "ChangeKind",
    "Filing",
    "FilingKind",
    "Judged",
    "Mandate",
    "PublicationFacts",
    "StageFacts",
    "StageVerdict",
    "TaskFacts",
    "case_number",
    "decider_for",
    "judge_case",
    "law_gaps",
    "refuse_broken",
    "refuse_unvoteable",
]
