"""What a delivery may do: a forged or broken one is refused whole, an honest one gives the same in every order."""

from collections.abc import Callable, Iterator
from itertools import permutations

import pytest
from sqlalchemy import select

from tests.store.forging import Forger
from tests.store.things import CLERK, PASSWORD, TODAY, VILLAGE, Laptop, Neighbour, Receipt, Sheet, add_neighbour
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store import acts, journal
from village_desk.store.base import spec_of
from village_desk.store.file import VillageFile
from village_desk.store.journal import TakenIn
from village_desk.store.journal.tables import OPERATION
from village_desk.store.keyring import LEAST_COST
from village_desk.store.operations import StoredOperation, operation_hash
from village_desk.store.reduction import late_operations

TOWN = "320924103000"
RECORD = "ab" * 16
Bundle = list[StoredOperation]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VillageFile]:
    """A township's file with two villages' records; what is refused leaves it as it was, so all tests share it."""
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_DESK_PROFILE", str(folder / "profile"))
        file = VillageFile.create(
            folder / "镇",
            village=TOWN,
            name="柳林镇",
            operator=CLERK,
            password=PASSWORD,
            kind="township",
            cost=LEAST_COST,
            today=TODAY,
        )
    take(file, [Forger().write(record=RECORD, township={"name": "王伟"})])
    take(file, [Forger(village="320924103999").write(record="cd" * 16, township={"name": "别村"})], "320924103999")
    yield file
    assert file.verify() == []
    file.close()


def take(file: VillageFile, operations: Bundle, village: str = VILLAGE, *, from_township: bool = False) -> TakenIn:
    """One delivery."""
    with file.writing("sync.take_in") as session:
        return journal.take_in(session, operations, village=village, from_township=from_township)


def frozen_sheet(record: str) -> Bundle:
    """A laptop that drafted and posted a sheet."""
    one = Forger()
    draft = one.write("create", "test_sheet", {"title": "决议", "state": "draft"}, record=record)
    base = (operation_hash(draft.header),)
    return [draft, one.write("freeze", "test_sheet", {"title": "决议", "state": "posted"}, record=record, base=base)]


FORGED: dict[str, Callable[[VillageFile], Bundle]] = {
    "another village": lambda town: [Forger(village="320924103999").write(township={"name": "x"})],
    "a record of another village": lambda town: [Forger().write("set", record="cd" * 16, township={"name": "x"})],
    "a record under another table": lambda town: [
        Forger().write("create", "test_receipt", {"amount_fen": 1}, record=RECORD)
    ],
    "one id under two tables": lambda town: [
        Forger().write("create", "test_receipt", {"amount_fen": 1}, record="11" * 16),
        Forger().write("create", "test_neighbour", {"name": "x"}, record="11" * 16),
    ],
    "a class of the township that is not known yet": lambda town: [
        Forger().write("create", "township_rating", {"x": 1})
    ],
    "the township's own laptop": lambda town: [Forger(town.device.id).write(township={"name": "x"})],
    "set on what is written once": lambda town: [Forger().write("set", "test_receipt", {"amount_fen": 1})],
    "retire of what is written once": lambda town: [Forger().write("retire", "test_receipt", {"retired": True})],
    "amend of what is written once": lambda town: [Forger().write("amend", "test_receipt", {"amount_fen": 1})],
    "freeze of what is written once": lambda town: [Forger().write("freeze", "test_receipt", {"amount_fen": 1})],
    "freeze of what is never final": lambda town: [Forger().write("freeze", township={"name": "x"})],
    "amend of what is never final": lambda town: [Forger().write("amend", township={"name": "x"})],
    "freeze into a draft": lambda town: [Forger().write("freeze", "test_sheet", {"state": "draft"})],
    "final without a freeze": lambda town: [Forger().write("set", "test_sheet", {"state": "posted"})],
    "created final without a freeze": lambda town: [Forger().write("create", "test_sheet", {"state": "posted"})],
    "a retire that renames": lambda town: [Forger().write("retire", township={"retired": True, "name": "x"})],
    "a retire that brings back": lambda town: [Forger().write("retire", township={"retired": False})],
    "an unknown verb": lambda town: [Forger().write("delete", township={"name": "x"})],
    "a text for a number": lambda town: [Forger().write(township={"group_no": "1"})],
    "a yes for a number": lambda town: [Forger().write(township={"group_no": True})],
    "a number beyond SQLite": lambda town: [Forger().write(township={"group_no": 2**63})],
    "a fraction": lambda town: [Forger().write(township={"group_no": 1.5})],
    "a fraction in a list": lambda town: [Forger().write(township={"flags": [1.5]})],
    "a map in a list": lambda town: [Forger().write(township={"flags": [{"a": 1}]})],
    "bytes in a list": lambda town: [Forger().write(township={"flags": [b"1"]})],
    "a number beyond SQLite in a list": lambda town: [Forger().write(township={"flags": [2**64 - 1]})],
    "a list without a floor": lambda town: [Forger().write(township=b"\x81\xa5flags" + b"\x91" * 600 + b"\x90")],
    "nothing where something must be": lambda town: [Forger().write(township={"name": None})],
    "a day that is none": lambda town: [Forger().write(township={"moved_on": "2026-02-30"})],
    "a day in another form": lambda town: [Forger().write(township={"moved_on": "20260314"})],
    "a moment for a day": lambda town: [Forger().write(township={"moved_on": "2026-03-14T00:00"})],
    "a bad value behind a good one": lambda town: [
        (one := Forger()).write(record="22" * 16, township={"name": "x", "group_no": "1"}),
        one.write("set", record="22" * 16, township={"group_no": 1}),
    ],
    "a key written twice": lambda town: [Forger().write(township=b"\x82\xa4name\xa1x\xa4name\xa1y")],
    "a number in a longer form": lambda town: [Forger().write(township=b"\x81\xa8group_no\xcd\x00\x01")],
    "a key of bytes": lambda town: [Forger().write(township=b"\x81\xc4\x04name\xa1x")],
    "a list for a map": lambda town: [Forger().write(township=b"\x90")],
    "an extension": lambda town: [Forger().write(township=b"\x81\xa4name\xd4\x01\x00")],
    "a first operation with a predecessor": lambda town: [Forger().write(township={}, prev=bytes(31) + b"1")],
    "a later operation without a predecessor": lambda town: [Forger().write(township={}, seq=2)],
    "a number out of all bounds": lambda town: [Forger().write(township={}, seq=2**63, prev=bytes(31) + b"1")],
    "a version out of all bounds": lambda town: [Forger().write(township={}, version=2**40)],
    "a counter that ran away": lambda town: [Forger(lamport=2**59).write(township={"name": "x"})],
    "a counter that runs back": lambda town: [
        (one := Forger()).write(township={"name": "x"}),
        one.write(township={"name": "y"}, lamport=50),
    ],
    "a number that is skipped": lambda town: [
        (one := Forger()).write(township={"name": "x"}),
        one.write(township={"name": "y"}, seq=5),
    ],
    "the end of another laptop's chain": lambda town: [
        (one := Forger()).write(township={"name": "x"}),
        Forger().write(township={"name": "y"}, seq=2, prev=one.prev, lamport=500),
    ],
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forged_delivery_is_refused_whole(town: VillageFile, forge: Callable[[VillageFile], Bundle]) -> None:
    before = (town.position, town.digest())
    good = Forger().write(township={"name": "也在里面"})
    with pytest.raises(FileTrouble) as told:
        take(town, [good, *forge(town)])
    assert told.value.message.endswith("。")
    assert told.value.advice.endswith("。")
    assert (town.position, town.digest()) == before


def test_only_the_township_writes_what_is_the_townships(town: VillageFile) -> None:
    with pytest.raises(FileTrouble, match="不该由对方填写"):
        take(town, [Forger().write(township={"name": "x"})], from_township=True)


def test_a_delivery_after_a_counter_that_ran_away_is_taken_and_the_desk_still_writes(town: VillageFile) -> None:
    with pytest.raises(FileTrouble, match="编号乱了"):
        take(town, [Forger(lamport=2**60 - 2).write(township={"name": "x"})])
    assert take(town, [Forger(lamport=2**31).write(township={"name": "很勤快"})]).new == 1
    add_neighbour(town, "镇里")


def test_a_value_in_the_wrong_lane_is_none(town: VillageFile) -> None:
    one = Forger()
    take(
        town,
        [
            one.write(
                record="33" * 16,
                township={"name": "王伟", "phone": "13800000000", "hobby": "钓鱼"},
                own={"name": "李伟", "phone": "139"},
            )
        ],
    )
    with town.reading() as session:
        row = session.get_one(Neighbour, "33" * 16)
        assert (row.name, row.phone) == ("王伟", "139")
    assert town.verify() == []


def test_what_an_older_desk_left_out_is_its_declared_value(town: VillageFile) -> None:
    take(town, [Forger().write(record="44" * 16, township={"name": "王伟"})])
    with town.reading() as session:
        row = session.get_one(Neighbour, "44" * 16)
        assert (row.group_no, row.flags, row.moved_on, row.retired) == (0, (), None, False)


def test_what_is_written_once_stays_as_it_was_first_written_in_every_order(town: VillageFile) -> None:
    for number, order in enumerate(permutations((0, 1))):
        record = f"{number:032x}"
        both = [
            Forger(lamport=10).write("create", "test_receipt", {"amount_fen": 500}, record=record),
            Forger(lamport=20).write("create", "test_receipt", {"amount_fen": 900}, record=record),
        ]
        for at in order:
            take(town, [both[at]])
        with town.reading() as session:
            assert session.get_one(Receipt, record).amount_fen == 500


def test_an_amendment_counts_for_the_text_that_its_writer_saw(town: VillageFile) -> None:
    for number, order in enumerate(permutations(range(3))):
        record = f"a{number:031x}"
        winner, loser = Forger(lamport=10), Forger(lamport=20)
        posted = winner.write("freeze", "test_sheet", {"title": "先张贴的", "state": "posted"}, record=record)
        other = loser.write("freeze", "test_sheet", {"title": "后张贴的", "state": "posted"}, record=record)
        base = (operation_hash(other.header),)
        amended = loser.write("amend", "test_sheet", {"title": "后张贴的（更正）"}, record=record, base=base)
        for at in order:
            take(town, [(posted, other, amended)[at]])
        with town.reading() as session:
            assert session.get_one(Sheet, record).title == "先张贴的"
            known = journal.operations_of(session, [record])[record]
            late = [one.operation.verb for one in late_operations(spec_of(Sheet), known)]
        assert sorted(late) == ["amend", "freeze"]
    assert town.verify() == []


def test_an_amendment_before_its_freeze_waits_for_it(town: VillageFile) -> None:
    draft, posted = frozen_sheet("55" * 16)
    amended = Forger(lamport=5).write(
        "amend", "test_sheet", {"title": "更正"}, record="55" * 16, base=(operation_hash(posted.header),)
    )
    take(town, [amended])
    take(town, [draft])
    take(town, [posted])
    with town.reading() as session:
        assert session.get_one(Sheet, "55" * 16).title == "更正"


def test_unknown_tables_and_newer_versions_are_kept_carried_and_not_shown(town: VillageFile) -> None:
    one = Forger()
    operations = [
        one.write("create", "not_yet_invented", {"colour": "red"}),
        one.write(record="66" * 16, township={"name": "王伟"}),
        one.write("set", record="66" * 16, township={"name": ["新", "式"]}, version=2),
    ]
    result = take(town, operations)
    assert (result.new, result.opaque) == (3, 2)
    with town.reading() as session:
        assert session.get_one(Neighbour, "66" * 16).name == "王伟"
        carried = set(journal.operations_after(session, {}))
    assert set(operations) <= carried


def test_a_record_that_a_newer_desk_changed_is_not_changed_here(laptop: Callable[[str], Laptop]) -> None:
    file = laptop("文书").create()
    identity = add_neighbour(file, "王伟")
    take(file, [Forger().write("set", record=identity, township={"name": ["新", "式"]}, version=2)])
    before = file.position
    with pytest.raises(NotAllowed, match="更新本软件"), file.writing("test.change") as session:
        session.get_one(Neighbour, identity).name = "张伟"
    with pytest.raises(NotAllowed, match="更新本软件"), file.writing("test.change") as session:
        acts.change_many(session, Neighbour, {identity: {"name": "张伟"}})
    assert file.position == before
    file.close()


def test_a_lane_that_comes_later_completes_its_row(laptop: Callable[[str], Laptop]) -> None:
    file = laptop("文书").create()
    one = Forger()
    whole = [
        one.write(record=RECORD, township={"name": "王伟"}, own={"phone": "138"}),
        one.write("set", record=RECORD, township={"group_no": 3}),
    ]
    bare = [operation._replace(village=None) for operation in whole]
    assert take(file, bare).new == 2
    assert take(file, whole).new == 0
    with file.reading() as session:
        row = session.get_one(Neighbour, RECORD)
        assert (row.phone, row.group_no) == ("138", 3)
    with file.writing("test.change") as session:
        session.get_one(Neighbour, RECORD).group_no = 4
    assert file.verify() == []
    file.close()


def test_lanes_that_came_apart_are_put_together_also_while_they_wait(laptop: Callable[[str], Laptop]) -> None:
    file = laptop("文书").create()
    one = Forger()
    first = one.write(township={"name": "x"})
    second = one.write(record=RECORD, township={"name": "王伟"}, own={"phone": "138"})
    take(file, [second])
    take(file, [second._replace(village=None)])
    assert take(file, [second._replace(township=None), second._replace(village=None)]).held == 1
    assert take(file, [first]).new == 2
    with file.reading() as session:
        row = session.get_one(Neighbour, RECORD)
        assert (row.name, row.phone) == ("王伟", "138")
    file.close()


def test_what_waits_for_one_laptop_is_not_touched_by_another_ones_delivery(town: VillageFile) -> None:
    one = Forger()
    missing, late = one.write(township={"name": "先"}), one.write(township={"name": "后"})
    assert take(town, [late]).held == 1
    result = take(town, [Forger().write(township={"name": "别人"})])
    assert (result.new, result.held, result.gaps) == (1, 0, {})
    assert take(town, [missing]).new == 2


def test_a_laptop_adds_to_its_own_steps_only(laptop: Callable[[str], Laptop]) -> None:
    file = laptop("文书").create()
    mine = add_neighbour(file, "王伟")
    step = file.steps()[0]
    there = Forger()
    forged = there.write(record=RECORD, township={"name": "别人的"}, step=bytes.fromhex(step.id))
    assert take(file, [forged]).new == 1
    again = next(one for one in file.steps() if one.id == step.id)
    assert (again.operations, again.last_position, again.mine) == (1, step.last_position, True)
    assert file.undo(step.id).records == 1
    with file.reading() as session:
        assert session.get_one(Neighbour, mine).retired
        assert not session.get_one(Neighbour, RECORD).retired
    file.close()


def test_a_laptop_that_meets_itself_goes_on_under_a_new_identity(laptop: Callable[[str], Laptop]) -> None:
    file = laptop("文书").create()
    old = file.device.id
    lost = Forger(old)
    with file.reading() as session:
        end = journal.heads(session)[old]
    lost.seq, lost.prev = end.seq, end.hash
    assert take(file, [lost.write(record=RECORD, township={"name": "恢复前写的"})]).new == 1
    assert file.is_new_device
    assert file.device.id != old
    add_neighbour(file, "恢复后写的")
    with file.reading() as session:
        assert journal.heads(session)[old].seq == end.seq + 1
        assert len(session.scalars(select(Neighbour.id)).all()) == 2
    assert file.verify() == []
    file.close()


def test_each_branch_of_a_forked_laptop_keeps_its_own_public_chain(laptop: Callable[[str], Laptop]) -> None:
    def sheet(one: Forger, title: str) -> StoredOperation:
        return one.write("create", "test_sheet", {"title": title, "state": "draft"})

    trunk = Forger()
    common = [sheet(trunk, "同"), trunk.write(township={"name": "x"})]
    branches: list[Bundle] = []
    for names in ("甲乙", "丙丁"):
        branch = Forger(trunk.device)
        branch.seq, branch.lamport, branch.prev = trunk.seq, trunk.lamport, trunk.prev
        branches.append([sheet(branch, name) for name in names])
    ends = set()
    for number, order in enumerate(permutations((0, 1))):
        file = laptop(f"电脑{number}").create()
        take(file, common)
        for at in order:
            take(file, branches[at][:1])
        for at in order:
            take(file, branches[at][1:])
        with file.reading() as session:
            rows = session.execute(
                select(OPERATION.c.hash, OPERATION.c.public_no, OPERATION.c.public_head).where(
                    OPERATION.c.device == trunk.device, OPERATION.c.public_no.is_not(None)
                )
            )
            ends.add(frozenset((row.hash, row.public_no, row.public_head) for row in rows))
        assert file.verify() == []
        file.close()
    assert len(ends) == 1
    assert sorted(number for _, number, _ in next(iter(ends))) == [1, 2, 2, 3, 3]


def test_a_bundle_of_many_operations_is_taken_in_whole(town: VillageFile) -> None:
    one = Forger()
    many = [one.write(township={"name": f"村民{number}"}) for number in range(1200)]
    assert take(town, many).new == 1200
    assert take(town, many).known == 1200
