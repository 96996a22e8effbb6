"""Importing a roster from the window: choose a file or paste, look, choose sheets and columns, take in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.people.actions import Imported, SeveralSheets, import_roster, preview_roster, read_pasted, read_roster
from village_desk.people.dialogs import KeepDialog, MappingDialog, PreviewDialog, SheetsDialog
from village_desk.people.rules.roster import Preview, Roster
from village_desk.store.acts import act
from village_desk.widgets.workplace import Task, Workplace

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
        with task.reading() as session:
            today = act(session).today
            if self._path is None:
                roster = read_pasted(self._text, today=today, mapping=self._mapping, kept=self._kept)
            else:
                roster = read_roster(
                    self._path, today=today, sheets=self._sheets, mapping=self._mapping, kept=self._kept
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
