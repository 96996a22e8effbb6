"""The exchange of points for goods: goods, stock, money, handing out against a signature, and cancelling once."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id, same_id
from village_desk.kit.text import tidy
from village_desk.notices.actions import holds_series
from village_desk.notices.rules.kinds import next_number
from village_desk.points.actions.parts import named, scored
from village_desk.points.lookups import one_rule_set
from village_desk.points.lookups.exchange import goods, spendable
from village_desk.points.records import PointFund, PointGood, PointRedemption, PointRedemptionBack, PointStock
from village_desk.points.rules.exchange import SOURCES, Wish, check_good, check_redemption
from village_desk.store.acts import act, edit, retire

MOST_STOCK = 100_000


def add_good(
    session: Session, *, set_id: str, name: str, unit: str, price: int, source: str, cost_fen: int = 0, stock: int = 0
) -> str:
    """Offer a good: price in points, whence its money comes (public, collective, gift), cost in fen, first stock.

    Raises NotFound, NotAllowed.
    """
    one_rule_set(session, set_id)
    check_good(name, unit, price, source, cost_fen)
    if any(each.name == tidy(name) for each in goods(session, set_id=set_id)):
        raise NotAllowed(f"“{tidy(name)}”已经有了。", "要加数量，请点“登记进货”。")
    good = PointGood(set_id=set_id, name=tidy(name), unit=tidy(unit), price=price, source=source, cost_fen=cost_fen)
    session.add(good)
    session.flush()
    if stock:
        move_stock(session, good_id=good.id, change=stock, moved_on=act(session).today, words="首次登记")
    return good.id


def change_good(
    session: Session, *, good_id: str, seen: str, name: str, unit: str, price: int, source: str, cost_fen: int
) -> None:
    """Change a good; what was exchanged keeps the price of its day. Raises NotFound, NotAllowed."""
    check_good(name, unit, price, source, cost_fen)
    values = {"name": tidy(name), "unit": tidy(unit), "price": price, "source": source, "cost_fen": cost_fen}
    edit(session, _good(session, good_id), seen=seen, **values)


def drop_good(session: Session, *, good_id: str) -> None:
    """Take a good out of the offer. Raises NotFound."""
    retire(session, _good(session, good_id))


def move_stock(session: Session, *, good_id: str, change: int, moved_on: dt.date, words: str) -> str:
    """Book goods that came in, or what a count found too few (below zero). Raises NotFound, NotAllowed below zero."""
    good = _good(session, good_id)
    now = next(each for each in goods(session, set_id=good.set_id) if each.id == good_id).stock
    if not change or abs(change) > MOST_STOCK:
        raise NotAllowed("数量要是不为0的整数。", "进货填正数，盘点少了的填负数。")
    if now + change < 0:
        raise NotAllowed(f"“{good.name}”账上{now}{good.unit}，减{-change}{good.unit}就不够了。", "请核对盘点数。")
    if not tidy(words):
        raise NotAllowed("还没写为什么进出。", "例如“6月采购，发票第3号”“盘点少1瓶”。")
    move = PointStock(good_id=good_id, change=change, moved_on=moved_on, words=tidy(words))
    session.add(move)
    session.flush()
    return move.id


def add_fund(session: Session, *, set_id: str, received_on: dt.date, source: str, fen: int, words: str = "") -> str:
    """Book money for the exchange, in fen, and from where. Raises NotFound, NotAllowed."""
    one_rule_set(session, set_id)
    if source not in SOURCES:
        raise NotAllowed("还没选资金从哪里来。", "请选财政资金、村集体资金或社会捐赠。")
    if fen <= 0:
        raise NotAllowed("金额要大于0。", "请填到账的金额。")
    record = PointFund(set_id=set_id, received_on=received_on, source=source, fen=fen, words=tidy(words))
    session.add(record)
    session.flush()
    return record.id


def redeem(
    session: Session,
    *,
    set_id: str,
    subject_id: str,
    wishes: tuple[tuple[str, int], ...],
    redeemed_on: dt.date,
    receiver: str,
    signed: bool,
    words: str = "",
) -> str:
    """Exchange points for goods, pairs of (good's id, how many), against a signature; returns the receipt's id.

    Neither points nor stock go below zero. Raises NotFound, NotAllowed.
    """
    found = one_rule_set(session, set_id)
    if not found.rules.fen_per_point and not goods(session, set_id=set_id):
        raise NotAllowed(f"《{found.name}》还没有可以兑换的物品。", "请先点“添加物品”。")
    who = scored(session, found, subject_id)
    if redeemed_on > act(session).today:
        raise NotAllowed("兑换日期在今天以后。", "请填实际领取的日期。")
    if not tidy(receiver):
        raise NotAllowed("还没填是谁领的。", "请填领取人的姓名。")
    if not signed:
        raise NotAllowed("领取人还没有在兑换单上签字。", "请打印兑换单签字，再勾选“已签字”。")
    known = {each.id: each for each in goods(session, set_id=set_id)}
    asked: list[Wish] = []
    for good_id, many in wishes:
        good = known.get(good_id)
        if good is None:
            raise NotFound("找不到这样物品。", "它可能已经停兑，请刷新后再试。")
        asked.append(Wish(good.id, good.name, good.unit, good.price, many, good.stock))
    left = spendable(session, set_id=set_id, subject_id=subject_id, year=redeemed_on.year)
    cost = check_redemption(named(who), left, asked, found.rules.decimals)
    taken = session.scalar(select(func.max(PointRedemption.number)).where(PointRedemption.year == redeemed_on.year))
    record = PointRedemption(
        id=new_id(),
        set_id=set_id,
        subject_id=subject_id,
        year=redeemed_on.year,
        number=next_number((taken,) if taken else (), holds_series=holds_series(session)),
        redeemed_on=redeemed_on,
        lines=tuple((wish.good_id, wish.name, wish.unit, wish.many, wish.price) for wish in asked),
        points=cost,
        receiver=tidy(receiver),
        signed=True,
        operator_id=act(session).actor,
        words=tidy(words),
    )
    session.add(record)
    for wish in asked:
        session.add(
            PointStock(
                id=same_id("point_stock_out", record.id, wish.good_id),
                good_id=wish.good_id,
                change=-wish.many,
                moved_on=redeemed_on,
                redemption_id=record.id,
                words="兑换",
            )
        )
    session.flush()
    return record.id


def cancel_redemption(session: Session, *, redemption_id: str, reason: str) -> None:
    """Cancel an exchange: goods and points go back, once. Raises NotFound, NotAllowed."""
    record = session.get(PointRedemption, redemption_id)
    if record is None:
        raise NotFound("找不到这次兑换。", "请刷新后再试。")
    if not tidy(reason):
        raise NotAllowed("取消兑换要写明原因。", "例如“物品有破损，当场退回”。")
    identity = same_id("point_redemption_back", redemption_id)
    if session.get(PointRedemptionBack, identity) is not None:
        raise NotAllowed("这次兑换已经取消过，物品和积分都退过一次。", "不用再办。")
    today = act(session).today
    session.add(
        PointRedemptionBack(
            id=identity,
            redemption_id=redemption_id,
            cancelled_on=today,
            reason=tidy(reason),
            operator_id=act(session).actor,
        )
    )
    for good_id, _, _, many, _ in record.lines:
        session.add(
            PointStock(
                id=same_id("point_stock_back", redemption_id, good_id),
                good_id=good_id,
                change=many,
                moved_on=today,
                redemption_id=redemption_id,
                words=f"取消兑换：{tidy(reason)}",
            )
        )
    session.flush()


def _good(session: Session, good_id: str) -> PointGood:
    found = session.get(PointGood, good_id)
    if found is None or found.retired:
        raise NotFound("找不到这样物品。", "它可能已经停兑，请刷新后再试。")
    return found
