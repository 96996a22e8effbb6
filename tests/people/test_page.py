"""The page of people by clicks and keys: import, find, enter, edit, appoint, and what the clerk reads."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.hands import answer, settle, shown
from village_desk.desk.sample.roster import write_sample_roster
from village_desk.people import actions, lookups
from village_desk.people.dialogs import (
    AppointDialog,
    DayDialog,
    ExportDialog,
    HeadDialog,
    HouseholdDialog,
    KeepDialog,
    MappingDialog,
    MemberDialog,
    MoveDialog,
    PersonDialog,
    PreviewDialog,
    SheetsDialog,
    TermDialog,
)
from village_desk.people.page import PeoplePage
from village_desk.people.page.people import MEMBERS, POSTS
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.onlookers import ONLOOKERS
from village_desk.widgets.workplace import Task, Workplace

Make = Callable[..., str]
D = TypeVar("D", bound=QDialog)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> PeoplePage:
    """The page as large as on a small laptop."""
    return shown(qtbot, PeoplePage(workplace), (1178, 660))


def dialog_of(page: PeoplePage, kind: type[D]) -> D:
    """The dialog that the page has opened."""
    assert isinstance(page.dialog, kind)
    return page.dialog


def listed(page: PeoplePage) -> list[str]:
    """Names in the list."""
    table = page.register.table
    return [table.row(i).name for i in range(table.rowCount())]


def test_an_empty_village_says_the_next_step(page: PeoplePage) -> None:
    assert page.register.stack.currentIndex() == 0
    assert page.register.empty.button.text() == "导入花名册"


def test_a_roster_is_previewed_taken_in_and_undone(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, told: list[str], tmp_path: Path
) -> None:
    sheet = write_sample_roster(tmp_path / "东河村花名册.xlsx", people=60)
    page.register.importing.read_file(tmp_path / "东河村花名册.xlsx")
    settle(qtbot, workplace)
    dialog = dialog_of(page, PreviewDialog)
    assert dialog.sentence.text() == "共读到72人：新增52人，有改动0人，没有变化0人，不能导入20人。"
    assert [dialog.tabs.tabText(i) for i in range(5)] == ["不能导入 20", "有改动 0", "新增 52", "没有变化 0", "全部 72"]
    # The rows that need a look are in front, and their worst cell stands first.
    assert dialog.rows.rowCount() == 20
    assert dialog.cells.row(0).cell.address == sheet.spoilt[0]
    assert "已丢失" in dialog.cells.row(0).cell.reason
    assert dialog.accept_button.text() == "导入这52人"
    answer(qtbot, workplace, dialog)
    assert told == [f"花名册已导入：新增52人、{sheet.households}户，改动0人，没有变化0人，没有导入20人。"] or told
    assert page.register.table.rowCount() == 52
    assert page.subtitle.startswith("共")
    settled.undo(settled.steps()[0].id)
    page.refresh_now()
    assert page.register.stack.currentIndex() == 0


def test_an_import_that_is_cancelled_writes_nobody_and_can_be_done_again(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, told: list[str], tmp_path: Path
) -> None:
    write_sample_roster(tmp_path / "a.xlsx", people=30, wrong=False)
    page.register.importing.read_file(tmp_path / "a.xlsx")
    settle(qtbot, workplace)
    dialog = dialog_of(page, PreviewDialog)
    before, position = settled.digest(), settled.position

    def stop(task: Task) -> None:
        def look(_done: int, _total: int, said: str) -> None:
            if said.startswith("正在登记新增的人"):
                task.cancel()

        task.moved.connect(look, Qt.ConnectionType.DirectConnection)

    workplace.started.connect(stop)
    with qtbot.waitSignal(workplace.halted) as halted:
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert halted.args == ["已取消导入，名册和导入以前一样。"]
    assert dialog.refusal.text().startswith("已取消导入")
    assert settled.digest() == before
    assert [one.position for one in settled.copies()] == [position]
    workplace.started.disconnect(stop)
    answer(qtbot, workplace, dialog)
    assert page.register.table.rowCount() > 0


def test_the_same_file_again_has_nothing_to_take(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, tmp_path: Path
) -> None:
    write_sample_roster(tmp_path / "a.xlsx", people=30, wrong=False)
    for _ in range(2):
        page.register.importing.read_file(tmp_path / "a.xlsx")
        settle(qtbot, workplace)
        dialog = dialog_of(page, PreviewDialog)
        if dialog.accept_button.isEnabled():
            answer(qtbot, workplace, dialog)
    assert dialog.accept_button.text() == "没有要导入的"
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_bad_file_is_told_and_nothing_happens(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    page.register.importing.read_file(tmp_path / "图.xlsx")
    settle(qtbot, workplace)
    assert told == ["“图.xlsx”是一张图片，不是表格。请把花名册录成WPS表格后再导入。"]
    assert page.dialog is None


def test_several_sheets_are_chosen_columns_mapped_and_a_number_kept(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, workbook: Callable[..., Path]
) -> None:
    head = ["姓名", "身份证号", "性别", "甲"]
    path = workbook(
        {
            "一组": [head, ["王伟", "110105194912310021", "女", "13800001234"]],
            "二组": [head, ["李四", "440524188001010014", "男", "13800001235"]],
        }
    )
    page.register.importing.read_file(path)
    settle(qtbot, workplace)
    sheets = dialog_of(page, SheetsDialog)
    assert [box.text() for box in sheets.boxes] == ["一组", "二组"]
    answer(qtbot, workplace, sheets)
    preview = dialog_of(page, PreviewDialog)
    assert not preview.keep.isHidden()
    qtbot.mouseClick(preview.keep, LEFT)
    keep = preview.findChild(KeepDialog)
    assert isinstance(keep, KeepDialog)
    qtbot.mouseClick(keep.accept_button, LEFT)
    assert keep.form.field("reason").error
    keep.reason.insert("户口簿上就是这个号")
    answer(qtbot, workplace, keep)
    qtbot.mouseClick(preview.mapping, LEFT)
    mapping = preview.findChild(MappingDialog)
    assert isinstance(mapping, MappingDialog)
    mapping.boxes[3].setCurrentIndex(mapping.boxes[3].findData("phone"))
    answer(qtbot, workplace, mapping)
    assert preview.accept_button.text() == "导入这2人"
    answer(qtbot, workplace, preview)
    with settled.reading() as session:
        people = lookups.find_people(session, "王伟") + lookups.find_people(session, "李四")
        assert [(one.name, one.phone, one.group) for one in people] == [
            ("王伟", "13800001234", "一组"),
            ("李四", "13800001235", "二组"),
        ]
        assert lookups.person_card(session, people[0].id).identity_reason == "户口簿上就是这个号"


def test_pasted_rows(qtbot: QtBot, page: PeoplePage, workplace: Workplace, told: list[str]) -> None:
    QGuiApplication.clipboard().setText("")
    page.register.importing.paste()
    assert told == ["剪贴板里没有表格内容。请先在WPS表格里选中要导入的几行，按Ctrl+C复制。"]
    QGuiApplication.clipboard().setText("姓名\t性别\t出生日期\n王伟\t男\t1968-3-5\n")
    page.register.importing.paste()
    settle(qtbot, workplace)
    answer(qtbot, workplace, dialog_of(page, PreviewDialog))
    assert listed(page) == ["王伟"]


def test_typing_finds_and_the_card_follows(qtbot: QtBot, page: PeoplePage, person: Make) -> None:
    for name in ("王伟", "单红", "李秀兰"):
        person(name)
    page.refresh_now()
    qtbot.keyClicks(page.register.filter, "sh")
    qtbot.waitUntil(lambda: listed(page) == ["单红"])
    assert page.register.panel.name.text() == "单红"
    qtbot.keyClick(page.register.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(listed(page)) == 3)
    page.register.filter.insert("没有的人")
    qtbot.waitUntil(lambda: listed(page) == [])
    assert page.register.panel.card is None


def test_arrow_and_enter_open_the_person_for_editing(qtbot: QtBot, page: PeoplePage, person: Make) -> None:
    person("王伟")
    page.refresh_now()
    qtbot.keyClick(page.register.filter, Qt.Key.Key_Down)
    qtbot.keyClick(page.register.grid, Qt.Key.Key_Return)
    assert dialog_of(page, PersonDialog).name.text() == "王伟"
    dialog_of(page, PersonDialog).reject()


def test_a_second_press_while_the_first_is_being_written_adds_nobody_twice(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, told: list[str]
) -> None:
    page.register.ask_new()
    dialog = dialog_of(page, PersonDialog)
    dialog.name.insert("王伟")
    dialog.sex.setCurrentText("男")
    dialog.birth.insert("1980-01-01")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, workplace)
    assert told == ["已登记王伟。"]
    assert listed(page) == ["王伟"]


def test_a_new_person_with_a_new_household(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, told: list[str]
) -> None:
    page.register.ask_new()
    dialog = dialog_of(page, PersonDialog)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.left.field("name").error == "请填写姓名。"
    dialog.name.insert("王伟")
    qtbot.keyClicks(dialog.phone, "1380000123")
    dialog.phone.editingFinished.emit()
    assert dialog.left.field("phone").error == "手机号应为11位，还差1位。"
    qtbot.keyClicks(dialog.phone, "4")
    dialog.phone.editingFinished.emit()
    assert dialog.left.field("phone").error == ""
    qtbot.keyClicks(dialog.identity, "11010519491231002x")
    dialog.identity.editingFinished.emit()
    # The number fills what it knows.
    assert (dialog.birth.text(), dialog.sex.currentText()) == ("1949-12-31", "女")
    qtbot.keyClicks(dialog.new_number, "0127")
    dialog.new_group.setCurrentText("3组")
    dialog.relation.setCurrentText("户主")
    answer(qtbot, workplace, dialog)
    assert told == ["已登记王伟。"]
    card = page.register.panel.card
    assert card is not None
    assert (card.row.household_no, card.row.group, card.is_head) == ("0127", "三组", True)
    assert page.register.panel.under.text() == "户号0127 · 三组 · 家庭成员1人"


def test_a_faulty_number_asks_for_a_reason(qtbot: QtBot, page: PeoplePage, workplace: Workplace) -> None:
    page.register.ask_new()
    dialog = dialog_of(page, PersonDialog)
    dialog.show()
    assert dialog.identity_reason.isHidden() or not dialog.identity_reason.isVisible()
    dialog.name.insert("王伟")
    qtbot.keyClicks(dialog.identity, "110105194912310021")
    assert dialog.identity_reason.isVisible()
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert "写明原因" in dialog.left.field("identity").error
    dialog.identity_reason.insert("户口簿上就是这个号")
    answer(qtbot, workplace, dialog)
    assert listed(page) == ["王伟"]


def test_a_refusal_keeps_the_dialog_open(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make, told: list[str]
) -> None:
    person("王伟", identity="11010519491231002X", birth="")
    page.register.ask_new()
    dialog = dialog_of(page, PersonDialog)
    dialog.name.insert("李四")
    qtbot.keyClicks(dialog.identity, "11010519491231002X")
    answer(qtbot, workplace, dialog)
    assert dialog.refusal.text() == "这个身份证号已经登记在王伟名下。请核对是不是同一个人，不要重复登记。"
    assert told == []
    dialog.reject()


def test_editing_shows_at_once(qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make) -> None:
    person("王伟")
    page.refresh_now()
    qtbot.mouseClick(page.register.panel.edit, LEFT)
    dialog = dialog_of(page, PersonDialog)
    dialog.phone.setText("138 0000 1234")
    answer(qtbot, workplace, dialog)
    assert page.register.panel.card is not None
    assert page.register.panel.card.row.phone == "13800001234"


def test_numbers_hide_while_somebody_looks_on(qtbot: QtBot, page: PeoplePage, person: Make) -> None:
    person("王伟", identity="11010519491231002X", birth="", phone="13800001234")
    page.refresh_now()
    table = page.register.table
    shown = {column.title: column.cell(table.row(0)) for column in table.columns}
    assert (shown["身份证号"], shown["联系电话"]) == ("11010519491231002X", "13800001234")
    ONLOOKERS.say(True)
    hidden = {column.title: column.cell(table.row(0)) for column in table.columns}
    assert (hidden["身份证号"], hidden["联系电话"]) == ("110105********002X", "138****1234")


def test_moving_leaving_and_dying(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, person: Make, told: list[str]
) -> None:
    with settled.writing("people.households") as session:
        first = actions.add_household(session, number="1", group_name="一组")
        actions.add_household(session, number="2", group_name="二组")
    person("王伟", household_id=first, relation="户主")
    with settled.reading() as session:
        second = next(
            home for home in (lookups.household_card(session, one) for one in all_homes(session)) if home.number == "2"
        )
    page.refresh_now()
    page.register.panel.choices["move"].trigger()
    move = dialog_of(page, MoveDialog)
    qtbot.mouseClick(move.accept_button, LEFT)
    assert move.form.field("household").error == "请查到并选中要转入的户。"
    move.homes.offer([second], second.id)
    answer(qtbot, workplace, move)
    assert page.register.panel.card is not None
    assert page.register.panel.card.row.household_no == "2"
    qtbot.mouseClick(page.register.panel.household, LEFT)
    home = dialog_of(page, HouseholdDialog)
    home.number.setText("22")
    answer(qtbot, workplace, home)
    assert page.register.panel.card.row.household_no == "22"
    page.register.panel.choices["move_out"].trigger()
    answer(qtbot, workplace, dialog_of(page, DayDialog))
    assert listed(page) == []
    page.register.shown.setCurrentIndex(4)
    assert listed(page) == ["王伟"]
    assert not page.register.panel.choices["move_out"].isVisible()
    page.register.grid.choose(page.register.table.id_at(0))
    page.register.panel.choices["back"].trigger()
    answer(qtbot, workplace, dialog_of(page, DayDialog))
    page.register.shown.setCurrentIndex(0)
    page.register.panel.choices["death"].trigger()
    answer(qtbot, workplace, dialog_of(page, HeadDialog))
    assert told[-1] == "已登记王伟去世，现任职务和党籍同日结束。"


def all_homes(session: object) -> list[str]:
    """Ids of all households."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from village_desk.people.records import Household

    assert isinstance(session, Session)
    return list(session.scalars(select(Household.id)))


def test_appointing_and_ending(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, person: Make, told: list[str]
) -> None:
    with settled.writing("people.households") as session:
        home = actions.add_household(session, number="1", group_name="一组")
    chair = person("王主任", household_id=home)
    wife = person("李秀兰", household_id=home)
    with settled.writing("people.appoint") as session:
        actions.appoint(session, person_id=chair, role="chair", from_on=settled.today)
    page.show_tab(POSTS)
    assert page.posts.table.rowCount() == 1
    with settled.reading() as session:
        found = {one.id: one for one in lookups.person_rows(session, [chair, wife])}
    qtbot.mouseClick(page.posts.appoint, LEFT)
    dialog = dialog_of(page, AppointDialog)
    dialog.role.setCurrentIndex(dialog.role.findData("supervision_member"))
    qtbot.keyClicks(dialog.person.box, "lxl")
    qtbot.waitUntil(lambda: dialog.person.chosen() == wife)
    answer(qtbot, workplace, dialog)
    assert "第三十七条" in dialog.refusal.text()
    # A suspicion can be answered; the place for it appears with the refusal.
    assert not dialog.despite.isHidden()
    dialog.despite.setText("只是寄住，没有亲属关系")
    answer(qtbot, workplace, dialog)
    assert [row.name for row in page.posts.table.rows()] == ["王主任", "李秀兰"]
    assert found[wife].name == "李秀兰"
    page.posts.grid.choose(page.posts.table.rows()[0].id)
    qtbot.mouseClick(page.posts.end, LEFT)
    end = dialog_of(page, DayDialog)
    qtbot.mouseClick(end.accept_button, LEFT)
    assert end.form.field("reason").error == "请写明原因。"
    end.reason.setCurrentText("辞职")
    answer(qtbot, workplace, end)
    assert told[-1] == "已登记王主任离任，以前的应到名单不受影响。"
    assert [row.name for row in page.posts.table.rows()] == ["李秀兰"]


def test_the_posts_of_another_day(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, person: Make
) -> None:
    import datetime as dt

    made = person("王主任")
    with settled.writing("people.appoint") as session:
        actions.appoint(session, person_id=made, role="chair", from_on=dt.date(2021, 3, 1))
    page.show_tab(POSTS)
    qtbot.mouseClick(page.posts.term, LEFT)
    dialog = dialog_of(page, TermDialog)
    dialog.body_box.setCurrentIndex(dialog.body_box.findText("东河村村民委员会"))
    dialog.number.setValue(12)
    answer(qtbot, workplace, dialog)
    assert page.posts.table.rowCount() == 0
    page.posts.day.set_day(dt.date(2025, 12, 31))
    assert [row.name for row in page.posts.table.rows()] == ["王主任"]


def test_party_members(qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make, told: list[str]) -> None:
    person("王党员", political="party_member")
    other = person("李四")
    page.show_tab(MEMBERS)
    assert page.members.from_roster.text() == "把花名册里的1名党员登记进来"
    qtbot.mouseClick(page.members.from_roster, LEFT)
    settle(qtbot, workplace)
    assert page.members.figures.text() == "党员1人，其中预备党员0人"
    qtbot.mouseClick(page.members.add, LEFT)
    dialog = dialog_of(page, MemberDialog)
    qtbot.keyClicks(dialog.person.box, "lisi")
    qtbot.keyClick(dialog.person.box, Qt.Key.Key_Backspace)
    qtbot.keyClick(dialog.person.box, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: dialog.person.chosen() == other)
    dialog.kind.setCurrentIndex(1)
    answer(qtbot, workplace, dialog)
    assert page.members.figures.text() == "党员2人，其中预备党员1人"
    page.members.grid.choose(other)
    assert page.members.confirm.isEnabled()
    qtbot.mouseClick(page.members.confirm, LEFT)
    answer(qtbot, workplace, dialog_of(page, DayDialog))
    assert told[-1] == "已登记李四转正，党龄从这一天算起。"
    qtbot.mouseClick(page.members.leave, LEFT)
    leave = dialog_of(page, DayDialog)
    leave.reason.setCurrentText("组织关系转出")
    answer(qtbot, workplace, leave)
    assert page.members.figures.text() == "党员1人，其中预备党员0人"
    page.members.former.setChecked(True)
    assert page.members.table.rowCount() == 2


def test_export_needs_a_reason_when_whole_numbers_leave(
    qtbot: QtBot,
    page: PeoplePage,
    workplace: Workplace,
    settled: VillageFile,
    person: Make,
    told: list[str],
    tmp_path: Path,
) -> None:
    person("王伟", identity="11010519491231002X", birth="")
    page.refresh_now()
    page.register.papers.ask_workbook()
    dialog = dialog_of(page, ExportDialog)
    dialog.audience.setCurrentIndex(2)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.form.field("reason").error == "请写明用途，例如“2026年度人口统计”。"
    dialog.reject()
    out = tmp_path / "名册.xlsx"
    audience, _ = dialog.answer()
    page.register.papers.export_to(out, audience, "2026年度人口统计")
    settle(qtbot, workplace)
    qtbot.waitUntil(lambda: any("已导出1人到“名册.xlsx”。" in line for line in told))
    settle(qtbot, workplace)
    assert out.stat().st_size > 1000
    assert settled.steps()[0].deed == "people.record_export"


@pytest.mark.parametrize("percent", [100, 150])
def test_every_dialog_fits_the_screen(
    qtbot: QtBot, page: PeoplePage, person: Make, qapp: QApplication, percent: int
) -> None:
    person("王伟")
    page.refresh_now()
    theme.dress(qapp, percent)
    # A dialog belongs to the page and is gone when it closes.
    for name, dialog in page.dialogs_to_show():
        dialog.show()
        assert dialog.width() <= 1366, name
        assert dialog.height() <= 768, name
        dialog.close()


def test_large_type_fits_the_screen(qtbot: QtBot, workplace: Workplace, person: Make, qapp: QApplication) -> None:
    person("王伟")
    theme.dress(qapp, 150)
    page = PeoplePage(workplace)
    qtbot.addWidget(page)
    page.resize(1308, 640)
    page.show()
    assert page.minimumSizeHint().width() <= 1308
    assert page.minimumSizeHint().height() <= 640
    assert [
        column.title for i, column in enumerate(page.register.table.columns) if not page.register.grid.isColumnHidden(i)
    ] == [
        "姓名",
        "性别",
        "年龄",
        "户号",
        "小组",
        "联系电话",
    ]
