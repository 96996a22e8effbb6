"""Living and contract households in a window of their own: their members of any day, who joins, who leaves."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups, printout
from village_desk.people.dialogs import DayDialog, HeadDialog, SideHouseholdDialog
from village_desk.people.dialogs.homes import JoinDialog, read_mu
from village_desk.people.lookups import PersonRow, SideHouseholdRow, SideMemberRow
from village_desk.people.lookups.aliases import in_place_of
from village_desk.people.page.sheets import show_people
from village_desk.store.acts import act
from village_desk.widgets import theme
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, flow, heading, label, muted, row
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.workplace import Workplace

_KINDS = (("contract", "承包户"), ("living", "居住户"))


class HomesTable(ListTable[SideHouseholdRow]):
    """One line a household."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "编号", lambda one: one.number or "未登记", width=4.5),
                Column("group", "小组", lambda one: one.group, width=3.5),
                Column("head", "代表或户主", lambda one: one.head or "未登记", width=5, wide=True),
                Column("members", "人数", lambda one: str(len(one.members)), width=3, align="right"),
                Column("area", "面积", lambda one: one.area_words if one.kind == "contract" else "", width=6),
                Column("certificate", "合同或权证号", lambda one: one.certificate, width=8, side=True),
            ),
            sort_keys={"members": lambda one: len(one.members), "area": lambda one: one.area or 0},
        )


class MembersOfHomeTable(ListTable[SideMemberRow]):
    """One line a member."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "成员", lambda one: one.name, width=5, wide=True),
                Column("relation", "关系", lambda one: one.relation or "未登记", width=5),
                Column("head", "代表", lambda one: "是" if one.head else "", width=3),
                Column("shares", "份额", lambda one: one.share_words or "未登记", width=4, align="right"),
            )
        )


class HomesWindow(QDialog):
    """The households of one kind at the top, the members of the chosen one below. Emits `went_to(person_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, page: QWidget) -> None:
        super().__init__(page)
        look = theme.current()
        self.workplace = workplace
        self.setWindowTitle("承包户和居住户")
        self.setModal(True)
        self.resize(look.px(780), min(look.px(600), 700))
        self.dialog: QDialog | None = None
        self.kind = QComboBox()
        self.kind.setAccessibleName("哪一种户")
        for key, words in _KINDS:
            self.kind.addItem(words, key)
        self.table, self.members = HomesTable(), MembersOfHomeTable()
        self.grid = Grid(self.table, empty_words="还没有登记。在人员卡上点“登记身份”，选“登记承包户”或“登记居住户”。")
        self.member_grid = Grid(self.members, empty_words="从上面选一户。")
        self.figures = label("", "strong", wrap=False)
        self.join = button("加成员", "plus", role="primary", clicked=self.ask_join)
        self.leave = button("成员离开", clicked=self.ask_leave)
        self.edit = button("修改", clicked=self.ask_edit)
        self.head = button("换代表", clicked=self.ask_head)
        self.split = button("分户", clicked=self.ask_split)
        self.end = button("结束这一户", clicked=self.ask_end)
        self.print = button("打印名单", "printer", clicked=self.print_list)
        column = QVBoxLayout(self)
        edge = look.px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(10))
        column.addWidget(heading("承包户和居住户"))
        column.addWidget(muted("和户籍户分开登记；户籍变动、结婚、外出都不改这里的成员。"))
        column.addLayout(row(self.kind, None, self.figures))
        column.addWidget(self.grid, 3)
        column.addWidget(self.member_grid, 2)
        column.addLayout(
            row(
                flow(self.join, self.leave, self.head, self.split, self.edit, self.end, self.print),
                None,
                button("关闭", clicked=self.accept),
            )
        )
        self.kind.currentIndexChanged.connect(lambda _i: self.refresh())
        self.grid.picked.connect(lambda _id: self._show_members())
        self.member_grid.opened.connect(self._go_to)
        workplace.changed.connect(self._take_note)
        self.refresh()

    def _take_note(self, tables: object) -> None:
        if isinstance(tables, frozenset) and tables & {"side_household", "side_member", "person"}:
            self.refresh()

    def refresh(self) -> None:
        """Read the households of today."""
        kind = str(self.kind.currentData())
        rows = self.workplace.read(lambda session: lookups.side_households(session, kind=kind, on=act(session).today))
        self.table.show(rows)
        people = sum(len(one.members) for one in rows)
        area = sum(one.area or 0 for one in rows)
        land = f"，共{area // 100}.{area % 100:02d}亩" if kind == "contract" else ""
        self.figures.setText(f"{len(rows)}户{people}人{land}")
        if not self.grid.current_id() and rows:
            self.grid.choose(rows[0].id)
        self._show_members()

    def current(self) -> SideHouseholdRow | None:
        """The household at hand."""
        chosen = self.grid.current_id()
        return next((one for one in self.table.rows() if one.id == chosen), None)

    def _show_members(self) -> None:
        one = self.current()
        self.members.show(one.members if one else ())
        for what in (self.join, self.leave, self.edit, self.end):
            what.setEnabled(one is not None)
        for what in (self.head, self.split):
            what.setEnabled(one is not None and len(one.members) > 1)
        self.head.setText("换代表" if one is None or one.kind == "contract" else "换户主")

    def ask_join(self) -> None:
        """Somebody joins the household at hand."""
        one = self.current()
        if one is None:
            return
        dialog = JoinDialog(
            f"{one.head or one.number}：加成员",
            lambda words: self.workplace.read(lambda s: lookups.find_people(s, words, limit=8)),
            self.workplace.read(act).today,
            self,
        )

        def join(session: Any) -> object:
            person_id, day, relation, shares = dialog.answer()
            return actions.join_side_household(
                session, household_id=one.id, person_id=person_id, on=day, relation=relation, shares=shares
            )

        self._ask(dialog, "people.join_side_household", join, "已加入，户籍户不变。")

    def ask_leave(self) -> None:
        """The member at hand leaves the household."""
        chosen = self.member_grid.current_id()
        member = next((one for one in self.members.rows() if one.id == chosen), None)
        if member is None:
            self.workplace.told.emit("还没有选成员。", "请先在下面的名单里选一位。")
            return
        dialog = DayDialog(
            f"{member.name}离开这一户",
            self.workplace.read(act).today,
            self,
            accept="登记",
            day_words="从哪天起",
            reasons=("分户", "结婚", "去世", "退回承包地", "搬走"),
        )

        self._ask(
            dialog,
            "people.leave_side_household",
            lambda session: actions.leave_side_household(
                session, entry_id=member.id, on=dialog.answer().on, reason=dialog.answer().reason
            ),
            f"已登记{member.name}离开，以前的名单不变。",
        )

    def ask_end(self) -> None:
        """The household at hand no longer exists."""
        one = self.current()
        if one is None:
            return
        dialog = DayDialog(
            f"结束{one.head or one.number}这一户",
            self.workplace.read(act).today,
            self,
            accept="登记",
            day_words="从哪天起",
            reasons=("承包期满", "交回承包地", "全户消亡", "并户", "搬走"),
            reason_needed=True,
        )

        self._ask(
            dialog,
            "people.end_side_household",
            lambda session: actions.end_side_household(
                session, household_id=one.id, on=dialog.answer().on, why=dialog.answer().reason
            ),
            "已登记结束，以前的名单不变。",
        )

    def ask_edit(self) -> None:
        """Correct what is registered about the household at hand."""
        chosen = self.current()
        if chosen is None:
            return
        (one,) = self.workplace.read(lambda session: lookups.side_households(session, ids=(chosen.id,)))
        contract = one.kind == "contract"
        area = f"{one.area // 100}.{one.area % 100:02d}" if one.area is not None else ""
        land = (
            Ask("certificate", "合同或权证号(&C)", value=one.certificate),
            Ask("area", "承包面积（亩）(&A)", value=area, placeholder="如 6.85", read=_read_area),
            Ask("due_on", "承包期止(&E)", "day", value=one.due_on),
        )
        place = (Ask("address", "住在哪里(&A)", value=one.address),)
        dialog = FieldsDialog(
            f"修改{one.head or one.number}这一户",
            self,
            accept="保存",
            explain="成员的变动请用“加成员”“成员离开”“分户”，这里只改这一户的登记。",
            asks=(
                Ask("number", "编号(&U)", value=one.number),
                Ask("group_name", "村民小组(&G)", value=one.group),
                *(land if contract else place),
            ),
        )

        def change(session: Any) -> None:
            typed = dialog.values()
            if contract:
                typed["area"] = typed["area"] if isinstance(typed["area"], int) else None
            actions.edit_side_household(session, household_id=one.id, seen=one.seen, **typed)

        self._ask(dialog, "people.edit_side_household", change, "已保存。")

    def ask_head(self) -> None:
        """Another member becomes head or representative."""
        one = self.current()
        if one is None:
            return
        others = self._people([each for each in one.members if not each.head])
        words = "代表" if one.kind == "contract" else "户主"
        dialog = HeadDialog(
            f"{one.head or one.number}：换{words}",
            others,
            self.workplace.read(act).today,
            self,
            accept=f"换{words}",
            day_words="从哪天起",
            head_words=f"新{words}",
            asks_relation=False,
        )

        def change(session: Any) -> None:
            day, head_id, _ = dialog.answer()
            actions.change_side_head(session, household_id=one.id, person_id=head_id, on=day)

        self._ask(dialog, "people.change_side_head", change, f"{words}已更换，以前的名单不变。")

    def ask_split(self) -> None:
        """Some members set up a household of their own."""
        one = self.current()
        if one is None:
            return
        dialog = SideHouseholdDialog(
            one.kind,
            self._people(one.members),
            self.workplace.read(act).today,
            (),
            self,
            split_of=one.head or one.number or "这一户",
        )

        def split(session: Any) -> object:
            answer = dialog.answer()
            assert answer.from_on is not None
            return actions.split_side_household(
                session,
                household_id=one.id,
                person_ids=answer.person_ids,
                head_id=answer.head_id,
                on=answer.from_on,
                number=answer.number,
                certificate=answer.certificate,
                area=answer.area,
                due_on=answer.due_on,
                address=answer.address,
            )

        self._ask(dialog, "people.split_side_household", split, "已分户，原来的户和以前的名单不变。")

    def _people(self, members: Sequence[SideMemberRow]) -> Sequence[PersonRow]:
        ids = [one.person_id for one in members]
        return self.workplace.read(lambda session: lookups.person_rows(session, in_place_of(session, ids)))

    def _go_to(self, entry_id: str) -> None:
        member = next((one for one in self.members.rows() if one.id == entry_id), None)
        if member is not None:
            self.accept()
            self.went_to.emit(member.person_id)

    def print_list(self) -> None:
        """The households at hand as a PDF."""
        here, rows = self.workplace.read(act), self.table.rows()
        words = self.kind.currentText()
        title = f"{here.village_name}{words}名单"

        show_people(
            self.workplace,
            self,
            title,
            lambda: printout.side_list(rows, words=words, village=here.village_name, on=here.today),
            self._open,
            what=f"打印{words}名单",
            people=sum(len(one.members) for one in rows),
        )

    def _ask(self, dialog: AskDialog, deed: str, action: Callable[[Any], object], said: str) -> None:
        write_answer(self.workplace, dialog, deed, action, said)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()


def _read_area(typed: str) -> int:
    """Hundredths of a mu. Raises NotAllowed."""
    found = read_mu(typed)
    if found is None:
        raise NotAllowed("面积写成亩数，最多两位小数。", "例如6.85。")
    return found
