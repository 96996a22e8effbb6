"""Forms as clerks know them: words on the left, one column, 必填 in words, and what is wrong right under the field."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from village_desk.widgets import theme
from village_desk.widgets.icons import pixmap

# 名称(&N): the key in brackets is for the hands, not for a sentence.
_ACCESS_KEY = re.compile(r"\(&\w\)|&")


class Field(QWidget):
    """One field of a form with its place for an error."""

    def __init__(self, editor: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        column.addWidget(editor)
        self._hint = QLabel(hint)
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._hint.setVisible(bool(hint))
        column.addWidget(self._hint)
        self._error_line = QWidget()
        row = QHBoxLayout(self._error_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(5))
        self._mark = QLabel()
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._error = QLabel()
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        row.addWidget(self._error, 1)
        self._error_line.hide()
        column.addWidget(self._error_line)

    @property
    def error(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._error.text()

    def wrong(self, words: str) -> None:
        """Say under the field what is wrong and what is expected; "" takes it away."""
        if words == self._error.text():
            return
        self._error.setText(words)
        look = theme.current()
        self._mark.setPixmap(pixmap("triangle-alert", look.px(15), look.colours.bad, self.devicePixelRatioF()))
        self._error_line.setVisible(bool(words))
        self.editor.setProperty("wrong", bool(words))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        self.editor.setAccessibleDescription(words)

    def set_hint(self, words: str) -> None:
        """Words under the field that help to fill it."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))


class Form(QWidget):
    """A column of fields. Enter goes to the next field, never sends the form while Chinese is being composed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(10))
        self._grid.setColumnStretch(1, 1)
        self._fields: dict[str, Field] = {}
        self._labels: dict[str, QLabel] = {}

    def add(self, key: str, label: str, editor: QWidget, *, required: bool = False, hint: str = "") -> Field:
        """Add a field; `key` names it for `wrong`, the label becomes its accessible name and its access key holder."""
        words = QLabel(f"{label}（必填）" if required else label)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words.setBuddy(editor)
        editor.setAccessibleName(label.replace("&", "") + ("，必填" if required else ""))
        field = Field(editor, hint=hint)
        row = self._grid.rowCount()
        holder = QVBoxLayout()
        holder.setContentsMargins(0, theme.current().px(7), 0, 0)
        holder.addWidget(words)
        holder.addStretch(1)
        self._grid.addLayout(holder, row, 0)
        self._grid.addWidget(field, row, 1)
        self._fields[key], self._labels[key] = field, words
        if not isinstance(editor, QPlainTextEdit):
            editor.installEventFilter(self)
        return field

    def add_wide(self, widget: QWidget) -> None:
        """Add something over the whole width, such as a heading."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def field(self, key: str) -> Field:
        """The field of that key."""
        return self._fields[key]

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Every field with its key, from top to bottom."""
        yield from self._fields.items()

    def show_field(self, key: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        self._fields[key].setVisible(shown)
        self._labels[key].setVisible(shown)

    @property
    def words_width(self) -> int:
        """Pixels that the longest words before a field take."""
        return max((words.sizeHint().width() for words in self._labels.values()), default=0)

    def give_words(self, pixels: int) -> None:
        """Keep this much room for the words before the fields."""
        self._grid.setColumnMinimumWidth(0, pixels)

    def wrong(self, key: str, words: str) -> None:
        """Say under a field what is wrong and put the cursor there."""
        self._fields[key].wrong(words)
        if words:
            self._fields[key].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        """Take every error away."""
        for field in self._fields.values():
            field.wrong("")

    def tell(self, problems: dict[str, str]) -> bool:
        """Show these errors and no others, cursor in the topmost; True when there are none."""
        self.clear_errors()
        for key, words in problems.items():
            self._fields[key].wrong(words)
        for key, field in self._fields.items():
            if problems.get(key):
                field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                break
        return not any(problems.values())

    def missing(self, **required: str) -> dict[str, str]:
        """Errors for required fields left empty: missing(name=value, …) → {"name": "请填写姓名。"}."""
        return {
            key: f"请填写{_ACCESS_KEY.sub('', self._labels[key].text().removesuffix('（必填）'))}。"
            for key, value in required.items()
            if not value.strip()
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a one-line field goes on to the next field; in the last one it reaches the default button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
            editors = [
                field.editor for field in self._fields.values() if field.isVisible() and field.editor.isEnabled()
            ]
            if enter and watched in editors and watched is not editors[-1]:
                QApplication.sendEvent(
                    watched, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
                )
                return True
        return super().eventFilter(watched, event)


def align(*forms: Form) -> None:
    """Let forms that stand below each other have their fields in one line, as if they were one."""
    width = max(form.words_width for form in forms)
    for form in forms:
        form.give_words(width)


def text_area(lines: int = 4) -> QPlainTextEdit:
    """A field for several lines; Tab leaves it."""
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    height = QFontMetrics(theme.current().font()).lineSpacing() * lines + theme.current().px(20)
    area.setMinimumHeight(height)
    return area
