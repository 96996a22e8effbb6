"""Applying from what was noted elsewhere: activities, meetings, voluntary hours, ended service cases."""

from collections.abc import Callable
from typing import Any

from village_desk.meetings.lookups import all_meetings
from village_desk.meetings.lookups.activities import activities
from village_desk.meetings.rules.activities import ActivityState
from village_desk.points import actions
from village_desk.points.lookups.cases import cases_to_score
from village_desk.points.page.parts import AskingParts, said
from village_desk.points.rules.sets import period_words
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog


class SourceAsks(AskingParts):
    """Applying from what was noted elsewhere: activities, meetings, voluntary hours, ended service cases."""

    def from_activity(self) -> AskDialog:
        """Apply for everybody who came to an activity."""
        held = self.page.workplace.read(lambda session: activities(session, year=self.today.year))
        lines = [
            (each.id, f"{each.held_on.month}月{each.held_on.day}日 {each.title}（到场{len(each.came)}人）")
            for each in held
            if each.state is ActivityState.HELD
        ]
        return self._from(
            "从活动记分",
            "按活动页登记的到场名单申报；按小时的项目用登记的时长。一户来了几个人也只记一次。",
            Ask("source", "活动(&H)", "choice", True, choices=lines),
            self.items(),
            "points.apply_from_activity",
            lambda session, got: actions.apply_from_activity(
                session,
                set_id=self.rules.id,
                item_id=got["item"],
                activity_id=got["source"],
                points=got["points"],
                applicant_id=got["applicant"],
            ),
        )

    def from_cases(self) -> AskDialog:
        """Apply for who handled service cases that ended with a confirmation."""
        set_id = self.rules.id
        waiting = self.page.workplace.read(lambda session: cases_to_score(session, set_id=set_id))
        numbers = "、".join(row.number for row in waiting[:6]) + ("等" if len(waiting) > 6 else "")
        told = f"有{len(waiting)}件等着记分：{numbers}。" if waiting else "没有等着记分的办件。"
        dialog = FieldsDialog(
            "从办件记分",
            self.page,
            accept="申报",
            explain=f"{told}办结并且本人确认过的办件，给承办人申报，一件只申报一次；涉及救助的不记分。",
            asks=(
                Ask("item", "项目(&X)", "choice", True, choices=self.items()),
                Ask("points", "每件分数(&F)", required=True, read=self.read_points),
                Ask("applicant", "申报人(&R)", "find", choices=self.people()),
            ),
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            return actions.apply_from_cases(
                session, set_id=set_id, item_id=got["item"], points=got["points"], applicant_id=got["applicant"]
            )

        return self.page.writes(dialog, "points.apply_from_cases", keep, said("申报"), self.show_left)

    def from_meeting(self) -> AskDialog:
        """Apply for everybody who signed in at a meeting."""
        held = [one for one in self.page.workplace.read(all_meetings) if one.held_on is not None and one.present]
        lines = [
            (one.id, f"{one.held_on.month}月{one.held_on.day}日 {one.title}（签到{one.present}人）")
            for one in held
            if one.held_on is not None
        ]
        return self._from(
            "从会议签到记分",
            "按会议签到申报；一户来了几个人也只记一次。",
            Ask("source", "会议(&H)", "choice", True, choices=lines),
            self.items(per_hour=False),
            "points.apply_from_meeting",
            lambda session, got: actions.apply_from_meeting(
                session,
                set_id=self.rules.id,
                item_id=got["item"],
                meeting_id=got["source"],
                points=got["points"],
                applicant_id=got["applicant"],
            ),
        )

    def from_hours(self) -> AskDialog:
        """Apply for the voluntary hours of a month."""
        today = self.today
        months = [f"{today.year}-{month:02d}" for month in range(today.month, 0, -1)]
        return self._from(
            "从志愿时长记分",
            "按活动页登记的志愿时长，把一个月的合在一起申报；只能选按小时记分的项目。",
            Ask("source", "哪个月(&H)", "choice", True, choices=[(one, period_words(one)) for one in months]),
            self.items(per_hour=True),
            "points.apply_from_hours",
            lambda session, got: actions.apply_from_hours(
                session,
                set_id=self.rules.id,
                item_id=got["item"],
                month=got["source"],
                points=got["points"],
                applicant_id=got["applicant"],
            ),
        )

    def _from(
        self,
        title: str,
        explain: str,
        source: Ask,
        items: list[Choice],
        deed: str,
        keep: Callable[[Any, dict[str, Any]], actions.Many],
    ) -> AskDialog:
        dialog = FieldsDialog(
            title,
            self.page,
            accept="申报",
            explain=explain,
            asks=(
                source,
                Ask("item", "项目(&X)", "choice", True, choices=items),
                Ask("points", "每次（每小时）分数(&F)", required=True, read=self.read_points),
                Ask("applicant", "申报人(&R)", "find", choices=self.people()),
            ),
        )
        return self.page.writes(
            dialog, deed, lambda session: keep(session, dialog.values()), said("申报"), self.show_left
        )
