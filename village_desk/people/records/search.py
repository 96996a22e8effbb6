"""The search table: everything that lists show, sort by and search in, one row a person, kept from the records."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Index, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from village_desk.people.records.aliases import PersonAlias, PersonKept
from village_desk.people.records.keys import key_text
from village_desk.people.records.register import Household, Person
from village_desk.people.rules.pinyin import search_keys, sort_key
from village_desk.people.rules.strokes import stroke_key
from village_desk.people.rules.words import Kinship, PersonState, group_order, household_key, read_kinship
from village_desk.store.base import Derived, derives
from village_desk.store.conditions import among

# Rows that are held in memory together.
_CHUNK = 2000
# Nobody loads these rows as objects, so none need be looked for in the session.
_UNLOADED = {"synchronize_session": False}
_KINSHIP_PLACE = {kind: place for place, kind in enumerate(Kinship)}
_NO_NUMBER = 10**9


class PersonSearch(Derived):
    """One row a person with everything that lists show, sort by and search in.

    `keys` is what words are looked for in, as key_text makes it; `gone` is 0 for people on the roll, 1 for all others.
    A scan of everybody at each key of the keyboard costs what its pages cost to decrypt, so an index holds all that a
    search asks for, sorted as it is shown.
    """

    __tablename__ = "person_search"
    __table_args__ = (
        Index("person_search_household", "household_id"),
        Index("person_search_keys", "gone", "keys", "person_id", "relation_place"),
    )

    person_id: Mapped[str] = mapped_column(primary_key=True)
    village: Mapped[str]
    name: Mapped[str]
    former_name: Mapped[str]
    spellings: Mapped[str]
    initials: Mapped[str]
    sort_name: Mapped[str]
    sort_strokes: Mapped[str]
    sex: Mapped[str]
    birth: Mapped[str]
    identity: Mapped[str]
    phone: Mapped[str]
    household_id: Mapped[str]
    household_no: Mapped[str]
    household_key: Mapped[str]
    household_place: Mapped[int]
    relation: Mapped[str]
    relation_place: Mapped[int]
    group_name: Mapped[str]
    group_place: Mapped[int]
    political: Mapped[str]
    living: Mapped[str]
    state: Mapped[str]
    gone: Mapped[int]
    keys: Mapped[str]


@derives(Person, Household, PersonAlias)
def refresh_search(session: Session, touched: dict[str, list[str]]) -> None:
    """Bring the rows of touched persons, and of all persons in touched households, up to date."""
    wanted = dict.fromkeys(touched.get(Person.__tablename__, ()))
    homes = touched.get(Household.__tablename__)
    if homes:
        wanted.update(dict.fromkeys(session.scalars(select(Person.id).where(among(Person.household_id, homes)))))
    wanted.update(dict.fromkeys(_merged_with(session, [*touched.get(PersonAlias.__tablename__, ()), *wanted])))
    for part in _parts(wanted):
        session.execute(delete(PersonSearch).where(among(PersonSearch.person_id, part)), execution_options=_UNLOADED)
        rows = list(_rows(session, part))
        if rows:
            session.execute(insert(PersonSearch), rows)


def _merged_with(session: Session, touched: list[str]) -> set[str]:
    """Both sides of every merge that was touched, or one side of which was."""
    sides = session.execute(select(PersonAlias.id, PersonAlias.person_id, PersonAlias.kept_id)).all()
    if not sides:
        return set()
    known = set(touched)
    mine = [row for row in sides if known & {row.id, row.person_id, row.kept_id}]
    return {one for row in mine for one in (row.person_id, row.kept_id)}


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    whole = list(ids)
    for start in range(0, len(whole), _CHUNK):
        yield whole[start : start + _CHUNK]


def _rows(session: Session, ids: list[str]) -> Iterator[dict[str, Any]]:
    person, home = Person.__table__.c, Household.__table__.c
    statement = (
        select(
            *(person[name] for name in _COPIED),
            person.id,
            person.group_name,
            home.number.label("home_number"),
            home.group_name.label("home_group"),
        )
        .select_from(Person.__table__.outerjoin(Household.__table__, home.id == person.household_id))
        # A merged entry is listed as the person that it stands for.
        .where(among(person.id, ids), person.retired.is_(False), person.id.not_in(select(PersonKept.person_id)))
    )
    for row in session.execute(statement).mappings():
        spellings, initials = search_keys(row["name"])
        group = row["home_group"] or row["group_name"]
        number = row["home_number"] or ""
        key = household_key(number)
        kinship = read_kinship(row["relation"]) or Kinship.UNKNOWN
        shown = {
            **{name: row[name] or "" for name in _COPIED},
            "person_id": row["id"],
            # Between spaces, so that a word can be asked for at its beginning and as a whole.
            "spellings": f" {spellings} ",
            "initials": f" {initials} ",
            "sort_name": sort_key(row["name"]),
            "sort_strokes": stroke_key(row["name"]),
            "household_no": number,
            "household_key": key,
            "household_place": int(key) if key.isdigit() and len(key) < 9 else _NO_NUMBER,
            "relation_place": _KINSHIP_PLACE[kinship],
            "group_name": group,
            "group_place": group_order(group)[0],
        }
        yield {**shown, "gone": int(row["state"] != PersonState.ON_ROLL), "keys": key_text(shown)}


_COPIED = (
    "village",
    "name",
    "former_name",
    "sex",
    "birth",
    "identity",
    "phone",
    "household_id",
    "relation",
    "political",
    "living",
    "state",
)
