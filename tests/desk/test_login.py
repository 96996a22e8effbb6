"""The first dialog: passwords, the recovery code, files that cannot be opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_desk.desk.login import LoginDialog
from village_desk.desk.preferences import Preferences
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, add_operator, operators

PASSWORD = "东河有十二户人家"


@pytest.fixture
def path(village: VillageFile) -> Path:
    """A village file that nobody has open."""
    village.close()
    return village.path


@pytest.fixture
def login(path: Path, dressed: QApplication, qtbot: QtBot) -> LoginDialog:
    """The dialog for it."""
    made = LoginDialog(path, Preferences())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.operator.count() > 0)
    return made


def test_the_operators_are_read_from_the_key_file(login: LoginDialog) -> None:
    assert login.operator.currentText() == "李会计"
    assert login.head.text() == "东河村"


def test_enter_in_the_password_field_opens_the_file(qtbot: QtBot, login: LoginDialog) -> None:
    login.password.setText(PASSWORD)
    with qtbot.waitSignal(login.opened) as opened:
        qtbot.keyClick(login.password, Qt.Key.Key_Return)
    file = opened.args[0]
    assert file.operator.name == "李会计"
    assert login.password.text() == ""
    file.close()
    assert Preferences.load().last_operator == "李会计"
    assert Preferences.load().last_file == str(login.path)


def test_a_wrong_password_is_told_in_place_and_can_be_typed_again(qtbot: QtBot, login: LoginDialog) -> None:
    login.password.setText("东河有十三户人家")
    qtbot.mouseClick(login.open_button, Qt.MouseButton.LeftButton)
    assert not login.open_button.isEnabled()
    qtbot.waitUntil(lambda: bool(login.refusal.text()))
    assert login.refusal.text().startswith("口令不对")
    assert login.open_button.isEnabled()
    assert login.isVisible()


def test_nothing_typed_asks_for_the_password(qtbot: QtBot, login: LoginDialog) -> None:
    qtbot.mouseClick(login.open_button, Qt.MouseButton.LeftButton)
    assert login.refusal.text() == "请输入口令。"


def test_the_recovery_code_opens_too(qtbot: QtBot, village: VillageFile, login: LoginDialog) -> None:
    qtbot.mouseClick(login.forgot, Qt.MouseButton.LeftButton)
    assert login.code.isVisible()
    assert not login.password.isVisible()
    login.code.setText(village.recovery_code.replace("-", " ").lower())
    with qtbot.waitSignal(login.opened) as opened:
        qtbot.keyClick(login.code, Qt.Key.Key_Return)
    assert opened.args[0].operator.name == "李会计"
    opened.args[0].close()


def test_a_file_that_is_no_village_file_gets_a_sentence(
    qtbot: QtBot, dressed: QApplication, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "照片.vdesk"
    other.write_bytes(b"\x89PNG" * 400)
    other.with_suffix(".vkey").write_bytes(path.with_suffix(".vkey").read_bytes())
    login = LoginDialog(other, Preferences())
    qtbot.addWidget(login)
    login.show()
    login.password.setText(PASSWORD)
    login.open_file()
    qtbot.waitUntil(lambda: bool(login.refusal.text()))
    assert login.refusal.text().endswith("。")
    assert other.read_bytes() == b"\x89PNG" * 400


def spoil(path: Path) -> None:
    """Overwrite the middle of a file, as a failing disk does."""
    content = bytearray(path.read_bytes())
    for at in range(4096, len(content)):
        content[at] ^= 0x5A
    path.write_bytes(content)


def with_copy(path: Path, name: str = "王复核") -> bytes:
    """Do a step, keep a copy, do another step that the copy lacks, and spoil the file; what lay there then."""
    file = VillageFile.open(path, operator="李会计", password=PASSWORD)
    with file.writing("store.add_operator") as session:
        add_operator(session, name=name, role=Role.SECOND)
    file.keep_copy()
    with file.writing("store.add_operator") as session:
        add_operator(session, name="赵复核", role=Role.SECOND)
    file.close()
    spoil(path)
    return path.read_bytes()


def ready(qtbot: QtBot, path: Path) -> LoginDialog:
    made = LoginDialog(path, Preferences())
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_damaged_file_gets_its_newest_copy_back_and_opens(qtbot: QtBot, dressed: QApplication, path: Path) -> None:
    broken = with_copy(path)
    login = ready(qtbot, path)
    qtbot.waitUntil(lambda: login.operator.count() > 0)
    assert not login.put_back.isVisible()
    login.password.setText(PASSWORD)
    qtbot.mouseClick(login.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(login.put_back.isVisible)
    qtbot.mouseClick(login.put_back, Qt.MouseButton.LeftButton)
    dialog = login.restoring
    assert dialog is not None
    assert dialog.table.rowCount() == 1
    with qtbot.waitSignal(login.opened) as opened:
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    file = opened.args[0]
    with file.reading() as session:
        assert [one.name for one in operators(session)] == ["李会计", "王复核"]
    assert file.verify() == []
    file.close()
    assert path.with_name("东河村-恢复前.vdesk").read_bytes() == broken


def test_a_wrong_password_offers_no_copy(qtbot: QtBot, login: LoginDialog) -> None:
    login.password.setText("东河有十三户人家")
    login.open_file()
    qtbot.waitUntil(lambda: bool(login.refusal.text()))
    assert not login.put_back.isVisible()


def test_a_file_that_is_open_elsewhere_offers_no_copy(qtbot: QtBot, login: LoginDialog) -> None:
    assert login.path is not None
    elsewhere = VillageFile.open(login.path, operator="李会计", password=PASSWORD)
    login.password.setText(PASSWORD)
    qtbot.mouseClick(login.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(login.refusal.text()))
    assert login.refusal.text().startswith("这份档案已经在另一个窗口里打开了。")
    assert not login.put_back.isVisible()
    elsewhere.close()


def test_a_lost_file_and_its_keys_come_back_from_a_chosen_folder(
    qtbot: QtBot, dressed: QApplication, path: Path, tmp_path: Path
) -> None:
    file = VillageFile.open(path, operator="李会计", password=PASSWORD)
    file.copy_to(tmp_path / "U盘")
    file.close()
    path.unlink()
    path.with_suffix(".vkey").unlink()
    login = ready(qtbot, path)
    qtbot.waitUntil(login.put_back.isVisible)
    login.ask_copy()
    dialog = login.restoring
    assert dialog is not None
    assert dialog.table.rowCount() == 0
    assert not dialog.accept_button.isEnabled()
    dialog.look_in(tmp_path / "U盘")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: login.operator.count() > 0)
    assert login.refusal.text() == "备份已经放回原处，请输入口令打开。"
    login.password.setText(PASSWORD)
    with qtbot.waitSignal(login.opened) as opened:
        qtbot.keyClick(login.password, Qt.Key.Key_Return)
    assert opened.args[0].village_name == "东河村"
    opened.args[0].close()


def test_a_copy_that_is_broken_itself_is_refused_in_the_dialog(qtbot: QtBot, dressed: QApplication, path: Path) -> None:
    broken = with_copy(path)
    [copy] = path.with_suffix(".copies").glob("*.vdesk")
    copy.write_bytes(b"\x00" * 8192)
    login = ready(qtbot, path)
    login.password.setText(PASSWORD)
    login.open_file()
    qtbot.waitUntil(login.put_back.isVisible)
    login.ask_copy()
    dialog = login.restoring
    assert dialog is not None
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.refusal.text()))
    assert dialog.isVisible()
    assert dialog.accept_button.isEnabled()
    assert path.read_bytes() == broken
    dialog.reject()


def test_without_a_file_the_welcome_offers_a_new_village(qtbot: QtBot, dressed: QApplication) -> None:
    login = LoginDialog(None, Preferences())
    qtbot.addWidget(login)
    login.show()
    login.opening.wait()
    assert login.head.text() == "欢迎使用村务通"
    assert not login.form.isVisible()
    with qtbot.waitSignal(login.new_asked):
        qtbot.mouseClick(login.new, Qt.MouseButton.LeftButton)


def test_escape_leaves(qtbot: QtBot, login: LoginDialog) -> None:
    with qtbot.waitSignal(login.left):
        qtbot.keyClick(login, Qt.Key.Key_Escape)
    login.opening.wait()
