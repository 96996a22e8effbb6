"""Asking about grids: the levels, a unit, and the households that go into it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.kit.text import half_width
from village_desk.people.dialogs.choosing import ManyPicker
from village_desk.people.dialogs.picking import person_picker
from village_desk.people.lookups import PersonRow, UnitRow
from village_desk.people.rules.grids import Level
from village_desk.people.rules.presets import LevelRow
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area


class LevelsDialog(AskDialog):
    """The levels from the top, one a line: a name, and the fewest and the most households where that is laid down."""

    def __init__(self, levels: Sequence[Level], parent: QWidget | None = None) -> None:
        super().__init__(
            "网格的级别",
            parent,
            accept="保存",
            explain="从上到下一行写一级。有户数要求的，在名称后面空一格写最少和最多，例如：片区 50 100。",
            closes=False,
            width=560,
        )
        self.lines = text_area(7)
        self.lines.setMaximumHeight(self.lines.minimumHeight())
        self.lines.setPlainText(
            "\n".join(f"{one.name} {one.least} {one.most}" if one.least or one.most else one.name for one in levels)
        )
        self.form.add("lines", "级别(&L)", self.lines, required=True)

    def problems(self) -> dict[str, str]:
        """Each line is a name or a name with two numbers."""
        for number, line in enumerate(self._lines(), start=1):
            parts = line.split()
            if len(parts) not in (1, 3) or not all(part.isdecimal() for part in parts[1:]):
                return {"lines": f"第{number}行“{line}”看不懂，请写名称，或名称、最少户数、最多户数。"}
        return {} if self._lines() else {"lines": "请至少写一级。"}

    def answer(self) -> tuple[LevelRow, ...]:
        """The levels."""
        found = []
        for line in self._lines():
            parts = line.split()
            least, most = (int(parts[1]), int(parts[2])) if len(parts) == 3 else (0, 0)
            found.append(LevelRow(parts[0], least, most))
        return tuple(found)

    def _lines(self) -> list[str]:
        return [line.strip() for line in half_width(self.lines.toPlainText()).splitlines() if line.strip()]


@dataclass(frozen=True)
class UnitAnswer:
    """What is known of a unit."""

    name: str
    depth: int
    parent_id: str
    code: str
    special: bool
    area: str
    person_id: str
    organisation_id: str


class UnitDialog(AskDialog):
    """Make a unit below another, or change one."""

    def __init__(
        self,
        levels: Sequence[Level],
        units: Sequence[UnitRow],
        find: Callable[[str], Sequence[PersonRow]],
        bodies: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        unit: UnitRow | None = None,
        under: UnitRow | None = None,
        head: PersonRow | None = None,
    ) -> None:
        super().__init__(
            f"修改{unit.name}" if unit else "增加网格",
            parent,
            accept="保存" if unit else "增加",
            closes=False,
            width=580,
        )
        self.unit, self._units = unit, tuple(units)
        self.level = QComboBox()
        for level in levels:
            self.level.addItem(level.name, level.depth)
        self.above = QComboBox()
        self.name = QLineEdit(unit.name if unit else "")
        self.code = QLineEdit(unit.code if unit else "")
        self.special = QCheckBox("专属网格（学校、集市、企业等，不按户数考核）")
        self.special.setChecked(bool(unit and unit.special))
        self.area = QLineEdit(unit.area if unit else "")
        self.person = person_picker(find)
        self.organisation = QComboBox()
        self.organisation.addItem("没有", "")
        for key, words in bodies:
            self.organisation.addItem(words, key)
        if unit is None:
            self.form.add("level", "级别(&L)", self.level, required=True)
            self.form.add("above", "上级网格(&U)", self.above)
        self.form.add("name", "名称(&N)", self.name, required=True)
        self.form.add("code", "编号(&C)", self.code)
        self.form.add("person", "负责人(&P)", self.person)
        self.form.add("organisation", "党组织(&O)", self.organisation)
        self.form.add("area", "范围(&A)", self.area)
        self.form.add("special", "种类(&K)", self.special)
        self.level.currentIndexChanged.connect(lambda _index: self._offer_above())
        if under is not None:
            self.level.setCurrentIndex(max(0, self.level.findData(under.depth + 1)))
        self._offer_above()
        if under is not None:
            self.above.setCurrentIndex(max(0, self.above.findData(under.id)))
        if head is not None:
            self.person.offer([head], head.id)
        if unit is not None:
            self.organisation.setCurrentIndex(max(0, self.organisation.findData(unit.organisation_id)))

    def _offer_above(self) -> None:
        wanted = int(self.level.currentData() or 1) - 1
        self.above.clear()
        for one in self._units:
            if one.depth == wanted:
                self.above.addItem(one.name, one.id)
        if self.unit is None:
            self.form.show_field("above", wanted > 0)

    def problems(self) -> dict[str, str]:
        """A name."""
        return self.form.missing(name=self.name.text())

    def answer(self) -> UnitAnswer:
        """What was entered."""
        return UnitAnswer(
            self.name.text().strip(),
            int(self.level.currentData() or 1),
            str(self.above.currentData() or ""),
            self.code.text().strip(),
            self.special.isChecked(),
            self.area.text().strip(),
            self.person.chosen(),
            str(self.organisation.currentData() or ""),
        )


class PlaceDialog(AskDialog):
    """Which households go into a unit from which day on; `homes` are (id, words)."""

    def __init__(
        self, name: str, homes: Sequence[tuple[str, str]], today: dt.date, parent: QWidget | None = None
    ) -> None:
        explain = "已在别的网格的户，从这一天起调到这里；以前在哪个网格照样查得到。"
        super().__init__(f"户编入{name}", parent, accept="编入", explain=explain, closes=False, width=600)
        self.homes = ManyPicker("输入户号、户主、小组里的字", homes)
        self.day = DateEdit(today, today=today)
        self.form.add("homes", "哪些户(&H)", self.homes, required=True)
        self.form.add("on", "从哪天起(&D)", self.day, required=True)

    def problems(self) -> dict[str, str]:
        """Households and a day."""
        found = {} if self.homes.chosen() else {"homes": "请至少勾选一户。"}
        if self.day.day() is None:
            found["on"] = self.day.problem() or "请填写从哪天起。"
        return found

    def answer(self) -> tuple[tuple[str, ...], dt.date]:
        """The households and the day."""
        day = self.day.day()
        assert day is not None
        return self.homes.chosen(), day
