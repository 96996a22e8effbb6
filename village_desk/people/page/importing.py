"""Importing a roster from the window: choose a file or paste, look, choose sheets and columns, take in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.people import printout
from village_desk.people.actions import (
    Imported,
    SeveralSheets,
    import_roster,
    preview_roster,
    read_pasted,
    read_roster,
)
from village_desk.people.dialogs import ImportsDialog, KeepDialog, MappingDialog, PreviewDialog, SheetsDialog
from village_desk.people.lookups.leaving import ImportRow, imports, undone_words
from village_desk.people.page.sheets import log_leaving
from village_desk.people.rules.roster import Field, Layout, Preview, Roster, RowState
from village_desk.store.acts import act
from village_desk.store.files import write_whole
from village_desk.widgets import habits
from village_desk.widgets.workplace import Task, Workplace

# How earlier workbooks were read; the oldest go.
_LAYOUTS = "roster-layouts"
_MOST_LAYOUTS = 20
HALTED = "已取消导入，名册和导入以前一样。"
FILES = "花名册（*.xlsx *.xls *.et *.csv *.txt *.ods）;;所有文件（*）"


class Importing(QObject):
    """One import after the other; `show` opens a dialog on the page."""

    def __init__(self, workplace: Workplace, page: QWidget, show: Callable[[QDialog], None]) -> None:
        super().__init__(page)
        self.workplace, self.page, self.show = workplace, page, show
        self.preview: PreviewDialog | None = None
        self.roster: Roster | None = None
        self._path: Path | None = None
        self._text = ""
        self._sheets: tuple[str, ...] = ()
        self._mapping: tuple[tuple[str, str], ...] = ()
        self._kept: tuple[tuple[str, str], ...] = ()

    def ask_file(self) -> None:
        """Choose a workbook."""
        chooser = QFileDialog(self.page, "选择花名册", "", FILES)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.read_file(Path(name)))
        chooser.open()

    def read_file(self, path: Path) -> None:
        """Read a workbook anew and show what it would do."""
        self._begin(path, "")

    def paste(self) -> None:
        """Read what was copied in WPS or Excel."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.workplace.told.emit("剪贴板里没有表格内容。", "请先在WPS表格里选中要导入的几行，按Ctrl+C复制。")
            return
        self._begin(None, text)

    def _begin(self, path: Path | None, text: str) -> None:
        self._path, self._text = path, text
        self._sheets, self._mapping, self._kept = (), (), ()
        self.preview = None
        self._read()

    def _read(self) -> None:
        task = self.workplace.later(
            self._work,
            self._show,
            title="正在读取花名册",
            refused=self._refused,
            halted="已取消读取，名册没有改动。",
        )
        if self.preview is not None:
            self.preview.progress.follow(task)

    def _work(self, task: Task) -> tuple[Roster, Preview]:
        task.progress(0, 2, "正在读取花名册")
        layouts = kept_layouts()
        with task.reading() as session:
            today = act(session).today
            if self._path is None:
                roster = read_pasted(self._text, today=today, mapping=self._mapping, kept=self._kept, layouts=layouts)
            else:
                roster = read_roster(
                    self._path,
                    today=today,
                    sheets=self._sheets,
                    mapping=self._mapping,
                    kept=self._kept,
                    layouts=layouts,
                )
            task.progress(1, 2, "正在和已登记的人员核对")
            return roster, preview_roster(session, roster)

    def _refused(self, problem: DeskError) -> None:
        if isinstance(problem, SeveralSheets):
            dialog = SheetsDialog(problem.names, problem.message, self.page)
            dialog.answered.connect(lambda: self._with_sheets(dialog.answer()))
            self.show(dialog)
        elif self.preview is not None:
            self.preview.refuse(problem)
        else:
            self.workplace.told.emit(problem.message, problem.advice)

    def _with_sheets(self, sheets: tuple[str, ...]) -> None:
        self._sheets = sheets
        self._read()

    def _show(self, read: tuple[Roster, Preview]) -> None:
        self.roster, preview = read
        if self.preview is not None:
            self.preview.show_preview(preview)
            return
        dialog = PreviewDialog(preview, self.page)
        dialog.answered.connect(self.take_in)
        dialog.mapping_asked.connect(self._ask_mapping)
        dialog.keep_asked.connect(self._ask_keep)
        dialog.report_asked.connect(self._ask_report)
        dialog.finished.connect(self._forget)
        self.preview = dialog
        self.show(dialog)

    def _forget(self) -> None:
        self.preview = None

    def _ask_mapping(self) -> None:
        if self.preview is None:
            return
        dialog = MappingDialog(self.preview.preview.columns, self.preview)
        dialog.answered.connect(lambda: self._with_mapping(dialog.answer()))
        dialog.open()

    def _with_mapping(self, mapping: tuple[tuple[str, str], ...]) -> None:
        self._mapping = (*self._mapping, *mapping)
        self._read()

    def _ask_keep(self, address: str) -> None:
        if self.preview is None:
            return
        row, cell = next(
            (row, cell) for row in self.preview.preview.rows for cell in row.cells if cell.address == address
        )
        dialog = KeepDialog(row.name, cell.typed, cell.reason, self.preview)
        dialog.answered.connect(lambda: self._with_kept(address, dialog.reason.text().strip()))
        dialog.open()

    def _with_kept(self, address: str, reason: str) -> None:
        self._kept = (*self._kept, (address, reason))
        self._read()

    def take_in(self) -> None:
        """Write what the preview showed, as one step."""
        roster, dialog = self.roster, self.preview
        if roster is None or dialog is None:
            return
        dialog.accept_button.setEnabled(False)

        def work(task: Task) -> Imported:
            with task.writing("people.import_roster") as session:
                return import_roster(session, roster=roster, progress=task.progress)

        def taken(_done: Imported) -> None:
            keep_layout(roster.layout)
            if self.preview is dialog:
                dialog.accept()

        def refused(problem: DeskError) -> None:
            if self.preview is dialog:
                dialog.accept_button.setEnabled(True)
                dialog.refuse(problem)
            else:
                self.workplace.told.emit(problem.message, problem.advice)

        def halted() -> str:
            if self.preview is dialog:
                refused(NotAllowed(HALTED, "要导入时请再点一次“导入”。"))
            return HALTED

        task = self.workplace.carry(
            work,
            taken,
            title="正在导入花名册",
            said=lambda done: f"花名册已导入：{done.sentence}",
            refused=refused,
            halted=halted,
            copy_first=True,
        )
        dialog.progress.follow(task)
        # 取消 and Esc of the dialog stop the import too.
        dialog.rejected.connect(task.cancel)

    # what could not be taken

    def _ask_report(self) -> None:
        if self.preview is None:
            return
        name = f"{Path(self.preview.preview.source).stem}-不能导入的行.xlsx"
        chooser = QFileDialog(self.preview, "把不能导入的行存到", name, "Excel表格（*.xlsx）")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("xlsx")
        chooser.fileSelected.connect(lambda path: self.save_report(Path(path)))
        chooser.open()

    def save_report(self, path: Path) -> None:
        """Write the rows that cannot be taken, with cell and reason, and log that they left the desk."""
        dialog = self.preview
        if dialog is None:
            return
        preview = dialog.preview
        number = preview.counts[RowState.REFUSED]

        def write(task: Task) -> None:
            with task.reading() as session:
                today = act(session).today
            write_whole(path, printout.refused_workbook(preview, on=today))

        def written(_done: None) -> None:
            if self.preview is dialog:
                dialog.tell_saved(f"已把不能导入的{number}行存到“{path.name}”，改好后可以直接再导入。")
            log_leaving(self.workplace, "导出不能导入的行", number)

        self.workplace.later(write, written, title="正在存表", refused=dialog.refuse)

    # earlier imports

    def show_imports(self) -> None:
        """What was taken in before, each to be taken back."""
        dialog = ImportsDialog(self.workplace.read(imports), self.page)
        dialog.undo_asked.connect(lambda row: self.undo_import(row, dialog))
        self.show(dialog)

    def undo_import(self, row: ImportRow, dialog: ImportsDialog | None = None) -> None:
        """Take one import back; who was changed since stays and is named."""
        village = self.workplace.village

        def work() -> str:
            undone = village.undo(row.step)
            kept = [(one.table, one.record) for one in undone.kept]
            with village.reading() as session:
                return undone_words(session, f"导入“{row.source}”", kept)

        def then(said: str) -> None:
            if dialog is not None:
                dialog.show_imports(self.workplace.read(imports), said)

        self.workplace.act(work, then, said=str, refused=dialog.refuse if dialog is not None else None)


def kept_layouts() -> tuple[Layout, ...]:
    """How earlier workbooks were read, the newest first; spoilt ones are left out."""
    found = habits.recall(_LAYOUTS)
    made = []
    for one in found if isinstance(found, list) else []:
        match one:
            case {"heads": list(heads), "fields": list(fields)} if len(heads) == len(fields):
                if all(isinstance(text, str) for text in heads) and set(fields) <= {"", *Field}:
                    made.append(Layout(tuple(heads), tuple(fields)))
    return tuple(made)


def keep_layout(layout: Layout) -> None:
    """Keep how a workbook that was taken in was read."""
    layouts = [layout, *(one for one in kept_layouts() if one.heads != layout.heads)][:_MOST_LAYOUTS]
    habits.keep(_LAYOUTS, [{"heads": list(one.heads), "fields": list(one.fields)} for one in layouts])
