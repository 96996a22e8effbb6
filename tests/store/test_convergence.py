"""Whatever the order, grouping and repetition of deliveries, every desk shows the same."""

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from tests.store.things import (
    CLERK,
    VILLAGE,
    Laptop,
    Neighbour,
    Receipt,
    add_neighbour,
    book,
    change_neighbour,
    post_sheet,
)
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store import journal
from village_desk.store.base import Lane, spec_of
from village_desk.store.file import VillageFile
from village_desk.store.journal import TakenIn
from village_desk.store.operations import StoredOperation
from village_desk.store.reduction import conflicts, late_operations

Maker = Callable[[str], Laptop]


def everything(file: VillageFile) -> list[StoredOperation]:
    """Every operation that a file holds."""
    with file.reading() as session:
        return list(journal.operations_after(session, {}))


def deliver(file: VillageFile, operations: list[StoredOperation]) -> TakenIn:
    """Take operations in as another laptop of the village would."""
    with file.writing("sync.take_in") as session:
        return journal.take_in(session, operations, village=VILLAGE, from_township=False)


def two_desks(laptop: Maker) -> tuple[VillageFile, VillageFile]:
    """A file and its copy on a second computer."""
    first, second = laptop("文书"), laptop("报账员")
    first.create().close()
    there = second.receive_copy(first)
    return first.open(), there


def busy_day(one: VillageFile, other: VillageFile) -> None:
    """Work on both desks that meets in every way of merging."""
    shared = add_neighbour(one, "王伟", phone="13900000000")
    deliver(other, everything(one))
    change_neighbour(one, shared, phone="13911111111", group_no=2)
    change_neighbour(other, shared, phone="13922222222")
    change_neighbour(other, shared, flags=("低保", 3))
    for desk in (one, other):
        add_neighbour(desk, "张伟")
        book(desk, "同一张票据", 500 if desk is one else 600)
        post_sheet(desk, "同一张决议")
    with other.writing("test.retire") as session:
        session.get_one(Neighbour, shared).retired = True
    post_sheet(one, "只在这里")


def test_two_desks_that_exchange_everything_are_equal(laptop: Maker) -> None:
    one, other = two_desks(laptop)
    busy_day(one, other)
    here, there = everything(one), everything(other)
    assert deliver(other, here).new > 0
    deliver(one, there)
    assert one.digest() == other.digest()
    again = deliver(one, there)
    assert (again.new, again.known) == (0, len(there))
    assert one.digest() == other.digest()
    for desk in (one, other):
        live = desk.digest()
        assert desk.verify() == []
        desk.rebuild()
        assert desk.digest() == live
        desk.close()


def test_values_that_did_not_know_of_each_other_are_all_kept_and_listed(laptop: Maker) -> None:
    one, other = two_desks(laptop)
    busy_day(one, other)
    deliver(one, everything(other))
    with one.reading() as session:
        shared = session.scalars(select(Neighbour).where(Neighbour.name == "王伟")).one()
        operations = journal.operations_of(session, [shared.id])[shared.id]
        found = {one.field: one.candidates for one in conflicts(spec_of(Neighbour), operations)}
        assert {value for _, value in found["phone"]} == {"13911111111", "13922222222"}
        assert found["phone"][0][1] == shared.phone
        assert "group_no" not in found
        receipt = session.scalars(select(Receipt)).one()
        late = late_operations(spec_of(Receipt), journal.operations_of(session, [receipt.id])[receipt.id])
        assert len(late) == 1
        assert receipt.amount_fen in {500, 600}
    one.close()
    other.close()


def test_2000_random_deliveries_give_the_same_digest(laptop: Maker) -> None:
    one, other = two_desks(laptop)
    busy_day(one, other)
    operations = list({*everything(one), *everything(other)})
    deliver(one, everything(other))
    expected = one.digest()
    third = laptop("空白")
    empty = third.create()
    dice = random.Random(20260314)
    # Deliveries go through one transaction that is taken back, so 2,000 of them fit into a test.
    for _ in range(2000):
        order = operations + dice.sample(operations, len(operations) // 4)
        dice.shuffle(order)
        with pytest.raises(Undelivered) as told, empty.writing("sync.take_in") as session:
            start = 0
            while start < len(order):
                size = dice.randint(1, len(order))
                journal.take_in(session, order[start : start + size], village=VILLAGE, from_township=False)
                start += size
            raise Undelivered(own_digest(session, empty))
        assert told.value.args[0] == expected
    for desk in (one, other, empty):
        desk.close()


class Undelivered(Exception):
    """Carries the digest out of a transaction that leaves nothing."""


def own_digest(session: object, empty: VillageFile) -> str:
    """The digest without the two rows that the empty file began with."""
    from sqlalchemy.orm import Session

    from village_desk.store.operators import StoreOperator

    assert isinstance(session, Session)
    mine = empty.operator
    assert mine is not None
    own = StoreOperator.__table__.delete().where(StoreOperator.id == mine.id)  # type: ignore[attr-defined]  # a Table
    session.execute(own)
    return journal.digest(session)


def test_a_gap_is_held_and_closes_when_the_missing_part_comes(laptop: Maker) -> None:
    one, other = two_desks(laptop)
    before = len(everything(one))
    for number in range(6):
        add_neighbour(one, f"村民{number}")
    fresh = everything(one)[before:]
    result = deliver(other, fresh[3:])
    assert (result.new, result.held) == (0, 3)
    assert list(result.gaps.values()) == [before + 4]
    result = deliver(other, fresh[:3])
    assert (result.new, result.held) == (6, 0)
    assert one.digest() == other.digest()
    one.close()
    other.close()


def test_a_withheld_lane_keeps_the_chain_whole(laptop: Maker) -> None:
    one, other = two_desks(laptop)
    identity = add_neighbour(one, "王伟", phone="13800000000")
    carried = [stored._replace(village=None) for stored in everything(one)]
    deliver(other, carried)
    with other.reading() as session:
        assert session.get_one(Neighbour, identity).phone is None
    assert other.digest(lane=Lane.TOWNSHIP) == one.digest(lane=Lane.TOWNSHIP)
    assert other.verify() == []
    one.close()
    other.close()


@pytest.mark.parametrize(("village", "from_township"), [("999999999999", False), (VILLAGE, True)])
def test_what_its_author_may_not_write_is_refused_whole(laptop: Maker, village: str, from_township: bool) -> None:
    one, other = two_desks(laptop)
    add_neighbour(one, "王伟")
    before, position = other.digest(), other.position
    with pytest.raises(FileTrouble), other.writing("sync.take_in") as session:
        journal.take_in(session, everything(one), village=village, from_township=from_township)
    assert (other.digest(), other.position) == (before, position)
    one.close()
    other.close()


def test_a_restored_laptop_goes_on_under_a_new_identity_and_both_branches_are_kept(laptop: Maker) -> None:
    first = laptop("文书")
    first.create().close()
    file = first.open()
    copy = file.copy_to(first.home / "备份")
    old = file.device.id
    add_neighbour(file, "只在旧支线上")
    lost = everything(file)
    file.close()
    for suffix in (".vdesk", ".vkey"):
        copy.path.with_suffix(suffix).replace(first.path.with_suffix(suffix))
    restored = first.open()
    assert restored.is_new_device
    assert restored.device.id != old
    add_neighbour(restored, "恢复之后")
    deliver(restored, lost)
    with restored.reading() as session:
        assert set(session.scalars(select(Neighbour.name))) == {"只在旧支线上", "恢复之后"}
    assert restored.verify() == []
    restored.close()


class TwoClerks(RuleBasedStateMachine):
    """Two clerks do whatever comes to mind and exchange files now and then."""

    laptops: Maker

    @initialize()
    def begin(self) -> None:
        """A file and its copy."""
        self.desks = two_desks(type(self).laptops)

    @rule(desk=st.integers(0, 1), name=st.sampled_from("甲乙丙丁"), phone=st.sampled_from(["1", "2", None]))
    def add(self, desk: int, name: str, phone: str | None) -> None:
        """A new neighbour."""
        add_neighbour(self.desks[desk], name, phone=phone)

    @rule(desk=st.integers(0, 1), which=st.integers(0, 50), group=st.integers(0, 3))
    def change(self, desk: int, which: int, group: int) -> None:
        """A field of some neighbour."""
        with self.desks[desk].reading() as session:
            ids = session.scalars(select(Neighbour.id).order_by(Neighbour.id)).all()
        if ids:
            change_neighbour(self.desks[desk], ids[which % len(ids)], group_no=group)

    @rule(desk=st.integers(0, 1), which=st.integers(0, 50))
    def retire(self, desk: int, which: int) -> None:
        """Some neighbour is taken out of use or brought back."""
        with self.desks[desk].writing("test.retire") as session:
            rows = session.scalars(select(Neighbour).order_by(Neighbour.id)).all()
            if rows:
                rows[which % len(rows)].retired = not rows[which % len(rows)].retired

    @rule(desk=st.integers(0, 1), key=st.sampled_from("123"), amount=st.integers(1, 9))
    def pay(self, desk: int, key: str, amount: int) -> None:
        """A receipt that both may book."""
        book(self.desks[desk], key, amount)

    @rule(desk=st.integers(0, 1), title=st.sampled_from("子丑寅"))
    def post(self, desk: int, title: str) -> None:
        """A sheet that both may post."""
        post_sheet(self.desks[desk], title)

    @rule(desk=st.integers(0, 1), which=st.integers(0, 20))
    def undo(self, desk: int, which: int) -> None:
        """Undo of some step, which may be refused."""
        file = self.desks[desk]
        steps = file.steps()
        step = steps[which % len(steps)]
        if step.deed == "store.create_file":
            return
        before = file.digest()
        try:
            file.undo(step.id)
        except NotAllowed:
            assert file.digest() == before

    @rule(desk=st.integers(0, 1), seed=st.integers(0, 10**6))
    def carry(self, desk: int, seed: int) -> None:
        """A part of one desk's journal reaches the other in some order."""
        operations = everything(self.desks[desk])
        dice = random.Random(seed)
        deliver(self.desks[1 - desk], dice.sample(operations, dice.randint(0, len(operations))))

    @precondition(lambda self: hasattr(self, "desks"))
    @invariant()
    def rows_are_what_the_journal_says(self) -> None:
        """Live tables equal their rebuild on every desk."""
        for file in self.desks:
            assert file.verify() == []

    def teardown(self) -> None:
        """After all is exchanged both desks are equal, and equal to their rebuild."""
        if not hasattr(self, "desks"):
            return
        one, other = self.desks
        deliver(one, everything(other))
        deliver(other, everything(one))
        assert one.digest() == other.digest()
        one.rebuild()
        assert one.digest() == other.digest()
        assert one.operator is not None
        assert one.operator.name == CLERK
        for file in self.desks:
            file.close()


def test_two_random_clerks(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def fresh(name: str) -> Laptop:
        return Laptop(tmp_path_factory.mktemp("desk") / name, monkeypatch)

    TwoClerks.laptops = staticmethod(fresh)
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        TwoClerks,
        settings=settings(max_examples=12, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
