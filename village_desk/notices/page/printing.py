"""Sheets on the screen before they print; what was printed is kept as it was."""

import hashlib
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from village_desk.notices import actions, printout
from village_desk.notices.lookups import NoticeDetail, last_period
from village_desk.notices.printout import Annex, Size
from village_desk.notices.rules.life import NoticeState
from village_desk.store.file import VillageFile
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.workplace import Workplace


class Printing:
    """Makes the PDFs of a notice in the background and shows them with `show`; `annex` finds the tables behind it."""

    def __init__(
        self,
        workplace: Workplace,
        page: QWidget,
        show: Callable[[QDialog], None],
        annex: Callable[[Any, NoticeDetail], Annex | None],
    ) -> None:
        self.workplace = workplace
        self.page = page
        self.show = show
        self.annex = annex

    def sheets(self, detail: NoticeDetail, size: Size = Size.A4) -> None:
        """The sheets for wall and file; a final one is noted and kept once it was printed or saved."""
        annex = self.workplace.read(lambda session: self.annex(session, detail))
        self.workplace.later(
            lambda _task: printout.both(detail.paper, annex, size),
            lambda pdf: self._show(detail, pdf),
            title="正在排版",
        )

    def review_form(self, detail: NoticeDetail) -> None:
        """The form on which the supervision committee reviews the sheet."""
        name = f"{detail.row.title}（审核单）"
        before = self.workplace.read(lambda session: last_period(session, detail.row.id))
        show_sheet(self.workplace, self.page, name, lambda: printout.review_form(detail, before), self.show)

    def keep(self, detail: NoticeDetail, pdf: bytes) -> None:
        """Keep the PDF as it was printed, and note its hash."""
        village = self.workplace.village
        if isinstance(village, VillageFile):
            self.workplace.act(lambda: village.blobs.put(pdf))
        pages, name = printout.pages_of(pdf), hashlib.sha256(pdf).hexdigest()
        self.workplace.write(
            "notices.record_print",
            lambda session: actions.record_print(session, notice_id=detail.row.id, pdf_hash=name, pages=pages),
            said="已记下这次打印，存档的就是这一份。",
        )

    def _show(self, detail: NoticeDetail, pdf: bytes) -> None:
        dialog = PreviewDialog(pdf, detail.row.title, f"{detail.row.title}.pdf", self.page)
        if detail.row.state is NoticeState.PUBLISHED:
            dialog.preview.printed.connect(lambda: self.keep(detail, pdf))
            dialog.preview.saved.connect(lambda _path: self.keep(detail, pdf))
        self.show(dialog)
