"""The lists of meetings and of motions as grids show them."""

import datetime as dt

from village_desk.kit.text import short_date
from village_desk.meetings.lookups import MeetingRow, MotionRow
from village_desk.meetings.rules import MeetingState, MotionKind, VerdictState
from village_desk.widgets.tables import Column, ListTable


def state_words(row: MeetingRow) -> str:
    """Where a meeting stands, in a few words."""
    if row.state is MeetingState.CANCELLED:
        return "没有开成"
    if row.held_on is None:
        return "未登记日期"
    if not row.motions:
        return _without_motion(row)
    return row.verdict.state.words


def state_tone(row: MeetingRow) -> str:
    """The tone of that."""
    if row.state is MeetingState.CANCELLED or row.held_on is None:
        return "plain"
    if not row.motions and row.verdict.state is not VerdictState.STANDS:
        return "note"
    return row.verdict.state.tone


def _without_motion(row: MeetingRow) -> str:
    """A meeting that votes on nothing (党课, 主题党日) has no result, only people who came."""
    return f"到会{row.present}人" if row.present else "待签到"


def matter_first(row: MeetingRow) -> str:
    """What a meeting was about, then what kind it was: in a narrow list only the beginning can be read.

    Meetings of a case are called after both: 村民代表会议（修三组机耕路）.
    """
    kind, opened, matter = row.title.removesuffix("）").partition("（")
    return f"{matter}（{kind}）" if opened and matter and row.title.endswith("）") else row.title


def vote_line(motion: MotionRow) -> str:
    """同意26 反对1 弃权2, or that nobody voted yet."""
    if motion.kind is MotionKind.REPORT:
        return "听取，不表决"
    if motion.standing is None:
        return "还没有表决"
    count = motion.standing.count
    return f"同意{count.yes} 反对{count.no} 弃权{count.abstain}"


class MeetingTable(ListTable[MeetingRow]):
    """One line a meeting."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("held_on", "日期", _day, width=4.4),
                Column("title", "会议", matter_first, width=6, wide=True, tip=lambda row: row.title),
                Column("state", "情况", state_words, width=5.6, tone=state_tone),
                Column("body", "会议种类", lambda row: row.body_words, width=8, side=True),
                Column("heads", "应到/实到", lambda row: f"{row.eligible}/{row.present}", width=6, side=True),
            ),
            sort_keys={"held_on": lambda row: row.held_on or dt.date.max},
        )


class MotionTable(ListTable[MotionRow]):
    """One line a motion of a meeting."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("no", "序", lambda row: str(row.no), width=1.2, align="right", sortable=False),
                Column(
                    "title",
                    "议题",
                    lambda row: row.title,
                    width=4,
                    wide=True,
                    sortable=False,
                    tip=lambda row: row.title,
                ),
                Column("vote", "表决", vote_line, width=9, sortable=False),
                Column(
                    "verdict",
                    "结果",
                    lambda row: "" if row.kind is MotionKind.REPORT else row.verdict.state.words,
                    width=5.2,
                    tone=lambda row: "plain" if row.kind is MotionKind.REPORT else row.verdict.state.tone,
                    sortable=False,
                ),
            )
        )


def _day(row: MeetingRow) -> str:
    return short_date(row.held_on) if row.held_on is not None else ""
