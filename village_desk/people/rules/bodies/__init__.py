"""The bodies of a village, the posts in them, who may not hold what together, and what their make-up lacks."""

from village_desk.people.rules.bodies.appointing import Candidate, HeldPost, check_appointment
from village_desk.people.rules.bodies.composition import Finding, Seats, composition_findings
from village_desk.people.rules.bodies.kinds import (
    BODY_WORDS,
    PARTY_BODIES,
    ROLES,
    STANDARD_BODIES,
    TERM_YEARS,
    Body,
    Founding,
    Role,
    RoleRule,
    roles_of,
)

__all__ = [
    "BODY_WORDS",
    "PARTY_BODIES",
    "ROLES",
    "STANDARD_BODIES",
    "TERM_YEARS",
    "Body",
    "Candidate",
    "Finding",
    "Founding",
    "HeldPost",
    "Role",
    "RoleRule",
    "Seats",
    "check_appointment",
    "composition_findings",
    "roles_of",
]
