"""Living and contract households, and the voluntary work of a member, on paper."""

import datetime as dt
from collections.abc import Sequence

from village_desk.kit.text import chinese_date
from village_desk.paper import FORM, Align, Column, Gap, Grid, Para, Sheet, SignLine
from village_desk.people.lookups import SideHouseholdRow, TimeRow
from village_desk.people.rules.development import hours_words
from village_desk.people.rules.masking import AUDIENCE_WORDS, Audience


def side_list(rows: Sequence[SideHouseholdRow], *, words: str, village: str, on: dt.date) -> bytes:
    """The living or contract households with their members; what is not known stands as 未登记."""
    contract = any(one.kind == "contract" for one in rows)
    columns = [Column("序号", 11), Column("编号", 20), Column("小组", 16), Column("代表", 22)]
    columns.append(Column("成员", align=Align.LEFT))
    columns += [Column("面积", 22), Column("承包期止", 30)] if contract else []
    body = []
    for i, one in enumerate(rows, 1):
        members = "、".join(
            member.name + (f"（{member.share_words}）" if member.share_words else "") for member in one.members
        )
        line = [str(i), one.number or "未登记", one.group, one.head or "未登记", members or "未登记"]
        if contract:
            line += [one.area_words if one.area is not None else "未登记", _day(one.due_on)]
        body.append(line)
    area = sum(one.area or 0 for one in rows)
    land = f"，{area // 100}.{area % 100:02d}亩" if contract else ""
    people = sum(len(one.members) for one in rows)
    return Sheet(
        title=f"{village}{words}名单",
        blocks=[
            Grid(columns, body, row_height=7.2, where=lambda i: f"第{i + 1}行{rows[i].head}")
            if body
            else Para(f"还没有登记{words}。", indent=0),
            Gap(3),
            SignLine(["制表：", "核对："]),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(rows)}户{people}人{land}"),
        foot=AUDIENCE_WORDS[Audience.INTERNAL],
    ).pdf()


def service_certificate(
    name: str, unit: str, times: Sequence[TimeRow], *, village: str, year: int, on: dt.date
) -> bytes:
    """What somebody did for the village in a year, for his own unit (在职党员进社区、志愿服务)."""
    own = sorted((one for one in times if one.on is not None and one.on.year == year), key=lambda one: one.on or on)
    whole = sum(one.minutes for one in own)
    rows = [
        [str(i), chinese_date(one.on) if one.on else "未登记", one.what, hours_words(one.minutes)]
        for i, one in enumerate(own, 1)
    ]
    who = f"{unit}：" if unit else "有关单位："
    return Sheet(
        title="服务证明",
        blocks=[
            Para(who, indent=0),
            Para(
                f"{name}同志{year}年在{village}参加服务{len(own)}次，共{hours_words(whole) if whole else '0小时'}，"
                "情况如下，特此证明。"
            ),
            Grid(
                [Column("序号", 12), Column("日期", 36), Column("服务内容", align=Align.LEFT), Column("时间", 28)],
                rows,
                row_height=8,
            )
            if rows
            else Para("这一年还没有登记服务。", indent=0),
            Gap(10),
            Para(f"{village}党支部（盖章）", indent=0, align=Align.RIGHT),
            Para(chinese_date(on), indent=0, align=Align.RIGHT),
        ],
        frame=FORM,
    ).pdf()


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else "未登记"
