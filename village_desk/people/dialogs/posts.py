"""Asking about posts, terms and party members."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from village_desk.kit.errors import DeskError
from village_desk.people.dialogs.picking import person_picker
from village_desk.people.lookups import BodyRow, PersonRow
from village_desk.people.rules.bodies import ROLES, Body, Role
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog

HOW = ("选举", "推选", "任命", "委派", "聘用")


@dataclass(frozen=True)
class AppointAnswer:
    """Whom, to what, from when, how; `despite` is the reason for going on after a suspicion."""

    person_id: str
    role: str
    group: str
    from_on: dt.date
    how: str
    despite: str
    organisation_id: str = ""
    title: str = ""


class AppointDialog(AskDialog):
    """Appoint a person to a post; a refusal that a reason can answer opens the field for it."""

    def __init__(
        self,
        today: dt.date,
        find: Callable[[str], Sequence[PersonRow]],
        groups: Sequence[str],
        parent: QWidget | None = None,
        *,
        person: PersonRow | None = None,
        role: str = "",
        bodies: Sequence[BodyRow] = (),
        titles: Sequence[str] = (),
    ) -> None:
        super().__init__("任命", parent, accept="任命", width=560, closes=False)
        self._bodies = tuple(bodies)
        self.role = QComboBox()
        have = {body.kind for body in bodies}
        for one, rule in ROLES.items():
            # A village that has no teams and no council does not read through their posts.
            if not bodies or any(kind in have for kind in rule.bodies):
                self.role.addItem(rule.words, one.value)
        self.role.setMaxVisibleItems(20)
        self.organisation = QComboBox()
        self.title = QComboBox()
        self.title.setEditable(True)
        self.title.addItems(list(titles))
        self.group = QComboBox()
        self.group.addItems(list(groups))
        self.person = person_picker(find)
        self.day = DateEdit(today, today=today)
        self.how = QComboBox()
        self.how.setEditable(True)
        self.how.addItems(list(HOW))
        self.despite = QLineEdit()
        self.form.add("role", "职务(&R)", self.role, required=True)
        self.form.add("organisation", "组织(&O)", self.organisation)
        self.form.add("title", "岗位名称(&T)", self.title)
        self.form.add("group", "村民小组(&G)", self.group)
        self.form.add("person", "姓名(&N)", self.person, required=True)
        self.form.add("on", "就任日期(&D)", self.day, required=True)
        self.form.add("how", "产生方式(&H)", self.how)
        self.form.add("despite", "说明(&E)", self.despite)
        self.form.show_field("despite", False)
        self.role.currentIndexChanged.connect(lambda _index: self._fit_role())
        if role:
            self.role.setCurrentIndex(self.role.findData(role))
        if person:
            self.person.offer([person], person.id)
        self._fit_role()

    def _fit_role(self) -> None:
        role = Role(self.role.currentData())
        rule = ROLES[role]
        in_group = rule.body is Body.VILLAGERS_GROUP
        self.form.show_field("group", in_group)
        self.form.show_field("title", role is Role.DUTY_POST)
        fitting = [] if in_group else [body for body in self._bodies if body.kind in rule.bodies]
        self.organisation.clear()
        for body in fitting:
            self.organisation.addItem(body.name, body.id)
        self.form.show_field("organisation", len(fitting) > 1)

    def refuse(self, problem: DeskError) -> None:
        """Show the refusal; when it asks for a word about it, there is a place for that."""
        super().refuse(problem)
        if "写明" in problem.advice:
            self.form.show_field("despite", True)
            self.despite.setFocus()

    def problems(self) -> dict[str, str]:
        """A person and a day are needed."""
        found = {} if self.person.chosen() else {"person": "请查到并选中这个人。"}
        if self.day.day() is None:
            found["on"] = self.day.problem() or "请填写就任日期。"
        if self.role.currentData() == Role.DUTY_POST and not self.title.currentText().strip():
            found["title"] = "请填写岗位的名称，例如民事代办员。"
        return found

    def answer(self) -> AppointAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        group = ROLES[Role(self.role.currentData())].body is Body.VILLAGERS_GROUP
        return AppointAnswer(
            self.person.chosen(),
            str(self.role.currentData()),
            self.group.currentText() if group else "",
            day,
            self.how.currentText().strip(),
            self.despite.text().strip(),
            str(self.organisation.currentData() or ""),
            self.title.currentText().strip() if self.role.currentData() == Role.DUTY_POST else "",
        )


@dataclass(frozen=True)
class TermAnswer:
    """Which body, which term, from when."""

    organisation_id: str
    number: int
    from_on: dt.date


class TermDialog(AskDialog):
    """A new term of office."""

    def __init__(self, bodies: Sequence[BodyRow], today: dt.date, parent: QWidget | None = None) -> None:
        explain = "新一届从这一天起算，上一届还在任的职务同一天全部登记为换届离任；以前的应到名单不受影响。"
        super().__init__("登记换届", parent, accept="登记换届", explain=explain, closes=False)
        self.body_box = QComboBox()
        for body in bodies:
            self.body_box.addItem(body.name, body.id)
        self.number = QSpinBox()
        self.number.setRange(1, 99)
        self.number.setValue(1)
        self.day = DateEdit(today, today=today)
        self.form.add("body", "组织(&B)", self.body_box, required=True)
        self.form.add("number", "第几届(&N)", self.number, required=True)
        self.form.add("on", "从哪天起(&D)", self.day, required=True)

    def problems(self) -> dict[str, str]:
        """The day is needed."""
        return {} if self.day.day() else {"on": self.day.problem() or "请填写从哪天起。"}

    def answer(self) -> TermAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return TermAnswer(str(self.body_box.currentData()), self.number.value(), day)


@dataclass(frozen=True)
class MemberAnswer:
    """Who is a member, of which kind, since when."""

    person_id: str
    probationary: bool
    joined_on: dt.date | None
    full_on: dt.date | None
    file_birth: str


class MemberDialog(AskDialog):
    """Enter a party member; dates that nobody knows stay open."""

    def __init__(
        self, today: dt.date, find: Callable[[str], Sequence[PersonRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__("登记党员", parent, accept="登记", width=560, closes=False)
        self.person = person_picker(find)
        self.kind = QComboBox()
        self.kind.addItem("正式党员", False)
        self.kind.addItem("预备党员", True)
        self.joined = DateEdit(None, today=today)
        self.full = DateEdit(None, today=today)
        self.file_birth = QLineEdit()
        self.form.add("person", "姓名(&N)", self.person, required=True)
        self.form.add("kind", "类别(&K)", self.kind, required=True)
        self.form.add("joined", "入党日期(&J)", self.joined, hint="支部大会通过为预备党员的那一天。")
        self.form.add("full", "转正日期(&F)", self.full, hint="党龄从这一天算起。")
        hint = "和身份证不一致的，按档案填在这里，两个都保留。"
        self.form.add("file_birth", "档案出生日期(&B)", self.file_birth, hint=hint)
        self.kind.currentIndexChanged.connect(lambda _i: self.form.show_field("full", not self.kind.currentData()))

    def problems(self) -> dict[str, str]:
        """A person is needed; dates only when they can be read."""
        found = {} if self.person.chosen() else {"person": "请查到并选中这个人。"}
        for key, edit in (("joined", self.joined), ("full", self.full)):
            if edit.problem():
                found[key] = edit.problem()
        return found

    def answer(self) -> MemberAnswer:
        """What was chosen."""
        probationary = bool(self.kind.currentData())
        return MemberAnswer(
            self.person.chosen(),
            probationary,
            self.joined.day(),
            None if probationary else self.full.day(),
            self.file_birth.text().strip(),
        )
