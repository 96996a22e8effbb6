"""Kinds of links with their numbers, and what a holder owes: households, contacts in a period, days on the spot."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date


class End(StrEnum):
    """What a link joins."""

    PERSON = "person"
    BODY = "body"
    HOUSEHOLD = "household"
    UNIT = "unit"
    VILLAGE = "village"


END_WORDS: dict[End, str] = {
    End.PERSON: "人",
    End.BODY: "组织或单位",
    End.HOUSEHOLD: "户",
    End.UNIT: "网格",
    End.VILLAGE: "本村",
}
END_COUNTERS: dict[End, str] = {
    End.PERSON: "人",
    End.BODY: "家",
    End.HOUSEHOLD: "户",
    End.UNIT: "个网格",
    End.VILLAGE: "个村",
}


class Way(StrEnum):
    """How a contact was kept."""

    VISIT = "visit"
    ON_SPOT = "on_spot"
    ACTIVITY = "activity"
    CALL = "call"
    REPORT = "report"


WAY_WORDS: dict[Way, str] = {
    Way.VISIT: "入户走访",
    Way.ON_SPOT: "到村签到",
    Way.ACTIVITY: "开展活动",
    Way.CALL: "电话、微信联系",
    Way.REPORT: "上报情况",
}


class Every(StrEnum):
    """Periods in which contacts are counted; a week runs from Monday to Sunday."""

    NEVER = ""
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


EVERY_WORDS: dict[Every, str] = {
    Every.NEVER: "",
    Every.WEEK: "每周",
    Every.MONTH: "每月",
    Every.QUARTER: "每季度",
    Every.YEAR: "每年",
}
_NOW_WORDS: dict[Every, str] = {
    Every.WEEK: "本周",
    Every.MONTH: "本月",
    Every.QUARTER: "本季度",
    Every.YEAR: "本年",
}


@dataclass(frozen=True)
class LinkRule:
    """A kind of link; see records.LinkKind for its numbers."""

    key: str
    name: str
    from_end: End
    to_end: End
    members_only: bool = False
    own_household: bool = False
    cover: bool = False
    least: int = 0
    most: int = 0
    visits: int = 0
    visit_period: Every = Every.NEVER
    days: int = 0
    day_period: Every = Every.NEVER
    text: str = ""
    source: str = ""
    items: tuple[str, ...] = ()
    relief: bool = False
    """Those on the other side get help: no wall shows their names (个人信息保护法第二十八条)."""

    @property
    def counter(self) -> str:
        """户, 人 or what else the other side is counted in."""
        return END_COUNTERS[self.to_end]


@dataclass(frozen=True)
class Contact:
    """One contact as the counting needs it."""

    on: dt.date
    way: Way
    to_id: str = ""


@dataclass(frozen=True)
class Shortfall:
    """What a link holder lacks: `what` is links, visits or days; `missing` how many."""

    what: str
    missing: int
    words: str


def check_link_rule(rule: LinkRule) -> None:
    """Refuse a kind of link that cannot be kept. Raises NotAllowed."""
    if not rule.name:
        raise NotAllowed("请填写联系的名称。", "例如党员联系户、部门包村。")
    if rule.from_end not in (End.PERSON, End.BODY):
        raise NotAllowed("联系要由一个人或一个组织承担。", "请选“人”或“组织或单位”。")
    if rule.most and rule.most < rule.least:
        raise NotAllowed(f"最多{rule.most}{rule.counter}比最少{rule.least}{rule.counter}还少。", "请核对两个数字。")
    if min(rule.least, rule.most, rule.visits, rule.days) < 0:
        raise NotAllowed("数字不能小于零。", "没有要求的填0。")
    if bool(rule.visits) != bool(rule.visit_period) or bool(rule.days) != bool(rule.day_period):
        raise NotAllowed("走访次数和到村天数都要写明是每周、每月、每季度还是每年。", "没有要求的，两栏都留空。")
    if rule.day_period and rule.days > 7 and rule.day_period is Every.WEEK:
        raise NotAllowed("一周最多到村7天。", "请核对天数。")


def period_of(every: Every, day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the period in which a day lies."""
    if every is Every.WEEK:
        first = day - dt.timedelta(days=day.weekday())
        return first, first + dt.timedelta(days=6)
    if every is Every.YEAR:
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    months = 3 if every is Every.QUARTER else 1
    month = (day.month - 1) // months * months + 1
    first = dt.date(day.year, month, 1)
    after = dt.date(day.year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def shortfalls(rule: LinkRule, linked: int, contacts: Iterable[Contact], day: dt.date) -> tuple[Shortfall, ...]:
    """What one holder lacks on that day: links now, contacts in the periods in which the day lies."""
    found = []
    if linked < rule.least:
        missing = rule.least - linked
        words = f"联系{linked}{rule.counter}，要求{rule.least}{rule.counter}以上，还差{missing}{rule.counter}"
        found.append(Shortfall("links", missing, words))
    if rule.most and linked > rule.most:
        over = linked - rule.most
        words = f"联系{linked}{rule.counter}，最多{rule.most}{rule.counter}，多出{over}{rule.counter}"
        found.append(Shortfall("links", over, words))
    known = tuple(contacts)
    if rule.visits:
        done = visits_in(rule, known, day)
        if done < rule.visits:
            missing, now = rule.visits - done, _NOW_WORDS[rule.visit_period]
            what = "活动" if rule.own_household or rule.from_end is End.BODY else "走访"
            words = f"{now}{what}{done}次，要求{rule.visits}次以上，还差{missing}次"
            found.append(Shortfall("visits", missing, words))
    if rule.days:
        on_spot = days_in(rule, known, day)
        if on_spot < rule.days:
            missing, now = rule.days - on_spot, _NOW_WORDS[rule.day_period]
            words = f"{now}到村{on_spot}天，要求{rule.days}天以上，还差{missing}天"
            found.append(Shortfall("days", missing, words))
    return tuple(found)


def visits_in(rule: LinkRule, contacts: Iterable[Contact], day: dt.date) -> int:
    """Contacts that count in the period of the rule; signing in at the village is not a visit, a call neither."""
    first, last = period_of(rule.visit_period or Every.MONTH, day)
    counted = (Way.VISIT, Way.ACTIVITY) if rule.from_end is End.PERSON else (Way.VISIT, Way.ACTIVITY, Way.ON_SPOT)
    return sum(first <= one.on <= last and one.way in counted for one in contacts)


def days_in(rule: LinkRule, contacts: Iterable[Contact], day: dt.date) -> int:
    """Different days on the spot in the period of the rule; two sign-ins on one day are one day, a visit is one too."""
    first, last = period_of(rule.day_period or Every.WEEK, day)
    ways = (Way.ON_SPOT, Way.VISIT, Way.ACTIVITY)
    return len({one.on for one in contacts if first <= one.on <= last and one.way in ways})


def period_words(every: Every, day: dt.date) -> str:
    """2026年3月9日至3月15日."""
    first, last = period_of(every, day)
    return f"{chinese_date(first)}至{chinese_date(last)}"
