"""The page of points: sums, applications and rules on the left, one of them beside, and what a clerk does with it."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QDialog, QSizePolicy, QStackedWidget, QTabBar, QWidget

from village_desk.points import lookups
from village_desk.points.lookups import RuleSetRow
from village_desk.points.page.asking import PointsAsking
from village_desk.points.page.bars import BARS, bar
from village_desk.points.page.cards import ApplicationCard, ExchangeCard, MemberCard, SchemeCard
from village_desk.points.page.doing import PointsDoing
from village_desk.points.page.printing import PointsPrinting
from village_desk.points.rules.sets import period_words
from village_desk.points.table import ApplicationTable, ItemTable, RedemptionTable, StandingTable
from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import card, row
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Workplace

SUMS, APPLICATIONS, EXCHANGE, SCHEME = 0, 1, 2, 3
# More applications than these are read only when their list is shown.
MANY = 300


class PointsPage(Page):
    """积分: who has how many points and why, what waits for a second person, and by which rules."""

    key, title, icon, shortcut = "points", "积分", "award", "Ctrl+6"
    tables = frozenset(
        """point_rule_set point_item point_application point_check point_entry person household
        party_membership point_class point_review point_posting point_objection point_closing point_follow_up
        point_good point_stock point_redemption point_redemption_back point_fund point_sheet
        attachment archive_piece""".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self.rules: RuleSetRow | None = None
        self._words, self._wanted, self._in_detail, self._behind = "", "", False, False
        self.sets, self.periods = QComboBox(), QComboBox()
        self.sets.setAccessibleName("积分办法")
        self.periods.setAccessibleName("哪一期")
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in ("积分", "申报", "兑换", "办法"):
            self.tabs.addTab(words)
        self.filter = FilterBox("按姓名、组别查找")
        self.asking, self.printing, self.doing = PointsAsking(self), PointsPrinting(self), PointsDoing(self)
        self.standings, self.applications, self.items = StandingTable(), ApplicationTable(), ItemTable()
        self.redemptions = RedemptionTable()
        self.standing_grid = Grid(self.standings, empty_words="名册里还没有可以记分的农户或党员，请先导入名册。")
        self.application_grid = Grid(self.applications, empty_words="还没有申报。在“积分”里选一户，点“申报积分”。")
        self.item_grid = Grid(self.items, empty_words="还没有项目，点“添加项目”。")
        self.redemption_grid = Grid(self.redemptions, empty_words="还没有兑换。先添加物品，再点“登记兑换”。")
        self.grids = (self.standing_grid, self.application_grid, self.redemption_grid, self.item_grid)
        self.bars = tuple(bar(acts, self.ask) for acts in BARS)
        self.lists = QStackedWidget()
        for grid in self.grids:
            self.lists.addWidget(grid)
            grid.opened.connect(lambda _id: self.go_in())
            grid.picked.connect(lambda _id: self.show_beside())
        self.member, self.application, self.scheme = MemberCard(), ApplicationCard(workplace), SchemeCard()
        self.exchange = ExchangeCard()
        self.nothing = Empty("还没有积分办法。照示例建立一份，经村里讨论确定后使用。", "建立积分办法", icon="award")
        self.choose_one = Empty("从左边选一户，这里显示每一分的来历。", icon="award")
        self.beside = QStackedWidget()
        for part in (self.nothing, self.choose_one, self.member, self.application, self.exchange, self.scheme):
            self.beside.addWidget(part)
        head = row(self.sets, self.periods)
        head.setStretchFactor(self.sets, 1)
        self.sets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sets.setMinimumContentsLength(6)
        self.acts = QStackedWidget()
        for one in self.bars:
            self.acts.addWidget(one)
        self.acts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.list_card = card(head, row(self.tabs, None), self.filter, self.acts)
        self.list_card.add(self.lists, 1)
        self.column.addLayout(row(self.list_card, self.beside, spacing=12), 1)
        self.nothing.acted.connect(lambda: self.ask("new_set"))
        self.sets.activated.connect(lambda _at: self.choose_set())
        self.periods.activated.connect(lambda _at: self.refresh())
        self.tabs.currentChanged.connect(self._show_tab)
        self.filter.searched.connect(self.narrow)
        self.filter.left_downwards.connect(lambda: self.grids[self.tabs.currentIndex()].enter())
        for part in (self.member, self.application, self.exchange, self.scheme):
            part.asked.connect(self.ask)
        self._arrange()

    # showing

    def refresh(self) -> None:
        """Read sets, sums and applications; what was chosen stays chosen."""
        found = self.workplace.read(lookups.all_rule_sets)
        at = self.sets.currentData()
        self.sets.clear()
        for each in found:
            self.sets.addItem(each.name, each.id)
        self.sets.addItem("＋ 建立积分办法…", "")
        self.sets.setCurrentIndex(max(0, self.sets.findData(at)) if at else 0)
        self.rules = next((each for each in found if each.id == self.sets.currentData()), None)
        self.list_card.setEnabled(self.rules is not None)
        self.acts.setVisible(self.rules is not None)
        self._arrange()
        if self.rules is None:
            self.standings.show([])
            self.applications.show([])
            self.redemptions.show([])
            self.items.show([])
            self.say("还没有积分办法")
            self.beside.setCurrentWidget(self.nothing)
            return
        set_id, today = self.rules.id, self._act().today
        self._show_periods(self.workplace.read(lambda s: lookups.periods(s, set_id=set_id, today=today)))
        period = str(self.periods.currentData())
        sums = self.workplace.read(lambda s: lookups.standings(s, set_id=set_id, period=period))
        waiting, many = self.workplace.read(lambda s: lookups.waiting_and_shown(s, set_id=set_id, period=period))
        given = self.workplace.read(lambda s: lookups.redemptions(s, set_id=set_id))
        self.standings.show([each for each in sums if self._words in f"{each.group}{each.name}"])
        if many <= MANY or self._wanted or self.tabs.currentIndex() == APPLICATIONS:
            self.show_applications()
        else:
            self._behind = True
        self.redemptions.show([each for each in given if self._words in f"{each.group}{each.subject}"])
        self.items.decimals = self.rules.rules.decimals
        self.items.show([each for each in self.rules.items if self._words in each.item.text])
        self.tabs.setTabText(APPLICATIONS, f"申报（{waiting}）" if waiting else "申报")
        self.say(f"{len(sums)}户（人），{waiting}笔申报待办" if waiting else f"{len(sums)}户（人）")
        if self._wanted and self.application_grid.choose(self._wanted):
            self.tabs.setCurrentIndex(APPLICATIONS)
        self._wanted = ""
        self.show_beside()

    def show_applications(self) -> None:
        """Read the applications: those that are open, and what happened in the period."""
        self._behind = False
        set_id, period = self._rules().id, self.period()
        asked = self.workplace.read(lambda s: lookups.applications(s, set_id=set_id, period=period))
        self.applications.show([each for each in asked if self._words in f"{each.group}{each.subject}"])

    def choose_set(self) -> None:
        """Show the set that was chosen, or ask for a new one."""
        if not self.sets.currentData() and self.rules is not None:
            self.sets.setCurrentIndex(self.sets.findData(self.rules.id))
            self.ask("new_set")
        self.refresh()

    def show_beside(self) -> None:
        """Show what is chosen in the list of the tab at hand."""
        rules, tab = self.rules, self.tabs.currentIndex()
        if rules is None:
            return
        at = self.grids[tab].current_id()
        if tab == SCHEME:
            self.scheme.show_scheme(rules, rules.item(at))
            self.beside.setCurrentWidget(self.scheme)
        elif tab == EXCHANGE:
            self.show_exchange(at)
        elif not at:
            self.beside.setCurrentWidget(self.choose_one)
        elif tab == APPLICATIONS:
            self.application.show_application(next(each for each in self.applications.rows() if each.id == at))
            self.beside.setCurrentWidget(self.application)
        else:
            period = str(self.periods.currentData())
            found = self.workplace.read(
                lambda session: lookups.card(session, set_id=rules.id, subject_id=at, period=period)
            )
            self.member.show_card(found)
            self.beside.setCurrentWidget(self.member)

    def show_exchange(self, redemption_id: str) -> None:
        """Show the goods, the money behind them, and the exchange that is chosen."""
        set_id = self._rules().id
        goods = self.workplace.read(lambda session: lookups.goods(session, set_id=set_id))
        money = self.workplace.read(lambda session: lookups.fund_forecast(session, set_id=set_id))
        wrong = self.workplace.read(lambda session: lookups.exchange_findings(session, set_id=set_id))
        at = next((each for each in self.redemptions.rows() if each.id == redemption_id), None)
        self.exchange.show_exchange(goods, money, self._rules().rules.opening_days, wrong, at)
        self.beside.setCurrentWidget(self.exchange)

    def period(self) -> str:
        """The period that is shown."""
        return str(self.periods.currentData())

    def today(self) -> dt.date:
        """The confirmed day."""
        return self._act().today

    def village(self) -> str:
        """The village's name."""
        return self._act().village_name

    def show_dialog(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self._open(dialog)

    def subject_at_hand(self) -> str:
        """Who is chosen in the list of sums."""
        return self.standing_grid.current_id()

    def narrow(self, words: str) -> None:
        """Show what holds these words."""
        self._words = words
        self.refresh()

    def open_record(self, record_id: str) -> None:
        """Show one application, or the ledger of a household or person."""
        if not record_id:
            return
        self._words = ""
        self.filter.clear()
        asked = self.workplace.read(lambda s: lookups.applications(s, ids=[record_id]))
        found = next((each for each in asked if each.id == record_id), None)
        if found is not None:
            self._wanted = record_id
            self.refresh_now()
            self.sets.setCurrentIndex(max(0, self.sets.findData(found.set_id)))
            self._wanted = record_id
        self.refresh_now()
        if found is None and self.standing_grid.choose(record_id):
            self.tabs.setCurrentIndex(SUMS)
        self._in_detail = True
        self._arrange()
        self.show_beside()

    def start_search(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus()
        return True

    def preview(self) -> None:
        """F9."""
        if self.beside.currentWidget() is self.member:
            self.printing.card()

    def changeEvent(self, event: QEvent) -> None:
        """Large type leaves room for the list or for what stands beside it, not for both."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "beside"):
            self._arrange()

    def go_in(self) -> None:
        """From the list to the one that is chosen."""
        self._in_detail = True
        self._arrange()

    def go_back(self) -> None:
        """From the one that is shown to the list."""
        self._in_detail = False
        self._arrange()
        self.grids[self.tabs.currentIndex()].enter()

    # asking

    def ask(self, what: str) -> None:
        """Do what a button beside the list asks for."""
        self.doing.ask(what)

    def show_member(self) -> None:
        """Go from an application to the ledger that it belongs to."""
        found = self.application.row
        if found is not None and self.standing_grid.choose(found.subject_id):
            self.tabs.setCurrentIndex(SUMS)

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for what is at hand."""
        yield "rule_set", self.asking.new_set()
        if self.rules is not None:
            yield "apply", self.asking.apply()
            yield "item", self.asking.item()
            if self.application.row is not None:
                yield "check", self.asking.check()
            yield from self.asking.shown()

    # inside

    def writes(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        """Let the dialog's answer be written as one act; a refusal is shown in it, and it stays open."""
        write_answer(self.workplace, dialog, deed, action, said, then)
        return dialog

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def show_set(self, set_id: str) -> None:
        """Show a set that was just made."""
        self.refresh_now()
        self.sets.setCurrentIndex(max(0, self.sets.findData(set_id)))
        self.refresh_now()

    def _show_periods(self, keys: tuple[str, ...]) -> None:
        at = self.periods.currentData()
        self.periods.clear()
        for key in keys:
            self.periods.addItem(period_words(key), key)
        self.periods.setCurrentIndex(max(0, self.periods.findData(at)))

    def _show_tab(self, tab: int) -> None:
        if tab == APPLICATIONS and self._behind:
            self.show_applications()
        self.lists.setCurrentIndex(tab)
        self.acts.setCurrentIndex(tab)
        self.periods.setEnabled(tab == SUMS)
        self.show_beside()

    def _arrange(self) -> None:
        look = theme.current()
        self.list_card.setVisible(not look.narrow or not self._in_detail)
        self.beside.setVisible(not look.narrow or self._in_detail or self.rules is None)
        for part in (self.member, self.application, self.exchange, self.scheme):
            part.back.setVisible(look.narrow)
        self.list_card.setMinimumWidth(0 if look.narrow else look.px(400))
        self.list_card.setMaximumWidth(16_777_215 if look.narrow else look.px(400))

    def _rules(self) -> RuleSetRow:
        assert self.rules is not None
        return self.rules

    def _act(self) -> Act:
        return self.workplace.read(act)
