"""What comes round: weekly, monthly, by quarter, on market days and on typed dates; quotas and coverage."""

import datetime as dt

import pytest

from village_desk.kit.errors import NotAllowed
from village_desk.people import actions as people
from village_desk.rulebook.rules import Aim, CountUnit, Rhythm
from village_desk.schedule import actions, lookups
from village_desk.schedule.lookups import AgendaRow
from village_desk.schedule.rules import Rule, periods
from village_desk.store.file import VillageFile


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def year_of(village: VillageFile, rule_key: str, on: dt.date) -> list[AgendaRow]:
    with village.reading() as session:
        rows = lookups.agenda(session, first=day("01-01"), last=day("12-31"), on=on)
    return [row for row in rows if row.rule.key == rule_key]


def switch_on(village: VillageFile, rule_id: str, people: int = 0, least: int = 0) -> str:
    with village.writing("schedule.switch_on_preset") as session:
        return actions.switch_on_preset(
            session,
            rule_id=rule_id,
            least=least,
            subjects=tuple((f"p{number}", f"{number}号干部", "") for number in range(1, people + 1)),
            starts_on=day("01-01"),
        )


def happened(village: VillageFile, kind: str, on: str, *, actor: str = "", subject: str = "", minutes: int = 0) -> None:
    with village.writing("schedule.enter_happening") as session:
        actions.enter_happening(
            session, kind=kind, happened_on=day(on), actor_id=actor, subject_id=subject, minutes=minutes
        )


@pytest.mark.parametrize(
    ("rule", "dues"),
    [
        (Rule("k", "", Rhythm.MONTHLY, day=31), ["01-31", "02-28", "03-31", "04-30"]),
        (Rule("k", "", Rhythm.QUARTERLY, day=15), ["01-15", "04-15"]),
        (Rule("k", "", Rhythm.QUARTERLY), ["03-31"]),
        (Rule("k", "", Rhythm.YEARLY, month=4, day=8), ["04-08"]),
        (Rule("k", "", Rhythm.EVERY_DAYS, every=45, starts_on=day("01-10")), ["01-10", "02-24", "04-10"]),
        (Rule("k", "", Rhythm.TYPED, days=(day("02-02"), day("05-05"))), ["02-02"]),
        (Rule("k", "", Rhythm.HALF_YEARLY, starts_on=day("07-02")), []),
    ],
)
def test_each_rhythm_falls_due_on_its_days(rule: Rule, dues: list[str]) -> None:
    assert [one.due_on for one in periods(rule, day("01-01"), day("04-30"))] == [day(one) for one in dues]


def test_a_week_runs_from_monday_to_sunday_over_the_turn_of_the_year() -> None:
    rule = Rule("k", "", Rhythm.WEEKLY, Aim.QUOTA)
    (week,) = periods(rule, dt.date(2026, 12, 28), dt.date(2027, 1, 3))
    assert (week.first, week.last, week.key) == (dt.date(2026, 12, 28), dt.date(2027, 1, 3), "2026-W53")


def test_an_empty_village_has_the_rhythm_of_the_law_from_its_first_day(village: VillageFile) -> None:
    with village.reading() as session:
        rows = lookups.agenda(session, first=day("01-01"), last=day("12-31"), on=day("01-01"))
    many: dict[str, int] = {}
    for row in rows:
        many[row.rule.name] = many.get(row.rule.name, 0) + 1
    assert many["召开村民会议（听取村民委员会年度工作报告）"] == 1
    assert many["召开村民代表会议"] == 4
    assert many["召开党员大会"] == 4
    assert many["民主评议村民委员会成员"] == 1
    assert many["召开支部委员会会议"] == 12
    assert all(row.rule.automatic for row in rows)


def test_one_meeting_closes_its_duty_and_is_linked_once(village: VillageFile) -> None:
    def quarter(number: int) -> AgendaRow:
        return year_of(village, "K-DBHY", day("09-10"))[number]

    assert quarter(0).overdue
    assert quarter(0).words == "2026年第一季度的“召开村民代表会议”还没有登记。"
    for _ in range(2):
        with village.writing("schedule.enter_happening") as session:
            entry = actions.enter_happening(
                session,
                kind="meeting:representatives",
                happened_on=day("03-20"),
                source_room="meetings",
                source_id="5f" * 16,
            )
    assert quarter(0).done
    assert not quarter(1).done
    with village.writing("schedule.take_out_happening") as session:
        actions.take_out_happening(session, entry_id=entry)
    assert not quarter(0).done


def test_what_does_not_apply_says_why_and_can_apply_again(village: VillageFile) -> None:
    with pytest.raises(NotAllowed, match="要写明原因"), village.writing("t.t") as session:
        actions.waive_turn(session, rule_key="K-ZWH", reason=" ")
    with village.writing("schedule.waive_turn") as session:
        actions.waive_turn(session, rule_key="K-ZWH", reason="支部没有设委员会")
        actions.waive_turn(session, rule_key="K-DBHY", period="2026-Q1", reason="换届推迟")
    assert year_of(village, "K-ZWH", day("09-10")) == []
    first, second, *_ = year_of(village, "K-DBHY", day("09-10"))
    assert (first.open, second.open) == (False, True)
    assert first.words == "2026年第一季度的“召开村民代表会议”不用办：换届推迟"
    with village.writing("schedule.apply_turn_again") as session:
        actions.apply_turn_again(session, rule_key="K-ZWH")
    assert len(year_of(village, "K-ZWH", day("09-10"))) == 12


@pytest.mark.covers("0-34", "0-07")
def test_a_village_adds_rules_of_its_own_and_no_date_comes_with_the_desk(village: VillageFile) -> None:
    with village.reading() as session:
        shipped = lookups.presets(session, on=day("09-10"))
    assert not [one for one in shipped if "定期服务日" in one.name]
    for text, monthday in (("定期服务日（一）", 5), ("定期服务日（二）", 25)):
        with village.writing("schedule.add_date_rule") as session:
            actions.add_date_rule(session, name=text, rhythm="monthly", day=monthday)
    with village.writing("schedule.add_date_rule") as session:
        quarterly = actions.add_date_rule(session, name="党建工作例会", rhythm="quarterly")
    with village.reading() as session:
        rows = lookups.agenda(session, first=day("10-01"), last=day("10-31"), on=day("09-10"))
    assert [(row.rule.name, row.due_on) for row in rows if "服务日" in row.rule.name] == [
        ("定期服务日（一）", day("10-05")),
        ("定期服务日（二）", day("10-25")),
    ]
    assert len(year_of(village, quarterly, day("09-10"))) == 4


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " ", "rhythm": "monthly"}, "还没有写要办什么事"),
        ({"name": "例会", "rhythm": "weekly"}, "没有写是周几"),
        ({"name": "例会", "rhythm": "weekly", "weekdays": (8,)}, "周几只能是1到7"),
        ({"name": "赶集", "rhythm": "every_days"}, "隔几天、从哪一天数起"),
        ({"name": "日子", "rhythm": "typed"}, "还没有列出日期"),
        ({"name": "日子", "rhythm": "monthly", "day": 32}, "不是日期"),
    ],
)
def test_a_rule_that_cannot_come_round_is_refused(village: VillageFile, values: dict[str, object], said: str) -> None:
    before = village.digest()
    with pytest.raises(NotAllowed, match=said), village.writing("schedule.add_date_rule") as session:
        actions.add_date_rule(session, **values)  # type: ignore[arg-type]  # the point is what is wrong in it
    assert village.digest() == before


def test_a_weekly_day_without_its_entry_is_a_gap(village: VillageFile) -> None:
    switch_on(village, "K-ZEZB")
    happened(village, "village_day", "09-01")
    rows = year_of(village, "K-ZEZB", day("09-10"))
    tuesdays = {row.due_on: row for row in rows}
    assert tuesdays[day("09-01")].done
    assert tuesdays[day("09-08")].overdue
    assert tuesdays[day("09-08")].words == "9月8日的“周二下村坐班”还没有登记。"


def test_a_monthly_rule_makes_twelve_occurrences(village: VillageFile) -> None:
    switch_on(village, "K-TYHD")
    rows = year_of(village, "K-TYHD", day("09-10"))
    assert [row.due_on.day for row in rows] == [20] * 12


@pytest.mark.covers("1-14")
def test_a_county_leader_short_of_households_and_visits_is_listed(village: VillageFile) -> None:
    switch_on(village, "K-XLH", people=1)
    switch_on(village, "K-XBL", people=1)
    for number in range(4):
        happened(village, "household_link", "02-01", actor="p1", subject=f"h{number}")
    happened(village, "visit", "09-03", actor="p1", subject="h1")
    (links,) = year_of(village, "K-XLH", day("09-10"))
    assert links.words == "2026年“县级包联领导联系不少于5户”没有达到的：1号干部：4户，还差1户。"
    september = next(row for row in year_of(village, "K-XBL", day("09-10")) if row.period.key == "2026-09")
    assert [share.short for share in september.standing.shares] == [1]


@pytest.mark.covers("1-15", "4D-06")
def test_two_sign_ins_of_one_day_are_one_day_and_a_week_runs_from_monday_to_sunday(village: VillageFile) -> None:
    switch_on(village, "K-ZDC", people=1)
    switch_on(village, "K-ZRH", people=1)
    switch_on(village, "K-ZLH", people=1)
    for number in range(10):
        happened(village, "household_link", "02-01", actor="p1", subject=f"h{number}")
    for _ in range(2):
        happened(village, "village_day", "09-06", actor="p1")  # a Sunday
    happened(village, "village_day", "09-07", actor="p1")
    week = next(row for row in year_of(village, "K-ZDC", day("09-10")) if row.period.last == day("09-06"))
    assert week.words == ("8月31日至9月6日这一周“乡镇包村干部每周到村不少于2天”没有达到的：1号干部：1天，还差1天。")
    visits = next(row for row in year_of(village, "K-ZRH", day("09-10")) if row.period.key == "2026-08")
    assert not visits.done
    happened(village, "visit", "08-11", actor="p1", subject="h3")
    visits = next(row for row in year_of(village, "K-ZRH", day("09-10")) if row.period.key == "2026-08")
    assert visits.done
    assert year_of(village, "K-ZLH", day("09-10"))[0].done
    with village.reading() as session:
        rules = {rule.name: rule for rule in lookups.rules_in_force(session, on=day("09-10"))}
    assert rules["乡镇包村干部每月入户不少于1次"].least_words == "不少于1次"


@pytest.mark.covers("1-18", "4B-13")
def test_one_visit_counts_for_every_rule_of_visits_and_for_both_groups_of_a_person(village: VillageFile) -> None:
    for rule_id in ("K-XBL", "K-ZRH"):
        switch_on(village, rule_id, people=1)
    groups = []
    for name in ("空巢老人必访", "残疾家庭必访"):
        with village.writing("schedule.add_date_rule") as session:
            groups.append(
                actions.add_date_rule(
                    session,
                    name=name,
                    rhythm="quarterly",
                    aim="quota",
                    counts=("visit",),
                    of="listed",
                    subjects=(("h1", "张大山（三组）", ""), (f"{name}2", "李秀兰（一组）", "")),
                )
            )
    happened(village, "visit", "09-03", actor="p1", subject="h1")
    due = [
        {share.subject.name: share.short for share in row.standing.shares}
        for key in groups
        for row in year_of(village, key, day("09-10"))
        if row.period.key == "2026-Q3"
    ]
    assert due == [{"张大山（三组）": 0, "李秀兰（一组）": 1}] * 2
    for rule_id in ("K-XBL", "K-ZRH"):
        row = next(one for one in year_of(village, rule_id, day("09-10")) if one.period.key == "2026-09")
        assert [share.have for share in row.standing.shares] == [1]


@pytest.mark.covers("2-30")
def test_a_monthly_rule_shows_the_months_without_a_record_of_supervision(village: VillageFile) -> None:
    switch_on(village, "K-JWHGZ")
    for on in ("01-20", "02-11", "04-08", "06-30", "07-02", "08-15"):
        happened(village, "supervision", on)
    missing = [row.period.words for row in year_of(village, "K-JWHGZ", day("09-10")) if row.overdue]
    assert missing == ["2026年3月", "2026年5月"]


@pytest.mark.covers("4B-22", "4B-23")
def test_a_hub_household_or_a_unit_without_an_activity_in_a_finished_period_is_listed(village: VillageFile) -> None:
    switch_on(village, "K-ZXH", people=2)
    switch_on(village, "K-JDBF", people=2)
    happened(village, "activity:service", "08-09", actor="p1")
    happened(village, "activity:volunteer", "05-09", actor="p2")
    august = next(row for row in year_of(village, "K-ZXH", day("09-10")) if row.period.key == "2026-08")
    assert august.overdue
    assert [share.subject.name for share in august.standing.shares if share.short] == ["2号干部"]
    second = next(row for row in year_of(village, "K-JDBF", day("09-10")) if row.period.key == "2026-Q2")
    assert [share.subject.name for share in second.standing.shares if share.short] == ["1号干部"]


def test_hours_are_counted_in_minutes_and_half_an_hour_short_is_short(village: VillageFile) -> None:
    rule = switch_on(village, "K-ZYXS", people=2)
    for _ in range(2):
        happened(village, "activity:volunteer", "03-01", actor="p1", minutes=50 * 60)
    happened(village, "activity:volunteer", "03-01", actor="p2", minutes=99 * 60 + 30)
    (row,) = year_of(village, "K-ZYXS", day("09-10"))
    assert rule
    assert [share.words for share in row.standing.shares] == [
        "1号干部：100小时，已达标",
        "2号干部：99.5小时，还差0.5小时",
    ]


@pytest.mark.covers("0-05", "3-06", "4B-25", "4E-18")
def test_the_year_end_check_lists_the_direction_that_is_missing(village: VillageFile) -> None:
    for rule_id in ("K-SZSJ", "K-SZDY", "K-SJDK", "K-SJLX"):
        switch_on(village, rule_id)
    happened(village, "report:members", "07-01")
    happened(village, "party_lesson", "07-01")

    def secretary() -> list[str]:
        with village.reading() as session:
            found = lookups.year_check(session, year=2026, on=day("09-10"))
        return sorted(one for one in found if "书记" in one)

    assert secretary() == ["缺：村党组织书记向上级党组织述职", "缺：村党组织书记联系一个以上基层组织"]
    happened(village, "report:upwards", "08-01")
    happened(village, "organisation_link", "08-01")
    assert secretary() == []


@pytest.mark.covers("4B-08")
def test_coverage_names_the_households_that_nobody_visited(village: VillageFile) -> None:
    homes = {}
    village.confirm_today(day("12-31"))
    with village.writing("people.add_person") as session:
        for number in range(120):
            homes[number] = people.add_household(session, number=str(number + 1), group_name="三组")
            people.add_person(
                session,
                name=f"张{chr(0x4E00 + number)}",
                sex="male",
                birth="1970-01-01",
                household_id=homes[number],
                relation="户主",
                came_on=day("10-01") if number == 119 else dt.date(2020, 1, 1),
            )
    switch_on(village, "K-ZBNH")
    with village.writing("schedule.enter_happening") as session:
        for number in range(118):
            actions.enter_happening(session, kind="visit", happened_on=day("08-01"), subject_id=homes[number])
    (row,) = year_of(village, "K-ZBNH", day("12-31"))
    assert row.words == "2026年“一年走遍所有农户”应走120个，走了118个（98.3%），还有2个没有走到。"
    assert {one.name for one in row.standing.missing} == {f"张{chr(0x4E00 + number)}（三组）" for number in (118, 119)}


@pytest.mark.covers("4E-08")
def test_a_training_older_than_three_years_is_listed(village: VillageFile) -> None:
    switch_on(village, "K-SJLY")
    with village.writing("schedule.enter_happening") as session:
        actions.enter_happening(session, kind="training:secretary", happened_on=dt.date(2023, 6, 1))
    (row,) = year_of(village, "K-SJLY", day("09-10"))
    assert not row.done
    with village.writing("schedule.enter_happening") as session:
        actions.enter_happening(session, kind="training:secretary", happened_on=dt.date(2024, 6, 1))
    (row,) = year_of(village, "K-SJLY", day("09-10"))
    assert row.done


def test_a_preset_takes_the_number_of_the_place(village: VillageFile) -> None:
    switch_on(village, "K-ZXH", people=1, least=3)
    with village.reading() as session:
        rule = lookups.one_rule(session, "K-ZXH", on=day("09-10"))
    assert rule is not None
    assert rule.least == 3
    assert rule.unit is CountUnit.TIMES
    with village.writing("schedule.switch_off_rule") as session:
        actions.switch_off_rule(session, rule_record_id=rule.record_id)
    assert [row.period.key for row in year_of(village, "K-ZXH", day("09-10"))][-1] == "2026-08"


def test_an_errand_is_noted_by_who_what_and_when_and_done(village: VillageFile) -> None:
    with pytest.raises(NotAllowed, match="还没写要办什么"), village.writing("t.t") as session:
        actions.note_errand(session, asked_by="镇党政办", what=" ")
    with village.writing("schedule.note_errand") as session:
        errand = actions.note_errand(session, asked_by="镇党政办", what="报防汛值班表", due_on=day("09-10"))
    with village.reading() as session:
        (row,) = lookups.errands(session, open_only=True)
    assert row.words == "镇党政办（电话）：报防汛值班表，9月10日前办好"
    with village.writing("schedule.finish_errand") as session:
        actions.finish_errand(session, errand_id=errand, done_on=day("09-10"), words="已发微信")
    with village.reading() as session:
        assert lookups.errands(session, open_only=True) == ()
        assert lookups.errands(session)[0].done_words == "已发微信"
