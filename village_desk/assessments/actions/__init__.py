"""What a clerk does with assessments; each function is one intention and one transaction."""

from village_desk.assessments.actions.stars import (
    add_star_set,
    award,
    change_star_set,
    correct_received,
    join_round,
    leave_round,
    mobilise,
    open_round,
    post_round,
    rate_mutually,
    rate_own,
    receive_star,
    recognise,
    record_use,
    revoke,
)

__all__ = [
    "add_star_set",
    "award",
    "change_star_set",
    "correct_received",
    "join_round",
    "leave_round",
    "mobilise",
    "open_round",
    "post_round",
    "rate_mutually",
    "rate_own",
    "receive_star",
    "recognise",
    "record_use",
    "revoke",
]
