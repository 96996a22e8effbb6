"""What is kept of points: rule sets, the path of an entry, the ledger, and the exchange for goods."""

from village_desk.points.records.goods import PointFund, PointGood, PointRedemption, PointRedemptionBack, PointStock
from village_desk.points.records.ledger import PointClosing, PointEntry, PointFollowUp, PointSheet
from village_desk.points.records.path import (
    PointApplication,
    PointCheck,
    PointObjection,
    PointPosting,
    PointReview,
)
from village_desk.points.records.sets import PointClass, PointItem, PointRuleSet

__all__ = [
    "PointApplication",
    "PointCheck",
    "PointClass",
    "PointClosing",
    "PointEntry",
    "PointFollowUp",
    "PointFund",
    "PointGood",
    "PointItem",
    "PointObjection",
    "PointPosting",
    "PointRedemption",
    "PointRedemptionBack",
    "PointReview",
    "PointRuleSet",
    "PointSheet",
    "PointStock",
]
