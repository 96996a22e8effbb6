"""The page of the published accounts: a tab for the sheets, one for each register, one for the committee."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QTabBar, QWidget

from village_desk.accounts.actions import read_pasted
from village_desk.accounts.dialogs import (
    BeginDialog,
    CloseDialog,
    EntryDialog,
    FactsDialog,
    ImportDialog,
    MakeSheetDialog,
    NoteDialog,
    Option,
    ReviewDialog,
)
from village_desk.accounts.page.committee import CommitteePane
from village_desk.accounts.page.pane import Pane
from village_desk.accounts.page.periods import PeriodsPane
from village_desk.accounts.page.registers import REGISTERS, RegisterPane
from village_desk.accounts.rules.forms import categories_on, sheet_forms
from village_desk.accounts.rules.sums import Sums
from village_desk.store.acts import act
from village_desk.store.operators import operators
from village_desk.widgets.late_stack import LateStack
from village_desk.widgets.layout import row
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Workplace

_TABS = {one.key: at for at, one in enumerate(REGISTERS, start=1)}


class AccountsPage(Page):
    """财务公开: finance sheets, contracts, assets, resources, debts, projects, and the committee's reviews."""

    key, title, icon, shortcut = "accounts", "财务公开", "wallet", ""
    tables = frozenset(
        """account_sheet account_entry account_correction contract contract_instalment collective_asset asset_check
        asset_finding collective_resource collective_debt debt_move works_project finance_review supervision_note
        notice notice_posting notice_review duty""".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self._wanted = ""
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("财务公开的各个部分")
        for words in ("收支公开", *(one.title for one in REGISTERS), "民主理财"):
            self.tabs.addTab(words)
        self.shown = LateStack(self.tabs.count())
        self.periods = self.shown.put(0, PeriodsPane(self))
        self.panes: dict[int, Pane] = {0: self.periods}
        self.column.addLayout(row(self.tabs, None))
        self.column.addWidget(self.shown, 1)
        self.tabs.currentChanged.connect(self._turn)

    def find_decisions(self, session: Any) -> Sequence[Option]:
        """The decisions that can carry a contract, a debt or a project: (id, number, title); the desk gives them."""
        return ()

    def own_name(self) -> str:
        """Who sits at the desk."""

        def name(session: Any) -> str:
            actor = act(session).actor
            return next((one.name for one in operators(session) if one.id == actor), "")

        return self.workplace.read(name)

    # showing

    @property
    def pane(self) -> Pane:
        """The tab at hand."""
        return self.pane_at(self.shown.currentIndex())

    def pane_at(self, at: int) -> Pane:
        """The tab of that number, made when it is first asked for."""
        if at not in self.panes:
            made = RegisterPane(self, REGISTERS[at - 1]) if at <= len(REGISTERS) else CommitteePane(self)
            self.panes[at] = self.shown.put(at, made)
        return self.panes[at]

    def refresh(self) -> None:
        """Read the tab at hand."""
        self.pane.refresh()
        self.say(f"共{self.periods.table.rowCount()}张公开表" if self.pane is self.periods else "")

    def go_to(self, record_id: str) -> None:
        """Show a record of the tab at hand."""
        self._wanted = record_id
        self.refresh()

    def take_wanted(self) -> str:
        """The record that is to be shown next, once."""
        wanted, self._wanted = self._wanted, ""
        return wanted

    def open_record(self, record_id: str) -> None:
        """Show a record: a sheet, or "contracts ID" of a register."""
        key, _, identity = record_id.rpartition(" ")
        self.tabs.setCurrentIndex(_TABS.get(key, 0))
        self._wanted = identity
        if identity:
            self.pane.go_in()
        self.refresh_now()

    def changeEvent(self, event: QEvent) -> None:
        """Large type leaves room for one card."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panes"):
            for pane in self.panes.values():
                pane.arrange()

    def _turn(self, at: int) -> None:
        self.shown.setCurrentIndex(at)
        self.refresh()

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.dialog = dialog
        dialog.open()

    def preview(self) -> None:
        """F9."""
        if self.pane is self.periods:
            self.periods.preview()

    def start_search(self) -> bool:
        """There is no search of its own."""
        return False

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The main dialogs, filled with what is at hand."""
        today = self.workplace.read(act).today
        yield "begin", BeginDialog(today, lambda _day: (1_234_050, "2026年第二季度公布的期末"), self)
        yield "entry", EntryDialog(today, lambda side: categories_on(today, side), (), self)
        sums = self.periods.sheet.sums if self.periods.sheet is not None else Sums(1_234_050, 300_000, 120_000)
        yield "close", CloseDialog("2026年第二季度财务收支公开", sums, "李会计", self)
        yield "import", ImportDialog(lambda _source, _columns: read_pasted("", from_on=today, until_on=today), {}, self)
        others = [one for one in sheet_forms() if one.source != "ledger"]
        yield "sheet", MakeSheetDialog(others, today, self)
        for one in REGISTERS[:2]:
            yield one.key, FactsDialog(f"登记{one.noun}", one.facts(), (), today, self)
        yield "review", ReviewDialog((("2026-05", "2026年5月"),), ("李建国", "王秀兰"), today, self)
        yield "note", NoteDialog(today, self)
