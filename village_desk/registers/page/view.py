"""One entry of a register beside its list: how it stands, what was answered, what happened, money, attachments."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from village_desk.archive.actions import EVIDENCE
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, short_date
from village_desk.registers.lookups.cases_rows import CaseRow
from village_desk.registers.lookups.entries import EntryDetail
from village_desk.registers.lookups.sums import FundRow
from village_desk.rulebook.rules import RegisterTemplate, SubjectSort
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.facts import Facts, clear
from village_desk.widgets.layout import Card, button, card, flow, heading, label, row, scrolled, takes_rest
from village_desk.widgets.workplace import Workplace

# Key, words, icon of what can be done with an entry.
Act = tuple[str, str, str]


class EntryView(QWidget):
    """Shows one entry; `acted(key)` is called for each of its buttons."""

    def __init__(self, workplace: Workplace, back: QPushButton, acted: Callable[[str], None]) -> None:
        super().__init__()
        self._acted = acted
        self.buttons: dict[str, QPushButton] = {}
        self.title, self.chip = heading(""), Chip()
        self.title.setWordWrap(True)
        self._line = flow()
        self.checks, self.facts = Checks(), Facts(across=1 if theme.current().narrow else 2)
        self.later = label("")
        self.files = AttachmentList(workplace, EVIDENCE, "register_entry")
        self.kept_on_paper = label("个人材料装档案盒，不在电脑里附。", "muted")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.current().px(10))
        for part in (self.checks, self.facts, self.later, self.kept_on_paper):
            inner.addWidget(part)
        inner.addWidget(self.files)
        inner.addStretch(1)
        head = row(back, self.title, self.chip)
        head.setStretchFactor(self.title, 1)
        self.detail: Card = card(head, self._line)
        area = scrolled(body)
        takes_rest(area)
        self.detail.add(area, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.detail)

    def show_entry(self, found: EntryDetail, fund: FundRow | None, cases: Sequence[CaseRow] = ()) -> None:
        """Show an entry, with its sums where it is a fund, and the service cases that came from it."""
        entry, form = found.row, found.form
        self.title.setText(entry.subject or (fund.name if fund is not None else entry.words) or form.title)
        self.chip.say(entry.standing, entry.tone)
        facts = [(form.day_title, chinese_date(entry.noted_on))]
        if entry.group:
            facts.append(("组别", entry.group))
        self.facts.show_facts([*facts, *entry.cells])
        self.checks.show_checks(_checks(found, fund))
        lines = [f"{short_date(one.on)}　{one.kind.words}：{one.words}{_changes(one.changes)}" for one in found.history]
        if fund is not None:
            lines += [
                f"{short_date(one.on)}　{'收入' if one.amount > 0 else '支出'}{yuan(abs(one.amount))}元，{one.purpose}"
                f"{f'，{one.recipient}' if one.recipient else ''}，结余{yuan(one.balance)}元"
                f"{'（已冲正）' if one.reversed else '（冲正）' if one.reverses else ''}"
                for one in fund.money
            ]
        lines += [f"办件{case.number}　{case.title}：{case.stage_words}" for case in cases]
        if found.related:
            lines += ["", "同一对象的其他登记：", *found.related]
        self.later.setText("\n".join(lines))
        self.later.setVisible(bool(lines))
        self.files.setVisible(not form.private)
        self.kept_on_paper.setVisible(form.private)
        if not form.private:
            self.files.show_record(entry.id)
        self._show_acts(acts_on(found, fund))

    def _show_acts(self, acts: Sequence[Act]) -> None:
        clear(self._line)
        self.buttons = {}
        for at, (key, words, icon) in enumerate(acts):
            one = button(words, icon, role="primary" if at == 0 else "", clicked=partial(self._acted, key))
            self.buttons[key] = one
            self._line.addWidget(one)


def acts_on(found: EntryDetail, fund: FundRow | None) -> list[Act]:
    """What can be done with an entry, the most likely first."""
    entry, form = found.row, found.form
    acts: list[Act] = []
    if fund is not None:
        acts.append(("money", "登记收支", "plus"))
        if any(not one.reverses and not one.reversed for one in fund.money):
            acts.append(("reverse", "冲正", "undo-2"))
    if form.reports:
        acts.append(("report", "登记上报", "upload") if not found.reports else ("answer", "登记答复", "check"))
    if entry.due_on is not None:
        acts.append(("settle", settle_words(form), "check"))
    if entry.kept.get("aid") and form.key == "condolence":
        acts.append(("aid", "从关爱资金支出", "wallet"))
    if form.states and not entry.settled:
        acts.append(("move", "改状态", "arrow-right"))
    acts += [("correct", "更正", "pencil"), ("note", "记进展", "plus")]
    if form.about in (SubjectSort.HOUSEHOLD, SubjectSort.PERSON) and form.counts:
        acts.append(("case", "转为办件", "hand-helping"))
    if form.enrols:
        acts.append(("leave", "移出", "minus") if entry.left_on is None else ("return", "重新列入", "undo-2"))
    if form.key == "duties_list":
        acts.append(("remind", "列入日程", "calendar"))
    return [*acts, ("print_entry", "打印这一条", "printer"), ("drop", "删除", "trash-2")]


def settle_words(form: RegisterTemplate) -> str:
    """What the button says that settles what is due."""
    if form.due is not None and form.due.every:
        return "登记已办，排下次"
    return f"登记{form.settles.title}" if form.settles is not None else "登记办结"


def _checks(found: EntryDetail, fund: FundRow | None) -> list[Check]:
    entry, shown = found.row, list[Check]()
    if entry.waits:
        shown.append(
            Check("bad", f"须上报，已经过了{entry.waits}，还没有登记上报。", "请立即打电话或当面报告，再点“登记上报”。")
        )
    shown += [Check("good", one.words) for one in found.reports]
    shown += [Check("note", f"答复：{one.words}") for one in found.answers]
    if entry.due_on is not None:
        title = found.form.due.title if found.form.due is not None else "到期"
        shown.append(Check("bad" if entry.late else "warn", f"{title}：{entry.due_words}。"))
    if entry.left_on is not None:
        shown.append(Check("note", f"{chinese_date(entry.left_on)}移出：{entry.left_why}。"))
    if fund is not None:
        words = f"收入{yuan(fund.received)}元，支出{yuan(fund.spent)}元，结余{yuan(fund.balance)}元。"
        shown.append(Check("note", words, f"计划{yuan(fund.planned)}元。" if fund.planned else ""))
        shown += [Check("bad" if "超支" in words else "note", words) for words in fund.flags]
    return shown


def _changes(changes: Sequence[tuple[str, str, str]]) -> str:
    return "；".join(f"{title}由“{before or '空'}”改为“{after or '空'}”" for title, before, after in changes)
