"""A dialog made of plain fields: texts, days, choices and numbers; asks, and gives back what was typed by key."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    AREA = "area"
    DAY = "day"
    CHOICE = "choice"
    OPEN_CHOICE = "open_choice"
    NUMBER = "number"
    MONEY = "money"
    TICK = "tick"


@dataclass(frozen=True)
class Ask:
    """One field: its key, words with an access key, what it takes, and what stands in it at first.

    `choices` are (value, words); `most` bounds a number.
    """

    key: str
    words: str
    kind: Kind = Kind.TEXT
    value: Any = None
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    most: int = 9999
    least: int = 0
    lines: int = 3


class FieldsDialog(AskDialog):
    """Asks for some fields; `fields[key]` is a field's widget, `values()` what was typed.

    `tell(values)` gives a sentence under the first field whenever something changes.
    """

    def __init__(
        self,
        title: str,
        accept: str,
        asks: Sequence[Ask],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        explain: str = "",
        tell: Callable[[dict[str, Any]], str] | None = None,
        tell_under: str = "",
        width: int = 560,
    ) -> None:
        super().__init__(title, parent, accept=accept, explain=explain, closes=False, width=width)
        self._asks = tuple(asks)
        self._tell, self._under = tell, tell_under
        self.fields: dict[str, QWidget] = {}
        for ask in self._asks:
            self.fields[ask.key] = made = _made(ask, today)
            self.form.add(ask.key, ask.words, made, required=ask.required, hint=ask.hint)
            _on_change(made, self._tell_anew)
        self._tell_anew()

    def problems(self) -> dict[str, str]:
        """Required fields, days and sums that cannot be read."""
        found: dict[str, str] = {}
        for ask in self._asks:
            field = self.fields[ask.key]
            name = ask.words.split("(")[0]
            if isinstance(field, DateEdit):
                found[ask.key] = field.problem() or ("请填日期。" if ask.required and field.day() is None else "")
            elif ask.kind is Kind.MONEY:
                found[ask.key] = _money_problem(str(_value(ask, field)), ask.required)
            elif ask.required and not str(_value(ask, field) or "").strip():
                found[ask.key] = f"请填写{name}。"
        return {key: words for key, words in found.items() if words}

    def values(self) -> dict[str, Any]:
        """What was typed, by key; sums of money in fen."""
        found = {ask.key: _value(ask, self.fields[ask.key]) for ask in self._asks}
        for ask in self._asks:
            if ask.kind is Kind.MONEY:
                text = str(found[ask.key])
                found[ask.key] = fen(text) if text.strip() else None
        return found

    def put(self, key: str, value: Any) -> None:
        """Write a value into a field, as a clerk would."""
        field = self.fields[key]
        if isinstance(field, DateEdit):
            field.set_day(value)
        elif isinstance(field, QComboBox):
            at = field.findData(value)
            if at >= 0:
                field.setCurrentIndex(at)
            else:
                field.setEditText(str(value))
        elif isinstance(field, QSpinBox):
            field.setValue(value)
        elif isinstance(field, QCheckBox):
            field.setChecked(value)
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(value)
        elif isinstance(field, QLineEdit):
            field.setText(value)

    def _tell_anew(self) -> None:
        if self._tell is not None and self._under and len(self.fields) == len(self._asks):
            plain = {ask.key: _value(ask, self.fields[ask.key]) for ask in self._asks}
            self.form.field(self._under).set_hint(self._tell(plain))


def _made(ask: Ask, today: dt.date) -> QWidget:
    if ask.kind is Kind.DAY:
        return DateEdit(ask.value, today=today)
    if ask.kind is Kind.AREA:
        area = text_area(ask.lines)
        area.setPlainText(str(ask.value or ""))
        # A form of several fields shares the height of a small screen.
        area.setMaximumHeight(area.minimumHeight())
        return area
    if ask.kind in (Kind.CHOICE, Kind.OPEN_CHOICE):
        box = QComboBox()
        box.setEditable(ask.kind is Kind.OPEN_CHOICE)
        for value, words in ask.choices:
            box.addItem(words, value)
        if ask.value is not None:
            at = box.findData(ask.value)
            if at >= 0:
                box.setCurrentIndex(at)
            elif ask.kind is Kind.OPEN_CHOICE:
                box.setEditText(str(ask.value))
        return box
    if ask.kind is Kind.NUMBER:
        spin = QSpinBox()
        spin.setRange(ask.least, ask.most)
        spin.setValue(int(ask.value or ask.least))
        return spin
    if ask.kind is Kind.TICK:
        tick = QCheckBox(ask.hint or "是")
        tick.setChecked(bool(ask.value))
        return tick
    return QLineEdit(str(ask.value or ""))


def _value(ask: Ask, field: QWidget) -> Any:
    if isinstance(field, DateEdit):
        return field.day()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        if ask.kind is Kind.OPEN_CHOICE:
            words = field.currentText()
            at = field.findText(words)
            return field.itemData(at) if at >= 0 else words
        return field.currentData()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    assert isinstance(field, QLineEdit)
    return field.text()


def _on_change(field: QWidget, told: Callable[[], None]) -> None:
    if isinstance(field, DateEdit):
        field.day_changed.connect(lambda _day: told())
    elif isinstance(field, QComboBox):
        field.currentTextChanged.connect(lambda _words: told())
    elif isinstance(field, QSpinBox):
        field.valueChanged.connect(lambda _value: told())
    elif isinstance(field, QLineEdit):
        field.textChanged.connect(lambda _words: told())


def _money_problem(text: str, required: bool) -> str:
    if not text.strip():
        return "请填金额，没有的填0。" if required else ""
    try:
        fen(text)
    except NotAllowed as refusal:
        return f"{refusal.message}{refusal.advice}"
    return ""
