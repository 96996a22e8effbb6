"""What a year brings to the people of the demo: members' dates and flags, a marriage, lists, land, outsiders."""

import datetime as dt

from village_desk.desk.demo.cast import ELECTED, Cast
from village_desk.desk.demo.story import TOWN, Story
from village_desk.people.actions import (
    SideEntry,
    add_outside_person,
    add_side_household,
    add_voluntary_time,
    begin_flag,
    begin_voter_list,
    edit_member,
    enter_many,
    go_away,
    leave_out_of_count,
    record_marriage,
    take_step,
)
from village_desk.people.lookups import PeopleFilter, PersonRow, member_card, party_members, person_ids, person_rows
from village_desk.people.rules.development import Stage
from village_desk.people.rules.party import Flag, Ground
from village_desk.people.rules.standings import Standing
from village_desk.people.rules.words import Sex


def tell_lives(story: Story, cast: Cast) -> None:
    """Enter the dates of the members and the lists at once, and let the rest happen in the last weeks."""
    with story.file.reading() as session:
        rows = person_rows(session, person_ids(session, PeopleFilter()))
    _date_members(story)
    with story.writing("people.begin_voter_list") as session:
        story.told["voters"] = begin_voter_list(session, on=ELECTED)
    with story.writing("people.enter_many") as session:
        many = enter_many(
            session,
            # The confirmation of members goes group by group; the first one is done.
            person_ids=tuple(row.id for row in rows if row.group == "一组"),
            kind=Standing.COLLECTIVE,
            from_on=dt.date(2023, 12, 20),
            ground="成员大会确认",
        )
        story.told["collective_members"] = many
    taken = {one for group in (cast.branch, cast.committee, cast.supervision, cast.representatives) for one in group}
    story.on(-60, lambda: _develop(story, rows, taken))
    story.on(-30, lambda: _marry(story, rows, taken))
    story.on(-20, lambda: _land_and_outsiders(story, rows))
    story.on(-1, lambda: _members(story, cast, taken))


def _date_members(story: Story) -> None:
    with story.writing("people.edit_member") as session:
        for place, row in enumerate(party_members(session)):
            # Two stay undated, as in every village: the clerk is to see what is still open.
            if place % 30 == 7 or row.age is None:
                continue
            card = member_card(session, row.id)
            assert card is not None
            joined = dt.date(min(2026 - row.age + 22 + place % 5, 2023), 6, 20)
            if row.probationary:
                joined = dt.date(2025, 11, 20)
            edit_member(
                session,
                person_id=row.id,
                seen=card.seen,
                joined_on=joined,
                full_on=None if row.probationary else joined.replace(year=joined.year + 1),
                job="务农" if place % 3 else "外出务工",
            )


def _develop(story: Story, rows: list[PersonRow], taken: set[str]) -> None:
    young = [
        row for row in rows if 22 <= (row.age or 0) <= 35 and row.id not in taken and row.political in ("masses", "")
    ][:3]
    with story.writing("people.take_step") as session:
        for place, row in enumerate(young):
            take_step(session, person_id=row.id, stage=Stage.APPLICANT, on=dt.date(2024, 5, 4 + place))
        for row in young[:2]:
            take_step(
                session,
                person_id=row.id,
                stage=Stage.ACTIVIST,
                on=dt.date(2024, 12, 20),
                mentors="党支部书记、组织委员",
            )
        for row in young[:1]:
            take_step(session, person_id=row.id, stage=Stage.CANDIDATE, on=dt.date(2026, 1, 20))
            add_voluntary_time(session, person_id=row.id, on=story.day(-70), minutes=150, what="村口环境整治")


def _marry(story: Story, rows: list[PersonRow], taken: set[str]) -> None:
    free = [row for row in rows if 22 <= (row.age or 0) <= 30 and row.id not in taken and row.household_id]
    bride = next((row for row in free if row.sex == Sex.FEMALE and row.relation != "户主"), None)
    groom = next(
        (row for row in free if row.sex == Sex.MALE and bride is not None and row.household_id != bride.household_id),
        None,
    )
    if bride is None or groom is None:
        return
    with story.writing("people.record_marriage") as session:
        record_marriage(
            session,
            person_id=bride.id,
            spouse_id=groom.id,
            household_id=groom.household_id,
            relation="妻" if groom.relation == "户主" else "儿媳",
            on=story.day(-30),
        )


def _land_and_outsiders(story: Story, rows: list[PersonRow]) -> None:
    homes: dict[str, list[PersonRow]] = {}
    for row in rows:
        if row.household_id and row.group == "一组":
            homes.setdefault(row.household_id, []).append(row)
    with story.writing("people.add_side_household") as session:
        for place, members in enumerate(list(homes.values())[:6]):
            head = next((row for row in members if row.relation == "户主"), members[0])
            add_side_household(
                session,
                kind="contract",
                members=tuple(SideEntry(row.id, row.relation, 100, row.id == head.id) for row in members),
                number=f"C{place + 1:03d}",
                group_name="一组",
                area=420 + place * 135,
                from_on=dt.date(2023, 1, 1),
                due_on=dt.date(2052, 12, 31),
            )
    for name, role, unit, post in (
        ("陈立平", "包村干部", f"{TOWN}人民政府", "农业办公室副主任"),
        ("赵敏", "法律顾问", "平安律师事务所", "律师"),
    ):
        with story.writing("people.add_outside_person") as session:
            add_outside_person(session, name=name, role=role, unit=unit, unit_post=post, from_on=dt.date(2025, 3, 1))


def _members(story: Story, cast: Cast, taken: set[str]) -> None:
    with story.file.reading() as session:
        plain = [row for row in party_members(session) if row.id not in taken and not row.probationary]
    away, ill = plain[:3], sorted(plain[3:], key=lambda row: -(row.age or 0))[:2]
    for place, row in enumerate(away):
        with story.writing("people.begin_flag") as session:
            begin_flag(
                session,
                person_id=row.id,
                kind=Flag.FLOATING,
                from_on=dt.date(2025, 2, 20),
                place=("苏州", "上海", "")[place],
                contact=cast.names[cast.branch[0]],
                seen_on=story.day(-20 if place else -240),
            )
        with story.writing("people.go_away") as session:
            go_away(session, person_id=row.id, ground="work", on=dt.date(2025, 2, 20))
    with story.writing("people.leave_out_of_count") as session:
        leave_out_of_count(
            session,
            person_ids=tuple(row.id for row in ill),
            ground=Ground.BEDRIDDEN,
            consent_by=f"{TOWN}党委",
            consent_on=story.day(-10),
            passed_on=story.day(-2),
        )
    story.told["left_out_of_count"] = len(ill)
