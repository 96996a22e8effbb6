"""Asking for one entry and for the rule set: an application, its check, a reversal, an item, a set to begin with."""

import dataclasses
from typing import Any

from village_desk.points import actions, lookups
from village_desk.points.dialogs import ApplyDialog, CheckDialog, ItemDialog, NewSetDialog, ReverseDialog
from village_desk.points.page.parts import AskingParts
from village_desk.points.rules.numbers import signed
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


class EntryAsks(AskingParts):
    """Asking for one entry and for the rule set."""

    def new_set(self) -> AskDialog:
        """Which example to begin with."""
        dialog = NewSetDialog((*lookups.example_sets(), *lookups.blank_sets()), self.page.village(), self.page)

        def keep(session: Any) -> str:
            rules, name = dialog.answer()
            return actions.add_rule_set(session, rules=dataclasses.replace(rules, name=name), blank=not rules.items)

        return self.page.writes(dialog, "points.add_rule_set", keep, "积分办法已建立。", self.page.show_set)

    def apply(self) -> AskDialog:
        """Who gets points for what."""
        rules, decimals = self.rules, self.rules.rules.decimals
        dialog = ApplyDialog(
            self.subjects(),
            rules.items,
            self.people(),
            self.today,
            self.page,
            subject_id=self.page.subject_at_hand(),
            decimals=decimals,
            campaigns=self.campaigns(),
        )

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.apply_for_points(
                session,
                set_id=rules.id,
                item_id=answer.item_id,
                subject_id=answer.subject_id,
                points=answer.points,
                event=answer.event,
                happened_on=answer.happened_on,
                evidence=answer.evidence,
                applicant_id=answer.applicant_id,
                quantity=answer.quantity,
                campaign=answer.campaign,
            )

        return self.page.writes(dialog, "points.apply_for_points", keep, "已申报，请另一位审核人审核。")

    def words(self) -> AskDialog:
        """By what the application stands."""
        found = self.page.application.row
        assert found is not None
        dialog = FieldsDialog(
            "写依据",
            self.page,
            accept="保存",
            explain=f"{found.subject}：{found.item}。写一句看到了什么、登记在哪里；有照片、扫描件的也可以附上。",
            asks=(
                Ask(
                    "words",
                    "依据(&Y)",
                    required=True,
                    value=found.evidence,
                    placeholder="如：7月12日活动签到表；网格员王强现场查看",
                ),
            ),
        )

        def keep(session: Any) -> None:
            actions.write_evidence(session, application_id=found.id, evidence=dialog.value("words"))

        return self.page.writes(dialog, "points.write_evidence", keep, "依据已写好。")

    def check(self) -> AskDialog:
        """What the second person says."""
        found = self.page.application.row
        assert found is not None
        dialog = CheckDialog(found, self.people(), self.today, self.page)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.check_application(
                session,
                application_id=found.id,
                verdict=answer.verdict,
                checker_id=answer.checker_id,
                checked_on=answer.checked_on,
                way=answer.way,
                words=answer.words,
            )

        return self.page.writes(dialog, "points.check_application", keep, "已登记审核。")

    def reverse(self) -> AskDialog:
        """Why a line is taken back."""
        at = self.page.member.grid.current_id()
        line = next(each for each in self.page.member.table.rows() if each.id == at)
        dialog = ReverseDialog(f"{line.number}“{line.text}”{signed(line.points, line.decimals)}分", self.page)
        return self.page.writes(
            dialog,
            "points.reverse_entry",
            lambda session: actions.reverse_entry(session, entry_id=at, reason=dialog.answer()),
            lambda done: f"已另记{done.number}冲正。",
        )

    def item(self) -> AskDialog:
        """Another item."""
        rules = self.rules
        dialog = ItemDialog(rules.rules, self.page)
        return self.page.writes(
            dialog,
            "points.add_item",
            lambda session: actions.add_item(session, set_id=rules.id, item=dialog.answer()),
            "项目已添加。",
        )

    def item_change(self) -> AskDialog:
        """Change the chosen item."""
        rules, at = self.rules, self.page.item_grid.current_id()
        row = rules.item(at)
        assert row is not None
        dialog = ItemDialog(rules.rules, self.page, item=row.item)
        return self.page.writes(
            dialog,
            "points.change_item",
            lambda session: actions.change_item(session, item_id=at, seen=row.seen, item=dialog.answer()),
            "项目已保存，记过的分不变。",
        )
