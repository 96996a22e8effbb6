"""What is half typed into an open form: kept in this copy of the file alone, as no step and no operation."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgpack
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from village_desk.store.acts import act
from village_desk.store.journal.tables import LOCAL, local_fact, set_local_fact
from village_desk.store.operators import Role

KEPT_DRAFTS = 50
_DRAFT = "draft:"


@dataclass(frozen=True)
class Draft:
    """The fields of a form that were changed, by name; `about` tells for which record."""

    about: str
    fields: Mapping[str, str]


def may_draft(session: Session) -> bool:
    """Somebody who may save sits at the desk; who only reads leaves nothing behind."""
    here = act(session)
    return bool(here.actor) and here.role != Role.READER


def keep(session: Session, form: str, about: str, fields: Mapping[str, str]) -> None:
    """Keep what the operator at the desk has typed into a form; without fields the draft is dropped.

    Each operator has drafts of his own. Of more than fifty the oldest go; age is counted in drafts, clocks are wrong.
    """
    if not fields:
        drop(session, form, about)
        return
    if not may_draft(session):
        return
    name = _name(session, form, about)
    known = local_fact(session, name)
    number = _number(known) if known is not None else _make_room(session)
    set_local_fact(session, name, msgpack.packb([number, dict(fields)], use_bin_type=True))


def find(session: Session, form: str) -> list[Draft]:
    """The drafts that the operator at the desk left in a form, the newest first."""
    start = _name(session, form, "")
    rows = session.execute(select(LOCAL).where(LOCAL.c.name.startswith(start, autoescape=True))).all()
    newest = sorted(rows, key=lambda row: _number(row.value), reverse=True)
    return [Draft(row.name.removeprefix(start), msgpack.unpackb(row.value, raw=False)[1]) for row in newest]


def drop(session: Session, form: str, about: str) -> None:
    """Forget a draft; one that is not there is no fault."""
    session.execute(delete(LOCAL).where(LOCAL.c.name == _name(session, form, about)))


def _name(session: Session, form: str, about: str) -> str:
    return f"{_DRAFT}{act(session).actor}:{form}:{about}"


def _number(value: bytes) -> int:
    number = msgpack.unpackb(value, raw=False)[0]
    assert isinstance(number, int)
    return number


def _make_room(session: Session) -> int:
    """Let the oldest go where there are too many; returns the number of the next one."""
    rows = session.execute(select(LOCAL).where(LOCAL.c.name.startswith(_DRAFT, autoescape=True))).all()
    numbered = sorted((_number(row.value), row.name) for row in rows)
    gone = [name for _, name in numbered[: max(0, len(numbered) - KEPT_DRAFTS + 1)]]
    session.execute(delete(LOCAL).where(LOCAL.c.name.in_(gone)))
    return numbered[-1][0] + 1 if numbered else 1
