"""The page of points by clicks: a set to begin with, an application, its check, its booking, a reversal."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.files import new_village
from tests.hands import answer, settle, shown
from tests.points.conftest import TODAY, Village
from village_desk.points import actions
from village_desk.points.dialogs import ApplyDialog, CheckDialog, ItemDialog, NewSetDialog, ReverseDialog
from village_desk.points.page import PointsPage
from village_desk.points.page.points import APPLICATIONS, SCHEME, SUMS
from village_desk.widgets import theme
from village_desk.widgets.preview import PreviewDialog
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
    page.ask_application()
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
    assert set(names[4:]) == {"many", "sheet", "check_many", "review", "township", "good", "redeem", "set"}
