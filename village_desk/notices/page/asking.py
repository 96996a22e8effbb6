"""What the parts of the page of notices share: a dialog that writes through one action and closes when it went well."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from village_desk.store.acts import Act, act
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.workplace import Workplace


class Asking:
    """Makes dialogs over a page and writes what they answer."""

    def __init__(self, workplace: Workplace, page: QWidget) -> None:
        self.workplace = workplace
        self.page = page

    @property
    def now(self) -> Act:
        """Who sits at the desk on which day."""
        return self.workplace.read(act)

    @property
    def today(self) -> dt.date:
        """The village's confirmed day."""
        return self.now.today

    def writes(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        """Let a dialog's verb run an action; a refusal is told in the dialog, which stays open."""
        write_answer(self.workplace, dialog, deed, action, said, then)
        return dialog
