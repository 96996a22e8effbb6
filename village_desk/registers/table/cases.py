"""The lists of service cases, counts, guide items, hotlines, kinds and batches as grids show them."""

from dataclasses import dataclass

from village_desk.kit.text import short_date
from village_desk.registers.lookups.cases_counts import BatchRow, CountLine, GuideRow, LineRow
from village_desk.registers.lookups.cases_rows import CaseRow
from village_desk.registers.rules.cases import Kind
from village_desk.widgets.tables import Column, ListTable


def tone(row: CaseRow) -> str:
    """The tone of how far a case is."""
    if row.withdrawn:
        return "plain"
    if row.late:
        return "bad"
    if row.closed_on is not None:
        return "good"
    return "note"


class CaseTable(ListTable[CaseRow]):
    """One line a case."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "登记号", lambda row: row.number, width=5),
                Column("name", "申请人", lambda row: row.applicant, width=4.5),
                Column("title", "事项", lambda row: row.title, width=7, wide=True, tip=lambda row: row.title),
                Column("stage", "进度", lambda row: "超期" if row.late else row.stage_words, width=6, tone=tone),
                Column("kind", "类别", lambda row: row.kind_name, width=8, side=True),
                Column("due", "承诺", lambda row: short_date(row.due_on) if row.due_on else "—", width=5, side=True),
                Column("agent", "承办人", lambda row: row.agent or row.team or "—", width=5, side=True),
            ),
            sort_keys={"due": lambda row: (row.due_on is None, row.due_on)},
        )


@dataclass(frozen=True)
class CountRow:
    """A figure of a count with the heading that it stands under; `id` is its place."""

    id: str
    part: str
    line: CountLine


class CountTable(ListTable[CountRow]):
    """One line a figure."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("part", "分类", lambda row: row.part, width=7, sortable=False),
                Column("words", "项目", lambda row: row.line.words, width=10, wide=True, sortable=False),
                Column("many", "件数", lambda row: str(row.line.many), width=4, align="right", sortable=False),
            )
        )


class GuideTable(ListTable[GuideRow]):
    """One line a matter of the guide book."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "事项", lambda row: row.name, width=10, wide=True),
                Column("handled_by", "承办人员", lambda row: row.handled_by or "未填", width=6),
                Column(
                    "missing",
                    "四要素",
                    lambda row: f"还缺{'、'.join(row.missing)}" if row.missing else "齐全",
                    width=14,
                    wide=True,
                    tone=lambda row: "warn" if row.missing else "good",
                    tip=lambda row: "、".join(row.missing),
                ),
                Column("active", "状态", lambda row: "在用" if row.active else "停用", width=4),
            )
        )


@dataclass(frozen=True)
class NamedLine:
    """A hotline whose id is its name, so that one without a number can be chosen as well."""

    id: str
    line: LineRow


class LineTable(ListTable[NamedLine]):
    """One line a hotline."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "热线", lambda row: row.line.name, width=8, wide=True),
                Column("answered_by", "接听人", lambda row: row.line.answered_by or "未登记", width=8),
                Column("number", "号码", lambda row: row.line.number or "未登记", width=9),
            )
        )


@dataclass(frozen=True)
class KindRow:
    """A kind of cases whose id is its key."""

    id: str
    kind: Kind


class KindTable(ListTable[KindRow]):
    """One line a kind."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("group", "分组", lambda row: row.kind.group, width=7),
                Column("name", "类别", lambda row: row.kind.name, width=10, wide=True),
                Column("limit", "承诺", lambda row: _days(row.kind), width=7),
                Column("traits", "要点", lambda row: _traits(row.kind), width=8),
                Column(
                    "active",
                    "状态",
                    lambda row: "启用" if row.kind.active else "停用",
                    width=4,
                    tone=lambda row: "good" if row.kind.active else "plain",
                ),
            )
        )


class BatchTable(ListTable[BatchRow]):
    """One line a batch."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("title", "批次", lambda row: row.title, width=7),
                Column("day", "上送", lambda row: short_date(row.carried_on), width=5),
                Column("unit", "送到哪里", lambda row: row.unit, width=9, wide=True),
                Column("due", "要求返回", lambda row: short_date(row.due_on) if row.due_on else "—", width=5),
                Column(
                    "back",
                    "已返回",
                    lambda row: f"{row.back}/{len(row.cases)}件",
                    width=5,
                    tone=lambda row: "good" if row.back == len(row.cases) else "note",
                ),
            )
        )


def _days(kind: Kind) -> str:
    return f"{kind.limit}个工作日" if kind.limit else "按派单时限"


def _traits(kind: Kind) -> str:
    found = [
        "代收款" if kind.money else "",
        "内容不公开" if kind.sensitive else "",
        "必报" if kind.must_report else "",
        "本村自定" if kind.own else "",
    ]
    return "、".join(one for one in found if one) or "—"
