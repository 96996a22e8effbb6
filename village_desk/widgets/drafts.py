"""What is half typed into a dialog is kept while one types, and put back when the dialog opens again after a crash."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.forms import Form
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, muted, row
from village_desk.widgets.stepper import Stepper
from village_desk.widgets.workplace import Workplace

if TYPE_CHECKING:
    from village_desk.store.drafts import Draft

LOOK_EVERY_MS = 1000
_FILLED_IN = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QRadioButton, QSpinBox)
_SECRET = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData


class DraftLine(QWidget):
    """One sentence about a draft, with what can be done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.words = muted("")
        self.put_back = button("填回来", role="link")
        self.clear = button("清空重填", role="link")
        self.forget = button("不要了", role="link")
        for one in (self.put_back, self.clear, self.forget):
            one.setAutoDefault(False)
        across = row(self.words, None, self.put_back, self.clear, self.forget)
        across.setContentsMargins(0, 0, 0, 0)
        across.setStretchFactor(self.words, 1)
        self.setLayout(across)
        self.hide()

    def tell_filled(self) -> None:
        """The fields were filled with the draft."""
        self._tell("上次没有填完的内容还在，已替您填回。", filled=True)

    def tell_other(self) -> None:
        """There is a draft that was begun for something else."""
        self._tell("上次在这个窗口填到一半的内容还在，当时选中的不是现在这一行，没有自动填回。", filled=False)

    def _tell(self, words: str, *, filled: bool) -> None:
        self.words.setText(words)
        self.clear.setVisible(filled)
        self.put_back.setVisible(not filled)
        self.forget.setVisible(not filled)
        self.show()


class DraftKeeping(QObject):
    """Looks once a second at the fields of an open dialog and keeps those that differ from how it opened.

    A draft belongs to the kind of dialog with its title and first texts, and to `about`: the record, or where that
    is "" the rows chosen on the page below.  One of another record is offered, never filled in by itself.
    """

    def __init__(
        self, content: QWidget, line: DraftLine, workplace: Workplace, *, kind: str, about: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._content, self._line, self._workplace = content, line, workplace
        self._opening = texts(content)
        plain = [text for name, text in self._opening.items() if _is_typed(fields(content)[name])]
        self.kind, self.about = _sign(kind, *plain), _sign(about)
        self._kept: Mapping[str, str] = {}
        self._other: Draft | None = None
        self._make_room: Callable[[Mapping[str, str]], None] = lambda texts: None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.keep_now)
        line.clear.clicked.connect(self._clear)
        line.put_back.clicked.connect(self._put_other)
        line.forget.clicked.connect(self._forget_other)

    def begin(self, make_room: Callable[[Mapping[str, str]], None]) -> None:
        """Put back what was kept; `make_room` makes the fields that a dialog does not open with."""
        self._make_room = make_room
        known = self._workplace.find_drafts(self.kind) if self._opening else []
        mine = next((one for one in known if one.about == self.about), None)
        if mine is not None:
            self._kept = dict(mine.fields)
            self._fill(mine.fields)
            self._line.tell_filled()
        elif known:
            self._other = known[0]
            self._line.tell_other()
        self._timer.start()

    def keep_now(self) -> None:
        """Keep what differs from the opening, when it differs from what is kept."""
        typed = {name: text for name, text in texts(self._content).items() if text != self._opening.get(name, "")}
        if typed != self._kept:
            self._kept = typed
            self._workplace.keep_draft(self.kind, self.about, typed)

    def end(self, *, drop: bool) -> None:
        """The dialog closes."""
        self._timer.stop()
        if not drop:
            self.keep_now()
        elif self._kept:
            self._kept = {}
            self._workplace.drop_draft(self.kind, self.about)

    def _fill(self, values: Mapping[str, str]) -> None:
        self._make_room(values)
        # Twice, because a choice may suggest the text of another field.
        for _ in range(2):
            for name, field in fields(self._content).items():
                if name in values and text_of(field) != values[name]:
                    put(field, values[name])

    def _clear(self) -> None:
        self._fill({name: self._opening.get(name, "") for name in texts(self._content)})
        self._line.hide()
        self.keep_now()

    def _put_other(self) -> None:
        if self._other is not None:
            self._fill(self._other.fields)
            self.keep_now()
        self._forget_other()

    def _forget_other(self) -> None:
        if self._other is not None and self._other.about != self.about:
            self._workplace.drop_draft(self.kind, self._other.about)
        self._other = None
        self._line.hide()


def workplace_of(widget: QWidget | None) -> tuple[Workplace, QWidget] | None:
    """The door to the village file that a dialog's page has, and that page."""
    while widget is not None:
        found = getattr(widget, "workplace", None)
        if isinstance(found, Workplace):
            return found, widget
        widget = widget.parentWidget()
    return None


def at_hand(page: QWidget) -> str:
    """What is chosen on a page: the rows of its lists and the step of its course."""
    rows: list[Grid] = list(page.findChildren(Grid))
    courses: list[Stepper] = list(page.findChildren(Stepper))
    chosen = [one.current_id() for one in rows if one.isVisibleTo(page)]
    return "\n".join(chosen + [str(one.at) for one in courses if one.isVisibleTo(page)])


def fields(content: QWidget) -> dict[str, QWidget]:
    """What can be filled in, by a name that stays the same: the field's key, else its accessible name."""
    forms: list[Form] = list(content.findChildren(Form))
    keys = {field.editor: key for form in forms for key, field in form.fields()}
    found: dict[str, QWidget] = {}
    for editor in _editors(content):
        name = start = keys.get(editor) or editor.accessibleName() or type(editor).__name__
        number = 1
        while name in found:
            number += 1
            name = f"{start}#{number}"
        found[name] = editor
    return found


def texts(content: QWidget) -> dict[str, str]:
    """Every field as it stands."""
    return {name: text_of(field) for name, field in fields(content).items()}


def text_of(field: QWidget) -> str:
    """What stands in a field."""
    if isinstance(field, QComboBox):
        data = field.currentData()
        return data if isinstance(data, str) and not field.isEditable() else field.currentText()
    if isinstance(field, QCheckBox | QRadioButton):
        return "1" if field.isChecked() else ""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QSpinBox):
        return str(field.value())
    assert isinstance(field, QLineEdit)
    return field.text()


def put(field: QWidget, text: str) -> None:
    """Fill a field; a choice that is no longer there stays as it is."""
    if isinstance(field, QComboBox):
        at = -1 if field.isEditable() else field.findData(text)
        at = at if at >= 0 else field.findText(text)
        if at >= 0:
            field.setCurrentIndex(at)
        if field.isEditable():
            field.setEditText(text)
    elif isinstance(field, QCheckBox | QRadioButton):
        field.setChecked(bool(text))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QSpinBox):
        field.setValue(int(text or 0))
    elif isinstance(field, DateEdit):
        field.setText(text)
        field.read_text()
    elif isinstance(field, QLineEdit):
        field.setText(text)


def _editors(widget: QWidget) -> Iterator[QWidget]:
    for child in widget.children():
        if not isinstance(child, QWidget) or child.isWindow() or isinstance(child, QAbstractItemView):
            continue
        if not isinstance(child, _FILLED_IN):
            yield from _editors(child)
        elif not _is_left_out(child):
            yield child


def _is_left_out(field: QWidget) -> bool:
    """Passwords and codes are never kept, and what one searches for is no content."""
    if not isinstance(field, QLineEdit):
        return False
    hidden = field.echoMode() != QLineEdit.EchoMode.Normal or bool(field.inputMethodHints() & _SECRET)
    return hidden or field.isReadOnly() or isinstance(field, FilterBox)


def _is_typed(field: QWidget) -> bool:
    """Plain text, which tells one record's dialog from another's; days and choices change by themselves."""
    return isinstance(field, QLineEdit | QPlainTextEdit) and not isinstance(field, DateEdit)


def _sign(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]
