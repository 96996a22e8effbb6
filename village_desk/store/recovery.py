"""After a crash: whether the write-ahead log that lies beside a file belongs to it."""

import shutil
import tempfile
from pathlib import Path

from sqlcipher3 import dbapi2

from village_desk.kit.errors import FileTrouble
from village_desk.store.engine import connect
from village_desk.store.files import free_name
from village_desk.store.keyring import Keys


def check_left_log(path: Path, keys: Keys) -> None:
    """Look at a file and the log that a crash left beside it, before SQLite puts the two together.

    Somebody may have copied an old file over the broken one and left the log of the broken one there: together they
    make a third thing that never was.  The check works on copies, because closing the real ones would merge them.
    Raises FileTrouble when the two do not belong together (the log is then kept under another name and the next
    opening works), or when neither can be read.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".village-desk-") as folder:
            together, alone = Path(folder) / "1.vdesk", Path(folder) / "2.vdesk"
            shutil.copyfile(path, together)
            shutil.copyfile(log, together.with_name("1.vdesk-wal"))
            if _is_sound(together, keys):
                return
            shutil.copyfile(path, alone)
            sound_alone = _is_sound(alone, keys)
    except OSError:
        # Without room for the check the file is opened as SQLite would open it.
        return
    if not sound_alone:
        raise FileTrouble("档案文件有损坏。", "请不要继续录入，用最近的备份恢复。")
    kept = free_name(path.with_name(f"{path.stem}-换下.vdesk-wal"), ".vdesk-wal")
    log.rename(kept)
    raise FileTrouble(
        f"“{path.name}”是后来拷进来的，旁边留着换下的那份没写完的内容，两样合不到一起；没写完的内容另存为“{kept.name}”。",
        "请再打开一次，并对照纸面把缺的内容补上。",
    )


def _is_sound(path: Path, keys: Keys) -> bool:
    try:
        connection = connect(path, keys.data, keys.salt)
    except (FileTrouble, dbapi2.Error):
        return False
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except dbapi2.Error:
        return False
    finally:
        connection.close()
