"""The page of points by clicks: a set to begin with, an application, its check, its booking, a reversal."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.files import new_village
from tests.hands import answer, settle, shown
from tests.points.conftest import TODAY, Village
from village_desk.meetings.actions.activities import add_activity, note_attendance
from village_desk.points import actions, lookups
from village_desk.points.dialogs import (
    ApplyDialog,
    CheckDialog,
    ItemDialog,
    LeftDialog,
    NewSetDialog,
    ReverseDialog,
    SetDialog,
)
from village_desk.points.page import PointsPage
from village_desk.points.page.points import APPLICATIONS, SCHEME, SUMS
from village_desk.points.rules.sets import Per, SubjectKind
from village_desk.widgets import theme
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.rows_edit import RowsEdit
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> PointsPage:
    return shown(qtbot, PointsPage(workplace), (1130, 650))


def apply(page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village) -> None:
    page.standing_grid.choose(village.households["张大山"])
    qtbot.mouseClick(page.member.apply_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, ApplyDialog)
    page.dialog.event_words.setText("7月检查")
    page.dialog.evidence.setText("网格员现场查看")
    answer(qtbot, workplace, page.dialog)


def test_an_entry_goes_its_way_by_clicks(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village, told: list[str]
) -> None:
    apply(page, qtbot, workplace, village)
    assert told[-1] == "已申报，请另一位审核人审核。"
    assert page.member.waiting.text() == "另有1笔申报还没有入账，不算在合计里。"
    page.tabs.setCurrentIndex(APPLICATIONS)
    page.application_grid.enter()
    assert not page.application.book_button.isVisible()
    qtbot.mouseClick(page.application.check_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, CheckDialog)
    page.dialog.checker.setCurrentIndex(page.dialog.checker.findData(village.persons["张小山"]))
    answer(qtbot, workplace, page.dialog)
    assert "张小山和张大山家是一户" in page.dialog.refusal.text()
    page.dialog.checker.setCurrentIndex(page.dialog.checker.findData(village.persons["李四"]))
    answer(qtbot, workplace, page.dialog)
    qtbot.mouseClick(page.application.book_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    assert told[-1] == "已入账第1号，+5分。"
    qtbot.mouseClick(page.application.card_button, Qt.MouseButton.LeftButton)
    assert page.tabs.currentIndex() == SUMS
    assert page.member.why.text() == "2026年合计65分：起始分60分，加5分，减0分（共1笔）。"


def test_a_reversal_by_clicks_leaves_both_lines(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village, told: list[str]
) -> None:
    with village.file.writing("tests.furnish") as session:
        made = actions.apply_for_points(
            session,
            set_id=village.set_id,
            item_id=village.items["H1"],
            subject_id=village.households["张大山"],
            points=5,
            event="检查",
            happened_on=dt.date(2026, 7, 12),
            evidence="现场",
        )
        actions.check_application(
            session,
            application_id=made,
            verdict="agreed",
            checker_id=village.persons["李四"],
            checked_on=TODAY,
        )
        actions.book(session, application_id=made)
    page.refresh_now()
    page.standing_grid.choose(village.households["张大山"])
    assert not page.member.reverse_button.isEnabled()
    page.member.grid.enter()
    qtbot.mouseClick(page.member.reverse_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, ReverseDialog)
    answer(qtbot, workplace, page.dialog)
    assert page.dialog.form.field("reason").error
    page.dialog.reason.setText("户记错了")
    answer(qtbot, workplace, page.dialog)
    assert told[-1] == "已另记第2号冲正。"
    assert page.member.table.rowCount() == 2
    assert not page.member.reverse_button.isEnabled()


def test_what_cannot_be_read_is_told_under_its_field(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village
) -> None:
    page.standing_grid.choose(village.households["张大山"])
    page.ask("apply")
    assert isinstance(page.dialog, ApplyDialog)
    page.dialog.points.setText("0.5")
    page.dialog.applicant.setEditText("不在名册的人")
    answer(qtbot, workplace, page.dialog)
    form = page.dialog.form
    assert "只记整数" in form.field("points").error
    assert form.field("event").error
    assert form.field("applicant").error
    page.dialog.reject()


def test_an_item_that_crosses_a_red_line_is_refused_in_its_dialog(
    page: PointsPage, qtbot: QtBot, workplace: Workplace
) -> None:
    page.tabs.setCurrentIndex(SCHEME)
    qtbot.mouseClick(page.scheme.add_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, ItemDialog)
    dialog = page.dialog
    dialog.fill(code="X1", words="越级上访", least="-20")
    answer(qtbot, workplace, dialog)
    assert "积分不能涉及信访和上访" in dialog.refusal.text()
    dialog.fill(words="乱贴小广告", limit="40")
    answer(qtbot, workplace, dialog)
    added = page.items.rows()[-1].item
    assert (added.least, added.most, added.floor, added.cap) == (-20, -20, -40, None)
    page.item_grid.choose(page.items.rows()[-1].id)
    qtbot.mouseClick(page.scheme.drop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    assert "X1" not in [row.item.code for row in page.items.rows()]


def test_the_card_is_shown_before_it_prints(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village
) -> None:
    page.standing_grid.choose(village.households["王强"])
    qtbot.mouseClick(page.member.print_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    assert isinstance(page.dialog, PreviewDialog)
    assert page.dialog.preview.sheets.count == 1
    page.dialog.close()


def test_the_list_is_narrowed_and_an_application_is_opened_from_elsewhere(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village
) -> None:
    apply(page, qtbot, workplace, village)
    page.narrow("李四")
    assert [row.name for row in page.standings.rows()] == ["李四家"]
    page.narrow("")
    page.open_record(page.applications.rows()[0].id)
    assert page.tabs.currentIndex() == APPLICATIONS
    assert page.beside.currentWidget() is page.application
    page.open_record(village.households["王强"])
    assert page.member.name.text() == "一组 · 王强家"


def test_an_empty_village_begins_with_an_example(qtbot: QtBot, tmp_path: Path, other_laptop: Path) -> None:
    file = new_village(tmp_path, today=TODAY, code="320924103206", name="西河村")
    workplace = Workplace(file)
    page = PointsPage(workplace)
    qtbot.addWidget(page)
    page.show()
    assert page.beside.currentWidget() is page.nothing
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, NewSetDialog)
    assert page.dialog.name.text() == "西河村农户积分办法"
    answer(qtbot, workplace, page.dialog)
    assert page.rules is not None
    assert page.rules.name == "西河村农户积分办法"
    assert page.sets.count() == 2
    # Whoever has a scheme of one's own begins with an empty one, also for organisations and in tenths.
    page.ask("new_set")
    empty = page.dialog
    assert isinstance(empty, NewSetDialog)
    empty.example.setCurrentIndex(
        next(at for at in range(empty.example.count()) if empty.example.itemText(at).startswith("组织积分办法（空白）"))
    )
    assert empty.name.text() == "西河村组织积分办法"
    empty.tenths.setChecked(True)
    answer(qtbot, workplace, empty)
    made = next(one for one in workplace.read(lookups.all_rule_sets) if one.name == "西河村组织积分办法")
    assert (made.subject, made.rules.decimals, made.items) == (SubjectKind.ORGANISATION, 1, ())
    workplace.close()
    file.close()


def test_large_type_shows_the_list_or_one_card(page: PointsPage, qapp: QApplication, village: Village) -> None:
    theme.dress(qapp, 150)
    page.open_record(village.households["王强"])
    assert not page.list_card.isVisible()
    page.go_back()
    assert page.list_card.isVisible()
    assert not page.beside.isVisible()
    assert page.minimumSizeHint().width() <= 1050


def test_every_dialog_can_be_shown(page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village) -> None:
    apply(page, qtbot, workplace, village)
    page.tabs.setCurrentIndex(APPLICATIONS)
    page.application_grid.enter()
    names = []
    for name, dialog in page.dialogs_to_show():
        dialog.show()
        names.append(name)
        dialog.close()
    assert names[:4] == ["rule_set", "apply", "item", "check"]
    assert set(names[4:]) == {
        "many",
        "sheet",
        "sheet_rows",
        "check_many",
        "review",
        "township",
        "good",
        "redeem",
        "set",
    }


def test_an_item_applies_to_several_classes_and_applicants_between_two_days(
    page: PointsPage, qtbot: QtBot, workplace: Workplace
) -> None:
    page.tabs.setCurrentIndex(SCHEME)
    page.ask("change_set")
    dialog = page.dialog
    assert isinstance(dialog, SetDialog)
    rows = dialog.editors["classes"]
    assert isinstance(rows, RowsEdit)
    for place, name in enumerate(("骨干", "普通", "流动", "特殊")):
        rows.more.click()
        rows.set_cell(place, 0, name)
    campaigns = dialog.editors["campaigns"]
    assert isinstance(campaigns, RowsEdit)
    campaigns.more.click()
    for column, words in enumerate(("防汛一线", "夏天", "2026-09-30", "2")):
        campaigns.set_cell(0, column, words)
    answer(qtbot, workplace, dialog)
    assert "“夏天”" in dialog.refusal.text()
    campaigns.set_cell(0, 1, "2026.6.1")
    dialog.fill(
        worth="1", opening_days=("w5", "d15"), last=dt.date(2026, 12, 31), source="村民代表会议", carry_cap="50"
    )
    answer(qtbot, workplace, dialog)
    assert page.rules is not None
    rules = page.rules.rules
    assert [one.name for one in rules.classes] == ["骨干", "普通", "流动", "特殊"]
    assert (rules.fen_per_point, rules.opening_days, rules.carry_cap) == (100, ("w5", "d15"), 50)
    assert (rules.valid_to, rules.source) == (dt.date(2026, 12, 31), "村民代表会议")
    assert [(one.name, one.bonus, one.first) for one in rules.campaigns] == [("防汛一线", 2, dt.date(2026, 6, 1))]

    qtbot.mouseClick(page.scheme.add_button, Qt.MouseButton.LeftButton)
    item = page.dialog
    assert isinstance(item, ItemDialog)
    item.fill(code="X2", words="带头清淤", least="3", classes=("骨干", "特殊"), applies=("self", "branch"))
    item.fill(first=dt.date(2026, 7, 1), last=dt.date(2026, 9, 30))
    answer(qtbot, workplace, item)
    added = page.items.rows()[-1].item
    assert (added.classes, added.applies) == (("骨干", "特殊"), ("self", "branch"))
    assert (added.valid_from, added.valid_to) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    page.item_grid.choose(page.items.rows()[-1].id)
    page.ask("change_item")
    again = page.dialog
    assert isinstance(again, ItemDialog)
    assert again.answer() == added
    again.reject()


def test_a_scoring_sheet_is_typed_back_as_it_was_printed(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village
) -> None:
    page.ask("type_back")
    which = page.dialog
    assert isinstance(which, FieldsDialog)
    which.fill(group="三组")
    which.give_answer()
    sheet = page.dialog
    assert isinstance(sheet, FieldsDialog)
    assert sheet is not which
    rows = sheet.editors["rows"]
    assert isinstance(rows, RowsEdit)
    assert rows.rows() == [["1", "张大山家", "", "", ""]]
    rows.set_cell(0, 2, "5")
    rows.set_cell(0, 4, "3")
    sheet.fill(evidence="7月评分表，评议人签字")
    answer(qtbot, workplace, sheet)
    asked = page.applications.rows()
    assert sorted((row.item, row.points) for row in asked) == [("参加义务劳动", 3), ("门前整洁", 5)]


def test_a_workbook_of_older_sums_is_taken_over_and_what_is_left_is_listed(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village, tmp_path: Path
) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("户主", "积分"), ("张大山", 12), ("没有人", 3), ("李四", "多")):
        book.active.append(row)
    book.save(tmp_path / "2025年.xlsx")
    page.ask("choose_workbook")
    assert isinstance(page.dialog, QFileDialog)
    page.dialog.fileSelected.emit(str(tmp_path / "2025年.xlsx"))
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    answer(qtbot, workplace, dialog)
    left = page.dialog
    assert isinstance(left, LeftDialog)
    assert left.windowTitle() == "1笔已办，还有2笔没办成"
    assert len(left.checks.shown) == 2
    left.accept()
    assert {row.name: row.points for row in page.standings.rows()}["张大山家"] == 72


def test_signing_in_at_a_meeting_and_voluntary_hours_become_applications(
    page: PointsPage, qtbot: QtBot, workplace: Workplace, village: Village
) -> None:
    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)
    hourly = dataclasses.replace(found.items[2].item, code="H9", text="志愿服务", per=Per.HOUR, least=1, most=1)
    with village.file.writing("tests.furnish") as session:
        actions.add_item(session, set_id=village.set_id, item=hourly)
        activity = add_activity(session, title="清淤", held_on=dt.date(2026, 7, 5), minutes=120)
        note_attendance(session, activity_id=activity, came=((village.persons["张大山"], 120),), evidence="签到表")
    page.refresh_now()
    page.ask("from_hours")
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    dialog.fill(source="2026-07", points="1")
    answer(qtbot, workplace, dialog)
    assert [(row.item, row.points) for row in page.applications.rows()] == [("志愿服务", 2)]
    page.ask("from_meeting")
    meeting = page.dialog
    assert isinstance(meeting, FieldsDialog)
    meeting.fill(points="1")
    meeting.give_answer()
    assert meeting.form.field("source").error == "请选会议。"
    meeting.reject()
