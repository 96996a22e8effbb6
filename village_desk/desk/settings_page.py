"""Settings: type size, copies, operators, about."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QGridLayout, QLayout, QRadioButton, QWidget

from village_desk import __version__
from village_desk.desk.proof_dialog import EXAMPLE, ProofDialog, open_proof
from village_desk.desk.settings_dialogs import (
    CopyRow,
    NewOperatorDialog,
    PasswordDialog,
    RecoveryCodeDialog,
    RestoreDialog,
    ShortCodeDialog,
)
from village_desk.kit.text import chinese_date
from village_desk.store.file import VillageFile
from village_desk.store.operators import OperatorRow, add_operator, operators, retire_operator, set_code
from village_desk.widgets import theme
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, heading, label, muted, row, scrolled
from village_desk.widgets.page import Page
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.workplace import Workplace

_SIZE_WORDS = {100: "标准", 115: "稍大", 130: "大", 150: "特大"}


class SettingsPage(Page):
    """Type size, copies, operators, about."""

    key = "settings"
    title = "设置与备份"
    icon = "settings"
    tables = frozenset({"operator"})

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        assert isinstance(workplace.village, VillageFile)
        self.file = workplace.village
        look = theme.current()
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, look.px(4), 0)
        grid.setSpacing(look.px(12))
        grid.addWidget(self._copies_card(), 0, 0)
        grid.addWidget(self._operators_card(), 1, 0)
        grid.addWidget(self._type_card(), 0, 1)
        grid.addWidget(self._about_card(), 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setRowStretch(1, 1)
        self.column.addWidget(scrolled(content))

    def refresh(self) -> None:
        """Operators and copies as they are now."""
        self.operator_table.show(self.workplace.read(operators))
        self.show_copies()

    # --- copies -------------------------------------------------------------------------------------------------

    def _copies_card(self) -> QWidget:
        self.copies_words = label("")
        self.copy_now = button("马上备份", "save", role="primary", clicked=self.make_copy)
        self.copy_stick = button("备份到U盘", "usb", clicked=self.ask_folder)
        self.restore = button("回到以前的备份", "history", clicked=self.ask_copy)
        return _top(
            heading("备份"),
            self.copies_words,
            muted(
                "有改动时每30分钟自动备份一次，关闭窗口时再备份一次。U盘里的备份连同口令文件一起拷，换电脑也能打开。"
            ),
            row(self.copy_now, self.copy_stick, self.restore, None),
        )

    def show_copies(self) -> None:
        """Say how many copies there are and how old the newest is."""
        copies = self.copies()
        if copies:
            self.copies_words.setText(f"这台电脑上有{len(copies)}份备份，最近一份是{copies[0].made_words}的。")
        else:
            self.copies_words.setText("还没有备份。请现在就做一份。")
        self.restore.setEnabled(bool(copies))

    def copies(self) -> list[CopyRow]:
        """The file's own copies, newest first."""
        now = self.file.position
        found = []
        for copy in self.file.copies():
            made = dt.datetime.fromtimestamp(copy.path.stat().st_mtime)
            words = f"{chinese_date(made.date())} {made:%H:%M}"
            found.append(CopyRow(str(copy.position), copy.position, words, now - copy.position))
        return found

    def make_copy(self) -> None:
        """马上备份."""
        self.workplace.later(
            lambda task: self.file.keep_copy(task.progress),
            lambda made: self.show_copies(),
            title="正在备份",
            halted="已取消备份，原来的备份都还在。",
            said=lambda made: "备份好了，已经核对过。" if made else "上次备份以后没有改动，不用再备份。",
        )

    def ask_folder(self) -> None:
        """备份到U盘."""
        dialog = QFileDialog(self, "选择U盘或文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.copy_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def copy_to(self, folder: str) -> None:
        """Copy into a folder of the clerk's choice."""
        self.workplace.later(
            lambda task: self.file.copy_to(Path(folder), task.progress),
            title="正在备份到U盘",
            halted="已取消备份，U盘上没有留下没写完的文件。",
            said=lambda made: f"已备份到“{folder}”，文件名是{made.path.name}，可以拔U盘了。",
        )

    def ask_copy(self) -> None:
        """回到以前的备份."""
        dialog = RestoreDialog(self.copies(), self)
        dialog.answered.connect(lambda: self.go_back_to(dialog.position()))
        dialog.open()

    def go_back_to(self, position: int) -> None:
        """Undo every step after a copy; what is booked or posted stays and is counted."""

        def said(left: list[str]) -> str:
            if left:
                return f"已回到那时的样子；其中{len(left)}步已经入账、张贴或上报，不能撤销，仍然保留。"
            return "已回到那时的样子。刚才撤销的内容没有丢，按Ctrl+Y可以逐步恢复。"

        self.workplace.carry(
            lambda task: self.file.undo_after(position, task.progress),
            lambda left: self.show_copies(),
            title="正在回到以前的样子",
            said=said,
            halted="已停下。停下以前撤销的几步可以按Ctrl+Y恢复，其余的没有动。",
            copy_first=True,
        )

    # --- operators ----------------------------------------------------------------------------------------------

    def _operators_card(self) -> QWidget:
        columns = [
            Column[OperatorRow]("name", "姓名", lambda one: one.name, 8, wide=True),
            Column[OperatorRow]("role", "身份", lambda one: one.role_name, 6),
            Column[OperatorRow]("code", "换人短码", lambda one: "已设" if one.has_code else "未设", 6, side=True),
        ]
        self.operator_table = ListTable(columns)
        self.grid = Grid(self.operator_table, empty_words="还没有操作人。")
        self.grid.setMinimumHeight(theme.current().px(150))
        self.grid.setAccessibleName("操作人名单")
        self.grid.picked.connect(self._picked)
        self.add = button("新增操作人", "plus", clicked=self.ask_operator)
        self.password = button("改口令", clicked=self.ask_password)
        self.short_code = button("设短码", clicked=self.ask_code)
        self.off = button("停用", role="danger", clicked=self.take_off)
        self.code = button("换新恢复码", clicked=self.new_code)
        self._picked("")
        return card(
            heading("操作人"),
            muted("每件事都记着是谁办的。积分和公开要两个人经手，请给复核人和监委会成员各自登记。"),
            self.grid,
            row(self.add, self.password, self.short_code, self.off, None, self.code, spacing=8),
        )

    def _picked(self, operator_id: str) -> None:
        self.password.setEnabled(bool(operator_id))
        self.short_code.setEnabled(bool(operator_id))
        self.off.setEnabled(bool(operator_id))

    def current(self) -> OperatorRow:
        """The chosen operator."""
        return self.operator_table.row(self.operator_table.position(self.grid.current_id()))

    def ask_operator(self) -> None:
        """新增操作人."""
        dialog = NewOperatorDialog(self)
        dialog.answered.connect(partial(self._add_operator, dialog))
        dialog.open()

    def _add_operator(self, dialog: NewOperatorDialog) -> None:
        answer = dialog.answer()

        def set_password(_id: str) -> None:
            self.workplace.act(
                partial(self.file.set_password, answer.name, answer.password),
                lambda _nothing: dialog.accept(),
                said=f"已登记操作人{answer.name}，可以用自己的口令打开档案了。",
                refused=dialog.refuse,
            )

        self.workplace.write(
            "store.add_operator",
            lambda session: add_operator(session, name=answer.name, role=answer.role),
            set_password,
            refused=dialog.refuse,
        )

    def ask_password(self) -> None:
        """改口令."""
        dialog = PasswordDialog(self.current().name, self)
        dialog.answered.connect(partial(self._set_password, dialog, self.current().name))
        dialog.open()

    def _set_password(self, dialog: PasswordDialog, name: str) -> None:
        self.workplace.act(
            partial(self.file.set_password, name, dialog.password()),
            lambda _nothing: dialog.accept(),
            said=f"{name}的口令已经改好，下次用新口令打开。",
            refused=dialog.refuse,
        )

    def take_off(self) -> None:
        """停用."""
        chosen = self.current()
        self.workplace.write(
            "store.retire_operator",
            lambda session: retire_operator(session, operator_id=chosen.id),
            lambda _nothing: self._forget_password(chosen.name),
            said=f"已停用{chosen.name}。以前由{chosen.name}办的事仍然记在名下。",
        )

    def _forget_password(self, name: str) -> None:
        self.file.key_file.remove(name)
        self.file.key_file.save(self.file.path.with_suffix(".vkey"))

    def ask_code(self) -> None:
        """设短码."""
        chosen = self.current()
        dialog = ShortCodeDialog(chosen.name, self)
        dialog.answered.connect(partial(self._set_code, dialog, chosen))
        dialog.open()

    def _set_code(self, dialog: ShortCodeDialog, chosen: OperatorRow) -> None:
        self.workplace.write(
            "store.set_code",
            lambda session: set_code(session, operator_id=chosen.id, code=dialog.code()),
            lambda _nothing: dialog.accept(),
            said=f"{chosen.name}的短码已经设好，换人坐下时用它。",
            refused=dialog.refuse,
        )

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """Every question of the settings."""
        copies = self.copies() or [CopyRow("1", 1, "2026年3月5日 09:12", 12)]
        yield "operator", NewOperatorDialog(self)
        yield "password", PasswordDialog("李会计", self)
        yield "short-code", ShortCodeDialog("李会计", self)
        yield "restore", RestoreDialog(copies, self)
        yield "recovery-code", RecoveryCodeDialog("K7QWX-2MNPR-8SDFG-4HJTZ-9VBCY", self.file.village_name, self)
        yield "proof", ProofDialog(self)
        wrong = ProofDialog(self)
        wrong.show_proof(EXAMPLE)
        yield "proof-answer", wrong

    def ask_proof(self) -> None:
        """核验."""
        open_proof(self.workplace, self.file, self)

    def new_code(self) -> None:
        """换新恢复码."""
        self.workplace.act(
            self.file.new_recovery_code,
            lambda code: RecoveryCodeDialog(code, self.file.village_name, self).open(),
        )

    # --- type size, about ---------------------------------------------------------------------------------------

    def _type_card(self) -> QWidget:
        sheet = card(heading("字号"))
        group = QButtonGroup(self)
        self.sizes: dict[int, QRadioButton] = {}
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(theme.current().px(24))
        sheet.add(pairs)
        for number, percent in enumerate(theme.TYPE_PERCENTS):
            choice = QRadioButton(_SIZE_WORDS[percent])
            choice.setChecked(percent == theme.current().type_percent)
            choice.clicked.connect(partial(self.type_percent_chosen.emit, percent))
            group.addButton(choice)
            pairs.addWidget(choice, number // 2, number % 2)
            self.sizes[percent] = choice
        sheet.add(muted("也可以随时按Ctrl+加号、Ctrl+减号。"))
        sheet.column.addStretch(1)
        return sheet

    def _about_card(self) -> QWidget:
        self.proof = button("核验", "shield-check", clicked=self.ask_proof, tip="核对纸面和档案（F6）")
        sheet = card(
            heading("关于"),
            label(f"村务通 {__version__}"),
            muted(f"档案文件：{self.file.path}"),
            muted("资料只存在这台电脑上，已加密；本软件不连网络。"),
            muted("拿到一张纸想知道是不是原样，或怀疑档案被改过，就核验一次。"),
            row(self.proof, None),
        )
        sheet.column.addStretch(1)
        return sheet


def _top(*content: QWidget | QLayout) -> QWidget:
    """A card whose content stays at its top."""
    sheet = card(*content)
    sheet.column.addStretch(1)
    return sheet
