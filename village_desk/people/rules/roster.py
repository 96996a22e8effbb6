"""What a roster workbook holds and what a preview says about it: fields, cells, lines, rows and their states."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Field(StrEnum):
    """Columns that a roster may have."""

    SERIAL = "serial"
    GROUP = "group"
    HOUSEHOLD_NO = "household_no"
    HEAD_NAME = "head_name"
    NAME = "name"
    FORMER_NAME = "former_name"
    RELATION = "relation"
    SEX = "sex"
    PEOPLE = "people"
    IDENTITY = "identity"
    BIRTH = "birth"
    BIRTH_YEAR = "birth_year"
    BIRTH_MONTH = "birth_month"
    BIRTH_DAY = "birth_day"
    SCHOOLING = "schooling"
    POLITICAL = "political"
    MARRIAGE = "marriage"
    PHONE = "phone"
    ADDRESS = "address"
    RESIDENCE = "residence"
    LIVING = "living"
    RESIDENT_ON = "resident_on"
    GRID = "grid"
    IDENTITY_KIND = "identity_kind"
    BIRTH_SOURCE = "birth_source"
    HEALTH = "health"
    MILITARY = "military"
    WORK = "work"
    CAME_ON = "came_on"
    STATE = "state"
    STATE_ON = "state_on"
    MOVED_OUT_ON = "moved_out_on"
    DIED_ON = "died_on"
    VOTER = "voter"
    VOTER_ON = "voter_on"
    COLLECTIVE = "collective"
    COLLECTIVE_ON = "collective_on"
    MEMBER_KIND = "member_kind"
    JOINED_ON = "joined_on"
    FULL_ON = "full_on"
    BRANCH = "branch"
    JOB = "job"
    MEMBER_STATE = "member_state"
    LOST = "lost"
    FLOATING = "floating"
    FILE_BIRTH = "file_birth"
    REPRESENTATIVE = "representative"
    ELECTED_ON = "elected_on"
    NOTE = "note"


DAY_FIELDS = frozenset(
    {
        Field.RESIDENT_ON,
        Field.CAME_ON,
        Field.STATE_ON,
        Field.MOVED_OUT_ON,
        Field.DIED_ON,
        Field.VOTER_ON,
        Field.COLLECTIVE_ON,
        Field.JOINED_ON,
        Field.FULL_ON,
        Field.ELECTED_ON,
    }
)
"""Columns of days, stored as 1998-07-01."""
YES, NO = "yes", "no"
"""What a column of yes or no holds."""


FIELD_WORDS: dict[Field, str] = {
    Field.SERIAL: "序号",
    Field.GROUP: "村民小组",
    Field.HOUSEHOLD_NO: "户号",
    Field.HEAD_NAME: "户主姓名",
    Field.NAME: "姓名",
    Field.FORMER_NAME: "曾用名",
    Field.RELATION: "与户主关系",
    Field.SEX: "性别",
    Field.PEOPLE: "民族",
    Field.IDENTITY: "身份证号",
    Field.BIRTH: "出生日期",
    Field.BIRTH_YEAR: "出生年",
    Field.BIRTH_MONTH: "出生月",
    Field.BIRTH_DAY: "出生日",
    Field.SCHOOLING: "文化程度",
    Field.POLITICAL: "政治面貌",
    Field.MARRIAGE: "婚姻状况",
    Field.PHONE: "联系电话",
    Field.ADDRESS: "住址",
    Field.RESIDENCE: "现居住地",
    Field.LIVING: "常住或外出",
    Field.RESIDENT_ON: "常住起始日期",
    Field.GRID: "网格",
    Field.IDENTITY_KIND: "证件类型",
    Field.BIRTH_SOURCE: "出生日期来源",
    Field.HEALTH: "健康状况",
    Field.MILITARY: "兵役状况",
    Field.WORK: "就业或外出地",
    Field.CAME_ON: "入户日期",
    Field.STATE: "人员状态",
    Field.STATE_ON: "状态日期",
    Field.MOVED_OUT_ON: "迁出日期",
    Field.DIED_ON: "去世日期",
    Field.VOTER: "登记参选",
    Field.VOTER_ON: "参选登记日期",
    Field.COLLECTIVE: "集体经济组织成员",
    Field.COLLECTIVE_ON: "成员身份取得日期",
    Field.MEMBER_KIND: "党员类别",
    Field.JOINED_ON: "入党日期",
    Field.FULL_ON: "转正日期",
    Field.BRANCH: "所在党支部",
    Field.JOB: "工作岗位",
    Field.MEMBER_STATE: "党籍状态",
    Field.LOST: "是否失联",
    Field.FLOATING: "是否流动或流向",
    Field.FILE_BIRTH: "档案出生日期",
    Field.REPRESENTATIVE: "村民代表",
    Field.ELECTED_ON: "当选日期",
    Field.NOTE: "备注",
}


class CellState(StrEnum):
    """What happens to one cell."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"
    REFUSED = "refused"


class RowState(StrEnum):
    """What happens to one row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


ROW_STATE_WORDS: dict[RowState, str] = {
    RowState.NEW: "新增",
    RowState.CHANGED: "有改动",
    RowState.UNCHANGED: "没有变化",
    RowState.REFUSED: "不能导入",
}
CELL_STATE_WORDS: dict[CellState, str] = {
    CellState.NEW: "登记",
    CellState.CHANGED: "改为",
    CellState.UNCHANGED: "没有变化",
    CellState.LEFT_OUT: "这一格不采用",
    CellState.REFUSED: "不能导入",
}


class Cell(NamedTuple):
    """One cell: its address such as E37, what stood in it, what is taken from it, and why not."""

    address: str
    field: Field
    typed: str
    value: str
    state: CellState
    reason: str = ""
    old: str = ""
    may_keep: bool = False


@dataclass(frozen=True)
class Line:
    """One person as a row gives him: clean values by field and the household that the row belongs to.

    `household` is the same text for all rows of one household and empty when the row names none; `kept` is the
    clerk's reason for keeping an identity number that does not pass the check.
    """

    sheet: str
    row: int
    values: Mapping[Field, str]
    cells: tuple[Cell, ...]
    household: str = ""
    kept: str = ""

    @property
    def name(self) -> str:
        """The name that the row gives, empty when it gives none."""
        return self.values.get(Field.NAME, "")

    @property
    def refused(self) -> bool:
        """True when one of its cells stops the whole row."""
        return any(cell.state is CellState.REFUSED for cell in self.cells)


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its letter, its head as written, and the field it was taken for (None: not used)."""

    letter: str
    head: str
    field: Field | None
    by_content: bool = False


@dataclass(frozen=True)
class Layout:
    """How a workbook that was taken in was read: its heads as written, and the field of each column ("": not used)."""

    heads: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no person: totals, repeated heads, notes."""

    sheet: str
    row: int
    reason: str


@dataclass(frozen=True)
class Roster:
    """A workbook as read: nothing of it is in the village file yet."""

    source: str
    sheets: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    skipped: tuple[SkippedRow, ...]
    notes: tuple[str, ...] = ()
    numbers_restart: bool = False
    """True when household numbers begin anew in each group."""

    @property
    def layout(self) -> Layout:
        """What is worth remembering for the next workbook of this kind."""
        return Layout(
            tuple(column.head for column in self.columns), tuple(column.field or "" for column in self.columns)
        )


@dataclass(frozen=True)
class PreviewRow:
    """What would happen to one row; `person_id` names the person whom it was matched with."""

    sheet: str
    row: int
    name: str
    state: RowState
    cells: tuple[Cell, ...]
    reason: str = ""
    person_id: str = ""
    group: str = ""
    household_no: str = ""


@dataclass(frozen=True)
class Preview:
    """What an import would do, row by row, before anything is written."""

    source: str
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]
    skipped: tuple[SkippedRow, ...]
    notes: tuple[str, ...] = ()
    new_households: int = 0

    @property
    def counts(self) -> dict[RowState, int]:
        """How many rows stand in each state, all four named."""
        found = Counter(row.state for row in self.rows)
        return {state: found.get(state, 0) for state in RowState}

    @property
    def sentence(self) -> str:
        """One sentence with all the numbers, for the head of the preview and the command line."""
        counts = self.counts
        return (
            f"共读到{len(self.rows)}人：新增{counts[RowState.NEW]}人，有改动{counts[RowState.CHANGED]}人，"
            f"没有变化{counts[RowState.UNCHANGED]}人，不能导入{counts[RowState.REFUSED]}人。"
        )


def column_letter(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
