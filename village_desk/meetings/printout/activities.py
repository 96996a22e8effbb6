"""Activities on paper: the sign-in sheet, the rota of a month, a person's sheet of voluntary hours."""

from collections.abc import Sequence

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import WEEKDAYS, chinese_date, short_date
from village_desk.meetings.lookups.activities import ActivityRow, VolunteerRow
from village_desk.meetings.rules.activities import hours_said
from village_desk.paper import FORM, Align, Block, Column, FieldTable, Gap, Grid, Para, Role, Sheet, SignLine

_LEAST_LINES = 20


def attendance_sheet(found: ActivityRow, *, village: str) -> bytes:
    """签到表 of an activity: names that are known, empty lines below, places for times and signatures."""
    lines = [
        [str(at), each.name, each.group, "", hours_said(each.minutes) if each.minutes else "", ""]
        for at, each in enumerate(found.people, start=1)
    ]
    lines += [[str(at), "", "", "", "", ""] for at in range(len(lines) + 1, _LEAST_LINES + 1)]
    about = "　".join(
        part
        for part in (
            found.kind_words,
            found.place,
            f"主办：{'、'.join(found.organisers)}" if found.organisers else "",
            f"带队：{found.leader}" if found.leader else "",
        )
        if part
    )
    return Sheet(
        title=f"{village}{found.title}签到表",
        blocks=[
            Grid(
                [
                    Column("序号", 14),
                    Column("姓名", 28),
                    Column("组别", 24),
                    Column("本人签名"),
                    Column("小时", 20),
                    Column("备注", 28),
                ],
                lines,
                row_height=9,
                where=lambda number: f"第{number}行",
            ),
            Gap(3),
            SignLine(["带队人签字", "登记人签字"]),
        ],
        frame=FORM,
        head=(about, chinese_date(found.held_on)),
        subject=f"{found.title}签到表",
    ).pdf()


def rota(found: Sequence[ActivityRow], *, village: str) -> bytes:
    """轮值表: every turn with its day, who is on, and a place for the signature."""
    turns = sorted(found, key=lambda row: (row.held_on, row.id))
    if not turns:
        raise NotAllowed("轮值表是空的。", "请先排轮值表。")
    first, last = turns[0], turns[-1]
    return Sheet(
        title=f"{village}{first.title}轮值表",
        blocks=[
            Grid(
                [Column("日期", 40), Column("值班人", align=Align.LEFT), Column("签名", 46), Column("备注", 34)],
                [
                    [
                        f"{short_date(one.held_on)}（周{WEEKDAYS[one.held_on.weekday()]}）",
                        "、".join(each.name for each in one.people),
                        "",
                        one.why_not,
                    ]
                    for one in turns
                ],
                row_height=7,
                where=lambda number: f"第{number}行",
            )
        ],
        frame=FORM,
        head=(first.place, f"{chinese_date(first.held_on)}至{short_date(last.held_on)}"),
        subject=f"{first.title}轮值表",
    ).pdf()


def hours_sheet(found: VolunteerRow) -> bytes:
    """志愿服务记录表 for the development file: every entry, the total, and the hundred hours."""
    blocks: list[Block] = [
        FieldTable([("姓名", found.name), ("组别", found.group or "未登记"), ("身份", found.status or "志愿者")]),
        Gap(2),
        Grid(
            [
                Column("序号", 16),
                Column("日期", 40),
                Column("服务内容", align=Align.LEFT),
                Column("小时", 24, Align.RIGHT),
            ],
            [
                [str(at), chinese_date(day), what, hours_said(minutes)]
                for at, (day, minutes, what) in enumerate(found.entries, start=1)
            ],
            total=[["合计", "", "", hours_said(sum(minutes for _, minutes, _ in found.entries))]],
            where=lambda number: f"第{number}行",
        ),
        Para(f"{found.year}年：{found.words}", indent=0, role=Role.STRONG),
        Para("全年要求100小时；只有培养期、预备期内的时长计入，按天数折算的只供参考，不算达标。", indent=0, size=11),
        Gap(3),
        SignLine(["本人签字", "支部审核人签字", "日期"]),
    ]
    return Sheet(
        title=f"{found.village}志愿服务记录表",
        blocks=blocks,
        frame=FORM,
        head=(found.name, f"{found.year}年"),
        subject=f"{found.name}志愿服务记录表",
    ).pdf()
