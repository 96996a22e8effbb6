"""The first run, from the village's name to the recovery code."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_desk.desk.settings_dialogs import RecoveryCodeDialog, recovery_sheet
from village_desk.desk.wizard import Wizard, group_name
from village_desk.people.lookups import bodies
from village_desk.people.rules.bodies import Body
from village_desk.store.file import VillageFile
from village_desk.store.operators import home
from village_desk.widgets.stepper import StepState

PASSWORD = "东河有十二户人家"


@pytest.fixture
def wizard(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Wizard:
    """The wizard, ready for the village's name."""
    made = Wizard()
    qtbot.addWidget(made)
    made.folder.setText(str(tmp_path / "村务通"))
    made.show()
    return made


def go_on(qtbot: QtBot, wizard: Wizard) -> None:
    """下一步."""
    qtbot.mouseClick(wizard.forward, Qt.MouseButton.LeftButton)


def fill(qtbot: QtBot, wizard: Wizard) -> None:
    """Answer everything up to the last page."""
    wizard.name.setText(" 东河村 ")
    wizard.town.setText("柳林镇")
    wizard.code.setText("３２０９２４１０３２０５")
    go_on(qtbot, wizard)
    wizard.count.setValue(3)
    go_on(qtbot, wizard)
    wizard.operator.setText("李会计")
    wizard.password.setText(PASSWORD)
    wizard.again.setText(PASSWORD)
    go_on(qtbot, wizard)


def test_the_whole_way_makes_a_file_with_town_groups_and_clerk(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    fill(qtbot, wizard)
    assert "村名：东河村\n" in wizard.summary.text()
    assert wizard.forward.text() == "建立档案"
    with qtbot.waitSignal(wizard.made) as made:
        go_on(qtbot, wizard)
    file: VillageFile = made.args[0]
    assert file.path == tmp_path / "村务通" / "东河村.vdesk"
    assert file.village == "320924103205"
    assert len(file.recovery_code.replace("-", "")) == 25
    with file.reading() as session:
        assert home(session).town == "柳林镇"
        groups = [one.name for one in bodies(session, on=file.today) if one.kind == Body.VILLAGERS_GROUP]
    assert groups == ["东河村第一组", "东河村第二组", "东河村第三组"]
    file.close()


def test_a_code_of_eleven_digits_is_counted_and_keeps_the_page(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.name.setText("东河村")
    wizard.code.setText("32092410320")
    go_on(qtbot, wizard)
    assert wizard.at == 0
    assert wizard.village_form.field("code").error == "区划代码是12位数字，现在填了11位。"


def test_a_missing_name_is_asked_for_by_its_label(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.code.setText("320924103205")
    go_on(qtbot, wizard)
    assert wizard.village_form.field("name").error == "请填写村名。"
    assert wizard.name.hasFocus()


def test_passwords_that_differ_are_told(qtbot: QtBot, wizard: Wizard) -> None:
    fill(qtbot, wizard)
    wizard.show_step(2)
    wizard.again.setText("东河有十三户人家")
    go_on(qtbot, wizard)
    assert wizard.operator_form.field("again").error == "两次输入的口令不一样，请再输一次。"


def test_a_weak_password_comes_back_to_its_page(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    fill(qtbot, wizard)
    for field in (wizard.password, wizard.again):
        field.setText("12345678")
    go_on(qtbot, wizard)
    qtbot.waitUntil(lambda: bool(wizard.refusal.text()))
    assert wizard.at == 2
    assert "口令" in wizard.refusal.text()
    assert not (tmp_path / "村务通" / "东河村.vdesk").exists()


def test_two_groups_of_one_name_are_refused(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.name.setText("东河村")
    wizard.code.setText("320924103205")
    go_on(qtbot, wizard)
    wizard.groups.setPlainText("河西组\n河东组\n河西组")
    go_on(qtbot, wizard)
    assert wizard.groups_form.field("groups").error == "“河西组”写了两次，请改掉一个。"


def test_names_typed_by_hand_stay_when_the_number_grows(wizard: Wizard) -> None:
    wizard.count.setValue(2)
    wizard.groups.setPlainText("河西组\n第二组")
    wizard.count.setValue(3)
    assert wizard.groups.toPlainText().splitlines() == ["河西组", "第二组", "第三组"]


def test_the_steps_lead_back_but_not_ahead(qtbot: QtBot, wizard: Wizard) -> None:
    fill(qtbot, wizard)
    wizard.stepper.setFocus()
    qtbot.keyClick(wizard.stepper, Qt.Key.Key_Home)
    assert wizard.at == 0
    qtbot.keyClick(wizard.stepper, Qt.Key.Key_End)
    assert wizard.at == 0
    assert wizard.stepper.steps[0].state is StepState.CURRENT


@pytest.mark.parametrize(
    ("number", "name"), [(1, "第一组"), (10, "第十组"), (12, "第十二组"), (20, "第二十组"), (34, "第三十四组")]
)
def test_groups_are_numbered_in_chinese(number: int, name: str) -> None:
    assert group_name(number) == name


def test_the_recovery_code_must_be_kept_before_going_on(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = RecoveryCodeDialog("K7QWX-2MNPR-8SDFG-4HJTZ-9VBCY", "东河村")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.accept_button.isEnabled()
    dialog.kept.click()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)


def test_the_sheet_with_the_code_is_the_same_twice() -> None:
    first = recovery_sheet("东河村", "K7QWX-2MNPR-8SDFG-4HJTZ-9VBCY")
    assert first == recovery_sheet("东河村", "K7QWX-2MNPR-8SDFG-4HJTZ-9VBCY")
    assert first.startswith(b"%PDF")
