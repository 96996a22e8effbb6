"""Rule sets as data: subjects, periods, areas, items with caps and floors, the path of an entry, and the year's end."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.points.rules.numbers import MOST_POINTS, points_typed

__all__ = [
    "MOST_POINTS",
    "OFTEN_WORDS",
    "PERIOD_WORDS",
    "SHEET_ITEMS",
    "SUBJECT_WORDS",
    "Area",
    "Band",
    "Campaign",
    "Confirm",
    "Item",
    "Often",
    "Per",
    "Period",
    "RuleSet",
    "SubjectClass",
    "SubjectKind",
    "Unit",
    "YearEnd",
    "period_bounds",
    "period_of",
    "period_words",
    "points_typed",
    "sheet_parts",
    "year_of",
]


# More items do not stand readably beside each other on a lying A4 sheet.
SHEET_ITEMS = 8


class SubjectKind(StrEnum):
    """Whom a set scores: villagers by household, party members by person."""

    HOUSEHOLD = "household"
    PARTY_MEMBER = "party_member"
    VILLAGER = "villager"
    ORGANISATION = "organisation"
    GRID_WORKER = "grid_worker"


SUBJECT_WORDS: dict[SubjectKind, str] = {
    SubjectKind.HOUSEHOLD: "农户",
    SubjectKind.PARTY_MEMBER: "党员",
    SubjectKind.VILLAGER: "村民",
    SubjectKind.ORGANISATION: "组织",
    SubjectKind.GRID_WORKER: "网格员",
}


class Period(StrEnum):
    """The stretch over which points are summed and caps hold."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


PERIOD_WORDS: dict[Period, str] = {Period.MONTH: "每月", Period.QUARTER: "每季度", Period.YEAR: "每年"}


class Often(StrEnum):
    """How often an item may be scored for one subject."""

    EVENT = "event"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONCE = "once"


OFTEN_WORDS: dict[Often, str] = {
    Often.EVENT: "每次",
    Often.DAY: "每天一次",
    Often.MONTH: "每月一次",
    Often.QUARTER: "每季度一次",
    Often.YEAR: "每年一次",
    Often.ONCE: "只记一次",
}


class Per(StrEnum):
    """What the points of an item are multiplied by."""

    TIME = "time"
    HOUR = "hour"
    HEAD = "head"


PER_WORDS: dict[Per, str] = {Per.TIME: "每次", Per.HOUR: "每小时", Per.HEAD: "每人"}


class Confirm(StrEnum):
    """Who confirms an item beyond the second person who checks it."""

    SECOND = "second"
    GROUP = "group"
    BRANCH = "branch"
    TOWNSHIP = "township"


CONFIRM_WORDS: dict[Confirm, str] = {
    Confirm.SECOND: "另一人审核",
    Confirm.GROUP: "评议小组评议",
    Confirm.BRANCH: "党支部评议",
    Confirm.TOWNSHIP: "乡镇认定",
}


class Applies(StrEnum):
    """Who may apply for an item."""

    SELF = "self"
    GROUP = "group"
    BRANCH = "branch"
    TOWNSHIP = "township"


APPLIES_WORDS: dict[Applies, str] = {
    Applies.SELF: "本人（本户）",
    Applies.GROUP: "组长、网格员",
    Applies.BRANCH: "党支部、村委会",
    Applies.TOWNSHIP: "乡镇",
}


class Unit(StrEnum):
    """What a set counts."""

    POINTS = "points"
    HOURS = "hours"


UNIT_WORDS: dict[Unit, str] = {Unit.POINTS: "分", Unit.HOURS: "小时"}


class YearEnd(StrEnum):
    """What becomes of the points at the end of the year."""

    CLEAR = "clear"
    CARRY = "carry"
    PART = "part"


YEAR_END_WORDS: dict[YearEnd, str] = {
    YearEnd.CLEAR: "年底清零",
    YearEnd.CARRY: "年底全部结转",
    YearEnd.PART: "年底按比例结转",
}


@dataclass(frozen=True)
class Item:
    """One line of a set.

    Points from `least` to `most`, both above zero for an item that adds and below zero for one that takes; equal for
    a fixed item. `cap` and `floor` limit the item's own sum in the set's period, None for no limit. `per` multiplies
    the points by hours or heads. `to_zero` takes all points of the period. Points are in units of the set.
    """

    code: str
    area: str
    text: str
    least: int
    most: int
    often: Often = Often.EVENT
    unit: str = ""
    cap: int | None = None
    floor: int | None = None
    evidence_needed: bool = True
    classes: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    per: Per = Per.TIME
    applies: tuple[str, ...] = ()
    confirm: Confirm = Confirm.SECOND
    to_zero: bool = False

    @property
    def deducts(self) -> bool:
        """True for an item that takes points."""
        return self.most < 0

    @property
    def fixed(self) -> bool:
        """True when the item leaves no choice of points."""
        return self.least == self.most

    def in_force(self, day: dt.date) -> bool:
        """True when the item holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Area:
    """A group of items: its opening points, and the limits of its own sum in a period (opening included).

    `deduct_only` holds no item that adds.
    """

    name: str
    opening: int = 0
    cap: int | None = None
    floor: int | None = None
    deduct_only: bool = False


@dataclass(frozen=True)
class SubjectClass:
    """A class of subjects (骨干, 普通, 流动, 特殊): its own opening points, or exempt from scoring."""

    name: str
    opening: int | None = None
    exempt: bool = False


@dataclass(frozen=True)
class Band:
    """What a sum from `least` to `most` means, both included; None for no end. Without `classes` it is for everybody.

    `follow_up` opens a case of help for each subject in it.
    """

    name: str
    least: int | None
    most: int | None
    action: str = ""
    classes: tuple[str, ...] = ()
    follow_up: bool = False

    def holds(self, points: int, subject_class: str) -> bool:
        """True when these points of a subject of this class lie in the band."""
        if self.classes and subject_class not in self.classes:
            return False
        return (self.least is None or self.least <= points) and (self.most is None or points <= self.most)


@dataclass(frozen=True)
class Campaign:
    """A drive for some time (防汛一线): what adds points and bears its name between two days gets `bonus` more."""

    name: str
    first: dt.date
    last: dt.date
    bonus: int


@dataclass(frozen=True)
class RuleSet:
    """A whole scheme as a place keeps it; the sum of a period is opening + areas' openings + booked entries.

    `decimals` 1 keeps tenths: then every number of points here is in tenths. `review` is who judges entries together
    ("", group, branch), `publish_days` how long they hang for objections (0: not), `township` whether the township
    confirms. At the year's end a part `carry_num`/`carry_den` goes on, up to `carry_cap`, into the set named
    `carry_to` (itself when empty). `fen_per_point` is what a point is worth where goods are exchanged, 0 where not;
    `opening_days` are w1…w7 (weekdays) and d1…d31 (days of the month).
    """

    name: str
    subject: SubjectKind
    period: Period
    items: tuple[Item, ...]
    areas: tuple[Area, ...] = ()
    opening: int = 0
    cap: int | None = None
    floor: int | None = None
    used_for: str = ""
    source: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    unit: Unit = Unit.POINTS
    decimals: int = 0
    classes: tuple[SubjectClass, ...] = ()
    bands: tuple[Band, ...] = ()
    review: str = ""
    publish_days: int = 0
    township: bool = False
    year_end: YearEnd = YearEnd.CLEAR
    carry_num: int = 1
    carry_den: int = 1
    carry_cap: int | None = None
    carry_to: str = ""
    ranked: bool = False
    masked: bool = False
    fen_per_point: int = 0
    opening_days: tuple[str, ...] = ()
    campaigns: tuple[Campaign, ...] = ()

    def area(self, name: str) -> Area:
        """The area of that name; one without limits when the set names none."""
        return next((area for area in self.areas if area.name == name), Area(name))

    def whole_opening(self, subject_class: str = "") -> int:
        """The points that a subject of this class begins a period with."""
        own = next((one for one in self.classes if one.name == subject_class), None)
        opening = self.opening if own is None or own.opening is None else own.opening
        return opening + sum(area.opening for area in self.areas)

    def campaign(self, name: str) -> Campaign | None:
        """The campaign of that name."""
        return next((one for one in self.campaigns if one.name == name), None)

    def exempt(self, subject_class: str) -> bool:
        """True for a class that is not scored."""
        return any(one.name == subject_class and one.exempt for one in self.classes)

    def band(self, points: int, subject_class: str = "") -> Band | None:
        """The band of a sum; one made for the class goes before one for everybody."""
        fitting = [one for one in self.bands if one.holds(points, subject_class)]
        return next((one for one in fitting if one.classes), fitting[0] if fitting else None)

    def review_of(self, item: Item) -> str:
        """Who judges an item together: "", group or branch."""
        return item.confirm.value if item.confirm in (Confirm.GROUP, Confirm.BRANCH) else self.review

    def township_of(self, item: Item) -> bool:
        """Whether the township confirms an item."""
        return self.township or item.confirm is Confirm.TOWNSHIP


def sheet_parts(many: int, at_most: int = SHEET_ITEMS) -> tuple[tuple[int, int], ...]:
    """How many items of a set stand on each of its scoring sheets: (first, behind the last), evenly spread."""
    sheets = -(-many // at_most)
    if not sheets:
        return ()
    each, more = divmod(many, sheets)
    found, at = [], 0
    for number in range(sheets):
        size = each + (number < more)
        found.append((at, at + size))
        at += size
    return tuple(found)


def period_of(period: Period, day: dt.date) -> str:
    """The key of the period that a day lies in: 2026-07, 2026Q3 or 2026."""
    if period is Period.MONTH:
        return f"{day.year}-{day.month:02d}"
    if period is Period.QUARTER:
        return f"{day.year}Q{(day.month + 2) // 3}"
    return str(day.year)


def period_bounds(key: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period from its key."""
    if "Q" in key:
        year, quarter = (int(part) for part in key.split("Q"))
        first, months = dt.date(year, quarter * 3 - 2, 1), 3
    elif "-" in key:
        year, month = (int(part) for part in key.split("-"))
        first, months = dt.date(year, month, 1), 1
    else:
        first, months = dt.date(int(key), 1, 1), 12
    years, month = divmod(first.month - 1 + months, 12)
    return first, dt.date(first.year + years, month + 1, 1) - dt.timedelta(days=1)


def period_words(key: str) -> str:
    """2026年7月, 2026年第3季度 or 2026年 from a period's key."""
    if "Q" in key:
        year, quarter = key.split("Q")
        return f"{year}年第{quarter}季度"
    if "-" in key:
        year, month = key.split("-")
        return f"{year}年{int(month)}月"
    return f"{key}年"


def year_of(key: str) -> str:
    """The key of the year that a period lies in."""
    return key[:4]
