"""Sticks as they are in a village: full, locked, pulled out, infected, and full of other people's files."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from village_desk.kit.errors import FileTrouble
from village_desk.sync import stick
from village_desk.sync.stickfile import limits

NAME = "VD1-320924103205-0a1b2c3d-000012-1.vdb"
CONTENT = bytes(range(256)) * 12_000


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in (folder / stick.FOLDER).iterdir())


def test_a_file_is_written_read_back_and_listed(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    path = stick.write(tmp_path, NAME, CONTENT, lambda done, of, words="": seen.append((done, of)))

    assert path == tmp_path / "VDESK" / NAME
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == [NAME]
    assert [one[0] for one in seen] == sorted(one[0] for one in seen)
    assert seen[-1] == (2 * len(CONTENT), 2 * len(CONTENT))
    [found] = stick.files(tmp_path)
    assert (found.name, found.size, stick.read(found)) == (NAME, len(CONTENT), CONTENT)


def test_the_folder_itself_may_be_pointed_at(tmp_path: Path) -> None:
    stick.write(tmp_path, NAME, CONTENT)
    assert stick.files(tmp_path / "VDESK") == stick.files(tmp_path)
    stick.write(tmp_path / "VDESK", "VD1-2-3-000001-1.vdb", b"x")
    assert names(tmp_path) == ["VD1-2-3-000001-1.vdb", NAME]


def test_the_same_content_twice_is_one_file_and_other_content_is_never_written_over(tmp_path: Path) -> None:
    stick.write(tmp_path, NAME, CONTENT)
    assert stick.write(tmp_path, NAME, CONTENT).read_bytes() == CONTENT
    with pytest.raises(FileTrouble, match="同名"):
        stick.write(tmp_path, NAME, b"other")
    assert names(tmp_path) == [NAME]
    assert (tmp_path / "VDESK" / NAME).read_bytes() == CONTENT


def test_a_stick_that_is_not_there_is_met_with_a_sentence(tmp_path: Path) -> None:
    for act in (lambda: stick.write(tmp_path / "E", NAME, CONTENT), lambda: stick.files(tmp_path / "E")):
        with pytest.raises(FileTrouble, match="找不到U盘"):
            act()
    assert not (tmp_path / "E").exists()


def test_an_empty_stick_offers_nothing(tmp_path: Path) -> None:
    assert stick.files(tmp_path) == ()


def test_a_stick_pulled_out_while_writing_leaves_no_file_that_looks_whole(tmp_path: Path) -> None:
    drive, away = tmp_path / "E", tmp_path / "away"
    drive.mkdir()

    def pull(done: int, of: int, words: str = "", /) -> None:
        if done == 1024 * 1024:
            drive.rename(away)

    with pytest.raises(FileTrouble, match="拔下"):
        stick.write(drive, NAME, CONTENT, pull)
    assert not drive.exists()
    assert all(name.startswith("~") for name in names(away))
    assert stick.files(away) == ()


def test_a_cancelled_copy_leaves_nothing(tmp_path: Path) -> None:
    def cancel(done: int, of: int, words: str = "", /) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stick.write(tmp_path, NAME, CONTENT, cancel)
    assert names(tmp_path) == []


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system refuses to let any file grow beyond `size`, as a stick's own file system does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 1, 1024 * 1024, len(CONTENT) - 1])
def test_a_write_that_the_system_stops_half_way_leaves_the_old_files_only(tmp_path: Path, room: int) -> None:
    stick.write(tmp_path, "VD1-2-3-000001-1.vdb", b"old")
    with largest_file(room), pytest.raises(FileTrouble, match="放不下"):
        stick.write(tmp_path, NAME, CONTENT)
    assert names(tmp_path) == ["VD1-2-3-000001-1.vdb"]
    assert (tmp_path / "VDESK" / "VD1-2-3-000001-1.vdb").read_bytes() == b"old"


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Act as a user who may look at the folder and change nothing; root may write anywhere."""
    folder.chmod(0o555)
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)
        folder.chmod(0o755)


def test_a_folder_without_the_right_to_write_is_met_with_a_sentence() -> None:
    with tempfile.TemporaryDirectory() as name:
        drive = Path(name)
        with without_rights(drive), pytest.raises(FileTrouble, match="没有在这个U盘上读写的权限"):
            stick.write(drive, NAME, CONTENT)
        assert list(drive.iterdir()) == []


def on_private_drive(drive: Path, options: str, code: str) -> str:
    """Run code on a small drive in a name space of its own; skips where the system allows no such spaces."""
    mount = f'mount -t tmpfs -o {options} tmpfs "$1" && exec "$2" -c "$3" "$1"'
    run = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", drive, sys.executable, code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONIOENCODING": "utf-8"},
    )
    if run.returncode != 0 and ("unshare" in run.stderr or "mount" in run.stderr):
        pytest.skip("this system allows no private drives")
    assert run.stderr == ""
    return run.stdout


LOCKED_STICK = """
import sys
from pathlib import Path
from village_desk.kit.errors import FileTrouble
from village_desk.sync import stick
try:
    stick.write(Path(sys.argv[1]), "VD1-1-2-000001-1.vdb", b"x")
except FileTrouble as trouble:
    print(trouble.message)
"""


def test_a_stick_with_its_lock_shut_is_met_with_a_sentence(tmp_path: Path) -> None:
    assert on_private_drive(tmp_path, "ro", LOCKED_STICK) == "U盘是只读的，写不进去。\n"


FULL_STICK = """
import sys
from pathlib import Path
from village_desk.kit.errors import FileTrouble
from village_desk.sync import stick
drive = Path(sys.argv[1])
stick.write(drive, "VD1-1-2-000001-1.vdb", b"old")
def fill(done, of):
    if done == 1024 * 1024:
        with (drive / "photos.zip").open("wb") as other:
            try:
                while other.write(bytes(65536)) and not other.flush():
                    pass
            except OSError:
                pass
for progress, size in ((None, 8 << 20), (fill, 3 << 20)):
    try:
        stick.write(drive, "VD1-1-2-000002-1.vdb", bytes(size), progress)
    except FileTrouble as trouble:
        print(trouble.message, sorted(one.name for one in (drive / "VDESK").iterdir()))
"""


def test_a_full_stick_is_met_with_a_sentence_before_and_while_writing(tmp_path: Path) -> None:
    said = on_private_drive(tmp_path, "size=6m", FULL_STICK)
    assert said == "U盘空间不够，没有写入。 ['VD1-1-2-000001-1.vdb']\n" * 2


def test_what_a_virus_leaves_on_a_stick_is_passed_over(tmp_path: Path) -> None:
    stick.write(tmp_path, NAME, CONTENT)
    folder = tmp_path / "VDESK"
    secret = tmp_path / "secret.vdb"
    secret.write_bytes(b"secret")
    (folder / "link.vdb").symlink_to(secret)
    (folder / "folder.vdb").mkdir()
    os.mkfifo(folder / "pipe.vdb")
    (folder / "上报包.vdb.lnk").write_bytes(b"x")
    (folder / "autorun.inf").write_bytes(b"x")
    (folder / "setup.exe").write_bytes(b"x")
    (folder / "~0a1b2c3d.tmp").write_bytes(b"x")
    (folder / "._hidden.vdb").write_bytes(b"x")
    assert [one.name for one in stick.files(tmp_path)] == [NAME]


def test_a_file_that_became_a_link_after_listing_is_not_followed(tmp_path: Path) -> None:
    stick.write(tmp_path, NAME, CONTENT)
    [found] = stick.files(tmp_path)
    found.path.unlink()
    found.path.symlink_to("/etc/passwd")
    with pytest.raises(FileTrouble, match="链接"):
        stick.read(found)
    found.path.unlink()
    os.mkfifo(found.path)
    with pytest.raises(FileTrouble, match="普通文件"):
        stick.read(found)


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    drive, elsewhere = tmp_path / "E", tmp_path / "elsewhere"
    drive.mkdir()
    elsewhere.mkdir()
    stick.write(elsewhere, NAME, CONTENT)
    (drive / "VDESK").symlink_to(elsewhere / "VDESK")
    assert stick.files(drive) == ()
    with pytest.raises(FileTrouble, match="链接"):
        stick.write(drive, "VD1-1-2-000001-1.vdb", b"x")
    assert names(elsewhere) == [NAME]


def test_a_file_in_place_of_the_folder_is_met_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "VDESK").write_bytes(b"x")
    with pytest.raises(FileTrouble, match="不是文件夹"):
        stick.write(tmp_path, NAME, CONTENT)
    assert stick.files(tmp_path) == ()


def test_a_renamed_file_is_still_offered_and_odd_names_are_shown_plainly(tmp_path: Path) -> None:
    stick.write(tmp_path, NAME, CONTENT)
    folder = tmp_path / "VDESK"
    odd = "复件 " + "长" * 70 + "\u202e.VDB"
    (folder / NAME).rename(folder / odd)
    [found] = stick.files(tmp_path)
    assert stick.read(found) == CONTENT
    assert "\u202e" not in found.name
    assert len(found.name) <= 60


def test_not_more_than_five_hundred_files_are_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "VDESK"
    folder.mkdir()
    for number in range(700):
        (folder / f"{number}.vdb").touch()
    assert len(stick.files(tmp_path)) == stick.MOST_FILES_LOOKED_AT


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    stick.write(tmp_path, NAME, b"x")
    os.truncate(tmp_path / "VDESK" / NAME, limits.LARGEST_BODY * 100)
    [found] = stick.files(tmp_path)
    with pytest.raises(FileTrouble, match="还大"):
        stick.read(found)


def test_only_own_acknowledged_files_are_swept_and_three_stay(tmp_path: Path) -> None:
    own = [f"VD1-1-2-{number:06d}-1.vdb" for number in range(1, 7)]
    for name in [*own, "VD1-9-9-000001-1.vdb"]:
        stick.write(tmp_path, name, name.encode())
    (tmp_path / "VDESK" / "~0a1b2c3d.tmp").write_bytes(b"half")
    (tmp_path / "VDESK" / "村里的照片.jpg").write_bytes(b"photo")

    assert stick.sweep(tmp_path, frozenset(own[:5])) == 2
    assert names(tmp_path) == sorted([*own[2:], "VD1-9-9-000001-1.vdb", "村里的照片.jpg"])
    assert stick.sweep(tmp_path, frozenset(own[:5])) == 0
