"""Stars of households: sets of stars, the stations of a round, what a household needs, and who is barred."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, percent, tidy
from village_desk.points.rules.redlines import check_item_words, check_use_words

# A star that is scored is won from 80 of 100 (a county's form for village organisations).
WINS_FROM = 80


class Station(StrEnum):
    """The stations of a round in their order."""

    MOBILISED = "mobilised"
    SELF = "self"
    MUTUAL = "mutual"
    RECOGNISED = "recognised"
    POSTED = "posted"
    AWARDED = "awarded"


STATION_WORDS: dict[Station, str] = {
    Station.MOBILISED: "动员发动",
    Station.SELF: "农户自评",
    Station.MUTUAL: "群众互评",
    Station.RECOGNISED: "星级认定",
    Station.POSTED: "公示",
    Station.AWARDED: "授牌",
}


@dataclass(frozen=True)
class Star:
    """One star and what it asks for."""

    name: str
    standard: str = ""


@dataclass(frozen=True)
class StarRules:
    """A set of stars as a place keeps it.

    `scored` stars are scored up to 100 and won from `wins_from`; others are won or not. A household with at least
    `least` stars is rated. A revoked household is barred for `barred_years`; after `running_years` in a row it is
    recommended upwards. `every_years` is the rhythm of the rounds.
    """

    name: str
    stars: tuple[Star, ...]
    scored: bool = False
    wins_from: int = WINS_FROM
    least: int = 1
    every_years: int = 1
    barred_years: int = 2
    running_years: int = 3
    publish_days: int = 5
    used_for: str = "评优参考"
    source: str = ""

    def won(self, values: Sequence[int]) -> int:
        """How many stars these values win."""
        return sum(value >= (self.wins_from if self.scored else 1) for value in values)


_FIGURES = "零一二三四五六七八九十"


def level_words(stars: int) -> str:
    """十星级 for ten stars; nothing for none."""
    if not stars:
        return "未评上"
    return f"{_FIGURES[stars]}星级" if stars <= 10 else f"{stars}星级"


def check_star_rules(rules: StarRules) -> None:
    """Refuse a set of stars without names, with doubled ones, or that crosses a red line. Raises NotAllowed."""
    if not tidy(rules.name):
        raise NotAllowed("星级办法还没有名称。", "例如“东河村星级文明户评选办法”。")
    if not rules.stars:
        raise NotAllowed(f"《{rules.name}》还没有一颗星。", "请至少填一颗星的名称。")
    names = [tidy(star.name) for star in rules.stars]
    for name in names:
        if not name:
            raise NotAllowed(f"《{rules.name}》里有一颗星没有名称。", "请补上名称。")
        if names.count(name) > 1:
            raise NotAllowed(f"《{rules.name}》里“{name}”写了两次。", "请删去一颗。")
    if not 1 <= rules.least <= len(names):
        raise NotAllowed(f"评上至少要{rules.least}颗星，可是一共{len(names)}颗。", "请核对这个数。")
    if not 1 <= rules.wins_from <= 100:
        raise NotAllowed("每颗星按100分打分，得星的分数要在1到100之间。", "一般是80分。")
    if not (1 <= rules.every_years <= 5 and 0 <= rules.barred_years <= 10):
        raise NotAllowed("几年一评填1到5，摘星后几年不能参评填0到10。", "请核对这两个数。")
    for star in rules.stars:
        check_item_words(star.name, deducts=False)
        check_use_words(star.standard)
    check_use_words(rules.used_for)


def check_values(rules: StarRules, values: Sequence[int], subject: str) -> None:
    """Refuse values that do not fit the stars. Raises NotAllowed."""
    if len(values) != len(rules.stars):
        raise NotAllowed(f"{subject}要填{len(rules.stars)}颗星，现在填了{len(values)}颗。", "请逐颗填写。")
    most = 100 if rules.scored else 1
    for star, value in zip(rules.stars, values, strict=True):
        if not 0 <= value <= most:
            asked = "0到100的整数" if rules.scored else "得或不得"
            raise NotAllowed(f"{subject}的“{star.name}”要填{asked}。", "请核对。")


def barred_until(revoked_on: dt.date, years: int) -> dt.date:
    """The first day on which a revoked household may take part again."""
    try:
        return revoked_on.replace(year=revoked_on.year + years)
    except ValueError:
        return dt.date(revoked_on.year + years, 3, 1)


def check_not_barred(subject: str, revoked_on: dt.date, until: dt.date, today: dt.date) -> None:
    """Refuse a household whose stars were taken away not long ago. Raises NotAllowed."""
    if today < until:
        raise NotAllowed(
            f"{subject}{chinese_date(revoked_on)}被摘星，到{chinese_date(until)}才能再参评。",
            "到期后的那一轮可以申报。",
        )


def check_recognise(
    taking_part: int,
    without_self: Sequence[str],
    without_mutual: Sequence[str],
    dates: Mapping[Station, dt.date | None],
) -> None:
    """Recognition needs self-rating and mutual rating of every household that takes part. Raises NotAllowed."""
    if not taking_part:
        raise NotAllowed("这一轮还没有农户参评。", "请先点“登记参评户”。")
    if dates.get(Station.MOBILISED) is None:
        raise NotAllowed("还没有登记动员发动。", "请先登记动员会的日期。")
    if without_self:
        raise NotAllowed(
            f"还有{len(without_self)}户没有自评：{_first(without_self)}，不能认定。",
            "请把自评表收齐登记，或登记这些户退出参评。",
        )
    if without_mutual:
        raise NotAllowed(
            f"还有{len(without_mutual)}户没有互评：{_first(without_mutual)}，不能认定。",
            "请开互评会登记结果，再认定。",
        )


def _first(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")


def check_order(station: Station, on: dt.date, dates: Mapping[Station, dt.date | None], today: dt.date) -> None:
    """The stations of a round follow each other; nothing lies ahead. Raises NotAllowed."""
    if on > today:
        raise NotAllowed(f"{STATION_WORDS[station]}的日期在今天以后。", "请填实际的日期。")
    order = list(Station)
    for earlier in order[: order.index(station)]:
        day = dates.get(earlier)
        if day is not None and on < day:
            raise NotAllowed(
                f"{STATION_WORDS[station]}不能早于{STATION_WORDS[earlier]}（{chinese_date(day)}）。", "请核对日期。"
            )


@dataclass(frozen=True)
class Rates:
    """How many households took part and were rated; `full` have every star."""

    households: int
    joined: int
    rated: int
    full: int
    stars: int

    @property
    def sentence(self) -> str:
        """参评率 and 创评率 with their numbers."""
        return (
            f"全村{self.households}户，参评{self.joined}户，参评率{percent(self.joined, self.households)}；"
            f"评上{self.rated}户，创评率{percent(self.rated, self.households)}，"
            f"其中{level_words(self.stars)}{self.full}户，其他星级{self.rated - self.full}户。"
        )


def years_in_post(spans: Sequence[tuple[dt.date | None, dt.date | None]], on: dt.date) -> tuple[int, int]:
    """Whole years and months that somebody held a post until a day; overlapping posts count once, breaks do not."""
    days = 0
    last = dt.date.min
    for begin, end in sorted((begin, end or dt.date.max) for begin, end in spans if begin is not None):
        stop = min(end, on + dt.timedelta(days=1))
        start = max(begin, last)
        if stop > start:
            days += (stop - start).days
            last = stop
    months = days * 12 * 100 // 36525
    return divmod(months, 12)
