"""What stands beside the other lists of assessments: a problem or a consequence, a report, a form."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_desk.archive.actions import EVIDENCE
from village_desk.assessments.lookups import LINE_TABLE, BreachRow, FormRow, ReportCheck, ReportRow
from village_desk.assessments.rules.forms import (
    FOLLOW_WORDS,
    HOW_WORDS,
    KIND_WORDS,
    ROUNDING_WORDS,
    TARGET_WORDS,
    TIES_WORDS,
    Form,
)
from village_desk.assessments.table import FollowRow
from village_desk.kit.text import chinese_date
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.layout import button, card, flow, heading, label, row, scrolled
from village_desk.widgets.workplace import Workplace


class _Beside(QWidget):
    """A card with a name, a state, buttons and scrolled words; emits `asked(act)`."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.name, self.chip = heading(""), Chip()
        self.name.setWordWrap(True)
        self.about, self.lines = label("", "muted"), label("")
        self.head = row(self.back, self.name, self.chip)
        self.head.setStretchFactor(self.name, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        column.addStretch(1)
        self.scrolled = scrolled(inside)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)

    def act(self, words: str, icon: str, key: str, *, role: str = "") -> QWidget:
        """A button that asks for an act."""
        return button(words, icon, role=role, clicked=lambda: self.asked.emit(key))


class FollowCard(_Beside):
    """One problem with its way to being closed, or one thing that follows from a result."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan_button = self.act("填整改方案", "pencil", "plan_line")
        self.finish_button = self.act("登记整改完成", "check", "finish_line", role="primary")
        self.accept_button = self.act("登记验收", "circle-check", "accept_line", role="primary")
        self.link_button = self.act("关联已有的记录", "copy", "link_line")
        self.carry_button = self.act("登记办理", "check", "carry_out", role="primary")
        self.files = AttachmentList(workplace, EVIDENCE, LINE_TABLE, words="整改材料")
        buttons = flow(self.plan_button, self.finish_button, self.accept_button, self.link_button, self.carry_button)
        made = card(self.head, self.about, buttons)
        made.add(self.scrolled, 1)
        made.add(self.files, 1)
        self.outer.addWidget(made)

    def show_row(self, found: FollowRow) -> None:
        """Show one."""
        line, one = found.line, found.consequence
        self.name.setText(found.words)
        self.chip.say(found.state, found.tone)
        for widget in (self.plan_button, self.link_button, self.files):
            widget.setVisible(line is not None)
        self.finish_button.setVisible(line is not None and line.done_on is None)
        self.accept_button.setVisible(line is not None and line.done_on is not None and line.accepted_on is None)
        self.carry_button.setVisible(one is not None and one.done_on is None)
        if line is not None:
            self.about.setText(f"{line.title}：{line.subject}")
            due = chinese_date(line.due_on) if line.due_on else "没有定"
            told = [
                f"原因：{line.cause or '还没有写'}",
                f"对策：{line.measure or '还没有写'}",
                f"责任单位：{line.unit or '还没有定'}；责任人：{line.owner or '还没有定'}",
                f"期限：{due}{'，已经过了期限' if line.overdue else ''}",
            ]
            if line.done_on is not None:
                told.append(f"整改：{chinese_date(line.done_on)}，{line.done_words}")
            if line.accepted_on is not None:
                told.append(f"验收：{chinese_date(line.accepted_on)}，{line.accepted_by}")
            told += [f"关联：{words}" for _, _, words in line.links]
            told.append("写进公示。" if line.on_wall else "只供工作使用，不上墙。")
            self.lines.setText("\n".join(told))
            self.files.show_record(line.id)
        elif one is not None:
            self.about.setText(f"{one.title}：{one.subject}")
            due = chinese_date(one.due_on) if one.due_on else "没有定"
            done = f"办理：{chinese_date(one.done_on)}，{one.done_words}" if one.done_on else "还没有办。"
            self.lines.setText(f"事由：{one.words}\n期限：{due}\n{done}")


class ReportCard(_Beside):
    """Which secretaries still owe a report this year, and the report that is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks = Checks()
        upper = card(heading("年底核对：两个方向的述职"), self.checks)
        self.below = card(self.head, self.about)
        self.below.add(self.scrolled, 1)
        self.outer.addWidget(upper)
        self.outer.addWidget(self.below, 1)

    def show_year(self, checks: Sequence[ReportCheck], found: ReportRow | None) -> None:
        """Show the checks of a year, and one report."""
        lines = [
            Check("bad" if one.missing else "good", one.words, "请补开述职会并登记。" if one.missing else "")
            for one in checks
        ]
        self.checks.show_checks(lines or [Check("note", "名册里还没有登记村党组织书记。")])
        self.name.setText(f"{found.name}：{found.direction_words}" if found else "从左边选一次述职")
        self.chip.say(f"{found.year}年度" if found else "", "note")
        self.about.setText(f"{chinese_date(found.reported_on)}，{found.audience}" if found else "")
        self.lines.setText((found.words or "报告要点没有登记。") if found else "")


class FormCard(_Beside):
    """One form: why it is locked, its lines, who rates, grades, steps, source; breaches of a negative list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks = Checks()
        self.lines_button = self.act("改内容", "pencil", "form_lines", role="primary")
        self.rating_button = self.act("改评议、等次和步骤", "pencil", "form_rating")
        self.copy_button = self.act("复制", "copy", "form_copy")
        self.drop_button = self.act("停用", "trash-2", "form_drop")
        self.breach_button = self.act("登记违反", "plus", "breach")
        self.confirm_button = self.act("认定违反", "check", "confirm_breach")
        self.wall_button = self.act("打印清单", "printer", "print_negative")
        self.negative = (self.breach_button, self.wall_button)
        buttons = flow(
            self.lines_button,
            self.rating_button,
            self.copy_button,
            self.breach_button,
            self.confirm_button,
            self.wall_button,
            self.drop_button,
        )
        made = card(self.head, self.about, self.checks, buttons)
        made.add(self.scrolled, 1)
        self.outer.addWidget(made)

    def show_form(self, found: FormRow, struck: Sequence[BreachRow]) -> None:
        """Show a form and, for a negative list, who acted against it."""
        form = found.form
        self.name.setText(form.whole_name)
        self.chip.say("未填好" if found.blanks else "能用", "warn" if found.blanks else "good")
        kept = f"第{found.version}版，用过{found.rounds}次。" if found.id else "随软件带来，改了就成为本村的模板。"
        source = f"{form.source.rstrip('。')}。" if form.source else ""
        self.about.setText(f"考评{TARGET_WORDS[form.target]}。{kept}{source}")
        self.checks.show_checks([Check("warn", words) for words in found.blanks])
        self.drop_button.setVisible(bool(found.id))
        self.rating_button.setVisible(not form.negative_list)
        for one in self.negative:
            one.setVisible(form.negative_list and bool(found.id) and not found.blanks)
        self.confirm_button.setVisible(any(one.confirmed_on is None for one in struck))
        self.lines.setText("\n".join((*_breaches(struck), *_form_words(form))))


def _breaches(struck: Sequence[BreachRow]) -> list[str]:
    told = []
    for one in struck:
        state = f"{chinese_date(one.confirmed_on)}认定，{one.result}" if one.confirmed_on else "还没有认定"
        told.append(f"{one.name}：{one.text}，{one.fact}（{state}）")
    return ["违反记录：", *told, ""] if told else []


def _form_words(form: Form) -> list[str]:
    told = []
    head = ""
    for at, item in enumerate(form.items, start=1):
        if item.head and item.head != head:
            told.append(f"【{item.head}】")
        head = item.head
        worth = f"{item.most}分" if item.most else ""
        kind = "" if item.kind.value == "yes" else KIND_WORDS[item.kind]
        also = "，".join(part for part in (kind, worth, "有条件的" if item.optional else "") if part)
        told.append(f"{at}．{item.text or '（还没有填）'}{f'（{also}）' if also else ''}")
    if form.negative_list:
        return told
    told.append("")
    told += [f"{one.name}：{HOW_WORDS[one.how]}，权重{one.weight}%" for one in form.raters]
    if form.ballot:
        told.append(f"测评票：{'、'.join(f'{one.name}折{one.worth}分' for one in form.ballot)}")
    for band in sorted(form.bands, key=lambda one: -one.least):
        follows = "、".join(FOLLOW_WORDS[one] for one in band.follows)
        told.append(f"{band.name}：{band.least}分起{f'，{follows}，{band.days}天内办' if follows else ''}")
    told.append(f"步骤：{'→'.join(words for _, words in form.stages)}")
    if form.scored:
        told.append(f"{ROUNDING_WORDS[form.rounding]}；{TIES_WORDS[form.ties]}。")
    return told
