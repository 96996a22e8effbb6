"""The place of star rounds and the four comparisons in the window."""

from village_desk.assessments.page.stars import StarsPage

__all__ = ["StarsPage"]
