"""Fields that find: a person or a household, typed by name, pinyin or number."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from village_desk.people.lookups import HouseholdCard, PersonRow
from village_desk.widgets import theme
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.layout import muted

_LINES = 4


class HasId(Protocol):
    """Anything that can be picked."""

    @property
    def id(self) -> str:
        """The record's id."""


class Picker(QWidget):
    """A search field with the hits below; `chosen()` is the id of the picked one, "" for none. Emits `picked(id)`."""

    picked = Signal(str)

    def __init__(
        self,
        placeholder: str,
        find: Callable[[str], Sequence[HasId]],
        words: Callable[[HasId], str],
        lines: int = _LINES,
    ) -> None:
        super().__init__()
        self._find, self._words = find, words
        self._ids: list[str] = []
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        self.box = FilterBox(placeholder)
        self.list = QListWidget()
        self.list.setProperty("role", "list")
        self.list.setAccessibleName("查找结果")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.box)
        column.addWidget(self.list)
        self.setFocusProxy(self.box)
        self.nothing = muted("没有查到，换一个字或用拼音首字母试试。")
        column.addWidget(self.nothing)
        self._lines = lines
        self._show([], "")
        self.box.searched.connect(self.search)
        self.box.left_downwards.connect(self._enter_list)
        self.list.currentRowChanged.connect(lambda _row: self.picked.emit(self.chosen()))

    def search(self, words: str) -> None:
        """Show what these words find; a single hit is picked at once."""
        hits = list(self._find(words)) if words else []
        self._show(hits, words)
        self.list.setCurrentRow(0 if len(hits) == 1 else -1)

    def offer(self, hits: Sequence[HasId], chosen: str = "") -> None:
        """Show these, with one of them picked."""
        self._show(hits, "")
        if chosen in self._ids:
            self.list.setCurrentRow(self._ids.index(chosen))

    def chosen(self) -> str:
        """The id of the picked one."""
        row = self.list.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def _show(self, hits: Sequence[HasId], words: str) -> None:
        self._ids = [hit.id for hit in hits]
        self.list.clear()
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(bool(words) and not hits)
        look = theme.current()
        line = QFontMetrics(look.font()).height() + look.px(13)
        self.list.setFixedHeight(min(len(hits), self._lines) * line + look.px(10))
        for hit in hits:
            self.list.addItem(QListWidgetItem(self._words(hit)))

    def _enter_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.list.currentRow() < 0 and self._ids:
            self.list.setCurrentRow(0)


def person_picker(find: Callable[[str], Sequence[PersonRow]]) -> Picker:
    """A field that finds a person."""
    return Picker("输入姓名、拼音首字母或身份证末四位", find, lambda hit: person_words(hit))


def household_picker(find: Callable[[str], Sequence[HouseholdCard]]) -> Picker:
    """A field that finds a household."""
    return Picker("输入户号、户主或成员姓名", find, lambda hit: household_words(hit), lines=3)


def person_words(hit: object) -> str:
    """王伟 · 男 · 58岁 · 三组 · 户号0127."""
    assert isinstance(hit, PersonRow)
    parts = [
        hit.name,
        hit.sex_words,
        f"{hit.age}岁" if hit.age is not None else "年龄未登记",
        hit.group,
        f"户号{hit.household_no}" if hit.household_no else "",
    ]
    return " · ".join(part for part in parts if part)


def household_words(hit: object) -> str:
    """户号0127 · 三组 · 王伟家 · 4人."""
    assert isinstance(hit, HouseholdCard)
    return f"{hit.words} · {len(hit.members)}人"
