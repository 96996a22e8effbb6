"""Comparing the 30 digits of a computer: shown large in groups, and the last six typed by the one who compared."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.kit.text import half_width
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import label

FEWEST_DIGITS = 6


class CompareDialog(AskDialog):
    """Asks to compare; `choices` are (key, words) of what else has to be decided.

    It stays open until the page's action went through, because only the action knows whether the digits are right.
    """

    def __init__(
        self,
        title: str,
        digits: str,
        parent: QWidget | None = None,
        *,
        explain: str,
        where: str,
        choices: Sequence[tuple[str, str]] = (),
        asks: str = "",
    ) -> None:
        super().__init__(title, parent, accept="核对一致，登记", explain=explain, closes=False, width=560)
        groups = digits.split()
        shown = label(f"{' '.join(groups[:3])}\n{' '.join(groups[3:])}", "code")
        shown.setAccessibleName(f"核对码 {digits}")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(shown)
        self.typed = QLineEdit()
        self.typed.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.typed.setMaxLength(40)
        self.form.add("digits", "末6位", self.typed, required=True, hint=where)
        self.choice = QComboBox()
        for key, words in choices:
            self.choice.addItem(words, key)
        if choices:
            self.form.add("choice", asks, self.choice)
        self.typed.setFocus()

    def problems(self) -> dict[str, str]:
        """Too few digits; whether they are right is for the action to say."""
        count = sum(ch.isdecimal() for ch in half_width(self.typed.text()))
        return {} if count >= FEWEST_DIGITS else {"digits": f"请照对方的核对码输入最后{FEWEST_DIGITS}位数字。"}

    @property
    def digits(self) -> str:
        """What was typed."""
        return self.typed.text()

    @property
    def chosen(self) -> str:
        """The key of what was decided besides, "" for the first choice without a key."""
        return str(self.choice.currentData() or "")
