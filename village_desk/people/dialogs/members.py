"""Asking about party members: their fields, circumstances, who is left out of the count, steps, the branch's rule."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from village_desk.kit.errors import DeskError
from village_desk.people.dialogs.picking import person_picker
from village_desk.people.lookups import BranchRow, MemberCard, PersonRow
from village_desk.people.rules.development import STAGE_DAY_WORDS, STAGE_WORDS, Stage
from village_desk.people.rules.party import (
    EXCLUSION_RULE,
    FLAG_WORDS,
    FORM_WORDS,
    GROUND_WORDS,
    BranchRule,
    Flag,
    Form,
)
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog

_HOURS = 60


@dataclass(frozen=True)
class EditMemberAnswer:
    """What the membership is to say."""

    joined_on: dt.date | None
    full_on: dt.date | None
    job: str
    file_birth: str
    branch_id: str
    visiting: bool


class EditMemberDialog(AskDialog):
    """Fill in the dates and facts of a member; what nobody knows stays open."""

    def __init__(
        self, card: MemberCard, branches: Sequence[BranchRow], today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{card.row.name}的党员信息", parent, accept="保存", closes=False, width=600)
        self.about = card.row.id
        row = card.row
        self.joined = DateEdit(row.joined_on, today=today)
        self.full = DateEdit(row.full_on, today=today)
        self.job = QLineEdit(row.job)
        self.file_birth = QLineEdit(card.file_birth)
        self.branch = QComboBox()
        for one in branches:
            self.branch.addItem(one.name, one.id)
        self.branch.setCurrentIndex(max(0, self.branch.findData(row.branch_id)))
        self.visiting = QCheckBox("不在本村，列在名册上、不计入应到")
        self.visiting.setChecked(row.visiting)
        self.form.add("joined", "入党日期(&J)", self.joined, hint="支部大会通过为预备党员的那一天。")
        hint = "党龄从这一天算起；预备党员填上就登记为转正。" if row.probationary else "党龄从这一天算起。"
        self.form.add("full", "转正日期(&F)", self.full, hint=hint)
        self.form.add("job", "工作岗位(&W)", self.job)
        if len(branches) > 1:
            self.form.add("branch", "所在党支部(&B)", self.branch)
        hint = "和身份证不一致的，按档案填在这里，两个都保留。"
        self.form.add("file_birth", "档案出生日期(&A)", self.file_birth, hint=hint)
        self.form.add("visiting", "组织关系(&C)", self.visiting)

    def problems(self) -> dict[str, str]:
        """Dates that can be read and do not contradict each other."""
        found = {key: edit.problem() for key, edit in (("joined", self.joined), ("full", self.full)) if edit.problem()}
        joined, full = self.joined.day(), self.full.day()
        if joined and full and full < joined:
            found["full"] = "转正日期早于入党日期，请核对。"
        return found

    def answer(self) -> EditMemberAnswer:
        """What was typed."""
        return EditMemberAnswer(
            self.joined.day(),
            self.full.day(),
            self.job.text().strip(),
            self.file_birth.text().strip(),
            str(self.branch.currentData() or ""),
            self.visiting.isChecked(),
        )


@dataclass(frozen=True)
class FlagAnswer:
    """A circumstance, since when, where, who keeps in touch, the last contact."""

    kind: str
    from_on: dt.date | None
    place: str
    contact: str
    seen_on: dt.date | None
    note: str


class FlagDialog(AskDialog):
    """A member is floating, out of touch, in hardship or suspended."""

    def __init__(self, name: str, taken: Sequence[Flag], today: dt.date, parent: QWidget | None = None) -> None:
        explain = "这些情况只留在村里的电脑上，不报送乡镇，也不上墙。"
        super().__init__(f"登记{name}的情况", parent, accept="登记", explain=explain, closes=False)
        self.kind = QComboBox()
        for flag, words in FLAG_WORDS.items():
            if flag not in taken:
                self.kind.addItem(words, flag.value)
        self.day = DateEdit(None, today=today)
        self.place, self.contact, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.seen = DateEdit(None, today=today)
        self.form.add("kind", "情况(&K)", self.kind, required=True)
        self.form.add("on", "从哪天起(&D)", self.day, hint="不知道的可以空着，显示为未登记。")
        self.form.add("place", "外出流向(&P)", self.place)
        self.form.add("contact", "联系人(&C)", self.contact)
        self.form.add("seen", "最近联系(&L)", self.seen)
        self.form.add("note", "说明(&T)", self.note)
        self.kind.currentIndexChanged.connect(lambda _i: self._fit())
        self._fit()

    def _fit(self) -> None:
        kind = self.kind.currentData()
        self.form.show_field("place", kind == Flag.FLOATING)
        self.form.show_field("contact", kind in (Flag.FLOATING, Flag.LOST))
        self.form.show_field("seen", kind in (Flag.FLOATING, Flag.LOST))

    def problems(self) -> dict[str, str]:
        """Days that can be read."""
        return {key: edit.problem() for key, edit in (("on", self.day), ("seen", self.seen)) if edit.problem()}

    def answer(self) -> FlagAnswer:
        """What was typed."""
        return FlagAnswer(
            str(self.kind.currentData()),
            self.day.day(),
            self.place.text().strip(),
            self.contact.text().strip(),
            self.seen.day(),
            self.note.text().strip(),
        )


@dataclass(frozen=True)
class ExclusionAnswer:
    """On what ground, by whose consent and which meeting."""

    ground: str
    consent_by: str
    consent_on: dt.date | None
    passed_on: dt.date | None
    note: str


class ExclusionDialog(AskDialog):
    """One or several members are left out of 应到."""

    def __init__(self, names: Sequence[str], today: dt.date, parent: QWidget | None = None) -> None:
        whom = names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人"
        super().__init__(f"{whom}不计入应到", parent, accept="登记", explain=EXCLUSION_RULE, closes=False, width=600)
        self.ground = QComboBox()
        for one, words in GROUND_WORDS.items():
            self.ground.addItem(words, one.value)
        self.consent_by = QLineEdit()
        self.consent_by.setPlaceholderText("如 平安镇党委")
        self.consent = DateEdit(None, today=today)
        self.passed = DateEdit(None, today=today)
        self.note = QLineEdit()
        self.form.add("ground", "原因(&R)", self.ground, required=True)
        self.form.add("consent_by", "哪个上级同意(&B)", self.consent_by)
        self.form.add("consent", "上级同意的日期(&C)", self.consent)
        hint = "两样没登记全以前，仍计入应到；以后再登记一次补上就行。"
        self.form.add("passed", "党员大会通过的日期(&P)", self.passed, hint=hint)
        self.form.add("note", "说明(&T)", self.note)

    def problems(self) -> dict[str, str]:
        """Days that can be read, and who consented where a day is given."""
        found = {
            key: edit.problem() for key, edit in (("consent", self.consent), ("passed", self.passed)) if edit.problem()
        }
        if self.consent.day() and not self.consent_by.text().strip():
            found["consent_by"] = "请写明是哪个上级党组织同意的。"
        return found

    def answer(self) -> ExclusionAnswer:
        """What was typed."""
        return ExclusionAnswer(
            str(self.ground.currentData()),
            self.consent_by.text().strip(),
            self.consent.day(),
            self.passed.day(),
            self.note.text().strip(),
        )


@dataclass(frozen=True)
class StepAnswer:
    """A step with its day, who helps, and why it was taken all the same."""

    stage: str
    on: dt.date
    mentors: str
    despite: str


class StepDialog(AskDialog):
    """A step on the way to membership; where something is lacking, a field for the reason opens."""

    def __init__(self, name: str, stages: Sequence[Stage], today: dt.date, parent: QWidget | None = None) -> None:
        explain = "这里只记日期和提醒，发展党员的材料以纸质档案为准。"
        super().__init__(f"登记{name}的发展步骤", parent, accept="登记", explain=explain, closes=False, width=600)
        self.stage = QComboBox()
        for one in stages:
            self.stage.addItem(STAGE_WORDS[one], one.value)
        self.day = DateEdit(today, today=today)
        self.mentors = QLineEdit()
        self.mentors.setPlaceholderText("如 王伟、张红")
        self.despite = QLineEdit()
        self.form.add("stage", "登记为(&S)", self.stage, required=True)
        self.form.add("on", "日期(&D)", self.day, required=True)
        self.form.add("mentors", "培养联系人(&M)", self.mentors)
        self.form.add("despite", "仍这样办的原因(&R)", self.despite)
        self.form.show_field("despite", False)
        self.stage.currentIndexChanged.connect(lambda _i: self._fit())
        self._fit()

    def _fit(self) -> None:
        stage = Stage(str(self.stage.currentData()))
        self.form.field("on").set_hint(f"{STAGE_DAY_WORDS[stage]}。")
        self.form.show_field("mentors", stage in (Stage.ACTIVIST, Stage.CANDIDATE))

    def refuse(self, problem: DeskError) -> None:
        """Show the refusal; when it asks for a reason, there is a place for it."""
        super().refuse(problem)
        if "写明原因" in problem.advice:
            self.form.show_field("despite", True)
            self.despite.setFocus()

    def problems(self) -> dict[str, str]:
        """The day is needed."""
        return {} if self.day.day() else {"on": self.day.problem() or "请填写日期。"}

    def answer(self) -> StepAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return StepAnswer(str(self.stage.currentData()), day, self.mentors.text().strip(), self.despite.text().strip())


class ApplicantDialog(AskDialog):
    """Somebody applied for membership on a day."""

    def __init__(
        self, find: Callable[[str], Sequence[PersonRow]], today: dt.date, parent: QWidget | None = None
    ) -> None:
        explain = "从递交入党申请书那天记起；党组织一个月内要派人谈话。"
        super().__init__("登记入党申请人", parent, accept="登记", explain=explain, closes=False)
        self.person = person_picker(find)
        self.day = DateEdit(today, today=today)
        self.form.add("person", "申请人(&N)", self.person, required=True)
        self.form.add("on", "递交申请书(&D)", self.day, required=True)

    def problems(self) -> dict[str, str]:
        """A person and a day are needed."""
        found = {} if self.person.chosen() else {"person": "请查到并选中申请人。"}
        if self.day.day() is None:
            found["on"] = self.day.problem() or "请填写递交申请书的日期。"
        return found

    def answer(self) -> tuple[str, dt.date]:
        """Who, and when."""
        day = self.day.day()
        assert day is not None
        return self.person.chosen(), day


class TimeDialog(AskDialog):
    """Voluntary work on a day."""

    def __init__(self, name: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(f"登记{name}的志愿服务", parent, accept="登记", closes=False)
        self.day = DateEdit(today, today=today)
        self.hours, self.minutes = QSpinBox(), QSpinBox()
        self.hours.setRange(0, 24)
        self.hours.setValue(2)
        self.hours.setSuffix(" 小时")
        self.minutes.setRange(0, 55)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(" 分")
        self.what = QLineEdit()
        self.form.add("on", "日期(&D)", self.day, required=True)
        self.form.add("hours", "服务时间(&H)", self.hours)
        self.form.add("minutes", "另加(&M)", self.minutes)
        self.form.add("what", "做了什么(&W)", self.what, required=True)

    def problems(self) -> dict[str, str]:
        """Day, time and words are needed."""
        found = self.form.missing(what=self.what.text())
        if self.day.day() is None:
            found["on"] = self.day.problem() or "请填写日期。"
        if not self.hours.value() and not self.minutes.value():
            found["hours"] = "请填写服务了多长时间。"
        return found

    def answer(self) -> tuple[dt.date, int, str]:
        """The day, the minutes and what was done."""
        day = self.day.day()
        assert day is not None
        return day, self.hours.value() * _HOURS + self.minutes.value(), self.what.text().strip()


@dataclass(frozen=True)
class RuleAnswer:
    """What is laid down from a day on."""

    from_on: dt.date
    floating_out: bool
    basis: str
    contact_months: int
    hours: int
    post: bool


class RuleDialog(AskDialog):
    """What the branch or its superior laid down: floating members in the count, and what a step asks for."""

    def __init__(self, rule: BranchRule, today: dt.date, parent: QWidget | None = None) -> None:
        explain = "从这一天起的名单按新规定算，以前开过的会不变。"
        super().__init__("本村党员管理的规定", parent, accept="保存", explain=explain, closes=False, width=600)
        self.day = DateEdit(today, today=today)
        self.floating = QCheckBox("流动党员不计入应到")
        self.floating.setChecked(rule.floating_out)
        self.basis = QLineEdit(rule.basis)
        self.basis.setPlaceholderText("如 平安镇党委〔2026〕4号")
        self.months, self.hours = QSpinBox(), QSpinBox()
        self.months.setRange(1, 24)
        self.months.setValue(rule.contact_months)
        self.months.setSuffix(" 个月")
        self.hours.setRange(0, 2000)
        self.hours.setValue(rule.hours)
        self.hours.setSuffix(" 小时")
        self.hours.setSpecialValueText("不要求")
        self.post = QCheckBox("列为发展对象前要有上岗记录（先上岗，再入党）")
        self.post.setChecked(rule.post)
        self.form.add("on", "从哪天起(&D)", self.day, required=True)
        self.form.add("floating", "流动党员(&F)", self.floating)
        self.form.add("basis", "依据的文件(&B)", self.basis, hint="不计入应到的，名单下面会印出这份依据。")
        self.form.add("months", "多久没联系算失联(&M)", self.months)
        self.form.add("hours", "志愿服务至少(&H)", self.hours)
        self.form.add("post", "上岗(&P)", self.post)

    def problems(self) -> dict[str, str]:
        """The day, and the document where members are left out."""
        found = {} if self.day.day() else {"on": self.day.problem() or "请填写从哪天起。"}
        if self.floating.isChecked() and not self.basis.text().strip():
            found["basis"] = "请写明依据哪份文件；没有文件的，仍计入应到。"
        return found

    def answer(self) -> RuleAnswer:
        """What was chosen."""
        day = self.day.day()
        assert day is not None
        return RuleAnswer(
            day,
            self.floating.isChecked(),
            self.basis.text().strip(),
            self.months.value(),
            self.hours.value(),
            self.post.isChecked(),
        )


class PartyFormDialog(AskDialog):
    """What the village's party organisation is, and a branch below it."""

    def __init__(self, branches: Sequence[BranchRow], parent: QWidget | None = None) -> None:
        explain = "党总支下面可以设几个党支部，党员分到各支部；不满7名正式党员的支部不设委员会。"
        super().__init__("党组织的设置", parent, accept="保存", explain=explain, closes=False, width=600)
        first = branches[0] if branches else None
        self.form_box = QComboBox()
        for one, words in FORM_WORDS.items():
            if one is not Form.SUB_BRANCH:
                self.form_box.addItem(words, one.value)
        self.form_box.setCurrentIndex(max(0, self.form_box.findData(first.form if first else "")))
        self.name = QLineEdit(first.name if first else "")
        self.below = QLineEdit()
        self.below.setPlaceholderText("如 东河村第一党支部，不用新设的空着")
        self.form.add("form", "村党组织是(&F)", self.form_box, required=True)
        self.form.add("name", "名称(&N)", self.name)
        there = "、".join(f"{one.name}（{one.members}人）" for one in branches[1:])
        hint = f"已有：{there}。" if there else ""
        self.form.add("below", "新设下级党支部(&B)", self.below, hint=hint)

    def answer(self) -> tuple[str, str, str]:
        """Form, name, and the name of a new branch."""
        return str(self.form_box.currentData()), self.name.text().strip(), self.below.text().strip()
