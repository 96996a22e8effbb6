"""One party member at the right of the list: the sixteen fields, and what the clerk should look at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from village_desk.people.lookups import MemberCard
from village_desk.widgets import theme
from village_desk.widgets.chips import Chip
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import Card, button, label, muted, row, scrolled

_SHOWN_ABOVE = ("姓名", "人员类别")


class MemberPanel(QWidget):
    """Shows a card. Emits `went_to(person_id)` for the person's own card."""

    went_to = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        self.card: MemberCard | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(Card(Empty("从左边选一名党员，这里显示他的十六项信息。", icon="user")))
        self.name = label("", "title", wrap=False)
        self.chips = [Chip() for _ in range(2)]
        self.notes = label("", "warning")
        self.facts = QWidget()
        self.grid = QGridLayout(self.facts)
        self.grid.setContentsMargins(0, look.px(4), 0, 0)
        self.grid.setHorizontalSpacing(look.px(12))
        self.grid.setVerticalSpacing(look.px(6))
        self.grid.setColumnStretch(1, 1)
        self.person = button("看人员卡", role="link", clicked=self._go)
        whole = Card()
        whole.add(row(self.name, *self.chips, None, self.person))
        whole.add(self.notes)
        whole.add(scrolled(self.facts), 1)
        self.stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def show_card(self, card: MemberCard | None) -> None:
        """Show one member, or nobody."""
        self.card = card
        self.stack.setCurrentIndex(0 if card is None else 1)
        if card is None:
            return
        self.name.setText(card.row.name)
        self.chips[0].say(card.row.left_how or card.row.kind_words, "plain" if card.row.left_on else "note")
        self.chips[1].say("不计应到" if card.row.uncounted or card.row.visiting else "", "warn")
        self.notes.setText("\n".join(card.notes))
        self.notes.setVisible(bool(card.notes))
        while (item := self.grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = [pair for pair in card.fields if pair[0] not in _SHOWN_ABOVE]
        if card.row.years is not None:
            shown.insert(7, ("党龄", f"{card.row.years}年"))
        for line, (words, value) in enumerate(shown):
            left = muted(words)
            left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            left.setWordWrap(False)
            right = label(value)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.grid.addWidget(left, line, 0)
            self.grid.addWidget(right, line, 1)
        self.grid.setRowStretch(len(shown), 1)

    def _go(self) -> None:
        if self.card is not None:
            self.went_to.emit(self.card.row.id)
