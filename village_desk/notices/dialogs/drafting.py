"""Asking for the wording of a sheet, for its review, and for the day on which it is to be posted."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.notices.rules.kinds import CLASS_WORDS, ISSUER_WORDS, KIND_WORDS, Issuer, NoticeClass, NoticeKind
from village_desk.notices.rules.life import OPINION_WORDS, Opinion, review_expected
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area


@dataclass(frozen=True)
class DraftAnswer:
    """The wording of a sheet and what kind of sheet it is."""

    kind: NoticeKind
    item: str
    column: NoticeClass
    issuer: Issuer
    title: str
    body: str
    review_first: bool


class DraftDialog(AskDialog):
    """Title and text; `items` are (item, name, kind of sheet) of the rulebook."""

    def __init__(
        self,
        items: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        given: DraftAnswer | None = None,
        head: str = "起草公开内容",
    ) -> None:
        super().__init__(head, parent, accept="保存草稿", width=640, closes=False)
        self._items = tuple(items) or (("affairs", "村务公开", NoticeKind.PUBLICATION.value),)
        self.item = QComboBox()
        for item, name, kind in self._items:
            self.item.addItem(f"{name}（{KIND_WORDS[NoticeKind(kind)].name}）", item)
        self.issuer = QComboBox()
        for issuer, words in ISSUER_WORDS.items():
            self.issuer.addItem(words.short, issuer.value)
        self.column = QComboBox()
        for column, name in CLASS_WORDS.items():
            self.column.addItem(name, column.value)
        self.title_edit = QLineEdit()
        self.body_edit = text_area(7)
        self.review = QCheckBox("张贴前先请村务监督委员会审核")
        self.form.add("item", "公开事项(&S)", self.item)
        self.form.add("issuer", "发布单位(&D)", self.issuer)
        self.form.add("column", "栏目(&L)", self.column)
        self.form.add("title", "标题(&B)", self.title_edit, required=True)
        self.body_edit.setPlaceholderText("一段一行；小标题写成“一、资金来源”。落款、期限和依据由系统加。")
        self.form.add("body", "内容(&N)", self.body_edit, required=True)
        self.form.add("review", "审核(&H)", self.review)
        self.issuer.currentIndexChanged.connect(self._expect_review)
        start = given or DraftAnswer(
            NoticeKind.PUBLICATION, self._items[0][0], NoticeClass.VILLAGE, Issuer.COMMITTEE, "", "", True
        )
        self.item.setCurrentIndex(max(0, self.item.findData(start.item)))
        self.issuer.setCurrentIndex(self.issuer.findData(start.issuer.value))
        self.column.setCurrentIndex(self.column.findData(start.column.value))
        self.title_edit.setText(start.title)
        self.body_edit.setPlainText(start.body)
        self.review.setChecked(start.review_first)

    def problems(self) -> dict[str, str]:
        """Title and text are needed."""
        return self.form.missing(title=self.title_edit.text(), body=self.body_edit.toPlainText())

    def answer(self) -> DraftAnswer:
        """What was written."""
        item = str(self.item.currentData())
        kind = next((kind for key, _, kind in self._items if key == item), NoticeKind.PUBLICATION.value)
        return DraftAnswer(
            NoticeKind(kind),
            item,
            NoticeClass(self.column.currentData()),
            Issuer(self.issuer.currentData()),
            self.title_edit.text(),
            self.body_edit.toPlainText(),
            self.review.isChecked(),
        )

    def _expect_review(self) -> None:
        self.review.setChecked(review_expected(Issuer(self.issuer.currentData())))


@dataclass(frozen=True)
class PublishAnswer:
    """The planned day of posting, the date under the text, and why a phone number stays whole."""

    posting_from: dt.date
    dated_on: dt.date
    reason: str


class PublishDialog(AskDialog):
    """Asks when the sheet is to be posted; `period(day)` tells the printed period for a day."""

    def __init__(
        self, title: str, today: dt.date, period: Callable[[dt.date], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "编号定稿",
            parent,
            accept="编号定稿",
            explain=f"《{title}》定稿后内容不能再改，会得到文号和核对码。有错只能另出更正公告。",
            closes=False,
        )
        self._period = period
        self.start = DateEdit(today, today=today)
        self.dated = DateEdit(today, today=today)
        self.reason = QLineEdit()
        self.form.add("start", "拟张贴日期(&T)", self.start, required=True)
        self.form.add("dated", "落款日期(&L)", self.dated, required=True)
        hint = "只有值班电话等需要完整公开时才填。"
        self.form.add("reason", "不遮盖电话的理由(&Y)", self.reason, hint=hint)
        self.start.day_changed.connect(self._tell_period)
        self._tell_period(today)

    def problems(self) -> dict[str, str]:
        """Both days are needed."""
        return {key: edit.problem() or _needed(edit) for key, edit in (("start", self.start), ("dated", self.dated))}

    def answer(self) -> PublishAnswer:
        """The days and the reason."""
        start, dated = self.start.day(), self.dated.day()
        assert start is not None
        assert dated is not None
        return PublishAnswer(start, dated, self.reason.text())

    def _tell_period(self, day: dt.date | None) -> None:
        self.form.field("start").set_hint(self._period(day) if day is not None else "")


@dataclass(frozen=True)
class ReviewAnswer:
    """What the supervision committee said."""

    reviewer_id: str
    opinion: Opinion
    reviewed_on: dt.date
    words: str
    by_login: bool


class ReviewDialog(AskDialog):
    """Books a review; `reviewers` are (person's id, words) of the committee's members."""

    def __init__(
        self,
        title: str,
        reviewers: Sequence[tuple[str, str]],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        own_login: bool = False,
    ) -> None:
        super().__init__(
            "登记审核",
            parent,
            accept="登记审核",
            explain=f"照审核单登记《{title}》的审核意见；任何一名监委会成员签字都可以。",
            closes=False,
        )
        self.reviewer = QComboBox()
        for person_id, words in reviewers:
            self.reviewer.addItem(words, person_id)
        self.opinion = QComboBox()
        for opinion, words in OPINION_WORDS.items():
            self.opinion.addItem(words, opinion.value)
        self.day = DateEdit(today, today=today)
        self.words = text_area(3)
        self.way = QComboBox()
        self.way.addItem("纸质审核单签字", False)
        self.way.addItem("监委会成员本人登录", True)
        self.way.setCurrentIndex(int(own_login))
        empty = "还没有登记村务监督委员会成员，请先到“组织与职务”登记。" if not reviewers else ""
        self.form.add("reviewer", "审核人(&R)", self.reviewer, required=True, hint=empty)
        self.form.add("opinion", "意见(&Y)", self.opinion)
        self.form.add("day", "审核日期(&T)", self.day, required=True)
        self.words.setPlaceholderText("不同意或要修改的，照原话写。")
        self.form.add("words", "意见内容(&N)", self.words)
        self.form.add("way", "方式(&F)", self.way)

    def problems(self) -> dict[str, str]:
        """A reviewer, a day, and words for anything but a plain yes."""
        found = {"day": self.day.problem() or _needed(self.day)}
        if self.reviewer.currentIndex() < 0:
            found["reviewer"] = "请先登记村务监督委员会的成员。"
        if self.opinion.currentData() != Opinion.AGREED.value and not self.words.toPlainText().strip():
            found["words"] = "请照审核单写明意见。"
        return found

    def answer(self) -> ReviewAnswer:
        """The review."""
        day = self.day.day()
        assert day is not None
        return ReviewAnswer(
            str(self.reviewer.currentData()),
            Opinion(self.opinion.currentData()),
            day,
            self.words.toPlainText(),
            bool(self.way.currentData()),
        )


def _needed(edit: DateEdit) -> str:
    return "" if edit.day() is not None else "请填日期。"
