"""Inputs that several dialogs of people share: words to choose or type, members to tick, a day that must be known."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem

from village_desk.people.lookups import PersonRow
from village_desk.widgets import theme
from village_desk.widgets.date_edit import DateEdit


def member_checklist(members: Sequence[PersonRow], *, ticked: Sequence[str] = ()) -> QListWidget:
    """Members of a household to be ticked."""
    box = QListWidget()
    box.setProperty("role", "list")
    box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    box.setWordWrap(True)
    look = theme.current()
    for one in members:
        age = f" · {one.age}岁" if one.age is not None else ""
        item = QListWidgetItem(f"{one.name} · {one.relation or '关系未登记'}{age}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if one.id in ticked else Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.UserRole, (one.name, one.id))
        box.addItem(item)
    box.setFixedHeight(min(6, max(2, len(members))) * look.px(32) + look.px(12))
    return box


def ticked(box: QListWidget) -> list[tuple[str, str]]:
    """Name and id of those that are ticked."""
    items = [box.item(i) for i in range(box.count())]
    found = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
    return [(str(name), str(person_id)) for name, person_id in found]


def day_problem(day: DateEdit, missing: str) -> dict[str, str]:
    """What is wrong with a day that must be known, for the field "on"."""
    return {} if day.day() is not None else {"on": day.problem() or missing}


def word_box(words: Sequence[str], current: str = "") -> QComboBox:
    """A box that offers words and takes others."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(dict.fromkeys(words)))
    box.setCurrentText(current)
    return box
