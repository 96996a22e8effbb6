"""A year's assessments through the real window: a locked form, a checklist with papers, what is late, the notice."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.hands import LEFT, answer, dialog_of, press, settle
from village_desk.assessments import actions, lookups
from village_desk.assessments.actions import MarkLine
from village_desk.assessments.page import AssessmentsPage
from village_desk.assessments.page.assessing import FOLLOWS, FORMS
from village_desk.assessments.page.round_view import SHEET
from village_desk.assessments.rules.forms import Form, Item, Rater, StageKey, Target
from village_desk.desk.preferences import Preferences
from village_desk.desk.sources import day
from village_desk.desk.window import DeskWindow
from village_desk.people.records import Household, Person
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.rows_edit import RowsEdit

TODAY = dt.date(2026, 9, 30)


@pytest.fixture
def desk(dressed: QApplication, tmp_path: Path, other_laptop: Path) -> Iterator[DeskWindow]:
    """The window over a village of one household."""
    file = VillageFile.create(
        tmp_path / "东河村.vdesk",
        village="320924103205",
        name="东河村",
        operator="李会计",
        password="correct-horse",
        today=TODAY,
        cost=LEAST_COST,
    )
    with file.writing("tests.furnish") as session:
        home = Household(number="1", group_name="一组")
        session.add(home)
        session.flush()
        session.add(Person(name="赵一", household_id=home.id, relation="head", group_name="一组"))
    window = DeskWindow(file, Preferences())
    window.resize(1366, 768)
    window.show()
    window.go("assessments")
    yield window
    window.close()
    window.deleteLater()


def page_of(window: DeskWindow) -> AssessmentsPage:
    page = window.page
    assert isinstance(page, AssessmentsPage)
    return page


def do(window: DeskWindow, words: str) -> None:
    """Take a line out of 办理 of the round."""
    (act,) = [one for one in page_of(window).view.do_menu.actions() if one.text().startswith(words)]
    act.trigger()


def begin(qtbot: QtBot, window: DeskWindow, name: str) -> None:
    """Open a round by a form."""
    press(qtbot, window, "开一次考评")
    dialog = dialog_of(FieldsDialog)
    box = dialog.editors["form"]
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemText(at).startswith(name)))  # type: ignore[attr-defined]  # a combo box
    answer(qtbot, window, dialog)


def fill(qtbot: QtBot, window: DeskWindow, cells: str) -> None:
    """Type the sheet: one sign a line."""
    do(window, "录入本村")
    dialog = dialog_of(FieldsDialog)
    rows = dialog.editors["rows"]
    assert isinstance(rows, RowsEdit)
    for at, sign in enumerate(cells):
        rows.set_cell(at, 2, sign)
    answer(qtbot, window, dialog)


def close(qtbot: QtBot, window: DeskWindow) -> FieldsDialog:
    do(window, "登记结果")
    dialog = dialog_of(FieldsDialog)
    dialog.fill(by="村“两委”会议")
    answer(qtbot, window, dialog)
    return dialog


@pytest.mark.covers("4C-03")
def test_five_lines_of_the_service_room_are_made_by_a_button(qtbot: QtBot, desk: DeskWindow) -> None:
    begin(qtbot, desk, "村便民服务室十个一")
    page = page_of(desk)
    fill(qtbot, desk, "√√√√√√√√√×")
    page.view.tabs.setCurrentIndex(SHEET)
    assert page.found is not None
    assert page.found.subjects[0].counted == (9, 9)
    made = []
    for line in page.view.sheet.rows():
        page.view.sheet_grid.choose(line.id)
        if page.view.make_button.isVisible():
            qtbot.mouseClick(page.view.make_button, LEFT)
            qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
            dialog = dialog_of(PreviewDialog)
            made.append(dialog.windowTitle().partition(" ")[0])
            dialog.close()
    assert made == [f"东河村便民服务室{name}" for name in ("服务牌", "公示栏页", "服务册", "服务程序", "登记簿")]


def test_a_yes_without_a_paper_is_refused_and_a_linked_record_is_enough(qtbot: QtBot, desk: DeskWindow) -> None:
    begin(qtbot, desk, "十有标准")
    fill(qtbot, desk, "√×××××××××")
    dialog = close(qtbot, desk)
    assert "第1项“有服务保障”写了有，可是没有材料" in dialog.refusal.text()
    dialog.reject()
    page = page_of(desk)
    mark = page.view.line()
    assert mark is not None
    with desk.workplace.village.writing("assessments.link_record") as session:
        actions.link_record(
            session,
            of_table=lookups.MARK_TABLE,
            of_id=mark.mark_id,
            table="meeting",
            record_id="0" * 32,
            words="会议记录：9月1日村“两委”会议",
        )
    close(qtbot, desk)
    page.refresh_now()
    assert page.found is not None
    assert page.found.subjects[0].result_words == "1/10"


def test_a_locked_form_is_filled_in_the_window_and_then_runs(qtbot: QtBot, desk: DeskWindow) -> None:
    page = page_of(desk)
    page.tabs.setCurrentIndex(FORMS)
    page.form_grid.choose("四比四创（修文）")
    assert page.form_card.checks.shown[0].words == "8项里有8项还没有填文字。"
    press(qtbot, desk, "改内容")
    dialog = dialog_of(FieldsDialog)
    rows = dialog.editors["items"]
    assert isinstance(rows, RowsEdit)
    for at in range(8):
        rows.set_cell(at, 1, f"本地第{at + 1}项")
    answer(qtbot, desk, dialog)
    assert page.form_card.chip.words == "能用"
    page.tabs.setCurrentIndex(0)
    begin(qtbot, desk, "四比四创")
    assert page.found is not None
    assert page.found.form.items[7].text == "本地第8项"


def test_what_is_late_shows_on_the_page_of_today_and_leads_back(qtbot: QtBot, desk: DeskWindow) -> None:
    form = Form(
        "自查",
        Target.VILLAGE,
        (Item("制度是否完善"),),
        (Rater("本村"),),
        stages=((StageKey.SELF, "自查"), (StageKey.GRADE, "结果"), (StageKey.POST, "公示"), (StageKey.RECTIFY, "整改")),
        opens_on="no",
        open_days=10,
    )
    village = desk.workplace.village
    with village.writing("assessments.close_assessment") as session:
        made = actions.open_assessment(session, form_id=actions.add_form(session, form=form), year=2026)
        (subject,) = lookups.one_assessment(session, made).subjects
        actions.fill_sheet(
            session, subject_id=subject.id, rater="本村", on=TODAY, lines=(MarkLine(0, note="没有值班表"),)
        )
        actions.close_assessment(session, round_id=made, on=TODAY, decided_by="村“两委”会议")
    page = page_of(desk)
    page.open_record(made)
    press(qtbot, desk, "生成公示")
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: desk.page.key == "notices")
    desk.file.confirm_today(TODAY + dt.timedelta(days=20))
    with village.reading() as session:
        found = [item for item in day(session).items if item.place == "assessments"]
    assert [item.words for item in found] == ["东河村的整改“制度是否完善”过了期限。"]
    desk.go("assessments")
    page.open_record(found[0].record_id)
    assert page.tabs.currentIndex() == FOLLOWS
    assert page.follow_card.chip.words == "逾期"
    press(qtbot, desk, "登记整改完成")
    dialog = dialog_of(FieldsDialog)
    dialog.fill(words="已排出值班表")
    answer(qtbot, desk, dialog)
    assert page.follow_card.chip.words == "待验收"
