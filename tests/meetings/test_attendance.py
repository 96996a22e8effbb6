"""How often members came in a year, and what an old meeting shows after the secretary changed."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from tests.meetings.desk import called, do, read
from village_desk.kit.errors import NotAllowed
from village_desk.meetings import actions
from village_desk.meetings.lookups.attendance import attendance_year
from village_desk.people import actions as people
from village_desk.people import lookups as people_lookups
from village_desk.store.file import VillageFile

HELD = (dt.date(2026, 3, 14), dt.date(2026, 6, 14))


def held(file: VillageFile, on: dt.date, present: str, body: str = "party_members") -> str:
    """A meeting of that day with these present."""
    meeting_id = called(file, body, title=f"{on.month}月会议", held_on=on, called_on=on - dt.timedelta(days=3))
    do(file, actions.count_roll, meeting_id=meeting_id)
    do(file, actions.sign_in, meeting_id=meeting_id, serial_numbers=present)
    return meeting_id


def appoint(session: Session, person_id: str) -> None:
    """The new secretary from April."""
    people.appoint(session, person_id=person_id, role="secretary", from_on=dt.date(2026, 4, 1), despite="不是近亲属")


@pytest.mark.covers("4E-15")
def test_the_rate_of_each_member_in_a_year(village: VillageFile) -> None:
    first, _ = held(village, HELD[0], "1-50"), held(village, HELD[1], "1-40")
    roll = {row.serial: row.id for row in read(village, first).roll}
    with village.reading() as session:
        rows = {row.id: row for row in attendance_year(session, year=2026)}
        assert attendance_year(session, year=2025) == ()
    assert rows[roll[1]].rate_words == "应到2次，实到2次，到会率100%"
    assert rows[roll[45]].rate_words == "应到2次，实到1次，到会率50%"
    assert rows[roll[55]].rate_words == "应到2次，实到0次，到会率0%"
    with village.writing("people.merge_persons") as session:
        alias = people.merge_persons(session, person_id=roll[55], kept_id=roll[1])
    with village.reading() as session:
        (merged,) = attendance_year(session, year=2026, person_id=roll[55])
    assert (merged.id, merged.due, merged.came) == (roll[1], 4, 2)
    with village.writing("people.unmerge_persons") as session:
        people.unmerge_persons(session, alias_id=alias)
    with village.reading() as session:
        assert {row.id: row for row in attendance_year(session, year=2026)} == rows


@pytest.mark.covers("0-03")
def test_one_first_responsible_person_and_old_meetings_show_the_old_one(village: VillageFile) -> None:
    meeting = held(village, HELD[0], "1-3", "party_committee")
    before = read(village, meeting).roll
    (old,) = [row for row in before if "村党支部书记" in row.basis.split("、")]
    with village.reading() as session:
        post = next(one for one in people_lookups.posts_of(session, old.id) if one.role == "secretary")
        successor = next(row.id for row in before if row.id != old.id)
    with pytest.raises(NotAllowed, match="一个组织只能有一位第一责任人"), village.writing("people.appoint") as session:
        people.appoint(
            session, person_id=successor, role="secretary", from_on=dt.date(2026, 4, 1), despite="不是近亲属"
        )
    with village.writing("people.change") as session:
        people.end_post(session, post_id=post.id, on=dt.date(2026, 4, 1), why="职务调整")
        people.appoint(
            session, person_id=successor, role="secretary", from_on=dt.date(2026, 4, 1), despite="不是近亲属"
        )
    with village.reading() as session:
        history = [one for one in people_lookups.all_posts(session) if one.role == "secretary"]
    assert [one.time_words for one in history] == ["2024年1月10日—2026年4月1日", "2026年4月1日至今"]
    assert read(village, meeting).roll == before
