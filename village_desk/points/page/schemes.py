"""Changing a set and putting subjects into its classes."""

from typing import Any

from village_desk.points import actions, lookups
from village_desk.points.dialogs import SetDialog
from village_desk.points.page.parts import AskingParts
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


class SchemeAsks(AskingParts):
    """Changing a set and putting subjects into its classes."""

    def change_set(self) -> AskDialog:
        """Change the set: period, path, year's end, classes, areas, bands."""
        found = self.rules
        names = [each.name for each in self.page.workplace.read(lookups.all_rule_sets) if each.name != found.name]
        dialog = SetDialog(found.rules, names, self.today, self.page)

        def keep(session: Any) -> None:
            actions.change_rule_set(session, set_id=found.id, seen=found.seen, rules=dialog.answer())

        return self.page.writes(dialog, "points.change_rule_set", keep, "办法已保存。")

    def put_into_class(self) -> AskDialog:
        """Put subjects into a class."""
        classes = self.rules.rules.classes
        dialog = FieldsDialog(
            "分类",
            self.page,
            accept="保存分类",
            explain="只登记哪次会定的，不要写病情等个人情况。",
            asks=(
                Ask(
                    "name",
                    "分到(&F)",
                    "choice",
                    choices=[("", "不分类"), *((each.name, each.name) for each in classes)],
                ),
                Ask("subjects", "名单(&M)", "ticks", True, choices=self.subjects()),
                Ask("day", "从哪天起(&T)", "day", True, value=self.today, today=self.today),
                Ask("decided", "哪次会定的(&S)", required=True, placeholder="如：1月5日支部党员大会"),
            ),
        )

        def keep(session: Any) -> int:
            got = dialog.values()
            return actions.put_into_class(
                session,
                set_id=self.rules.id,
                subject_ids=got["subjects"],
                name=got["name"],
                since=got["day"],
                decided=got["decided"],
            )

        return self.page.writes(dialog, "points.put_into_class", keep, lambda many: f"{many}户（人）已分类。")
