"""The rules of days: the calendar, deadlines with their arithmetic, what comes round, quotas and coverage."""

from village_desk.schedule.rules.calendar import HolidayCalendar
from village_desk.schedule.rules.deadlines import (
    LONGEST_PERIOD_DAYS,
    Deadline,
    PostingPeriod,
    add_working_days,
    deadline,
    posting_period,
)

__all__ = [
    "LONGEST_PERIOD_DAYS",
    "Deadline",
    "HolidayCalendar",
    "PostingPeriod",
    "add_working_days",
    "deadline",
    "posting_period",
]
