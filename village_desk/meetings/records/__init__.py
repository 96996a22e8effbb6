"""What is kept of meetings: the call, the frozen roll, who came, the motions, and each count as it was taken."""

from village_desk.meetings.records.meetings import Attendance, Meeting, MeetingRoll
from village_desk.meetings.records.votes import CountCheck, Motion, VoteCount

__all__ = ["Attendance", "CountCheck", "Meeting", "MeetingRoll", "Motion", "VoteCount"]
