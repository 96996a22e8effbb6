"""What the lists of people ask: one fact for many, for whom a list leaves the desk and in which order, and the log."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QWidget

from village_desk.people.lookups.leaving import ExportRow
from village_desk.people.rules.masking import AUDIENCE_WORDS, Audience
from village_desk.people.rules.roster import FIELD_WORDS, Field
from village_desk.people.rules.words import LIVING_WORDS, PEOPLES, POLITICAL_WORDS
from village_desk.people.table import ExportsTable
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import muted

ORDER_WORDS: dict[str, str] = {
    "": "按屏幕上的排法",
    "household": "按户（小组、户号、户主在前）",
    "strokes": "按姓氏笔画",
    "name": "按拼音",
    "age": "按年龄（年纪大的在前）",
}
"""How a list is sorted on paper, by the key of person_ids; "" keeps the screen's order."""


class ExportDialog(AskDialog):
    """For whom a list is printed or exported and how it is sorted; it says what will be masked."""

    def __init__(
        self,
        people: int,
        what: str,
        parent: QWidget | None = None,
        *,
        accept: str,
        orders: Sequence[str] = ("", "household", "strokes", "name"),
        audiences: Sequence[Audience] = (Audience.INTERNAL, Audience.BOARD, Audience.TOWNSHIP),
    ) -> None:
        super().__init__(f"{what}（{people:,}人）", parent, accept=accept)
        self.audience = QComboBox()
        for audience in audiences:
            self.audience.addItem(AUDIENCE_WORDS[audience], audience.value)
        self.order_box = QComboBox()
        for key in orders:
            self.order_box.addItem(ORDER_WORDS[key], key)
        self.reason = QLineEdit()
        self.form.add("audience", "给谁看(&A)", self.audience, required=True)
        if orders:
            self.form.add("order", "排列(&S)", self.order_box)
        self.form.add("reason", "用途(&R)", self.reason)
        self.audience.currentIndexChanged.connect(lambda _index: self._tell_masking())
        self._tell_masking()

    def _tell_masking(self) -> None:
        words = {
            Audience.INTERNAL: "身份证号只显示前六位和后四位。",
            Audience.BOARD: "不带身份证号、政治面貌和住址，电话遮住中间四位，出生日期只到年，未满14岁的只显示姓。",
            Audience.TOWNSHIP: "带完整的身份证号和电话，请写明用途，会记入导出记录。",
        }[Audience(self.audience.currentData())]
        self.form.field("audience").set_hint(words)

    def problems(self) -> dict[str, str]:
        """Whole numbers leave the desk only with a reason."""
        if self.audience.currentData() == Audience.TOWNSHIP and not self.reason.text().strip():
            return {"reason": "请写明用途，例如“2026年度人口统计”。"}
        return {}

    def answer(self) -> tuple[Audience, str]:
        """The readers and the reason."""
        return Audience(self.audience.currentData()), self.reason.text().strip()

    def order(self) -> str:
        """How the list is to be sorted; "" for the screen's order."""
        return str(self.order_box.currentData() or "")


class BulkDialog(AskDialog):
    """One fact for the people who are chosen."""

    def __init__(
        self,
        people: int,
        fields: Sequence[Field],
        known: Mapping[Field, Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            f"批量修改（{people:,}人）",
            parent,
            accept="修改",
            explain="选中的人这一项都改成一样的，是一步，可以整个撤销。",
            closes=False,
        )
        self._people = people
        self.field_box = QComboBox()
        for field in fields:
            self.field_box.addItem(FIELD_WORDS[field], field.value)
        self.values = QStackedWidget()
        self.boxes: list[QComboBox] = []
        for field in fields:
            box = QComboBox()
            for words, value in _choices(field, known.get(field, ())):
                box.addItem(words, value)
            box.setEditable(field not in (Field.LIVING, Field.POLITICAL))
            if box.isEditable():
                box.setCurrentText("")
            box.setAccessibleName(f"改成什么：{FIELD_WORDS[field]}")
            self.boxes.append(box)
            self.values.addWidget(box)
        self.form.add("field", "改哪一项(&F)", self.field_box, required=True)
        self.form.add("value", "改成(&V)", self.values)
        self.field_box.currentIndexChanged.connect(self._show_field)
        self._show_field(0)

    def _show_field(self, index: int) -> None:
        self.values.setCurrentIndex(index)
        group = self.field_box.currentData() == Field.GROUP
        self.form.field("value").set_hint(
            "小组跟着户走，同一户没有选中的人也一起改。" if group else "空着就是改为未登记。"
        )

    def answer(self) -> tuple[str, str]:
        """The field and its value."""
        box = self.boxes[self.field_box.currentIndex()]
        chosen = box.currentText().strip() if box.isEditable() else str(box.currentData())
        return str(self.field_box.currentData()), chosen

    def problems(self) -> dict[str, str]:
        """A group is never taken away from many at once."""
        field, value = self.answer()
        return {"value": "请写明改到哪个小组。"} if field == Field.GROUP and not value else {}


def _choices(field: Field, known: Sequence[str]) -> list[tuple[str, str]]:
    match field:
        case Field.LIVING:
            return [(words, value.value) for value, words in LIVING_WORDS.items()]
        case Field.POLITICAL:
            return [(words, value.value) for value, words in POLITICAL_WORDS.items()]
        case Field.PEOPLE:
            return [(words, words) for words in PEOPLES]
        case Field.SCHOOLING:
            return [(words, words) for words in ("小学", "初中", "高中", "中专", "大专", "本科", "研究生", "文盲")]
        case Field.MARRIAGE:
            return [(words, words) for words in ("未婚", "已婚", "丧偶", "离异")]
        case _:
            return [(words, words) for words in known]


class ExportLogDialog(AskDialog):
    """What was printed or exported about people, in the order of the journal. Emits `print_asked`."""

    print_asked = Signal()

    def __init__(self, rows: Sequence[ExportRow], parent: QWidget | None = None) -> None:
        super().__init__("打印和导出记录", parent, accept="打印这份记录", cancel="关闭", width=900, closes=False)
        self.table = ExportsTable()
        self.grid = Grid(self.table, empty_words="还没有打印或导出过村民的资料。")
        self.grid.setMinimumHeight(theme.current().px(260))
        self.body.addWidget(
            muted("谁在什么时候，给谁打印或导出了多少人的资料，都在这里，不能删改。次序按登记的先后，不按电脑的钟。")
        )
        self.body.addWidget(self.grid, 1)
        self.table.show(rows)
        self.accept_button.setEnabled(bool(rows))

    def give_answer(self) -> None:
        """Ask for the printed log."""
        self.print_asked.emit()
