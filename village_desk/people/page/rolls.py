"""应到: for any body and any day who is eligible, and why each other person is not."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QVBoxLayout, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.kit.memory import collector_at_rest
from village_desk.kit.text import chinese_date
from village_desk.people import lookups, printout
from village_desk.people.lookups import Roll
from village_desk.people.page.sheets import show_people
from village_desk.people.rules.electorates import ASSEMBLY_WORDS, Assembly
from village_desk.people.table import LeftOutTable, OtherRow, RollRow, RollTable
from village_desk.store.acts import Act, act
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, label, muted, row, takes_rest
from village_desk.widgets.workplace import Workplace


class RollsView(QWidget):
    """Emits `went_to(person_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.roll: Roll | None = None
        self.branch = QComboBox()
        self.branch.setAccessibleName("哪个党支部")
        self.body = QComboBox()
        self.body.setAccessibleName("哪个会议")
        for one, words in ASSEMBLY_WORDS.items():
            self.body.addItem(words, one.value)
        self.body.setMaxVisibleItems(len(ASSEMBLY_WORDS))
        for box in (self.body, self.branch):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(9)
        self.body.setCurrentIndex(self.body.findData(Assembly.PARTY_MEMBERS.value))
        today = self._act().today
        self.day = DateEdit(today, today=today)
        self.day.setAccessibleName("按哪一天的名册")
        self.filter = FilterBox("姓名")
        self.all = QCheckBox("也看未满18岁、去世、迁出的")
        self.table, self.others = RollTable(), LeftOutTable()
        self.grid = Grid(self.table, empty_words="这一天没有应到的人。")
        self.other_grid = Grid(self.others, empty_words="没有需要说明的人。")
        # These wrap: in large type a line that cannot would make the whole page wider than the screen.
        self.figures = label("", "heading")
        self.other_figures = label("", "heading")
        self.remark = muted("")
        self.reason = label("")
        self.print = button("打印应到名单", "printer", role="primary", clicked=self.print_roll)
        self._lay_out()
        self.body.currentIndexChanged.connect(lambda _i: self.refresh())
        self.branch.currentIndexChanged.connect(lambda _i: self.refresh())
        self.day.day_changed.connect(lambda _day: self.refresh())
        self.filter.searched.connect(lambda _words: self._show_rows())
        self.all.toggled.connect(lambda _on: self._show_rows())
        self.grid.opened.connect(self.went_to.emit)
        self.other_grid.opened.connect(self.went_to.emit)
        self.other_grid.picked.connect(self._show_reason)

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        left.add(row(self.body, self.branch, self.day, spacing=8))
        over = row(self.figures, self.filter, spacing=8)
        over.setStretch(0, 3)
        over.setStretch(1, 1)
        left.add(over)
        left.add(self.grid, 1)
        foot = row(self.remark, self.print, spacing=8)
        foot.setStretch(0, 1)
        left.add(foot)
        right.add(self.other_figures)
        right.add(self.all)
        right.add(self.other_grid, 1)
        takes_rest(self.grid, self.other_grid)
        right.add(self.reason)
        both = row(left, right, spacing=12)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(both)

    def refresh(self) -> None:
        """Count the roll of the body and day at hand."""
        self._offer_branches()
        body, on = str(self.body.currentData()), self.day.day() or self._act().today
        party = body == Assembly.PARTY_MEMBERS
        self.branch.setVisible(party and self.branch.count() > 1)
        branch = str(self.branch.currentData() or "") if party else ""
        try:
            self.roll = self.workplace.read(
                lambda session: lookups.roll(session, body=body, on=on, organisation_id=branch)
            )
            self.remark.setText("".join(self.roll.rules) or "开会时点“计算应到”，就把那一天的名单固定在会议里。")
        except NotAllowed as problem:
            self.roll = None
            self.remark.setText(f"{problem.message}{problem.advice}")
        self.print.setEnabled(self.roll is not None)
        self._show_rows()

    def _offer_branches(self) -> None:
        found = self.workplace.read(lookups.branches)
        wanted = [("全部党员", ""), *((one.name, one.id) for one in found if one.parent_id)]
        if [self.branch.itemData(i) for i in range(self.branch.count())] == [data for _, data in wanted]:
            return
        self.branch.blockSignals(True)
        self.branch.clear()
        for words, data in wanted:
            self.branch.addItem(words, data)
        self.branch.blockSignals(False)

    def _show_rows(self) -> None:
        roll, words = self.roll, self.filter.text().strip()
        eligible = roll.eligible if roll else ()
        others = [one for one in (roll.left_out if roll else ()) if self.all.isChecked() or not one.ordinary]
        with collector_at_rest():
            rows = [RollRow(one.person_id, i, one) for i, one in enumerate(eligible, 1) if words in one.name]
        self.table.show(rows)
        self.others.show([OtherRow(one.person_id, one) for one in others if words in one.name])
        if self.others.rowCount() and not self.other_grid.current_id():
            self.other_grid.choose(self.others.id_at(0))
        self._show_reason(self.other_grid.current_id())
        quiet = len(eligible) - (roll.voters if roll else 0)
        on = self.day.day() or self._act().today
        more = f"，另有{quiet}人没有表决权" if quiet else ""
        self.figures.setText(f"{chinese_date(on)}应到{len(eligible) - quiet:,}人{more}")
        self.other_figures.setText(f"不计入应到{len(roll.left_out) if roll else 0:,}人，要说明的{self._named()}人")

    def _show_reason(self, person_id: str) -> None:
        """The whole reason of the one at hand, which may be longer than the column."""
        one = next((one for one in self.others.rows() if one.id == person_id), None)
        self.reason.setText(f"{one.left.name}：{one.left.reason}。" if one else "")

    def _named(self) -> int:
        return sum(not one.ordinary for one in self.roll.left_out) if self.roll else 0

    def _act(self) -> Act:
        return self.workplace.read(act)

    def print_roll(self) -> None:
        """The roll at hand as a PDF."""
        roll, here = self.roll, self._act()
        if roll is None:
            return
        title = f"{ASSEMBLY_WORDS[Assembly(roll.body)]}应到名单"
        named = not self.all.isChecked()

        show_people(
            self.workplace,
            self,
            title,
            lambda: printout.roll_sheet(roll, village=here.village_name, only_named=named),
            self.show_dialog,
            what="打印应到名单",
            people=len(roll.eligible),
        )
