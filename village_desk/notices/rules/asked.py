"""Inquiries and joint demands: who may ask together, by when it is answered; the year's priorities in words."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date


class InquiryKind(StrEnum):
    """Who asks: one villager, villagers or representatives together, or a formal question to the committee."""

    INQUIRY = "inquiry"
    JOINT_VILLAGERS = "joint_villagers"
    JOINT_REPRESENTATIVES = "joint_representatives"
    FORMAL = "formal"


INQUIRY_WORDS: dict[InquiryKind, str] = {
    InquiryKind.INQUIRY: "村民查询",
    InquiryKind.JOINT_VILLAGERS: "村民联名要求公开",
    InquiryKind.JOINT_REPRESENTATIVES: "村民代表联名要求公开",
    InquiryKind.FORMAL: "质询",
}
# One tenth of the villagers or one fifth of the representatives (provincial measures of 山东 and 重庆).
_SHARES: dict[InquiryKind, int] = {InquiryKind.JOINT_VILLAGERS: 10, InquiryKind.JOINT_REPRESENTATIVES: 5}
_SHARE_WORDS = {10: "十分之一", 5: "五分之一"}


class PriorityState(StrEnum):
    """How far one of the year's priorities is."""

    TO_DO = "to_do"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


PRIORITY_WORDS: dict[PriorityState, str] = {
    PriorityState.TO_DO: "未开始",
    PriorityState.DOING: "正在办",
    PriorityState.DONE: "已完成",
    PriorityState.DROPPED: "不再办",
}


def check_joint(people: int, base: int) -> None:
    """Refuse numbers that cannot be. Raises NotAllowed."""
    if people < 1 or base < 0 or (base and people > base):
        raise NotAllowed(f"{base}人里有{people}人联名，不对。", "请核对联名人数和应有人数。")


def joint_words(kind: InquiryKind, people: int, base: int) -> str:
    """Whether so many are enough to demand it together, with the number that is missing; empty for one villager."""
    share = _SHARES.get(kind)
    if share is None:
        return ""
    part = _SHARE_WORDS[share]
    if not base:
        whole = "村民" if share == 10 else "村民代表"
        return f"{people}人联名；还没有填{whole}总数，不能判断是否达到{part}。"
    needed = -(-base // share)
    if people >= needed:
        return f"{people}人联名，达到{base}人的{part}（{needed}人），应当公开。"
    return f"{people}人联名，不到{base}人的{part}（{needed}人），还差{needed - people}人；可以照普通查询答复。"


def priorities_text(year: int, lines: Sequence[str], on: dt.date, *, begun: bool) -> str:
    """The body of the sheet: the list at the beginning, or each item with its state and date."""
    lead = (
        f"现将{year}年度重点工作和为民办实事截至{chinese_date(on)}的进展公开如下，请村民监督："
        if begun
        else f"经研究，{year}年度重点工作和为民办实事共{len(lines)}项，现公开如下，请村民监督："
    )
    return "\n".join([lead, *(f"{number}．{line}" for number, line in enumerate(lines, 1))])
