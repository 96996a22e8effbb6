"""The mapped base classes of the village file: journalled records, derived tables, and what a column must declare."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Boolean, Date, Dialect, Integer, LargeBinary, String, Table, Text, TypeDecorator, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, Session, mapped_column

from village_desk.kit.ids import new_id

Packed = tuple[Any, ...]
_NESTED = (list, tuple)
Refresher = Callable[[Session, dict[str, list[str]]], None]
R = TypeVar("R", bound=Refresher)


class Merge(StrEnum):
    """How two laptops' changes of one record come together."""

    PER_FIELD = "per_field"
    APPEND_ONLY = "append_only"
    FROZEN = "frozen"
    TOWNSHIP_OWNED = "township_owned"


class Lane(StrEnum):
    """How far a column's value travels."""

    TOWNSHIP = "township"
    VILLAGE = "village"


class PackedTuple(TypeDecorator[Packed]):
    """Nested tuples of str, int, bool and None in one column, kept as JSON text and replaced whole."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Packed | None, dialect: Dialect) -> str | None:
        """JSON text of the tuple."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Packed | None:
        """The tuple, with tuples inside it."""
        return None if value is None else frozen(json.loads(value))


def frozen(value: Any) -> Any:
    """Lists turned into tuples, all the way down."""
    if not isinstance(value, _NESTED):
        return value
    # The leaves need no call of their own: a roll has a thousand of them.
    return tuple([frozen(item) if isinstance(item, _NESTED) else item for item in value])


class Base(DeclarativeBase):
    """The metadata of everything in a village file."""


def township(
    kind: TypeDecorator[Any] | type | None = None, *, absent: Any = None, since: int = 1, index: bool = False
) -> MappedColumn[Any]:
    """A column that travels to the township.

    `absent` is its value in operations written before version `since` of its class; `index` asks for an index.
    """
    return _column(kind, Lane.TOWNSHIP, absent, since, index)


def village_only(
    kind: TypeDecorator[Any] | type | None = None, *, since: int = 1, index: bool = False
) -> MappedColumn[Any]:
    """A column that never leaves the village's own laptops (identity numbers, phones, health); always nullable."""
    return _column(kind, Lane.VILLAGE, None, since, index)


def _column(kind: Any, lane: Lane, absent: Any, since: int, index: bool) -> MappedColumn[Any]:
    options: dict[str, Any] = {"index": index, "info": {"lane": lane, "absent": absent, "since": since}}
    options["default"] = absent
    # The value before a change is always loaded: the journal must see what was final, also in an expired row.
    options["active_history"] = True
    return mapped_column(kind, **options) if kind is not None else mapped_column(**options)


class Record(Base):
    """A journalled row: every change of it becomes an operation in the same transaction."""

    __abstract__ = True
    __merge__: ClassVar[Merge] = Merge.PER_FIELD
    __public__: ClassVar[bool] = False
    __frozen_when__: ClassVar[tuple[str, frozenset[str]] | None] = None
    __record_version__: ClassVar[int] = 1

    id: Mapped[str] = mapped_column(String, primary_key=True, default=new_id, sort_order=-3)
    village: Mapped[str] = mapped_column(String, index=True, sort_order=-2)
    retired: Mapped[bool] = mapped_column(Boolean, default=False, sort_order=-1, active_history=True)


class Derived(Base):
    """A table that is computed from records; neither journalled nor digested."""

    __abstract__ = True


@dataclass(frozen=True)
class FieldSpec:
    """What the journal knows of one column."""

    name: str
    kind: str
    lane: Lane
    nullable: bool
    absent: Any


@dataclass(frozen=True)
class Spec:
    """What the journal knows of one class of records."""

    table: str
    record: type[Record]
    merge: Merge
    public: bool
    frozen_when: tuple[str, frozenset[str]] | None
    version: int
    fields: tuple[FieldSpec, ...]

    @cached_property
    def named(self) -> dict[str, FieldSpec]:
        """The columns by their wire names."""
        return {field.name: field for field in self.fields}

    @cached_property
    def verbs(self) -> frozenset[str]:
        """What an operation may do with a row of this class; others make no row."""
        if self.merge is Merge.APPEND_ONLY:
            return frozenset({"create"})
        plain = frozenset({"create", "set", "retire"})
        return plain | {"freeze", "amend"} if self.merge is Merge.FROZEN else plain

    @property
    def core(self) -> Table:
        """The table, for statements without mapped objects."""
        table = self.record.__table__
        assert isinstance(table, Table)
        return table

    def is_frozen(self, values: dict[str, Any]) -> bool:
        """True when the row's state says that its content is final."""
        return self.frozen_when is not None and values.get(self.frozen_when[0]) in self.frozen_when[1]


_KINDS: tuple[tuple[type, str], ...] = (
    (PackedTuple, "packed"),
    (Boolean, "bool"),
    (Integer, "int"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (String, "str"),
)
PLAIN_TYPES: dict[str, tuple[type, ...]] = {
    "packed": (tuple,),
    "bool": (bool,),
    "int": (int,),
    "date": (dt.date,),
    "bytes": (bytes,),
    "str": (str,),
}
RETIRED = FieldSpec("retired", "bool", Lane.TOWNSHIP, False, False)
# Wire names of what only a township writes begin so: a desk that does not know a class yet still knows whose it is.
OWNED_PREFIX = "township_"


@cache
def spec_of(record: type[Record]) -> Spec:
    """The journal's view of a record class; raises TypeError where a column breaks the rules of the journal."""
    fields = [RETIRED]
    for column in inspect(record).columns:
        if column.key in {"id", "village", "retired"}:
            continue
        kind = next((name for cls, name in _KINDS if isinstance(column.type, cls)), None)
        if kind is None or "lane" not in column.info:
            raise TypeError(f"{record.__name__}.{column.key} needs a plain type and a lane")
        if column.info["lane"] is Lane.VILLAGE and not column.nullable:
            raise TypeError(f"{record.__name__}.{column.key} stays in the village, so it must be nullable")
        if not column.nullable and column.info["absent"] is None:
            raise TypeError(f"{record.__name__}.{column.key} needs a value for operations that lack it")
        fields.append(FieldSpec(column.key, kind, column.info["lane"], bool(column.nullable), column.info["absent"]))
    _check_merge(record, {field.name: field for field in fields})
    return Spec(
        record.__tablename__,
        record,
        record.__merge__,
        record.__public__,
        record.__frozen_when__,
        record.__record_version__,
        tuple(fields),
    )


def _check_merge(record: type[Record], fields: dict[str, FieldSpec]) -> None:
    if record.__tablename__.startswith(OWNED_PREFIX) is not (record.__merge__ is Merge.TOWNSHIP_OWNED):
        raise TypeError(f"{record.__name__}: tables of the township, and only they, are named {OWNED_PREFIX}…")
    if (record.__merge__ is Merge.FROZEN) is not (record.__frozen_when__ is not None):
        raise TypeError(f"{record.__name__}: FROZEN and __frozen_when__ belong together")
    if record.__frozen_when__ is not None:
        state = fields.get(record.__frozen_when__[0])
        if state is None or state.lane is Lane.VILLAGE:
            raise TypeError(f"{record.__name__}: the column that freezes a row must travel")


def all_specs() -> list[Spec]:
    """Every journalled class that has been imported, by table name."""
    found: list[Spec] = []

    def walk(cls: type[Record]) -> None:
        for child in cls.__subclasses__():
            if not child.__dict__.get("__abstract__", False):
                found.append(spec_of(child))
            walk(child)

    walk(Record)
    return sorted(found, key=lambda spec: spec.table)


def spec_named(table: str) -> Spec | None:
    """The class behind a wire name; None when this version of the desk does not know it."""
    return next((spec for spec in all_specs() if spec.table == table), None)


_refreshers: list[tuple[frozenset[str], Refresher]] = []


def derives(*records: type[Record]) -> Callable[[R], R]:
    """Mark a function that brings derived tables up to date after the given records changed.

    It is called with {table: ids} before each commit, after taking in, and after a rebuild.
    """

    def mark(refresher: R) -> R:
        _refreshers.append((frozenset(record.__tablename__ for record in records), refresher))
        return refresher

    return mark


def refresh_derived(session: Session, touched: dict[str, list[str]]) -> None:
    """Bring every derived table up to date that depends on the touched records."""
    for tables, refresher in _refreshers:
        mine = {table: ids for table, ids in touched.items() if table in tables and ids}
        if mine:
            refresher(session, mine)
