"""What is asked for a correction of the minutes."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.widgets.tall import TallDialog, low_area


class CorrectionDialog(TallDialog):
    """更正会议记录: which item, what it says, what is right. `items` give what each item says now."""

    def __init__(self, number: int, items: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(
            f"更正会议记录（第{number}号）",
            parent,
            accept="登记更正",
            width=620,
            explain="原来的记录不改，更正按号附在后面；印出来由主持人、记录人签字。",
        )
        self._items = dict(items)
        self.put_form()
        self.item = QComboBox()
        self.item.setEditable(True)
        self.item.addItems(list(items))
        self.was, self.becomes = low_area(2), low_area(2)
        self.reason, self.by = QLineEdit(), QLineEdit()
        self.form.add("item", "更正哪一项(&X)", self.item, required=True)
        self.form.add("was", "原来写的是(&Y)", self.was)
        self.form.add("becomes", "应当是(&G)", self.becomes, required=True)
        self.form.add("reason", "更正原因(&B)", self.reason, required=True, hint="例如“记录时听错”。")
        self.form.add("by", "提出更正的人(&T)", self.by)
        self.item.currentTextChanged.connect(self._show_was)
        self._show_was(self.item.currentText())

    def problems(self) -> dict[str, str]:
        """The item, the right words, the reason."""
        return self.form.missing(
            item=self.item.currentText(), becomes=self.becomes.toPlainText(), reason=self.reason.text()
        )

    def answer(self) -> dict[str, str]:
        """The correction."""
        return {
            "item": self.item.currentText(),
            "was": self.was.toPlainText(),
            "becomes": self.becomes.toPlainText(),
            "reason": self.reason.text(),
            "by": self.by.text(),
        }

    def _show_was(self, item: str) -> None:
        if item in self._items:
            self.was.setPlainText(self._items[item])
