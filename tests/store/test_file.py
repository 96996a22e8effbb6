"""Opening, keys, copies and identities: what is wrong is said in one sentence, and the file stays as it was."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlcipher3 import dbapi2

from tests.store.things import CLERK, PASSWORD, TODAY, VILLAGE, Laptop, Neighbour, add_neighbour, book
from village_desk.kit.errors import DeskError, FileTrouble, NotAllowed, NotFound
from village_desk.store.copies import Copy, restore_in_place, thin
from village_desk.store.engine import connect
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST, KeyFile
from village_desk.store.migrations import VERSION

Maker = Callable[[str], Laptop]


def content(folder: Path) -> dict[str, bytes]:
    """Every village and key file of a folder, byte for byte."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.v*"))}


def test_password_and_recovery_code_both_open_the_file(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    code = file.recovery_code
    add_neighbour(file, "王伟")
    file.close()
    with desk.at_home():
        for keys in ({"operator": CLERK, "password": PASSWORD}, {"recovery_code": code.lower().replace("-", " ")}):
            again = VillageFile.open(desk.path, today=TODAY, **keys)
            with again.reading() as session:
                assert session.scalars(select(Neighbour.name)).all() == ["王伟"]
            assert not again.is_new_device
            again.close()


@pytest.mark.parametrize(
    ("operator", "password", "code"),
    [(CLERK, "不是这个口令啊啊", ""), ("没有这个人", PASSWORD, ""), ("", "", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")],
)
def test_a_wrong_password_or_code_changes_nothing(laptop: Maker, operator: str, password: str, code: str) -> None:
    desk = laptop("文书")
    desk.create().close()
    before = content(desk.home)
    with desk.at_home(), pytest.raises(NotAllowed, match="不对"):
        VillageFile.open(desk.path, operator=operator, password=password, recovery_code=code)
    assert content(desk.home) == before


@pytest.mark.parametrize("password", ["短", "12345678", "aaaaaaaaaa", "password"])
def test_a_weak_password_is_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(NotAllowed):
        VillageFile.create(
            tmp_path / "a", village=VILLAGE, name="东河村", operator=CLERK, password=password, cost=LEAST_COST
        )
    assert not list(tmp_path.glob("a.v*"))


def test_an_existing_file_is_never_overwritten(laptop: Maker) -> None:
    desk = laptop("文书")
    desk.create().close()
    before = content(desk.home)
    with pytest.raises(NotAllowed, match="没有覆盖"):
        desk.create()
    assert content(desk.home) == before


def plain_sqlite(path: Path) -> None:
    """A database that is not encrypted."""
    path.unlink()
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE a (b)")
    connection.close()


def cut(path: Path) -> None:
    """The file's first half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096 + 100])


def empty(path: Path) -> None:
    """Nothing at all."""
    path.write_bytes(b"")


def text(path: Path) -> None:
    """Something else under this name."""
    path.write_text("这不是档案", encoding="utf-8")


def flipped(path: Path) -> None:
    """One byte of the first page."""
    data = bytearray(path.read_bytes())
    data[2000] ^= 1
    path.write_bytes(data)


def foreign_key(path: Path) -> None:
    """The key file of another village."""
    key = json.loads(path.with_suffix(".vkey").read_bytes())
    key["salt"] = "00" * 16
    path.with_suffix(".vkey").write_text(json.dumps(key))


def broken_key(path: Path) -> None:
    """A key file that is no JSON."""
    path.with_suffix(".vkey").write_bytes(b"{")


def no_key(path: Path) -> None:
    """The key file was left behind."""
    path.with_suffix(".vkey").unlink()


def newer_key(path: Path) -> None:
    """A key file of a later version."""
    key = json.loads(path.with_suffix(".vkey").read_bytes())
    key["format"] = 99
    path.with_suffix(".vkey").write_text(json.dumps(key))


def gone(path: Path) -> None:
    """The file is not there."""
    path.unlink()


@pytest.mark.parametrize(
    "damage",
    [plain_sqlite, cut, empty, text, flipped, foreign_key, broken_key, no_key, newer_key, gone],
    ids=lambda one: one.__name__,
)
def test_what_is_not_a_sound_village_file_is_refused_untouched(laptop: Maker, damage: Callable[[Path], None]) -> None:
    desk = laptop("文书")
    desk.create().close()
    damage(desk.path)
    before = content(desk.home)
    with pytest.raises(FileTrouble) as told:
        desk.open()
    assert told.value.message.endswith("。")
    assert told.value.advice.endswith("。")
    assert content(desk.home) == before


def test_a_file_of_a_newer_version_is_refused_untouched(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    file.close()
    later = connect(desk.path, file.keys.data, file.keys.salt)
    later.execute(f"PRAGMA user_version = {VERSION + 1}")
    later.close()
    before = content(desk.home)
    with pytest.raises(FileTrouble, match="版本太旧"):
        desk.open()
    assert content(desk.home) == before


def test_a_file_that_is_open_elsewhere_is_not_opened_twice(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    with pytest.raises(FileTrouble, match="另一个窗口"):
        desk.open()
    file.close()
    desk.open().close()


def test_an_unwritable_folder_is_said_in_words() -> None:
    with pytest.raises(FileTrouble) as told:
        VillageFile.create(
            Path("/proc/village-desk/a"),
            village=VILLAGE,
            name="东河村",
            operator=CLERK,
            password=PASSWORD,
            cost=LEAST_COST,
        )
    assert told.value.advice


def test_tables_of_an_older_form_are_rebuilt_from_the_journal(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    add_neighbour(file, "王伟", phone="1", flags=("甲", 2))
    before = file.digest()
    foreign = connect(file.path, file.keys.data, file.keys.salt)
    foreign.create_function("desk_touch", 2, lambda table, record: 0)
    foreign.execute("DROP TABLE test_neighbour")
    foreign.execute("UPDATE local_fact SET value = X'00' WHERE name = 'schema'")
    foreign.close()
    file.close()
    again = desk.open()
    assert again.digest() == before
    assert len(list(again.copies_folder.glob("*.vdesk"))) == 1
    assert again.verify() == []
    again.close()


def test_a_copy_holds_the_last_commit_and_opens_with_the_same_password(laptop: Maker) -> None:
    desk, other = laptop("文书"), laptop("别处")
    file = desk.create()
    add_neighbour(file, "王伟")
    copy = file.copy_to(other.home)
    digest = file.digest()
    file.close()
    other.path = copy.path
    opened = other.open()
    assert opened.digest() == digest
    assert opened.is_new_device
    opened.close()


def test_a_copy_put_in_place_keeps_the_broken_file_beside_it(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    add_neighbour(file, "王伟")
    copy = file.keep_copy()
    assert copy is not None
    assert file.keep_copy() is None
    file.close()
    desk.path.write_bytes(b"broken")
    restore_in_place(copy.path, desk.path)
    restored = desk.open()
    with restored.reading() as session:
        assert session.scalars(select(Neighbour.name)).all() == ["王伟"]
    assert desk.path.with_name("东河村-恢复前.vdesk").read_bytes() == b"broken"
    restored.close()


def test_going_back_to_a_copy_from_the_menu_is_an_undo_of_later_steps(file: VillageFile) -> None:
    add_neighbour(file, "王伟")
    position = file.position
    add_neighbour(file, "张伟")
    book(file, "a", 500)
    left = file.undo_after(position)
    assert left == ["test.book"]
    with file.reading() as session:
        names = session.scalars(select(Neighbour.name).where(Neighbour.retired.is_(False))).all()
    assert names == ["王伟"]
    assert file.position > position


def test_copies_are_thinned_by_the_length_of_the_journal() -> None:
    copies = [Copy(Path(f"{n}"), n) for n in range(1000, 0, -1)]
    gone = {one.position for one in thin(copies)}
    kept = [one.position for one in copies if one.position not in gone]
    assert kept[:12] == list(range(1000, 988, -1))
    assert kept[-1] == 1
    assert len(kept) < 25
    assert thin(copies[:12]) == []


def test_a_material_is_kept_once_encrypted_and_damage_is_noticed(file: VillageFile) -> None:
    name = file.blobs.put(b"scan of the sign-in sheet")
    assert file.blobs.put(b"scan of the sign-in sheet") == name
    assert file.blobs.names() == [name]
    assert file.blobs.get(name) == b"scan of the sign-in sheet"
    (path,) = file.path.with_suffix(".blobs").glob("??/*")
    assert b"sign-in" not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(FileTrouble):
        file.blobs.get(name)
    assert any(name[:8] in finding for finding in file.verify())
    with pytest.raises(NotFound):
        file.blobs.get("0" * 64)


def test_a_new_password_and_a_new_code_replace_the_old_ones(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    old_code = file.recovery_code
    file.set_password(CLERK, "另外四个词的口令", LEAST_COST)
    code = file.new_recovery_code()
    file.close()
    key_file = KeyFile.load(desk.path.with_suffix(".vkey"))
    with pytest.raises(DeskError):
        key_file.open_with_password(CLERK, PASSWORD)
    with pytest.raises(DeskError):
        key_file.open_with_code(old_code)
    assert key_file.open_with_code(code) == key_file.open_with_password(CLERK, "另外四个词的口令")


def test_a_copied_file_goes_on_under_its_own_identity(laptop: Maker) -> None:
    first, second = laptop("文书"), laptop("报账员")
    first.create().close()
    there = second.receive_copy(first)
    here = first.open()
    assert there.is_new_device
    assert not here.is_new_device
    assert here.device.id != there.device.id
    here.close()
    there.close()
    again = second.open()
    assert not again.is_new_device
    again.close()


def test_200_kills_during_commits_lose_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "VILLAGE_DESK_PROFILE": str(tmp_path / "profile")}
    script = Path(__file__).with_name("crash_clerk.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "村"), "200"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["kills"] == 200
    assert result["acknowledged"] > 200
    assert result["lost"] == []
    assert result["findings"] == []


def test_the_township_opens_the_file_when_everything_is_lost(laptop: Maker) -> None:
    import pyrage

    identity, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    desk = laptop("文书")
    file = desk.create()
    add_neighbour(file, "王伟")
    file.let_township_recover(str(identity.to_public()))
    file.close()
    with desk.at_home():
        with pytest.raises(NotAllowed, match="恢复钥匙"):
            VillageFile.open(desk.path, township_identity=str(stranger))
        opened = VillageFile.open(desk.path, township_identity=str(identity), today=TODAY)
    assert opened.operator is not None
    assert opened.operator.name == CLERK
    opened.close()
