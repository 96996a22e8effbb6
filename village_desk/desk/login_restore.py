"""Putting a copy in place of a village file that cannot be opened: which copies there are, and which one to take."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from village_desk.kit.text import chinese_date
from village_desk.store.copies import Copy, list_copies
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, muted
from village_desk.widgets.tables import Column, ListTable


class CopyLine:
    """One copy as the list shows it."""

    def __init__(self, copy: Copy) -> None:
        self.id = str(copy.path)
        self.path = copy.path
        self.position = copy.position

    @property
    def made_words(self) -> str:
        """When it was written."""
        try:
            made = dt.datetime.fromtimestamp(self.path.stat().st_mtime)
        except OSError:
            return "读不出来"
        return f"{chinese_date(made.date())} {made:%H:%M}"


class PutBackDialog(AskDialog):
    """Which copy is to be put in the place of `target`; stays open until `accept()`."""

    def __init__(self, target: Path, trouble: str, parent: QWidget | None = None) -> None:
        super().__init__(
            f"用备份恢复“{target.stem}”",
            parent,
            accept="恢复这一份",
            explain=f"{trouble}下面是找到的备份，越靠上的内容越新。"
            f"原来的文件不会删，会改名为“{target.stem}-恢复前”，留在旁边。",
            width=620,
            closes=False,
        )
        self.target = target
        self.table = ListTable(
            [
                Column[CopyLine]("made", "备份时间", lambda one: one.made_words, 11, sortable=False),
                Column[CopyLine](
                    "position", "已有记录", lambda one: f"{one.position:,}条", 6, align="right", sortable=False
                ),
                Column[CopyLine]("name", "文件名", lambda one: one.path.name, 12, wide=True, sortable=False),
            ]
        )
        self.grid = Grid(self.table, empty_words="这里没有这份档案的备份。请插上备份用的U盘，点“到别的文件夹里找”。")
        self.grid.setMinimumHeight(theme.current().px(200))
        self.grid.setAccessibleName("找到的备份")
        self.grid.opened.connect(lambda _id: self.give_answer())
        self.where = muted("")
        self.other = button("到别的文件夹里找", "search", clicked=self.ask_folder)
        self.body.addWidget(self.where)
        self.body.addWidget(self.grid)
        self.extra_buttons.addWidget(self.other)
        self.look_in(target.with_suffix(".copies"))

    def look_in(self, folder: Path) -> None:
        """List the copies of the file in a folder."""
        copies = list_copies(self.target, folder)
        lines = [CopyLine(one) for one in copies if one.path != self.target]
        self.table.show(lines)
        self.where.setText(f"在“{folder}”里找到{len(lines)}份。" if lines else f"在“{folder}”里没有找到。")
        self.accept_button.setEnabled(bool(lines))
        if lines:
            self.grid.choose(lines[0].id)

    def ask_folder(self) -> None:
        """到别的文件夹里找."""
        dialog = QFileDialog(self, "选择放备份的U盘或文件夹", str(self.target.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.look_in(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def problems(self) -> dict[str, str]:
        """One must be chosen."""
        return {} if self.grid.current_id() else {"": "请先在清单里选一份备份。"}

    @property
    def chosen(self) -> Path:
        """The file of the chosen copy."""
        return Path(self.grid.current_id())
