"""The page of service cases: the list with its clickable counts, one case, and what a clerk does with it."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from village_desk.registers.actions import cases as taking
from village_desk.registers.actions import cases_carrying as carrying
from village_desk.registers.lookups import cases as lookups
from village_desk.registers.lookups.cases_rows import PILE_WORDS, CaseDetail, CaseRow, Pile
from village_desk.registers.page.cases_asking import CaseAsking
from village_desk.registers.page.cases_office import CaseOffice
from village_desk.registers.page.cases_view import CaseView
from village_desk.registers.printout import cases as printout
from village_desk.registers.table.cases import CaseTable
from village_desk.store.acts import act
from village_desk.store.operators import home
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import button, flow
from village_desk.widgets.list_page import ListPage
from village_desk.widgets.workplace import Workplace

# The filters that stand over the list in any case; the others come when they hold something.
_ALWAYS = (Pile.OPEN, Pile.ALL)


class CasesPage(ListPage[CaseRow]):
    """为民办事: taking cases on, their stages, what they come to."""

    key, title, icon, shortcut = "cases", "为民办事", "hand-helping", ""
    tables = frozenset(
        """service_case case_step case_cash case_batch case_progress_sheet case_kind service_guide service_line
        organisation post notice installed_pack""".split()
    )
    beside = frozenset({"number", "title", "stage"})
    list_width = 400

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.detail: CaseDetail | None = None
        self.pile = Pile.OPEN
        self.today = dt.date.min
        self.chosen_ids: frozenset[str] = frozenset()
        self.chosen_words = ""
        self.asking = CaseAsking(workplace, self)
        self.office = CaseOffice(workplace, self, self.asking, self.open, self.print_sheet, self.show_ids)
        self.new_button = button("受理办件", "plus", role="primary", clicked=self.ask_new, tip="受理一件（Ctrl+N）")
        self.more_button = button("更多", "list-checks")
        self.more = QMenu(self.more_button)
        for key, words in self.office.acts:
            self.more.addAction(words, partial(self.office.ask, key))
        self.more_button.setMenu(self.more)
        self.view = CaseView()
        first = Empty("还没有办件。群众来办事，从这里登记受理，按期办结。", "受理办件", icon="hand-helping")
        first.acted.connect(self.ask_new)
        self.furnish(
            CaseTable(),
            search="按申请人、事项、登记号查找",
            empty_words="这里没有办件。换一个筛选，或点“受理办件”。",
            buttons=(self.new_button, self.more_button),
            one=self.view,
            back=self.view.back,
            nothing=Empty("从左边选一件，这里显示它的经过。", icon="hand-helping"),
            first=first,
        )
        self.piles: dict[Pile, QPushButton] = {}
        self.bar = QWidget()
        for pile in Pile:
            self.piles[pile] = button(PILE_WORDS[pile], role="link", clicked=partial(self.show_pile, pile))
            self.piles[pile].setCheckable(True)
        self.bar.setLayout(flow(*self.piles.values(), spacing=4))
        self.list_card.column.insertWidget(2, self.bar)
        self.view.asked.connect(self.ask)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self).activated.connect(self.ask_new)

    # showing

    def rows(self) -> Sequence[CaseRow]:
        """Every case, as it stands today."""
        self.today = self.workplace.read(act).today
        return self.workplace.read(lookups.cases)

    def told(self, rows: Sequence[CaseRow]) -> str:
        """How many are under way and late; the counts over the list are brought up to date with it."""
        for pile, one in self.piles.items():
            many = sum(row.lies_on(pile, self.today) for row in rows)
            one.setText(f"{PILE_WORDS[pile]} {many}")
            one.setVisible(bool(many) or pile in _ALWAYS or pile is self.pile)
            self._mark_pile(one, chosen=pile is self.pile and not self.chosen_ids)
        under_way = sum(row.closed_on is None for row in rows)
        late = sum(bool(row.late) for row in rows)
        words = (
            f"在办{under_way}件，其中超期{late}件，共{len(rows)}件" if late else f"在办{under_way}件，共{len(rows)}件"
        )
        return f"{words}　只看：{self.chosen_words}" if self.chosen_ids else words

    def found(self, one: CaseRow, words: str) -> bool:
        """By applicant, matter, number or agent, among the chosen pile."""
        if words:
            return any(words in part for part in (one.applicant, one.title, one.number, one.agent, one.kind_name))
        if self.chosen_ids:
            return one.id in self.chosen_ids
        return one.lies_on(self.pile, self.today)

    def show_record(self, record_id: str) -> None:
        """Show one case."""
        self.detail = None
        if record_id:
            self.detail = self.workplace.read(lambda session: lookups.one_case(session, record_id))
            self.view.show_case(self.detail)

    def enter_one(self) -> None:
        """The cursor goes to what comes next."""
        self.view.enter()

    def open_record(self, record_id: str) -> None:
        """Show one case, also one that the filter hides; or a pile by its name."""
        if record_id in set(Pile):
            self.show_pile(Pile(record_id))
            return
        if record_id:
            self.pile, self.chosen_ids = Pile.ALL, frozenset()
        super().open_record(record_id)

    def show_pile(self, pile: Pile) -> None:
        """Show what one of the counts counted."""
        self.pile, self.chosen_ids, self.chosen_words = pile, frozenset(), ""
        self.filter.clear()
        self._words = ""
        self.refresh_now()

    def show_ids(self, ids: Sequence[str], words: str) -> None:
        """Show the cases behind a figure."""
        self.chosen_ids, self.chosen_words = frozenset(ids), words
        self.refresh_now()

    def preview(self) -> None:
        """F9."""
        if self.detail is not None:
            self.ask("print_receipt")

    # asking

    def ask_new(self) -> None:
        """Ask for a new case."""
        self.open(self.asking.new_case(self.open_record))

    def ask(self, what: str) -> None:
        """Do what a button of the view asks for."""
        if what == "back":
            self.go_back()
        elif self.detail is not None:
            self._ask_case(what, self.detail)

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for the case at hand, and those of the service desk."""
        if self.detail is not None:
            yield from self.asking.open_all(self.detail)
        else:
            yield "new", self.asking.new_case(lambda _id: None)
        yield from self.office.dialogs_to_show()

    # inside

    def _ask_case(self, what: str, detail: CaseDetail) -> None:
        case = detail.row
        if what.startswith("print_"):
            self._print(what, detail)
            return
        acts: dict[str, Callable[[], None]] = {
            "trip": lambda: self._write("count_trip", lambda s: taking.count_trip(s, case_id=case.id), "已记一趟。"),
            "number": lambda: self._write("give_number", lambda s: taking.give_number(s, case_id=case.id), "已编号。"),
            "mark": lambda: self._mark(case, True),
            "unmark": lambda: self._mark(case, False),
            "person": lambda: self.asked_for.emit("people", case.person_id),
            "edit": lambda: self.open(self.asking.edit(detail)),
            "carry": lambda: self.open(self.asking.carry([case], lambda _id: None)),
            "returned": lambda: self.open(self.asking.back([case])),
        }
        if what in acts:
            acts[what]()
        else:
            dialog = getattr(self.asking, what)(case)
            assert isinstance(dialog, QDialog)
            self.open(dialog)

    def _print(self, what: str, detail: CaseDetail) -> None:
        here = self.workplace.read(act)
        phone = self.workplace.read(home).duty_phone
        number = detail.row.number
        makes: dict[str, tuple[str, Callable[[], bytes]]] = {
            "print_receipt": ("受理回执", lambda: printout.receipt(detail, village=here.village_name, phone=phone)),
            "print_card": ("派单卡", lambda: printout.card(detail, village=here.village_name)),
            "print_history": ("办件经过", lambda: printout.history(detail, village=here.village_name)),
            "print_agreement": ("调解协议书", lambda: printout.agreement(detail, village=here.village_name)),
            "print_report": ("上报单", lambda: printout.report_up(detail, village=here.village_name)),
        }
        name, make = makes[what]
        self.print_sheet(f"{name}{number}", make)

    @staticmethod
    def _mark_pile(one: QPushButton, *, chosen: bool) -> None:
        if one.isChecked() is not chosen or one.property("role") is None:
            one.setChecked(chosen)
            one.setProperty("role", "" if chosen else "link")
            one.style().unpolish(one)
            one.style().polish(one)

    def _mark(self, case: CaseRow, wanted: bool) -> None:
        said = "已列入下次上送。" if wanted else "已从上送里拿掉。"
        self._write(
            "mark_for_carrying", lambda s: carrying.mark_for_carrying(s, case_ids=(case.id,), wanted=wanted), said
        )

    def _write(self, name: str, action: Callable[[Any], Any], said: str) -> None:
        self.workplace.write(f"registers.{name}", action, said=said)
