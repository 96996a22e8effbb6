"""The dialogs of a page, each joined to the action that its answer becomes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.workplace import Workplace


def write_answer(
    workplace: Workplace,
    dialog: AskDialog,
    deed: str,
    action: Callable[[Any], Any],
    said: str | Callable[[Any], str],
    then: Callable[[Any], None] | None = None,
) -> None:
    """Let the dialog's answer be written as one step; a refusal is shown in the dialog, which stays open."""
    write_prepared(workplace, dialog, deed, lambda: action, said, then)


def write_prepared(
    workplace: Workplace,
    dialog: AskDialog,
    deed: str,
    prepare: Callable[[], Callable[[Any], Any]],
    said: str | Callable[[Any], str],
    then: Callable[[Any], None] | None = None,
) -> None:
    """As `write_answer`, for a page that reads the answer first: `prepare` gives the action that is carried out."""

    def done(result: Any) -> None:
        dialog.accept()
        if then is not None:
            then(result)

    dialog.answered.connect(lambda: workplace.write(deed, prepare(), done, said=said, refused=dialog.refuse))


class Asking:
    """Makes the dialogs of a page; each writes when it is answered and closes when the action went through."""

    def __init__(self, workplace: Workplace, page: QWidget) -> None:
        self.workplace = workplace
        self.page = page

    def writes(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> None:
        """Let the dialog's answer be written as one step; see `write_answer`."""
        write_answer(self.workplace, dialog, deed, action, said, then)
