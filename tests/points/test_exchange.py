"""Goods for points: stock, balance, a signature; nothing below zero; cancelling gives both back once."""

import datetime as dt

import pytest

from tests.points.conftest import TODAY, Village
from village_desk.kit.errors import NotAllowed
from village_desk.points import actions, lookups
from village_desk.points.rules.exchange import forecast, forecast_words, is_open_on, opening_words


def offer(village: Village) -> dict[str, str]:
    with village.file.writing("points.add_good") as session:
        return {
            name: actions.add_good(
                session,
                set_id=village.set_id,
                name=name,
                unit=unit,
                price=price,
                source="collective",
                cost_fen=price * 100,
                stock=stock,
            )
            for name, unit, price, stock in (("洗衣液", "瓶", 20, 3), ("毛巾", "条", 5, 10), ("食盐", "袋", 3, 1))
        }


def redeem(village: Village, *wishes: tuple[str, int], signed: bool = True) -> str:
    with village.file.writing("points.redeem") as session:
        return actions.redeem(
            session,
            set_id=village.set_id,
            subject_id=village.households["李四"],
            wishes=wishes,
            redeemed_on=TODAY,
            receiver="李四",
            signed=signed,
        )


def left(village: Village) -> tuple[int, dict[str, int]]:
    with village.file.reading() as session:
        stock = {row.name: row.stock for row in lookups.goods(session, set_id=village.set_id)}
        who = village.households["李四"]
        return lookups.spendable(session, set_id=village.set_id, subject_id=who, year=2026), stock


def test_three_goods_are_exchanged_and_cancelling_gives_back_once(village: Village) -> None:
    goods = offer(village)
    assert left(village) == (60, {"洗衣液": 3, "毛巾": 10, "食盐": 1})
    done = redeem(village, (goods["洗衣液"], 2), (goods["毛巾"], 2), (goods["食盐"], 1))
    assert left(village) == (7, {"洗衣液": 1, "毛巾": 8, "食盐": 0})
    with pytest.raises(NotAllowed, match="只剩0袋，要兑1袋，还差1袋"):
        redeem(village, (goods["食盐"], 1))
    with pytest.raises(NotAllowed, match="可兑换7分，这次要10分，还差3分"):
        redeem(village, (goods["毛巾"], 2))
    with pytest.raises(NotAllowed, match="签字"):
        redeem(village, (goods["毛巾"], 1), signed=False)
    with village.file.writing("points.cancel_redemption") as session:
        actions.cancel_redemption(session, redemption_id=done, reason="物品破损")
    assert left(village) == (60, {"洗衣液": 3, "毛巾": 10, "食盐": 1})
    with pytest.raises(NotAllowed, match="已经取消过"), village.file.writing("points.cancel_redemption") as session:
        actions.cancel_redemption(session, redemption_id=done, reason="再退一次")
    assert left(village) == (60, {"洗衣液": 3, "毛巾": 10, "食盐": 1})
    with village.file.reading() as session:
        (row,) = lookups.redemptions(session, set_id=village.set_id)
        assert (row.number, row.points, row.cancelled_why) == ("兑1号", 53, "物品破损")
        # What was exchanged takes nothing from the sum by which households are praised.
        sums = {each.name: each.points for each in lookups.standings(session, set_id=village.set_id, period="2026")}
        assert sums["李四家"] == 60
        assert lookups.exchange_findings(session, set_id=village.set_id) == ()


def test_the_money_is_forecast_from_the_pace_of_the_exchange(village: Village) -> None:
    goods = offer(village)
    with village.file.writing("points.add_fund") as session:
        actions.add_fund(session, set_id=village.set_id, received_on=TODAY, source="collective", fen=10_000)
    redeem(village, (goods["洗衣液"], 2))
    with village.file.reading() as session:
        found = lookups.fund_forecast(session, set_id=village.set_id)
    assert (found.received, found.spent, found.left) == (10_000, 4_000, 6_000)
    assert found.ends_on == TODAY + dt.timedelta(days=45)
    assert forecast_words(found).endswith("按现在的速度，大约用到2026年9月15日。")
    assert forecast(100, [(TODAY, 100)], TODAY).ends_on == TODAY


def test_opening_days_are_said_and_known() -> None:
    assert opening_words(("w6", "d15")) == "每周六、每月15日"
    assert is_open_on(("w6",), dt.date(2026, 8, 1))
    assert not is_open_on(("w6",), dt.date(2026, 8, 2))
    assert is_open_on((), dt.date(2026, 8, 2))


def test_a_good_says_where_its_money_comes_from(village: Village) -> None:
    with pytest.raises(NotAllowed, match="用什么钱买的"), village.file.writing("points.add_good") as session:
        actions.add_good(session, set_id=village.set_id, name="盐", unit="袋", price=3, source="")
