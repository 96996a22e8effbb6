"""民主理财 and supervision notes on the screen."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from village_desk.accounts import actions, lookups, printout
from village_desk.accounts.dialogs import AnswerDialog, HalfYearDialog, NoteDialog, ReviewDialog
from village_desk.accounts.lookups import NoteRow, ReviewRecordRow
from village_desk.accounts.page.pane import Pane, fill
from village_desk.accounts.table import NoteTable, ReviewTable
from village_desk.archive.actions import EVIDENCE
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.notices.lookups import reviewers
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, flow, label, row, scrolled

if TYPE_CHECKING:
    from village_desk.accounts.page.accounts import AccountsPage


class CommitteePane(Pane):
    """民主理财: the months at the left; one month, and the committee's notes, beside them."""

    beside = frozenset({"month", "agreed", "sealed"})
    list_width = 380

    def __init__(self, page: "AccountsPage") -> None:
        super().__init__(
            page,
            ReviewTable(),
            "还没有民主理财记录。每月审核凭证后，点“登记民主理财”照记录登记。",
            "还没有民主理财记录，监督意见登记在右下方。",
        )
        self.review: ReviewRecordRow | None = None
        self.add_button = button("登记民主理财", "plus", role="primary", clicked=self.ask_review)
        self.report_button = button("半年报告", "printer", clicked=self.ask_report)
        fill(self.above, (self.add_button, self.report_button))
        self.missing = Checks()
        self.list_card.column.insertWidget(1, self.missing)
        self.checks = Checks()
        self.print_button = button("打印记录", "printer", clicked=self.print_review)
        self.seal_button = button("登记盖章", "shield-check", clicked=self.seal)
        self.files = AttachmentList(self.workplace, EVIDENCE, "finance_review", words="签字盖章的记录")
        self.notes = NoteTable()
        self.note_grid = Grid(self.notes, empty_words="还没有监督意见。点“登记监督意见”。")
        self.note_grid.opened.connect(lambda _id: self.ask_answer())
        self.note_button = button("登记监督意见", "plus", clicked=self.ask_note)
        self.answer_button = button("登记答复", "check", clicked=self.ask_answer)
        self.detail.add(flow(self.print_button, self.seal_button))
        self.note_grid.setMinimumHeight(theme.current().px(130))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.checks)
        inner.addWidget(self.files, 1)
        inner.addLayout(row(label("监督意见", "heading", wrap=False), None, self.answer_button, self.note_button))
        inner.addWidget(self.note_grid, 1)
        area = scrolled(body)
        # It scrolls by itself; the page needs no second bar for it.
        policy = area.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Ignored)
        area.setSizePolicy(policy)
        area.setMinimumHeight(theme.current().px(200))
        self.detail.add(area, 1)

    def pick(self, record_id: str) -> None:
        """The notes stand there also without a month."""
        self.show_one(record_id)
        self.right.setCurrentWidget(self.detail)

    def refresh(self) -> None:
        """Read months and notes."""
        today = self.now.today
        rows = self.workplace.read(lambda session: lookups.finance_reviews(session))
        missing = self.workplace.read(lambda session: lookups.missing_months(session, on=today))
        self.notes.show(self.workplace.read(lambda session: lookups.supervision_notes(session, on=today)))
        months = "、".join(one.partition("年")[2].removesuffix("月") for one in missing)
        words = f"{today.year}年{months}月还没有民主理财记录。"
        self.missing.show_checks([Check("warn", words)] if missing else [])
        self.show_rows(rows, self.page.take_wanted())

    def show_one(self, record_id: str) -> None:
        """Show one month."""
        found = next((one for one in self.table.rows() if one.id == record_id), None)
        self.review = found
        for part in (self.print_button, self.seal_button, self.files, self.checks):
            part.setVisible(found is not None)
        self.title.setText(f"{found.month_words}民主理财" if found else "村务监督委员会")
        if found is None:
            return
        self.seal_button.setEnabled(found.sealed_on is None)
        held = chinese_date(found.held_on) if found.held_on else ""
        words = f"{held}审核，同意{found.agreed_sheets}张、{yuan(found.agreed)}元，签字人{'、'.join(found.signers)}。"
        shown = [Check("good", words, found.words)]
        for one in found.refused:
            shown.append(Check("warn", f"{one.voucher}（{one.sheets}张，{yuan(one.amount)}元）不同意：{one.reason}。"))
        sealed = f"{chinese_date(found.sealed_on)}已盖章。" if found.sealed_on else "还没有登记盖章。"
        shown.append(Check("good" if found.sealed_on else "note", sealed))
        self.checks.show_checks(shown)
        self.files.show_record(record_id)

    # doing

    def ask_review(self) -> None:
        """A month's review."""
        today = self.now.today
        months = [dt.date(today.year, today.month, 1)]
        for _ in range(12):
            months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
        choices = [(f"{one:%Y-%m}", f"{one.year}年{one.month}月") for one in months[1:] + months[:1]]
        members = self.workplace.read(lambda session: reviewers(session, on=today))
        names = [words.partition("（")[0] for _, words in members]
        dialog = ReviewDialog(choices, names, today, self.page)
        dialog.about = ""

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.record_review(
                session,
                month=answer.month,
                held_on=answer.held_on,
                agreed_sheets=answer.agreed_sheets,
                agreed_fen=answer.agreed_fen,
                refused=answer.refused,
                signers=answer.signers,
                words=answer.words,
            )

        self.asks(dialog, "accounts.record_review", keep, "已登记民主理财。", self.page.go_to)

    def seal(self) -> None:
        """The committee's seal, today."""
        review, today = self.review, self.now.today
        if review is not None:
            self.workplace.write(
                "accounts.seal_review",
                lambda session: actions.seal_review(session, review_id=review.id, sealed_on=today),
                said="已登记盖章，这个月的记录不再改。",
            )

    def print_review(self) -> None:
        """The month's record on paper."""
        review, village = self.review, self.now.village_name
        if review is not None:
            name = f"{review.month_words}民主理财审核记录"
            self.print_sheet(name, lambda: printout.review_record(review, village=village))

    def ask_report(self) -> None:
        """The report of half a year."""
        today = self.now.today
        half = 1 if today.month > 6 else 2
        dialog = HalfYearDialog(today.year if half == 1 else today.year - 1, half, self.page)

        def show() -> None:
            year, part = dialog.answer()
            report = self.workplace.read(lambda session: lookups.half_year(session, year=year, half=part))
            self.print_sheet("村务监督委员会半年工作报告", lambda: printout.half_year_report(report))

        dialog.answered.connect(show)
        self.open(dialog)

    def ask_note(self) -> None:
        """A finding."""
        dialog = NoteDialog(self.now.today, self.page)
        dialog.about = "note+"

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.note_supervision(
                session,
                noted_on=answer.noted_on,
                subject=answer.subject,
                finding=answer.finding,
                request=answer.request,
                due_on=answer.due_on,
                noted_by=answer.noted_by,
            )

        self.asks(dialog, "accounts.note_supervision", keep, "已登记监督意见。")

    def ask_answer(self) -> None:
        """The answer to the finding at hand."""
        note = self._note()
        if note is None:
            return
        dialog = AnswerDialog(note.subject, self.now.today, self.page)
        dialog.about = note.id

        def keep(session: Any) -> None:
            day, who, words = dialog.answer()
            actions.answer_note(session, note_id=note.id, answered_on=day, answered_by=who, answer=words)

        self.asks(dialog, "accounts.answer_note", keep, "已登记答复。")

    def _note(self) -> NoteRow | None:
        at = self.notes.position(self.note_grid.current_id())
        if at < 0 and self.notes.rowCount():
            at = 0
        return self.notes.row(at) if at >= 0 else None
