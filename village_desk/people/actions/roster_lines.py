"""Reads the lines of a roster: one person a line, blocks into households, totals and notes skipped by name."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from village_desk.kit.errors import NotAllowed
from village_desk.kit.memory import collector_at_rest
from village_desk.people.actions.roster_cells import Read, read_cell
from village_desk.people.actions.roster_heads import Head, find_head, is_another_head, is_repeated_head, with_mapping
from village_desk.people.actions.roster_reading import Book, CellValue, Sheet, open_book, pasted
from village_desk.people.actions.roster_settling import numbers_restart, with_households, without_doubles
from village_desk.people.rules.dates import agrees, birth_of, birth_words, read_birth
from village_desk.people.rules.identity import check_identity
from village_desk.people.rules.roster import Cell, CellState, Field, Layout, Line, Roster, SkippedRow, column_letter
from village_desk.people.rules.words import (
    SEX_WORDS,
    Sex,
    looks_like_group,
    read_group,
)

_TOTALS = re.compile(r"[合总小共][\s　]*计|总[\s　]*数|总人[口数]|本页|以上共|共[\d一二三四五六七八九十百千]+[户人]")
_FOOT = re.compile(r"制表|填表|填报|审核|经办|盖章|负责人|说明|^备?注|联系人|日期[:：]")
_BIRTH_PARTS = (Field.BIRTH_YEAR, Field.BIRTH_MONTH, Field.BIRTH_DAY)
# Fields that a merged cell means for all rows it covers.
_SHARED = (Field.GROUP, Field.HOUSEHOLD_NO, Field.HEAD_NAME, Field.ADDRESS)
_YEARS_APART = 2


class SeveralSheets(NotAllowed):
    """More than one sheet looks like a roster; the clerk has to choose among `names`."""

    def __init__(self, names: tuple[str, ...], message: str, advice: str) -> None:
        super().__init__(message, advice)
        self.names = names


def read_roster(
    path: Path,
    *,
    today: dt.date,
    sheets: Sequence[str] = (),
    mapping: Sequence[tuple[str, str]] = (),
    kept: Sequence[tuple[str, str]] = (),
    layouts: Sequence[Layout] = (),
) -> Roster:
    """Read a roster workbook; nothing is written.

    `sheets` are the sheets to read when several look like rosters, `mapping` the clerk's choice of columns as (letter,
    field), `kept` the cells whose identity number is official although it fails the check, as (address, reason);
    `layouts` are those of earlier imports, the newest first.
    Raises FileTrouble and NotAllowed in the clerk's words, SeveralSheets when a choice is needed.
    """
    with collector_at_rest():
        return _read(path.name, open_book(path), today, sheets, mapping, kept, layouts)


def read_pasted(
    text: str,
    *,
    today: dt.date,
    mapping: Sequence[tuple[str, str]] = (),
    kept: Sequence[tuple[str, str]] = (),
    layouts: Sequence[Layout] = (),
) -> Roster:
    """Read rows copied in WPS or Excel, with or without their head; the rest is as in read_roster."""
    return _read("粘贴的内容", Book((pasted(text),)), today, (), mapping, kept, layouts)


def _read(
    source: str,
    book: Book,
    today: dt.date,
    wanted: Sequence[str],
    mapping: Sequence[tuple[str, str]],
    kept: Sequence[tuple[str, str]],
    layouts: Sequence[Layout],
) -> Roster:
    filled = [sheet for sheet in book.sheets if any(value not in ("", None) for row in sheet.rows for value in row)]
    if not filled and book.pictures:
        raise NotAllowed(f"“{source}”里只有图片，没有可以读的格子。", "请把图片上的花名册录成表格，再导入。")
    if not filled and book.hidden:
        raise NotAllowed(
            f"“{source}”里看得见的表都是空的，另有{len(book.hidden)}张表是隐藏的：{'、'.join(book.hidden)}。",
            "要导入隐藏的表，请先在WPS表格里取消隐藏并保存。",
        )
    if not filled:
        raise NotAllowed(f"“{source}”里的表都是空的。", "请核对是不是选错了文件。")
    missing = [name for name in wanted if name not in {sheet.name for sheet in filled}]
    if missing:
        raise NotAllowed(f"“{source}”里没有名叫“{missing[0]}”的表，或者它是空的。", "请重新选择要导入的表。")
    pairs = [
        (sheet, head)
        for sheet in filled
        if (not wanted or sheet.name in wanted) and (head := find_head(sheet, layouts)) is not None
    ]
    if not pairs:
        raise NotAllowed(
            f"在“{source}”里没有找到花名册的表头。",
            "表头里至少要有“姓名”和另外一项，例如“身份证号”；用WPS表格打开是乱码的，请另存为.xlsx再导入。",
        )
    if len(pairs) > 1 and not wanted:
        names = tuple(sheet.name for sheet, _ in pairs)
        listed = "、".join(f"“{name}”" for name in names)
        raise SeveralSheets(names, f"“{source}”里有{len(names)}张表都像花名册：{listed}。", "请选择要导入哪几张。")
    lines: list[Line] = []
    skipped: list[SkippedRow] = []
    reasons = dict(kept)
    for sheet, head in pairs:
        chosen = with_mapping(head, mapping) if mapping else head
        several = sheet.name if len(pairs) > 1 else ""
        for item in _SheetReader(sheet, chosen, today, several, reasons).lines():
            if isinstance(item, Line):
                lines.append(item)
            else:
                skipped.append(item)
    if not lines:
        raise NotAllowed(f"“{source}”只有表头，没有一行是村民。", "请核对是不是选错了文件。")
    head = with_mapping(pairs[0][1], mapping) if mapping else pairs[0][1]
    unread = [sheet.name for sheet in filled if sheet not in [pair[0] for pair in pairs]]
    notes: tuple[str, ...] = ()
    if unread and not wanted:
        notes = (f"另有{len(unread)}张表不是花名册，没有读：{'、'.join(unread)}。",)
    if book.hidden:
        notes += (f"另有{len(book.hidden)}张隐藏的表没有读：{'、'.join(book.hidden)}。",)
    if book.bare_formulas:
        notes += (
            f"有{len(book.bare_formulas)}个格子是没有算出结果的公式（例如{book.bare_formulas[0]}），当作空格；"
            "请用WPS表格打开、保存一次，再重新选这个文件。",
        )
    notes += tuple(note for _, found in pairs for note in found.doubles)
    if any(found.remembered for _, found in pairs) and not mapping:
        notes += ("列的对照沿用上次导入时的选择。",)
    notes += _only_names_words(lines)
    restart = numbers_restart(lines)
    finished = without_doubles(with_households(lines, restart))
    names = tuple(sheet.name for sheet, _ in pairs)
    return Roster(source, names, head.columns, finished, tuple(skipped), notes, restart)


def _only_names_words(lines: Sequence[Line]) -> tuple[str, ...]:
    """What a list without anything beside the names cannot be matched by."""
    told = {field for line in lines for field in line.values} - {Field.NAME}
    if told - {Field.GROUP, Field.NOTE}:
        return ()
    return (
        "表里没有身份证号、出生日期和户号，只能按姓名核对：已登记的同名的人分不清是不是同一个人，这些行不能导入；"
        "其余的按新增登记，以后要再补上这些项目。",
    )


class _SheetReader:
    """Walks down one sheet and remembers what blanks below a cell mean."""

    def __init__(self, sheet: Sheet, head: Head, today: dt.date, several: str, kept: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.head = head
        self.today = today
        self.several = several
        # An address names its sheet when there are several, as spreadsheets write it.
        self.prefix = f"{several}!" if several else ""
        self.kept = kept
        self.columns = [
            (i, column.letter, column.field)
            for i, column in enumerate(head.columns)
            if column.field and column.field is not Field.SERIAL
        ]
        self.group = read_group(sheet.name) if looks_like_group(sheet.name) else ""
        self.covered = _merged_values(sheet, head)
        self.name_at, self.number_at = head.place(Field.NAME), head.place(Field.IDENTITY)
        self.beside = {head.place(field) for field in (Field.SERIAL, *_SHARED)} - {None}

    def lines(self) -> Iterator[Line | SkippedRow]:
        """Every row below the head as a line or as a skipped row; blank rows vanish."""
        for i in range(self.head.first_row, len(self.sheet.rows)):
            row = self.sheet.rows[i]
            filled = [value for value in row if value not in ("", None) and str(value).strip()]
            if not filled:
                continue
            reason = self._skip(row, filled)
            if reason:
                yield SkippedRow(self.several, i + 1, reason)
            elif reason is None:
                self._refuse_second_table(i, row)
                yield self._line(i, row)

    def _skip(self, row: Sequence[CellValue], filled: list[CellValue]) -> str | None:
        """Why a row is no person; None for a person."""
        name_at, number_at = self.name_at, self.number_at
        number = str(_at(row, number_at)).strip()
        first = [str(value).strip() for value in filled[:4]]
        if not number and any(_TOTALS.match(text) for text in first):
            return f"“{first[0]}”是合计行"
        if len(filled) == 1 and isinstance(filled[0], str):
            text = first[0]
            if looks_like_group(text):
                self.group = read_group(text)
                return f"“{text}”是分组的标题"
            if not number and (name_at is None or not str(_at(row, name_at)).strip() or len(text) > 6):
                return f"“{_start(text)}”不是村民"
        if not number and _FOOT.search(first[0]) and len(filled) <= 4:
            return f"“{_start(first[0])}”是表尾的说明"
        if is_repeated_head(row, self.head):
            return "又印了一遍表头"
        if len(filled) <= len(self.beside) and all(
            i in self.beside for i, value in enumerate(row) if value not in ("", None)
        ):
            return "只有序号，没有内容"
        return None

    def _refuse_second_table(self, i: int, row: Sequence[CellValue]) -> None:
        """Another head below the first, with other columns: what follows would be read into wrong fields."""
        if is_another_head(row):
            where = f"“{self.sheet.name}”" if self.several else "表里"
            raise NotAllowed(
                f"{where}第{i + 1}行又是一个表头，和第{self.head.first_row}行的不一样，像是上下放了几个表。",
                "请在WPS表格里把每个表剪切到各自的工作表，再导入。",
            )

    def _line(self, i: int, row: Sequence[CellValue]) -> Line:
        values: dict[Field, str] = {}
        cells: list[Cell] = []
        for column, letter, field in self.columns:
            raw: CellValue = row[column] if column < len(row) else ""
            if raw in ("", None):
                raw = self.covered.get((i, column), "")
            read = read_cell(field, raw, self.today)
            if read is None:
                continue
            address = f"{self.prefix}{letter}{i + 1}"
            if read.may_keep and self.kept.get(address):
                read = Read(read.typed, read.value, reason=f"按户口簿保留：{self.kept[address]}")
            if read.state is CellState.NEW and read.value:
                values[field] = read.value
            cells.append(Cell(address, field, read.typed, read.value, read.state, read.reason, "", read.may_keep))
        if Field.GROUP not in values and self.group:
            values[Field.GROUP] = self.group
        kept = next((self.kept[cell.address] for cell in cells if cell.address in self.kept), "")
        if not values.get(Field.NAME) and not any(cell.field is Field.NAME for cell in cells):
            place = self.head.place(Field.NAME)
            letter = self.head.columns[place].letter if place is not None else "A"
            block = _merged_at(self.sheet, i, place)
            reason = (
                f"这一行没有姓名，姓名在合并的格子{block}里；请拆开合并，每人写一行。" if block else "这一行没有姓名。"
            )
            cells.append(Cell(f"{self.prefix}{letter}{i + 1}", Field.NAME, "", "", CellState.REFUSED, reason))
        return Line(self.several, i + 1, values, _settled(values, cells, self.today), "", kept)


def _merged_at(sheet: Sheet, row: int, column: int | None) -> str:
    """The merged cell that covers a place below its first row, as B5:B6; empty for none."""
    for top, left, bottom, right in sheet.merged:
        if column is not None and top < row <= bottom and left <= column <= right:
            return f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
    return ""


def _start(text: str) -> str:
    return " ".join(text.split())[:12]


def _at(row: Sequence[CellValue], column: int | None) -> CellValue:
    return row[column] if column is not None and column < len(row) else ""


def _merged_values(sheet: Sheet, head: Head) -> dict[tuple[int, int], CellValue]:
    """Values of cells merged downwards in the columns where one cell speaks for several rows."""
    places = {head.place(field) for field in _SHARED} - {None}
    covered: dict[tuple[int, int], CellValue] = {}
    for top, left, bottom, _right in sheet.merged:
        if left in places and top >= head.first_row and bottom > top and left < len(sheet.rows[top]):
            for row in range(top + 1, min(bottom, len(sheet.rows) - 1) + 1):
                covered[row, left] = sheet.rows[top][left]
    return covered


def _settled(values: dict[Field, str], cells: list[Cell], today: dt.date) -> tuple[Cell, ...]:
    """Hold birth and sex against the identity number, and put a split birth date together."""
    if Field.BIRTH not in values and Field.BIRTH_YEAR in values:
        _join_birth(values, cells, today)
    for field in _BIRTH_PARTS:
        values.pop(field, None)
    number = check_identity(values[Field.IDENTITY]) if Field.IDENTITY in values else None
    if number is None:
        return tuple(cells)
    sex_differs = bool(number.sex and values.get(Field.SEX) and values[Field.SEX] != number.sex)
    birth = number.birth.isoformat() if number.birth else ""
    for i, cell in enumerate(cells):
        if cell.field is Field.BIRTH and birth:
            cells[i] = _birth_against(cell, birth, sex_differs)
        elif cell.field is Field.SEX and sex_differs:
            said, reads = SEX_WORDS[Sex(values[Field.SEX])], SEX_WORDS[number.sex]
            reason = f"这里写的是{said}，身份证号第17位是{reads}，按身份证号登记，请核对。"
            cells[i] = cell._replace(state=CellState.LEFT_OUT, reason=reason)
    if number.sex:
        values[Field.SEX] = number.sex
    if birth:
        values[Field.BIRTH] = birth
    return tuple(cells)


def _birth_against(cell: Cell, birth: str, sex_differs: bool) -> Cell:
    """The birth cell beside the birth date of the number: the number decides unless the row seems to have slipped."""
    if cell.state is CellState.REFUSED:
        reason = cell.reason + f"已按身份证号登记为{birth_words(birth)}。"
        return cell._replace(state=CellState.LEFT_OUT, reason=reason)
    if not cell.value or agrees(cell.value, birth):
        return cell
    if sex_differs or abs(int(cell.value[:4]) - int(birth[:4])) >= _YEARS_APART:
        also = "、性别" if sex_differs else ""
        reason = f"出生日期{also}和身份证号里的{birth_words(birth)}对不上，可能上下串行了，请核对这一行。"
        return cell._replace(state=CellState.REFUSED, reason=reason)
    reason = f"和身份证号里的{birth_words(birth)}不同，按身份证号登记；档案里的出生日期请记在党员卡上。"
    return cell._replace(state=CellState.LEFT_OUT, reason=reason)


def _join_birth(values: dict[Field, str], cells: list[Cell], today: dt.date) -> None:
    try:
        year, month, day = (int(values[field]) if values.get(field) else None for field in _BIRTH_PARTS)
        assert year is not None
        found = read_birth(birth_of(year, month, day))
    except ValueError:
        found = read_birth("".join(values.get(field, "") for field in _BIRTH_PARTS))
    bad = found.fault or (f"出生日期{found.text}在今天之后，请核对。" if found.text > today.isoformat() else "")
    for i, cell in enumerate(cells):
        if cell.field in _BIRTH_PARTS and bad:
            cells[i] = cell._replace(state=CellState.REFUSED, reason=bad)
    if not bad:
        values[Field.BIRTH] = found.text
