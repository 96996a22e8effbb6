"""Asking about what happened in a life: marriage, division, another head, an absence, a death, a standing."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from village_desk.people.dialogs.person import RELATIONS
from village_desk.people.dialogs.picking import household_picker, person_picker
from village_desk.people.lookups import HouseholdCard, PersonRow
from village_desk.people.rules.changes import ABSENCE_WORDS, KEPT_SENTENCE
from village_desk.widgets import theme
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog

STAY, TO_SPOUSE, TO_OTHER, NEW_HOME = "stay", "spouse", "other", "new"


@dataclass(frozen=True)
class MarriageAnswer:
    """With whom, from which day, and into which household."""

    spouse_id: str
    on: dt.date
    where: str
    household_id: str
    relation: str
    number: str
    group: str


class MarriageDialog(AskDialog):
    """Two people marry; one of them may move, or both set up a household."""

    def __init__(
        self,
        name: str,
        today: dt.date,
        find_people: Callable[[str], Sequence[PersonRow]],
        find_households: Callable[[str], Sequence[HouseholdCard]],
        groups: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        explain = "原来的户留在经历里，以前的应到名单和集体经济组织成员身份都不受影响。"
        super().__init__(f"登记{name}结婚", parent, accept="登记", explain=explain, closes=False, width=600)
        self.spouse = person_picker(find_people)
        self.day = DateEdit(today, today=today)
        self.where = QComboBox()
        for key, words in (
            (TO_SPOUSE, f"{name}转到对方的户"),
            (STAY, "各在原来的户，不转户"),
            (NEW_HOME, f"两人另立新户，{name}为户主"),
            (TO_OTHER, f"{name}转到别的户"),
        ):
            self.where.addItem(words, key)
        self.homes = household_picker(find_households)
        self.relation = _editable(("", "妻", "夫", "儿媳", "女婿", *RELATIONS))
        self.number = QLineEdit()
        self.group = _editable(("", *groups))
        hint = "配偶是外村人、没有登记在册的，这里空着，转户选“各在原来的户”或“转到别的户”。"
        self.form.add("spouse", "配偶(&S)", self.spouse, hint=hint)
        self.form.add("on", "结婚日期(&D)", self.day, required=True)
        self.form.add("where", "婚后的户(&W)", self.where)
        self.form.add("household", "转入哪一户(&H)", self.homes)
        self.form.add("relation", "与户主关系(&L)", self.relation)
        self.form.add("number", "新户号(&U)", self.number)
        self.form.add("group", "村民小组(&G)", self.group)
        self.where.currentIndexChanged.connect(lambda _i: self.fit())
        self.fit()

    def fit(self) -> None:
        """Show what the choice asks for."""
        where = self.where.currentData()
        self.form.show_field("household", where == TO_OTHER)
        self.form.show_field("relation", where in (TO_OTHER, TO_SPOUSE))
        self.form.show_field("number", where == NEW_HOME)
        self.form.show_field("group", where == NEW_HOME)

    def problems(self) -> dict[str, str]:
        """The day, and what the choice needs."""
        found = _day_problem(self.day, "请填写结婚日期。")
        where = self.where.currentData()
        if where == TO_SPOUSE and not self.spouse.chosen():
            found["spouse"] = "请查到并选中配偶；配偶不在册的，请改选“婚后的户”。"
        if where == TO_OTHER and not self.homes.chosen():
            found["household"] = "请查到并选中要转入的户。"
        if where == NEW_HOME and not self.number.text().strip() and not self.group.currentText().strip():
            found["number"] = "请填写新户号，或者选村民小组。"
        return found

    def answer(self) -> MarriageAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return MarriageAnswer(
            self.spouse.chosen(),
            day,
            str(self.where.currentData()),
            self.homes.chosen(),
            self.relation.currentText().strip(),
            self.number.text().strip(),
            self.group.currentText().strip(),
        )


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
        self.reason = _editable(("分户", "结婚", "离婚"))
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
        found = _day_problem(self.day, "请填写分户日期。")
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
    ) -> None:
        super().__init__(title, parent, accept=accept, explain=explain, closes=False)
        self.head_box = QComboBox()
        if optional:
            self.head_box.addItem("先不定", "")
        for one in members:
            self.head_box.addItem(f"{one.name}（{one.relation or '关系未登记'}）", one.id)
        self.day = DateEdit(today, today=today)
        self.old = _editable(("", *RELATIONS))
        self._optional = optional
        self.form.add("on", f"{day_words}(&D)", self.day, required=True)
        if members:
            hint = "其他成员与新户主的关系，请随后逐个修改。"
            self.form.add("head", "新户主(&H)", self.head_box, required=not optional, hint=hint)
        if not optional:
            self.form.add("old", "原户主是新户主的(&L)", self.old)

    def problems(self) -> dict[str, str]:
        """The day, and a head where one must be chosen."""
        found = _day_problem(self.day, "请填写日期。")
        if not self._optional and not self.head_box.currentData():
            found["head"] = "请选新户主。"
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
        return _day_problem(self.day, "请填写从哪天起。")

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
        self.ground = _editable(("", *grounds))
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


def member_checklist(members: Sequence[PersonRow], *, ticked: Sequence[str] = ()) -> QListWidget:
    """Members of a household to be ticked."""
    box = QListWidget()
    box.setProperty("role", "list")
    look = theme.current()
    for one in members:
        age = f" · {one.age}岁" if one.age is not None else ""
        item = QListWidgetItem(f"{one.name} · {one.relation or '关系未登记'}{age}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if one.id in ticked else Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.UserRole, (one.name, one.id))
        box.addItem(item)
    box.setFixedHeight(min(6, max(2, len(members))) * look.px(32) + look.px(12))
    return box


def ticked(box: QListWidget) -> list[tuple[str, str]]:
    """Name and id of those that are ticked."""
    items = [box.item(i) for i in range(box.count())]
    found = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
    return [(str(name), str(person_id)) for name, person_id in found]


def _day_problem(day: DateEdit, missing: str) -> dict[str, str]:
    return {} if day.day() is not None else {"on": day.problem() or missing}


def _editable(words: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(dict.fromkeys(words)))
    return box
