"""The page of stars: households of a round with their stations, the four comparisons, and what others gave."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from village_desk.assessments import actions, lookups, printout
from village_desk.assessments.lookups import RoundDetail
from village_desk.assessments.page.asking import StarsAsking
from village_desk.assessments.page.cards import ListCard, RoundCard
from village_desk.assessments.table import ComparisonRow, ComparisonTable, EntryTable, ReceivedTable
from village_desk.kit.text import chinese_date
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.tabs_page import Lines, Tab, TabsPage
from village_desk.widgets.workplace import Workplace

ROUND, FOUR, RECEIVED = 0, 1, 2
_BARS: tuple[tuple[tuple[str, str, Lines], ...], ...] = (
    (
        (
            "办理",
            "list-checks",
            (
                ("mobilise", "登记动员发动…"),
                ("join", "登记参评户…"),
                ("rate_own", "录入自评…"),
                ("rate_mutually", "录入互评…"),
                ("recognise", "登记认定…"),
                ("post", "登记公示…"),
                ("award", "登记授牌…"),
                ("standards", "星级办法和标准…"),
            ),
        ),
        (
            "打印",
            "printer",
            (
                ("print_own", "自评表（每组一张）"),
                ("print_mutual", "互评表（每组一张）"),
                ("print_result", "认定公示"),
                ("print_plaques", "授牌名单"),
            ),
        ),
        ("开新一轮", "plus", (("open_round", ""),)),
    ),
    (("打印四比榜", "printer", (("print_four", ""),)),),
    (("登记上级评定", "plus", (("receive", ""),)),),
)

_TABS = ("评定", "四比", "上级评定")


class StarsPage(TabsPage):
    """星级文明户: rounds, the four comparisons, and stars that others gave."""

    key, title, icon, shortcut = "stars", "星级与四比", "shield-check", ""
    tables = frozenset(
        """star_set star_round star_entry star_revocation star_use received_star person household point_entry
        point_rule_set post""".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.found: RoundDetail | None = None
        self.asking = StarsAsking(self)
        self.rounds = QComboBox()
        self.rounds.setAccessibleName("哪一轮")
        self.rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.entries, self.four, self.received = EntryTable(), ComparisonTable(), ReceivedTable()
        self.entry_grid = Grid(self.entries, empty_words="还没有参评户。点“办理”里的“登记参评户”。")
        self.four_grid = Grid(self.four)
        self.received_grid = Grid(self.received, empty_words="还没有登记。点“登记上级评定”。")
        self.round_card, self.list_one = RoundCard(), ListCard()
        self.nothing = Empty(
            "还没有星级评定。照示例开一轮，评定标准经村里讨论确定后填写。", "开新一轮", icon="shield-check"
        )
        self.choose_one = Empty("从左边选一行，这里显示详细情况。", icon="shield-check")
        self.nothing.acted.connect(lambda: self.ask("open_round"))
        self.rounds.activated.connect(lambda _at: self.refresh())
        for each in (self.round_card, self.list_one):
            each.asked.connect(self.ask)
        grids = (self.entry_grid, self.four_grid, self.received_grid)
        self.furnish(
            [Tab(words, grid, acts) for words, grid, acts in zip(_TABS, grids, _BARS, strict=True)],
            search="按户主、组别查找",
            above=self.rounds,
            beside=(self.nothing, self.choose_one, self.round_card, self.list_one),
            backs=(self.round_card.back, self.list_one.back),
        )

    # showing

    def refresh(self) -> None:
        """Read rounds, households, comparisons and received results; what was chosen stays chosen."""
        at = self.rounds.currentData()
        self.rounds.clear()
        for each in self.workplace.read(lookups.rounds):
            self.rounds.addItem(f"{each.year}年 {each.name}", each.id)
        self.rounds.setCurrentIndex(max(0, self.rounds.findData(at)))
        chosen = self.rounds.currentData()
        self.found = self.workplace.read(lambda s: lookups.one_round(s, chosen)) if chosen else None
        entries = self.found.entries if self.found is not None else ()
        self.entries.show([one for one in entries if self.words in f"{one.group}{one.name}"])
        self.four.show([ComparisonRow(one.title, one) for one in self.workplace.read(lookups.four_comparisons)])
        given = self.workplace.read(lookups.received_stars)
        self.received.show([one for one in given if self.words in f"{one.name}{one.title}"])
        self.say(self.found.row.next_act if self.found is not None else "还没有开轮")
        self.arrange()
        self.show_beside()

    def show_beside(self) -> None:
        """Show what is chosen in the list of the tab at hand."""
        tab = self.tabs.currentIndex()
        at = self.grids[tab].current_id()
        if tab == ROUND:
            if self.found is None:
                self.beside.setCurrentWidget(self.nothing)
                return
            one = next((each for each in self.found.entries if each.id == at), None)
            self.round_card.show_round(self.found, one)
            self.beside.setCurrentWidget(self.round_card)
        elif tab == FOUR:
            rows = self.four.rows()
            self.list_one.show_comparison(next((each.found for each in rows if each.id == at), rows[0].found))
            self.beside.setCurrentWidget(self.list_one)
        else:
            given = next((each for each in self.received.rows() if each.id == at), None)
            if given is not None:
                self.list_one.show_received(given)
            self.beside.setCurrentWidget(self.choose_one if given is None else self.list_one)

    def open_record(self, record_id: str) -> None:
        """Show a round, or the household of one."""
        if not record_id:
            return
        self.refresh_now()
        at = self.rounds.findData(record_id)
        if at >= 0:
            self.rounds.setCurrentIndex(at)
            self.refresh_now()
        elif self.entry_grid.choose(record_id):
            self.tabs.setCurrentIndex(ROUND)

    def at_hand(self) -> str:
        """The household that is chosen."""
        if self.found is None:
            return ""
        at = self.entry_grid.current_id()
        return next((each.household_id for each in self.found.entries if each.id == at), "")

    # asking

    def ask(self, what: str) -> None:
        """Do what a button or a menu asks for."""
        if what == "back":
            self.go_back()
        elif what == "leave":
            self._leave()
        elif what.startswith("print_") or what == "form":
            self._print(what)
        elif what == "open_round":
            self.open(self.asking.open_round())
        elif self.found is None and what not in ("receive",):
            self.workplace.told.emit("还没有开轮。", "请先点“开新一轮”。")
        else:
            dialog = getattr(self.asking, what)()
            assert isinstance(dialog, AskDialog)
            self.open(dialog)

    def show_round(self, round_id: str) -> None:
        """Show a round that was just opened."""
        self.refresh_now()
        self.rounds.setCurrentIndex(max(0, self.rounds.findData(round_id)))
        self.refresh_now()

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for what is at hand."""
        yield "open_round", self.asking.open_round()
        yield "receive", self.asking.receive()
        if self.found is not None:
            for name in ("rate_own", "rate_mutually", "recognise"):
                yield name, getattr(self.asking, name)()

    # inside

    def _print(self, what: str) -> None:
        now, found = self.here(), self.found
        if what == "print_four":
            four = self.workplace.read(lookups.four_comparisons)
            day = chinese_date(now.today)
            self.print_sheet("四比榜", lambda: printout.comparison_sheet(four, village=now.village_name, day=day))
        elif what == "form":
            at = self.received_grid.current_id()
            one = next(each for each in self.received.rows() if each.id == at)
            history = self.workplace.read(
                lambda s: lookups.received_stars(s, kind="secretary", person_id=one.person_id)
            )
            self.print_sheet(
                f"{one.name}星级申报表",
                lambda: printout.secretary_form(one, village=now.village_name, history=history),
            )
        elif found is not None:
            makes: dict[str, tuple[str, Callable[[], bytes]]] = {
                "print_own": ("自评表", lambda: printout.rating_sheets(found, mutual=False)),
                "print_mutual": ("互评表", lambda: printout.rating_sheets(found, mutual=True)),
                "print_result": ("星级文明户公示", lambda: printout.result_sheet(found)),
                "print_plaques": ("授牌名单", lambda: printout.plaque_list(found)),
            }
            name, make = makes[what]
            self.print_sheet(f"{found.row.year}年{name}", make)

    def _leave(self) -> None:
        assert self.found is not None
        round_id, home = self.found.row.id, self.at_hand()
        self.workplace.write(
            "assessments.leave_round",
            lambda session: actions.leave_round(session, round_id=round_id, household_ids=(home,)),
            said="已登记退出参评。",
        )

    def tab_changed(self, tab: int) -> None:
        """Rounds are chosen for the list of households only."""
        self.rounds.setEnabled(tab == ROUND)

    def stays_beside(self) -> bool:
        """Without a round the words that lead to the first one."""
        return self.found is None and self.tabs.currentIndex() == ROUND
