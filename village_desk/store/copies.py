"""Copies of a village file: written while it is open, proved before they count, thinned by journal position."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.progress import Progress, silent
from village_desk.store.engine import check_header, connect, connect_checked, trouble
from village_desk.store.files import copy_whole, disk_trouble, free_name, put_in_place, settle, sync_folder
from village_desk.store.journal.tables import OPERATION
from village_desk.store.keyring import KeyFile, Keys
from village_desk.store.locks import FileLock

KEPT_NEWEST = 12
_HEAD_SIGNS = 8
# How often SQLite asks whether to go on, in its own steps: some dozen times a second.
_ASKED_EVERY = 100_000
_PARTS = 3
_END = f"SELECT position, hash FROM {OPERATION.name} ORDER BY position DESC LIMIT 1"


@dataclass(frozen=True)
class Copy:
    """One copy: its file, how long the journal was when it was made, and how its last operation's hash begins.

    After a restore two copies can be equally long and hold different things; `head` tells them apart.
    """

    path: Path
    position: int
    head: str = ""


def head_signs(name: bytes) -> str:
    """How the hash of an operation begins, as it stands in the name of a copy."""
    return name.hex()[:_HEAD_SIGNS]


def make_copy(path: Path, keys: Keys, folder: Path, blobs: Path | None, progress: Progress = silent) -> Copy:
    """Write NAME-POSITION_HEAD.vdesk with its key file into the folder, read it back and check every page.

    Raises FileTrouble, and leaves no half copy, when the folder cannot be written or the copy is not sound; likewise
    when `progress` raises.
    """
    part = folder / f"{path.stem}.vdesk.part"
    try:
        progress(0, _PARTS, "正在写备份")
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(part)
        _write(path, keys, part, progress)
        settle(part)
        progress(1, _PARTS, "正在核对备份")
        position, head = _checked(part, keys, progress)
        progress(2, _PARTS)
        target = folder / f"{path.stem}-{position:08d}_{head}.vdesk"
        if blobs is not None and blobs.is_dir():
            _copy_blobs(blobs, folder / f"{path.stem}.blobs", progress)
        copy_whole(path.with_suffix(".vkey"), target.with_suffix(".vkey"))
        put_in_place(part, target)
        sync_folder(folder)
    except OSError as reason:
        raise disk_trouble(reason, part) from reason
    finally:
        # A stick that was pulled out takes its leftovers with it.
        with contextlib.suppress(OSError):
            _sweep(part)
    return Copy(target, position, head)


def _sweep(part: Path) -> None:
    for leftover in (part, *(part.with_name(f"{part.name}-{beside}") for beside in ("journal", "wal", "shm"))):
        leftover.unlink(missing_ok=True)


@contextlib.contextmanager
def _asked(connection: Any, progress: Progress, done: int) -> Iterator[None]:
    """One long statement that asks again and again whether to go on, and ends with what `progress` raises."""
    stopped: list[BaseException] = []

    def ask() -> int:
        try:
            progress(done, _PARTS)
        except BaseException as reason:
            stopped.append(reason)
        return len(stopped)

    connection.set_progress_handler(ask, _ASKED_EVERY)
    try:
        yield
    except dbapi2.Error as reason:
        raise stopped[0] if stopped else trouble(reason) from reason
    finally:
        connection.set_progress_handler(None, 0)


def _write(path: Path, keys: Keys, part: Path, progress: Progress) -> None:
    source = connect_checked(path, keys.data, keys.salt)
    try:
        # VACUUM INTO reads one snapshot, WAL included; copying the open file would lose the newest pages.
        with _asked(source, progress, 0):
            source.execute("VACUUM INTO ?", (str(part),))
    finally:
        source.close()


def _checked(part: Path, keys: Keys, progress: Progress) -> tuple[int, str]:
    """The end of the copy's journal; raises FileTrouble when anything in the copy is not sound."""
    copied = connect(part, keys.data, keys.salt, journal="DELETE")
    try:
        with _asked(copied, progress, 1):
            sound, damaged, end = _looked_through(copied)
    finally:
        copied.close()
    if damaged or sound is None or sound[0] != "ok":
        raise FileTrouble("备份写完后检查不合格，没有采用。", "请换一个磁盘再备份，并检查这台电脑的硬盘。")
    return (end[0], head_signs(end[1])) if end is not None else (0, head_signs(bytes(32)))


def _looked_through(copied: Any) -> tuple[Any, list[Any], Any]:
    damaged = copied.execute("PRAGMA cipher_integrity_check").fetchall()
    sound = copied.execute("PRAGMA integrity_check(1)").fetchone()
    return sound, damaged, copied.execute(_END).fetchone()


def _copy_blobs(source: Path, target: Path, progress: Progress) -> None:
    """The blobs that are not there yet; all of them, or none of them stays."""
    wanted = [(blob, target / blob.parent.name / blob.name) for blob in source.glob("??/*") if blob.suffix != ".part"]
    lacking = [(blob, there) for blob, there in wanted if not there.exists()]
    made: list[Path] = []
    try:
        for done, (blob, there) in enumerate(lacking):
            progress(done, len(lacking), f"正在拷贝材料，第{done + 1}份，共{len(lacking)}份")
            there.parent.mkdir(parents=True, exist_ok=True)
            made.append(there)
            copy_whole(blob, there)
            sync_folder(there.parent)
    except BaseException:
        for one in made:
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)
        raise


def list_copies(path: Path, folder: Path) -> list[Copy]:
    """The copies of a file in a folder, newest journal first."""
    named = re.compile(re.escape(path.stem) + rf"-(\d{{8,}})(?:_([0-9a-f]{{{_HEAD_SIGNS}}}))?\.vdesk")
    found = []
    with contextlib.suppress(OSError):
        for copy in folder.iterdir():
            parts = named.fullmatch(copy.name)
            if parts is not None and copy.with_suffix(".vkey").exists():
                found.append(Copy(copy, int(parts[1]), parts[2] or ""))
    return sorted(found, key=lambda one: (-one.position, one.head))


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
    """Delete copies with their key files; one that somebody holds open stays until the next time."""
    for copy in copies:
        with contextlib.suppress(OSError):
            copy.path.unlink(missing_ok=True)
            copy.path.with_suffix(".vkey").unlink(missing_ok=True)


def restore_in_place(copy: Path, target: Path) -> None:
    """Put a copy where a file was lost or broken; the broken file is kept as NAME-恢复前.vdesk.

    What was kept so before gets a number.  The next opening gives this laptop a new identity.  Raises NotAllowed when
    another village's file lies there, FileTrouble when the copy is none or the disk refuses.
    """
    key_file = KeyFile.load(copy.with_suffix(".vkey"))
    check_header(copy, key_file.salt)
    lock = FileLock(target.with_suffix(".lock"))
    try:
        _refuse_other_file(target, key_file)
        _keep_broken(target)
        for leftover in (f"{target.name}-wal", f"{target.name}-shm"):
            target.with_name(leftover).unlink(missing_ok=True)
        for suffix in (".vdesk", ".vkey"):
            copy_whole(copy.with_suffix(suffix), target.with_suffix(suffix))
        sync_folder(target.parent)
    except OSError as reason:
        raise disk_trouble(reason, target) from reason
    finally:
        lock.release()


def _refuse_other_file(target: Path, key_file: KeyFile) -> None:
    try:
        there = KeyFile.load(target.with_suffix(".vkey"))
    except FileTrouble:
        return
    if there.file_id != key_file.file_id:
        raise NotAllowed(
            f"“{target.name}”和这份备份不是同一份档案，没有恢复。", "请核对文件名；要放到别处，请换一个新的文件名。"
        )


def _keep_broken(target: Path) -> None:
    """Copy everything of the present file beside it, forced to disk before anything is taken away."""
    kept = target.with_name(f"{target.stem}-恢复前.vdesk")
    suffixes = (".vdesk", ".vdesk-wal", ".vkey")
    present = [suffix for suffix in suffixes if target.with_suffix(suffix).exists()]
    if not present:
        return
    older = free_name(kept, *suffixes)
    for suffix in suffixes:
        if older != kept and kept.with_suffix(suffix).exists():
            kept.with_suffix(suffix).rename(older.with_suffix(suffix))
    for suffix in present:
        copy_whole(target.with_suffix(suffix), kept.with_suffix(suffix))
    sync_folder(target.parent)
