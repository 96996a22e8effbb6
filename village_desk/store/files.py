"""Files that are written whole or not at all, and the places where a village file must not live."""

import contextlib
import errno
import os
import shutil
import sys
import time
from pathlib import Path

from village_desk.kit.errors import FileTrouble

SUFFIX = ".vdesk"
_FOREIGN_FILE_SYSTEMS = {
    "vfat": "U盘",
    "exfat": "U盘",
    "msdos": "U盘",
    "cifs": "网络共享",
    "smb3": "网络共享",
    "smbfs": "网络共享",
    "nfs": "网络共享",
    "nfs4": "网络共享",
    "fuse.sshfs": "网络共享",
    "fuse.gvfsd-fuse": "网络共享",
}
# A virus scanner or an indexer holds a new file open for a moment; Windows then refuses to replace it.
_REPLACE_TRIES = 20
_REPLACE_PAUSE_SECONDS = 0.05


def write_whole(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write beside, force to disk, then put in place of the old file; raises FileTrouble."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        put_in_place(part, path)
        if durable:
            sync_folder(path.parent)
    except OSError as reason:
        with contextlib.suppress(OSError):
            part.unlink()
        raise disk_trouble(reason, path) from reason


def put_in_place(part: Path, path: Path) -> None:
    """Put a finished file in place of an old one; raises OSError when somebody keeps the old one open."""
    for _ in range(_REPLACE_TRIES):
        try:
            part.replace(path)
            return
        except PermissionError:
            if sys.platform != "win32":
                raise
            time.sleep(_REPLACE_PAUSE_SECONDS)
    part.replace(path)


def copy_whole(source: Path, target: Path) -> None:
    """Copy beside, force to disk, then put in place; raises OSError."""
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(source, part)
        settle(part)
        put_in_place(part, target)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def settle(path: Path) -> None:
    """Force a file that somebody else wrote to disk, and let it be read from there and not from memory."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
        if sys.platform != "win32" and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def free_name(path: Path, *suffixes: str) -> Path:
    """The path, or the first of NAME2, NAME3, … of which no file with any of the suffixes is there."""
    number, found = 1, path
    while any(found.with_suffix(suffix).exists() for suffix in suffixes):
        number += 1
        found = path.with_name(f"{path.stem}{number}{path.suffix}")
    return found


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as reason:
        # Some file systems have no such thing for folders; what was written is there all the same.
        if reason.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(handle)


def disk_trouble(reason: OSError, path: Path) -> FileTrouble:
    """The clerk's sentence for an error of the operating system."""
    if reason.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return FileTrouble("磁盘满了，没有写成，原来的文件没有动。", "请删掉一些不用的文件，再做一次。")
    if reason.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return FileTrouble(f"没有权限写入“{path.parent}”。", "请换到本机“文档”文件夹，或去掉写保护再试。")
    if reason.errno in {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO}:
        return FileTrouble(f"“{path.parent}”找不到了，可能U盘被拔出。", "请重新插好，再做一次。")
    return FileTrouble(f"“{path.name}”没有写成。", "请换一个文件夹再试；原来的文件没有动。")


def refuse_foreign_place(path: Path) -> None:
    """Refuse to work on a village file that lies on a stick or a network share.

    A stick that is pulled out while SQLite writes, or a share without locks, destroys the file.
    """
    kind = place_kind(path)
    if kind:
        raise FileTrouble(
            f"档案放在{kind}上，直接打开容易损坏。", "请先把 .vdesk 和 .vkey 两个文件拷到本机“文档”文件夹，再打开。"
        )


def place_kind(path: Path) -> str:
    """U盘 or 网络共享 when the path lies there; empty for a local disk."""
    folder = path.resolve().parent
    if sys.platform == "win32":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\")
        return {2: "U盘", 4: "网络共享"}.get(kind, "网络共享" if str(folder).startswith("\\\\") else "")
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, found = "", ""
    for line in mounts:
        parts = line.split(" ")
        point = parts[1].replace("\\040", " ")
        inside = point == "/" or folder == Path(point) or Path(point) in folder.parents
        if len(parts) > 2 and inside and len(point) >= len(best):
            best, found = point, _FOREIGN_FILE_SYSTEMS.get(parts[2], "")
    return found
