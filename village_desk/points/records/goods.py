"""The exchange of points for goods: goods, what came in and went out, who got what, and the money behind it."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class PointGood(Record):
    """A good of the exchange: price in points, whence it was paid (public, collective, gift), and its cost in fen."""

    __tablename__ = "point_good"

    set_id: Mapped[str] = township(absent="", index=True)
    name: Mapped[str] = township(absent="")
    unit: Mapped[str] = township(absent="")
    price: Mapped[int] = township(absent=0)
    source: Mapped[str] = township(absent="")
    cost_fen: Mapped[int] = township(absent=0)


class PointStock(Record):
    """Goods that came in, went out or were counted again; `change` is below zero for what went out."""

    __tablename__ = "point_stock"
    __merge__ = Merge.APPEND_ONLY

    good_id: Mapped[str] = township(absent="", index=True)
    moved_on: Mapped[dt.date | None] = township()
    change: Mapped[int] = township(absent=0)
    redemption_id: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class PointRedemption(Record):
    """Points exchanged for goods; `lines` are rows (good's id, name, unit, how many, price), `points` their sum."""

    __tablename__ = "point_redemption"
    __merge__ = Merge.APPEND_ONLY

    set_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="", index=True)
    year: Mapped[int] = township(absent=0)
    number: Mapped[int | None] = township()
    redeemed_on: Mapped[dt.date | None] = township()
    lines: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    points: Mapped[int] = township(absent=0)
    receiver: Mapped[str] = township(absent="")
    signed: Mapped[bool] = township(absent=False)
    operator_id: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class PointRedemptionBack(Record):
    """A redemption that was cancelled: goods and points go back, once."""

    __tablename__ = "point_redemption_back"
    __merge__ = Merge.APPEND_ONLY

    redemption_id: Mapped[str] = township(absent="", index=True)
    cancelled_on: Mapped[dt.date | None] = township()
    reason: Mapped[str] = township(absent="")
    operator_id: Mapped[str] = township(absent="")


class PointFund(Record):
    """Money for the exchange that came in, in fen, and from where."""

    __tablename__ = "point_fund"
    __merge__ = Merge.APPEND_ONLY

    set_id: Mapped[str] = township(absent="", index=True)
    received_on: Mapped[dt.date | None] = township()
    source: Mapped[str] = township(absent="")
    fen: Mapped[int] = township(absent=0)
    words: Mapped[str] = township(absent="")
