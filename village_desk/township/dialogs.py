"""The questions of the township's desk: comparing a village's laptop, taking one out of use, answering records."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QWidget

from village_desk.sync.answers import Asks, Choice
from village_desk.sync.keys import last_digits
from village_desk.sync.outcome import FileOutcome
from village_desk.township.lookups import LaptopRow
from village_desk.widgets.compare import CompareDialog
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


def enrol_dialog(outcome: FileOutcome, known: Sequence[LaptopRow], parent: QWidget | None = None) -> CompareDialog:
    """Compare a village's laptop; `known` are the laptops that the village has in use already."""
    choices = [("", f"{outcome.sender}又添了一台电脑")] if known else []
    choices += [
        (laptop.device.hex(), f"接替原来的电脑（核对码末6位 {last_digits(laptop.fingerprint)}）") for laptop in known
    ]
    return CompareDialog(
        f"核对{outcome.sender}的电脑",
        outcome.fingerprint,
        parent,
        explain="请给村里打电话或当面核对：村里的“上报”页上有这台电脑的核对码，请对方逐组读出来。核对一致再登记。",
        where="输入村里读出来的最后6位。",
        choices=choices,
        asks="这台电脑",
    )


class RevokeDialog(AskDialog):
    """Which laptop is to be taken out of use."""

    def __init__(self, village: str, laptops: Sequence[LaptopRow], parent: QWidget | None = None) -> None:
        super().__init__(
            f"停用{village}的电脑",
            parent,
            accept="停用",
            danger=True,
            explain="电脑丢了、坏了或换了人，就停用它。已经收到的内容都保留，以后它写的上报包不再收。",
        )
        self.laptop = QComboBox()
        for one in laptops:
            since = f"{one.enrolled_on.isoformat()}登记，" if one.enrolled_on else ""
            self.laptop.addItem(f"{since}核对码末6位 {last_digits(one.fingerprint)}", one.id)
        self.form.add("laptop", "电脑", self.laptop)

    @property
    def chosen(self) -> str:
        """The record's id of the chosen laptop."""
        return str(self.laptop.currentData())


_ASKED = {
    Asks.DOCUMENT: Ask("document", "文号(&W)", placeholder="如：平安党办〔2026〕12号"),
    Asks.UNIT: Ask("unit", "承办单位(&U)", placeholder="如：镇农业农村综合服务中心"),
    Asks.DUE_ON: Ask("due_on", "办理期限(&X)", "day"),
    Asks.WORDS: Ask("words", "意见(&L)", placeholder="村里照这句话告诉当事人"),
}


def answer_dialog(choice: Choice, about: str, today: dt.date, parent: QWidget | None = None) -> FieldsDialog:
    """Asks for what one way to answer needs; `about` says what it is about."""
    asks = [
        replace(ask, required=part in choice.must)
        for part, ask in _ASKED.items()
        if part in choice.must or part in choice.may
    ]
    return FieldsDialog(
        choice.verb,
        parent,
        accept=choice.verb,
        explain=f"{about}。答复随下一次回执带回村里。",
        asks=(*asks[:1], Ask("day", "答复日期(&T)", "day", True, value=today, today=today), *asks[1:]),
    )
