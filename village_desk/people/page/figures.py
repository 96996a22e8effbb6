"""A line of figures over a list, each of which can be clicked down to the people behind it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from village_desk.widgets.layout import Flow, button, flow


class FigureLine(QWidget):
    """Shows figures as (key, words); emits `picked(key)`."""

    picked = Signal(str)

    def __init__(self, tip: str = "点一下看是哪些人。") -> None:
        super().__init__()
        self._tip = tip
        self.buttons: dict[str, QPushButton] = {}
        self._line: Flow = flow(spacing=2)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._line, 1)

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show these figures and no others."""
        for key, words in figures:
            if key not in self.buttons:
                self.buttons[key] = button("", role="link", clicked=partial(self.picked.emit, key))
                self.buttons[key].setToolTip(self._tip)
                self._line.addWidget(self.buttons[key])
            self.buttons[key].setText(words)
        shown = {key for key, _ in figures}
        for key, one in self.buttons.items():
            one.setVisible(key in shown)

    def text(self) -> str:
        """What is shown, as one sentence."""
        return "，".join(one.text() for one in self.buttons.values() if not one.isHidden())
