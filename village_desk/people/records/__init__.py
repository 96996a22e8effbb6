"""What is kept about people: households, persons, party memberships, organisations, terms and posts."""

from village_desk.people.records.history import (
    OutsidePerson,
    PersonEvent,
    PersonStanding,
    SideHousehold,
    SideMember,
)
from village_desk.people.records.party import (
    CountExclusion,
    DevelopmentStep,
    MemberFlag,
    PartyRule,
    VolunteerTime,
)
from village_desk.people.records.posts import Organisation, PartyMembership, Post, Term
from village_desk.people.records.register import Household, HouseholdStay, Person, RosterExport
from village_desk.people.records.search import PersonSearch

__all__ = [
    "CountExclusion",
    "DevelopmentStep",
    "Household",
    "HouseholdStay",
    "MemberFlag",
    "Organisation",
    "OutsidePerson",
    "PartyMembership",
    "PartyRule",
    "Person",
    "PersonEvent",
    "PersonSearch",
    "PersonStanding",
    "Post",
    "RosterExport",
    "SideHousehold",
    "SideMember",
    "Term",
    "VolunteerTime",
]
