"""What stands beside the lists of points: a member's card, one application, one item."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_desk.archive.actions import EVIDENCE
from village_desk.kit.text import chinese_date
from village_desk.points.lookups import ApplicationRow, Card, GoodRow, ItemRow, RedemptionRow, RuleSetRow
from village_desk.points.rules.entries import OPEN_STAGES, Stage
from village_desk.points.rules.exchange import Forecast, forecast_words, opening_words
from village_desk.points.rules.numbers import shown, signed
from village_desk.points.rules.sets import (
    CONFIRM_WORDS,
    OFTEN_WORDS,
    PER_WORDS,
    PERIOD_WORDS,
    YEAR_END_WORDS,
    Confirm,
    Per,
)
from village_desk.points.table import STAGE_TONES, EntryTable, GoodTable, span_of
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, column, flow, heading, label, row, scrolled
from village_desk.widgets.workplace import Workplace


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
        band = f" · {found.band}" if found.band else ""
        closed = " · 已结账" if found.closed else ""
        self.sum.say(f"{found.period_words}合计{shown(found.balance, found.decimals)}分{band}{closed}", "good")
        self.why.setText(found.why)
        many = len(found.waiting)
        self.waiting.setText(f"另有{many}笔申报还没有入账，不算在合计里。" if many else "")
        self.waiting.setVisible(bool(many))
        self.table.show(found.entries)
        self._allow()

    def _allow(self) -> None:
        at = self.grid.current_id()
        line = next((each for each in self.table.rows() if each.id == at), None)
        self.reverse_button.setEnabled(
            line is not None and not line.is_reversal and not line.reversed_by and line.kind != "carry"
        )


class ApplicationCard(QWidget):
    """One application with its evidence files; emits `asked(act)`: words, check, book, withdraw, card or back."""

    asked = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: ApplicationRow | None = None
        self.files = AttachmentList(workplace, EVIDENCE, "point_application", words="依据材料")
        self.name, self.chip = heading(""), Chip()
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.checks = Checks()
        self.words_button = button("写依据", "pencil", clicked=lambda: self.asked.emit("words"))
        self.check_button = button("审核", "shield-check", clicked=lambda: self.asked.emit("check"))
        self.book_button = button("入账", "check", role="primary", clicked=lambda: self.asked.emit("book"))
        self.withdraw_button = button("撤回", "undo-2", clicked=lambda: self.asked.emit("withdraw"))
        self.objection_button = button("登记异议", "megaphone", clicked=lambda: self.asked.emit("objection"))
        self.answer_button = button("答复异议", "check", role="primary", clicked=lambda: self.asked.emit("answer"))
        self.card_button = button("看这一户（人）的积分", "arrow-right", clicked=lambda: self.asked.emit("card"))
        self.facts = label("")
        buttons = flow(
            self.words_button,
            self.check_button,
            self.book_button,
            self.answer_button,
            self.objection_button,
            self.withdraw_button,
            self.card_button,
        )
        self.name.setWordWrap(True)
        head = row(self.back, self.name, self.chip)
        head.setStretchFactor(self.name, 1)
        said = QWidget()
        said.setLayout(column(self.checks, self.facts, None))
        made = card(head, buttons)
        made.add(scrolled(said), 3)
        made.add(self.files, 2)
        _alone(self, made)

    def show_application(self, found: ApplicationRow) -> None:
        """Show this application."""
        self.row = found
        self.files.show_record(found.id)
        self.name.setText(f"{found.subject}：{found.item}，{signed(found.points, found.decimals)}分")
        self.chip.say(found.stage_words, STAGE_TONES[found.stage])
        facts = [f"事由：{chinese_date(found.happened_on)}，{found.event}", f"依据：{evidence_words(found)}"]
        if found.applicant:
            facts.append(f"申报人：{found.applicant}")
        self.facts.setText("\n".join(facts))
        lines = [Check("bad" if found.lacks_evidence else "note", found.next_act)]
        if found.checker and found.stage is Stage.REFUSED:
            lines.append(Check("bad", found.happened[-1] if found.happened else "不同意", found.checked_words))
        lines += [Check("good", words) for words in found.happened if "不同意" not in words]
        for raised in found.objections:
            words = f"{chinese_date(raised.raised_on)}{raised.raised_by}提出异议：{raised.words}"
            late = "（公示期满以后提的）" if raised.late else ""
            if raised.state == "open":
                due = f"请在{chinese_date(raised.due_on)}前答复。" if raised.due_on else ""
                lines.append(Check("bad", f"{words}{late}", f"{due}{'已经超过答复期限。' if raised.overdue else ''}"))
            else:
                ended = "成立" if raised.state == "upheld" else "不成立"
                people = "、".join(raised.answered_by)
                lines.append(Check("note", f"{words}{late}", f"{people}复核：异议{ended}。{raised.answer}"))
        self.checks.show_checks(lines)
        unjudged = found.path is not None and not found.path.checked and not found.path.reviewed
        self.words_button.setVisible(found.stage in OPEN_STAGES and unjudged)
        self.check_button.setVisible(found.stage in {Stage.APPLIED, Stage.REVIEW, Stage.CHECKED})
        self.answer_button.setVisible(found.stage is Stage.OBJECTED)
        self.objection_button.setVisible(
            found.stage in OPEN_STAGES | {Stage.BOOKED} and found.stage is not Stage.OBJECTED
        )
        self.book_button.setVisible(found.stage is Stage.CHECKED)
        self.withdraw_button.setVisible(found.stage in OPEN_STAGES)


class SchemeCard(QWidget):
    """The rule set and one of its items; emits `asked(act)`: add_item, drop_item or back."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = heading("")
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.about, self.item = label("", "muted"), label("")
        self.add_button = button("添加项目", "plus", clicked=lambda: self.asked.emit("add_item"))
        self.change_button = button("修改这个项目", "pencil", clicked=lambda: self.asked.emit("change_item"))
        self.print_button = button("打印办法", "printer", clicked=lambda: self.asked.emit("rule_book"))
        self.drop_button = button("停用这个项目", "minus", clicked=lambda: self.asked.emit("drop_item"))
        made = card(
            row(self.back, self.name, None),
            self.about,
            flow(self.add_button, self.change_button, self.drop_button, self.print_button),
            self.item,
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
            f"起始分{shown(rules.whole_opening(), rules.decimals)}分",
        ]
        if rules.cap is not None:
            parts.append(f"上限{shown(rules.cap, rules.decimals)}分")
        if rules.floor is not None:
            parts.append(f"最低{shown(rules.floor, rules.decimals)}分")
        parts.append(YEAR_END_WORDS[rules.year_end])
        path = ["申报", "另一人审核"]
        if rules.review:
            path.append("党支部评议" if rules.review == "branch" else "评议小组评议")
        if rules.publish_days:
            path.append(f"公示{rules.publish_days}天")
        if rules.township:
            path.append("乡镇认定")
        parts.append(f"流程：{'→'.join([*path, '入账'])}")
        self.change_button.setEnabled(at is not None)
        source = f"依据：{rules.source}。" if rules.source else ""
        self.about.setText(f"{'，'.join(parts)}。用途：{rules.used_for or '未登记'}。{source}")
        self.drop_button.setEnabled(at is not None)
        if at is None:
            self.item.setText("")
            return
        item = at.item
        often = OFTEN_WORDS[item.often] if item.per is Per.TIME else PER_WORDS[item.per]
        lines = [f"{item.code}　{item.text}", f"类别：{item.area}", f"{often}记{span_of(at, rules.decimals)}分。"]
        if item.to_zero:
            lines[-1] = "记一次就把本期积分全部清零。"
        if item.cap is not None:
            lines.append(f"本期最多加{shown(item.cap, rules.decimals)}分。")
        if item.floor is not None:
            lines.append(f"本期最多扣{shown(-item.floor, rules.decimals)}分。")
        if item.confirm is not Confirm.SECOND:
            lines.append(f"{CONFIRM_WORDS[item.confirm]}后才算。")
        if item.classes:
            lines.append(f"只适用于{'、'.join(item.classes)}。")
        if item.valid_from or item.valid_to:
            since = chinese_date(item.valid_from) if item.valid_from else "开始"
            until = chinese_date(item.valid_to) if item.valid_to else "长期"
            lines.append(f"{since}到{until}有效。")
        lines.append("审核前要写明依据，或附上照片、扫描件。" if item.evidence_needed else "可以不写依据。")
        self.item.setText("\n".join(lines))


class ExchangeCard(QWidget):
    """The goods with their stock, how long the money lasts, and one exchange; emits `asked(act)`."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.chip = heading("可以兑换的物品"), Chip()
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.money, self.days, self.wrong = label("", "strong"), label("", "muted"), label("", "warning")
        self.goods = GoodTable()
        self.grid = Grid(self.goods, empty_words="还没有物品。点“物品和资金”里的“添加物品”。")
        self.one = label("")
        self.print_button = button("打印兑换单", "printer", clicked=lambda: self.asked.emit("receipt"))
        self.cancel_button = button("取消这次兑换", "undo-2", clicked=lambda: self.asked.emit("cancel_redemption"))
        made = card(row(self.back, self.name, None, self.chip), self.money, self.days, self.wrong)
        made.add(self.grid, 1)
        below = card(self.one, flow(self.print_button, self.cancel_button))
        self.below = below
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(made, 1)
        whole.addWidget(below)

    def show_exchange(
        self,
        goods: Sequence[GoodRow],
        money: Forecast,
        days: Sequence[str],
        wrong: Sequence[str],
        at: RedemptionRow | None,
    ) -> None:
        """Show goods and money, and the exchange that is chosen."""
        self.goods.show(list(goods))
        self.chip.say(f"{len(goods)}种物品", "plain")
        self.money.setText(forecast_words(money))
        self.days.setText(f"开放日：{opening_words(days)}。")
        self.wrong.setText("".join(wrong))
        self.wrong.setVisible(bool(wrong))
        self.below.setVisible(at is not None)
        if at is None:
            return
        what = "、".join(f"{name}{many}{unit}" for name, many, unit, _ in at.lines)
        state = f"已在{chinese_date(at.cancelled_on)}取消：{at.cancelled_why}" if at.cancelled_on else "已签字领取"
        self.one.setText(
            f"{at.number}　{chinese_date(at.redeemed_on)}　{at.subject}，{at.receiver}领取\n"
            f"{what}，共{shown(at.points, at.decimals)}分。{state}。"
        )
        self.cancel_button.setEnabled(at.cancelled_on is None)


def evidence_words(found: ApplicationRow) -> str:
    """By what an application stands: what was written, else how many files hang on it."""
    return found.evidence or (f"附有材料{found.files}份" if found.files else "没有写")


def _alone(holder: QWidget, content: QWidget) -> None:
    whole = QVBoxLayout(holder)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(content)
