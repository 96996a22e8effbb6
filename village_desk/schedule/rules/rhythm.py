"""What comes round: the periods of a rhythm, and the day in each on which something is due."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import short_date
from village_desk.rulebook.rules import Aim, CountUnit, Rhythm

_ONE_DAY = dt.timedelta(days=1)
_QUARTERS = ("一", "二", "三", "四")
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
# The words of a market day that falls every so many days need a day to begin with.
_MOST_EVERY_DAYS = 366


@dataclass(frozen=True)
class Subject:
    """A person, household, group or unit of whom a date rule asks something, from a day on where one is known."""

    id: str
    name: str
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Rule:
    """One date rule as it holds in this village; `key` names it for ever, `automatic` comes from the law itself."""

    key: str
    name: str
    rhythm: Rhythm
    aim: Aim = Aim.OCCASION
    weekdays: tuple[int, ...] = ()
    day: int = 0
    month: int = 0
    every: int = 0
    counts: tuple[str, ...] = ()
    least: int = 1
    unit: CountUnit = CountUnit.TIMES
    of: str = "village"
    who: str = ""
    advice: str = ""
    legal_ref: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    days: tuple[dt.date, ...] = ()
    subjects: tuple[Subject, ...] = ()
    automatic: bool = False
    record_id: str = ""

    @property
    def when_words(self) -> str:
        """每月20日, 每周二, 每季度: when it comes round, in the clerk's words."""
        if self.rhythm is Rhythm.WEEKLY and self.weekdays:
            return f"每{'、'.join(_WEEKDAYS[one - 1] for one in self.weekdays)}"
        if self.rhythm is Rhythm.EVERY_DAYS:
            start = f"，从{short_date(self.starts_on)}数起" if self.starts_on else ""
            return f"每隔{self.every}天一次{start}"
        if self.rhythm is Rhythm.EVERY_YEARS:
            return f"每{self.every}年一次"
        if self.rhythm is Rhythm.TYPED:
            return f"列出的{len(self.days)}个日期"
        if self.month and self.day:
            return f"每年{self.month}月{self.day}日前"
        if self.rhythm is Rhythm.QUARTERLY and self.day:
            return f"每季度首月{self.day}日"
        return f"{self.rhythm.words}{self.day}日" if self.day else self.rhythm.words

    @property
    def least_words(self) -> str:
        """不少于2次, 不少于100小时 …; empty where once is enough."""
        if self.aim is Aim.COVERAGE:
            return "每户一次" if self.of == "households" else "每个一次"
        if self.aim is Aim.OCCASION:
            return ""
        return f"不少于{self.least}{UNIT_WORDS[self.unit]}"


UNIT_WORDS: dict[CountUnit, str] = {
    CountUnit.TIMES: "次",
    CountUnit.DAYS: "天",
    CountUnit.SUBJECTS: "户",
    CountUnit.HOURS: "小时",
}


@dataclass(frozen=True)
class Period:
    """One turn of a rule: its name (2026-Q3), its first and last day, and the day on which it is due."""

    key: str
    words: str
    first: dt.date
    last: dt.date
    due_on: dt.date


def check_rule(rule: Rule) -> None:
    """Refuse a rule that could not come round. Raises NotAllowed."""
    if not rule.name.strip():
        raise NotAllowed("还没有写要办什么事。", "例如“每月15日民事民办日”。")
    if rule.rhythm is Rhythm.WEEKLY and not rule.weekdays and rule.aim is Aim.OCCASION:
        raise NotAllowed(f"“{rule.name}”没有写是周几。", "请至少选一天。")
    if any(not 1 <= one <= 7 for one in rule.weekdays):
        raise NotAllowed("周几只能是1到7。", "周一填1，周日填7。")
    if not 0 <= rule.day <= 31 or not 0 <= rule.month <= 12:
        raise NotAllowed(f"{rule.month}月{rule.day}日不是日期。", "请核对月份和日期。")
    if rule.rhythm is Rhythm.EVERY_DAYS and (not 1 <= rule.every <= _MOST_EVERY_DAYS or rule.starts_on is None):
        raise NotAllowed(f"“{rule.name}”要写明隔几天、从哪一天数起。", "例如五天一集，从3月2日数起。")
    if rule.rhythm is Rhythm.EVERY_YEARS and not 1 <= rule.every <= 20:
        raise NotAllowed(f"“{rule.name}”要写明几年一次。", "例如每3年一次。")
    if rule.rhythm is Rhythm.TYPED and not rule.days:
        raise NotAllowed(f"“{rule.name}”还没有列出日期。", "请至少写一个日期。")
    if rule.aim is not Aim.OCCASION and rule.least < 1:
        raise NotAllowed("至少要办几次，不能少于1。", "请核对次数。")


def periods(rule: Rule, first: dt.date, last: dt.date) -> tuple[Period, ...]:
    """The turns of a rule that are due from `first` to `last`, the earliest first."""
    begin = max(first, rule.starts_on) if rule.starts_on else first
    end = min(last, rule.ends_on) if rule.ends_on else last
    found = (period for period in _turns(rule, first, end) if begin <= period.due_on <= end)
    return tuple(sorted(found, key=lambda period: (period.due_on, period.key)))


def _turns(rule: Rule, first: dt.date, last: dt.date) -> Iterator[Period]:
    if rule.rhythm is Rhythm.TYPED:
        yield from (_one_day(day) for day in rule.days)
    elif rule.rhythm is Rhythm.WEEKLY:
        monday = first - dt.timedelta(days=first.weekday())
        while monday <= last:
            yield from _week(rule, monday)
            monday += dt.timedelta(days=7)
    elif rule.rhythm is Rhythm.EVERY_DAYS:
        assert rule.starts_on is not None
        skipped = max(0, -((rule.starts_on - first).days // rule.every) - 1)
        day = rule.starts_on + dt.timedelta(days=skipped * rule.every)
        while day <= last:
            yield _one_day(day)
            day += dt.timedelta(days=rule.every)
    else:
        for year in range(first.year - 1, last.year + 1):
            yield from _of_year(rule, year)


def _one_day(day: dt.date) -> Period:
    return Period(day.isoformat(), short_date(day), day, day, day)


def _week(rule: Rule, monday: dt.date) -> Iterator[Period]:
    if rule.aim is Aim.OCCASION:
        for weekday in rule.weekdays:
            yield _one_day(monday + dt.timedelta(days=weekday - 1))
        return
    sunday = monday + dt.timedelta(days=6)
    year, week, _ = monday.isocalendar()
    words = f"{short_date(monday)}至{short_date(sunday)}这一周"
    yield Period(f"{year}-W{week:02d}", words, monday, sunday, sunday)


def _of_year(rule: Rule, year: int) -> Iterator[Period]:
    step = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6}.get(rule.rhythm, 12)
    for number in range(12 // step):
        period = calendar_period(year, number * step + 1, step)
        if step == 12 and rule.month:
            due = day_in(year, rule.month, rule.day or 31)
        elif rule.day:
            due = day_in(year, period.first.month, rule.day)
        else:
            due = period.last
        yield Period(period.key, period.words, period.first, period.last, due)


def calendar_period(year: int, month: int, months: int) -> Period:
    """The month, quarter, half-year or year that begins with a month; due on its last day."""
    first = dt.date(year, month, 1)
    last = dt.date(year + (month + months > 12), (month + months - 1) % 12 + 1, 1) - _ONE_DAY
    if months == 1:
        key, words = f"{year}-{month:02d}", f"{year}年{month}月"
    elif months == 3:
        number = (month - 1) // 3
        key, words = f"{year}-Q{number + 1}", f"{year}年第{_QUARTERS[number]}季度"
    elif months == 6:
        key, words = (f"{year}-H1", f"{year}年上半年") if month == 1 else (f"{year}-H2", f"{year}年下半年")
    else:
        key, words = str(year), f"{year}年"
    return Period(key, words, first, last, last)


def day_in(year: int, month: int, day: int) -> dt.date:
    """This day of a month, its last day where the month is shorter."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + dt.timedelta(days=day - 1), following - _ONE_DAY)
