"""What is known of one thing: names at the left, their words at the right; a name without words stays out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.layout import label


class Facts(QWidget):
    """Shows pairs of a name and its words, `across` of them side by side; the words can be copied."""

    def __init__(self, *, across: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._across = across
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(14))
        self._grid.setVerticalSpacing(look.px(6))
        for side in range(across):
            self._grid.setColumnStretch(side * 2 + 1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these and no others."""
        clear(self._grid)
        for number, (name, words) in enumerate((name, words) for name, words in facts if words):
            at, side = divmod(number, self._across)
            head = label(name, "muted", wrap=False)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            value = label(words)
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{name}：{words}")
            self._grid.addWidget(head, at, side * 2)
            self._grid.addWidget(value, at, side * 2 + 1)


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout, hidden at once: Qt lets go of them only later."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
