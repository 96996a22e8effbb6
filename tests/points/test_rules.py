"""Rule sets that can be kept, entries that fit their limits, and the second person."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.errors import NotAllowed
from village_desk.points.rules.checks import check_item, check_rule_set
from village_desk.points.rules.entries import (
    Actor,
    ApplicationState,
    Sums,
    Way,
    check_application,
    check_checker,
    check_classes,
    check_evidence,
    check_excellent_share,
    check_reversal,
    event_key,
    fit,
    lacks_evidence,
)
from village_desk.points.rules.sets import (
    Area,
    Item,
    Often,
    Period,
    RuleSet,
    SubjectKind,
    period_of,
    period_words,
    points_typed,
)

DAY = dt.date(2026, 7, 12)
CLEAN = Item("H1", "环境卫生", "门前整洁", 5, 5, Often.MONTH, cap=12)
DUMP = Item("H2", "环境卫生", "乱倒垃圾", -3, -1, floor=-5)
SET = RuleSet(
    "东河村农户积分办法",
    SubjectKind.HOUSEHOLD,
    Period.YEAR,
    (CLEAN, DUMP),
    (Area("环境卫生", opening=10, cap=30, floor=0),),
    opening=50,
    cap=100,
    floor=0,
    used_for="评先评优参考",
)


def test_a_sound_set_is_kept() -> None:
    check_rule_set(SET)
    assert SET.whole_opening() == 60


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": ""}, "编号和内容"),
        ({"least": 6}, "比最高分"),
        ({"least": 0}, "都是加分"),
        ({"least": -1}, "都是加分"),
        ({"cap": 4}, "一次也记不上"),
        ({"floor": -3}, "不能设扣分下限"),
        ({"most": 200_000}, "太大"),
        ({"text": "不上访"}, "信访"),
        ({"valid_from": DAY, "valid_to": dt.date(2026, 7, 1)}, "停用日期早于启用日期"),
    ],
)
def test_an_item_that_cannot_be_scored_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(NotAllowed, match=message):
        check_item(dataclasses.replace(CLEAN, **change))  # type: ignore[arg-type]  # columns of a table of examples


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": " "}, "没有名称"),
        ({"items": ()}, "没有一条"),
        ({"items": (CLEAN, CLEAN)}, "用了两次"),
        ({"areas": (Area("环境卫生"), Area("环境卫生"))}, "写了两次"),
        ({"areas": (Area("环境卫生", opening=10, cap=5),)}, "起始分"),
        ({"cap": 10, "floor": 20}, "低于下限"),
        ({"used_for": "与集体分红挂钩"}, "分红"),
    ],
)
def test_a_set_that_cannot_be_kept_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(NotAllowed, match=message):
        check_rule_set(dataclasses.replace(SET, **change))  # type: ignore[arg-type]  # columns of a table of examples


@pytest.mark.parametrize(("typed", "points"), [("5", 5), ("+5分", 5), ("－2", -2), ("−2", -2), ("１２", 12)])
def test_points_are_read_as_clerks_type_them(typed: str, points: int) -> None:
    assert points_typed(typed) == points


@pytest.mark.parametrize("typed", ["0.5", "2.50", "五", "", "1/2", "1000000"])
def test_points_are_whole_numbers_only(typed: str) -> None:
    with pytest.raises(NotAllowed):
        points_typed(typed)


def test_periods_have_keys_and_words() -> None:
    assert [period_words(period_of(period, DAY)) for period in Period] == ["2026年7月", "2026年第3季度", "2026年"]


def test_a_monthly_item_is_the_same_on_two_days_of_a_month_and_an_event_is_not() -> None:
    later = dt.date(2026, 7, 30)
    assert event_key(CLEAN, "第一次检查", DAY) == event_key(CLEAN, "第二次检查", later)
    assert event_key(DUMP, "村口倒垃圾", DAY) != event_key(DUMP, "村口倒垃圾", later)
    assert event_key(DUMP, "村口，倒垃圾", DAY) == event_key(DUMP, " 村口倒垃圾 ", DAY)


def test_an_application_gives_its_true_day_its_event_and_points_of_its_item() -> None:
    today = dt.date(2026, 8, 1)
    check_application(SET, DUMP, -2, "村口倒垃圾", DAY, today)
    with pytest.raises(NotAllowed, match="还没写是什么事"):
        check_application(SET, DUMP, -2, " ", DAY, today)
    with pytest.raises(NotAllowed, match="今天才"):
        check_application(SET, DUMP, -2, "村口倒垃圾", dt.date(2026, 8, 2), today)
    with pytest.raises(NotAllowed, match="−3到−1分，不能记−4分"):
        check_application(SET, DUMP, -4, "村口倒垃圾", DAY, today)
    with pytest.raises(NotAllowed, match="每月一次记5分，不能记6分"):
        check_application(SET, CLEAN, 6, "检查", DAY, today)


def test_an_entry_without_evidence_is_not_sent_on() -> None:
    with pytest.raises(NotAllowed, match="要有依据"):
        check_evidence(CLEAN.text, lacks_evidence(CLEAN, " "))
    assert not lacks_evidence(CLEAN, "网格员王强现场查看")
    assert not lacks_evidence(CLEAN, "", files=1)
    check_evidence(CLEAN.text, False)


def test_an_item_for_one_class_does_not_hold_for_another() -> None:
    item = dataclasses.replace(CLEAN, classes=("骨干", "普通"))
    check_classes(item, "张大山", "骨干")
    with pytest.raises(NotAllowed, match="只适用于骨干、普通"):
        check_classes(item, "张大山", "流动")


def test_trap_21_a_cap_cuts_what_is_too_much_and_then_refuses() -> None:
    assert fit(SET, CLEAN, 5, Sums(5, 15, 65)).points == 5
    cut = fit(SET, CLEAN, 5, Sums(10, 20, 70))
    assert (cut.points, cut.why) == (2, "“门前整洁”本期上限12分，已记10分，这次只记2分。")
    with pytest.raises(NotAllowed, match="已经记满"):
        fit(SET, CLEAN, 5, Sums(12, 22, 72))


def test_trap_21_a_deduction_stops_at_the_floor_of_its_item_and_of_its_area() -> None:
    assert fit(SET, DUMP, -3, Sums(-3, 10, 60)).points == -2
    assert fit(SET, DUMP, -3, Sums(0, 1, 60)).points == -1
    with pytest.raises(NotAllowed, match="已经到底"):
        fit(SET, DUMP, -3, Sums(0, 0, 60))


limits = st.none() | st.integers(0, 40)


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 3)), max_size=40),
    limits,
    st.none() | st.integers(-40, -3),
    st.none() | st.integers(10, 40),
    st.none() | st.integers(0, 10),
    st.none() | st.integers(60, 120),
)
def test_no_series_of_entries_ever_leaves_the_limits(
    wishes: list[tuple[bool, int]],
    item_cap: int | None,
    item_floor: int | None,
    area_cap: int | None,
    area_floor: int | None,
    whole_cap: int | None,
) -> None:
    """Caps and floors of item, area and set hold after every entry, and no entry changes its sign."""
    plus = dataclasses.replace(CLEAN, cap=item_cap)
    minus = dataclasses.replace(DUMP, floor=item_floor)
    rules = dataclasses.replace(SET, areas=(Area("环境卫生", 10, area_cap, area_floor),), cap=whole_cap, floor=0)
    sums = {"plus": 0, "minus": 0, "area": 10, "whole": 60}
    for adds, size in wishes:
        item, name, asked = (plus, "plus", size) if adds else (minus, "minus", -size)
        try:
            got = fit(rules, item, asked, Sums(sums[name], sums["area"], sums["whole"])).points
        except NotAllowed:
            continue
        assert 0 < got <= asked if adds else asked <= got < 0
        for key in (name, "area", "whole"):
            sums[key] += got
        assert item_cap is None or sums["plus"] <= item_cap
        assert item_floor is None or sums["minus"] >= item_floor
        assert area_cap is None or sums["area"] <= area_cap
        assert area_floor is None or sums["area"] >= area_floor
        assert sums["whole"] >= 0
        assert whole_cap is None or sums["whole"] <= whole_cap


APPLICANT = Actor("p1", "王强", "op1", "h1")


def test_nobody_checks_an_own_application() -> None:
    with pytest.raises(NotAllowed, match="不能由本人审核"):
        check_checker(APPLICANT, Actor("p1", "王强", "op2", "h1"), Way.LOGIN, "h9", "张大山家")
    with pytest.raises(NotAllowed, match="同一个操作人"):
        check_checker(APPLICANT, Actor("p2", "李四", "op1", "h2"), Way.LOGIN, "h9", "张大山家")
    check_checker(APPLICANT, Actor("p2", "李四", "op2", "h2"), Way.LOGIN, "h9", "张大山家")


def test_a_signature_on_paper_names_its_person_and_may_be_booked_by_the_same_clerk() -> None:
    check_checker(APPLICANT, Actor("p2", "李四", "op1", "h2"), Way.PAPER, "h9", "张大山家")
    with pytest.raises(NotAllowed, match="谁在纸上签"):
        check_checker(APPLICANT, Actor("", "", "op1", ""), Way.PAPER, "h9", "张大山家")


def test_relatives_do_not_judge_relatives() -> None:
    with pytest.raises(NotAllowed, match="李四和张大山家是一户"):
        check_checker(APPLICANT, Actor("p2", "李四", "op2", "h9"), Way.LOGIN, "h9", "张大山家")


def test_a_reversal_happens_once_and_only_to_what_was_booked() -> None:
    check_reversal(ApplicationState.BOOKED, False, "第317号", "多记了2分")
    with pytest.raises(NotAllowed, match="还没有入账"):
        check_reversal(ApplicationState.APPLIED, False, "第317号", "多记了2分")
    with pytest.raises(NotAllowed, match="已经更正"):
        check_reversal(ApplicationState.BOOKED, True, "第317号", "多记了2分")
    with pytest.raises(NotAllowed, match="写明原因"):
        check_reversal(ApplicationState.BOOKED, False, "第317号", "")


def test_trap_21_excellent_is_given_by_people_to_at_most_a_third() -> None:
    check_excellent_share(20, 60)
    with pytest.raises(NotAllowed, match="20名"):
        check_excellent_share(21, 60)
