"""What is cut off on the screen: words wider or higher than their place; for tests, pictures and the self-check."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QWidget,
)

# Rounding of glyph widths.
_SLACK = 2


def cut_off(window: QWidget) -> list[str]:
    """One line for each piece of text that does not fit into its place, or lies outside its parent."""
    found = []
    for widget in [window, *_inside(window)]:
        if not widget.isVisible() or widget.width() <= 0:
            continue
        words = _too_large(widget)
        if words:
            found.append(f"{type(widget).__name__} “{words}” {widget.width()}×{widget.height()}")
        elif _beyond_parent(widget):
            found.append(f"{type(widget).__name__} “{_name_of(widget)}” beyond its parent")
    return found


def unnamed(window: QWidget) -> list[str]:
    """Fields and buttons that a screen reader could not name."""
    found = []
    for widget in _inside(window):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(widget, QAbstractButton) and not (widget.text() or widget.accessibleName()):
            found.append(type(widget).__name__)
        if isinstance(widget, QLineEdit) and not widget.accessibleName() and not _is_part(widget):
            found.append(f"QLineEdit “{widget.placeholderText()}”")
    return found


def _name_of(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return widget.objectName() or widget.accessibleName() or words


def _inside(window: QWidget) -> list[QWidget]:
    every: list[QWidget] = list(window.findChildren(QWidget))
    return [one for one in every if one.window() is window.window()]


def _is_part(field: QLineEdit) -> bool:
    parent = field.parent()
    return isinstance(parent, QAbstractSpinBox | QComboBox)


def _too_large(widget: QWidget) -> str:
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel) and widget.text():
        room = widget.contentsRect()
        words = widget.text().replace("&", "") if widget.buddy() is not None else widget.text()
        if widget.wordWrap():
            needed = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), _wrapping(), words)
            fits = needed.height() <= room.height() + _SLACK and needed.width() <= room.width() + _SLACK
        else:
            lines = words.splitlines()
            fits = max(metrics.horizontalAdvance(line) for line in lines) <= room.width() + _SLACK
        return "" if fits else words
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    if isinstance(widget, QAbstractButton) and widget.text():
        needed_size = widget.sizeHint()
        fits = needed_size.width() <= widget.width() + _SLACK and needed_size.height() <= widget.height() + _SLACK
        return "" if fits else widget.text()
    if isinstance(widget, QLineEdit) and not _is_part(widget):
        return "" if widget.sizeHint().height() <= widget.height() + _SLACK else f"field {widget.accessibleName()}"
    if isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        for section in range(widget.count()):
            title = str(widget.model().headerData(section, Qt.Orientation.Horizontal) or "")
            width = max(metrics.horizontalAdvance(line) for line in title.split("\n"))
            if not widget.isSectionHidden(section) and width > widget.sectionSize(section):
                return title
    return ""


def _wrapping() -> int:
    return int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


def _beyond_parent(widget: QWidget) -> bool:
    above = widget.parent()
    parent = above if isinstance(above, QWidget) else None
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QScrollArea):
        return False
    inside_view = isinstance(parent.parentWidget(), QWidget) and parent.objectName() == "qt_scrollarea_viewport"
    if inside_view or not isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return False
    return not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry())
