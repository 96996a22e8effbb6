"""The lists of sums, applications, ledger lines and items as grids show them."""

from village_desk.kit.text import short_date
from village_desk.points.lookups import ApplicationRow, EntryRow, ItemRow, StandingRow
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.sets import OFTEN_WORDS
from village_desk.widgets.tables import Column, ListTable

STAGE_TONES: dict[Stage, str] = {
    Stage.APPLIED: "warn",
    Stage.CHECKED: "note",
    Stage.BOOKED: "good",
    Stage.REVERSED: "plain",
    Stage.REFUSED: "bad",
    Stage.WITHDRAWN: "plain",
}


class StandingTable(ListTable[StandingRow]):
    """One line a household or person; by group and number, no ranking."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("group", "组别", lambda row: row.group, width=3.5),
                Column("name", "农户（人）", lambda row: row.name, width=6, wide=True),
                Column("points", "合计", lambda row: str(row.points), width=3, align="right"),
                Column(
                    "waiting",
                    "待办",
                    lambda row: f"{row.waiting}笔" if row.waiting else "",
                    width=3.5,
                    tone=lambda row: "warn" if row.waiting else "",
                ),
            ),
            sort_keys={"points": lambda row: row.points, "waiting": lambda row: row.waiting},
        )


class ApplicationTable(ListTable[ApplicationRow]):
    """One line an application."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("subject", "农户（人）", lambda row: row.subject, width=4.5),
                Column("item", "项目", lambda row: row.item, width=5, wide=True),
                Column("points", "分数", lambda row: signed(row.points), width=2.5, align="right"),
                Column(
                    "stage", "状态", lambda row: row.stage_words, width=4.5, tone=lambda row: STAGE_TONES[row.stage]
                ),
            ),
            sort_keys={"points": lambda row: row.points},
        )


class EntryTable(ListTable[EntryRow]):
    """One line of a ledger."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "编号", lambda row: row.number, width=4.5, sortable=False),
                Column("happened_on", "日期", lambda row: short_date(row.happened_on), width=4.5, sortable=False),
                Column("text", "项目", _what, width=7, sortable=False, wide=True, tip=_why),
                Column("event", "事由", lambda row: row.event, width=7, sortable=False, wide=True, side=True),
                Column(
                    "points",
                    "加减分",
                    lambda row: signed(row.points),
                    width=3.5,
                    align="right",
                    sortable=False,
                ),
                Column("balance", "累计", lambda row: str(row.balance), width=3, align="right", sortable=False),
                Column("checker", "审核人", lambda row: row.checker, width=4, sortable=False, side=True),
            )
        )


class ItemTable(ListTable[ItemRow]):
    """One line an item of the set."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("code", "编号", lambda row: row.item.code, width=3),
                Column("text", "内容", lambda row: row.item.text, width=7, wide=True),
                Column("points", "分值", _span, width=5.5, align="right", sortable=False),
            )
        )


def signed(points: int) -> str:
    """+5 or −2."""
    return f"+{points}" if points > 0 else f"−{-points}"


def item_words(row: ItemRow) -> str:
    """An item in one line: 门前整洁，每月一次记5分，全年最多12分."""
    item = row.item
    limit = ""
    if item.cap is not None:
        limit = f"，本期最多加{item.cap}分"
    elif item.floor is not None:
        limit = f"，本期最多扣{-item.floor}分"
    return f"{item.text}（{OFTEN_WORDS[item.often]}{_span(row)}分{limit}）"


def _span(row: ItemRow) -> str:
    item = row.item
    return signed(item.least) if item.fixed else f"{signed(item.least)}～{signed(item.most)}"


def _what(row: EntryRow) -> str:
    if row.is_reversal:
        return f"冲正{row.reverses}"
    return f"{row.text}（已由{row.reversed_by}冲正）" if row.reversed_by else row.text


def _why(row: EntryRow) -> str:
    parts = [
        row.why,
        f"依据：{row.evidence}" if row.evidence else "",
        f"申报人：{row.applicant}" if row.applicant else "",
    ]
    return "\n".join(part for part in parts if part) or row.event
