"""The page of people as the desk shows it: with a person's photos and scans, and what was done for the household."""

from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from village_desk.archive.actions import EVIDENCE
from village_desk.people.page import PeoplePage
from village_desk.registers.lookups.cases_home import HomeItem, home_items, visit_source
from village_desk.registers.page.cases import CasesPage
from village_desk.registers.page.cases_asking import CaseAsking, Origin
from village_desk.store.acts import act
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.layout import button, heading, muted, row
from village_desk.widgets.workplace import Workplace

PERSON = "person"


class DeskPeoplePage(PeoplePage):
    """村民与组织; the card leads to photos and scans, and to cases, visits and entries of the whole household."""

    tables = PeoplePage.tables | CasesPage.tables | frozenset({"register_entry", "private_entry"})

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        panel = self.register.panel
        panel.files.setVisible(True)
        panel.files_asked.connect(self.show_files)
        self.cases = CaseAsking(workplace, self)
        self.done_tab = HomeList()
        self.done_at = panel.add_tab("办件", self.done_tab)
        panel.shown.connect(lambda _person: self.show_done())
        panel.tabs.currentChanged.connect(lambda _tab: self.show_done())
        self.done_tab.went_to.connect(self.asked_for)
        self.done_tab.case_asked.connect(self.ask_case)

    def show_done(self) -> None:
        """Show what was done for the person at hand and the household, when that tab is looked at."""
        panel = self.register.panel
        if panel.card is None or panel.tabs.currentIndex() != self.done_at:
            return
        person_id = panel.card.id
        self.done_tab.show_items(
            self.workplace.read(lambda session: home_items(session, person_id=person_id, on=act(session).today))
        )

    def ask_case(self, contact_id: str) -> None:
        """Take on a case for the person at hand, from the chosen visit where one is."""
        card = self.register.panel.card
        if card is None:
            return
        source = self.workplace.read(lambda s: visit_source(s, contact_id=contact_id)) if contact_id else None
        origin = Origin("people", contact_id, *source) if source is not None else None
        self.open(
            self.cases.new_case(lambda made: self.asked_for.emit("cases", made), person_id=card.id, origin=origin)
        )

    def show_files(self) -> None:
        """The photos and scans of the person at hand."""
        card = self.register.panel.card
        if card is not None:
            self.open(FilesDialog(self.workplace, card.id, card.row.name, self))


class FilesDialog(QDialog):
    """The photos and scans of one person; each is kept at once, so there is nothing to save."""

    def __init__(self, workplace: Workplace, person_id: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle(f"{name}的照片和扫描件")
        self.setModal(True)
        self.resize(look.px(680), look.px(430))
        self.files = AttachmentList(workplace, EVIDENCE, PERSON, words="照片和扫描件")
        column = QVBoxLayout(self)
        edge = look.px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(12))
        column.addWidget(heading(f"{name}的照片和扫描件"))
        column.addWidget(muted("户口簿、身份证、申请书等扫描件只留在村里的电脑上，要上报时另行选择。"))
        column.addWidget(self.files, 1)
        column.addLayout(row(None, button("关闭", clicked=self.accept)))
        self.files.show_record(person_id)


_ITEM = Qt.ItemDataRole.UserRole


class HomeList(QWidget):
    """What was done for a household, member by member; emits `went_to(place, record)`, `case_asked(visit or "")`."""

    went_to = Signal(str, str)
    case_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setProperty("role", "list")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("给这一户办过的事")
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        self.list.itemSelectionChanged.connect(self._fit)
        self.nothing = muted("还没有给这一户办过事，也没有走访登记。")
        self.new = button("受理办件", "plus", clicked=self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addLayout(row(None, self.new))

    def show_items(self, items: tuple[HomeItem, ...]) -> None:
        """Show these under the name of whom each is about."""
        self.list.clear()
        for name, mine in groupby(items, key=lambda one: one.name):
            head = QListWidgetItem(name)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for one in mine:
                line = QListWidgetItem(f"　{one.words}")
                line.setData(_ITEM, one)
                line.setToolTip(one.words)
                self.list.addItem(line)
        self.nothing.setVisible(not items)
        self.list.setVisible(bool(items))
        self._fit()

    def _open(self, line: QListWidgetItem) -> None:
        one = line.data(_ITEM)
        if isinstance(one, HomeItem) and one.place:
            self.went_to.emit(one.place, one.record_id)

    def _visit(self) -> str:
        chosen = [line.data(_ITEM) for line in self.list.selectedItems()]
        return next((one.contact_id for one in chosen if isinstance(one, HomeItem)), "")

    def _fit(self) -> None:
        self.new.setText("这次走访转成办件" if self._visit() else "受理办件")

    def _ask(self) -> None:
        self.case_asked.emit(self._visit())
