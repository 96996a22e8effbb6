"""The day that the desk works with: believed or confirmed at opening, and moved on at midnight while it is open."""

import datetime as dt
from collections.abc import Callable

from village_desk.kit.clock import LONGEST_BELIEVED_GAP_DAYS, ClockState, Today, judge_clock


def computer_day() -> dt.date:
    """The date of the computer's clock."""
    return dt.date.today()


class Calendar:
    """The desk's day; with a fixed day given it stands still until another one is confirmed."""

    def __init__(
        self, last: dt.date | None, fixed: dt.date | None = None, computer: Callable[[], dt.date] = computer_day
    ) -> None:
        self._computer = computer
        self._follows = fixed is None
        self._seen = computer()
        self._clock = judge_clock(self._seen, last) if fixed is None else Today(fixed, ClockState.BELIEVED)

    @property
    def clock(self) -> Today:
        """The day, and what the desk thinks of the computer's date."""
        if self._follows and self._clock.confirmed:
            passed = (self._computer() - self._seen).days
            # A clock that jumps while the desk is open is judged at the next opening.
            if 0 < passed <= LONGEST_BELIEVED_GAP_DAYS:
                self._seen += dt.timedelta(days=passed)
                self._clock = Today(self._clock.day + dt.timedelta(days=passed), ClockState.BELIEVED)
        return self._clock

    def confirm(self, day: dt.date) -> None:
        """A person's answer; from it the days go on with the computer's."""
        self._seen = self._computer()
        self._clock = Today(day, ClockState.BELIEVED)
