"""Days off and days worked: holidays, make-up days, and years that nobody has announced yet."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from village_desk.rulebook.rules import HolidayYear

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class HolidayCalendar:
    """Days off by year: as announced, else the statutory holidays and weekends, else the weekends alone."""

    years: tuple[HolidayYear, ...] = ()

    @cached_property
    def _work(self) -> frozenset[dt.date]:
        return frozenset(day for year in self.years for day in year.work)

    @cached_property
    def _off(self) -> dict[dt.date, str]:
        return {
            span.first + dt.timedelta(days=number): span.name
            for year in self.years
            for span in year.off
            for number in range((span.last - span.first).days + 1)
        }

    @cached_property
    def _announced(self) -> frozenset[int]:
        return frozenset(year.year for year in self.years if year.announced)

    @cached_property
    def _reckoned(self) -> frozenset[int]:
        return frozenset(year.year for year in self.years if not year.announced)

    def is_announced(self, year: int) -> bool:
        """Whether the pack holds the notice for this year."""
        return year in self._announced

    def remark(self, year: int) -> str:
        """What a reader must know of a year that is not announced; empty for an announced one."""
        if self.is_announced(year):
            return ""
        if year in self._reckoned:
            return f"{year}年的放假和调休安排还没有装入，这里按法定节日和周末推算。"
        return f"{year}年的节假日安排还没有装入，这里只按周末推算。"

    def is_make_up(self, day: dt.date) -> bool:
        """True on a weekend day that is worked (调休上班)."""
        return day in self._work

    def is_day_off(self, day: dt.date) -> bool:
        """True on an announced holiday and on a weekend day that is not worked."""
        return day in self._off or (day.weekday() >= 5 and day not in self._work)

    def name(self, day: dt.date) -> str:
        """What keeps people at home on a day off: the holiday's name, 周六 or 周日; empty on a working day."""
        if not self.is_day_off(day):
            return ""
        return self._off.get(day, "周六" if day.weekday() == 5 else "周日")

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days from the day after `start` up to and including `end`; 0 when `end` is not later."""
        days = range(1, (end - start).days + 1)
        return sum(not self.is_day_off(start + dt.timedelta(days=number)) for number in days)

    def next_working_day(self, day: dt.date) -> dt.date:
        """The day itself when it is worked, else the first working day after it."""
        while self.is_day_off(day):
            day += _ONE_DAY
        return day
