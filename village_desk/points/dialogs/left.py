"""What of an act on many was not done: a sentence each."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from village_desk.widgets import theme
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import scrolled


class LeftDialog(AskDialog):
    """Lists what was left, so that the clerk can see to each."""

    def __init__(self, done: int, left: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            f"{done}笔已办，还有{len(left)}笔没办成",
            parent,
            accept="知道了",
            explain="已办的不受影响。下面的请逐笔处理后再办一次，办过的会自动跳过。",
            width=680,
        )
        self.checks = Checks()
        self.checks.show_checks([Check("warn", words) for words in left])
        area = scrolled(self.checks)
        area.setMinimumHeight(theme.current().px(260))
        self.body.addWidget(area, 1)
