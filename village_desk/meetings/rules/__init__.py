"""What a meeting is in numbers, and the verdict of the rules on it."""

from village_desk.meetings.rules.counts import Count, Headcount, MeetingFacts, serials
from village_desk.meetings.rules.judging import judge
from village_desk.meetings.rules.verdicts import Check, CheckState, Verdict, VerdictState, decided

__all__ = [
    "Check",
    "CheckState",
    "Count",
    "Headcount",
    "MeetingFacts",
    "Verdict",
    "VerdictState",
    "decided",
    "judge",
    "serials",
]
