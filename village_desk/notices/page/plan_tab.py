"""The year's plan of publications: what is due when and who does it, and what can be done about it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton

from village_desk.kit.text import chinese_date, short_date
from village_desk.notices import actions, lookups, printout
from village_desk.notices.dialogs.fields import Ask, FieldsDialog, Kind
from village_desk.notices.lookups import DutyState, Plan, PlanRow
from village_desk.notices.lookups.plan import EventRow
from village_desk.notices.page.settled import Settled, dated
from village_desk.notices.page.tabs import Tab
from village_desk.notices.rules.wording import wording
from village_desk.notices.table import DUTY_TONES
from village_desk.widgets.checks import Check
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button
from village_desk.widgets.tables import Column, ListTable

ALL, OPEN, LATE, EVENTS = "all", "open", "late", "events"


@dataclass(frozen=True)
class PlanLine:
    """A line of the plan: a period with its day, or an item that waits for something to happen."""

    id: str
    name: str
    column: str
    period: str
    due_on: dt.date | None
    due: str
    who: str
    state: str
    tone: str
    posted_on: dt.date | None
    turn: PlanRow | None
    event: EventRow | None


class PlanTable(ListTable[PlanLine]):
    """One line a period of an item."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("due", "期限", lambda row: row.due, width=6),
                Column("name", "公开事项", lambda row: row.name, width=16, wide=True),
                Column("period", "哪一期", lambda row: row.period, width=8),
                Column("state", "状态", lambda row: row.state, width=7, tone=lambda row: row.tone),
                Column("who", "责任单位", lambda row: row.who, width=8, side=True),
                Column("column", "栏目", lambda row: row.column, width=4, side=True),
                Column("posted_on", "张贴", lambda row: dated(row.posted_on), width=6, side=True),
            ),
            sort_keys={
                "due": lambda row: row.due_on or dt.date.max,
                "posted_on": lambda row: row.posted_on or dt.date.max,
            },
        )


class PlanTab(Tab[PlanLine]):
    """年度公开计划: what is due when and who does it, what is late, and the rate."""

    def __init__(self, settled: Settled, go: Callable[[str], None]) -> None:
        self.settled, self.go = settled, go
        self.year = QComboBox()
        self.year.setAccessibleName("哪一年")
        self.which = QComboBox()
        self.which.setAccessibleName("看哪些")
        for key, words in ((ALL, "全部"), (OPEN, "还没办的"), (LATE, "逾期的"), (EVENTS, "随时公开的")):
            self.which.addItem(words, key)
        self.draft = button("起草", "pencil", role="primary", clicked=self.begin)
        self.outside = button("登记外来表", "file-text", clicked=self.ask_outside)
        self.happened = button("有事要公开", "plus", clicked=self.ask_happened)
        self.waive = button("标为不适用", "minus", clicked=self.ask_waive)
        self.print = button("打印计划", "printer", clicked=self.print_plan)
        self.plan: Plan | None = None
        super().__init__(
            settled,
            PlanTable(),
            (self.year, self.which, self.draft, self.outside, self.happened, self.waive, self.print),
            needs=(self.draft, self.outside, self.happened, self.waive),
            empty_words="这里没有要公开的事项。",
        )
        self._fill_years()
        self.year.currentIndexChanged.connect(lambda _at: self.refresh())
        self.which.currentIndexChanged.connect(lambda _at: self.refresh())

    def _fill_years(self) -> None:
        now = self.settled.today.year
        for year in (now - 1, now, now + 1):
            self.year.addItem(f"{year}年", year)
        self.year.setCurrentIndex(1)

    def refresh(self) -> None:
        """Read the plan of the chosen year."""
        year, today = int(self.year.currentData()), self.settled.today
        self.plan = plan = self.settled.workplace.read(lambda session: lookups.year_plan(session, year=year, on=today))
        self.summary.setText(plan.summary)
        which = self.which.currentData()
        lines = [_turn_line(row) for row in plan.rows] if which != EVENTS else []
        if which == OPEN:
            lines = [one for one in lines if one.turn is not None and one.turn.open]
        if which == LATE:
            lines = [one for one in lines if one.turn is not None and one.turn.state is DutyState.OVERDUE]
        if which in (ALL, EVENTS):
            lines += [_event_line(row) for row in plan.events]
        self.show_rows(lines)

    def told(self, row: PlanLine) -> list[Check]:
        """What is to be done, and how its day was reckoned."""
        if row.turn is not None:
            turn = row.turn
            late = f"（晚了{(turn.posted_on - turn.due_on).days}天）" if turn.late and turn.posted_on else ""
            found = [Check(row.tone, f"{turn.words}{late}", "".join(turn.arithmetic), f"依据{turn.legal_ref}")]
            item = turn.item
        else:
            assert row.event is not None
            event, item = row.event, row.event.item
            last = f"最近一次{chinese_date(event.last_on)}。" if event.last_on else "还没有公开过。"
            said = f"{event.when}公开，今年已公开{event.posted}次，{last}"
            found = [Check("note", said, "有事时点“有事要公开”，就会有期限。", f"依据{event.legal_ref}")]
        if item.sensitive:
            masks = f"：{'、'.join(item.masks)}" if item.masks else ""
            found.append(Check("warn", f"这一项涉及个人，上墙前要遮盖{masks}。"))
        if item.note:
            found.append(Check("note", item.note))
        return found

    def allowed(self, row: PlanLine) -> frozenset[QPushButton]:
        """A period can be drafted, registered or waived; what waits for an event is told."""
        if row.turn is None:
            return frozenset({self.happened})
        if row.turn.notice_id:
            return frozenset({self.draft})
        done = row.turn.state in {DutyState.POSTED, DutyState.NOT_APPLICABLE}
        return frozenset() if done else frozenset({self.draft, self.outside, self.waive})

    def begin(self) -> None:
        """Draft the sheet of a period, or open the one that is there."""
        row = self.current()
        if row is None or row.turn is None:
            return
        turn = row.turn
        if turn.notice_id:
            self.go(turn.notice_id)
            return
        village = self.settled.now.village_name

        def write(session: Any) -> str:
            duty = actions.take_up_turn(session, code=turn.code, period=turn.period, year=self._year(turn))
            title, body = wording(village, turn.item, turn.period_words)
            return actions.draft_notice(
                session,
                item=turn.item.posting,
                title=title,
                body=body,
                kind=turn.item.kind,
                issuer=turn.item.issuer,
                column=turn.item.column,
                duty_id=duty,
                code=turn.code,
                period=turn.period,
            )

        self.settled.workplace.write("notices.draft_notice", write, self.go, said="已起草，请补上内容。")

    def ask_outside(self) -> AskDialog | None:
        """Register the sheet that came ready-made for a period."""
        row = self.current()
        if row is None or row.turn is None:
            return None
        turn = row.turn
        dialog = self.settled.outside(
            title=f"{turn.period_words}{turn.name}公开表",
            code=turn.code,
            period=turn.period,
            year=self._year(turn),
            finance=turn.code in ("F01", "F02"),
        )
        self.open(dialog)
        return dialog

    def ask_happened(self) -> AskDialog | None:
        """Something happened that has to be published."""
        row = self.current()
        if row is None or row.event is None:
            return None
        event = row.event
        dialog = FieldsDialog(
            "有事要公开",
            "列入任务",
            (
                Ask("about", "什么事(&S)", required=True, hint="例如“2026年耕地地力保护补贴”。"),
                Ask("day", "哪天发生(&T)", Kind.DAY, self.settled.today, required=True),
            ),
            self.settled.today,
            self.settled.page,
            explain=f"“{event.name}”{event.when}公开。",
        )
        self.settled.writes(
            dialog,
            "notices.open_item_duty",
            lambda session: actions.open_item_duty(
                session, code=event.code, about=dialog.values()["about"], happened_on=dialog.values()["day"]
            ),
            "已列入公开任务，请到“公开公示”起草。",
        )
        self.open(dialog)
        return dialog

    def ask_waive(self) -> AskDialog | None:
        """Why a period has nothing to publish."""
        row = self.current()
        if row is None or row.turn is None:
            return None
        turn = row.turn
        dialog = FieldsDialog(
            "标为不适用",
            "标为不适用",
            (Ask("reason", "原因(&Y)", required=True, hint="例如：本期没有发生这项收支。"),),
            self.settled.today,
            self.settled.page,
            explain=turn.words,
        )
        self.settled.writes(
            dialog,
            "notices.waive_turn",
            lambda session: actions.waive_turn(
                session,
                code=turn.code,
                period=turn.period,
                year=self._year(turn),
                reason=dialog.values()["reason"],
            ),
            "已标为不适用。",
        )
        self.open(dialog)
        return dialog

    def print_plan(self) -> None:
        """The plan on one sheet."""
        if self.plan is not None:
            plan = self.plan
            self.print_later(lambda _session: plan, printout.year_plan, f"{plan.village}{plan.year}年公开计划")

    def _year(self, turn: PlanRow) -> int:
        return turn.due_on.year


def _turn_line(row: PlanRow) -> PlanLine:
    words = "晚贴" if row.late else row.state_words
    tone = "warn" if row.late else DUTY_TONES[row.state]
    return PlanLine(
        row.id,
        row.name,
        row.column,
        row.period_words,
        row.due_on,
        short_date(row.due_on),
        row.who,
        words,
        tone,
        row.posted_on,
        row,
        None,
    )


def _event_line(row: EventRow) -> PlanLine:
    return PlanLine(
        f"event {row.code}",
        row.name,
        row.column,
        row.when,
        None,
        "随时",
        row.who,
        f"今年{row.posted}次" if row.posted else "等有事",
        "plain",
        row.last_on,
        None,
        row,
    )
