"""The list of cases as a grid shows it."""

from village_desk.decisions.lookups import DecisionRow, DecisionState, InspectionLine
from village_desk.kit.text import chinese_date
from village_desk.meetings.rules import CheckState, VerdictState
from village_desk.widgets.tables import Column, ListTable


def progress(row: DecisionRow) -> str:
    """How far a case is, in a few words."""
    if row.state is DecisionState.WITHDRAWN:
        return "已撤回"
    if not row.step:
        return "已办完" if row.verdict is VerdictState.STANDS else row.verdict.words
    if row.verdict is VerdictState.OPEN:
        return f"第{row.step}步"
    return f"第{row.step}步{row.verdict.words}"


def tone(row: DecisionRow) -> str:
    """The tone of that."""
    if row.state is DecisionState.WITHDRAWN:
        return "plain"
    return "note" if row.verdict is VerdictState.OPEN else row.verdict.tone


class DecisionTable(ListTable[DecisionRow]):
    """One line a case."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("title", "议题", lambda row: row.title, width=11, wide=True, tip=lambda row: row.title),
                Column("progress", "进度", progress, width=7, tone=tone, tip=lambda row: row.words),
                Column("number", "编号", lambda row: row.number, width=6, side=True),
                Column("matter", "类别", lambda row: row.matter, width=7, side=True),
                Column("opened_on", "立项", lambda row: chinese_date(row.opened_on), width=8, side=True),
                Column("next_act", "下一步", lambda row: row.next_act, width=11, wide=True, sortable=False),
            ),
            sort_keys={"opened_on": lambda row: row.opened_on, "number": lambda row: (row.opened_on.year, row.number)},
        )


class InspectionTable(ListTable[InspectionLine]):
    """One line a case, with what an inspector would find in it."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("verdict", "结论", lambda row: row.verdict.words, width=6, tone=lambda row: row.verdict.tone),
                Column("number", "编号", lambda row: row.number, width=6),
                Column("title", "议题", lambda row: row.title, width=12, wide=True, tip=lambda row: row.title),
                Column("wrong", "不符合", lambda row: _many(row, CheckState.FAILS, CheckState.REJECTED), width=4),
                Column("judge", "要人定", lambda row: _many(row, CheckState.MUST_JUDGE), width=4),
                Column("tasks", "待补", lambda row: _many(row, CheckState.TASK), width=4),
                Column("words", "查出的问题", lambda row: row.words, width=12, wide=True, tip=_all_words),
            ),
            sort_keys={"number": lambda row: (row.opened_on.year, row.number)},
        )


def _many(row: InspectionLine, *states: CheckState) -> str:
    number = row.many(*states)
    return f"{number}处" if number else "—"


def _all_words(row: InspectionLine) -> str:
    return "\n".join(f"第{one.no}步 {one.state.words}：{one.sentence}" for one in row.findings) or row.words
