"""What a clerk does with a period: begin, close, reopen, draft, publish, post, correct and print it."""

import hashlib
from functools import partial
from typing import Any

from village_desk.accounts import actions, lookups, printout
from village_desk.accounts.dialogs import (
    BeginAnswer,
    BeginDialog,
    CloseDialog,
    CorrectDialog,
    MakeSheetDialog,
    PostDialog,
    PublishDialog,
)
from village_desk.accounts.page.entry_acts import EntryActs
from village_desk.accounts.rules.forms import sheet_forms
from village_desk.kit.text import short_date
from village_desk.notices import actions as notices
from village_desk.notices import lookups as notice_lookups
from village_desk.notices.rules.life import NoticeState
from village_desk.store.file import VillageFile


class PeriodActs(EntryActs):
    """Acts on the sheet at hand."""

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
        size = printout.Size.A3 if large else printout.Size.A4

        def make() -> bytes:
            assert sheet is not None
            if notice is not None:
                return printout.notice_with_tables(sheet, notice.paper, size)
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
