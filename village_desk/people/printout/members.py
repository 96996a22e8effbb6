"""Party members, bodies, representatives and rolls on paper; masked for their readers."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from village_desk.people.rules.electorates import ASSEMBLY_WORDS, Assembly, Roll
from village_desk.people.rules.masking import AUDIENCE_WORDS, Audience, Private, masked

_SEX = {"male": "男", "female": "女"}


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


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else "未登记"
