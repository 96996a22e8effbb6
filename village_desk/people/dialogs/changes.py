"""Asking about what happened in a life: division, another head, an absence, a death, a standing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.people.dialogs.inputs import day_problem, member_checklist, ticked, word_box
from village_desk.people.dialogs.person import RELATIONS
from village_desk.people.lookups import HouseholdCard, PersonRow
from village_desk.people.rules.changes import ABSENCE_WORDS, KEPT_SENTENCE
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog


@dataclass(frozen=True)
class DivisionAnswer:
    """Who goes, who becomes the new head, the new number, the day and why."""

    person_ids: tuple[str, ...]
    head_id: str
    number: str
    on: dt.date
    reason: str


class DivisionDialog(AskDialog):
    """Some members of a household set up one of their own."""

    def __init__(self, home: HouseholdCard, today: dt.date, parent: QWidget | None = None, *, first: str = "") -> None:
        explain = "打勾的人分出去另立一户，新户在同一个村民小组；原来的户和日期留在经历里。"
        super().__init__(
            f"{home.head or home.number or '这一户'}家分户", parent, accept="分户", explain=explain, closes=False
        )
        self.people = member_checklist(home.members, ticked=(first,) if first else ())
        self.head_box = QComboBox()
        self.number = QLineEdit()
        self.day = DateEdit(today, today=today)
        self.reason = word_box(("分户", "结婚", "离婚"))
        self.form.add("people", "分出去的人(&P)", self.people, required=True)
        self.form.add("head", "新户主(&H)", self.head_box, required=True)
        self.form.add("number", "新户号(&U)", self.number)
        self.form.add("on", "分户日期(&D)", self.day, required=True)
        self.form.add("reason", "原因(&R)", self.reason)
        self.people.itemChanged.connect(lambda _item: self._offer_heads())
        self._offer_heads()

    def _offer_heads(self) -> None:
        before = self.head_box.currentData()
        self.head_box.clear()
        for name, person_id in ticked(self.people):
            self.head_box.addItem(name, person_id)
        self.head_box.setCurrentIndex(max(0, self.head_box.findData(before)))

    def problems(self) -> dict[str, str]:
        """Somebody goes, somebody stays, and the day is known."""
        found = day_problem(self.day, "请填写分户日期。")
        gone = len(ticked(self.people))
        if not gone:
            found["people"] = "请勾出分出去的人。"
        elif gone == self.people.count():
            found["people"] = "原来的户至少要留一个人。"
        return found

    def answer(self) -> DivisionAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return DivisionAnswer(
            tuple(person_id for _, person_id in ticked(self.people)),
            str(self.head_box.currentData()),
            self.number.text().strip(),
            day,
            self.reason.currentText().strip(),
        )


class HeadDialog(AskDialog):
    """Another member becomes head, because somebody died or because the family wants it."""

    def __init__(
        self,
        title: str,
        members: Sequence[PersonRow],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        accept: str,
        day_words: str,
        optional: bool = False,
        explain: str = "",
        head_words: str = "新户主",
        asks_relation: bool = True,
    ) -> None:
        super().__init__(title, parent, accept=accept, explain=explain, closes=False)
        self.head_box = QComboBox()
        if optional:
            self.head_box.addItem("先不定", "")
        for one in members:
            self.head_box.addItem(f"{one.name}（{one.relation or '关系未登记'}）", one.id)
        self.day = DateEdit(today, today=today)
        self.old = word_box(("", *RELATIONS))
        self._optional, self._head_words = optional, head_words
        self.form.add("on", f"{day_words}(&D)", self.day, required=True)
        if members:
            hint = "其他成员与新户主的关系，请随后逐个修改。" if asks_relation else ""
            self.form.add("head", f"{head_words}(&H)", self.head_box, required=not optional, hint=hint)
        if not optional and asks_relation:
            self.form.add("old", "原户主是新户主的(&L)", self.old)

    def problems(self) -> dict[str, str]:
        """The day, and a head where one must be chosen."""
        found = day_problem(self.day, "请填写日期。")
        if not self._optional and not self.head_box.currentData():
            found["head"] = f"请选{self._head_words}。"
        return found

    def answer(self) -> tuple[dt.date, str, str]:
        """The day, the new head ("" for none), and what the old head is to him."""
        day = self.day.day()
        assert day is not None
        return day, str(self.head_box.currentData() or ""), self.old.currentText().strip()


@dataclass(frozen=True)
class AwayAnswer:
    """Why, since when, where, and whether the registration left too."""

    ground: str
    on: dt.date
    place: str
    moves_out: bool


class AwayDialog(AskDialog):
    """Somebody is away: in the army, at school, at work."""

    def __init__(self, name: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(f"登记{name}外出", parent, accept="登记", explain=KEPT_SENTENCE, closes=False)
        self.ground = QComboBox()
        for one, words in ABSENCE_WORDS.items():
            self.ground.addItem(words, one.value)
        self.day = DateEdit(today, today=today)
        self.place = QLineEdit()
        self.moves = QCheckBox("户籍同时迁出或注销")
        hint = "原因和去向只留在村里，不报送乡镇。"
        self.form.add("ground", "原因(&R)", self.ground, required=True)
        self.form.add("on", "从哪天起(&D)", self.day, required=True)
        self.form.add("place", "去向(&P)", self.place, hint=hint)
        self.form.add("moves", "户籍(&H)", self.moves)

    def problems(self) -> dict[str, str]:
        """The day is needed."""
        return day_problem(self.day, "请填写从哪天起。")

    def answer(self) -> AwayAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return AwayAnswer(str(self.ground.currentData()), day, self.place.text().strip(), self.moves.isChecked())


class StandingDialog(AskDialog):
    """A person belongs to one of the counts from a day on; the day may be unknown."""

    def __init__(
        self,
        title: str,
        today: dt.date,
        parent: QWidget | None = None,
        *,
        grounds: Sequence[str] = (),
        explain: str = "",
        day: dt.date | None = None,
        day_needed: bool = False,
        ground_words: str = "依据",
    ) -> None:
        super().__init__(title, parent, accept="登记", explain=explain, closes=False, width=600)
        self._day_needed = day_needed
        self.day = DateEdit(day, today=today)
        self.ground = word_box(("", *grounds))
        hint = "" if day_needed else "不知道的可以空着，显示为未登记。"
        self.form.add("on", "从哪天起(&D)", self.day, required=day_needed, hint=hint)
        if grounds:
            self.form.add("ground", f"{ground_words}(&G)", self.ground)

    def problems(self) -> dict[str, str]:
        """The day, when it must be known or cannot be read."""
        if self.day.problem():
            return {"on": self.day.problem()}
        return {"on": "请填写日期。"} if self._day_needed and self.day.day() is None else {}

    def answer(self) -> tuple[dt.date | None, str]:
        """The day and the ground."""
        return self.day.day(), self.ground.currentText().strip()
