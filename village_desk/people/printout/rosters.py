"""The roster on paper and in a workbook, the households, and the log of what left; masked for their readers."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from village_desk.kit.text import chinese_date
from village_desk.paper import (
    FORM,
    Align,
    Block,
    Column,
    Grid,
    Para,
    Sheet,
    SignLine,
)
from village_desk.people.lookups import (
    PersonRow,
)
from village_desk.people.lookups.leaving import ExportRow
from village_desk.people.printout.workbooks import text_workbook
from village_desk.people.rules.dates import birth_words
from village_desk.people.rules.masking import AUDIENCE_WORDS, Audience, Private, masked, screened

# All data of people under fourteen are sensitive (个人信息保护法第二十八条).
_CHILD_AGE = 14


@dataclass(frozen=True)
class _Field:
    """One column of a roster: its title, its width in millimetres on paper, and what stands in it for a reader."""

    title: str
    width: float
    text: Callable[[PersonRow, Audience], str]
    align: Align = Align.CENTRE


def _plain(pick: Callable[[PersonRow], str]) -> Callable[[PersonRow, Audience], str]:
    return lambda row, _audience: pick(row)


_FIELDS = (
    _Field("村民小组", 14, _plain(lambda row: row.group)),
    _Field("户号", 11, _plain(lambda row: row.household_no)),
    _Field("姓名", 0, lambda row, to: masked(Private.NAME, row.name, to, protected=_child(row))),
    _Field("与户主关系", 15, _plain(lambda row: row.relation)),
    _Field("性别", 9.6, _plain(lambda row: row.sex_words)),
    _Field(
        "出生日期", 27, lambda row, to: birth_words(masked(Private.BIRTH, row.birth, to)) if row.birth else "未登记"
    ),
    _Field("身份证号", 34, lambda row, to: masked(Private.IDENTITY, row.identity, to)),
    _Field("联系电话", 22, lambda row, to: masked(Private.PHONE, row.phone, to)),
    _Field("政治面貌", 17, _plain(lambda row: row.political_words)),
)
# In the office a thousand people are to fit a folder; the left edge is bound.
_OFFICE = replace(FORM, top=16, bottom=16, left=20, right=12)
_OFFICE_SIZE = 9.5
# The wall is read standing: its columns are wider by so much.
_WALL_WIDER = 1.5
_NEVER_ON_THE_WALL = {"身份证号", "政治面貌", "住址", "婚姻状况", "曾用名", "状态"}
_SEX = {"male": "男", "female": "女"}
# Columns that only a workbook has room for, by the key of the screen's column.
_MORE: dict[str, _Field] = {
    "people": _Field("民族", 16, _plain(lambda row: row.people)),
    "schooling": _Field("文化程度", 18, _plain(lambda row: row.schooling)),
    "marriage": _Field("婚姻状况", 18, _plain(lambda row: row.marriage)),
    "former_name": _Field("曾用名", 18, _plain(lambda row: row.former_name)),
    "address": _Field("住址", 50, lambda row, to: screened(masked(Private.ADDRESS, row.address, to), to)),
    "state": _Field("状态", 16, _plain(lambda row: row.state_words)),
}


def roster(
    rows: Sequence[PersonRow], *, village: str, on: dt.date, audience: Audience, subject: str = "村民花名册"
) -> bytes:
    """The roster as a PDF, the head on every page; the same rows give the same bytes.

    Raises NotAllowed when a character has no glyph in the shipped fonts, naming the row.
    """
    fields = _fields_for(audience)
    wall = audience is Audience.BOARD
    columns = [Column("序号", 12 if wall else 10), *(Column(field.title, field.width, field.align) for field in fields)]
    body = [[str(i), *(field.text(row, audience) for field in fields)] for i, row in enumerate(rows, 1)]
    return Sheet(
        title=f"{village}{subject}",
        blocks=[
            Grid(
                columns,
                body,
                row_height=7.5 if wall else 6.2,
                size=0 if wall else _OFFICE_SIZE,
                where=lambda i: f"第{i + 1}行{rows[i].name}",
            ),
            *([] if rows else [Para("没有符合条件的人员。", indent=0)]),
        ],
        frame=FORM if wall else _OFFICE,
        head=(f"截至{chinese_date(on)}", f"共{len(rows)}人"),
        foot=AUDIENCE_WORDS[audience],
        # The township asks for whole numbers; everywhere else the paper covers them.
        whole_numbers=audience is Audience.TOWNSHIP,
    ).pdf()


def roster_workbook(
    rows: Sequence[PersonRow],
    *,
    village: str,
    on: dt.date,
    audience: Audience,
    subject: str = "村民花名册",
    more: Iterable[str] = (),
) -> bytes:
    """The roster as .xlsx; every cell is text, so no program shortens a number or runs a formula.

    `more` are keys of columns that are shown on the screen and that the paper has no room for.
    """
    wall = audience is Audience.BOARD
    further = (_MORE[key] for key in more if key in _MORE)
    fields = (*_fields_for(audience), *(one for one in further if not (wall and one.title in _NEVER_ON_THE_WALL)))
    return text_workbook(
        "花名册",
        f"{village}{subject}（截至{chinese_date(on)}，共{len(rows)}人）",
        [(field.title, (field.width or 28) / 2) for field in fields],
        ([field.text(row, audience) for field in fields] for row in rows),
        on=on,
    )


def household_list(rows: Sequence[PersonRow], *, village: str, on: dt.date, audience: Audience) -> bytes:
    """The households of these people, one a line: number, head, how many, who; people without one at the end.

    The wall sees heads and numbers of people only. Rows of one household need not stand together.
    """
    homes: dict[str, list[PersonRow]] = {}
    for row in rows:
        homes.setdefault(row.household_id, []).append(row)
    alone = homes.pop("", [])
    wall = audience is Audience.BOARD
    body = []
    for i, members in enumerate(homes.values(), 1):
        head = next((one for one in members if one.relation in ("户主", "本人")), members[0])
        named = head.relation in ("户主", "本人")
        others = [one for one in members if one is not head or not named]
        cells = [
            str(i),
            head.group or "未登记",
            head.household_no or "未登记",
            head.name if named else "未登记",
            str(len(members)),
        ]
        if not wall:
            cells.append("、".join(f"{one.name}（{one.relation or '关系未登记'}）" for one in others))
        body.append([*cells, masked(Private.PHONE, head.phone, audience) or "未登记"])
    columns = [
        Column("序号", 14 if wall else 11),
        Column("小组", 16),
        Column("户号", 16),
        Column("户主", 0 if wall else 24),
    ]
    columns.append(Column("人数", 14 if wall else 12))
    if not wall:
        columns.append(Column("家庭成员（与户主关系）", 0, Align.LEFT))
    columns.append(Column("户主电话", 30))
    firsts = [members[0].name for members in homes.values()]
    blocks: list[Block] = [
        Grid(columns, body, row_height=7, size=0 if wall else 10, where=lambda i: f"第{i + 1}户{firsts[i]}家")
        if body
        else Para("还没有登记户。", indent=0)
    ]
    if alone:
        names = "、".join(masked(Private.NAME, one.name, audience, protected=_child(one)) for one in alone)
        blocks.append(Para(f"另有{len(alone)}人没有登记在哪一户：{names}。", indent=0))
    return Sheet(
        title=f"{village}农户名册",
        blocks=blocks,
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(homes)}户、{len(rows)}人"),
        foot=AUDIENCE_WORDS[audience],
    ).pdf()


def export_log(rows: Sequence[ExportRow], *, village: str, on: dt.date) -> bytes:
    """The log of what left the desk about people, the newest first."""
    columns = [
        Column("次序", 12),
        Column("日期", 32),
        Column("经手人", 20),
        Column("内容", 0, Align.LEFT),
        Column("人数", 14),
        Column("给谁看", 22),
        Column("用途", 36, Align.LEFT),
    ]
    body = [
        [str(row.number), _day(row.on), row.operator, row.what, str(row.people), row.audience_words, row.reason]
        for row in rows
    ]
    return Sheet(
        title=f"{village}村民资料打印和导出记录",
        blocks=[
            Grid(columns, body, row_height=7, size=10, where=lambda i: f"第{rows[i].number}次")
            if body
            else Para("还没有打印或导出过村民的资料。", indent=0),
            Para("次序按登记的先后排列；记录只能增加，不能删改。", indent=0),
            SignLine(["制表：", "核对："]),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(rows)}次"),
    ).pdf()


def _fields_for(audience: Audience) -> tuple[_Field, ...]:
    if audience is not Audience.BOARD:
        return _FIELDS
    shown = (field for field in _FIELDS if field.title not in _NEVER_ON_THE_WALL)
    # Of a birth date the wall shows the year only.
    return tuple(
        replace(field, width=22 if field.title == "出生日期" else field.width * _WALL_WIDER) for field in shown
    )


def _child(row: PersonRow) -> bool:
    return row.age is not None and row.age < _CHILD_AGE


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else "未登记"
