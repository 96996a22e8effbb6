"""What the page of decisions asks: a new case, its plan, a meeting, a result, an opinion, a mandate."""

from village_desk.decisions.dialogs.cases import (
    CaseAnswer,
    CaseDialog,
    MandateAnswer,
    MandateDialog,
    MatterChoice,
    PlanDialog,
    ReasonDialog,
)
from village_desk.decisions.dialogs.steps import (
    JudgeDialog,
    MeetingAnswer,
    MeetingDialog,
    OpinionAnswer,
    OpinionDialog,
    ResultDialog,
)

__all__ = [
    "CaseAnswer",
    "CaseDialog",
    "JudgeDialog",
    "MandateAnswer",
    "MandateDialog",
    "MatterChoice",
    "MeetingAnswer",
    "MeetingDialog",
    "OpinionAnswer",
    "OpinionDialog",
    "PlanDialog",
    "ReasonDialog",
    "ResultDialog",
]
