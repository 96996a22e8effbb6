"""Which day is it? Asked when the computer's clock went back or jumped far ahead."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from village_desk.kit.clock import ClockState, Today
from village_desk.kit.text import chinese_date
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog


class DayDialog(AskDialog):
    """Asks for today's date; the desk works with the answer, the computer's clock stays as it is."""

    def __init__(self, clock: Today, parent: QWidget | None = None) -> None:
        computer = dt.date.today()
        explain = (
            f"电脑显示今天是{chinese_date(computer)}，比上次使用的日子还早，可能是电脑的电池没电了。"
            if clock.state is ClockState.WENT_BACK
            else f"电脑显示今天是{chinese_date(computer)}，离上次使用已经很久。"
        )
        super().__init__("请核对今天的日期", parent, accept="就用这一天", cancel="", explain=explain)
        self.edit = DateEdit(computer if clock.state is ClockState.JUMPED_AHEAD else clock.day, today=computer)
        self.form.add("day", "今天是", self.edit, required=True, hint="期限和公示天数都从这一天算。")

    def problems(self) -> dict[str, str]:
        """A day must be given."""
        if self.edit.problem():
            return {"day": self.edit.problem()}
        return {} if self.edit.day() else {"day": "请填写今天的日期。"}

    def day(self) -> dt.date:
        """The answer."""
        day = self.edit.day()
        assert day is not None
        return day
