"""The township's page and the village's: real clicks, a stick in between."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.store.things import add_neighbour
from tests.township.conftest import Desk, World
from village_desk.desk.stick_page import StickPage
from village_desk.sync import outgoing
from village_desk.sync.keys import last_digits
from village_desk.sync.outcome import State
from village_desk.sync.stick import files as list_files
from village_desk.township import actions
from village_desk.township.dialogs import RevokeDialog
from village_desk.township.page import TownshipPage
from village_desk.widgets import theme
from village_desk.widgets.compare import CompareDialog
from village_desk.widgets.workplace import Task, Workplace

CODE = "320924103205"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The look of the desk."""
    theme.dress(qapp)
    yield
    theme.dress(qapp)


class Told:
    """What the clerk was told and what was done."""

    def __init__(self, workplace: Workplace) -> None:
        self.refusals: list[str] = []
        self.sentences: list[str] = []
        workplace.told.connect(lambda message, advice: self.refusals.append(message + advice))
        workplace.done.connect(self.sentences.append)


@pytest.fixture
def workplaces() -> Iterator[list[Workplace]]:
    """Closes the workplaces that a test made."""
    made: list[Workplace] = []
    yield made
    for one in made:
        one.close()


def at_work(desk: Desk, made: list[Workplace]) -> tuple[Workplace, Told]:
    workplace = Workplace(desk.file)
    made.append(workplace)
    return workplace, Told(workplace)


def dialog_of(kind: type[CompareDialog] | type[RevokeDialog]) -> CompareDialog | RevokeDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def settle(qtbot: QtBot, workplace: Workplace) -> None:
    qtbot.waitUntil(lambda: workplace.pending == 0)


def press(qtbot: QtBot, workplace: Workplace, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)


def test_a_village_and_its_township_meet_over_a_stick(qtbot: QtBot, world: World, workplaces: list[Workplace]) -> None:
    village = world.village("东河村", CODE, known=False)
    add_neighbour(village.file, "王秀兰")
    drive = world.stick("s")
    at_village, told = at_work(village, workplaces)
    at_town, told_town = at_work(world.town, workplaces)
    stick, town = StickPage(at_village), TownshipPage(at_town)
    for page in (stick, town):
        qtbot.addWidget(page)
        page.resize(1100, 640)
        page.show()
        page.drive.choose(drive)
    assert not stick.write_button.isEnabled()
    assert stick.saved.words == "还没写U盘 3条"

    press(qtbot, at_town, town.card_button)
    press(qtbot, at_village, stick.read_button)
    [check] = stick.checks.shown
    assert check.act == "核对登记"
    stick.ask_to_compare(check.act_key)
    dialog = dialog_of(CompareDialog)
    assert isinstance(dialog, CompareDialog)
    dialog.typed.setText("123")
    dialog.give_answer()
    assert dialog.form.field("digits").error == "请照对方的核对码输入最后6位数字。"
    dialog.typed.setText("000000")
    dialog.give_answer()
    settle(qtbot, at_village)
    assert dialog.isVisible()
    assert "对不上" in dialog.refusal.text()
    dialog.typed.setText(last_digits(town.own_digits.text()))
    dialog.give_answer()
    settle(qtbot, at_village)
    assert stick.write_button.isEnabled()
    assert stick.enrolled.words == "镇里还没有登记本机"

    press(qtbot, at_village, stick.write_button)
    assert told.sentences[-1].startswith("第1号上报包写好了")
    assert stick.bundles.rows()[0].words == "等镇里收取"

    press(qtbot, at_town, town.take_button)
    [check] = town.checks.shown
    town.ask_to_compare(check.act_key)
    dialog = dialog_of(CompareDialog)
    assert isinstance(dialog, CompareDialog)
    dialog.typed.setText(last_digits(stick.own_digits.text()))
    dialog.give_answer()
    settle(qtbot, at_town)
    assert [one.state for one in town.outcomes] == [State.TAKEN]
    [row] = town.villages.rows()
    assert (row.name, row.state) == ("东河村", "已收到")
    assert town.rate.words == "3月已报 1村，共 1村"
    town.village_grid.choose(CODE)
    assert town.village_head.text() == "东河村"
    assert len(town.arrivals.rows()) == 1

    press(qtbot, at_town, town.reply_button)
    assert told_town.sentences[-1].startswith("给东河村的第1号回执写好了")
    press(qtbot, at_village, stick.read_button)
    assert stick.saved.words == "还没写U盘 0条"
    assert stick.on_stick.words == "等镇里收取 0条"
    assert stick.bundles.rows()[0].words == "乡镇已收到"
    assert stick.enrolled.words == "镇里已登记本机"
    assert told.refusals == []
    assert told_town.refusals == []


def test_without_a_stick_both_pages_say_so(
    qtbot: QtBot, world: World, workplaces: list[Workplace], monkeypatch: pytest.MonkeyPatch
) -> None:
    village = world.village("东河村", CODE)
    at_village, told = at_work(village, workplaces)
    stick = StickPage(at_village)
    qtbot.addWidget(stick)
    stick.show()
    if stick.drive.path is None:
        press(qtbot, at_village, stick.write_button)
        assert told.refusals == ["还没有选U盘。请插上U盘，或点“选择文件夹”。"]
    stick.drive.choose(world.folder / "nothing-here")
    press(qtbot, at_village, stick.write_button)
    assert told.refusals[-1].startswith("找不到U盘")


def test_a_change_elsewhere_is_counted_at_once(qtbot: QtBot, world: World, workplaces: list[Workplace]) -> None:
    village = world.village("东河村", CODE)
    outgoing.export(village.file, world.stick("s"))
    at_village, _ = at_work(village, workplaces)
    stick = StickPage(at_village)
    qtbot.addWidget(stick)
    stick.show()
    assert stick.saved.words == "还没写U盘 0条"
    with qtbot.waitSignal(at_village.changed):
        at_village.act(lambda: add_neighbour(village.file, "王秀兰"))
    assert stick.saved.words == "还没写U盘 1条"


def stop_at(workplace: Workplace, words: str) -> None:
    """Cancel as if the clerk had clicked while these words were shown."""

    def follow(task: Task) -> None:
        def look(_done: int, _total: int, said: str) -> None:
            if said.startswith(words):
                task.cancel()

        task.moved.connect(look, Qt.ConnectionType.DirectConnection)

    workplace.started.connect(follow)


def test_a_bundle_that_is_cancelled_is_not_on_the_stick_and_counts_as_not_written(
    qtbot: QtBot, world: World, workplaces: list[Workplace]
) -> None:
    village = world.village("东河村", CODE)
    add_neighbour(village.file, "王秀兰")
    at_village, _ = at_work(village, workplaces)
    drive, view = world.stick("s"), village.view
    stick = StickPage(at_village)
    qtbot.addWidget(stick)
    stick.show()
    stick.drive.choose(drive)
    stop_at(at_village, "正在写U盘，第1个文件，共1个")
    with qtbot.waitSignal(at_village.halted) as halted:
        qtbot.mouseClick(stick.write_button, Qt.MouseButton.LeftButton)
    assert halted.args[0].startswith("已取消，没有写上报包")
    assert list_files(drive) == ()
    assert stick.saved.words == "还没写U盘 1条"
    assert village.view == view


def test_taking_in_that_is_cancelled_keeps_what_was_taken_in_whole(
    qtbot: QtBot, world: World, workplaces: list[Workplace]
) -> None:
    drive = world.stick("s")
    villages = [world.village(name, code) for name, code in (("东河村", CODE), ("西河村", "320924103206"))]
    for one in villages:
        add_neighbour(one.file, "王秀兰")
        outgoing.export(one.file, drive)
    at_town, _ = at_work(world.town, workplaces)
    town = TownshipPage(at_town)
    qtbot.addWidget(town)
    town.show()
    town.drive.choose(drive)
    position = world.town.file.position
    stop_at(at_town, "正在收取，第1个文件，共2个")
    with qtbot.waitSignal(at_town.halted) as halted:
        qtbot.mouseClick(town.take_button, Qt.MouseButton.LeftButton)
    assert halted.args[0].startswith("已停下。")
    assert sum(world.seen(one) == one.view for one in villages) == 1
    assert world.town.file.copies()[0].position == position
    outcomes = actions.take_in(world.town.file, drive)
    assert sorted(one.state for one in outcomes) == sorted([State.TAKEN, State.NOTHING_NEW])
    assert all(world.seen(one) == one.view for one in villages)


def test_a_laptop_is_taken_out_of_use(qtbot: QtBot, world: World, workplaces: list[Workplace]) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    at_town, _ = at_work(world.town, workplaces)
    town = TownshipPage(at_town)
    qtbot.addWidget(town)
    town.show()
    assert not town.revoke_button.isEnabled()
    town.village_grid.choose(CODE)
    qtbot.mouseClick(town.revoke_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(RevokeDialog)
    dialog.give_answer()
    settle(qtbot, at_town)
    assert town.villages.rows()[0].laptops == 0
    assert not town.revoke_button.isEnabled()


def test_the_page_of_a_few_villages_needs_no_scrolling(qtbot: QtBot, world: World, workplaces: list[Workplace]) -> None:
    world.visit(world.village("东河村", CODE), world.stick("s"))
    at_town, _ = at_work(world.town, workplaces)
    town = TownshipPage(at_town)
    qtbot.addWidget(town)
    # What 1366×768 leaves beside the sidebar and below the header.
    town.resize(1178, 684)
    town.show()
    town.village_grid.choose(CODE)
    content = town.village_grid.parentWidget().parentWidget()
    assert content.objectName() == "scrolled"
    assert content.height() <= content.parentWidget().height()
