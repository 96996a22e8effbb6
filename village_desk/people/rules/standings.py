"""The counts of a village that differ: who is registered, resident, adult, a registered voter, a collective member."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date


class Standing(StrEnum):
    """Counts that are kept with dates; none is derived from another."""

    RESIDENT = "resident"
    VOTER = "voter"
    COLLECTIVE = "collective"


STANDING_WORDS: dict[Standing, str] = {
    Standing.RESIDENT: "常住人口",
    Standing.VOTER: "登记参选村民",
    Standing.COLLECTIVE: "集体经济组织成员",
}


class CountKind(StrEnum):
    """The five counts over the register."""

    REGISTERED = "registered"
    RESIDENT = "resident"
    ADULT = "adult"
    VOTER = "voter"
    COLLECTIVE = "collective"


COUNT_WORDS: dict[CountKind, str] = {
    CountKind.REGISTERED: "户籍",
    CountKind.RESIDENT: "常住",
    CountKind.ADULT: "满18岁",
    CountKind.VOTER: "登记参选",
    CountKind.COLLECTIVE: "集体成员",
}
COUNT_SENTENCES: dict[CountKind, str] = {
    CountKind.REGISTERED: "户籍登记在本村的人，按迁入迁出和去世的日期计算。",
    CountKind.RESIDENT: "登记为常住的人，包括户籍不在本村的。",
    CountKind.ADULT: "户籍在本村、按出生日期已满18周岁的人；出生日期不清楚的不算在内，名单里会写明。",
    CountKind.VOTER: "列入参加选举村民名单的人（《村民委员会组织法》第十六条），只按登记计算。",
    CountKind.COLLECTIVE: "成员大会确认的集体经济组织成员（《农村集体经济组织法》第十二条），只按登记计算。",
}
ARTICLE_VOTERS = "《村民委员会组织法》第十六条"
VOTER_CLASSES = (
    "户籍在本村并在本村居住",
    "户籍在本村、不在本村居住，本人表示参加",
    "户籍不在本村，居住或从事村务工作一年以上，本人申请并经同意",
)
COLLECTIVE_GROUNDS = ("成员大会确认", "成员生育", "婚嫁", "收养", "政策性移民")
# 《农村集体经济组织法》第十七条.
COLLECTIVE_ENDS = (
    "去世",
    "丧失中华人民共和国国籍",
    "取得其他集体经济组织成员身份",
    "成为公务员",
    "自愿退出",
    "其他法定情形",
)
VOTER_ENDS = ("本届选举结束", "本人表示不参加", "户籍迁出", "依法被剥夺政治权利", "登记更正")
RESIDENT_ENDS = ("外出", "迁出", "登记更正")
NOT_ENDING = ("就学", "参军", "服役", "务工", "外出", "经商", "离婚", "丧偶", "服刑", "迁出", "结婚", "出嫁", "婚嫁")


@dataclass(frozen=True)
class Period:
    """A time for which a standing holds; an unknown beginning counts from ever."""

    from_on: dt.date | None
    ended_on: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """True on that day; the day of the ending no longer belongs to it."""
        return (self.from_on is None or self.from_on <= day) and (self.ended_on is None or day < self.ended_on)

    def meets(self, other: "Period") -> bool:
        """True when both hold on some day."""
        starts_before = self.from_on is None or other.ended_on is None or self.from_on < other.ended_on
        return starts_before and (other.from_on is None or self.ended_on is None or other.from_on < self.ended_on)


def check_period(name: str, words: str, period: Period, known: tuple[Period, ...], today: dt.date) -> None:
    """Refuse a time that ends before it begins, lies ahead, or meets one that is registered. Raises NotAllowed."""
    if period.from_on and period.from_on > today:
        raise NotAllowed(f"{chinese_date(period.from_on)}还没有到。", "请在事情发生以后登记，或者核对日期。")
    if period.from_on and period.ended_on and period.ended_on < period.from_on:
        raise NotAllowed("结束日期早于开始日期。", "请核对两个日期。")
    met = next((one for one in known if one.meets(period)), None)
    if met is not None:
        since = f"从{chinese_date(met.from_on)}起" if met.from_on else "以前就"
        raise NotAllowed(f"{name}{since}已经登记为{words}。", "不用再登记一次；日期不对的，请先结束原来那一条。")


def check_collective_end(why: str) -> None:
    """Refuse an end of membership for a reason by which the law says that it does not end.

    Raises NotAllowed with 农村集体经济组织法第十八条.
    """
    if any(word in why for word in NOT_ENDING):
        raise NotAllowed(
            f"“{why}”不丧失集体经济组织成员身份（《农村集体经济组织法》第十八条）。",
            "结婚、外出的人只有取得其他集体经济组织成员身份后才能结束，请写明法定原因。",
        )
