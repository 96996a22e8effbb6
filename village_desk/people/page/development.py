"""发展党员: who is on the way to membership, what comes next and from when, voluntary work, what was lacking."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from village_desk.kit.text import chinese_date
from village_desk.people import actions, lookups
from village_desk.people.dialogs import ApplicantDialog, StepDialog, TimeDialog
from village_desk.people.lookups import DevelopmentRow, PersonRow
from village_desk.people.page.figures import FigureLine
from village_desk.people.rules.development import ORDER, STAGE_WORDS, Stage, hours_words
from village_desk.people.table import DevelopmentTable
from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.asking import write_prepared
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, flow, heading, label, muted, row, scrolled, takes_rest
from village_desk.widgets.workplace import Workplace


class DevelopmentView(QWidget):
    """Emits `went_to(person_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.table = DevelopmentTable()
        self.grid = Grid(self.table, empty_words="还没有登记入党申请人。点“登记入党申请人”，从递交申请书那天记起。")
        self.figures = FigureLine()
        self._rows: tuple[DevelopmentRow, ...] = ()
        self._stage = ""
        self.done = QCheckBox("也看已转正和不再培养的")
        self.add = button("登记入党申请人", "plus", role="primary", clicked=self.ask_new)
        self.step = button("登记下一步", "arrow-right", clicked=self.ask_step)
        self.back = button("去掉最后一步", clicked=self.take_back)
        self.stop = button("不再培养", clicked=lambda: self.ask_step(Stage.ENDED))
        self.time = button("登记志愿服务", "clock", clicked=self.ask_time)
        self.title, self.under = heading(""), muted("")
        self.checks = Checks()
        self.told = label("")
        self._lay_out()
        self.done.toggled.connect(lambda _on: self.refresh())
        self.figures.picked.connect(self.show_stage)
        self.grid.picked.connect(lambda _id: self._show_one())
        self.grid.opened.connect(self.went_to.emit)

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        over = row(self.figures, self.done, spacing=8)
        over.setStretch(0, 1)
        left.add(over)
        left.add(self.grid, 1)
        left.add(flow(self.step, self.time, self.back, self.stop, self.add))
        right.add(self.title)
        right.add(self.under)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.checks)
        column.addWidget(self.told)
        column.addStretch(1)
        lines = scrolled(inside)
        right.add(lines, 1)
        takes_rest(self.grid, lines)
        right.setMinimumWidth(theme.current().px(290))
        both = row(left, right, spacing=12)
        both.setStretch(0, 5)
        both.setStretch(1, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(both)

    def refresh(self) -> None:
        """Read who is on the way."""
        with_done = self.done.isChecked()
        rows = self.workplace.read(lambda session: lookups.development_rows(session, with_done=with_done))
        self._rows = rows
        parts = [
            (stage.value, f"{STAGE_WORDS[stage]}{number}人")
            for stage in (*ORDER[:4],)
            if (number := sum(one.stage is stage for one in rows))
        ]
        self.figures.show_figures([("", f"共{len(rows)}人"), *parts] if parts else [("", "没有正在培养的人")])
        if self._stage not in {key for key, _ in parts}:
            self._stage = ""
        self.show_stage(self._stage)

    def show_stage(self, stage: str) -> None:
        """Only those who stand at one step; all of them for ""."""
        self._stage = stage
        self.table.show([one for one in self._rows if not stage or one.stage == stage])
        if not self.grid.current_id() and self.table.rowCount():
            self.grid.choose(self.table.id_at(0))
        self._show_one()

    def current(self) -> DevelopmentRow | None:
        """The person at hand."""
        chosen = self.grid.current_id()
        return next((one for one in self.table.rows() if one.id == chosen), None)

    def _show_one(self) -> None:
        one = self.current()
        going = one is not None and one.next_stage is not None
        for what in (self.step, self.time, self.stop):
            what.setEnabled(going)
        self.stop.setEnabled(one is not None and going and one.stage not in (Stage.PROBATIONARY, Stage.FULL))
        self.back.setEnabled(one is not None and one.stage not in (Stage.PROBATIONARY, Stage.FULL))
        self.title.setText(f"{one.name} · {STAGE_WORDS[one.stage]}" if one else "")
        self.under.setText(one.next_words if one else "")
        if one is None:
            self.checks.show_checks([])
            self.told.setText("")
            return
        self.step.setText(f"登记为{STAGE_WORDS[one.next_stage]}" if one.next_stage else "登记下一步")
        checks = []
        for step in one.steps:
            day = chinese_date(step.on) if step.on else "日期未登记"
            checks.append(
                Check(
                    "warn" if step.despite else "good" if step.on else "note",
                    f"{day}　{STAGE_WORDS[step.stage]}",
                    f"仍这样办的原因：{step.despite}" if step.despite else "",
                )
            )
        checks += [Check("warn", words) for words in one.lacking]
        self.checks.show_checks(checks)
        rows = self.workplace.read(lambda session: lookups.voluntary_time(session, one.id))
        lines = [f"培养联系人：{one.mentors or '未登记'}", f"上岗记录：{'有' if one.had_post else '未登记'}"]
        lines.append(f"志愿服务：{one.hours}")
        lines += [
            f"　{chinese_date(row_.on) if row_.on else '日期未登记'}　{hours_words(row_.minutes)}　{row_.what}"
            for row_ in rows[:12]
        ]
        self.told.setText("\n".join(lines))

    def _act(self) -> Act:
        return self.workplace.read(act)

    def find_people(self, words: str) -> list[PersonRow]:
        """People for a picker."""
        return self.workplace.read(lambda session: lookups.find_people(session, words, limit=8))

    def ask_new(self) -> None:
        """Somebody applied for membership."""
        dialog = ApplicantDialog(self.find_people, self._act().today, self)

        def act_on() -> Callable[[Any], object]:
            person_id, day = dialog.answer()
            return lambda session: actions.take_step(session, person_id=person_id, stage=Stage.APPLICANT, on=day)

        self._show(dialog, "people.take_step", act_on, "已登记入党申请人。")

    def ask_step(self, stage: Stage | None = None) -> None:
        """The next step of the person at hand."""
        one = self.current()
        if one is None or (stage is None and one.next_stage is None):
            return
        wanted = stage or one.next_stage
        assert wanted is not None
        dialog = StepDialog(one.name, (wanted,), self._act().today, self)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.take_step(
                session,
                person_id=one.id,
                stage=answer.stage,
                on=answer.on,
                mentors=answer.mentors,
                despite=answer.despite,
            )

        self._show(dialog, "people.take_step", act_on, f"已把{one.name}登记为{STAGE_WORDS[wanted]}。")

    def ask_time(self) -> None:
        """Voluntary work of the person at hand."""
        one = self.current()
        if one is None:
            return
        dialog = TimeDialog(one.name, self._act().today, self)

        def act_on() -> Callable[[Any], object]:
            day, minutes, what = dialog.answer()
            return lambda session: actions.add_voluntary_time(
                session, person_id=one.id, on=day, minutes=minutes, what=what
            )

        self._show(dialog, "people.add_voluntary_time", act_on, f"已登记{one.name}的志愿服务。")

    def take_back(self) -> None:
        """Take the last step away; it can be undone."""
        one = self.current()
        if one is None:
            return
        self.workplace.write(
            "people.take_back_step",
            lambda session: actions.take_back_step(session, person_id=one.id, stage=one.stage),
            said=f"已去掉{one.name}的“{STAGE_WORDS[one.stage]}”这一步，可以撤销。",
        )

    def _show(self, dialog: AskDialog, deed: str, act_on: Callable[[], Callable[[Any], object]], said: str) -> None:
        write_prepared(self.workplace, dialog, deed, act_on, said)
        self.show_dialog(dialog)
