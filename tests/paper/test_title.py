"""Titles are broken by sense."""

import pytest

from village_desk.paper.pages import MM
from village_desk.paper.title import balanced


@pytest.mark.parametrize(
    "title",
    [
        "关于2026年第三季度|村级财务收支情况的公告",
        "关于2026年村内三组至小学道路|硬化工程实施方案表决结果的公告",
        "东河镇东河村股份经济合作社|关于二组鱼塘等三宗集体资源公开|发包竞价结果及合同签订情况的公示",
        "村民代表会议签到表",
    ],
)
def test_lines_end_where_the_sense_does(title: str) -> None:
    assert balanced(title.replace("|", ""), 22, 156 * MM) == title.split("|")


def test_words_of_the_trade_and_figures_are_never_torn() -> None:
    for width in range(80, 170, 5):
        lines = balanced("东河村村民委员会关于公布2026年第一季度财务收支情况的公示", 22, width * MM)
        for word in ("村民委员会", "2026年", "第一季度", "财务", "收支", "情况", "公示"):
            assert any(word in line for line in lines), (width, lines)


def test_a_newline_breaks_by_hand() -> None:
    assert balanced("四议两公开决策实施登记表（一）\n村党组织提议", 18, 166 * MM) == [
        "四议两公开决策实施登记表（一）",
        "村党组织提议",
    ]
