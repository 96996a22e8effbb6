"""What the page of registers prints: books, single entries, contents, promises, funds, duties, counts, workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from village_desk.archive.lookups import attachments_of
from village_desk.kit.errors import NotAllowed
from village_desk.paper.preview import Preview
from village_desk.people.actions import record_export
from village_desk.people.rules.masking import Audience
from village_desk.registers.actions import forms as form_actions
from village_desk.registers.actions.promises import draft_promise_notice, draft_promise_results
from village_desk.registers.lookups import owed, sums
from village_desk.registers.lookups.promises import public_promises
from village_desk.registers.page.drafting import draft_and_go
from village_desk.registers.printout import entries as printout
from village_desk.rulebook.rules import FieldSort
from village_desk.store.files import write_whole
from village_desk.widgets.onlookers import ONLOOKERS

if TYPE_CHECKING:
    from village_desk.registers.page.entries import RegistersPage


class EntriesPrinting:
    """Makes the sheets of the page; a book that was printed is noted with its pages."""

    def __init__(self, page: "RegistersPage") -> None:
        self.page = page

    def menu(self, parent: QWidget) -> QMenu:
        """What can be printed, for the register at hand."""
        menu = QMenu(parent)

        def fill() -> None:
            menu.clear()
            for key, words in self.offers():
                menu.addAction(words, lambda at=key: self.page.do(at))

        menu.aboutToShow.connect(fill)
        return menu

    def offers(self) -> list[tuple[str, str]]:
        """Key and words of every sheet of the register at hand."""
        form = self.page.form
        found = [("print_book", "台账册（带页码和签字）"), ("export", "导出表格…"), ("print_counted", "分项统计")]
        if not form.private and any(one.wall for one in form.fields):
            found.append(("print_wall", f"{form.wall_title or form.title}（上墙）"))
        if form.key == owed.PROMISES:
            found[:0] = [
                ("print_promises", "承诺公示"),
                ("print_results", "践诺结果公示（承诺和兑现对照）"),
                ("draft_promises", "拟公示稿"),
                ("draft_results", "拟践诺结果公示稿"),
            ]
        if form.money and self.page.detail is not None:
            found[:0] = [("print_fund", "收支明细（村内）"), ("print_fund_wall", "使用情况公示（领款人遮盖）")]
        if form.key == "duties_list" and self.page.detail is not None:
            found.insert(0, ("print_duties", "这个岗位的职责卡"))
        return found

    def make(self, what: str) -> None:
        """Make one sheet and show it. Raises NotAllowed."""
        page, now = self.page, self.page.now
        village, today, year = now.village_name, now.today, f"{now.today.year}年"
        if what == "print_contents":
            page.print_sheet("台账目录", lambda: printout.contents(page.index, village=village, on=today))
            return
        form, rows = page.form, page.rows()
        if form.private and ONLOOKERS.present:
            raise NotAllowed(f"有人旁观，《{form.title}》先不打印。", "按F8收起旁观后再打印。")
        if what == "export":
            self._export()
        elif what in ("print_book", "print_wall"):
            audience = Audience.BOARD if what == "print_wall" else Audience.INTERNAL
            shown = [one for one in rows if audience is Audience.INTERNAL or one.left_on is None]
            page.print_sheet(
                f"{form.title}{'公开' if what == 'print_wall' else '册'}",
                lambda: printout.book(form, shown, village=village, span=year, audience=audience),
                lambda pdf: self._printed(pdf, len(shown), audience),
            )
        elif what == "print_entry" and page.detail is not None:
            detail = page.detail
            papers = self._papers(detail.row.id)
            page.print_sheet(form.title, lambda: printout.entry_sheet(detail, village=village, papers=papers))
        elif what == "print_missing":
            left = page.workplace.read(lambda session: owed.missing(session, form.key, on=today))
            page.print_sheet(
                f"{form.title}缺漏清单", lambda: printout.missing_sheet(form, left, village=village, on=today)
            )
        elif what in ("print_promises", "print_results"):
            shown_ones = page.workplace.read(lambda session: public_promises(session, on=today))
            made = printout.promise_notice if what == "print_promises" else printout.promise_results
            name = "承诺公示" if what == "print_promises" else "践诺结果公示"
            page.print_sheet(name, lambda: made(shown_ones, village=village, on=today))
        elif what in ("print_fund", "print_fund_wall") and page.detail is not None:
            fund = page.workplace.read(lambda session: sums.fund(session, page.grid.current_id()))
            audience = Audience.BOARD if what == "print_fund_wall" else Audience.INTERNAL
            page.print_sheet(
                fund.name, lambda: printout.fund_sheet(form, fund, village=village, on=today, audience=audience)
            )
        elif what == "print_duties" and page.detail is not None:
            post = str(page.detail.row.kept.get("post", ""))
            mine = [one for one in rows if one.kept.get("post") == post]
            page.print_sheet(f"{post}职责清单", lambda: printout.duty_card(post, mine, village=village))
        elif what == "print_counted":
            self._counted()

    def draft(self, what: str) -> None:
        """Draft a notice of promises and go to it."""
        if what == "draft_promises":
            draft_and_go(self.page, draft_promise_notice, "承诺公示")
        else:
            draft_and_go(self.page, draft_promise_results, "践诺结果公示")

    def _counted(self) -> None:
        page, now = self.page, self.page.now
        form = page.form
        field = next((one for one in form.fields if one.sort is FieldSort.CHOICE), None)
        field = field or next((one for one in form.fields if one.required), form.fields[0])
        first = now.today.replace(month=1, day=1)
        counted = page.workplace.read(
            lambda session: sums.counts_by(session, form.key, field.key, first=first, last=now.today)
        )
        title = f"{form.title}统计（按{field.title}）"
        page.print_sheet(
            title,
            lambda: printout.counted_sheet(title, counted, village=now.village_name, span=f"{now.today.year}年"),
        )

    def _papers(self, entry_id: str) -> tuple[str, ...]:
        found = self.page.workplace.read(
            lambda session: attachments_of(session, of_table="register_entry", of_id=entry_id)
        )
        return tuple(f"{one.title}（{one.words}）" for one in found)

    def _printed(self, pdf: bytes, entries: int, audience: Audience) -> None:
        preview = Preview(pdf)
        pages = len(preview)
        preview.close()
        form = self.page.form

        def note(session: Any) -> None:
            form_actions.note_book(session, register=form.key, entries=entries, pages=pages, audience=audience.value)
            if form.private:
                record_export(session, what=f"打印{form.title}册", audience=audience.value, people=entries)

        self.page.workplace.write("registers.note_book", note)

    def _export(self) -> None:
        page, now = self.page, self.page.now
        form, rows = page.form, page.rows()
        if not rows:
            raise NotAllowed(f"《{form.title}》还没有登记。", "登记以后再导出。")
        chooser = QFileDialog(page, "导出到", f"{now.village_name}{form.title}.xlsx", "Excel表格（*.xlsx）")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("xlsx")
        chooser.fileSelected.connect(self.export_to)
        page.open(chooser)

    def export_to(self, path: str) -> None:
        """Write the register at hand as .xlsx, and log it where it is private."""
        page, now = self.page, self.page.now
        form, rows = page.form, page.rows()
        write_whole(Path(path), printout.workbook(form, rows, village=now.village_name, on=now.today))
        page.workplace.done.emit(f"已导出{len(rows)}条。")
        if form.private:
            page.workplace.write(
                "people.record_export",
                lambda session: record_export(
                    session, what=f"导出{form.title}", audience=Audience.INTERNAL.value, people=len(rows)
                ),
            )
