"""The page of people: three tabs over one register."""

from collections.abc import Callable, Iterator
from functools import cached_property

from PySide6.QtWidgets import QDialog, QTabBar, QWidget

from village_desk.people import lookups
from village_desk.people.actions import preview_roster, read_pasted
from village_desk.people.dialogs import ExportDialog, ExportLogDialog, ImportsDialog, PreviewDialog
from village_desk.people.lookups.leaving import exports, imports
from village_desk.people.page.development import DevelopmentView
from village_desk.people.page.duplicates import DuplicatesView
from village_desk.people.page.grids import GridsView
from village_desk.people.page.links import LinksView
from village_desk.people.page.members import MembersView
from village_desk.people.page.posts import PostsView
from village_desk.people.page.register import RegisterView
from village_desk.people.page.rolls import RollsView
from village_desk.people.rules.roster import Preview
from village_desk.store.acts import act
from village_desk.widgets.late_stack import LateStack
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Workplace

REGISTER, POSTS, MEMBERS, DEVELOPMENT, ROLLS, GRIDS, LINKS, DOUBLES = range(8)
# What shows each tab, in their order.
_VIEWS = ("register", "posts", "members", "development", "rolls", "grids", "links", "doubles")


class PeoplePage(Page):
    """村民与组织: households and persons, bodies and posts, party members."""

    key, title, icon, shortcut = "people", "村民与组织", "users", "Ctrl+2"
    tables = frozenset(
        "person household household_stay person_event person_standing side_household side_member outside_person "
        "party_membership member_flag count_exclusion party_rule development_step volunteer_time "
        "organisation term post post_kind grid_level grid_unit grid_household link_kind link link_contact "
        "person_alias person_distinct".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("村民、组织与职务、党员")
        for words in ("村民", "组织与职务", "党员", "发展党员", "应到名单", "网格", "联系", "重复人员"):
            self.tabs.addTab(words)
        self.stack = LateStack(len(_VIEWS))
        # Over the whole width: the chosen tab is bold and wider than its hint.
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.stack, 1)
        self.register = self.stack.put(REGISTER, RegisterView(workplace, self.open))
        self.register.counted.connect(self.say)
        self.tabs.currentChanged.connect(self.show_tab)

    # The views behind the other tabs are made when they are first asked for.

    @cached_property
    def posts(self) -> PostsView:
        """组织与职务."""
        view = self.stack.put(POSTS, PostsView(self.workplace, self.open))
        view.went_to.connect(self.open_record)
        return view

    @cached_property
    def members(self) -> MembersView:
        """党员."""
        view = self.stack.put(MEMBERS, MembersView(self.workplace, self.open))
        view.went_to.connect(self.open_record)
        return view

    @cached_property
    def development(self) -> DevelopmentView:
        """发展党员."""
        view = self.stack.put(DEVELOPMENT, DevelopmentView(self.workplace, self.open))
        view.went_to.connect(self.open_record)
        return view

    @cached_property
    def rolls(self) -> RollsView:
        """应到名单."""
        view = self.stack.put(ROLLS, RollsView(self.workplace, self.open))
        view.went_to.connect(self.open_record)
        return view

    @cached_property
    def grids(self) -> GridsView:
        """网格."""
        view = self.stack.put(GRIDS, GridsView(self.workplace, self.open))
        view.went_to.connect(self.open_household)
        return view

    @cached_property
    def links(self) -> LinksView:
        """联系."""
        view = self.stack.put(LINKS, LinksView(self.workplace, self.open))
        view.went_to.connect(self.open_record)
        return view

    @cached_property
    def doubles(self) -> DuplicatesView:
        """重复人员."""
        view = self.stack.put(DOUBLES, DuplicatesView(self.workplace, self.open))
        view.went_to.connect(self.open_record)
        return view

    def refresh(self) -> None:
        """Read the tab at hand; the others follow when they are shown."""
        self.show_tab(self.tabs.currentIndex())

    def show_tab(self, tab: int) -> None:
        """Show one of the three and bring it up to date."""
        if self.tabs.currentIndex() != tab:
            self.tabs.setCurrentIndex(tab)
            return
        self.stack.setCurrentIndex(tab)
        getattr(self, _VIEWS[tab]).refresh()

    def open_household(self, household_id: str) -> None:
        """Show the head of a household."""
        found = self.workplace.read(lambda session: lookups.household_card(session, household_id))
        if found.members:
            self.open_record(found.members[0].id)

    def open_record(self, record_id: str) -> None:
        """Show one person, the head of a household, or the people of one of the counts (count:registered)."""
        kind, _, which = record_id.partition(":")
        if kind == "count":
            self.show_tab(REGISTER)
            self.register.show_count(which)
            return
        if not self.workplace.read(lambda session: lookups.person_rows(session, [record_id])):
            homes = {line.id for line in self.workplace.read(lookups.home_lines)}
            if record_id in homes:
                self.open_household(record_id)
                return
        self.show_tab(REGISTER)
        self.register.refresh()
        self.register.go_to(record_id)

    def start_search(self) -> bool:
        """The field over the register."""
        self.show_tab(REGISTER)
        self.register.filter.setFocus()
        self.register.filter.selectAll()
        return True

    def preview(self) -> None:
        """What the tab at hand prints."""
        prints: dict[int, Callable[[], Callable[[], None]]] = {
            REGISTER: lambda: self.register.ask_print,
            POSTS: lambda: self.posts.print_chart,
            ROLLS: lambda: self.rolls.print_roll,
            GRIDS: lambda: self.grids.print_list,
            LINKS: lambda: self.links.print_list,
        }
        prints.get(self.tabs.currentIndex(), lambda: self.members.print_list)()()

    def open(self, dialog: QDialog) -> None:
        """Show a dialog."""
        self.dialog = dialog
        dialog.open()

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """New person, the person at hand, an import, posts, a member, lists, what came in and what left."""
        yield "new-person", self.register.new_dialog()
        edit = self.register.edit_dialog()
        if edit is not None:
            yield "edit-person", edit
        yield "import", PreviewDialog(self._preview_of_rows_at_hand(), self)
        first = self.workplace.read(lambda session: lookups.find_people(session, "户主", limit=1))
        yield "appoint", self.posts.appoint_dialog(first[0] if first else None)
        yield "party-member", self.members.member_dialog()
        yield from self.members.dialogs_to_show()
        if self.register.panel.card is not None:
            yield from self.register.changes.dialogs_to_show(self.register.panel.card)
        yield "organisation", self.posts.organisation_dialog()
        pledge = self.posts.pledge_dialog()
        if pledge is not None:
            yield "pledge", pledge
        for view in (self.grids, self.links, self.doubles):
            yield from view.dialogs_to_show()
        yield "export", ExportDialog(self.register.table.rowCount(), "导出Excel表格", self, accept="选择存放位置")
        yield "bulk-edit", self.register.bulk_dialog(self.register.table.ids()[:6])
        yield "imports", ImportsDialog(self.workplace.read(imports), self)
        yield "export-log", ExportLogDialog(self.workplace.read(exports), self)

    def _preview_of_rows_at_hand(self) -> Preview:
        """What it would do to paste the first rows of the list with one new phone, one new name and one lost number."""
        ids = self.register.table.ids()[:12]
        lines = ["户号\t姓名\t身份证号\t联系电话"]
        for i, one in enumerate(self.workplace.read(lambda session: lookups.person_rows(session, ids))):
            number = "4.10523E+17" if i == 2 else one.identity
            phone = "13800000000" if i == 1 else one.phone
            lines.append(f"{one.household_no}\t{one.name}\t{number}\t{phone}")
        lines.append("\t张新来\t\t1380000")
        roster = read_pasted("\n".join(lines), today=self.workplace.read(act).today)
        return self.workplace.read(lambda session: preview_roster(session, roster))
