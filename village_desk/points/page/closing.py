"""Closing a period, opening it again, and help for who stands low."""

from typing import Any

from village_desk.points import actions
from village_desk.points.page.parts import AskingParts
from village_desk.points.rules.sets import period_words
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


class ClosingAsks(AskingParts):
    """Closing a period, opening it again, and help for who stands low."""

    def close(self) -> AskDialog:
        """Close the period at hand."""
        period = self.page.period()
        dialog = FieldsDialog(
            "期末结账",
            self.page,
            accept="结账",
            explain=f"{self.rules.name}，{period_words(period)}。结账后这一期的合计不再变，晚到的记录补记在下一期。",
            asks=(Ask("words", "哪次会定的(&S)", placeholder="如：1月5日村“两委”会议"),),
        )

        def keep(session: Any) -> int:
            return actions.close_period(session, set_id=self.rules.id, period=period, words=dialog.value("words"))

        return self.page.writes(
            dialog,
            "points.close_period",
            keep,
            lambda many: f"已结账{f'，{many}户（人）结转到下一年' if many else ''}。公开结果已列入年度计划。",
        )

    def reopen(self) -> AskDialog:
        """Open the period at hand again."""
        period = self.page.period()
        dialog = FieldsDialog(
            "重开已结账的一期",
            self.page,
            accept="重开",
            explain=f"{self.rules.name}，{period_words(period)}。结转过的会用冲正退回；改好后请再结账。",
            asks=(Ask("reason", "原因(&Y)", required=True),),
        )

        def keep(session: Any) -> int:
            return actions.reopen_period(session, set_id=self.rules.id, period=period, reason=dialog.value("reason"))

        return self.page.writes(dialog, "points.reopen_period", keep, "已重开，改好后请再结账。")

    def follow_up(self) -> AskDialog:
        """Open help for everybody in a low band."""
        period = self.page.period()
        dialog = FieldsDialog(
            "帮助整改",
            self.page,
            accept="建立",
            explain=f"{period_words(period)}等次要帮助整改的，每人建一件，只在村内办，不上墙。",
            asks=(Ask("who", "谁负责(&R)", required=True, placeholder="如：支部书记王强"),),
        )

        def keep(session: Any) -> tuple[str, ...]:
            return actions.open_follow_ups(
                session, set_id=self.rules.id, period=period, person_in_charge=dialog.value("who")
            )

        return self.page.writes(dialog, "points.open_follow_ups", keep, lambda made: f"已建立{len(made)}件帮助整改。")
