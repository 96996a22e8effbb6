"""Asking about bodies: a new one or its changes, and what the holder of a post promised."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.people.lookups import BodyRow
from village_desk.people.rules.bodies import BODY_WORDS, PARTY_BODIES, STANDARD_BODIES, Body, Founding
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area

# Groups come with their households, branches below a general branch from the list of members.
_NOT_MADE_HERE = (*STANDARD_BODIES, Body.VILLAGERS_GROUP)


@dataclass(frozen=True)
class OrganisationAnswer:
    """What is known of a body."""

    kind: str
    name: str
    founding: str
    parents: tuple[str, ...]
    founded_on: dt.date | None
    phone: str


class OrganisationDialog(AskDialog):
    """Make a body, or change one."""

    def __init__(
        self, today: dt.date, parent: QWidget | None = None, *, body: BodyRow | None = None, have: Sequence[str] = ()
    ) -> None:
        super().__init__(
            f"修改{body.name}" if body else "增加组织",
            parent,
            accept="保存" if body else "增加",
            explain="" if body else "村委会、监委会等一次建好的组织不用在这里增加。",
            closes=False,
            width=560,
        )
        self.made = body
        self.kind = QComboBox()
        for kind in Body:
            if body is None and kind in _NOT_MADE_HERE and not (kind in PARTY_BODIES or kind.value not in have):
                continue
            self.kind.addItem(BODY_WORDS[kind], kind.value)
        self.name = QLineEdit(body.name if body else "")
        self.founding = QComboBox()
        for one in Founding:
            self.founding.addItem(one.words, one.value)
        self.parents = text_area(2)
        self.parents.setMaximumHeight(self.parents.minimumHeight())
        self.founded = DateEdit(body.founded_on if body else None, today=today)
        self.phone = QLineEdit()
        if body is None:
            self.form.add("kind", "种类(&K)", self.kind, required=True)
        self.form.add("name", "名称(&N)", self.name, hint="全村只有一个的，可以不填名称。" if body is None else "")
        self.form.add("founding", "组建方式(&F)", self.founding)
        hint = "一行写一个；只有联建的可以写几个。"
        self.form.add("parents", "上级或依托单位(&P)", self.parents, hint=hint)
        self.form.add("founded", "成立日期(&D)", self.founded)
        self.form.add("phone", "联系电话(&T)", self.phone)
        self.kind.currentIndexChanged.connect(lambda _index: self._fit())
        if body is not None:
            self.kind.setCurrentIndex(self.kind.findData(body.kind))
            self.founding.setCurrentIndex(max(0, self.founding.findData(body.founding)))
            self.parents.setPlainText("\n".join(body.parents))
            self.phone.setText(body.phone)
        self._fit()

    def _fit(self) -> None:
        party = self.kind.currentData() in set(PARTY_BODIES)
        self.form.show_field("founding", party)
        self.form.show_field("parents", party)

    def problems(self) -> dict[str, str]:
        """A body that is changed keeps a name; dates can be read."""
        found = self.form.missing(name=self.name.text()) if self.made is not None else {}
        if self.founded.problem():
            found["founded"] = self.founded.problem()
        return found

    def answer(self) -> OrganisationAnswer:
        """What was entered."""
        party = self.kind.currentData() in set(PARTY_BODIES)
        lines = [line.strip() for line in self.parents.toPlainText().splitlines() if line.strip()]
        return OrganisationAnswer(
            str(self.kind.currentData()),
            self.name.text().strip(),
            str(self.founding.currentData()) if party else "",
            tuple(lines) if party else (),
            self.founded.day(),
            self.phone.text().strip(),
        )


@dataclass(frozen=True)
class PledgeAnswer:
    """What was promised, by when, and what came of it."""

    text: str
    due: dt.date | None
    result: str
    task: str = ""


class PledgeDialog(AskDialog):
    """What the holder of a post promised."""

    def __init__(
        self,
        title: str,
        today: dt.date,
        parent: QWidget | None = None,
        *,
        text: str = "",
        due: dt.date | None = None,
        result: str = "",
        task: str = "",
    ) -> None:
        super().__init__(
            title, parent, accept="保存", explain="承诺内容会印在公示表上，请不要写别人的私事。", closes=False
        )
        self.text = text_area(3)
        self.text.setMaximumHeight(self.text.minimumHeight())
        self.text.setPlainText(text)
        self.due = DateEdit(due, today=today)
        self.outcome = QLineEdit(result)
        self.task = QLineEdit(task)
        self.form.add("task", "认领的任务(&T)", self.task)
        self.form.add("text", "承诺内容(&P)", self.text, required=True)
        self.form.add("due", "完成期限(&D)", self.due)
        self.form.add("result", "完成情况(&R)", self.outcome)

    def problems(self) -> dict[str, str]:
        """A promise."""
        found = self.form.missing(text=self.text.toPlainText())
        if self.due.problem():
            found["due"] = self.due.problem()
        return found

    def answer(self) -> PledgeAnswer:
        """What was entered."""
        return PledgeAnswer(
            self.text.toPlainText().strip(), self.due.day(), self.outcome.text().strip(), self.task.text().strip()
        )
