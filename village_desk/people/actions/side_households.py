"""Living and contract households, apart from the registered ones, and people from outside with their unit and post."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person, refuse_future
from village_desk.people.actions.register import add_person
from village_desk.people.lookups.aliases import aliases
from village_desk.people.records import OutsidePerson, SideHousehold, SideMember, kept_id
from village_desk.people.rules.standings import Period
from village_desk.people.rules.words import PersonState, household_key, read_group
from village_desk.store.acts import edit

LIVING, CONTRACT = "living", "contract"
KIND_WORDS = {LIVING: "居住户", CONTRACT: "承包户"}


@dataclass(frozen=True)
class SideEntry:
    """One member of a new household: who, as what, with how many hundredths of a share."""

    person_id: str
    relation: str = ""
    shares: int | None = None
    head: bool = False


def add_side_household(
    session: Session,
    *,
    kind: str,
    members: tuple[SideEntry, ...],
    number: str = "",
    group_name: str = "",
    certificate: str = "",
    area: int | None = None,
    from_on: dt.date | None = None,
    due_on: dt.date | None = None,
    address: str = "",
) -> str:
    """Register who lives together (`living`) or who contracted land together (`contract`); returns the household's id.

    `area` is hundredths of a mu. Raises NotAllowed without a head, or when a member is in another one of this kind.
    """
    if kind not in KIND_WORDS:
        raise NotAllowed(f"没有“{kind}”这种户。", "可以登记居住户和承包户；户籍户请在“村民”里登记。")
    heads = [one for one in members if one.head]
    if len(heads) != 1:
        raise NotAllowed(f"请选一位{'承包方代表' if kind == CONTRACT else '居住户的户主'}。", "一户只有一位。")
    if area is not None and area < 0:
        raise NotAllowed("面积不能是负数。", "请照承包合同填写亩数。")
    if from_on and due_on and due_on <= from_on:
        raise NotAllowed("承包期止早于承包期起。", "请核对承包合同。")
    group = read_group(group_name)
    _refuse_same_number(session, kind, tidy(number), group, "")
    made = SideHousehold(
        kind=kind,
        number=tidy(number),
        group_name=group,
        certificate=tidy(certificate),
        area=area,
        from_on=from_on,
        due_on=due_on,
        address=tidy(address) or None,
    )
    session.add(made)
    session.flush()
    for one in members:
        join_side_household(
            session,
            household_id=made.id,
            person_id=one.person_id,
            relation=one.relation,
            shares=one.shares,
            on=from_on,
            head=one.head,
        )
    return made.id


def edit_side_household(
    session: Session,
    *,
    household_id: str,
    seen: str,
    number: str,
    group_name: str,
    certificate: str = "",
    area: int | None = None,
    due_on: dt.date | None = None,
    address: str = "",
) -> None:
    """Correct what is registered about a living or contract household. Raises NotAllowed for a number that is taken."""
    household, group = _household(session, household_id), read_group(group_name)
    _refuse_same_number(session, household.kind, tidy(number), group, household_id)
    edit(
        session,
        household,
        seen=seen,
        number=tidy(number),
        group_name=group,
        certificate=tidy(certificate),
        area=area,
        due_on=due_on,
        address=tidy(address) or None,
    )


def join_side_household(
    session: Session,
    *,
    household_id: str,
    person_id: str,
    on: dt.date | None = None,
    relation: str = "",
    shares: int | None = None,
    head: bool = False,
) -> str:
    """A person belongs to a living or contract household from that day on; returns the entry's id.

    Raises NotAllowed while he belongs to another one of this kind.
    """
    household, person = _household(session, household_id), find_person(session, person_id)
    if on is not None:
        refuse_future(session, on, "加入日期")
    words = KIND_WORDS[household.kind]
    rows = session.execute(
        select(SideMember, SideHousehold)
        .join(SideHousehold, SideHousehold.id == SideMember.household_id)
        .where(
            kept_id(SideMember.person_id) == person_id,
            SideMember.retired.is_(False),
            SideHousehold.retired.is_(False),
            SideHousehold.kind == household.kind,
        )
    )
    for entry, other in rows:
        if Period(entry.from_on, entry.ended_on).meets(Period(on, None)):
            where = f"{other.group_name}{other.number}" or "另一户"
            raise NotAllowed(
                f"{person.name}已经登记在{where}这一{words}里。", "请先登记离开原来那一户的日期，再加入这一户。"
            )
    made = SideMember(
        household_id=household_id,
        person_id=person_id,
        head=head,
        relation=tidy(relation),
        shares=shares,
        from_on=on,
    )
    session.add(made)
    session.flush()
    return made.id


def leave_side_household(session: Session, *, entry_id: str, on: dt.date, reason: str = "") -> None:
    """A person no longer belongs to a living or contract household from that day; the time stays in history."""
    entry = session.get(SideMember, entry_id)
    if entry is None or entry.retired or entry.ended_on is not None:
        raise NotFound("这个人已经不在这一户。", "请刷新后再查。")
    refuse_future(session, on, "离开日期")
    if entry.from_on and on < entry.from_on:
        raise NotAllowed(f"{chinese_date(entry.from_on)}才加入这一户，离开日期不能更早。", "请核对日期。")
    entry.ended_on, entry.reason = on, tidy(reason)
    session.flush()


def change_side_head(session: Session, *, household_id: str, person_id: str, on: dt.date) -> None:
    """Another member becomes head, or the contracting party's representative, from that day; the time before stays.

    Raises NotAllowed for somebody who is no member, or is the head already.
    """
    household = _household(session, household_id)
    words = "承包方代表" if household.kind == CONTRACT else "户主"
    members, known = _members_now(session, household_id), aliases(session)
    wanted = next((one for one in members if known.of(one.person_id) == person_id), None)
    if wanted is None:
        raise NotAllowed("这个人不是这一户的成员。", "请先点“加成员”把他加进来，再换。")
    if wanted.head:
        raise NotAllowed(f"他已经是这一户的{words}。", "不用再登记一次。")
    refuse_future(session, on, "更换日期")
    for one in (*(member for member in members if member.head), wanted):
        if one.from_on and on < one.from_on:
            raise NotAllowed(f"{chinese_date(one.from_on)}才加入这一户，更换日期不能更早。", "请核对日期。")
        _again(session, one, on, head=one is wanted, reason=f"更换{words}")
    session.flush()


def split_side_household(
    session: Session,
    *,
    household_id: str,
    person_ids: tuple[str, ...],
    head_id: str,
    on: dt.date,
    number: str = "",
    certificate: str = "",
    area: int | None = None,
    due_on: dt.date | None = None,
    address: str = "",
) -> str:
    """Some members of a living or contract household set up one of their own; returns the new household's id.

    `area`, hundredths of a mu, is the land that goes with them and is taken off the old household's where that is
    known; shares and words of kinship go along. Raises NotAllowed when nobody would stay, the head is not among those
    who go, or more land goes than there is.
    """
    household, members, known = _household(session, household_id), _members_now(session, household_id), aliases(session)
    going = {known.of(one.person_id): one for one in members}
    if not person_ids or head_id not in person_ids or not set(person_ids) <= set(going):
        raise NotAllowed("请从这一户选出分出去的人，并从中选一位代表或户主。", "不在这一户的人不能一同分出去。")
    staying = [one for person_id, one in going.items() if person_id not in person_ids]
    if not staying:
        raise NotAllowed("原来的户一个人也不剩了。", "全户一起变动的，请改编号，或者结束这一户。")
    if not any(one.head for one in staying):
        raise NotAllowed("原来的代表或户主要分出去，留下的人没有代表。", "请先点“换代表”，再分户。")
    if area is not None and household.area is not None and area > household.area:
        whole = f"{household.area // 100}.{household.area % 100:02d}"
        raise NotAllowed(f"分出去的面积超过这一户的{whole}亩。", "请照承包合同核对。")
    for person_id in dict.fromkeys(person_ids):
        leave_side_household(session, entry_id=going[person_id].id, on=on, reason="分户")
    if area is not None and household.area is not None:
        household.area -= area
    return add_side_household(
        session,
        kind=household.kind,
        members=tuple(
            SideEntry(one, going[one].relation, going[one].shares, head=one == head_id)
            for one in dict.fromkeys(person_ids)
        ),
        number=number,
        group_name=household.group_name,
        certificate=certificate,
        area=area,
        from_on=on,
        due_on=due_on or household.due_on,
        address=address,
    )


def end_side_household(session: Session, *, household_id: str, on: dt.date, why: str) -> None:
    """A living or contract household no longer exists from that day; its members leave it on the same day."""
    household = _household(session, household_id)
    if not tidy(why):
        raise NotAllowed("请写明原因。", "例如承包期满、交回承包地、搬走。")
    refuse_future(session, on, "结束日期")
    household.ended_on, household.ended_why = on, tidy(why)
    for entry in session.scalars(
        select(SideMember).where(
            SideMember.household_id == household_id, SideMember.ended_on.is_(None), SideMember.retired.is_(False)
        )
    ):
        entry.ended_on, entry.reason = on, tidy(why)
    session.flush()


def add_outside_person(
    session: Session,
    *,
    name: str,
    role: str,
    unit: str,
    unit_post: str = "",
    sex: str = "",
    phone: str = "",
    identity: str = "",
    from_on: dt.date | None = None,
) -> str:
    """Enter somebody from outside who serves the village: 包村干部, 法律顾问, 驻村工作队 and so on; returns the person.

    He counts in none of the village's counts and in no roll, and can be found, take posts and sit in.
    """
    if not tidy(role) or not tidy(unit):
        raise NotAllowed("请写明他在村里做什么、来自哪个单位。", "例如包村干部，柳林镇人民政府。")
    person_id = add_person(session, name=name, sex=sex, phone=phone, identity=identity)
    person = find_person(session, person_id)
    person.state = PersonState.OUTSIDE.value
    session.add(
        OutsidePerson(person_id=person_id, role=tidy(role), unit=tidy(unit), unit_post=tidy(unit_post), from_on=from_on)
    )
    session.flush()
    return person_id


def end_outside_role(session: Session, *, person_id: str, on: dt.date) -> None:
    """Somebody from outside no longer serves the village from that day on."""
    entry = session.scalars(
        select(OutsidePerson).where(
            kept_id(OutsidePerson.person_id) == person_id,
            OutsidePerson.ended_on.is_(None),
            OutsidePerson.retired.is_(False),
        )
    ).first()
    if entry is None:
        raise NotFound("这个人没有登记为在村的外来人员。", "请刷新后再查。")
    if entry.from_on and on < entry.from_on:
        raise NotAllowed(f"{chinese_date(entry.from_on)}才来村，离开日期不能更早。", "请核对日期。")
    refuse_future(session, on, "离开日期")
    entry.ended_on = on
    session.flush()


def _household(session: Session, household_id: str) -> SideHousehold:
    household = session.get(SideHousehold, household_id)
    if household is None or household.retired:
        raise NotFound("找不到这一户。", "可能刚被撤销，请刷新后再查。")
    return household


def _members_now(session: Session, household_id: str) -> list[SideMember]:
    return list(
        session.scalars(
            select(SideMember).where(
                SideMember.household_id == household_id, SideMember.ended_on.is_(None), SideMember.retired.is_(False)
            )
        )
    )


def _again(session: Session, one: SideMember, on: dt.date, *, head: bool, reason: str) -> None:
    """Let a membership end on a day and go on as head, or no longer as head."""
    one.ended_on, one.reason = on, reason
    session.add(
        SideMember(
            household_id=one.household_id,
            person_id=one.person_id,
            head=head,
            relation=one.relation,
            shares=one.shares,
            from_on=on,
        )
    )


def _refuse_same_number(session: Session, kind: str, number: str, group: str, own_id: str) -> None:
    if not number:
        return
    for other in session.scalars(
        select(SideHousehold).where(
            SideHousehold.retired.is_(False),
            SideHousehold.kind == kind,
            SideHousehold.group_name == group,
            SideHousehold.ended_on.is_(None),
            SideHousehold.id != own_id,
        )
    ):
        if household_key(other.number) == household_key(number):
            raise NotAllowed(f"{group}的{KIND_WORDS[kind]}编号{number}已经有了。", "请核对编号，或者加入那一户。")
