"""What the page of decisions asks: a new case, its plan, a meeting, who came, a vote, an opinion, a mandate."""

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
    MeetingAnswer,
    MeetingDialog,
    ObserversDialog,
    OpinionAnswer,
    OpinionDialog,
    ResultDialog,
    SignInDialog,
    VoteDialog,
)

__all__ = [
    "CaseAnswer",
    "CaseDialog",
    "MandateAnswer",
    "MandateDialog",
    "MatterChoice",
    "MeetingAnswer",
    "MeetingDialog",
    "ObserversDialog",
    "OpinionAnswer",
    "OpinionDialog",
    "PlanDialog",
    "ReasonDialog",
    "ResultDialog",
    "SignInDialog",
    "VoteDialog",
]
