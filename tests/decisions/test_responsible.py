"""Whoever holds the posts today: an old decision shows the secretary and the chair of its own day."""

import datetime as dt

import pytest

from tests.decisions.desk import day, do, held, opened, read
from village_desk.decisions.page.facts import lines_of
from village_desk.people import actions as people
from village_desk.people.lookups import all_posts
from village_desk.store.file import VillageFile


@pytest.mark.covers("0-03")
def test_an_old_decision_still_shows_the_old_secretary(village: VillageFile) -> None:
    case = opened(village)
    held(village, case, 1, day(3, 3), "1-4", 4)
    before = read(village, case).stage(1)
    with village.reading() as session:
        old = next(one for one in all_posts(session) if one.role == "secretary" and one.ended_on is None)
        new = next(one for one in all_posts(session) if one.role == "branch_member" and one.person_id != old.person_id)
    assert f"{old.name}（" in before.responsible
    assert ("第一责任人", before.responsible) in lines_of(read(village, case), before)
    changed = day(3, 3) + dt.timedelta(days=1)
    do(village, people.end_post, post_id=old.id, on=changed, why="职务调整")
    do(village, people.appoint, person_id=new.person_id, role="secretary", from_on=changed, despite="不是近亲属")
    assert read(village, case).stage(1).responsible == before.responsible
    held(village, case, 2, day(3, 5), "1-7", 7)
    assert f"{new.name}（村党支部书记" in read(village, case).stage(2).responsible
