"""The catalogue of what must be published: items as they hold here, their periods, and the day each is due."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.rulebook.rules import Cycle, Trigger
from village_desk.schedule.rules import HolidayCalendar, Period, calendar_period, day_in, deadline

# The law says 及时 and 随时; a week is the desk's reminder and no rule (村民委员会组织法 35).
REMINDER_DAYS = 7
_MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.YEAR: 12}


class Setting(StrEnum):
    """What a village settles for its whole catalogue; days are days of a month."""

    QUARTER_DAY = "quarter_day"
    MONTH_DAY = "month_day"
    HALF_YEAR_DAY = "half_year_day"
    YEAR_DAY = "year_day"
    BEGINS = "begins"


SETTING_WORDS: dict[Setting, str] = {
    Setting.QUARTER_DAY: "季度公开：下一季度首月几日前贴出",
    Setting.MONTH_DAY: "每月公开：下月几日前贴出",
    Setting.HALF_YEAR_DAY: "半年公开：7月、1月几日前贴出",
    Setting.YEAR_DAY: "年度公开：当月几日前贴出",
    Setting.BEGINS: "从哪一天起按目录提醒",
}
# What many places set: the fifteenth of a quarter's first month; each can be changed.
USUAL_DAYS: dict[Setting, int] = {
    Setting.QUARTER_DAY: 15,
    Setting.MONTH_DAY: 15,
    Setting.HALF_YEAR_DAY: 15,
    Setting.YEAR_DAY: 31,
}
_DAY_OF = {
    Cycle.MONTH: Setting.MONTH_DAY,
    Cycle.QUARTER: Setting.QUARTER_DAY,
    Cycle.HALF_YEAR: Setting.HALF_YEAR_DAY,
    Cycle.YEAR: Setting.YEAR_DAY,
}


@dataclass(frozen=True)
class Settings:
    """The days of this village and the first day of its reminders."""

    days: dict[Setting, int] = field(default_factory=dict)
    begins: dt.date | None = None

    def day(self, setting: Setting) -> int:
        """The day of a month that is set, or the usual one."""
        return self.days.get(setting, USUAL_DAYS[setting])


@dataclass(frozen=True)
class Item:
    """One item as it holds here: of a pack with the village's own choices over it, or added by the village."""

    code: str
    column: NoticeClass
    heading: str
    name: str
    cycle: Cycle
    trigger: Trigger
    issuer: Issuer
    kind: NoticeKind
    posting: str
    legal_ref: str
    due_day: int = 0
    due_month: int = 0
    within_days: int = 0
    working_days: bool = False
    sensitive: bool = False
    masks: tuple[str, ...] = ()
    mandatory: bool = False
    ask: str = ""
    note: str = ""
    local_id: str = ""
    left_out: str = ""

    @property
    def when_words(self) -> str:
        """每季度, 形成决议后10日内, 变动时 …"""
        if self.cycle.periodic:
            more = f"，{self.trigger.words}后也要公开" if self.trigger else ""
            return f"{self.cycle.words}{more}"
        what = f"{self.trigger.words}后" if self.trigger else self.cycle.words
        unit = "个工作日" if self.working_days else "日"
        return f"{what}{self.within_days}{unit}内" if self.within_days else (self.ask or what)


@dataclass(frozen=True)
class Turn:
    """One period of an item: which, by when it must hang, and the arithmetic of that day."""

    period: Period
    opens_on: dt.date
    due_on: dt.date
    lines: tuple[str, ...]


def check_day(setting: Setting, value: int) -> None:
    """Refuse what is no day of a month. Raises NotAllowed."""
    if not 1 <= value <= 31:
        raise NotAllowed(f"“{SETTING_WORDS[setting]}”填的是{value}，不是一个月里的一天。", "请填1到31，例如8、15、20。")


def turns(item: Item, year: int, settings: Settings, calendar: HolidayCalendar) -> tuple[Turn, ...]:
    """The turns of an item whose day falls into a year; the last quarter of a year is due in the next."""
    if not item.cycle.periodic or item.left_out:
        return ()
    found = [turn for turn in _turns(item, year, settings, calendar) if turn.due_on.year == year]
    return tuple(sorted(found, key=lambda turn: turn.due_on))


def _turns(item: Item, year: int, settings: Settings, calendar: HolidayCalendar) -> Iterator[Turn]:
    months = _MONTHS[item.cycle]
    if item.cycle is Cycle.YEAR:
        for one in (year - 1, year):
            period = calendar_period(one, 1, 12)
            day = day_in(one, item.due_month or 12, item.due_day or settings.day(Setting.YEAR_DAY))
            yield _turn(period, dt.date(one, 1, 1), day, calendar)
        return
    for begin in (year - 1, year):
        for number in range(12 // months):
            period = calendar_period(begin, number * months + 1, months)
            opens = period.last + dt.timedelta(days=1)
            day = day_in(opens.year, opens.month, item.due_day or settings.day(_DAY_OF[item.cycle]))
            yield _turn(period, opens, day, calendar)


def _turn(period: Period, opens: dt.date, day: dt.date, calendar: HolidayCalendar) -> Turn:
    lines = [f"{period.words}的内容，按本村设定应在{chinese_date(day)}前贴出。"]
    due = calendar.next_working_day(day)
    if due != day:
        lines.append(f"{chinese_date(day)}是{calendar.name(day)}，顺延到{chinese_date(due)}（民法典第二百零三条）。")
    if remark := calendar.remark(day.year):
        lines.append(remark)
    return Turn(period, opens, due, tuple(lines))


def due_after(item: Item, happened_on: dt.date, calendar: HolidayCalendar) -> tuple[dt.date, tuple[str, ...]]:
    """The day by which an item must hang after something happened, with the arithmetic; a week where none is set."""
    found = deadline(
        happened_on,
        item.within_days or REMINDER_DAYS,
        calendar,
        working_days=item.working_days and item.within_days > 0,
    )
    lines = found.lines if item.within_days else (*found.lines, "目录没有写天数，这里按一周提醒，不是规定的期限。")
    return found.last, lines


def on_time_words(in_time: int, late: int, overdue: int) -> str:
    """按时公开率 in whole per cent with its numbers."""
    asked = in_time + late + overdue
    if not asked:
        return "还没有到期的公开事项"
    rate = (200 * in_time + asked) // (2 * asked)
    return f"到期{asked}项，按时公开{in_time}项，晚贴{late}项，按时率{rate}%"
