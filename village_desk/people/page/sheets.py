"""Sheets and files with people on them: shown before they print, and kept in the log when they leave the desk."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from village_desk.people import actions
from village_desk.people.rules.masking import Audience
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.workplace import Workplace


def show_people(
    workplace: Workplace,
    page: QWidget,
    title: str,
    make: Callable[[], bytes],
    show: Callable[[QDialog], object],
    *,
    what: str,
    people: int,
    audience: Audience = Audience.INTERNAL,
    reason: str = "",
) -> None:
    """Make a PDF and show it; once it is printed or saved, the log says what, for whom and how many people."""

    def kept(_pdf: bytes) -> None:
        log_leaving(workplace, what, people, audience, reason)

    show_sheet(workplace, page, title, make, show, kept)


def log_leaving(
    workplace: Workplace, what: str, people: int, audience: Audience = Audience.INTERNAL, reason: str = ""
) -> None:
    """Keep in the log that people left the desk on paper or in a file (rules.md §5.5)."""
    workplace.write(
        "people.record_export",
        lambda session: actions.record_export(
            session, what=what, audience=audience.value, people=people, reason=reason
        ),
    )
