"""The list of evidence files on a record: choose or drop files, open, describe, save a copy, take off."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_desk.kit.errors import DeskError, FileTrouble
from village_desk.store.acts import act
from village_desk.widgets import theme
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, heading, label, row
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.workplace import Task, Workplace

CHOOSE_FROM = "照片、扫描件和PDF (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.pdf);;所有文件 (*)"


class FileRow(Protocol):
    """One evidence file as a lookup gives it; `words` are kind, day, pages and who in one line."""

    @property
    def id(self) -> str:
        """The record's id."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def words(self) -> str:
        """Kind, day, pages, who."""

    @property
    def kind(self) -> str:
        """The kind's key."""

    @property
    def form(self) -> str:
        """jpg, png or pdf."""

    @property
    def made_on(self) -> dt.date | None:
        """The day that it was made."""

    @property
    def made_by(self) -> str:
        """Who made it."""

    @property
    def personal(self) -> bool:
        """True for private papers, which never travel."""

    @property
    def seen(self) -> str:
        """What goes back with an edit."""


class Doors(Protocol):
    """What the list needs of the room that keeps the files; archive.actions.EVIDENCE is one.

    `rows(session, of_table=, of_id=)`, `one(session, id)`, `keep(village, path, of_table=, of_id=)`,
    `content(village, id)` gives file name and bytes, `describe(session, attachment_id=, seen=, …)`,
    `take_off(session, attachment_id=)`, `kinds` are pairs (key, words).
    """

    @property
    def rows(self) -> Callable[..., Sequence[Any]]:
        """The files of a record."""

    @property
    def one(self) -> Callable[[Any, str], Any]:
        """One file."""

    @property
    def keep(self) -> Callable[..., str]:
        """Keep a file."""

    @property
    def content(self) -> Callable[[Any, str], tuple[str, bytes]]:
        """File name and bytes."""

    @property
    def describe(self) -> Callable[..., None]:
        """Correct what is said of a file."""

    @property
    def take_off(self) -> Callable[..., None]:
        """Take a file off its record."""

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The kinds of files."""


class FileTable(ListTable[FileRow]):
    """One line a file; a `slim` list shows titles alone until the clerk asks for more."""

    def __init__(self, *, slim: bool = False) -> None:
        super().__init__(
            (
                Column("title", "材料", lambda one: one.title, width=8, wide=True),
                Column(
                    "words",
                    "种类、日期、经手人",
                    lambda one: one.words,
                    width=13,
                    side=True,
                    sortable=False,
                    extra=slim,
                ),
            )
        )


class AttachmentList(QWidget):
    """Shows and changes the evidence files of one record; `counted(int)` tells how many there are.

    Files dropped on it are kept like chosen ones. It refreshes itself when attachments change.
    """

    counted = Signal(int)

    def __init__(
        self,
        workplace: Workplace,
        doors: Doors,
        of_table: str,
        parent: QWidget | None = None,
        *,
        words: str = "材料",
        slim: bool = False,
    ) -> None:
        super().__init__(parent)
        self.workplace, self.doors, self.of_table = workplace, doors, of_table
        self.of_id = ""
        self.dialog: QDialog | None = None
        self._words = words
        self.setAcceptDrops(True)
        self.head = heading(words)
        self.add_button = button(
            "附上材料", "paperclip", clicked=self.ask_files, tip="选照片、扫描件或PDF，也可以拖到这里"
        )
        self.table = FileTable(slim=slim)
        empty = "还没有附材料。" if slim else "还没有附材料。点“附上材料”，或把照片、扫描件、PDF拖到这里。"
        self.grid = Grid(self.table, empty_words=empty, many=True)
        self.grid.setMinimumHeight(theme.current().px(118))
        self.grid.opened.connect(self.open_file)
        for title, act_on in (
            ("打开", self.open_file),
            ("改说明", self.ask_words),
            ("另存一份", self.ask_where),
            ("取下", self.take_off),
        ):
            action = QAction(title, self.grid)
            action.triggered.connect(lambda _checked=False, work=act_on: work(self.grid.current_id()))
            self.grid.addAction(action)
        self.open_button = button("打开", clicked=lambda: self.open_file(self.grid.current_id()))
        self.words_button = button("改说明", clicked=lambda: self.ask_words(self.grid.current_id()))
        self.off_button = button("取下", clicked=lambda: self.take_off(self.grid.current_id()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        column.addLayout(row(self.head, None, self.open_button, self.words_button, self.off_button, self.add_button))
        column.addWidget(self.grid, 1)
        workplace.changed.connect(self._take_note)
        self.grid.picked.connect(self._enable)
        self.show_record("")

    def show_record(self, of_id: str) -> None:
        """Show the files of this record; "" for none, then nothing can be added."""
        self.of_id = of_id
        self.refresh()

    def refresh(self) -> None:
        """Read anew."""
        rows = (
            self.workplace.read(lambda session: self.doors.rows(session, of_table=self.of_table, of_id=self.of_id))
            if self.of_id
            else ()
        )
        self.table.show(rows)
        self.head.setText(f"{self._words}（{len(rows)}份）" if rows else self._words)
        self.add_button.setEnabled(bool(self.of_id))
        self._enable(self.grid.current_id())
        self.counted.emit(len(rows))

    # adding

    def ask_files(self) -> None:
        """Choose files."""
        dialog = QFileDialog(self, "选照片、扫描件或PDF", "", CHOOSE_FROM)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda chosen: self.add_files([Path(one) for one in chosen]))
        dialog.open()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Keep these files on the record; what cannot be kept is named, the others are kept."""
        if not self.of_id or not paths:
            return
        village, of_id = self.workplace.village, self.of_id

        def work(task: Task) -> _Kept:
            kept, problems = 0, []
            for number, path in enumerate(paths):
                task.progress(number, len(paths), path.name)
                try:
                    self.doors.keep(village, path, of_table=self.of_table, of_id=of_id)
                    kept += 1
                except DeskError as problem:
                    problems.append(problem)
            return _Kept(kept, tuple(problems))

        self.workplace.carry(work, self._tell_kept, title="正在收进材料", halted="已停下，前面收好的几份还在。")

    def _tell_kept(self, kept: "_Kept") -> None:
        if not kept.problems:
            self.workplace.done.emit(f"已附上{kept.count}份材料。")
            return
        first = kept.problems[0]
        several = f"{len(kept.problems)}份没有附上，第一份：" if len(kept.problems) > 1 else ""
        rest = f"其余{kept.count}份已经附上。" if kept.count else ""
        self.workplace.told.emit(f"{several}{first.message}", f"{first.advice}{rest}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome when there is a record to hang them on."""
        if self.of_id and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.add_files(paths)

    # one file

    def open_file(self, attachment_id: str) -> None:
        """Show a photo or a PDF."""
        found = self._row(attachment_id)
        if found is None:
            return

        def show(made: tuple[str, bytes]) -> None:
            name, content = made
            if found.form == "pdf":
                self._open(PreviewDialog(content, found.title, name, self))
            else:
                self._open(PictureDialog(content, found.title, name, self))

        village = self.workplace.village
        self.workplace.later(lambda _task: self.doors.content(village, attachment_id), show, title="正在打开材料")

    def ask_words(self, attachment_id: str) -> None:
        """Correct title, kind, day and who."""
        if self._row(attachment_id) is None:
            return
        found = self.workplace.read(lambda session: self.doors.one(session, attachment_id))
        today = self.workplace.read(act).today
        dialog = FileWordsDialog(found, self.doors.kinds, today, self)
        dialog.about = attachment_id

        def write() -> None:
            answer = dialog.answer()
            self.workplace.write(
                "archive.describe",
                lambda session: self.doors.describe(
                    session, attachment_id=attachment_id, seen=found.seen, **answer.fields
                ),
                lambda _done: dialog.accept(),
                said="已改好这份材料的说明。",
                refused=dialog.refuse,
            )

        dialog.answered.connect(write)
        self._open(dialog)

    def ask_where(self, attachment_id: str) -> None:
        """Save a copy."""
        if self._row(attachment_id) is None:
            return
        village = self.workplace.village

        def ask(made: tuple[str, bytes]) -> None:
            ask_where_to_save(self, *made)

        self.workplace.later(lambda _task: self.doors.content(village, attachment_id), ask, title="正在打开材料")

    def take_off(self, _attachment_id: str) -> None:
        """Take the chosen files off; undo hangs them on again."""
        chosen = self.grid.chosen_ids()
        if not chosen:
            return

        def work(session: Any) -> int:
            for one in chosen:
                self.doors.take_off(session, attachment_id=one)
            return len(chosen)

        self.workplace.write("archive.detach", work, said=lambda many: f"已取下{many}份材料，可以撤销。")

    def _row(self, attachment_id: str) -> FileRow | None:
        at = self.table.position(attachment_id) if attachment_id else -1
        return self.table.row(at) if at >= 0 else None

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _enable(self, attachment_id: str) -> None:
        for one in (self.open_button, self.words_button, self.off_button):
            one.setVisible(bool(self.table.rowCount()))
            one.setEnabled(bool(attachment_id))

    def _take_note(self, tables: Any) -> None:
        if "attachment" in tables:
            self.refresh()


@dataclass(frozen=True)
class _Kept:
    count: int
    problems: tuple[DeskError, ...]


@dataclass(frozen=True)
class FileWords:
    """What is said of a file."""

    fields: dict[str, Any]


class FileWordsDialog(AskDialog):
    """Asks for title, kind, day and who of an evidence file."""

    def __init__(
        self, found: FileRow, kinds: Sequence[tuple[str, str]], today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__("改材料说明", parent, accept="保存", closes=False)
        self.name = QLineEdit(found.title)
        self.kind = QComboBox()
        for key, words in kinds:
            self.kind.addItem(words, key)
        self.kind.setCurrentIndex(max(0, self.kind.findData(str(found.kind))))
        self.day = DateEdit(found.made_on, today=today)
        self.who = QLineEdit(found.made_by)
        self.personal = QCheckBox("含身份证、户口簿等个人材料，题名也不外传(&Z)")
        self.personal.setChecked(found.personal)
        self.form.add("title", "题名(&T)", self.name, required=True, hint="写明是什么，例如“9月1日公开栏张贴照片”。")
        self.form.add("kind", "种类(&K)", self.kind)
        self.form.add("day", "形成日期(&D)", self.day, hint="照片拍的、材料写的那一天。")
        self.form.add("who", "经手人(&R)", self.who)
        self.form.add("personal", "个人材料", self.personal)

    def problems(self) -> dict[str, str]:
        """A title."""
        return {**self.form.missing(title=self.name.text()), "day": self.day.problem()}

    def answer(self) -> FileWords:
        """What is said of it now."""
        return FileWords(
            {
                "title": self.name.text(),
                "kind": str(self.kind.currentData()),
                "made_on": self.day.day(),
                "made_by": self.who.text(),
                "personal": self.personal.isChecked(),
            }
        )


class PictureDialog(QDialog):
    """A photo as large as the window lets it be."""

    def __init__(self, content: bytes, title: str, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme.current()
        column = QVBoxLayout(self)
        edge = look.px(14)
        column.setContentsMargins(edge, edge, edge, edge)
        self.picture = _Picture(QImage.fromData(content))
        self.picture.setAccessibleName(title)
        close = button("关闭", clicked=self.accept)
        close.setDefault(True)
        save = button("另存一份", "save", clicked=lambda: ask_where_to_save(self, file_name, content))
        column.addLayout(row(label(title, "heading"), save, close))
        column.addWidget(self.picture, 1)
        self.resize(look.px(900), look.px(640))


class _Picture(QLabel):
    """A picture that shrinks to its place and never grows over its own size."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(theme.current().px(200), theme.current().px(150))

    def sizeHint(self) -> QSize:
        """The picture's own size."""
        return self._image.size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture into its place."""
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._image.isNull() or room.isEmpty():
            return
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        wanted = self._image.size().scaled(room.boundedTo(self._image.size()), keep)
        shown = QPixmap.fromImage(self._image.scaled(wanted, keep, smooth))
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)


def ask_where_to_save(parent: QWidget, name: str, content: bytes) -> None:
    """另存: ask for a place and write a copy there; raises FileTrouble when the disk refuses."""
    dialog = QFileDialog(parent, "另存一份", name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def write(path: str) -> None:
        try:
            Path(path).write_bytes(content)
        except OSError as problem:
            raise FileTrouble(f"“{Path(path).name}”没有存上。", "请换一个文件夹，或检查磁盘是否已满。") from problem

    dialog.fileSelected.connect(write)
    dialog.open()
