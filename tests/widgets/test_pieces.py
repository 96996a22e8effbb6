"""Stepper, checks, forms, dialogs, search field, notice bar, chips, preview: real keys and clicks."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.paper import Para, Sheet
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.fit import cut_off
from village_desk.widgets.forms import Form, align, text_area
from village_desk.widgets.layout import flow, scrolled
from village_desk.widgets.notice_bar import NoticeBar
from village_desk.widgets.preview import PdfPreview
from village_desk.widgets.stepper import Step, Stepper, StepState

LAW = "《村民委员会组织法》第二十八条"
W = TypeVar("W", bound=QWidget)


def inside(widget: QWidget, kind: type[W]) -> list[W]:
    """Every piece of a kind in a widget."""
    return list(widget.findChildren(kind))


STEPS = [
    Step("党支部提议", StepState.DONE, "3月2日已完成"),
    Step("“两委”商议", StepState.DONE, "3月5日已完成"),
    Step("党员大会审议", StepState.CANNOT_STAND, "还差2人"),
    Step("村民代表会议决议", StepState.WAITING),
]


@pytest.fixture
def stepper(qtbot: QtBot) -> Stepper:
    """Four steps, the third of which cannot stand."""
    made = Stepper()
    qtbot.addWidget(made)
    made.resize(900, 120)
    made.show_steps(STEPS)
    made.show()
    return made


def test_the_stepper_begins_at_what_cannot_stand(stepper: Stepper) -> None:
    assert stepper.at == 2
    assert stepper.accessibleDescription() == "第3步 党员大会审议，不能成立。还差2人"


def test_steps_are_chosen_by_arrows_numbers_and_clicks(qtbot: QtBot, stepper: Stepper) -> None:
    for key, at in ((Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2), (Qt.Key.Key_1, 0), (Qt.Key.Key_End, 3)):
        with qtbot.waitSignal(stepper.chosen) as chosen:
            qtbot.keyClick(stepper, key)
        assert chosen.args == [at]
    with qtbot.waitSignal(stepper.chosen) as chosen:
        qtbot.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=stepper.step_rect(1).center())
    assert chosen.args == [1]


def test_the_ends_of_the_steps_are_ends(qtbot: QtBot, stepper: Stepper) -> None:
    stepper.choose(3)
    with qtbot.assertNotEmitted(stepper.chosen):
        qtbot.keyClick(stepper, Qt.Key.Key_Right)
        qtbot.keyClick(stepper, Qt.Key.Key_9)


def test_states_differ_in_more_than_colour(stepper: Stepper) -> None:
    grey = []
    for state in StepState:
        stepper.show_steps([Step("党员大会审议", state, "3月9日")])
        grey.append(stepper.grab().toImage().convertToFormat(stepper.grab().toImage().Format.Format_Grayscale8))
    assert all(a != b for i, a in enumerate(grey) for b in grey[i + 1 :])


def test_checks_say_their_verdict_in_words_and_offer_the_next_act(qtbot: QtBot) -> None:
    checks = Checks()
    qtbot.addWidget(checks)
    checks.show_checks(
        [
            Check("good", "实到29人，超过应到35人的三分之二。"),
            Check(
                "bad",
                "同意14人，没有超过到会29人的一半。",
                "还差1人。",
                LAW,
                "再开一次会",
                "again",
            ),
        ]
    )
    checks.show()
    names = [one.accessibleName() for one in inside(checks, QWidget) if one.accessibleName()]
    assert "满足：实到29人，超过应到35人的三分之二。" in names
    assert "不能成立：同意14人，没有超过到会29人的一半。还差1人。" in names
    assert [label.text() for label in inside(checks, QLabel)][-1] == LAW
    (button,) = inside(checks, QPushButton)
    with qtbot.waitSignal(checks.acted) as acted:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert acted.args == ["again"]


def test_long_verdicts_wrap_instead_of_being_cut(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    checks = Checks()
    QVBoxLayout(outer).addWidget(checks)
    checks.show_checks(
        [Check("bad", "同意票没有超过到会人数的一半，请重新召集村民代表会议再表决一次。" * 2, "还差1人。")]
    )
    outer.resize(260, 400)
    outer.show()
    for label in inside(checks, QLabel):
        if label.text():
            assert label.height() >= label.heightForWidth(label.width())


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """Name, day, phone."""
    made = Form()
    qtbot.addWidget(made)
    made.add("name", "姓名", QLineEdit(), required=True)
    made.add("day", "出生日期", DateEdit(today=dt.date(2026, 3, 12)))
    made.add("phone", "电话", QLineEdit())
    made.show()
    return made


def test_enter_goes_to_the_next_field(qtbot: QtBot, form: Form) -> None:
    name, day, phone = (field.editor for _, field in form.fields())
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert day.hasFocus()
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert phone.hasFocus()


def test_an_error_stands_under_its_field_and_the_cursor_goes_to_the_first(form: Form) -> None:
    assert not form.tell({"phone": "手机号应为11位，还差1位。", "name": "请填写姓名。"})
    assert form.field("phone").error == "手机号应为11位，还差1位。"
    assert form.field("name").editor.hasFocus()
    assert form.field("name").editor.accessibleDescription() == "请填写姓名。"
    assert form.tell({})
    assert form.field("phone").error == ""


def test_a_missing_field_is_asked_for_by_its_label(form: Form) -> None:
    assert form.missing(name="  ", phone="138") == {"name": "请填写姓名。"}


def test_required_is_said_in_words(form: Form) -> None:
    assert [label.text() for label in inside(form, QLabel) if "必填" in label.text()] == ["姓名（必填）"]
    assert form.field("name").editor.accessibleName() == "姓名，必填"


def test_tab_leaves_a_field_of_several_lines(qtbot: QtBot) -> None:
    form, area = Form(), text_area()
    qtbot.addWidget(form)
    form.add("note", "备注", area)
    form.add("more", "其他", QLineEdit())
    form.show()
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert form.focusWidget() is form.field("more").editor
    assert area.toPlainText() == ""


class CountDialog(AskDialog):
    """Asks for a number of people."""

    def __init__(self, *, closes: bool) -> None:
        super().__init__("登记实到人数", accept="登记", closes=closes)
        self.count = QLineEdit()
        self.form.add("count", "实到", self.count, required=True)

    def problems(self) -> dict[str, str]:
        """A number is needed."""
        return {} if self.count.text().isdigit() else {"count": "请填写人数。"}


def test_a_dialog_with_a_problem_stays_and_says_it(qtbot: QtBot) -> None:
    dialog = CountDialog(closes=True)
    dialog.open()
    with qtbot.assertNotEmitted(dialog.answered):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert dialog.form.field("count").error == "请填写人数。"
    qtbot.keyClicks(dialog.count, "29")
    with qtbot.waitSignals([dialog.answered, dialog.accepted]):
        qtbot.keyClick(dialog.count, Qt.Key.Key_Return)


def test_a_dialog_that_waits_for_the_action_shows_its_refusal(qtbot: QtBot) -> None:
    dialog = CountDialog(closes=False)
    dialog.open()
    qtbot.keyClicks(dialog.count, "40")
    with qtbot.waitSignal(dialog.answered):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog.refuse(NotAllowed("实到40人，比应到35人还多。", "请核对人数。"))
    assert dialog.isVisible()
    assert dialog.refusal.text() == "实到40人，比应到35人还多。请核对人数。"
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_search_field_is_quiet_while_chinese_is_composed(qtbot: QtBot) -> None:
    box = FilterBox("输入姓名")
    qtbot.addWidget(box)
    box.show()
    with qtbot.assertNotEmitted(box.searched, wait=150):
        QApplication.sendEvent(box, QInputMethodEvent("chen", []))
    committed = QInputMethodEvent("", [])
    committed.setCommitString("陈")
    with qtbot.waitSignal(box.searched) as searched:
        QApplication.sendEvent(box, committed)
    assert searched.args == ["陈"]


def test_the_search_field_searches_at_once_on_enter_and_is_emptied_by_escape(qtbot: QtBot) -> None:
    box = FilterBox("输入姓名")
    qtbot.addWidget(box)
    qtbot.keyClicks(box, "wjg")
    with qtbot.waitSignal(box.searched) as searched:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert searched.args == ["wjg"]
    with qtbot.waitSignal(box.searched) as emptied:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert emptied.args == [""]
    with qtbot.waitSignal(box.left_downwards):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_a_notice_of_success_can_be_taken_back(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.done("已停用王伟。", undo=True)
    assert bar.isVisible()
    with qtbot.waitSignal(bar.undo_asked):
        qtbot.mouseClick(bar.undo, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_an_empty_place_has_one_sentence_and_one_button(qtbot: QtBot) -> None:
    empty = Empty("还没有议题。", "新建议题")
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_a_chip_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    chip = Chip("进行中", "warn")
    qtbot.addWidget(chip)
    short = chip.sizeHint().width()
    chip.say("还要张贴3天（到1月22日）", "note")
    assert chip.sizeHint().width() > short * 2
    assert chip.accessibleName() == "还要张贴3天（到1月22日）"


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[PdfPreview]:
    """Three pages on the screen."""
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.show_pdf(Sheet("东河村村务公告", [Para("全体村民：" * 20) for _ in range(60)]).pdf(), "公告", "公告.pdf")
    yield made
    made.sheets.shut()


def test_the_preview_counts_and_turns_pages(qtbot: QtBot, preview: PdfPreview) -> None:
    count = preview.sheets.count
    assert count >= 3
    assert preview.page_words.text() == f"第1页　共{count}页"
    qtbot.keyClick(preview.sheets, Qt.Key.Key_PageDown)
    assert preview.page_words.text() == f"第2页　共{count}页"
    qtbot.keyClick(preview.sheets, Qt.Key.Key_End)
    assert preview.page_words.text() == f"第{count}页　共{count}页"


def test_the_preview_shows_ink_and_zooms(qtbot: QtBot, preview: PdfPreview) -> None:
    image = preview.sheets.image(0, 50)
    dark = sum(image.pixelColor(x, y).lightness() < 128 for x in range(image.width()) for y in range(image.height()))
    assert dark > 200
    before = preview.sheets.percent
    preview.sheets.zoom(1)
    assert preview.sheets.percent > before
    qtbot.mouseClick(preview.fit, Qt.MouseButton.LeftButton)
    assert preview.sheets.percent == before


def test_the_very_bytes_are_saved(qtbot: QtBot, preview: PdfPreview, tmp_path: Path) -> None:
    with qtbot.waitSignal(preview.saved):
        preview.save_as(str(tmp_path / "公告.pdf"))
    assert (tmp_path / "公告.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(FileTrouble, match="没有存上"):
        preview.save_as(str(tmp_path / "没有的文件夹" / "公告.pdf"))


def test_a_dialog_grows_for_a_long_hint(qtbot: QtBot) -> None:
    dialog = CountDialog(closes=True)
    dialog.open()
    hint = "应到人数按开会那一天的名册计算，外出没有回来的也算在内，请假的登记原因。" * 3
    dialog.form.field("count").set_hint(hint)
    qtbot.waitUntil(lambda: cut_off(dialog) == [])
    dialog.reject()


def test_buttons_go_on_in_the_next_line_where_the_room_ends(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    column = QVBoxLayout(outer)
    buttons = [QPushButton(words) for words in ("再开一次会", "更正表决", "登记列席", "改会议情况")]
    column.addLayout(flow(*buttons))
    outer.resize(900, 200)
    outer.show()
    assert len({one.y() for one in buttons}) == 1
    outer.resize(260, 200)
    qtbot.waitUntil(lambda: len({one.y() for one in buttons}) == 2)
    assert cut_off(outer) == []
    buttons[0].hide()
    qtbot.waitUntil(lambda: buttons[1].x() < 60)


def test_a_dialog_opens_as_high_as_what_it_scrolls(qtbot: QtBot) -> None:
    dialog = CountDialog(closes=True)
    content = QWidget()
    column = QVBoxLayout(content)
    for number in range(8):
        column.addWidget(QLabel(f"第{number}行"))
    dialog.body.addWidget(scrolled(content))
    dialog.open()
    assert content.height() >= content.sizeHint().height()
    dialog.reject()


def test_forms_below_each_other_have_their_fields_in_one_line(qtbot: QtBot) -> None:
    whole, first, second = QWidget(), Form(), Form()
    column = QVBoxLayout(whole)
    short, long = QLineEdit(), QLineEdit()
    first.add("short", "作废(&Z)", short)
    second.add("long", "同意(&T)", long, required=True)
    column.addWidget(first)
    column.addWidget(second)
    align(first, second)
    qtbot.addWidget(whole)
    whole.show()
    origin = whole.rect().topLeft()
    assert short.mapTo(whole, origin).x() == long.mapTo(whole, origin).x()
