"""What is kept of assessments."""

from village_desk.assessments.records.stars import (
    ReceivedStar,
    StarEntry,
    StarRevocation,
    StarRound,
    StarSet,
    StarUse,
)

__all__ = ["ReceivedStar", "StarEntry", "StarRevocation", "StarRound", "StarSet", "StarUse"]
