"""What is due: the piles, their words, and the page."""

import datetime as dt
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from village_desk.desk.today import Day, Item, When
from village_desk.desk.today_page import TodayPage
from village_desk.desk.window import DeskWindow

W = TypeVar("W", bound=QWidget)


def inside(widget: QWidget, kind: type[W]) -> list[W]:
    """Every piece of a kind in a widget."""
    return list(widget.findChildren(kind))


TODAY = dt.date(2026, 3, 12)


def item(days: int | None, words: str = "村务公开栏第一季度财务公开。") -> Item:
    """Something due in so many days."""
    due = None if days is None else TODAY + dt.timedelta(days=days)
    return Item(f"duty {days} {words}", words, "", due, "去办理", "notices", "n1")


def test_each_thing_lies_on_its_pile() -> None:
    assert [item(days).when(TODAY) for days in (-1, 0, 1, 7, 8)] == [
        When.OVERDUE,
        When.TODAY,
        When.WEEK,
        When.WEEK,
        When.LATER,
    ]
    assert item(None).when(TODAY) is When.ANY_TIME


def test_days_are_told_in_words() -> None:
    assert [item(days).day_words(TODAY) for days in (-3, 0, 5, None)] == [
        "逾期3天",
        "今天到期",
        "还有5天（3月17日）",
        "",
    ]


def test_the_most_urgent_comes_first() -> None:
    day = Day(TODAY, (item(-1, "乙"), item(-9, "甲"), item(-1, "甲")), 100)
    assert [(one.words, one.due_on) for one in day.pile(When.OVERDUE)] == [
        ("甲", dt.date(2026, 3, 3)),
        ("乙", dt.date(2026, 3, 11)),
        ("甲", dt.date(2026, 3, 11)),
    ]
    assert day.summary == "逾期3件"


def shown(page: TodayPage, day: Day) -> list[str]:
    """The words on the page after showing this day."""
    page.show_day(day)
    QApplication.processEvents()
    return [label.text() for label in inside(page, QLabel) if label.isVisible()]


def test_a_new_village_is_led_to_its_roster(qtbot: QtBot, window: DeskWindow) -> None:
    page = window.page
    assert isinstance(page, TodayPage)
    words = [label.text() for label in inside(page, QLabel)]
    assert any("先读入村民名册" in one for one in words)


def test_the_page_shows_the_piles_and_a_button_leads_to_the_thing(qtbot: QtBot, window: DeskWindow) -> None:
    page = window.page
    assert isinstance(page, TodayPage)
    page.asked_for.disconnect()
    words = shown(
        page, Day(TODAY, (item(-2, "三月份财务公开。"), item(3, "低保名单公示。"), item(None, "修路。")), 100)
    )
    assert [one for one in words if one in {"已经逾期", "今天到期", "七天以内到期", "正在办，没有期限"}] == [
        "已经逾期",
        "七天以内到期",
        "正在办，没有期限",
    ]
    buttons = [one for one in inside(page, QPushButton) if one.isVisible()]
    assert [one.accessibleName() for one in buttons] == [
        "去办理：三月份财务公开。",
        "去办理：低保名单公示。",
        "去办理：修路。",
        "100在册村民",
        "0户",
    ]
    with qtbot.waitSignal(page.asked_for) as asked:
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert asked.args == ["notices", "n1"]


def test_a_village_with_nothing_to_do_is_told_so(window: DeskWindow) -> None:
    page = window.page
    assert isinstance(page, TodayPage)
    assert "今天没有要办的事，七天以内也没有到期的。" in shown(page, Day(TODAY, (), 1200))
    assert page.subtitle == "2026年3月12日（周四）　没有待办"


def test_long_piles_without_a_day_are_cut_with_a_number(window: DeskWindow) -> None:
    page = window.page
    assert isinstance(page, TodayPage)
    words = shown(page, Day(TODAY, tuple(item(None, f"第{n}件。") for n in range(20)), 100))
    assert "还有12件没有列出来，请到各栏目里看。" in words
