"""The lists of people, posts, party members and of an import's preview as grids show them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from village_desk.kit.text import chinese_date
from village_desk.people.lookups import DevelopmentRow, LeftOut, MemberRow, PersonRow, PostRow, RollEntry
from village_desk.people.lookups.leaving import ExportRow, ImportRow
from village_desk.people.rules.dates import birth_words
from village_desk.people.rules.development import STAGE_WORDS, Stage
from village_desk.people.rules.masking import Private, onlooker_words
from village_desk.people.rules.roster import (
    CELL_STATE_WORDS,
    FIELD_WORDS,
    ROW_STATE_WORDS,
    Cell,
    CellState,
    Field,
    PreviewRow,
    RowState,
)
from village_desk.people.rules.words import PersonState
from village_desk.widgets.onlookers import ONLOOKERS
from village_desk.widgets.tables import Column, ListTable, Order, PagedTable

STATE_TONES: dict[str, str] = {
    PersonState.ON_ROLL: "",
    PersonState.MOVED_OUT: "warn",
    PersonState.DEAD: "plain",
    PersonState.OUTSIDE: "note",
}
ROW_TONES: dict[RowState, str] = {
    RowState.NEW: "good",
    RowState.CHANGED: "note",
    RowState.UNCHANGED: "plain",
    RowState.REFUSED: "bad",
}
CELL_TONES: dict[CellState, str] = {
    CellState.NEW: "good",
    CellState.CHANGED: "note",
    CellState.UNCHANGED: "plain",
    CellState.LEFT_OUT: "warn",
    CellState.REFUSED: "bad",
}


class PeopleTable(PagedTable[PersonRow]):
    """The register; with `hidden` numbers and phones are masked, for when somebody looks on."""

    def __init__(
        self,
        fetch_ids: Callable[[Order, Any], Sequence[str]],
        fetch_rows: Callable[[Sequence[str]], Sequence[PersonRow]],
    ) -> None:
        self.hidden = False
        columns = (
            Column[PersonRow]("name", "姓名", lambda row: row.name, width=5, wide=True),
            Column[PersonRow]("sex", "性别", lambda row: row.sex_words, width=2, sortable=False),
            Column[PersonRow]("age", "年龄", lambda row: row.age_words, width=2, align="right"),
            Column[PersonRow]("birth", "出生日期", self._birth, width=8, sortable=False, extra=True),
            Column[PersonRow]("identity", "身份证号", self._identity, width=10, side=True),
            Column[PersonRow]("household", "户号", lambda row: row.household_no, width=3.5),
            Column[PersonRow]("relation", "与户主关系", lambda row: row.relation, width=5, extra=True),
            Column[PersonRow]("group", "小组", lambda row: row.group, width=4),
            Column[PersonRow]("phone", "联系电话", self._phone, width=6.5),
            Column[PersonRow]("political", "政治面貌", lambda row: row.political_words, width=6, extra=True),
            Column[PersonRow]("people", "民族", lambda row: row.people, width=4, sortable=False, extra=True),
            Column[PersonRow]("schooling", "文化程度", lambda row: row.schooling, width=4, sortable=False, extra=True),
            Column[PersonRow]("marriage", "婚姻状况", lambda row: row.marriage, width=4, sortable=False, extra=True),
            Column[PersonRow](
                "former_name", "曾用名", lambda row: row.former_name, width=5, sortable=False, extra=True
            ),
            Column[PersonRow]("address", "住址", self._address, width=12, sortable=False, extra=True),
            Column[PersonRow](
                "state",
                "状态",
                lambda row: row.state_words,
                width=4,
                tone=lambda row: STATE_TONES[row.state],
                side=True,
            ),
        )
        super().__init__(columns, fetch_ids, fetch_rows, order=Order("household"))

    def _seen(self, field: Private, value: str) -> str:
        return onlooker_words(field, value) if self.hidden else value

    def _birth(self, row: PersonRow) -> str:
        return birth_words(self._seen(Private.BIRTH, row.birth)) if row.birth else "未登记"

    def _identity(self, row: PersonRow) -> str:
        return self._seen(Private.IDENTITY, row.identity)

    def _phone(self, row: PersonRow) -> str:
        return self._seen(Private.PHONE, row.phone)

    def _address(self, row: PersonRow) -> str:
        return self._seen(Private.ADDRESS, row.address)


class PostsTable(ListTable[PostRow]):
    """Who holds which post."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("role", "职务", lambda row: row.role_words, width=9.5, wide=True),
                Column("name", "姓名", lambda row: row.name, width=5),
                Column("group", "小组", lambda row: row.group, width=3.5, side=True),
                Column("how", "产生方式", lambda row: row.how or "未登记", width=8),
                Column("from_on", "任职时间", lambda row: row.time_words, width=11),
            ),
            sort_keys={"from_on": lambda row: str(row.from_on)},
        )


class MembersTable(ListTable[MemberRow]):
    """Members of the branch."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "姓名", lambda row: row.name, width=5, wide=True),
                Column("group", "小组", lambda row: row.group, width=3.5, side=True),
                Column(
                    "kind",
                    "类别",
                    lambda row: row.left_how or row.kind_words,
                    width=6,
                    tone=lambda row: "plain" if row.left_on else "note" if row.probationary else "good",
                ),
                Column("joined", "入党日期", lambda row: _day(row.joined_on), width=7.5),
                Column(
                    "full", "转正日期", lambda row: "" if row.probationary else _day(row.full_on), width=7.5, side=True
                ),
                Column("years", "党龄", _years, width=4, align="right", side=True),
                Column(
                    "flags",
                    "情况",
                    lambda row: row.flag_words,
                    width=7,
                    tone=lambda row: "warn" if row.flag_words else "",
                    tip=lambda row: row.uncounted or row.waiting,
                ),
            ),
            sort_keys={
                "joined": lambda row: str(row.joined_on),
                "full": lambda row: str(row.full_on),
                "years": lambda row: row.years or 0,
            },
        )


class RollRow(NamedTuple):
    """One line of a roll; `id` is the person's."""

    id: str
    number: int
    entry: RollEntry


class OtherRow(NamedTuple):
    """One who is not counted; `id` is the person's."""

    id: str
    left: LeftOut


class RollTable(ListTable[RollRow]):
    """Who is eligible in a body on a day."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "序号", lambda row: str(row.number), width=2.5, align="right"),
                Column("name", "姓名", lambda row: row.entry.name, width=5),
                Column("group", "小组", lambda row: row.entry.group, width=3.5, side=True),
                Column("basis", "身份", lambda row: row.entry.basis, width=10, wide=True),
                Column(
                    "votes",
                    "表决权",
                    lambda row: "有" if row.entry.votes else "没有",
                    width=4,
                    tone=lambda row: "" if row.entry.votes else "note",
                ),
            ),
            sort_keys={"number": lambda row: row.number},
        )


class LeftOutTable(ListTable[OtherRow]):
    """Who is not counted and why."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "姓名", lambda row: row.left.name, width=5),
                Column(
                    "reason",
                    "不计入应到的原因",
                    lambda row: row.left.reason,
                    width=14,
                    wide=True,
                    tip=lambda row: row.left.reason,
                ),
            )
        )


class DevelopmentTable(ListTable[DevelopmentRow]):
    """Who is on the way to membership, with the day of each step."""

    def __init__(self) -> None:
        def day(stage: Stage) -> Callable[[DevelopmentRow], str]:
            return lambda row: row.day_of(stage)

        super().__init__(
            (
                Column("name", "姓名", lambda row: row.name, width=5, wide=True),
                Column(
                    "stage",
                    "现在是",
                    lambda row: STAGE_WORDS[row.stage],
                    width=8,
                    tone=lambda row: "plain" if row.stage is Stage.ENDED else "note",
                ),
                Column("applicant", "申请", day(Stage.APPLICANT), width=7.5, side=True),
                Column("activist", "积极分子", day(Stage.ACTIVIST), width=7.5),
                Column("candidate", "发展对象", day(Stage.CANDIDATE), width=7.5, side=True),
                Column("probationary", "预备", day(Stage.PROBATIONARY), width=7.5),
            )
        )


@dataclass(frozen=True)
class ShownRow:
    """A preview row with an id for the grid."""

    id: str
    row: PreviewRow


@dataclass(frozen=True)
class ShownCell:
    """A cell of a preview row with an id for the grid."""

    id: str
    cell: Cell
    row: RowState

    @property
    def words(self) -> str:
        """What becomes of the cell; of a row that is not taken nothing is entered."""
        fine = self.cell.state not in (CellState.REFUSED, CellState.LEFT_OUT)
        return "没有问题" if fine and self.row is RowState.REFUSED else CELL_STATE_WORDS[self.cell.state]

    @property
    def tone(self) -> str:
        """The tone of those words."""
        return "plain" if self.words == "没有问题" else CELL_TONES[self.cell.state]


class PreviewTable(ListTable[ShownRow]):
    """What an import would do, one line a row of the workbook."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("row", "表中行", lambda shown: _place(shown.row), width=4, align="right"),
                Column("name", "姓名", lambda shown: shown.row.name or "（没有姓名）", width=6),
                Column("group", "小组", lambda shown: shown.row.group, width=3.5, side=True),
                Column("household", "户号", lambda shown: shown.row.household_no, width=3.5),
                Column(
                    "state",
                    "结果",
                    lambda shown: ROW_STATE_WORDS[shown.row.state],
                    width=6.5,
                    tone=lambda shown: ROW_TONES[shown.row.state],
                ),
                Column("reason", "原因", lambda shown: shown.row.reason or _remarks(shown.row), width=14, wide=True),
            ),
            sort_keys={"row": lambda shown: (shown.row.sheet, shown.row.row)},
        )


class CellsTable(ListTable[ShownCell]):
    """The cells of one row: what stood there and what becomes of it."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("address", "单元格", lambda shown: shown.cell.address, width=3.5, sortable=False),
                Column("field", "项目", lambda shown: FIELD_WORDS[shown.cell.field], width=8, sortable=False),
                Column(
                    "typed",
                    "表里写的",
                    lambda shown: _cell(shown, shown.cell.typed),
                    width=9,
                    sortable=False,
                    wide=True,
                ),
                Column(
                    "old", "原来登记", lambda shown: _cell(shown, shown.cell.old), width=7, sortable=False, side=True
                ),
                Column(
                    "state",
                    "结果",
                    lambda shown: shown.words,
                    width=8.5,
                    sortable=False,
                    tone=lambda shown: shown.tone,
                ),
                Column("reason", "原因", lambda shown: shown.cell.reason, width=12, sortable=False, wide=True),
            )
        )


class ImportsTable(ListTable[ImportRow]):
    """Rosters that were taken in."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("on", "日期", lambda row: _day(row.on), width=8),
                Column("source", "来源", lambda row: row.source, width=10, wide=True, tip=lambda row: row.source),
                Column("operator", "经手人", lambda row: row.operator, width=5),
                Column("new", "新增", lambda row: f"{row.new:,}人", width=4, align="right"),
                Column("changed", "改动", lambda row: f"{row.changed:,}人", width=4, align="right"),
                Column("refused", "没有导入", lambda row: f"{row.refused:,}行", width=4.5, align="right"),
                Column(
                    "state",
                    "状态",
                    lambda row: "已撤销" if row.undone else "有效",
                    width=5,
                    tone=lambda row: "plain" if row.undone else "good",
                ),
            ),
            sort_keys={
                "on": lambda row: str(row.on),
                "new": lambda row: row.new,
                "changed": lambda row: row.changed,
                "refused": lambda row: row.refused,
            },
        )


class ExportsTable(ListTable[ExportRow]):
    """What was printed or exported about people."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "次序", lambda row: str(row.number), width=3, align="right"),
                Column("on", "日期", lambda row: _day(row.on), width=8),
                Column("operator", "经手人", lambda row: row.operator, width=5),
                Column("what", "内容", lambda row: row.what, width=9, wide=True, tip=lambda row: row.what),
                Column("people", "人数", lambda row: f"{row.people:,}", width=4, align="right"),
                Column("audience", "给谁看", lambda row: row.audience_words, width=6),
                Column("reason", "用途", lambda row: row.reason, width=8, wide=True),
            ),
            sort_keys={
                "number": lambda row: row.number,
                "on": lambda row: str(row.on),
                "people": lambda row: row.people,
            },
        )


def _cell(shown: ShownCell, words: str) -> str:
    private = {Field.IDENTITY: Private.IDENTITY, Field.PHONE: Private.PHONE, Field.ADDRESS: Private.ADDRESS}
    field = private.get(shown.cell.field)
    return onlooker_words(field, words) if field is not None and ONLOOKERS.present else words


def _place(row: PreviewRow) -> str:
    return f"{row.sheet} {row.row}" if row.sheet else str(row.row)


def _remarks(row: PreviewRow) -> str:
    return " ".join(cell.reason for cell in row.cells if cell.reason)


def _day(day: Any) -> str:
    return chinese_date(day) if day else "未登记"


def _years(row: MemberRow) -> str:
    if row.probationary:
        return ""
    return "未登记" if row.years is None else f"{row.years}年"
