"""The list of places at the left: words and icons, icons alone in large type."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from village_desk.desk.pages import AT_THE_FOOT, Place
from village_desk.widgets import theme
from village_desk.widgets.icons import button_icon


class Sidebar(QFrame):
    """Emits `chosen(key)`; ↑ and ↓ walk through the places."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], village: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("sidebar")
        self.setAccessibleName("功能列表")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(14), 0, look.px(10))
        column.setSpacing(look.px(2))
        if not look.narrow:
            column.addWidget(_name("村务通", "product"))
            column.addWidget(_name(village, "village"))
            column.addSpacing(look.px(10))
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for place in sorted(places, key=lambda one: one.key in AT_THE_FOOT):
            button = self._button(place, 1 + len(self.buttons))
            group.addButton(button)
            column.addWidget(button)
            self.buttons[place.key] = button
        first_at_foot = next((p.key for p in places if p.key in AT_THE_FOOT), None)
        if first_at_foot is not None:
            column.insertStretch(column.indexOf(self.buttons[first_at_foot]), 1)
        self.setFixedWidth(look.px(58) if look.narrow else look.px(188))

    def mark(self, key: str) -> None:
        """Show which place is open."""
        self.buttons[key].setChecked(True)

    def _button(self, place: Place, number: int) -> QToolButton:
        look = theme.current()
        button = QToolButton()
        button.setCheckable(True)
        button.setText(place.title)
        image, size = button_icon(
            place.icon,
            look.colours.side_text,
            checked_colour=look.colours.surface,
            side=20,
            gap=0 if look.narrow else 6,
        )
        button.setIcon(image)
        button.setIconSize(size)
        icons_only = Qt.ToolButtonStyle.ToolButtonIconOnly
        button.setToolButtonStyle(icons_only if look.narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        key = f"（Ctrl+{number}）" if number <= 9 else ""
        button.setToolTip(f"{place.title}{key}")
        button.setAccessibleName(place.title)
        button.clicked.connect(lambda: self.chosen.emit(place.key))
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ and ↓ move between the places, Enter opens."""
        buttons = list(self.buttons.values())
        at = next((i for i, button in enumerate(buttons) if button.hasFocus()), -1)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and at >= 0:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            buttons[at].click()
        else:
            super().keyPressEvent(event)


def _name(words: str, name: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setContentsMargins(theme.current().px(18), 0, theme.current().px(10), 0)
    return label
