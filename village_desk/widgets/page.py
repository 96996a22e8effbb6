"""What every room's page is: a title, an icon, the tables that it shows, and a refresh when they change."""

from collections.abc import Iterator
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.workplace import Workplace


class Page(QWidget):
    """One place in the sidebar.

    A subclass sets the class attributes, builds into `self.column` and writes `refresh()`, which reads with
    self.workplace.read(…) and shows. It is called when the page is first shown and, after that, whenever one of
    `tables` changed (a hidden page waits until it is shown).
    """

    key: ClassVar[str] = ""
    """Name for going there, the room's name: people, meetings, decisions …"""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = "file-text"
    shortcut: ClassVar[str] = ""
    tables: ClassVar[frozenset[str]] = frozenset()
    help_page: ClassVar[str] = ""
    """Name of resources/help/NAME.md; the key when empty."""

    subtitle_changed = Signal(str)
    """A few words beside the title, such as 共412户、1,386人."""
    type_percent_chosen = Signal(int)
    """Another type size, from the settings."""
    asked_for = Signal(str, str)
    """Another page and a record's id there ("" for none): self.asked_for.emit("decisions", decision_id)."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.workplace = workplace
        self.subtitle = ""
        self._stale = True
        self.column = QVBoxLayout(self)
        edge = theme.current().px(16)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(theme.current().px(12))
        workplace.changed.connect(self._take_note)

    def refresh(self) -> None:
        """Read what the page shows and show it; selection and scroll position stay."""

    def open_record(self, record_id: str) -> None:
        """Show one record; called when another page or the search asks for it."""

    def start_search(self) -> bool:
        """Put the cursor into the page's own search field; False lets the search of the whole desk open instead."""
        return False

    def check(self) -> None:
        """F7: check the matter at hand."""

    def preview(self) -> None:
        """F9: show what the page prints."""

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The main dialogs, filled with what is at hand, each with a name; for pictures and layout tests."""
        return iter(())

    def say(self, subtitle: str) -> None:
        """Set the words beside the title."""
        self.subtitle = subtitle
        self.subtitle_changed.emit(subtitle)

    def refresh_now(self) -> None:
        """Refresh and be current again."""
        self._stale = False
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh when something changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh_now()

    def _take_note(self, tables: Any) -> None:
        if not tables & self.tables:
            return
        if self.isVisible():
            self.refresh_now()
        else:
            self._stale = True
