"""Scenario 11 through the real window: a marriage moves one person, its history remains, last month's rolls stand."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.journeys.hands import answer, dialog_of, press, settle
from village_desk.archive.actions import keep_file
from village_desk.desk.people_page import FilesDialog
from village_desk.desk.window import DeskWindow
from village_desk.people import actions, lookups
from village_desk.people.dialogs import DivorceDialog, MarriageDialog, StandingDialog
from village_desk.people.page import PeoplePage
from village_desk.people.page.people import ROLLS
from village_desk.people.rules.electorates import Assembly
from village_desk.people.rules.standings import CountKind


@pytest.fixture
def page(empty_window: DeskWindow) -> PeoplePage:
    """Two households, on the page of people."""
    file = empty_window.file
    with file.writing("people.test") as session:
        hers = actions.add_household(session, number="12", group_name="三组")
        his = actions.add_household(session, number="27", group_name="五组")
        for name, home, relation, sex, birth in (
            ("李建国", hers, "户主", "male", "1965-01-01"),
            ("李秀兰", hers, "长女", "female", "1998-05-05"),
            ("王伟", his, "户主", "male", "1996-05-05"),
        ):
            actions.add_person(session, name=name, household_id=home, relation=relation, sex=sex, birth=birth)
    empty_window.go("people")
    assert isinstance(empty_window.page, PeoplePage)
    return empty_window.page


def voters(window: DeskWindow, on: dt.date) -> list[tuple[str, str]]:
    """Name and group of those on the list of voters."""
    with window.file.reading() as session:
        return [(one.name, one.group) for one in lookups.roll(session, body=Assembly.VOTERS, on=on).eligible]


def test_a_marriage_moves_one_person_and_last_months_list_of_voters_stays(
    qtbot: QtBot, empty_window: DeskWindow, page: PeoplePage
) -> None:
    window, today = empty_window, empty_window.file.today
    last_month = today - dt.timedelta(days=31)
    # Last month's list of voters, begun from the adults by a click over the list.
    page.register.counts.asked.emit("voter_list")
    begin = dialog_of(StandingDialog)
    begin.day.set_day(last_month)
    answer(qtbot, window, begin)
    assert page.register.counts.buttons[CountKind.VOTER].text() == "登记参选3"
    before = voters(window, last_month)
    assert ("李秀兰", "三组") in before

    # The marriage: one dialog, one act.
    page.register.filter.setText("lxl")
    qtbot.waitUntil(lambda: page.register.panel.name.text() == "李秀兰")
    page.register.panel.choices["marry"].trigger()
    marry = dialog_of(MarriageDialog)
    marry.spouse.box.setText("王伟")
    qtbot.waitUntil(lambda: bool(marry.spouse.chosen()))
    marry.relation.setCurrentText("妻")
    answer(qtbot, window, marry)

    card = page.register.panel.card
    assert card is not None
    assert (card.row.household_no, card.row.group, card.row.relation) == ("27", "五组", "妻")
    day = f"{today.year}年{today.month}月{today.day}日"
    assert page.register.panel.history.text().splitlines() == [
        f"{day}与王伟结婚。",
        f"{day}从三组户号12转出，原为长女（结婚）。",
    ]
    # The old household tells of it too.
    page.register.filter.setText("李建国")
    qtbot.waitUntil(lambda: page.register.panel.name.text() == "李建国")
    assert page.register.panel.home_history.text() == f"{day}李秀兰转出（结婚）。"

    # Last month's list is what it was, also on the page of rolls.
    assert voters(window, last_month) == before
    page.show_tab(ROLLS)
    page.rolls.body.setCurrentIndex(page.rolls.body.findData(Assembly.VOTERS.value))
    page.rolls.day.set_day(last_month)
    assert [(one.entry.name, one.entry.group) for one in page.rolls.table.rows()] == before
    page.rolls.day.set_day(today)
    assert ("李秀兰", "五组") in [(one.entry.name, one.entry.group) for one in page.rolls.table.rows()]

    # Undone, everything is back.
    window.file.undo(window.file.steps()[0].id)
    page.refresh_now()
    page.register.go_to(card.id)
    assert page.register.panel.card is not None
    assert page.register.panel.card.row.household_no == "12"
    assert page.register.panel.history.text() == "还没有变动记录。"
    settle(qtbot, window)


def test_a_divorced_head_moves_out_and_leaves_the_household_a_head(
    qtbot: QtBot, empty_window: DeskWindow, page: PeoplePage
) -> None:
    window, today = empty_window, empty_window.file.today
    with window.file.writing("people.test") as session:
        (home,) = (one for one in lookups.find_households(session, "27", limit=2) if one.number == "27")
        for name, relation in (("赵敏", "妻"), ("王鹏", "长子")):
            actions.add_person(session, name=name, household_id=home.id, relation=relation, sex="female")
    page.register.filter.setText("王伟")
    qtbot.waitUntil(lambda: page.register.panel.name.text() == "王伟")
    page.register.panel.choices["divorce"].trigger()
    dialog = dialog_of(DivorceDialog)
    # The wife is offered by the kinship in the household; the clerk may pick another.
    assert dialog.spouse.list.currentItem().text().startswith("赵敏")
    dialog.where.setCurrentText("王伟另立新户")
    dialog.number.setText("28")
    assert [dialog.head_box.itemText(i) for i in range(dialog.head_box.count())] == ["赵敏（妻）", "王鹏（长子）"]
    answer(qtbot, window, dialog)
    card = page.register.panel.card
    assert card is not None
    assert (card.row.household_no, card.row.relation, card.marriage) == ("28", "户主", "离婚")
    day = f"{today.year}年{today.month}月{today.day}日"
    assert f"{day}与赵敏离婚。" in page.register.panel.history.text()
    assert not page.register.panel.choices["divorce"].isVisible()
    page.register.filter.setText("赵敏")
    qtbot.waitUntil(lambda: page.register.panel.name.text() == "赵敏")
    card = page.register.panel.card
    assert card is not None
    assert (card.row.household_no, card.row.relation, card.marriage) == ("27", "户主", "离婚")
    settle(qtbot, window)


def test_a_scan_is_hung_on_a_person_and_found_again(
    qtbot: QtBot, empty_window: DeskWindow, page: PeoplePage, tmp_path: Path
) -> None:
    scan = tmp_path / "户口簿.png"
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0x3377AA)
    assert image.save(str(scan))
    page.register.filter.setText("李秀兰")
    qtbot.waitUntil(lambda: page.register.panel.name.text() == "李秀兰")
    press(qtbot, empty_window, "照片扫描件")
    dialog = dialog_of(FilesDialog)
    card = page.register.panel.card
    assert card is not None
    keep_file(empty_window.file, scan, of_table="person", of_id=card.id)
    dialog.files.refresh()
    assert dialog.files.table.rowCount() == 1
    dialog.accept()
