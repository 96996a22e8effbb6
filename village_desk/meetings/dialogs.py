"""What the page of meetings asks: a meeting, a motion, and what people said."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.tall import TallDialog, low_area


@dataclass(frozen=True)
class MeetingAnswer:
    """The facts of a meeting; days are None while they are not known."""

    title: str
    body: str
    rule_kind: str
    group_name: str
    held_on: dt.date | None
    called_on: dt.date | None
    place: str
    chair: str
    recorder: str
    special_reason: str


class MeetingDialog(TallDialog):
    """登记会议, or its facts put right. `bodies` are (body, rule kind, words)."""

    def __init__(
        self,
        bodies: Sequence[tuple[str, str, str]],
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
        for body, rule_kind, words in bodies:
            self.kind.addItem(words, (body, rule_kind))
        self.group = QLineEdit()
        self.held_on = DateEdit(today if new else None, today=today)
        self.called_on = DateEdit(None, today=today)
        self.place, self.chair, self.recorder, self.special = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.form.add("title", "会议名称(&M)", self.title_edit, required=True)
        if new:
            self.form.add("kind", "会议种类(&H)", self.kind)
            self.form.add("group", "村民小组(&X)", self.group, hint="只有村民小组会议要填，例如“三组”。")
        self.form.add("held_on", "开会日期(&R)", self.held_on, hint="还没开的先空着。")
        self.form.add("called_on", "通知日期(&T)", self.called_on)
        self.form.add("place", "地点(&D)", self.place)
        self.form.add("chair", "主持人(&Z)", self.chair)
        self.form.add("recorder", "记录人(&J)", self.recorder)
        self.form.add("special", "临时通知的情况(&Q)", self.special)
        if given is not None:
            self.title_edit.setText(given.title)
            self.held_on.set_day(given.held_on)
            self.called_on.set_day(given.called_on)
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
        for key, editor in (("held_on", self.held_on), ("called_on", self.called_on)):
            if editor.problem():
                found[key] = editor.problem()
        return found

    def answer(self) -> MeetingAnswer:
        """What was typed."""
        body, rule_kind = self.kind.currentData() or ("", "")
        return MeetingAnswer(
            self.title_edit.text(),
            body,
            rule_kind,
            self.group.text(),
            self.held_on.day(),
            self.called_on.day(),
            self.place.text(),
            self.chair.text(),
            self.recorder.text(),
            self.special.text(),
        )


class MotionDialog(TallDialog):
    """加一个议题, or its text changed before it passes."""

    def __init__(self, parent: QWidget | None = None, *, title: str = "", text: str = "", voted: bool = False) -> None:
        explain = "已经表决过；改了文字要重新表决。" if voted else ""
        words = "改议题" if title else "加议题"
        super().__init__(words, parent, accept="保存", width=600, explain=explain)
        self.put_form()
        self.title_edit = QLineEdit(title)
        self.text_edit = low_area(5)
        self.text_edit.setPlainText(text)
        self.form.add("title", "议题(&Y)", self.title_edit, required=True)
        self.form.add("text", "表决的文字(&N)", self.text_edit)

    def problems(self) -> dict[str, str]:
        """The title is needed."""
        return self.form.missing(title=self.title_edit.text())


class RemarksDialog(TallDialog):
    """发言要点: one line a speaker, 姓名：说了什么."""

    def __init__(self, given: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("登记发言要点", parent, accept="保存", width=640)
        self.put_form()
        self.lines = low_area(9)
        self.lines.setPlainText("\n".join(f"{name}：{words}" if name else words for name, words in given))
        self.form.add("lines", "发言(&F)", self.lines, hint="一人一行，写成“王建国：说了什么”。")

    def answer(self) -> tuple[tuple[str, str], ...]:
        """Pairs of name and words."""
        found = []
        for line in self.lines.toPlainText().splitlines():
            name, mark, words = line.replace(":", "：", 1).partition("：")
            found.append((name, words) if mark else ("", line))
        return tuple((name.strip(), words.strip()) for name, words in found if words.strip())
