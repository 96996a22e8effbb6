"""What the page of decisions asks: a new case, its plan, its steps, its offices, its works, and procedures."""

from village_desk.decisions.dialogs.carrying import (
    FilingAnswer,
    FilingDialog,
    PapersDialog,
    ProgressAnswer,
    ProgressDialog,
    WorkAnswer,
    WorkDialog,
)
from village_desk.decisions.dialogs.cases import (
    CaseAnswer,
    CaseDialog,
    MandateAnswer,
    MandateDialog,
    MatterChoice,
    PlanDialog,
    ReasonDialog,
    WayChoice,
)
from village_desk.decisions.dialogs.inspection import InspectionDialog
from village_desk.decisions.dialogs.procedures import (
    ProcedureAnswer,
    ProcedureChoice,
    ProcedureDialog,
    ProceduresDialog,
)
from village_desk.decisions.dialogs.steps import (
    JudgeDialog,
    MeetingAnswer,
    MeetingDialog,
    OpinionAnswer,
    OpinionDialog,
    ResultDialog,
)
from village_desk.decisions.dialogs.ways import BackDialog, PaperAnswer, PaperDialog, TaskAnswer, TaskDialog

__all__ = [
    "BackDialog",
    "CaseAnswer",
    "CaseDialog",
    "FilingAnswer",
    "FilingDialog",
    "InspectionDialog",
    "JudgeDialog",
    "MandateAnswer",
    "MandateDialog",
    "MatterChoice",
    "MeetingAnswer",
    "MeetingDialog",
    "OpinionAnswer",
    "OpinionDialog",
    "PaperAnswer",
    "PaperDialog",
    "PapersDialog",
    "PlanDialog",
    "ProcedureAnswer",
    "ProcedureChoice",
    "ProcedureDialog",
    "ProceduresDialog",
    "ProgressAnswer",
    "ProgressDialog",
    "ReasonDialog",
    "ResultDialog",
    "TaskAnswer",
    "TaskDialog",
    "WayChoice",
    "WorkAnswer",
    "WorkDialog",
]
