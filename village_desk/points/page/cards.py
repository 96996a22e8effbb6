"""What stands beside the lists of points: a member's card, one application, one item."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_desk.kit.text import chinese_date
from village_desk.points.lookups import ApplicationRow, Card, ItemRow, RuleSetRow
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.sets import OFTEN_WORDS, PERIOD_WORDS
from village_desk.points.table import STAGE_TONES, EntryTable, signed
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, flow, heading, label, row


class MemberCard(QWidget):
    """One ledger and why its sum is what it is; emits `asked(act)`: apply, reverse, print or back."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Card | None = None
        self.name, self.sum = heading(""), Chip()
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.why = label("", "strong")
        self.waiting = label("", "warning")
        self.table = EntryTable()
        self.grid = Grid(self.table, empty_words="本期还没有积分记录。点“申报积分”记第一笔。")
        self.apply_button = button("申报积分", "plus", role="primary", clicked=lambda: self.asked.emit("apply"))
        self.reverse_button = button("更正这一笔", "undo-2", clicked=lambda: self.asked.emit("reverse"))
        self.print_button = button("打印积分卡", "printer", clicked=lambda: self.asked.emit("print"))
        self.grid.picked.connect(lambda _id: self._allow())
        made = card(
            row(self.back, self.name, None, self.sum),
            self.why,
            self.waiting,
            flow(self.apply_button, self.reverse_button, self.print_button),
        )
        made.add(self.grid, 1)
        _alone(self, made)

    def show_card(self, found: Card) -> None:
        """Show this ledger."""
        self.found = found
        group = f"{found.subject.group} · " if found.subject.group else ""
        self.name.setText(f"{group}{found.subject.name}")
        self.sum.say(f"{found.period_words}合计{found.balance}分", "good")
        self.why.setText(found.why)
        many = len(found.waiting)
        self.waiting.setText(f"另有{many}笔申报还没有入账，不算在合计里。" if many else "")
        self.waiting.setVisible(bool(many))
        self.table.show(found.entries)
        self._allow()

    def _allow(self) -> None:
        at = self.grid.current_id()
        line = next((each for each in self.table.rows() if each.id == at), None)
        self.reverse_button.setEnabled(line is not None and not line.is_reversal and not line.reversed_by)


class ApplicationCard(QWidget):
    """One application; emits `asked(act)`: check, book, withdraw, card or back."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: ApplicationRow | None = None
        self.name, self.chip = heading(""), Chip()
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.checks = Checks()
        self.check_button = button("审核", "shield-check", clicked=lambda: self.asked.emit("check"))
        self.book_button = button("入账", "check", role="primary", clicked=lambda: self.asked.emit("book"))
        self.withdraw_button = button("撤回", "undo-2", clicked=lambda: self.asked.emit("withdraw"))
        self.card_button = button("看这一户（人）的积分", "arrow-right", clicked=lambda: self.asked.emit("card"))
        self.facts = label("")
        buttons = flow(self.check_button, self.book_button, self.withdraw_button, self.card_button)
        self.name.setWordWrap(True)
        head = row(self.back, self.name, self.chip)
        head.setStretchFactor(self.name, 1)
        made = card(head, buttons, self.checks, self.facts)
        made.column.addStretch(1)
        _alone(self, made)

    def show_application(self, found: ApplicationRow) -> None:
        """Show this application."""
        self.row = found
        self.name.setText(f"{found.subject}：{found.item}，{signed(found.points)}分")
        self.chip.say(found.stage_words, STAGE_TONES[found.stage])
        facts = [f"事由：{chinese_date(found.happened_on)}，{found.event}", f"依据：{found.evidence or '没有写'}"]
        if found.applicant:
            facts.append(f"申报人：{found.applicant}")
        self.facts.setText("\n".join(facts))
        lines = [Check("note", found.next_act)]
        if found.checker:
            day = chinese_date(found.checked_on) if found.checked_on is not None else ""
            refused = found.stage is Stage.REFUSED
            words = f"{day}{found.checker}审核：{'不同意' if refused else '同意'}"
            lines.append(Check("bad" if refused else "good", words, found.checked_words))
        self.checks.show_checks(lines)
        self.check_button.setVisible(found.stage in {Stage.APPLIED, Stage.CHECKED})
        self.book_button.setVisible(found.stage is Stage.CHECKED)
        self.withdraw_button.setVisible(found.stage in {Stage.APPLIED, Stage.CHECKED})


class SchemeCard(QWidget):
    """The rule set and one of its items; emits `asked(act)`: add_item, drop_item or back."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = heading("")
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.about, self.item = label("", "muted"), label("")
        self.add_button = button("添加项目", "plus", clicked=lambda: self.asked.emit("add_item"))
        self.drop_button = button("停用这个项目", "minus", clicked=lambda: self.asked.emit("drop_item"))
        made = card(
            row(self.back, self.name, None), self.about, row(self.add_button, self.drop_button, None), self.item
        )
        made.column.addStretch(1)
        _alone(self, made)

    def show_scheme(self, found: RuleSetRow, at: ItemRow | None) -> None:
        """Show the set, and the item that is chosen in the list."""
        rules = found.rules
        self.name.setText(rules.name)
        parts = [
            f"按{found.subject_words}记分",
            f"{PERIOD_WORDS[rules.period]}合计",
            f"起始分{rules.whole_opening()}分",
        ]
        if rules.cap is not None:
            parts.append(f"上限{rules.cap}分")
        if rules.floor is not None:
            parts.append(f"最低{rules.floor}分")
        self.about.setText(f"{'，'.join(parts)}。用途：{rules.used_for or '未登记'}。{rules.source}")
        self.drop_button.setEnabled(at is not None)
        if at is None:
            self.item.setText("")
            return
        item = at.item
        span = signed(item.least) if item.fixed else f"{signed(item.least)}到{signed(item.most)}"
        lines = [f"{item.code}　{item.text}", f"类别：{item.area}", f"{OFTEN_WORDS[item.often]}记{span}分。"]
        if item.cap is not None:
            lines.append(f"本期最多加{item.cap}分。")
        if item.floor is not None:
            lines.append(f"本期最多扣{-item.floor}分。")
        lines.append("申报时要写明依据。" if item.evidence_needed else "申报时可以不写依据。")
        self.item.setText("\n".join(lines))


def _alone(holder: QWidget, content: QWidget) -> None:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
