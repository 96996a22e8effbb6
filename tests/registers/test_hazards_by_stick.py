"""A hazard that was reported: it travels in the next bundle, and the township's answer comes back by stick."""

import datetime as dt

import pytest

from tests.store.things import TODAY
from tests.township.conftest import World, world
from village_desk.desk.answers import owner_of
from village_desk.registers.actions.entries import add_entry, log_report, settle_entry
from village_desk.registers.lookups.entries import one_entry
from village_desk.registers.lookups.owed import waiting_reports
from village_desk.sync import incoming, outgoing
from village_desk.township import actions as town
from village_desk.township import lookups

# pytest finds the fixture by its name in this module.
assert world is not None


@pytest.mark.covers("1-36")
def test_the_township_answers_a_reported_hazard_by_stick(world: World) -> None:
    east, drive = world.village("东河村", "320924103205"), world.stick("s")
    answers = (
        ("sort", "自然灾害"),
        ("what", "后山滑坡"),
        ("place", "三组"),
        ("must_report", True),
        ("found_by", "赵一"),
    )
    with east.file.writing("registers.add_entry") as session:
        hazard = add_entry(session, register="hazards", noted_on=TODAY, answers=answers)
    now = dt.datetime.combine(TODAY, dt.time(9, 30))
    with east.file.reading() as session:
        [row] = waiting_reports(session, on=TODAY, now=now)
    assert row.waits == "9小时30分钟"

    # A file that was written is no report: the desk says so until somebody logs one.
    outgoing.export(east.file, drive)
    town.take_in(world.town.file, drive)
    with east.file.reading() as session:
        assert waiting_reports(session, on=TODAY, now=now)
    with world.town.file.reading() as session:
        assert lookups.questions(session) == ()

    with east.file.writing("registers.log_report") as session:
        log_report(session, entry_id=hazard, told_on=TODAY, told_at="9:40", told_to="镇应急办")
    outgoing.export(east.file, drive)
    town.take_in(world.town.file, drive)
    with world.town.file.reading() as session:
        [asked] = lookups.questions(session)
    assert (asked.group, asked.what) == ("隐患上报，等答复", "自然灾害，三组，后山滑坡")
    assert "赵一" not in str(asked)
    with world.town.file.writing("township.answer_records") as session:
        town.answer_records(
            session,
            table="register_entry",
            record_ids=(hazard,),
            kind="answer",
            dated_on=TODAY,
            document="",
            words="先设警示，周五来人",
        )
    town.write_replies(world.town.file, drive)
    said = [one.message for one in incoming.take_in(east.file, drive, owner_of=owner_of) if one.is_answer]
    assert said == ["乡镇答复了1处隐患：先设警示，周五来人。办好以后请登记销号。"]
    with east.file.reading() as session:
        found = one_entry(session, hazard, on=TODAY)
    assert found.row.state == "乡镇已答复"
    assert "先设警示" in found.answers[0].words
    with east.file.writing("registers.settle_entry") as session:
        settle_entry(session, entry_id=hazard, on=TODAY)
    with east.file.reading() as session:
        assert one_entry(session, hazard, on=TODAY).row.state == "已销号"
