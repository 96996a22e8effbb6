"""People on paper and in workbooks: roster, party members, the chart of posts; masked for their readers."""

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from village_desk.kit.text import chinese_date
from village_desk.paper import (
    FORM,
    Align,
    Block,
    Cell,
    Column,
    Form,
    Gap,
    Grid,
    Heading,
    Para,
    Sheet,
    SignLine,
    label,
)
from village_desk.people.lookups import (
    BodyRow,
    MemberCard,
    MemberRow,
    PersonRow,
    PostRow,
)
from village_desk.people.lookups.leaving import ExportRow
from village_desk.people.rules.dates import birth_words
from village_desk.people.rules.electorates import ASSEMBLY_WORDS, Assembly, Roll
from village_desk.people.rules.masking import AUDIENCE_WORDS, Audience, Private, masked, screened
from village_desk.people.rules.roster import FIELD_WORDS, CellState, Preview, RowState

# All data of people under fourteen are sensitive (个人信息保护法第二十八条).
_CHILD_AGE = 14
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


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
    ).pdf()


def party_list(members: Sequence[MemberRow], *, branch: str, on: dt.date) -> bytes:
    """The list of the branch's members; unknown dates stand as 未登记, never as none."""
    columns = [
        Column("序号", 12),
        Column("姓名"),
        Column("性别", 12),
        Column("小组", 16),
        Column("类别", 20),
        Column("入党日期", 32),
        Column("转正日期", 32),
        Column("党龄", 16),
    ]
    rows = [
        [
            str(i),
            row.name,
            {"male": "男", "female": "女"}.get(row.sex, "未登记"),
            row.group,
            row.kind_words,
            _day(row.joined_on),
            "" if row.probationary else _day(row.full_on),
            "" if row.probationary else ("未登记" if row.years is None else f"{row.years}年"),
        ]
        for i, row in enumerate(members, 1)
    ]
    own = [row for row in members if not row.visiting]
    full = sum(not row.probationary for row in own)
    guests = f"，组织关系在外{len(members) - len(own)}人" if len(own) < len(members) else ""
    return Sheet(
        title=f"{branch}党员名册",
        blocks=[
            Grid(columns, rows, row_height=7.2, where=lambda i: f"第{i + 1}行{members[i].name}"),
            *([] if members else [Para("还没有登记党员。", indent=0)]),
            Para("入党日期为支部大会通过为预备党员之日，党龄从转为正式党员之日算起。", indent=0),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"正式党员{full}人，预备党员{len(own) - full}人{guests}"),
    ).pdf()


def member_form(card: MemberCard, *, village: str, on: dt.date) -> bytes:
    """The sixteen fields of a member for the branch's folder; the identity number is masked as inside the office."""
    shown = [(words, _masked_number(value) if words == "公民身份号码" else value) for words, value in card.fields]
    rows: list[list[Cell | str]] = []
    for i in range(0, len(shown) - len(shown) % 2, 2):
        (left, one), (right, two) = shown[i], shown[i + 1]
        rows.append([label(left), Cell(one, where=left), label(right), Cell(two, where=right)])
    if card.row.years is not None:
        rows.append([label("党龄"), f"{card.row.years}年", label("村民小组"), card.row.group or "未登记"])
    elif card.row.extended_to:
        rows.append([label("预备期延长到"), Cell(_day(card.row.extended_to), columns=3)])
    return Sheet(
        title=f"{village}党员信息表",
        blocks=[
            Form(columns=(38, 0, 38, 0), rows=rows, row_height=10),
            Para("出生日期以党员档案为准；未登记的项目请向本人或档案核实后补上。", indent=0),
            SignLine(["本人核对签名：", "支部书记："]),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", AUDIENCE_WORDS[Audience.INTERNAL]),
    ).pdf()


def _masked_number(value: str) -> str:
    return masked(Private.IDENTITY, value, Audience.INTERNAL) if value[:1].isdigit() else value


def roll_sheet(roll: Roll, *, village: str, only_named: bool = True) -> bytes:
    """The roll of a body on a day: who is 应到 with what right, who is not and why, and the rules that were used.

    With `only_named` the list of the others leaves out whom nobody expects: children, people who died or left.
    """
    words = ASSEMBLY_WORDS[Assembly(roll.body)]
    # 东河村村民代表会议 keeps both 村, 东河村党支部委员会 does not.
    words = words if words.startswith(("村民", "村务")) else words.removeprefix("村")
    rows = [
        [str(i), entry.name, entry.group, entry.basis, "" if entry.votes else "没有表决权"]
        for i, entry in enumerate(roll.eligible, 1)
    ]
    others = [one for one in roll.left_out if not (only_named and one.ordinary)]
    quiet = len(roll.eligible) - roll.voters
    counted = f"应到{roll.voters}人" + (f"，另有{quiet}人到会没有表决权" if quiet else "")
    blocks: list[Block] = [
        Grid(
            [Column("序号", 12), Column("姓名", 26), Column("组别", 20), Column("身份"), Column("备注", 30)],
            rows,
            row_height=7,
            where=lambda i: f"第{i + 1}行{roll.eligible[i].name}",
        )
        if rows
        else Para("这一天没有应到的人。", indent=0)
    ]
    if others:
        blocks += [
            Gap(4),
            Heading(f"不计入应到的{len(others)}人", level=3),
            Grid(
                [Column("序号", 12), Column("姓名", 26), Column("原因", align=Align.LEFT)],
                [[str(i), one.name, one.reason] for i, one in enumerate(others, 1)],
                row_height=7,
                where=lambda i: f"不计入应到第{i + 1}行{others[i].name}",
            ),
        ]
    blocks += [Para(rule, indent=0) for rule in roll.rules]
    blocks += [Gap(3), SignLine(["制表：", "核对："])]
    return Sheet(
        title=f"{village}{words}应到名单",
        blocks=blocks,
        frame=FORM,
        head=(f"按{chinese_date(roll.on)}的名册", counted),
        foot=AUDIENCE_WORDS[Audience.INTERNAL],
    ).pdf()


def chart_of_posts(bodies: Sequence[BodyRow], *, village: str, on: dt.date) -> bytes:
    """The bodies with their present posts, for the wall: names and posts, nothing else about a person."""
    rows: list[list[Cell | str]] = [[label("组织"), label("职务"), label("姓名"), label("任职起始")]]
    for body in bodies:
        if not body.posts:
            continue
        groups: dict[str, list[PostRow]] = {}
        for post in body.posts:
            groups.setdefault(post.role_words, []).append(post)
        for i, (role, posts) in enumerate(groups.items()):
            first = [Cell(body.name + (f"\n（{body.term}）" if body.term else ""), rows=len(groups))] if i == 0 else []
            since = _since(posts)
            rows.append(
                [
                    *first,
                    role,
                    Cell(_holders(posts, since), where=f"{body.name}{role}"),
                    Cell(_day(since), align=Align.CENTRE),
                ]
            )
    return Sheet(
        title=f"{village}组织机构和任职人员",
        blocks=[Form(columns=(43, 39, 0, 27), rows=rows, row_height=7), SignLine(["制表：", "核对："])]
        if len(rows) > 1
        else [Para("还没有登记任何职务。")],
        frame=replace(FORM, table_size=10.5),
        head=(f"截至{chinese_date(on)}", ""),
    ).pdf()


def _since(posts: Sequence[PostRow]) -> dt.date | None:
    """The day from which most of them hold the post, the earliest of several such days."""
    days = Counter(post.from_on for post in posts)
    return min(days, key=lambda day: (-days[day], day or dt.date.max))


def _holders(posts: Sequence[PostRow], since: dt.date | None) -> str:
    """Their names; one who holds the post from another day has it beside the name."""
    return "、".join(post.name if post.from_on == since else f"{post.name}（{_day(post.from_on)}）" for post in posts)


def refused_workbook(preview: Preview, *, on: dt.date) -> bytes:
    """The rows of an import that cannot be taken, with cell and reason, as .xlsx of text cells."""
    rows = []
    for row in preview.rows:
        if row.state is not RowState.REFUSED:
            continue
        bad = [cell for cell in row.cells if cell.state is CellState.REFUSED]
        where = (f"{row.sheet} " if row.sheet else "") + str(row.row)
        for cell in bad:
            rows.append([where, row.name, cell.address, FIELD_WORDS[cell.field], cell.typed, cell.reason])
        if not bad:
            rows.append([where, row.name, "", "", "", row.reason])
    refused = preview.counts[RowState.REFUSED]
    return text_workbook(
        "不能导入的行",
        f"“{preview.source}”不能导入的{refused}行（{chinese_date(on)}）",
        [("表中行", 8), ("姓名", 12), ("单元格", 8), ("项目", 12), ("表里写的", 24), ("不能导入的原因", 70)],
        rows,
        on=on,
    )


def text_workbook(
    sheet: str, title: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]], *, on: dt.date
) -> bytes:
    """A workbook of one sheet: a title, heads with their widths, rows; every cell is text.

    So no program shortens a number or runs a formula.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for i, (_, width) in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(i)].width = max(width, 8)
    page.freeze_panes = "A3"
    page.print_title_rows = "2:2"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    bold, centred = Font(bold=True), Alignment(horizontal="center")

    def text(value: str, *, head: bool = False) -> WriteOnlyCell:
        cell = WriteOnlyCell(page, _NOT_IN_XML.sub("", value))
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = True
        if head:
            cell.font, cell.alignment = bold, centred
        return cell

    page.append([text(title, head=True)])
    page.append([text(words, head=True) for words, _ in columns])
    for row in rows:
        page.append([text(value) for value in row])
    book.properties.created = book.properties.modified = dt.datetime(on.year, on.month, on.day)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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


def representative_list(
    posts: Sequence[PostRow], people: Mapping[str, PersonRow], *, village: str, on: dt.date, audience: Audience
) -> bytes:
    """The villagers' representatives in the given order; the wall sees name, sex, group and time only."""
    wall = audience is Audience.BOARD
    columns = [Column("序号", 14 if wall else 11), Column("姓名", 0), Column("性别", 14 if wall else 11)]
    columns.append(Column("小组", 20 if wall else 16))
    if not wall:
        columns += [Column("年龄", 11), Column("联系电话", 27)]
    columns += [Column("产生方式", 34 if wall else 24), Column("任职起始", 34 if wall else 30)]
    body = []
    women = 0
    for i, post in enumerate(posts, 1):
        person = people.get(post.person_id)
        women += post.sex == "female"
        cells = [str(i), post.name, _SEX[post.sex] if post.sex in _SEX else "未登记", post.group or "未登记"]
        if not wall:
            phone = masked(Private.PHONE, person.phone, audience) if person else ""
            cells += [(person.age_words if person else "") or "未登记", phone or "未登记"]
        body.append([*cells, post.how or "未登记", _day(post.from_on)])
    return Sheet(
        title=f"{village}村民代表名册",
        blocks=[
            Grid(columns, body, row_height=7.2, size=0 if wall else 10, where=lambda i: f"第{i + 1}行{posts[i].name}")
            if body
            else Para("还没有登记村民代表。", indent=0)
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(posts)}人，其中妇女{women}人"),
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
