"""What the page of points asks: an application, a check, a reason, an item, a set to begin with."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.points.lookups import ApplicationRow, ItemRow
from village_desk.points.rules.entries import Verdict, Way
from village_desk.points.rules.sets import OFTEN_WORDS, PERIOD_WORDS, Item, Often, RuleSet, points_typed
from village_desk.points.table import item_words, signed
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog

Choice = tuple[str, str]


@dataclass(frozen=True)
class ApplyAnswer:
    """Who gets how many points for what."""

    subject_id: str
    item_id: str
    points: int
    event: str
    happened_on: dt.date
    evidence: str
    applicant_id: str


class ApplyDialog(AskDialog):
    """Asks for an application; `subjects` and `people` are (id, words)."""

    def __init__(
        self,
        subjects: Sequence[Choice],
        items: Sequence[ItemRow],
        people: Sequence[Choice],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        subject_id: str = "",
    ) -> None:
        super().__init__("申报积分", parent, accept="申报", closes=False, width=560)
        self._items = {row.id: row.item for row in items}
        self.subject = _found(subjects)
        self.subject.setCurrentIndex(max(0, self.subject.findData(subject_id)))
        self.item = QComboBox()
        for row in items:
            self.item.addItem(item_words(row), row.id)
        self.points = QLineEdit()
        self.event_words = QLineEdit()
        self.day = DateEdit(today, today=today)
        self.evidence = QLineEdit()
        self.evidence.setPlaceholderText("如：7月12日活动签到表，网格员现场查看")
        self.applicant = _found((("", "不写申报人"), *people))
        self.form.add("subject", "农户（人）(&H)", self.subject, required=True)
        self.form.add("item", "项目(&X)", self.item, required=True)
        self.form.add("points", "分数(&F)", self.points, required=True)
        self.form.add("event", "什么事(&S)", self.event_words, required=True)
        self.form.add("day", "哪一天(&T)", self.day, required=True)
        self.form.add("evidence", "依据(&Y)", self.evidence)
        self.form.add("applicant", "申报人(&R)", self.applicant)
        self.item.currentIndexChanged.connect(self._suggest)
        self._suggest()

    def problems(self) -> dict[str, str]:
        """A subject, an item, whole points, the event and its day."""
        found = self.form.missing(event=self.event_words.text())
        found["day"] = _day_problem(self.day)
        if not _chosen(self.subject):
            found["subject"] = "请从名单里选一户（人）。"
        if not _chosen(self.item):
            found["item"] = "请先在“积分办法”里添加项目。"
        if self.applicant.currentText().strip() and self.applicant.findText(self.applicant.currentText()) < 0:
            found["applicant"] = "请从名册里选申报人。"
        try:
            points_typed(self.points.text())
        except NotAllowed as refusal:
            found["points"] = f"{refusal.message}{refusal.advice}"
        return found

    def answer(self) -> ApplyAnswer:
        """The application."""
        return ApplyAnswer(
            _chosen(self.subject),
            _chosen(self.item),
            points_typed(self.points.text()),
            self.event_words.text(),
            _day(self.day),
            self.evidence.text(),
            _chosen(self.applicant),
        )

    def _suggest(self) -> None:
        item = self._items.get(_chosen(self.item))
        if item is None:
            return
        self.points.setText(str(item.least if item.fixed else item.most if item.deducts else item.least))
        span = "" if item.fixed else f"可填{item.least}到{item.most}的整数。"
        need = "要写明依据。" if item.evidence_needed else ""
        often = "做一次记一次。" if item.often is Often.EVENT else f"{OFTEN_WORDS[item.often]}。"
        self.form.field("points").set_hint(f"{often}{span}{need}")


@dataclass(frozen=True)
class CheckAnswer:
    """What the second person says."""

    checker_id: str
    verdict: Verdict
    checked_on: dt.date
    way: Way
    words: str


class CheckDialog(AskDialog):
    """Books the check of an application by a second person."""

    def __init__(
        self, row: ApplicationRow, people: Sequence[Choice], today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "审核积分",
            parent,
            accept="登记审核",
            explain=f"{row.subject}：{row.item}，{signed(row.points)}分。审核人不能是申报人，也不能是这一户的人。",
            closes=False,
        )
        self.checker = _found(people)
        self.checker.setCurrentIndex(-1)
        self.verdict = QComboBox()
        self.verdict.addItem("同意", Verdict.AGREED.value)
        self.verdict.addItem("不同意", Verdict.REFUSED.value)
        self.day = DateEdit(today, today=today)
        self.way = QComboBox()
        self.way.addItem("纸上签字", Way.PAPER.value)
        self.way.addItem("审核人本人登录", Way.LOGIN.value)
        self.words = QLineEdit()
        self.form.add("checker", "审核人(&R)", self.checker, required=True)
        self.form.add("verdict", "意见(&Y)", self.verdict)
        self.form.add("day", "审核日期(&T)", self.day, required=True)
        self.form.add("way", "方式(&F)", self.way)
        self.words.setPlaceholderText("不同意的要写理由")
        self.form.add("words", "理由(&L)", self.words)

    def problems(self) -> dict[str, str]:
        """A checker, a day, and a reason for a no."""
        found = {"day": _day_problem(self.day)}
        if not _chosen(self.checker):
            found["checker"] = "请从名册里选审核人。"
        if self.verdict.currentData() == Verdict.REFUSED.value and not self.words.text().strip():
            found["words"] = "请写明不同意的理由。"
        return found

    def answer(self) -> CheckAnswer:
        """The check."""
        return CheckAnswer(
            _chosen(self.checker),
            Verdict(self.verdict.currentData()),
            _day(self.day),
            Way(self.way.currentData()),
            self.words.text(),
        )


class ReverseDialog(AskDialog):
    """Asks why a booked line is taken back."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "更正这一笔",
            parent,
            accept="更正这一笔",
            explain=f"{words}。原来的一笔留着，另记一笔相反的分数；要重新记分，更正后再申报。",
            closes=False,
        )
        self.reason = QLineEdit()
        self.form.add("reason", "原因(&Y)", self.reason, required=True)

    def problems(self) -> dict[str, str]:
        """A reason."""
        return self.form.missing(reason=self.reason.text())

    def answer(self) -> str:
        """The reason."""
        return self.reason.text()


class ItemDialog(AskDialog):
    """Asks for an item of a set; the red lines are told when it is saved."""

    def __init__(self, areas: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            "添加积分项目",
            parent,
            accept="添加",
            explain="积分不能和低保、医保、分红、承包地、信访等挂钩，也不能罚款。",
            closes=False,
        )
        self.code, self.words = QLineEdit(), QLineEdit()
        self.area = QComboBox()
        self.area.setEditable(True)
        self.area.addItems(list(areas))
        self.least, self.most, self.limit = QLineEdit(), QLineEdit(), QLineEdit()
        self.often = QComboBox()
        for often, words in OFTEN_WORDS.items():
            self.often.addItem(words, often.value)
        self.evidence = QCheckBox("申报时要写明依据")
        self.evidence.setChecked(True)
        self.form.add("code", "编号(&B)", self.code, required=True)
        self.form.add("area", "类别(&L)", self.area, required=True)
        self.form.add("words", "内容(&N)", self.words, required=True)
        self.least.setPlaceholderText("扣分写负数，如 -3")
        self.most.setPlaceholderText("固定分数的不用填")
        self.limit.setPlaceholderText("最多加到或扣到多少，不限的不填")
        self.form.add("least", "最低分(&D)", self.least, required=True)
        self.form.add("most", "最高分(&G)", self.most)
        self.form.add("often", "多久一次(&P)", self.often)
        self.form.add("limit", "本期封顶(&M)", self.limit)
        self.form.add("evidence", "依据(&Y)", self.evidence)

    def problems(self) -> dict[str, str]:
        """Code, area, words and whole points."""
        found = self.form.missing(
            code=self.code.text(), area=self.area.currentText(), words=self.words.text(), least=self.least.text()
        )
        for key, edit in (("least", self.least), ("most", self.most), ("limit", self.limit)):
            if edit.text().strip():
                try:
                    points_typed(edit.text())
                except NotAllowed as refusal:
                    found[key] = f"{refusal.message}{refusal.advice}"
        return found

    def answer(self) -> Item:
        """The item."""
        least = points_typed(self.least.text())
        most = points_typed(self.most.text()) if self.most.text().strip() else least
        limit = points_typed(self.limit.text()) if self.limit.text().strip() else None
        least, most = min(least, most), max(least, most)
        takes = most < 0
        return Item(
            self.code.text(),
            self.area.currentText(),
            self.words.text(),
            least,
            most,
            Often(self.often.currentData()),
            cap=None if takes else limit,
            floor=-abs(limit) if takes and limit is not None else None,
            evidence_needed=self.evidence.isChecked(),
        )


class NewSetDialog(AskDialog):
    """Asks which example to begin with and what the set is called."""

    def __init__(self, examples: Sequence[RuleSet], village: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "建立积分办法",
            parent,
            accept="建立",
            explain="示例里的分值是各地常见做法，不是法律规定。经村里讨论确定后再用，项目可以增减。",
            closes=False,
        )
        self._examples, self._village = tuple(examples), village
        self.example = QComboBox()
        for number, rules in enumerate(self._examples):
            words = f"{rules.name}：{PERIOD_WORDS[rules.period]}合计，{len(rules.items)}个项目"
            self.example.addItem(words, number)
        self.name = QLineEdit()
        self.form.add("example", "照哪一份(&S)", self.example)
        self.form.add("name", "名称(&M)", self.name, required=True)
        self.example.currentIndexChanged.connect(self._suggest)
        self._suggest()

    def problems(self) -> dict[str, str]:
        """A name."""
        return self.form.missing(name=self.name.text())

    def answer(self) -> tuple[RuleSet, str]:
        """The example and the name."""
        return self._examples[self.example.currentIndex()], self.name.text()

    def _suggest(self) -> None:
        rules = self._examples[self.example.currentIndex()]
        self.name.setText(f"{self._village}{rules.name.partition('（')[0]}")


def _found(choices: Sequence[Choice]) -> QComboBox:
    """A box in which a part of a name finds its line."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for key, words in choices:
        box.addItem(words, key)
    completer = box.completer()
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box


def _chosen(box: QComboBox) -> str:
    """The key of the line whose words stand in the box, "" when they are no line."""
    at = box.currentIndex()
    if box.isEditable() and (at < 0 or box.itemText(at) != box.currentText()):
        at = box.findText(box.currentText())
    return str(box.itemData(at)) if at >= 0 else ""


def _day(edit: DateEdit) -> dt.date:
    day = edit.day()
    assert day is not None
    return day


def _day_problem(edit: DateEdit) -> str:
    return edit.problem() or ("" if edit.day() is not None else "请填日期。")
