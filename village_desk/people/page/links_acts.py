"""What a clerk does with links: kinds and their numbers, who stands by whom, visits, endings, and the sheets."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from village_desk.people import actions, lookups, printout
from village_desk.people.dialogs import DayDialog
from village_desk.people.dialogs.choosing import AdoptDialog
from village_desk.people.dialogs.links import ContactDialog, LinkDialog, NumbersDialog
from village_desk.people.lookups import HolderRow, HomeLine, LinkKindRow, PersonRow
from village_desk.people.page.link_lists import HoldersTable, TargetsTable
from village_desk.people.page.sheets import show_people
from village_desk.people.rules.links import End
from village_desk.people.rules.masking import Audience
from village_desk.store.acts import Act, act
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.workplace import Workplace

WHY_ENDED = ("调整分工", "人员变动", "户已搬走", "帮扶结束")


class LinkActs(QWidget):
    """The kinds of links and the holder at hand, with the acts on them; the view lays them out.

    Emits `kind_made(kind_id)` for a kind that was just made or taken over.
    """

    kind_made = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.kinds: tuple[LinkKindRow, ...] = ()
        self.left_out: tuple[HomeLine, ...] = ()
        self.holders, self.targets = HoldersTable(), TargetsTable()
        self.kind_box = QComboBox()
        self.grid = Grid(self.holders, empty_words="还没有人承担。点“登记联系”。")
        self.targets_grid = Grid(self.targets, empty_words="没有联系对象。")

    def kind(self) -> LinkKindRow | None:
        """The kind at hand."""
        chosen = self.kind_box.currentData()
        return next((one for one in self.kinds if one.id == chosen), None)

    def current(self) -> HolderRow | None:
        """The holder at hand."""
        chosen = self.grid.current_id()
        return next((one for one in self.holders.rows() if one.id == chosen), None)

    def _act(self) -> Act:
        return self.workplace.read(act)

    def _find(self, words: str) -> list[PersonRow]:
        return self.workplace.read(lambda session: lookups.find_people(session, words, limit=8))

    def show_left_out(self) -> None:
        """Households without a contact, printed as a list to go round with."""
        kind, here = self.kind(), self._act()
        if kind is None:
            return
        title = f"{here.village_name}没有{kind.name}的户"
        homes = self.left_out
        self._print(
            title, lambda: printout.home_list(homes, title=title, on=here.today), "打印没有联系人的户", len(homes)
        )

    def adopt_dialog(self) -> AdoptDialog:
        """The dialog that offers shipped kinds which are not in use yet."""
        used = {kind.rule.key for kind in self.kinds}
        choices = [
            (one.key, one.name, f"{one.text or '没有数量要求。'}（{one.source}）")
            for one in lookups.presets().links
            if one.key not in used
        ]
        return AdoptDialog("选用联系种类", choices, self, explain="数字先按通行的填好，选用以后可以按本地文件改。")

    def ask_adopt(self) -> None:
        """Take over a shipped kind."""
        dialog = self.adopt_dialog()
        self._save(
            dialog,
            "people.adopt_link_kind",
            lambda session: actions.adopt_link_kind(session, key=dialog.key()),
            "已选用，请登记由谁联系谁。",
            show=True,
        )

    def ask_own(self) -> None:
        """Make a kind of one's own."""
        dialog = NumbersDialog(None, self)

        def make(session: Any) -> object:
            answer = dialog.answer()
            return actions.add_link_kind(
                session,
                name=answer.name,
                from_end=answer.from_end,
                to_end=answer.to_end,
                members_only=answer.members_only,
                cover=answer.cover,
                least=answer.least,
                most=answer.most,
                visits=answer.visits,
                visit_period=answer.visit_period,
                days=answer.days,
                day_period=answer.day_period,
                text=answer.text,
            )

        self._save(dialog, "people.add_link_kind", make, "已新建，请登记由谁联系谁。", show=True)

    def ask_numbers(self) -> None:
        """Change the numbers of the kind at hand."""
        kind = self.kind()
        if kind is None:
            return
        dialog = NumbersDialog(kind.rule, self)

        def change(session: Any) -> None:
            answer = dialog.answer()
            actions.change_link_numbers(
                session,
                kind_id=kind.id,
                least=answer.least,
                most=answer.most,
                visits=answer.visits,
                visit_period=answer.visit_period,
                days=answer.days,
                day_period=answer.day_period,
                cover=answer.cover,
            )

        self._save(dialog, "people.change_link_numbers", change, "要求已保存。")

    def link_dialog(self) -> LinkDialog | None:
        """The dialog for a link of the kind at hand."""
        kind, today = self.kind(), self._act().today
        if kind is None:
            return None
        bodies = [(one.id, one.name) for one in self.workplace.read(lambda session: lookups.bodies(session, on=today))]
        targets: list[tuple[str, str]] = []
        if kind.rule.to_end is End.HOUSEHOLD:
            waiting = {line.id for line in self.left_out}
            lines = sorted(self.workplace.read(lookups.home_lines), key=lambda line: line.id not in waiting)
            mark = "（没有联系人）" if kind.rule.cover else ""
            targets = [(one.id, f"{one.group} {one.words}" + (mark if one.id in waiting else "")) for one in lines]
        elif kind.rule.to_end is End.UNIT:
            units = self.workplace.read(lambda session: lookups.grid_tree(session, on=today))
            targets = [(unit.id, "　" * (unit.depth - 1) + unit.name) for unit in units]
        elif kind.rule.to_end is End.BODY:
            targets = bodies
        elif kind.rule.to_end is End.PERSON:
            everybody = self.workplace.read(
                lambda session: lookups.person_rows(session, lookups.person_ids(session, lookups.PeopleFilter()))
            )
            targets = [(one.id, f"{one.group} {one.name}") for one in everybody]
        return LinkDialog(kind.rule, today, self._find, bodies, targets, self)

    def ask_link(self) -> None:
        """Link somebody."""
        kind, dialog = self.kind(), self.link_dialog()
        if kind is None or dialog is None:
            return

        def make(session: Any) -> object:
            answer = dialog.answer()
            return actions.link(
                session,
                kind_id=kind.id,
                from_id=answer.from_id,
                to_ids=answer.to_ids,
                to_name=answer.to_name,
                from_on=answer.from_on,
                agreement=answer.agreement,
                phone_shown=answer.phone_shown,
            )

        self._save(dialog, "people.link", make, f"已登记{kind.name}。")

    def contact_dialog(self) -> ContactDialog | None:
        """The dialog for a contact of the holder at hand."""
        kind, holder = self.kind(), self.current()
        if kind is None or holder is None:
            return None
        targets = [(one.to_id, one.to_words) for one in self.targets.rows() if one.to_id]
        return ContactDialog(kind.rule, holder.name, self._act().today, targets, self)

    def ask_contact(self) -> None:
        """A contact that the holder at hand kept."""
        kind, holder, dialog = self.kind(), self.current(), self.contact_dialog()
        if kind is None or holder is None or dialog is None:
            return

        def note(session: Any) -> object:
            answer = dialog.answer()
            return actions.record_link_contact(
                session,
                kind_id=kind.id,
                from_id=holder.id,
                on=answer.on,
                way=answer.way,
                to_id=answer.to_id,
                what=answer.what,
                settled=answer.settled,
                item=answer.item,
            )

        self._save(dialog, "people.record_link_contact", note, f"已登记{holder.name}的联系。")

    def ask_end(self) -> None:
        """End the chosen links of the holder at hand."""
        holder = self.current()
        chosen = tuple(self.targets_grid.chosen_ids()) or tuple(one.id for one in self.targets.rows()[:1])
        if holder is None or not chosen:
            return
        many = (
            f"{len(chosen)}个对象"
            if len(chosen) > 1
            else next(one.to_words for one in self.targets.rows() if one.id == chosen[0])
        )
        dialog = DayDialog(
            f"{holder.name}不再联系{many}",
            self._act().today,
            self,
            accept="结束联系",
            day_words="从哪天起",
            reasons=WHY_ENDED,
            reason_needed=True,
        )

        def close(session: Any) -> None:
            answer = dialog.answer()
            actions.end_link(
                session,
                link_ids=chosen,
                on=answer.on,
                why=answer.reason,
            )

        self._save(dialog, "people.end_link", close, "已结束联系，以前的记录还在。")

    def _save(
        self, dialog: AskDialog, deed: str, action: Callable[..., object], said: str, *, show: bool = False
    ) -> None:
        def then(made: object) -> None:
            if show and isinstance(made, str):
                self.kind_made.emit(made)

        write_answer(self.workplace, dialog, deed, action, said, then)
        self.show_dialog(dialog)

    def print_list(self) -> None:
        """Every link of the kind at hand as a PDF."""
        kind, here = self.kind(), self._act()
        if kind is None:
            return
        rows = self.workplace.read(lambda session: lookups.links(session, on=here.today, kind_id=kind.id))
        title = f"{here.village_name}{kind.name}公示表"
        made = partial(printout.link_list, rows, kind.rule, village=here.village_name, on=here.today)
        self._print(title, made, f"打印{kind.name}公示表", len(rows), Audience.BOARD)

    def print_card(self) -> None:
        """The card of the holder at hand."""
        kind, holder, here = self.kind(), self.current(), self._act()
        if kind is None or holder is None:
            return
        found = self.workplace.read(
            lambda session: lookups.link_card(session, kind_id=kind.id, from_id=holder.id, on=here.today)
        )
        if found is None:
            return
        title = f"{holder.name}{kind.name}联系卡"
        made = partial(printout.link_card, found, village=here.village_name)
        self._print(title, made, f"打印{kind.name}联系卡", len(found.targets))

    def _print(
        self, title: str, made: Callable[[], bytes], what: str, people: int, audience: Audience = Audience.INTERNAL
    ) -> None:
        show_people(self.workplace, self, title, made, self.show_dialog, what=what, people=people, audience=audience)
