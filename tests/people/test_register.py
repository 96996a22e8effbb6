"""The register by hand: cards, moves, deaths, and what is refused."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.people import actions, lookups
from village_desk.people.rules.bodies import Role
from village_desk.store.file import VillageFile

NUMBER = "11010519491231002X"
Make = Callable[..., str]


def card(village: VillageFile, person_id: str) -> lookups.PersonCard:
    """The card of one person."""
    with village.reading() as session:
        return lookups.person_card(session, person_id)


@pytest.fixture
def household(village: VillageFile) -> Callable[..., str]:
    """A maker of households."""

    def make(number: str = "0001", group: str = "一组") -> str:
        with village.writing("people.add_household") as session:
            return actions.add_household(session, number=number, group_name=group)

    return make


def test_a_person_is_entered_clean(village: VillageFile, person: Make, household: Callable[..., str]) -> None:
    home = household()
    found = card(village, person(" 王　伟 ", identity=NUMBER.lower(), birth="", household_id=home, relation="户主"))
    assert (found.row.name, found.row.identity, found.row.birth, found.row.sex) == (
        "王伟",
        NUMBER,
        "1949-12-31",
        "female",
    )
    assert (found.row.group, found.row.household_no, found.is_head) == ("一组", "0001", True)


def test_the_same_number_twice_is_refused_and_leaves_nothing(village: VillageFile, person: Make) -> None:
    person("王伟", identity=NUMBER, birth="")
    before = village.digest()
    with pytest.raises(NotAllowed, match="已经登记在王伟名下"):
        person("李四", identity=NUMBER, birth="")
    assert village.digest() == before


def test_a_number_that_was_corrected_frees_the_old_one(village: VillageFile, person: Make) -> None:
    first = person("王伟", identity=NUMBER, birth="")
    found = card(village, first)
    with village.writing("people.edit_person") as session:
        actions.edit_person(session, person_id=first, seen=found.seen, identity="440524188001010014", birth="", sex="")
    second = person("李四", identity=NUMBER, birth="")
    assert second != first
    assert card(village, first).row.identity == "440524188001010014"


def test_edits_touch_only_what_is_given(village: VillageFile, person: Make) -> None:
    made = person("王伟", phone="13800001234", note="常年在外")
    found = card(village, made)
    with village.writing("people.edit_person") as session:
        actions.edit_person(session, person_id=made, seen=found.seen, phone="13900001234")
    now = card(village, made)
    assert (now.row.phone, now.note) == ("13900001234", "常年在外")
    with village.writing("people.edit_person") as session:
        actions.edit_person(session, person_id=made, seen=now.seen, note="")
    assert card(village, made).note == ""


def test_an_edit_that_changes_nothing_writes_nothing(village: VillageFile, person: Make) -> None:
    made = person("王伟")
    steps = len(village.steps())
    with village.writing("people.edit_person") as session:
        actions.edit_person(session, person_id=made, seen=card(village, made).seen, name="王伟")
    assert len(village.steps()) == steps


def test_one_head_a_household(village: VillageFile, person: Make, household: Callable[..., str]) -> None:
    home = household()
    person("王伟", household_id=home, relation="户主")
    with pytest.raises(NotAllowed, match="这一户的户主已经是王伟"):
        person("李四", household_id=home, relation="户主")
    with pytest.raises(NotAllowed, match="一组的户号1已经有了"):
        household("1")
    assert household("1", "二组") != home


def test_scenario_11_a_marriage_moves_one_person(
    village: VillageFile, person: Make, household: Callable[..., str]
) -> None:
    old, new = household("0001"), household("0002")
    bride = person("李秀兰", household_id=old, relation="长女")
    with village.writing("people.move_household") as session:
        actions.move_household(
            session, person_id=bride, household_id=new, relation="妻", on=dt.date(2026, 3, 1), reason="结婚"
        )
    now = card(village, bride)
    assert (now.row.household_no, now.row.relation) == ("0002", "妻")
    assert now.history == ("2026年3月1日从一组户号0001转出，原为长女（结婚）。",)
    with pytest.raises(NotAllowed, match="已经在这一户"), village.writing("people.move_household") as session:
        actions.move_household(session, person_id=bride, household_id=new, on=TODAY)


def test_a_death_ends_posts_and_membership(settled: VillageFile, person: Make) -> None:
    made = person("王伟")
    with settled.writing("people.setup") as session:
        actions.add_party_member(session, person_id=made, full_on=dt.date(2000, 7, 1))
        actions.appoint(session, person_id=made, role=Role.SECRETARY, from_on=dt.date(2021, 3, 5))
    with settled.writing("people.record_death") as session:
        actions.record_death(session, person_id=made, on=dt.date(2026, 3, 10))
    found = card(settled, made)
    assert found.row.state_words == "已去世"
    assert [(post.ended_on, post.ended_why) for post in found.posts] == [(dt.date(2026, 3, 10), "去世")]
    assert found.party is not None
    assert found.party.left_how == "去世"
    with pytest.raises(NotAllowed, match="已经登记为2026年3月10日去世"), settled.writing("people.move_out") as session:
        actions.move_out(session, person_id=made, on=TODAY)


def test_moving_out_and_back(village: VillageFile, person: Make) -> None:
    made = person("王伟")
    with village.writing("people.move_out") as session:
        actions.move_out(session, person_id=made, on=dt.date(2026, 1, 10), reason="迁到县城")
    assert card(village, made).row.state_words == "已迁出"
    with village.reading() as session:
        assert lookups.person_ids(session, lookups.PeopleFilter()) == []
        assert lookups.counts(session).left == 1
    with village.writing("people.return_to_roll") as session:
        actions.return_to_roll(session, person_id=made, on=dt.date(2026, 3, 1))
    assert card(village, made).row.state_words == "在册"


def test_the_future_is_not_entered(village: VillageFile, person: Make) -> None:
    made = person("王伟")
    with pytest.raises(NotAllowed, match="还没有到"), village.writing("people.record_death") as session:
        actions.record_death(session, person_id=made, on=TODAY + dt.timedelta(days=1))


def test_unknown_people_and_households(village: VillageFile) -> None:
    with pytest.raises(NotFound), village.reading() as session:
        lookups.person_card(session, "0" * 32)
    with pytest.raises(NotFound), village.writing("people.add_person") as session:
        actions.add_person(session, name="王伟", household_id="0" * 32)


def test_trap_19_years_in_the_party_count_from_full_membership(settled: VillageFile, person: Make) -> None:
    made = person("王伟", birth="1970-05-05")
    with settled.writing("people.add_party_member") as session:
        actions.add_party_member(
            session,
            person_id=made,
            joined_on=dt.date(2000, 3, 1),
            full_on=dt.date(2001, 3, 15),
            file_birth="1969-05-05",
        )
    party = card(settled, made).party
    assert party is not None
    assert party.years == 24
    # The file's birth date may differ from the identity card's; both stay.
    assert (party.file_birth, card(settled, made).row.birth) == ("1969-05-05", "1970-05-05")


def test_party_dates_must_not_contradict(settled: VillageFile, person: Make) -> None:
    made = person("王伟")
    for facts in (
        {"joined_on": dt.date(2025, 3, 1), "full_on": dt.date(2024, 3, 1)},
        {"probationary": True, "full_on": dt.date(2024, 3, 1)},
    ):
        with pytest.raises(NotAllowed), settled.writing("people.add_party_member") as session:
            actions.add_party_member(session, person_id=made, **facts)
    with settled.writing("people.add_party_member") as session:
        actions.add_party_member(session, person_id=made, probationary=True, joined_on=dt.date(2025, 3, 1))
    with pytest.raises(NotAllowed, match="已经登记"), settled.writing("people.add_party_member") as session:
        actions.add_party_member(session, person_id=made)


def test_members_named_by_the_roster_are_entered_once(settled: VillageFile, person: Make) -> None:
    person("王伟", political="party_member")
    person("李四", political="probationary")
    person("赵六", political="masses")
    with settled.reading() as session:
        assert lookups.members_to_enter(session) == 2
    with settled.writing("people.add_members_from_roster") as session:
        assert actions.add_members_from_roster(session) == 2
    with settled.reading() as session:
        assert [(row.name, row.kind_words) for row in lookups.party_members(session)] == [
            ("王伟", "正式党员"),
            ("李四", "预备党员"),
        ]
    with (
        pytest.raises(NotAllowed, match="没有还未登记的党员"),
        settled.writing("people.add_members_from_roster") as session,
    ):
        actions.add_members_from_roster(session)
