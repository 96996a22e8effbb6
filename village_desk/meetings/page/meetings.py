"""The page of meetings: the list, one meeting with its motions, and what the law says beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from village_desk.archive.actions import EVIDENCE
from village_desk.meetings import actions, lookups
from village_desk.meetings.lookups import MeetingDetail, MeetingRow, MotionRow
from village_desk.meetings.page.asking import MeetingAsking
from village_desk.meetings.page.lines import lines_of, open_to_all
from village_desk.meetings.page.printing import Printing
from village_desk.meetings.rules import CheckState, MeetingState, MotionKind
from village_desk.meetings.table import MeetingTable, MotionTable, state_tone, state_words
from village_desk.rulebook.rules import VotingWay
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks, judged
from village_desk.widgets.chips import Chip
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, column, flow, heading, label, muted, row, scrolled, takes_rest
from village_desk.widgets.list_page import ListPage
from village_desk.widgets.workplace import Workplace

_FIRST = {CheckState.FAILS: 0, CheckState.REJECTED: 1, CheckState.MUST_JUDGE: 2, CheckState.OPEN: 3}
_BUTTONS = {
    "go_case": ("去四议两公开办理", "arrow-right", "primary"),
    "sign_in": ("登记签到", "users", ""),
    "guests": ("登记到会人员", "users", "primary"),
    "motion": ("加议题", "plus", ""),
    "vote": ("登记表决", "check", "primary"),
    "change_motion": ("改议题", "pencil", ""),
    "recuse": ("登记回避", "user", ""),
    "recount": ("核对票数", "list-checks", ""),
}
_LINKS = {
    "edit": ("改会议情况", "pencil"),
    "observers": ("列席", "user"),
    "remarks": ("发言", "messages-square"),
}
_MORE = {
    "postpone": "会议改期",
    "sitting": "登记一场片会",
    "join": "和同一天的会合并签到",
    "leave": "改回单独签到",
    "correct": "更正会议记录",
    "cancel": "没有开成",
}
_PRINTS = {"print_sign_in": "打印签到表", "print_minutes": "打印会议记录"}
_MORE_PRINTS = {
    "print_call": "会议通知及签收表",
    "print_evening": "合并签到表",
    "print_ballots": "表决票",
    "print_tally": "计票单",
    "print_blank": "空白会议记录",
    "print_corrections": "会议记录更正单",
    "print_dossier": "会议材料合订本",
}


class MeetingsPage(ListPage[MeetingRow]):
    """会议: calling, sign-in, motions, votes, minutes."""

    key, title, icon, shortcut = "meetings", "会议", "messages-square", "Ctrl+3"
    tables = frozenset(
        """meeting meeting_roll meeting_attendance meeting_sign_in meeting_session meeting_evening meeting_print
        minutes_correction motion recusal vote_count count_check installed_pack""".split()
    )
    beside = frozenset({"held_on", "title", "state"})

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        look = theme.current()
        self.detail: MeetingDetail | None = None
        self.asking = MeetingAsking(workplace, self)
        self.printing = Printing(workplace, self.print_sheet)
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
            key: button(words, icon, role=role, clicked=partial(self.ask, key))
            for key, (words, icon, role) in _BUTTONS.items()
        }
        self.links = {
            key: button(words, icon, role="link", clicked=partial(self.ask, key))
            for key, (words, icon) in _LINKS.items()
        }
        self.prints = {
            key: button(words, "printer", role="link", clicked=partial(self.ask, key)) for key, words in _PRINTS.items()
        }
        self.more_button, self.more = self._menu("更多", _MORE)
        self.more_prints_button, self.more_prints = self._menu("打印别的", _MORE_PRINTS)
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
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in ("会议情况", "材料"):
            self.tabs.addTab(words)
        self.files = AttachmentList(workplace, EVIDENCE, "meeting")
        self.files.counted.connect(lambda count: self.tabs.setTabText(1, f"材料（{count}）" if count else "材料"))
        facts = QWidget()
        facts.setLayout(column(scrolled(body), self.motion_grid))
        self.halves = QStackedWidget()
        self.halves.addWidget(facts)
        self.halves.addWidget(self.files)
        self.tabs.currentChanged.connect(self.halves.setCurrentIndex)
        self.facts_card = card(head, row(self.tabs, None))
        self.facts_card.add(self.halves, 1)
        self.facts_card.add(flow(*self.links.values(), self.more_button, spacing=2))
        self.facts_card.add(flow(*self.buttons.values()))
        self.checks = Checks()
        self.verdict_chip = Chip()
        checks_body = QWidget()
        below = QVBoxLayout(checks_body)
        below.setContentsMargins(0, 0, look.px(4), 0)
        below.addWidget(self.checks)
        below.addStretch(1)
        self.checks_card = card(row(heading("法定条件检查"), self.verdict_chip, None))
        checks_area = scrolled(checks_body)
        self.checks_card.add(checks_area, 1)
        takes_rest(self.halves, checks_area)
        self.checks_card.add(flow(*self.prints.values(), self.more_prints_button, spacing=2))
        self.checks.acted.connect(self.ask)
        self.setAcceptDrops(True)
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
            search="按名称或纸上的编码查找",
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
        """By title, body, or the code on a filled sheet."""
        digits = words.replace(" ", "")
        return words in one.title or words in one.body_words or (digits.isdigit() and one.has_code(digits))

    def show_record(self, record_id: str) -> None:
        """Show one meeting."""
        self.files.show_record(record_id)
        if not record_id:
            self.detail = None
            return
        detail = self.workplace.read(lambda session: lookups.one_meeting(session, record_id))
        self.detail = detail
        self.title_words.setText(detail.row.title)
        self.chip.say(state_words(detail.row), state_tone(detail.row))
        self._show_lines(lines_of(detail))
        at = self.motion_grid.current_id()
        self.motions.show(detail.motions)
        if not self.motion_grid.choose(at) and detail.motions:
            waits = [one for one in detail.motions if one.kind is MotionKind.VOTE and one.standing is None]
            self.motion_grid.choose((waits or detail.motions)[0].id)
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
        shown_checks = [judged(check) for check in ordered]
        if motion is not None and motion.to_ask:
            names = "、".join(one.name for one in motion.to_ask)
            words = f"照户籍看，{names}可能和这个议题有利害关系，请问清要不要回避。"
            shown_checks.insert(0, Check("note", words, act="登记回避", act_key="recuse"))
        self.checks.show_checks(shown_checks)
        # What another room put to the meeting is voted on there; what was added here is voted on here.
        matter = bool((motion or detail.row).source_room)
        own = not matter
        going = detail.row.state is not MeetingState.CANCELLED
        counted = detail.row.held_on is not None and (bool(detail.roll) or not open_to_all(detail))
        standing = motion.standing if motion is not None else None
        votes = motion is not None and motion.kind is MotionKind.VOTE
        shown = {
            "go_case": matter,
            "sign_in": going and counted,
            "guests": going and open_to_all(detail),
            "motion": going,
            "vote": own and going and votes and bool(detail.roll),
            "change_motion": own and going and motion is not None and not motion.final,
            "recuse": going
            and votes
            and standing is None
            and bool(detail.roll)
            and motion is not None
            and bool(motion.concerned or motion.recusals)
            # Else the check beside asks for it.
            and not motion.to_ask,
            "recount": going
            and standing is not None
            and standing.count.way is VotingWay.SECRET
            and not standing.checked,
        }
        for key in sorted(self.buttons, key=shown.__getitem__):
            # Hidden ones first: all of them together would be wider than the page.
            self.buttons[key].setVisible(shown[key])
        self.buttons["vote"].setText("更正表决" if standing is not None else "登记表决")
        for link in self.links.values():
            link.setVisible(going)
        voted = any(one.standing is not None for one in detail.motions)
        can = {
            "postpone": going and detail.row.held_on is not None and not voted,
            "sitting": going and counted,
            "join": going and detail.evening is None and bool(detail.same_day),
            "leave": going and detail.evening is not None,
            "correct": going,
            "cancel": not detail.row.source_room and going and not voted,
        }
        for key, action in self.more.items():
            action.setVisible(can[key])
        self.more_button.setVisible(any(can.values()))
        self.more_prints["print_evening"].setVisible(detail.evening is not None)
        self.more_prints["print_ballots"].setVisible(votes)
        self.more_prints["print_tally"].setVisible(votes)

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
            "guests": lambda: self.asking.observers(detail),
            "remarks": lambda: self.asking.remarks(detail),
            "postpone": lambda: self.asking.postpone(detail),
            "sitting": lambda: self.asking.sitting(detail),
            "join": lambda: self.asking.join(detail),
            "correct": lambda: self.asking.correct(detail),
        }
        if motion is not None:
            asks["change_motion"] = lambda: self.asking.motion(detail, motion)
            asks["vote"] = lambda: self.asking.vote(motion)
            asks["recuse"] = lambda: self.asking.recuse(motion)
            asks["recount"] = lambda: self.asking.recount(motion)
        if what in asks:
            self.open(asks[what]())
        elif what.startswith("print_"):
            self.printing.show(what, detail, motion)
        elif what == "go_case":
            matter = motion or detail.row
            self.asked_for.emit(matter.source_room, matter.source_id)
        elif what == "cancel":
            self.workplace.write(
                "meetings.cancel_meeting",
                lambda session: actions.cancel_meeting(session, meeting_id=detail.row.id),
                said="已登记为没有开成。",
            )
        elif what == "leave":
            self.workplace.write(
                "meetings.leave_evening",
                lambda session: actions.leave_evening(session, meeting_id=detail.row.id),
                said="这个会议已改回单独签到，签到过的人还在。",
            )

    def ask_new(self) -> None:
        """Ask for a new meeting."""
        self.open(self.asking.new_meeting(self.open_record))

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for the meeting at hand."""
        yield "meeting", self.asking.new_meeting(lambda _id: None)
        detail, motion = self.detail, self.motion
        if detail is None:
            return
        yield "edit", self.asking.edit(detail)
        yield "sign_in", self.asking.sign_in(detail)
        yield "motion", self.asking.motion(detail, None)
        yield "remarks", self.asking.remarks(detail)
        yield "observers", self.asking.observers(detail)
        yield "postpone", self.asking.postpone(detail)
        yield "sitting", self.asking.sitting(detail)
        yield "join", self.asking.join(detail)
        yield "correct", self.asking.correct(detail)
        if motion is not None:
            yield "vote", self.asking.vote(motion)
            yield "recuse", self.asking.recuse(motion)
            yield "recount", self.asking.recount(motion)

    # files dropped on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Scans and photos are welcome anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep them on the meeting whose code a file's name holds, else on that under the cursor, else on this one."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.keep_files(paths, self._under(event.position().toPoint()))

    def keep_files(self, paths: Sequence[Path], under: str = "") -> None:
        """Hang files on the right meeting and show it."""
        rows = self.table.rows()
        named = next((row.id for row in rows for path in paths if row.named_in(path.stem.replace(" ", ""))), "")
        wanted = named or under or (self.detail.row.id if self.detail is not None else "")
        if not wanted:
            return
        if self.detail is None or wanted != self.detail.row.id:
            self.grid.choose(wanted)
        self.tabs.setCurrentIndex(1)
        self.files.add_files(paths)

    def _under(self, point: QPoint) -> str:
        index = self.grid.indexAt(self.grid.viewport().mapFrom(self, point))
        return self.table.id_at(index.row()) if index.isValid() and self.grid.isVisible() else ""

    # inside

    def _menu(self, words: str, entries: Mapping[str, str]) -> tuple[QPushButton, dict[str, QAction]]:
        """The acts that are rarely wanted, below one button."""
        made, found = button(words, role="link"), dict[str, QAction]()
        menu = QMenu(made)
        for key, entry in entries.items():
            action = menu.addAction(entry)
            action.triggered.connect(partial(self._ask, key))
            found[key] = action
        made.setMenu(menu)
        return made, found

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.ask(what)
