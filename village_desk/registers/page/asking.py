"""What the page of registers asks; each answer is one act."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from village_desk.kit.text import chinese_date
from village_desk.registers.actions import entries as actions
from village_desk.registers.actions import forms as form_actions
from village_desk.registers.actions.cases import take_case
from village_desk.registers.dialogs.entries import SUBJECT, WAYS, EntryDialog
from village_desk.registers.lookups import cases as case_lookups
from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups.entries import EntryRow
from village_desk.registers.page.asks import Asks
from village_desk.registers.page.view import settle_words
from village_desk.registers.rules.entries import REFERRING
from village_desk.rulebook.rules import FieldSort, SubjectSort
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

if TYPE_CHECKING:
    pass


class EntriesAsking(Asks):
    """Makes the dialogs of the page; each writes one act when it is answered."""

    # entries

    def ask_add(self) -> AskDialog:
        """A new entry."""
        register = self.page.register
        dialog = self._entry_dialog(None)
        dialog.about = f"{register}+"

        def keep(session: Any) -> str:
            day, subject, answers, _ = dialog.answer()
            return actions.add_entry(session, register=register, noted_on=day, subject_id=subject, answers=answers)

        return self.writes(dialog, "registers.add_entry", keep, "已登记。", self.page.show_entry)

    def ask_correct(self) -> AskDialog:
        """The entry put right."""
        row = self.found.row
        dialog = self._entry_dialog(row)
        dialog.about = row.id

        def keep(session: Any) -> None:
            day, subject, answers, reason = dialog.answer()
            actions.correct_entry(
                session,
                entry_id=row.id,
                seen=row.seen,
                noted_on=day,
                subject_id=subject,
                answers=answers,
                reason=reason,
            )

        return self.writes(dialog, "registers.correct_entry", keep, "已更正，原来的内容留在记录里。")

    def ask_settle(self) -> AskDialog:
        """What was due was done."""
        form, row = self.found.form, self.found.row
        dialog = FieldsDialog(
            settle_words(form), self.page, accept="登记", asks=(self.day("办理日期(&T)"), Ask("words", "说明(&S)"))
        )

        def keep(session: Any) -> dt.date | None:
            return actions.settle_entry(session, entry_id=row.id, on=dialog.value("day"), words=dialog.value("words"))

        return self.writes(dialog, "registers.settle_entry", keep, _next_words)

    def ask_note(self) -> AskDialog:
        """What happened since."""
        row = self.found.row
        dialog = FieldsDialog(
            "记进展", self.page, accept="登记", asks=(self.day(), Ask("words", "办到什么程度(&S)", "long", True))
        )

        def keep(session: Any) -> None:
            actions.note_entry(session, entry_id=row.id, on=dialog.value("day"), words=dialog.value("words"))

        return self.writes(dialog, "registers.note_entry", keep, "已记下进展。")

    def ask_move(self) -> AskDialog:
        """The entry's next state."""
        form, row = self.found.form, self.found.row
        at = form.states.index(row.state) if row.state in form.states else -1
        coming = form.states[min(at + 1, len(form.states) - 1)]
        choices = [(one, one) for one in form.states]
        dialog = FieldsDialog(
            "改状态",
            self.page,
            accept="登记",
            asks=(
                Ask("state", "办到哪一步(&K)", "choice", True, coming, choices),
                self.day(),
                Ask("words", "说明(&S)"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.move_entry(session, entry_id=row.id, state=got["state"], on=got["day"], words=got["words"])

        return self.writes(dialog, "registers.move_entry", keep, "状态已更新。")

    def ask_leave(self) -> AskDialog:
        """Somebody leaves the register."""
        row = self.found.row
        dialog = FieldsDialog(
            "移出", self.page, accept="移出", asks=(self.day("移出日期(&T)"), Ask("why", "原因(&Y)", required=True))
        )

        def keep(session: Any) -> None:
            actions.leave_entry(session, entry_id=row.id, on=dialog.value("day"), why=dialog.value("why"))

        return self.writes(dialog, "registers.leave_entry", keep, "已移出，以前的名单不变。")

    def ask_return(self) -> AskDialog:
        """Somebody was taken off by mistake."""
        row = self.found.row
        dialog = FieldsDialog("重新列入", self.page, accept="列入", asks=(Ask("words", "原因(&Y)", required=True),))

        def keep(session: Any) -> None:
            actions.take_back_in(session, entry_id=row.id, words=dialog.value("words"))

        return self.writes(dialog, "registers.take_back_in", keep, "已重新列入。")

    def ask_report(self) -> AskDialog:
        """How it was told upwards."""
        row = self.found.row
        dialog = FieldsDialog(
            "登记上报",
            self.page,
            accept="登记",
            explain="软件不联网，不会自己报出去。请先打电话或当面报告，再登记什么时候、向谁报的。",
            asks=(
                Ask("way", "方式(&K)", "choice", True, choices=WAYS),
                self.day("上报日期(&T)"),
                Ask("at", "几点几分(&H)", placeholder="如14:20"),
                Ask("to", "报给谁(&D)", required=True, placeholder="如：镇应急办 张主任"),
                Ask("by", "经办人(&J)"),
                Ask("receipt", "回执号(&Z)"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.log_report(
                session,
                entry_id=row.id,
                told_on=got["day"],
                told_at=got["at"],
                told_to=got["to"],
                way=got["way"],
                told_by=got["by"],
                receipt=got["receipt"],
            )

        return self.writes(dialog, "registers.log_report", keep, "已登记上报。")

    def ask_answer(self) -> AskDialog:
        """What the township answered."""
        row = self.found.row
        dialog = FieldsDialog(
            "登记答复",
            self.page,
            accept="登记",
            asks=(
                Ask("way", "方式(&K)", "choice", True, choices=WAYS),
                self.day("答复日期(&T)"),
                Ask("by", "谁答复的(&D)", required=True),
                Ask("words", "答复内容(&N)", "long", True),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.note_answer(
                session,
                entry_id=row.id,
                answered_on=got["day"],
                answered_by=got["by"],
                words=got["words"],
                way=got["way"],
            )

        return self.writes(dialog, "registers.note_answer", keep, "已登记答复。")

    def ask_case(self) -> AskDialog:
        """What somebody asked for at a visit becomes a service case."""
        row = self.found.row
        form, today = self.found.form, self.today
        kinds = [(one.key, one.name) for one in self.page.workplace.read(case_lookups.kinds)]
        dialog = FieldsDialog(
            "转为办件",
            self.page,
            accept="转为办件",
            explain="办到哪一步、什么时候答复，在“为民办事”里办。",
            asks=(
                Ask("kind", "类别(&K)", "choice", True, "request", kinds),
                Ask("matter", "要办的事(&M)", required=True, value=str(row.kept.get("wish", ""))),
                Ask("asked", "首问人(&S)", required=True, value=dict(row.cells).get("走访人", "")),
            ),
        )
        person = row.subject_id if form.about is SubjectSort.PERSON else ""

        def keep(session: Any) -> str:
            got = dialog.values()
            return take_case(
                session,
                kind=got["kind"],
                matter=got["matter"],
                first_asked=got["asked"],
                on=today,
                person_id=person,
                applicant=row.subject.removesuffix("家"),
                source="走访",
                source_room=actions.ROOM,
                source_id=row.id,
            )

        return self.writes(dialog, "registers.take_case", keep, "已转为办件。")

    def drop(self) -> None:
        """The entry was a mistake."""
        identity = self.found.row.id
        self.page.workplace.write(
            "registers.drop_entry",
            lambda session: actions.drop_entry(session, entry_id=identity),
            said="已删除，可以撤销。",
        )

    def remind(self) -> None:
        """The duty at hand comes round in the calendar."""
        identity = self.found.row.id
        self.page.workplace.write(
            "registers.remind_of_duty",
            lambda session: form_actions.remind_of_duty(session, entry_id=identity),
            said="已列入日程，到时会提醒。",
        )

    # inside

    def _entry_dialog(self, row: EntryRow | None) -> EntryDialog:
        form, today = self.page.form, self.today
        choices: dict[str, tuple[Choice, ...]] = {}
        wanted = {one.sort.value for one in form.fields if one.sort in REFERRING}
        for sort in wanted:
            choices[sort] = self.page.workplace.read(partial(lookups.choices_for, sort=sort))
        if any(one.sort is FieldSort.DECISION for one in form.fields):
            numbers = self.page.workplace.read(self.page.find_decisions)
            choices[FieldSort.DECISION.value] = tuple((words, words) for words in numbers)
        if form.about is not SubjectSort.NONE:
            choices[SUBJECT] = self.page.workplace.read(
                lambda session: lookups.subject_choices(session, form, on=today)
            )
        return EntryDialog(form, choices, today, self.page, row=row)


def _next_words(coming: dt.date | None) -> str:
    return f"已登记，下次{chinese_date(coming)}。" if coming is not None else "已登记。"
