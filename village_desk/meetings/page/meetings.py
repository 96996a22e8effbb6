"""The page of meetings: the list, one meeting with its motions, and what the law says beside it."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from village_desk.kit.text import chinese_date, chinese_date_weekday
from village_desk.meetings import actions, lookups, printout
from village_desk.meetings.lookups import MeetingDetail, MeetingRow, MotionRow
from village_desk.meetings.page.asking import MeetingAsking
from village_desk.meetings.rules import CheckState, MeetingState
from village_desk.meetings.table import MeetingTable, MotionTable, state_tone, state_words
from village_desk.widgets import theme
from village_desk.widgets.checks import Checks, judged
from village_desk.widgets.chips import Chip
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, heading, label, muted, row, scrolled
from village_desk.widgets.list_page import ListPage
from village_desk.widgets.workplace import Workplace

UNKNOWN = "未登记"
_FIRST = {CheckState.FAILS: 0, CheckState.REJECTED: 1, CheckState.MUST_JUDGE: 2, CheckState.OPEN: 3}


class MeetingsPage(ListPage[MeetingRow]):
    """会议: calling, sign-in, motions, votes, minutes."""

    key, title, icon, shortcut = "meetings", "会议", "messages-square", "Ctrl+3"
    tables = frozenset("meeting meeting_roll meeting_attendance motion vote_count count_check installed_pack".split())
    beside = frozenset({"held_on", "title", "state"})

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        look = theme.current()
        self.detail: MeetingDetail | None = None
        self.asking = MeetingAsking(workplace, self)
        self.new_button = button("登记会议", "plus", role="primary", clicked=self.ask_new)
        back = button("返回列表", "arrow-left", clicked=self.go_back)
        self.title_words = heading("")
        self.title_words.setWordWrap(True)
        self.chip = Chip()
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(look.px(14))
        self.lines.setVerticalSpacing(look.px(6))
        self.lines.setColumnStretch(1, 1)
        self.motions = MotionTable()
        self.motion_grid = Grid(self.motions, empty_words="还没有议题。要表决的事点“加议题”。")
        self.motion_grid.setMinimumHeight(look.px(104))
        self.buttons = {
            "go_case": button("去四议两公开办理", "arrow-right", role="primary", clicked=self._go_case),
            "sign_in": button("登记签到", "users", clicked=lambda: self.ask("sign_in")),
            "motion": button("加议题", "plus", clicked=lambda: self.ask("motion")),
            "vote": button("登记表决", "check", role="primary", clicked=lambda: self.ask("vote")),
            "change_motion": button("改议题", "pencil", clicked=lambda: self.ask("change_motion")),
        }
        self.links = {
            "edit": button("改会议情况", "pencil", role="link", clicked=lambda: self.ask("edit")),
            "observers": button("列席", "user", role="link", clicked=lambda: self.ask("observers")),
            "remarks": button("发言", "messages-square", role="link", clicked=lambda: self.ask("remarks")),
            "cancel": button("没有开成", "x", role="link", clicked=lambda: self.ask("cancel")),
        }
        self.prints = {
            "print_sign_in": button("打印签到表", "printer", role="link", clicked=lambda: self.ask("print_sign_in")),
            "print_minutes": button("打印会议记录", "printer", role="link", clicked=lambda: self.ask("print_minutes")),
        }
        # They come one by one as a meeting allows; all at once they would ask for too much room.
        for one in self.buttons.values():
            one.hide()
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, look.px(4), 0)
        inside.addLayout(self.lines)
        inside.addStretch(1)
        head = row(back, self.title_words, self.chip)
        head.setStretchFactor(self.title_words, 1)
        self.facts_card = card(head)
        self.facts_card.add(scrolled(body), 3)
        self.facts_card.add(self.motion_grid, 2)
        self.facts_card.add(row(*self.links.values(), None, spacing=2))
        self.facts_card.add(row(*self.buttons.values(), None, spacing=8))
        self.checks = Checks()
        self.verdict_chip = Chip()
        checks_body = QWidget()
        column = QVBoxLayout(checks_body)
        column.setContentsMargins(0, 0, look.px(4), 0)
        column.addWidget(self.checks)
        column.addStretch(1)
        self.checks_card = card(row(heading("法定条件检查"), self.verdict_chip, None))
        self.checks_card.add(scrolled(checks_body), 1)
        self.checks_card.add(row(*self.prints.values(), None, spacing=2))
        self.checks_card.setMinimumWidth(look.px(270))
        one_meeting = QWidget()
        beside = row(self.facts_card, self.checks_card, spacing=12)
        beside.setStretchFactor(self.facts_card, 3)
        beside.setStretchFactor(self.checks_card, 2)
        one_meeting.setLayout(beside)
        first = Empty(
            "还没有会议。四议两公开的会议在议题里登记，别的会从这里登记。", "登记会议", icon="messages-square"
        )
        first.acted.connect(self.ask_new)
        self.furnish(
            MeetingTable(),
            search="按会议名称查找",
            empty_words="没有这样的会议。",
            buttons=(self.new_button,),
            one=one_meeting,
            back=back,
            nothing=Empty("从左边选一次会议，这里显示到会和表决。", icon="messages-square"),
            first=first,
        )
        self.motion_grid.picked.connect(lambda _id: self._show_motion())

    # showing

    def rows(self) -> Sequence[MeetingRow]:
        """Every meeting."""
        return self.workplace.read(lookups.all_meetings)

    def told(self, rows: Sequence[MeetingRow]) -> str:
        """How many there are."""
        return f"共{len(rows)}次"

    def found(self, one: MeetingRow, words: str) -> bool:
        """By title or body."""
        return words in one.title or words in one.body_words

    def show_record(self, record_id: str) -> None:
        """Show one meeting."""
        if not record_id:
            self.detail = None
            return
        detail = self.workplace.read(lambda session: lookups.one_meeting(session, record_id))
        self.detail = detail
        self.title_words.setText(detail.row.title)
        self.chip.say(state_words(detail.row), state_tone(detail.row))
        self._show_lines(_lines(detail))
        at = self.motion_grid.current_id()
        self.motions.show(detail.motions)
        if not self.motion_grid.choose(at) and detail.motions:
            self.motion_grid.choose(detail.motions[-1].id)
        self._show_motion()

    def enter_one(self) -> None:
        """The cursor goes to the motions."""
        self.motion_grid.enter()

    def preview(self) -> None:
        """F9."""
        self.ask("print_minutes")

    @property
    def motion(self) -> MotionRow | None:
        """The motion that is chosen."""
        return self.detail.motion(self.motion_grid.current_id()) if self.detail is not None else None

    def _show_motion(self) -> None:
        detail = self.detail
        if detail is None:
            return
        motion = self.motion
        verdict = motion.verdict if motion is not None else detail.verdict
        self.verdict_chip.say(verdict.state.words, verdict.state.tone)
        ordered = sorted(verdict.checks, key=lambda check: _FIRST.get(check.state, 4))
        self.checks.show_checks([judged(check) for check in ordered])
        own = not detail.row.source_room
        going = detail.row.state is not MeetingState.CANCELLED
        counted = detail.row.held_on is not None
        voted = motion is not None and motion.standing is not None
        shown = {
            "go_case": not own,
            "sign_in": own and going and counted,
            "motion": own and going,
            "vote": own and going and motion is not None and bool(detail.roll),
            "change_motion": own and going and motion is not None and not motion.final,
        }
        for key in sorted(self.buttons, key=shown.__getitem__):
            # Hidden ones first: all of them together would be wider than the page.
            self.buttons[key].setVisible(shown[key])
        self.buttons["vote"].setText("更正表决" if voted else "登记表决")
        for key in ("edit", "observers", "remarks"):
            self.links[key].setVisible(going)
        self.links["cancel"].setVisible(own and going and not voted)

    def _show_lines(self, lines: list[tuple[str, str]]) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, (name, words) in enumerate(lines):
            head = muted(name)
            head.setWordWrap(False)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self.lines.addWidget(head, number, 0)
            self.lines.addWidget(label(words), number, 1)

    # asking

    def ask(self, what: str) -> None:
        """Do what a button asks for."""
        detail, motion = self.detail, self.motion
        if detail is None:
            return
        asks: dict[str, Callable[[], QDialog]] = {
            "edit": lambda: self.asking.edit(detail),
            "sign_in": lambda: self.asking.sign_in(detail),
            "motion": lambda: self.asking.motion(detail, None),
            "observers": lambda: self.asking.observers(detail),
            "remarks": lambda: self.asking.remarks(detail),
        }
        if motion is not None:
            asks["change_motion"] = lambda: self.asking.motion(detail, motion)
            asks["vote"] = lambda: self.asking.vote(detail, motion)
        if what in asks:
            self.open(asks[what]())
        elif what == "print_sign_in":
            self.print_sheet(f"{detail.row.title}签到表", lambda: printout.sign_in_sheet(detail))
        elif what == "print_minutes":
            self.print_sheet(f"{detail.row.title}会议记录", lambda: printout.minutes(detail))
        elif what == "cancel":
            self.workplace.write(
                "meetings.cancel_meeting",
                lambda session: actions.cancel_meeting(session, meeting_id=detail.row.id),
                said="已登记为没有开成。",
            )

    def ask_new(self) -> None:
        """Ask for a new meeting."""
        self.open(self.asking.new_meeting(self.open_record))

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for the meeting at hand."""
        yield "meeting", self.asking.new_meeting(lambda _id: None)
        if self.detail is not None:
            yield "edit", self.asking.edit(self.detail)
            yield "sign_in", self.asking.sign_in(self.detail)
            yield "motion", self.asking.motion(self.detail, None)
            yield "remarks", self.asking.remarks(self.detail)

    # inside

    def _go_case(self) -> None:
        if self.detail is not None:
            self.asked_for.emit(self.detail.row.source_room, self.detail.row.source_id)


def _lines(detail: MeetingDetail) -> list[tuple[str, str]]:
    row = detail.row
    observers = "、".join(f"{one.name}（{one.post or one.kind.words}）" for one in detail.observers)
    absent = [one for one in detail.roll if not one.present]
    excused = "、".join(f"{one.name}（{one.absence}）" for one in absent if one.absence)
    lines = [
        ("会议种类", detail.rule_name),
        ("日期、地点", f"{chinese_date_weekday(row.held_on) if row.held_on else UNKNOWN}　{row.place or '地点未登记'}"),
        ("通知", chinese_date(detail.called_on) if detail.called_on else UNKNOWN),
        ("主持、记录", f"{detail.chair or UNKNOWN}　{detail.recorder or UNKNOWN}"),
        ("应到、实到", f"{row.eligible}人　{row.present}人" if detail.roll else "还没有计算应到"),
        ("列席", observers or UNKNOWN),
    ]
    if excused:
        lines.append(("请假", excused))
    if detail.remarks:
        lines.append(("发言", "\n".join(f"{name}：{words}" if name else words for name, words in detail.remarks)))
    return lines
