"""The page of the archive: pieces, boxes, and every evidence file that hangs anywhere."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QWidget

from village_desk.archive import actions, lookups, printout
from village_desk.archive.actions import EVIDENCE
from village_desk.archive.dialogs import BoxAnswer, BoxDialog, PieceAnswer, PieceDialog, PutDialog
from village_desk.archive.lookups import PieceRow
from village_desk.archive.rules import categories, retentions
from village_desk.archive.table import PLACES, BoxTable, EvidenceTable, PieceTable
from village_desk.kit.text import chinese_date
from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.asking import write_answer
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, flow, heading, label, row
from village_desk.widgets.page import Page
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.workplace import Workplace

PIECES, BOXES, FILES = 0, 1, 2
_NO_LIMIT = 16_777_215


class ArchivePage(Page):
    """档案: what is filed under which number, in which box, and every photo and scan."""

    key, title, icon, shortcut = "archive", "档案", "archive", ""
    tables = frozenset({"archive_piece", "archive_box", "attachment"})

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self._words, self._wanted, self._in_detail = "", "", False
        self.piece: PieceRow | None = None
        self.box: lookups.BoxDetail | None = None
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in ("归档文件", "档案盒", "痕迹材料"):
            self.tabs.addTab(words)
        self.tabs.setAccessibleName("档案的各个部分")
        self.pieces, self.boxes, self.evidence = PieceTable(), BoxTable(), EvidenceTable()
        self.piece_grid = Grid(self.pieces, empty_words="还没有归档文件。点“归档一件”，编出第一个档号。")
        self.box_grid = Grid(self.boxes, empty_words="还没有档案盒。点“新开一盒”。")
        self.file_grid = Grid(self.evidence, empty_words="还没有痕迹材料。在会议、公开、合同等页上点“附上材料”。")
        self.grids = (self.piece_grid, self.box_grid, self.file_grid)
        self.lists = QStackedWidget()
        for grid in self.grids:
            self.lists.addWidget(grid)
        self.filter = FilterBox("按题名、文号查找")
        self.piece_button = button("归档一件", "plus", role="primary", clicked=self.ask_piece)
        self.box_button = button("新开一盒", "plus", role="primary", clicked=self.ask_box)
        self.list_card = card(row(self.tabs, None, self.piece_button, self.box_button), self.filter)
        self.list_card.add(self.lists, 1)
        self.back = button("返回列表", "arrow-left", clicked=self.go_back)
        self.head = heading("")
        self.head.setWordWrap(True)
        self.side = label("", "muted")
        self.edit_button = button("修改", "pencil", clicked=self.ask_edit)
        self.put_button = button("装盒", "archive", clicked=self.ask_put)
        self.out_button = button("移出盒", "minus", clicked=self.take_out)
        self.print_button = button("打印盒内目录", "printer", clicked=self.preview)
        self.drop_button = button("撤掉", "trash-2", clicked=self.drop)
        self.checks = Checks()
        self.files = AttachmentList(workplace, EVIDENCE, "archive_piece")
        self.inside = PieceTable(boxed=True)
        self.inside_grid = Grid(self.inside, empty_words="这一盒还是空的。在“归档文件”里选一件，点“装盒”。")
        line = row(self.back, self.head)
        line.setStretchFactor(self.head, 1)
        acts = flow(self.print_button, self.put_button, self.edit_button, self.out_button, self.drop_button)
        self.detail = card(line, self.side, acts, self.checks)
        self.detail.add(self.files, 1)
        self.detail.add(self.inside_grid, 1)
        self.nothing = Empty("从左边选一件，这里显示它的档号、装在哪一盒和附的材料。", icon="archive")
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing)
        self.right.addWidget(self.detail)
        whole = row(self.list_card, self.right, spacing=12)
        whole.setStretchFactor(self.right, 1)
        self.column.addLayout(whole, 1)
        self.tabs.currentChanged.connect(lambda _at: self.refresh())
        self.filter.searched.connect(self.narrow)
        self.filter.left_downwards.connect(lambda: self.grids[self.tabs.currentIndex()].enter())
        self.piece_grid.picked.connect(self.show_piece)
        self.box_grid.picked.connect(self.show_box)
        self.file_grid.picked.connect(self.show_file)
        self.file_grid.opened.connect(self.open_file)
        for grid in (self.piece_grid, self.box_grid):
            grid.opened.connect(lambda _id: self.go_in())
        self._arrange()

    # showing

    def refresh(self) -> None:
        """Read the tab at hand."""
        at = self.tabs.currentIndex()
        self.lists.setCurrentIndex(at)
        self.piece_button.setVisible(at == PIECES)
        self.box_button.setVisible(at == BOXES)
        self.filter.setVisible(at != BOXES)
        words = self._words
        if at == PIECES:
            self.pieces.show(self.workplace.read(lambda session: lookups.pieces(session, words=words)))
        elif at == BOXES:
            self.boxes.show(self.workplace.read(lookups.boxes))
        else:
            self.evidence.show(self.workplace.read(lambda session: lookups.all_attachments(session, words=words)))
        grid = self.grids[at]
        wanted, self._wanted = self._wanted or grid.current_id(), ""
        if not grid.choose(wanted) and grid.model().rowCount():
            grid.choose(_table(grid).id_at(0))
        (self.show_piece, self.show_box, self.show_file)[at](grid.current_id())
        told = (f"共{self.pieces.rowCount()}件", f"共{self.boxes.rowCount()}盒", f"共{self.evidence.rowCount()}份")
        self.say(told[at])
        self._arrange()

    def show_piece(self, piece_id: str) -> None:
        """Show one piece."""
        if self.tabs.currentIndex() != PIECES:
            return
        self.right.setCurrentWidget(self.detail if piece_id else self.nothing)
        if not piece_id:
            return
        found = self.workplace.read(lambda session: lookups.one_piece(session, piece_id))
        self.piece = found
        self.head.setText(found.title)
        day = chinese_date(found.dated_on) if found.dated_on else ""
        parts = (found.piece_no, found.document_no, found.issuer, day, f"{found.pages}页")
        self.side.setText(" · ".join(part for part in parts if part))
        boxed = f"装在{found.box_no}号盒。" if found.box_no else "还没有装盒。"
        self.checks.show_checks([Check("good" if found.box_no else "warn", boxed, found.note)])
        self._show_parts(piece=True)
        self.out_button.setVisible(bool(found.box_id))
        self.files.show_record(piece_id)

    def show_box(self, box_id: str) -> None:
        """Show one box."""
        if self.tabs.currentIndex() != BOXES:
            return
        self.right.setCurrentWidget(self.detail if box_id else self.nothing)
        if not box_id:
            return
        found = self.workplace.read(lambda session: lookups.one_box(session, box_id))
        self.box = found
        self.head.setText(f"{found.row.box_no}号盒")
        parts = (found.row.title, found.row.retention, f"{found.row.pieces}件{found.row.pages}页", found.row.shelf)
        self.side.setText(" · ".join(part for part in parts if part))
        self.checks.show_checks([Check("warn", words) for words in found.findings])
        self.inside.show(found.pieces)
        self._show_parts(piece=False)

    def show_file(self, attachment_id: str) -> None:
        """Show where one evidence file hangs."""
        if self.tabs.currentIndex() != FILES:
            return
        self.right.setCurrentWidget(self.detail if attachment_id else self.nothing)
        if not attachment_id:
            return
        found = self.workplace.read(lambda session: lookups.one_attachment(session, attachment_id))
        self.head.setText(PLACES.get(found.of_table, "其他记录"))
        self.side.setText(f"同一处附的材料，选中的是“{found.title}”。")
        self.checks.show_checks([])
        self._show_parts(piece=True)
        for one in (self.edit_button, self.put_button, self.out_button, self.drop_button):
            one.setVisible(False)
        self.files.of_table = found.of_table
        self.files.show_record(found.of_id)
        self.files.grid.choose(attachment_id)

    def _show_parts(self, *, piece: bool) -> None:
        self.files.of_table = "archive_piece"
        self.files.setVisible(piece)
        self.inside_grid.setVisible(not piece)
        self.put_button.setVisible(piece)
        self.out_button.setVisible(False)
        self.print_button.setVisible(not piece)
        self.edit_button.setVisible(True)
        self.drop_button.setVisible(True)

    def narrow(self, words: str) -> None:
        """Show what holds these words."""
        self._words = words
        self.refresh()

    def open_record(self, record_id: str) -> None:
        """Show one piece."""
        self._words = ""
        self.filter.clear()
        self.tabs.setCurrentIndex(PIECES)
        self._wanted = record_id
        self._in_detail = bool(record_id)
        self.refresh_now()

    def start_search(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus()
        return self.filter.isVisible()

    def go_in(self) -> None:
        """From the list to what is chosen."""
        self._in_detail = True
        self._arrange()

    def go_back(self) -> None:
        """From what is chosen to the list."""
        self._in_detail = False
        self._arrange()
        self.grids[self.tabs.currentIndex()].enter()

    def changeEvent(self, event: QEvent) -> None:
        """Large type leaves room for the list or for one record."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "right"):
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """A grid shows its columns anew when it is first dressed."""
        super().showEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        self.list_card.setVisible(not look.narrow or not self._in_detail)
        self.right.setVisible(not look.narrow or self._in_detail)
        self.back.setVisible(look.narrow)
        width = look.px(520)
        self.list_card.setMinimumWidth(0 if look.narrow else width)
        self.list_card.setMaximumWidth(_NO_LIMIT if look.narrow else width)
        beside = frozenset({"piece_no", "title", "box_no", "pieces", "kind", "made_on"})
        for grid in self.grids:
            for number, column in enumerate(_table(grid).columns):
                grid.setColumnHidden(number, column.side if look.narrow else column.key not in beside)

    # doing

    def ask_piece(self) -> None:
        """A new piece."""
        dialog = PieceDialog(categories(), retentions(), self._act().today, self)
        dialog.about = ""

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.file_piece(
                session,
                title=answer.title,
                category=answer.category,
                year=answer.year,
                retention=answer.retention,
                document_no=answer.document_no,
                issuer=answer.issuer,
                dated_on=answer.dated_on,
                pages=answer.pages,
                note=answer.note,
            )

        self._asks(dialog, "archive.file_piece", keep, "已归档，档号已编好。", self._go_to)

    def ask_box(self) -> None:
        """A new box."""
        dialog = BoxDialog(categories(), retentions(), self._act().today.year, self)
        dialog.about = "box+"

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.add_box(
                session,
                year=answer.year,
                category=answer.category,
                retention=answer.retention,
                number=answer.number,
                title=answer.title,
                shelf=answer.shelf,
                note=answer.note,
            )

        self._asks(dialog, "archive.add_box", keep, "已新开一盒。", self._go_to)

    def ask_edit(self) -> None:
        """Words of the piece or the box at hand."""
        if self.tabs.currentIndex() == BOXES:
            self._edit_box()
        elif self.piece is not None:
            self._edit_piece(self.piece)

    def _edit_piece(self, piece: PieceRow) -> None:
        given = PieceAnswer(
            piece.title,
            piece.category,
            piece.retention,
            piece.year,
            piece.document_no,
            piece.issuer,
            piece.dated_on,
            piece.pages,
            piece.note,
        )
        dialog = PieceDialog(categories(), retentions(), self._act().today, self, given=given)
        dialog.about = piece.id

        def keep(session: Any) -> None:
            answer = dialog.answer()
            actions.edit_piece(
                session,
                piece_id=piece.id,
                seen=piece.seen,
                title=answer.title,
                document_no=answer.document_no,
                issuer=answer.issuer,
                dated_on=answer.dated_on,
                pages=answer.pages,
                note=answer.note,
            )

        self._asks(dialog, "archive.edit_piece", keep, "已保存。")

    def _edit_box(self) -> None:
        if self.box is None:
            return
        box = self.box.row
        given = BoxAnswer(box.year, box.category, box.retention, box.number, box.title, box.shelf, box.note)
        dialog = BoxDialog(categories(), retentions(), box.year, self, given=given)
        dialog.about = box.id

        def keep(session: Any) -> None:
            answer = dialog.answer()
            actions.edit_box(
                session, box_id=box.id, seen=box.seen, title=answer.title, shelf=answer.shelf, note=answer.note
            )

        self._asks(dialog, "archive.edit_box", keep, "已保存。")

    def ask_put(self) -> None:
        """Into which box the piece at hand goes."""
        piece = self.piece
        if piece is None:
            return
        fitting = [
            (box.id, f"{box.box_no}　{box.title or box.retention}　已有{box.pieces}件")
            for box in self.workplace.read(lookups.boxes)
            if (box.year, box.category, box.retention) == (piece.year, piece.category, piece.retention)
        ]
        dialog = PutDialog(piece.title, fitting, self)
        dialog.about = piece.id

        def keep(session: Any) -> int:
            return actions.put_into_box(session, piece_ids=(piece.id,), box_id=dialog.answer())

        self._asks(dialog, "archive.put_into_box", keep, "已装盒。")

    def take_out(self) -> None:
        """The piece at hand out of its box."""
        piece = self.piece
        if piece is not None:
            self.workplace.write(
                "archive.take_out_of_box",
                lambda session: actions.take_out_of_box(session, piece_id=piece.id),
                said="已移出盒，档号不变。",
            )

    def drop(self) -> None:
        """The piece or the box at hand out of the archive."""
        if self.tabs.currentIndex() == BOXES and self.box is not None:
            box_id = self.box.row.id
            self.workplace.write(
                "archive.drop_box", lambda session: actions.drop_box(session, box_id=box_id), said="已撤掉这一盒。"
            )
        elif self.piece is not None:
            piece_id = self.piece.id
            self.workplace.write(
                "archive.drop_piece",
                lambda session: actions.drop_piece(session, piece_id=piece_id),
                said="已从目录里撤掉，档号不再用，可以撤销。",
            )

    def open_file(self, attachment_id: str) -> None:
        """Show an evidence file."""
        self.files.open_file(attachment_id)

    def preview(self) -> None:
        """F9: spine, index and closing sheet of the box at hand."""
        if self.tabs.currentIndex() != BOXES or self.box is None:
            return
        box, village = self.box, self._act().village_name
        name = f"{box.row.box_no}号档案盒目录"
        show_sheet(self.workplace, self, name, lambda: printout.box_index(box, village=village), self.open)

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.dialog = dialog
        dialog.open()

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The main dialogs."""
        today = self._act().today
        yield "piece", PieceDialog(categories(), retentions(), today, self)
        yield "box", BoxDialog(categories(), retentions(), today.year, self)
        yield "put", PutDialog("会议记录", (("1", "2026-文书-1　会议记录和决议　已有12件"),), self)

    def _asks(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str,
        then: Callable[[Any], None] | None = None,
    ) -> None:
        write_answer(self.workplace, dialog, deed, action, said, then)
        self.open(dialog)

    def _go_to(self, record_id: str) -> None:
        self._wanted = record_id
        self.refresh()

    def _act(self) -> Act:
        return self.workplace.read(act)


def _table(grid: Grid) -> Any:
    """The table under a grid."""
    return grid.model()
