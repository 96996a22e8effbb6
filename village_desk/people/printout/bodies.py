"""Bodies, grids and links on paper: members of bodies, promises, plates, grids, who stands by whom, cards."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from village_desk.kit.text import chinese_date
from village_desk.paper import FORM, Align, Cell, Column, Form, Grid, Heading, Para, Role, Sheet, label
from village_desk.people.lookups import (
    BodyRow,
    HomeLine,
    HouseholdCard,
    LinkCard,
    LinkRow,
    PlacedHome,
    PostRow,
    UnitRow,
)
from village_desk.people.rules.links import LinkRule
from village_desk.people.rules.masking import masked_name


def grid_list(
    units: Sequence[UnitRow],
    homes: Mapping[str, Sequence[PlacedHome]],
    loose: Sequence[HomeLine],
    *,
    village: str,
    on: dt.date,
) -> bytes:
    """The grids of a village: each unit with who answers for it and its size, the households of the smallest below."""
    columns = [
        Column("网格", 46, align=Align.LEFT),
        Column("级别", 26),
        Column("负责人", 24),
        Column("网格员", 0),
        Column("户数", 16),
        Column("人口", 16),
    ]
    rows = [
        [
            "　" * (unit.depth - 1) + unit.name,
            unit.level,
            unit.head or "未登记",
            "、".join(unit.workers) or "未登记",
            str(unit.households),
            str(unit.people),
        ]
        for unit in units
    ]
    blocks: list[Grid | Para] = [Grid(columns, rows, row_height=7.2, where=lambda i: f"第{i + 1}行{units[i].name}")]
    for unit in units:
        inside = homes.get(unit.id, ())
        if inside:
            named = "、".join(f"{one.home.head}（{one.home.number or '无户号'}）" for one in inside)
            blocks.append(Para(f"{unit.name}（{len(inside)}户）：{named}。", indent=0))
    blocks += [Para(unit.finding, indent=0) for unit in units if unit.finding]
    if loose:
        named = "、".join(f"{line.head}（{line.number or '无户号'}）" for line in loose)
        blocks.append(Para(f"未入网{len(loose)}户：{named}。", indent=0))
    placed = sum(unit.households for unit in units if unit.depth == 1)
    return Sheet(
        title=f"{village}网格表",
        blocks=blocks if units else [Para("还没有建网格。", indent=0)],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"{len(units)}个网格，编入{placed}户，未入网{len(loose)}户"),
    ).pdf()


def link_list(rows: Sequence[LinkRow], rule: LinkRule, *, village: str, on: dt.date) -> bytes:
    """Who stands by whom, for the wall: names and households, no number and no phone."""
    holders: dict[str, list[LinkRow]] = {}
    for one in rows:
        holders.setdefault(one.from_id, []).append(one)
    columns = [Column("序号", 12), Column("联系人", 28), Column("联系对象", 0, align=Align.LEFT), Column("数量", 16)]
    body = [
        [str(i), mine[0].from_name, "、".join(_on_the_wall(one, rule) for one in mine), str(len(mine))]
        for i, mine in enumerate(holders.values(), 1)
    ]
    names = [mine[0].from_name for mine in holders.values()]
    return Sheet(
        title=f"{village}{rule.name}公示表",
        blocks=[
            Grid(columns, body, row_height=7.5, where=lambda i: f"第{i + 1}行{names[i]}"),
            *([] if rows else [Para("还没有登记。", indent=0)]),
            *([Para(rule.text, indent=0)] if rule.text else []),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"联系人{len(holders)}名，联系{len(rows)}{rule.counter}"),
    ).pdf()


def _on_the_wall(one: LinkRow, rule: LinkRule) -> str:
    """The other side as a wall may show it: who gets help by the household's number or the surname alone."""
    if not rule.relief:
        return one.to_words
    number, _, _name = one.to_words.partition(" ")
    if number.startswith("户号"):
        return f"{one.group}{number}"
    return f"{masked_name(one.to_words.removesuffix('家'))}（{one.group or '小组未登记'}）"


def link_card(card: LinkCard, *, village: str) -> bytes:
    """The card that a holder leaves with his households: his name, his phone where he agreed, their heads."""
    rows: list[list[Cell | str]] = [
        [label("联系人"), _large(card.name), label("小组"), _large(card.group or "未登记")],
        [label("联系电话"), Cell(card.phone or "本人没有同意印电话", columns=3, size=14)],
        [label("联系对象"), Cell("、".join(card.targets), columns=3, size=14)],
    ]
    if card.text:
        rows.append([label("要求"), Cell(card.text, columns=3, size=14)])
    return Sheet(
        title=f"{village}{card.kind}联系卡",
        blocks=[Form(columns=(30, 0, 24, 40), rows=rows, row_height=14)],
        frame=FORM,
    ).pdf()


def home_list(homes: Sequence[HomeLine], *, title: str, on: dt.date) -> bytes:
    """Households in a list to go round with: number, head, group, people, and room for a note."""
    columns = [
        Column("序号", 14),
        Column("户号", 24),
        Column("户主", 34),
        Column("小组", 28),
        Column("人口", 18),
        Column("备注", 0),
    ]
    body = [[str(i), line.number, line.head, line.group, str(line.people), ""] for i, line in enumerate(homes, 1)]
    return Sheet(
        title=title,
        blocks=[
            Grid(columns, body, row_height=7.2, where=lambda i: f"第{i + 1}行{homes[i].head}"),
            *([] if homes else [Para("没有这样的户。", indent=0)]),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(homes)}户"),
    ).pdf()


def body_members(bodies: Sequence[BodyRow], *, village: str, on: dt.date) -> bytes:
    """The members of each body in a list of its own: post, name, sex, group, since when, how they came to it."""
    columns = [
        Column("序号", 12),
        Column("职务", 0, align=Align.LEFT),
        Column("姓名", 22),
        Column("性别", 12),
        Column("小组", 16),
        Column("任职起始", 31),
        Column("产生方式", 32),
    ]
    blocks: list[Heading | Grid | Para] = []
    for body in bodies:
        if not body.posts:
            continue
        rows = [
            [
                str(i),
                post.role_words,
                post.name,
                {"male": "男", "female": "女"}.get(post.sex, "未登记"),
                post.group,
                _day(post.from_on),
                post.how or "未登记",
            ]
            for i, post in enumerate(body.posts, 1)
        ]
        term = f"（{body.term}）" if body.term else ""
        blocks.append(Heading(f"{body.name}{term}"))
        blocks.append(Grid(columns, rows, row_height=7.2, where=_names(body.posts)))
    people = {post.person_id for body in bodies for post in body.posts}
    return Sheet(
        title=f"{village}组织成员名册",
        blocks=blocks or [Para("还没有登记任何职务。", indent=0)],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"{sum(bool(body.posts) for body in bodies)}个组织，{len(people)}人任职"),
    ).pdf()


def _names(posts: Sequence[PostRow]) -> Callable[[int], str]:
    return lambda i: f"第{i + 1}行{posts[i].name}"


def pledge_wall(posts: Sequence[PostRow], *, village: str, on: dt.date) -> bytes:
    """亮身份: members with the post they took and what they promised; no number and no phone of anybody."""
    columns = [
        Column("序号", 12),
        Column("姓名", 20),
        Column("岗位", 28),
        Column("认领的任务", 30, align=Align.LEFT),
        Column("承诺", 0, align=Align.LEFT),
        Column("期限和完成情况", 33),
    ]
    rows = [
        [str(i), post.name, post.role_words, post.task, post.pledge, _progress(post)] for i, post in enumerate(posts, 1)
    ]
    return Sheet(
        title=f"{village}党员岗位和承诺公示",
        blocks=[
            Grid(columns, rows, row_height=9, where=_names(posts)),
            *([] if posts else [Para("还没有登记承诺。", indent=0)]),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(posts)}人次"),
    ).pdf()


def _progress(post: PostRow) -> str:
    due = f"{_day(post.pledge_due)}前" if post.pledge_due else "长期"
    return f"{due}，{post.pledge_result or '进行中'}"


def post_plates(posts: Sequence[PostRow], *, village: str) -> bytes:
    """Plates to be cut apart and put up: the post in large type, the name and the village below."""
    blocks = [
        Form(
            columns=(0,),
            rows=[
                [Cell(post.role_words, align=Align.CENTRE, role=Role.STRONG, size=36, height=34, where=post.name)],
                [Cell(f"{post.name}　{village}", align=Align.CENTRE, size=22, height=22)],
            ],
            after=9,
        )
        for post in posts
    ]
    return Sheet(title="岗位牌", blocks=blocks or [Para("没有要印的岗位。", indent=0)], frame=FORM).pdf()


def household_chain(card: HouseholdCard, chain: Sequence[str], *, village: str, on: dt.date) -> bytes:
    """The card of a household with its grid from the top down, for the door."""
    rows: list[list[Cell | str]] = [
        [label("户主"), _large(card.head or "未登记")],
        [label("户号"), _large(card.number or "未登记")],
        [label("小组"), _large(card.group or "未登记")],
        [label("网格"), _large(" → ".join(chain) or "未入网")],
        [label("人口"), _large(f"{len(card.members)}人")],
    ]
    return Sheet(
        title=f"{village}户网格卡",
        blocks=[Form(columns=(36, 0), rows=rows, row_height=14)],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", ""),
    ).pdf()


def _large(words: str) -> Cell:
    return Cell(words, size=14)


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else "未登记"
