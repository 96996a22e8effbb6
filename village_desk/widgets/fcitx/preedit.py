"""The text that is being composed, as Qt wants it."""

from PySide6.QtGui import QFont, QInputMethodEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QWidget

# FcitxMessageType as the portal sends it.
_UNDERLINE, _HIGHLIGHT, _NOT_TO_KEEP, _BOLD, _STRIKE, _ITALIC = (1 << bit for bit in range(3, 9))


def preedit_event(target: QWidget, pieces: list[tuple[str, int]], cursor: int) -> QInputMethodEvent:
    """The event that shows these pieces; `cursor` counts UTF-8 bytes, and a negative one hides it."""
    attributes = []
    start = 0
    for piece, flags in pieces:
        look = QInputMethodEvent.AttributeType.TextFormat
        attributes.append(QInputMethodEvent.Attribute(look, start, _units(piece), _format(target, flags)))
        start += _units(piece)
    text = "".join(piece for piece, _ in pieces)
    before = text.encode()[: max(cursor, 0)].decode(errors="ignore")
    place = QInputMethodEvent.AttributeType.Cursor
    attributes.append(QInputMethodEvent.Attribute(place, _units(before), int(cursor >= 0), None))
    return QInputMethodEvent(text, attributes)


def kept_text(pieces: list[tuple[str, int]]) -> str:
    """What remains in the field when the composition ends without a choice."""
    return "".join(piece for piece, flags in pieces if not flags & _NOT_TO_KEEP)


def _units(text: str) -> int:
    """How many UTF-16 units Qt counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _format(target: QWidget, flags: int) -> QTextCharFormat:
    """How a piece of the preedit looks."""
    look = QTextCharFormat()
    if flags & _UNDERLINE:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    if flags & _BOLD:
        look.setFontWeight(QFont.Weight.Bold)
    if flags & _STRIKE:
        look.setFontStrikeOut(True)
    if flags & _ITALIC:
        look.setFontItalic(True)
    if flags & _HIGHLIGHT:
        palette = target.palette()
        look.setBackground(palette.brush(QPalette.ColorRole.Highlight))
        look.setForeground(palette.brush(QPalette.ColorRole.HighlightedText))
    return look
