"""Days as the law counts them: day 0, holidays, make-up days, and the arithmetic that is shown."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.errors import NotAllowed
from village_desk.rulebook.rules import Rulebook, shipped_packs
from village_desk.schedule.rules import HolidayCalendar, add_working_days, deadline, posting_period

BOOK = Rulebook(shipped_packs(), "320924103205")
CALENDAR = HolidayCalendar(BOOK.holidays)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 11, 30))


def test_trap_15_the_day_of_posting_is_day_0() -> None:
    period = posting_period(BOOK.posting_rule("resolution", dt.date(2026, 9, 1)), dt.date(2026, 9, 1), CALENDAR)
    assert period.last_day == dt.date(2026, 9, 16)
    assert period.may_come_down_from == dt.date(2026, 9, 17)
    assert period.days_left(dt.date(2026, 9, 7)) == 9
    assert period.days_hung(dt.date(2026, 9, 5)) == 4
    assert not period.is_full(dt.date(2026, 9, 16))
    assert period.is_full(dt.date(2026, 9, 17))


def test_trap_15_make_up_days_are_working_days_and_holidays_are_not() -> None:
    # 2026-05-01 to 05-05 are off, Saturday 05-09 is worked instead.
    assert add_working_days(dt.date(2026, 4, 30), 4, CALENDAR) == dt.date(2026, 5, 9)
    assert add_working_days(dt.date(2026, 4, 30), 5, CALENDAR) == dt.date(2026, 5, 11)
    assert CALENDAR.is_make_up(dt.date(2026, 5, 9))
    assert CALENDAR.name(dt.date(2026, 5, 4)) == "劳动节"


def test_five_working_days_and_seven_days_and_seven_working_days_differ() -> None:
    posted = dt.date(2026, 9, 24)  # the day before the mid-autumn holiday
    honours = posting_period(BOOK.posting_rule("honours", posted), posted, CALENDAR)
    relief = posting_period(BOOK.posting_rule("relief_review", posted), posted, CALENDAR)
    subsidy = posting_period(BOOK.posting_rule("subsidy", posted), posted, CALENDAR)
    assert (honours.last_day, relief.last_day, subsidy.last_day) == (
        dt.date(2026, 10, 9),
        dt.date(2026, 10, 12),
        dt.date(2026, 10, 8),
    )


def test_an_end_on_a_holiday_moves_to_the_first_working_day_after_it() -> None:
    # 15 days from 2026-02-01 end on 02-16 in the spring festival, which lasts to 02-23.
    found = deadline(dt.date(2026, 2, 1), 15, CALENDAR)
    assert found.last == dt.date(2026, 2, 24)
    assert found.lines == (
        "2026年2月1日（周日）是起始日，当天不计（民法典第二百零一条）。",
        "往后数15天，是2026年2月16日（周一）。",
        "2月16日是春节，顺延到2026年2月24日（周二）（民法典第二百零三条）。",
    )


def test_an_end_on_a_weekend_moves_on_unless_that_weekend_day_is_worked() -> None:
    assert deadline(dt.date(2026, 3, 6), 15, CALENDAR).last == dt.date(2026, 3, 23)
    assert deadline(dt.date(2026, 2, 13), 15, CALENDAR).last == dt.date(2026, 2, 28)  # Saturday, worked


def test_working_day_arithmetic_is_unfolded() -> None:
    found = deadline(dt.date(2026, 4, 30), 5, CALENDAR, working_days=True, rolls_over=False)
    assert found.lines[1:] == (
        "往后数5个工作日，跳过休息日6天，是2026年5月11日（周一）。",
        "其中5月9日是调休上班，算工作日。",
    )


def test_a_year_that_nobody_announced_is_computed_and_said_to_be_so() -> None:
    found = deadline(dt.date(2027, 9, 27), 5, CALENDAR, working_days=True)
    # 1 October is a statutory holiday (a Friday); the days around it are shifted later by the announcement.
    assert found.last == dt.date(2027, 10, 5)
    assert found.guessed
    assert found.lines[-1] == "2027年的放假和调休安排还没有装入，这里按法定节日和周末推算。"
    far = deadline(dt.date(2041, 9, 27), 5, CALENDAR, working_days=True)
    assert far.lines[-1] == "2041年的节假日安排还没有装入，这里只按周末推算。"
    assert not deadline(dt.date(2026, 9, 7), 5, CALENDAR).guessed


def test_a_local_stay_that_is_longer_decides_and_is_named() -> None:
    book = Rulebook(shipped_packs(samples=True), "320924103205")
    period = posting_period(book.posting_rule("resolution", dt.date(2026, 9, 1)), dt.date(2026, 9, 1), CALENDAR)
    assert period.rule.rule_id == "P-JY-B"
    assert period.last_day == dt.date(2026, 9, 21)
    assert period.lines[-1] == "几条规定里，示例县四议两公开办法第十二条的20天到期最晚，按它执行。"


def test_before_2026_no_number_of_days_is_invented() -> None:
    posted = dt.date(2025, 9, 1)
    period = posting_period(BOOK.posting_rule("resolution", posted), posted, CALENDAR)
    assert period.last_day == posted
    assert period.lines[-1] == "村民委员会组织法第三十条没有规定最少天数，张贴天数按本地要求。"


def test_a_silly_number_of_days_is_refused() -> None:
    with pytest.raises(NotAllowed, match="-1天"):
        deadline(dt.date(2026, 1, 1), -1, CALENDAR)
    with pytest.raises(NotAllowed):
        add_working_days(dt.date(2026, 1, 1), 5000, CALENDAR)


@given(DAYS, st.integers(0, 40))
def test_a_period_ends_on_a_working_day_and_never_early(start: dt.date, days: int) -> None:
    found = deadline(start, days, CALENDAR)
    assert (found.last - start).days >= days
    assert days == 0 or not CALENDAR.is_day_off(found.last)


@given(DAYS, st.integers(0, 20))
def test_working_days_counted_forward_are_the_working_days_between(start: dt.date, days: int) -> None:
    assert CALENDAR.working_days_between(start, add_working_days(start, days, CALENDAR)) == days


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_more_days_never_end_earlier(start: dt.date, fewer: int, more: int) -> None:
    low, high = sorted((fewer, more))
    assert deadline(start, low, CALENDAR).last <= deadline(start, high, CALENDAR).last


def test_a_calendar_without_any_year_still_counts_weekends() -> None:
    plain = HolidayCalendar()
    assert plain.is_day_off(dt.date(2026, 10, 3))
    assert not plain.is_day_off(dt.date(2026, 10, 1))
    assert plain.next_working_day(dt.date(2026, 10, 3)) == dt.date(2026, 10, 5)
