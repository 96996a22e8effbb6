"""Relatives do not judge relatives: marriage, an earlier household, a contract for land, and what the clerk entered."""

import datetime as dt

import pytest

from tests.points.conftest import TODAY, Village
from tests.points.test_path import apply
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions as people
from village_desk.people.lookups import kin_homes
from village_desk.people.records import LinkKind, PersonEvent, SideHousehold, SideMember
from village_desk.points import actions

SPRING = dt.date(2026, 3, 1)


def refused(village: Village, application: str, checker: str, words: str) -> None:
    with village.file.writing("points.check_application") as session, pytest.raises(NotAllowed, match=words):
        actions.check_application(
            session,
            application_id=application,
            verdict="agreed",
            checker_id=village.persons[checker],
            checked_on=TODAY,
        )


def kin(village: Village, name: str) -> dict[str, str]:
    with village.file.reading() as session:
        found = kin_homes(session, [village.persons[name]], on=TODAY)[village.persons[name]]
    homes = {home: who for who, home in village.households.items()}
    return {homes[home]: why for home, why in found.items() if home in homes}


def test_who_lives_apart_and_is_related_steps_aside(village: Village) -> None:
    made = apply(village)
    assert kin(village, "王强") == {"王强": "一户"}
    with village.file.writing("tests.furnish") as session:
        # The son of this house married into 王强's; 李四 holds land under one contract with it.
        wife = people.add_person(session, name="王小妹", household_id=village.households["王强"], relation="女")
        session.add(
            PersonEvent(
                person_id=village.persons["张小山"], kind="married", happened_on=SPRING, other_id=wife, household_id=""
            )
        )
        land = SideHousehold(kind="contract", number="1")
        session.add(land)
        session.flush()
        for name in ("张大山", "李四"):
            session.add(SideMember(household_id=land.id, person_id=village.persons[name], from_on=SPRING))
    assert kin(village, "王强") == {"王强": "一户", "张大山": "两户结了亲"}
    assert kin(village, "张大山") == {"张大山": "一户", "王强": "两户结了亲", "李四": "同是一个承包户"}
    refused(village, made, "王强", "王强和张大山家是亲属（两户结了亲），不能审核这一户的积分。")
    refused(village, made, "李四", "李四和张大山家是亲属（同是一个承包户）")
    with village.file.writing("points.review_applications") as session, pytest.raises(NotAllowed, match="要回避"):
        actions.review_applications(
            session,
            set_id=village.set_id,
            application_ids=(made,),
            judges=(village.persons["王强"], village.persons["李四"], wife),
            held_on=TODAY,
        )


def test_a_divided_household_and_an_entered_kinship_count_both_ways(village: Village) -> None:
    with village.file.writing("people.divide_household") as session:
        divided = people.divide_household(
            session, person_ids=(village.persons["张小山"],), head_id=village.persons["张小山"], on=SPRING
        )
        kind = LinkKind(key="kin", name="近亲属（不在一户）", from_end="person", to_end="household")
        session.add(kind)
        session.flush()
        people.link(
            session,
            kind_id=kind.id,
            from_id=village.persons["李四"],
            to_ids=(village.households["王强"],),
            from_on=SPRING,
        )
    with village.file.reading() as session:
        found = kin_homes(session, [village.persons["张小山"], village.persons["张大山"]], on=TODAY)
    assert found[village.persons["张小山"]] == {divided: "一户", village.households["张大山"]: "以前是一户"}
    assert found[village.persons["张大山"]] == {village.households["张大山"]: "一户", divided: "以前是一户"}
    assert kin(village, "李四") == {"李四": "一户", "王强": "登记为近亲属"}
    assert kin(village, "王强") == {"王强": "一户", "李四": "登记为近亲属"}
    made = apply(village)
    refused(village, made, "张小山", "张小山和张大山家是亲属（以前是一户）")


def test_relatives_answer_no_objection(village: Village) -> None:
    made = apply(village)
    with village.file.writing("tests.furnish") as session:
        session.add(
            PersonEvent(
                person_id=village.persons["张小山"],
                kind="married",
                happened_on=SPRING,
                other_id=village.persons["李四"],
                household_id="",
            )
        )
        raised = actions.raise_objection(session, application_id=made, raised_on=TODAY, raised_by="", words="不对")
    with village.file.writing("points.answer_objection") as session, pytest.raises(NotAllowed, match="不能复核"):
        actions.answer_objection(
            session,
            objection_id=raised,
            answered_on=TODAY,
            answered_by=(village.persons["李四"],),
            upheld=False,
            words="查过",
        )
