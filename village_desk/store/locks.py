"""One program at a time: a lock that the operating system lets go when the program dies."""

import sys
from pathlib import Path
from typing import IO

from village_desk.kit.errors import FileInUse, FileTrouble


class FileLock:
    """An exclusive lock on NAME.lock; raises FileInUse when another program holds it."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] | None = None
        try:
            file = path.open("a+b")
        except OSError as reason:
            raise FileTrouble(
                f"文件夹“{path.parent}”不允许写入，打不开档案。", "请把档案拷到本机“文档”文件夹再打开。"
            ) from reason
        try:
            _lock(file)
        except OSError as reason:
            file.close()
            raise FileInUse(
                "这份档案已经在另一个窗口里打开了。", "请切换到那个窗口；如果找不到，请先关掉再打开。"
            ) from reason
        self._file = file

    def release(self) -> None:
        """Let go."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        # Windows locks from where the file stands; opened for appending that is its end.
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
