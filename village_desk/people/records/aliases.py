"""Two entries for one person: the alias that every lookup resolves, and pairs that were found to be two people."""

import datetime as dt
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from village_desk.people.records.register import Person
from village_desk.people.rules.duplicates import resolved
from village_desk.store.base import Derived, PackedTuple, Record, derives, township


class PersonAlias(Record):
    """`person_id` is another entry for the person `kept_id`; nothing that names it is rewritten, retiring undoes it."""

    __tablename__ = "person_alias"

    person_id: Mapped[str] = township(absent="", index=True)
    kept_id: Mapped[str] = township(absent="", index=True)
    merged_on: Mapped[dt.date | None] = township()
    reasons: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    note: Mapped[str] = township(absent="")


class PersonDistinct(Record):
    """Two entries that look like one person and are two: not offered again."""

    __tablename__ = "person_distinct"

    person_id: Mapped[str] = township(absent="", index=True)
    other_id: Mapped[str] = township(absent="", index=True)
    note: Mapped[str] = township(absent="")


class PersonKept(Derived):
    """For each merged entry the person that it stands for at the end of all merges."""

    __tablename__ = "person_kept"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    kept_id: Mapped[str] = mapped_column(index=True)


@derives(PersonAlias, Person)
def refresh_kept(session: Session, touched: dict[str, list[str]]) -> None:
    """Follow every merge to its end; one whose kept person was taken out of the register does not hold."""
    if PersonAlias.__tablename__ not in touched and not session.scalar(select(PersonAlias.id).limit(1)):
        return
    rows = session.execute(
        select(PersonAlias.person_id, PersonAlias.kept_id)
        .join(Person, Person.id == PersonAlias.kept_id)
        .where(PersonAlias.retired.is_(False), Person.retired.is_(False))
        .order_by(PersonAlias.merged_on, PersonAlias.id)
    )
    wanted = resolved({row.person_id: row.kept_id for row in rows})
    known = {row.person_id: row.kept_id for row in session.execute(select(PersonKept.person_id, PersonKept.kept_id))}
    if wanted == known:
        return
    session.execute(delete(PersonKept))
    if wanted:
        session.execute(insert(PersonKept), [{"person_id": one, "kept_id": kept} for one, kept in wanted.items()])


def kept_id(column: Any) -> Any:
    """For queries: the person that a column's id stands for."""
    kept = select(PersonKept.kept_id).where(PersonKept.person_id == column).correlate_except(PersonKept)
    return func.coalesce(kept.scalar_subquery(), column)
