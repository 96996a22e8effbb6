"""Keys as X11 symbols, and back."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_STATES = {
    Qt.KeyboardModifier.ShiftModifier: 1,
    Qt.KeyboardModifier.ControlModifier: 1 << 2,
    Qt.KeyboardModifier.AltModifier: 1 << 3,
    Qt.KeyboardModifier.MetaModifier: 1 << 6,
}
# X11 key symbols of keys that are no characters, and the text Qt gives them.
_KEYS: dict[int, tuple[Qt.Key, str]] = {
    0xFF08: (Qt.Key.Key_Backspace, "\b"),
    0xFF09: (Qt.Key.Key_Tab, "\t"),
    0xFE20: (Qt.Key.Key_Backtab, ""),
    0xFF0D: (Qt.Key.Key_Return, "\r"),
    0xFF8D: (Qt.Key.Key_Enter, "\r"),
    0xFF1B: (Qt.Key.Key_Escape, "\x1b"),
    0xFFFF: (Qt.Key.Key_Delete, "\x7f"),
    0xFF63: (Qt.Key.Key_Insert, ""),
    0xFF50: (Qt.Key.Key_Home, ""),
    0xFF51: (Qt.Key.Key_Left, ""),
    0xFF52: (Qt.Key.Key_Up, ""),
    0xFF53: (Qt.Key.Key_Right, ""),
    0xFF54: (Qt.Key.Key_Down, ""),
    0xFF55: (Qt.Key.Key_PageUp, ""),
    0xFF56: (Qt.Key.Key_PageDown, ""),
    0xFF57: (Qt.Key.Key_End, ""),
    0xFFE1: (Qt.Key.Key_Shift, ""),
    0xFFE3: (Qt.Key.Key_Control, ""),
    0xFFE5: (Qt.Key.Key_CapsLock, ""),
    0xFFE9: (Qt.Key.Key_Alt, ""),
    0xFFEB: (Qt.Key.Key_Meta, ""),
} | {0xFFBE + number: (Qt.Key(Qt.Key.Key_F1 + number), "") for number in range(12)}
_SYMBOLS = {int(key): symbol for symbol, (key, _) in _KEYS.items()}


def copy_of(event: QKeyEvent) -> QKeyEvent:
    """A key event that outlives its delivery."""
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy


def words_for(key: QKeyEvent) -> tuple[int, int, int, bool, int]:
    """The arguments of ProcessKeyEvent: key symbol, scan code, modifiers, released, milliseconds."""
    symbol = key.nativeVirtualKey()
    state = key.nativeModifiers()
    if not symbol:
        # Platforms without X11 or xkb key symbols.
        point = ord(key.text()) if len(key.text()) == 1 else key.key()
        character = point if 0x20 <= point < 0x7F or 0xA0 <= point <= 0xFF else 0x01000000 + (point & 0xFFFFFF)
        symbol = _SYMBOLS.get(key.key(), character)
        state = sum(bit for modifier, bit in _STATES.items() if key.modifiers() & modifier)
    released = key.type() == QEvent.Type.KeyRelease
    return symbol, key.nativeScanCode(), state, released, key.timestamp() & 0xFFFFFFFF


def key_of(symbol: int, state: int, released: bool) -> QKeyEvent:
    """The key event of a symbol that the portal sends on."""
    modifiers = Qt.KeyboardModifier.NoModifier
    for modifier, bit in _STATES.items():
        if state & bit:
            modifiers |= modifier
    kind = QEvent.Type.KeyRelease if released else QEvent.Type.KeyPress
    if symbol in _KEYS:
        code, text = int(_KEYS[symbol][0]), _KEYS[symbol][1]
    else:
        # The keypad's characters lie at a fixed distance from ASCII.
        point = symbol - 0xFF80 if 0xFFAA <= symbol <= 0xFFB9 else symbol & 0xFFFFFF
        text = chr(point) if 0x20 <= point < 0x110000 and not 0xD800 <= point < 0xE000 else ""
        code = ord(text.upper()) if len(text.upper()) == 1 else int(Qt.Key.Key_unknown)
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        text = ""
    return QKeyEvent(kind, code, modifiers, 0, symbol, state, text)
