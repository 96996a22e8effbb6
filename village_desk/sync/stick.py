"""A stick folder: files written so that a pulled stick costs nothing, and listed so that nothing on it is trusted."""

import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from village_desk.kit.errors import FileTrouble
from village_desk.kit.progress import Progress, silent
from village_desk.sync.stickfile import SIZE, limits

FOLDER = "VDESK"
MOST_FILES_LOOKED_AT = 500
LARGEST_FILE = limits.LARGEST_BODY + SIZE
_PIECE = 1024 * 1024
_ENDINGS = (".vdb", ".vdk")
_UNFINISHED = re.compile(r"~[0-9a-f]{8}\.tmp")
# Windows marks junctions and links of every kind with this attribute.
_REPARSE_POINT = 0x400


@dataclass(frozen=True)
class Found:
    """One file that a stick offers: its name for sentences, and its size in bytes."""

    path: Path
    name: str
    size: int


def folder_of(stick: Path) -> Path:
    """The folder for stick files on a stick, whether the clerk pointed at the stick or at the folder itself."""
    return stick if stick.name.upper() == FOLDER else stick / FOLDER


def write(stick: Path, name: str, content: bytes, progress: Progress = silent) -> Path:
    """Put one file onto the stick and read it back before saying so.

    An existing file is never touched: the same content under the same name counts as written, other content is
    refused. `progress` is called with bytes done and bytes in all, writing and reading back each counting once.
    Raises FileTrouble, and then leaves the files that were there before as they were.
    """
    with _trouble(stick):
        folder = _ready_folder(stick, len(content))
        final = folder / name
        if os.path.lexists(final):
            if final.is_file() and not final.is_symlink() and final.read_bytes() == content:
                return final
            raise FileTrouble(
                f"U盘上已经有一个同名的文件“{name}”，内容不一样。", "请不要改名或替换上报包；换一个U盘再写一次。"
            )
        unfinished = folder / f"~{secrets.token_hex(4)}.tmp"
        try:
            _write_through(unfinished, content, progress)
            if _digest_of(unfinished, len(content), progress) != hashlib.sha256(content).digest():
                raise FileTrouble(
                    "写到U盘里的内容读回来对不上，这个U盘可能坏了。", "请换一个U盘再写一次，本机的数据没有变。"
                )
            os.rename(unfinished, final)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        _flush_folder(folder)
        # Not every system keeps what a rename promised: look once more.
        if name not in os.listdir(folder) or final.stat().st_size != len(content):
            raise OSError(errno.EIO, "the renamed file is not there")
        return final


def files(stick: Path) -> tuple[Found, ...]:
    """What the stick offers: regular files of ours by ending, sorted by name; everything else is passed over.

    Links, folders, programs, shortcuts and unfinished copies are never opened. At most 500 files are looked at.
    Raises FileTrouble when the stick is not there or cannot be read.
    """
    with _trouble(stick):
        folder = folder_of(stick)
        if not stick.is_dir():
            raise FileNotFoundError(errno.ENOENT, "no stick")
        if not folder.is_dir() or folder.is_symlink():
            return ()
        found: list[Found] = []
        with os.scandir(folder) as entries:
            for entry in _bounded(entries):
                if not entry.name.lower().endswith(_ENDINGS) or entry.name.startswith(("~", ".")):
                    continue
                facts = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(facts.st_mode) and not getattr(facts, "st_file_attributes", 0) & _REPARSE_POINT:
                    found.append(Found(Path(entry.path), _shown(entry.name), facts.st_size))
        return tuple(sorted(found, key=lambda one: one.path.name))


def read(found: Found) -> bytes:
    """The bytes of a listed file, read once; what is checked is what is used. Raises FileTrouble."""
    with _trouble(found.path.parent):
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(found.path, flags), "rb") as source:
            facts = os.fstat(source.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise FileTrouble(f"“{found.name}”不是普通文件，没有打开。", "请换用写上报包的U盘。")
            if facts.st_size > LARGEST_FILE:
                raise FileTrouble(f"“{found.name}”比上报包允许的还大，没有打开。", "请对方重新导出一次。")
            return source.read(LARGEST_FILE + 1)


def sweep(stick: Path, names: frozenset[str], keep: int = 3) -> int:
    """Remove own files that have been acknowledged, but leave the newest `keep` of them; how many were removed.

    Also removes unfinished copies. Raises FileTrouble.
    """
    with _trouble(stick):
        folder = folder_of(stick)
        if not folder.is_dir():
            return 0
        present = sorted(name for name in os.listdir(folder) if name in names)
        doomed = present[: max(0, len(present) - keep)]
        for name in doomed:
            (folder / name).unlink()
        for name in os.listdir(folder):
            if _UNFINISHED.fullmatch(name):
                (folder / name).unlink()
        return len(doomed)


def _ready_folder(stick: Path, size: int) -> Path:
    if not stick.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no stick")
    folder = folder_of(stick)
    folder.mkdir(exist_ok=True)
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "the folder leads elsewhere")
    # A fifth more than the file: FAT gives space in clusters, and folders need some too.
    if shutil.disk_usage(folder).free < size + size // 5 + 64 * 1024:
        raise OSError(errno.ENOSPC, "not enough space")
    return folder


def _write_through(path: Path, content: bytes, progress: Progress) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o644), "wb", buffering=0) as target:
        view = memoryview(content)
        at = 0
        while at < len(content):
            at += target.write(view[at : at + _PIECE])
            progress(at, 2 * len(content))
        # A dropped USB block shows only here.
        os.fsync(target.fileno())


def _digest_of(path: Path, size: int, progress: Progress) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as source:
        if hasattr(os, "posix_fadvise"):
            # Ask for the stick's own bytes, not for what the computer still remembers of them.
            os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        at = 0
        while piece := source.read(_PIECE):
            digest.update(piece)
            at += len(piece)
            progress(size + min(at, size), 2 * size)
    return digest.digest()


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    # Some file systems of sticks cannot flush a folder; the file itself is already on it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _bounded(entries: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    for count, entry in enumerate(entries):
        if count >= MOST_FILES_LOOKED_AT:
            return
        yield entry


def _shown(name: str) -> str:
    """A file's name as it may stand in a sentence: no marks that turn or hide text, and not endless."""
    plain = "".join(ch if ch.isprintable() else "?" for ch in name)
    return plain if len(plain) <= 60 else plain[:30] + "…" + plain[-20:]


_SENTENCES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("U盘空间不够，没有写入。", "请删掉U盘上不用的文件，或换一个U盘，再写一次。"),
    errno.EDQUOT: ("U盘空间不够，没有写入。", "请删掉U盘上不用的文件，或换一个U盘，再写一次。"),
    errno.EFBIG: ("这个U盘放不下这么大的文件，没有写入。", "请换一个U盘，再写一次。"),
    errno.EROFS: ("U盘是只读的，写不进去。", "请看U盘侧面的锁是否拨到了“锁”，拨开后重新插上。"),
    errno.EACCES: ("没有在这个U盘上读写的权限。", "请换一个U盘或文件夹；单位电脑管住U盘的，请找管理员放行。"),
    errno.EPERM: ("没有在这个U盘上读写的权限。", "请换一个U盘或文件夹；单位电脑管住U盘的，请找管理员放行。"),
    errno.ENOENT: (
        "找不到U盘，可能中途被拔下了。",
        "请重新插好U盘再试一次；U盘上没有写完的文件不会被收取，本机的数据没有变。",
    ),
    errno.ENOTDIR: ("U盘上的“VDESK”不是文件夹，可能被病毒改过。", "请给U盘杀毒，或换一个U盘。"),
    errno.EEXIST: ("U盘上的“VDESK”不是文件夹，可能被病毒改过。", "请给U盘杀毒，或换一个U盘。"),
    errno.ELOOP: ("U盘上的文件是指向别处的链接，没有打开。", "请给U盘杀毒，或换一个U盘。"),
}
_BROKEN = ("U盘读写出错，可能没有插好，也可能坏了。", "请重新插好再试一次；还不行就换一个U盘。本机的数据没有变。")


@contextmanager
def _trouble(stick: Path) -> Iterator[None]:
    """Turn what the system says about a stick into a sentence."""
    try:
        yield
    except OSError as reason:
        code = reason.errno or 0
        # A stick that was pulled out answers with all kinds of numbers; that it is gone says more.
        if code not in {errno.ENOSPC, errno.EROFS} and not _there(stick):
            code = errno.ENOENT
        message, advice = _SENTENCES.get(code, _BROKEN)
        raise FileTrouble(message, advice) from reason


def _there(stick: Path) -> bool:
    try:
        return stick.is_dir()
    except OSError:
        return False
