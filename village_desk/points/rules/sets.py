"""Rule sets as data: subjects, periods, items with their caps and floors, and what makes a set unusable."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width, tidy
from village_desk.points.rules.redlines import check_item_words, check_use_words

# No scheme in use comes near it; more is a slip of typing.
MOST_POINTS = 100_000


class SubjectKind(StrEnum):
    """Whom a set scores: villagers by household, party members by person."""

    HOUSEHOLD = "household"
    PARTY_MEMBER = "party_member"
    VILLAGER = "villager"
    ORGANISATION = "organisation"


SUBJECT_WORDS: dict[SubjectKind, str] = {
    SubjectKind.HOUSEHOLD: "农户",
    SubjectKind.PARTY_MEMBER: "党员",
    SubjectKind.VILLAGER: "村民",
    SubjectKind.ORGANISATION: "组织",
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


@dataclass(frozen=True)
class Item:
    """One line of a set.

    Whole points from `least` to `most`, both above zero for an item that adds and below zero for one that takes;
    equal for a fixed item. `cap` and `floor` limit the item's own sum in the set's period, None for no limit.
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
    """A group of items: its opening points, and the limits of its own sum in a period (opening included)."""

    name: str
    opening: int = 0
    cap: int | None = None
    floor: int | None = None


@dataclass(frozen=True)
class RuleSet:
    """A whole scheme as a place keeps it; the sum of a period is opening + areas' openings + booked entries."""

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

    def area(self, name: str) -> Area:
        """The area of that name; one without limits when the set names none."""
        return next((area for area in self.areas if area.name == name), Area(name))

    def whole_opening(self) -> int:
        """The points that every subject begins a period with."""
        return self.opening + sum(area.opening for area in self.areas)


def check_rule_set(rules: RuleSet) -> None:
    """Refuse a set that cannot be kept: empty, doubled codes, impossible limits, a red line. Raises NotAllowed."""
    if not tidy(rules.name):
        raise NotAllowed("积分办法还没有名称。", "请填名称，例如“东河村农户积分办法”。")
    if not rules.items:
        raise NotAllowed(f"《{rules.name}》还没有一条积分项目。", "请至少填一条项目再保存。")
    seen: set[str] = set()
    for item in rules.items:
        if item.code in seen:
            raise NotAllowed(f"《{rules.name}》里编号“{item.code}”用了两次。", "请给每一条项目一个不同的编号。")
        seen.add(item.code)
        check_item(item)
    names = [area.name for area in rules.areas]
    for name in names:
        if names.count(name) > 1:
            raise NotAllowed(f"《{rules.name}》里类别“{name}”写了两次。", "请把两行合成一行。")
    for area in rules.areas:
        _check_limits(f"类别“{area.name}”", area.opening, area.cap, area.floor)
    _check_limits(f"《{rules.name}》", rules.whole_opening(), rules.cap, rules.floor)
    check_use_words(rules.name)
    check_use_words(rules.used_for)


def check_item(item: Item) -> None:
    """Refuse an item that cannot be scored or that crosses a red line. Raises NotAllowed."""
    if not tidy(item.code) or not tidy(item.text):
        raise NotAllowed("积分项目要有编号和内容。", "请补上缺的一格再保存。")
    if item.least > item.most:
        raise NotAllowed(
            f"“{item.text}”的最低分{item.least}比最高分{item.most}还高。", "请把两个数对调，或改成同一个分数。"
        )
    if item.least == 0 or item.most == 0 or (item.least < 0) is not (item.most < 0):
        raise NotAllowed(
            f"“{item.text}”的分数要么都是加分，要么都是扣分，不能有0分。", "既有加分又有扣分的，请分成两条。"
        )
    if max(abs(item.least), abs(item.most)) > MOST_POINTS:
        raise NotAllowed(
            f"“{item.text}”一次记{item.most}分，太大了，多半是输错了。", f"一次最多记{MOST_POINTS}分，请核对。"
        )
    if item.deducts and item.cap is not None:
        raise NotAllowed(f"“{item.text}”是扣分项，不能设加分上限。", "请把上限空着；最多扣多少，请填“最低到”。")
    if not item.deducts and item.floor is not None:
        raise NotAllowed(f"“{item.text}”是加分项，不能设扣分下限。", "请把下限空着；最多加多少，请填“上限”。")
    if item.cap is not None and item.cap < item.least:
        raise NotAllowed(
            f"“{item.text}”一次至少记{item.least}分，上限却只有{item.cap}分，一次也记不上。",
            "请把上限改到不低于一次的分数。",
        )
    if item.floor is not None and item.floor > item.most:
        raise NotAllowed(
            f"“{item.text}”一次至少扣{-item.most}分，最多却只许扣{-item.floor}分，一次也扣不成。",
            "请把最多扣的分数改到不低于一次的分数。",
        )
    if item.valid_from and item.valid_to and item.valid_to < item.valid_from:
        raise NotAllowed(f"“{item.text}”的停用日期早于启用日期。", "请核对两个日期。")
    check_item_words(item.text, deducts=item.deducts)
    check_item_words(item.area, deducts=item.deducts)


def points_typed(typed: str) -> int:
    """Whole points from what a clerk types, with or without a sign.

    Raises NotAllowed for decimals, words and numbers beyond MOST_POINTS.
    """
    plain = half_width(tidy(typed)).replace("−", "-").replace("－", "-").removesuffix("分").strip()
    if re.fullmatch(r"[+-]?\d+\.\d+", plain):
        raise NotAllowed(
            f"积分只记整数，“{typed.strip()}”带了小数。", "请改成整数；办法里有半分的，请把全部分值乘以2。"
        )
    if not re.fullmatch(r"[+-]?\d{1,6}", plain):
        raise NotAllowed(f"“{typed.strip()}”不是分数。", "请只填整数，例如 5 或 -2。")
    points = int(plain)
    if abs(points) > MOST_POINTS:
        raise NotAllowed(f"一次记{points}分太大了，多半是输错了。", f"一次最多记{MOST_POINTS}分，请核对。")
    return points


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


def _check_limits(what: str, opening: int, cap: int | None, floor: int | None) -> None:
    if cap is not None and floor is not None and cap < floor:
        raise NotAllowed(f"{what}的上限{cap}分低于下限{floor}分。", "请核对这两个数。")
    if (cap is not None and opening > cap) or (floor is not None and opening < floor):
        raise NotAllowed(f"{what}的起始分{opening}分不在上限和下限之间。", "请核对起始分、上限和下限。")
