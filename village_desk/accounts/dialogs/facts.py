"""One dialog for every register: its fields are those of the facts, as their rules describe them."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from village_desk.accounts.rules.cells import area_of, area_words
from village_desk.accounts.rules.registers import Facts
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen, yuan
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area

# A decision to choose from: its id, its number, its title.
Option = tuple[str, str, str]


class FactsDialog(AskDialog):
    """Asks for the facts of a contract, an asset, a resource, a debt or a project.

    `decisions` are those that can be chosen as what carries it.
    """

    def __init__(
        self,
        title: str,
        facts: Facts,
        decisions: Sequence[Option],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        skip: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(title, parent, accept="保存", closes=False, width=600)
        self.facts = facts
        self._decisions = {one[0]: one for one in decisions}
        self.editors: dict[str, QWidget] = {}
        for one in dataclasses.fields(facts):
            kind = one.metadata["kind"]
            if kind == "hidden" or one.name in skip:
                continue
            editor = self._editor(kind, one.metadata, getattr(facts, one.name), today)
            self.editors[one.name] = editor
            # A box to tick tells its own words.
            words = "" if kind == "yes" else one.metadata["label"]
            required, hint = one.metadata.get("required", False), one.metadata.get("hint", "")
            self.form.add(one.name, words or "　", editor, required=required, hint=hint)

    def _editor(self, kind: str, said: Any, value: Any, today: dt.date) -> QWidget:
        if kind == "date":
            return DateEdit(value, today=today)
        if kind == "yes":
            box = QCheckBox(said["label"])
            box.setChecked(value)
            return box
        if kind == "long":
            area = text_area(2)
            area.setPlainText(value)
            return area
        if kind in {"choice", "decision"}:
            return self._choice(kind, said, value)
        if kind == "money":
            return QLineEdit(yuan(value) if value else "")
        if kind == "area":
            return QLineEdit(area_words(value) if value else "")
        return QLineEdit(value)

    def _choice(self, kind: str, said: Any, value: str) -> QComboBox:
        box = QComboBox()
        if kind == "decision":
            box.addItem("（还没有决议）", "")
            for identity, number, title in self._decisions.values():
                box.addItem(f"{number}　{title}", identity)
            if value and box.findData(value) < 0:
                box.addItem("原来选的决议", value)
        else:
            for one in said["choices"]:
                box.addItem(*((one, one) if isinstance(one, str) else (one[1], one[0])))
        box.setCurrentIndex(max(0, box.findData(value)))
        return box

    def problems(self) -> dict[str, str]:
        """Required fields, dates and sums."""
        found: dict[str, str] = {}
        for one in dataclasses.fields(self.facts):
            editor = self.editors.get(one.name)
            kind = one.metadata["kind"]
            if isinstance(editor, DateEdit):
                lacking = "请填日期。" if one.metadata.get("required") and editor.day() is None else ""
                found[one.name] = editor.problem() or lacking
            elif isinstance(editor, QLineEdit):
                words = editor.text().strip()
                if one.metadata.get("required") and not words:
                    found[one.name] = f"请填写{one.metadata['label']}。"
                elif words and kind in {"money", "area"}:
                    try:
                        _number(kind, words, one.metadata["label"])
                    except NotAllowed as problem:
                        found[one.name] = f"{problem.message}{problem.advice}"
        return found

    def answer(self) -> Facts:
        """The facts as they stand now."""
        values: dict[str, Any] = {}
        for one in dataclasses.fields(self.facts):
            editor = self.editors.get(one.name)
            kind = one.metadata["kind"]
            if isinstance(editor, DateEdit):
                values[one.name] = editor.day()
            elif isinstance(editor, QCheckBox):
                values[one.name] = editor.isChecked()
            elif isinstance(editor, QPlainTextEdit):
                values[one.name] = editor.toPlainText()
            elif isinstance(editor, QComboBox):
                values[one.name] = str(editor.currentData())
                if kind == "decision":
                    chosen = self._decisions.get(values[one.name])
                    kept = self.facts.decision_no if values[one.name] else ""
                    values["decision_no"] = chosen[1] if chosen else kept
            elif isinstance(editor, QLineEdit):
                words = editor.text().strip()
                number = kind in {"money", "area"}
                values[one.name] = (_number(kind, words, "") if words else 0) if number else words
        return dataclasses.replace(self.facts, **values)


def _number(kind: str, words: str, label: str) -> int:
    return fen(words) if kind == "money" else area_of(words, f"“{label}”")


class MoneyDayDialog(AskDialog):
    """Asks for a sum, a day and words: an instalment, a payment, a repayment."""

    def __init__(
        self,
        title: str,
        accept: str,
        today: dt.date,
        parent: QWidget | None = None,
        *,
        explain: str = "",
        amount_fen: int = 0,
        may_be_below: bool = False,
        day_words: str = "日期(&D)",
        choices: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(title, parent, accept=accept, explain=explain, closes=False)
        self._below = may_be_below
        self.which = QComboBox()
        for key, words in choices:
            self.which.addItem(words, key)
        self.amount = QLineEdit(yuan(amount_fen) if amount_fen else "")
        self.day = DateEdit(today, today=today)
        self.words = QLineEdit()
        if choices:
            self.form.add("which", "哪一种(&K)", self.which)
        self.form.add("amount", "金额（元）(&J)", self.amount, required=True)
        self.form.add("day", day_words, self.day, required=True)
        self.form.add("words", "说明(&S)", self.words)

    def problems(self) -> dict[str, str]:
        """A sum and a day."""
        found = {"day": self.day.problem() or ("" if self.day.day() else "请填日期。")}
        try:
            amount = fen(self.amount.text())
            found["amount"] = "" if amount >= 0 or self._below else "请填大于零的金额。"
        except NotAllowed as problem:
            found["amount"] = f"{problem.message}{problem.advice}"
        return found

    def answer(self) -> tuple[str, int, dt.date, str]:
        """Which, fen, day, words."""
        day = self.day.day()
        assert day is not None
        return str(self.which.currentData() or ""), fen(self.amount.text()), day, self.words.text()
