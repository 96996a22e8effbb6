"""台账: every register with its entries, who is missing, and the contents of all of them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QTabBar, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.registers.actions import entries as actions
from village_desk.registers.actions.entries import ROOM
from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups import forms, owed, sums
from village_desk.registers.lookups.cases import cases_from
from village_desk.registers.lookups.entries import EntryDetail, EntryRow
from village_desk.registers.lookups.forms import RegisterRow
from village_desk.registers.page.asking import EntriesAsking
from village_desk.registers.page.keeping import Keeping
from village_desk.registers.page.printing import EntriesPrinting
from village_desk.registers.page.view import EntryView
from village_desk.registers.table.entries import ContentsTable, EntryTable, MissingTable
from village_desk.rulebook.rules import Missing, RegisterTemplate
from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, flow, label, row, takes_rest
from village_desk.widgets.list_page import ListPage
from village_desk.widgets.onlookers import ONLOOKERS
from village_desk.widgets.workplace import Workplace

ENTRIES, MISSING, CONTENTS = 0, 1, 2


class RegistersPage(ListPage[EntryRow]):
    """台账: a register is chosen above, its entries stand at the left, one of them beside."""

    key, title, icon, shortcut = "registers", "台账", "book-open", ""
    tables = frozenset(
        """register_form register_entry private_entry entry_change entry_money up_report up_answer register_book
        person household post grid_unit installed_pack attachment service_case contract""".split()
    )
    beside = frozenset({"noted_on", "subject", "standing"})
    list_width = 400

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.detail: EntryDetail | None = None
        self.index: tuple[RegisterRow, ...] = ()
        self._looked: set[str] = set()
        self.asking, self.keeping, self.printing = EntriesAsking(self), Keeping(self), EntriesPrinting(self)
        self.which = QComboBox()
        self.which.setAccessibleName("哪一本台账")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(14)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in ("登记", "缺漏", "目录"):
            self.tabs.addTab(words)
        self.add_button = button("登记", "plus", role="primary", clicked=lambda: self.do("add"))
        self.print_button = button("打印", "printer")
        self.more_button = button("栏目", "settings")
        back = button("返回列表", "arrow-left", clicked=self.go_back)
        self.view = EntryView(workplace, back, self.do)
        self.furnish(
            EntryTable(),
            search="按对象、内容查找",
            empty_words="这本台账还没有登记。",
            buttons=(self.add_button, self.print_button, self.more_button),
            one=self.view,
            back=back,
            nothing=Empty("从左边选一条，这里显示它的内容和后来的情况。", icon="book-open"),
            first=Empty("这本台账还没有登记。", "登记", icon="book-open"),
        )
        self.first.acted.connect(lambda: self.do("add"))
        self.missing_grid = Grid(MissingTable(), empty_words="没有缺漏。")
        self.missing_words = label("", "muted")
        self.missing_card = card(
            row(self.missing_words, None, button("打印缺漏清单", "printer", clicked=lambda: self.do("print_missing")))
        )
        self.missing_card.add(self.missing_grid, 1)
        self.contents = ContentsTable()
        self.contents_grid = Grid(self.contents)
        self.contents_card = card(
            flow(
                button("打印台账目录", "printer", clicked=lambda: self.do("print_contents")),
                button("启用或停用", "check", clicked=lambda: self.do("use")),
                button("报数给乡镇", "upload", clicked=lambda: self.do("count")),
            )
        )
        self.contents_card.add(self.contents_grid, 1)
        above = row(self.tabs, None, self.which)
        above.setStretchFactor(self.which, 1)
        self.column.insertLayout(0, above)
        self.column.addWidget(self.missing_card, 1)
        self.column.addWidget(self.contents_card, 1)
        takes_rest(self.grid, self.missing_grid, self.contents_grid)
        self.which.activated.connect(self._choose)
        self.tabs.currentChanged.connect(lambda _tab: self.refresh_now())
        self.contents_grid.opened.connect(self.open_register)
        self.print_button.setMenu(self.printing.menu(self.print_button))
        self.more_button.setMenu(self.keeping.menu(self.more_button))
        ONLOOKERS.changed.connect(self._look_again)
        self._show_tab()

    def find_decisions(self, session: Any) -> Sequence[str]:
        """Number and title of every decision; the window knows the room above that holds them."""
        return ()

    # showing

    @property
    def now(self) -> Act:
        """The circumstances of the desk."""
        return self.workplace.read(act)

    @property
    def register(self) -> str:
        """The key of the register at hand."""
        return str(self.which.currentData() or "")

    @property
    def form(self) -> RegisterTemplate:
        """The form of the register at hand. Raises NotAllowed where none is in use."""
        if not self.register:
            raise NotAllowed("还没有启用台账。", "请在“目录”里选一本启用。")
        return next(one.form for one in self.index if one.id == self.register)

    def refresh(self) -> None:
        """Read the registers, the entries of the one at hand and the list of the tab."""
        today = self.now.today
        self.index = self.workplace.read(lambda session: forms.index(session, on=today))
        at = self.register
        self.which.clear()
        for one in self.index:
            if one.used and one.readable:
                late = f"，逾期{one.late}条" if one.late else ""
                self.which.addItem(f"{one.form.head}　{one.title}（{one.entries}条{late}）", one.id)
        self.which.setCurrentIndex(max(0, self.which.findData(at)))
        self.contents.show([one for one in self.index if one.readable])
        self._show_tab()
        if self.tabs.currentIndex() == MISSING:
            self._show_missing(today)
        super().refresh()

    def rows(self) -> Sequence[EntryRow]:
        """The entries of the register at hand."""
        register, today = self.register, self.now.today
        if not register:
            return ()
        now = dt.datetime.combine(today, dt.datetime.now().time())
        found = self.workplace.read(lambda session: lookups.entries(session, register, on=today, now=now))
        form = self.form
        if form.private and ONLOOKERS.present:
            self.first.sentence.setText(f"有人旁观，《{form.title}》先不显示。按F8收起旁观后再看。")
            return ()
        self.first.sentence.setText(form.note or f"《{form.title}》还没有登记。")
        if form.private and register not in self._looked and self.isVisible():
            self._looked.add(register)
            self.workplace.write("registers.note_look", lambda session: actions.note_look(session, register=register))
        return found

    def told(self, rows: Sequence[EntryRow]) -> str:
        """How many entries, how many of them late."""
        late = sum(one.late for one in rows)
        waits = sum(bool(one.waits) for one in rows)
        parts = [f"共{len(rows)}条"]
        parts += [f"逾期{late}条"] if late else []
        parts += [f"待上报{waits}条"] if waits else []
        return "，".join(parts)

    def found(self, one: EntryRow, words: str) -> bool:
        """Whether an entry holds these words."""
        return not words or any(words in each for each in (one.subject, one.group, *(cell for _, cell in one.cells)))

    def show_record(self, record_id: str) -> None:
        """Read one entry and show it."""
        self.detail = None
        if not record_id:
            return
        today = self.now.today
        now = dt.datetime.combine(today, dt.datetime.now().time())
        found = self.workplace.read(lambda session: lookups.one_entry(session, record_id, on=today, now=now))
        fund = self.workplace.read(lambda session: sums.fund(session, record_id)) if found.form.money else None
        self.detail = found
        cases = self.workplace.read(lambda session: cases_from(session, source_room=ROOM, source_id=record_id))
        self.view.show_entry(found, fund, cases)

    def open_record(self, record_id: str) -> None:
        """Show a register by its key, or an entry of any register."""
        if not record_id:
            return
        if not self.index:
            self.refresh_now()
        if self.which.findData(record_id) >= 0:
            self.open_register(record_id)
            return
        register = self.workplace.read(lambda session: lookups.entry_record(session, record_id).register) or ""
        self.open_register(register)
        super().open_record(record_id)

    def open_register(self, register: str) -> None:
        """Show the entries of a register."""
        at = self.which.findData(register)
        if at < 0:
            self.workplace.told.emit("这本台账还没有启用。", "请先点“启用或停用”。")
            return
        self.which.setCurrentIndex(at)
        self.tabs.setCurrentIndex(ENTRIES)
        self.refresh_now()

    def show_entry(self, entry_id: str) -> None:
        """Show an entry that was just made."""
        super().open_record(entry_id)

    # doing

    def do(self, what: str) -> None:
        """Do what a button or a menu asks for."""
        try:
            if what.startswith("print_") or what == "export":
                self.printing.make(what)
            elif what.startswith("draft_"):
                self.printing.draft(what)
            elif what in ("drop", "remind"):
                getattr(self.asking, what)()
            elif what in ("count", "use", "community"):
                getattr(self.keeping, what)()
            else:
                self.open(self.dialog_for(what))
        except NotAllowed as refusal:
            self.workplace.told.emit(refusal.message, refusal.advice)

    def dialog_for(self, what: str) -> AskDialog:
        """The dialog of an act by its key."""
        asks = self.asking if hasattr(self.asking, f"ask_{what}") else self.keeping
        return asks.dialog(what)

    def preview(self) -> None:
        """F9: the book of the register at hand."""
        self.do("print_book")

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for what is at hand."""
        for name in ("add", "adapt", *(("correct", "settle") if self.detail is not None else ())):
            yield name, self.dialog_for(name)
        for register, name in (("hazards", "report"), ("care_fund", "money")):
            self.open_register(register)
            if self.detail is not None and name in self.view.buttons:
                yield name, self.dialog_for(name)

    # inside

    def _look_again(self, _present: bool) -> None:
        """What is private is put away while somebody looks on, and comes back."""
        self._take_note(self.tables)

    def _choose(self, _at: int) -> None:
        self._in_detail = False
        self.grid.clearSelection()
        self.refresh_now()

    def _show_missing(self, today: dt.date) -> None:
        form = self.form
        found = self.workplace.read(lambda session: owed.missing(session, form.key, on=today))
        table = self.missing_grid.model()
        assert isinstance(table, MissingTable)
        table.show(found)
        if form.missing is Missing.NONE:
            self.missing_words.setText(f"《{form.title}》没有要逐个核对的名单。")
        else:
            self.missing_words.setText(f"《{form.title}》{form.missing_words}的：{len(found)}条。")

    def _arrange(self) -> None:
        super()._arrange()
        if hasattr(self, "contents_card"):
            self._show_tab()

    def _show_tab(self) -> None:
        tab, look = self.tabs.currentIndex(), theme.current()
        self.list_card.setVisible(tab == ENTRIES and (not look.narrow or not self._in_detail))
        self.below.setVisible(tab == ENTRIES and (not look.narrow or self._in_detail))
        self.missing_card.setVisible(tab == MISSING)
        self.contents_card.setVisible(tab == CONTENTS)
        self.which.setEnabled(tab != CONTENTS)
        for at in (ENTRIES, MISSING, CONTENTS):
            # What is hidden takes no room.
            self.column.setStretch(at + 1, int(at == tab))
