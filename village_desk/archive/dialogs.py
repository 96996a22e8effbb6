"""Asking about a box and about a piece of the archive."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from village_desk.archive.rules import Category
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog


@dataclass(frozen=True)
class BoxAnswer:
    """A box; number 0 takes the next one."""

    year: int
    category: str
    retention: str
    number: int
    title: str
    shelf: str
    note: str


class BoxDialog(AskDialog):
    """Asks for a box; of one that is there only its words can be changed."""

    def __init__(
        self,
        categories: Sequence[Category],
        retentions: Sequence[str],
        year: int,
        parent: QWidget | None = None,
        *,
        given: BoxAnswer | None = None,
    ) -> None:
        super().__init__(
            "新开一盒" if given is None else "修改档案盒",
            parent,
            accept="新开" if given is None else "保存",
            explain="同一盒里放同一年度、同一类、同一保管期限的文件。",
            closes=False,
        )
        self._kept = {one.code: one.retention for one in categories}
        self.year, self.number = QSpinBox(), QSpinBox()
        self.year.setRange(1949, 2100)
        self.year.setValue(given.year if given else year)
        self.number.setRange(0, 9999)
        self.number.setSpecialValueText("接着编")
        self.category, self.retention = QComboBox(), QComboBox()
        for one in categories:
            self.category.addItem(one.name, one.code)
        self.retention.addItems(list(retentions))
        self.name, self.shelf, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.form.add("year", "年度(&N)", self.year)
        self.form.add("category", "类别(&L)", self.category)
        self.form.add("retention", "保管期限(&Q)", self.retention)
        self.form.add("number", "盒号(&H)", self.number)
        self.form.add("title", "内容(&T)", self.name, hint="写在盒脊上，例如“会议记录和决议”。")
        self.form.add("shelf", "存放位置(&W)", self.shelf)
        self.form.add("note", "情况说明(&S)", self.note, hint="印在备考表上，例如缺页、破损。")
        self.category.currentIndexChanged.connect(lambda _at: self._follow())
        self._follow()
        if given is not None:
            for key in ("year", "category", "retention", "number"):
                self.form.show_field(key, False)
            self.name.setText(given.title)
            self.shelf.setText(given.shelf)
            self.note.setText(given.note)

    def _follow(self) -> None:
        self.retention.setCurrentText(self._kept.get(str(self.category.currentData()), ""))

    def answer(self) -> BoxAnswer:
        """The box."""
        return BoxAnswer(
            self.year.value(),
            str(self.category.currentData()),
            self.retention.currentText(),
            self.number.value(),
            self.name.text(),
            self.shelf.text(),
            self.note.text(),
        )


@dataclass(frozen=True)
class PieceAnswer:
    """A piece of the archive."""

    title: str
    category: str
    retention: str
    year: int
    document_no: str
    issuer: str
    dated_on: dt.date | None
    pages: int
    note: str


class PieceDialog(AskDialog):
    """Asks for a piece; of one that is filed category, retention and year stay, because its number holds them."""

    def __init__(
        self,
        categories: Sequence[Category],
        retentions: Sequence[str],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        given: PieceAnswer | None = None,
    ) -> None:
        super().__init__(
            "归档一件" if given is None else "修改这一件",
            parent,
            accept="归档" if given is None else "保存",
            explain="归档后编出档号；扫描件、照片归档以后附在这一件上。" if given is None else "",
            closes=False,
        )
        self._kept = {one.code: one.retention for one in categories}
        self._is_new = given is None
        self.name = QLineEdit(given.title if given else "")
        self.category, self.retention = QComboBox(), QComboBox()
        for one in categories:
            self.category.addItem(one.name, one.code)
        self.retention.addItems(list(retentions))
        self.year, self.pages = QSpinBox(), QSpinBox()
        self.year.setRange(1949, 2100)
        self.year.setValue(given.year if given else today.year)
        self.pages.setRange(1, 9999)
        self.pages.setValue(given.pages if given else 1)
        self.document_no = QLineEdit(given.document_no if given else "")
        self.issuer = QLineEdit(given.issuer if given else "")
        self.day = DateEdit(given.dated_on if given else None, today=today)
        self.note = QLineEdit(given.note if given else "")
        self.form.add("title", "题名(&T)", self.name, required=True)
        self.form.add("category", "类别(&L)", self.category)
        self.form.add("retention", "保管期限(&Q)", self.retention)
        self.form.add("year", "年度(&N)", self.year)
        self.form.add("document_no", "文号(&H)", self.document_no, hint="例如“东河村委〔2026〕3号”，没有的不填。")
        self.form.add("issuer", "责任者(&Z)", self.issuer, hint="谁制发的，例如“东河村村民委员会”。")
        self.form.add("day", "文件日期(&D)", self.day)
        self.form.add("pages", "页数(&Y)", self.pages)
        self.form.add("note", "备注(&B)", self.note)
        self.category.currentIndexChanged.connect(lambda _at: self._follow())
        self._follow()
        for key in ("category", "retention", "year"):
            self.form.show_field(key, self._is_new)

    def _follow(self) -> None:
        self.retention.setCurrentText(self._kept.get(str(self.category.currentData()), ""))

    def problems(self) -> dict[str, str]:
        """A title."""
        return {**self.form.missing(title=self.name.text()), "day": self.day.problem()}

    def answer(self) -> PieceAnswer:
        """The piece."""
        return PieceAnswer(
            self.name.text(),
            str(self.category.currentData()),
            self.retention.currentText(),
            self.year.value(),
            self.document_no.text(),
            self.issuer.text(),
            self.day.day(),
            self.pages.value(),
            self.note.text(),
        )


class PutDialog(AskDialog):
    """Asks into which box a piece goes; `boxes` are (id, words)."""

    def __init__(self, title: str, boxes: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("装盒", parent, accept="装盒", explain=f"“{title}”放进哪一盒？", closes=False)
        self.box = QComboBox()
        for key, words in boxes:
            self.box.addItem(words, key)
        self.form.add("box", "档案盒(&H)", self.box)

    def problems(self) -> dict[str, str]:
        """A box."""
        return {"box": "" if self.box.count() else "没有合适的盒，请先“新开一盒”。"}

    def answer(self) -> str:
        """The box's id."""
        return str(self.box.currentData())
