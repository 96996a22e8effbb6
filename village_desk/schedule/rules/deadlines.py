"""Counting days: the day of the act is day 0, working days know make-up days, an end on a day off moves on."""

import datetime as dt
from dataclasses import dataclass, field

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date_weekday, short_date
from village_desk.rulebook.rules import EffectivePosting, PostingRule
from village_desk.schedule.rules.calendar import HolidayCalendar

LONGEST_PERIOD_DAYS = 3650
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A last day with the arithmetic that led to it, one Chinese line for each step."""

    starts: dt.date
    last: dt.date
    days: int
    working_days: bool
    lines: tuple[str, ...]
    legal_ref: str = ""
    guessed: bool = False

    def days_left(self, today: dt.date) -> int:
        """Calendar days from today to the last day; 0 on the last day, negative after it."""
        return (self.last - today).days

    def is_past(self, today: dt.date) -> bool:
        """True from the day after the last day on (民法典 203: the last day ends at midnight)."""
        return today > self.last


def deadline(
    starts: dt.date,
    days: int,
    calendar: HolidayCalendar,
    *,
    working_days: bool = False,
    rolls_over: bool = True,
    legal_ref: str = "",
) -> Deadline:
    """The last day of a period that begins with an act: the act's day is not counted (民法典 201).

    With `rolls_over` an end on a day off moves to the first working day after it (民法典 203).
    Raises NotAllowed for negative days or more than ten years.
    """
    if not 0 <= days <= LONGEST_PERIOD_DAYS:
        raise NotAllowed(f"期限{days}天不能计算。", f"请填0到{LONGEST_PERIOD_DAYS}之间的天数。")
    lines = [f"{chinese_date_weekday(starts)}是起始日，当天不计（民法典第二百零一条）。"]
    if working_days:
        last = _after_working_days(starts, days, calendar, lines)
    else:
        last = starts + dt.timedelta(days=days)
        lines.append(f"往后数{days}天，是{chinese_date_weekday(last)}。")
    if rolls_over and days and calendar.is_day_off(last):
        moved = calendar.next_working_day(last)
        name = calendar.name(last)
        lines.append(f"{short_date(last)}是{name}，顺延到{chinese_date_weekday(moved)}（民法典第二百零三条）。")
        last = moved
    guessed = sorted(year for year in range(starts.year, last.year + 1) if not calendar.is_announced(year))
    lines += [calendar.remark(year) for year in guessed]
    return Deadline(starts, last, days, working_days, tuple(lines), legal_ref, bool(guessed))


def _after_working_days(starts: dt.date, days: int, calendar: HolidayCalendar, lines: list[str]) -> dt.date:
    day, counted, skipped, made_up = starts, 0, 0, []
    while counted < days:
        day += _ONE_DAY
        if calendar.is_day_off(day):
            skipped += 1
            continue
        counted += 1
        if calendar.is_make_up(day):
            made_up.append(short_date(day))
    lines.append(f"往后数{days}个工作日，跳过休息日{skipped}天，是{chinese_date_weekday(day)}。")
    if made_up:
        lines.append(f"其中{'、'.join(made_up)}是调休上班，算工作日。")
    return day


def add_working_days(starts: dt.date, days: int, calendar: HolidayCalendar) -> dt.date:
    """The day that is `days` working days after `starts`. Raises NotAllowed for negative days."""
    return deadline(starts, days, calendar, working_days=True, rolls_over=False).last


@dataclass(frozen=True)
class PostingPeriod:
    """How long a sheet must hang: through its last day; it may be taken down from the day after."""

    posted_on: dt.date
    deadline: Deadline
    rule: PostingRule
    lines: tuple[str, ...]
    others: tuple[PostingRule, ...] = field(default=())

    @property
    def last_day(self) -> dt.date:
        """The last day on which the sheet must hang."""
        return self.deadline.last

    @property
    def may_come_down_from(self) -> dt.date:
        """The first day on which the sheet may be taken down."""
        return self.deadline.last + _ONE_DAY

    def days_hung(self, until: dt.date) -> int:
        """Calendar days that the sheet hung when it came down on `until`; the day of posting is day 0."""
        return max(0, (until - self.posted_on).days)

    def is_full(self, taken_down_on: dt.date) -> bool:
        """Whether a sheet taken down on this day had hung long enough."""
        return taken_down_on > self.last_day

    def days_left(self, today: dt.date) -> int:
        """Calendar days from today to the last day; never below 0."""
        return max(0, self.deadline.days_left(today))


def posting_period(rule: EffectivePosting, posted_on: dt.date, calendar: HolidayCalendar) -> PostingPeriod:
    """The stay of a sheet posted on a day; of several rows the one that ends last decides and is named."""
    ends = [
        (
            deadline(
                posted_on,
                row.days,
                calendar,
                working_days=row.working_days,
                rolls_over=row.rolls_over,
                legal_ref=row.legal_ref,
            ),
            row,
        )
        for row in rule.rows
    ]
    chosen, row = max(ends, key=lambda end: (end[0].last, end[1].is_floor))
    others = tuple(other for _, other in ends if other is not row)
    lines = chosen.lines
    if others:
        unit = "个工作日" if row.working_days else "天"
        lines = (*lines, f"几条规定里，{row.legal_ref}的{row.days}{unit}到期最晚，按它执行。")
    if not row.days:
        lines = (*lines, f"{row.legal_ref}没有规定最少天数，张贴天数按本地要求。")
    return PostingPeriod(posted_on, chosen, row, lines, others)
