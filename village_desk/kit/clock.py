"""The clerk's calendar day: confirmed when the computer's clock jumps, never used for order."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

# A laptop that slept through a season is common; a longer gap is more often an empty battery.
LONGEST_BELIEVED_GAP_DAYS = 45


class ClockState(StrEnum):
    """What the desk thinks of the computer's date."""

    BELIEVED = "believed"
    WENT_BACK = "went_back"
    JUMPED_AHEAD = "jumped_ahead"


@dataclass(frozen=True)
class Today:
    """The day the desk works with; `confirmed` is false until a clerk has answered for it."""

    day: dt.date
    state: ClockState

    @property
    def confirmed(self) -> bool:
        """True when the day needs no question to the clerk."""
        return self.state is ClockState.BELIEVED


def judge_clock(computer: dt.date, last_confirmed: dt.date | None) -> Today:
    """Compare the computer's date with the last day a clerk worked on."""
    if last_confirmed is None:
        return Today(computer, ClockState.BELIEVED)
    if computer < last_confirmed:
        return Today(last_confirmed, ClockState.WENT_BACK)
    if (computer - last_confirmed).days > LONGEST_BELIEVED_GAP_DAYS:
        return Today(computer, ClockState.JUMPED_AHEAD)
    return Today(computer, ClockState.BELIEVED)
