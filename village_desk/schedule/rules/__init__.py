"""The rules of days: the calendar, deadlines with their arithmetic, what comes round, quotas and coverage."""

from village_desk.schedule.rules.calendar import HolidayCalendar
from village_desk.schedule.rules.counting import Entry, Share, Standing, standing
from village_desk.schedule.rules.deadlines import (
    LONGEST_PERIOD_DAYS,
    Deadline,
    PostingPeriod,
    add_working_days,
    deadline,
    posting_period,
)
from village_desk.schedule.rules.rhythm import (
    UNIT_WORDS,
    Period,
    Rule,
    Subject,
    calendar_period,
    check_rule,
    day_in,
    periods,
)

__all__ = [
    "LONGEST_PERIOD_DAYS",
    "UNIT_WORDS",
    "Deadline",
    "Entry",
    "HolidayCalendar",
    "Period",
    "PostingPeriod",
    "Rule",
    "Share",
    "Standing",
    "Subject",
    "add_working_days",
    "calendar_period",
    "check_rule",
    "day_in",
    "deadline",
    "periods",
    "posting_period",
    "standing",
]
