"""A list whose lines are ticked: people, households, items; a part of a name narrows it, one button ticks all shown."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.layout import button, label, row

_KEY = Qt.ItemDataRole.UserRole


class TickList(QWidget):
    """Lines of (key, words); `chosen()` gives the keys that are ticked, in the order of the list."""

    changed = Signal()

    def __init__(
        self,
        lines: Sequence[tuple[str, str]],
        *,
        ticked: Iterable[str] = (),
        lines_shown: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        chosen = set(ticked)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("输入几个字缩小名单")
        self.filter.setAccessibleName("缩小名单")
        self.list = QListWidget()
        for key, words in lines:
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setFixedHeight(look.px(34) * min(lines_shown, max(3, len(lines))) + look.px(10))
        self.count = label("", "muted", wrap=False)
        self.all = button("全选", role="link", clicked=lambda: self._tick(True))
        self.none = button("全不选", role="link", clicked=lambda: self._tick(False))
        for one in (self.all, self.none):
            one.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(self.filter)
        column.addWidget(self.list)
        column.addLayout(row(self.count, None, self.all, self.none))
        # What is seen whole needs no narrowing.
        self.filter.setVisible(len(lines) > lines_shown)
        self.setFocusProxy(self.filter if len(lines) > lines_shown else self.list)
        self.filter.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self._tell()

    def chosen(self) -> tuple[str, ...]:
        """The keys that are ticked."""
        return tuple(str(one.data(_KEY)) for one in self._items() if one.checkState() == Qt.CheckState.Checked)

    def tick(self, key: str, on: bool = True) -> None:
        """Tick one line or take its tick away."""
        for one in self._items():
            if one.data(_KEY) == key:
                one.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _tick(self, on: bool) -> None:
        for one in self._items():
            if not one.isHidden():
                one.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _narrow(self, words: str) -> None:
        for one in self._items():
            one.setHidden(words.strip() not in one.text())

    def _tell(self) -> None:
        self.count.setText(f"已选{len(self.chosen()):,}个，共{self.list.count():,}个")
        self.changed.emit()
