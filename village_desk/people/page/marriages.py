"""A marriage or a divorce: one dialog and one act for each."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from village_desk.people import actions, lookups
from village_desk.people.dialogs import DivorceDialog, MarriageDialog
from village_desk.people.dialogs.marriages import NEW_HOME, TO_OTHER, TO_SPOUSE
from village_desk.people.lookups import HouseholdCard, PersonCard, PersonRow
from village_desk.store.acts import act
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.workplace import Workplace

Show = Callable[[AskDialog, str, Callable[[], Callable[[Any], object]], str], None]


class Marriages:
    """Asks about a pair; `show` opens a dialog over the page and writes its answer."""

    def __init__(self, workplace: Workplace, page: QWidget, show: Show) -> None:
        self.workplace, self.page, self._show = workplace, page, show

    def marriage_dialog(self, card: PersonCard) -> MarriageDialog:
        """The dialog for a marriage."""
        return MarriageDialog(
            card.row.name,
            self.workplace.read(act).today,
            self._find_people,
            self._find_households,
            self.workplace.read(lookups.groups),
            self.page,
        )

    def divorce_dialog(self, card: PersonCard) -> DivorceDialog:
        """The dialog for a divorce, with the one to whom the person seems to be married."""

        def other(session: Any) -> PersonRow | None:
            found = lookups.spouse_of(session, card.id)
            return lookups.person_card(session, found).row if found else None

        return DivorceDialog(
            card.row,
            self.workplace.read(other),
            card.family,
            self.workplace.read(act).today,
            self._find_people,
            self._find_households,
            self.workplace.read(lookups.groups),
            self.page,
        )

    def ask_marriage(self, card: PersonCard) -> None:
        """The person marries."""
        dialog = self.marriage_dialog(card)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            home, spouse = "", answer.spouse_id
            if answer.where == TO_OTHER:
                home = answer.household_id
            elif answer.where == TO_SPOUSE:
                home = self.workplace.read(lambda s: lookups.person_card(s, spouse)).row.household_id
            new = answer.where == NEW_HOME
            return lambda session: actions.record_marriage(
                session,
                person_id=card.id,
                on=answer.on,
                spouse_id=spouse,
                household_id=home,
                relation=answer.relation,
                new_number=answer.number if new else "",
                new_group=answer.group if new else "",
            )

        self._show(dialog, "people.record_marriage", act_on, f"已登记{card.row.name}结婚，原来的户留在经历里。")

    def ask_divorce(self, card: PersonCard) -> None:
        """The person is divorced."""
        dialog = self.divorce_dialog(card)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.record_divorce(
                session,
                person_id=card.id,
                on=answer.on,
                spouse_id=answer.spouse_id,
                leaver_id=answer.leaver_id,
                with_ids=answer.with_ids,
                household_id=answer.household_id,
                relation=answer.relation,
                new_number=answer.number,
                new_group=answer.group,
                new_head_id=answer.head_id,
            )

        self._show(dialog, "people.record_divorce", act_on, f"已登记{card.row.name}离婚，原来的户留在经历里。")

    def _find_people(self, words: str) -> list[PersonRow]:
        return self.workplace.read(lambda session: lookups.find_people(session, words, limit=8))

    def _find_households(self, words: str) -> list[HouseholdCard]:
        return self.workplace.read(lambda session: lookups.find_households(session, words, limit=6))
