"""What activities were: the unified day and its advice, talks by place, forms, trainings, what was brought in."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy.orm import Session

from tests.files import new_village
from tests.registers.village import TODAY, Home, add, furnished
from village_desk.desk.happened import happened
from village_desk.kit.errors import NotAllowed
from village_desk.meetings.actions import describing as actions
from village_desk.meetings.actions.activities import add_activity, note_attendance
from village_desk.meetings.lookups import describing as lookups
from village_desk.meetings.lookups.activities import one_activity
from village_desk.meetings.printout import describing as printout
from village_desk.meetings.rules.activities import WordKind
from village_desk.paper.text import plain_text
from village_desk.points.actions import add_rule_set, apply_from_activity
from village_desk.points.lookups import applications, one_rule_set
from village_desk.points.rules.sets import Item, Often, Period, RuleSet, SubjectKind
from village_desk.registers.actions.cases_stages import answer_case, assign_case
from village_desk.registers.lookups.cases import open_cases
from village_desk.registers.lookups.sums import counts_by
from village_desk.schedule.actions import switch_on_preset
from village_desk.schedule.lookups import agenda

T = TypeVar("T")
Held = Callable[..., str]
DAY = dt.date
SINCE = DAY(2026, 1, 1)
RULES = RuleSet(
    "村民积分",
    SubjectKind.VILLAGER,
    Period.YEAR,
    (Item("H1", "活动", "参加统一活动日", 1, 5, Often.EVENT, evidence_needed=False),),
    cap=100,
    floor=0,
    used_for="评先评优参考",
)


@pytest.fixture
def home(tmp_path: Path, other_laptop: Path) -> Iterator[Home]:
    file = new_village(tmp_path, today=TODAY)
    yield furnished(file)
    file.close()


def held(home: Home, kind: str, on: DAY, *names: str, **described: str) -> str:
    """An activity that people came to."""

    def tell(session: Session) -> str:
        activity = add_activity(session, title=f"{on.month}月活动", held_on=on, kind=kind)
        actions.describe_activity(session, activity_id=activity, **described)
        note_attendance(session, activity_id=activity, came=tuple((home.people[name], 60) for name in names))
        return activity

    return home.write(tell)


@pytest.mark.covers("2-14", "4E-05")
def test_the_twentieth_comes_twelve_times_attendance_gives_points_and_advice_must_be_answered(home: Home) -> None:
    home.write(lambda s: switch_on_preset(s, rule_id="K-TYHD", starts_on=DAY(2026, 1, 1)))

    def turns() -> list[bool]:
        rows = home.read(lambda s: agenda(s, first=DAY(2026, 1, 1), last=DAY(2026, 12, 31), on=TODAY, also=happened(s)))
        days = [row for row in rows if row.rule.key == "K-TYHD"]
        assert {row.due_on.day for row in days} == {20}
        return [row.done for row in days]

    assert turns() == [False] * 12
    day = held(home, "party_day", DAY(2026, 9, 20), "赵一", "钱二", report="上半年述职要点", agenda="学习、议事、劳动")
    assert turns() == [False] * 8 + [True] + [False] * 3
    rules = home.write(lambda s: add_rule_set(s, rules=RULES))
    item = home.read(lambda s: applications_item(s, rules))
    home.write(lambda s: apply_from_activity(s, set_id=rules, item_id=item, activity_id=day, points=2))
    assert sorted(one.subject for one in home.read(lambda s: applications(s, set_id=rules))) == ["赵一", "钱二"]
    hearing = held(home, "hearing", DAY(2026, 9, 22), "孙三")
    for activity, words in ((day, "装路灯"), (hearing, "修桥")):
        home.write(
            partial(
                actions.note_suggestion,
                activity_id=activity,
                words=words,
                first_asked="李会计",
                on=TODAY,
                person_id=home.people["赵一"],
            )
        )
    left = home.read(open_cases)
    assert sorted(case.matter for case in left) == ["修桥", "装路灯"]
    assert all(case.due_on is not None for case in left)
    [case] = home.read(lambda s: lookups.described(s, day)).suggestions
    home.write(lambda s: assign_case(s, case_id=case.id, on=TODAY, name="李会计"))
    home.write(lambda s: answer_case(s, case_id=case.id, on=TODAY, way="当面", reply="列入明年计划"))
    assert [one.matter for one in home.read(open_cases)] == ["修桥"]
    found, told = home.read(lambda s: one_activity(s, day)), home.read(lambda s: lookups.described(s, day))
    text = plain_text(printout.record_sheet(found, told, village="东河村", on=TODAY))
    for words in ("学习、议事、劳动", "上半年述职要点", "装路灯"):
        assert words in text


def applications_item(session: Session, rules: str) -> str:
    """The one item of the set."""
    return one_rule_set(session, rules).items[0].id


@pytest.mark.covers("2-01", "4B-11")
def test_a_year_counts_talks_by_place_and_names_those_without_any(home: Home) -> None:
    for month, setting in ((3, "村居"), (4, "村居"), (5, "田间")):
        held(home, "talk", DAY(2026, month, 8), "赵一", setting=setting)
    for brought in ("文化", "科技", "科技"):
        held(home, "brought", DAY(2026, 6, 8), "赵一", brought=brought)
    places = home.read(lambda s: lookups.counted(s, WordKind.SETTING, first=SINCE, last=TODAY))
    assert [(one.words, one.many) for one in places] == [
        ("村居", 2),
        ("农户", 0),
        ("田间", 1),
        ("企业", 0),
        ("合作社", 0),
    ]
    brought_in = home.read(lambda s: lookups.counted(s, WordKind.BROUGHT, first=SINCE, last=TODAY))
    assert [(one.words, one.many) for one in brought_in] == [("文化", 1), ("卫生", 0), ("法律", 0), ("科技", 2)]
    sheet = printout.year_sheet([("场所", places)], (), village="东河村", span="2026年")
    assert "还没有开展的：农户、企业、合作社。" in plain_text(sheet)


@pytest.mark.covers("2-25")
def test_the_list_of_forms_can_be_added_to(home: Home) -> None:
    with pytest.raises(NotAllowed, match="没有“夜校直播”"):
        held(home, "training", DAY(2026, 5, 8), "赵一", form="夜校直播")
    home.write(lambda s: actions.add_activity_word(s, kind="form", words="夜校直播"))
    activity = held(home, "training", DAY(2026, 5, 8), "赵一", form="夜校直播")
    home.write(lambda s: actions.drop_activity_word(s, kind="form", words="夜校直播"))
    assert home.read(lambda s: lookups.described(s, activity)).form == "夜校直播"
    assert "夜校直播" not in home.read(lambda s: lookups.words_for(s, WordKind.FORM))
    with pytest.raises(NotAllowed, match="不能删"):
        home.write(lambda s: actions.drop_activity_word(s, kind="form", words="云端夜校"))


@pytest.mark.covers("1-13")
def test_trainings_count_every_coming_and_every_person(home: Home) -> None:
    held(home, "training", DAY(2026, 3, 8), "赵一", "钱二", level="村级", form="集中授课")
    held(home, "training", DAY(2026, 4, 8), "赵一", level="乡级", form="远程教育")
    rows = {one.level: one for one in home.read(lambda s: lookups.trained(s, first=SINCE, last=TODAY))}
    assert (rows["合计"].sessions, rows["合计"].times, rows["合计"].people) == (2, 3, 2)
    assert (rows["村级"].times, rows["乡级"].times) == (2, 1)


@pytest.mark.covers("3-20")
def test_six_results_of_service_are_counted_and_each_number_names_its_entries(home: Home) -> None:
    activity = held(home, "volunteer", DAY(2026, 3, 8), "赵一", "钱二")
    done = [
        add(home, "service_results", on=DAY(2026, 3, 9), sort=sort, what="做了一件")
        for sort in ("意见建议", "好事实事")
    ]
    found = home.read(lambda s: lookups.service_results(s, first=SINCE, last=TODAY))
    assert [(one.words, one.many) for one in found] == [
        ("开展活动", 1),
        ("参加人次", 2),
        ("意见建议", 1),
        ("解决困难", 0),
        ("好事实事", 1),
        ("化解纠纷", 0),
    ]
    assert found[0].ids == (activity,)
    assert (*found[2].ids, *found[4].ids) == tuple(done)
    assert "在职党员报到服务成效" in plain_text(printout.service_sheet(found, village="东河村", span="2026年"))


@pytest.mark.covers("0-24")
def test_chosen_courses_total_and_a_session_gives_points_once(home: Home) -> None:
    for name, course in (("赵一", "果树修剪"), ("钱二", "果树修剪"), ("孙三", "电商")):
        add(home, "wishes", subject=home.people[name], course=course)
    wishes = home.read(lambda s: counts_by(s, "wishes", "course", first=SINCE, last=TODAY))
    assert {one.words: one.many for one in wishes} == {"果树修剪": 2, "电商": 1}
    activity = held(home, "training", DAY(2026, 9, 8), "赵一")
    rules = home.write(lambda s: add_rule_set(s, rules=RULES))
    item = home.read(lambda s: applications_item(s, rules))

    def apply() -> None:
        home.write(lambda s: apply_from_activity(s, set_id=rules, item_id=item, activity_id=activity, points=2))

    apply()
    with pytest.raises(NotAllowed, match="已经申报过"):
        apply()
    assert len(home.read(lambda s: applications(s, set_id=rules))) == 1
