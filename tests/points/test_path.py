"""The path of an entry: checked, reviewed by three, on the wall, objected to, confirmed by the township, booked."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.points.conftest import RULES, TODAY, Village
from village_desk.kit.errors import NotAllowed
from village_desk.people.records import Household, Person
from village_desk.points import actions, lookups
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.sets import Applies, Item, Often, Per, SubjectClass
from village_desk.store.file import VillageFile

JULY = dt.date(2026, 7, 12)


@pytest.fixture
def whole(village: Village) -> Village:
    """The same village with a set that asks for everything: a review, seven days on the wall, the township."""
    rules = dataclasses.replace(
        RULES,
        name="全程办法",
        review="group",
        publish_days=7,
        township=True,
        items=(
            Item("H1", "环境卫生", "门前整洁", 5, 5, Often.MONTH, cap=12),
            Item("H2", "公益志愿", "义务劳动", 2, 2, per=Per.HOUR),
            Item("H3", "公益志愿", "骨干带头", 4, 4, classes=("骨干",)),
            Item("H4", "公益志愿", "主动申报", 1, 1, applies=(Applies.SELF.value,)),
            Item("H5", "环境卫生", "乱倒垃圾清零", -1, -1, to_zero=True),
        ),
        classes=(SubjectClass("骨干"), SubjectClass("流动", exempt=True)),
    )
    with village.file.writing("tests.furnish") as session:
        set_id = actions.add_rule_set(session, rules=rules)
        people = {}
        for name in ("赵一", "钱二", "孙三", "周四"):
            home = Household(number=name, group_name="四组")
            session.add(home)
            session.flush()
            person = Person(name=name, household_id=home.id, relation="head", group_name="四组")
            session.add(person)
            session.flush()
            people[name] = person.id
    with village.file.reading() as session:
        items = {row.item.code: row.id for row in lookups.one_rule_set(session, set_id).items}
    return Village(village.file, set_id, items, village.households, {**village.persons, **people})


def apply(village: Village, code: str = "H1", who: str = "张大山", points: int = 5, **more: object) -> str:
    with village.file.writing("points.apply_for_points") as session:
        return actions.apply_for_points(
            session,
            set_id=village.set_id,
            item_id=village.items[code],
            subject_id=village.households[who],
            points=points,
            event="7月检查",
            happened_on=more.pop("happened_on", JULY),  # type: ignore[arg-type]  # a day where one is given
            evidence="现场查看",
            **more,  # type: ignore[arg-type]  # the test's own keywords
        )


def stage(village: Village, application_id: str) -> Stage:
    with village.file.reading() as session:
        return lookups.one_application(session, application_id).stage


def refuse(file: VillageFile, action: Callable[..., object], **values: object) -> str:
    with pytest.raises(NotAllowed) as refusal, file.writing("tests.refused") as session:
        action(session, **values)
    return refusal.value.message


def check(village: Village, application_id: str, who: str = "李四") -> None:
    with village.file.writing("points.check_application") as session:
        actions.check_application(
            session, application_id=application_id, verdict="agreed", checker_id=village.persons[who], checked_on=TODAY
        )


def review(village: Village, ids: tuple[str, ...], *judges: str) -> actions.Many:
    with village.file.writing("points.review_applications") as session:
        return actions.review_applications(
            session,
            set_id=village.set_id,
            application_ids=ids,
            judges=tuple(village.persons[name] for name in judges),
            held_on=JULY,
        )


def test_every_station_of_the_path_is_asked_for_in_its_order(whole: Village) -> None:
    one = apply(whole)
    assert stage(whole, one) is Stage.APPLIED
    check(whole, one)
    assert stage(whole, one) is Stage.REVIEW
    assert "还没有评议" in refuse(whole.file, actions.book, application_id=one)
    review(whole, (one,), "赵一", "钱二", "孙三")
    assert stage(whole, one) is Stage.POSTING
    with whole.file.writing("points.post_applications") as session:
        actions.post_applications(session, set_id=whole.set_id, posted_on=dt.date(2026, 7, 30))
    assert stage(whole, one) is Stage.POSTED
    assert "公示到8月6日，还没有满期" in refuse(whole.file, actions.book, application_id=one)
    whole.file.confirm_today(dt.date(2026, 8, 6))
    assert stage(whole, one) is Stage.POSTED
    whole.file.confirm_today(dt.date(2026, 8, 7))
    assert stage(whole, one) is Stage.TOWNSHIP
    assert "待乡镇认定" in refuse(whole.file, actions.book, application_id=one)
    with whole.file.writing("points.confirm_by_township") as session:
        done = actions.confirm_by_township(
            session, set_id=whole.set_id, document="平安党办〔2026〕12号", dated_on=dt.date(2026, 8, 7)
        )
    assert done.done == (one,)
    with whole.file.writing("points.book") as session:
        assert actions.book(session, application_id=one).points == 5
    assert stage(whole, one) is Stage.BOOKED


def test_one_meeting_judges_all_and_relatives_stand_aside(whole: Village) -> None:
    ids = tuple(apply(whole, who=who) for who in ("张大山", "王强", "李四"))
    assert "还差1人" in refuse(
        whole.file,
        actions.review_applications,
        set_id=whole.set_id,
        application_ids=ids,
        judges=(whole.persons["赵一"], whole.persons["钱二"]),
        held_on=JULY,
    )
    done = review(whole, ids, "张小山", "赵一", "钱二")
    assert set(done.done) == {ids[1], ids[2]}
    assert done.left == ("张大山家：张小山要回避，只剩2人评议，还差1人，请补人再评。",)
    again = review(whole, (ids[0],), "孙三", "赵一", "钱二")
    assert again.done == (ids[0],)


def test_an_objection_freezes_the_entry_until_somebody_else_has_answered(whole: Village) -> None:
    one = apply(whole, applicant_id=whole.persons["赵一"])
    check(whole, one)
    with whole.file.writing("points.raise_objection") as session:
        objection = actions.raise_objection(
            session, application_id=one, raised_on=TODAY, raised_by="群众", words="那天没有人打扫"
        )
    assert stage(whole, one) is Stage.OBJECTED
    assert "有异议没有答复" in refuse(whole.file, actions.book, application_id=one)
    for who, wrong in (("李四", "审核过这一笔"), ("赵一", "申报人"), ("张小山", "自家")):
        assert wrong in refuse(
            whole.file,
            actions.answer_objection,
            objection_id=objection,
            answered_on=TODAY,
            answered_by=(whole.persons[who],),
            upheld=False,
            words="查过签到表",
        )
    with whole.file.writing("points.answer_objection") as session:
        actions.answer_objection(
            session,
            objection_id=objection,
            answered_on=TODAY,
            answered_by=(whole.persons["钱二"],),
            upheld=True,
            words="当天确实没有打扫",
        )
    assert stage(whole, one) is Stage.REFUSED
    assert stage(whole, apply(whole)) is Stage.APPLIED


def test_an_objection_upheld_after_booking_takes_the_line_back(village: Village) -> None:
    one = apply(village)
    check(village, one)
    with village.file.writing("points.book") as session:
        actions.book(session, application_id=one)
        objection = actions.raise_objection(
            session, application_id=one, raised_on=TODAY, raised_by="", words="记错了户"
        )
        number = actions.answer_objection(
            session,
            objection_id=objection,
            answered_on=TODAY,
            answered_by=(village.persons["王强"],),
            upheld=True,
            words="记错了户",
        )
    assert number == "第2号"
    assert stage(village, one) is Stage.REVERSED


def test_hours_multiply_classes_and_applicants_are_held_and_zero_takes_all(whole: Village) -> None:
    with whole.file.reading() as session:
        hours = lookups.one_application(session, apply(whole, "H2", points=2, quantity=35))
    assert hours.points == 7
    assert "只适用于骨干" in refuse(
        whole.file,
        actions.apply_for_points,
        set_id=whole.set_id,
        item_id=whole.items["H3"],
        subject_id=whole.households["李四"],
        points=4,
        event="带头",
        happened_on=JULY,
        evidence="现场",
    )
    with whole.file.writing("points.put_into_class") as session:
        for name, who in (("骨干", "李四"), ("流动", "王强")):
            actions.put_into_class(
                session,
                set_id=whole.set_id,
                subject_ids=(whole.households[who],),
                name=name,
                since=JULY,
                decided="7月12日户主会",
            )
    apply(whole, "H3", "李四", 4)
    assert "不参加积分" in refuse(
        whole.file,
        actions.apply_for_points,
        set_id=whole.set_id,
        item_id=whole.items["H1"],
        subject_id=whole.households["王强"],
        points=5,
        event="检查",
        happened_on=JULY,
        evidence="现场",
    )
    values = {
        "set_id": whole.set_id,
        "item_id": whole.items["H4"],
        "subject_id": whole.households["张大山"],
        "points": 1,
        "event": "申报",
        "happened_on": JULY,
        "evidence": "照片",
    }
    assert "只能由本人" in refuse(whole.file, actions.apply_for_points, **values, applicant_id=whole.persons["赵一"])
    with whole.file.writing("points.apply_for_points") as session:
        actions.apply_for_points(session, **values, applicant_id=whole.persons["张小山"])  # type: ignore[arg-type]  # a dict of its keywords


def test_dumping_takes_all_points_of_the_period(village: Village) -> None:
    zero = Item("Z", "环境卫生", "乱倒垃圾清零", -1, -1, to_zero=True)
    with village.file.writing("points.add_item") as session:
        item = actions.add_item(session, set_id=village.set_id, item=zero)
    one = apply(Village(village.file, village.set_id, {"Z": item}, village.households, village.persons), "Z", points=-1)
    check(village, one)
    with village.file.writing("points.book") as session:
        done = actions.book(session, application_id=one)
    assert (done.points, done.why) == (-60, "按“乱倒垃圾清零”清零，扣60分。")


def test_a_scoring_sheet_is_typed_back_row_by_row_and_booked_at_once(village: Village) -> None:
    rows = tuple(
        actions.SheetRow(village.households[who], ((village.items["H1"], 5), (village.items["H3"], points)))
        for who, points in (("张大山", 3), ("王强", 0), ("李四", 99))
    )
    with village.file.writing("points.type_back_sheet") as session:
        done = actions.type_back_sheet(
            session, set_id=village.set_id, happened_on=JULY, rows=rows, evidence="7月评分表第1张"
        )
    assert len(done.done) == 4
    assert done.left == ("“参加义务劳动”每次记1到10分，不能记99分。请按办法填分数。",)
    with village.file.writing("points.check_applications") as session:
        checked = actions.check_applications(
            session,
            application_ids=done.done,
            verdict="agreed",
            checker_id=village.persons["李四"],
            checked_on=TODAY,
        )
        assert len(checked.done) == 3
        assert "李四和李四家是一户" in checked.left[0]
        booked = actions.book_ready(session, set_id=village.set_id)
    assert len(booked.done) == 3
    with village.file.reading() as session:
        sums = {row.name: row.points for row in lookups.standings(session, set_id=village.set_id, period="2026")}
    assert sums == {"张大山家": 68, "王强家": 65, "李四家": 60}
    with village.file.writing("points.type_back_sheet") as session:
        with pytest.raises(NotAllowed) as again:
            actions.type_back_sheet(
                session, set_id=village.set_id, happened_on=JULY, rows=rows[:1], evidence="7月评分表第1张"
            )
    assert "已经记过5分" in str(again.value)


def test_the_year_closes_carries_half_and_opens_again_to_the_same_sums(village: Village, tmp_path: Path) -> None:
    from village_desk.points.rules.sets import YearEnd

    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)
    half = dataclasses.replace(found.rules, year_end=YearEnd.PART, carry_num=1, carry_den=2)
    with village.file.writing("points.change_rule_set") as session:
        actions.change_rule_set(session, set_id=village.set_id, seen=found.seen, rules=half)
        actions.take_over_sums(
            session,
            set_id=village.set_id,
            on=JULY,
            rows=(actions.OpeningSum(village.households["李四"], 9), actions.OpeningSum(village.households["王强"], 4)),
            source="2025年登记表",
        )
    assert "要到2026年12月31日才完" in refuse(village.file, actions.close_period, set_id=village.set_id, period="2026")
    village.file.confirm_today(dt.date(2027, 1, 5))

    def sums(year: str) -> dict[str, int]:
        with village.file.reading() as session:
            return {row.name: row.points for row in lookups.standings(session, set_id=village.set_id, period=year)}

    before = sums("2026"), sums("2027")
    with village.file.writing("points.close_period") as session:
        assert actions.close_period(session, set_id=village.set_id, period="2026") == 2
    assert sums("2027") == {"张大山家": 60, "王强家": 62, "李四家": 64}
    late = apply(village)
    check(village, late, "王强")
    with village.file.writing("points.book") as session:
        actions.book(session, application_id=late)
    assert sums("2026") == before[0]
    assert sums("2027")["张大山家"] == 65
    with village.file.reading() as session:
        line = lookups.card(
            session, set_id=village.set_id, subject_id=village.households["张大山"], period="2027"
        ).entries[0]
    assert line.late
    assert line.why == "2026年7月12日的事，那一期已经结账，补记在本期。"
    with village.file.writing("points.reverse_entry") as session:
        actions.reverse_entry(session, entry_id=line.id, reason="试")
    with village.file.writing("points.reopen_period") as session:
        assert actions.reopen_period(session, set_id=village.set_id, period="2026", reason="漏记") == 2
    assert (sums("2026"), sums("2027")) == before
    with village.file.writing("points.close_period") as session:
        assert actions.close_period(session, set_id=village.set_id, period="2026") == 2
    assert sums("2027")["李四家"] == 64
    assert "已经结过账" in refuse(village.file, actions.close_period, set_id=village.set_id, period="2026")
    assert village.file.verify() == []


def test_opening_sums_with_a_doubled_name_are_refused_in_a_sentence(village: Village) -> None:
    rows = tuple(actions.OpeningSum(village.households["李四"], 9, where) for where in ("第3行", "第8行"))
    told = refuse(
        village.file, actions.take_over_sums, set_id=village.set_id, on=JULY, rows=rows, source="2025年登记表"
    )
    assert told == "二组李四家写了两次（第3行、第8行），不知道以哪个为准。"
