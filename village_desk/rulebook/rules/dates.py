"""The rows of a calendar: what comes round by the week, month, quarter or year, how often, and for whom."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.rulebook.rules.rows import Standing


class Rhythm(StrEnum):
    """How a date rule comes round."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    EVERY_YEARS = "every_years"
    EVERY_DAYS = "every_days"
    TYPED = "typed"

    @property
    def words(self) -> str:
        """The rhythm as a list names it."""
        return _RHYTHM_WORDS[self]


_RHYTHM_WORDS = {
    Rhythm.WEEKLY: "每周",
    Rhythm.MONTHLY: "每月",
    Rhythm.QUARTERLY: "每季度",
    Rhythm.HALF_YEARLY: "每半年",
    Rhythm.YEARLY: "每年",
    Rhythm.EVERY_YEARS: "几年一次",
    Rhythm.EVERY_DAYS: "隔几天一次（赶集日）",
    Rhythm.TYPED: "自己列出日期",
}


class Aim(StrEnum):
    """What a date rule asks for: one occasion, at least so many, or everybody once."""

    OCCASION = "occasion"
    QUOTA = "quota"
    COVERAGE = "coverage"


class CountUnit(StrEnum):
    """What a quota counts."""

    TIMES = "times"
    DAYS = "days"
    SUBJECTS = "subjects"
    HOURS = "hours"


@dataclass(frozen=True)
class DateRuleRow:
    """One row of a calendar.

    `weekdays` are 1 (Monday) to 7; `day` is a day of the month (of a quarter's first month), 0 the whole period;
    `every` are years or days. `counts` are the kinds of entries that answer it; `least` how many in each period,
    counted in `unit`; `of` asks it of the village, of each listed person or unit, of each household or group.
    An `automatic` row holds from the first day on; the others are presets that a village switches on.
    """

    rule_id: str
    name: str
    rhythm: Rhythm
    legal_ref: str
    law_version: str
    standing: Standing
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    aim: Aim = Aim.OCCASION
    weekdays: tuple[int, ...] = ()
    day: int = 0
    month: int = 0
    every: int = 0
    counts: tuple[str, ...] = ()
    least: int = 1
    unit: CountUnit = CountUnit.TIMES
    of: str = "village"
    who: str = ""
    advice: str = ""
    automatic: bool = False
    source_note: str = ""
