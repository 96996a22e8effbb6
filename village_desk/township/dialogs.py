"""The questions of the township's desk: comparing a village's laptop, and taking one out of use."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from village_desk.sync.keys import last_digits
from village_desk.sync.outcome import FileOutcome
from village_desk.township.lookups import LaptopRow
from village_desk.widgets.compare import CompareDialog
from village_desk.widgets.dialogs import AskDialog


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
