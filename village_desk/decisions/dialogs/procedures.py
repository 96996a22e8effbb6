"""Choosing a procedure to copy, and writing a village's own one step by step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from village_desk.decisions.dialogs.ways import number_of
from village_desk.rulebook.rules import Body, StageKind, StageTemplate
from village_desk.widgets import theme
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.forms import Form
from village_desk.widgets.layout import button, flow, label
from village_desk.widgets.tall import TallDialog

_KINDS = (
    ("meeting", "开会表决（定好的会议）"),
    ("vote", "由村民表决（按事项类别定会议）"),
    ("task", "办理（不开会）"),
    ("publication", "公开"),
)
_SHEETS = (
    ("resolution", "决议公开"),
    ("result", "实施结果公开"),
    ("deliberation", "协商、议事结果公开"),
    ("affairs", "村务公开"),
    ("finance", "财务公开"),
    ("honours", "评先评优公示"),
)
_BODIES = (
    (Body.PARTY_COMMITTEE, "party_committee"),
    (Body.TWO_COMMITTEES, "two_committees"),
    (Body.PARTY_MEMBERS, "party_members"),
    (Body.VILLAGE_COMMITTEE, "village_committee"),
    (Body.SUPERVISION_COMMITTEE, "supervision_committee"),
    (Body.VILLAGE_COUNCIL, "village_council"),
)


@dataclass(frozen=True)
class ProcedureChoice:
    """One procedure to choose: its steps in words, where it comes from, what the law misses in it."""

    key: str
    name: str
    origin: str
    steps: str
    gaps: tuple[Check, ...]
    local: bool


class ProceduresDialog(TallDialog):
    """办事程序: the verb copies the chosen one; emits `asked(act, key)` with change, chart or drop."""

    asked = Signal(str, str)

    def __init__(self, choices: Sequence[ProcedureChoice], parent: QWidget | None = None) -> None:
        explain = "选一个程序看它的步骤。要改的先另存一份；正在办的事情一直用立项时的那一版。"
        super().__init__("办事程序", parent, accept="另存一份", width=760, explain=explain)
        self.cancel_button.setText("关闭")
        look = theme.current()
        self._choices = {choice.key: choice for choice in choices}
        self.list = QListWidget()
        self.list.setAccessibleName("办事程序")
        for choice in choices:
            self.list.addItem(choice.name)
            self.list.item(self.list.count() - 1).setData(Qt.ItemDataRole.UserRole, choice.key)
        self.list.setMinimumHeight(look.px(220))
        self.origin, self.steps = label("", "muted"), label("")
        self.gaps = Checks()
        self.new_name = QLineEdit()
        self.change_button = button("修改", "pencil", clicked=lambda: self.asked.emit("change", self.key()))
        self.chart_button = button("打印流程图", "printer", clicked=lambda: self.asked.emit("chart", self.key()))
        self.drop_button = button("停用", "x", clicked=lambda: self.asked.emit("drop", self.key()))
        side = QVBoxLayout()
        side.setSpacing(look.px(8))
        for part in (self.origin, self.steps, self.gaps):
            side.addWidget(part)
        side.addStretch(1)
        side.addWidget(_holding(flow(self.change_button, self.chart_button, self.drop_button)))
        both = QWidget()
        across = QHBoxLayout(both)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.list, 2)
        across.addLayout(side, 3)
        names = Form()
        names.add("name", "另存的名称(&M)", self.new_name)
        self.names = names
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(both, 1)
        down.addWidget(names)
        self.put(whole)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.setCurrentRow(0)

    def key(self) -> str:
        """The procedure that is chosen."""
        at = self.list.currentRow()
        return str(self.list.item(at).data(Qt.ItemDataRole.UserRole)) if at >= 0 else ""

    def problems(self) -> dict[str, str]:
        """A name for the copy."""
        missing = not self.new_name.text().strip()
        self.names.wrong("name", "请给另存的一份起个名称。" if missing else "")
        return {"name": "请给另存的一份起个名称。"} if missing else {}

    def _show(self) -> None:
        choice = self._choices.get(self.key())
        if choice is None:
            return
        self.origin.setText(choice.origin)
        self.steps.setText(choice.steps)
        self.gaps.show_checks(choice.gaps)
        self.change_button.setEnabled(choice.local)
        self.drop_button.setEnabled(choice.local)
        self.new_name.setText(f"{choice.name}（本村）")


@dataclass(frozen=True)
class ProcedureAnswer:
    """A village's own procedure as it was written."""

    name: str
    stages: tuple[StageTemplate, ...]
    max_total_days: int


class ProcedureDialog(TallDialog):
    """改办事程序. `gaps` says at every change what the law misses in the steps."""

    def __init__(
        self,
        name: str,
        stages: Sequence[StageTemplate],
        max_total_days: int,
        gaps: Callable[[tuple[StageTemplate, ...]], Sequence[Check]],
        parent: QWidget | None = None,
    ) -> None:
        explain = "保存成新的一版，以后立项用新的；正在办的事情还用立项时的那一版。"
        super().__init__("改办事程序", parent, accept="保存", width=820, explain=explain)
        look = theme.current()
        self._stages = list(stages)
        self._gaps = gaps
        self._showing = False
        self.name_edit = QLineEdit(name)
        self.days = QLineEdit(str(max_total_days) if max_total_days else "")
        top = Form()
        top.add("name", "名称(&M)", self.name_edit, required=True)
        top.add("days", "全程不超过（天）(&T)", self.days, hint="没有规定的空着。")
        self.top = top
        self.list = QListWidget()
        self.list.setAccessibleName("各步")
        self.list.setMinimumHeight(look.px(200))
        self.add_button = button("加一步", "plus", clicked=self.add_step)
        self.remove_button = button("去掉", "x", clicked=self.remove_step)
        self.up_button = button("上移", "chevron-up", clicked=lambda: self.shift(-1))
        self.down_button = button("下移", "chevron-down", clicked=lambda: self.shift(1))
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(_holding(flow(self.add_button, self.remove_button, self.up_button, self.down_button)))
        self.step_name, self.done_by, self.checked_by, self.limit = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.kind, self.body_box, self.sheet = QComboBox(), QComboBox(), QComboBox()
        for key, words in _KINDS:
            self.kind.addItem(words, key)
        for body, kind in _BODIES:
            self.body_box.addItem(body.words, (body.value, kind))
        for key, words in _SHEETS:
            self.sheet.addItem(words, key)
        self.required = QLineEdit()
        self.skip = QCheckBox("这一步可以不办，写明理由就行")
        step = Form()
        step.add("name", "这一步(&B)", self.step_name, required=True)
        step.add("kind", "怎样办(&Z)", self.kind)
        step.add("body", "哪个会议(&H)", self.body_box)
        step.add("sheet", "贴哪一种表(&P)", self.sheet)
        step.add("required", "要写的内容(&N)", self.required, hint="几样之间用顿号分开。")
        step.add("limit", "几天内办(&L)", self.limit, hint="从上一步算起，没有规定的空着。")
        step.add("done_by", "谁来办(&S)", self.done_by)
        step.add("checked_by", "谁来监督(&J)", self.checked_by)
        step.add("skip", "省略(&K)", self.skip)
        self.step = step
        self.checks = Checks()
        both = QHBoxLayout()
        both.addLayout(left, 2)
        both.addWidget(step, 3)
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(top)
        down.addLayout(both, 1)
        down.addWidget(self.checks)
        self.put(whole)
        self._fill(0)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        for edit in (self.step_name, self.done_by, self.checked_by, self.required, self.limit):
            edit.textEdited.connect(lambda _words: self._keep())
        for box in (self.kind, self.body_box, self.sheet):
            box.activated.connect(lambda _index: self._keep())
        self.skip.clicked.connect(lambda _on: self._keep())

    def stages(self) -> tuple[StageTemplate, ...]:
        """The steps as they stand now, numbered from 1."""
        return tuple(replace(stage, no=number) for number, stage in enumerate(self._stages, start=1))

    def problems(self) -> dict[str, str]:
        """A name, and days that are numbers."""
        name = "" if self.name_edit.text().strip() else "请写程序的名称。"
        days = "" if number_of(self.days.text()) is not None else "请填整数，没有规定的空着。"
        self.top.wrong("name", name)
        self.top.wrong("days", days)
        return {key: words for key, words in (("name", name), ("days", days)) if words}

    def answer(self) -> ProcedureAnswer:
        """What was written."""
        return ProcedureAnswer(self.name_edit.text(), self.stages(), number_of(self.days.text()) or 0)

    def add_step(self) -> None:
        """Another step after the chosen one."""
        at = self.list.currentRow() + 1
        fresh = StageTemplate(at + 1, f"own{len(self._stages) + 1}", "新的一步", StageKind.TASK)
        self._stages.insert(at, fresh)
        self._fill(at)
        self.step_name.setFocus()
        self.step_name.selectAll()

    def remove_step(self) -> None:
        """Without the chosen step."""
        at = self.list.currentRow()
        if len(self._stages) > 1 and at >= 0:
            del self._stages[at]
            self._fill(min(at, len(self._stages) - 1))

    def shift(self, by: int) -> None:
        """The chosen step one place up or down."""
        at = self.list.currentRow()
        to = at + by
        if 0 <= to < len(self._stages):
            self._stages[at], self._stages[to] = self._stages[to], self._stages[at]
            self._fill(to)

    def _fill(self, at: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for number, stage in enumerate(self._stages, start=1):
            self.list.addItem(f"{number}　{stage.name}")
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self._show()

    def _show(self) -> None:
        at = self.list.currentRow()
        if at < 0:
            return
        stage = self._stages[at]
        self.step_name.setText(stage.name)
        self.done_by.setText(stage.done_by)
        self.checked_by.setText(stage.checked_by)
        self.required.setText("、".join(stage.required))
        self.limit.setText(str(stage.limit_days) if stage.limit_days else "")
        self.skip.setChecked(stage.may_skip)
        kind = "vote" if stage.by_matter else stage.kind.value
        self.kind.setCurrentIndex(self.kind.findData(kind))
        if stage.bodies:
            known = [body for body, _ in _BODIES]
            self.body_box.setCurrentIndex(known.index(stage.bodies[0]) if stage.bodies[0] in known else 0)
        if stage.posting_kind:
            self.sheet.setCurrentIndex(max(0, self.sheet.findData(stage.posting_kind)))
        self._arrange(kind)
        self.checks.show_checks(list(self._gaps(self.stages())))

    def _keep(self) -> None:
        at = self.list.currentRow()
        if at < 0:
            return
        kind = str(self.kind.currentData())
        stage = self._stages[at]
        body, rule_kind = self.body_box.currentData()
        bodies, kinds = stage.bodies, stage.rule_kinds
        if kind == "meeting" and (not bodies or bodies[0].value != body):
            bodies, kinds = (Body(body),), (rule_kind,)
        self._stages[at] = replace(
            stage,
            name=self.step_name.text(),
            kind=StageKind.MEETING if kind in {"meeting", "vote"} else StageKind(kind),
            by_matter=kind == "vote",
            bodies=bodies if kind == "meeting" else (),
            rule_kinds=kinds if kind == "meeting" else (),
            posting_kind=str(self.sheet.currentData()) if kind == "publication" else _posting(stage, kind),
            opens_duty=kind == "vote" or (kind == "task" and stage.opens_duty),
            attend=stage.attend or (("村务监督委员会",) if kind == "vote" else ()),
            done_by=self.done_by.text(),
            checked_by=self.checked_by.text(),
            required=tuple(part.strip() for part in self.required.text().split("、") if part.strip()),
            limit_days=number_of(self.limit.text()) or 0,
            limit_after=at,
            may_skip=self.skip.isChecked(),
            merges_with_next=stage.merges_with_next and kind == "meeting",
        )
        self.list.item(at).setText(f"{at + 1}　{self.step_name.text()}")
        self._arrange(kind)
        self.checks.show_checks(list(self._gaps(self.stages())))

    def _arrange(self, kind: str) -> None:
        self.step.show_field("body", kind == "meeting")
        self.step.show_field("sheet", kind == "publication")
        for key in ("done_by", "checked_by", "skip"):
            self.step.show_field(key, kind == "task")


def _posting(stage: StageTemplate, kind: str) -> str:
    return "resolution" if kind == "vote" else stage.posting_kind if kind == "task" else ""


def _holding(layout: QLayout) -> QWidget:
    held = QWidget()
    held.setLayout(layout)
    return held
