"""What is kept of meetings: the call, the frozen roll, who came, the motions, each count as it was taken, the paper."""

from village_desk.meetings.records.activities import Activity, ActivityAttendance, ActivityWord
from village_desk.meetings.records.meetings import (
    Attendance,
    Evening,
    Meeting,
    MeetingRoll,
    MeetingRollPart,
    MeetingSession,
    SignIn,
)
from village_desk.meetings.records.minutes import MeetingPrint, MinutesCorrection
from village_desk.meetings.records.votes import CountCheck, Motion, Recusal, VoteCount

__all__ = [
    "Activity",
    "ActivityAttendance",
    "ActivityWord",
    "Attendance",
    "CountCheck",
    "Evening",
    "Meeting",
    "MeetingPrint",
    "MeetingRoll",
    "MeetingRollPart",
    "MeetingSession",
    "MinutesCorrection",
    "Motion",
    "Recusal",
    "SignIn",
    "VoteCount",
]
