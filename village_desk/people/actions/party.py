"""Party memberships: on probation from admission, full from confirmation, ended with a reason."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person, refuse_future
from village_desk.people.records import Organisation, PartyMembership, Person, kept_id
from village_desk.people.rules.bodies import Body
from village_desk.people.rules.development import extension_lacks
from village_desk.people.rules.party import Form, form_findings
from village_desk.people.rules.persons import is_party_status
from village_desk.people.rules.words import PersonState, Political
from village_desk.rulebook.lookups import rulebook
from village_desk.store.acts import act, add_many, edit


def add_party_member(
    session: Session,
    *,
    person_id: str,
    probationary: bool = False,
    joined_on: dt.date | None = None,
    full_on: dt.date | None = None,
    file_birth: str = "",
    job: str = "",
    branch_id: str = "",
    visiting: bool | None = None,
) -> str:
    """Enter a member of the village's branch; unknown dates stay open. Returns the membership's id.

    `branch_id` is the branch below a general branch; without it the village's own. One who is `visiting` (在职报到、
    驻村) stands on the list and is not counted; somebody from outside is, unless it is said that he is not.

    `joined_on` is the day on which the branch admitted him on probation, `full_on` the day of full membership, from
    which 党龄 counts. Raises NotAllowed when he is a member already or the dates contradict each other.
    """
    person = find_person(session, person_id)
    if _current(session, person_id) is not None:
        raise NotAllowed(f"{person.name}已经登记为本村支部的党员。", "要补日期，请在党员卡上修改。")
    _check_dates(person, probationary, joined_on, full_on)
    member = PartyMembership(
        person_id=person_id,
        organisation_id=_branch(session, branch_id),
        visiting=person.state == PersonState.OUTSIDE if visiting is None else visiting,
        job=tidy(job),
        probationary=probationary,
        joined_on=joined_on,
        full_on=full_on,
        file_birth=tidy(file_birth) or None,
    )
    session.add(member)
    person.political = (Political.PROBATIONARY if probationary else Political.PARTY_MEMBER).value
    session.flush()
    return member.id


def add_members_from_roster(session: Session) -> int:
    """Enter everybody whom the roster names as a party member and who is not entered yet; returns how many."""
    known = set(
        session.scalars(
            select(PartyMembership.person_id).where(
                PartyMembership.retired.is_(False), PartyMembership.left_on.is_(None)
            )
        )
    )
    branch = _branch(session)
    people = session.execute(
        select(Person.id, Person.political).where(
            Person.retired.is_(False), Person.state != PersonState.DEAD.value, Person.political.is_not(None)
        )
    )
    rows = [
        {
            "person_id": row.id,
            "organisation_id": branch,
            "probationary": row.political == Political.PROBATIONARY,
        }
        for row in people
        if is_party_status(row.political) and row.id not in known
    ]
    if not rows:
        raise NotAllowed("花名册里没有还未登记的党员。", "政治面貌是“中共党员”或“中共预备党员”的人会列在这里。")
    return len(add_many(session, PartyMembership, rows))


def confirm_full_member(session: Session, *, person_id: str, on: dt.date) -> None:
    """A probationary member became a full one on that day."""
    person = find_person(session, person_id)
    member = _current(session, person_id)
    if member is None:
        raise NotFound(f"{person.name}没有登记为本村支部的党员。", "请先登记入党日期。")
    if not member.probationary:
        raise NotAllowed(f"{person.name}已经是正式党员。", "不用再登记一次。")
    if member.joined_on and on < member.joined_on:
        raise NotAllowed(f"{chinese_date(member.joined_on)}才入党，转正日期不能更早。", "请核对日期。")
    # The roll of earlier days still finds him on probation: it goes by the day, not by this mark.
    member.probationary, member.full_on = False, on
    person.political = Political.PARTY_MEMBER.value
    session.flush()


def edit_member(
    session: Session,
    *,
    person_id: str,
    seen: str,
    joined_on: dt.date | None = None,
    full_on: dt.date | None = None,
    job: str = "",
    file_birth: str = "",
    branch_id: str = "",
    visiting: bool = False,
) -> None:
    """Fill in or correct a membership: the dates, what the member does, the branch, and whether he is counted.

    A day given for full membership makes a probationary member a full one. Raises NotAllowed when the dates contradict
    each other, NotFound when he is no member.
    """
    person = find_person(session, person_id)
    member = _current(session, person_id)
    if member is None:
        raise NotFound(f"{person.name}没有登记为本村支部的党员。", "请先点“登记党员”。")
    _check_dates(person, False, joined_on, full_on)
    for what, day in (("入党日期", joined_on), ("转正日期", full_on)):
        if day is not None:
            refuse_future(session, day, what)
    probationary = member.probationary and full_on is None
    edit(
        session,
        member,
        seen=seen,
        probationary=probationary,
        joined_on=joined_on,
        full_on=full_on,
        job=tidy(job),
        file_birth=tidy(file_birth) or None,
        organisation_id=_branch(session, branch_id) if branch_id else member.organisation_id,
        visiting=visiting,
    )
    if not probationary and person.political == Political.PROBATIONARY:
        person.political = Political.PARTY_MEMBER.value
    session.flush()


def extend_probation(session: Session, *, person_id: str, until: dt.date) -> tuple[str, ...]:
    """The branch extended a probation until that day; returns what is not in order about it, in sentences.

    Raises NotAllowed for somebody who is not on probation.
    """
    person = find_person(session, person_id)
    member = _current(session, person_id)
    if member is None or not member.probationary:
        raise NotAllowed(f"{person.name}不是预备党员。", "只有预备党员可以延长预备期。")
    member.extended_to = until
    session.flush()
    rows = rulebook(session).party_rules(member.joined_on or until)
    return extension_lacks(member.joined_on, until, rows) if member.joined_on else ()


def add_branch(session: Session, *, name: str) -> str:
    """Set up a branch below the village's general branch; returns its id. Raises NotAllowed for a name in use."""
    if not tidy(name):
        raise NotAllowed("请写明党支部的名称。", "例如第一党支部。")
    for other in session.scalars(
        select(Organisation).where(Organisation.kind == Body.PARTY_BRANCH.value, Organisation.retired.is_(False))
    ):
        if other.name == tidy(name):
            raise NotAllowed(f"{other.name}已经有了。", "请换一个名称。")
    parent = _branch(session)
    made = Organisation(
        id=same_id("organisation", act(session).village, Form.SUB_BRANCH.value, tidy(name)),
        kind=Body.PARTY_BRANCH.value,
        name=tidy(name),
        form=Form.SUB_BRANCH.value,
        parent_id=parent,
    )
    known = session.get(Organisation, made.id)
    if known is not None and not known.retired:
        raise NotAllowed(f"{known.name}已经有了。", "请换一个名称。")
    if known is not None:
        known.retired, known.name = False, tidy(name)
        made = known
    else:
        session.add(made)
    village_branch = session.get(Organisation, parent)
    if village_branch is not None and village_branch.form not in (Form.GENERAL, Form.COMMITTEE):
        village_branch.form = Form.GENERAL.value
    session.flush()
    return made.id


def set_party_form(session: Session, *, form: str, name: str = "") -> tuple[str, ...]:
    """Say whether the village has a branch with or without a committee, a general branch or a party committee.

    Returns what the number of members says about it, in sentences. Raises NotAllowed for another form.
    """
    if form not in set(Form) or form == Form.SUB_BRANCH:
        raise NotAllowed("村党组织可以是党支部、党总支或党委。", "请从列表里选。")
    village_branch = session.get(Organisation, _branch(session))
    assert village_branch is not None
    village_branch.form = form
    if tidy(name):
        village_branch.name = tidy(name)
    session.flush()
    full = sum(
        not one.probationary and not one.visiting
        for one in session.scalars(
            select(PartyMembership).where(PartyMembership.retired.is_(False), PartyMembership.left_on.is_(None))
        )
    )
    return form_findings(Form(form), full, rulebook(session).party_rules(act(session).today))


def leave_branch(session: Session, *, person_id: str, on: dt.date, how: str) -> None:
    """A membership in the village's branch ended on that day: 转出, 除名, 退党 and so on."""
    person = find_person(session, person_id)
    member = _current(session, person_id)
    if member is None:
        raise NotFound(f"{person.name}没有登记为本村支部的党员。", "不用登记转出。")
    if not tidy(how):
        raise NotAllowed("请写明离开支部的原因。", "例如组织关系转出。")
    if member.joined_on and on < member.joined_on:
        raise NotAllowed(f"{chinese_date(member.joined_on)}才入党，离开日期不能更早。", "请核对日期。")
    member.left_on, member.left_how = on, tidy(how)
    session.flush()


def _current(session: Session, person_id: str) -> PartyMembership | None:
    return session.scalars(
        select(PartyMembership).where(
            kept_id(PartyMembership.person_id) == person_id,
            PartyMembership.retired.is_(False),
            PartyMembership.left_on.is_(None),
        )
    ).first()


def _branch(session: Session, branch_id: str = "") -> str:
    if branch_id:
        chosen = session.get(Organisation, branch_id)
        if chosen is None or chosen.retired or chosen.kind != Body.PARTY_BRANCH:
            raise NotFound("找不到这个党支部。", "请从列表里选。")
        return branch_id
    branch = session.scalars(
        select(Organisation.id).where(
            Organisation.kind == Body.PARTY_BRANCH.value, Organisation.retired.is_(False), Organisation.parent_id == ""
        )
    ).first()
    if branch is None:
        raise NotFound("还没有建立村党支部。", "请先在“组织与职务”里点“建立村里的组织”。")
    return branch


def _check_dates(person: Person, probationary: bool, joined_on: dt.date | None, full_on: dt.date | None) -> None:
    if probationary and full_on:
        raise NotAllowed("预备党员还没有转正日期。", "已经转正的，请登记为正式党员。")
    if joined_on and full_on and full_on < joined_on:
        raise NotAllowed("转正日期早于入党日期。", "入党日期是支部大会通过为预备党员的那一天，请核对。")
    if person.state == PersonState.DEAD:
        raise NotAllowed(f"{person.name}已登记为去世。", "如果登记错了，请撤销那一步。")
