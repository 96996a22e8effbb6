"""Settings: type size, copies, operators."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_desk.desk.settings_dialogs import NewOperatorDialog, PasswordDialog, RestoreDialog
from village_desk.desk.settings_page import SettingsPage
from village_desk.desk.window import DeskWindow
from village_desk.store.copies import list_copies
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, add_operator, operators
from village_desk.widgets import theme


@pytest.fixture
def page(window: DeskWindow) -> SettingsPage:
    """The page, open in the window."""
    window.go("settings")
    assert isinstance(window.page, SettingsPage)
    return window.page


def add_checker(qtbot: QtBot, page: SettingsPage, name: str = "王复核") -> None:
    """One more operator."""
    with qtbot.waitSignal(page.workplace.changed):
        page.workplace.write("store.add_operator", lambda session: add_operator(session, name=name, role=Role.SECOND))


def test_a_copy_is_made_and_counted(qtbot: QtBot, page: SettingsPage, village: VillageFile) -> None:
    assert page.copies_words.text() == "还没有备份。请现在就做一份。"
    assert not page.restore.isEnabled()
    with qtbot.waitSignal(page.workplace.done) as done:
        qtbot.mouseClick(page.copy_now, Qt.MouseButton.LeftButton)
    assert done.args == ["备份好了，已经核对过。"]
    assert page.copies_words.text().startswith("这台电脑上有1份备份")
    with qtbot.waitSignal(page.workplace.done) as again:
        qtbot.mouseClick(page.copy_now, Qt.MouseButton.LeftButton)
    assert again.args == ["上次备份以后没有改动，不用再备份。"]
    assert len(list_copies(village.path, village.copies_folder)) == 1


def test_a_copy_on_a_stick_can_be_opened(qtbot: QtBot, page: SettingsPage, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with qtbot.waitSignal(page.workplace.done):
        page.copy_to(str(stick))
    (copy,) = stick.glob("*.vdesk")
    opened = VillageFile.open(copy, operator="李会计", password="东河有十二户人家")
    assert opened.village_name == "东河村"
    opened.close()


def test_going_back_to_a_copy_undoes_what_came_after_it(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.workplace.done):
        page.make_copy()
    add_checker(qtbot, page)
    add_checker(qtbot, page, "赵复核")
    page.refresh()
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RestoreDialog)
    assert dialog.table.row(0).changes_since == 2
    with qtbot.waitSignal(page.workplace.done) as done:
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert done.args[0].startswith("已回到那时的样子。")
    assert [one.name for one in page.workplace.read(operators)] == ["李会计"]
    assert page.operator_table.rowCount() == 1


def test_a_new_operator_gets_a_password_that_opens_the_file(
    qtbot: QtBot, page: SettingsPage, village: VillageFile
) -> None:
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NewOperatorDialog)
    dialog.name.setText("王复核")
    dialog.role.setCurrentIndex(1)
    dialog.first.setText("西河有十三户人家")
    dialog.again.setText("西河有十三户人家")
    with qtbot.waitSignal(page.workplace.done):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert page.operator_table.rowCount() == 2
    assert village.key_file.operators == ["李会计", "王复核"]


def test_a_weak_password_stays_in_the_dialog(qtbot: QtBot, page: SettingsPage) -> None:
    page.grid.choose(page.operator_table.row(0).id)
    qtbot.mouseClick(page.password, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PasswordDialog)
    dialog.first.setText("123")
    dialog.again.setText("123")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.refusal.text()))
    assert dialog.isVisible()
    assert "口令太短" in dialog.refusal.text()
    dialog.reject()


def test_the_only_clerk_cannot_be_taken_off(qtbot: QtBot, page: SettingsPage) -> None:
    page.grid.choose(page.operator_table.row(0).id)
    with qtbot.waitSignal(page.workplace.told) as told:
        qtbot.mouseClick(page.off, Qt.MouseButton.LeftButton)
    assert "唯一的文书" in told.args[0]
    assert page.operator_table.rowCount() == 1


def test_who_is_taken_off_can_no_longer_open_the_file(qtbot: QtBot, page: SettingsPage, village: VillageFile) -> None:
    add_checker(qtbot, page)
    village.set_password("王复核", "西河有十三户人家")
    page.grid.choose(next(one.id for one in page.workplace.read(operators) if one.name == "王复核"))
    with qtbot.waitSignal(page.workplace.done):
        qtbot.mouseClick(page.off, Qt.MouseButton.LeftButton)
    assert village.key_file.operators == ["李会计"]


def test_the_type_size_changes_at_once(qtbot: QtBot, window: DeskWindow, page: SettingsPage) -> None:
    page.sizes[theme.LARGE_TYPE_PERCENT].click()
    assert theme.current().type_percent == theme.LARGE_TYPE_PERCENT
    assert window.at == "settings"
    assert isinstance(window.page, SettingsPage)
    assert window.page.sizes[theme.LARGE_TYPE_PERCENT].isChecked()
