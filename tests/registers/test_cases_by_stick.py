"""A whistle that goes up by stick and comes back as an order and as feedback; only the village strikes it off."""

import datetime as dt
from pathlib import Path

import pytest

from tests.store.things import TODAY
from tests.township.conftest import Desk, World, world
from village_desk.desk.answers import owner_of
from village_desk.kit.errors import NotAllowed
from village_desk.registers.actions import cases as taking
from village_desk.registers.actions import cases_carrying as carrying
from village_desk.registers.actions import cases_stages as stages
from village_desk.registers.lookups.cases import one_case
from village_desk.registers.lookups.cases_rows import CaseRow, Pile
from village_desk.registers.rules.cases import StageKind
from village_desk.sync import incoming, outgoing
from village_desk.township import actions as town
from village_desk.township import lookups

# pytest finds the fixture by its name in this module.
assert world is not None
UNTIL = TODAY + dt.timedelta(days=3)


def take(desk: Desk, kind: str, matter: str) -> str:
    with desk.file.writing("registers.take_case") as session:
        return taking.take_case(session, kind=kind, matter=matter, first_asked="李会计", on=TODAY, applicant="赵一")


def row(desk: Desk, case_id: str) -> CaseRow:
    with desk.file.reading() as session:
        return one_case(session, case_id).row


def carry(world: World, desk: Desk, drive: Path) -> list[str]:
    """To the township and back; what the village was told."""
    town.write_replies(world.town.file, drive)
    found = [one.message for one in incoming.take_in(desk.file, drive, owner_of=owner_of) if one.is_answer]
    outgoing.export(desk.file, drive)
    town.take_in(world.town.file, drive)
    return found


def say(world: World, case_id: str, kind: str, **more: object) -> None:
    with world.town.file.writing("township.answer_records") as session:
        town.answer_records(
            session,
            table="service_case",
            record_ids=(case_id,),
            kind=kind,
            **{"dated_on": TODAY, "document": "", **more},  # type: ignore[arg-type]  # the test's own keywords
        )


@pytest.mark.covers("1-37")
def test_a_whistle_goes_round_over_two_files(world: World) -> None:
    east, drive = world.village("东河村", "320924103205"), world.stick("s")
    made = take(east, "whistle", "村口井盖破损")
    with east.file.writing("registers.report_up") as session:
        stages.report_up(session, case_id=made, on=TODAY, way="U盘上报包", unit="镇应急办")
    outgoing.export(east.file, drive)
    town.take_in(world.town.file, drive)
    with world.town.file.reading() as session:
        [asked] = lookups.questions(session)
    assert (asked.group, asked.what) == ("上报，等派单", "吹哨派单：村口井盖破损")
    assert "赵一" not in str(asked)

    say(world, made, "order", document="平派〔2026〕7号", unit="镇城建办", due_on=UNTIL)
    assert carry(world, east, drive) == [
        f"乡镇把1件派给镇城建办（平派〔2026〕7号），限{UNTIL.month}月{UNTIL.day}日前反馈。"
    ]
    found = row(east, made)
    assert (found.stage, found.stage_words, found.outside_due_on) == (StageKind.ORDERED, "乡镇派单", UNTIL)
    east.file.confirm_today(UNTIL + dt.timedelta(days=1))
    assert "镇里还没有反馈" in row(east, made).late
    assert row(east, made).lies_on(Pile.LATE, east.file.today)
    with pytest.raises(NotAllowed, match="反馈"), east.file.writing("registers.check_off") as session:
        stages.check_off(session, case_id=made, on=east.file.today, by="王建国", words="已换")

    with world.town.file.reading() as session:
        assert [one.group for one in lookups.questions(session)] == ["已派单，等反馈"]
    say(world, made, "feedback", words="井盖已换")
    assert carry(world, east, drive) == ["乡镇反馈了1件：井盖已换。请到现场核实再销号。"]
    assert (row(east, made).stage, row(east, made).closed_on) == (StageKind.FEEDBACK, None)
    with east.file.writing("registers.check_off") as session:
        stages.check_off(session, case_id=made, on=east.file.today, by="王建国", words="井盖已换，周围已填平")
    assert row(east, made).closed_on == east.file.today


def test_a_case_that_went_up_comes_back_by_stick_and_stays_open_for_the_village(world: World) -> None:
    east, drive = world.village("东河村", "320924103205"), world.stick("s")
    made = take(east, "certificate", "代办老年证")
    with east.file.writing("registers.carry_up") as session:
        carrying.carry_up(session, case_ids=(made,), on=TODAY, by="王建国", unit="镇便民服务中心", due_on=UNTIL)
    outgoing.export(east.file, drive)
    town.take_in(world.town.file, drive)
    say(world, made, "order", document="平派8号", unit="镇民政办", due_on=UNTIL)
    assert carry(world, east, drive) == ["乡镇答复的1件办件都不再等这个答复，没有变。"]
    say(world, made, "result", words="证已办好")
    assert carry(world, east, drive) == ["乡镇返回了1件上送的结果：证已办好。请告诉本人再办结。"]
    found = row(east, made)
    assert (found.stage, found.returned_on, found.closed_on) == (StageKind.BACK, TODAY, None)
