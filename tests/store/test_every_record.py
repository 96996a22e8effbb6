"""Every record class of the house on two desks and at a township: random work, random deliveries, one result."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.store.things import VILLAGE, Laptop
from village_desk.desk.rooms import load_records
from village_desk.kit.errors import NotAllowed
from village_desk.store import acts, journal
from village_desk.store.base import FieldSpec, Lane, Merge, Spec, all_specs
from village_desk.store.file import VillageFile
from village_desk.store.operations import StoredOperation

load_records()
Maker = Callable[[str], Laptop]
HOUSE = [
    spec
    for spec in all_specs()
    if spec.record.__module__.startswith("village_desk.") and spec.merge is not Merge.TOWNSHIP_OWNED
]


def some_value(field: FieldSpec, dice: random.Random) -> Any:
    """A value of the column's kind; text is what a later version might write as well as what this one knows."""
    if field.nullable and dice.random() < 0.3:
        return None
    if field.kind == "bool":
        return dice.random() < 0.5
    if field.kind == "int":
        return dice.randint(0, 9)
    if field.kind == "date":
        return dt.date(2026, dice.randint(1, 12), dice.randint(1, 28))
    if field.kind == "bytes":
        return dice.randbytes(4)
    if field.kind == "packed":
        return ()
    return field.absent if field.absent and dice.random() < 0.5 else dice.choice(["王伟", "张三·李", "𬭎", "x"])


def work(file: VillageFile, spec: Spec, ids: list[str], dice: random.Random) -> None:
    """One random change of one record; a refusal is as good as any other end."""
    values = {one.name: some_value(one, dice) for one in spec.fields if one.name != "retired"}
    identity = dice.choice(ids)
    try:
        with file.writing(f"test.{spec.table}") as session:
            row = session.get(spec.record, identity)
            if row is None:
                acts.add_many(session, spec.record, [{"id": identity, **values}])
            elif spec.frozen_when is not None and dice.random() < 0.4:
                acts.change_many(session, spec.record, {identity: {spec.frozen_when[0]: min(spec.frozen_when[1])}})
            elif dice.random() < 0.2:
                acts.change_many(session, spec.record, {identity: {"retired": not row.retired}})
            else:
                some = dice.sample(sorted(values), min(2, len(values)))
                acts.change_many(session, spec.record, {identity: {name: values[name] for name in some}})
    except NotAllowed:
        pass


def everything(file: VillageFile) -> list[StoredOperation]:
    """Every operation that a file holds."""
    with file.reading() as session:
        return list(journal.operations_after(session, {}))


def deliver(file: VillageFile, operations: list[StoredOperation], dice: random.Random) -> None:
    """Deliver in a random order and in two parts."""
    operations = dice.sample(operations, len(operations))
    cut = dice.randint(0, len(operations))
    for part in (operations[:cut], operations[cut:]):
        with file.writing("sync.take_in") as session:
            journal.take_in(session, part, village=VILLAGE, from_township=False)


@pytest.mark.parametrize("seed", range(4))
def test_every_record_class_converges_and_equals_its_rebuild(laptop: Maker, seed: int) -> None:
    dice = random.Random(seed)
    first, second, third = laptop("文书"), laptop("报账员"), laptop("镇")
    first.create().close()
    other, town = second.receive_copy(first), third.receive_copy(first)
    one = first.open()
    for spec in HOUSE:
        ids = [dice.randbytes(16).hex() for _ in range(3)]
        for _ in range(8):
            work(dice.choice([one, other]), spec, ids, dice)
    here, there = everything(one), everything(other)
    deliver(one, there, dice)
    deliver(other, here, dice)
    deliver(town, [stored._replace(village=None) for stored in {*here, *there}], dice)
    assert one.digest() == other.digest()
    assert town.digest(lane=Lane.TOWNSHIP) == one.digest(lane=Lane.TOWNSHIP)
    for file in (one, other, town):
        assert file.verify() == []
        live = file.digest()
        file.rebuild()
        assert file.digest() == live
        file.close()


def test_what_stays_in_the_village_is_not_in_any_byte_that_travels(laptop: Maker) -> None:
    file = laptop("文书").create()
    canaries: list[str] = []
    for spec in HOUSE:
        own = [one for one in spec.fields if one.lane is Lane.VILLAGE and one.kind == "str"]
        values: dict[str, Any] = {one.name: f"canary-{spec.table}-{one.name}" for one in own}
        canaries += values.values()
        with file.writing("test.canary") as session:
            acts.add_many(session, spec.record, [values])
    carried = b"".join(stored.header + (stored.township or b"") for stored in everything(file))
    with file.reading() as session:
        assert session.scalars(select(HOUSE[0].core.c.id)).all()
    assert len(canaries) > 3
    assert [canary for canary in canaries if canary.encode() in carried] == []
    file.close()
