"""The page of the year as the desk shows it: meetings and activities that were held close what they answer."""

from collections.abc import Sequence
from typing import Any

from village_desk.desk.happened import happened
from village_desk.notices.page import PlanPage
from village_desk.schedule.rules import Entry


class DeskPlanPage(PlanPage):
    """年度计划; one meeting, held and signed in, closes the quarter that it answers."""

    tables = PlanPage.tables | frozenset({"meeting", "meeting_roll", "activity", "attendance"})

    def also(self, session: Any) -> Sequence[Entry]:
        """Meetings and activities."""
        return happened(session)
