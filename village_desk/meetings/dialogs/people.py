"""What is asked about people: what they said, the sitting they came to, and whose meetings share a sign-in sheet."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.layout import label
from village_desk.widgets.tall import TallDialog, low_area


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


class SittingDialog(TallDialog):
    """登记一场: who came to one sitting of a meeting held in parts. `read` turns the line into numbers."""

    def __init__(
        self,
        today: dt.date,
        read: Callable[[str], Iterable[int]],
        parent: QWidget | None = None,
        *,
        before: Sequence[str] = (),
    ) -> None:
        explain = "一个会分几片开的，每片登记一场；同一个人只算一场，各场加起来是这次会议的到会人数。"
        super().__init__("登记一场片会", parent, accept="登记这一场", width=600, explain=explain)
        self._read = read
        self.put_form()
        if before:
            self.form.add_wide(label("已经登记：" + "；".join(before) + "。"))
        self.name, self.place, self.people = QLineEdit(), QLineEdit(), QLineEdit()
        self.held_on = DateEdit(None, today=today)
        self.form.add("name", "哪一片(&N)", self.name, required=True, hint="例如“三组片会”。")
        self.form.add(
            "people", "到会序号(&H)", self.people, required=True, hint="照签到表填序号或姓名，如 1-20 22 王伟。"
        )
        self.form.add("held_on", "日期(&R)", self.held_on, hint="和会议同一天的空着。")
        self.form.add("place", "地点(&D)", self.place)

    def problems(self) -> dict[str, str]:
        """A name and people of the sheet."""
        found = self.form.missing(name=self.name.text(), people=self.people.text())
        if self.held_on.problem():
            found["held_on"] = self.held_on.problem()
        try:
            self._read(self.people.text())
        except NotAllowed as refusal:
            found["people"] = f"{refusal.message}{refusal.advice}"
        return found


class EveningDialog(TallDialog):
    """合并签到: which meetings of the day share one sheet. `meetings` are (id, title)."""

    def __init__(self, meetings: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        explain = "合用一张签到表，签到只登记一次；各个会议的应到、实到和表决仍然分开算。"
        super().__init__("合并签到", parent, accept="合用一张签到表", width=560, explain=explain)
        self.put_form()
        self.ticks: dict[str, QCheckBox] = {}
        for meeting_id, title in meetings:
            tick = QCheckBox(title)
            tick.setChecked(True)
            self.ticks[meeting_id] = tick
            self.form.add_wide(tick)

    def problems(self) -> dict[str, str]:
        """At least one."""
        return {} if self.answer() else {"": "请选上要一起签到的会议。"}

    def answer(self) -> tuple[str, ...]:
        """The chosen meetings."""
        return tuple(meeting_id for meeting_id, tick in self.ticks.items() if tick.isChecked())
