"""Rosters through the real window: taken in, again, taken back, pasted, found (scenarios 7 to 10 and 13)."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from tests.files import new_village
from village_desk.desk.preferences import Preferences
from village_desk.desk.rooms import load_records
from village_desk.desk.sample.roster import SampleSheet, write_sample_roster
from village_desk.desk.window import DeskWindow
from village_desk.people import actions, lookups
from village_desk.people.dialogs import ImportsDialog, MappingDialog, PreviewDialog
from village_desk.people.page import PeoplePage
from village_desk.people.page.people import MEMBERS, REGISTER
from village_desk.people.rules.roster import RowState
from village_desk.people.rules.standings import CountKind
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog

D = TypeVar("D", bound=QDialog)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, other_laptop: Path) -> Iterator[DeskWindow]:
    """The window over an empty village, at the page of people."""
    load_records()
    theme.dress(qapp)
    file = new_village(tmp_path, code="329924103205", password="四个词连起来的口令")
    made = DeskWindow(file, Preferences())
    made.show()
    made.go("people")
    yield made
    made.close()
    made.deleteLater()


def people_page(window: DeskWindow) -> PeoplePage:
    """The page at hand."""
    assert isinstance(window.page, PeoplePage)
    return window.page


def settle(qtbot: QtBot, window: DeskWindow) -> None:
    """Until everything asked for is read and written."""
    qtbot.waitUntil(lambda: window.workplace.pending == 0, timeout=60_000)


def dialog_of(kind: type[D]) -> D:
    """The dialog that stands over the window."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def answer(qtbot: QtBot, window: DeskWindow, dialog: AskDialog) -> None:
    """Press the verb of a dialog."""
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, window)


def read_in(qtbot: QtBot, window: DeskWindow, path: Path) -> PreviewDialog:
    """Choose a file; returns its preview."""
    people_page(window).register.importing.read_file(path)
    settle(qtbot, window)
    return dialog_of(PreviewDialog)


def change_phone(window: DeskWindow, name: str, phone: str) -> None:
    """An edit of one person, as the card makes it."""
    with window.file.reading() as session:
        card = lookups.person_card(session, lookups.find_people(session, name)[0].id)
    with window.file.writing("people.edit_person") as session:
        actions.edit_person(session, person_id=card.id, seen=card.seen, phone=phone)


def test_scenarios_7_to_9_a_roster_of_1200_is_taken_in_again_and_back(
    qtbot: QtBot, window: DeskWindow, tmp_path: Path
) -> None:
    path = tmp_path / "东河村花名册.xlsx"
    sample: SampleSheet = write_sample_roster(path, people=1188, seed=7)

    # 7: the preview lists exactly the twenty rows that were spoilt, each with its cell and reason.
    preview = read_in(qtbot, window, path)
    refused = [row for row in preview.preview.rows if row.state is RowState.REFUSED]
    cells = {cell.address: cell.reason for row in refused for cell in row.cells if cell.state == "refused"}
    assert len(refused) == 20
    assert set(cells) == set(sample.spoilt)
    reasons = list(cells.values())
    assert sum("已丢失" in one for one in reasons) == 3
    assert sum("重复登记" in one or "同一个人" in one for one in reasons) == 12
    assert sum("校验" in one or "第18位" in one or "最后一位" in one for one in reasons) == 5
    assert preview.tabs.currentIndex() == 0
    assert preview.rows.rowCount() == 20
    preview.report_asked.disconnect()
    people_page(window).register.importing.save_report(tmp_path / "不能导入的行.xlsx")
    settle(qtbot, window)
    report = CalamineWorkbook.from_path(tmp_path / "不能导入的行.xlsx").get_sheet_by_index(0).to_python()
    assert [row[2] for row in report[2:]] == [cell for row in refused for cell in cells if cell[1:] == str(row.row)]
    assert {str(row[2]): str(row[5]) for row in report[2:]} == cells
    start = time.perf_counter()
    answer(qtbot, window, preview)
    assert time.perf_counter() - start <= 5
    assert "没有导入20人" in window.notice.words.text()
    count = people_page(window).register.table.rowCount()
    assert count == sample.people - 8 == 1180

    # 8: the same file again brings nothing.
    digest = window.file.digest()
    again = read_in(qtbot, window, path)
    counts = again.preview.counts
    assert (counts[RowState.NEW], counts[RowState.CHANGED]) == (0, 0)
    assert not again.accept_button.isEnabled()
    again.reject()
    settle(qtbot, window)

    # 9: two were worked on since; they stay and are named, the others are gone, and the journal shows both steps.
    with window.file.reading() as session:
        ids = lookups.person_ids(session, lookups.PeopleFilter())
        two = [row.name for row in lookups.person_rows(session, ids[:400:399])]
    window.confirm_today(window.file.today + dt.timedelta(days=1))
    for number, name in enumerate(two):
        change_phone(window, name, f"1390000000{number}")
    assert window.file.digest() != digest
    people_page(window).register.importing.show_imports()
    past = dialog_of(ImportsDialog)
    assert [(row.source, row.new, row.undone) for row in past.table.rows()] == [(path.name, count, False)]
    answer(qtbot, window, past)
    assert all(name in past.said.text() for name in two)
    assert "仍然保留" in past.said.text()
    assert [row.undone for row in past.table.rows()] == [True]
    assert not past.accept_button.isEnabled()
    past.reject()
    table = people_page(window).register.table
    assert sorted(table.row(i).name for i in range(table.rowCount())) == sorted(two)
    deeds = [step.deed for step in window.file.steps()]
    assert deeds[0].startswith("undo:")
    assert "people.import_roster" in deeds
    assert window.file.verify() == []


def test_scenario_10_pasted_rows_take_the_columns_that_were_chosen_before(
    qtbot: QtBot, window: DeskWindow, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    head = ["姓名", "身份证号", "甲", "乙", "所在"]
    rows = [[f"王{chr(0x4E00 + i)}", "", f"1380000{i:04d}", "初中", "三组"] for i in range(30)]
    for row in [head, *rows]:
        book.active.append(row)
    book.save(tmp_path / "镇里的表.xlsx")
    preview = read_in(qtbot, window, tmp_path / "镇里的表.xlsx")
    qtbot.mouseClick(preview.mapping, LEFT)
    mapping = dialog_of(MappingDialog)
    for column, field in ((2, "phone"), (3, "schooling"), (4, "group")):
        mapping.boxes[column].setCurrentIndex(mapping.boxes[column].findData(field))
    answer(qtbot, window, mapping)
    answer(qtbot, window, preview)
    with window.file.reading() as session:
        card = lookups.person_card(session, lookups.find_people(session, rows[0][0])[0].id)
    assert (card.row.phone, card.schooling, card.row.group) == ("13800000000", "初中", "三组")

    # The same rows copied in WPS, without the head: one new phone, the rest blank; a note has two lines.
    copied = [[row[0], "", "", "", "三组"] for row in rows]
    copied[3][2] = "13911112222"
    copied[4][3] = '"高中\n肄业"'
    QGuiApplication.clipboard().setText("\r\n".join("\t".join(row) for row in copied) + "\r\n")
    people_page(window).register.importing.paste()
    settle(qtbot, window)
    pasted = dialog_of(PreviewDialog)
    assert "列的对照沿用上次导入时的选择。" in pasted.side_words.text()
    assert pasted.preview.counts == {
        RowState.NEW: 0,
        RowState.CHANGED: 2,
        RowState.UNCHANGED: 28,
        RowState.REFUSED: 0,
    }
    answer(qtbot, window, pasted)
    with window.file.reading() as session:
        cards = [lookups.person_card(session, lookups.find_people(session, row[0])[0].id) for row in rows[:5]]
    assert [card.row.phone for card in cards] == [
        "13800000000",
        "13800000001",
        "13800000002",
        "13911112222",
        "13800000004",
    ]
    assert cards[0].schooling == "初中"
    assert cards[4].schooling.startswith("高中")


def test_a_list_of_members_and_voters_brings_its_dates_and_goes_in_one_undo(qtbot: QtBot, window: DeskWindow) -> None:
    with window.file.writing("people.set_up_bodies") as session:
        actions.set_up_bodies(session)
    rows = (
        "姓名\t身份证号\t人员类别\t加入党组织日期\t转为正式党员日期\t是否选民\t现居住地\t是否流动",
        "王伟\t130503196704010016\t正式党员\t1998-07-01\t1999-07-01\t是\t县城一号楼\t浙江嘉兴",
        "李秀兰\t\t预备党员\t2025年9月\t\t也许\t\t否",
    )
    QGuiApplication.clipboard().setText("\r\n".join(rows) + "\r\n")
    page = people_page(window)
    page.register.importing.paste()
    settle(qtbot, window)
    pasted = dialog_of(PreviewDialog)
    assert pasted.preview.counts[RowState.NEW] == 2
    # Each cell says for itself what becomes of it.
    pasted.grid.choose(pasted.rows.rows()[1].id)
    said = {one.cell.address: one.cell.reason for one in pasted.cells.rows()}
    assert said["D3"] == "入党日期“2025年9月”没有写到日，请补上日期。"
    assert said["F3"] == "登记参选“也许”看不出是还是否，不采用。"
    answer(qtbot, window, pasted)
    page.show_tab(MEMBERS)
    assert {one.name: (one.joined_on, one.probationary) for one in page.members.table.rows()} == {
        "王伟": (dt.date(1998, 7, 1), False),
        "李秀兰": (None, True),
    }
    page.show_tab(REGISTER)
    page.register.refresh()
    assert page.register.counts.buttons[CountKind.VOTER].text() == "登记参选1"
    window.file.undo(window.file.steps(limit=1)[0].id)
    page.show_tab(MEMBERS)
    page.members.refresh()
    assert not page.members.table.rowCount()


def test_scenario_13_the_right_person_stands_first(qtbot: QtBot, window: DeskWindow) -> None:
    with window.file.writing("people.import_roster") as session:
        lines = ["村民小组\t户号\t姓名\t与户主关系\t身份证号\t联系电话"]
        lines.append("三组\t0127\t王伟\t户主\t11010519491231002X\t13800001234")
        lines.append("三组\t0127\t李秀兰\t妻\t\t13800005678")
        lines.append("一组\t0009\t王为民\t户主\t440524188001010014\t")
        lines.append("一组\t0010\t吴文\t户主\t\t")
        lines.append("二组\t1270\t单红\t户主\t\t")
        roster = actions.read_pasted("\n".join(lines), today=window.file.today)
        actions.import_roster(session, roster=roster)
    page = people_page(window)
    page.refresh_now()
    register = page.register
    for typed, first in (
        ("ww", "王伟"),
        ("王伟", "王伟"),
        ("002X", "王伟"),
        ("0127", "王伟"),
        ("127号", "王伟"),
        ("1234", "王伟"),
        ("王w", "王伟"),
        ("秀", "李秀兰"),
        ("sh", "单红"),
        ("shanhong", "单红"),
    ):
        register.filter.clear()
        qtbot.keyClick(register.filter, Qt.Key.Key_Return)
        with qtbot.waitSignal(register.filter.searched):
            register.filter.insert(typed)
        assert register.table.row(0).name == first, typed
        assert register.panel.card is not None
        assert register.panel.card.row.name == first
        window.search.clear()
        hits = window.look_for(typed)
        people = [hit for hit in hits if hit.place == "people" and hit.record_id]
        assert people[0].words.startswith(first), typed


def test_one_key_hides_the_numbers_of_the_whole_window(qtbot: QtBot, window: DeskWindow) -> None:
    with window.file.writing("people.import_roster") as session:
        text = "姓名\t身份证号\t联系电话\n王小洪\t130503196704010016\t13800001234\n"
        actions.import_roster(session, roster=actions.read_pasted(text, today=window.file.today))
    page = people_page(window)
    page.refresh_now()
    register = page.register
    identity = next(column for column in register.table.columns if column.key == "identity")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.onlookers.isChecked()
    assert window.onlookers.text() == "有人旁观：号码已遮住"
    assert identity.cell(register.table.row(0)) == "130503********0016"
    register.grid.selectAll()
    register.grid.copy()
    copied = QGuiApplication.clipboard().text()
    assert "130503196704010016" not in copied
    assert "138****1234" in copied
    qtbot.mouseClick(window.onlookers, LEFT)
    assert identity.cell(register.table.row(0)) == "130503196704010016"
    assert window.onlookers.text() == "有人旁观"
