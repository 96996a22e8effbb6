"""Party members of the branch: who belongs to it, since when, and how it ended."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from village_desk.people import actions, lookups, printout
from village_desk.people.dialogs import DayDialog, MemberDialog
from village_desk.people.lookups import MemberRow, PersonRow
from village_desk.people.table import MembersTable
from village_desk.store.acts import Act, act
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, label, row
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


class MembersView(QWidget):
    """Emits `went_to(person_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.table = MembersTable()
        self.grid = Grid(self.table, empty_words="还没有登记党员。点“登记党员”，或先导入带政治面貌的花名册。")
        self.figures = label("", "strong", wrap=False)
        self.former = QCheckBox("也看已离开支部的")
        self.from_roster = button("", "download", clicked=self.take_from_roster)
        self.add = button("登记党员", "plus", role="primary", clicked=self.ask_add)
        self.confirm = button("登记转正", "check", clicked=self.ask_confirm)
        self.leave = button("登记离开支部", "minus", clicked=self.ask_leave)
        self.print = button("打印党员名册", "printer", clicked=self.print_list)
        whole = Card()
        whole.add(row(self.figures, None, self.former, self.from_roster, spacing=8))
        whole.add(self.grid, 1)
        whole.add(row(self.confirm, self.leave, self.print, None, self.add, spacing=8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(whole)
        self.former.toggled.connect(lambda _on: self.refresh())
        self.grid.picked.connect(lambda _id: self._fit_buttons())
        self.grid.opened.connect(self.went_to.emit)

    def refresh(self) -> None:
        """Read the members."""
        former = self.former.isChecked()
        rows = self.workplace.read(lambda session: lookups.party_members(session, with_former=former))
        waiting = self.workplace.read(lookups.members_to_enter)
        self.table.show(rows)
        now = [one for one in rows if one.left_on is None]
        probationary = sum(one.probationary for one in now)
        self.figures.setText(f"党员{len(now)}人，其中预备党员{probationary}人")
        self.from_roster.setText(f"把花名册里的{waiting}名党员登记进来")
        self.from_roster.setVisible(bool(waiting))
        if not self.grid.current_id() and self.table.rowCount():
            self.grid.choose(self.table.id_at(0))
        self._fit_buttons()

    def current(self) -> MemberRow | None:
        """The member at hand."""
        chosen = self.grid.current_id()
        return next((one for one in self.table.rows() if one.id == chosen), None)

    def _fit_buttons(self) -> None:
        one = self.current()
        self.confirm.setEnabled(one is not None and one.probationary and one.left_on is None)
        self.leave.setEnabled(one is not None and one.left_on is None)

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
            said=lambda number: f"已登记{number}名党员，入党和转正日期请逐个补上。",
        )

    def member_dialog(self) -> MemberDialog:
        """The dialog for a new member."""
        return MemberDialog(self._act().today, self.find_people, self)

    def ask_add(self) -> None:
        """Enter one member."""
        dialog = self.member_dialog()

        def save() -> None:
            answer = dialog.answer()
            self.workplace.write(
                "people.add_party_member",
                lambda session: actions.add_party_member(
                    session,
                    person_id=answer.person_id,
                    probationary=answer.probationary,
                    joined_on=answer.joined_on,
                    full_on=answer.full_on,
                    file_birth=answer.file_birth,
                ),
                then=lambda _done: dialog.accept(),
                said="已登记党员。",
                refused=dialog.refuse,
            )

        dialog.answered.connect(save)
        self.show_dialog(dialog)

    def ask_confirm(self) -> None:
        """A probationary member became a full one."""
        one = self.current()
        if one is not None:
            self._ask_day(
                f"{one.name}转为正式党员",
                "登记转正",
                "转正日期",
                lambda session, answer: actions.confirm_full_member(session, person_id=one.id, on=answer.on),
                "people.confirm_full_member",
                f"已登记{one.name}转正，党龄从这一天算起。",
            )

    def ask_leave(self) -> None:
        """A membership ended."""
        one = self.current()
        if one is not None:
            self._ask_day(
                f"{one.name}离开本村支部",
                "登记",
                "从哪天起",
                lambda session, answer: actions.leave_branch(
                    session, person_id=one.id, on=answer.on, how=answer.reason
                ),
                "people.leave_branch",
                f"已登记{one.name}离开支部，以前的应到名单不受影响。",
                reasons=("组织关系转出", "退党", "除名", "开除党籍", "取消预备党员资格"),
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
    ) -> None:
        dialog = DayDialog(
            title,
            self._act().today,
            self,
            accept=verb,
            day_words=day_words,
            reasons=reasons,
            reason_needed=bool(reasons),
        )

        def save() -> None:
            answer = dialog.answer()
            self.workplace.write(
                deed,
                lambda session: action(session, answer),
                then=lambda _done: dialog.accept(),
                said=said,
                refused=dialog.refuse,
            )

        dialog.answered.connect(save)
        self.show_dialog(dialog)

    def print_list(self) -> None:
        """The list of members as a PDF."""
        here = self._act()
        rows = [one for one in self.table.rows() if one.left_on is None]
        title = f"{here.village_name}党支部党员名册"

        def log() -> None:
            self.workplace.write(
                "people.record_export",
                lambda session: actions.record_export(
                    session, what="打印党员名册", audience="internal", people=len(rows)
                ),
            )

        def show(pdf: bytes) -> None:
            shown = PreviewDialog(pdf, title, f"{title}.pdf", self)
            shown.preview.printed.connect(log)
            shown.preview.saved.connect(lambda _path: log())
            self.show_dialog(shown)

        self.workplace.later(
            lambda _task: printout.party_list(rows, branch=f"{here.village_name}党支部", on=here.today),
            show,
            title="正在排版",
        )
