"""What is known of assessments: rounds, ratings, barred households, received stars, the four comparisons."""

from village_desk.assessments.lookups.comparing import Comparison, ReceivedRow, four_comparisons, received_stars
from village_desk.assessments.lookups.stars import (
    EntryRow,
    RatingRow,
    RevocationRow,
    RoundDetail,
    RoundRow,
    StarSetRow,
    one_round,
    rating_of_household,
    rating_of_person,
    revocations,
    rounds,
    shipped_star_sets,
    star_sets,
)

__all__ = [
    "Comparison",
    "EntryRow",
    "RatingRow",
    "ReceivedRow",
    "RevocationRow",
    "RoundDetail",
    "RoundRow",
    "StarSetRow",
    "four_comparisons",
    "one_round",
    "rating_of_household",
    "rating_of_person",
    "received_stars",
    "revocations",
    "rounds",
    "shipped_star_sets",
    "star_sets",
]
