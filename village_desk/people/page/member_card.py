"""One party member at the right of the list: the sixteen fields, and what the clerk should look at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from village_desk.people.lookups import MemberCard
from village_desk.people.rules.masking import Private, onlooker_words
from village_desk.widgets import theme
from village_desk.widgets.chips import Chip
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import Card, button, label, muted, row, scrolled, takes_rest
from village_desk.widgets.onlookers import ONLOOKERS

_SHOWN_ABOVE = ("姓名", "人员类别")
_PRIVATE = {
    "公民身份号码": Private.IDENTITY,
    "联系电话": Private.PHONE,
    "家庭住址": Private.ADDRESS,
}


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
        lines = scrolled(self.facts)
        takes_rest(lines)
        whole.add(lines, 1)
        self.stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        ONLOOKERS.changed.connect(self._show_again)

    def _show_again(self, _present: bool) -> None:
        self.show_card(self.card)

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
        shown = [(words, _seen(words, value)) for words, value in card.fields if words not in _SHOWN_ABOVE]
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


def _seen(words: str, value: str) -> str:
    """The value as the screen may show it now."""
    field = _PRIVATE.get(words)
    hidden = field is not None and ONLOOKERS.present and value != "未登记"
    return onlooker_words(field, value) if hidden and field is not None else value
