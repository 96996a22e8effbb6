"""What a clerk does with the lines of a period: enter, put right, void, take in from the agency's workbook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from village_desk.accounts import actions, lookups
from village_desk.accounts.dialogs import EntryAnswer, EntryDialog, ImportDialog, ReasonDialog
from village_desk.accounts.lookups import SheetDetail
from village_desk.accounts.page.pane import Pane
from village_desk.accounts.rules.forms import categories_on
from village_desk.accounts.rules.sums import SheetState
from village_desk.accounts.table import EntryTable
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid


class EntryActs(Pane):
    """Acts on the line or the lines at hand; a subclass shows the sheet with its `entries` in the grid `lines`."""

    sheet: SheetDetail | None
    entries: EntryTable
    lines: Grid

    def _sheet(self) -> SheetDetail:
        assert self.sheet is not None
        return self.sheet

    def ask_entry(self) -> AskDialog:
        """A new line."""
        sheet = self._sheet()
        day = min(self.now.today, sheet.row.until_on)
        if self.entries.rowCount():
            day = self.entries.row(self.entries.rowCount() - 1).booked_on
        dialog = self._entry_dialog(day, None)
        dialog.about = f"{sheet.row.id}+"

        def keep(session: Any) -> str:
            return actions.add_entry(session, sheet_id=sheet.row.id, **_entry(dialog.answer()))

        return self.asks(dialog, "accounts.add_entry", keep, "已登记这一笔。", self._choose_line)

    def _choose_line(self, entry_id: str) -> None:
        self.lines.choose(entry_id)

    def ask_edit(self) -> None:
        """The line at hand put right."""
        identity, sheet = self.lines.current_id(), self._sheet()
        if not identity or sheet.row.state is not SheetState.OPEN:
            return
        found = self.workplace.read(lambda session: lookups.one_entry(session, identity))
        given = EntryAnswer(
            found.booked_on,
            found.words,
            found.receipts,
            found.payments,
            found.voucher,
            found.category,
            found.handler,
            found.approver,
            found.purpose,
            found.note,
            found.decision_id,
            found.decision_no,
        )
        dialog = self._entry_dialog(found.booked_on, given)
        dialog.about = identity

        def keep(session: Any) -> None:
            actions.edit_entry(session, entry_id=identity, seen=found.seen, **_entry(dialog.answer()))

        self.asks(dialog, "accounts.edit_entry", keep, "已改好这一笔。")

    def _entry_dialog(self, day: Any, given: EntryAnswer | None) -> EntryDialog:
        decisions = self.workplace.read(self.page.find_decisions)
        return EntryDialog(day, lambda side: categories_on(day, side), decisions, self.page, given=given)

    def ask_void(self) -> None:
        """Why the line at hand does not count."""
        identity = self.lines.current_id()
        if not identity:
            return
        words = self.entries.row(self.entries.position(identity)).words
        dialog = ReasonDialog("作废", "作废这一笔", f"“{words}”作废后照列，注明原因，不计入合计。", self.page)

        def keep(session: Any) -> None:
            actions.void_entry(session, entry_id=identity, reason=dialog.answer())

        self.asks(dialog, "accounts.void_entry", keep, "已作废，原因会印在公开表上。")

    def restore(self) -> None:
        """Let the line at hand count again."""
        self._write_entry("accounts.restore_entry", actions.restore_entry, "已恢复这一笔。")

    def drop(self) -> None:
        """Take the line at hand out."""
        self._write_entry("accounts.drop_entry", actions.drop_entry, "已删掉这一笔，可以撤销。")

    def _write_entry(self, deed: str, action: Any, said: str) -> None:
        identity = self.lines.current_id()
        if identity:
            self.workplace.write(deed, lambda session: action(session, entry_id=identity), said=said)

    def ask_import(self) -> ImportDialog:
        """Lines from a workbook or a paste."""
        sheet = self._sheet().row
        maps = self.workplace.read(lookups.known_maps)

        def read(source: Path | str, columns: Mapping[str, str]) -> actions.EntryReading:
            days = {"from_on": sheet.from_on, "until_on": sheet.until_on}
            if isinstance(source, Path):
                return actions.read_workbook(source, **days, maps=maps, columns=columns)
            return actions.read_pasted(source, **days, maps=maps, columns=columns)

        dialog = ImportDialog(read, actions.FIELDS, self.page)

        def keep(session: Any) -> int:
            assert isinstance(dialog.reading, actions.EntryReading)
            return actions.take_in_entries(session, sheet_id=sheet.id, reading=dialog.reading)

        self.asks(dialog, "accounts.take_in_entries", keep, lambda many: f"已导入{many}笔。")
        return dialog


def _entry(answer: EntryAnswer) -> dict[str, Any]:
    return {
        "booked_on": answer.booked_on,
        "words": answer.words,
        "receipts_fen": answer.receipts_fen,
        "payments_fen": answer.payments_fen,
        "voucher": answer.voucher,
        "category": answer.category,
        "handler": answer.handler,
        "approver": answer.approver,
        "purpose": answer.purpose,
        "note": answer.note,
        "decision_id": answer.decision_id,
        "decision_no": answer.decision_no,
    }
