"""What the page asks about one entry: an application, what the second person says, a reason to take it back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.points.lookups import ApplicationRow, ItemRow
from village_desk.points.rules.entries import Verdict, Way
from village_desk.points.rules.numbers import shown, signed
from village_desk.points.rules.sets import OFTEN_WORDS, PER_WORDS, Often, Per, points_typed
from village_desk.points.table import item_words
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Choice, chosen, finder


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
    quantity: int = 10
    campaign: str = ""


class ApplyDialog(AskDialog):
    """Asks for an application; `subjects`, `people` and `campaigns` are (id, words)."""

    def __init__(
        self,
        subjects: Sequence[Choice],
        items: Sequence[ItemRow],
        people: Sequence[Choice],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        subject_id: str = "",
        decimals: int = 0,
        campaigns: Sequence[Choice] = (),
    ) -> None:
        super().__init__("申报积分", parent, accept="申报", closes=False, width=560)
        self._items = {row.id: row.item for row in items}
        self._decimals = decimals
        self.subject = finder(subjects)
        self.subject.setCurrentIndex(max(0, self.subject.findData(subject_id)))
        self.item = QComboBox()
        for row in items:
            self.item.addItem(item_words(row, decimals), row.id)
        self.points, self.quantity = QLineEdit(), QLineEdit()
        self.event_words = QLineEdit()
        self.day = DateEdit(today, today=today)
        self.evidence = QLineEdit()
        self.evidence.setPlaceholderText("如：7月12日活动签到表，网格员现场查看")
        self.applicant = finder((("", "不写申报人"), *people))
        self.applicant.setCurrentIndex(0)
        self.form.add("subject", "农户（人）(&H)", self.subject, required=True)
        self.form.add("item", "项目(&X)", self.item, required=True)
        self.form.add("points", "分数(&F)", self.points, required=True)
        self.form.add("quantity", "多少(&D)", self.quantity, required=True)
        self.form.add("event", "什么事(&S)", self.event_words, required=True)
        self.form.add("day", "哪一天(&T)", self.day, required=True)
        self.form.add("evidence", "依据(&Y)", self.evidence)
        self.form.add("applicant", "申报人(&R)", self.applicant)
        self.campaign = QComboBox()
        self.campaign.addItem("不属于专项行动", "")
        for key, words in campaigns:
            self.campaign.addItem(words, key)
        self.form.add("campaign", "专项行动(&Z)", self.campaign)
        self.form.show_field("campaign", bool(campaigns))
        self.item.currentIndexChanged.connect(self._suggest)
        self._suggest()

    def problems(self) -> dict[str, str]:
        """A subject, an item, whole points, the event and its day."""
        found = self.form.missing(event=self.event_words.text())
        found["day"] = _day_problem(self.day)
        if not chosen(self.subject):
            found["subject"] = "请从名单里选一户（人）。"
        if not chosen(self.item):
            found["item"] = "请先在“积分办法”里添加项目。"
        if self.applicant.currentText().strip() and self.applicant.findText(self.applicant.currentText()) < 0:
            found["applicant"] = "请从名册里选申报人。"
        try:
            points_typed(self.points.text(), self._decimals)
        except NotAllowed as refusal:
            found["points"] = f"{refusal.message}{refusal.advice}"
        if self._per is not Per.TIME:
            try:
                points_typed(self.quantity.text(), 1)
            except NotAllowed:
                found["quantity"] = "请填数字，例如 3 或 2.5。"
        return found

    def answer(self) -> ApplyAnswer:
        """The application."""
        return ApplyAnswer(
            chosen(self.subject),
            chosen(self.item),
            points_typed(self.points.text(), self._decimals),
            self.event_words.text(),
            _day(self.day),
            self.evidence.text(),
            chosen(self.applicant),
            10 if self._per is Per.TIME else points_typed(self.quantity.text(), 1),
            str(self.campaign.currentData()),
        )

    @property
    def _per(self) -> Per:
        item = self._items.get(chosen(self.item))
        return item.per if item is not None else Per.TIME

    def _suggest(self) -> None:
        item = self._items.get(chosen(self.item))
        self.form.show_field("quantity", self._per is not Per.TIME)
        if item is None:
            return
        least, most = (shown(points, self._decimals).replace("−", "-") for points in (item.least, item.most))
        self.points.setText(least if item.fixed else most if item.deducts else least)
        whole = "的整数" if not self._decimals else ""
        span = "" if item.fixed else f"可填{least}到{most}{whole}。"
        need = "审核前要有依据，可以写一句，也可以申报后附照片。" if item.evidence_needed else ""
        self.form.field("quantity").set_hint("填小时数，如 2.5" if item.per is Per.HOUR else "填人数")
        often = (
            f"{PER_WORDS[item.per]}。"
            if item.per is not Per.TIME
            else "做一次记一次。"
            if item.often is Often.EVENT
            else f"{OFTEN_WORDS[item.often]}。"
        )
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
            explain=f"{row.subject}：{row.item}，{signed(row.points, row.decimals)}分。"
            "审核人不能是申报人，也不能是这一户的人。",
            closes=False,
        )
        self.checker = finder(people)
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
        if not chosen(self.checker):
            found["checker"] = "请从名册里选审核人。"
        if self.verdict.currentData() == Verdict.REFUSED.value and not self.words.text().strip():
            found["words"] = "请写明不同意的理由。"
        return found

    def answer(self) -> CheckAnswer:
        """The check."""
        return CheckAnswer(
            chosen(self.checker),
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


def _day(edit: DateEdit) -> dt.date:
    day = edit.day()
    assert day is not None
    return day


def _day_problem(edit: DateEdit) -> str:
    return edit.problem() or ("" if edit.day() is not None else "请填日期。")
