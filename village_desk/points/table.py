"""The lists of sums, applications, ledger lines and items as grids show them."""

from village_desk.kit.text import short_date
from village_desk.points.lookups import ApplicationRow, EntryRow, GoodRow, ItemRow, RedemptionRow, StandingRow
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.numbers import shown, signed
from village_desk.points.rules.sets import OFTEN_WORDS, PER_WORDS, Per
from village_desk.widgets.tables import Column, ListTable

STAGE_TONES: dict[Stage, str] = {
    Stage.APPLIED: "warn",
    Stage.REVIEW: "warn",
    Stage.POSTING: "warn",
    Stage.POSTED: "note",
    Stage.OBJECTED: "bad",
    Stage.TOWNSHIP: "warn",
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
                Column("points", "合计", _sum, width=3, align="right"),
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
                Column("subject", "农户（人）", lambda row: row.subject, width=4),
                Column("item", "项目", lambda row: row.item, width=5, wide=True),
                Column("points", "分数", lambda row: signed(row.points, row.decimals), width=2, align="right"),
                Column(
                    "stage",
                    "状态",
                    # 待乡镇认定 is too long beside a name; the card beside has it whole.
                    lambda row: row.stage_words.replace("乡镇", ""),
                    width=4.5,
                    tone=lambda row: STAGE_TONES[row.stage],
                    tip=lambda row: row.stage_words,
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
                    lambda row: signed(row.points, row.decimals),
                    width=3.5,
                    align="right",
                    sortable=False,
                ),
                Column(
                    "balance",
                    "累计",
                    lambda row: shown(row.balance, row.decimals),
                    width=3,
                    align="right",
                    sortable=False,
                ),
                Column("checker", "审核人", lambda row: row.checker, width=4, sortable=False, side=True),
            )
        )


class ItemTable(ListTable[ItemRow]):
    """One line an item of the set; `decimals` are those of the set."""

    def __init__(self) -> None:
        self.decimals = 0
        super().__init__(
            (
                Column("code", "编号", lambda row: row.item.code, width=3),
                Column("text", "内容", lambda row: row.item.text, width=7, wide=True),
                Column(
                    "points", "分值", lambda row: span_of(row, self.decimals), width=5.5, align="right", sortable=False
                ),
            )
        )


def item_words(row: ItemRow, decimals: int = 0) -> str:
    """An item in one line: 门前整洁，每月一次记5分，全年最多12分."""
    item = row.item
    limit = ""
    if item.cap is not None:
        limit = f"，本期最多加{shown(item.cap, decimals)}分"
    elif item.floor is not None:
        limit = f"，本期最多扣{shown(-item.floor, decimals)}分"
    often = OFTEN_WORDS[item.often] if item.per is Per.TIME else PER_WORDS[item.per]
    return f"{item.text}（{often}{span_of(row, decimals)}分{limit}）"


def span_of(row: ItemRow, decimals: int = 0) -> str:
    """The points of an item: +5, −3～−1, or 清零."""
    item = row.item
    if item.to_zero:
        return "清零"
    least, most = signed(item.least, decimals), signed(item.most, decimals)
    return least if item.fixed else f"{least}～{most}"


class GoodTable(ListTable[GoodRow]):
    """One line a good."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "物品", lambda row: row.name, width=6, wide=True),
                Column("price", "每件分值", lambda row: shown(row.price, row.decimals), width=5, align="right"),
                Column(
                    "stock",
                    "现有",
                    lambda row: f"{row.stock}{row.unit}",
                    width=4.5,
                    align="right",
                    tone=lambda row: "bad" if row.stock < 0 else "warn" if not row.stock else "",
                ),
                Column("out", "已兑", lambda row: f"{row.handed_out}{row.unit}", width=4.5, align="right"),
                Column("source", "资金来源", lambda row: row.source_words, width=6, side=True),
            ),
            sort_keys={
                "price": lambda row: row.price,
                "stock": lambda row: row.stock,
                "out": lambda row: row.handed_out,
            },
        )


class RedemptionTable(ListTable[RedemptionRow]):
    """One line an exchange."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "编号", lambda row: row.number, width=4),
                Column("subject", "农户（人）", lambda row: row.subject, width=5, wide=True),
                Column("points", "分数", lambda row: shown(row.points, row.decimals), width=3, align="right"),
                Column(
                    "state",
                    "状态",
                    lambda row: "已取消" if row.cancelled_on else "非开放日" if row.off_day else "已领",
                    width=4,
                    tone=lambda row: "plain" if row.cancelled_on else "warn" if row.off_day else "good",
                ),
            ),
            sort_keys={"points": lambda row: row.points},
        )


def _sum(row: StandingRow) -> str:
    return "不参加" if row.exempt else shown(row.points, row.decimals)


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
