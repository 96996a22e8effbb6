"""The calendar: what the law and the place make come round; and what was asked by phone or message."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import short_date
from village_desk.notices.dialogs.fields import Ask, FieldsDialog, Kind
from village_desk.notices.page.settled import Settled, dated
from village_desk.notices.page.tabs import Tab
from village_desk.rulebook.rules import Aim, CountUnit, Rhythm
from village_desk.schedule import actions as calendar_actions
from village_desk.schedule import lookups as calendar
from village_desk.schedule.lookups import WAY_WORDS, AgendaRow, ErrandRow
from village_desk.schedule.rules import Entry, Rule
from village_desk.widgets.checks import Check
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button
from village_desk.widgets.tables import Column, ListTable

SERVICE_DAY = "service_day"


class AgendaTable(ListTable[AgendaRow]):
    """One line a turn of a date rule."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("due_on", "期限", lambda row: short_date(row.due_on), width=6),
                Column("name", "要办的事", lambda row: row.rule.name, width=18, wide=True),
                Column("period", "哪一期", lambda row: row.period.words, width=9),
                Column("state", "状态", _agenda_state, width=7, tone=_agenda_tone),
                Column("who", "谁来办", lambda row: row.rule.who, width=9, side=True),
                Column("when", "多久一次", lambda row: row.rule.when_words, width=8, side=True),
            ),
            sort_keys={"due_on": lambda row: row.due_on},
        )


def _agenda_state(row: AgendaRow) -> str:
    if row.waived:
        return "不适用"
    if row.done:
        return "已办"
    return "逾期" if row.overdue else "待办"


def _agenda_tone(row: AgendaRow) -> str:
    if row.waived:
        return "plain"
    if row.done:
        return "good"
    return "bad" if row.overdue else "warn"


class AgendaTab(Tab[AgendaRow]):
    """日程: what the law and the place make come round, who or what is missing, and what was entered."""

    def __init__(self, settled: Settled, also: Callable[[Any], Sequence[Entry]]) -> None:
        self.settled, self.also = settled, also
        self.enter = button("登记办过", "check", role="primary", clicked=self.ask_happening)
        self.waive = button("标为不适用", "minus", clicked=self.ask_waive)
        self.preset = button("打开常用日程", "list-checks", clicked=self.ask_preset)
        self.add = button("新增日程", "plus", clicked=self.ask_rule)
        self.off = button("停用", "x", clicked=self.switch_off)
        super().__init__(
            settled,
            AgendaTable(),
            (self.enter, self.waive, self.preset, self.add, self.off),
            needs=(self.enter, self.waive, self.off),
            empty_words="这一年没有要办的日程。",
        )

    def refresh(self) -> None:
        """This year's turns: what is owed first, the coming ones after."""
        today = self.settled.today
        begin = self.settled.workplace.read(calendar.first_day) or today
        first = max(dt.date(today.year, 1, 1), min(begin, today))
        rows = self.settled.workplace.read(
            lambda session: calendar.agenda(
                session, first=first, last=dt.date(today.year, 12, 31), on=today, also=self.also(session)
            )
        )
        owed = sum(row.overdue for row in rows)
        missing = self.settled.workplace.read(
            lambda session: calendar.year_check(session, year=today.year, on=today, also=self.also(session))
        )
        yearly = f"；全年一次的还差{len(missing)}件" if missing else ""
        self.summary.setText(f"{today.year}年日程{len(rows)}次，逾期{owed}次{yearly}。")
        self.show_rows(sorted(rows, key=lambda row: (not row.overdue, row.done or bool(row.waived), row.due_on)))

    def told(self, row: AgendaRow) -> list[Check]:
        """Where it stands, who is missing, and the law."""
        law = f"依据{row.rule.legal_ref}"
        # The day on which somebody goes to the township anyway is the day for the stick.
        act = "写上报包" if SERVICE_DAY in row.rule.counts else ""
        found = [Check(_agenda_tone(row), row.words, row.rule.advice, law, act, "stick" if act else "")]
        if row.standing.missing:
            names = "、".join(one.name for one in row.standing.missing[:40])
            more = f"等{len(row.standing.missing)}个" if len(row.standing.missing) > 40 else ""
            found.append(Check("warn", f"还没有走到的：{names}{more}。"))
        for share in row.standing.shares:
            found.append(Check("warn" if share.short else "good", share.words))
        for entry in row.standing.entries[:6]:
            found.append(Check("note", f"{short_date(entry.day)}　{entry.words or '已登记'}"))
        return found

    def allowed(self, row: AgendaRow) -> frozenset[QPushButton]:
        """The law's own turns cannot be switched off."""
        fitting = {self.enter} if not row.waived else set()
        if row.open:
            fitting.add(self.waive)
        if row.rule.record_id:
            fitting.add(self.off)
        return frozenset(fitting)

    def ask_happening(self) -> AskDialog | None:
        """When it was done, and by or to whom."""
        row = self.current()
        if row is None:
            return None
        rule = row.rule
        people = [(one.id, one.name) for one in (*rule.subjects, *row.standing.missing)]
        asks = [Ask("day", "哪天办的(&T)", Kind.DAY, self.settled.today, required=True)]
        if people:
            asks.append(Ask("subject", "谁（哪一户）(&S)", Kind.CHOICE, choices=people))
        if rule.unit is CountUnit.HOURS:
            asks.append(Ask("minutes", "多少分钟(&F)", Kind.NUMBER, 60, most=6000))
        asks.append(Ask("words", "情况(&Q)", hint="可以不写。"))
        dialog = FieldsDialog(
            "登记办过",
            "登记",
            asks,
            self.settled.today,
            self.settled.page,
            explain=f"“{rule.name}”（{rule.when_words}）",
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return calendar_actions.enter_happening(
                session,
                kind=rule.counts[0] if rule.counts else rule.key,
                happened_on=answer["day"],
                minutes=answer.get("minutes") or 0,
                subject_id=str(answer.get("subject") or ""),
                subject=dict(people).get(answer.get("subject") or "", ""),
                words=answer["words"],
            )

        self.settled.writes(dialog, "schedule.enter_happening", keep, "已登记，同类的要求一起算。")
        self.open(dialog)
        return dialog

    def ask_waive(self) -> AskDialog | None:
        """Why a turn, or the rule, does not apply."""
        row = self.current()
        if row is None:
            return None
        choices = ((row.period.key, f"只是{row.period.words}"), ("", "这件事本村一直不用办"))
        dialog = FieldsDialog(
            "标为不适用",
            "标为不适用",
            (
                Ask("period", "范围(&F)", Kind.CHOICE, row.period.key, choices=choices),
                Ask("reason", "原因(&Y)", required=True, hint="例如：本支部没有设支部委员会。"),
            ),
            self.settled.today,
            self.settled.page,
            explain=row.rule.name,
        )
        self.settled.writes(
            dialog,
            "schedule.waive_turn",
            lambda session: calendar_actions.waive_turn(
                session,
                rule_key=row.rule.key,
                period=str(dialog.values()["period"]),
                reason=dialog.values()["reason"],
            ),
            "已标为不适用。",
        )
        self.open(dialog)
        return dialog

    def ask_preset(self) -> AskDialog:
        """Which of the shipped calendars this place keeps."""
        today = self.settled.today
        found = self.settled.workplace.read(lambda session: calendar.presets(session, on=today))
        by_key = {rule.key: rule for rule in found}
        names = [(rule.key, rule.name) for rule in found]
        dialog = FieldsDialog(
            "打开常用日程",
            "打开",
            (
                Ask("rule", "哪一项(&N)", Kind.CHOICE, choices=names, required=True),
                Ask("least", "至少多少(&S)", Kind.NUMBER, 0, hint="填0照预设；本地要求不同的填本地的数。"),
                Ask("people", "要求到哪些人或单位(&R)", Kind.AREA, hint="一行一个；要求全村的不用填。"),
            ),
            today,
            self.settled.page,
            tell=lambda values: _preset_words(by_key.get(str(values["rule"]))),
            tell_under="rule",
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return calendar_actions.switch_on_preset(
                session,
                rule_id=str(answer["rule"]),
                least=answer["least"],
                subjects=_subjects(answer["people"]),
            )

        self.settled.writes(dialog, "schedule.switch_on_preset", keep, "已打开，从今天起提醒。")
        self.open(dialog)
        return dialog

    def ask_rule(self) -> AskDialog:
        """A rule of the village's own."""
        weekdays = [("", "不按周几"), *((str(n), f"周{d}") for n, d in enumerate("一二三四五六日", 1))]
        aims = [(Aim.OCCASION.value, "到时候办一次"), (Aim.QUOTA.value, "每人（单位）至少几次")]
        dialog = FieldsDialog(
            "新增日程",
            "新增",
            (
                Ask("name", "要办什么事(&S)", required=True),
                Ask(
                    "rhythm",
                    "多久一次(&D)",
                    Kind.CHOICE,
                    Rhythm.MONTHLY.value,
                    choices=[(one.value, one.words) for one in Rhythm],
                ),
                Ask("weekday", "周几(&W)", Kind.CHOICE, "", choices=weekdays),
                Ask("day", "几号(&H)", Kind.NUMBER, 0, most=31, hint="填0就是这一期里哪天都行。"),
                Ask("every", "隔几天或几年(&G)", Kind.NUMBER, 0, most=366, hint="赶集日填间隔，例如5天一集填5。"),
                Ask("starts", "从哪天数起(&T)", Kind.DAY, self.settled.today),
                Ask("days", "自己列的日期(&L)", hint="例如2026-02-02、2026-05-05。"),
                Ask("aim", "要求(&Q)", Kind.CHOICE, aims[0][0], choices=aims),
                Ask("least", "至少几次(&C)", Kind.NUMBER, 1, least=1, most=999),
                Ask("people", "哪些人或单位(&R)", Kind.AREA, lines=2),
            ),
            self.settled.today,
            self.settled.page,
        )

        def fit() -> None:
            """Only what the chosen rhythm asks for."""
            chosen = dialog.values()
            rhythm, quota = chosen["rhythm"], chosen["aim"] == Aim.QUOTA.value
            wanted = {
                "weekday": rhythm == Rhythm.WEEKLY.value and not quota,
                "day": rhythm in _BY_DAY,
                "every": rhythm in (Rhythm.EVERY_DAYS.value, Rhythm.EVERY_YEARS.value),
                "starts": rhythm == Rhythm.EVERY_DAYS.value,
                "days": rhythm == Rhythm.TYPED.value,
                "least": quota,
                "people": quota,
            }
            for key, shown in wanted.items():
                dialog.form.show_field(key, shown)

        for key in ("rhythm", "aim"):
            box = dialog.fields[key]
            assert isinstance(box, QComboBox)
            box.currentIndexChanged.connect(lambda _at: fit())
        fit()

        def keep(session: Any) -> str:
            answer = dialog.values()
            weekday = str(answer["weekday"] or "")
            days = [one for one in answer["days"].replace("、", " ").replace("，", " ").split() if one]
            return calendar_actions.add_date_rule(
                session,
                name=answer["name"],
                rhythm=str(answer["rhythm"]),
                aim=str(answer["aim"]),
                weekdays=(int(weekday),) if weekday and answer["rhythm"] == Rhythm.WEEKLY.value else (),
                day=answer["day"] if answer["rhythm"] in _BY_DAY else 0,
                every=answer["every"],
                least=answer["least"],
                of="listed" if answer["people"].strip() else "village",
                starts_on=answer["starts"] if answer["rhythm"] == Rhythm.EVERY_DAYS.value else None,
                days=tuple(_read_day(one) for one in days),
                subjects=_subjects(answer["people"]),
            )

        self.settled.writes(dialog, "schedule.add_date_rule", keep, "已新增日程。")
        self.open(dialog)
        return dialog

    def switch_off(self) -> None:
        """Let a rule of the village's own end today."""
        row = self.current()
        if row is not None and row.rule.record_id:
            self.settled.workplace.write(
                "schedule.switch_off_rule",
                lambda session: calendar_actions.switch_off_rule(session, rule_record_id=row.rule.record_id),
                said=f"“{row.rule.name}”从今天起不再提醒，以前的还在。",
            )


_BY_DAY = frozenset(one.value for one in (Rhythm.MONTHLY, Rhythm.QUARTERLY, Rhythm.HALF_YEARLY))


def _preset_words(rule: Rule | None) -> str:
    if rule is None:
        return ""
    least = f"，{rule.least_words}" if rule.least_words else ""
    who = f"；{rule.who}" if rule.who else ""
    return f"{rule.when_words}{least}{who}。{rule.advice}"


def _subjects(text: str) -> tuple[tuple[str, str, str], ...]:
    names = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple((f"name {name}", name, "") for name in names)


def _read_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotAllowed(f"“{text}”不是日期。", "请写成2026-02-02，几个日期之间用顿号隔开。") from None


class ErrandTable(ListTable[ErrandRow]):
    """One line a request."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("due_on", "期限", lambda row: dated(row.due_on), width=6),
                Column("what", "要办什么", lambda row: row.what, width=20, wide=True),
                Column("asked_by", "谁交办", lambda row: row.asked_by, width=8),
                Column("way", "怎么来的", lambda row: row.way_words, width=6, side=True),
                Column("done", "办好", lambda row: dated(row.done_on) or "未办", width=6, tone=_errand_tone),
            ),
            sort_keys={"due_on": lambda row: row.due_on or dt.date.max},
        )


def _errand_tone(row: ErrandRow) -> str:
    return "good" if row.done_on is not None else "warn"


class ErrandTab(Tab[ErrandRow]):
    """交办: who asked by phone or message for what and by when, noted in ten seconds."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.add = button("记一件", "plus", role="primary", clicked=self.ask_errand)
        self.done = button("办好了", "check", clicked=self.ask_done)
        self.change = button("修改", "pencil", clicked=self.ask_change)
        self.drop = button("删除", "trash-2", clicked=self.drop_it)
        super().__init__(
            settled,
            ErrandTable(),
            (self.add, self.done, self.change, self.drop),
            needs=(self.done, self.change, self.drop),
            empty_words="没有交办的事。接到电话、微信，点“记一件”，写谁、什么事、哪天要。",
        )

    def refresh(self) -> None:
        """Open ones first."""
        rows = self.settled.workplace.read(calendar.errands)
        today = self.settled.today
        late = sum(row.done_on is None and row.due_on is not None and row.due_on < today for row in rows)
        waiting = sum(row.done_on is None for row in rows)
        self.summary.setText(f"还有{waiting}件没办{f'，其中{late}件过了期限' if late else ''}。")
        self.show_rows(rows)

    def told(self, row: ErrandRow) -> list[Check]:
        """What was asked, and how it ended."""
        taken = f"{short_date(row.taken_on)}接到。" if row.taken_on is not None else ""
        if row.done_on is not None:
            return [Check("good", f"{row.words}。", f"{taken}{short_date(row.done_on)}办好。{row.done_words}")]
        late = row.due_on is not None and row.due_on < self.settled.today
        return [Check("bad" if late else "note", f"{row.words}。", taken)]

    def allowed(self, row: ErrandRow) -> frozenset[QPushButton]:
        """What is done stays as it was."""
        return frozenset() if row.done_on is not None else frozenset({self.done, self.change, self.drop})

    def ask_errand(self) -> AskDialog:
        """Who, what, by when."""
        return self._ask("记一件交办的事", None)

    def ask_change(self) -> AskDialog | None:
        """Put right what was noted."""
        row = self.current()
        return self._ask("修改交办的事", row) if row is not None else None

    def _ask(self, title: str, row: ErrandRow | None) -> AskDialog:
        dialog = FieldsDialog(
            title,
            "保存",
            (
                Ask("what", "要办什么(&S)", value=row.what if row else "", required=True),
                Ask("asked_by", "谁交办(&R)", value=row.asked_by if row else "", hint="例如“镇党政办”。"),
                Ask("due", "哪天要(&T)", Kind.DAY, row.due_on if row else None),
                Ask(
                    "way",
                    "怎么来的(&L)",
                    Kind.CHOICE,
                    row.way if row else "phone",
                    choices=tuple(WAY_WORDS.items()),
                ),
            ),
            self.settled.today,
            self.settled.page,
        )

        def keep(session: Any) -> object:
            answer = dialog.values()
            words = {"asked_by": answer["asked_by"], "what": answer["what"], "way": str(answer["way"])}
            if row is None:
                return calendar_actions.note_errand(session, due_on=answer["due"], **words)
            calendar_actions.edit_errand(session, errand_id=row.id, seen=row.seen, due_on=answer["due"], **words)
            return None

        self.settled.writes(dialog, "schedule.note_errand", keep, "已记下，到时候会提醒。")
        self.open(dialog)
        return dialog

    def ask_done(self) -> AskDialog | None:
        """When and how it was done."""
        row = self.current()
        if row is None:
            return None
        dialog = FieldsDialog(
            "办好了",
            "登记办好",
            (
                Ask("day", "哪天办好(&T)", Kind.DAY, self.settled.today, required=True),
                Ask("words", "怎么办的(&N)", hint="例如“已发镇党政办微信”，可以不写。"),
            ),
            self.settled.today,
            self.settled.page,
            explain=row.words,
        )
        self.settled.writes(
            dialog,
            "schedule.finish_errand",
            lambda session: calendar_actions.finish_errand(
                session, errand_id=row.id, done_on=dialog.values()["day"], words=dialog.values()["words"]
            ),
            "已登记办好。",
        )
        self.open(dialog)
        return dialog

    def drop_it(self) -> None:
        """Noted by mistake; undo brings it back."""
        row = self.current()
        if row is not None:
            self.settled.workplace.write(
                "schedule.drop_errand",
                lambda session: calendar_actions.drop_errand(session, errand_id=row.id),
                said="已删除。",
            )
