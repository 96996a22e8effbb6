"""The lists of households in a round, of received results and of the four comparisons as grids show them."""

from dataclasses import dataclass

from village_desk.assessments.lookups import Comparison, EntryRow, ReceivedRow
from village_desk.assessments.rules.stars import level_words
from village_desk.widgets.tables import Column, ListTable


class EntryTable(ListTable[EntryRow]):
    """One line a household."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("group", "组别", lambda row: row.group, width=3.5),
                Column("name", "农户", lambda row: row.name, width=6, wide=True),
                Column("state", "状态", lambda row: row.state_words, width=5, tone=_tone),
            )
        )


class ReceivedTable(ListTable[ReceivedRow]):
    """One line a result."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("kind", "种类", lambda row: row.kind_words, width=5),
                Column("name", "谁", lambda row: row.name or row.title, width=6, wide=True),
                Column("stars", "星级", lambda row: level_words(row.stars) if row.person_id else "", width=4),
                Column("day", "年度", lambda row: f"{row.decided_on.year}年", width=4),
            )
        )


@dataclass(frozen=True)
class ComparisonRow:
    """One of the four lists by its title."""

    id: str
    found: Comparison


class ComparisonTable(ListTable[ComparisonRow]):
    """One line a list."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("title", "四比", lambda row: row.id, width=6, sortable=False),
                Column("source", "来源", lambda row: row.found.source, width=6, wide=True, sortable=False),
                Column("many", "条数", lambda row: str(len(row.found.rows)), width=3, align="right", sortable=False),
            )
        )


def _tone(row: EntryRow) -> str:
    if row.revoked:
        return "bad"
    if row.rated:
        return "good"
    return "plain" if row.final or not row.joined else "warn"
