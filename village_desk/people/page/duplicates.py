"""Double entries: pairs that may be one person side by side, merges that hold, and taking one apart again."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_desk.kit.text import chinese_date
from village_desk.people import actions, lookups
from village_desk.people.lookups import DoubleRow, MergeRow, SideRow
from village_desk.people.rules.dates import birth_words
from village_desk.people.rules.words import PERSON_STATE_WORDS, SEX_WORDS, PersonState, Sex
from village_desk.widgets import theme
from village_desk.widgets.asking import write_prepared
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, heading, label, muted, row, scrolled
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.workplace import Workplace

_NOTHING = "名册里没有看起来重复的人。导入花名册以后，再来这里看一看。"


class DoublesTable(ListTable[DoubleRow]):
    """Pairs that may be one person."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("one", "一条", lambda pair: _short(pair.one), width=8, sortable=False),
                Column("other", "另一条", lambda pair: _short(pair.other), width=8, sortable=False),
                Column("why", "为什么像同一个人", lambda pair: pair.reason_words, width=12, wide=True, sortable=False),
            )
        )


class MergesTable(ListTable[MergeRow]):
    """Merges that hold."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("gone", "并入的一条", lambda merge: merge.gone, width=6),
                Column("kept", "保留的人", lambda merge: merge.kept, width=6),
                Column(
                    "on", "合并日期", lambda merge: chinese_date(merge.merged_on) if merge.merged_on else "", width=8
                ),
                Column("why", "依据", lambda merge: merge.note or merge.reasons or "手工合并", width=12, wide=True),
            ),
            sort_keys={"on": lambda merge: str(merge.merged_on)},
        )


class MergeDialog(AskDialog):
    """Which of two entries is kept."""

    def __init__(self, pair: DoubleRow, parent: QWidget | None = None) -> None:
        super().__init__(
            "合并成一个人",
            parent,
            accept="合并",
            explain=(
                "保留的一条照旧使用；另一条名下的职务、会议、积分、公示都算到保留的人身上，原来的记录一个字不改，随时可以拆开。"
            ),
            closes=False,
            width=600,
        )
        self.about = pair.id
        self.group = QButtonGroup(self)
        self.choices = (QRadioButton(f"保留：{_whole(pair.one)}"), QRadioButton(f"保留：{_whole(pair.other)}"))
        for at, choice in enumerate(self.choices):
            self.group.addButton(choice, at)
            self.body.addWidget(choice)
        self.choices[0 if _known(pair.one) >= _known(pair.other) else 1].setChecked(True)
        self.note = QLineEdit()
        self.form.add("note", "说明(&N)", self.note, hint="身份证号不同的，要写明哪一个号码错了。")
        self.pair = pair

    def answer(self) -> tuple[str, str, str]:
        """The entry that goes, the one that is kept, and the clerk's word."""
        kept, gone = (
            (self.pair.one, self.pair.other) if self.group.checkedId() == 0 else (self.pair.other, self.pair.one)
        )
        return gone.id, kept.id, self.note.text().strip()


class DuplicatesView(QWidget):
    """Emits `went_to(person_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.table, self.merges = DoublesTable(), MergesTable()
        self.grid = Grid(self.table, empty_words=_NOTHING)
        self.merges_grid = Grid(self.merges, empty_words="还没有合并过。")
        for one in (self.grid, self.merges_grid):
            # Two lists on one page ask for no more room than there is.
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            one.setMinimumHeight(theme.current().px(90))
        self.figures = label("", "strong")
        self.merge = button("合并成一个人", "check", role="primary", clicked=self.ask_merge)
        self.apart = button("是两个人", "x", clicked=self.mark_apart, tip="以后不再提示这一对")
        self.unmerge = button("拆开", "undo-2", clicked=self.take_apart)
        self.sides = QWidget()
        self._side_column = QVBoxLayout(self.sides)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        left = Card()
        left.add(self.figures)
        left.add(self.grid, 3)
        left.add(row(self.apart, None, self.merge, spacing=8))
        left.add(heading("已经合并的"))
        left.add(self.merges_grid, 2)
        left.add(row(None, self.unmerge))
        right = Card()
        right.add(heading("对照"))
        lines = scrolled(self.sides)
        lines.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        right.add(lines, 1)
        right.add(muted("合并不改动任何记录：拆开以后，职务、积分、签到各自回到原来的人名下。"))
        right.setMinimumWidth(theme.current().px(300))
        both = row(left, right, spacing=12)
        both.setStretch(0, 5)
        both.setStretch(1, 3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(both)
        self.grid.picked.connect(lambda _id: self._compare())
        self.merges_grid.picked.connect(lambda _id: self._fit())
        self.grid.opened.connect(lambda _id: self.ask_merge())
        self.merges_grid.opened.connect(self._open_kept)

    def refresh(self) -> None:
        """Read pairs and merges."""
        rows = self.workplace.read(lookups.possible_doubles)
        self.table.show(rows)
        self.merges.show(self.workplace.read(lookups.merges))
        self.figures.setText(f"{len(rows)}对可能是同一个人" if rows else "没有发现重复的人")
        if not self.grid.current_id() and rows:
            self.grid.choose(rows[0].id)
        self._compare()

    def current(self) -> DoubleRow | None:
        """The pair at hand."""
        chosen = self.grid.current_id()
        return next((one for one in self.table.rows() if one.id == chosen), None)

    def _fit(self) -> None:
        pair = self.current()
        self.merge.setEnabled(pair is not None)
        self.apart.setEnabled(pair is not None)
        self.unmerge.setEnabled(bool(self.merges_grid.current_id()))

    def _compare(self) -> None:
        self._fit()
        while (item := self._side_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        pair = self.current()
        if pair is None:
            return
        self._side_column.addWidget(_comparison(pair))
        self._side_column.addStretch(1)

    def ask_merge(self) -> None:
        """Merge the pair at hand."""
        pair = self.current()
        if pair is None:
            return
        dialog = MergeDialog(pair, self)

        def act_on() -> Callable[[Any], object]:
            gone, kept, note = dialog.answer()
            return lambda session: actions.merge_persons(session, person_id=gone, kept_id=kept, note=note)

        said = "已合并成一个人，以前的记录没有改动，可以随时拆开。"
        write_prepared(self.workplace, dialog, "people.merge_persons", act_on, said)
        self.show_dialog(dialog)

    def mark_apart(self) -> None:
        """The pair at hand are two people."""
        pair = self.current()
        if pair is None:
            return
        self.workplace.write(
            "people.mark_distinct",
            lambda session: actions.mark_distinct(session, person_id=pair.one.id, other_id=pair.other.id),
            said=f"已记下{pair.one.name}和{pair.other.name}是两个人，以后不再提示。",
        )

    def take_apart(self) -> None:
        """Take the chosen merge back."""
        chosen = self.merges_grid.current_id()
        if chosen:
            self.workplace.write(
                "people.unmerge_persons",
                lambda session: actions.unmerge_persons(session, alias_id=chosen),
                said="已拆开，各人的记录回到各人名下。",
            )

    def _open_kept(self, merge_id: str) -> None:
        found = next((one for one in self.merges.rows() if one.id == merge_id), None)
        if found is not None:
            self.went_to.emit(found.kept_id)

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The merge of the pair at hand."""
        pair = self.current()
        if pair is not None:
            yield "merge", MergeDialog(pair, self)


def _comparison(pair: DoubleRow) -> QWidget:
    """Both entries field by field; what differs is said in words, not by colour alone."""
    made = QWidget()
    layout = QGridLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(theme.current().px(12))
    layout.setVerticalSpacing(theme.current().px(6))
    layout.setColumnStretch(1, 1)
    layout.setColumnStretch(2, 1)
    for at, (words, one, other) in enumerate(_fields(pair.one, pair.other)):
        layout.addWidget(muted(words), at, 0)
        differ = bool(one) and bool(other) and one != other
        layout.addWidget(label(one or "未登记", "strong" if differ else ""), at, 1)
        layout.addWidget(label((other or "未登记") + ("（不同）" if differ else ""), "strong" if differ else ""), at, 2)
    return made


def _fields(one: SideRow, other: SideRow) -> Sequence[tuple[str, str, str]]:
    return [
        ("姓名", one.name, other.name),
        ("曾用名", one.former_name, other.former_name),
        ("性别", SEX_WORDS[Sex(one.sex)], SEX_WORDS[Sex(other.sex)]),
        ("出生日期", birth_words(one.birth) if one.birth else "", birth_words(other.birth) if other.birth else ""),
        ("身份证号", one.identity, other.identity),
        ("电话", one.phone, other.phone),
        ("户号", one.household, other.household),
        ("小组", one.group, other.group),
        ("状态", PERSON_STATE_WORDS[PersonState(one.state)], PERSON_STATE_WORDS[PersonState(other.state)]),
    ]


def _merged_on(merge: MergeRow) -> str:
    return chinese_date(merge.merged_on) if merge.merged_on else ""


def _short(side: SideRow) -> str:
    return f"{side.name} {side.group}".strip()


def _whole(side: SideRow) -> str:
    parts = [
        side.name,
        birth_words(side.birth) if side.birth else "",
        side.group,
        side.household and f"户号{side.household}",
    ]
    return " · ".join(part for part in parts if part)


def _known(side: SideRow) -> int:
    return sum(bool(value) for value in (side.birth, side.identity, side.phone, side.household, side.group))
