"""The calendar of the village at hand, with the holidays of its packs."""

from functools import lru_cache

from sqlalchemy.orm import Session

from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import HolidayYear
from village_desk.schedule.rules import HolidayCalendar


def calendar(session: Session) -> HolidayCalendar:
    """The holidays that the village's packs announce."""
    return _calendar(rulebook(session).holidays)


@lru_cache(maxsize=16)
def _calendar(years: tuple[HolidayYear, ...]) -> HolidayCalendar:
    return HolidayCalendar(years)
