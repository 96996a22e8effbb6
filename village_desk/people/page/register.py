"""The register: the list at the left, one person at the right, and what a clerk does with them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from village_desk.kit.errors import NotFound
from village_desk.people import lookups
from village_desk.people.dialogs.lists import ORDER_WORDS
from village_desk.people.lookups import PeopleFilter, PersonRow
from village_desk.people.page.changes import Changes
from village_desk.people.page.counts import HOMES, OUTSIDE, VOTER_LIST, CountsBar
from village_desk.people.page.homes import HomesWindow
from village_desk.people.page.importing import Importing
from village_desk.people.page.panel import PersonPanel
from village_desk.people.page.papers import Papers
from village_desk.people.page.register_acts import RegisterActs
from village_desk.people.page.sheets import log_leaving
from village_desk.people.rules.standings import COUNT_WORDS, CountKind, Standing
from village_desk.people.rules.words import PersonState
from village_desk.people.table import PeopleTable
from village_desk.store.acts import act
from village_desk.widgets import theme
from village_desk.widgets.empty import Empty
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, card, flow, row, takes_rest
from village_desk.widgets.onlookers import ONLOOKERS
from village_desk.widgets.tables import Order
from village_desk.widgets.workplace import Workplace

_SHOWN: tuple[tuple[str, PeopleFilter], ...] = (
    ("在册村民", PeopleFilter()),
    ("户主", PeopleFilter(only="heads")),
    ("党员", PeopleFilter(only="party")),
    ("外出", PeopleFilter(only="away")),
    ("已迁出", PeopleFilter(state=PersonState.MOVED_OUT.value)),
    ("已去世", PeopleFilter(state=PersonState.DEAD.value)),
    ("妇女", PeopleFilter(only="women")),
    *((COUNT_WORDS[kind], PeopleFilter(state="", only=kind.value)) for kind in CountKind if kind != "registered"),
    ("外来人员", PeopleFilter(state=PersonState.OUTSIDE.value)),
    ("身份证号未登记", PeopleFilter(only="no_identity")),
    ("电话未登记", PeopleFilter(only="no_phone")),
    ("出生日期未登记", PeopleFilter(only="no_birth")),
    ("没有登记在哪一户", PeopleFilter(only="no_household")),
    ("全部", PeopleFilter(state="")),
)
_ALL_GROUPS = "全部小组"


class RegisterView(RegisterActs):
    """Emits `counted(words)` with the figures for the header."""

    counted = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__(workplace, show)
        self.importing = Importing(workplace, self, show)
        self.filter = FilterBox("姓名、拼音首字母、身份证末四位、电话、户号")
        self.groups = QComboBox()
        self.groups.setAccessibleName("村民小组")
        self.shown = QComboBox()
        self.shown.setAccessibleName("看哪些人")
        for words, _ in _SHOWN:
            self.shown.addItem(words)
        self.table = PeopleTable(self._ids, self._rows)
        self.grid = Grid(self.table, empty_words="没有找到。换一个字、拼音首字母或户号再试试。", many=True)
        self.panel = PersonPanel()
        self.changes = Changes(workplace, self, show)
        self.counts = CountsBar()
        self.new_button = button("新增村民", "plus", role="primary", clicked=self.ask_new)
        self.import_button = self._menu_button(
            "导入花名册",
            (
                ("从文件导入…", self.importing.ask_file),
                ("粘贴从WPS复制的行", self.importing.paste),
                ("以前的导入…", self.importing.show_imports),
            ),
        )
        self.papers = Papers(workplace, self, show, lambda: (self.table.ids(), self.grid.shown_columns()))
        self.print_button = self._menu_button(
            "打印导出",
            (
                ("打印花名册…", self.papers.ask_roster),
                ("打印农户名册…", self.papers.ask_households),
                ("打印村民代表名册…", self.papers.ask_representatives),
                ("打印党员名册…", self.papers.ask_members),
                ("导出Excel表格…", self.papers.ask_workbook),
                ("打印和导出记录…", self.papers.show_log),
            ),
        )
        self.list_button = button("排列和列")
        self.list_menu = QMenu(self.list_button)
        self.list_menu.aboutToShow.connect(self._fill_list_menu)
        self.list_button.setMenu(self.list_menu)
        self.bulk_button = button(
            "批量修改", clicked=self.ask_bulk, tip="按住Ctrl或Shift在名单里多选，一次改成一样的。"
        )
        self.empty = Empty(
            "还没有登记村民。把村里现成的花名册导进来就可以开始，先预览，不会写错。", "导入花名册", icon="users"
        )
        self._lay_out()
        self.filter.searched.connect(lambda _words: self.narrow())
        self.filter.left_downwards.connect(self.grid.enter)
        self.groups.currentIndexChanged.connect(lambda _index: self.narrow())
        self.shown.currentIndexChanged.connect(lambda _index: self.narrow())
        ONLOOKERS.changed.connect(self.hide_numbers)
        self.hide_numbers(ONLOOKERS.present)
        self.grid.copied.connect(lambda number: log_leaving(self.workplace, "复制名单到剪贴板", number))
        self.grid.picked.connect(self.show_person)
        self.grid.opened.connect(lambda _id: self.ask_edit())
        self.grid.remember_columns("people")
        self.grid.selectionModel().selectionChanged.connect(lambda _new, _old: self._fit_bulk())
        self._fit_bulk()
        self.went_to.connect(self.go_to)
        self.panel.asked.connect(self.ask)
        self.counts.picked.connect(self.show_count)
        self.counts.asked.connect(self.ask_list)
        self.panel.went_to.connect(self.go_to)
        self.empty.acted.connect(self.importing.ask_file)

    def _lay_out(self) -> None:
        look = theme.current()
        left = Card()
        self.filter.setMinimumWidth(look.px(180))
        left.add(row(self.filter, self.groups, self.shown, spacing=8))
        left.add(self.counts)
        left.add(self.grid, 1)
        takes_rest(self.grid)
        below = row(spacing=8)
        below.addLayout(flow(self.import_button, self.print_button, self.list_button, self.bulk_button), 1)
        below.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignBottom)
        left.add(below)
        both = row(left, self.panel, spacing=12)
        both.setStretch(0, 5)
        both.setStretch(1, 3 if look.narrow else 2)
        whole = QWidget()
        whole.setLayout(both)
        self.stack = QStackedWidget()
        self.stack.addWidget(card(self.empty))
        self.stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _menu_button(self, words: str, entries: tuple[tuple[str, Callable[[], None]], ...]) -> QPushButton:
        made = button(words)
        menu = QMenu(made)
        for title, slot in entries:
            menu.addAction(title).triggered.connect(partial(_call, slot))
        made.setMenu(menu)
        return made

    # showing

    def refresh(self) -> None:
        """Read the list, the figures and the person at hand."""
        figures = self.workplace.read(lookups.counts)
        self.counted.emit(f"共{figures.households:,}户 · {figures.people:,}人，其中妇女{figures.women:,}人")
        self.stack.setCurrentIndex(1 if figures.people or figures.left else 0)
        self.counts.show_totals(figures.households, figures.women)
        self.counts.show_counts(self.workplace.read(lambda s: lookups.five_counts(s, on=act(s).today)))
        self._offer_groups(self.workplace.read(lookups.groups))
        self.table.narrow(self.wanted())
        if not self.grid.current_id() and self.table.rowCount():
            self.grid.choose(self.table.id_at(0))
        self.show_person(self.grid.current_id())

    def wanted(self) -> PeopleFilter:
        """What the list is narrowed to."""
        kind = _SHOWN[self.shown.currentIndex()][1]
        group = "" if self.groups.currentIndex() <= 0 else self.groups.currentText()
        return PeopleFilter(self.filter.text().strip(), group, kind.state, kind.only)

    def narrow(self) -> None:
        """Show what filter and lists leave; the best hit becomes current."""
        self.table.narrow(self.wanted())
        if self.table.rowCount() and (self.filter.text().strip() or not self.grid.current_id()):
            self.grid.choose(self.table.id_at(0))
            self.grid.scrollToTop()
        self.show_person(self.grid.current_id())

    def show_person(self, person_id: str) -> None:
        """Show one person at the right."""
        if not person_id:
            self.panel.clear()
            return
        try:
            self.panel.show_card(self.workplace.read(lambda session: lookups.person_card(session, person_id)))
        except NotFound:
            self.panel.clear()

    def go_to(self, person_id: str) -> None:
        """Make a person current, also one that the filter hides."""
        if not self.grid.choose(person_id):
            self.filter.clear()
            self.groups.setCurrentIndex(0)
            self.shown.setCurrentIndex(len(_SHOWN) - 1)
            self.table.narrow(self.wanted())
            self.grid.choose(person_id)
        self.show_person(person_id)

    def hide_numbers(self, hidden: bool) -> None:
        """Mask numbers while somebody looks on."""
        self.table.hidden = hidden
        self.panel.hide_numbers(hidden)
        self.table.refresh()

    def _fill_list_menu(self) -> None:
        menu = self.list_menu
        menu.clear()
        for key in ("household", "strokes", "name", "age"):
            action = menu.addAction(ORDER_WORDS[key])
            action.setCheckable(True)
            action.setChecked(self.table.order.key == key)
            action.triggered.connect(partial(_call, partial(self.sort_by, key)))
        menu.addSeparator()
        menu.addAction("显示哪些列：").setEnabled(False)
        self.grid.offer_columns(menu)

    def sort_by(self, key: str) -> None:
        """Sort the list by household, strokes, pinyin or age."""
        self.grid.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        # The older stand first, as lists of people have it.
        self.table.order_by(Order(key, descending=key == "age"))
        self.grid.scrollToTop()

    def _fit_bulk(self) -> None:
        chosen = len(self.grid.selectionModel().selectedRows())
        self.bulk_button.setEnabled(chosen > 1)
        self.bulk_button.setText(f"批量修改{chosen:,}人" if chosen > 1 else "批量修改")

    def _offer_groups(self, names: list[str]) -> None:
        if [self.groups.itemText(i) for i in range(1, self.groups.count())] == names:
            return
        before = self.groups.currentText()
        self.groups.blockSignals(True)
        self.groups.clear()
        self.groups.addItems([_ALL_GROUPS, *names])
        self.groups.setCurrentIndex(max(0, self.groups.findText(before)))
        self.groups.blockSignals(False)

    def _ids(self, order: Order, wanted: PeopleFilter | None) -> list[str]:
        return self.workplace.read(
            lambda session: lookups.person_ids(
                session, wanted or PeopleFilter(), order=order.key, descending=order.descending
            )
        )

    def _rows(self, ids: object) -> list[PersonRow]:
        wanted = [str(one) for one in ids] if isinstance(ids, list | tuple) else []
        return self.workplace.read(lambda session: lookups.person_rows(session, wanted))

    # asking

    def ask(self, what: str) -> None:
        """What a button of the card asks for."""
        own = {
            "edit": self.ask_edit,
            "move": self.ask_move,
            "move_out": self.ask_move_out,
            "back": self.ask_back,
            "household": self.ask_household,
        }
        if what in own:
            own[what]()
        elif self.panel.card is not None:
            self.changes.ask(what, self.panel.card)

    def show_count(self, kind: str) -> None:
        """Narrow the list to the people behind one of the counts."""
        wanted = next((i for i, (_, one) in enumerate(_SHOWN) if one.only == kind), 0)
        self.shown.setCurrentIndex(wanted)

    def ask_list(self, what: str) -> None:
        """Begin a list of voters, enter somebody from outside, or the chosen people in one of the counts."""
        if what == VOTER_LIST:
            self.changes.ask_voter_list()
        elif what == HOMES:
            homes = HomesWindow(self.workplace, self)
            homes.went_to.connect(self.go_to)
            self.show_dialog(homes)
        elif what == OUTSIDE:
            self.changes.ask_outside()
        else:
            self.changes.ask_many(self.grid.chosen_ids(), Standing(what))

    # paper

    def ask_print(self) -> None:
        """The list at hand as a PDF, masked for its readers."""
        self.papers.ask_roster()


def _call(slot: Callable[[], None], _checked: bool = False) -> None:
    slot()
