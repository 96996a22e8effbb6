"""What is asked of a meeting as such: its facts, and another day for it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.meetings.rules import NOTICE_WAYS
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.tall import TallDialog


@dataclass(frozen=True)
class MeetingAnswer:
    """The facts of a meeting; days are None while they are not known."""

    title: str
    body: str
    rule_kind: str
    occasion: str
    group_name: str
    held_on: dt.date | None
    called_on: dt.date | None
    place: str
    chair: str
    recorder: str
    special_reason: str
    agenda_posted_on: dt.date | None = None
    notice_way: str = ""


class MeetingDialog(TallDialog):
    """登记会议, or its facts put right. `kinds` are (body, rule kind, occasion, words)."""

    def __init__(
        self,
        kinds: Sequence[tuple[str, str, str, str]],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        given: MeetingAnswer | None = None,
    ) -> None:
        new = given is None
        super().__init__(
            "登记会议" if new else "改会议情况",
            parent,
            accept="登记会议" if new else "保存",
            width=600,
            explain="照实填写；通知晚了、人没到齐也先登记。",
        )
        self.put_form()
        self.title_edit = QLineEdit()
        self.kind = QComboBox()
        for body, rule_kind, occasion, words in kinds:
            self.kind.addItem(words, (body, rule_kind, occasion))
        self.group = QLineEdit()
        self.held_on = DateEdit(today if new else None, today=today)
        self.called_on = DateEdit(None, today=today)
        self.agenda_on = DateEdit(None, today=today)
        self.way = QComboBox()
        self.way.setEditable(True)
        self.way.addItems(["", *NOTICE_WAYS])
        self.place, self.chair, self.recorder, self.special = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.form.add("title", "会议名称(&M)", self.title_edit, required=True)
        if new:
            self.form.add("kind", "会议种类(&H)", self.kind)
            self.form.add("group", "村民小组(&X)", self.group, hint="只有村民小组会议要填，例如“三组”。")
        self.form.add("held_on", "开会日期(&R)", self.held_on, hint="还没开的先空着。")
        self.form.add("called_on", "通知日期(&T)", self.called_on)
        self.form.add("way", "通知方式(&W)", self.way)
        self.form.add("agenda_on", "议题张贴日期(&Y)", self.agenda_on, hint="没有把议题贴出来的空着。")
        self.form.add("place", "地点(&D)", self.place)
        self.form.add("chair", "主持人(&Z)", self.chair)
        self.form.add("recorder", "记录人(&J)", self.recorder)
        self.form.add("special", "临时通知的情况(&Q)", self.special)
        if given is not None:
            self.title_edit.setText(given.title)
            self.held_on.set_day(given.held_on)
            self.called_on.set_day(given.called_on)
            self.agenda_on.set_day(given.agenda_posted_on)
            self.way.setEditText(given.notice_way)
            for editor, words in (
                (self.place, given.place),
                (self.chair, given.chair),
                (self.recorder, given.recorder),
                (self.special, given.special_reason),
            ):
                editor.setText(words)

    def problems(self) -> dict[str, str]:
        """A title, and days that can be read."""
        found = self.form.missing(title=self.title_edit.text())
        for key, editor in (("held_on", self.held_on), ("called_on", self.called_on), ("agenda_on", self.agenda_on)):
            if editor.problem():
                found[key] = editor.problem()
        return found

    def answer(self) -> MeetingAnswer:
        """What was typed."""
        body, rule_kind, occasion = self.kind.currentData() or ("", "", "")
        return MeetingAnswer(
            self.title_edit.text(),
            body,
            rule_kind,
            occasion,
            self.group.text(),
            self.held_on.day(),
            self.called_on.day(),
            self.place.text(),
            self.chair.text(),
            self.recorder.text(),
            self.special.text(),
            self.agenda_on.day(),
            self.way.currentText(),
        )


class PostponeDialog(TallDialog):
    """改期: another day, and why."""

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            "会议改期", parent, accept="登记改期", width=560, explain="原定的日期、到过的人和原因都会留在记录里。"
        )
        self.put_form()
        self.to, self.called_on, self.reason = DateEdit(None, today=today), DateEdit(None, today=today), QLineEdit()
        self.form.add("to", "改到哪一天(&R)", self.to, required=True)
        self.form.add("reason", "改期原因(&Y)", self.reason, required=True, hint="例如“只到24人，还差1人”。")
        self.form.add("called_on", "重新通知的日期(&T)", self.called_on, hint="没有重新通知的空着。")

    def problems(self) -> dict[str, str]:
        """A day and a reason."""
        found = self.form.missing(reason=self.reason.text())
        for key, editor in (("to", self.to), ("called_on", self.called_on)):
            if editor.problem():
                found[key] = editor.problem()
        if self.to.day() is None and "to" not in found:
            found["to"] = "请填改到哪一天。"
        return found
