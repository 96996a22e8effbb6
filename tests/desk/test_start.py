"""From the command to the first window, and the question for the day."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_desk.desk.day_dialog import DayDialog
from village_desk.desk.preferences import Preferences
from village_desk.desk.rooms import load_records
from village_desk.desk.settings_dialogs import RecoveryCodeDialog
from village_desk.desk.start import Desk
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST

PASSWORD = "东河有十二户人家"

LOADED = """
import sys
from village_desk.desk.start import Desk, application
from village_desk.desk.login import LoginDialog
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    """The way in, with the excepthook of the tests put back afterwards."""
    before = sys.excepthook
    made = Desk(dressed, Preferences())
    sys.excepthook = before
    yield made
    if made.login is not None:
        made.login.opening.wait()
        made.login.deleteLater()
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    dressed.processEvents()


def test_the_password_dialog_needs_none_of_the_heavy_modules() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"sqlalchemy", "sqlcipher3", "reportlab", "openpyxl", "pypinyin", "PIL", "cryptography", "argon2", "numpy"}
    assert heavy & set(told) == set()


def test_from_the_password_to_the_window(qtbot: QtBot, desk: Desk, village: VillageFile) -> None:
    village.close()
    desk.begin(village.path)
    assert desk.login is not None
    desk.login.password.setText(PASSWORD)
    qtbot.keyClick(desk.login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    assert desk.window.isVisible()
    assert not desk.login.isVisible()
    assert Preferences.load().last_file == str(village.path)


def test_the_file_opened_last_comes_up_by_itself(desk: Desk, village: VillageFile) -> None:
    village.close()
    desk.preferences.last_file = str(village.path)
    desk.begin(None)
    assert desk.login is not None
    assert desk.login.path == village.path


def test_a_last_file_that_is_gone_leads_to_the_welcome(desk: Desk, tmp_path: Path) -> None:
    desk.preferences.last_file = str(tmp_path / "没有了.vdesk")
    desk.begin(None)
    assert desk.login is not None
    assert desk.login.path is None


def test_a_new_village_shows_its_recovery_code_over_the_window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.begin(None)
    assert desk.login is not None
    qtbot.mouseClick(desk.login.new, Qt.MouseButton.LeftButton)
    wizard = desk.wizard
    assert wizard is not None
    wizard.name.setText("东河村")
    wizard.code.setText("320924103205")
    wizard.folder.setText(str(tmp_path))
    wizard.go_on()
    wizard.go_on()
    wizard.operator.setText("李会计")
    wizard.password.setText(PASSWORD)
    wizard.again.setText(PASSWORD)
    wizard.go_on()
    wizard.go_on()
    qtbot.waitUntil(lambda: desk.window is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecoveryCodeDialog)
    assert desk.window is not None
    assert dialog.code == desk.window.file.recovery_code
    assert Preferences.load().last_operator == "李会计"
    dialog.kept.click()
    dialog.accept_button.click()


def test_a_refusal_that_nobody_showed_stands_in_the_window(qtbot: QtBot, desk: Desk, village: VillageFile) -> None:
    desk.show_window(village)
    assert desk.window is not None
    problem = NotAllowed("文件没有存上。", "请换一个文件夹。")
    desk.hook(NotAllowed, problem, None)
    assert desk.window.notice.words.text() == "文件没有存上。请换一个文件夹。"


def test_a_clock_that_went_back_is_asked_about(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    load_records()
    before = dt.date.today() + dt.timedelta(days=20)
    path = tmp_path / "西河村.vdesk"
    VillageFile.create(
        path, village="320924103206", name="西河村", operator="李会计", password=PASSWORD, today=before, cost=LEAST_COST
    ).close()
    village = VillageFile.open(path, operator="李会计", password=PASSWORD)
    desk.show_window(village)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DayDialog)
    assert dialog.day() == before
    dialog.edit.set_day(dt.date(2026, 3, 12))
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert village.today == dt.date(2026, 3, 12)
    assert desk.window is not None
    assert chinese_date(dt.date(2026, 3, 12)) in desk.window.who.text()
