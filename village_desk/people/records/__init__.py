"""What is kept about people: households, persons, party memberships, organisations, terms and posts."""

from village_desk.people.records.posts import Organisation, PartyMembership, Post, Term
from village_desk.people.records.register import Household, HouseholdStay, Person, RosterExport
from village_desk.people.records.search import PersonSearch

__all__ = [
    "Household",
    "HouseholdStay",
    "Organisation",
    "PartyMembership",
    "Person",
    "PersonSearch",
    "Post",
    "RosterExport",
    "Term",
]
