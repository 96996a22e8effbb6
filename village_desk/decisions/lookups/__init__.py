"""What is known of cases: the list, a whole case with the verdict on each step, and what its sheets say."""

from village_desk.decisions.lookups.around import late_works
from village_desk.decisions.lookups.asked import TOWNSHIP_TOPIC
from village_desk.decisions.lookups.basis import DecisionBasis, decision_bases, decision_basis, hangs, is_settled
from village_desk.decisions.lookups.cases import (
    DECISION_NOT_FOUND,
    all_decisions,
    case_facts,
    decision_numbered,
    decisions_by,
    holds_both_posts,
    mandates,
    one_decision,
    supervised_posts,
)
from village_desk.decisions.lookups.inspection import Finding, InspectionLine, InspectionReport, inspection
from village_desk.decisions.lookups.procedures import ProcedureRow, procedure_for, procedures, spending_tier
from village_desk.decisions.lookups.rows import (
    ChangeRow,
    DecisionDetail,
    DecisionRow,
    DecisionState,
    FilingRow,
    MandateRow,
    NoticeLink,
    PaperRow,
    ProgressRow,
    ReturnRow,
    StageRow,
    WorkRow,
)

__all__ = [
    "DECISION_NOT_FOUND",
    "TOWNSHIP_TOPIC",
    "ChangeRow",
    "DecisionBasis",
    "DecisionDetail",
    "DecisionRow",
    "DecisionState",
    "FilingRow",
    "Finding",
    "InspectionLine",
    "InspectionReport",
    "MandateRow",
    "NoticeLink",
    "PaperRow",
    "ProcedureRow",
    "ProgressRow",
    "ReturnRow",
    "StageRow",
    "WorkRow",
    "all_decisions",
    "case_facts",
    "decision_bases",
    "decision_basis",
    "decision_numbered",
    "decisions_by",
    "hangs",
    "holds_both_posts",
    "inspection",
    "is_settled",
    "late_works",
    "mandates",
    "one_decision",
    "procedure_for",
    "procedures",
    "spending_tier",
    "supervised_posts",
]
