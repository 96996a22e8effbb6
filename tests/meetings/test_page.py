"""The page of meetings by clicks: a meeting called, signed in, voted, put right, printed."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.hands import answer, settle, shown
from village_desk.meetings import actions
from village_desk.meetings.dialogs import MeetingDialog, MotionDialog, RemarksDialog
from village_desk.meetings.lookups import MeetingDetail, one_meeting
from village_desk.meetings.page import MeetingsPage
from village_desk.meetings.rules import VerdictState
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.fit import cut_off, unnamed
from village_desk.widgets.name_lines import NameLinesDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.signing import SignDialog
from village_desk.widgets.workplace import Workplace

HELD = dt.date(2026, 6, 20)


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> MeetingsPage:
    """The page at the size that a window of 1366×768 leaves it."""
    return shown(qtbot, MeetingsPage(workplace), (1166, 678))


def press(qtbot: QtBot, page: MeetingsPage, what: str) -> None:
    every = {**page.buttons, **page.links, **page.prints}
    menus = {**page.more, **page.more_prints}
    if what in menus:
        assert menus[what].isVisible()
        menus[what].trigger()
        return
    assert every[what].isVisible()
    qtbot.mouseClick(every[what], Qt.MouseButton.LeftButton)


def called(file: VillageFile, **more: Any) -> str:
    facts = {"title": "第二季度村民代表会议", "body": "representatives", "held_on": HELD, **more}
    with file.writing("meetings.call_meeting") as session:
        meeting_id = actions.call_meeting(session, **facts)
        actions.count_roll(session, meeting_id=meeting_id)
    return meeting_id


def read(file: VillageFile, meeting_id: str) -> MeetingDetail:
    with file.reading() as session:
        return one_meeting(session, meeting_id)


def test_a_meeting_from_its_call_to_its_vote(page: MeetingsPage, qtbot: QtBot, workplace: Workplace) -> None:
    assert page.below.currentWidget() is page.first
    qtbot.mouseClick(page.first.button, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert isinstance(dialog, MeetingDialog)
    dialog.title_edit.setText("第二季度村民代表会议")
    dialog.held_on.set_day(HELD)
    answer(qtbot, workplace, dialog)
    assert page.title_words.text() == "第二季度村民代表会议"
    press(qtbot, page, "motion")
    motion = page.dialog
    assert isinstance(motion, MotionDialog)
    motion.title_edit.setText("听取工作报告")
    answer(qtbot, workplace, motion)
    press(qtbot, page, "sign_in")
    signing = page.dialog
    assert isinstance(signing, SignDialog)
    signing.fields.typed.setText("1-24")
    assert "还差1人" in signing.fields.verdict.text()
    answer(qtbot, workplace, signing)
    press(qtbot, page, "vote")
    vote = page.dialog
    assert isinstance(vote, CountDialog)
    for editor, number in ((vote.fields.yes, "24"), (vote.fields.no, "0"), (vote.fields.abstain, "0")):
        editor.setText(number)
    assert vote.fields.checks.shown[0].tone == "bad"
    answer(qtbot, workplace, vote)
    assert page.verdict_chip.words == "不能成立"
    assert page.checks.shown[0].words.endswith("还差1人，这次表决不能成立。")
    assert page.buttons["vote"].text() == "更正表决"
    press(qtbot, page, "vote")
    again = page.dialog
    assert isinstance(again, CountDialog)
    again.fields.yes.setText("23")
    again.reason.setText("数错一人")
    answer(qtbot, workplace, again)
    assert page.detail is not None
    assert [row.reversed_because for row in page.detail.motions[0].counts] == ["数错一人", ""]


def test_observers_remarks_and_facts(
    page: MeetingsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    meeting_id = called(village)
    page.open_record(meeting_id)
    press(qtbot, page, "observers")
    observers = page.dialog
    assert isinstance(observers, NameLinesDialog)
    observers.lines[0][1].setText("李建国")
    answer(qtbot, workplace, observers)
    press(qtbot, page, "remarks")
    remarks = page.dialog
    assert isinstance(remarks, RemarksDialog)
    remarks.lines.setPlainText("杨丽：渠道年年淤\n周明:同意\n\n大家没有别的意见")
    answer(qtbot, workplace, remarks)
    press(qtbot, page, "edit")
    edit = page.dialog
    assert isinstance(edit, MeetingDialog)
    edit.place.setText("村部二楼")
    answer(qtbot, workplace, edit)
    detail = read(village, meeting_id)
    assert [row.name for row in detail.observers] == ["李建国"]
    assert detail.remarks == (("杨丽", "渠道年年淤"), ("周明", "同意"), ("", "大家没有别的意见"))
    assert detail.row.place == "村部二楼"


def test_a_meeting_of_a_case_leads_back_to_it(page: MeetingsPage, qtbot: QtBot, village: VillageFile) -> None:
    meeting_id = called(village, source_room="decisions", source_id="ab" * 16)
    page.open_record(meeting_id)
    assert [key for key, one in page.buttons.items() if one.isVisible()] == ["go_case", "sign_in", "motion"]
    with qtbot.waitSignal(page.asked_for) as asked:
        press(qtbot, page, "go_case")
    assert asked.args == ["decisions", "ab" * 16]


def test_a_meeting_without_a_motion_has_people_and_no_result(page: MeetingsPage, village: VillageFile) -> None:
    meeting_id = called(village, title="七月主题党日", body="party_members")
    page.open_record(meeting_id)
    assert page.chip.words == "待签到"
    with village.writing("meetings.sign_in") as session:
        actions.sign_in(session, meeting_id=meeting_id, serial_numbers="1-12")
    page.refresh_now()
    assert page.chip.words == "到会12人"


def test_a_meeting_that_did_not_take_place_is_kept(
    page: MeetingsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    meeting_id = called(village)
    page.open_record(meeting_id)
    press(qtbot, page, "cancel")
    settle(qtbot, workplace)
    assert page.chip.words == "没有开成"
    assert not page.buttons["sign_in"].isVisible()
    assert read(village, meeting_id).verdict.state is not VerdictState.STANDS


def test_the_sheets_are_shown_before_they_print(page: MeetingsPage, qtbot: QtBot, village: VillageFile) -> None:
    page.open_record(called(village))
    for what, pages in (("print_sign_in", 2), ("print_minutes", 1)):
        page.dialog = None
        press(qtbot, page, what)
        qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
        assert isinstance(page.dialog, PreviewDialog)
        assert page.dialog.preview.sheets.count == pages
        page.dialog.close()


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_and_everything_has_a_name(
    page: MeetingsPage, qapp: QApplication, village: VillageFile, percent: int
) -> None:
    theme.dress(qapp, percent)
    page.open_record(called(village))
    page.go_in()
    for _ in range(3):
        qapp.processEvents()
    assert cut_off(page) + unnamed(page) == []
    assert page.minimumSizeHint().width() <= 1166
    for name, dialog in page.dialogs_to_show():
        dialog.show()
        qapp.processEvents()
        assert cut_off(dialog) + unnamed(dialog) == [], name
        assert dialog.height() <= 740, name
        dialog.close()


def test_proxies_and_taking_part_from_afar_are_asked_where_the_rows_allow_them(
    page: MeetingsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    plain = called(village)
    page.open_record(plain)
    press(qtbot, page, "sign_in")
    dialog = page.dialog
    assert isinstance(dialog, SignDialog)
    dialog.fields.typed.setText("1-25")
    dialog.fields.grid.choose(dialog.fields.table.rows()[0].id)
    assert not dialog.fields.holder.isVisible()
    assert not dialog.fields.afar.isVisible()
    dialog.reject()
    collective = called(village, title="成员大会", body="collective_members")
    page.open_record(collective)
    press(qtbot, page, "sign_in")
    dialog = page.dialog
    assert isinstance(dialog, SignDialog)
    fields = dialog.fields
    fields.typed.setText("1-90")
    first, second, away = (fields.table.rows()[at] for at in (0, 1, 95))
    fields.grid.choose(first.id)
    assert fields.holder.isVisible()
    fields.holder.setText("王小明")
    fields.grid.choose(second.id)
    fields.afar.setChecked(True)
    fields.grid.choose(away.id)
    assert fields.reason.isVisible()
    assert not fields.holder.isVisible()
    fields.reason.setEditText("外出务工")
    assert [row.besides for row in fields.table.rows() if row.besides] == ["王小明代", "在线", "外出务工"]
    answer(qtbot, workplace, dialog)
    roll = read(village, collective).roll
    assert [
        (one.name, one.proxy, one.online, one.absence) for one in roll if one.proxy or one.online or one.absence
    ] == [
        (first.name, "王小明", False, ""),
        (second.name, "", True, ""),
        (away.name, "", False, "外出务工"),
    ]
    # Opened again it shows what was booked, and a proxy that is struck out is gone.
    press(qtbot, page, "sign_in")
    again = page.dialog
    assert isinstance(again, SignDialog)
    again.fields.grid.choose(first.id)
    assert again.fields.holder.text() == "王小明"
    again.fields.holder.clear()
    answer(qtbot, workplace, again)
    assert not any(one.proxy for one in read(village, collective).roll)
