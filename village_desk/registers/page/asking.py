"""What the page of registers asks; each answer is one act."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, short_date
from village_desk.registers.actions import entries as actions
from village_desk.registers.actions import forms as form_actions
from village_desk.registers.actions.cases import take_case
from village_desk.registers.dialogs.entries import SUBJECT, WAYS, EntryDialog, FormDialog, MoneyDialog, field_lines
from village_desk.registers.lookups import cases as case_lookups
from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups import sums
from village_desk.registers.lookups.entries import EntryDetail, EntryRow
from village_desk.registers.page.view import settle_words
from village_desk.registers.rules.entries import REFERRING
from village_desk.rulebook.actions import install_shipped_pack
from village_desk.rulebook.rules import FieldSort, SubjectSort
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

if TYPE_CHECKING:
    from village_desk.registers.page.entries import RegistersPage


class EntriesAsking:
    """Makes the dialogs of the page; each writes one act when it is answered."""

    def __init__(self, page: "RegistersPage") -> None:
        self.page = page

    @property
    def found(self) -> EntryDetail:
        """The entry at hand."""
        assert self.page.detail is not None
        return self.page.detail

    @property
    def today(self) -> dt.date:
        """The confirmed day."""
        return self.page.now.today

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with the register itself."""
        menu = QMenu(parent)
        for key, words in (
            ("adapt", "调整本村栏目…"),
            ("copy", "复制成一本新台账…"),
            ("choice", "给一栏加选项…"),
            ("looks", "谁看过这本台账…"),
        ):
            menu.addAction(words, lambda at=key: self.page.do(at))
        menu.addSeparator()
        menu.addAction("装上四进、五会、六访、六报、六热线", lambda: self.page.do("community"))
        return menu

    def community(self) -> None:
        """Install the pack of twenty-seven items that a community method names."""
        self.page.workplace.write(
            "rulebook.install_shipped_pack",
            lambda session: install_shipped_pack(session, issuer="xianning", pack="community-27"),
            said="已装上，27项在“四进五会六访六报六热线登记”里。",
        )

    def dialog(self, what: str) -> AskDialog:
        """The dialog for an act by its key."""
        made = getattr(self, f"ask_{what}")()
        assert isinstance(made, AskDialog)
        return made

    # entries

    def ask_add(self) -> AskDialog:
        """A new entry."""
        register = self.page.register
        dialog = self._entry_dialog(None)
        dialog.about = f"{register}+"

        def keep(session: Any) -> str:
            day, subject, answers, _ = dialog.answer()
            return actions.add_entry(session, register=register, noted_on=day, subject_id=subject, answers=answers)

        return self._writes(dialog, "registers.add_entry", keep, "已登记。", self.page.show_entry)

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

        return self._writes(dialog, "registers.correct_entry", keep, "已更正，原来的内容留在记录里。")

    def ask_settle(self) -> AskDialog:
        """What was due was done."""
        form, row = self.found.form, self.found.row
        dialog = FieldsDialog(
            settle_words(form), self.page, accept="登记", asks=(self._day("办理日期(&T)"), Ask("words", "说明(&S)"))
        )

        def keep(session: Any) -> dt.date | None:
            return actions.settle_entry(session, entry_id=row.id, on=dialog.value("day"), words=dialog.value("words"))

        return self._writes(dialog, "registers.settle_entry", keep, _next_words)

    def ask_note(self) -> AskDialog:
        """What happened since."""
        row = self.found.row
        dialog = FieldsDialog(
            "记进展", self.page, accept="登记", asks=(self._day(), Ask("words", "办到什么程度(&S)", "long", True))
        )

        def keep(session: Any) -> None:
            actions.note_entry(session, entry_id=row.id, on=dialog.value("day"), words=dialog.value("words"))

        return self._writes(dialog, "registers.note_entry", keep, "已记下进展。")

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
                self._day(),
                Ask("words", "说明(&S)"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.move_entry(session, entry_id=row.id, state=got["state"], on=got["day"], words=got["words"])

        return self._writes(dialog, "registers.move_entry", keep, "状态已更新。")

    def ask_leave(self) -> AskDialog:
        """Somebody leaves the register."""
        row = self.found.row
        dialog = FieldsDialog(
            "移出", self.page, accept="移出", asks=(self._day("移出日期(&T)"), Ask("why", "原因(&Y)", required=True))
        )

        def keep(session: Any) -> None:
            actions.leave_entry(session, entry_id=row.id, on=dialog.value("day"), why=dialog.value("why"))

        return self._writes(dialog, "registers.leave_entry", keep, "已移出，以前的名单不变。")

    def ask_return(self) -> AskDialog:
        """Somebody was taken off by mistake."""
        row = self.found.row
        dialog = FieldsDialog("重新列入", self.page, accept="列入", asks=(Ask("words", "原因(&Y)", required=True),))

        def keep(session: Any) -> None:
            actions.take_back_in(session, entry_id=row.id, words=dialog.value("words"))

        return self._writes(dialog, "registers.take_back_in", keep, "已重新列入。")

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
                self._day("上报日期(&T)"),
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

        return self._writes(dialog, "registers.log_report", keep, "已登记上报。")

    def ask_answer(self) -> AskDialog:
        """What the township answered."""
        row = self.found.row
        dialog = FieldsDialog(
            "登记答复",
            self.page,
            accept="登记",
            asks=(
                Ask("way", "方式(&K)", "choice", True, choices=WAYS),
                self._day("答复日期(&T)"),
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

        return self._writes(dialog, "registers.note_answer", keep, "已登记答复。")

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

        return self._writes(dialog, "registers.take_case", keep, "已转为办件。")

    # money

    def ask_money(self) -> AskDialog:
        """A sum of the fund at hand."""
        row = self.found.row
        people = self._people()
        dialog = MoneyDialog(str(row.kept.get("name", self.found.form.title)), people, self.today, self.page)

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.add_money(
                session,
                entry_id=row.id,
                on=got["day"],
                amount_fen=dialog.amount(),
                purpose=got["purpose"],
                item=got["item"],
                recipient_id=got["recipient"],
                recipient=got["other"],
                approved_by=got["approved"],
                receipt=got["receipt"],
            )

        return self._writes(dialog, "registers.add_money", keep, "已登记，余额已经重算。")

    def ask_reverse(self) -> AskDialog:
        """A sum booked wrongly is taken back."""
        fund = self.page.workplace.read(lambda session: sums.fund(session, self.found.row.id))
        choices = [
            (one.id, f"{short_date(one.on)} {yuan(one.amount)}元 {one.purpose}")
            for one in reversed(fund.money)
            if not one.reverses and not one.reversed
        ]
        dialog = FieldsDialog(
            "冲正",
            self.page,
            accept="冲正",
            asks=(
                Ask("money", "哪一笔(&K)", "choice", True, choices=choices),
                self._day(),
                Ask("reason", "原因(&Y)", required=True),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.reverse_money(session, money_id=got["money"], on=got["day"], reason=got["reason"])

        return self._writes(dialog, "registers.reverse_money", keep, "已冲正，余额已经重算。")

    def ask_aid(self) -> AskDialog:
        """The aid of a visit is paid from the care fund."""
        row = self.found.row
        today = self.today
        funds = self.page.workplace.read(lambda session: sums.funds(session, sums.CARE_FUND, on=today))
        choices = [(one.id, f"{one.name}（结余{yuan(one.balance)}元）") for one in funds]
        dialog = FieldsDialog(
            "从关爱资金支出",
            self.page,
            accept="登记支出",
            asks=(
                Ask("fund", "哪笔资金(&K)", "choice", True, choices=choices),
                self._day(),
                Ask("approved", "审批人(&S)", required=True),
                Ask("receipt", "凭据(&P)"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.pay_aid(
                session,
                entry_id=row.id,
                on=got["day"],
                approved_by=got["approved"],
                fund_id=got["fund"],
                receipt=got["receipt"],
            )

        return self._writes(dialog, "registers.pay_aid", keep, "已从关爱资金支出。")

    # registers

    def ask_adapt(self) -> AskDialog:
        """The fields of the register at hand."""
        form = self.page.form
        dialog = FormDialog(form, self.page, copy=False)

        def keep(session: Any) -> None:
            got = dialog.values()
            form_actions.adapt_register(
                session, register=form.key, title=got["title"], fields=field_lines(got["fields"])
            )

        return self._writes(dialog, "registers.adapt_register", keep, "栏目已保存。")

    def ask_copy(self) -> AskDialog:
        """A register of the village's own."""
        form = self.page.form
        dialog = FormDialog(form, self.page, copy=True)

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.copy_register(
                session, register=form.key, title=got["title"], fields=field_lines(got["fields"])
            )

        return self._writes(dialog, "registers.copy_register", keep, "已建好新台账。", self._open_new)

    def ask_choice(self) -> AskDialog:
        """A choice more in one of the fields."""
        form = self.page.form
        choices = [(one.key, one.title) for one in form.fields if one.sort is FieldSort.CHOICE]
        dialog = FieldsDialog(
            f"加选项：{form.title}",
            self.page,
            accept="加上",
            asks=(
                Ask("field", "哪一栏(&K)", "choice", True, choices=choices),
                Ask("words", "新的选项(&M)", required=True),
            ),
        )

        def keep(session: Any) -> None:
            form_actions.add_choice(
                session, register=form.key, field=dialog.value("field"), words=dialog.value("words")
            )

        return self._writes(dialog, "registers.add_choice", keep, "已加上这个选项。")

    def ask_looks(self) -> AskDialog:
        """Who opened a private register."""
        from village_desk.registers.lookups.forms import looks

        form = self.page.form
        seen = self.page.workplace.read(lambda session: looks(session, form.key)) if form.private else ()
        words = "\n".join(seen[:40]) or ("还没有人看过。" if form.private else "这本台账没有个人的事，不记谁看过。")
        return AskDialog(f"谁看过《{form.title}》", self.page, accept="知道了", cancel="", explain=words)

    def use(self) -> None:
        """Use the register that is chosen in the contents, or leave it out."""
        at = self.page.contents_grid.current_id()
        one = next((each for each in self.page.index if each.id == at), None)
        if one is None:
            self.page.workplace.told.emit("还没有选台账。", "请在目录里选一本。")
            return
        used = not one.used
        self.page.workplace.write(
            "registers.use_register",
            lambda session: form_actions.use_register(session, register=one.id, used=used),
            said=f"《{one.title}》已{'启用' if used else '停用，登记过的都留着'}。",
        )

    def count(self) -> None:
        """Count private registers for the township."""
        self.page.workplace.write(
            "registers.report_counts",
            form_actions.report_counts,
            said=lambda many: f"已点数{many}本台账，下次上报包只带数字，不带姓名。",
        )

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

    def _people(self) -> tuple[Choice, ...]:
        return self.page.workplace.read(lambda session: lookups.choices_for(session, SubjectSort.PERSON))

    def _day(self, words: str = "日期(&T)") -> Ask:
        return Ask("day", words, "day", True, value=self.today, today=self.today)

    def _open_new(self, register: str) -> None:
        self.page.refresh_now()
        self.page.open_register(register)

    def _writes(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        write_answer(self.page.workplace, dialog, deed, action, said, then)
        return dialog


def _next_words(coming: dt.date | None) -> str:
    return f"已登记，下次{chinese_date(coming)}。" if coming is not None else "已登记。"
