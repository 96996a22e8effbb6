"""The days of a sheet on the wall: day 0, the last day, what a gap costs, and the arithmetic in words."""

import datetime as dt
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Protocol, Self

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, short_date
from village_desk.notices.rules.kinds import KIND_WORDS, NoticeKind


class DayUnit(StrEnum):
    """×日 alone means calendar days; 工作日 needs the calendar of make-up workdays."""

    CALENDAR = "calendar"
    WORKING = "working"


class AfterGap(StrEnum):
    """What happens to the days already hung when a sheet was off the wall for a while."""

    CONTINUE = "continue"
    RESTART = "restart"


UNIT_WORDS: dict[DayUnit, str] = {DayUnit.CALENDAR: "天", DayUnit.WORKING: "个工作日"}


@dataclass(frozen=True)
class Terms:
    """One rule row that a sheet hangs under: how long, in which days, and where the number comes from.

    `days` counts from the day after posting; 0 in `objection_days` or `answer_days` means that the row sets none.
    """

    row: str
    days: int
    unit: DayUnit = DayUnit.CALENDAR
    rolls_over: bool = True
    after_gap: AfterGap = AfterGap.CONTINUE
    objection_days: int = 0
    answer_days: int = 0
    legal_ref: str = ""
    law_version: str = ""

    def packed(self) -> tuple[str | int | bool, ...]:
        """The row as a record keeps it."""
        return tuple(value.value if isinstance(value, StrEnum) else value for value in astuple(self))

    @classmethod
    def unpacked(cls, row: tuple[Any, ...]) -> Self:
        """The row from what a record keeps; fields that it lacks are absent."""
        known = dict(zip((each.name for each in fields(cls)), row, strict=False))
        known["unit"] = DayUnit(known.get("unit", DayUnit.CALENDAR))
        known["after_gap"] = AfterGap(known.get("after_gap", AfterGap.CONTINUE))
        return cls(**known)


class Counting(Protocol):
    """How days are counted; the holidays are known to `schedule`."""

    def elapsed(self, start: dt.date, end: dt.date, unit: DayUnit) -> int:
        """Whole days of the unit from the day after `start` up to and including `end`."""

    def last_day(self, start: dt.date, days: int, terms: Terms) -> dt.date:
        """The last of so many days after `start`, moved on from a day off where the row says so."""

    def remarks(self, start: dt.date, end: dt.date) -> tuple[str, ...]:
        """What a reader of the arithmetic must know, such as a year whose holidays are not announced yet."""


@dataclass(frozen=True)
class Stretch:
    """One stay on one board: put up, and taken off or found gone (None while it hangs)."""

    posted_on: dt.date
    off_on: dt.date | None = None


@dataclass(frozen=True)
class Hanging:
    """Where one board stands on its last stretch, with the sentences that lead there.

    `owed_days` are the days still to hang when the last stretch began or, with nothing on the wall, from the next
    posting; `last_day` is None while nothing hangs.
    """

    hangs: bool
    fulfilled: bool
    posted_on: dt.date | None
    hung_days: int
    owed_days: int
    lost_days: int
    last_day: dt.date | None
    arithmetic: tuple[str, ...] = ()
    terms: Terms | None = None

    @property
    def may_come_down_on(self) -> dt.date | None:
        """The day after the last day; None while nothing hangs."""
        return self.last_day + dt.timedelta(days=1) if self.last_day else None

    def days_left(self, on: dt.date) -> int:
        """Calendar days until the last day; 0 when it has come, and when nothing hangs."""
        return max((self.last_day - on).days, 0) if self.last_day else 0

    def done(self, on: dt.date) -> bool:
        """True when the whole period lies behind on the given day, whether the sheet still hangs or not."""
        return self.fulfilled or (self.last_day is not None and on > self.last_day)


def hanging(stretches: tuple[Stretch, ...], rows: tuple[Terms, ...], kind: NoticeKind, counting: Counting) -> Hanging:
    """Where a board stands under all rows that hold together; the row that keeps the sheet longest decides.

    Raises ValueError without a row.
    """
    found = [hanging_under(stretches, terms, kind, counting) for terms in rows]
    return max(found, key=lambda state: (not state.fulfilled, state.last_day or dt.date.max, state.owed_days))


def hanging_under(stretches: tuple[Stretch, ...], terms: Terms, kind: NoticeKind, counting: Counting) -> Hanging:
    """Count the stays of a sheet on one board against its terms.

    The day of posting is day 0 (民法典 201). Days off the wall do not count: under CONTINUE they are added at the
    end, under RESTART the whole period runs anew from the last posting. A sheet that was off the wall on its last
    day has not hung its period.
    """
    unit, period = UNIT_WORDS[terms.unit], KIND_WORDS[kind].period
    state = Hanging(False, False, None, 0, terms.days, 0, None, terms=terms)
    lines: list[str] = []
    off_before: dt.date | None = None
    for stretch in sorted(stretches, key=lambda each: (each.posted_on, each.off_on or dt.date.max)):
        hung, lost = state.hung_days, state.lost_days
        if off_before is None:
            lines.append(f"{chinese_date(stretch.posted_on)}张贴，当天不算，从第二天起算。")
        else:
            gap = counting.elapsed(off_before, stretch.posted_on, terms.unit)
            lost += gap
            hung = 0 if terms.after_gap is AfterGap.RESTART else hung
            lines.append(
                f"{short_date(stretch.posted_on)}补贴，按规定期限从这一天重新计算。"
                if terms.after_gap is AfterGap.RESTART
                else f"{short_date(stretch.posted_on)}补贴，中间缺的{gap}{unit}要补上，之前的{hung}{unit}有效。"
                if gap
                else f"{short_date(stretch.posted_on)}当天补贴，之前的{hung}{unit}有效。"
            )
        # A sheet that fell on its very last day still owes that day.
        owed = max(terms.days - hung, 1) if hung else terms.days
        end = counting.last_day(stretch.posted_on, owed, terms)
        lines += _end_lines(stretch.posted_on, owed, end, terms, period)
        fulfilled = stretch.off_on is not None and stretch.off_on > end
        state = Hanging(stretch.off_on is None, fulfilled, stretch.posted_on, hung, owed, lost, end, (), terms)
        if stretch.off_on is not None:
            hung += counting.elapsed(stretch.posted_on, stretch.off_on, terms.unit)
            owed = 0 if fulfilled else max(terms.days - hung, 1)
            lines.append(
                f"{short_date(stretch.off_on)}撤下，{period}已满。"
                if fulfilled
                else f"{short_date(stretch.off_on)}取下或破损，到这一天算{hung}{unit}，还差{owed}{unit}。"
            )
            state = Hanging(False, fulfilled, stretch.posted_on, hung, owed, lost, None, (), terms)
        off_before = stretch.off_on
        remarks = counting.remarks(stretch.posted_on, end)
        lines += [remark for remark in remarks if remark not in lines]
    return replace(state, arithmetic=tuple(lines))


def check_take_down(sheet: str, state: Hanging, on: dt.date, kind: NoticeKind) -> None:
    """Refuse to take a sheet down before its day; the early removal itself can be entered as a fact.

    Raises NotAllowed with the days that are missing.
    """
    if state.posted_on is None or state.last_day is None:
        raise NotAllowed(f"{sheet}现在没有贴在这个公开栏上，不能撤下。", "请先登记张贴；提前取下的，请点“登记破损”。")
    if on <= state.last_day:
        left = state.days_left(on)
        more = f"还差{left}天" if left else "今天是最后一天"
        raise NotAllowed(
            f"{sheet}{short_date(state.posted_on)}贴出，{KIND_WORDS[kind].period}到{chinese_date(state.last_day)}止，"
            f"{more}，现在不能撤下。",
            f"请在{chinese_date(state.last_day + dt.timedelta(days=1))}或以后撤下；"
            "已经破损或被提前取下的，请点“登记破损”照实登记，再补贴。",
        )


def _end_lines(start: dt.date, owed: int, end: dt.date, terms: Terms, period: str) -> list[str]:
    unit = UNIT_WORDS[terms.unit]
    if not owed:
        return [f"没有规定{period}的天数，{short_date(start + dt.timedelta(days=1))}起可以撤下。"]
    whole = f"{period}{terms.days}{unit}" if owed == terms.days else f"{period}{terms.days}{unit}，还要贴{owed}{unit}"
    lines = [f"{whole}，贴到{chinese_date(end)}，{short_date(end + dt.timedelta(days=1))}起可以撤下。"]
    bare = start + dt.timedelta(days=owed)
    if terms.unit is DayUnit.CALENDAR and end != bare:
        lines.append(f"{short_date(bare)}是休息日，最后一天顺延到{short_date(end)}。")
    return lines


def late_objection(raised_on: dt.date, posted_on: dt.date, terms: Terms, counting: Counting) -> bool:
    """True when an objection came after its days were over; it is taken all the same and marked as late."""
    if not terms.objection_days:
        return False
    return raised_on > counting.last_day(posted_on, terms.objection_days, terms)
