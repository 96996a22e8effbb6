"""The window: places, keys, telling, undo, type size, search, leaving."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from village_desk.desk.help import HelpDialog
from village_desk.desk.pages import PLACES
from village_desk.desk.settings_dialogs import SeatDialog
from village_desk.desk.window import DeskWindow
from village_desk.kit.errors import NotAllowed
from village_desk.store.copies import list_copies
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, add_operator, operators
from village_desk.widgets import theme

W = TypeVar("W", bound=QWidget)


def inside(widget: QWidget, kind: type[W]) -> list[W]:
    """Every piece of a kind in a widget."""
    return list(widget.findChildren(kind))


CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def press(window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, as it reaches the window."""
    QTest.keyClick(window, key, modifier)


def open_dialog(window: DeskWindow) -> QDialog:
    """The dialog that stands over the window."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def add_checker(qtbot: QtBot, window: DeskWindow, name: str = "王复核") -> None:
    """One step through the door."""
    with qtbot.waitSignal(window.workplace.done):
        window.workplace.write(
            "store.add_operator",
            lambda session: add_operator(session, name=name, role=Role.SECOND),
            said=f"已登记操作人{name}。",
        )


def test_every_place_has_a_page_with_its_title_icon_and_key() -> None:
    for place in PLACES:
        page = place.page_class()
        assert (page.key, page.title, page.icon) == (place.key, place.title, place.icon)


def test_a_click_in_the_sidebar_opens_the_place_and_shows_its_title(qtbot: QtBot, window: DeskWindow) -> None:
    qtbot.mouseClick(window.sidebar.buttons["settings"], Qt.MouseButton.LeftButton)
    assert window.at == "settings"
    assert window.heading.text() == "设置与备份"
    assert window.sidebar.buttons["settings"].isChecked()


def test_places_are_reached_by_number_and_left_by_alt_arrows(window: DeskWindow) -> None:
    press(window, Qt.Key.Key_1, CTRL)
    window.go("settings")
    press(window, Qt.Key.Key_Left, ALT)
    assert window.at == "today"
    press(window, Qt.Key.Key_Right, ALT)
    assert window.at == "settings"


def test_arrows_walk_through_the_sidebar(qtbot: QtBot, window: DeskWindow) -> None:
    window.sidebar.buttons["today"].setFocus()
    qtbot.keyClick(window.sidebar, Qt.Key.Key_Up)
    assert window.sidebar.buttons["settings"].hasFocus()
    qtbot.keyClick(window.sidebar.buttons["settings"], Qt.Key.Key_Return)
    assert window.at == "settings"


def test_f1_shows_the_help_of_the_page(window: DeskWindow) -> None:
    press(window, Qt.Key.Key_F1)
    dialog = open_dialog(window)
    assert isinstance(dialog, HelpDialog)
    assert "今天要办" in dialog.text.toPlainText()
    dialog.reject()


def test_ctrl_s_answers_and_makes_a_copy(qtbot: QtBot, window: DeskWindow, village: VillageFile) -> None:
    assert list_copies(village.path, village.copies_folder) == []
    press(window, Qt.Key.Key_S, CTRL)
    assert window.notice.words.text() == "已保存。村务通每一步都自动保存，您可以随时关闭。"
    qtbot.waitUntil(lambda: window.workplace.pending == 0)
    assert len(list_copies(village.path, village.copies_folder)) == 1
    assert "今天" in window.copied.text()


def test_what_was_done_can_be_taken_back_from_the_bar(qtbot: QtBot, window: DeskWindow) -> None:
    add_checker(qtbot, window)
    assert window.notice.words.text() == "已登记操作人王复核。"
    assert window.notice.undo.isVisible()
    with qtbot.waitSignal(window.workplace.done):
        qtbot.mouseClick(window.notice.undo, Qt.MouseButton.LeftButton)
    assert [one.name for one in window.workplace.read(operators)] == ["李会计"]


def test_ctrl_z_and_ctrl_y_take_a_step_back_and_forth(qtbot: QtBot, window: DeskWindow) -> None:
    add_checker(qtbot, window)
    with qtbot.waitSignal(window.workplace.done) as done:
        press(window, Qt.Key.Key_Z, CTRL)
    assert done.args == ["已撤销刚才的一步，按Ctrl+Y可以恢复。"]
    assert len(window.workplace.read(operators)) == 1
    with qtbot.waitSignal(window.workplace.done):
        press(window, Qt.Key.Key_Y, CTRL)
    assert len(window.workplace.read(operators)) == 2


def test_two_steps_go_back_and_come_again_in_their_order(qtbot: QtBot, window: DeskWindow) -> None:
    def names() -> list[str]:
        return sorted(one.name for one in window.workplace.read(operators))

    add_checker(qtbot, window, "王复核")
    add_checker(qtbot, window, "赵复核")
    seen = []
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Y, Qt.Key.Key_Z):
        with qtbot.waitSignal(window.workplace.done):
            press(window, key, CTRL)
        seen.append(len(names()))
    assert seen == [2, 1, 2, 3, 2]
    assert names() == ["李会计", "王复核"]


def test_a_second_redo_of_one_undo_is_refused_and_takes_nothing_back(qtbot: QtBot, window: DeskWindow) -> None:
    add_checker(qtbot, window)
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        with qtbot.waitSignal(window.workplace.done):
            press(window, key, CTRL)
    with qtbot.waitSignal(window.workplace.told) as told:
        press(window, Qt.Key.Key_Y, CTRL)
    assert told.args == ["没有可以恢复的步骤。", "只有刚刚撤销的一步可以恢复。"]
    assert len(window.workplace.read(operators)) == 2


def test_redo_without_an_undo_says_so(qtbot: QtBot, window: DeskWindow) -> None:
    add_checker(qtbot, window)
    with qtbot.waitSignal(window.workplace.told) as told:
        press(window, Qt.Key.Key_Y, CTRL)
    assert told.args == ["没有可以恢复的步骤。", "只有刚刚撤销的一步可以恢复。"]


def test_a_refusal_stands_in_the_bar_with_its_advice_and_without_undo(qtbot: QtBot, window: DeskWindow) -> None:
    def refuse(_session: object) -> None:
        raise NotAllowed("应到35人，实到20人，不到三分之二。", "还差4人。")

    with qtbot.waitSignal(window.workplace.told):
        window.workplace.write("meetings.close", refuse)
    assert window.notice.isVisible()
    assert window.notice.words.text() == "应到35人，实到20人，不到三分之二。还差4人。"
    assert not window.notice.undo.isVisible()
    qtbot.mouseClick(window.notice.shut, Qt.MouseButton.LeftButton)
    assert not window.notice.isVisible()


def test_the_type_grows_by_keys_and_the_sidebar_gives_way(dressed: QApplication, window: DeskWindow) -> None:
    width = window.sidebar.width()
    for _ in theme.TYPE_PERCENTS:
        press(window, Qt.Key.Key_Equal, CTRL)
    assert theme.current().type_percent == theme.LARGE_TYPE_PERCENT
    assert window.preferences.type_percent == theme.LARGE_TYPE_PERCENT
    assert window.sidebar.width() < width
    assert window.at == "today"
    assert window.sidebar.buttons["settings"].accessibleName() == "设置与备份"
    press(window, Qt.Key.Key_0, CTRL)
    assert theme.current().type_percent == 100


def test_ctrl_k_finds_a_place_and_enter_goes_there(qtbot: QtBot, window: DeskWindow) -> None:
    press(window, Qt.Key.Key_K, CTRL)
    assert window.search.hasFocus()
    with qtbot.waitSignal(window.search.searched):
        window.search.insert("备份")
    assert window.search.list_frame.isVisible()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.at == "settings"
    assert not window.search.list_frame.isVisible()


def test_a_search_without_hits_says_what_to_try(qtbot: QtBot, window: DeskWindow) -> None:
    window.search.setFocus()
    with qtbot.waitSignal(window.search.searched):
        qtbot.keyClicks(window.search, "zzz")
    assert window.search.list.item(0).text() == "没有找到，请换一个字或用拼音首字母试试。"
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.at == "today"


def test_the_status_line_names_village_operator_and_day(window: DeskWindow, village: VillageFile) -> None:
    assert window.who.text().startswith("东河村  ·  操作人：李会计（文书）  ·  ")
    assert f"{village.today.year}年" in window.who.text()


def test_another_operator_sits_down_with_a_short_code(qtbot: QtBot, window: DeskWindow, village: VillageFile) -> None:
    add_checker(qtbot, window)
    qtbot.mouseClick(window.seat, Qt.MouseButton.LeftButton)
    dialog = open_dialog(window)
    assert isinstance(dialog, SeatDialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert village.operator is not None
    assert village.operator.name == "王复核"
    assert "王复核（复核人）" in window.who.text()


def test_leaving_keeps_a_copy_and_lets_the_file_go(qtbot: QtBot, window: DeskWindow, village: VillageFile) -> None:
    window.workplace.write("store.add_operator", lambda session: add_operator(session, name="王复核", role=Role.SECOND))
    window.close()
    assert len(list_copies(village.path, village.copies_folder)) == 1
    again = VillageFile.open(village.path, operator="李会计", password="东河有十二户人家")
    with again.reading() as session:
        assert len(operators(session)) == 2
    again.close()


def test_no_label_of_the_furniture_speaks_english(window: DeskWindow) -> None:
    for label in inside(window, QLabel):
        words = label.text().replace("F1", "").replace("Ctrl+K", "").replace("U", "")
        assert not any("a" <= letter.lower() <= "z" for letter in words.partition("档案文件")[0]), label.text()
