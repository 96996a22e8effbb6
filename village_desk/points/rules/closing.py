"""Closing of periods: which are closed, in which period a late line counts, and what the year's end carries on."""

import datetime as dt
from collections.abc import Collection

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.points.rules.numbers import share_of
from village_desk.points.rules.sets import Period, RuleSet, YearEnd, period_bounds, period_of, period_words


def is_closed(closed: Collection[str], period: Period, day: dt.date) -> bool:
    """Whether the period of that day, or its whole year, is closed."""
    return period_of(period, day) in closed or str(day.year) in closed


def counted_day(closed: Collection[str], period: Period, happened: dt.date, today: dt.date) -> dt.date:
    """The day in whose period a line counts: the day it happened, or today's where that period was closed."""
    if not is_closed(closed, period, happened):
        return happened
    day = max(today, happened)
    while is_closed(closed, period, day):
        key = str(day.year) if str(day.year) in closed else period_of(period, day)
        day = period_bounds(key)[1] + dt.timedelta(days=1)
    return day


def check_close(closed: Collection[str], key: str, today: dt.date) -> None:
    """Only a period that is over, and once. Raises NotAllowed."""
    if key in closed:
        raise NotAllowed(f"{period_words(key)}已经结过账。", "要改，请先点“重开”。")
    last = period_bounds(key)[1]
    if today <= last:
        raise NotAllowed(f"{period_words(key)}要到{chinese_date(last)}才完，现在不能结账。", "请过了这一天再结账。")


def check_reopen(closed: Collection[str], key: str, later: Collection[str], reason: str) -> None:
    """Only a closed period, the latest first, and with a reason. Raises NotAllowed."""
    if key not in closed:
        raise NotAllowed(f"{period_words(key)}没有结账，不用重开。", "可以直接记。")
    if later:
        first = min(later)
        raise NotAllowed(f"{period_words(first)}也已经结账，要从后往前重开。", f"请先重开{period_words(max(later))}。")
    if not reason.strip():
        raise NotAllowed("重开要写明原因。", "例如：漏记三组8户的评比分。")


def carried(rules: RuleSet, left: int) -> int:
    """What of the points beyond the opening goes on into the next year."""
    if rules.year_end is YearEnd.CLEAR:
        return 0
    points = left if rules.year_end is YearEnd.CARRY else share_of(left, rules.carry_num, rules.carry_den)
    return points if rules.carry_cap is None else min(points, rules.carry_cap)


def keys_after(closed: Collection[str], key: str) -> tuple[str, ...]:
    """The closed periods that begin after this one ends, or that hold it."""
    first, last = period_bounds(key)
    after = []
    for other in closed:
        begins, ends = period_bounds(other)
        if other != key and (begins > last or (begins <= first and ends >= last)):
            after.append(other)
    return tuple(sorted(after))
