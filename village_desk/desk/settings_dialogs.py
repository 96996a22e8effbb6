"""The questions of the settings: a new operator, a password, a copy to go back to, and the recovery code to keep."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.kit.text import tidy
from village_desk.store.operators import ROLE_NAMES, Role
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, label
from village_desk.widgets.tables import Column, ListTable

_ROLE_HINTS = {
    Role.CLERK: "登记日常事务的人。",
    Role.SECOND: "复核积分等要两个人经手的事。",
    Role.SUPERVISOR: "张贴前审核公开内容；文书不能兼任。",
    Role.READER: "只能看，不能改。",
}


@dataclass(frozen=True)
class CopyRow:
    """One copy in the list: when it was made, and how many changes came after it."""

    id: str
    position: int
    made_words: str
    changes_since: int


@dataclass(frozen=True)
class NewOperator:
    """The answer of NewOperatorDialog."""

    name: str
    role: Role
    password: str


def password_field() -> QLineEdit:
    """A field that hides what is typed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


def password_problems(first: QLineEdit, again: QLineEdit) -> dict[str, str]:
    """What is wrong with a new password typed twice."""
    if not first.text():
        return {"password": "请填写口令。"}
    if first.text() != again.text():
        return {"again": "两次输入的口令不一样，请再输一次。"}
    return {}


class NewOperatorDialog(AskDialog):
    """Name, role and password of a new operator."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("新增操作人", parent, accept="登记", closes=False)
        self.name = QLineEdit()
        self.role = QComboBox()
        for role in _ROLE_HINTS:
            self.role.addItem(ROLE_NAMES[role], role)
        self.first, self.again = password_field(), password_field()
        self.form.add("name", "姓名", self.name, required=True)
        self.form.add("role", "身份", self.role, hint=_ROLE_HINTS[Role.CLERK])
        self.form.add("password", "口令", self.first, required=True, hint="至少8位，可以用一句好记的话。")
        self.form.add("again", "再输一次", self.again, required=True)
        self.role.currentIndexChanged.connect(self._show_hint)

    def problems(self) -> dict[str, str]:
        """Empty fields and passwords that differ."""
        return self.form.missing(name=self.name.text()) | password_problems(self.first, self.again)

    def answer(self) -> NewOperator:
        """What was filled in."""
        return NewOperator(tidy(self.name.text()), Role(self.role.currentData()), self.first.text())

    def _show_hint(self) -> None:
        self.form.field("role").set_hint(_ROLE_HINTS[Role(self.role.currentData())])


class PasswordDialog(AskDialog):
    """A new password, typed twice."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(f"改{name}的口令", parent, accept="改口令", closes=False)
        self.first, self.again = password_field(), password_field()
        self.form.add("password", "新口令", self.first, required=True, hint="至少8位，可以用一句好记的话。")
        self.form.add("again", "再输一次", self.again, required=True)

    def problems(self) -> dict[str, str]:
        """Empty, or different."""
        return password_problems(self.first, self.again)

    def password(self) -> str:
        """The new password."""
        return self.first.text()


class ShortCodeDialog(AskDialog):
    """A short code with which an operator sits down while the file is open."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(f"给{name}设短码", parent, accept="设好", closes=False)
        self.field = password_field()
        self.form.add("code", "短码", self.field, required=True, hint="至少4位。换人坐下时用，不能用来打开档案。")

    def problems(self) -> dict[str, str]:
        """It must not be empty."""
        return {} if self.field.text() else {"code": "请填写短码。"}

    def code(self) -> str:
        """The short code."""
        return self.field.text()


class SeatDialog(AskDialog):
    """Who sits down now, while the file stays open."""

    def __init__(self, names: Sequence[str], now: str, parent: QWidget | None = None) -> None:
        super().__init__("换人操作", parent, accept="换人", closes=False, explain="以后的每一步记在新坐下的人名下。")
        self.name = QComboBox()
        self.name.addItems([name for name in names if name != now])
        self.field = password_field()
        self.form.add("name", "操作人", self.name, required=True)
        self.form.add("code", "短码", self.field, hint="没有设短码的，空着就行。")

    def problems(self) -> dict[str, str]:
        """There must be somebody else."""
        return {} if self.name.count() else {"": "操作人名单里没有别人，请先在“设置与备份”里新增。"}

    def answer(self) -> tuple[str, str]:
        """Name and short code."""
        return self.name.currentText(), self.field.text()


class RestoreDialog(AskDialog):
    """Which copy to go back to."""

    def __init__(self, copies: Sequence[CopyRow], parent: QWidget | None = None) -> None:
        super().__init__(
            "回到以前的备份",
            parent,
            accept="回到这一份",
            explain="选一份备份，此后做的事会逐步撤销。已经入账、张贴、上报的不会撤销。",
            width=560,
        )
        columns = [
            Column[CopyRow]("made", "备份时间", lambda one: one.made_words, 12, wide=True, sortable=False),
            Column[CopyRow]("since", "此后的改动", lambda one: f"{one.changes_since}处", 6, sortable=False),
        ]
        self.table = ListTable(columns)
        self.table.show(copies)
        self.grid = Grid(self.table)
        self.grid.setMinimumHeight(theme.current().px(220))
        self.grid.setAccessibleName("备份清单")
        self.body.addWidget(self.grid)
        self.grid.opened.connect(lambda _id: self.give_answer())
        if copies:
            self.grid.choose(copies[0].id)

    def problems(self) -> dict[str, str]:
        """One must be chosen."""
        return {} if self.grid.current_id() else {"": "请先在清单里选一份备份。"}

    def position(self) -> int:
        """The journal position of the chosen copy."""
        return int(self.grid.current_id())


class RecoveryCodeDialog(AskDialog):
    """Shows a recovery code once; it must be printed or written down before the dialog can be left by its verb."""

    def __init__(self, code: str, village: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "请保存恢复码",
            parent,
            accept="已经收好",
            cancel="",
            explain="忘了口令时，只有恢复码能打开档案。它只显示这一次，请打印或抄在纸上，锁在村里的保险柜中。",
            width=600,
        )
        self.code, self.village = code, village
        shown = label(code, "code", wrap=False)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setAccessibleName(f"恢复码 {code}")
        self.body.addWidget(shown)
        self.kept = QCheckBox("我已经把恢复码打印或抄写下来")
        self.body.addWidget(self.kept)
        self.accept_button.setEnabled(False)
        self.kept.toggled.connect(self.accept_button.setEnabled)
        self.print = button("打印恢复码", "printer", clicked=self.show_sheet)
        self.extra_buttons.addWidget(self.print)

    def show_sheet(self) -> None:
        """The sheet with the code, in the preview."""
        from village_desk.widgets.preview import PreviewDialog

        title = f"{self.village}村务档案恢复码"
        PreviewDialog(recovery_sheet(self.village, self.code), title, f"{title}.pdf", self).open()


def recovery_sheet(village: str, code: str) -> bytes:
    """A PDF sheet with the code and what it is for."""
    from village_desk.paper import FORM, Cell, Form, Para, Sheet, SignLine
    from village_desk.paper import label as head

    return Sheet(
        title=f"{village}村务档案恢复码",
        frame=FORM,
        blocks=[
            Form(columns=(36, 0), rows=[[head("恢复码"), Cell(code, height=16)]]),
            Para("忘记口令时，打开村务通，选“用恢复码打开”，按上面的字母和数字输入；横线不用输。"),
            Para("拿到这张纸和档案文件的人就能看到全村资料。请锁在保险柜里，不要拍照，不要和电脑放在一起。"),
            SignLine(["保管人（签字）：", "保管地点：", "保管日期："]),
        ],
    ).pdf()
