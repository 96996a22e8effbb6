"""What villagers ask to know, and the year's priorities: entered, answered, and drafted for the wall."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton

from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, short_date
from village_desk.notices import actions, lookups, printout
from village_desk.notices.dialogs.fields import Ask, FieldsDialog, Kind
from village_desk.notices.lookups import InquiryRow, PriorityRow
from village_desk.notices.page.settled import Settled, dated
from village_desk.notices.page.tabs import Tab
from village_desk.notices.rules.asked import INQUIRY_WORDS, PRIORITY_WORDS, InquiryKind, PriorityState, joint_words
from village_desk.widgets.checks import Check
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button
from village_desk.widgets.tables import Column, ListTable


class InquiryTable(ListTable[InquiryRow]):
    """One line an inquiry."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("raised_on", "提出", lambda row: short_date(row.raised_on), width=6),
                Column("words", "要求公开（查询）什么", lambda row: row.words, width=18, wide=True),
                Column("by", "谁提出", lambda row: row.raised_by, width=8),
                Column("kind", "种类", lambda row: row.kind_words, width=9, side=True),
                Column("due_on", "答复期限", lambda row: dated(row.due_on), width=7),
                Column("state", "状态", lambda row: row.state_words, width=7, tone=_inquiry_tone),
            ),
            sort_keys={
                "raised_on": lambda row: row.raised_on,
                "due_on": lambda row: row.due_on or dt.date.max,
            },
        )


def _inquiry_tone(row: InquiryRow) -> str:
    if row.answered_on is not None:
        return "warn" if row.answered_late else "good"
    return "bad" if row.overdue else "warn"


class InquiryTab(Tab[InquiryRow]):
    """村民查询: an inquiry, a joint demand or a formal question, its day, and its answer on paper."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.add = button("登记查询", "plus", role="primary", clicked=self.ask_inquiry)
        self.reply = button("登记答复", "check", clicked=self.ask_reply)
        self.print = button("打印答复", "printer", clicked=self.print_answer)
        self.drop = button("删除", "trash-2", clicked=self.drop_it)
        super().__init__(
            settled,
            InquiryTable(),
            (self.add, self.reply, self.print, self.drop),
            needs=(self.reply, self.print, self.drop),
            empty_words="还没有村民查询。村民要看什么、联名要求公开什么，都在这里登记。",
        )

    def refresh(self) -> None:
        """What waits first."""
        today = self.settled.today
        rows = self.settled.workplace.read(lambda session: lookups.inquiries(session, on=today))
        waiting = sum(row.answered_on is None for row in rows)
        late = sum(row.overdue for row in rows)
        self.summary.setText(f"共{len(rows)}条，待答复{waiting}条{f'，逾期{late}条' if late else ''}。")
        self.show_rows(rows)

    def told(self, row: InquiryRow) -> list[Check]:
        """What was asked, whether the signatures are enough, and the day of the answer."""
        found = [Check("note", f"{chinese_date(row.raised_on)}{row.raised_by}（{row.kind_words}）：{row.words}")]
        if row.joint:
            found.append(Check("good" if "达到" in row.joint and "不到" not in row.joint else "warn", row.joint))
        if row.due_on is not None and row.answered_on is None:
            words = f"要在{chinese_date(row.due_on)}前答复。"
            found.append(Check("bad" if row.overdue else "warn", words, "".join(row.arithmetic)))
        if row.answered_on is not None:
            late = "（过了期限）" if row.answered_late else ""
            found.append(Check(_inquiry_tone(row), f"{chinese_date(row.answered_on)}答复{late}：{row.answer}"))
        return found

    def allowed(self, row: InquiryRow) -> frozenset[QPushButton]:
        """What is answered can be printed."""
        return frozenset({self.reply, self.drop} if row.answered_on is None else {self.print})

    def ask_inquiry(self) -> AskDialog:
        """Who asks for what."""
        dialog = FieldsDialog(
            "登记村民查询",
            "登记",
            (
                Ask(
                    "kind",
                    "种类(&Z)",
                    Kind.CHOICE,
                    InquiryKind.INQUIRY.value,
                    choices=[(one.value, words) for one, words in INQUIRY_WORDS.items()],
                ),
                Ask("day", "提出日期(&T)", Kind.DAY, self.settled.today, required=True),
                Ask("by", "谁提出(&R)", required=True, hint="联名的写领头人，例如“李四等8人”。"),
                Ask("words", "要求公开（查询）什么(&N)", Kind.AREA, required=True, lines=2),
                Ask("people", "联名人数(&M)", Kind.NUMBER, 1, least=1),
                Ask("base", "全村（全体代表）人数(&Q)", Kind.NUMBER, 0, hint="联名的才填，用来看够不够法定比例。"),
                Ask("days", "本地规定几天内答复(&D)", Kind.NUMBER, 0, most=90, hint="没有规定的填0。"),
            ),
            self.settled.today,
            self.settled.page,
            tell=lambda values: joint_words(InquiryKind(values["kind"]), values["people"], values["base"]),
            tell_under="people",
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return actions.note_inquiry(
                session,
                kind=str(answer["kind"]),
                raised_on=answer["day"],
                raised_by=answer["by"],
                words=answer["words"],
                people=answer["people"],
                base=answer["base"],
                answer_days=answer["days"],
            )

        self.settled.writes(dialog, "notices.note_inquiry", keep, "已登记。")
        self.open(dialog)
        return dialog

    def ask_reply(self) -> AskDialog | None:
        """What was answered."""
        row = self.current()
        if row is None:
            return None
        dialog = FieldsDialog(
            "登记答复",
            "登记答复",
            (
                Ask("day", "答复日期(&T)", Kind.DAY, self.settled.today, required=True),
                Ask("by", "答复人(&R)", required=True),
                Ask("words", "答复内容(&N)", Kind.AREA, required=True),
            ),
            self.settled.today,
            self.settled.page,
            explain=f"{row.raised_by}：{row.words}",
        )
        self.settled.writes(
            dialog,
            "notices.answer_inquiry",
            lambda session: actions.answer_inquiry(
                session,
                inquiry_id=row.id,
                answered_on=dialog.values()["day"],
                answered_by=dialog.values()["by"],
                words=dialog.values()["words"],
            ),
            "已登记答复，可以打印给提出的人。",
        )
        self.open(dialog)
        return dialog

    def print_answer(self) -> None:
        """The answer on paper."""
        row = self.current()
        if row is not None:
            name = self.settled.now.village_name
            self.print_later(lambda _session: row, lambda found: printout.answer(found, name), "村务公开答复")

    def drop_it(self) -> None:
        """Entered by mistake; undo brings it back."""
        row = self.current()
        if row is not None:
            self.settled.workplace.write(
                "notices.drop_inquiry",
                lambda session: actions.drop_inquiry(session, inquiry_id=row.id),
                said="已删除。",
            )


class PriorityTable(ListTable[PriorityRow]):
    """One line a priority."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("place", "序号", lambda row: str(row.place), width=3),
                Column("what", "办什么", lambda row: row.what, width=18, wide=True),
                Column("who", "责任人", lambda row: row.who, width=6),
                Column("due_on", "完成时限", lambda row: chinese_date(row.due_on) if row.due_on else "", width=8),
                Column(
                    "money",
                    "资金（元）",
                    lambda row: yuan(row.amount_fen) if row.amount_fen else "",
                    width=8,
                    side=True,
                ),
                Column("state", "进展", lambda row: row.state_words, width=6, tone=_priority_tone),
                Column("done_on", "完成", lambda row: dated(row.done_on), width=6, side=True),
            ),
            sort_keys={
                "place": lambda row: row.place,
                "due_on": lambda row: row.due_on or dt.date.max,
                "done_on": lambda row: row.done_on or dt.date.max,
            },
        )


def _money(row: PriorityRow) -> str:
    return yuan(row.amount_fen) if row.amount_fen is not None else ""


def _priority_tone(row: PriorityRow) -> str:
    tones = {PriorityState.DONE: "good", PriorityState.DOING: "note", PriorityState.TO_DO: "warn"}
    return tones.get(row.state, "plain")


class PriorityTab(Tab[PriorityRow]):
    """年度实事: the year's priorities, how far they are, and the sheet for the wall."""

    def __init__(self, settled: Settled, go: Callable[[str], None]) -> None:
        self.settled, self.go = settled, go
        self.year = QComboBox()
        self.year.setAccessibleName("哪一年")
        now = settled.today.year
        for year in (now - 1, now, now + 1):
            self.year.addItem(f"{year}年", year)
        self.year.setCurrentIndex(1)
        self.add = button("新增", "plus", role="primary", clicked=self.ask_priority)
        self.progress = button("登记进展", "check", clicked=self.ask_progress)
        self.draft = button("起草公开", "megaphone", clicked=self.begin)
        self.drop = button("删除", "trash-2", clicked=self.drop_it)
        super().__init__(
            settled,
            PriorityTable(),
            (self.year, self.add, self.progress, self.draft, self.drop),
            needs=(self.progress, self.drop),
            empty_words="还没有登记年度重点工作和实事。点“新增”，一项一项写。",
        )
        self.year.currentIndexChanged.connect(lambda _at: self.refresh())

    def refresh(self) -> None:
        """The priorities of the chosen year."""
        year = int(self.year.currentData())
        rows = self.settled.workplace.read(lambda session: lookups.priorities(session, year=year))
        done = sum(row.state is PriorityState.DONE for row in rows)
        self.summary.setText(f"{year}年共{len(rows)}项，已完成{done}项。")
        self.draft.setEnabled(bool(rows))
        self.show_rows(rows)

    def told(self, row: PriorityRow) -> list[Check]:
        """The line as the wall reads it."""
        return [Check(_priority_tone(row), row.line)]

    def ask_priority(self) -> AskDialog:
        """What, who, by when, money."""
        year = int(self.year.currentData())
        dialog = FieldsDialog(
            f"新增{year}年实事",
            "新增",
            (
                Ask("what", "办什么(&S)", required=True),
                Ask("who", "责任人(&R)"),
                Ask("due", "完成时限(&T)", Kind.DAY),
                Ask("money", "资金（元）(&Z)", Kind.MONEY),
                Ask("source", "资金来源(&L)"),
            ),
            self.settled.today,
            self.settled.page,
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return actions.add_priority(
                session,
                year=year,
                what=answer["what"],
                who=answer["who"],
                due_on=answer["due"],
                amount_fen=answer["money"],
                money_source=answer["source"],
            )

        self.settled.writes(dialog, "notices.add_priority", keep, "已新增。")
        self.open(dialog)
        return dialog

    def ask_progress(self) -> AskDialog | None:
        """How far it is."""
        row = self.current()
        if row is None:
            return None
        dialog = FieldsDialog(
            "登记进展",
            "登记",
            (
                Ask(
                    "state",
                    "办到哪一步(&B)",
                    Kind.CHOICE,
                    row.state.value,
                    choices=[(one.value, words) for one, words in PRIORITY_WORDS.items()],
                ),
                Ask("done", "完成日期(&T)", Kind.DAY, self.settled.today, hint="没有完成的不看这一栏。"),
                Ask("words", "进展情况(&N)", Kind.AREA, row.progress, lines=2),
            ),
            self.settled.today,
            self.settled.page,
            explain=row.what,
        )

        def keep(session: Any) -> None:
            answer = dialog.values()
            done = answer["done"] if answer["state"] == PriorityState.DONE.value else None
            actions.note_progress(
                session, priority_id=row.id, state=str(answer["state"]), progress=answer["words"], done_on=done
            )

        self.settled.writes(dialog, "notices.note_progress", keep, "已登记进展。")
        self.open(dialog)
        return dialog

    def begin(self) -> None:
        """Draft the sheet as things stand today."""
        year = int(self.year.currentData())
        self.settled.workplace.write(
            "notices.draft_priorities",
            lambda session: actions.draft_priorities(session, year=year),
            self.go,
            said="已起草，请核对后公开。",
        )

    def drop_it(self) -> None:
        """Entered by mistake; undo brings it back."""
        row = self.current()
        if row is not None:
            self.settled.workplace.write(
                "notices.drop_priority",
                lambda session: actions.drop_priority(session, priority_id=row.id),
                said="已删除。",
            )
