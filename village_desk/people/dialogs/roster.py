"""The import of a roster: which sheets, what each column is, and the preview row by row and cell by cell."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QSizePolicy, QTabBar, QWidget

from village_desk.people.lookups.leaving import ImportRow
from village_desk.people.rules.roster import FIELD_WORDS, CellState, Column, Preview, PreviewRow, RowState
from village_desk.people.table import CellsTable, ImportsTable, PreviewTable, ShownCell, ShownRow
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, label, muted, row, scrolled
from village_desk.widgets.progress import ProgressStrip

_TABS: tuple[tuple[str, RowState | None], ...] = (
    ("不能导入", RowState.REFUSED),
    ("有改动", RowState.CHANGED),
    ("新增", RowState.NEW),
    ("没有变化", RowState.UNCHANGED),
    ("全部", None),
)
_CELL_PLACES = {
    CellState.REFUSED: 0,
    CellState.LEFT_OUT: 1,
    CellState.CHANGED: 2,
    CellState.NEW: 3,
    CellState.UNCHANGED: 4,
}


class PreviewDialog(AskDialog):
    """What an import would do.

    Emits `mapping_asked` and `keep_asked(address)`; the page reads the workbook again and calls `show_preview`.
    """

    mapping_asked = Signal()
    keep_asked = Signal(str)
    report_asked = Signal()

    def __init__(self, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(f"导入花名册：{preview.source}", parent, accept="导入", width=1080, closes=False)
        self.preview = preview
        self.sentence = label("", "strong")
        self.side_words = muted("")
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("按结果查看")
        for _ in _TABS:
            self.tabs.addTab("")
        self.rows, self.cells = PreviewTable(), CellsTable()
        self.grid = Grid(self.rows, empty_words="这一类没有。")
        self.cell_grid = Grid(self.cells, empty_words="选中上面一行，这里逐格显示。")
        self.keep = button("户口簿上就是这个号，写明原因保留", "pencil", clicked=self._ask_keep)
        self.report = button("另存不能导入的行", "download", clicked=self.report_asked.emit)
        self.mapping = button("列的对照", "list-filter", clicked=self.mapping_asked.emit)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.side_words)
        self.body.addLayout(row(self.tabs, None, self.report, self.mapping))
        self.body.addWidget(self.grid, 5)
        self.body.addWidget(self.cell_grid, 4)
        # Here, because the window's own strip lies behind this dialog.
        self.progress = ProgressStrip()
        self.body.addWidget(self.progress)
        self.extra_buttons.addWidget(self.keep)
        self.tabs.currentChanged.connect(lambda _tab: self._show_rows())
        self.grid.picked.connect(self._show_cells)
        look = theme.current()
        for one, height in ((self.grid, 190), (self.cell_grid, 150)):
            # Lists scroll; the dialog must fit the screen in large type.
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            one.setMinimumHeight(min(look.px(height), height + 20))
        self.show_preview(preview)
        self.resize(min(look.px(1080), 1320), min(look.px(640), 720))

    def show_preview(self, preview: Preview) -> None:
        """Show a preview, the rows that need a look first."""
        self.preview = preview
        counts = preview.counts
        self.sentence.setText(preview.sentence)
        skipped = f"另有{len(preview.skipped)}行不是村民，已跳过。" if preview.skipped else ""
        new = f"新立{preview.new_households}户。" if preview.new_households else ""
        self.side_words.setText("".join((new, skipped, *preview.notes)))
        self.side_words.setToolTip("\n".join(f"第{one.row}行：{one.reason}" for one in preview.skipped))
        self.side_words.setVisible(bool(self.side_words.text()))
        for tab, (words, state) in enumerate(_TABS):
            number = len(preview.rows) if state is None else counts[state]
            self.tabs.setTabText(tab, f"{words} {number}")
        self.report.setVisible(bool(counts[RowState.REFUSED]))
        good = len(preview.rows) - counts[RowState.REFUSED]
        writes = counts[RowState.NEW] + counts[RowState.CHANGED]
        self.accept_button.setText(f"导入这{writes}人" if writes else "没有要导入的")
        self.accept_button.setEnabled(bool(good and writes))
        first = next(tab for tab, (_, state) in enumerate(_TABS) if state is None or counts[state])
        self.tabs.setCurrentIndex(first)
        self._show_rows()

    def tell_saved(self, sentence: str) -> None:
        """Say that the report is written."""
        self.side_words.setText(sentence)
        self.side_words.setVisible(True)

    def _show_rows(self) -> None:
        state = _TABS[self.tabs.currentIndex()][1]
        shown = [
            ShownRow(f"{one.sheet}/{one.row}", one) for one in self.preview.rows if state is None or one.state is state
        ]
        self.rows.show(shown)
        if shown:
            self.grid.choose(shown[0].id)
        self._show_cells(self.grid.current_id())

    def _show_cells(self, row_id: str) -> None:
        found = self._row(row_id)
        cells = found.cells if found else ()
        # What needs a look stands first.
        ordered = sorted(cells, key=lambda cell: _CELL_PLACES[cell.state])
        state = found.state if found else RowState.NEW
        self.cells.show([ShownCell(f"{row_id}/{cell.address}/{cell.field}", cell, state) for cell in ordered])
        self.keep.setVisible(any(cell.may_keep for cell in cells))

    def _row(self, row_id: str) -> PreviewRow | None:
        return next((one for one in self.preview.rows if f"{one.sheet}/{one.row}" == row_id), None)

    def _ask_keep(self) -> None:
        found = self._row(self.grid.current_id())
        if found:
            self.keep_asked.emit(next(cell.address for cell in found.cells if cell.may_keep))


class ImportsDialog(AskDialog):
    """What was taken in before; `undo_asked(ImportRow)` for the one that is to be taken back."""

    undo_asked = Signal(object)

    def __init__(self, rows: Sequence[ImportRow], parent: QWidget | None = None) -> None:
        super().__init__(
            "以前的导入",
            parent,
            accept="撤销这次导入",
            cancel="关闭",
            explain="撤销一次导入，这次新增和改动的都退回去；后来又改过的人会保留，并列出姓名。",
            width=920,
            closes=False,
        )
        self.table = ImportsTable()
        self.grid = Grid(self.table, empty_words="还没有导入过花名册。")
        self.grid.setMinimumHeight(theme.current().px(220))
        self.body.addWidget(self.grid, 1)
        self.grid.picked.connect(lambda _id: self._fit_verb())
        self.said = label("", "strong")
        self.body.addWidget(self.said)
        self.show_imports(rows)

    def show_imports(self, rows: Sequence[ImportRow], said: str = "") -> None:
        """Show the list anew, with the sentence about what was done."""
        self.table.show(rows)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        if not self.grid.current_id() and rows:
            self.grid.choose(rows[0].id)
        self._fit_verb()

    def current(self) -> ImportRow | None:
        """The import at hand."""
        return next((one for one in self.table.rows() if one.id == self.grid.current_id()), None)

    def give_answer(self) -> None:
        """Ask for the undo of the import at hand."""
        row = self.current()
        if row is not None and not row.undone:
            self.undo_asked.emit(row)

    def _fit_verb(self) -> None:
        row = self.current()
        self.accept_button.setEnabled(row is not None and not row.undone)


class SheetsDialog(AskDialog):
    """Which sheets of a workbook are to be read."""

    def __init__(self, names: Sequence[str], explain: str, parent: QWidget | None = None) -> None:
        super().__init__("选择要导入的表", parent, accept="读取", explain=explain)
        self.boxes = [QCheckBox(name) for name in names]
        for box in self.boxes:
            box.setChecked(True)
            self.body.addWidget(box)

    def problems(self) -> dict[str, str]:
        """At least one."""
        return {} if self.answer() else {"": "请至少选一张表。"}

    def answer(self) -> tuple[str, ...]:
        """The names of the chosen sheets."""
        return tuple(box.text() for box in self.boxes if box.isChecked())


class MappingDialog(AskDialog):
    """What each column of the workbook is."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        explain = "左边是表里的列，右边是它对应的登记项。不用的列选“不导入”。"
        super().__init__("列的对照", parent, accept="按这样重新读取", explain=explain, width=560)
        self._columns = tuple(columns)
        self.boxes: list[QComboBox] = []
        inside = QWidget()
        grid = QGridLayout(inside)
        for place, column in enumerate(self._columns):
            box = QComboBox()
            box.addItem("不导入", "")
            for field, words in FIELD_WORDS.items():
                box.addItem(words, field.value)
            box.setCurrentIndex(max(0, box.findData(column.field.value if column.field else "")))
            name = column.head or "（没有表头）"
            box.setAccessibleName(f"{column.letter}列{name}对应")
            grid.addWidget(label(f"{column.letter}列　{name}", wrap=False), place, 0)
            grid.addWidget(box, place, 1)
            self.boxes.append(box)
        area = scrolled(inside)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        area.setMinimumHeight(360)
        self.body.addWidget(area, 1)

    def problems(self) -> dict[str, str]:
        """One column must be the name, and no field twice."""
        chosen = [box.currentData() for box in self.boxes if box.currentData()]
        if "name" not in chosen:
            return {"": "请指出哪一列是姓名。"}
        double = next((one for one in chosen if chosen.count(one) > 1), "")
        if double:
            words = next(words for field, words in FIELD_WORDS.items() if field.value == double)
            return {"": f"有两列都选了“{words}”，只能选一列。"}
        return {}

    def answer(self) -> tuple[tuple[str, str], ...]:
        """(letter, field) of every column that was changed."""
        return tuple(
            (column.letter, str(box.currentData() or ""))
            for column, box in zip(self._columns, self.boxes, strict=True)
            if (column.field.value if column.field else "") != (box.currentData() or "")
        )


class KeepDialog(AskDialog):
    """Why an identity number that does not pass the check is official."""

    def __init__(self, name: str, number: str, fault: str, parent: QWidget | None = None) -> None:
        super().__init__(f"保留{name}的身份证号", parent, accept="保留这个号", explain=f"{number}：{fault}")
        self.reason = QLineEdit()
        self.form.add("reason", "原因(&R)", self.reason, required=True, hint="例如：户口簿和身份证上就是这个号。")

    def problems(self) -> dict[str, str]:
        """A reason is needed."""
        return {} if self.reason.text().strip() else {"reason": "请写明原因，例如户口簿和身份证上就是这个号。"}
