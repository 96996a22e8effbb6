"""One case on the screen: its steps in a row, the facts of the chosen step, and the checks beside them."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from village_desk.decisions.lookups import DecisionDetail, DecisionState, StageRow
from village_desk.decisions.page.facts import (
    ACTS,
    CASE_ACTS,
    SIDE_ACTS,
    acts_of,
    around,
    at_hand,
    case_acts_of,
    checks_of,
    lines_of,
    steps_of,
)
from village_desk.decisions.table import progress, tone
from village_desk.kit.text import chinese_date
from village_desk.widgets import icons, theme
from village_desk.widgets.checks import Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.layout import button, card, heading, label, line, muted, row, scrolled
from village_desk.widgets.stepper import Stepper


class CaseView(QWidget):
    """Shows a DecisionDetail; emits `asked(act)` with a key of ACTS, or back, plan, print_all, withdraw, reopen."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.detail: DecisionDetail | None = None
        self.no = 1
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.back.hide()
        self.title = heading("")
        self.title.setWordWrap(True)
        self.chip = Chip()
        self.side = muted("")
        self.plan_button = button("修改方案", "pencil", clicked=lambda: self.asked.emit("plan"))
        self.more_button = button("更多办理", "list-checks")
        self.more = QMenu(self.more_button)
        self.more_button.setMenu(self.more)
        self.print_button = button("打印全套登记表", "printer", clicked=lambda: self.asked.emit("print_all"))
        self.withdraw_button = button("撤回议题", "undo-2", clicked=lambda: self.asked.emit("withdraw"))
        self.reopen_button = button("恢复办理", "refresh-cw", clicked=lambda: self.asked.emit("reopen"))
        self.stepper = Stepper()
        self.stepper.chosen.connect(self.show_stage)
        head = row(self.back, self.title, self.chip)
        head.setStretchFactor(self.title, 1)
        tools = row(
            self.side,
            self.plan_button,
            self.more_button,
            self.print_button,
            self.withdraw_button,
            self.reopen_button,
            spacing=8,
        )
        tools.setStretchFactor(self.side, 1)
        self.head_card = card(head, tools, line(), self.stepper)
        self.stage_title = heading("")
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(look.px(14))
        self.lines.setVerticalSpacing(look.px(7))
        self.lines.setColumnStretch(1, 1)
        self.buttons: dict[str, QPushButton] = {}
        self._button_row = QHBoxLayout()
        self._button_row.setSpacing(look.px(8))
        self._print_row = QHBoxLayout()
        self._print_row.setSpacing(look.px(8))
        self._facts_body = QWidget()
        inside = QVBoxLayout(self._facts_body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self.lines)
        inside.addStretch(1)
        self.facts_card = card(self.stage_title)
        self.facts_card.add(scrolled(self._facts_body), 1)
        self.facts_card.add(self._print_row)
        self.facts_card.add(self._button_row)
        self.checks = Checks()
        self.checks.acted.connect(self.asked)
        self.verdict_chip = Chip()
        self.next_words = label("", "strong")
        checks_body = QWidget()
        column = QVBoxLayout(checks_body)
        column.setContentsMargins(0, 0, look.px(4), 0)
        column.addWidget(self.checks)
        column.addStretch(1)
        self.checks_card = card(row(heading("法定条件检查"), self.verdict_chip, None))
        self.checks_card.add(scrolled(checks_body), 1)
        self.checks_card.setMinimumWidth(look.px(320))
        below = row(self.facts_card, self.checks_card, spacing=12)
        below.setStretchFactor(self.facts_card, 11)
        below.setStretchFactor(self.checks_card, 9)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(look.px(12))
        outer.addWidget(self.head_card)
        outer.addLayout(below, 1)

    @property
    def stage(self) -> StageRow | None:
        """The step on the screen."""
        return self.detail.stage(self.no) if self.detail is not None else None

    def show_case(self, detail: DecisionDetail) -> None:
        """Show this case; the same one keeps the chosen step."""
        same = self.detail is not None and self.detail.row.id == detail.row.id
        moved = same and self.detail is not None and self.detail.verdict.current_no != detail.verdict.current_no
        self.detail = detail
        found = detail.row
        self.title.setText(found.title)
        self.chip.say(progress(found), tone(found))
        parts = [found.number, found.matter, detail.template_name, f"{chinese_date(found.opened_on)}立项"]
        if detail.one_shoulder:
            parts.append("一肩挑")
        if detail.stands_in:
            parts.append("村委会代行集体经济组织职能")
        if detail.from_paper:
            parts.append("补录")
        self.side.setText(" · ".join(parts))
        open_case = found.state is DecisionState.OPEN
        self.plan_button.setVisible(open_case)
        self.withdraw_button.setVisible(open_case)
        self.reopen_button.setVisible(not open_case)
        self._show_more(case_acts_of(detail))
        at = self.no - 1 if same and not moved else at_hand(detail)
        self.stepper.show_steps(steps_of(detail), at)
        self.show_stage(at)

    def show_stage(self, index: int) -> None:
        """Show one step, counted from 0."""
        detail = self.detail
        if detail is None:
            return
        self.no = index + 1
        stage = detail.stage(self.no)
        attempt = f"（第{stage.attempt}次）" if stage.attempt > 1 else ""
        self.stage_title.setText(f"第{stage.no}步　{stage.template.name}{attempt}")
        self._show_lines([*lines_of(detail, stage), *around(detail)])
        self._show_buttons(acts_of(detail, stage))
        verdict = stage.verdict
        self.verdict_chip.say(verdict.state.words, verdict.state.tone)
        self.checks.show_checks(checks_of(detail, stage))

    def _show_more(self, acts: list[str]) -> None:
        self.more.clear()
        for key in acts:
            words, icon = CASE_ACTS[key]
            self.more.addAction(icons.icon(icon), words, partial(self.asked.emit, key))
        self.more_button.setVisible(bool(acts))

    def _show_lines(self, lines: list[tuple[str, str]]) -> None:
        _empty(self.lines)
        for number, (name, words) in enumerate(lines):
            head = label(name, "muted", wrap=False)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            value = label(words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{name}：{words}")
            self.lines.addWidget(head, number, 0)
            self.lines.addWidget(value, number, 1)

    def _show_buttons(self, acts: list[str]) -> None:
        _empty(self._button_row)
        _empty(self._print_row)
        self.buttons = {}
        for number, key in enumerate(acts):
            words, icon = ACTS[key]
            prints = key in SIDE_ACTS
            made = button(
                words,
                icon,
                role="primary" if number == 0 and not prints else "link" if prints else "",
                clicked=partial(self.asked.emit, key),
            )
            self.buttons[key] = made
            (self._print_row if prints else self._button_row).addWidget(made)
        self._button_row.addStretch(1)
        self._print_row.addStretch(1)


def _empty(layout: QGridLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
