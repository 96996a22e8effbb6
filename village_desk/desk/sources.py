"""Where the page of today finds what has to be done: the lookups of the rooms."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from village_desk.desk.today import Day, Item, Source, gather
from village_desk.store.acts import act

TABLES: frozenset[str] = frozenset()


def day(session: Session) -> Day:
    """Everything for the page of today, by the village's confirmed day."""
    return gather(session, act(session).today, SOURCES, 0)


def _nothing(session: Session, today: dt.date) -> Iterable[Item]:
    return ()


SOURCES: tuple[Source, ...] = (_nothing,)
