"""What is known of meetings: rows for pages, paper and the rooms that called them, with the verdict on each vote."""

from village_desk.meetings.lookups.meetings import (
    MEETING_NOT_FOUND,
    MOTION_NOT_FOUND,
    MotionFacts,
    all_meetings,
    facts_of_motions,
    meetings_about,
    one_meeting,
    vote_at_hand,
)
from village_desk.meetings.lookups.rows import (
    CountRow,
    LeftOutRow,
    MeetingDetail,
    MeetingRow,
    MotionRow,
    ObserverRow,
    RollRow,
)

__all__ = [
    "MEETING_NOT_FOUND",
    "MOTION_NOT_FOUND",
    "CountRow",
    "LeftOutRow",
    "MeetingDetail",
    "MeetingRow",
    "MotionFacts",
    "MotionRow",
    "ObserverRow",
    "RollRow",
    "all_meetings",
    "facts_of_motions",
    "meetings_about",
    "one_meeting",
    "vote_at_hand",
]
