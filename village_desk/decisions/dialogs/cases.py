"""Asking for a new case, for another plan, for the reason of taking it back, and for a mandate."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen, yuan
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.tall import TallDialog, low_area


@dataclass(frozen=True)
class MatterChoice:
    """One matter type to choose: `refusal` says why no village vote decides it, `collective` asks who decides."""

    code: str
    name: str
    refusal: str
    collective: bool
    hint: str


@dataclass(frozen=True)
class WayChoice:
    """One procedure to choose: `votes` when the village votes in it and a matter must be named."""

    key: str
    name: str
    votes: bool
    sources: tuple[str, ...]
    hint: str


@dataclass(frozen=True)
class CaseAnswer:
    """What a case says; `amount_fen` is None without money, `procedure` empty for the matter's own."""

    title: str
    matter_code: str
    opened_on: dt.date
    motion_source: str
    proposer: str
    plan: str
    amount_fen: int | None
    stands_in: bool
    from_paper: bool
    procedure: str = ""
    change_kind: str = ""
    change_reason: str = ""


class CaseDialog(TallDialog):
    """新建议题."""

    def __init__(
        self,
        matters: Sequence[MatterChoice],
        sources: Sequence[str],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        ways: Sequence[WayChoice] = (),
        kinds: Sequence[tuple[str, str]] = (),
        tier: Callable[[int], str] = lambda _fen: "",
        explain: str = "",
    ) -> None:
        super().__init__("新建议题", parent, accept="立项", width=640, explain=explain)
        self.put_form()
        self._sources, self._ways, self._tier = tuple(sources), {way.key: way for way in ways}, tier
        self.way = QComboBox()
        self.way.addItem("按事项类别定（一般是四议两公开）", "")
        for way in ways:
            self.way.addItem(way.name, way.key)
        self.change_kind = QComboBox()
        for key, words in kinds:
            self.change_kind.addItem(words, key)
        self.change_reason = QLineEdit()
        self._matters = {matter.code: matter for matter in matters}
        self.title_edit = QLineEdit()
        self.matter = QComboBox()
        for matter in matters:
            self.matter.addItem(f"{matter.code}　{matter.name}", matter.code)
        self.opened_on = DateEdit(today, today=today)
        self.source = QComboBox()
        for source in sources:
            self.source.addItem(source, source)
        self.proposer = QLineEdit()
        self.plan = low_area(4)
        self.amount = QLineEdit()
        self.stands_in = QCheckBox("本村没有集体经济组织，由村民委员会代行职能")
        self.from_paper = QCheckBox("这件事在用本软件以前已经在纸上办了一部分")
        self.form.add("title", "议题(&Y)", self.title_edit, required=True)
        if kinds:
            self.form.add("change_kind", "和原来那件的关系(&G)", self.change_kind)
            self.form.add("change_reason", "原因(&K)", self.change_reason, required=True)
        if ways:
            self.form.add("way", "办事程序(&X)", self.way)
        self.form.add("matter", "事项类别(&L)", self.matter)
        self.form.add("opened_on", "立项日期(&R)", self.opened_on, required=True)
        self.form.add("source", "动议事由(&S)", self.source)
        self.form.add("proposer", "提出人(&P)", self.proposer, hint="组织或个人；几个人一起提的写成“62名村民联名”。")
        self.form.add("plan", "初步方案(&N)", self.plan, hint="表决的就是这段文字，写清做什么、花多少钱、钱从哪来。")
        self.form.add("amount", "涉及资金（元）(&J)", self.amount)
        self.form.add("stands_in", "决定的组织(&Z)", self.stands_in)
        self.form.add("from_paper", "补录(&B)", self.from_paper)
        self.matter.currentIndexChanged.connect(self._show_matter)
        self.way.currentIndexChanged.connect(self._show_way)
        self.amount.editingFinished.connect(self._show_tier)
        self._show_way()

    def problems(self) -> dict[str, str]:
        """A title, a readable day and amount, and a matter that a village may vote on."""
        found = self.form.missing(title=self.title_edit.text())
        if self.change_kind.count() and not self.change_reason.text().strip():
            found["change_reason"] = "请写明原因。"
        if self._votes() and self._matter().refusal:
            found["matter"] = self._matter().refusal
        if self.opened_on.day() is None:
            found["opened_on"] = self.opened_on.problem() or "请填立项日期。"
        found |= amount_problem(self.amount.text())
        return found

    def answer(self) -> CaseAnswer:
        """What was typed."""
        day = self.opened_on.day()
        assert day is not None
        matter = self._matter()
        return CaseAnswer(
            self.title_edit.text(),
            matter.code if self._votes() else "",
            day,
            str(self.source.currentData() or ""),
            self.proposer.text(),
            self.plan.toPlainText(),
            amount_of(self.amount.text()),
            self._votes() and matter.collective and self.stands_in.isChecked(),
            self.from_paper.isChecked(),
            str(self.way.currentData() or ""),
            str(self.change_kind.currentData() or ""),
            self.change_reason.text(),
        )

    def _matter(self) -> MatterChoice:
        return self._matters[str(self.matter.currentData())]

    def _votes(self) -> bool:
        way = self._ways.get(str(self.way.currentData() or ""))
        return way is None or way.votes

    def _show_way(self) -> None:
        way = self._ways.get(str(self.way.currentData() or ""))
        if self._ways:
            self.form.field("way").set_hint(way.hint if way is not None else "")
        sources = way.sources if way is not None else self._sources
        kept = self.source.currentText()
        self.source.clear()
        for source in sources:
            self.source.addItem(source, source)
        self.source.setCurrentIndex(max(0, self.source.findData(kept)) if sources else -1)
        self.form.show_field("source", bool(sources))
        self.form.show_field("matter", self._votes())
        self._show_matter()

    def _show_tier(self) -> None:
        try:
            amount = amount_of(self.amount.text())
        except NotAllowed:
            return
        self.form.field("amount").set_hint(self._tier(amount) if amount else "")

    def _show_matter(self) -> None:
        matter = self._matter()
        self.form.show_field("stands_in", matter.collective and self._votes())
        self.form.field("matter").set_hint(matter.hint)
        self.form.wrong("matter", matter.refusal)


class PlanDialog(TallDialog):
    """修改议题和方案."""

    def __init__(
        self, given: CaseAnswer, sources: Sequence[str], *, voted: bool, parent: QWidget | None = None
    ) -> None:
        explain = "已经表决过的会议，表决的仍是当时那一稿；方案改了，最后的决议要按新方案重新表决。" if voted else ""
        super().__init__("修改议题和方案", parent, accept="保存", width=640, explain=explain)
        self.put_form()
        self._given = given
        self.title_edit = QLineEdit(given.title)
        self.opened_on = DateEdit(given.opened_on, today=given.opened_on)
        self.source = QComboBox()
        for source in sources:
            self.source.addItem(source, source)
        self.source.setCurrentIndex(max(0, self.source.findData(given.motion_source)))
        self.proposer = QLineEdit(given.proposer)
        self.plan = low_area(7)
        self.plan.setPlainText(given.plan)
        self.amount = QLineEdit("" if given.amount_fen is None else yuan(given.amount_fen))
        self.form.add("title", "议题(&Y)", self.title_edit, required=True)
        self.form.add("opened_on", "立项日期(&R)", self.opened_on, required=True)
        self.form.add("source", "动议事由(&S)", self.source)
        self.form.add("proposer", "提出人(&P)", self.proposer)
        self.form.add("plan", "方案(&N)", self.plan)
        self.form.add("amount", "涉及资金（元）(&J)", self.amount)

    def problems(self) -> dict[str, str]:
        """A title, a readable day and amount."""
        found = self.form.missing(title=self.title_edit.text())
        if self.opened_on.day() is None:
            found["opened_on"] = self.opened_on.problem() or "请填立项日期。"
        return found | amount_problem(self.amount.text())

    def answer(self) -> CaseAnswer:
        """What was typed."""
        day = self.opened_on.day()
        assert day is not None
        return CaseAnswer(
            self.title_edit.text(),
            self._given.matter_code,
            day,
            str(self.source.currentData() or ""),
            self.proposer.text(),
            self.plan.toPlainText(),
            amount_of(self.amount.text()),
            self._given.stands_in,
            self._given.from_paper,
        )


class ReasonDialog(AskDialog):
    """A reason for something, in a few words."""

    def __init__(self, head: str, field: str, accept: str, parent: QWidget | None = None, *, explain: str = "") -> None:
        super().__init__(head, parent, accept=accept, explain=explain, closes=False)
        self.reason = low_area(3)
        self.form.add("reason", field, self.reason, required=True)

    def problems(self) -> dict[str, str]:
        """The reason is needed."""
        return self.form.missing(reason=self.reason.toPlainText())


@dataclass(frozen=True)
class MandateAnswer:
    """What the villagers' meeting let the representatives decide."""

    title: str
    matter_codes: tuple[str, ...]
    granted_on: dt.date
    valid_to: dt.date | None
    basis: str
    posted_on: dt.date | None = None
    filed_on: dt.date | None = None
    in_charter: bool = False


class MandateDialog(TallDialog):
    """登记授权."""

    def __init__(
        self,
        matters: Sequence[MatterChoice],
        chosen: Sequence[str],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        known: str = "",
    ) -> None:
        explain = "村民会议可以授权村民代表会议决定一部分事项，请按决议或章程上写的登记。"
        super().__init__("登记授权", parent, accept="登记", width=600, explain=explain + known)
        self.put_form()
        self.title_edit = QLineEdit()
        self.granted_on = DateEdit(None, today=today)
        self.valid_to = DateEdit(None, today=today)
        self.basis = QLineEdit()
        self.posted_on, self.filed_on = DateEdit(None, today=today), DateEdit(None, today=today)
        self.in_charter = QCheckBox("写在村民自治章程里")
        self.matters = QListWidget()
        for matter in matters:
            item = QListWidgetItem(matter.name)
            item.setData(Qt.ItemDataRole.UserRole, matter.code)
            item.setCheckState(Qt.CheckState.Checked if matter.code in chosen else Qt.CheckState.Unchecked)
            self.matters.addItem(item)
        self.form.add("granted_on", "授权日期(&R)", self.granted_on, required=True)
        self.form.add("valid_to", "截止日期(&J)", self.valid_to, hint="没有写期限的空着。")
        self.form.add("title", "名称(&M)", self.title_edit, hint="例如“2026年村民会议授权决定”。")
        self.form.add("basis", "写在哪里(&W)", self.basis, hint="例如“村民自治章程第二十条”。")
        self.form.add("in_charter", "章程(&Z)", self.in_charter)
        self.form.add("posted_on", "张榜公布日期(&G)", self.posted_on, hint="有的省要求公布，没有的空着。")
        self.form.add("filed_on", "乡镇备案日期(&B)", self.filed_on, hint="有的省要求备案，没有的空着。")
        self.form.add("matters", "授权的事项(&S)", self.matters, required=True)

    def problems(self) -> dict[str, str]:
        """A day and at least one matter."""
        found = {}
        if self.granted_on.day() is None:
            found["granted_on"] = self.granted_on.problem() or "请填授权的日期。"
        for key, edit in (("valid_to", self.valid_to), ("posted_on", self.posted_on), ("filed_on", self.filed_on)):
            if edit.problem():
                found[key] = edit.problem()
        if not self._codes():
            found["matters"] = "请勾选授权的事项。"
        return found

    def answer(self) -> MandateAnswer:
        """What was typed."""
        day = self.granted_on.day()
        assert day is not None
        return MandateAnswer(
            self.title_edit.text(),
            self._codes(),
            day,
            self.valid_to.day(),
            self.basis.text(),
            self.posted_on.day(),
            self.filed_on.day(),
            self.in_charter.isChecked(),
        )

    def _codes(self) -> tuple[str, ...]:
        items = (self.matters.item(number) for number in range(self.matters.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )


def amount_problem(typed: str) -> dict[str, str]:
    """Why a typed amount is none; nothing for an empty field."""
    try:
        amount_of(typed)
    except NotAllowed as refusal:
        return {"amount": f"{refusal.message}{refusal.advice}"}
    return {}


def amount_of(typed: str) -> int | None:
    """Fen of a typed amount; None for an empty field. Raises NotAllowed."""
    if not typed.strip():
        return None
    found = fen(typed)
    if found < 0:
        raise NotAllowed("金额不能是负数。", "请核对金额。")
    return found
