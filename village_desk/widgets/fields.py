"""A dialog made of named fields: for questions that need no code of their own beyond their fields."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area
from village_desk.widgets.rows_edit import RowsEdit
from village_desk.widgets.ticks import TickList

Choice = tuple[str, str]


@dataclass(frozen=True)
class Ask:
    """One field. `kind` is text, long, choice, find, day, yes, ticks or rows.

    `choices` are (key, words) of choice, find and ticks; `heads` the columns of rows, whose first `fixed` stand;
    `lines` of them are in sight, `wide` is the column that takes the room, `cells` the words to choose in a column;
    `value` is what the field opens with; `read` turns a text into a value and raises NotAllowed.
    """

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    value: Any = ""
    choices: Sequence[Choice] = ()
    hint: str = ""
    placeholder: str = ""
    today: dt.date | None = None
    heads: Sequence[str] = ()
    fixed: int = 0
    grows: bool = True
    lines: int = 5
    wide: int | None = None
    cells: Mapping[int, Sequence[str]] | None = None
    read: Callable[[str], Any] | None = None


class FieldsDialog(AskDialog):
    """Asks for its fields; `values()` gives what was answered by key. `check` may find more that is wrong."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        accept: str,
        asks: Sequence[Ask],
        explain: str = "",
        width: int = 560,
        check: Callable[[Mapping[str, Any]], Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(title, parent, accept=accept, explain=explain, closes=False, width=width)
        self.asks = {each.key: each for each in asks}
        self.editors: dict[str, QWidget] = {}
        self._check = check
        for each in asks:
            made = _editor(each)
            self.editors[each.key] = made
            self.form.add(each.key, each.label, made, required=each.required, hint=each.hint)

    def value(self, key: str) -> Any:
        """What one field holds: text, key, day, yes or no, keys, rows."""
        editor, ask = self.editors[key], self.asks[key]
        if isinstance(editor, DateEdit):
            return editor.day()
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        if isinstance(editor, TickList):
            return editor.chosen()
        if isinstance(editor, RowsEdit):
            return editor.rows()
        if isinstance(editor, QComboBox):
            return chosen(editor)
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip()
        assert isinstance(editor, QLineEdit)
        return ask.read(editor.text()) if ask.read is not None and editor.text().strip() else editor.text().strip()

    def values(self) -> dict[str, Any]:
        """Everything by key."""
        return {key: self.value(key) for key in self.editors}

    def problems(self) -> dict[str, str]:
        """Empty required fields, dates and numbers that cannot be read, and what `check` finds."""
        found: dict[str, str] = {}
        for key, ask in self.asks.items():
            editor = self.editors[key]
            if isinstance(editor, DateEdit) and editor.problem():
                found[key] = editor.problem()
                continue
            try:
                held = self.value(key)
            except NotAllowed as refusal:
                found[key] = f"{refusal.message}{refusal.advice}"
                continue
            if ask.required and (held is None or held == "" or held == () or held == []):
                words = ask.label.partition("(")[0]
                found[key] = f"请选{words}。" if ask.kind in ("choice", "find", "ticks") else f"请填{words}。"
        if self._check is not None and not found:
            found.update(self._check(self.values()))
        return found

    def fill(self, **values: Any) -> None:
        """Fill fields by key, as a clerk would; for tests and for suggestions."""
        for key, value in values.items():
            editor = self.editors[key]
            if isinstance(editor, DateEdit):
                editor.set_day(value)
            elif isinstance(editor, QCheckBox):
                editor.setChecked(bool(value))
            elif isinstance(editor, TickList):
                for one in value:
                    editor.tick(one)
            elif isinstance(editor, QComboBox):
                editor.setCurrentIndex(editor.findData(value))
            elif isinstance(editor, QPlainTextEdit):
                editor.setPlainText(str(value))
            elif isinstance(editor, QLineEdit):
                editor.setText(str(value))


def _editor(ask: Ask) -> QWidget:
    if ask.kind == "day":
        return DateEdit(ask.value or None, today=ask.today)
    if ask.kind == "yes":
        box = QCheckBox(ask.placeholder or ask.label.partition("(")[0])
        box.setChecked(bool(ask.value))
        return box
    if ask.kind == "ticks":
        return TickList(ask.choices, ticked=ask.value or ())
    if ask.kind == "rows":
        return RowsEdit(
            ask.heads,
            ask.value or (),
            fixed=ask.fixed,
            grows=ask.grows,
            lines_shown=ask.lines,
            wide=ask.wide,
            choices=ask.cells,
        )
    if ask.kind == "long":
        area = text_area(2)
        area.setPlainText(str(ask.value))
        area.setPlaceholderText(ask.placeholder)
        # A form has many of them; what is longer is scrolled.
        area.setFixedHeight(area.minimumHeight())
        return area
    if ask.kind == "choice":
        combo = QComboBox()
        for key, words in ask.choices:
            combo.addItem(words, key)
        combo.setCurrentIndex(max(0, combo.findData(ask.value)))
        return combo
    if ask.kind == "find":
        return finder(ask.choices, str(ask.value or ""))
    line = QLineEdit(str(ask.value))
    line.setPlaceholderText(ask.placeholder)
    return line


def finder(choices: Sequence[Choice], at: str = "") -> QComboBox:
    """A box in which a part of a name finds its line; nothing is chosen at first unless `at` names it."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for key, words in choices:
        box.addItem(words, key)
    box.setCurrentIndex(box.findData(at) if at else -1)
    completer = box.completer()
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box


def chosen(box: QComboBox) -> str:
    """The key of the line whose words stand in the box, "" when they are no line."""
    at = box.currentIndex()
    if box.isEditable() and (at < 0 or box.itemText(at) != box.currentText()):
        at = box.findText(box.currentText())
    return str(box.itemData(at)) if at >= 0 else ""
