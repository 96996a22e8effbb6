"""Asking about a marriage and a divorce: with whom, since when, and who lives in which household afterwards."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.people.dialogs.inputs import day_problem, member_checklist, ticked, word_box
from village_desk.people.dialogs.person import RELATIONS
from village_desk.people.dialogs.picking import household_picker, person_picker
from village_desk.people.lookups import HouseholdCard, PersonRow
from village_desk.people.rules.changes import DIVORCE_SENTENCE
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog

STAY, TO_SPOUSE, TO_OTHER, NEW_HOME = "stay", "spouse", "other", "new"
_OWN, _HERS = "own:", "hers:"


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
        self.relation = word_box(("", "妻", "夫", "儿媳", "女婿", *RELATIONS))
        self.number = QLineEdit()
        self.group = word_box(("", *groups))
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
        found = day_problem(self.day, "请填写结婚日期。")
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
class DivorceAnswer:
    """From whom, since which day, and who goes where; `leaver_id` is empty when everybody stays."""

    spouse_id: str
    on: dt.date
    leaver_id: str
    with_ids: tuple[str, ...]
    household_id: str
    relation: str
    number: str
    group: str
    head_id: str


class DivorceDialog(AskDialog):
    """A pair is divorced; one of them may leave the household, with those who go along."""

    def __init__(
        self,
        person: PersonRow,
        spouse: PersonRow | None,
        family: Sequence[PersonRow],
        today: dt.date,
        find_people: Callable[[str], Sequence[PersonRow]],
        find_households: Callable[[str], Sequence[HouseholdCard]],
        groups: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            f"登记{person.name}离婚", parent, accept="登记", explain=DIVORCE_SENTENCE, closes=False, width=600
        )
        self._person, self._family = person, tuple(family)
        self.spouse = person_picker(find_people)
        if spouse is not None:
            self.spouse.offer([spouse], spouse.id)
        self.day = DateEdit(today, today=today)
        self.where = QComboBox()
        for key, words in (
            (STAY, "都留在原来的户，不转户"),
            (_OWN + TO_OTHER, f"{person.name}转到别的户"),
            (_OWN + NEW_HOME, f"{person.name}另立新户"),
            (_HERS + TO_OTHER, "对方转到别的户"),
            (_HERS + NEW_HOME, "对方另立新户"),
        ):
            self.where.addItem(words, key)
        self.others = member_checklist([one for one in family if one.id != person.id])
        self.homes = household_picker(find_households)
        self.relation = word_box(("", *RELATIONS))
        self.number = QLineEdit()
        self.group = word_box(("", *groups))
        self.head_box = QComboBox()
        hint = "对方没有登记在册的，这里空着。"
        self.form.add("spouse", "对方(&S)", self.spouse, hint=hint)
        self.form.add("on", "离婚日期(&D)", self.day, required=True)
        self.form.add("where", "离婚后的户(&W)", self.where)
        self.form.add("with", "一同转出的人(&T)", self.others, hint="孩子跟谁由当事人定，没有勾的都留在原来的户。")
        self.form.add("household", "转入哪一户(&H)", self.homes)
        self.form.add("relation", "与户主关系(&L)", self.relation)
        self.form.add("number", "新户号(&U)", self.number)
        self.form.add("group", "村民小组(&G)", self.group)
        self.form.add("head", "原来的户由谁任户主(&K)", self.head_box, required=True)
        self.where.currentIndexChanged.connect(lambda _i: self.fit())
        self.spouse.picked.connect(lambda _id: self.fit())
        self.others.itemChanged.connect(lambda _item: self._offer_heads())
        self.fit()

    @property
    def leaver_id(self) -> str:
        """Who leaves the household, "" when nobody does."""
        chosen = str(self.where.currentData())
        if chosen == STAY:
            return ""
        return self._person.id if chosen.startswith(_OWN) else self.spouse.chosen()

    def fit(self) -> None:
        """Show what the choice asks for."""
        chosen = str(self.where.currentData())
        moves, new = chosen != STAY, chosen.endswith(NEW_HOME)
        self.form.show_field("with", moves and len(self._family) > 2)
        self.form.show_field("household", moves and not new)
        self.form.show_field("relation", moves and not new)
        self.form.show_field("number", new)
        self.form.show_field("group", new)
        self._offer_heads()

    def _staying(self) -> list[PersonRow]:
        gone = {self.leaver_id, *(one for _, one in ticked(self.others))}
        return [one for one in self._family if one.id not in gone]

    def _offer_heads(self) -> None:
        """The next head is asked for only when the head leaves and somebody stays."""
        leaver, before = self.leaver_id, self.head_box.currentData()
        was_head = any(one.id == leaver and one.relation in ("户主", "本人") for one in self._family)
        staying = self._staying() if leaver and was_head else []
        self.head_box.clear()
        for one in staying:
            self.head_box.addItem(f"{one.name}（{one.relation or '关系未登记'}）", one.id)
        self.head_box.setCurrentIndex(max(0, self.head_box.findData(before)))
        self.form.show_field("head", bool(staying))

    def problems(self) -> dict[str, str]:
        """The day, and what the choice needs."""
        found = day_problem(self.day, "请填写离婚日期。")
        chosen = str(self.where.currentData())
        if chosen.startswith(_HERS) and not self.spouse.chosen():
            found["spouse"] = "请查到并选中对方；对方不在册的，不用登记他的户。"
        if chosen.endswith(TO_OTHER) and not self.homes.chosen():
            found["household"] = "请查到并选中要转入的户。"
        if chosen.endswith(NEW_HOME) and not self.number.text().strip() and not self.group.currentText().strip():
            found["number"] = "请填写新户号，或者选村民小组。"
        return found

    def answer(self) -> DivorceAnswer:
        """What was chosen."""
        day, chosen = self.day.day(), str(self.where.currentData())
        assert day is not None
        new, other = chosen.endswith(NEW_HOME), chosen.endswith(TO_OTHER)
        leaver = self.leaver_id
        return DivorceAnswer(
            self.spouse.chosen(),
            day,
            leaver,
            tuple(one for _, one in ticked(self.others) if leaver and one != leaver),
            self.homes.chosen() if other else "",
            self.relation.currentText().strip() if other else "",
            self.number.text().strip() if new else "",
            self.group.currentText().strip() if new else "",
            str(self.head_box.currentData() or ""),
        )
