"""有人旁观: one switch for the whole window; lists and cards then show identity numbers and phones only in part."""

from PySide6.QtCore import QObject, Signal


class Onlookers(QObject):
    """Whether somebody looks over the clerk's shoulder; `changed(present)` tells every list and card."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._present = False

    @property
    def present(self) -> bool:
        """True while numbers are to be masked on the screen."""
        return self._present

    def say(self, present: bool) -> None:
        """Somebody came, or everybody left."""
        if present != self._present:
            self._present = present
            self.changed.emit(present)


ONLOOKERS = Onlookers()
"""There is one screen, so there is one switch."""
