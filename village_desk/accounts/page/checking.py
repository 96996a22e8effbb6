"""The yearly check of assets: every asset in one list, what was found of it, and the end of the check."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from village_desk.accounts import actions, lookups, printout
from village_desk.accounts.dialogs import FindingDialog
from village_desk.accounts.lookups import CheckRow
from village_desk.accounts.table import FindingTable
from village_desk.widgets import theme
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, flow, heading, label

if TYPE_CHECKING:
    from village_desk.accounts.page.registers import RegisterPane


class CheckDialog(QDialog):
    """Shows this year's check over the pane of assets, which writes for it."""

    def __init__(self, pane: "RegisterPane") -> None:
        super().__init__(pane)
        self.pane, self.workplace = pane, pane.workplace
        self.check: CheckRow | None = None
        self.dialog: FindingDialog | None = None
        self.setWindowTitle("年度清查")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme.current()
        self.year = pane.now.today.year
        self.head = heading(f"{self.year}年度集体资产清查")
        self.words = label("", "muted")
        self.table = FindingTable()
        self.grid = Grid(self.table, empty_words="资产台账里还没有资产，请先登记。")
        self.grid.opened.connect(lambda _id: self.ask())
        self.ok_button = button("账实相符", "check", role="primary", clicked=self.note_ok)
        self.other_button = button("登记不符", "triangle-alert", clicked=self.ask)
        self.print_button = button("打印清查表", "printer", clicked=self.print_sheet)
        self.end_button = button("结束清查", "shield-check", clicked=self.end)
        self.told = label("", "error")
        column = QVBoxLayout(self)
        edge = look.px(18)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(10))
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addWidget(self.grid, 1)
        column.addWidget(self.told)
        column.addLayout(
            flow(
                self.ok_button,
                self.other_button,
                self.print_button,
                self.end_button,
                button("关闭", clicked=self.accept),
            )
        )
        self.resize(look.px(820), look.px(520))
        self.workplace.changed.connect(self._take_note)
        self.refresh()

    def refresh(self) -> None:
        """Read the check; before the first finding the list is that of the register."""
        checks = self.workplace.read(lookups.asset_checks)
        self.check = next((one for one in checks if one.year == self.year), None)
        if self.check is None:
            self.workplace.write(
                "accounts.begin_asset_check",
                lambda session: actions.begin_asset_check(session, year=self.year, people=self.pane.page.own_name()),
            )
            return
        self.table.show(self.check.lines)
        if not self.grid.current_id() and self.check.lines:
            self.grid.choose(self.check.lines[0].asset_id)
        left = self.check.unchecked
        ended = "清查已经结束，当年的数不再改。"
        self.words.setText(
            ended if self.check.closed else f"共{len(self.check.lines)}件，还有{left}件没查。查完再点“结束清查”。"
        )
        for one in (self.ok_button, self.other_button, self.end_button):
            one.setEnabled(not self.check.closed)

    def note_ok(self) -> None:
        """The asset at hand is as the register says; the next one comes."""
        self._note("ok", "", "")
        at = self.table.position(self.grid.current_id())
        if at + 1 < self.table.rowCount():
            self.grid.choose(self.table.id_at(at + 1))

    def ask(self) -> None:
        """What was found instead."""
        identity = self.grid.current_id()
        if not identity or self.check is None or self.check.closed:
            return
        line = self.table.row(self.table.position(identity))
        dialog = FindingDialog(line.name, line.result or "missing", line.difference, line.reason, self)
        dialog.about = identity
        dialog.answered.connect(lambda: self._note(*dialog.answer(), dialog=dialog))
        self.dialog = dialog
        dialog.open()

    def _note(self, result: str, difference: str, reason: str, *, dialog: FindingDialog | None = None) -> None:
        identity, check = self.grid.current_id(), self.check
        if not identity or check is None:
            return
        self.workplace.write(
            "accounts.note_asset",
            lambda session: actions.note_asset(
                session, check_id=check.id, asset_id=identity, result=result, difference=difference, reason=reason
            ),
            lambda _done: dialog.accept() if dialog is not None else None,
            refused=dialog.refuse if dialog is not None else self._refuse,
        )

    def end(self) -> None:
        """Close the check."""
        check = self.check
        if check is not None:
            self.workplace.write(
                "accounts.close_asset_check",
                lambda session: actions.close_asset_check(session, check_id=check.id),
                lambda _many: self.told.setText(""),
                refused=self._refuse,
            )

    def print_sheet(self) -> None:
        """The check on paper, with places to fill by hand while it is open."""
        check, village = self.check, self.pane.now.village_name
        if check is not None:
            name = f"集体资产{check.year}年度清查表"
            self.pane.print_sheet(name, lambda: printout.asset_check_sheet(check, village=village))

    def _refuse(self, problem: Any) -> None:
        self.told.setText(f"{problem.message}{problem.advice}")

    def _take_note(self, tables: Any) -> None:
        if tables & {"asset_check", "asset_finding", "collective_asset"}:
            self.refresh()
