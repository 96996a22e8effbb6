"""The place of points in the window."""

from village_desk.points.page.points import PointsPage

__all__ = ["PointsPage"]
