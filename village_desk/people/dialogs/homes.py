"""Asking about living and contract households and about people from outside."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.kit.text import half_width
from village_desk.people.dialogs.inputs import member_checklist, ticked, word_box
from village_desk.people.dialogs.picking import person_picker
from village_desk.people.lookups import PersonRow
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog

OUTSIDE_ROLES = (
    "包村干部",
    "法律顾问",
    "第一书记",
    "驻村工作队",
    "网格指导员",
    "在职报到党员",
    "包村民警",
    "结对单位联系人",
)
_MU = re.compile(r"(\d{1,5})(?:\.(\d{1,2}))?")


@dataclass(frozen=True)
class SideAnswer:
    """A new living or contract household: its members, the head first among equals, and its facts."""

    person_ids: tuple[str, ...]
    head_id: str
    number: str
    group: str
    certificate: str
    area: int | None
    from_on: dt.date | None
    due_on: dt.date | None
    address: str


class SideHouseholdDialog(AskDialog):
    """Who lives together, or who contracted land together; it stands apart from the registered household."""

    def __init__(
        self,
        kind: str,
        members: Sequence[PersonRow],
        today: dt.date,
        groups: Sequence[str],
        parent: QWidget | None = None,
        *,
        group: str = "",
        split_of: str = "",
    ) -> None:
        """Of a new household, or of one that is split off from `split_of`, whose members are then `members`."""
        contract = kind == "contract"
        words = "承包户" if contract else "居住户"
        explain = f"{words}和户籍户分开登记，成员可以不一样；以后户籍变了，{words}不跟着变。"
        if split_of:
            explain = f"打勾的人从那天起另立一个{words}；原来的{words}和以前的名单不变。"
        heading = f"{split_of}：分户" if split_of else f"登记{words}"
        super().__init__(
            heading, parent, accept="分户" if split_of else "登记", explain=explain, closes=False, width=620
        )
        self._contract, self._split = contract, bool(split_of)
        self.people = member_checklist(members, ticked=() if split_of else [one.id for one in members])
        self.head_box = QComboBox()
        self.number = QLineEdit()
        self.group = word_box(("", *groups), group)
        self.certificate = QLineEdit()
        self.area = QLineEdit()
        self.area.setPlaceholderText("如 6.85")
        self.begun = DateEdit(today if split_of else None, today=today)
        self.due = DateEdit(None, today=today)
        self.address = QLineEdit()
        self.form.add("people", "成员(&P)", self.people, required=True)
        self.form.add("head", "承包方代表(&H)" if contract else "户主(&H)", self.head_box, required=True)
        self.form.add("number", f"{words}编号(&U)", self.number)
        self.form.add("group", "村民小组(&G)", self.group)
        if contract:
            self.form.add("certificate", "合同或权证号(&C)", self.certificate)
            self.form.add("area", "分走的面积（亩）(&A)" if split_of else "承包面积（亩）(&A)", self.area)
            self.form.add("due", "承包期止(&E)", self.due)
        else:
            self.form.add("address", "住在哪里(&A)", self.address)
        self.form.add("begun", "从哪天起(&D)", self.begun, required=self._split)
        self.form.show_field("group", not self._split)
        self.people.itemChanged.connect(lambda _item: self._offer_heads())
        self._offer_heads()

    def _offer_heads(self) -> None:
        before = self.head_box.currentData(Qt.ItemDataRole.UserRole)
        self.head_box.clear()
        for name, person_id in ticked(self.people):
            self.head_box.addItem(name, person_id)
        self.head_box.setCurrentIndex(max(0, self.head_box.findData(before)))

    def problems(self) -> dict[str, str]:
        """Somebody belongs to it, the area is a number, the days can be read."""
        found = {} if ticked(self.people) else {"people": "请至少勾一位成员。"}
        if self._contract and self.area.text().strip() and read_mu(self.area.text()) is None:
            found["area"] = "面积写成亩数，最多两位小数，例如6.85。"
        if self._split and len(ticked(self.people)) == self.people.count():
            found["people"] = "原来的户至少要留一个人。"
        if self._split and self.begun.day() is None:
            found["begun"] = "请填写从哪天起分户。"
        for key, edit in (("begun", self.begun), ("due", self.due)):
            if edit.problem():
                found[key] = edit.problem()
        return found

    def answer(self) -> SideAnswer:
        """What was chosen."""
        return SideAnswer(
            tuple(person_id for _, person_id in ticked(self.people)),
            str(self.head_box.currentData()),
            self.number.text().strip(),
            self.group.currentText().strip(),
            self.certificate.text().strip(),
            read_mu(self.area.text()),
            self.begun.day(),
            self.due.day(),
            self.address.text().strip(),
        )


class JoinDialog(AskDialog):
    """Somebody joins a living or contract household."""

    def __init__(
        self, title: str, find: Callable[[str], Sequence[PersonRow]], today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent, accept="加入", closes=False)
        self.person = person_picker(find)
        self.day = DateEdit(None, today=today)
        self.relation = QLineEdit()
        self.shares = QLineEdit()
        self.shares.setPlaceholderText("如 1 或 1.5，没有份额的空着")
        self.form.add("person", "姓名(&N)", self.person, required=True)
        self.form.add("on", "从哪天起(&D)", self.day, hint="不知道的可以空着，显示为未登记。")
        self.form.add("relation", "与代表的关系(&L)", self.relation)
        self.form.add("shares", "份额（股）(&S)", self.shares)

    def problems(self) -> dict[str, str]:
        """A person is needed; day and share can be read."""
        found = {} if self.person.chosen() else {"person": "请查到并选中这个人。"}
        if self.day.problem():
            found["on"] = self.day.problem()
        if self.shares.text().strip() and read_mu(self.shares.text()) is None:
            found["shares"] = "份额写成股数，最多两位小数，例如1.5。"
        return found

    def answer(self) -> tuple[str, dt.date | None, str, int | None]:
        """Who, since when, as what, with how many hundredths of a share."""
        return (
            self.person.chosen(),
            self.day.day(),
            self.relation.text().strip(),
            read_mu(self.shares.text()),
        )


@dataclass(frozen=True)
class OutsideAnswer:
    """Who comes from outside, to do what, from which unit and post, since when."""

    name: str
    role: str
    unit: str
    unit_post: str
    phone: str
    from_on: dt.date | None


class OutsideDialog(AskDialog):
    """Somebody from outside serves the village."""

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        explain = "外来人员不算村民，也不计入任何应到人数；可以列席会议、担任联系人。"
        super().__init__("登记外来人员", parent, accept="登记", explain=explain, closes=False)
        self.name = QLineEdit()
        self.role = word_box(OUTSIDE_ROLES, OUTSIDE_ROLES[0])
        self.unit = QLineEdit()
        self.unit_post = QLineEdit()
        self.phone = QLineEdit()
        self.day = DateEdit(None, today=today)
        self.form.add("name", "姓名(&N)", self.name, required=True)
        self.form.add("role", "在村里做什么(&R)", self.role, required=True)
        self.form.add("unit", "单位(&U)", self.unit, required=True)
        self.form.add("unit_post", "职务(&P)", self.unit_post)
        self.form.add("phone", "联系电话(&T)", self.phone)
        self.form.add("on", "从哪天起(&D)", self.day, hint="不知道的可以空着，显示为未登记。")

    def problems(self) -> dict[str, str]:
        """Name, role and unit are needed."""
        found = self.form.missing(name=self.name.text(), role=self.role.currentText(), unit=self.unit.text())
        if self.day.problem():
            found["on"] = self.day.problem()
        return found

    def answer(self) -> OutsideAnswer:
        """What was typed."""
        return OutsideAnswer(
            self.name.text().strip(),
            self.role.currentText().strip(),
            self.unit.text().strip(),
            self.unit_post.text().strip(),
            self.phone.text().strip(),
            self.day.day(),
        )


def read_mu(typed: str) -> int | None:
    """Hundredths from 6.85 or 6.85亩; None when it is no such number."""
    found = _MU.fullmatch(half_width(typed).strip().removesuffix("亩"))
    if found is None:
        return None
    return int(found.group(1)) * 100 + int((found.group(2) or "0").ljust(2, "0"))
