"""verify finds what was changed behind the desk's back, names it, and says nothing about a sound file."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.store.cutting import PAGE, empty_log
from tests.store.things import Laptop, Neighbour, Sheet, add_neighbour, change_neighbour, post_sheet
from village_desk.kit.errors import FileTrouble
from village_desk.store import acts
from village_desk.store.engine import connect
from village_desk.store.file import VillageFile
from village_desk.store.journal.proof import MOST_FINDINGS

Maker = Callable[[str], Laptop]


def foreign(file: VillageFile) -> Any:
    """A tool that has the key and makes believe to be the desk."""
    connection = connect(file.path, file.keys.data, file.keys.salt)
    connection.create_function("desk_touch", 2, lambda table, record: 0)
    return connection


@pytest.mark.parametrize(
    "change",
    [
        "record = '00'",
        "table_name = 'test_receipt'",
        "village = '0'",
        "device = zeroblob(16)",
        "seq = seq + 1",
        "lamport = lamport + 1",
        "step = zeroblob(8)",
        "public_no = 1",
        "public_head = zeroblob(32)",
        "hash = zeroblob(32)",
        "header = zeroblob(40)",
        "township = NULL",
        "own = zeroblob(20)",
        "position = position + 10",
    ],
)
def test_every_changed_column_of_the_journal_is_found(file: VillageFile, change: str) -> None:
    identity = add_neighbour(file, "王伟")
    change_neighbour(file, identity, name="张伟", group_no=1)
    assert file.verify() == []
    tool = foreign(file)
    tool.execute(f"UPDATE journal_operation SET {change} WHERE position = {file.position}")
    tool.close()
    assert file.verify() != []


def test_a_change_that_is_hidden_under_another_id_is_found(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    change_neighbour(file, identity, name="张伟")
    last = file.position
    with file.writing("test.many") as session:
        acts.add_many(session, Neighbour, [{"name": f"村民{n}"} for n in range(1200)])
    tool = foreign(file)
    tool.execute("UPDATE journal_operation SET record = 'ff' || substr(record, 3) WHERE position = ?", (last,))
    tool.execute("UPDATE test_neighbour SET name = '王伟' WHERE id = ?", (identity,))
    tool.close()
    assert any(f"第{last}条" in finding for finding in file.verify())


@pytest.mark.parametrize("which", ["position = 3", "position = (SELECT max(position) FROM journal_operation) - 1"])
def test_a_missing_operation_is_found(file: VillageFile, which: str) -> None:
    for number in range(4):
        add_neighbour(file, f"村民{number}")
    tool = foreign(file)
    tool.execute("DROP TRIGGER touch_delete_journal_operation")
    tool.execute(f"DELETE FROM journal_operation WHERE {which}")
    tool.close()
    findings = file.verify()
    assert any("断开" in finding for finding in findings)
    assert any("装置" in finding for finding in findings)


@pytest.mark.parametrize("statement", ["DROP TRIGGER touch_update_test_neighbour", "PRAGMA writable_schema = 1"])
def test_a_trigger_that_was_taken_away_is_found(file: VillageFile, statement: str) -> None:
    tool = foreign(file)
    tool.execute(statement)
    if "writable" in statement:
        tool.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'desk_touch', 'max')"
            " WHERE name = 'touch_update_test_neighbour'"
        )
    tool.close()
    assert any("装置" in finding for finding in file.verify())


def test_a_damaged_page_is_found_wherever_it_lies(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    with file.writing("test.many") as session:
        acts.add_many(session, Neighbour, [{"name": f"村民{n}"} for n in range(600)])
    file.close()
    whole = desk.path.read_bytes()
    for page in range(1, len(whole) // PAGE, 11):
        damaged = bytearray(whole)
        damaged[page * PAGE + 1000] ^= 1
        desk.path.write_bytes(damaged)
        try:
            file = desk.open()
        except FileTrouble as trouble:
            told = trouble.message
        else:
            told = "".join(file.verify())
            file.close()
        assert "损坏" in told, page
    desk.path.write_bytes(whole)
    file = desk.open()
    assert file.verify() == []
    file.close()


def test_one_unreadable_operation_spoils_no_other_record(file: VillageFile) -> None:
    ids = [add_neighbour(file, f"村民{n}") for n in range(5)]
    tool = foreign(file)
    tool.execute("UPDATE journal_operation SET township = X'00' WHERE record = ?", (ids[2],))
    tool.close()
    findings = file.verify()
    assert any(ids[2][:8] in finding for finding in findings)
    assert not any(one[:8] in finding for one in ids if one != ids[2] for finding in findings)


def test_a_flood_of_findings_ends(file: VillageFile) -> None:
    with file.writing("test.many") as session:
        acts.add_many(session, Neighbour, [{"name": f"村民{n}"} for n in range(MOST_FINDINGS + 50)])
    tool = foreign(file)
    tool.execute("UPDATE test_neighbour SET group_no = 7")
    tool.close()
    findings = file.verify()
    assert len(findings) == MOST_FINDINGS + 1
    assert "没有一一列出" in findings[-1]


def test_a_sheet_that_was_changed_behind_its_freeze_is_found(file: VillageFile) -> None:
    identity = post_sheet(file, "决议")
    tool = foreign(file)
    tool.execute("UPDATE test_sheet SET title = '别的' WHERE id = ?", (identity,))
    tool.close()
    assert any(identity[:8] in finding for finding in file.verify())
    file.rebuild()
    assert file.verify() == []
    with file.reading() as session:
        assert session.get_one(Sheet, identity).title == "决议"


def test_damage_that_shows_while_reading_or_writing_is_said_in_words(file: VillageFile) -> None:
    with file.writing("test.many") as session:
        ids = acts.add_many(session, Neighbour, [{"name": f"村民{n}"} for n in range(2000)])
    empty_log(file)
    with file.path.open("r+b") as damaged:
        for page in range(12, file.path.stat().st_size // PAGE):
            damaged.seek(page * PAGE + 500)
            damaged.write(b"\0" * 64)
    with pytest.raises(FileTrouble, match="损坏"), file.reading() as session:
        session.scalars(select(Neighbour)).all()
    with pytest.raises(FileTrouble, match="损坏"), file.reading() as session:
        for row in session.execute(select(Neighbour.id, Neighbour.name)).yield_per(10):
            assert row.id
    file._writer.raw_connection().execute("PRAGMA shrink_memory")
    with pytest.raises(FileTrouble, match="损坏"), file.writing("test.change") as session:
        acts.change_many(session, Neighbour, {one: {"group_no": 1} for one in ids})
