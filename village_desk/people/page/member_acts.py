"""What the clerk does about party members at hand: circumstances, contact, the count, and what the branch laid down."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from village_desk.people import actions, lookups
from village_desk.people.dialogs import (
    DayDialog,
    ExclusionDialog,
    FlagDialog,
    PartyFormDialog,
    RuleDialog,
    TimeDialog,
)
from village_desk.people.lookups import MemberRow
from village_desk.people.rules.party import FLAG_WORDS, Flag
from village_desk.store.acts import Act, act
from village_desk.widgets.asking import write_prepared
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.workplace import Workplace


class MemberActs(QObject):
    """Asks and writes; `current` gives the member at hand, `chosen` those that are marked in the list."""

    def __init__(
        self,
        workplace: Workplace,
        page: QWidget,
        show: Callable[[QDialog], None],
        current: Callable[[], MemberRow | None],
        chosen: Callable[[], Sequence[MemberRow]],
    ) -> None:
        super().__init__(page)
        self.workplace, self.page, self.show_dialog = workplace, page, show
        self.current, self.chosen = current, chosen

    def _act(self) -> Act:
        return self.workplace.read(act)

    def ask_flag(self) -> None:
        """A circumstance of the member at hand."""
        one = self.current()
        if one is None:
            return
        dialog = FlagDialog(one.name, [flag.kind for flag in one.flags], self._act().today, self.page)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.begin_flag(
                session,
                person_id=one.id,
                kind=answer.kind,
                from_on=answer.from_on,
                place=answer.place,
                contact=answer.contact,
                seen_on=answer.seen_on,
                note=answer.note,
            )

        self.ask(dialog, "people.begin_flag", act_on, f"已登记{one.name}的情况，只留在村里。")

    def ask_contact(self) -> None:
        """Somebody was in touch with the member at hand."""
        one = self.current()
        if one is None:
            return
        self.ask_day(
            f"和{one.name}联系上了",
            "登记联系",
            "联系日期",
            lambda session, answer: actions.record_member_contact(
                session, person_id=one.id, on=answer.on, note=answer.reason
            ),
            "people.record_member_contact",
            f"已登记和{one.name}的联系。",
            reasons=("电话", "微信", "本人回村", "家属转告"),
            reason_needed=False,
            reason_words="怎么联系上的",
        )

    def ask_flag_end(self) -> None:
        """A circumstance is over; the oldest one first."""
        one = self.current()
        if one is None:
            return
        if not one.flags:
            self.workplace.told.emit(f"{one.name}没有登记过流动、失联或困难。", "不用登记结束。")
            return
        flag: Flag = one.flags[0].kind
        self.ask_day(
            f"{one.name}不再是{FLAG_WORDS[flag]}",
            "登记",
            "从哪天起",
            lambda session, answer: actions.end_flag(session, person_id=one.id, kind=flag.value, on=answer.on),
            "people.end_flag",
            f"已登记{one.name}不再是{FLAG_WORDS[flag]}。",
        )

    def ask_extension(self) -> None:
        """The probation of the member at hand was extended."""
        one = self.current()
        if one is None:
            return
        if not one.probationary:
            self.workplace.told.emit(f"{one.name}不是预备党员。", "只有预备党员可以延长预备期。")
            return
        dialog = DayDialog(f"延长{one.name}的预备期", self._act().today, self.page, accept="登记", day_words="延长到")

        def act_on() -> Callable[[Any], object]:
            day = dialog.answer().on
            return lambda session: actions.extend_probation(session, person_id=one.id, until=day)

        then = self._tell("日期已照实登记，请核对支部大会的决议。")
        self.ask(dialog, "people.extend_probation", act_on, f"已登记{one.name}的预备期延长。", then)

    def ask_exclusion(self) -> None:
        """The chosen members are left out of the count."""
        people = [one for one in self.chosen() if one.left_on is None]
        if not people:
            return
        dialog = ExclusionDialog([one.name for one in people], self._act().today, self.page)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.leave_out_of_count(
                session,
                person_ids=tuple(one.id for one in people),
                ground=answer.ground,
                consent_by=answer.consent_by,
                consent_on=answer.consent_on,
                passed_on=answer.passed_on,
                note=answer.note,
            )

        self.ask(dialog, "people.leave_out_of_count", act_on, "已登记。上级同意和党员大会通过都有了，才不计入应到。")

    def ask_count_again(self) -> None:
        """The member at hand is counted again."""
        one = self.current()
        if one is None:
            return
        self.ask_day(
            f"{one.name}恢复计入应到",
            "登记",
            "从哪天起",
            lambda session, answer: actions.count_again(session, person_id=one.id, on=answer.on),
            "people.count_again",
            f"{one.name}恢复计入应到，以前的名单不变。",
        )

    def ask_rule(self) -> None:
        """What was laid down for the branch."""
        today = self._act().today
        dialog = RuleDialog(self.workplace.read(lambda s: lookups.branch_rule(s, today)), today, self.page)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.set_party_rule(
                session,
                from_on=answer.from_on,
                floating_out=answer.floating_out,
                basis=answer.basis,
                contact_months=answer.contact_months,
                hours=answer.hours,
                post=answer.post,
            )

        self.ask(dialog, "people.set_party_rule", act_on, "规定已保存。")

    def ask_form(self) -> None:
        """What the village's party organisation is."""
        dialog = PartyFormDialog(self.workplace.read(lookups.branches), self.page)

        def act_on() -> Callable[[Any], object]:
            form, name, below = dialog.answer()

            def work(session: Any) -> tuple[str, ...]:
                found = actions.set_party_form(session, form=form, name=name)
                if below:
                    actions.add_branch(session, name=below)
                return found

            return work

        then = self._tell("设置已照实保存，请核对上级的批复。")
        self.ask(dialog, "people.set_party_form", act_on, "党组织的设置已保存。", then)

    def ask_time(self) -> None:
        """Voluntary work of the member at hand."""
        one = self.current()
        if one is None:
            return
        dialog = TimeDialog(one.name, self._act().today, self.page)

        def act_on() -> Callable[[Any], object]:
            day, minutes, what = dialog.answer()
            return lambda session: actions.add_voluntary_time(
                session, person_id=one.id, on=day, minutes=minutes, what=what
            )

        self.ask(dialog, "people.add_voluntary_time", act_on, f"已登记{one.name}的志愿服务。")

    def ask_day(
        self,
        title: str,
        verb: str,
        day_words: str,
        action: Callable[..., None],
        deed: str,
        said: str,
        *,
        reasons: tuple[str, ...] = (),
        reason_needed: bool = True,
        reason_words: str = "原因",
    ) -> None:
        dialog = DayDialog(
            title,
            self._act().today,
            self.page,
            accept=verb,
            day_words=day_words,
            reasons=reasons,
            reason_needed=bool(reasons) and reason_needed,
            reason_words=reason_words,
        )

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: action(session, answer)

        self.ask(dialog, deed, act_on, said)

    def ask(
        self,
        dialog: AskDialog,
        deed: str,
        act_on: Callable[[], Callable[[Any], object]],
        said: str,
        then: Callable[[Any], None] | None = None,
    ) -> None:
        """Write the answer of a dialog and show it."""
        write_prepared(self.workplace, dialog, deed, act_on, said, then)
        self.show_dialog(dialog)

    def _tell(self, advice: str) -> Callable[[tuple[str, ...]], None]:
        """Say what is not in order about a fact that was entered all the same."""

        def then(findings: tuple[str, ...]) -> None:
            if findings:
                self.workplace.told.emit("".join(findings), advice)

        return then
