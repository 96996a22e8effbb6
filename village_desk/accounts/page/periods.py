"""Periods on the screen: their lines, what must still be done, and the way to the wall."""

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton

from village_desk.accounts import actions, lookups, printout
from village_desk.accounts.dialogs import (
    BeginAnswer,
    BeginDialog,
    CloseDialog,
    CorrectDialog,
    EntryAnswer,
    EntryDialog,
    ImportDialog,
    MakeSheetDialog,
    PostDialog,
    PublishDialog,
    ReasonDialog,
)
from village_desk.accounts.lookups import SheetDetail
from village_desk.accounts.page.pane import Pane, fill
from village_desk.accounts.rules.forms import categories_on, sheet_forms
from village_desk.accounts.rules.sums import SheetState
from village_desk.accounts.table import STATE_TONES, EntryTable, SheetTable
from village_desk.archive.actions import EVIDENCE
from village_desk.kit.money import capital_yuan, yuan
from village_desk.kit.text import chinese_date, short_date
from village_desk.notices import actions as notices
from village_desk.notices import lookups as notice_lookups
from village_desk.notices.printout import Size, both
from village_desk.notices.rules.life import NoticeState
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, flow, label, row

if TYPE_CHECKING:
    from village_desk.accounts.page.accounts import AccountsPage

_SUMS = (("opening", "期初"), ("receipts", "收入"), ("payments", "支出"), ("close", "期末"))


class PeriodsPane(Pane):
    """收支公开: every finance sheet, and one of them with its lines."""

    beside = frozenset({"title", "state"})
    list_width = 390

    def __init__(self, page: "AccountsPage") -> None:
        super().__init__(
            page,
            SheetTable(),
            "还没有财务公开表。点“新编一期”开始，期初自动接上期公布的期末。",
            "从左边选一期，这里显示各笔收支和下一步要做的事。",
        )
        self.sheet: SheetDetail | None = None
        self.begin_button = button("新编一期", "plus", role="primary", clicked=self.ask_begin)
        self.other_button = button("出其他表", "file-text", clicked=self.ask_make)
        fill(self.above, (self.begin_button, self.other_button))
        self.chip = Chip()
        self.side = label("", "muted", wrap=False)
        self.sums: dict[str, QLabel] = {}
        self.words = label("", "muted")
        self.checks = Checks()
        self.acts: dict[str, QPushButton] = {}
        self.more: dict[str, QAction] = {}
        self._buttons = flow()
        self.entries = EntryTable()
        self.lines = Grid(self.entries, empty_words="这一期还没有收支。点“登记一笔”，或“导入表格”。")
        self.lines.opened.connect(lambda _id: self.ask_edit())
        for words, work in (
            ("改这一笔", self.ask_edit),
            ("作废", self.ask_void),
            ("恢复这一笔", self.restore),
            ("删掉这一笔", self.drop),
        ):
            action = QAction(words, self.lines)
            action.triggered.connect(lambda _checked=False, act_on=work: act_on())
            self.lines.addAction(action)
        self.files = AttachmentList(self.workplace, EVIDENCE, "account_sheet", words="原表扫描件")
        self.detail.add(row(self.chip, self.side, None))
        self.detail.add(self._sum_line())
        self.detail.add(self.words)
        self.detail.add(self._buttons)
        self.detail.add(self.checks)
        self.detail.add(self.lines, 1)
        self.detail.add(self.files, 1)

    def _sum_line(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(24))
        grid.setVerticalSpacing(0)
        for at, (key, words) in enumerate(_SUMS):
            self.sums[key] = label("", "strong", wrap=False)
            grid.addWidget(label(f"{words}（元）", "muted", wrap=False), 0, at)
            grid.addWidget(self.sums[key], 1, at)
        grid.setColumnStretch(len(_SUMS), 1)
        return grid

    # showing

    def refresh(self) -> None:
        """Read the sheets and the one at hand."""
        self.show_rows(self.workplace.read(lookups.all_sheets), self.page.take_wanted())

    def show_one(self, record_id: str) -> None:
        """Show one sheet."""
        sheet = self.workplace.read(lambda session: lookups.one_sheet(session, record_id))
        self.sheet, found = sheet, sheet.row
        self.title.setText(found.title)
        self.chip.say(found.state_words, STATE_TONES[found.state])
        days = f"{chinese_date(found.from_on)}至{chinese_date(found.until_on)}"
        many = f"共{found.lines}笔" if found.is_ledger else f"共{found.lines}行"
        self.side.setText(f"{days}　{'代理记账单位编制' if found.made_elsewhere else many}")
        for key, amount in zip(self.sums, (found.opening, found.receipts, found.payments, found.close), strict=True):
            self.sums[key].setText(yuan(amount) if found.is_ledger else "")
        parts = []
        if found.is_ledger and found.close >= 0:
            parts.append(f"期末结余{capital_yuan(found.close)}")
        if sheet.cash is not None and sheet.bank is not None:
            parts.append(f"其中现金{yuan(sheet.cash)}元、银行存款{yuan(sheet.bank)}元")
        self.words.setText("，".join(parts))
        self.words.setVisible(bool(parts))
        self.checks.show_checks(self._checks(sheet))
        ledger = found.is_ledger and not found.made_elsewhere
        self.lines.setVisible(ledger)
        self.files.setVisible(not ledger)
        if ledger:
            self.entries.show(sheet.entries)
        else:
            self.files.show_record(record_id)
        self._show_buttons(sheet)

    def _checks(self, sheet: SheetDetail) -> list[Check]:
        tone = {SheetState.OPEN: "note", SheetState.CLOSED: "warn", SheetState.PUBLISHED: "good"}[sheet.row.state]
        found = [Check(tone, sheet.row.next_act)]
        found += [Check("warn", words) for words in sheet.findings]
        if sheet.is_altered:
            words = f"结账以后明细有变动：结账时校验码{sheet.check_code}，现在{sheet.check_code_now}。"
            found.append(Check("bad", words, "请核对是不是另一台电脑改过，再取消结账、重新结账。"))
        for notice in sheet.notices:
            found.append(Check("note", f"公开稿：{notice.number or notice.stage_words}。", notice.next_act))
        for one in sheet.corrections:
            state = "已公布" if one.published else "还没有公布"
            found.append(Check("note", f"第{one.number}号更正公告（{state}）：{one.reason}。"))
        return found

    def _show_buttons(self, sheet: SheetDetail) -> None:
        keys = _acts(sheet)
        self.acts = {}
        made = []
        for at, key in enumerate(keys[:4]):
            words, icon = _ACTS[key]
            one = button(words, icon, role="primary" if at == 0 else "", clicked=partial(self.do, key))
            self.acts[key] = one
            made.append(one)
        self.more = {}
        if keys[4:]:
            rest = button("更多")
            menu = QMenu(rest)
            for key in keys[4:]:
                action = menu.addAction(_ACTS[key][0])
                action.triggered.connect(lambda _checked=False, chosen=key: self.do(chosen))
                self.more[key] = action
            rest.setMenu(menu)
            made.append(rest)
        fill(self._buttons, made)

    # doing

    def do(self, key: str) -> None:
        """One of the acts of _ACTS on the sheet at hand."""
        doing: dict[str, Any] = {
            "entry": self.ask_entry,
            "import": self.ask_import,
            "close": self.ask_close,
            "period": self.ask_period,
            "drop_period": self.drop_period,
            "draft": self.draft,
            "publish": self.ask_publish,
            "print": self.preview,
            "print_large": partial(self.preview, large=True),
            "reopen": self.reopen,
            "post": self.ask_post,
            "correct": self.ask_correct,
            "notice": self.go_to_notice,
        }
        doing[key]()

    def ask_begin(self) -> None:
        """A new period."""

        def opening(day: Any) -> tuple[int, str] | None:
            return self.workplace.read(lambda session: lookups.expected_opening(session, from_on=day))

        dialog = BeginDialog(self.now.today, opening, self.page)
        dialog.about = ""

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.begin_period(
                session,
                from_on=answer.from_on,
                until_on=answer.until_on,
                title=answer.title,
                opening_fen=answer.opening_fen,
                opening_reason=answer.opening_reason,
                made_elsewhere=answer.made_elsewhere,
            )

        self.asks(dialog, "accounts.begin_period", keep, "已建立，可以逐笔登记或导入。", self.page.go_to)

    def ask_period(self) -> None:
        """Other dates or another opening."""
        sheet = self._sheet()
        found = sheet.row
        given = BeginAnswer(
            found.from_on, found.until_on, found.title, found.opening, sheet.opening_reason, found.made_elsewhere
        )

        def opening(day: Any) -> tuple[int, str] | None:
            return self.workplace.read(lambda session: lookups.expected_opening(session, from_on=day))

        dialog = BeginDialog(self.now.today, opening, self.page, given=given)

        def keep(session: Any) -> None:
            answer = dialog.answer()
            actions.edit_period(
                session,
                sheet_id=found.id,
                seen=sheet.seen,
                title=answer.title,
                from_on=answer.from_on,
                until_on=answer.until_on,
                opening_fen=answer.opening_fen or 0,
                opening_reason=answer.opening_reason,
            )

        self.asks(dialog, "accounts.edit_period", keep, "已保存。")

    def ask_make(self) -> None:
        """One of the sheets besides the ledger."""
        others = [one for one in sheet_forms() if one.source != "ledger"]
        dialog = MakeSheetDialog(others, self.now.today, self.page)
        dialog.about = ""

        def keep(session: Any) -> actions.Closed:
            answer = dialog.answer()
            return actions.make_sheet(
                session,
                form=answer.form,
                from_on=answer.from_on,
                until_on=answer.until_on,
                text=answer.text,
                title=answer.title,
                prepared_by=self.page.own_name(),
            )

        self.asks(
            dialog,
            "accounts.make_sheet",
            keep,
            "公开表已出好，请起草公开、送监委会审核。",
            lambda done: self.page.go_to(done.sheet_id),
        )

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

    def ask_close(self) -> None:
        """The end of the period."""
        sheet = self._sheet()
        found = sheet.row
        by = self.page.own_name()
        dialog = CloseDialog(found.title, sheet.sums, by, self.page, elsewhere=found.made_elsewhere)

        def keep(session: Any) -> actions.Closed:
            answer = dialog.answer()
            return actions.close_period(
                session,
                sheet_id=found.id,
                close_fen=answer.close_fen,
                cash_fen=answer.cash_fen,
                bank_fen=answer.bank_fen,
                receipts_fen=answer.receipts_fen,
                payments_fen=answer.payments_fen,
                opening_fen=answer.opening_fen,
                prepared_by=answer.prepared_by,
            )

        self.asks(dialog, "accounts.close_period", keep, "已结账，公开任务已经列上。")

    def reopen(self) -> None:
        """Take the closing back."""
        sheet = self._sheet().row
        self.workplace.write(
            "accounts.reopen_period",
            lambda session: actions.reopen_period(session, sheet_id=sheet.id),
            said="已取消结账，可以接着改。",
        )

    def drop_period(self) -> None:
        """Drop an open sheet."""
        sheet = self._sheet().row
        action = actions.drop_period if sheet.is_ledger else actions.drop_sheet
        self.workplace.write(
            "accounts.drop_period", lambda session: action(session, sheet_id=sheet.id), said="已删除，可以撤销。"
        )

    def draft(self) -> None:
        """The notice of a closed sheet."""
        sheet = self._sheet().row
        self.workplace.write(
            "accounts.draft_sheet_notice",
            lambda session: actions.draft_sheet_notice(session, sheet_id=sheet.id),
            said="公开稿已起草，请在“公开公示”里送监委会审核。",
        )

    def ask_publish(self) -> None:
        """The number and the day of posting."""
        sheet = self._sheet().row
        dialog = PublishDialog(sheet.title, self.now.today, self.page)

        def keep(session: Any) -> notices.Published:
            return actions.publish_sheet(session, sheet_id=sheet.id, posting_from=dialog.answer())

        said = "请打印盖章后张贴。"
        self.asks(dialog, "accounts.publish_sheet", keep, lambda done: f"已定稿，{done.number}。{said}")

    def ask_post(self) -> None:
        """Where and when it was posted."""
        sheet = self._sheet()
        identity = sheet.row.notice_id
        dialog = PostDialog(sheet.row.title, (notices.MAIN_BOARD,), self.now.today, self.page)

        def keep(session: Any) -> notices.Posted:
            board, day, who = dialog.answer()
            return notices.post(session, notice_id=identity, posted_on=day, posted_by=who, board=board)

        self.asks(dialog, "notices.post", keep, lambda done: f"已登记张贴，要贴到{short_date(done.last_day)}。")

    def ask_correct(self) -> None:
        """A numbered correction."""
        sheet = self._sheet()
        dialog = CorrectDialog(sheet.row.title, sheet.sums, self.page)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.correct_sheet(
                session,
                sheet_id=sheet.row.id,
                reason=answer.reason,
                lines=answer.lines,
                receipts_fen=answer.receipts_fen,
                payments_fen=answer.payments_fen,
            )

        self.asks(
            dialog,
            "accounts.correct_sheet",
            keep,
            "更正公告已起草，请在“公开公示”里送审、编号、张贴。",
            lambda notice: self.page.asked_for.emit("notices", notice),
        )

    def go_to_notice(self) -> None:
        """The notice of this sheet on its own page."""
        if (sheet := self.sheet) is not None and sheet.row.notice_id:
            self.page.asked_for.emit("notices", sheet.row.notice_id)

    def preview(self, *, large: bool = False) -> None:
        """F9: the notice with its tables, for the wall and for the file; a final one is kept as it was printed."""
        sheet = self.sheet
        if sheet is None:
            return
        today, notice_id = self.now.today, sheet.row.notice_id
        notice = (
            self.workplace.read(lambda session: notice_lookups.one_notice(session, notice_id, on=today))
            if notice_id
            else None
        )
        final = notice is not None and notice.row.state is NoticeState.PUBLISHED
        size = Size.A3 if large else Size.A4

        def make() -> bytes:
            assert sheet is not None
            if notice is not None:
                return both(notice.paper, printout.annex(sheet, notice.paper), size)
            return printout.finance_sheets(sheet, large=large)

        self.print_sheet(sheet.row.title, make, partial(self._keep, notice_id) if final else None)

    def _keep(self, notice_id: str, pdf: bytes) -> None:
        village = self.workplace.village
        if isinstance(village, VillageFile):
            self.workplace.act(lambda: village.blobs.put(pdf))
        pages, name = printout.pages_of(pdf), hashlib.sha256(pdf).hexdigest()
        self.workplace.write(
            "notices.record_print",
            lambda session: notices.record_print(session, notice_id=notice_id, pdf_hash=name, pages=pages),
            said="已记下这次打印，存档的就是这一份。",
        )

    def _sheet(self) -> SheetDetail:
        assert self.sheet is not None
        return self.sheet


_ACTS: dict[str, tuple[str, str]] = {
    "entry": ("登记一笔", "plus"),
    "import": ("导入表格", "upload"),
    "close": ("结账", "check"),
    "period": ("改期间和期初", "pencil"),
    "drop_period": ("删除这一期", "trash-2"),
    "draft": ("起草公开", "megaphone"),
    "publish": ("编号定稿", "check"),
    "print": ("预览打印", "printer"),
    "print_large": ("按A3打印", "printer"),
    "reopen": ("取消结账", "undo-2"),
    "post": ("登记张贴", "megaphone"),
    "correct": ("出更正公告", "triangle-alert"),
    "notice": ("去公开公示", "arrow-right"),
}


def _acts(sheet: SheetDetail) -> list[str]:
    """What can be done with a sheet now, the next thing first."""
    found = sheet.row
    if found.state is SheetState.OPEN:
        if not found.is_ledger:
            return ["drop_period"]
        if found.made_elsewhere:
            return ["close", "period", "drop_period"]
        return ["entry", "import", "close", "period", "drop_period"]
    if found.state is SheetState.CLOSED:
        return [*(("publish", "notice") if sheet.notices else ("draft",)), "print", "reopen", "print_large"]
    posted = any(one.posted_on is not None for one in sheet.notices)
    rest = ["print", "notice", *(["correct"] if found.is_ledger else []), "print_large"]
    return rest if posted else ["post", *rest]


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
