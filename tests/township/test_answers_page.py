"""The township's page 待答复: a whole branch in one act with real clicks, and the way back to the village."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.township.conftest import World
from tests.township.test_answers import asking, stages, to_the_township
from village_desk.desk.stick_page import StickPage
from village_desk.points.rules.entries import Stage
from village_desk.township import actions
from village_desk.township.page import AnswersPage
from village_desk.widgets import theme
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The look of the desk."""
    theme.dress(qapp)
    yield
    theme.dress(qapp)


def test_the_township_confirms_a_branch_in_one_act(qtbot: QtBot, world: World) -> None:
    east, west = world.village("东河村", "320924103205"), world.village("西河村", "320924103206")
    asked, others = asking(east), asking(west, ["赵一", "孙三"])
    drive = world.stick("s")
    for desk in (east, west):
        to_the_township(world, desk, drive)
    workplace = Workplace(world.town.file)
    said: list[str] = []
    workplace.done.connect(said.append)
    page = AnswersPage(workplace)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    try:
        qtbot.waitUntil(lambda: page.subtitle == "5件待答复")
        page.village.setCurrentIndex(page.village.findData("320924103205"))
        assert not page.choice_buttons["confirmed"].isEnabled()
        qtbot.mouseClick(page.all_button, LEFT)
        assert page.count.text() == "选中3件，共3件"
        qtbot.mouseClick(page.choice_buttons["confirmed"], LEFT)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FieldsDialog)
        dialog.give_answer()
        assert dialog.form.field("document").error == "请填文号。"
        dialog.fill(document="河办发〔2026〕12号")
        dialog.give_answer()
        qtbot.waitUntil(lambda: workplace.pending == 0)
        assert said == ["3件已认定。请到“各村上报”写回执，随U盘带回村里。"]
        qtbot.waitUntil(lambda: page.subtitle == "2件待答复")
        [line] = page.answers.rows()
        assert line.state == "等写回执"
        # Taken back and given anew: nothing is on a stick yet.
        page.answer_grid.choose(line.id)
        qtbot.mouseClick(page.back_button, LEFT)
        qtbot.waitUntil(lambda: workplace.pending == 0)
        qtbot.waitUntil(lambda: page.subtitle == "5件待答复")
        page.filter.setText("赵一")
        qtbot.waitUntil(lambda: page.waiting.rowCount() == 1)
        page.grid.choose(page.waiting.id_at(0))
        dialog = page.ask_to_answer(page.topic_at_hand.choices[1])
        assert isinstance(dialog, FieldsDialog)
        dialog.fill(document="河办发〔2026〕12号", words="签到表上没有")
        dialog.give_answer()
        qtbot.waitUntil(lambda: workplace.pending == 0)
    finally:
        workplace.close()
    actions.write_replies(world.town.file, drive)

    at_village = Workplace(west.file)
    stick = StickPage(at_village)
    qtbot.addWidget(stick)
    stick.show()
    try:
        stick.drive.choose(drive)
        qtbot.mouseClick(stick.read_button, LEFT)
        qtbot.waitUntil(lambda: at_village.pending == 0)
        assert stick.read_words.text() == "U盘上有1个给本村的文件，乡镇的答复有1件。"
        assert stick.checks.shown[-1].words == "乡镇没有认定1笔积分（河办发〔2026〕12号）：签到表上没有。"
    finally:
        at_village.close()
    assert stages(west, others) == [Stage.REFUSED, Stage.TOWNSHIP]
    assert stages(east, asked) == [Stage.TOWNSHIP] * 3
