"""What a clerk does with the register: a new person, corrections, moves, many at once, the number of a household."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from village_desk.people import actions, lookups
from village_desk.people.actions.bulk import BULK_FIELDS, edit_people
from village_desk.people.dialogs import BulkDialog, DayDialog, HouseholdDialog, MoveDialog, PersonDialog
from village_desk.people.lookups import HouseholdCard
from village_desk.people.page.panel import PersonPanel
from village_desk.people.rules.roster import FIELD_WORDS, Field
from village_desk.store.acts import Act, act
from village_desk.widgets.asking import write_prepared
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.workplace import Workplace

Prepared = Callable[[Any], Any]


class RegisterActs(QWidget):
    """Asks about the person at hand in `panel`, or those chosen in `grid`, and writes; the view lays both out."""

    panel: PersonPanel
    grid: Grid
    went_to = Signal(str)
    """A person who was just entered."""

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show

    def new_dialog(self) -> PersonDialog:
        """The dialog for a new person, with the household at hand offered."""
        current = self.panel.card
        home_id = current.row.household_id if current else ""
        home = self.workplace.read(lambda s: lookups.household_card(s, home_id)) if home_id else None
        return PersonDialog(
            self._act().today,
            self,
            groups=self.workplace.read(lookups.groups),
            find_households=self.find_households,
            household=home,
        )

    def ask_new(self) -> None:
        """A new person, in the household at hand, another one or a new one."""
        dialog = self.new_dialog()

        def act_on() -> Prepared:
            answer = dialog.answer()
            values: dict[str, Any] = dict(answer.values)
            if answer.household_id:
                values["household_id"] = answer.household_id
            elif answer.new_number or values["relation"]:
                values["new_household"] = (answer.new_number, answer.new_group)
            else:
                values["group_name"] = answer.new_group
            values["came_how"], values["came_on"], values["came_from"] = answer.came
            return lambda session: actions.add_person(session, **values)

        def said(_id: str) -> str:
            return f"已登记{dialog.answer().values['name']}。"

        self._write(dialog, "people.add_person", act_on, said, self.went_to.emit)

    def edit_dialog(self) -> PersonDialog | None:
        """The dialog for the person at hand."""
        current = self.panel.card
        if current is None:
            return None
        return PersonDialog(self._act().today, self, card=current, groups=self.workplace.read(lookups.groups))

    def ask_edit(self) -> None:
        """Change what is registered."""
        current, dialog = self.panel.card, self.edit_dialog()
        if current is None or dialog is None:
            return

        def act_on() -> Prepared:
            values = dialog.answer().values
            return lambda session: actions.edit_person(session, person_id=current.id, seen=current.seen, **values)

        self._write(dialog, "people.edit_person", act_on, lambda _d: f"{dialog.answer().values['name']}的登记已保存。")

    def ask_move(self) -> None:
        """Into another household."""
        current = self.panel.card
        if current is None:
            return
        dialog = MoveDialog(current.row.name, self._act().today, self.find_households, self)

        def act_on() -> Prepared:
            answer = dialog.answer()
            return lambda session: actions.move_household(
                session,
                person_id=current.id,
                household_id=answer.household_id,
                relation=answer.relation,
                on=answer.on,
                reason=answer.reason,
            )

        self._write(dialog, "people.move_household", act_on, f"{current.row.name}已转户，原来的户留在经历里。")

    def ask_move_out(self) -> None:
        """The registration left the village."""
        reasons = ("迁往外地", "婚嫁迁出", "升学迁出", "购房迁出")
        self._ask_day(
            "{}户籍迁出",
            "迁出",
            "迁出日期",
            lambda session, person_id, answer: actions.move_out(
                session, person_id=person_id, on=answer.on, reason=answer.reason
            ),
            "people.move_out",
            "已登记{}迁出，以前的应到名单不受影响。",
            reasons=reasons,
            explain="任职和党组织关系不会跟着结束，需要的请在“组织与职务”“党员”里另行登记。",
        )

    def ask_back(self) -> None:
        """The registration came back."""
        self._ask_day(
            "{}户籍迁回",
            "迁回",
            "迁回日期",
            lambda session, person_id, answer: actions.return_to_roll(session, person_id=person_id, on=answer.on),
            "people.return_to_roll",
            "已登记{}迁回。",
        )

    def _ask_day(
        self,
        title: str,
        verb: str,
        day_words: str,
        action: Callable[..., None],
        deed: str,
        said: str,
        *,
        reasons: tuple[str, ...] = (),
        explain: str = "",
    ) -> None:
        current = self.panel.card
        if current is None:
            return
        name = current.row.name
        dialog = DayDialog(
            title.format(name),
            self._act().today,
            self,
            accept=verb,
            day_words=day_words,
            reasons=reasons,
            explain=explain,
        )

        def act_on() -> Prepared:
            answer = dialog.answer()
            return lambda session: action(session, current.id, answer)

        self._write(dialog, deed, act_on, said.format(name))

    def bulk_dialog(self, ids: Sequence[str]) -> BulkDialog:
        """The dialog for one fact of many people."""
        known = {Field.GROUP: self.workplace.read(lookups.groups)}
        return BulkDialog(len(ids), BULK_FIELDS, known, self)

    def ask_bulk(self) -> None:
        """One fact for all who are selected."""
        ids = tuple(self.grid.chosen_ids())
        dialog = self.bulk_dialog(ids)

        def act_on() -> Prepared:
            field, value = dialog.answer()
            return lambda session: edit_people(session, person_ids=ids, field=field, value=value)

        def said(number: int) -> str:
            words = FIELD_WORDS[Field(dialog.answer()[0])]
            return f"已把{number:,}人的{words}改好，是一步，可以整个撤销。"

        self._write(dialog, "people.edit_people", act_on, said)

    def ask_household(self) -> None:
        """Number and group of the household at hand."""
        current = self.panel.card
        if current is None or not current.row.household_id:
            return
        home = self.workplace.read(lambda s: lookups.household_card(s, current.row.household_id))
        dialog = HouseholdDialog(home, self.workplace.read(lookups.groups), self)

        def act_on() -> Prepared:
            number, group = dialog.answer()
            return lambda session: actions.edit_household(
                session, household_id=home.id, number=number, group_name=group, seen=home.seen
            )

        self._write(dialog, "people.edit_household", act_on, "户号和小组已保存，全户成员一起改过来了。")

    def find_households(self, words: str) -> list[HouseholdCard]:
        """Households for a picker."""
        return self.workplace.read(lambda session: lookups.find_households(session, words, limit=6))

    def _act(self) -> Act:
        return self.workplace.read(act)

    def _write(
        self,
        dialog: AskDialog,
        deed: str,
        act_on: Callable[[], Prepared],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> None:
        write_prepared(self.workplace, dialog, deed, act_on, said, then)
        self.show_dialog(dialog)
