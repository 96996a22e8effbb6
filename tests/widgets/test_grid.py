"""Grids and their tables: paging, sorting, keyboard, copying, keeping the place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from village_desk.widgets import theme
from village_desk.widgets.grid import Grid
from village_desk.widgets.tables import PAGE_ROWS, Column, ListTable, Order, PagedTable


@dataclass(frozen=True)
class Villager:
    """A row of the tests."""

    id: str
    name: str
    age: int
    number: str = ""


COLUMNS = (
    Column[Villager]("name", "姓名", lambda one: one.name, 5),
    Column[Villager]("age", "年龄", lambda one: str(one.age), 3, align="right"),
    Column[Villager]("number", "身份证号", lambda one: one.number, 10, wide=True, side=True, sortable=False),
)


class Register:
    """A thousand villagers as a lookup would give them, counting what is asked."""

    def __init__(self, count: int) -> None:
        self.all = {f"{n:04d}": Villager(f"{n:04d}", f"村民{n}", n % 90) for n in range(count)}
        self.fetched: list[int] = []

    def ids(self, order: Order, words: Any) -> list[str]:
        found = [one for one in self.all.values() if not words or words in one.name]
        found.sort(key=lambda one: (getattr(one, order.key), one.id), reverse=order.descending)
        return [one.id for one in found]

    def rows(self, ids: Sequence[str]) -> list[Villager]:
        self.fetched.append(len(ids))
        return [self.all[one] for one in ids]


@pytest.fixture
def register() -> Register:
    """A register of a thousand."""
    return Register(1000)


@pytest.fixture
def paged(register: Register) -> PagedTable[Villager]:
    """Its table, filled."""
    table = PagedTable(COLUMNS, register.ids, register.rows, order=Order("name"))
    table.refresh()
    return table


def shown(qtbot: QtBot, grid: Grid) -> Grid:
    """The grid on the screen."""
    qtbot.addWidget(grid)
    grid.resize(600, 400)
    grid.show()
    return grid


def test_both_tables_keep_the_contract_of_qt(paged: PagedTable[Villager]) -> None:
    tester = QAbstractItemModelTester.FailureReportingMode.Fatal
    listed = ListTable(COLUMNS)
    keep = [QAbstractItemModelTester(paged, tester), QAbstractItemModelTester(listed, tester)]
    listed.show([Villager("a", "陈永", 80), Villager("b", "刘兰", 33)])
    listed.sort(1)
    paged.narrow("村民9")
    paged.sort(1, Qt.SortOrder.DescendingOrder)
    assert len(keep) == 2
    assert listed.rowCount() == 2
    assert paged.rowCount() == 111


def test_only_the_rows_in_sight_are_fetched(qtbot: QtBot, paged: PagedTable[Villager], register: Register) -> None:
    grid = shown(qtbot, Grid(paged))
    grid.grab()
    assert register.fetched == [PAGE_ROWS]
    grid.scrollToBottom()
    grid.grab()
    assert register.fetched == [PAGE_ROWS, PAGE_ROWS]


def test_sorting_asks_the_lookup_and_keeps_the_chosen_person(qtbot: QtBot, paged: PagedTable[Villager]) -> None:
    grid = shown(qtbot, Grid(paged))
    assert grid.choose("0007")
    grid.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert paged.order == Order("age", descending=True)
    assert paged.row(0).age == 89
    assert grid.current_id() == "0007"


def test_a_refresh_without_a_change_of_order_keeps_the_place(
    qtbot: QtBot, paged: PagedTable[Villager], register: Register
) -> None:
    grid = shown(qtbot, Grid(paged))
    grid.choose("0500")
    top = grid.verticalScrollBar().value()
    register.all["0500"] = replace(register.all["0500"], age=101)
    with qtbot.assertNotEmitted(grid.picked):
        paged.refresh()
    assert grid.current_id() == "0500"
    assert grid.verticalScrollBar().value() == top
    assert paged.row(paged.position("0500")).age == 101


def test_a_person_who_left_the_list_is_no_longer_picked(qtbot: QtBot, paged: PagedTable[Villager]) -> None:
    grid = shown(qtbot, Grid(paged))
    grid.choose("0001")
    with qtbot.waitSignal(grid.picked) as picked:
        paged.narrow("村民77")
    assert picked.args == [""]
    assert grid.current_id() == ""


def test_keys_walk_and_open(qtbot: QtBot, paged: PagedTable[Villager]) -> None:
    grid = shown(qtbot, Grid(paged))
    grid.enter()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [paged.id_at(1)]


def test_a_double_click_opens_the_row_under_the_mouse(qtbot: QtBot, paged: PagedTable[Villager]) -> None:
    grid = shown(qtbot, Grid(paged))
    where = grid.visualRect(paged.index(2, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened.args == [paged.id_at(2)]


def test_copied_identity_numbers_stay_text_in_a_spreadsheet(qtbot: QtBot) -> None:
    table = ListTable(COLUMNS)
    table.show([Villager("a", "陈永", 80, "32092419460101001X"), Villager("b", "刘兰", 33, "320924199301010024")])
    grid = shown(qtbot, Grid(table, many=True))
    grid.selectAll()
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "姓名\t年龄\t身份证号",
        '陈永\t80\t="32092419460101001X"',
        '刘兰\t33\t="320924199301010024"',
    ]


def test_wide_columns_take_the_room_that_is_left(qtbot: QtBot) -> None:
    table = ListTable(COLUMNS)
    table.show([Villager("a", "陈永", 80)])
    grid = shown(qtbot, Grid(table))
    assert sum(grid.columnWidth(n) for n in range(3)) == grid.viewport().width()


def test_side_columns_give_way_to_large_type(qtbot: QtBot, qapp: QApplication) -> None:
    theme.dress(qapp, theme.LARGE_TYPE_PERCENT)
    table = ListTable(COLUMNS)
    table.show([Villager("a", "陈永", 80)])
    grid = shown(qtbot, Grid(table))
    assert grid.isColumnHidden(2)
    assert not grid.isColumnHidden(0)


def test_a_short_list_sorts_by_its_own_keys_not_by_words() -> None:
    table = ListTable(COLUMNS, sort_keys={"age": lambda one: one.age})
    table.show([Villager("a", "甲", 9), Villager("b", "乙", 80), Villager("c", "丙", 10)])
    table.sort(1)
    assert [one.age for one in table.rows()] == [9, 10, 80]
    table.show([Villager("d", "丁", 5), *table.rows()])
    assert [one.age for one in table.rows()] == [5, 9, 10, 80]


def test_the_first_column_stays_in_sight_while_the_rest_is_scrolled(qtbot: QtBot, paged: PagedTable[Villager]) -> None:
    grid = shown(qtbot, Grid(paged))
    grid.resize(220, 300)
    assert grid.findChild(QTableView, "pinned") is None
    grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().maximum())
    pinned = grid.findChild(QTableView, "pinned")
    assert isinstance(pinned, QTableView)
    assert pinned.isVisible()
    grid.verticalScrollBar().setValue(300)
    assert pinned.rowAt(5) == grid.rowAt(5) == 300
    where = pinned.visualRect(paged.index(302, 0)).center()
    qtbot.mouseClick(pinned.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert grid.current_id() == paged.id_at(302)
    paged.refresh()
    assert grid.current_id() == paged.id_at(302)
    grid.horizontalScrollBar().setValue(0)
    assert not pinned.isVisible()


def test_a_wide_column_gives_way_before_the_grid_scrolls_sideways(qtbot: QtBot) -> None:
    table = ListTable(COLUMNS)
    table.show([Villager("a", "陈永", 80, "32092419460101001X")])
    grid = shown(qtbot, Grid(table))
    whole = grid.columnWidth(0) + grid.columnWidth(1)
    grid.resize(whole + 130, 300)
    assert grid.columnWidth(2) < 10 * grid.fontMetrics().horizontalAdvance("国")
    qtbot.waitUntil(lambda: grid.horizontalScrollBar().maximum() == 0)
    grid.resize(whole + 60, 300)
    qtbot.waitUntil(lambda: grid.horizontalScrollBar().maximum() > 0)
