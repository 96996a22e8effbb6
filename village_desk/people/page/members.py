"""Party members: who belongs to the branch, what is known of each, who is counted, and how it ended."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from village_desk.people import actions, lookups, printout
from village_desk.people.dialogs import (
    DayDialog,
    EditMemberDialog,
    ExclusionDialog,
    FlagDialog,
    MemberDialog,
    PartyFormDialog,
    RuleDialog,
)
from village_desk.people.lookups import MemberRow, PersonRow
from village_desk.people.page.figures import FigureLine
from village_desk.people.page.member_acts import MemberActs
from village_desk.people.page.member_card import MemberPanel
from village_desk.people.page.sheets import log_leaving, show_people
from village_desk.people.rules.development import Stage
from village_desk.people.table import MembersTable
from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, flow, row, takes_rest
from village_desk.widgets.workplace import Workplace

_ALL, _OWN, _PROBATIONARY, _UNDATED = "全部党员", "本支部党员", "预备党员", "日期未登记"
_SILENT, _FLAGGED, _UNCOUNTED, _WAITING = "失联或久未联系", "流动、困难等", "不计入应到", "不计入应到待批"


class MembersView(QWidget):
    """Emits `went_to(person_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.table = MembersTable()
        self.grid = Grid(
            self.table, empty_words="还没有登记党员。点“登记党员”，或先导入带政治面貌的花名册。", many=True
        )
        self.acts = MemberActs(workplace, self, show, self.current, self.chosen)
        self.figures = FigureLine()
        self.shown = QComboBox()
        self.shown.setAccessibleName("看哪些党员")
        self.shown.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.former = QCheckBox("也看已离开支部的")
        self.from_roster = button("", "download", clicked=self.take_from_roster)
        self.add = button("登记党员", "plus", role="primary", clicked=self.ask_add)
        self.edit = button("填写信息", "pencil", clicked=self.ask_edit)
        self.confirm = button("登记转正", clicked=self.ask_confirm)
        self.leave = button("登记离开支部", clicked=self.ask_leave)
        self.state = self._menu_button(
            "登记情况",
            (
                ("流动、失联、困难…", self.acts.ask_flag),
                ("登记联系…", self.acts.ask_contact),
                ("情况结束…", self.acts.ask_flag_end),
                ("延长预备期…", self.acts.ask_extension),
                ("", None),
                ("不计入应到…", self.acts.ask_exclusion),
                ("恢复计入应到…", self.acts.ask_count_again),
            ),
        )
        self.more = self._menu_button(
            "更多",
            (
                ("打印党员名册…", self.print_list),
                ("打印这名党员的信息表…", self.print_card),
                ("登记志愿服务…", self.acts.ask_time),
                ("打印服务证明…", self.print_service),
                ("", None),
                ("党员管理的规定…", self.acts.ask_rule),
                ("党组织的设置…", self.acts.ask_form),
            ),
        )
        self.panel = MemberPanel()
        self._lay_out()
        self.former.toggled.connect(lambda _on: self.refresh())
        self.shown.currentIndexChanged.connect(lambda _index: self._narrow())
        self.grid.copied.connect(lambda number: log_leaving(self.workplace, "复制党员名单到剪贴板", number))
        self.figures.picked.connect(self.show_view)
        self.grid.picked.connect(lambda _id: self._show_member())
        self.grid.opened.connect(lambda _id: self.ask_edit())
        self.panel.went_to.connect(self.went_to.emit)

    def _lay_out(self) -> None:
        left = Card()
        over = row(self.figures, self.from_roster, spacing=8)
        over.setStretch(0, 1)
        left.add(over)
        left.add(row(self.shown, self.former, None, spacing=8))
        left.add(self.grid, 1)
        takes_rest(self.grid)
        left.add(flow(self.edit, self.confirm, self.state, self.leave, self.more, self.add))
        both = row(left, self.panel, spacing=12)
        both.setStretch(0, 5)
        both.setStretch(1, 3 if theme.current().narrow else 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(both)

    def _menu_button(self, words: str, entries: Sequence[tuple[str, Callable[[], None] | None]]) -> QPushButton:
        made = button(words)
        menu = QMenu(made)
        for title, slot in entries:
            if slot is None:
                menu.addSeparator()
            else:
                menu.addAction(title).triggered.connect(partial(_call, slot))
        made.setMenu(menu)
        return made

    def refresh(self) -> None:
        """Read the members."""
        former = self.former.isChecked()
        self._rows = self.workplace.read(lambda session: lookups.party_members(session, with_former=former))
        self._silent = {one.id for one in self.workplace.read(lookups.silent_members)}
        waiting = self.workplace.read(lookups.members_to_enter)
        now = [one for one in self._rows if one.left_on is None and not one.visiting]
        probationary = sum(one.probationary for one in now)
        uncounted = sum(bool(one.uncounted) for one in now)
        figures = [(_OWN, f"党员{len(now)}人"), (_PROBATIONARY, f"其中预备党员{probationary}人")]
        if uncounted:
            figures.append((_UNCOUNTED, f"经批准不计入应到{uncounted}人"))
        self.figures.show_figures(figures)
        self.from_roster.setText(f"把花名册里的{waiting}名党员登记进来")
        self.from_roster.setVisible(bool(waiting))
        self._offer()
        self._narrow()

    def _fits(self, what: str, one: MemberRow) -> bool:
        match what:
            case "预备党员":
                return one.probationary and not one.visiting
            case "日期未登记":
                return one.joined_on is None or (one.full_on is None and not one.probationary)
            case "失联或久未联系":
                return one.id in self._silent
            case "流动、困难等":
                return bool(one.flags) or one.visiting
            case "不计入应到":
                return bool(one.uncounted) and not one.visiting
            case "不计入应到待批":
                return bool(one.waiting)
            case "本支部党员":
                return not one.visiting
        return True

    def _offer(self) -> None:
        """Each view with the number of its members, so that a figure leads to its people."""
        now = [one for one in self._rows if one.left_on is None]
        wanted = [f"{what} {sum(self._fits(what, one) for one in now)}" for what in _VIEWS]
        before = max(0, self.shown.currentIndex())
        self.shown.blockSignals(True)
        self.shown.clear()
        self.shown.addItems(wanted)
        self.shown.setCurrentIndex(before)
        self.shown.blockSignals(False)

    def show_view(self, what: str) -> None:
        """One of the views of the list, as the box above it offers them."""
        self.shown.setCurrentIndex(_VIEWS.index(what))

    def _narrow(self) -> None:
        what = _VIEWS[max(0, self.shown.currentIndex())]
        self.table.show([one for one in self._rows if self._fits(what, one)])
        if not self.grid.current_id() and self.table.rowCount():
            self.grid.choose(self.table.id_at(0))
        self._show_member()

    def _show_member(self) -> None:
        one = self.current()
        self.panel.show_card(self.workplace.read(lambda s: lookups.member_card(s, one.id)) if one else None)
        here = one is not None and one.left_on is None
        self.edit.setEnabled(here)
        self.confirm.setEnabled(here and one is not None and one.probationary)
        self.state.setEnabled(here)
        self.leave.setEnabled(here)

    def current(self) -> MemberRow | None:
        """The member at hand."""
        chosen = self.grid.current_id()
        return next((one for one in self.table.rows() if one.id == chosen), None)

    def chosen(self) -> list[MemberRow]:
        """The members that are marked in the list."""
        ids = set(self.grid.chosen_ids())
        return [one for one in self.table.rows() if one.id in ids]

    def _act(self) -> Act:
        return self.workplace.read(act)

    def find_people(self, words: str) -> list[PersonRow]:
        """People for a picker."""
        return self.workplace.read(lambda session: lookups.find_people(session, words, limit=8))

    def take_from_roster(self) -> None:
        """Enter whom the roster names as members."""
        self.workplace.write(
            "people.add_members_from_roster",
            actions.add_members_from_roster,
            said=lambda number: f"已登记{number}名党员。选“日期未登记”，逐个点“填写信息”补上入党和转正日期。",
        )

    def member_dialog(self) -> MemberDialog:
        """The dialog for a new member."""
        return MemberDialog(self._act().today, self.find_people, self)

    def ask_add(self) -> None:
        """Enter one member."""
        dialog = self.member_dialog()

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.add_party_member(
                session,
                person_id=answer.person_id,
                probationary=answer.probationary,
                joined_on=answer.joined_on,
                full_on=answer.full_on,
                file_birth=answer.file_birth,
            )

        self.acts.ask(dialog, "people.add_party_member", act_on, "已登记党员。")

    def edit_dialog(self) -> EditMemberDialog | None:
        """The dialog for the member at hand."""
        one = self.current()
        card = self.workplace.read(lambda s: lookups.member_card(s, one.id)) if one else None
        if card is None:
            return None
        return EditMemberDialog(card, self.workplace.read(lookups.branches), self._act().today, self)

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """What is asked about the member at hand, and about the branch."""
        today = self._act().today
        edit = self.edit_dialog()
        if edit is not None:
            yield "member-edit", edit
        yield "member-flag", FlagDialog("王伟", (), today, self)
        yield "member-left-out", ExclusionDialog(["王伟", "李建国"], today, self)
        yield "branch-rule", RuleDialog(self.workplace.read(lambda s: lookups.branch_rule(s, today)), today, self)
        yield "branch-form", PartyFormDialog(self.workplace.read(lookups.branches), self)

    def ask_edit(self) -> None:
        """Fill in what is known of the member at hand."""
        one, dialog = self.current(), self.edit_dialog()
        if one is None or dialog is None or one.left_on is not None:
            return
        card = self.workplace.read(lambda s: lookups.member_card(s, one.id))
        assert card is not None

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.edit_member(
                session,
                person_id=one.id,
                seen=card.seen,
                joined_on=answer.joined_on,
                full_on=answer.full_on,
                job=answer.job,
                file_birth=answer.file_birth,
                branch_id=answer.branch_id,
                visiting=answer.visiting,
            )

        self.acts.ask(dialog, "people.edit_member", act_on, f"{one.name}的党员信息已保存。")

    def ask_confirm(self) -> None:
        """A probationary member became a full one; what speaks against the day is told, the fact is kept."""
        one = self.current()
        if one is None:
            return
        dialog = DayDialog(f"{one.name}转为正式党员", self._act().today, self, accept="登记转正", day_words="转正日期")

        lacking: list[str] = []

        def act_on() -> Callable[[Any], object]:
            day = dialog.answer().on
            found = self.workplace.read(lambda s: lookups.lacks(s, one.id, Stage.FULL, day)) if one.joined_on else ()
            lacking[:] = found
            return lambda session: actions.confirm_full_member(session, person_id=one.id, on=day)

        def then(_none: None) -> None:
            if lacking:
                self.workplace.told.emit("".join(lacking), "日期已照实登记，请核对支部大会的决议和上级的批复。")

        said = f"已登记{one.name}转正，党龄从这一天算起。"
        self.acts.ask(dialog, "people.confirm_full_member", act_on, said, then)

    def ask_leave(self) -> None:
        """A membership ended."""
        one = self.current()
        if one is None:
            return
        self.acts.ask_day(
            f"{one.name}离开本村支部",
            "登记",
            "从哪天起",
            lambda session, answer: actions.leave_branch(session, person_id=one.id, on=answer.on, how=answer.reason),
            "people.leave_branch",
            f"已登记{one.name}离开支部，以前的应到名单不受影响。",
            reasons=("组织关系转出", "退党", "除名", "开除党籍", "取消预备党员资格"),
        )

    def print_list(self) -> None:
        """The list of members as a PDF."""
        here = self._act()
        rows = [one for one in self.table.rows() if one.left_on is None]
        self._print(
            f"{here.village_name}党支部党员名册",
            "打印党员名册",
            len(rows),
            lambda: printout.party_list(rows, branch=f"{here.village_name}党支部", on=here.today),
        )

    def print_card(self) -> None:
        """The sixteen fields of the member at hand as a PDF."""
        one, here = self.current(), self._act()
        card = self.workplace.read(lambda s: lookups.member_card(s, one.id)) if one else None
        if card is None:
            return
        self._print(
            f"{card.row.name}党员信息表",
            "打印党员信息表",
            1,
            lambda: printout.member_form(card, village=here.village_name, on=here.today),
        )

    def print_service(self) -> None:
        """What the member at hand did for the village this year, for his own unit."""
        one, here = self.current(), self._act()
        if one is None:
            return
        times = self.workplace.read(lambda s: lookups.voluntary_time(s, one.id))
        guests = self.workplace.read(lambda s: lookups.outside_people(s, with_former=True))
        unit = next((guest.unit for guest in guests if guest.id == one.id), "")
        self._print(
            f"{one.name}服务证明",
            "打印服务证明",
            1,
            lambda: printout.service_certificate(
                one.name, unit, times, village=here.village_name, year=here.today.year, on=here.today
            ),
        )

    def _print(self, title: str, what: str, people: int, make: Callable[[], bytes]) -> None:
        show_people(self.workplace, self, title, make, self.show_dialog, what=what, people=people)


_VIEWS = (_ALL, _UNDATED, _SILENT, _FLAGGED, _UNCOUNTED, _WAITING, _PROBATIONARY, _OWN)


def _call(slot: Callable[[], None], _checked: bool = False) -> None:
    slot()
