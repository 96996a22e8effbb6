"""Copies of a village file: written while it is open, proved before they count, thinned by journal position."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from village_desk.kit.errors import FileTrouble
from village_desk.store.engine import connect, trouble
from village_desk.store.files import disk_trouble, sync_folder
from village_desk.store.keyring import KeyFile, Keys
from village_desk.store.locks import FileLock

KEPT_NEWEST = 12


@dataclass(frozen=True)
class Copy:
    """One copy: its file, and how long the journal was when it was made."""

    path: Path
    position: int


def make_copy(path: Path, keys: Keys, folder: Path, position: int, blobs: Path | None) -> Copy:
    """Write NAME-POSITION.vdesk with its key file into the folder, open it again and check every page.

    Raises FileTrouble, and leaves no half copy, when the folder cannot be written or the copy is not sound.
    """
    target = folder / f"{path.stem}-{position:08d}.vdesk"
    part = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _write(path, keys, part)
        _check(part, keys)
        part.replace(target)
        shutil.copyfile(path.with_suffix(".vkey"), target.with_suffix(".vkey"))
        sync_folder(folder)
        if blobs is not None and blobs.is_dir():
            _copy_blobs(blobs, folder / f"{path.stem}.blobs")
    except OSError as reason:
        raise disk_trouble(reason, target) from reason
    finally:
        part.unlink(missing_ok=True)
        for leftover in folder.glob(f"{part.name}-*"):
            leftover.unlink(missing_ok=True)
    return Copy(target, position)


def _write(path: Path, keys: Keys, part: Path) -> None:
    source = connect(path, keys.data, keys.salt)
    try:
        # VACUUM INTO reads one snapshot, WAL included; copying the open file would lose the newest pages.
        source.execute("VACUUM INTO ?", (str(part),))
    except dbapi2.Error as reason:
        raise trouble(reason) from reason
    finally:
        source.close()


def _check(part: Path, keys: Keys) -> None:
    copied = connect(part, keys.data, keys.salt)
    try:
        damaged = copied.execute("PRAGMA cipher_integrity_check").fetchall()
        sound = copied.execute("PRAGMA integrity_check").fetchone()
        copied.execute("PRAGMA journal_mode = DELETE")
    except dbapi2.Error as reason:
        raise trouble(reason) from reason
    finally:
        copied.close()
    if damaged or sound is None or sound[0] != "ok":
        raise FileTrouble("备份写完后检查不合格，没有采用。", "请换一个磁盘再备份，并检查这台电脑的硬盘。")


def _copy_blobs(source: Path, target: Path) -> None:
    for blob in source.glob("??/*"):
        there = target / blob.parent.name / blob.name
        if not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            part = there.with_suffix(".part")
            shutil.copyfile(blob, part)
            part.replace(there)


def list_copies(path: Path, folder: Path) -> list[Copy]:
    """The copies of a file in a folder, newest journal first."""
    found = []
    for copy in folder.glob(f"{path.stem}-????????.vdesk"):
        number = copy.stem.rpartition("-")[2]
        if number.isdigit() and copy.with_suffix(".vkey").exists():
            found.append(Copy(copy, int(number)))
    return sorted(found, key=lambda one: -one.position)


def thin(copies: list[Copy]) -> list[Copy]:
    """The copies that may go: the newest twelve stay, then one in each doubling of the distance to the newest.

    Distance is counted in journal positions, never in days: clocks are wrong.
    """
    if len(copies) <= KEPT_NEWEST:
        return []
    newest = copies[0].position
    gone: list[Copy] = []
    levels: set[int] = set()
    for copy in sorted(copies[KEPT_NEWEST:], key=lambda one: one.position):
        level = (newest - copy.position).bit_length()
        if level in levels:
            gone.append(copy)
        levels.add(level)
    return gone


def remove(copies: list[Copy]) -> None:
    """Delete copies with their key files."""
    for copy in copies:
        copy.path.unlink(missing_ok=True)
        copy.path.with_suffix(".vkey").unlink(missing_ok=True)


def restore_in_place(copy: Path, target: Path) -> None:
    """Put a copy where a file was lost or broken; the broken file is kept as NAME-恢复前.vdesk.

    The next opening gives this laptop a new identity.  Raises FileTrouble.
    """
    KeyFile.load(copy.with_suffix(".vkey"))
    lock = FileLock(target.with_suffix(".lock"))
    try:
        for suffix in (".vdesk", ".vdesk-wal", ".vkey"):
            old = target.with_suffix(suffix)
            if old.exists():
                shutil.copyfile(old, target.with_name(f"{target.stem}-恢复前{suffix}"))
        for leftover in (f"{target.name}-wal", f"{target.name}-shm"):
            target.with_name(leftover).unlink(missing_ok=True)
        for suffix in (".vdesk", ".vkey"):
            part = target.with_suffix(f"{suffix}.part")
            shutil.copyfile(copy.with_suffix(suffix), part)
            part.replace(target.with_suffix(suffix))
        sync_folder(target.parent)
    except OSError as reason:
        raise disk_trouble(reason, target) from reason
    finally:
        lock.release()
