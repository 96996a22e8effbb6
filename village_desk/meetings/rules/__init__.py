"""What a meeting is in numbers, and the verdict of the rules on it."""

from village_desk.meetings.rules.counting import counted_in, typed_count, while_counting
from village_desk.meetings.rules.counts import Count, Headcount, MeetingFacts, serials, serials_text
from village_desk.meetings.rules.details import (
    NO_DETAILS,
    VoteDetails,
    by_name,
    check_parts,
    check_written,
    names_of_choice,
    tally,
)
from village_desk.meetings.rules.judging import judge, quorum_words
from village_desk.meetings.rules.states import (
    COLLECTIVE_QUESTION,
    NOTICE_WAYS,
    STANDS_FOR_HOUSEHOLDS,
    USUAL_REASONS,
    MeetingState,
    MotionKind,
    MotionState,
    ObserverKind,
    Occasion,
    assembly_for,
    same_roll,
)
from village_desk.meetings.rules.verdicts import Check, CheckState, Verdict, VerdictState, decided
from village_desk.meetings.rules.who import clock_time, who

__all__ = [
    "COLLECTIVE_QUESTION",
    "NOTICE_WAYS",
    "NO_DETAILS",
    "STANDS_FOR_HOUSEHOLDS",
    "USUAL_REASONS",
    "Check",
    "CheckState",
    "Count",
    "Headcount",
    "MeetingFacts",
    "MeetingState",
    "MotionKind",
    "MotionState",
    "ObserverKind",
    "Occasion",
    "Verdict",
    "VerdictState",
    "VoteDetails",
    "assembly_for",
    "by_name",
    "check_parts",
    "check_written",
    "clock_time",
    "counted_in",
    "decided",
    "judge",
    "names_of_choice",
    "quorum_words",
    "same_roll",
    "serials",
    "serials_text",
    "tally",
    "typed_count",
    "while_counting",
    "who",
]
