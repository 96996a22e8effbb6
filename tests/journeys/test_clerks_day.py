"""A clerk's day through the real window: password, what is due, a sheet on the wall, a score, the stick, going home."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.hands import CTRL, LEFT, answer, buttons, dialog_of, press, press_key, settle
from village_desk.desk.demo.story import PASSWORD
from village_desk.desk.preferences import Preferences
from village_desk.desk.settings_dialogs import SeatDialog
from village_desk.desk.stick_page import StickPage
from village_desk.desk.window import DeskWindow
from village_desk.notices.dialogs import DraftDialog, PostDialog, PublishDialog, ReviewDialog
from village_desk.notices.lookups import all_notices, open_duties
from village_desk.notices.page import NoticesPage
from village_desk.notices.rules.life import Stage
from village_desk.people.page import PeoplePage
from village_desk.points.dialogs import CheckDialog
from village_desk.points.lookups import applications
from village_desk.points.page import PointsPage
from village_desk.store.file import VillageFile
from village_desk.township.page import TownshipPage
from village_desk.widgets.preview import PreviewDialog


def test_a_clerks_day(qtbot: QtBot, window: DeskWindow, sample: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    out, summary = sample
    village = window.file
    named = {role: name for name, role in summary["operators"]["village"].items()}

    # The morning: what is due leads to the board.
    assert window.at == "today"
    qtbot.waitUntil(lambda: bool(buttons(window.page, "去办理")))
    [due] = [one for one in buttons(window.page, "去办理") if "误工补贴" in one.accessibleName()]
    qtbot.mouseClick(due, LEFT)
    notices = window.page
    assert isinstance(notices, NoticesPage)
    notices.duty_grid.enter()
    qtbot.mouseClick(notices.duty_draft, LEFT)
    draft = dialog_of(DraftDialog)
    draft.body_edit.setPlainText("村民代表会议表决通过误工补贴标准，每人每天按本村往年标准执行。")
    answer(qtbot, window, draft)
    title = notices.view.title.text()
    for what, kind in (("review", ReviewDialog), ("publish", PublishDialog)):
        qtbot.mouseClick(notices.view.buttons[what], LEFT)
        dialog = dialog_of(kind)
        answer(qtbot, window, dialog)
    assert "已定稿" in window.notice.words.text()

    # The sheet is looked at as it prints, then it hangs.
    press_key(qtbot, window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    sheet = dialog_of(PreviewDialog)
    assert sheet.preview.sheets.count >= 1
    sheet.preview.save_as(str(tmp_path / "张贴件.pdf"))
    sheet.reject()
    settle(qtbot, window)
    assert (tmp_path / "张贴件.pdf").read_bytes().startswith(b"%PDF")
    qtbot.mouseClick(notices.view.buttons["post"], LEFT)
    answer(qtbot, window, dialog_of(PostDialog))
    assert notices.detail is not None
    assert notices.detail.row.stage is Stage.POSTED

    # What hangs cannot be taken back quietly.
    with qtbot.waitSignal(window.workplace.told):
        press_key(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert notices.detail.row.stage is Stage.POSTED
    window.go("today")
    qtbot.waitUntil(lambda: bool(buttons(window.page, "去看看")))
    assert [one.accessibleName() for one in buttons(window.page, "去办理") if "误工补贴" in one.accessibleName()] == []

    # A second person checks a score, and it is booked.
    [asked_for, *_] = [one for one in buttons(window.page, "去看看") if "积分申请" in one.accessibleName()]
    qtbot.mouseClick(asked_for, LEFT)
    points = window.page
    assert isinstance(points, PointsPage)
    qtbot.mouseClick(window.seat, LEFT)
    seat = dialog_of(SeatDialog)
    seat.name.setCurrentText(named["复核人"])
    answer(qtbot, window, seat)
    assert f"{named['复核人']}（复核人）" in window.who.text()
    with village.reading() as session:
        waiting = len(applications(session, open_only=True))
    press(qtbot, window, "审核")
    check = dialog_of(CheckDialog)
    check.checker.setCurrentIndex(check.checker.findText(named["复核人"], Qt.MatchFlag.MatchStartsWith))
    answer(qtbot, window, check)
    press(qtbot, window, "入账")
    settle(qtbot, window)
    assert window.notice.words.text().startswith("已入账")
    with village.reading() as session:
        assert len(applications(session, open_only=True)) == waiting - 1

    # A villager comes in and is found by name.
    press_key(qtbot, window, Qt.Key.Key_K, CTRL)
    with qtbot.waitSignal(window.search.searched):
        window.search.insert(named["文书"])
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert isinstance(window.page, PeoplePage)

    # The stick goes to the township and comes back.
    stick = tmp_path / "stick"
    stick.mkdir()
    window.go("stick")
    carrying = window.page
    assert isinstance(carrying, StickPage)
    carrying.drive.choose(stick)
    with qtbot.waitSignal(window.workplace.done):
        qtbot.mouseClick(carrying.write_button, LEFT)
    at_the_township(qtbot, out / summary["township_file"], next(iter(summary["operators"]["township"])), stick)
    qtbot.mouseClick(carrying.read_button, LEFT)
    settle(qtbot, window)
    assert carrying.subtitle == "乡镇已全部收到"

    # Going home: everything stands, and the file proves itself.
    path = village.path
    window.close()
    again = VillageFile.open(path, operator=named["文书"], password=PASSWORD)
    assert again.verify() == []
    with again.reading() as session:
        assert [one.words for one in open_duties(session, on=again.today) if "误工补贴" in one.words] == []
        hanging = [one.title for one in all_notices(session, on=again.today) if one.stage is Stage.POSTED]
    assert title in hanging
    again.close()


def at_the_township(qtbot: QtBot, path: Path, clerk: str, stick: Path) -> None:
    """The clerk of the township takes the stick in and writes the receipt, in a window of its own."""
    town = DeskWindow(VillageFile.open(path, operator=clerk, password=PASSWORD), Preferences())
    town.show()
    page = town.page
    assert isinstance(page, TownshipPage)
    page.drive.choose(stick)
    qtbot.mouseClick(page.take_button, LEFT)
    settle(qtbot, town)
    with qtbot.waitSignal(town.workplace.done):
        qtbot.mouseClick(page.reply_button, LEFT)
    assert page.subtitle.endswith("各村都报了")
    town.close()
    town.deleteLater()
