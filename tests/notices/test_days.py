"""Days on the wall: day 0, the last day, gaps, and the refusal to take a sheet down early."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.errors import NotAllowed
from village_desk.notices.rules.days import (
    AfterGap,
    DayUnit,
    Hanging,
    Stretch,
    Terms,
    check_take_down,
    hanging,
    late_objection,
)
from village_desk.notices.rules.kinds import NoticeKind

LAW = Terms("P-JY", 15, legal_ref="村民委员会组织法第三十五条")
HOLIDAY = frozenset(dt.date(2026, 10, day) for day in range(1, 8))


class PlainDays:
    """An independent count: weekends are free of work, the first week of October is a holiday."""

    def elapsed(self, start: dt.date, end: dt.date, unit: DayUnit) -> int:
        days = [start + dt.timedelta(days=step) for step in range(1, (end - start).days + 1)]
        return len(days if unit is DayUnit.CALENDAR else [day for day in days if self._worked(day)])

    def last_day(self, start: dt.date, days: int, terms: Terms) -> dt.date:
        day = start
        for _ in range(days):
            day += dt.timedelta(days=1)
            while terms.unit is DayUnit.WORKING and not self._worked(day):
                day += dt.timedelta(days=1)
        while terms.rolls_over and day in HOLIDAY:
            day += dt.timedelta(days=1)
        return day

    def remarks(self, start: dt.date, end: dt.date) -> tuple[str, ...]:
        return ()

    def _worked(self, day: dt.date) -> bool:
        return day.weekday() < 5 and day not in HOLIDAY


def state(*stretches: Stretch, rows: tuple[Terms, ...] = (LAW,), kind: NoticeKind = NoticeKind.PUBLICATION) -> Hanging:
    return hanging(stretches, rows, kind, PlainDays())


def test_trap_1_a_publication_hangs_fifteen_days_and_the_day_of_posting_is_day_zero() -> None:
    found = state(Stretch(dt.date(2026, 9, 1)))
    assert found.last_day == dt.date(2026, 9, 16)
    assert found.may_come_down_on == dt.date(2026, 9, 17)
    assert found.arithmetic == (
        "2026年9月1日张贴，当天不算，从第二天起算。",
        "公开期限15天，贴到2026年9月16日，9月17日起可以撤下。",
    )


def test_a_sheet_may_not_come_down_nine_days_early_and_the_sentence_counts_them() -> None:
    found = state(Stretch(dt.date(2026, 9, 1)))
    with pytest.raises(NotAllowed) as refusal:
        check_take_down("这张决议公开", found, dt.date(2026, 9, 7), NoticeKind.PUBLICATION)
    assert refusal.value.message == "这张决议公开9月1日贴出，公开期限到2026年9月16日止，还差9天，现在不能撤下。"
    assert "登记破损" in refusal.value.advice


def test_the_last_day_itself_is_too_early_and_the_day_after_is_not() -> None:
    found = state(Stretch(dt.date(2026, 9, 1)))
    with pytest.raises(NotAllowed, match="今天是最后一天"):
        check_take_down("这张公开表", found, dt.date(2026, 9, 16), NoticeKind.PUBLICATION)
    check_take_down("这张公开表", found, dt.date(2026, 9, 17), NoticeKind.PUBLICATION)


def test_trap_15_seven_days_and_seven_working_days_end_on_different_days() -> None:
    friday = Stretch(dt.date(2026, 9, 4))
    seven = state(friday, rows=(Terms("a", 7),), kind=NoticeKind.OBJECTION)
    working = state(friday, rows=(Terms("b", 7, unit=DayUnit.WORKING),), kind=NoticeKind.OBJECTION)
    assert seven.last_day == dt.date(2026, 9, 11)
    assert working.last_day == dt.date(2026, 9, 15)
    assert "公示期7个工作日" in working.arithmetic[1]


def test_an_end_on_a_holiday_moves_to_the_first_day_after_it_and_says_so() -> None:
    found = state(Stretch(dt.date(2026, 9, 18)))
    assert found.last_day == dt.date(2026, 10, 8)
    assert "10月3日是休息日，最后一天顺延到10月8日。" in found.arithmetic


def test_the_longest_of_several_rows_decides() -> None:
    found = state(Stretch(dt.date(2026, 9, 1)), rows=(LAW, Terms("county", 20)))
    assert found.last_day == dt.date(2026, 9, 21)
    assert found.terms == Terms("county", 20)


def test_a_sheet_torn_down_on_the_fourth_day_owes_the_lost_days() -> None:
    torn = state(Stretch(dt.date(2026, 9, 1), dt.date(2026, 9, 5)))
    assert not torn.hangs
    assert (torn.hung_days, torn.owed_days) == (4, 11)
    again = state(Stretch(dt.date(2026, 9, 1), dt.date(2026, 9, 5)), Stretch(dt.date(2026, 9, 7)))
    assert again.lost_days == 2
    assert again.last_day == dt.date(2026, 9, 18)
    assert "9月7日补贴，中间缺的2天要补上，之前的4天有效。" in again.arithmetic


def test_a_sheet_put_up_again_on_the_same_day_loses_nothing() -> None:
    again = state(Stretch(dt.date(2026, 9, 1), dt.date(2026, 9, 5)), Stretch(dt.date(2026, 9, 5)))
    assert again.lost_days == 0
    assert again.last_day == dt.date(2026, 9, 16)


def test_a_place_may_let_the_period_begin_anew() -> None:
    rows = (Terms("county", 15, after_gap=AfterGap.RESTART),)
    again = state(Stretch(dt.date(2026, 9, 1), dt.date(2026, 9, 12)), Stretch(dt.date(2026, 9, 14)), rows=rows)
    assert again.last_day == dt.date(2026, 9, 29)


def test_a_sheet_gone_on_its_last_day_has_not_hung_its_period() -> None:
    gone = state(Stretch(dt.date(2026, 9, 1), dt.date(2026, 9, 16)))
    assert not gone.fulfilled
    assert gone.owed_days == 1
    kept = state(Stretch(dt.date(2026, 9, 1), dt.date(2026, 9, 17)))
    assert kept.fulfilled
    assert kept.owed_days == 0


def test_where_no_days_are_set_a_sheet_may_come_down_the_next_day() -> None:
    found = state(Stretch(dt.date(2026, 9, 1)), rows=(Terms("P-JQ", 0),))
    assert found.may_come_down_on == dt.date(2026, 9, 2)
    assert found.arithmetic[1] == "没有规定公开期限的天数，9月2日起可以撤下。"


def test_what_was_never_posted_cannot_be_taken_down() -> None:
    with pytest.raises(NotAllowed, match="没有贴在"):
        check_take_down("这张公开表", state(), dt.date(2026, 9, 7), NoticeKind.PUBLICATION)


def test_a_late_objection_is_known_as_late() -> None:
    terms = Terms("P-PX", 5, objection_days=5)
    assert not late_objection(dt.date(2026, 9, 6), dt.date(2026, 9, 1), terms, PlainDays())
    assert late_objection(dt.date(2026, 9, 7), dt.date(2026, 9, 1), terms, PlainDays())


def test_a_rule_row_comes_back_from_its_record_as_it_was() -> None:
    terms = Terms("b", 7, DayUnit.WORKING, False, AfterGap.RESTART, 5, 3, "本地规定", "2025修订")
    assert Terms.unpacked(terms.packed()) == terms
    assert Terms.unpacked(("old", 15)) == Terms("old", 15)


starts = st.dates(dt.date(2026, 1, 1), dt.date(2026, 8, 1))


@given(starts, st.integers(1, 30))
def test_an_unbroken_calendar_period_ends_exactly_its_days_after_posting(start: dt.date, days: int) -> None:
    found = state(Stretch(start), rows=(Terms("x", days),))
    assert found.last_day == start + dt.timedelta(days=days)


@given(starts, st.integers(1, 30), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_a_gap_never_shortens_a_period_and_lost_days_are_added(
    start: dt.date, days: int, gaps: list[tuple[int, int]]
) -> None:
    """However often a sheet falls, the sum of its days on the wall reaches what the row asks for."""
    stretches, at = list[Stretch](), start
    for stay, gap in gaps:
        stretches.append(Stretch(at, at + dt.timedelta(days=stay)))
        at = at + dt.timedelta(days=stay + gap)
    found = state(*stretches, Stretch(at), rows=(Terms("x", days, rolls_over=False),))
    assert found.last_day is not None
    on_wall = sum(stay for stay, _ in gaps) + (found.last_day - at).days
    assert on_wall >= days
    hung_before = sum(stay for stay, _ in gaps)
    if 0 < hung_before < days:
        assert found.last_day == start + dt.timedelta(days=days + sum(gap for _, gap in gaps))
