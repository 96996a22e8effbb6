"""The five counts over the list: each can be clicked down to its people, and lists are begun from here."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from village_desk.people.lookups import CountRow
from village_desk.people.rules.standings import STANDING_WORDS, CountKind, Standing
from village_desk.widgets.layout import Flow, button, flow

VOTER_LIST, OUTSIDE, HOMES = "voter_list", "outside", "homes"


class CountsBar(QWidget):
    """Shows totals and the five counts.

    Emits `picked(kind)`: heads, women or a CountKind, and `asked(what)`: a Standing, VOTER_LIST, OUTSIDE or HOMES.
    """

    picked = Signal(str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[CountKind, QPushButton] = {
            kind: button("", role="link", clicked=partial(self.picked.emit, kind.value)) for kind in CountKind
        }
        self.totals: dict[str, QPushButton] = {
            only: button("", role="link", clicked=partial(self.picked.emit, only)) for only in ("heads", "women")
        }
        self.lists = button("名单登记", role="link")
        menu = QMenu(self.lists)
        self._offer(menu, "开始新的参选村民名单…", VOTER_LIST)
        for one in (Standing.RESIDENT, Standing.COLLECTIVE, Standing.VOTER):
            self._offer(menu, f"把选中的人登记为{STANDING_WORDS[one]}…", one.value)
        menu.addSeparator()
        self._offer(menu, "登记外来人员（包村干部、法律顾问）…", OUTSIDE)
        self._offer(menu, "看承包户和居住户…", HOMES)
        self.lists.setMenu(menu)
        line: Flow = flow(*self.totals.values(), *self.buttons.values(), self.lists, spacing=2)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(line, 1)

    def _offer(self, menu: QMenu, words: str, what: str) -> None:
        menu.addAction(words).triggered.connect(_plain(partial(self.asked.emit, what)))

    def show_totals(self, households: int, women: int) -> None:
        """Show how many households and women are on the roll; a click lists the heads or the women."""
        self.totals["heads"].setText(f"{households:,}户")
        self.totals["heads"].setToolTip("在册的户数。点一下看各户的户主。")
        self.totals["women"].setText(f"妇女{women:,}")
        self.totals["women"].setToolTip("在册的妇女。点一下看是哪些人。")

    def show_counts(self, rows: Sequence[CountRow]) -> None:
        """Show these counts."""
        for row in rows:
            shown = self.buttons[row.kind]
            shown.setText(row.words)
            shown.setToolTip(f"{row.sentence}点一下看是哪些人。")


def _plain(slot: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool = False) -> None:
        slot()

    return call
