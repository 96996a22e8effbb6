"""Bodies, terms and posts: who was appointed when and how, and when and why it ended."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person
from village_desk.people.lookups.aliases import aliases
from village_desk.people.records import Household, Organisation, PartyMembership, Person, Post, Term, kept_id
from village_desk.people.rules.bodies import (
    BODY_WORDS,
    ROLES,
    STANDARD_BODIES,
    TERM_YEARS,
    Body,
    Candidate,
    HeldPost,
    Role,
    check_appointment,
)
from village_desk.people.rules.words import PersonState, Sex, group_order
from village_desk.rulebook.lookups import rulebook
from village_desk.store.acts import act

# Representatives are many: without this a slip of the hand would make a second list of them.
_ONE_OF_A_KIND = (*STANDARD_BODIES, Body.VILLAGERS_COUNCIL, Body.COLLECTIVE_REPRESENTATIVES, Body.COLLECTIVE_WATCH)


@dataclass(frozen=True)
class Appointment:
    """One line of a list of appointments after an election; `group_name` only for leaders of groups."""

    person_id: str
    role: str
    group_name: str = ""
    organisation_id: str = ""


def set_up_bodies(session: Session, *, groups: tuple[str, ...] = ()) -> dict[str, str]:
    """Make the standard bodies of a village and a villagers' group for each group name given or in use.

    Bodies that are there already stay. Returns the id of each kind; of the groups "villagers_group 三组" and so on.
    """
    found: dict[str, str] = {}
    village_name = act(session).village_name
    for kind in STANDARD_BODIES:
        found[kind.value] = standard_body(session, kind)
    in_use = session.scalars(select(Household.group_name).where(Household.retired.is_(False)).distinct()).all()
    for group in sorted({group for group in (*in_use, *groups) if group}, key=group_order):
        kind = Body.VILLAGERS_GROUP
        found[f"{kind.value} {group}"] = _organisation(session, kind, f"{village_name}{group}", group)
    session.flush()
    return found


def standard_body(session: Session, kind: Body, *, preset: str = "") -> str:
    """The one body of that kind, made where it is missing; its id."""
    village_name = act(session).village_name
    words = BODY_WORDS[kind]
    # 东河村村民委员会 and 东河村村务监督委员会 keep both 村; 村集体经济组织 gives its own away.
    words = words if words.startswith(("村民", "村务")) else words.removeprefix("村")
    name = BODY_WORDS[kind] if kind is Body.VILLAGE_OFFICE else f"{village_name}{words}"
    if kind is Body.PARTY_BRANCH:
        name = f"中共{village_name}支部委员会"
    found = _organisation(session, kind, name, "")
    organisation = session.get(Organisation, found)
    if preset and organisation is not None and not organisation.preset:
        organisation.preset = preset
    return found


def begin_term(
    session: Session, *, organisation_id: str, number: int, from_on: dt.date, due_on: dt.date | None = None
) -> str:
    """A new term of office; every post of the body that is still held ends on its first day. Returns the term's id."""
    organisation = organisation_record(session, organisation_id)
    if number < 1:
        raise NotAllowed("届次要写成大于零的数字。", "例如第十二届写12。")
    for term in session.scalars(select(Term).where(Term.organisation_id == organisation_id, Term.retired.is_(False))):
        if term.number == number:
            raise NotAllowed(f"{organisation.name}第{number}届已经登记过了。", "请核对届次。")
        if term.from_on and term.from_on >= from_on and term.number < number:
            raise NotAllowed(
                f"第{term.number}届从{chinese_date(term.from_on)}开始，第{number}届不能更早。", "请核对日期。"
            )
    term = Term(
        id=same_id("term", act(session).village, organisation_id, str(number)),
        organisation_id=organisation_id,
        number=number,
        from_on=from_on,
        due_on=due_on or _years_later(from_on, TERM_YEARS),
    )
    if session.get(Term, term.id) is not None:
        raise NotAllowed(f"{organisation.name}第{number}届以前登记过又撤销了。", "请在“最近操作”里恢复那一步。")
    for post in session.scalars(
        select(Post).where(Post.organisation_id == organisation_id, Post.ended_on.is_(None), Post.retired.is_(False))
    ):
        if post.from_on is None or post.from_on < from_on:
            post.ended_on, post.ended_why = from_on, "换届"
    session.add(term)
    session.flush()
    return term.id


def appoint(
    session: Session,
    *,
    person_id: str,
    role: str,
    from_on: dt.date,
    how: str = "",
    group_name: str = "",
    despite: str = "",
    ended_on: dt.date | None = None,
    ended_why: str = "",
    organisation_id: str = "",
    title: str = "",
) -> str:
    """Appoint a person to a post from that day; returns the post's id.

    `how` is 选举, 推选, 任命 and so on; `group_name` says which villagers' group a leader leads, `organisation_id`
    which of several bodies is meant, `title` what a post without a name of its own is called (远教邮递员). A past post
    is entered with the day and the reason of its end. Raises NotAllowed with the article when the law or the order of
    the body forbids it; `despite` is the clerk's reason where the desk can only suspect (same household) or the row is
    not firm.
    """
    wanted = _role(role)
    person_id = aliases(session).of(person_id)
    person = find_person(session, person_id)
    title = tidy(title)
    if wanted is Role.DUTY_POST and not title:
        raise NotAllowed("请写明岗位的名称。", "例如民事代办员、远教邮递员、驻村第一书记。")
    if ended_on is not None and (ended_on < from_on or not tidy(ended_why)):
        raise NotAllowed("过去的职务要写明离任日期和原因，离任不能早于就任。", "请核对后再登记。")
    organisation = _organisation_for(session, wanted, group_name, organisation_id)
    kind = Body(organisation.kind)
    candidate = Candidate(
        person.id,
        person.name,
        Sex(person.sex),
        person.birth or "",
        _state_on(person, from_on),
        _is_full_member(session, person_id, from_on),
    )
    current = _held_between(session, from_on, ended_on, person.household_id)
    rules = rulebook(session).body_rules(from_on)
    check_appointment(
        candidate, wanted, organisation.id, current, rules, on=from_on, body=kind, title=title, despite=tidy(despite)
    )
    term = session.scalars(
        select(Term)
        .where(Term.organisation_id == organisation.id, Term.retired.is_(False), Term.from_on <= from_on)
        .order_by(Term.from_on.desc())
    ).first()
    post = Post(
        organisation_id=organisation.id,
        person_id=person_id,
        role=wanted.value,
        term_id=term.id if term else "",
        from_on=from_on,
        how=tidy(how),
        despite=tidy(despite),
        ended_on=ended_on,
        ended_why=tidy(ended_why),
        title=title,
    )
    session.add(post)
    session.flush()
    return post.id


def appoint_many(
    session: Session, *, appointments: tuple[Appointment, ...], from_on: dt.date, how: str = "", despite: str = ""
) -> tuple[str, ...]:
    """Enter the result of an election in one step; if one appointment is refused, none is made."""
    return tuple(
        appoint(
            session,
            person_id=one.person_id,
            role=one.role,
            from_on=from_on,
            how=how,
            group_name=one.group_name,
            organisation_id=one.organisation_id,
            despite=despite,
        )
        for one in appointments
    )


def end_post(session: Session, *, post_id: str, on: dt.date, why: str) -> None:
    """A post is no longer held from that day on. Raises NotAllowed without a reason or before its beginning."""
    post = session.get(Post, post_id)
    if post is None or post.retired:
        raise NotFound("找不到这个职务。", "可能刚被撤销，请刷新后再查。")
    if not tidy(why):
        raise NotAllowed("请写明离任的原因。", "例如辞职、罢免、换届、去世。")
    if post.ended_on is not None:
        raise NotAllowed(f"这个职务已经登记为{chinese_date(post.ended_on)}起不再担任。", "不用再登记一次。")
    if post.from_on and on < post.from_on:
        raise NotAllowed(f"{chinese_date(post.from_on)}才就任，离任日期不能更早。", "请核对日期。")
    post.ended_on, post.ended_why = on, tidy(why)
    session.flush()


def _role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise NotAllowed(f"没有“{role}”这个职务。", "请从职务列表里选。") from None


def _organisation(session: Session, kind: Body, name: str, group: str) -> str:
    existing = session.scalars(
        select(Organisation).where(
            Organisation.kind == kind.value, Organisation.group_name == group, Organisation.retired.is_(False)
        )
    ).first()
    if existing is not None:
        return existing.id
    wanted = same_id("organisation", act(session).village, kind.value, group)
    known = session.get(Organisation, wanted)
    if known is not None:
        known.retired, known.name = False, name
    else:
        session.add(Organisation(id=wanted, kind=kind.value, name=name, group_name=group))
    return wanted


def organisation_record(session: Session, organisation_id: str) -> Organisation:
    """The body's record. Raises NotFound."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None or organisation.retired:
        raise NotFound("找不到这个组织。", "请先在“组织与职务”里建立村里的组织。")
    return organisation


def _organisation_for(session: Session, role: Role, group: str, organisation_id: str) -> Organisation:
    rule = ROLES[role]
    if organisation_id:
        organisation = organisation_record(session, organisation_id)
        if Body(organisation.kind) not in rule.bodies:
            raise NotAllowed(f"{organisation.name}没有“{rule.words}”这个职务。", "请选这个组织里有的职务。")
        return organisation
    statement = select(Organisation).where(
        Organisation.kind.in_([body.value for body in rule.bodies]), Organisation.retired.is_(False)
    )
    if rule.body is Body.VILLAGERS_GROUP:
        statement = statement.where(Organisation.group_name == group)
    # A village's own branch comes before those below it.
    found = session.scalars(statement.order_by(Organisation.parent_id, Organisation.id)).all()
    if not found:
        what = f"村民小组“{group}”" if rule.body is Body.VILLAGERS_GROUP else BODY_WORDS[rule.body]
        raise NotFound(f"还没有建立{what}。", "请先在“组织与职务”里点“建立村里的组织”或“增加组织”。")
    if len(found) > 1 and rule.body not in (*_ONE_OF_A_KIND, Body.VILLAGERS_GROUP):
        raise NotAllowed(f"{BODY_WORDS[rule.body]}有{len(found)}个，没有写明是哪一个。", "请选组织以后再任命。")
    return found[0]


def _state_on(person: Person, day: dt.date) -> PersonState:
    """A later move or death does not speak against a post that began before it."""
    state = PersonState(person.state)
    return PersonState.ON_ROLL if person.state_on is not None and person.state_on > day else state


def _is_full_member(session: Session, person_id: str, on: dt.date) -> bool:
    for member in session.scalars(
        select(PartyMembership).where(
            kept_id(PartyMembership.person_id) == person_id, PartyMembership.retired.is_(False)
        )
    ):
        left = member.left_on is not None and member.left_on <= on
        full = member.full_on <= on if member.full_on else not member.probationary
        if full and not left:
            return True
    return False


def _held_between(
    session: Session, from_on: dt.date, ended_on: dt.date | None, household_id: str
) -> tuple[HeldPost, ...]:
    """Posts that are held on any day of that time, by the person behind a merged entry; without an end it is open."""
    known = aliases(session)
    rows = session.execute(
        select(Post, Organisation.kind)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.retired.is_(False), Organisation.retired.is_(False))
    ).all()
    people = {
        row.id: row
        for row in session.execute(select(Person.id, Person.name, Person.household_id).where(Person.retired.is_(False)))
    }
    held = []
    for post, kind in rows:
        person = people.get(known.of(post.person_id))
        if person is None:
            continue
        one = HeldPost(
            person.id,
            person.name,
            Body(kind),
            Role(post.role),
            post.organisation_id,
            post.from_on or dt.date.min,
            post.ended_on,
            same_household=bool(household_id) and person.household_id == household_id,
            title=post.title,
        )
        if (one.ended_on is None or one.ended_on > from_on) and (ended_on is None or one.from_on < ended_on):
            held.append(one)
    return tuple(held)


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
