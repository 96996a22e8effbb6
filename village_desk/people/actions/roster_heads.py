"""Finds the head of a roster and what each column holds: by its words first, then by what stands in it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width, tidy
from village_desk.people.actions.roster_reading import CellValue, Sheet
from village_desk.people.rules.dates import read_birth
from village_desk.people.rules.identity import check_identity
from village_desk.people.rules.names import clean_name
from village_desk.people.rules.roster import FIELD_WORDS, Column, Field, Layout, column_letter
from village_desk.people.rules.roster_words import CONTAINED, FIELD_OF
from village_desk.people.rules.words import read_kinship, read_sex

_ROWS_SEARCHED = 30
_DEEPEST_HEAD = 3
_SAMPLE = 200
_FEW = 3
_UNMISTAKABLE = frozenset({Field.IDENTITY, Field.PHONE, Field.SEX})
_JUNK = re.compile(r"[（(【\[].*?[）)】\]]|[\s:：*＊、/\\.．。“”\"'-]+")


@dataclass(frozen=True)
class Head:
    """Where the head stands and what the columns are: data starts in row `first_row` (from 0).

    `remembered` is true when an earlier import said what some of the columns are; `doubles` are sentences about heads
    that stand more than once.
    """

    first_row: int
    columns: tuple[Column, ...]
    texts: tuple[str, ...]
    remembered: bool = False
    doubles: tuple[str, ...] = ()

    def place(self, field: Field) -> int | None:
        """The index of the column that holds a field."""
        return next((i for i, column in enumerate(self.columns) if column.field is field), None)


def find_head(sheet: Sheet, layouts: Sequence[Layout] = ()) -> Head | None:
    """The head of the sheet, or None when the sheet does not look like a roster.

    `layouts` are those of earlier imports, the newest first: what the clerk chose for a column then holds again, for
    a column of the same head, and for rows without a head when their number of columns and their content fit.
    """
    known = _known_heads(layouts)
    spread = _spread(sheet)
    best: tuple[tuple[int, int], Head] | None = None
    for top in range(min(len(spread), _ROWS_SEARCHED)):
        for depth in range(1, _DEEPEST_HEAD + 1):
            if top + depth > len(spread):
                break
            head = _read_head(spread, top, depth, known)
            if head is None:
                continue
            score = len({column.field for column in head.columns if column.field})
            # Of equal readings the shallowest is the head itself, without the title above it.
            if best is None or (score, -depth) > best[0]:
                best = ((score, -depth), head)
    if best is not None:
        return _remembered(sheet, _by_content(sheet, best[1], known), layouts, known)
    for top, row in enumerate(spread[:_ROWS_SEARCHED]):
        # A head that names only the persons; what stands below tells the rest.
        head = _single_row(row, top)
        if any(column.field is Field.NAME for column in head.columns):
            told = _by_content(sheet, head, known)
            if sum(column.field is not None for column in told.columns) >= 2 or _only_names(sheet, told):
                return told
    return _without_head(sheet, layouts)


def _only_names(sheet: Sheet, head: Head) -> bool:
    """True for a list of names alone: one column, and what stands in it looks like names."""
    place = head.place(Field.NAME)
    others = [i for i in range(len(head.columns)) if i != place]
    rows = sheet.rows[head.first_row : head.first_row + _SAMPLE]
    if place is None or any(_values(rows, i) for i in others):
        return False
    names = _values(rows, place)
    return bool(names) and sum(_kind(str(one)) is Field.NAME for one in names) * 2 > len(names)


def _without_head(sheet: Sheet, layouts: Sequence[Layout]) -> Head | None:
    """Rows alone: as an earlier import of so many columns had them, if that fits, else by their content."""
    bare = _no_head(sheet)
    rows = sheet.rows[:_SAMPLE]
    for layout in layouts:
        if len(layout.fields) == len(bare.columns) and Field.NAME in layout.fields:
            fields = [Field(one) if one else None for one in layout.fields]
            if all(_may_hold(field, _values(rows, i)) for i, field in enumerate(fields)):
                pairs = zip(bare.columns, fields, strict=True)
                return replace(bare, columns=tuple(replace(one, field=field) for one, field in pairs), remembered=True)
    told = _by_content(sheet, bare, {})
    fields_told = {column.field for column in told.columns}
    return told if {Field.NAME, Field.IDENTITY} <= fields_told else None


def _known_heads(layouts: Sequence[Layout]) -> dict[str, Field | None]:
    """What each head was taken for, the newest import first; a head that stood twice in a table says nothing."""
    known: dict[str, Field | None] = {}
    for layout in layouts:
        for head, field in zip(layout.heads, layout.fields, strict=True):
            if head and layout.heads.count(head) == 1:
                known.setdefault(head, Field(field) if field else None)
    return known


def _remembered(sheet: Sheet, head: Head, layouts: Sequence[Layout], known: Mapping[str, Field | None]) -> Head:
    """The head with the columns of an earlier import that had the same heads; says whether memory changed anything."""
    heads = tuple(column.head for column in head.columns)
    same = next((layout for layout in layouts if layout.heads == heads and Field.NAME in layout.fields), None)
    rows = sheet.rows[head.first_row : head.first_row + _SAMPLE]
    if same is not None:
        fields = [Field(one) if one else None for one in same.fields]
        if all(_may_hold(field, _values(rows, i)) for i, field in enumerate(fields)):
            head = replace(
                head,
                columns=tuple(
                    replace(column, field=field, by_content=column.by_content and column.field is field)
                    for column, field in zip(head.columns, fields, strict=True)
                ),
            )
    by_itself = {column.head: _field_of(column.head) for column in head.columns if column.head in known}
    chosen = any(
        column.head in by_itself and column.field is not by_itself[column.head] and not column.by_content
        for column in head.columns
        if column.head and heads.count(column.head) == 1
    )
    return replace(head, remembered=chosen)


def _may_hold(field: Field | None, values: list[CellValue]) -> bool:
    """False when what stands in a column is plainly something else than the field."""
    if field is None or not values:
        return True
    if len(values) < _FEW:
        # Too few for a share of them: each must be possible.
        kinds = {_kind(str(value)) for value in values} - {None}
        return not kinds - {field} & _UNMISTAKABLE and not (field is Field.NAME and kinds - {Field.NAME})
    looks = _looks_like(values)
    if field in (Field.IDENTITY, Field.NAME, Field.SEX):
        # These are in nearly every row, and nothing else looks like them.
        return looks is field or (looks is None and field is not Field.SEX)
    return looks is None or looks is field or looks not in _UNMISTAKABLE


def with_mapping(head: Head, mapping: Sequence[tuple[str, str]]) -> Head:
    """The head with the clerk's own choice: (column letter, field) pairs; an empty field leaves the column out.

    Raises NotAllowed for a letter or a field that is not there, and when no column gives the names.
    """
    columns = list(head.columns)
    letters = {column.letter: i for i, column in enumerate(columns)}
    for letter, name in mapping:
        if letter not in letters:
            raise NotAllowed(f"表里没有{letter}列。", "请在列的对照里重新选择。")
        if name and name not in set(Field):
            raise NotAllowed(f"花名册没有“{name}”这一项。", "请在列的对照里重新选择。")
        chosen = Field(name) if name else None
        for i, column in enumerate(columns):
            if chosen and column.field is chosen:
                columns[i] = replace(column, field=None)
        columns[letters[letter]] = replace(columns[letters[letter]], field=chosen, by_content=False)
    if not any(column.field is Field.NAME for column in columns):
        raise NotAllowed("没有哪一列是姓名。", "请在列的对照里指出姓名在哪一列。")
    return replace(head, columns=tuple(columns))


def is_repeated_head(row: Sequence[CellValue], head: Head) -> bool:
    """True for the head printed again in the middle of the table."""
    place = head.place(Field.NAME)
    if place is None or place >= len(row) or FIELD_OF.get(_plain(row[place])) is None:
        return False
    same = filled = 0
    for i, column in enumerate(head.columns[: len(row)]):
        text = _plain(row[i])
        if text:
            filled += 1
            same += text == head.texts[i] or (column.field is not None and _field_of(text) is column.field)
    return filled >= 2 and same * 3 >= filled * 2


def is_another_head(row: Sequence[CellValue]) -> bool:
    """True for a row of heads: a word for names and two for other things, nothing in it that could be a person's."""
    words = [_plain(value) for value in row if value not in ("", None)]
    fields = {FIELD_OF.get(word) for word in words} - {None}
    return len(words) >= 3 and len(fields) >= 3 and len(fields) * 4 >= len(words) * 3 and Field.NAME in fields


def _spread(sheet: Sheet) -> list[list[str]]:
    """The first rows as plain text, with merged cells written into every cell that they cover sideways."""
    top_rows = [[_plain(value) for value in row] for row in sheet.rows[: _ROWS_SEARCHED + _DEEPEST_HEAD]]
    for top, left, _bottom, right in sheet.merged:
        if top < len(top_rows) and left < right < len(top_rows[top]):
            for column in range(left + 1, right + 1):
                top_rows[top][column] = top_rows[top][left]
    return top_rows


def _read_head(spread: list[list[str]], top: int, depth: int, known: Mapping[str, Field | None]) -> Head | None:
    width = max(len(row) for row in spread[top : top + depth])
    columns: list[Column] = []
    texts: list[str] = []
    unread = 0
    for i in range(width):
        parts: list[str] = []
        for row in spread[top : top + depth]:
            part = row[i] if i < len(row) else ""
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        words = "".join(parts)
        field = known[words] if words in known else _field_of_parts(tuple(parts))
        if len(parts) > 1 and field is None and words not in known:
            unread += 1
        columns.append(Column(column_letter(i), words, field))
        texts.append(parts[-1] if parts else "")
    _join_birth_parts(columns, texts)
    fields = [column.field for column in columns if column.field]
    has_name = Field.NAME in fields or Field.HEAD_NAME in fields
    if not has_name or len(set(fields)) < 2 or unread * 3 > len(fields):
        return None
    lowest = spread[top + depth - 1]
    if depth > 1 and not any(_field_of(text) or text in "年月日" for text in lowest if text):
        return None
    return Head(top + depth, tuple(columns), tuple(texts))


def _single_row(row: list[str], top: int) -> Head:
    columns = tuple(Column(column_letter(i), text, FIELD_OF.get(text)) for i, text in enumerate(row))
    return Head(top + 1, columns, tuple(row))


def _join_birth_parts(columns: list[Column], texts: list[str]) -> None:
    """月 and 日 standing alone to the right of the year of birth belong to it."""
    for i, column in enumerate(columns):
        if column.field is Field.BIRTH_YEAR:
            for offset, (word, field) in enumerate((("月", Field.BIRTH_MONTH), ("日", Field.BIRTH_DAY)), i + 1):
                if offset < len(columns) and texts[offset] == word:
                    columns[offset] = replace(columns[offset], field=field)


@lru_cache(maxsize=1024)
def _field_of_parts(parts: tuple[str, ...]) -> Field | None:
    if not parts:
        return None
    for tail in range(len(parts)):
        field = FIELD_OF.get("".join(parts[tail:]))
        if field:
            return field
    if len(parts) == 1:
        return _field_of(parts[0])
    return _field_of(parts[-1]) if not parts[-1].isdigit() else None


@lru_cache(maxsize=4096)
def _field_of(text: str) -> Field | None:
    exact = FIELD_OF.get(text) or FIELD_OF.get(text.upper())
    if exact or len(text) > 14:
        return exact
    return next((field for word, field in CONTAINED if word in text), None)


def _no_head(sheet: Sheet) -> Head:
    width = max((len(row) for row in sheet.rows), default=0)
    return Head(0, tuple(Column(column_letter(i), "", None) for i in range(width)), ("",) * width)


def _by_content(sheet: Sheet, head: Head, known: Mapping[str, Field | None]) -> Head:
    """Settle columns with the same head, and take unnamed ones for what plainly stands in them."""
    rows = sheet.rows[head.first_row : head.first_row + _SAMPLE]
    filled = [_values(rows, i) for i in range(len(head.columns))]
    columns = [
        replace(column, field=_field_of(column.head))
        if column.head in known and not _may_hold(column.field, filled[i])
        else column
        for i, column in enumerate(head.columns)
    ]
    doubles: list[str] = []
    for field in {column.field for column in columns if column.field}:
        places = [i for i, column in enumerate(columns) if column.field is field]
        best = max(places, key=lambda i: (len(filled[i]), -i))
        doubles += _double_heads(field, [i for i in places if filled[i]], best, columns)
        for i in places:
            if i != best:
                columns[i] = replace(columns[i], field=None)
    taken = {column.field for column in columns}
    if Field.NAME not in taken and Field.HEAD_NAME in taken:
        # A list of heads only: the head is the person.
        place = next(i for i, column in enumerate(columns) if column.field is Field.HEAD_NAME)
        columns[place] = replace(columns[place], field=Field.NAME)
        taken.add(Field.NAME)
    for i, column in enumerate(columns):
        if column.field is None and column.head not in known and not _names_something_else(column.head):
            found = _looks_like(filled[i])
            if found and found not in taken:
                columns[i] = replace(column, field=found, by_content=True)
                taken.add(found)
    return replace(head, columns=tuple(columns), doubles=tuple(doubles))


def _double_heads(field: Field, places: list[int], best: int, columns: list[Column]) -> list[str]:
    """What to say about filled columns of one field. Raises NotAllowed for two tables side by side."""
    if len(places) < 2:
        return []
    letters = "、".join(f"{columns[i].letter}列" for i in places)
    if field is Field.NAME and len({columns[i].head for i in places}) == 1:
        raise NotAllowed(
            f"表头里{letters}都是“{columns[best].head}”，像是左右并排放了{len(places)}个表。",
            "请在WPS表格里把右边的表剪切到另一张工作表，再导入。",
        )
    return [
        f"表头里{letters}都像是{FIELD_WORDS[field]}，用了填得最全的{columns[best].letter}列；要换一列请点“列的对照”。"
    ]


def _names_something_else(head: str) -> bool:
    # A named column that the desk does not know is only taken by content when its name is vague.
    return bool(head) and head not in {"号码", "证件", "号", "日期", "年月", "人员", "内容", "信息", "身份", "联系"}


def _looks_like(values: list[CellValue]) -> Field | None:
    if len(values) < _FEW:
        return None
    texts = [str(value) for value in values]
    counted = Counter(_kind(text) for text in texts)
    kind, count = counted.most_common(1)[0]
    return kind if kind and count * 10 >= len(texts) * 7 else None


@lru_cache(maxsize=4096)
def _kind(text: str) -> Field | None:
    plain = half_width(text).strip()
    if plain in {"男", "女"} and read_sex(plain):
        return Field.SEX
    if len(plain) >= 15 and not check_identity(plain).fault:
        return Field.IDENTITY
    if re.fullmatch(r"1\d{10}(\.0)?", plain):
        return Field.PHONE
    if read_kinship(plain):
        return Field.RELATION
    if re.fullmatch(r"(19|20)\d\d\D.*", plain) and read_birth(plain).text:
        return Field.BIRTH
    if re.fullmatch(r"[\u3400-\u9fff·]{2,4}", clean_name(text)):
        return Field.NAME
    return None


def _values(rows: Sequence[Sequence[CellValue]], column: int) -> list[CellValue]:
    return [row[column] for row in rows if column < len(row) and row[column] not in ("", None)]


def _plain(value: CellValue) -> str:
    return _plain_text(value) if isinstance(value, str) else str(value)


@lru_cache(maxsize=4096)
def _plain_text(text: str) -> str:
    return _JUNK.sub("", half_width(tidy(text)))
