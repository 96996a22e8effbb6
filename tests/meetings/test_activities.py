"""Activities: who came and for how long becomes hours once; rotas; the hundred hours; points from attendance."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import new_village
from village_desk.desk.rooms import load_records
from village_desk.kit.errors import NotAllowed
from village_desk.meetings.actions import activities as actions
from village_desk.meetings.lookups import activities as lookups
from village_desk.meetings.printout import activities as printout
from village_desk.meetings.rules.activities import hours_of, hours_said, turns, verdict_words
from village_desk.paper.text import pages_text
from village_desk.people.actions import take_step
from village_desk.people.records import Household, Person
from village_desk.people.rules.development import Stage
from village_desk.points.actions import add_rule_set, apply_from_activity
from village_desk.points.lookups import applications, one_rule_set
from village_desk.points.rules.sets import Item, Per, Period, RuleSet, SubjectKind
from village_desk.store.file import VillageFile

load_records()
TODAY = dt.date(2026, 8, 31)
NAMES = ("赵一", "钱二", "孙三", "周四", "吴五")


@pytest.fixture
def file(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    made = new_village(tmp_path, today=TODAY)
    yield made
    made.close()


@pytest.fixture
def people(file: VillageFile) -> dict[str, str]:
    found = {}
    with file.writing("tests.furnish") as session:
        home = Household(number="1", group_name="一组")
        session.add(home)
        session.flush()
        for name in NAMES:
            person = Person(name=name, household_id=home.id, group_name="一组", birth="1990")
            session.add(person)
            session.flush()
            found[name] = person.id
    return found


def held(file: VillageFile, people: dict[str, str], day: dt.date, minutes: int, *names: str) -> str:
    with file.writing("meetings.add_activity") as session:
        made = actions.add_activity(session, title="村道清扫", held_on=day, minutes=minutes)
        actions.note_attendance(
            session, activity_id=made, came=tuple((people[name], minutes) for name in names), evidence="签到表"
        )
    return made


@pytest.mark.covers("2-22")
def test_an_activity_with_five_people_makes_five_entries_of_hours(file: VillageFile, people: dict[str, str]) -> None:
    made = held(file, people, dt.date(2026, 7, 12), 90, *NAMES)
    with file.reading() as session:
        rows = lookups.volunteer_year(session, year=2026)
        assert sum(len(row.entries) for row in rows) == 5
        assert {row.words for row in rows} == {"全年1.5小时。"}
    with file.writing("meetings.note_attendance") as session:
        actions.note_attendance(session, activity_id=made, came=((people["赵一"], 120), (people["钱二"], 90)))
        actions.note_attendance(session, activity_id=made, came=((people["赵一"], 120), (people["钱二"], 90)))
    with file.reading() as session:
        rows = lookups.volunteer_year(session, year=2026)
        assert {row.name: row.hours.total for row in rows} == {"赵一": 120, "钱二": 90}
        assert len(lookups.one_activity(session, made).people) == 5
        assert lookups.one_activity(session, made).given == 210
    assert file.verify() == []


@pytest.mark.covers("4B-20")
def test_a_hundred_hours_count_within_the_way_to_membership_and_a_part_of_the_year_is_no_pass(
    file: VillageFile, people: dict[str, str]
) -> None:
    with file.writing("people.take_step") as session:
        for name in ("赵一", "钱二"):
            take_step(session, person_id=people[name], stage=Stage.APPLICANT, on=dt.date(2024, 3, 1))
            take_step(session, person_id=people[name], stage=Stage.ACTIVIST, on=dt.date(2025, 1, 1))
        take_step(session, person_id=people["孙三"], stage=Stage.APPLICANT, on=dt.date(2025, 3, 1))
        take_step(session, person_id=people["孙三"], stage=Stage.ACTIVIST, on=dt.date(2026, 7, 1))
    for place in range(10):
        day = dt.date(2026, 6, 15) + dt.timedelta(days=place)
        held(file, people, day, 600, "赵一", "孙三")
        held(file, people, day, 597, "钱二")
    held(file, people, dt.date(2026, 8, 1), 60, "孙三")
    with file.reading() as session:
        rows = {row.name: row for row in lookups.volunteer_year(session, year=2026)}
        behind = [row.name for row in lookups.volunteer_year(session, year=2026, behind_only=True)]
    assert rows["赵一"].words == "100小时，达标。"
    assert rows["钱二"].words == "99.5小时，不达标，还差0.5小时。"
    # Sixty hours before the step do not count.
    assert (rows["孙三"].hours.total, rows["孙三"].hours.counted) == (6060, 60)
    assert not rows["孙三"].hours.met
    assert "按天数折算约50.4小时，仅供参考" in rows["孙三"].words
    assert behind == ["孙三", "钱二"]
    sheet = "".join("".join(pages_text(printout.hours_sheet(rows["钱二"]))).split())
    assert "12026年6月15日村道清扫9.9" in sheet
    assert "合计99.5" in sheet
    assert "99.5小时，不达标，还差0.5小时" in sheet


@pytest.mark.covers("1-58")
def test_a_rota_is_planned_over_a_month_and_a_done_turn_gives_hours(file: VillageFile, people: dict[str, str]) -> None:
    with file.writing("meetings.plan_rota") as session:
        rota = actions.plan_rota(
            session,
            title="核桃园看护",
            place="后山核桃园",
            person_ids=tuple(people[name] for name in NAMES),
            first=dt.date(2026, 8, 1),
            last=dt.date(2026, 8, 31),
            minutes=240,
        )
    with file.reading() as session:
        rows = lookups.activities(session, rota_id=rota)
    assert len(rows) == 31
    assert [row.people[0].name for row in reversed(rows)][:6] == [*NAMES, "赵一"]
    with file.writing("meetings.note_attendance") as session:
        actions.note_attendance(session, activity_id=rows[-1].id, came=((people["赵一"], 240),))
    with file.reading() as session:
        (row,) = lookups.volunteer_year(session, year=2026)
        printed = printout.rota(lookups.activities(session, rota_id=rota), village="东河村")
    assert (row.name, row.hours.total) == ("赵一", 240)
    text = "".join("".join(pages_text(printed)).split())
    assert "8月1日（周六）赵一" in text
    assert "8月31日（周一）赵一" in text
    rules = RuleSet(
        "轮值办法",
        SubjectKind.VILLAGER,
        Period.YEAR,
        (Item("L1", "轮值", "轮值看护", 2, 2, per=Per.HOUR),),
        used_for="评先评优参考",
    )
    with file.writing("points.apply_from_activity") as session:
        set_id = add_rule_set(session, rules=rules)
        item = one_rule_set(session, set_id).items[0].id
        apply_from_activity(session, set_id=set_id, item_id=item, activity_id=rows[-1].id, points=2)
        (made,) = applications(session, set_id=set_id)
    assert (made.subject, made.points, made.source) == ("赵一", 8, "attendance")


def test_what_lies_ahead_or_was_cancelled_gets_no_attendance(file: VillageFile, people: dict[str, str]) -> None:
    with file.writing("meetings.add_activity") as session:
        made = actions.add_activity(session, title="清淤", held_on=dt.date(2026, 9, 5))
    with pytest.raises(NotAllowed, match="还没有到"), file.writing("meetings.note_attendance") as session:
        actions.note_attendance(session, activity_id=made, came=((people["赵一"], 60),))
    with file.writing("meetings.cancel_activity") as session:
        actions.cancel_activity(session, activity_id=made, reason="下雨")
    with file.reading() as session:
        assert lookups.one_activity(session, made).state_words == "已取消"


def test_hours_are_cut_and_never_rounded_up() -> None:
    assert (hours_said(5999), hours_said(6000), hours_said(90)) == ("99.9", "100", "1.5")
    found = hours_of([(dt.date(2026, 5, 1), 5999)], dt.date(2026, 1, 1), None, 2026)
    assert not found.met
    assert verdict_words(found) == "99.9小时，不达标，还差0.1小时。"


def test_a_rota_that_cannot_be_is_refused() -> None:
    with pytest.raises(NotAllowed, match="还没选轮值的人"):
        turns((), TODAY, TODAY, every=1, each=1)
    with pytest.raises(NotAllowed, match="每次3人"):
        turns(("a", "b"), TODAY, TODAY, every=1, each=3)
