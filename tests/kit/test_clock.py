"""Which day the desk works with when the computer's clock cannot be trusted."""

import datetime as dt

import pytest

from village_desk.kit.clock import LONGEST_BELIEVED_GAP_DAYS, ClockState, Today, judge_clock

LAST = dt.date(2026, 3, 10)


@pytest.mark.parametrize("days", [0, 1, LONGEST_BELIEVED_GAP_DAYS])
def test_a_day_soon_after_the_last_one_is_believed(days: int) -> None:
    day = LAST + dt.timedelta(days=days)
    today = judge_clock(day, LAST)
    assert today == Today(day, ClockState.BELIEVED)
    assert today.confirmed


def test_the_first_day_ever_is_believed() -> None:
    assert judge_clock(LAST, None) == Today(LAST, ClockState.BELIEVED)


def test_a_clock_that_went_back_keeps_the_last_day_and_asks() -> None:
    today = judge_clock(dt.date(2009, 1, 1), LAST)
    assert today == Today(LAST, ClockState.WENT_BACK)
    assert not today.confirmed


def test_a_clock_that_jumped_ahead_asks() -> None:
    day = LAST + dt.timedelta(days=LONGEST_BELIEVED_GAP_DAYS + 1)
    today = judge_clock(day, LAST)
    assert today == Today(day, ClockState.JUMPED_AHEAD)
    assert not today.confirmed
