"""A meeting of the whole village: a roll longer than one record holds is kept whole, signed, voted on and shared."""

import datetime as dt

import pytest

from tests.meetings.desk import HELD, called, do, read
from village_desk.kit.errors import NotAllowed
from village_desk.meetings import actions
from village_desk.meetings.lookups import PART
from village_desk.meetings.rules import VerdictState
from village_desk.people.records import Person
from village_desk.store.acts import add_many
from village_desk.store.file import VillageFile

MORE = 781


@pytest.fixture
def crowd(village: VillageFile) -> VillageFile:
    """120 heads of households and so many others: 901 adults, and 400 children who are left out."""
    with village.writing("people.import_roster") as session:
        homes = [row.household_id for row in session.query(Person).limit(120)]
        grown = [
            {"name": f"周{number}", "birth": "1980-01-01", "household_id": homes[number % 120]}
            for number in range(MORE)
        ]
        young = [
            {"name": f"吴{number}", "birth": "2015-01-01", "household_id": homes[number % 120]} for number in range(400)
        ]
        add_many(session, Person, grown + young)
    return village


def test_a_roll_of_the_whole_village_is_kept_and_read_whole(crowd: VillageFile) -> None:
    meeting_id = called(crowd, "villagers", called_on=HELD - dt.timedelta(days=10))
    assert do(crowd, actions.count_roll, meeting_id=meeting_id) == 901
    detail = read(crowd, meeting_id)
    assert [row.serial for row in detail.roll] == list(range(1, 902))
    assert len({row.id for row in detail.roll}) == 901 > PART
    assert len(detail.left_out) == 400
    with pytest.raises(NotAllowed, match="名单只有1到901号"):
        do(crowd, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-902")
    do(crowd, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-450")
    motion = do(crowd, actions.propose_motion, meeting_id=meeting_id, title="村庄规划")
    # More than half of 901 are 451.
    assert read(crowd, meeting_id).verdict.state is VerdictState.CANNOT_STAND
    do(crowd, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-450 901")
    assert do(crowd, actions.record_vote, motion_id=motion, yes=226, no=225, abstain=0).state is VerdictState.STANDS
    assert crowd.verify() == []


def test_the_whole_village_shares_an_evening_with_the_party(crowd: VillageFile) -> None:
    everybody, members = called(crowd, "villagers"), called(crowd, "party_members", title="六月党员大会")
    together = do(crowd, actions.join_evening, meeting_ids=(everybody, members))
    sheet = read(crowd, members).evening
    assert sheet is not None
    # The 60 members are villagers as well.
    assert len(sheet.lines) == 901
    came = do(crowd, actions.sign_in_evening, evening_id=together, serial_numbers="1-60 901")
    assert sorted(came) == [58, 61]
    assert (read(crowd, members).row.present, read(crowd, everybody).row.present) == (58, 61)
