"""What is kept about people: households, persons, party memberships, organisations, terms and posts."""

from village_desk.people.records.aliases import PersonAlias, PersonDistinct, PersonKept, kept_id
from village_desk.people.records.grids import GridHousehold, GridLevel, GridUnit
from village_desk.people.records.history import (
    OutsidePerson,
    PersonEvent,
    PersonStanding,
    SideHousehold,
    SideMember,
)
from village_desk.people.records.links import Link, LinkContact, LinkKind
from village_desk.people.records.party import (
    CountExclusion,
    DevelopmentStep,
    MemberFlag,
    PartyRule,
    VolunteerTime,
)
from village_desk.people.records.posts import Organisation, PartyMembership, Post, PostKind, Term
from village_desk.people.records.register import Household, HouseholdStay, Person, RosterExport
from village_desk.people.records.search import PersonSearch

__all__ = [
    "CountExclusion",
    "DevelopmentStep",
    "GridHousehold",
    "GridLevel",
    "GridUnit",
    "Household",
    "HouseholdStay",
    "Link",
    "LinkContact",
    "LinkKind",
    "MemberFlag",
    "Organisation",
    "OutsidePerson",
    "PartyMembership",
    "PartyRule",
    "Person",
    "PersonAlias",
    "PersonDistinct",
    "PersonEvent",
    "PersonKept",
    "PersonSearch",
    "PersonStanding",
    "Post",
    "PostKind",
    "RosterExport",
    "SideHousehold",
    "SideMember",
    "Term",
    "VolunteerTime",
    "kept_id",
]
