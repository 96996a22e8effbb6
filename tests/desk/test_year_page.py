"""What was asked by phone stands on the page of today until it is done, and a meeting closes its turn."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from village_desk.desk.plan_page import DeskPlanPage
from village_desk.desk.window import DeskWindow
from village_desk.notices.dialogs.fields import FieldsDialog
from village_desk.notices.page.plan import ERRANDS, INQUIRIES


def named(window: DeskWindow, words: str) -> list[QPushButton]:
    """Visible buttons of the page whose spoken name begins with these words."""
    every: list[QPushButton] = list(window.page.findChildren(QPushButton))
    return [one for one in every if one.isVisible() and one.accessibleName().startswith(words)]


def answer(qtbot: QtBot, window: DeskWindow, page: DeskPlanPage, **values: object) -> None:
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    for key, value in values.items():
        dialog.put(key, value)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workplace.pending == 0)


def test_an_errand_and_an_inquiry_stand_on_the_page_of_today_until_they_are_done(
    qtbot: QtBot, window: DeskWindow
) -> None:
    today = window.file.today
    window.go("plan")
    page = window.page
    assert isinstance(page, DeskPlanPage)
    page.bar.setCurrentIndex(ERRANDS)
    page.errands.ask_errand()
    answer(qtbot, window, page, what="下午三点前报值班表", due=today)
    page.bar.setCurrentIndex(INQUIRIES)
    page.inquiries.ask_inquiry()
    answer(qtbot, window, page, by="张三", words="看去年的账", day=today - dt.timedelta(days=1), days=30)
    window.go("today")
    qtbot.waitUntil(lambda: bool(named(window, "登记办好")))
    assert [one.accessibleName() for one in named(window, "登记办好")] == [
        f"登记办好：上级（电话）：下午三点前报值班表，{today.month}月{today.day}日前办好"
    ]
    (button,) = named(window, "去答复")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.at == "plan"
    assert page.bar.currentIndex() == INQUIRIES
    assert page.inquiries.current() is not None

    window.go("today")
    qtbot.waitUntil(lambda: bool(named(window, "登记办好")))
    qtbot.mouseClick(named(window, "登记办好")[0], Qt.MouseButton.LeftButton)
    assert page.bar.currentIndex() == ERRANDS
    page.errands.ask_done()
    answer(qtbot, window, page, words="已报")
    window.go("today")
    assert named(window, "登记办好") == []
