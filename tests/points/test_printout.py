"""The card of points on paper, and the shipped examples."""

import datetime as dt
import os
from pathlib import Path

from village_desk.paper.text import pages_text
from village_desk.points import printout
from village_desk.points.lookups import AreaSum, Card, EntryRow, SubjectRow, example_sets

GOLDEN = Path(__file__).parent / "goldens" / "card.txt"


def entry(number: int, text: str, points: int, balance: int, why: str = "", reverses: str = "") -> EntryRow:
    day = dt.date(2026, 7, 10 + number)
    return EntryRow(
        f"{number}", f"第{number}号", day, day, "环境卫生", text, "7月检查", points, balance, why, "现场查看", "周九",
        "" if reverses else "李四", bool(reverses), reverses, "", False,
    )  # fmt: skip


CARD = Card(
    "s",
    "东河村农户积分办法",
    "东河村",
    SubjectRow("h", "张大山家", "三组", "0127", "h"),
    "农户",
    "2026",
    "2026年",
    60,
    (
        entry(1, "门前屋后整洁", 5, 65),
        entry(2, "乱倒垃圾", -3, 62),
        entry(3, "门前屋后整洁", -5, 57, "更正第1号：户记错了", "第1号"),
    ),
    (AreaSum("环境卫生", 0, -3),),
    57,
    "2026年合计57分：起始分60分，加5分，减3分，更正−5分（共3笔）。",
    "评先评优参考",
    (),
)


def test_the_card_reads_as_reviewed() -> None:
    text = "\n-- 换页 --\n".join(pages_text(printout.card(CARD))) + "\n"
    if os.environ.get("WRITE_GOLDENS"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert printout.card(CARD) == printout.card(CARD)


def test_the_shipped_examples_cross_no_red_line_and_name_no_law_for_their_numbers() -> None:
    found = example_sets()
    assert {rules.subject.value for rules in found} == {"household", "party_member", "grid_worker"}
    assert all(rules.source and rules.used_for for rules in found)
