"""What a meeting is in numbers, and the verdict of the rules on it."""

from village_desk.meetings.rules.counting import counted_in, typed_count, while_counting
from village_desk.meetings.rules.counts import Count, Headcount, MeetingFacts, serials, serials_text
from village_desk.meetings.rules.judging import judge, quorum_words
from village_desk.meetings.rules.states import (
    MeetingState,
    MotionState,
    ObserverKind,
    assembly_for,
    roll_question,
)
from village_desk.meetings.rules.verdicts import Check, CheckState, Verdict, VerdictState, decided

__all__ = [
    "Check",
    "CheckState",
    "Count",
    "Headcount",
    "MeetingFacts",
    "MeetingState",
    "MotionState",
    "ObserverKind",
    "Verdict",
    "VerdictState",
    "assembly_for",
    "counted_in",
    "decided",
    "judge",
    "quorum_words",
    "roll_question",
    "serials",
    "serials_text",
    "typed_count",
    "while_counting",
]
