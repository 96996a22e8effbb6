"""Every write passes the one door: what goes round it is refused and leaves nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import StatementError
from sqlcipher3 import dbapi2

from tests.store.forging import Forger
from tests.store.things import (
    TODAY,
    Laptop,
    Neighbour,
    Receipt,
    Sheet,
    add_neighbour,
    book,
    change_neighbour,
    post_sheet,
)
from village_desk.kit.errors import FileTrouble, NotAllowed, NotFound
from village_desk.store import acts, base, journal
from village_desk.store.base import FieldSpec, Lane, Merge
from village_desk.store.engine import connect
from village_desk.store.file import VillageFile
from village_desk.store.journal import JournalBroken
from village_desk.store.operations import read
from village_desk.store.operators import Role, add_operator, retire_operator


def test_a_change_is_journalled_with_its_actor_day_and_deed(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", phone="13800000000", moved_on=dt.date(2025, 7, 1), flags=((1, "甲"), True))
    with file.reading() as session:
        (operation,) = journal.operations_of(session, [identity])[identity]
    assert operation.verb == "create"
    assert operation.deed == "test.add_neighbour"
    assert operation.day == TODAY.isoformat()
    assert file.operator is not None
    assert operation.actor == file.operator.id
    assert operation.fields()["moved_on"] == "2025-07-01"


def test_the_phone_stays_out_of_the_lane_that_travels(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", phone="13800000000")
    with file.reading() as session:
        (operation,) = journal.operations_of(session, [identity])[identity]
    assert operation.stored.township is not None
    assert b"13800000000" not in operation.stored.township + operation.stored.header
    assert operation.stored.village is not None
    assert b"13800000000" in operation.stored.village


def test_a_statement_that_goes_round_the_journal_is_rolled_back(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    before = file.digest()
    with pytest.raises(JournalBroken), file.writing("test.round") as session:
        session.execute(update(Neighbour).where(Neighbour.id == identity).values(name="张伟"))
    assert file.digest() == before
    assert file.verify() == []


def test_rows_are_retired_and_never_deleted(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    with pytest.raises(JournalBroken), file.writing("test.delete") as session:
        session.delete(session.get_one(Neighbour, identity))
    with pytest.raises(JournalBroken), file.writing("test.delete") as session:
        session.execute(delete(Neighbour))
    with file.writing("test.retire") as session:
        acts.retire(session, session.get_one(Neighbour, identity))
    with file.reading() as session:
        assert session.get_one(Neighbour, identity).retired


def test_another_tool_with_the_key_cannot_write_quietly(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    foreign = connect(file.path, file.keys.data, file.keys.salt)
    with pytest.raises(dbapi2.OperationalError, match="desk_touch"):
        foreign.execute("UPDATE test_neighbour SET name = '张伟' WHERE id = ?", (identity,))
    foreign.close()


def test_a_tool_that_forges_the_function_is_found_by_verify(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    foreign = connect(file.path, file.keys.data, file.keys.salt)
    foreign.create_function("desk_touch", 2, lambda table, record: 0)
    foreign.execute("UPDATE test_neighbour SET name = '张伟' WHERE id = ?", (identity,))
    foreign.execute("INSERT INTO test_receipt (id, village, retired, amount_fen) VALUES ('0', '0', 0, 5)")
    findings = file.verify()
    assert any(identity[:8] in finding for finding in findings)
    assert any("没有来历" in finding for finding in findings)
    with pytest.raises(dbapi2.IntegrityError, match="only grows"):
        foreign.execute("DELETE FROM journal_operation")
    foreign.close()


@pytest.mark.parametrize(
    "damage",
    ["CAST(X'00' || substr(township, 2) AS BLOB)", "X'00' || substr(township, 2)", "NULL"],
)
def test_a_changed_byte_of_the_journal_is_found_by_verify(file: VillageFile, damage: str) -> None:
    add_neighbour(file, "王伟")
    foreign = connect(file.path, file.keys.data, file.keys.salt)
    foreign.create_function("desk_touch", 2, lambda table, record: 0)
    foreign.execute(f"UPDATE journal_operation SET township = {damage} WHERE position = 3")
    foreign.close()
    assert file.verify() != []


def test_writing_never_nests(file: VillageFile) -> None:
    with file.writing("test.outer"), pytest.raises(JournalBroken), file.writing("test.inner"):
        pass


def test_a_refusal_inside_a_step_leaves_nothing(file: VillageFile) -> None:
    before, length = file.digest(), file.position
    with pytest.raises(NotAllowed), file.writing("test.refused") as session:
        session.add(Neighbour(name="王伟"))
        session.flush()
        raise NotAllowed("还差1人。")
    assert (file.digest(), file.position) == (before, length)


def test_what_is_booked_cannot_be_changed(file: VillageFile) -> None:
    book(file, "a", 500)
    with pytest.raises(NotAllowed, match="更正"), file.writing("test.change") as session:
        session.scalars(select(Receipt)).one().amount_fen = 600
    with pytest.raises(NotAllowed), file.writing("test.change") as session:
        acts.change_many(session, Receipt, {session.scalars(select(Receipt.id)).one(): {"amount_fen": 600}})


def test_what_is_final_is_amended_and_not_changed(file: VillageFile) -> None:
    identity = post_sheet(file, "决议")
    with pytest.raises(NotAllowed), file.writing("test.change") as session:
        session.get_one(Sheet, identity).title = "别的"
    with pytest.raises(NotAllowed), file.writing("test.change") as session:
        session.get_one(Sheet, identity).state = "draft"
    with file.writing("test.amend") as session:
        acts.amend(session, session.get_one(Sheet, identity), title="决议（更正）")
    with file.reading() as session:
        assert session.get_one(Sheet, identity).title == "决议（更正）"
        verbs = [one.verb for one in journal.operations_of(session, [identity])[identity]]
    assert verbs == ["create", "freeze", "amend"]
    assert file.verify() == []


def test_a_draft_needs_no_amendment(file: VillageFile) -> None:
    with pytest.raises(NotAllowed, match="没有定稿"), file.writing("test.amend") as session:
        sheet = Sheet(title="草稿")
        session.add(sheet)
        acts.amend(session, sheet, title="别的")


def test_bulk_doors_write_one_operation_for_each_changed_row(file: VillageFile) -> None:
    with file.writing("test.many") as session:
        ids = acts.add_many(session, Neighbour, [{"name": f"村民{n}"} for n in range(30)])
    with file.writing("test.change_many") as session:
        changed = acts.change_many(session, Neighbour, {one: {"group_no": n % 2} for n, one in enumerate(ids)})
    assert changed == 15
    with pytest.raises(NotFound), file.writing("test.change_many") as session:
        acts.change_many(session, Neighbour, {"0" * 32: {"group_no": 1}})
    with file.writing("test.retire_many") as session:
        assert acts.retire_many(session, Neighbour, ids[:4]) == 4
    assert file.verify() == []


def test_an_edit_is_based_on_what_the_clerk_saw(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    with file.reading() as session:
        seen = acts.seen(session, Neighbour, identity)
    change_neighbour(file, identity, group_no=3)
    with file.writing("test.edit") as session:
        acts.edit(session, session.get_one(Neighbour, identity), seen=seen, group_no=5)
    with file.reading() as session:
        operations = journal.operations_of(session, [identity])[identity]
    assert operations[-1].base == (operations[0].hash,)


def test_a_full_disk_is_said_in_words_and_leaves_the_file_as_it_was(file: VillageFile) -> None:
    before = file.digest()
    with file._writer.connect() as connection:  # SQLite's own limit of pages makes the disk full
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(FileTrouble, match="磁盘满了"), file.writing("test.many") as session:
        acts.add_many(session, Neighbour, [{"name": "村民" * 50} for _ in range(2000)])
    assert file.digest() == before
    assert file.verify() == []


def test_the_public_chain_grows_with_public_records_only(file: VillageFile) -> None:
    with file.writing("test.head") as session:
        start = acts.public_checkpoint(session)
    add_neighbour(file, "王伟")
    post_sheet(file, "决议")
    with file.writing("test.head") as session:
        head = acts.public_checkpoint(session)
    assert head.number == start.number + 2
    assert len(head.code.replace(" ", "")) == 30
    signed = b"VDhead1\0" + file.village.encode() + head.number.to_bytes(8, "big") + head.head
    file.device.signing.public_key().verify(head.signature, signed)
    assert set(head.text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ")  # a QR code's alphanumeric mode
    assert acts.read_checkpoint(head.text) == (file.device.id[:4], head.number, head.head)
    assert acts.read_checkpoint(head.text.lower()) is None
    assert acts.read_checkpoint("12345 67890 12345 67890 12345 67890") is None


def test_every_stored_operation_reads_back_and_no_flipped_byte_does(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", phone="13800000000")
    with file.reading() as session:
        (operation,) = journal.operations_of(session, [identity])[identity]
    stored = operation.stored
    assert read(stored) == operation
    for lane in ("township", "village"):
        content = getattr(stored, lane)
        for place in range(len(content)):
            damaged = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
            with pytest.raises(FileTrouble):
                read(stored._replace(**{lane: damaged}))
    for place in range(len(stored.header)):
        damaged = stored.header[:place] + bytes([stored.header[place] ^ 1]) + stored.header[place + 1 :]
        try:
            changed = read(stored._replace(header=damaged))
        except FileTrouble:
            continue
        # A header that still reads has another name, so it fits into no chain.
        assert changed.hash != operation.hash


@pytest.mark.parametrize(
    "values",
    [
        {"moved_on": dt.datetime(2026, 3, 14, 8, 0)},
        {"flags": (1.5,)},
        {"flags": ({"a": 1},)},
        {"flags": (2**64,)},
        {"flags": (((((((((1,),),),),),),),),)},
        {"group_no": True},
    ],
    ids=repr,
)
def test_a_value_that_no_other_desk_would_take_is_not_written(file: VillageFile, values: dict[str, Any]) -> None:
    before = file.position
    with pytest.raises((TypeError, StatementError)), file.writing("test.wrong") as session:
        session.add(Neighbour(**{"name": "王伟", **values}))
    with pytest.raises((TypeError, StatementError)), file.writing("test.wrong") as session:
        acts.add_many(session, Neighbour, [{"name": "王伟", **values}])
    assert file.position == before


@pytest.mark.parametrize(
    ("values", "words"), [({"name": "字" * 30_000}, "太长"), ({"flags": tuple(range(5000))}, "最多4096项")]
)
def test_a_text_without_measure_is_refused_in_words_also_in_the_middle_of_a_bulk_step(
    file: VillageFile, values: dict[str, Any], words: str
) -> None:
    rows: list[dict[str, Any]] = [{"name": f"村民{n}"} for n in range(900)]
    rows[700] = {"name": "王伟", **values}
    with pytest.raises(NotAllowed, match=words), file.writing("test.long") as session:
        acts.add_many(session, Neighbour, rows)
    assert file.verify() == []


def test_what_is_final_stays_final_in_a_row_that_was_not_loaded(file: VillageFile) -> None:
    identity = post_sheet(file, "决议")
    for change in ({"state": "draft"}, {"title": "别的"}, {"state": "draft", "title": "别的"}):
        with pytest.raises(NotAllowed, match="定稿"), file.writing("test.change") as session:
            sheet = session.get_one(Sheet, identity)
            session.expire_all()
            for name, value in change.items():
                setattr(sheet, name, value)


def test_a_change_back_to_the_same_value_is_none(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    before = file.position
    with file.writing("test.same") as session:
        row = session.get_one(Neighbour, identity)
        session.expire_all()
        row.name = "王伟"
    assert file.position == before


def test_one_id_does_not_stand_under_two_tables(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    with pytest.raises(JournalBroken, match="two tables"), file.writing("test.twice") as session:
        session.add(Receipt(id=identity, amount_fen=1))
    many = [f"{n:032x}" for n in range(700)]
    with file.writing("test.many") as session:
        acts.add_many(session, Neighbour, [{"id": one} for one in many])
    with pytest.raises(JournalBroken, match="two tables"), file.writing("test.twice") as session:
        acts.add_many(session, Receipt, [{"id": one} for one in [*[f"f{n:031x}" for n in range(600)], many[5]]])


@pytest.mark.parametrize("identity", ["AB" * 16, "ab", "zz" * 16, "ab" * 17])
def test_an_id_has_one_form(file: VillageFile, identity: str) -> None:
    with pytest.raises((JournalBroken, ValueError)), file.writing("test.id") as session:
        session.add(Neighbour(id=identity, name="王伟"))


def test_rows_of_another_village_are_only_read(file: VillageFile) -> None:
    with pytest.raises(JournalBroken, match="only read"), file.writing("test.other") as session:
        session.add(Neighbour(name="王伟", village="999999999999"))
    there = Forger(village="999999999999").write(record="ab" * 16, township={"name": "王伟"})
    with file.writing("sync.take_in") as session:
        journal.take_in(session, [there], village="999999999999", from_township=False)
    with pytest.raises(JournalBroken, match="only read"), file.writing("test.other") as session:
        session.get_one(Neighbour, "ab" * 16).name = "张伟"
    with pytest.raises(JournalBroken, match="only read"), file.writing("test.other") as session:
        acts.change_many(session, Neighbour, {"ab" * 16: {"name": "张伟"}})


@pytest.mark.parametrize(
    ("table", "merge", "frozen", "lane"),
    [
        ("township_thing", Merge.PER_FIELD, None, Lane.TOWNSHIP),
        ("thing_of_town", Merge.TOWNSHIP_OWNED, None, Lane.TOWNSHIP),
        ("frozen_thing", Merge.PER_FIELD, ("state", frozenset({"final"})), Lane.TOWNSHIP),
        ("unfrozen_thing", Merge.FROZEN, None, Lane.TOWNSHIP),
        ("hidden_thing", Merge.FROZEN, ("state", frozenset({"final"})), Lane.VILLAGE),
        ("stateless_thing", Merge.FROZEN, ("condition", frozenset({"final"})), Lane.TOWNSHIP),
    ],
)
def test_a_class_that_breaks_the_rules_of_merging_is_refused(table: str, merge: Merge, frozen: Any, lane: Lane) -> None:
    declared = type("Declared", (), {"__tablename__": table, "__merge__": merge, "__frozen_when__": frozen})
    with pytest.raises(TypeError):
        base._check_merge(declared, {"state": FieldSpec("state", "str", lane, True, None)})


def test_many_open_ends_fit_into_one_operation(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    one = Forger()
    ends = [one.write("set", record=identity, township={"group_no": number}) for number in range(200)]
    with file.writing("sync.take_in") as session:
        journal.take_in(session, ends, village=file.village, from_township=False)
    change_neighbour(file, identity, group_no=999)
    with file.reading() as session:
        assert session.get_one(Neighbour, identity).group_no == 999
    assert file.verify() == []


def test_an_operator_who_was_taken_off_the_list_only_reads(file: VillageFile) -> None:
    with file.writing("store.add_operator") as session:
        second = add_operator(session, name="王会计", role=Role.CLERK)
    file.take_seat("王会计")
    with file.writing("store.retire_operator") as session:
        retire_operator(session, operator_id=second)
    with pytest.raises(NotAllowed, match="只能查看"):
        add_neighbour(file, "王伟")


def test_a_role_that_nobody_knows_lets_its_holder_read(laptop: Callable[[str], Laptop]) -> None:
    desk = laptop("文书")
    file = desk.create()
    assert file.operator is not None
    strange = Forger(lamport=1000).write("set", "operator", {"role": "x"}, record=file.operator.id)
    with file.writing("sync.take_in") as session:
        journal.take_in(session, [strange], village=file.village, from_township=False)
    file.close()
    file = desk.open()
    assert file.operator is not None
    assert file.operator.role is Role.READER
    file.close()
