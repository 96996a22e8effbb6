"""The exchange: what each subject can still spend, goods with their stock, receipts, and the money behind it."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.people.records import kept_id
from village_desk.points.lookups.ledger import class_of, sums_by_subject
from village_desk.points.lookups.schemes import one_rule_set
from village_desk.points.lookups.subjects import subject, subjects
from village_desk.points.records import PointFund, PointGood, PointRedemption, PointRedemptionBack, PointStock
from village_desk.points.rules.exchange import SOURCES, Forecast, forecast, is_open_on
from village_desk.points.rules.sets import Period, period_bounds
from village_desk.store.acts import act, seen


@dataclass(frozen=True)
class GoodRow:
    """A good with its stock; `fen` is what one costs."""

    id: str
    seen: str
    name: str
    unit: str
    price: int
    source: str
    source_words: str
    fen: int
    stock: int
    handed_out: int
    decimals: int


@dataclass(frozen=True)
class RedemptionRow:
    """One exchange; `lines` are (name, how many, unit, points each)."""

    id: str
    number: str
    subject_id: str
    subject: str
    group: str
    redeemed_on: dt.date
    lines: tuple[tuple[str, int, str, int], ...]
    points: int
    receiver: str
    signed: bool
    off_day: bool
    cancelled_on: dt.date | None
    cancelled_why: str
    decimals: int


@dataclass(frozen=True)
class FundRow:
    """Money for the exchange that came in."""

    id: str
    received_on: dt.date
    source_words: str
    fen: int
    words: str


def goods(session: Session, *, set_id: str) -> tuple[GoodRow, ...]:
    """The goods of a set with their stock, by name."""
    found = one_rule_set(session, set_id)
    stock: dict[str, int] = {}
    out: dict[str, int] = {}
    moves = select(PointStock.good_id, PointStock.redemption_id != "", func.sum(PointStock.change)).group_by(
        PointStock.good_id, PointStock.redemption_id != ""
    )
    for good, handed, change in session.execute(moves):
        stock[good] = stock.get(good, 0) + change
        if handed:
            out[good] = -change
    rows = [
        GoodRow(
            each.id,
            seen(session, PointGood, each.id),
            each.name,
            each.unit,
            each.price,
            each.source,
            SOURCES.get(each.source, "未登记"),
            each.cost_fen,
            stock.get(each.id, 0),
            out.get(each.id, 0),
            found.rules.decimals,
        )
        for each in session.scalars(
            select(PointGood).where(PointGood.set_id == set_id, PointGood.retired.is_(False))
        ).all()
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.id)))


def spent_by_subject(session: Session, *, set_id: str, first: dt.date, last: dt.date) -> dict[str, int]:
    """The points that each subject exchanged between two days and did not get back."""
    back = select(PointRedemptionBack.redemption_id)
    found = (
        select(kept_id(PointRedemption.subject_id), func.sum(PointRedemption.points))
        .where(
            PointRedemption.set_id == set_id,
            PointRedemption.redeemed_on.between(first, last),
            PointRedemption.id.not_in(back),
        )
        .group_by(kept_id(PointRedemption.subject_id))
    )
    return {who: points for who, points in session.execute(found)}


def spendable(session: Session, *, set_id: str, subject_id: str, year: int) -> int:
    """The points that a subject can exchange in a year: opening of a yearly set, lines of the year, less what went."""
    found = one_rule_set(session, set_id)
    first, last = period_bounds(str(year))
    plus, minus, brought, _ = sums_by_subject(session, set_id=set_id, first=first, last=last).get(
        subject_id, (0, 0, 0, 0)
    )
    own = class_of(session, set_id=set_id, subject_id=subject_id)
    opening = found.rules.whole_opening(own) if found.period is Period.YEAR else 0
    spent = spent_by_subject(session, set_id=set_id, first=first, last=last).get(subject_id, 0)
    return opening + plus + minus + brought - spent


def redemptions(session: Session, *, set_id: str, year: int | None = None) -> tuple[RedemptionRow, ...]:
    """The exchanges of a set, the newest first."""
    found = one_rule_set(session, set_id)
    statement = select(PointRedemption).where(PointRedemption.set_id == set_id)
    if year is not None:
        statement = statement.where(PointRedemption.year == year)
    back = {each.redemption_id: each for each in session.scalars(select(PointRedemptionBack))}
    names = {who.id: who for who in subjects(session, found.subject)}
    rows = []
    for each in session.scalars(statement):
        who = names.get(each.subject_id) or subject(session, found.subject, each.subject_id)
        day, undone = each.redeemed_on or dt.date.min, back.get(each.id)
        rows.append(
            RedemptionRow(
                each.id,
                f"兑{each.number}号" if each.number is not None else "待编号",
                each.subject_id,
                who.name if who is not None else "名册里没有",
                who.group if who is not None else "",
                day,
                tuple((line[1], line[3], line[2], line[4]) for line in each.lines),
                each.points,
                each.receiver,
                each.signed,
                not is_open_on(found.rules.opening_days, day),
                undone.cancelled_on if undone is not None else None,
                undone.reason if undone is not None else "",
                found.rules.decimals,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.redeemed_on.toordinal(), row.number, row.id)))


def one_redemption(session: Session, redemption_id: str) -> RedemptionRow:
    """One exchange. Raises NotFound."""
    found = session.get(PointRedemption, redemption_id)
    rows = redemptions(session, set_id=found.set_id) if found is not None else ()
    row = next((each for each in rows if each.id == redemption_id), None)
    if row is None:
        raise NotFound("找不到这次兑换。", "请刷新后再试。")
    return row


def funds(session: Session, *, set_id: str) -> tuple[FundRow, ...]:
    """The money of the exchange that came in, the oldest first."""
    rows = (
        FundRow(each.id, each.received_on or dt.date.min, SOURCES.get(each.source, "未登记"), each.fen, each.words)
        for each in session.scalars(select(PointFund).where(PointFund.set_id == set_id))
    )
    return tuple(sorted(rows, key=lambda row: (row.received_on, row.id)))


def fund_forecast(session: Session, *, set_id: str) -> Forecast:
    """How long the money of the exchange lasts at the present pace; a good counts at its cost, else by its points."""
    found = one_rule_set(session, set_id)
    worth = {
        each.id: each.cost_fen or each.price * found.rules.fen_per_point // 10**found.rules.decimals
        for each in session.scalars(select(PointGood).where(PointGood.set_id == set_id))
    }
    moves: list[tuple[dt.date, int]] = []
    statement = select(PointStock).where(PointStock.redemption_id != "", PointStock.good_id.in_(list(worth)))
    for each in session.scalars(statement):
        moves.append((each.moved_on or dt.date.min, -each.change * worth[each.good_id]))
    received = sum(each.fen for each in funds(session, set_id=set_id))
    return forecast(received, moves, act(session).today)


def exchange_findings(session: Session, *, set_id: str) -> tuple[str, ...]:
    """What two laptops that exchanged apart left behind: stock or points below zero, in words."""
    found, year = one_rule_set(session, set_id), act(session).today.year
    told = [
        f"“{each.name}”账上{each.stock}{each.unit}，少于0，请盘点后登记盘点数。"
        for each in goods(session, set_id=set_id)
        if each.stock < 0
    ]
    first, last = period_bounds(str(year))
    spent = spent_by_subject(session, set_id=set_id, first=first, last=last)
    names = {who.id: who.name for who in subjects(session, found.subject)}
    for who in spent:
        if spendable(session, set_id=set_id, subject_id=who, year=year) < 0:
            told.append(f"{names.get(who, '已不在册的一户')}兑换多于积分，请核对后取消一次兑换。")
    return tuple(told)
