"""One service case on the screen: its facts, what happened to it, and the acts that its stage allows."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.people.rules.masking import Private, onlooker_words
from village_desk.registers.lookups.cases_rows import CaseDetail, CaseRow
from village_desk.registers.rules.cases import LEVEL_WORDS, LINE_WORDS, WITH_TOWNSHIP, Level, StageKind
from village_desk.registers.table.cases import tone
from village_desk.widgets import icons, theme
from village_desk.widgets.chips import Chip
from village_desk.widgets.facts import Facts, clear
from village_desk.widgets.layout import button, card, flow, heading, label, muted, row, scrolled, takes_rest
from village_desk.widgets.onlookers import ONLOOKERS

# The acts by their stage: the key that `asked` gives, the verb, the icon.
_STAGE_ACTS: dict[StageKind, tuple[str, str, str]] = {
    StageKind.ASSIGNED: ("assign", "{name}…", "users"),
    StageKind.ACCEPTED: ("accept", "登记{name}…", "check"),
    StageKind.HANDLED: ("work", "登记{name}…", "pencil"),
    StageKind.REPORTED: ("report", "登记上报…", "upload"),
    StageKind.ORDERED: ("order", "登记乡镇派单…", "download"),
    StageKind.UP: ("carry", "上送…", "upload"),
    StageKind.BACK: ("returned", "登记返回…", "download"),
    StageKind.FEEDBACK: ("feedback", "登记反馈…", "download"),
    StageKind.ANSWERED: ("answer", "{name}…", "circle-check"),
    StageKind.FOLLOWED: ("follow", "登记回访…", "circle-check"),
    StageKind.CHECKED: ("check", "{name}…", "circle-check"),
    StageKind.RATED: ("rate", "登记评价…", "award"),
}
_PRINTS = (
    ("print_receipt", "受理回执"),
    ("print_card", "派单卡、代办单"),
    ("print_history", "办件经过"),
    ("print_report", "上报单"),
    ("print_agreement", "调解协议书（手写）"),
)


def acts_of(detail: CaseDetail) -> list[tuple[str, str, str]]:
    """What can be done with a case now; the first is the next that must come."""
    case = detail.row
    if case.closed_on is not None:
        waits = case.is_unrated and not case.withdrawn
        return [("rate", "登记评价…", "award")] if waits else []
    found = []
    for stage in reversed(case.flow.next_stages(case.stage)):
        key, words, icon = _STAGE_ACTS[stage.kind]
        found.append((key, words.format(name=stage.name), icon))
    return found


def more_of(detail: CaseDetail) -> list[tuple[str, str]]:
    """What else can be done with a case."""
    case = detail.row
    is_open = case.closed_on is None
    given = case.stage in (StageKind.ASSIGNED, StageKind.ACCEPTED)
    unrated = case.flow.closing.kind is StageKind.RATED and case.stage is StageKind.ANSWERED
    leads_up = case.flow.has(StageKind.UP) and case.stage not in WITH_TOWNSHIP
    offered = (
        (is_open and given, "assign", "改派…"),
        (is_open and given, "refuse", "退回派单…"),
        (is_open and unrated, "unrated", "没有评价结案…"),
        (is_open and leads_up and not case.needs_carrying, "mark", "等着上送"),
        (is_open and leads_up and case.needs_carrying, "unmark", "不上送了"),
        (is_open and detail.money, "cash", "登记收付款…"),
        (is_open, "trip", "群众又跑了一趟"),
        (bool(case.late), "explain", "超期说明…"),
        (True, "edit", "修改登记…"),
        (is_open, "withdraw", "撤回办件…"),
        (case.number == "待编号", "number", "编登记号"),
        (bool(case.person_id), "person", "看申请人"),
    )
    return [(key, words) for wanted, key, words in offered if wanted]


class CaseView(QWidget):
    """Shows a CaseDetail; emits `asked(key)`."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.detail: CaseDetail | None = None
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.title = heading("")
        self.title.setWordWrap(True)
        self.chip = Chip()
        self.side = muted("")
        self.next = label("", "strong")
        self.facts = Facts(across=2)
        self.steps = QVBoxLayout()
        self.steps.setSpacing(look.px(5))
        self.money = label("")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look.px(4), 0)
        column.setSpacing(look.px(10))
        column.addWidget(self.facts)
        column.addWidget(self.money)
        column.addWidget(heading("办理经过"))
        column.addLayout(self.steps)
        column.addStretch(1)
        area = scrolled(inside)
        takes_rest(area)
        self.buttons: dict[str, QPushButton] = {}
        self.acts = QWidget()
        self.progress_button = button("记进展", "plus", clicked=lambda: self.asked.emit("progress"))
        self.more_button = button("更多办理", "list-checks")
        self.more = QMenu(self.more_button)
        self.more_button.setMenu(self.more)
        self.print_button = button("打印", "printer")
        self.prints = QMenu(self.print_button)
        self.print_button.setMenu(self.prints)
        self.print_acts = {key: self.prints.addAction(words) for key, words in _PRINTS}
        for key, one in self.print_acts.items():
            one.triggered.connect(lambda _checked=False, key=key: self.asked.emit(key))
        head = row(self.back, self.title, self.chip)
        head.setStretchFactor(self.title, 1)
        sheet = card(head, self.side, self.next)
        sheet.add(area, 1)
        self.bar = QVBoxLayout()
        sheet.add(self.bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)
        self._holder: QWidget | None = None
        ONLOOKERS.changed.connect(self._look_again)

    def show_case(self, detail: CaseDetail) -> None:
        """Show one case."""
        self.detail = detail
        case = detail.row
        self.title.setText(case.title)
        self.chip.say("已超期" if case.late else case.stage_words, tone(case))
        parts = [case.number, case.kind_name, case.mode_words, LINE_WORDS[case.line]]
        parts += ["内容不公开"] if case.sensitive else []
        self.side.setText(" · ".join(parts))
        self.next.setText(case.next_words)
        self.print_acts["print_report"].setVisible(case.flow.has(StageKind.REPORTED))
        self.print_acts["print_agreement"].setVisible(case.flow.has(StageKind.FOLLOWED))
        self._show_facts(case)
        self._show_steps(detail)
        self.money.setVisible(detail.money)
        held = case.cash
        lines = [
            f"{one.what_words}{yuan(one.amount_fen)}元" + (f"（凭证{one.voucher}）" if one.voucher else "")
            for one in detail.cash
        ]
        self.money.setText(f"代收代缴：{'；'.join(lines) or '还没有收款'}。手里{yuan(held.in_hand)}元。")
        self._show_acts(detail)

    def enter(self) -> None:
        """The cursor goes to the first act."""
        first = next(iter(self.buttons.values()), self.progress_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self, _present: bool) -> None:
        if self.detail is not None:
            self._show_facts(self.detail.row)

    def _show_facts(self, case: CaseRow) -> None:
        phone = onlooker_words(Private.PHONE, case.phone) if ONLOOKERS.present else case.phone
        came = case.source_words or "：".join(part for part in (case.source, case.source_line) if part)
        facts = [
            ("申请人", case.applicant),
            ("电话", phone or "未登记"),
            ("受理日期", chinese_date(case.taken_on)),
            ("承诺办结", chinese_date(case.due_on) if case.due_on else "没有承诺日期"),
            ("首问人", case.first_asked),
            ("承办人", "、".join(part for part in (case.team, case.agent) if part) or "还没有指派"),
            ("怎么来的", came or "未登记"),
            ("跑了几趟", f"{case.trips}趟"),
            ("收到材料", "、".join(case.materials)),
            ("镇里时限", chinese_date(case.outside_due_on) if case.outside_due_on else ""),
            ("部门", case.category),
            ("服务方式", case.service_way),
            (
                "花费",
                f"{yuan(case.cost_fen)}元{f'（{case.paid_by}）' if case.paid_by else ''}" if case.cost_fen else "",
            ),
            ("具体情况", "" if case.sensitive else case.content),
            ("办结日期", chinese_date(case.closed_on) if case.closed_on else ""),
            ("在哪里办成", LEVEL_WORDS[Level(case.level)] if case.level in set(Level) else ""),
            ("评价", case.rating_words if case.rating else ""),
            ("作风问题", case.conduct),
            (
                "超期原因",
                f"{case.overdue_reason}（责任人：{case.overdue_by or '未登记'}）" if case.overdue_reason else "",
            ),
            ("结案说明", case.closing_note),
        ]
        self.facts.show_facts(facts)

    def _show_steps(self, detail: CaseDetail) -> None:
        clear(self.steps)
        for one in detail.steps:
            line: QLabel = label(one.sentence)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.steps.addWidget(line)

    def _show_acts(self, detail: CaseDetail) -> None:
        if self._holder is not None:
            for kept in (self.progress_button, self.more_button, self.print_button):
                kept.setParent(self)
            self._holder.hide()
            self._holder.deleteLater()
        self.buttons = {
            key: button(
                words.rstrip("…"), icon, role="" if number else "primary", clicked=partial(self.asked.emit, key)
            )
            for number, (key, words, icon) in enumerate(acts_of(detail))
        }
        self.more.clear()
        for key, words in more_of(detail):
            self.more.addAction(icons.icon("chevron-right"), words, partial(self.asked.emit, key))
        self._holder = QWidget()
        kept_buttons = (self.progress_button, self.more_button, self.print_button)
        self._holder.setLayout(flow(*self.buttons.values(), *kept_buttons))
        for one in kept_buttons:
            one.show()
        self.bar.addWidget(self._holder)
