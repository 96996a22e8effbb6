"""Dates as clerks type them."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from village_desk.kit.errors import NotAllowed
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dates import typed_date

TODAY = dt.date(2026, 3, 12)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20260115", dt.date(2026, 1, 15)),
        ("2026-1-5", dt.date(2026, 1, 5)),
        ("2026.01.05", dt.date(2026, 1, 5)),
        ("2026/1/5", dt.date(2026, 1, 5)),
        ("26.1.5", dt.date(2026, 1, 5)),
        ("1.15", dt.date(2026, 1, 15)),
        ("1。15", dt.date(2026, 1, 15)),
        ("1月15日", dt.date(2026, 1, 15)),
        ("1月15", dt.date(2026, 1, 15)),
        ("0115", dt.date(2026, 1, 15)),
        ("15号", dt.date(2026, 3, 15)),
        ("2026年1月5日", dt.date(2026, 1, 5)),
        ("2026年1月15日（周四）", dt.date(2026, 1, 15)),
        ("２０２６．１．５", dt.date(2026, 1, 5)),
        (" 今天 ", TODAY),
        ("昨天", dt.date(2026, 3, 11)),
        ("后天", dt.date(2026, 3, 14)),
        ("2024-2-29", dt.date(2024, 2, 29)),
        ("", None),
    ],
)
def test_a_day_is_read_in_every_way_that_clerks_type_it(typed: str, day: dt.date | None) -> None:
    assert typed_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["2026-2-29", "13.1", "3月32日", "20261301"])
def test_a_day_that_no_calendar_has_is_refused_by_name(typed: str) -> None:
    with pytest.raises(NotAllowed, match=r"没有.*这一天"):
        typed_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["前些天", "2026", "1.15.16.17", "abc"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotAllowed, match="20260115") as refusal:
        typed_date(typed if typed != "2026" else "2026年", TODAY)
    assert "看不懂日期" in refusal.value.message


def test_the_field_shows_the_weekday_after_typing(qtbot: QtBot) -> None:
    edit = DateEdit(today=TODAY)
    qtbot.addWidget(edit)
    edit.show()
    with qtbot.waitSignal(edit.day_changed) as changed:
        qtbot.keyClicks(edit, "1.15")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert changed.args == [dt.date(2026, 1, 15)]
    assert edit.text() == "2026年1月15日（周四）"


def test_arrows_and_ctrl_semicolon_change_the_day(qtbot: QtBot) -> None:
    edit = DateEdit(dt.date(2026, 1, 31), today=TODAY)
    qtbot.addWidget(edit)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.day() == dt.date(2026, 2, 1)
    qtbot.keyClick(edit, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert edit.day() == TODAY


def test_an_empty_field_is_unknown_and_no_problem(qtbot: QtBot) -> None:
    edit = DateEdit(TODAY, today=TODAY)
    qtbot.addWidget(edit)
    edit.clear()
    assert edit.day() is None
    assert edit.problem() == ""


def test_what_cannot_be_read_stays_in_the_field_and_is_a_problem(qtbot: QtBot) -> None:
    edit = DateEdit(TODAY, today=TODAY)
    qtbot.addWidget(edit)
    edit.setText("2月30日")
    assert edit.day() is None
    assert edit.problem() == "没有2026年2月30日这一天。请核对月份和日子。"
    assert edit.text() == "2月30日"
