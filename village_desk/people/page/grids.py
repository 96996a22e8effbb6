"""Grids: the tree with its sizes, the households of a unit, and those that belong to none."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from village_desk.kit.text import chinese_date
from village_desk.people import actions, lookups, printout
from village_desk.people.dialogs import DayDialog
from village_desk.people.dialogs.choosing import AdoptDialog
from village_desk.people.dialogs.grids import LevelsDialog, PlaceDialog, UnitDialog
from village_desk.people.lookups import HomeLine, PersonRow, PlacedHome, UnitRow
from village_desk.people.page.sheets import show_people
from village_desk.people.rules.bodies import PARTY_BODIES
from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.asking import write_prepared
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, card, flow, heading, label, row
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.workplace import Workplace

_NO_GRID = "未入网的户"


def _set_in(unit: UnitRow) -> str:
    return "　" * (unit.depth - 1) + unit.name


def _since(place: PlacedHome) -> str:
    return chinese_date(place.since) if place.since else ""


class UnitsTable(ListTable[UnitRow]):
    """The tree: each unit followed by those below it, set in by its level."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column(
                    "name", "网格", lambda row: "　" * (row.depth - 1) + row.name, width=11, sortable=False, wide=True
                ),
                Column("level", "级别", lambda row: row.level, width=6, sortable=False),
                Column(
                    "households",
                    "户数",
                    lambda row: str(row.households),
                    width=3.5,
                    align="right",
                    sortable=False,
                    tone=lambda row: "warn" if row.finding else "",
                    tip=lambda row: row.finding,
                ),
                Column("head", "负责人", lambda row: row.head or "未登记", width=5, sortable=False),
                Column("workers", "网格员", lambda row: "、".join(row.workers), width=6, sortable=False, side=True),
            )
        )


class HomesTable(ListTable[PlacedHome]):
    """Households of a unit, or those that belong to none."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "户号", lambda row: row.home.number, width=4),
                Column("head", "户主", lambda row: row.home.head, width=4, wide=True),
                Column("group", "小组", lambda row: row.home.group, width=3),
                Column("people", "人口", lambda row: str(row.home.people), width=2.5, align="right"),
                Column(
                    "since", "入网日期", lambda row: chinese_date(row.since) if row.since else "", width=8, side=True
                ),
            ),
            sort_keys={"people": lambda row: row.home.people, "since": lambda row: str(row.since)},
        )


class GridsView(QWidget):
    """Emits `went_to(household_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.units: tuple[UnitRow, ...] = ()
        self.loose: tuple[HomeLine, ...] = ()
        self.table, self.homes = UnitsTable(), HomesTable()
        self.grid = Grid(self.table, empty_words="还没有建网格。点“增加网格”从最上一级建起。")
        self.homes_grid = Grid(self.homes, empty_words="这个网格里还没有户。点“户编入网格”。")
        for one in (self.grid, self.homes_grid):
            # The lists take what room is left, so that the buttons stay in sight in large type.
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            one.setMinimumHeight(theme.current().px(90))
        self.figures = label("", "strong")
        self.loose_button = button("", "triangle-alert", clicked=self.show_loose)
        self.levels = button("网格级别", "list-checks", clicked=self.ask_levels)
        self.add = button("增加网格", "plus", role="primary", clicked=self.ask_add)
        self.edit = button("修改", "pencil", clicked=self.ask_edit)
        self.end = button("撤销网格", "minus", clicked=self.ask_end)
        self.place = button("户编入网格", "users", clicked=self.ask_place)
        self.print = button("打印网格表", "printer", clicked=self.print_list)
        self.homes_title = heading("")
        self.checks = Checks()
        self.empty = Empty(
            "还没有选用网格的级别。本地叫什么、分几级都可以；选好以后再逐级建网格，把户编进去。",
            "选用网格级别",
            icon="list-checks",
        )
        left = Card()
        left.add(row(self.figures, None, self.loose_button, spacing=8))
        left.add(self.grid, 1)
        left.add(flow(self.add, self.edit, self.end, self.levels, self.print))
        right = Card()
        right.add(self.homes_title)
        right.add(self.homes_grid, 1)
        right.add(self.checks)
        right.add(row(None, self.place))
        right.setMinimumWidth(theme.current().px(300))
        both = row(left, right, spacing=12)
        both.setStretch(0, 4)
        both.setStretch(1, 3)
        whole = QWidget()
        whole.setLayout(both)
        self.stack = QStackedWidget()
        self.stack.addWidget(card(self.empty))
        self.stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.empty.acted.connect(self.ask_adopt)
        self.grid.picked.connect(lambda _id: self._show_homes())
        self.homes_grid.opened.connect(self.went_to.emit)

    def refresh(self) -> None:
        """Read the tree, its sizes and the households without a grid."""
        on = self._act().today
        levels = self.workplace.read(lookups.grid_levels)
        self.stack.setCurrentIndex(1 if levels else 0)
        self.units = self.workplace.read(lambda session: lookups.grid_tree(session, on=on))
        self.loose = self.workplace.read(lambda session: lookups.without_grid(session, on=on))
        self.table.show(self.units)
        placed = sum(one.households for one in self.units if one.depth == 1)
        self.figures.setText(f"{len(self.units)}个网格，已编入{placed}户")
        self.loose_button.setText(f"{len(self.loose)}户未入网")
        self.loose_button.setVisible(bool(self.loose) and bool(self.units))
        if not self.grid.current_id() and self.table.rowCount():
            self.grid.choose(self.table.id_at(0))
        self._show_homes()

    def current(self) -> UnitRow | None:
        """The unit at hand."""
        chosen = self.grid.current_id()
        return next((unit for unit in self.units if unit.id == chosen), None)

    def show_loose(self) -> None:
        """The households that belong to no grid, on the right."""
        self.homes_title.setText(f"{_NO_GRID} {len(self.loose)}户")
        self.homes.show([PlacedHome(line.id, line, None) for line in self.loose])

    def _show_homes(self) -> None:
        unit = self.current()
        self.edit.setEnabled(unit is not None)
        self.end.setEnabled(unit is not None)
        self.place.setEnabled(unit is not None and unit.leaf)
        self.place.setToolTip("" if unit is None or unit.leaf else "户要编入最下一级网格。")
        findings = [unit.finding] if unit is not None and unit.finding else []
        self.checks.show_checks([Check("warn", words) for words in findings])
        self.checks.setVisible(bool(findings))
        if unit is None:
            self.show_loose()
            return
        found = self._homes_of(unit)
        self.homes_title.setText(f"{unit.name} {len(found)}户")
        self.homes.show(found)

    def _homes_of(self, unit: UnitRow) -> tuple[PlacedHome, ...]:
        on = self._act().today
        return self.workplace.read(lambda session: lookups.homes_in(session, unit_id=unit.id, on=on))

    def _act(self) -> Act:
        return self.workplace.read(act)

    def _find(self, words: str) -> list[PersonRow]:
        return self.workplace.read(lambda session: lookups.find_people(session, words, limit=8))

    def adopt_dialog(self) -> AdoptDialog:
        """The dialog that offers shipped levels."""
        choices = [
            (one.key, one.name, "各级名称：" + "、".join(level.name for level in one.levels))
            for one in lookups.presets().grids
        ]
        explain = "先选一种接近的，名称、级数和户数以后都可以改。"
        return AdoptDialog("选用网格级别", choices, self, explain=explain)

    def ask_adopt(self) -> None:
        """Take over shipped levels."""
        dialog = self.adopt_dialog()
        self._write(
            dialog,
            "people.adopt_grid",
            lambda: lambda session: actions.adopt_grid(session, key=dialog.key()),
            "网格级别已选好，请从最上一级建起。",
        )

    def ask_levels(self) -> None:
        """Change the levels."""
        dialog = LevelsDialog(self.workplace.read(lookups.grid_levels), self)
        self._write(
            dialog,
            "people.set_grid_levels",
            lambda: lambda session: actions.set_grid_levels(session, levels=dialog.answer()),
            "网格级别已保存。",
        )

    def unit_dialog(self, unit: UnitRow | None = None) -> UnitDialog:
        """The dialog for a unit, below the unit at hand when a new one is made."""
        levels = self.workplace.read(lookups.grid_levels)
        today = self._act().today
        bodies = [
            (one.id, one.name)
            for one in self.workplace.read(lambda session: lookups.bodies(session, on=today))
            if one.kind in set(PARTY_BODIES)
        ]
        here = self.current()
        under = here if unit is None and here is not None and here.depth < len(levels) else None
        head = None
        if unit is not None and unit.person_id:
            rows = self.workplace.read(lambda session: lookups.person_rows(session, [unit.person_id]))
            head = rows[0] if rows else None
        return UnitDialog(levels, self.units, self._find, bodies, self, unit=unit, under=under, head=head)

    def ask_add(self) -> None:
        """Make a unit."""
        dialog = self.unit_dialog()

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.add_unit(
                session,
                name=answer.name,
                depth=answer.depth,
                parent_id=answer.parent_id,
                code=answer.code,
                special=answer.special,
                area=answer.area,
                person_id=answer.person_id,
                organisation_id=answer.organisation_id,
            )

        self._write(dialog, "people.add_unit", act_on, lambda _id: f"已增加{dialog.answer().name}。")

    def ask_edit(self) -> None:
        """Change the unit at hand."""
        unit = self.current()
        if unit is None:
            return
        dialog = self.unit_dialog(unit)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.edit_unit(
                session,
                unit_id=unit.id,
                name=answer.name,
                code=answer.code,
                area=answer.area,
                special=answer.special,
                person_id=answer.person_id,
                organisation_id=answer.organisation_id,
            )

        self._write(dialog, "people.edit_unit", act_on, lambda _id: f"{dialog.answer().name}已保存。")

    def ask_end(self) -> None:
        """Give the unit at hand up."""
        unit = self.current()
        if unit is None:
            return
        dialog = DayDialog(
            f"撤销{unit.name}",
            self._act().today,
            self,
            accept="撤销",
            day_words="从哪天起",
            explain=f"撤销以后，里面的{unit.households}户会列在“未入网”里，等编入别的网格。",
        )
        self._write(
            dialog,
            "people.end_unit",
            lambda: lambda session: actions.end_unit(session, unit_id=unit.id, on=dialog.answer().on),
            f"{unit.name}已撤销。",
        )

    def place_dialog(self) -> PlaceDialog | None:
        """The dialog that puts households into the unit at hand."""
        unit = self.current()
        if unit is None:
            return None
        inside = {home.id for home in self.homes.rows()} if unit.leaf else set()
        waiting = {line.id for line in self.loose}
        lines = [line for line in self.workplace.read(lookups.home_lines) if line.id not in inside]
        # Who belongs to no grid stands first.
        lines.sort(key=lambda line: line.id not in waiting)
        homes = [
            (line.id, f"{line.group} {line.words}" + ("（未入网）" if line.id in waiting else "")) for line in lines
        ]
        return PlaceDialog(unit.name, homes, self._act().today, self)

    def ask_place(self) -> None:
        """Put households into the unit at hand."""
        unit, dialog = self.current(), self.place_dialog()
        if unit is None or dialog is None:
            return

        def act_on() -> Callable[[Any], object]:
            homes, on = dialog.answer()
            return lambda session: actions.place_households(session, grid_id=unit.id, household_ids=homes, on=on)

        self._write(
            dialog, "people.place_households", act_on, lambda _n: f"已把{len(dialog.answer()[0])}户编入{unit.name}。"
        )

    def _write(
        self,
        dialog: AskDialog,
        deed: str,
        act_on: Callable[[], Callable[[Any], object]],
        said: str | Callable[[Any], str],
    ) -> None:
        write_prepared(self.workplace, dialog, deed, act_on, said)
        self.show_dialog(dialog)

    def print_list(self) -> None:
        """The tree with its households as a PDF."""
        here = self._act()
        title = f"{here.village_name}网格表"
        units, loose = self.units, self.loose
        homes = {unit.id: self._homes_of(unit) for unit in units if unit.leaf}
        show_people(
            self.workplace,
            self,
            title,
            lambda: printout.grid_list(units, homes, loose, village=here.village_name, on=here.today),
            self.show_dialog,
            what="打印网格表",
            people=sum(len(inside) for inside in homes.values()) + len(loose),
        )

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """Levels, a unit, households into a unit."""
        yield "grid-levels", self.adopt_dialog()
        if self.units:
            yield "grid-unit", self.unit_dialog()
            place = self.place_dialog()
            if place is not None:
                yield "grid-place", place
