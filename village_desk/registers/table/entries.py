"""The lists of registers as grids show them: entries, what is missing, the contents of all registers."""

from village_desk.kit.text import chinese_date
from village_desk.registers.lookups.entries import EntryRow
from village_desk.registers.lookups.forms import RegisterRow
from village_desk.registers.lookups.owed import MissingRow
from village_desk.widgets.tables import Column, ListTable


class EntryTable(ListTable[EntryRow]):
    """One line an entry."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("noted_on", "日期", lambda row: row.noted_on.strftime("%Y-%m-%d"), width=6),
                Column("subject", "对象或内容", lambda row: row.subject or row.words, width=8, wide=True),
                Column("words", "内容", lambda row: row.words, width=12, wide=True),
                Column("standing", "情况", lambda row: row.short, width=7, tone=lambda row: row.tone),
            )
        )


class MissingTable(ListTable[MissingRow]):
    """One line somebody or something that should stand in a register."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("words", "谁或哪一天", lambda row: row.words, width=12),
                Column("group", "组别", lambda row: row.group, width=5),
                Column("why", "缺什么", lambda row: row.why, width=16, wide=True),
            )
        )


class ContentsTable(ListTable[RegisterRow]):
    """One line a register."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("head", "类别", lambda row: row.form.head, width=5),
                Column("title", "台账", lambda row: row.title, width=14, wide=True),
                Column("state", "使用", _use, width=5, tone=lambda row: "good" if row.used else "plain"),
                Column("entries", "条数", lambda row: str(row.entries), width=3.5, align="right"),
                Column("last", "最近登记", lambda row: chinese_date(row.last_on) if row.last_on else "未登记", width=8),
                Column("late", "逾期", lambda row: str(row.late or ""), width=3.5, align="right", tone=_late),
                Column("pages", "已印页数", lambda row: str(row.pages or ""), width=5, align="right", side=True),
            ),
            sort_keys={
                "entries": lambda row: row.entries,
                "late": lambda row: row.late,
                "pages": lambda row: row.pages,
            },
        )


def _use(row: RegisterRow) -> str:
    if not row.used:
        return "没有启用"
    return "本村栏目" if row.own else "在用"


def _late(row: RegisterRow) -> str:
    return "bad" if row.late else ""
