"""The township's lists: villages, the stick files of one village, what waits for an answer, and the answers."""

from collections.abc import Mapping

from village_desk.kit.text import short_date
from village_desk.sync.answers import Question
from village_desk.township.lookups import AnswerRow, ArrivalRow, VillageRow
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


def question_table(names: Mapping[str, str]) -> ListTable[Question]:
    """One line a record that waits for the township; `names` are the villages by code."""
    return ListTable(
        [
            Column[Question]("village", "村", lambda one: names.get(one.village, one.village), 5),
            Column[Question]("who", "户（人）、编号", lambda one: one.who, 8),
            Column[Question]("what", "事项", lambda one: one.what, 12),
            Column[Question]("detail", "依据和经过", lambda one: one.detail, 14, tip=lambda one: one.detail, wide=True),
            Column[Question]("group", "办法、台账", lambda one: one.group, 11, side=True),
        ]
    )


def answer_table(names: Mapping[str, str]) -> ListTable[AnswerRow]:
    """One line an answer and how far it has come; `names` are the villages by code."""
    return ListTable(
        [
            Column[AnswerRow]("village", "村", lambda one: names.get(one.village, one.village), 5),
            Column[AnswerRow]("said", "答复", lambda one: f"{one.topic}{one.records}件，{one.said}", 11),
            Column[AnswerRow]("document", "文号", lambda one: one.document, 11),
            Column[AnswerRow]("day", "日期", lambda one: short_date(one.dated_on) if one.dated_on else "", 4.5),
            Column[AnswerRow](
                "state",
                "到了哪里",
                lambda one: one.state,
                16,
                tone=lambda one: one.tone,
                tip=lambda one: one.words or one.state,
                wide=True,
            ),
        ]
    )
