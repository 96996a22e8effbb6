"""What can be asked about people: lists, cards, search, bodies and posts, and the roll of a day."""

from village_desk.people.lookups.persons import (
    Counts,
    HouseholdCard,
    PartyCard,
    PersonCard,
    PersonRow,
    counts,
    find_households,
    find_people,
    groups,
    household_card,
    names_of,
    person_card,
    person_rows,
)
from village_desk.people.lookups.posts import (
    BodyRow,
    MemberRow,
    PostRow,
    all_posts,
    bodies,
    findings,
    members_to_enter,
    party_members,
    posts_of,
)
from village_desk.people.lookups.rolls import roll
from village_desk.people.lookups.search import PeopleFilter, find_ids, person_ids
from village_desk.people.rules.electorates import Assembly, LeftOut, Roll, RollEntry

__all__ = [
    "Assembly",
    "BodyRow",
    "Counts",
    "HouseholdCard",
    "LeftOut",
    "MemberRow",
    "PartyCard",
    "PeopleFilter",
    "PersonCard",
    "PersonRow",
    "PostRow",
    "Roll",
    "RollEntry",
    "all_posts",
    "bodies",
    "counts",
    "find_households",
    "find_ids",
    "find_people",
    "findings",
    "groups",
    "household_card",
    "members_to_enter",
    "names_of",
    "party_members",
    "person_card",
    "person_ids",
    "person_rows",
    "posts_of",
    "roll",
]
