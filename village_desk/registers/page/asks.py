"""What both askers of the page of registers share: the entry at hand, the day, and how an answer is written."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups.entries import EntryDetail
from village_desk.rulebook.rules import SubjectSort
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice

if TYPE_CHECKING:
    from village_desk.registers.page.entries import RegistersPage


class Asks:
    """Makes dialogs of the page; each writes one act when it is answered."""

    def __init__(self, page: "RegistersPage") -> None:
        self.page = page

    @property
    def found(self) -> EntryDetail:
        """The entry at hand."""
        assert self.page.detail is not None
        return self.page.detail

    @property
    def today(self) -> dt.date:
        """The confirmed day."""
        return self.page.now.today

    def dialog(self, what: str) -> AskDialog:
        """The dialog for an act by its key."""
        made = getattr(self, f"ask_{what}")()
        assert isinstance(made, AskDialog)
        return made

    def people(self) -> tuple[Choice, ...]:
        """Everybody on the roll, to choose from."""
        return self.page.workplace.read(lambda session: lookups.choices_for(session, SubjectSort.PERSON))

    def day(self, words: str = "日期(&T)") -> Ask:
        """A field for a day, today at first."""
        return Ask("day", words, "day", True, value=self.today, today=self.today)

    def writes(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        """Let the dialog's answer be written; a refusal is shown in it."""
        write_answer(self.page.workplace, dialog, deed, action, said, then)
        return dialog
