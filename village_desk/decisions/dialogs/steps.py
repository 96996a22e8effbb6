"""Asking for the facts of one step: its meeting, who came, who sat in, the vote, the result and the opinion."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from village_desk.decisions.dialogs.tall import TallDialog, low_area
from village_desk.meetings.rules import ObserverKind, serials, serials_text
from village_desk.rulebook.rules import VotingWay
from village_desk.widgets import theme
from village_desk.widgets.checks import Check
from village_desk.widgets.counting import CountFields, CountValues
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area
from village_desk.widgets.layout import button, muted
from village_desk.widgets.signing import SignFields, SignRow

ALL_WAYS = (VotingWay.SHOW_OF_HANDS, VotingWay.SECRET, VotingWay.NAMED, VotingWay.VOICE)


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


class MeetingDialog(TallDialog):
    """登记开会. `bodies` are (body, rule kind, words); the first is proposed."""

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
        self.called_on = DateEdit(None, today=today)
        self.place, self.chair, self.recorder = QLineEdit(place), QLineEdit(chair), QLineEdit(recorder)
        self.special_reason = QLineEdit()
        self.content = low_area(2)
        self.merged = QCheckBox("书记、主任一人担任，和下一步合在这次会上办")
        self.merged.setChecked(merged)
        self.form.add("body", "会议(&H)", self.body_box)
        self.form.add("held_on", "开会日期(&R)", self.held_on, required=True)
        self.form.add("called_on", "通知日期(&T)", self.called_on, hint="不清楚的先空着，以后补登。")
        self.form.add("place", "地点(&D)", self.place)
        self.form.add("chair", "主持人(&Z)", self.chair)
        self.form.add("recorder", "记录人(&J)", self.recorder)
        if any(body == "villagers" for body, _, _ in bodies):
            self.form.add("special_reason", "临时通知的情况(&Q)", self.special_reason)
        if content_words:
            self.form.add("content", f"{content_words}(&N)", self.content)
        if may_merge:
            self.form.add("merged", "合并(&B)", self.merged)

    def problems(self) -> dict[str, str]:
        """Days that can be read."""
        found = {}
        if self.held_on.day() is None:
            found["held_on"] = self.held_on.problem() or "请填实际开会的日期。"
        if self.called_on.problem():
            found["called_on"] = self.called_on.problem()
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
        )


class SignInDialog(AskDialog):
    """登记签到. `tell` gives the sentence on so many voters in the room, with its tone."""

    def __init__(
        self,
        head: str,
        rows: Sequence[SignRow],
        tell: Callable[[int], tuple[str, str]],
        parent: QWidget | None = None,
        *,
        households: int = 0,
        households_came: int = 0,
    ) -> None:
        super().__init__(head, parent, accept="登记签到", width=680, closes=False)
        last = len(rows)
        self.fields = SignFields(rows, read=lambda text: serials(text, last), write=serials_text, tell=tell)
        self._households = households
        self.households = QLineEdit(str(households_came or ""))
        if households:
            self.fields.form.add(
                "households", f"到会代表所代表的户数(&U)，全村{households}户", self.households, required=True
            )
        self.body.addWidget(self.fields)

    def problems(self) -> dict[str, str]:
        """Numbers of the list, and households that can be."""
        found = self.fields.problems()
        if self._households and not (
            self.households.text().isdigit() and int(self.households.text()) <= self._households
        ):
            found["households"] = f"请填0到{self._households}之间的户数。"
        self.fields.form.tell(found)
        return {"": "上面有一处要改。"} if found else {}

    def came(self) -> int:
        """How many households they stand for; 0 where the rule does not count those."""
        return int(self.households.text()) if self._households else 0


class VoteDialog(TallDialog):
    """登记表决, or 更正表决 with the count that is wrong and why."""

    def __init__(
        self,
        head: str,
        ways: Sequence[VotingWay],
        present: int,
        judge: Callable[[CountValues], Sequence[Check]],
        parent: QWidget | None = None,
        *,
        given: CountValues | None = None,
        unit: str = "人",
    ) -> None:
        correcting = given is not None
        super().__init__(
            head,
            parent,
            accept="更正表决" if correcting else "登记表决",
            width=620,
            explain="原来登记的数会留在记录里。" if correcting else "",
        )
        chosen = [way for way in ALL_WAYS if way in ways] or list(ALL_WAYS)
        self.fields = CountFields(
            [(way.value, way.words) for way in chosen],
            secret=VotingWay.SECRET.value,
            present=present,
            unit=unit,
            judge=judge,
        )
        self.reason = QLineEdit()
        if given is not None:
            self.fields.fill(given)
            self.form.add("reason", "更正原因(&Y)", self.reason, required=True, hint="例如“计票单看错一行”。")
        self._correcting = correcting
        self.put(self.fields)

    def problems(self) -> dict[str, str]:
        """Numbers in every field, and a reason for a correction."""
        wrong = self.fields.problems()
        self.fields.tell(wrong)
        found = self.form.missing(reason=self.reason.text()) if self._correcting else {}
        if wrong:
            found[""] = "票数还没有填全。"
        return found


class ObserversDialog(AskDialog):
    """列席人员: who sat in, line by line."""

    def __init__(self, given: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__("登记列席人员", parent, accept="登记列席", width=620, closes=False)
        self._lines: list[tuple[QComboBox, QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(8))
        self._grid.setVerticalSpacing(theme.current().px(8))
        for number, words in enumerate(("身份", "姓名", "单位、职务")):
            self._grid.addWidget(muted(words), 0, number)
        self.body.addLayout(self._grid)
        more = button("再加一行", "plus", clicked=lambda: self._add("other", "", ""))
        self.body.addWidget(more)
        wanted = list(given)
        for kind in (ObserverKind.SUPERVISION, ObserverKind.TOWNSHIP):
            if not any(row[0] == kind for row in wanted):
                wanted.append((kind.value, "", ""))
        for row in wanted:
            self._add(*row)

    def answer(self) -> tuple[tuple[str, str, str], ...]:
        """The lines that hold a name."""
        return tuple(
            (str(kind.currentData()), name.text(), post.text())
            for kind, name, post in self._lines
            if name.text().strip()
        )

    def _add(self, kind: str, name: str, post: str) -> None:
        box = QComboBox()
        for known in ObserverKind:
            box.addItem(known.words, known.value)
        box.setCurrentIndex(box.findData(kind))
        names, posts = QLineEdit(name), QLineEdit(post)
        number = len(self._lines) + 1
        for column, (editor, words) in enumerate(((box, "身份"), (names, "姓名"), (posts, "单位、职务"))):
            editor.setAccessibleName(f"第{number}行{words}")
            self._grid.addWidget(editor, number, column)
        self._grid.setColumnStretch(2, 1)
        self._lines.append((box, names, posts))


class ResultDialog(AskDialog):
    """实施结果: what was done, what it cost, how it was accepted."""

    def __init__(self, given: str, parent: QWidget | None = None) -> None:
        super().__init__("写实施结果", parent, accept="起草公开表", width=600, closes=False)
        self.result_edit = text_area(6)
        self.result_edit.setPlainText(given)
        hint = "写明完成情况、资金来源和使用、验收日期和人员。"
        self.form.add("result", "实施结果(&S)", self.result_edit, required=True, hint=hint)

    def problems(self) -> dict[str, str]:
        """The words are needed."""
        return self.form.missing(result=self.result_edit.toPlainText())


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
