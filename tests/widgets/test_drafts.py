"""What is half typed into a dialog outlives a killed program, belongs to its record, and is no step."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store.drafts import KEPT_DRAFTS, Draft, drop, find
from village_desk.store.file import VillageFile
from village_desk.store.journal.tables import LOCAL, operations_after
from village_desk.store.operators import Role, add_operator
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area
from village_desk.widgets.grid import Grid
from village_desk.widgets.name_lines import NameLinesDialog
from village_desk.widgets.page import Page
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.workplace import Workplace

PASSWORD = "东河有十二户人家"
TODAY = dt.date(2026, 3, 14)
WORDS = "张大爷说：渠边的路灯坏了三盏，"
KILLED = Path(__file__).with_name("killed_typist.py")


class Row:
    """A row of the page."""

    def __init__(self, row_id: str) -> None:
        self.id = row_id


class NoticesPage(Page):
    """A page with two rows, over which dialogs open."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.table = ListTable[Row]((Column("id", "编号", lambda one: one.id),))
        self.grid = Grid(self.table)
        self.column.addWidget(self.grid)
        self.table.show([Row("notice-a"), Row("notice-b")])
        self.grid.choose("notice-a")


class OpinionDialog(AskDialog):
    """Asks in every way a form can ask."""

    def __init__(self, parent: QWidget, *, given: str = "", title: str = "登记意见") -> None:
        super().__init__(title, parent, accept="登记意见", closes=False)
        self.who, self.words, self.day = QLineEdit(given), text_area(3), DateEdit(TODAY, today=TODAY)
        self.kind, self.group = QComboBox(), QComboBox()
        self.kind.addItem("书面", "written")
        self.kind.addItem("口头", "spoken")
        self.group.setEditable(True)
        self.secret, self.urgent = QLineEdit(), QCheckBox("急")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        for key, editor in (
            ("who", self.who),
            ("words", self.words),
            ("day", self.day),
            ("kind", self.kind),
            ("group", self.group),
            ("secret", self.secret),
            ("urgent", self.urgent),
        ):
            self.form.add(key, key, editor)


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> NoticesPage:
    """The page, shown."""
    made = NoticesPage(workplace)
    qtbot.addWidget(made)
    made.show()
    return made


def kept(file: VillageFile) -> dict[str, bytes]:
    """Every draft that is in the file."""
    with file.reading() as session:
        rows = session.execute(select(LOCAL).where(LOCAL.c.name.startswith("draft:"))).all()
    return {row.name: row.value for row in rows}


def fill(qtbot: QtBot, dialog: OpinionDialog) -> None:
    """Type and choose as a clerk does."""
    qtbot.keyClicks(dialog.who, "Zhang Dashan")
    dialog.words.insertPlainText(WORDS)
    dialog.day.setText("2026-3-2")
    dialog.kind.setCurrentIndex(1)
    dialog.group.setEditText("三组")
    dialog.secret.setText("1234")
    dialog.urgent.setChecked(True)


def leave_typed(qtbot: QtBot, page: NoticesPage, file: VillageFile, *, given: str = "") -> None:
    """Type, wait until the draft is in the file, and shut the window from outside."""
    dialog = OpinionDialog(page, given=given)
    dialog.open()
    fill(qtbot, dialog)
    qtbot.waitUntil(lambda: len(kept(file)) == 1)
    dialog.close()


def test_what_was_typed_is_filled_in_again_and_told(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    leave_typed(qtbot, page, file)
    dialog = OpinionDialog(page)
    dialog.open()
    assert dialog.who.text() == "Zhang Dashan"
    assert dialog.words.toPlainText() == WORDS
    assert dialog.day.day() == dt.date(2026, 3, 2)
    assert dialog.kind.currentData() == "spoken"
    assert dialog.group.currentText() == "三组"
    assert dialog.urgent.isChecked()
    assert dialog.draft_line.isVisible()
    assert dialog.draft_line.words.text() == "上次没有填完的内容还在，已替您填回。"
    qtbot.mouseClick(dialog.draft_line.clear, Qt.MouseButton.LeftButton)
    assert (dialog.who.text(), dialog.words.toPlainText(), dialog.day.day()) == ("", "", TODAY)
    assert dialog.kind.currentData() == "written"
    assert not dialog.urgent.isChecked()
    assert not dialog.draft_line.isVisible()
    qtbot.waitUntil(lambda: kept(file) == {})


def test_passwords_and_codes_are_never_kept(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    leave_typed(qtbot, page, file)
    (value,) = kept(file).values()
    assert b"1234" not in value
    assert WORDS.encode() in value
    again = OpinionDialog(page)
    again.open()
    assert again.secret.text() == ""


@pytest.mark.parametrize("leave", ["cancel_button", "escape", "accept"])
def test_a_dialog_that_was_left_on_purpose_leaves_no_draft(
    qtbot: QtBot, page: NoticesPage, file: VillageFile, leave: str
) -> None:
    dialog = OpinionDialog(page)
    dialog.open()
    fill(qtbot, dialog)
    qtbot.waitUntil(lambda: len(kept(file)) == 1)
    if leave == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    elif leave == "accept":
        dialog.accept()
    else:
        qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    # Before the file has let go of it, too.
    again = OpinionDialog(page)
    again.open()
    assert again.who.text() == ""
    assert not again.draft_line.isVisible()
    qtbot.waitUntil(lambda: kept(file) == {})


def test_a_draft_goes_in_the_very_step_that_saves(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    dialog, seen = OpinionDialog(page), []

    def saved(_id: str) -> None:
        seen.append(kept(file))
        dialog.accept()

    dialog.answered.connect(
        lambda: page.workplace.write(
            "store.add_operator", lambda s: add_operator(s, name=dialog.who.text(), role=Role.SECOND), saved
        )
    )
    dialog.open()
    fill(qtbot, dialog)
    steps = len(file.steps())
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seen == [{}])
    assert len(file.steps()) == steps + 1


def test_a_refused_answer_keeps_its_draft(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    def refuse(_session: object) -> None:
        raise NotAllowed("这一天还没有到。", "请核对日期。")

    dialog = OpinionDialog(page)
    dialog.answered.connect(lambda: page.workplace.write("store.add_operator", refuse, refused=dialog.refuse))
    dialog.open()
    fill(qtbot, dialog)
    dialog.give_answer()
    qtbot.waitUntil(lambda: bool(dialog.refusal.text()))
    assert len(kept(file)) == 1


def test_a_draft_of_another_record_is_offered_and_not_filled_in(
    qtbot: QtBot, page: NoticesPage, file: VillageFile
) -> None:
    leave_typed(qtbot, page, file)
    page.grid.choose("notice-b")
    other = OpinionDialog(page)
    other.open()
    assert (other.who.text(), other.words.toPlainText()) == ("", "")
    assert other.draft_line.put_back.isVisible()
    assert not other.draft_line.clear.isVisible()
    other.close()
    page.grid.choose("notice-a")
    own = OpinionDialog(page)
    own.open()
    assert own.words.toPlainText() == WORDS


def test_an_offered_draft_is_taken_over_or_thrown_away(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    leave_typed(qtbot, page, file)
    (first,) = kept(file)
    page.grid.choose("notice-b")
    dialog = OpinionDialog(page)
    dialog.open()
    qtbot.mouseClick(dialog.draft_line.put_back, Qt.MouseButton.LeftButton)
    assert dialog.words.toPlainText() == WORDS
    qtbot.waitUntil(lambda: len(kept(file)) == 1 and first not in kept(file))
    dialog.close()
    page.grid.choose("notice-a")
    back = OpinionDialog(page)
    back.open()
    qtbot.mouseClick(back.draft_line.forget, Qt.MouseButton.LeftButton)
    assert back.words.toPlainText() == ""
    qtbot.waitUntil(lambda: kept(file) == {})


@pytest.mark.parametrize("change", [{"given": "李四"}, {"title": "修改李四的意见"}])
def test_a_dialog_that_opens_with_other_texts_is_another_one(
    qtbot: QtBot, page: NoticesPage, file: VillageFile, change: dict[str, str]
) -> None:
    leave_typed(qtbot, page, file, given="张三")
    other = OpinionDialog(page, **change)
    other.open()
    assert other.who.text() == change.get("given", "")
    assert not other.draft_line.isVisible()


def test_a_new_record_is_about_no_row(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    def new() -> OpinionDialog:
        made = OpinionDialog(page)
        made.about = ""
        made.open()
        return made

    first = new()
    fill(qtbot, first)
    qtbot.waitUntil(lambda: len(kept(file)) == 1)
    first.close()
    page.grid.choose("notice-b")
    assert new().words.toPlainText() == WORDS


def test_lines_that_were_added_come_back(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    def new() -> NameLinesDialog:
        made = NameLinesDialog("登记列席", "登记", [("guest", "列席")], [("guest", "", "")], page)
        made.open()
        return made

    first = new()
    for name in ("王芳", "赵强"):
        first.add("guest", name, "驻村干部")
    qtbot.waitUntil(lambda: len(kept(file)) == 1)
    first.close()
    assert [line[1] for line in new().answer()] == ["王芳", "赵强"]


def test_a_draft_is_no_step_and_nobody_is_told(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    before = (file.digest(), file.position, file.steps())
    told: list[object] = []
    file.on_change(told.append)
    page.workplace.busy.connect(told.append)
    page.workplace.changed.connect(told.append)
    leave_typed(qtbot, page, file)
    assert (file.digest(), file.position, file.steps()) == before
    assert file.verify() == []
    assert told == []
    with file.reading() as session:
        carried = [one for operation in operations_after(session, {}) for one in operation if one]
    assert carried
    assert not [one for one in carried if WORDS.encode() in one or b"Zhang Dashan" in one]
    file.rebuild()
    assert len(kept(file)) == 1


def test_who_only_reads_leaves_nothing_and_is_not_refused(qtbot: QtBot, page: NoticesPage, file: VillageFile) -> None:
    leave_typed(qtbot, page, file)
    clerks = kept(file)
    with file.writing("store.add_operator") as session:
        add_operator(session, name="王书记", role=Role.READER)
    file.take_seat("王书记")
    refusals: list[str] = []
    page.workplace.told.connect(lambda message, _advice: refusals.append(message))
    dialog = OpinionDialog(page)
    dialog.open()
    assert dialog.who.text() == ""
    fill(qtbot, dialog)
    dialog.reject()
    page.workplace.close()
    assert refusals == []
    assert kept(file) == clerks


def test_each_operator_has_drafts_of_his_own(file: VillageFile) -> None:
    file.keep_draft("form", "a", {"who": "张三"})
    with file.writing("store.add_operator") as session:
        add_operator(session, name="赵会计", role=Role.SECOND)
    file.take_seat("赵会计")
    with file.reading() as session:
        assert find(session, "form") == []
    file.keep_draft("form", "a", {})
    file.take_seat("李会计")
    with file.reading() as session:
        assert find(session, "form") == [Draft("a", {"who": "张三"})]


def test_of_many_drafts_the_oldest_go(file: VillageFile) -> None:
    for number in range(KEPT_DRAFTS + 3):
        file.keep_draft("form", str(number), {"who": str(number)})
    file.keep_draft("form", "3", {"who": "更正"})
    with file.reading() as session:
        found = find(session, "form")
    assert [one.about for one in found] == [str(number) for number in range(KEPT_DRAFTS + 2, 2, -1)]
    assert found[-1].fields == {"who": "更正"}


def test_a_draft_that_a_step_leaves_unsaved_is_still_there(file: VillageFile) -> None:
    file.keep_draft("form", "a", {"who": "张三"})

    def fail() -> None:
        with file.writing("store.add_operator") as session:
            drop(session, "form", "a")
            raise NotAllowed("不行。", "")

    with pytest.raises(NotAllowed):
        fail()
    assert len(kept(file)) == 1


def test_a_full_disk_is_told_once(qtbot: QtBot, file: VillageFile) -> None:
    class FullDisk:
        """A file on a disk that takes no more drafts."""

        def __getattr__(self, name: str) -> object:
            return getattr(file, name)

        def keep_draft(self, dialog: str, about: str, fields: object) -> None:
            raise FileTrouble("磁盘满了。", "请腾出空间。")

    workplace = Workplace(FullDisk())  # type: ignore[arg-type]  # everything else is the real file's
    told: list[str] = []
    workplace.told.connect(lambda message, _advice: told.append(message))
    workplace.keep_draft("form", "a", {"who": "张"})
    workplace.keep_draft("form", "b", {"who": "张三"})
    # What was asked for later arrives later, so both refusals have come by then.
    with qtbot.waitSignal(workplace.done):
        workplace.write("test.nothing", lambda _session: None, said="已保存。")
    workplace.close()
    assert told == ["磁盘满了。"]


def test_a_killed_program_has_kept_what_was_typed(qtbot: QtBot, file: VillageFile, tmp_path: Path) -> None:
    before, position = file.digest(), file.position
    file.close()
    typist = subprocess.Popen(
        [sys.executable, str(KILLED), str(file.path), __name__], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert typist.stdout is not None
    said = json.loads(typist.stdout.readline())
    os.kill(typist.pid, signal.SIGKILL)
    typist.stdout.close()
    assert typist.wait() == -signal.SIGKILL
    assert said == {"kept": 1}
    again = VillageFile.open(file.path, operator="李会计", password=PASSWORD)
    workplace = Workplace(again)
    page = NoticesPage(workplace)
    qtbot.addWidget(page)
    page.show()
    dialog = OpinionDialog(page)
    dialog.open()
    assert dialog.words.toPlainText() == WORDS
    assert again.verify() == []
    assert (again.digest(), again.position) == (before, position)
    for path in tmp_path.rglob("东河村.vdesk*"):
        assert WORDS.encode() not in path.read_bytes()
    dialog.reject()
    workplace.close()
    again.close()
