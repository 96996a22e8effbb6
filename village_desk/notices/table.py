"""The lists of notices and of duties as grids show them."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from village_desk.kit.text import short_date
from village_desk.notices.lookups import DutyRow, DutyState, NoticeRow
from village_desk.notices.rules.life import Stage
from village_desk.widgets.tables import Column, ListTable, Order, PagedTable

STAGE_TONES: dict[Stage, str] = {
    Stage.OFF_EARLY: "bad",
    Stage.SENT_BACK: "bad",
    Stage.RUN_OUT: "warn",
    Stage.NUMBERED: "warn",
    Stage.PRINTED: "warn",
    Stage.REVIEWED: "note",
    Stage.AWAITS_APPROVAL: "note",
    Stage.UNDER_REVIEW: "note",
    Stage.DRAFT: "plain",
    Stage.POSTED: "good",
    Stage.TAKEN_DOWN: "plain",
    Stage.ARCHIVED: "plain",
}
DUTY_TONES: dict[DutyState, str] = {
    DutyState.OVERDUE: "bad",
    DutyState.TO_DO: "warn",
    DutyState.IN_WORK: "note",
    DutyState.UNDER_REVIEW: "note",
    DutyState.POSTED: "good",
    DutyState.NOT_APPLICABLE: "plain",
    DutyState.COMING: "plain",
}


class NoticeTable(PagedTable[NoticeRow]):
    """One line a notice; what needs somebody comes first, and only the rows in sight are read."""

    def __init__(
        self,
        fetch_ids: Callable[[Order, Any], Sequence[str]],
        fetch_rows: Callable[[Sequence[str]], Sequence[NoticeRow]],
    ) -> None:
        super().__init__(
            (
                Column("title", "标题", lambda row: row.title, width=10, wide=True),
                Column("kind", "类别", lambda row: row.kind_words, width=3),
                Column(
                    "stage", "办到哪一步", lambda row: row.stage_words, width=8, tone=lambda row: STAGE_TONES[row.stage]
                ),
                Column("next_act", "下一步", lambda row: row.next_act, width=14, sortable=False, wide=True, side=True),
                Column("number", "文号", lambda row: row.number, width=10, side=True),
                Column("posted_on", "张贴", lambda row: _day(row.posted_on), width=5, side=True, sortable=False),
                Column("last_day", "贴到", lambda row: _day(row.last_day), width=5, sortable=False),
            ),
            fetch_ids,
            fetch_rows,
            order=Order("stage"),
        )


class DutyTable(ListTable[DutyRow]):
    """One line a duty."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("about", "要公开的事项", lambda row: row.about, width=10, wide=True),
                Column("state", "状态", lambda row: row.state_words, width=7, tone=lambda row: DUTY_TONES[row.state]),
                Column("due_on", "期限", lambda row: _day(row.due_on), width=5),
                Column("words", "说明", lambda row: row.words, width=20, sortable=False, wide=True, side=True),
                Column("legal_ref", "依据", lambda row: row.legal_ref, width=12, side=True),
            ),
            sort_keys={"due_on": lambda row: row.due_on or dt.date.max},
        )


def _day(day: dt.date | None) -> str:
    return short_date(day) if day is not None else ""
