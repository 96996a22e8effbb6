"""Lists for the wall: rank off until switched on and with ties, names covered, changes, praise, fairness, help."""

import dataclasses
import datetime as dt

import pytest

from tests.points.conftest import TODAY, Village
from village_desk.kit.errors import NotAllowed
from village_desk.people.records import GridUnit
from village_desk.points import actions, lookups
from village_desk.points.rules.sets import Band, Item, Period, RuleSet, SubjectKind


def give(village: Village, event: str, **points: int) -> None:
    with village.file.writing("points.apply_for_many") as session:
        done = actions.apply_for_many(
            session,
            set_id=village.set_id,
            wanted=tuple(actions.Wanted(village.households[who], village.items["H3"], n) for who, n in points.items()),
            event=event,
            happened_on=dt.date(2026, 7, 12),
            evidence="签到表",
        )
        for who in ("王强", "李四"):
            try:
                actions.check_applications(
                    session,
                    application_ids=done.done,
                    verdict="agreed",
                    checker_id=village.persons[who],
                    checked_on=TODAY,
                )
            except NotAllowed:
                continue
        actions.book_ready(session, set_id=village.set_id)


def change(village: Village, **values: object) -> None:
    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)
    with village.file.writing("points.change_rule_set") as session:
        rules = dataclasses.replace(found.rules, **values)  # type: ignore[arg-type]  # fields of the set by name
        actions.change_rule_set(session, set_id=village.set_id, seen=found.seen, rules=rules)


def wall(village: Village, **values: int) -> lookups.WallList:
    with village.file.reading() as session:
        return lookups.wall_list(session, set_id=village.set_id, period="2026", **values)  # type: ignore[arg-type]  # praise only


def test_rank_is_off_until_it_is_switched_on_and_ties_share_a_place(village: Village) -> None:
    give(village, "清扫", 张大山=3, 王强=7, 李四=7)
    assert [(row.place, row.name) for row in wall(village).rows] == [(0, "王强家"), (0, "李四家"), (0, "张大山家")]
    change(village, ranked=True)
    assert [(row.place, row.name, row.points) for row in wall(village).rows] == [
        (1, "王强家", 67),
        (1, "李四家", 67),
        (3, "张大山家", 63),
    ]
    assert [row.name for row in wall(village, praise=1).rows] == ["王强家", "李四家"]


def test_names_are_covered_where_the_set_says_so_and_areas_add_up(village: Village) -> None:
    give(village, "清扫", 张大山=3)
    change(village, masked=True)
    found = wall(village)
    assert "张*家" in {row.name.replace("**", "*") for row in found.rows}
    assert found.areas == ("环境卫生", "公益志愿")
    row = next(row for row in found.rows if row.group == "三组")
    assert row.areas == (10, 3)
    assert row.points == 50 + sum(row.areas)


def test_the_next_sheet_says_what_is_new(village: Village) -> None:
    give(village, "清扫", 张大山=3)
    with village.file.writing("points.record_sheet") as session:
        actions.record_sheet(session, set_id=village.set_id, period="2026")
    give(village, "清淤", 王强=2)
    with village.file.reading() as session:
        found = lookups.changes_since(session, set_id=village.set_id, period="2026")
    assert found.since == TODAY
    assert [(row.name, row.points) for row in found.rows] == [("王强家", 2)]
    with village.file.writing("points.record_sheet") as session:
        actions.record_sheet(session, set_id=village.set_id, period="2026")
    with pytest.raises(NotAllowed, match="没有新的记录"), village.file.writing("points.record_sheet") as session:
        actions.record_sheet(session, set_id=village.set_id, period="2026")


def test_the_report_on_fairness_counts_groups_objections_and_evidence(village: Village) -> None:
    give(village, "清扫", 张大山=9, 王强=1)
    with village.file.reading() as session:
        one = lookups.applications(session, set_id=village.set_id)[0]
    with village.file.writing("points.raise_objection") as session:
        actions.raise_objection(session, application_id=one.id, raised_on=TODAY, raised_by="群众", words="分多了")
    with village.file.reading() as session:
        found = lookups.fairness(session, set_id=village.set_id, period="2026")
    assert (found.subjects, found.with_points, found.lowest, found.highest) == (3, 2, 60, 69)
    shares = {row.group: (row.points, row.share, row.fair_share) for row in found.groups}
    assert shares == {"一组": (1, 100, 333), "二组": (0, 0, 333), "三组": (9, 900, 333)}
    assert len(found.objections) == 1
    assert found.without_evidence == 0
    assert sum(many for _, many in found.buckets) == 3


@pytest.mark.covers("1-49")
def test_a_cap_stops_the_third_entry_and_a_low_band_opens_help_for_the_member(village: Village) -> None:
    rules = RuleSet(
        "党员办法",
        SubjectKind.PARTY_MEMBER,
        Period.YEAR,
        (Item("A", "教育培训", "参加培训", 2, 2, cap=4), Item("B", "履行义务", "迟交党费", -5, -5)),
        opening=60,
        township=True,
        bands=(Band("低分", None, 59, "支部谈话、帮助整改", follow_up=True), Band("合格", 60, None)),
        used_for="民主评议党员参考",
    )
    who = village.persons["王强"]
    with village.file.writing("points.add_rule_set") as session:
        set_id = actions.add_rule_set(session, rules=rules)
        items = {row.item.code: row.id for row in lookups.one_rule_set(session, set_id).items}
        made = [
            actions.apply_for_points(
                session,
                set_id=set_id,
                item_id=items[code],
                subject_id=who,
                points=points,
                event=f"第{number}次",
                happened_on=dt.date(2026, 7, number + 1),
                evidence="登记表",
            )
            for number, (code, points) in enumerate((("A", 2), ("A", 2), ("A", 2), ("B", -5), ("B", -5)))
        ]
        bare = actions.apply_for_points(
            session,
            set_id=set_id,
            item_id=items["A"],
            subject_id=who,
            points=2,
            event="没有依据",
            happened_on=TODAY,
        )
        with pytest.raises(NotAllowed, match="要有依据才能审核"):
            actions.check_application(
                session,
                application_id=bare,
                verdict="agreed",
                checker_id=village.persons["李四"],
                checked_on=TODAY,
            )
        actions.check_applications(
            session,
            application_ids=tuple(made),
            verdict="agreed",
            checker_id=village.persons["李四"],
            checked_on=TODAY,
        )
        wall = lookups.wall_list(session, set_id=set_id, period="2026")
        assert wall.rows[0].points == 60
        # The whole branch in one act; the township did not confirm the last one.
        actions.confirm_by_township(
            session,
            set_id=set_id,
            document="平安党办〔2026〕12号",
            dated_on=TODAY,
            refused=((made[4], "党费已补交"),),
        )
        booked = actions.book_ready(session, set_id=set_id)
    assert len(booked.done) == 3
    assert "本期上限4分，已经记满" in booked.left[0]
    with village.file.reading() as session:
        assert lookups.wall_list(session, set_id=set_id, period="2026").rows[0].points == 59
        assert lookups.one_application(session, made[4]).stage_words == "未通过"
    with village.file.writing("points.open_follow_ups") as session:
        (case,) = actions.open_follow_ups(session, set_id=set_id, period="2026", person_in_charge="李四")
    with village.file.writing("points.end_follow_up") as session:
        actions.end_follow_up(session, follow_up_id=case, done_on=TODAY, result="已补交")
    with village.file.reading() as session:
        (row,) = lookups.follow_ups(session, set_id=set_id)
    assert (row.name, row.band, row.points, row.result) == ("王强", "低分", 59, "已补交")


@pytest.mark.covers("1-42")
def test_grid_workers_are_scored_and_listed_apart_from_party_members(village: Village) -> None:
    rules = RuleSet(
        "网格员办法",
        SubjectKind.GRID_WORKER,
        Period.QUARTER,
        (Item("G", "服务", "上门代办", 1, 5),),
        ranked=True,
        used_for="评先评优参考",
    )
    with village.file.writing("points.add_rule_set") as session:
        session.add(GridUnit(name="第一网格", person_id=village.persons["李四"]))
        session.flush()
        set_id = actions.add_rule_set(session, rules=rules)
        found = lookups.wall_list(session, set_id=set_id, period="2026Q3")
    assert [(row.place, row.name) for row in found.rows] == [(1, "李四")]


def test_a_campaign_has_its_own_item_between_two_dates(village: Village) -> None:
    item = Item("Q1", "急难任务", "防汛抢险", 10, 10, valid_from=dt.date(2026, 7, 1), valid_to=dt.date(2026, 7, 31))
    with village.file.writing("points.add_item") as session:
        made = actions.add_item(session, set_id=village.set_id, item=item)
    values = {
        "set_id": village.set_id,
        "item_id": made,
        "subject_id": village.households["李四"],
        "points": 10,
        "event": "巡堤",
        "evidence": "值班表",
    }
    with village.file.writing("points.apply_for_points") as session:
        actions.apply_for_points(session, **values, happened_on=dt.date(2026, 7, 31))  # type: ignore[arg-type]  # a dict of its keywords
    with pytest.raises(NotAllowed, match="不适用"), village.file.writing("points.apply_for_points") as session:
        actions.apply_for_points(session, **values, happened_on=TODAY)  # type: ignore[arg-type]  # a dict of its keywords
