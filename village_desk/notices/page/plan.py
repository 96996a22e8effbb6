"""The page of the year: what must be published when, what comes round, what was asked, and what the village settled."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QWidget

from village_desk.notices.page.agenda_tab import AgendaTab, ErrandTab
from village_desk.notices.page.asked_tab import InquiryTab, PriorityTab
from village_desk.notices.page.plan_tab import PlanTab
from village_desk.notices.page.rules_tab import CatalogueTab
from village_desk.notices.page.seal_tab import SealTab
from village_desk.notices.page.settled import Settled
from village_desk.notices.page.tabs import Tab
from village_desk.schedule.rules import Entry
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Workplace

PLAN, AGENDA, ERRANDS, INQUIRIES, PRIORITIES, CATALOGUE, SEALS = range(7)


class PlanPage(Page):
    """年度计划: seven lists, each with its own buttons."""

    key, title, icon = "plan", "年度计划", "calendar"
    tables = frozenset(
        """duty notice notice_posting notice_date_slip catalogue_setting catalogue_choice catalogue_local_item
        installed_pack deadline_move date_rule date_rule_waiver schedule_entry errand inquiry year_priority
        seal_use issuer_setting notice_board household person""".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self.settled = Settled(workplace, self)
        self.plan = PlanTab(self.settled, self.go_to_notice)
        self.agenda = AgendaTab(self.settled, self.also)
        self.errands = ErrandTab(self.settled)
        self.inquiries = InquiryTab(self.settled)
        self.priorities = PriorityTab(self.settled, self.go_to_notice)
        self.catalogue = CatalogueTab(self.settled)
        self.seals = SealTab(self.settled)
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setAccessibleName("年度计划的各部分")
        self.stack = QStackedWidget()
        self.parts: list[Tab[Any]] = []
        for words, tab in (
            ("公开计划", self.plan),
            ("日程", self.agenda),
            ("交办", self.errands),
            ("村民查询", self.inquiries),
            ("年度实事", self.priorities),
            ("公开目录", self.catalogue),
            ("用章和公开栏", self.seals),
        ):
            self.bar.addTab(words)
            self.stack.addWidget(tab)
            self.parts.append(tab)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self.show_tab)
        self.agenda.checks.acted.connect(lambda place: self.asked_for.emit(place, ""))

    def also(self, session: Any) -> Sequence[Entry]:
        """What upper rooms know to have happened; a page of the desk says it."""
        return ()

    def refresh(self) -> None:
        """The tab at hand."""
        at = self.bar.currentIndex()
        self.parts[at].refresh()
        # Beside the title there is room for one short sentence.
        self.say(re.split("[。；]", self.parts[at].summary.text())[0])

    def show_tab(self, at: int) -> None:
        """Turn to a tab and read it."""
        self.stack.setCurrentIndex(at)
        self.refresh()

    def open_record(self, record_id: str) -> None:
        """The tab of that name (plan, agenda, errands, inquiries …), and the line in it after a blank."""
        name, _, line = record_id.partition(" ")
        names = ("plan", "agenda", "errands", "inquiries", "priorities", "catalogue", "seals")
        self.bar.setCurrentIndex(names.index(name) if name in names else PLAN)
        self.refresh_now()
        if line:
            self.parts[self.bar.currentIndex()].grid.choose(line)

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.dialog = dialog
        dialog.open()

    def go_to_notice(self, notice_id: str) -> None:
        """Go on with a sheet on the page of notices."""
        self.asked_for.emit("notices", notice_id)

    def preview(self) -> None:
        """F9: the plan, or the register of seals."""
        if self.bar.currentIndex() == SEALS:
            self.seals.print_register()
        else:
            self.plan.print_plan()

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The main questions of the tabs."""
        makers = (
            ("errand", self.errands.ask_errand),
            ("preset", self.agenda.ask_preset),
            ("rule", self.agenda.ask_rule),
            ("inquiry", self.inquiries.ask_inquiry),
            ("priority", self.priorities.ask_priority),
            ("days", self.catalogue.ask_days),
            ("item", self.catalogue.ask_item),
            ("letters", self.seals.ask_letters),
            ("use", self.seals.ask_use),
        )
        for name, make in makers:
            yield name, make()
