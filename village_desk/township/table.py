"""The township's lists: villages, and the stick files of one village."""

from village_desk.kit.text import short_date
from village_desk.township.lookups import ArrivalRow, VillageRow
from village_desk.township.rules import REASON_WORDS
from village_desk.widgets.tables import Column, ListTable


def village_table() -> ListTable[VillageRow]:
    """One line a village: its last bundle, what was received, and what is wrong."""
    return ListTable(
        [
            Column[VillageRow]("name", "村", lambda one: one.name, 6),
            Column[VillageRow]("last", "最近一份", lambda one: f"第{one.last_number}号" if one.last_number else "—", 5),
            Column[VillageRow]("on", "收到", lambda one: short_date(one.last_on) if one.last_on else "—", 4.5),
            Column[VillageRow]("received", "已收条数", lambda one: f"{one.received:,}", 5, align="right", side=True),
            Column[VillageRow]("laptops", "电脑", lambda one: f"{one.laptops}台", 3, align="right", side=True),
            Column[VillageRow]("state", "情况", lambda one: one.state, 9, tone=lambda one: one.tone, wide=True),
        ],
        sort_keys={
            "last": lambda one: one.last_number,
            "on": lambda one: str(one.last_on or ""),
            "received": lambda one: one.received,
            "laptops": lambda one: one.laptops,
        },
    )


def arrival_table() -> ListTable[ArrivalRow]:
    """One line a file of the village that is chosen."""
    return ListTable(
        [
            Column[ArrivalRow]("number", "上报包", lambda one: f"第{one.number}号", 4.5),
            Column[ArrivalRow]("on", "收到", lambda one: short_date(one.arrived_on) if one.arrived_on else "", 4.5),
            Column[ArrivalRow](
                "new", "新内容", lambda one: f"{one.new}条" if not one.reason else "—", 4, align="right"
            ),
            Column[ArrivalRow](
                "state",
                "结果",
                lambda one: "先等着" if one.held and not one.reason else REASON_WORDS.get(one.reason, "没有收"),
                6,
                tone=lambda one: "bad" if one.reason else "warn" if one.held else "good",
                wide=True,
            ),
        ],
        sort_keys={
            "number": lambda one: one.number,
            "on": lambda one: str(one.arrived_on or ""),
            "new": lambda one: one.new,
        },
    )
