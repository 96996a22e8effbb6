"""Choosing among shipped examples, and choosing many lines of a long list by ticking them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.layout import button, label, muted, row

_HIGH = 190


class AdoptDialog(AskDialog):
    """Take over one of the shipped examples; `choices` are (key, name, what it holds)."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        explain: str,
        words: str = "选用哪一种(&K)",
    ) -> None:
        super().__init__(title, parent, accept="选用", explain=explain, closes=False, width=580)
        self.choice = QComboBox()
        self._texts = {key: text for key, _, text in choices}
        for key, name, _ in choices:
            self.choice.addItem(name, key)
        self.choice.setMaxVisibleItems(16)
        self.form.add("choice", words, self.choice, required=True)
        self.text = label("")
        self.body.addWidget(self.text)
        self.choice.currentIndexChanged.connect(lambda _index: self._show())
        self._show()

    def key(self) -> str:
        """The key of what was chosen."""
        return str(self.choice.currentData() or "")

    def _show(self) -> None:
        self.text.setText(self._texts.get(self.key(), ""))


class ManyPicker(QWidget):
    """A list with a tick before each line, narrowed by words; ticks stay while the list is narrowed."""

    def __init__(self, placeholder: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str] = ()) -> None:
        super().__init__()
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        self.box = FilterBox(placeholder)
        self.list = QListWidget()
        self.list.setProperty("role", "list")
        self.list.setAccessibleName("可以勾选的名单")
        self.list.setMinimumHeight(look.px(_HIGH))
        # Long lines go on below: a list to be ticked never moves sideways.
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        for key, words in choices:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.count = muted("")
        self.count.setWordWrap(False)
        self.all = button("勾选列出的", role="link", clicked=lambda: self._tick_shown(Qt.CheckState.Checked))
        self.none = button("全部不选", role="link", clicked=lambda: self._tick_shown(Qt.CheckState.Unchecked, True))
        column.addWidget(self.box)
        column.addWidget(self.list)
        column.addLayout(row(self.count, None, self.all, self.none, spacing=8))
        self.setFocusProxy(self.box)
        self.box.searched.connect(self.narrow)
        self.box.left_downwards.connect(self.list.setFocus)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self._tell()

    def narrow(self, words: str) -> None:
        """Show the lines that hold every one of these words."""
        parts = words.split()
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(not all(part in item.text() for part in parts))

    def chosen(self) -> tuple[str, ...]:
        """The keys of the ticked lines, also of those that are not shown now."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, keys: Sequence[str]) -> None:
        """Tick these lines."""
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.data(Qt.ItemDataRole.UserRole) in keys:
                item.setCheckState(Qt.CheckState.Checked)

    def _tick_shown(self, state: Qt.CheckState, hidden_too: bool = False) -> None:
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            item = self.list.item(at)
            if hidden_too or not item.isHidden():
                item.setCheckState(state)
        self.list.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self.count.setText(f"已勾选{len(self.chosen())}个")
