"""The roll of a body on a day: who is eligible and why each other person is not."""

import datetime as dt
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.memory import collector_at_rest
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.posts import held_posts
from village_desk.people.records import (
    CountExclusion,
    Household,
    HouseholdStay,
    MemberFlag,
    Organisation,
    PartyMembership,
    PartyRule,
    Person,
    PersonEvent,
    PersonKept,
    PersonStanding,
    kept_id,
)
from village_desk.people.rules.bodies import Body
from village_desk.people.rules.changes import Change
from village_desk.people.rules.electorates import (
    Assembly,
    Membership,
    Roll,
    Villager,
    roll_of_households,
    roll_of_members,
    roll_of_posts,
    roll_of_standing,
    roll_of_villagers,
)
from village_desk.people.rules.party import VISITING_REASON, BranchRule, Exclusion, Flag, Form
from village_desk.people.rules.standings import STANDING_WORDS, Period, Standing
from village_desk.people.rules.words import Kinship, PersonState, Sex, group_order, read_kinship
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import PartyCheck, party_row

_BY_STANDING = {Assembly.VOTERS: Standing.VOTER, Assembly.COLLECTIVE_MEMBERS: Standing.COLLECTIVE}


def roll(session: Session, *, body: str, on: dt.date, organisation_id: str = "") -> Roll:
    """The roll of a body on a day, as the posts, memberships and households stood then.

    `body` is one of rules.electorates.Assembly; `organisation_id` narrows the party members, or the committee, to one
    branch. Raises NotAllowed for any other word, and for the committee of a branch that has none.
    """
    try:
        assembly = Assembly(body)
    except ValueError:
        raise NotAllowed(f"没有“{body}”这种会议的应到名单。", "请从会议种类里选。") from None
    # The whole register passes through here as lasting rows.
    with collector_at_rest():
        return _roll(session, assembly, on, organisation_id)


def _roll(session: Session, assembly: Assembly, on: dt.date, organisation_id: str) -> Roll:
    if assembly is Assembly.PARTY_MEMBERS:
        return _members(session, on, organisation_id)
    if assembly is Assembly.VILLAGERS_MEETING:
        return roll_of_villagers(_villagers(session, on), on)
    if assembly is Assembly.HOUSEHOLDS:
        return roll_of_households(_villagers(session, on), on)
    if assembly in _BY_STANDING:
        standing = _BY_STANDING[assembly]
        held = standing_on(session, standing, on)
        return roll_of_standing(assembly, held, _villagers(session, on), on, f"{STANDING_WORDS[standing]}名单")
    if assembly is Assembly.BRANCH_COMMITTEE and not organisation_id:
        _refuse_without_committee(session)
    below = _sub_branches(session)
    # The committee of a branch below the general branch is not the village's.
    posts = [
        post
        for post in held_posts(session)
        if (post.organisation_id == organisation_id if organisation_id else post.organisation_id not in below)
    ]
    people = _people(session, [post.person_id for post in posts], on)
    return roll_of_posts(assembly, posts, people, on)


def standing_on(session: Session, standing: Standing, on: dt.date) -> dict[str, str]:
    """Who has a standing on that day, with the ground on which he was entered."""
    one = PersonStanding.__table__.c
    rows = session.execute(
        select(kept_id(one.person_id).label("person_id"), one.ground, one.from_on, one.ended_on).where(
            one.retired.is_(False), one.kind == standing.value
        )
    )
    return {row.person_id: row.ground for row in rows if Period(row.from_on, row.ended_on).holds_on(on)}


def branch_rule(session: Session, on: dt.date) -> BranchRule:
    """What was laid down for the branch and holds on that day."""
    row = session.scalars(
        select(PartyRule)
        .where(PartyRule.retired.is_(False), PartyRule.from_on <= on)
        .order_by(PartyRule.from_on.desc(), PartyRule.id.desc())
    ).first()
    if row is None:
        usual = party_row(rulebook(session).party_rules(on), PartyCheck.OUT_OF_TOUCH)
        return BranchRule() if usual is None else BranchRule(contact_months=usual.least)
    return BranchRule(row.floating_out, row.contact_months, row.hours, row.post, row.basis, row.from_on)


def exclusions(session: Session) -> list[Exclusion]:
    """Every leaving-out of the count, also those that do not work yet."""
    rows = session.scalars(select(CountExclusion).where(CountExclusion.retired.is_(False)))
    return [
        Exclusion(
            row.person_id, row.ground or "", row.from_on, row.ended_on, row.consent_by, row.consent_on, row.passed_on
        )
        for row in rows
    ]


def _sub_branches(session: Session) -> set[str]:
    return set(
        session.scalars(
            select(Organisation.id).where(
                Organisation.kind == Body.PARTY_BRANCH.value,
                Organisation.parent_id != "",
                Organisation.retired.is_(False),
            )
        )
    )


def _refuse_without_committee(session: Session) -> None:
    form = session.scalar(
        select(Organisation.form)
        .where(
            Organisation.kind == Body.PARTY_BRANCH.value, Organisation.retired.is_(False), Organisation.parent_id == ""
        )
        .limit(1)
    )
    if form == Form.BRANCH_ALONE:
        raise NotAllowed("本村党支部不设委员会，没有支委会的应到名单。", "请改开党员大会，由支部书记主持讨论。")


def _members(session: Session, on: dt.date, organisation_id: str = "") -> Roll:
    statement = select(PartyMembership).where(PartyMembership.retired.is_(False))
    if organisation_id:
        statement = statement.where(PartyMembership.organisation_id == organisation_id)
    rows = session.scalars(statement).all()
    known = aliases(session)
    people = _people(session, [known.of(row.person_id) for row in rows], on)
    # One line a person: the membership that began last before that day.
    latest: dict[str, PartyMembership] = {}
    for row in rows:
        who = known.of(row.person_id)
        if who not in people:
            continue
        before = latest.get(who)
        if before is None or _begins(before, on) < _begins(row, on):
            latest[who] = row
    rule = branch_rule(session, on)
    reasons = _left_out(session, rule, on)
    ordered = sorted(latest.items(), key=lambda pair: _order(people[pair[0]]))
    members = [
        Membership(
            who,
            row.probationary,
            row.joined_on,
            row.full_on,
            row.left_on,
            row.left_how,
            VISITING_REASON if row.visiting else reasons.get(who, ""),
        )
        for who, row in ordered
    ]
    found = roll_of_members(members, people, on)
    return Roll(found.body, on, found.eligible, found.left_out, rule.words[:-1])


def _left_out(session: Session, rule: BranchRule, on: dt.date) -> dict[str, str]:
    """Members who are not counted on that day by a rule or by consent; consent names the stronger ground."""
    found: dict[str, str] = {}
    known = aliases(session)
    if rule.floating_out:
        flags = session.scalars(
            select(MemberFlag).where(MemberFlag.retired.is_(False), MemberFlag.kind == Flag.FLOATING.value)
        )
        for flag in flags:
            if Period(flag.from_on, flag.ended_on).holds_on(on):
                found[known.of(flag.person_id)] = rule.floating_reason
    found.update({known.of(one.person_id): one.reason for one in exclusions(session) if one.works_on(on)})
    return found


def _begins(row: PartyMembership, on: dt.date) -> tuple[bool, dt.date]:
    begun = row.joined_on or dt.date.min
    return begun <= on, begun


def _people(session: Session, ids: list[str], on: dt.date) -> dict[str, Villager]:
    wanted = set(ids)
    return {one.person_id: one for one in _villagers(session, on, wanted)}


def _villagers(session: Session, on: dt.date, wanted: set[str] | None = None) -> list[Villager]:
    """Everybody in the register, in the household in which he was on that day, in the order of households."""
    person, home = Person.__table__.c, Household.__table__.c
    earlier, gaps = _earlier_homes(session, on), _gaps(session)
    homes = {
        row.id: (row.number, row.group_name) for row in session.execute(select(home.id, home.number, home.group_name))
    }
    statement = select(
        person.id,
        person.name,
        person.sex,
        person.birth,
        person.state,
        person.state_on,
        person.came_on,
        person.household_id,
        person.relation,
        person.group_name,
    ).where(person.retired.is_(False), person.id.not_in(select(PersonKept.person_id)))
    if wanted is not None and len(wanted) <= 500:
        statement = statement.where(person.id.in_(wanted))
    places: dict[tuple[str, str], tuple[Any, ...]] = {}
    found: list[tuple[tuple[Any, ...], bool, str, str, Villager]] = []
    for row in session.execute(statement):
        # Unpacked and made in this way because a roll may hold twenty thousand.
        person_id, name, sex, birth, state, state_on, came_on, household_id, relation, own_group = row
        if wanted is not None and person_id not in wanted:
            continue
        if person_id in earlier:
            household_id, relation = earlier[person_id]
        number, group = homes.get(household_id, _NO_HOME)
        kinship = read_kinship(relation) or Kinship.UNKNOWN
        group = group or own_group
        place = places.get((household_id, group))
        if place is None:
            place = places[household_id, group] = _home_place(household_id, number, group)
        one = Villager(
            person_id,
            name,
            _SEXES[sex],
            birth or "",
            _STATES[state],
            state_on,
            came_on,
            household_id,
            number,
            group,
            kinship,
            gaps.get(person_id, ()),
        )
        found.append((place, kinship is not Kinship.HEAD, birth or "9999", person_id, one))
    found.sort(key=_PLACE)
    return [one for *_, one in found]


def _earlier_homes(session: Session, on: dt.date) -> dict[str, tuple[str, str]]:
    """Where people lived on that day who live elsewhere since: the stay that ended first after it."""
    stay = HouseholdStay.__table__.c
    rows = session.execute(
        select(stay.person_id, stay.household_id, stay.relation, stay.ended_on)
        .where(stay.retired.is_(False), stay.ended_on > on)
        .order_by(stay.ended_on.desc())
    )
    return {row.person_id: (row.household_id, row.relation) for row in rows}


def _gaps(session: Session) -> dict[str, tuple[tuple[dt.date, dt.date], ...]]:
    """Times outside the register that are over."""
    event = PersonEvent.__table__.c
    rows = session.execute(
        select(event.person_id, event.happened_on, event.ended_on).where(
            event.retired.is_(False), event.kind == Change.MOVED_OUT.value, event.ended_on.is_not(None)
        )
    )
    found: dict[str, tuple[tuple[dt.date, dt.date], ...]] = {}
    for row in rows:
        found[row.person_id] = (*found.get(row.person_id, ()), (row.happened_on or dt.date.min, row.ended_on))
    return found


def _home_place(household_id: str, number: str, group: str) -> tuple[Any, ...]:
    """Where a household stands in the order of the roster."""
    return group_order(group), int(number) if number.isdigit() else 10**9, number, household_id


def _order(one: Villager) -> tuple[Any, ...]:
    place = _home_place(one.household_id, one.household_no, one.group)
    return place, one.kinship is not Kinship.HEAD, one.birth or "9999", one.person_id


_PLACE = itemgetter(0, 1, 2, 3)
_NO_HOME = ("", "")
# A look into a table instead of making the same value twenty thousand times.
_SEXES = {one.value: one for one in Sex}
_STATES = {one.value: one for one in PersonState}
