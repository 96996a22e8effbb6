"""Asking about persons and households: the card's form, moving to another household, leaving the village."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from village_desk.people.dialogs.inputs import word_box
from village_desk.people.dialogs.picking import household_picker
from village_desk.people.lookups import HouseholdCard, PersonCard
from village_desk.people.rules.changes import CHANGE_WORDS, COMING, Change
from village_desk.people.rules.persons import BIRTH_SOURCES, CITIZEN_CARD, IDENTITY_KINDS, check_person
from village_desk.people.rules.words import LIVING_WORDS, PEOPLES, POLITICAL_WORDS, SEX_WORDS, Living, Political
from village_desk.widgets import theme
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import Form
from village_desk.widgets.layout import column, row, scrolled

RELATIONS = (
    "户主 妻 夫 长子 次子 长女 次女 儿媳 女婿 孙子 孙女 外孙子 外孙女 父亲 母亲 祖父 祖母 兄 弟 姐 妹 其他亲属 非亲属"
).split()
_SCHOOLS = ("", "小学", "初中", "高中", "中专", "大专", "本科", "研究生", "文盲或半文盲")
_MARRIAGES = ("", "未婚", "已婚", "丧偶", "离婚")


@dataclass(frozen=True)
class PersonAnswer:
    """The card's fields by name, and for a new person the household: an id, or number and group of a new one."""

    values: Mapping[str, str]
    household_id: str = ""
    new_number: str = ""
    new_group: str = ""
    came: tuple[str, dt.date | None, str] = ("", None, "")


class PersonDialog(AskDialog):
    """The card of a person; a fault is told under its field as soon as the field is left."""

    def __init__(
        self,
        today: dt.date,
        parent: QWidget | None = None,
        *,
        card: PersonCard | None = None,
        groups: Sequence[str] = (),
        find_households: Callable[[str], Sequence[HouseholdCard]] = lambda words: (),
        household: HouseholdCard | None = None,
    ) -> None:
        title = f"修改{card.row.name}的登记" if card else "新增村民"
        super().__init__(title, parent, accept="保存" if card else "登记", width=860, closes=False)
        self.about = card.id if card else ""
        self._today = today
        self._card = card
        self.name = QLineEdit()
        self.identity_kind = word_box(IDENTITY_KINDS)
        self.identity = QLineEdit()
        self.identity_reason = QLineEdit()
        self.sex = _choices({one.value: words for one, words in SEX_WORDS.items()})
        self.birth = QLineEdit()
        self.birth.setPlaceholderText("如1968-3-5、1968.03")
        self.phone = QLineEdit()
        self.relation = word_box(["", *RELATIONS])
        self.political = _choices({one.value: words for one, words in POLITICAL_WORDS.items()}, last=Political.UNKNOWN)
        self.people = word_box(["", *PEOPLES])
        self.schooling = word_box(_SCHOOLS)
        self.marriage = word_box(_MARRIAGES)
        self.former_name = QLineEdit()
        self.living = _choices({one.value: words for one, words in LIVING_WORDS.items()}, last=Living.UNKNOWN)
        self.address = QLineEdit()
        self.birth_source = word_box(("", *BIRTH_SOURCES))
        self.residence, self.health, self.military, self.work = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.note = QLineEdit()
        self.new_number, self.new_group = QLineEdit(), word_box(["", *groups])
        self.homes = household_picker(find_households)
        self.came_how = _choices({"": "原来就在村里", **{one.value: CHANGE_WORDS[one] for one in COMING}}, last="")
        self.came_on = DateEdit(None, today=today)
        self.came_from = QLineEdit()
        self.left, self.right = Form(), Form()
        columns = QWidget()
        columns.setLayout(row(column(self.left, None), column(self.right, None), spacing=24))
        area = scrolled(columns)
        # The form scrolls; the dialog must fit the screen in large type.
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.body.addWidget(area, 1)
        self._build()
        if card:
            self._fill(card)
        elif household:
            self.homes.offer([household], household.id)
        self.show_reason()
        area.setMinimumHeight(min(theme.current().px(470), 520))

    def _build(self) -> None:
        left, right = self.left, self.right
        left.add("name", "姓名(&N)", self.name, required=True)
        if self._card is not None:
            left.add("identity_kind", "证件类型(&C)", self.identity_kind)
        left.add("identity", "身份证号(&I)" if self._card is None else "证件号码(&I)", self.identity, hint="")
        left.add(
            "identity_reason", "保留原因(&R)", self.identity_reason, hint="户口簿上就是这个号的，写明原因后可以保留。"
        )
        left.add("sex", "性别(&S)", self.sex)
        left.add("birth", "出生日期(&B)", self.birth)
        left.add("phone", "联系电话(&P)", self.phone)
        left.add("political", "政治面貌(&Z)", self.political)
        left.add("people", "民族(&M)", self.people)
        if self._card is None:
            right.add("household", "所在户(&H)", self.homes, hint="查不到的，在下面填新户号和小组，会新立一户。")
            right.add("new_number", "新户号(&U)", self.new_number)
            right.add("new_group", "村民小组(&G)", self.new_group)
            left.add("came_how", "怎么来的(&K)", self.came_how)
            left.add("came_on", "入户日期(&D)", self.came_on)
            left.add("came_from", "从哪里来(&O)", self.came_from)
            self.came_how.currentIndexChanged.connect(lambda _i: self._fit_coming())
            self._fit_coming()
        right.add("relation", "与户主关系(&L)", self.relation)
        right.add("schooling", "文化程度(&E)", self.schooling)
        right.add("living", "常住或外出(&W)", self.living)
        right.add("address", "户籍地址(&A)", self.address)
        if self._card is not None:
            left.add("birth_source", "出生日期依据(&V)", self.birth_source)
            left.add("marriage", "婚姻状况(&Y)", self.marriage)
            left.add("former_name", "曾用名(&F)", self.former_name)
            right.add("residence", "常住地址(&J)", self.residence)
            right.add("work", "就业或外出地(&X)", self.work)
            right.add("military", "兵役情况(&Q)", self.military)
            right.add("health", "健康或残疾(&K)", self.health, hint="只在村内人员卡上看得到，不打印、不上墙、不报送。")
        right.add("note", "备注(&T)", self.note)
        if self._card is not None:
            if not self._card.row.household_id:
                right.add("new_group", "村民小组(&G)", self.new_group)
        for key, edit in self._edits().items():
            if isinstance(edit, QLineEdit):
                edit.editingFinished.connect(partial(self.check_field, key))
        self.identity.textChanged.connect(lambda _text: self.show_reason())
        self.identity_kind.currentTextChanged.connect(lambda _text: self.show_reason())

    def _fit_coming(self) -> None:
        how = self.came_how.currentData()
        self.left.show_field("came_on", bool(how))
        self.left.show_field("came_from", how in (Change.MARRIED_IN, Change.MOVED_IN))

    def _edits(self) -> dict[str, QWidget]:
        edits: dict[str, QWidget] = {
            "name": self.name,
            "identity": self.identity,
            "identity_reason": self.identity_reason,
            "sex": self.sex,
            "birth": self.birth,
            "phone": self.phone,
            "political": self.political,
            "people": self.people,
            "relation": self.relation,
            "schooling": self.schooling,
            "living": self.living,
            "address": self.address,
            "note": self.note,
        }
        if self._card is not None:
            edits |= {
                "marriage": self.marriage,
                "former_name": self.former_name,
                "identity_kind": self.identity_kind,
                "birth_source": self.birth_source,
                "residence": self.residence,
                "work": self.work,
                "military": self.military,
                "health": self.health,
            }
            if not self._card.row.household_id:
                edits["group_name"] = self.new_group
        return edits

    def _fill(self, card: PersonCard) -> None:
        row_ = card.row
        for edit, value in (
            (self.name, row_.name),
            (self.identity, row_.identity),
            (self.identity_reason, card.identity_reason),
            (self.birth, row_.birth),
            (self.phone, row_.phone),
            (self.former_name, card.former_name),
            (self.address, card.address),
            (self.note, card.note),
            (self.residence, card.residence),
            (self.work, card.work),
            (self.military, card.military),
            (self.health, card.health),
        ):
            edit.setText(value)
        for box, value in ((self.sex, row_.sex), (self.political, row_.political), (self.living, row_.living)):
            box.setCurrentIndex(max(0, box.findData(value)))
        for box, value in (
            (self.people, card.people),
            (self.relation, row_.relation),
            (self.schooling, card.schooling),
            (self.marriage, card.marriage),
            (self.new_group, card.own_group),
            (self.identity_kind, card.identity_kind or CITIZEN_CARD),
            (self.birth_source, card.birth_source),
        ):
            box.setCurrentText(value)

    def typed(self) -> dict[str, str]:
        """Every field as it stands."""
        return {key: _text(edit) for key, edit in self._edits().items()}

    def show_reason(self) -> None:
        """Ask for the reason only when there is a number that does not pass the check."""
        typed = {"identity": self.identity.text(), "identity_kind": self.identity_kind.currentText()}
        faulty = "identity" in check_person(typed, self._today).problems
        self.left.show_field("identity_reason", faulty or bool(self.identity_reason.text()))

    def check_field(self, key: str) -> None:
        """Tell what is wrong with a field when it is left."""
        form = self.left if key in dict(self.left.fields()) else self.right
        if key not in dict(form.fields()):
            return
        checked = check_person(self.typed(), self._today)
        typed = _text(self._edits()[key])
        form.field(key).wrong(checked.problems.get(key, "") if typed else "")
        if key == "identity" and not checked.problems.get("identity"):
            self.left.field("identity").wrong("")
            if not self.birth.text() and checked.values.get("birth"):
                self.birth.setText(checked.values["birth"])
            if not _text(self.sex) and checked.values.get("sex"):
                self.sex.setCurrentIndex(self.sex.findData(checked.values["sex"]))

    def problems(self) -> dict[str, str]:
        """Every fault; both columns show their own."""
        found = dict(check_person(self.typed(), self._today).problems)
        if self._card is None and self.came_how.currentData() and self.came_on.day() is None:
            found["came_on"] = self.came_on.problem() or "请填写入户日期；不知道的，请选“原来就在村里”。"
        on_left = self.left.tell({key: text for key, text in found.items() if key in dict(self.left.fields())})
        on_right = self.right.tell({key: text for key, text in found.items() if key in dict(self.right.fields())})
        return {} if on_left and on_right else {"": "请改好标出来的地方，再保存。"}

    def answer(self) -> PersonAnswer:
        """The card as it is to be kept."""
        new = not self.homes.chosen()
        return PersonAnswer(
            self.typed(),
            self.homes.chosen(),
            self.new_number.text().strip() if new else "",
            self.new_group.currentText().strip(),
            self._came(),
        )

    def _came(self) -> tuple[str, dt.date | None, str]:
        how = str(self.came_how.currentData() or "")
        return (how, self.came_on.day(), self.came_from.text().strip()) if how else ("", None, "")


@dataclass(frozen=True)
class MoveAnswer:
    """Into which household, as what, from which day and why."""

    household_id: str
    relation: str
    on: dt.date
    reason: str


class MoveDialog(AskDialog):
    """A person joins another household."""

    def __init__(
        self,
        name: str,
        today: dt.date,
        find_households: Callable[[str], Sequence[HouseholdCard]],
        parent: QWidget | None = None,
    ) -> None:
        explain = "原来那一户和日期会留在经历里，以前的应到名单不受影响。"
        super().__init__(f"{name}转到另一户", parent, accept="转户", explain=explain, closes=False)
        self.homes = household_picker(find_households)
        self.relation = word_box(["", *RELATIONS])
        self.day = DateEdit(today, today=today)
        self.reason = word_box(["", "结婚", "离婚", "分户", "并户", "登记更正"])
        self.form.add("household", "转入哪一户(&H)", self.homes, required=True)
        self.form.add("relation", "与户主关系(&L)", self.relation)
        self.form.add("on", "从哪天起(&D)", self.day, required=True)
        self.form.add("reason", "原因(&R)", self.reason)

    def problems(self) -> dict[str, str]:
        """A household and a day are needed."""
        found = {} if self.homes.chosen() else {"household": "请查到并选中要转入的户。"}
        if self.day.day() is None:
            found["on"] = self.day.problem() or "请填写从哪天起。"
        return found

    def answer(self) -> MoveAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return MoveAnswer(
            self.homes.chosen(), self.relation.currentText().strip(), day, self.reason.currentText().strip()
        )


@dataclass(frozen=True)
class DayAnswer:
    """A day and a reason."""

    on: dt.date
    reason: str


class DayDialog(AskDialog):
    """One day, and a reason where one is asked for: moving out, dying, moving back, leaving a post."""

    def __init__(
        self,
        title: str,
        today: dt.date,
        parent: QWidget | None = None,
        *,
        accept: str,
        day_words: str,
        reasons: Sequence[str] = (),
        reason_needed: bool = False,
        reason_words: str = "原因",
        explain: str = "",
    ) -> None:
        super().__init__(title, parent, accept=accept, explain=explain, closes=False)
        self.day = DateEdit(today, today=today)
        self.reason = word_box(["", *reasons])
        self._reason_needed = reason_needed
        self.form.add("on", f"{day_words}(&D)", self.day, required=True)
        if reasons:
            self.form.add("reason", f"{reason_words}(&R)", self.reason, required=reason_needed)

    def problems(self) -> dict[str, str]:
        """The day, and the reason where it is needed."""
        found = {}
        if self.day.day() is None:
            found["on"] = self.day.problem() or "请填写日期。"
        if self._reason_needed and not self.reason.currentText().strip():
            found["reason"] = "请写明原因。"
        return found

    def answer(self) -> DayAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return DayAnswer(day, self.reason.currentText().strip())


class HouseholdDialog(AskDialog):
    """A household's number and group."""

    def __init__(self, card: HouseholdCard, groups: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("修改户号和小组", parent, accept="保存", closes=False)
        self.number = QLineEdit(card.number)
        self.group = word_box(["", *groups])
        self.group.setCurrentText(card.group)
        self.form.add("number", "户号(&U)", self.number)
        self.form.add("group", "村民小组(&G)", self.group)

    def answer(self) -> tuple[str, str]:
        """Number and group."""
        return self.number.text().strip(), self.group.currentText().strip()


def _choices(words: Mapping[str, str], *, last: str | None = None) -> QComboBox:
    box = QComboBox()
    ordered = [key for key in words if key != last] if last is not None else list(words)
    for key in ([last] if last is not None else []) + ordered:
        box.addItem(words[key], key)
    if last is None and "" in words:
        box.setCurrentIndex(box.findData(""))
    return box


def _text(edit: QWidget) -> str:
    if isinstance(edit, QComboBox):
        return edit.currentText().strip() if edit.isEditable() else str(edit.currentData() or "")
    assert isinstance(edit, QLineEdit)
    return edit.text().strip()
