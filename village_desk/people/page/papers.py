"""How people leave the desk: lists on paper and in workbooks, masked for their readers and logged; and the log."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from village_desk.people import lookups, printout
from village_desk.people.dialogs import ExportDialog, ExportLogDialog
from village_desk.people.lookups import MemberRow, PeopleFilter, PersonRow, PostRow
from village_desk.people.lookups.leaving import exports
from village_desk.people.page.sheets import log_leaving, show_people
from village_desk.people.rules.bodies import Role
from village_desk.people.rules.masking import Audience
from village_desk.people.rules.pinyin import sort_key
from village_desk.people.rules.strokes import stroke_key
from village_desk.store.acts import Act, act
from village_desk.store.files import write_whole
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.workplace import Workplace

Show = Callable[[QDialog], None]
_INSIDE_AND_WALL = (Audience.INTERNAL, Audience.BOARD)


class Papers(QObject):
    """Prints and exports the list that `at_hand` gives (ids as they stand, columns in sight)."""

    def __init__(
        self,
        workplace: Workplace,
        page: QWidget,
        show: Show,
        at_hand: Callable[[], tuple[Sequence[str], Sequence[str]]],
    ) -> None:
        super().__init__(page)
        self.workplace, self.page, self.show, self.at_hand = workplace, page, show, at_hand

    # the roster

    def ask_roster(self) -> None:
        """The list at hand as a PDF, masked for its readers."""
        dialog = self.export_dialog("打印花名册", "预览")
        dialog.answered.connect(lambda: self.print_roster(*dialog.answer(), dialog.order()))
        self.show(dialog)

    def export_dialog(self, what: str, accept: str) -> ExportDialog:
        """For whom, in which order, for which reason."""
        return ExportDialog(len(self.at_hand()[0]), what, self.page, accept=accept)

    def print_roster(self, audience: Audience, reason: str, order: str = "") -> None:
        """Set the list and show it; it is logged when it is printed or saved."""
        rows, here = self._rows(order), self._act()
        self._show_sheet(
            "村民花名册",
            "打印花名册",
            lambda: printout.roster(rows, village=here.village_name, on=here.today, audience=audience),
            audience,
            len(rows),
            reason,
        )

    def ask_workbook(self) -> None:
        """The list at hand as a workbook."""
        dialog = self.export_dialog("导出Excel表格", "选择存放位置")

        def choose() -> None:
            audience, reason = dialog.answer()
            name = f"{self._act().village_name}村民花名册.xlsx"
            chooser = QFileDialog(self.page, "导出到", name, "Excel表格（*.xlsx）")
            chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            chooser.setDefaultSuffix("xlsx")
            chooser.fileSelected.connect(lambda path: self.export_to(Path(path), audience, reason, dialog.order()))
            chooser.open()

        dialog.answered.connect(choose)
        self.show(dialog)

    def export_to(self, path: Path, audience: Audience, reason: str, order: str = "") -> None:
        """Write the list at hand as .xlsx with the columns in sight, and log it."""
        rows, here, columns = self._rows(order), self._act(), tuple(self.at_hand()[1])

        def write(_task: object) -> None:
            write_whole(
                path,
                printout.roster_workbook(
                    rows, village=here.village_name, on=here.today, audience=audience, more=columns
                ),
            )

        self.workplace.later(
            write,
            lambda _done: log_leaving(self.workplace, "导出花名册表格", len(rows), audience, reason),
            title="正在导出",
            said=f"已导出{len(rows)}人到“{path.name}”。",
        )

    # households, members, representatives

    def ask_households(self) -> None:
        """The households of the list at hand."""
        dialog = ExportDialog(
            len(self.at_hand()[0]), "打印农户名册", self.page, accept="预览", orders=(), audiences=_INSIDE_AND_WALL
        )
        dialog.answered.connect(lambda: self.print_households(*dialog.answer()))
        self.show(dialog)

    def print_households(self, audience: Audience, reason: str) -> None:
        """One line a household, in the order of groups and numbers."""
        rows, here = self._rows("household"), self._act()
        self._show_sheet(
            "农户名册",
            "打印农户名册",
            lambda: printout.household_list(rows, village=here.village_name, on=here.today, audience=audience),
            audience,
            len(rows),
            reason,
        )

    def ask_representatives(self) -> None:
        """The villagers' representatives of today."""
        posts = self._representatives("")
        dialog = ExportDialog(
            len(posts),
            "打印村民代表名册",
            self.page,
            accept="预览",
            orders=("", "strokes", "name"),
            audiences=_INSIDE_AND_WALL,
        )
        dialog.order_box.setItemText(0, "按小组")
        dialog.answered.connect(lambda: self.print_representatives(*dialog.answer(), dialog.order()))
        self.show(dialog)

    def print_representatives(self, audience: Audience, reason: str, order: str = "") -> None:
        """The representatives, by group, strokes or pinyin."""
        posts, here = self._representatives(order), self._act()
        ids = [post.person_id for post in posts]
        people = {row.id: row for row in self.workplace.read(lambda s: lookups.person_rows(s, ids))}
        self._show_sheet(
            "村民代表名册",
            "打印村民代表名册",
            lambda: printout.representative_list(
                posts, people, village=here.village_name, on=here.today, audience=audience
            ),
            audience,
            len(posts),
            reason,
        )

    def ask_members(self) -> None:
        """The party members of today."""
        members = self._members("")
        dialog = ExportDialog(
            len(members),
            "打印党员名册",
            self.page,
            accept="预览",
            orders=("", "strokes", "name"),
            audiences=(Audience.INTERNAL,),
        )
        dialog.order_box.setItemText(0, "按登记的次序")
        dialog.answered.connect(lambda: self.print_members(dialog.answer()[1], dialog.order()))
        self.show(dialog)

    def print_members(self, reason: str, order: str = "") -> None:
        """The party members, by strokes or pinyin."""
        members, here = self._members(order), self._act()
        branch = f"{here.village_name}党支部"
        self._show_sheet(
            "党员名册",
            "打印党员名册",
            lambda: printout.party_list(members, branch=branch, on=here.today),
            Audience.INTERNAL,
            len(members),
            reason,
        )

    def _members(self, order: str) -> list[MemberRow]:
        members = [one for one in self.workplace.read(lookups.party_members) if one.left_on is None]
        if order == "strokes":
            return sorted(members, key=lambda one: stroke_key(one.name))
        if order == "name":
            return sorted(members, key=lambda one: sort_key(one.name))
        return members

    def _representatives(self, order: str) -> list[PostRow]:
        today = self._act().today
        bodies = self.workplace.read(lambda session: lookups.bodies(session, on=today))
        posts = [post for body in bodies for post in body.posts if post.role == Role.REPRESENTATIVE]
        if order == "strokes":
            return sorted(posts, key=lambda post: stroke_key(post.name))
        if order == "name":
            return sorted(posts, key=lambda post: sort_key(post.name))
        return posts

    # the log

    def show_log(self) -> None:
        """What left the desk."""
        dialog = ExportLogDialog(self.workplace.read(exports), self.page)
        dialog.print_asked.connect(self.print_log)
        self.show(dialog)

    def print_log(self) -> None:
        """The log as a sheet; it holds no data of people, so printing it is not logged."""
        here, rows = self._act(), self.workplace.read(exports)
        title = f"{here.village_name}村民资料打印和导出记录"
        show_sheet(
            self.workplace,
            self.page,
            title,
            lambda: printout.export_log(rows, village=here.village_name, on=here.today),
            self.show,
        )

    # inside

    def _act(self) -> Act:
        return self.workplace.read(act)

    def _rows(self, order: str) -> list[PersonRow]:
        ids = list(self.at_hand()[0])
        if order:
            # Words put the best match first; on paper they only narrow.
            kept = set(ids)
            everybody = PeopleFilter(state="")
            ids = [
                one
                for one in self.workplace.read(lambda s: lookups.person_ids(s, everybody, order=order))
                if one in kept
            ]
        return self.workplace.read(lambda session: lookups.person_rows(session, ids))

    def _show_sheet(
        self, title: str, what: str, make: Callable[[], bytes], audience: Audience, people: int, reason: str
    ) -> None:
        whole = f"{self._act().village_name}{title}"
        show_people(
            self.workplace,
            self.page,
            whole,
            make,
            self.show,
            what=what,
            people=people,
            audience=audience,
            reason=reason,
        )
