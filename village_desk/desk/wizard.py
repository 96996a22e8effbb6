"""The first run: the village, its groups, who sits here, and the recovery code to keep."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_documents_path
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from village_desk.desk.opening import Opening
from village_desk.kit.errors import DeskError
from village_desk.kit.text import half_width, tidy
from village_desk.widgets import theme
from village_desk.widgets.forms import Form, text_area
from village_desk.widgets.layout import button, label, row
from village_desk.widgets.stepper import Step, Stepper, StepState

if TYPE_CHECKING:
    from village_desk.store.file import VillageFile

STEPS = ("本村", "村民小组", "操作人", "核对")
_NUMERALS = "一二三四五六七八九十"
CODE_DIGITS = 12


@dataclass(frozen=True)
class NewVillage:
    """Everything that the wizard asked."""

    name: str
    code: str
    town: str
    groups: tuple[str, ...]
    operator: str
    password: str
    path: Path


def group_name(number: int) -> str:
    """第一组 … 第二十三组."""
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return f"第{words}{_NUMERALS[ones - 1] if ones else ''}组"


class Wizard(QDialog):
    """Emits `made(VillageFile)` once the file is there; the recovery code is then shown by the start."""

    made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.at = 0
        self._busy = False
        self.answer_made: NewVillage | None = None
        self.opening = Opening(self)
        self.opening.opened.connect(self._take)
        self.opening.refused.connect(self._refuse)
        self.opening.warm()
        self.setWindowTitle("新建本村档案")
        self.resize(look.px(720), min(look.px(560), 740))
        column = QVBoxLayout(self)
        edge = look.px(22)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(14))
        self.stepper = Stepper()
        self.stepper.chosen.connect(self._go_back_to)
        column.addWidget(self.stepper)
        self.stack = QStackedWidget()
        for page in (self._village_page(), self._groups_page(), self._operator_page(), self._check_page()):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        self.refusal = label("", "error")
        column.addWidget(self.refusal)
        self.cancel = button("取消", clicked=self.reject)
        self.back = button("上一步", clicked=lambda: self.show_step(self.at - 1))
        self.forward = button("下一步", role="primary", clicked=self.go_on)
        for one in (self.cancel, self.back):
            one.setAutoDefault(False)
        self.forward.setDefault(True)
        column.addLayout(row(self.cancel, None, self.back, self.forward))
        self.show_step(0)

    # --- questions ----------------------------------------------------------------------------------------------

    def _village_page(self) -> QWidget:
        self.village_form = Form()
        self.name, self.town, self.code = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("如 东河村")
        self.town.setPlaceholderText("如 柳林镇")
        self.code.setPlaceholderText("12位数字")
        self.folder = QLineEdit(str(user_documents_path() / "村务通"))
        self.village_form.add("name", "村名", self.name, required=True)
        self.village_form.add("town", "所属乡镇", self.town)
        code_hint = "乡镇统计员那里可以查到，一共12位。它写进上报包，乡镇靠它认出是哪个村。"
        self.village_form.add("code", "统计用区划代码", self.code, required=True, hint=code_hint)
        self.village_form.add(
            "folder", "存放文件夹", self.folder, required=True, hint="请放在本机硬盘上，不要放在U盘里。"
        )
        choose = button("换一个文件夹", role="link", clicked=self._ask_folder)
        choose.setAutoDefault(False)
        return _page("本村的基本情况", self.village_form, row(None, choose))

    def _groups_page(self) -> QWidget:
        self.groups_form = Form()
        self.count = QSpinBox()
        self.count.setRange(0, 60)
        self.count.setSuffix(" 个")
        self.groups: QPlainTextEdit = text_area(8)
        self.count.valueChanged.connect(self._fill_groups)
        self.groups_form.add("count", "共有几个组", self.count)
        hint = "一行一个。名称和村里的叫法不同的，直接在上面改，如“河西组”。"
        self.groups_form.add("groups", "各组名称", self.groups, hint=hint)
        return _page("村民小组", self.groups_form)

    def _operator_page(self) -> QWidget:
        self.operator_form = Form()
        self.operator = QLineEdit()
        self.password, self.again = QLineEdit(), QLineEdit()
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.operator_form.add(
            "operator", "姓名", self.operator, required=True, hint="您是第一位文书，以后可以再登记别人。"
        )
        self.operator_form.add("password", "口令", self.password, required=True, hint="至少8位，可以用一句好记的话。")
        self.operator_form.add("again", "再输一次", self.again, required=True)
        return _page("谁来操作", self.operator_form)

    def _check_page(self) -> QWidget:
        self.summary = label("")
        return _page("请核对", self.summary)

    # --- going on -----------------------------------------------------------------------------------------------

    def show_step(self, number: int) -> None:
        """Show one of the four questions."""
        self.at = number
        self.stack.setCurrentIndex(number)
        states = [
            StepState.DONE if i < number else StepState.CURRENT if i == number else StepState.WAITING for i in range(4)
        ]
        below = {StepState.DONE: "已填好", StepState.CURRENT: "正在填", StepState.WAITING: "还没填"}
        self.stepper.show_steps(
            [Step(name, state, below[state]) for name, state in zip(STEPS, states, strict=True)], number
        )
        self.back.setEnabled(number > 0)
        self.forward.setText("建立档案" if number == len(STEPS) - 1 else "下一步")
        self.refusal.setText("")
        if number == len(STEPS) - 1:
            self.summary.setText(self._summary())
        first = (self.name, self.count, self.operator, self.forward)[number]
        first.setFocus()

    def go_on(self) -> None:
        """下一步, and at the end 建立档案."""
        if self._busy:
            return
        form = (self.village_form, self.groups_form, self.operator_form, None)[self.at]
        if form is not None and not form.tell(self.problems()):
            return
        if self.at < len(STEPS) - 1:
            self.show_step(self.at + 1)
        else:
            self._make()

    def problems(self) -> dict[str, str]:
        """What is wrong with the question at hand, by field."""
        if self.at == 0:
            wrong = self.village_form.missing(name=self.name.text(), folder=self.folder.text())
            digits = half_width(self.code.text()).strip()
            if not (digits.isascii() and digits.isdigit() and len(digits) == CODE_DIGITS):
                wrong["code"] = f"区划代码是{CODE_DIGITS}位数字，现在填了{len(digits)}位。"
            return wrong
        if self.at == 1:
            names = self._group_names()
            twice = next((name for name in names if names.count(name) > 1), "")
            return {"groups": f"“{twice}”写了两次，请改掉一个。"} if twice else {}
        if self.at == 2:
            wrong = self.operator_form.missing(operator=self.operator.text(), password=self.password.text())
            if not wrong and self.password.text() != self.again.text():
                wrong["again"] = "两次输入的口令不一样，请再输一次。"
            return wrong
        return {}

    def answer(self) -> NewVillage:
        """Everything that was filled in."""
        name = tidy(self.name.text())
        return NewVillage(
            name,
            half_width(self.code.text()).strip(),
            tidy(self.town.text()),
            tuple(self._group_names()),
            tidy(self.operator.text()),
            self.password.text(),
            Path(self.folder.text()) / f"{name}.vdesk",
        )

    def _make(self) -> None:
        self._set_busy(True)
        self.answer_made = self.answer()
        self.opening.create(partial(create_file, self.answer_made))

    def _take(self, file: object) -> None:
        self._set_busy(False)
        self.made.emit(file)
        self.accept()

    def _refuse(self, problem: DeskError) -> None:
        self._set_busy(False)
        if "口令" in problem.message:
            self.show_step(2)
        self.refusal.setText(f"{problem.message}{problem.advice}")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.forward.setEnabled(not busy)
        self.back.setEnabled(not busy)
        if busy:
            self.forward.setText("正在建立……")
        elif self.at == len(STEPS) - 1:
            self.forward.setText("建立档案")

    def _go_back_to(self, number: int) -> None:
        self.show_step(min(number, self.at))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "选择存放档案的文件夹", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _fill_groups(self, count: int) -> None:
        kept = self._group_names()[:count]
        self.groups.setPlainText("\n".join(kept + [group_name(number) for number in range(len(kept) + 1, count + 1)]))

    def _group_names(self) -> list[str]:
        return [name for line in self.groups.toPlainText().splitlines() if (name := tidy(line))]

    def _summary(self) -> str:
        answer = self.answer()
        groups = "、".join(answer.groups) if answer.groups else "以后再登记"
        return (
            f"村名：{answer.name}\n所属乡镇：{answer.town or '以后再填'}\n区划代码：{answer.code}\n"
            f"村民小组：{groups}\n操作人：{answer.operator}（文书）\n档案文件：{answer.path}\n\n"
            "点“建立档案”以后会显示一个恢复码，请准备好纸笔或打印机。"
        )


def create_file(answer: NewVillage) -> "VillageFile":
    """Make the village file and write the town and the groups into it; runs on a thread, after the engine is loaded."""
    from village_desk.desk.founding import found_village
    from village_desk.store.file import VillageFile

    file = VillageFile.create(
        answer.path, village=answer.code, name=answer.name, operator=answer.operator, password=answer.password
    )
    with file.writing("desk.found_village") as session:
        found_village(session, town=answer.town, groups=answer.groups)
    return file


def _page(title: str, *content: QWidget | QLayout) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px(10))
    column.addWidget(label(title, "heading"))
    for item in content:
        if isinstance(item, QWidget):
            column.addWidget(item)
        else:
            column.addLayout(item)
    column.addStretch(1)
    return page
