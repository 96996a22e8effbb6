"""The reserve list on paper, with the training each has done."""

import datetime as dt
from collections.abc import Sequence

from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups.training import ReserveRow, Training
from village_desk.meetings.rules.activities import hours_said
from village_desk.paper import FORM, Align, Column, Grid, Para, Sheet


def reserve_list(rows: Sequence[ReserveRow], *, village: str, on: dt.date) -> bytes:
    """后备干部名册: name, sex, group, since when, every training with its day, and the hours together."""
    columns = [
        Column("序号", 12),
        Column("姓名", 22),
        Column("性别", 12),
        Column("小组", 16),
        Column("列入日期", 32),
        Column("参加培训", 0, align=Align.LEFT),
        Column("合计", 20),
    ]
    body = [
        [
            str(i),
            row.post.name,
            {"male": "男", "female": "女"}.get(row.post.sex, "未登记"),
            row.post.group,
            chinese_date(row.post.from_on) if row.post.from_on else "未登记",
            "；".join(_words(one) for one in row.trainings) or "未登记",
            f"{hours_said(row.minutes)}小时" if row.minutes else "未登记",
        ]
        for i, row in enumerate(rows, 1)
    ]
    return Sheet(
        title=f"{village}后备干部名册",
        blocks=[
            Grid(columns, body, row_height=8, where=lambda i: f"第{i + 1}行{rows[i].post.name}"),
            *([] if rows else [Para("还没有登记后备干部。", indent=0)]),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(rows)}人"),
    ).pdf()


def _words(one: Training) -> str:
    hours = f"，{hours_said(one.minutes)}小时" if one.minutes else ""
    return f"{chinese_date(one.on)}{one.title}{hours}"
