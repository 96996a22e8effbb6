"""The places of assessments in the window: rounds and forms, star rounds and the four comparisons."""

from village_desk.assessments.page.assessing import AssessmentsPage
from village_desk.assessments.page.stars import StarsPage

__all__ = ["AssessmentsPage", "StarsPage"]
