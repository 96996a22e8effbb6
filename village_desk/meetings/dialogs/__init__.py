"""What the page of meetings asks."""

from village_desk.meetings.dialogs.agenda import AskedPerson, MotionDialog, RecountDialog, RecusalDialog
from village_desk.meetings.dialogs.meeting import MeetingAnswer, MeetingDialog, PostponeDialog
from village_desk.meetings.dialogs.minutes import CorrectionDialog
from village_desk.meetings.dialogs.people import EveningDialog, RemarksDialog, SittingDialog

__all__ = [
    "AskedPerson",
    "CorrectionDialog",
    "EveningDialog",
    "MeetingAnswer",
    "MeetingDialog",
    "MotionDialog",
    "PostponeDialog",
    "RecountDialog",
    "RecusalDialog",
    "RemarksDialog",
    "SittingDialog",
]
