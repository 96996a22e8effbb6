"""Copies, restores and keys: nothing newer is lost to something older."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.store.cutting import log_of
from tests.store.things import CLERK, PASSWORD, TODAY, VILLAGE, Laptop, Neighbour, add_neighbour
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store.copies import list_copies, restore_in_place
from village_desk.store.file import VillageFile
from village_desk.store.files import free_name
from village_desk.store.keyring import LEAST_COST, KeyFile

Maker = Callable[[str], Laptop]


def names(file: VillageFile) -> list[str]:
    """Everybody in the file."""
    with file.reading() as session:
        return sorted(session.scalars(select(Neighbour.name)))


def put_back(desk: Laptop, copy: Path) -> VillageFile:
    """A copy taken by hand in place of the file."""
    log_of(desk.path).unlink(missing_ok=True)
    for suffix in (".vdesk", ".vkey"):
        shutil.copyfile(copy.with_suffix(suffix), desk.path.with_suffix(suffix))
    return desk.open()


def test_after_a_restore_new_copies_are_made_and_kept_beside_the_longer_old_ones(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    first = file.keep_copy()
    assert first is not None
    for number in range(20):
        add_neighbour(file, f"旧{number}")
        file.keep_copy()
    file.close()
    file = put_back(desk, first.path)
    for number in range(14):
        add_neighbour(file, f"新{number}")
        made = file.keep_copy()
        assert made is not None
        assert made.path.exists()
        assert file.keep_copy() is None
    own = [copy.position for copy in file.copies()]
    assert own[:12] == list(range(file.position, file.position - 12, -1))
    there = list_copies(file.path, file.copies_folder)
    assert max(copy.position for copy in there) > file.position
    assert {copy.path for copy in file.copies()} < {copy.path for copy in there}
    newest = file.copies()[0]
    expected = names(file)
    file.close()
    again = put_back(desk, newest.path)
    assert names(again) == expected
    again.close()


def test_a_second_restore_does_not_write_over_what_the_first_one_kept(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    old = file.copy_to(desk.home / "备份")
    add_neighbour(file, "只在这里")
    newest = desk.path.read_bytes(), log_of(desk.path).read_bytes()
    file.close()
    desk.path.write_bytes(newest[0])
    log_of(desk.path).write_bytes(newest[1])
    restore_in_place(old.path, desk.path)
    desk.open().close()
    restore_in_place(old.path, desk.path)
    desk.open().close()
    first = desk.path.with_name("东河村-恢复前2.vdesk")
    assert first.read_bytes() == newest[0]
    assert log_of(first).read_bytes() == newest[1]
    assert desk.path.with_name("东河村-恢复前.vdesk").exists()
    with desk.at_home():
        rescued = VillageFile.open(first, operator=CLERK, password=PASSWORD, today=TODAY)
    assert names(rescued) == ["只在这里"]
    rescued.close()


def test_a_restore_leaves_no_log_of_the_broken_file(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    copy = file.copy_to(desk.home / "备份")
    add_neighbour(file, "之后")
    log = log_of(desk.path).read_bytes()
    file.close()
    log_of(desk.path).write_bytes(log)
    restore_in_place(copy.path, desk.path)
    assert not log_of(desk.path).exists()
    file = desk.open()
    assert names(file) == []
    file.close()


def test_only_a_copy_of_this_file_is_put_in_its_place(laptop: Maker) -> None:
    desk, other = laptop("文书"), laptop("别村")
    desk.create().close()
    foreign = other.create()
    copy = foreign.copy_to(other.home / "备份")
    foreign.close()
    before = desk.path.read_bytes()
    with pytest.raises(NotAllowed, match="不是同一份"):
        restore_in_place(copy.path, desk.path)
    copy.path.write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises(FileTrouble):
        restore_in_place(copy.path, desk.path)
    assert desk.path.read_bytes() == before
    desk.open().close()


def test_copies_are_found_whatever_the_village_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_DESK_PROFILE", str(tmp_path / "profile"))
    file = VillageFile.create(
        tmp_path / "东河村[新]*",
        village=VILLAGE,
        name="东河村",
        operator=CLERK,
        password=PASSWORD,
        cost=LEAST_COST,
        today=TODAY,
    )
    made = file.keep_copy()
    assert made is not None
    assert [copy.path for copy in file.copies()] == [made.path]
    file.close()


def test_a_half_copy_that_a_crash_left_is_no_copy(file: VillageFile) -> None:
    file.copies_folder.mkdir()
    part = file.copies_folder / "东河村.vdesk.part"
    part.write_bytes(b"half")
    (file.copies_folder / "东河村-00000009_aaaaaaaa.vdesk").write_bytes(b"without a key")
    assert file.copies() == []
    assert file.keep_copy() is not None
    assert not part.exists()


def test_a_free_name_is_numbered(tmp_path: Path) -> None:
    path = tmp_path / "甲.vdesk"
    assert free_name(path, ".vdesk", ".vkey") == path
    path.with_suffix(".vkey").touch()
    assert free_name(path, ".vdesk", ".vkey").name == "甲2.vdesk"


def test_keys_that_others_added_meanwhile_are_kept(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    path = desk.path.with_suffix(".vkey")
    meanwhile = KeyFile.load(path)
    meanwhile.add_password("王会计", "另外四个词的口令", file.keys, LEAST_COST)
    meanwhile.save(path)
    file.set_password("李支书", "又是四个词的口令", LEAST_COST)
    assert KeyFile.load(path).operators == [CLERK, "王会计", "李支书"]
    assert file.key_file.operators == [CLERK, "王会计", "李支书"]
    path.unlink()
    file.new_recovery_code()
    assert KeyFile.load(path).operators == [CLERK, "王会计", "李支书"]
    file.close()


def test_the_keys_of_another_file_are_not_written_over(laptop: Maker) -> None:
    desk, other = laptop("文书"), laptop("别村")
    file = desk.create()
    other.create().close()
    path = desk.path.with_suffix(".vkey")
    shutil.copyfile(other.path.with_suffix(".vkey"), path)
    before = path.read_bytes()
    with pytest.raises(FileTrouble, match="别的档案的钥匙"):
        file.set_password(CLERK, "另外四个词的口令", LEAST_COST)
    assert path.read_bytes() == before
    file.close()


def test_a_key_file_that_cannot_be_written_changes_nothing_in_memory(file: VillageFile) -> None:
    before = list(file.key_file.wraps)
    path = file.path.with_suffix(".vkey")
    path.with_name(f"{path.name}.part").mkdir()
    with pytest.raises(FileTrouble):
        file.set_password(CLERK, "另外四个词的口令", LEAST_COST)
    assert file.key_file.wraps == before


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "00"},
        {"salt": "zz" * 16},
        {"box": "00"},
        {"box": None},
        {"memory_kib": "65536"},
        {"memory_kib": 2**31},
        {"passes": 0},
        {"name": None},
        {"kind": None},
    ],
)
def test_a_key_file_with_a_broken_part_is_refused_in_words(laptop: Maker, change: dict[str, object]) -> None:
    desk = laptop("文书")
    desk.create().close()
    key = KeyFile.load(desk.path.with_suffix(".vkey"))
    key.wraps[0] = {name: value for name, value in {**key.wraps[0], **change}.items() if name != "kind" or value}
    key.save(desk.path.with_suffix(".vkey"))
    with pytest.raises(FileTrouble, match="已损坏"):
        desk.open()


def test_a_file_whose_founding_was_cut_off_is_refused_in_words(laptop: Maker) -> None:
    desk = laptop("文书")
    desk.create().close()
    from village_desk.store.engine import connect

    keys = KeyFile.load(desk.path.with_suffix(".vkey")).open_with_password(CLERK, PASSWORD)
    desk.path.unlink()
    connect(desk.path, keys.data, keys.salt, create=True).close()
    connection = connect(desk.path, keys.data, keys.salt, create=True)
    connection.execute("CREATE TABLE begun (a)")
    connection.close()
    with pytest.raises(FileTrouble, match="没有建完"):
        desk.open()
    desk.path.unlink()
    with pytest.raises(NotAllowed, match="钥匙文件还在"):
        desk.create()


def test_a_damaged_material_is_made_whole_by_the_same_scan(file: VillageFile) -> None:
    name = file.blobs.put(b"scan of the sign-in sheet")
    (path,) = file.path.with_suffix(".blobs").glob("??/*")
    path.write_bytes(b"")
    assert file.blobs.put(b"scan of the sign-in sheet") == name
    assert file.blobs.get(name) == b"scan of the sign-in sheet"
    assert file.verify() == []


@pytest.mark.parametrize("name", ["../" * 30 + "etc/passwd", "", "/etc/passwd", "A" * 64, os.sep])
def test_the_name_of_a_material_is_a_hash_and_no_path(file: VillageFile, name: str) -> None:
    from village_desk.kit.errors import NotFound

    with pytest.raises(NotFound):
        file.blobs.get(name)
