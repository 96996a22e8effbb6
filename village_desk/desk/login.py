"""The first thing on the screen: who, and the password. The engine loads behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from village_desk.desk.opening import Opening
from village_desk.desk.preferences import Preferences
from village_desk.kit.errors import DeskError, FileInUse, FileTrouble
from village_desk.widgets import theme
from village_desk.widgets.forms import Form
from village_desk.widgets.layout import button, label, muted, row

if TYPE_CHECKING:
    from village_desk.desk.login_restore import PutBackDialog


class LoginDialog(QDialog):
    """Emits `opened(VillageFile)`, `new_asked()` for a new village, and `left()` when it is closed without a file."""

    opened = Signal(object)
    new_asked = Signal()
    left = Signal()

    def __init__(self, path: Path | None, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.path = path
        self.preferences = preferences
        self.with_code = False
        self._busy = False
        self._done = False
        self._trouble = ""
        self.restoring: PutBackDialog | None = None
        self.opening = Opening(self)
        self.opening.known.connect(self._show_operators)
        self.opening.opened.connect(self._take)
        self.opening.refused.connect(self._refuse)
        self.opening.put_back.connect(self._open_what_was_put_back)
        self.setWindowTitle("村务通")
        self.setMinimumSize(look.px(720), look.px(400))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(_banner())
        across.addLayout(self._questions(), 1)
        self.show_file(path)

    def _questions(self) -> QVBoxLayout:
        look = theme.current()
        column = QVBoxLayout()
        edge = look.px(28)
        column.setContentsMargins(edge, edge, edge, look.px(20))
        column.setSpacing(look.px(12))
        self.head = label("", "title", wrap=True)
        column.addWidget(self.head)
        self.where = muted("")
        column.addWidget(self.where)
        column.addSpacing(look.px(6))
        self.form = Form()
        self.operator = QComboBox()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self.code = QLineEdit()
        self.code.setPlaceholderText("纸上的25个字母和数字，横线不用输")
        self.form.add("operator", "操作人", self.operator)
        self.form.add("password", "口令", self.password)
        self.form.add("code", "恢复码", self.code)
        column.addWidget(self.form)
        self.refusal = label("", "error")
        self.refusal.setMinimumHeight(look.px(40))
        self.refusal.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.refusal)
        self.put_back = button("用备份恢复", "history", clicked=self.ask_copy)
        self.put_back.setAutoDefault(False)
        column.addLayout(row(self.put_back, None))
        column.addStretch(1)
        self.open_button = button("打开", role="primary", clicked=self.open_file)
        self.open_button.setDefault(True)
        self.other = button("打开别的档案", role="link", clicked=self.ask_file)
        self.new = button("新建本村档案", role="link", clicked=self.new_asked.emit)
        self.forgot = button("忘了口令", role="link", clicked=self.turn_to_code)
        for one in (self.other, self.new, self.forgot):
            one.setAutoDefault(False)
        column.addLayout(row(self.other, self.new, self.forgot, None, self.open_button, spacing=4))
        return column

    def show_file(self, path: Path | None) -> None:
        """Ask for the password of this file, or which file to open when there is none."""
        self.path = path
        self._refusal("")
        self.put_back.hide()
        known = path is not None
        self.form.setVisible(known)
        self.open_button.setVisible(known)
        self.forgot.setVisible(known)
        self.other.setText("打开别的档案" if known else "打开已有的档案")
        for one, bare in ((self.other, ""), (self.new, "primary")):
            one.setProperty("role", "link" if known else bare)
            one.style().unpolish(one)
            one.style().polish(one)
        self.show_code_field(False)
        if path is None:
            self.head.setText("欢迎使用村务通")
            self.where.setText("第一次用，请新建本村档案；已经有档案的，请打开它。")
            self.opening.warm()
            return
        self.head.setText(path.stem)
        self.where.setText(f"档案文件：{path}")
        self.operator.clear()
        if self.preferences.last_operator:
            self.operator.addItem(self.preferences.last_operator)
        self.password.setFocus()
        self.opening.look(path)

    def show_code_field(self, shown: bool) -> None:
        """Ask for the recovery code instead of a password."""
        self.with_code = shown
        self.form.show_field("operator", not shown)
        self.form.show_field("password", not shown)
        self.form.show_field("code", shown)
        self.forgot.setText("改用口令打开" if shown else "忘了口令")
        (self.code if shown else self.password).setFocus()

    def turn_to_code(self) -> None:
        """忘了口令, and back."""
        self._refusal("")
        self.show_code_field(not self.with_code)

    def ask_file(self) -> None:
        """打开别的档案."""
        folder = str(self.path.parent) if self.path else ""
        dialog = QFileDialog(self, "选择村务档案", folder, "村务档案 (*.vdesk)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.show_file(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_file(self) -> None:
        """打开."""
        if self.path is None or self._busy:
            return
        if self.with_code and not self.code.text().strip():
            self._refusal("请输入打印的恢复码。")
            return
        if not self.with_code and not self.password.text():
            self._refusal("请输入口令。")
            return
        self._set_busy(True)
        if self.with_code:
            self.opening.open(self.path, recovery_code=self.code.text())
        else:
            self.opening.open(self.path, operator=self.operator.currentText(), password=self.password.text())

    def _show_operators(self, names: list[str]) -> None:
        last = self.preferences.last_operator
        self.operator.clear()
        self.operator.addItems(names)
        if last in names:
            self.operator.setCurrentText(last)

    def _take(self, file: object) -> None:
        self._set_busy(False)
        self._done = True
        self.preferences.last_file = str(self.path)
        self.preferences.last_operator = self.operator.currentText()
        self.preferences.save()
        self.password.clear()
        self.code.clear()
        self.opened.emit(file)
        self.accept()

    def ask_copy(self) -> None:
        """用备份恢复."""
        from village_desk.desk.login_restore import PutBackDialog

        if self.path is None or self._busy:
            return
        dialog = PutBackDialog(self.path, self._trouble, self)
        dialog.answered.connect(self._put_back)
        dialog.finished.connect(self._forget_restoring)
        self.restoring = dialog
        dialog.open()

    def _put_back(self) -> None:
        if self.restoring is None or self.path is None:
            return
        self.restoring.accept_button.setEnabled(False)
        self._set_busy(True)
        self.opening.restore(self.restoring.chosen, self.path)

    def _forget_restoring(self) -> None:
        self.restoring = None

    def _open_what_was_put_back(self) -> None:
        if self.restoring is not None:
            self.restoring.accept()
        self._set_busy(False)
        self.put_back.hide()
        path, password = self.path, self.password.text()
        assert path is not None
        if self.with_code or password:
            self.open_file()
        else:
            # Its key file came back with it, and so did the names of those who may open it.
            self.show_file(path)
            self._refusal("备份已经放回原处，请输入口令打开。")

    def _refuse(self, problem: DeskError) -> None:
        self._set_busy(False)
        if self.restoring is not None:
            self.restoring.accept_button.setEnabled(True)
            self.restoring.refuse(problem)
            return
        self._refusal(f"{problem.message}{problem.advice}")
        # A password that does not fit, or another window, is no matter for a copy; a file that cannot be read is.
        self._trouble = problem.message
        broken = isinstance(problem, FileTrouble) and not isinstance(problem, FileInUse)
        self.put_back.setVisible(self.path is not None and broken)
        field = self.code if self.with_code else self.password
        field.selectAll()
        field.setFocus()

    def _refusal(self, words: str) -> None:
        self.refusal.setText(words)
        self.refusal.setAccessibleName(words)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.open_button.setEnabled(not busy)
        self.open_button.setText("正在打开……" if busy else "打开")
        if busy:
            self._refusal("")

    def reject(self) -> None:
        """Esc and the cross: leave without a file."""
        super().reject()
        if not self._done:
            self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor waits where one types first."""
        super().showEvent(event)
        if self.path is not None:
            self.password.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the thread end before Qt goes."""
        self.opening.wait()
        super().closeEvent(event)


def _banner() -> QFrame:
    look = theme.current()
    banner = QFrame()
    banner.setObjectName("sidebar")
    banner.setFixedWidth(look.px(220))
    column = QVBoxLayout(banner)
    edge = look.px(24)
    column.setContentsMargins(edge, edge, edge, edge)
    name = QLabel("村务通")
    name.setFont(look.font(22, bold=True))
    name.setStyleSheet(f"font-size: {look.points(22)}pt; font-weight: bold;")
    column.addWidget(name)
    words = QLabel("一件事只填一次，\n会议、公告、台账、\n上报都从这里出。")
    words.setObjectName("village")
    words.setWordWrap(True)
    column.addWidget(words)
    column.addStretch(1)
    foot = QLabel("资料只在这台电脑上，\n已加密，不连网络。")
    foot.setObjectName("village")
    foot.setWordWrap(True)
    column.addWidget(foot)
    return banner
