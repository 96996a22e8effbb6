"""Links: the kinds in use, who stands by whom, what each holder owes, and the contacts that were kept."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from village_desk.people import lookups
from village_desk.people.dialogs.links import NumbersDialog
from village_desk.people.lookups import LinkKindRow
from village_desk.people.page.link_lists import ContactsTable
from village_desk.people.page.links_acts import LinkActs
from village_desk.people.rules.links import END_WORDS, EVERY_WORDS, End
from village_desk.widgets import theme
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, card, flow, heading, label, muted, row
from village_desk.widgets.workplace import Workplace

TARGETS = 0


class LinksView(LinkActs):
    """Emits `went_to(record_id)` with a person's or household's id."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__(workplace, show)
        self.contacts = ContactsTable()
        self.kind_box.setAccessibleName("看哪一种联系")
        self.kind_box.setMinimumContentsLength(8)
        self.contacts_grid = Grid(self.contacts, empty_words="还没有登记走访。点“登记走访”。")
        for one in (self.grid, self.targets_grid, self.contacts_grid):
            # The lists take what room is left, so that the buttons stay in sight in large type.
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            one.setMinimumHeight(theme.current().px(90))
        self.kind_made.connect(self._show_made)
        self.rule_words = muted("")
        self.left_out_button = button("", "triangle-alert", clicked=self.show_left_out)
        self.adopt = button("选用", "list-checks", clicked=self.ask_adopt, tip="选用一种现成的联系")
        self.own = button("新建", "plus", clicked=self.ask_own, tip="自己新建一种联系")
        self.numbers = button("要求", "settings", clicked=self.ask_numbers, tip="按本地文件改数字")
        self.link = button("登记联系", "plus", role="primary", clicked=self.ask_link)
        self.contact = button("登记走访", "check", role="primary", clicked=self.ask_contact)
        self.end = button("结束联系", "minus", clicked=self.ask_end)
        self.print = button("打印联系表", "printer", clicked=self.print_list)
        self.card_button = button("联系卡", "printer", clicked=self.print_card)
        self.side_title = heading("")
        self.short_words = label("", "warning")
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in ("联系对象", "走访记录"):
            self.tabs.addTab(words)
        self.side = QStackedWidget()
        self.side.addWidget(self.targets_grid)
        self.side.addWidget(self.contacts_grid)
        self.empty = Empty(
            "还没有选用联系的种类。党员联系户、包联、结对、网格员都在这里登记，谁没有人联系一看就知道。",
            "选用联系种类",
            icon="users",
        )
        left = Card()
        left.add(flow(self.kind_box, self.adopt, self.own, self.numbers, self.left_out_button))
        left.add(self.rule_words)
        left.add(self.grid, 1)
        left.add(row(self.print, None, self.link, spacing=8))
        right = Card()
        right.add(self.side_title)
        right.add(self.short_words)
        right.add(row(self.tabs, None))
        right.add(self.side, 1)
        right.add(flow(self.contact, self.end, self.card_button))
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
        self.kind_box.currentIndexChanged.connect(lambda _index: self._show_kind())
        self.grid.picked.connect(lambda _id: self._show_holder())
        self.tabs.currentChanged.connect(self.side.setCurrentIndex)
        self.tabs.currentChanged.connect(lambda _tab: self._fit_end())
        self.grid.opened.connect(self.went_to.emit)
        self.targets_grid.opened.connect(lambda link_id: self._open_target(link_id))

    def _show_made(self, kind_id: str) -> None:
        self.refresh()
        self.choose_kind(kind_id)

    def refresh(self) -> None:
        """Read the kinds and the holders of the one at hand."""
        on = self._act().today
        self.kinds = self.workplace.read(lambda session: lookups.link_kinds(session, on=on))
        self.stack.setCurrentIndex(1 if self.kinds else 0)
        ids = [kind.id for kind in self.kinds]
        if [self.kind_box.itemData(i) for i in range(self.kind_box.count())] != ids:
            before = self.kind_box.currentData()
            self.kind_box.blockSignals(True)
            self.kind_box.clear()
            for kind in self.kinds:
                self.kind_box.addItem(kind.name, kind.id)
            self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(before)))
            self.kind_box.blockSignals(False)
        self._show_kind()

    def choose_kind(self, kind_id: str) -> None:
        """Show this kind."""
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind_id))

    def _show_kind(self) -> None:
        kind, on = self.kind(), self._act().today
        if kind is None:
            return
        rule = kind.rule
        self.rule_words.setText(self._asked(kind))
        rows = self.workplace.read(lambda session: lookups.link_holders(session, kind_id=kind.id, on=on))
        self.holders.show(rows)
        if rule.to_end is End.HOUSEHOLD and (rule.cover or kind.linked):
            self.left_out = self.workplace.read(
                lambda session: lookups.without_contact(session, kind_id=kind.id, on=on)
            )
        else:
            self.left_out = ()
        self.left_out_button.setText(f"{len(self.left_out)}户没有联系人")
        self.left_out_button.setVisible(bool(self.left_out) and rule.cover)
        if not self.grid.current_id() and self.holders.rowCount():
            self.grid.choose(self.holders.id_at(0))
        self._show_holder()

    def _asked(self, kind: LinkKindRow) -> str:
        """What is asked of the kind, in one line."""
        rule = kind.rule
        parts = [rule.text] if rule.text else []
        if not rule.text and rule.least:
            parts.append(f"每人至少联系{rule.least}{rule.counter}。")
        if not rule.text and rule.visits:
            parts.append(f"{EVERY_WORDS[rule.visit_period]}走访{rule.visits}次以上。")
        return "".join(parts) or f"联系对象是{END_WORDS[rule.to_end]}，没有数量要求。"

    def _show_holder(self) -> None:
        kind, holder, on = self.kind(), self.current(), self._act().today
        for one in (self.contact, self.end):
            one.setEnabled(holder is not None)
        self.card_button.setVisible(kind is not None and kind.rule.to_end is End.HOUSEHOLD)
        self.card_button.setEnabled(holder is not None)
        if kind is None or holder is None:
            self.side_title.setText("")
            self.targets.show([])
            self.contacts.show([])
            return
        self.side_title.setText(holder.name)
        self.short_words.setText(f"{holder.short_words}。" if holder.short_words else "")
        self.short_words.setVisible(bool(holder.short_words))
        self.targets.show(
            self.workplace.read(lambda session: lookups.links(session, on=on, kind_id=kind.id, from_id=holder.id))
        )
        self.contacts.show(
            self.workplace.read(lambda session: lookups.contacts_of(session, kind_id=kind.id, from_id=holder.id))
        )
        self._fit_end()

    def _fit_end(self) -> None:
        self.end.setVisible(self.tabs.currentIndex() == TARGETS)

    def _open_target(self, link_id: str) -> None:
        found = next((one for one in self.targets.rows() if one.id == link_id), None)
        if found is not None and found.to_id:
            self.went_to.emit(found.to_id)

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """A kind, a link, a contact, the numbers."""
        yield "link-kinds", self.adopt_dialog()
        for name, dialog in (("link", self.link_dialog()), ("link-contact", self.contact_dialog())):
            if dialog is not None:
                yield name, dialog
        kind = self.kind()
        if kind is not None:
            yield "link-numbers", NumbersDialog(kind.rule, self)
