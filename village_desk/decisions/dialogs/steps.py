"""Asking for the facts of one step: its meeting, the result and the opinion."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area
from village_desk.widgets.tall import TallDialog, low_area


@dataclass(frozen=True)
class MeetingAnswer:
    """The facts of a meeting; `called_on` is None when nobody knows it."""

    body: str
    rule_kind: str
    held_on: dt.date
    called_on: dt.date | None
    place: str
    chair: str
    recorder: str
    special_reason: str
    content: str
    merged: bool
    meeting_id: str = ""
    agenda_posted_on: dt.date | None = None
    notice_way: str = ""


Joins = Callable[[str, str, dt.date], Sequence[tuple[str, str]]]


class MeetingDialog(TallDialog):
    """登记开会. `bodies` are (body, rule kind, words); the first is proposed.

    `joins` gives the meetings of a body on a day, as (id, title), to which the matter can be put. With `posts_agenda`
    it asks when the agenda was posted; `ways` are the usual ways of telling people.
    """

    def __init__(
        self,
        head: str,
        bodies: Sequence[tuple[str, str, str]],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        place: str = "",
        chair: str = "",
        recorder: str = "",
        content_words: str = "会议意见",
        may_merge: bool = False,
        merged: bool = False,
        joins: Joins | None = None,
        ways: Sequence[str] = (),
        posts_agenda: bool = False,
    ) -> None:
        super().__init__(
            head,
            parent,
            accept="登记开会",
            width=600,
            explain="照实填写。通知晚了、人没到齐也先登记，能不能成立由右边的检查来说。",
        )
        self.put_form()
        self.body_box = QComboBox()
        for body, rule_kind, words in bodies:
            self.body_box.addItem(words, (body, rule_kind))
        self.held_on = DateEdit(today, today=today)
        self.called_on, self.agenda_on = DateEdit(None, today=today), DateEdit(None, today=today)
        self.way = QComboBox()
        self.way.setEditable(True)
        self.way.addItems(["", *ways])
        self.place, self.chair, self.recorder = QLineEdit(place), QLineEdit(chair), QLineEdit(recorder)
        self.special_reason = QLineEdit()
        self.content = low_area(2)
        self.merged = QCheckBox("书记、主任一人担任，和下一步合在这次会上办")
        self.merged.setChecked(merged)
        self.form.add("body", "会议(&H)", self.body_box)
        self.form.add("held_on", "开会日期(&R)", self.held_on, required=True)
        self.join = QComboBox()
        self.join.setAccessibleName("合在一起开")
        self._joins = joins
        if joins is not None:
            hint = "同一天同一个会议讨论几件事的，签到、应到和会议记录合用一份，各事项分开表决。"
            self.form.add("join", "合在一起开(&E)", self.join, hint=hint)
        self.form.add("called_on", "通知日期(&T)", self.called_on, hint="不清楚的先空着，以后补登。")
        self.form.add("way", "通知方式(&W)", self.way)
        if posts_agenda:
            self.form.add("agenda_on", "议题张贴日期(&Y)", self.agenda_on, hint="没有把议题贴出来的空着。")
        self.form.add("place", "地点(&D)", self.place)
        self.form.add("chair", "主持人(&Z)", self.chair)
        self.form.add("recorder", "记录人(&J)", self.recorder)
        if any(body == "villagers" for body, _, _ in bodies):
            self.form.add("special_reason", "临时通知的情况(&Q)", self.special_reason)
        if content_words:
            self.form.add("content", f"{content_words}(&N)", self.content)
        if may_merge:
            self.form.add("merged", "合并(&B)", self.merged)
        self.body_box.currentIndexChanged.connect(lambda _at: self._look_for_joins())
        self.held_on.day_changed.connect(lambda _day: self._look_for_joins())
        self.merged.toggled.connect(lambda _on: self._look_for_joins())
        self.join.currentIndexChanged.connect(lambda _at: self._show_own())
        self._look_for_joins()

    def _look_for_joins(self) -> None:
        """Offer the meetings that stand in the record already for this body and day; one that is there is proposed."""
        day = self.held_on.day()
        found: Sequence[tuple[str, str]] = ()
        if self._joins is not None and day is not None and self.body_box.count() and not self.merged.isChecked():
            body, rule_kind = self.body_box.currentData()
            found = self._joins(body, rule_kind, day)
        self.join.clear()
        self.join.addItem("单独开一次会", "")
        for meeting_id, title in found:
            self.join.addItem(f"并入“{title}”", meeting_id)
        self.join.setCurrentIndex(1 if found else 0)
        if self._joins is not None:
            self.form.show_field("join", bool(found))
        self._show_own()

    def _show_own(self) -> None:
        """What the other meeting has already is not asked again."""
        for key, _field in self.form.fields():
            if key in {"called_on", "way", "agenda_on", "place", "chair", "recorder", "special_reason"}:
                self.form.show_field(key, not self.join.currentData())

    def problems(self) -> dict[str, str]:
        """Days that can be read."""
        found = {}
        if self.held_on.day() is None:
            found["held_on"] = self.held_on.problem() or "请填实际开会的日期。"
        for key, editor in (("called_on", self.called_on), ("agenda_on", self.agenda_on)):
            if editor.problem():
                found[key] = editor.problem()
        return found

    def answer(self) -> MeetingAnswer:
        """What was typed."""
        held_on = self.held_on.day()
        assert held_on is not None
        body, rule_kind = self.body_box.currentData()
        return MeetingAnswer(
            body,
            rule_kind,
            held_on,
            self.called_on.day(),
            self.place.text(),
            self.chair.text(),
            self.recorder.text(),
            self.special_reason.text(),
            self.content.toPlainText(),
            self.merged.isChecked(),
            self.join.currentData() or "",
            self.agenda_on.day(),
            self.way.currentText(),
        )


class ResultDialog(TallDialog):
    """实施结果: what was done, what it cost, how it was accepted; `money` is proposed from the accounts."""

    def __init__(self, given: str, parent: QWidget | None = None, *, money: str = "", acceptance: str = "") -> None:
        super().__init__("写实施结果", parent, accept="起草公开表", width=600)
        self.put_form()
        self.result_edit = low_area(4)
        self.result_edit.setPlainText(given)
        self.money, self.acceptance = low_area(2), low_area(2)
        self.money.setPlainText(money)
        self.acceptance.setPlainText(acceptance)
        self.form.add("result", "实施结果(&S)", self.result_edit, required=True, hint="写明做了什么、什么时候完成。")
        self.form.add(
            "money", "资金使用(&Z)", self.money, hint="资金来源、合同价、付了多少；没有花钱的写“没有使用资金”。"
        )
        self.form.add(
            "acceptance", "验收情况(&Y)", self.acceptance, hint="谁在什么时候验收、合不合格；不用验收的空着。"
        )

    def problems(self) -> dict[str, str]:
        """The words are needed."""
        return self.form.missing(result=self.result_edit.toPlainText())

    def answer(self) -> dict[str, str]:
        """What was typed."""
        return {
            "result": self.result_edit.toPlainText(),
            "money": self.money.toPlainText(),
            "acceptance": self.acceptance.toPlainText(),
        }


@dataclass(frozen=True)
class OpinionAnswer:
    """The supervision committee's opinion as signed on paper."""

    opinion: str
    by: str
    on: dt.date


class OpinionDialog(AskDialog):
    """登记监督意见."""

    def __init__(self, today: dt.date, parent: QWidget | None = None, *, opinion: str = "", by: str = "") -> None:
        explain = "照监督委员会在纸上签的意见登记，签字人不能是文书本人。"
        super().__init__("登记监督意见", parent, accept="登记意见", width=560, closes=False, explain=explain)
        self.opinion = text_area(3)
        self.opinion.setPlainText(opinion)
        self.by = QLineEdit(by)
        self.on = DateEdit(today, today=today)
        self.form.add("opinion", "意见(&Y)", self.opinion, required=True)
        self.form.add("by", "签字人(&Q)", self.by, required=True)
        self.form.add("on", "签字日期(&R)", self.on, required=True)

    def problems(self) -> dict[str, str]:
        """All three are needed."""
        found = self.form.missing(opinion=self.opinion.toPlainText(), by=self.by.text())
        if self.on.day() is None:
            found["on"] = self.on.problem() or "请填签字日期。"
        return found

    def answer(self) -> OpinionAnswer:
        """What was typed."""
        day = self.on.day()
        assert day is not None
        return OpinionAnswer(self.opinion.toPlainText(), self.by.text(), day)


class JudgeDialog(AskDialog):
    """登记认定: what the rules leave to a person, who decided and why."""

    def __init__(self, finding: str, parent: QWidget | None = None) -> None:
        explain = f"{finding}这一项要由人来定。理由和姓名会印在登记表上，登记后不能改。"
        super().__init__("登记认定", parent, accept="认定可以", width=560, closes=False, explain=explain)
        self.reason = text_area(3)
        self.by = QLineEdit()
        self.form.add("reason", "理由(&Y)", self.reason, required=True)
        self.form.add("by", "认定人(&R)", self.by, required=True)

    def problems(self) -> dict[str, str]:
        """Both are needed."""
        return self.form.missing(reason=self.reason.toPlainText(), by=self.by.text())
