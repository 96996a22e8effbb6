"""What is known of cases: the list, a whole case with the verdict on each step, and what its sheets say."""

from village_desk.decisions.lookups.cases import (
    DECISION_NOT_FOUND,
    all_decisions,
    case_facts,
    decision_numbered,
    holds_both_posts,
    mandates,
    one_decision,
)
from village_desk.decisions.lookups.rows import (
    DecisionDetail,
    DecisionRow,
    DecisionState,
    MandateRow,
    NoticeLink,
    StageRow,
)

__all__ = [
    "DECISION_NOT_FOUND",
    "DecisionDetail",
    "DecisionRow",
    "DecisionState",
    "MandateRow",
    "NoticeLink",
    "StageRow",
    "all_decisions",
    "case_facts",
    "decision_numbered",
    "holds_both_posts",
    "mandates",
    "one_decision",
]
