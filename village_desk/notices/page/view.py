"""One notice on the screen: its dates in a strip, what can be done now, the days of each board, its text."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, short_date
from village_desk.notices.lookups import BoardRow, NoticeDetail
from village_desk.notices.rules.kinds import CLASS_WORDS
from village_desk.notices.rules.life import NoticeState, Opinion, Stage
from village_desk.notices.rules.privacy import KIND_NAMES, scan
from village_desk.notices.table import STAGE_TONES
from village_desk.widgets import theme
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.layout import button, card, flow, heading, label, row, scrolled
from village_desk.widgets.stepper import Step, Stepper, StepState

# What can be done at each stage, the first as the primary button: (what `asked` gives, words, icon).
ACTS: dict[str, tuple[str, str]] = {
    "edit": ("修改草稿", "pencil"),
    "review_form": ("打印审核单", "printer"),
    "review": ("登记审核", "shield-check"),
    "publish": ("编号定稿", "check"),
    "approve": ("登记会议意见", "users"),
    "print": ("打印", "printer"),
    "print_large": ("按A3打印", "printer"),
    "number": ("编号", "check"),
    "post": ("登记张贴", "megaphone"),
    "damage": ("登记破损", "triangle-alert"),
    "take_down": ("登记撤下", "check"),
    "slip": ("更正日期", "calendar"),
    "objection": ("登记意见", "messages-square"),
    "answer": ("登记答复", "check"),
    "discard": ("删除草稿", "trash-2"),
    "reply": ("答复监委会意见", "messages-square"),
    "seal": ("登记盖章", "check"),
    "archive": ("登记归档", "archive"),
    "correct": ("出更正公告", "pencil"),
}
# More buttons than this do not fit beside each other in large type.
_IN_SIGHT = 4
_BY_STAGE: dict[Stage, tuple[str, ...]] = {
    Stage.DRAFT: ("publish", "edit", "discard"),
    Stage.UNDER_REVIEW: ("review", "review_form", "edit", "discard"),
    Stage.SENT_BACK: ("edit", "reply", "review", "review_form", "discard"),
    Stage.REVIEWED: ("publish", "edit", "discard"),
    Stage.AWAITS_APPROVAL: ("approve", "edit", "discard"),
    Stage.NUMBERED: ("print", "seal", "post", "correct", "print_large"),
    Stage.PRINTED: ("post", "seal", "print", "correct", "print_large"),
    Stage.POSTED: ("damage", "take_down", "print", "post", "seal", "slip", "correct", "print_large"),
    Stage.OFF_EARLY: ("post", "print", "slip", "correct", "print_large"),
    Stage.RUN_OUT: ("take_down", "damage", "print", "slip", "correct", "print_large"),
    Stage.TAKEN_DOWN: ("archive", "print", "slip", "correct"),
    Stage.ARCHIVED: ("print",),
}


class NoticeView(QWidget):
    """Shows one NoticeDetail; emits `asked(act)` with a key of ACTS, "mask" or "back"."""

    asked = Signal(str)

    def __init__(self, files: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.title = heading("")
        self.title.setWordWrap(True)
        self.chip = Chip()
        self.side = label("", "muted", wrap=False)
        self.strip = Stepper()
        self.strip.setAccessibleName("办理过程")
        self.buttons: dict[str, QPushButton] = {}
        self.more: dict[str, QAction] = {}
        self._button_row = flow()
        self.checks = Checks()
        self.text = label("", "")
        self.law = label("", "muted")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(look.px(10))
        inner.addWidget(self.checks)
        inner.addWidget(self.text)
        inner.addWidget(self.law)
        if files is not None:
            inner.addWidget(files)
        inner.addStretch(1)
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.back.hide()
        head = row(self.back, self.title, self.chip)
        head.setStretchFactor(self.title, 1)
        self.card = card(head, self.side, self.strip, self._button_row)
        self.card.add(scrolled(body), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.card)

    def show_notice(self, detail: NoticeDetail) -> None:
        """Show this notice."""
        found = detail.row
        self.title.setText(found.title)
        self.chip.say(found.stage_words, STAGE_TONES[found.stage])
        made = f"{detail.made_by}制作" if detail.outside else found.issuer_words
        parts = [found.kind_words, CLASS_WORDS[found.column], made, found.number]
        self.side.setText(" · ".join(part for part in parts if part))
        self._show_strip(detail)
        self._show_buttons(detail)
        self.checks.show_checks(_checks(detail))
        self.text.setText(detail.body)
        grounds = [f"{words}（{law}）" if law else words for words, law in detail.paper.grounds]
        self.law.setText(f"办理依据：{'；'.join(grounds)}。" if grounds else "")
        self.law.setVisible(bool(grounds))

    def _show_strip(self, detail: NoticeDetail) -> None:
        steps, current_found = [], False
        for one in detail.strip:
            if one.done:
                state = StepState.CANNOT_STAND if one.title == "破损" and not _mended(detail) else StepState.DONE
            elif not current_found:
                state, current_found = StepState.CURRENT, True
            else:
                state = StepState.WAITING
            steps.append(Step(one.title, state, short_date(one.day) if one.day is not None else one.words))
        waiting = next((i for i, one in enumerate(detail.strip) if not one.done), len(steps) - 1)
        self.strip.show_steps(steps, waiting)

    def _show_buttons(self, detail: NoticeDetail) -> None:
        while (item := self._button_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        keys = [key for key in _BY_STAGE[detail.row.stage] if key not in _left_out(detail)]
        if detail.row.number == "待编号":
            keys.insert(0, "number")
        if detail.row.posted_on is not None:
            keys.append("objection")
            if any(each.answered_on is None for each in detail.objections):
                keys.append("answer")
        for at, key in enumerate(keys[:_IN_SIGHT]):
            words, icon = _words(key, detail.row.stage), ACTS[key][1]
            primary = at == 0 and detail.row.stage not in _NOTHING_NEXT
            made = button(words, icon, role="primary" if primary else "", clicked=partial(self.asked.emit, key))
            self.buttons[key] = made
            self._button_row.addWidget(made)
        self.more = self._more(keys[_IN_SIGHT:], detail.row.stage)

    def _ask(self, key: str, _checked: bool = False) -> None:
        self.asked.emit(key)

    def _more(self, keys: list[str], stage: Stage) -> dict[str, QAction]:
        """The acts that are rarely wanted, below one button."""
        if not keys:
            return {}
        made, found = button("更多"), dict[str, QAction]()
        menu = QMenu(made)
        for key in keys:
            action = menu.addAction(_words(key, stage))
            action.triggered.connect(partial(self._ask, key))
            found[key] = action
        made.setMenu(menu)
        self._button_row.addWidget(made)
        return found


def _left_out(detail: NoticeDetail) -> set[str]:
    """Acts that this sheet has no use for: one made elsewhere is not printed here, one is sealed once."""
    gone: set[str] = set()
    if detail.outside:
        gone |= {"print", "print_large", "seal", "correct"}
    if detail.sealed_on is not None:
        gone.add("seal")
    if not any(one.opinion != Opinion.AGREED and one.replied_on is None for one in detail.reviews):
        gone.add("reply")
    return gone


def _words(key: str, stage: Stage) -> str:
    return "登记补贴" if key == "post" and stage is Stage.OFF_EARLY else ACTS[key][0]


def _mended(detail: NoticeDetail) -> bool:
    return not any(board.damage_id for board in detail.boards)


def _checks(detail: NoticeDetail) -> list[Check]:
    """What the clerk must know: days and their arithmetic, private numbers, reviews, objections, dates put right."""
    found = [Check("warn" if detail.row.stage in _WAITING else "note", detail.row.next_act)]
    if detail.row.state is NoticeState.DRAFT:
        private = scan(f"{detail.row.title}\n{detail.body}")
        if private:
            names = "、".join(dict.fromkeys(KIND_NAMES[each.kind] for each in private))
            advice = "上墙前要遮盖，只留能认出人的几位。"
            found.append(Check("bad", f"内容里有{len(private)}处{names}。", advice, act="遮盖", act_key="mask"))
    if detail.unmasked_reason:
        found.append(Check("note", f"有没遮盖的内容，理由：{detail.unmasked_reason}", "已经记入日志。"))
    law = f"依据{detail.paper.posting_law}" if detail.paper.posting_law else ""
    found += [_board_check(board, law) for board in detail.boards]
    for review in detail.reviews:
        held = "" if review.holds else "（对之前的内容）"
        words = f"{chinese_date(review.reviewed_on)}{review.reviewer}：{review.opinion_words}{held}"
        said = review.words
        if review.replied_on is not None:
            said = f"{said}　{short_date(review.replied_on)}答复：{review.reply}"
        elif review.answer_due is not None:
            said = f"{said}　请在{short_date(review.answer_due)}前答复。"
        found.append(Check("good" if review.opinion == Opinion.AGREED else "warn", words, said))
    for approval in detail.approvals:
        held = "" if approval.holds or detail.row.state is NoticeState.PUBLISHED else "（对之前的内容）"
        words = f"{chinese_date(approval.approved_on)}{approval.body_words}确定{held}"
        found.append(Check("good", words, approval.words))
    if detail.corrects is not None:
        found.append(
            Check("note", f"这是《{detail.corrects.title}》（{detail.corrects.number}）的更正，要和原件贴在一起。")
        )
    for other in detail.corrected_by:
        number = f"（{other.number}）" if other.final else "（还是草稿）"
        found.append(Check("warn", f"已由《{other.title}》{number}更正，原件继续张贴。"))
    if detail.figures:
        opening, receipts, payments, close = (yuan(one) for one in detail.figures)
        found.append(Check("note", f"期初{opening}元，收入{receipts}元，支出{payments}元，期末{close}元。"))
    for objection in detail.objections:
        late = "（已过期限，照实登记）" if objection.late else ""
        words = f"{short_date(objection.raised_on)}{objection.raised_by}反映：{objection.words}{late}"
        due = f"请在{short_date(objection.due_on)}前答复。" if objection.due_on is not None else "请答复并登记。"
        if objection.overdue:
            due = f"已过答复期限，请尽快答复。{''.join(objection.arithmetic)}"
        answered = objection.answered_on is not None
        after = "（过了期限才答复）" if objection.answered_late else ""
        tone = "bad" if objection.overdue else "good" if answered and not objection.answered_late else "warn"
        found.append(Check(tone, words, f"答复{after}：{objection.answer}" if answered else due))
    found += [Check("note", slip) for event in detail.events for slip in event.slips]
    return found


def _board_check(board: BoardRow, law: str) -> Check:
    state = board.state
    if state.last_day is not None:
        words = f"{board.board}：{short_date(board.posted_on)}贴出，要贴到{short_date(state.last_day)}。"
    elif board.off_on is not None:
        words = f"{board.board}：{short_date(board.posted_on)}贴出，{short_date(board.off_on)}{board.off_words}。"
    else:
        words = f"{board.board}：{short_date(board.posted_on)}贴出。"
    tone = "bad" if board.damage_id else "good" if state.fulfilled else "note"
    return Check(tone, words, "".join(state.arithmetic), law)


_NOTHING_NEXT = frozenset({Stage.POSTED, Stage.TAKEN_DOWN, Stage.ARCHIVED})
_WAITING = frozenset({Stage.OFF_EARLY, Stage.SENT_BACK, Stage.RUN_OUT, Stage.NUMBERED, Stage.PRINTED})
