"""Activities and hours: kinds, what a note of attendance may say, rotas, and the hundred hours of a year."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, tidy

# 培养期和预备期的志愿服务每年不少于100小时 (a county's rule for applicants and probationary members).
HOURS_A_YEAR = 100
DAY_MINUTES = 24 * 60


class ActivityKind(StrEnum):
    """What kind of activity it is."""

    VOLUNTEER = "volunteer"
    LABOUR = "labour"
    PARTY_DAY = "party_day"
    LESSON = "lesson"
    TALK = "talk"
    TRAINING = "training"
    BROUGHT = "brought"
    HEARING = "hearing"
    TURN = "turn"
    OTHER = "other"


KIND_WORDS: dict[ActivityKind, str] = {
    ActivityKind.VOLUNTEER: "志愿服务",
    ActivityKind.LABOUR: "义务劳动",
    ActivityKind.PARTY_DAY: "主题党日",
    ActivityKind.LESSON: "学习教育",
    ActivityKind.TALK: "理论宣讲",
    ActivityKind.TRAINING: "培训",
    ActivityKind.BROUGHT: "四进服务",
    ActivityKind.HEARING: "民情恳谈",
    ActivityKind.TURN: "轮值看护",
    ActivityKind.OTHER: "其他活动",
}
# Their time is entered as voluntary work of the people who came.
SERVING = frozenset({ActivityKind.VOLUNTEER, ActivityKind.LABOUR, ActivityKind.TURN})


class WordKind(StrEnum):
    """What an activity is described by; each has words to choose from."""

    SETTING = "setting"
    FORM = "form"
    LEVEL = "level"
    BROUGHT = "brought"


class ActivityState(StrEnum):
    """How far an activity is."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


STATE_WORDS: dict[ActivityState, str] = {
    ActivityState.PLANNED: "待开展",
    ActivityState.HELD: "已开展",
    ActivityState.CANCELLED: "已取消",
}


@dataclass(frozen=True)
class Hours:
    """A person's voluntary work of a year against the hundred hours, in minutes.

    `counted` is what lies in the time on the way to membership, `from_on` and `to_on` that time within the year;
    `pro_rata` is what the part of the year would ask for: information, never a pass.
    """

    total: int
    counted: int
    from_on: dt.date | None
    to_on: dt.date | None
    pro_rata: int

    @property
    def asked(self) -> bool:
        """Whether the hundred hours are asked of this person in this year."""
        return self.from_on is not None

    @property
    def met(self) -> bool:
        """Whether a hundred hours are reached; 99.5 are not."""
        return self.asked and self.counted >= HOURS_A_YEAR * 60

    @property
    def short(self) -> int:
        """Minutes that are still missing."""
        return max(0, HOURS_A_YEAR * 60 - self.counted) if self.asked else 0


def hours_of(times: Sequence[tuple[dt.date, int]], began: dt.date | None, ended: dt.date | None, year: int) -> Hours:
    """A year's hours: `times` are (day, minutes), `began` and `ended` bound the time on the way to membership."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    total = sum(minutes for day, minutes in times if first <= day <= last)
    begin = max(began, first) if began is not None else None
    end = last if ended is None else min(ended - dt.timedelta(days=1), last)
    if begin is None or begin > last or end < begin:
        return Hours(total, 0, None, None, 0)
    counted = sum(minutes for day, minutes in times if begin <= day <= end)
    days, whole = (end - begin).days + 1, (last - first).days + 1
    return Hours(total, counted, begin, end, HOURS_A_YEAR * 60 * days // whole)


def hours_said(minutes: int) -> str:
    """99.5 or 100: hours with one decimal, cut off and not rounded, so that nothing looks reached that is not."""
    tenths = minutes // 6
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


def verdict_words(found: Hours) -> str:
    """The hundred hours as one sentence."""
    if not found.asked:
        return f"全年{hours_said(found.total)}小时。"
    assert found.from_on is not None
    assert found.to_on is not None
    if found.met:
        return f"{hours_said(found.counted)}小时，达标。"
    said = f"{hours_said(found.counted)}小时，不达标，还差{hours_said(found.short + 5)}小时"
    begins, ends = found.from_on, found.to_on
    if (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31):
        return f"{said}。"
    span = f"{chinese_date(begins)}到{chinese_date(ends)}"
    return f"{said}（当年只在{span}培养，按天数折算约{hours_said(found.pro_rata)}小时，仅供参考）。"


def check_activity(title: str, held_on: dt.date | None, minutes: int) -> None:
    """Refuse an activity without a name or a day. Raises NotAllowed."""
    if not tidy(title):
        raise NotAllowed("活动还没有名称。", "例如“7月村道清扫”。")
    if held_on is None:
        raise NotAllowed("活动还没有日期。", "请填哪一天开展。")
    if not 0 <= minutes <= DAY_MINUTES:
        raise NotAllowed("活动时长要在0到24小时之间。", "请核对时长。")


def check_minutes(name: str, minutes: int) -> None:
    """Refuse an impossible time. Raises NotAllowed."""
    if not 0 <= minutes <= DAY_MINUTES:
        raise NotAllowed(f"{name}的时长要在0到24小时之间。", "请核对时长。")


def turns(
    person_ids: Sequence[str], first: dt.date, last: dt.date, *, every: int, each: int
) -> list[tuple[dt.date, tuple[str, ...]]]:
    """A rota: every so many days `each` people, in their order and round again. Raises NotAllowed."""
    if not person_ids:
        raise NotAllowed("还没选轮值的人。", "请从名册里选。")
    if last < first or (last - first).days > 366:
        raise NotAllowed("轮值的起止日期不对。", "请填一年以内的起止日期。")
    if not 1 <= every <= 31 or not 1 <= each <= len(person_ids):
        raise NotAllowed(f"每次{each}人、每{every}天一次排不开。", "请核对每次几人、几天一次。")
    made: list[tuple[dt.date, tuple[str, ...]]] = []
    at, day = 0, first
    while day <= last:
        made.append((day, tuple(person_ids[(at + place) % len(person_ids)] for place in range(each))))
        at, day = at + each, day + dt.timedelta(days=every)
    return made
