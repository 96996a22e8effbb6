"""Asking about links: who stands by whom, a contact that was kept, the numbers of a kind."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from village_desk.people.dialogs.choosing import ManyPicker
from village_desk.people.dialogs.picking import person_picker
from village_desk.people.lookups import PersonRow
from village_desk.people.rules.links import END_WORDS, EVERY_WORDS, WAY_WORDS, End, Every, LinkRule, Way
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area

_TARGETS = {End.PERSON: "联系谁", End.HOUSEHOLD: "联系哪些户", End.UNIT: "哪些网格", End.BODY: "和谁结对"}


@dataclass(frozen=True)
class LinkAnswer:
    """Who holds the link, to whom, since when."""

    from_id: str
    to_ids: tuple[str, ...]
    to_name: str
    from_on: dt.date
    agreement: str
    phone_shown: bool


class LinkDialog(AskDialog):
    """Link a person or a body to many at once; `targets` are (id, words)."""

    def __init__(
        self,
        rule: LinkRule,
        today: dt.date,
        find: Callable[[str], Sequence[PersonRow]],
        bodies: Sequence[tuple[str, str]],
        targets: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"登记{rule.name}", parent, accept="登记", explain=rule.text, closes=False, width=620)
        self.rule = rule
        self.person = person_picker(find)
        self.organisation = QComboBox()
        for key, words in bodies:
            self.organisation.addItem(words, key)
        self.targets = ManyPicker("输入户号、户主、小组或名称里的字", targets)
        self.name = QLineEdit()
        self.agreement = QLineEdit()
        self.day = DateEdit(today, today=today)
        self.phone = QCheckBox("本人同意把电话印在联系卡上")
        if rule.from_end is End.BODY:
            self.form.add("from", "由哪个组织或单位(&F)", self.organisation, required=True)
        else:
            self.form.add("from", "由谁(&F)", self.person, required=True)
        if rule.to_end is not End.VILLAGE:
            self.form.add("to", f"{_TARGETS[rule.to_end]}(&T)", self.targets, required=rule.to_end is not End.BODY)
        if rule.to_end is End.BODY:
            self.form.add("name", "或村外单位名称(&N)", self.name)
        self.form.add("on", "从哪天起(&D)", self.day, required=True)
        if rule.from_end is End.BODY:
            self.form.add("agreement", "协议(&A)", self.agreement, hint="协议名称或编号，没有的可以不填。")
        elif rule.to_end is End.HOUSEHOLD:
            self.form.add("phone", "电话(&P)", self.phone)

    def problems(self) -> dict[str, str]:
        """Who, to whom, and a day."""
        found = {}
        if not self._holder():
            found["from"] = "请查到并选中这个人。" if self.rule.from_end is not End.BODY else "请先增加这个组织或单位。"
        if self.rule.to_end not in (End.VILLAGE, End.BODY) and not self.targets.chosen():
            found["to"] = "请至少勾选一个。"
        if self.rule.to_end is End.BODY and not self.targets.chosen() and not self.name.text().strip():
            found["to"] = "请勾选本村的组织，或者写村外单位的名称。"
        if self.day.day() is None:
            found["on"] = self.day.problem() or "请填写从哪天起。"
        return found

    def answer(self) -> LinkAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return LinkAnswer(
            self._holder(),
            () if self.rule.to_end is End.VILLAGE else self.targets.chosen(),
            self.name.text().strip() if self.rule.to_end is End.BODY else "",
            day,
            self.agreement.text().strip(),
            self.phone.isChecked(),
        )

    def _holder(self) -> str:
        if self.rule.from_end is End.BODY:
            return str(self.organisation.currentData() or "")
        return self.person.chosen()


@dataclass(frozen=True)
class ContactAnswer:
    """When, how, with whom, what was found and settled."""

    on: dt.date
    way: str
    to_id: str
    what: str
    settled: str
    item: str = ""


class ContactDialog(AskDialog):
    """A contact that a link holder kept; `targets` are (id, words) of those he stands by."""

    def __init__(
        self,
        rule: LinkRule,
        name: str,
        today: dt.date,
        targets: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"登记{name}的联系", parent, accept="登记", explain=rule.text, closes=False, width=560)
        self.way = QComboBox()
        first = Way.ACTIVITY if rule.from_end is End.BODY or rule.own_household else Way.VISIT
        first = Way.REPORT if rule.key == "lookout" else first
        for way in sorted(Way, key=lambda one: one is not first):
            self.way.addItem(WAY_WORDS[way], way.value)
        self.day = DateEdit(today, today=today)
        self.target = QComboBox()
        self.target.addItem("不分对象", "")
        for key, words in targets:
            self.target.addItem(words, key)
        if rule.to_end is End.HOUSEHOLD and first is Way.VISIT and targets:
            self.target.setCurrentIndex(1)
        self.item = QComboBox()
        self.item.addItems(["", *rule.items])
        self.what = text_area(2)
        self.what.setMaximumHeight(self.what.minimumHeight())
        self.settled = QLineEdit()
        self.form.add("way", "方式(&W)", self.way, required=True)
        self.form.add("on", "日期(&D)", self.day, required=True)
        self.form.add("to", "走访了谁(&T)", self.target)
        if rule.items:
            self.form.add("item", "送达内容(&I)", self.item)
        self.form.add("what", "情况和问题(&P)", self.what, hint="只留在本村电脑里，不随上报包走。")
        self.form.add("settled", "当场办理(&R)", self.settled)

    def problems(self) -> dict[str, str]:
        """The day."""
        return {} if self.day.day() else {"on": self.day.problem() or "请填写日期。"}

    def answer(self) -> ContactAnswer:
        """What was entered."""
        day = self.day.day()
        assert day is not None
        return ContactAnswer(
            day,
            str(self.way.currentData()),
            str(self.target.currentData() or ""),
            self.what.toPlainText().strip(),
            self.settled.text().strip(),
            self.item.currentText(),
        )


@dataclass(frozen=True)
class NumbersAnswer:
    """The numbers of a kind of link, and for a new one its name and ends."""

    name: str
    from_end: str
    to_end: str
    members_only: bool
    cover: bool
    least: int
    most: int
    visits: int
    visit_period: str
    days: int
    day_period: str
    text: str


class NumbersDialog(AskDialog):
    """The numbers that this place asks of a kind of link; without a rule a new kind is made."""

    def __init__(self, rule: LinkRule | None, parent: QWidget | None = None) -> None:
        super().__init__(
            f"{rule.name}的要求" if rule else "新建一种联系",
            parent,
            accept="保存",
            explain="数字按本地文件的要求填，没有要求的填0。",
            closes=False,
            width=580,
        )
        self.rule = rule
        self.name = QLineEdit()
        self.from_end = _ends((End.PERSON, End.BODY))
        self.to_end = _ends(tuple(End))
        self.to_end.setCurrentIndex(self.to_end.findData(End.HOUSEHOLD.value))
        self.members_only = QCheckBox("只由党员承担")
        self.cover = QCheckBox("每户都要有人联系")
        self.least, self.most = _number(), _number()
        self.visits, self.days = _number(), _number()
        self.visit_period, self.day_period = _periods(), _periods()
        self.text = QLineEdit()
        if rule is None:
            self.form.add("name", "名称(&N)", self.name, required=True)
            self.form.add("from", "由谁联系(&F)", self.from_end)
            self.form.add("to", "联系什么(&T)", self.to_end)
            self.form.add("members", "承担人(&P)", self.members_only)
        self.form.add("cover", "覆盖(&C)", self.cover)
        self.form.add("least", "最少联系(&L)", self.least)
        self.form.add("most", "最多联系(&M)", self.most)
        self.form.add("visit_period", "走访周期(&V)", self.visit_period)
        self.form.add("visits", "走访次数(&S)", self.visits)
        self.form.add("day_period", "到村周期(&E)", self.day_period)
        self.form.add("days", "到村天数(&D)", self.days)
        if rule is None:
            self.form.add("text", "要求原文(&O)", self.text)
        else:
            self.cover.setChecked(rule.cover)
            for box, number in (
                (self.least, rule.least),
                (self.most, rule.most),
                (self.visits, rule.visits),
                (self.days, rule.days),
            ):
                box.setValue(number)
            self.visit_period.setCurrentIndex(self.visit_period.findData(rule.visit_period.value))
            self.day_period.setCurrentIndex(self.day_period.findData(rule.day_period.value))

    def problems(self) -> dict[str, str]:
        """A new kind needs a name."""
        return {} if self.rule is not None else self.form.missing(name=self.name.text())

    def answer(self) -> NumbersAnswer:
        """What was entered."""
        return NumbersAnswer(
            self.name.text().strip(),
            str(self.from_end.currentData()),
            str(self.to_end.currentData()),
            self.members_only.isChecked(),
            self.cover.isChecked(),
            self.least.value(),
            self.most.value(),
            self.visits.value(),
            str(self.visit_period.currentData()),
            self.days.value(),
            str(self.day_period.currentData()),
            self.text.text().strip(),
        )


def _ends(ends: Sequence[End]) -> QComboBox:
    made = QComboBox()
    for one in ends:
        made.addItem(END_WORDS[one], one.value)
    return made


def _periods() -> QComboBox:
    made = QComboBox()
    for one in Every:
        made.addItem(EVERY_WORDS[one] or "没有要求", one.value)
    return made


def _number() -> QSpinBox:
    made = QSpinBox()
    made.setRange(0, 999)
    return made
