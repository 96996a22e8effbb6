"""The buttons and menus over the four lists of the page of points."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from village_desk.widgets.layout import button, flow

# Over each list: words, icon, and what it does; several under one word are a menu.
Act = tuple[str, str, tuple[tuple[str, str], ...]]
BARS: tuple[tuple[Act, ...], ...] = (
    (
        (
            "打印",
            "printer",
            (
                ("wall", "公示榜（全村）"),
                ("wall_groups", "公示榜（每组一张）"),
                ("praise", "光荣榜（前十名）"),
                ("changes", "变动榜（上一张以后新增的）"),
                ("slips", "积分告知单（每户一张，A5）"),
                ("fairness", "公平报告"),
                ("evidence", "评分依据表"),
            ),
        ),
        (
            "记分",
            "plus",
            (
                ("many", "批量申报…"),
                ("from_activity", "从活动到场名单记分…"),
                ("from_meeting", "从会议签到记分…"),
                ("from_hours", "从志愿时长记分…"),
                ("from_cases", "从办件记分…"),
                ("scoring", "打印空白评分表"),
                ("type_back", "录入评分表…"),
                ("choose_workbook", "从表格转入原有积分…"),
                ("take_over", "逐户转入原有积分…"),
            ),
        ),
        (
            "期末",
            "calendar-check",
            (
                ("file_evidence", "依据材料归档"),
                ("close", "结账…"),
                ("reopen", "重开已结账的一期…"),
                ("follow_up", "帮助整改…"),
            ),
        ),
    ),
    (
        (
            "批量办理",
            "list-checks",
            (
                ("check_many", "批量审核…"),
                ("review", "登记评议（一次会评完）…"),
                ("posting", "打印公示"),
                ("post", "登记公示…"),
                ("township", "登记乡镇认定…"),
            ),
        ),
        ("全部入账", "check", (("book_ready", ""),)),
    ),
    (
        ("登记兑换", "plus", (("redeem", ""),)),
        ("物品和资金", "wallet", (("good", "添加物品…"), ("stock", "登记进货、盘点…"), ("fund", "登记资金…"))),
    ),
    (("改办法", "pencil", (("change_set", ""),)), ("分类", "users", (("put_into_class", ""),))),
)
PRINTS = frozenset("wall wall_groups praise changes slips fairness evidence scoring posting receipt rule_book".split())


def bar(acts: Sequence[Act], ask: Callable[[str], None]) -> QWidget:
    """Buttons over a list: one act, or a menu of acts under one word; `ask` gets the key of what is wanted."""
    made: list[QWidget] = []
    for words, icon, inside in acts:
        one = button(words, icon)
        if len(inside) == 1:
            one.clicked.connect(lambda _checked=False, key=inside[0][0]: ask(key))
        else:
            menu = QMenu(one)
            for key, line in inside:
                menu.addAction(line, lambda at=key: ask(at))
            one.setMenu(menu)
        made.append(one)
    holder = QWidget()
    holder.setLayout(flow(*made))
    return holder
