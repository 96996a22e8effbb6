"""Asking for an agency's workbook or a paste, and what its columns are."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLabel, QWidget

from village_desk.kit.errors import DeskError
from village_desk.kit.money import yuan
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area
from village_desk.widgets.layout import button, label, row


class Reading(Protocol):
    """What the dialog uses of accounts.actions.EntryReading."""

    @property
    def entries(self) -> Sequence[object]:
        """The lines."""

    @property
    def problems(self) -> Sequence[str]:
        """What is wrong, in sentences."""

    @property
    def head(self) -> Sequence[str]:
        """The heads."""

    @property
    def columns(self) -> Sequence[str]:
        """What each column is."""

    @property
    def unknown(self) -> Sequence[tuple[str, str]]:
        """Letter and head of what nobody knows."""

    @property
    def receipts_fen(self) -> int:
        """The sum of the receipts."""

    @property
    def payments_fen(self) -> int:
        """The sum of the payments."""

    @property
    def is_mapped(self) -> bool:
        """True when the needed columns are known."""


class ImportDialog(AskDialog):
    """Imports an agency's workbook or a paste.

    `read(path or text, columns)` reads it and gives what it found; `fields` are what a column can be. The columns of
    heads that are not known are asked for once.
    """

    def __init__(
        self,
        read: Callable[[Path | str, Mapping[str, str]], Reading],
        fields: Mapping[str, tuple[str, tuple[str, ...]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "导入收支明细",
            parent,
            accept="导入",
            explain="选代理记账中心的表格，或从WPS里连表头一起复制后粘贴。有一处不对，一笔也不导入。",
            closes=False,
            width=760,
        )
        self.about = ""
        self._read, self._fields = read, fields
        self.path: Path | None = None
        self.reading: Reading | None = None
        self.columns: dict[str, QComboBox] = {}
        self.file_words = label("还没有选文件", "muted")
        self.choose = button("选表格文件", "upload", clicked=self.ask_file)
        self.text = text_area(4)
        self.text.setPlaceholderText("或者在这里粘贴：日期　凭证号　摘要　收入　支出　经手人……")
        self.text.setAccessibleName("粘贴的明细")
        self.text.textChanged.connect(self._take_text)
        self.checks = Checks()
        self.mapping = QGridLayout()
        line = row(self.choose, self.file_words)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.text)
        self.body.addWidget(self.checks)
        self.body.addLayout(self.mapping)
        self.accept_button.setEnabled(False)

    def ask_file(self) -> None:
        """Choose a workbook."""
        dialog = QFileDialog(self, "选收支明细表", "", "表格 (*.xlsx *.xls *.et *.csv *.ods);;所有文件 (*)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.take_file(Path(chosen)))
        dialog.open()

    def take_file(self, path: Path) -> None:
        """Read this workbook."""
        self.path = path
        self.file_words.setText(path.name)
        self._look()

    def _take_text(self) -> None:
        if self.text.toPlainText().strip():
            self.path = None
            self.file_words.setText("用下面粘贴的内容")
            self._look()

    def _look(self, columns: Mapping[str, str] | None = None) -> None:
        source = self.path or self.text.toPlainText()
        self.reading = None
        try:
            self.reading = self._read(source, columns or {})
        except DeskError as problem:
            self.checks.show_checks([Check("bad", problem.message, problem.advice)])
            self.accept_button.setEnabled(False)
            return
        if columns is None:
            self._show_mapping()
        self._show_found()

    def _show_found(self) -> None:
        found = self.reading
        assert found is not None
        if not found.is_mapped:
            advice = "请在下面指明每一列是什么，只要指一次，下回自动认得。"
            self.checks.show_checks([Check("warn", "还不知道哪一列是摘要、收入、支出。", advice)])
        elif found.problems:
            shown = [Check("bad", one) for one in found.problems[:6]]
            if len(found.problems) > 6:
                shown.append(Check("bad", f"还有{len(found.problems) - 6}处要改。"))
            self.checks.show_checks(shown)
        else:
            words = (
                f"共{len(found.entries)}笔，收入{yuan(found.receipts_fen)}元，支出{yuan(found.payments_fen)}元，"
                "没有发现错误。"
            )
            self.checks.show_checks([Check("good", words)])
        self.accept_button.setEnabled(found.is_mapped and not found.problems and bool(found.entries))

    def _show_mapping(self) -> None:
        while (item := self.mapping.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.columns = {}
        found = self.reading
        if found is None or (found.is_mapped and not found.unknown):
            return
        letters = {letter for letter, _ in found.unknown}
        for at, words in enumerate(found.head):
            letter = _letter(at)
            if not words or (found.is_mapped and letter not in letters):
                continue
            box = QComboBox()
            box.addItem("不用这一列", "skip")
            for key, (name, _) in self._fields.items():
                if key not in {"skip", "serial"}:
                    box.addItem(name, key)
            box.setCurrentIndex(max(0, box.findData(found.columns[at])))
            box.setAccessibleName(f"{letter}列“{words}”是什么")
            box.activated.connect(lambda _at: self._map())
            place = len(self.columns)
            self.mapping.addWidget(QLabel(f"{letter}列“{words}”是"), place // 2, place % 2 * 2)
            self.mapping.addWidget(box, place // 2, place % 2 * 2 + 1)
            self.columns[letter] = box

    def _map(self) -> None:
        self._look({letter: str(box.currentData()) for letter, box in self.columns.items()})

    def problems(self) -> dict[str, str]:
        """Something to take in."""
        return {"": "" if self.reading is not None else "请先选表格文件，或粘贴明细。"}


def _letter(at: int) -> str:
    return chr(65 + at) if at < 26 else chr(64 + at // 26) + chr(65 + at % 26)
