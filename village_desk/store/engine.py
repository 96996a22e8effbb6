"""The encrypted SQLite file: pragmas, the touch function, triggers, and errors in the clerk's words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from village_desk.kit.errors import FileTrouble
from village_desk.store.base import all_specs
from village_desk.store.journal.tables import OPERATION
from village_desk.store.journal.writing import Tally

SALT_BYTES = 16
BUSY_SECONDS = 5
_PLAIN_HEADER = b"SQLite format 3\0"


def connect(path: Path, key: bytes, salt: bytes, *, create: bool = False, journal: str = "WAL") -> Any:
    """One encrypted connection with every pragma that durability asks for.

    Fails closed: without SQLCipher, with a wrong key or on a plain file it raises FileTrouble.  Another journal than
    WAL is for files on a stick: WAL maps a file into memory, and a pulled stick would kill the program.
    """
    if not create:
        check_header(path, salt)
    return connect_checked(path, key, salt, journal=journal)


def connect_checked(path: Path, key: bytes, salt: bytes, *, journal: str = "WAL") -> Any:
    """A connection to a file whose header was checked before.

    While a file is in use nothing but SQLite may open it: on Linux closing any other handle would drop the locks of
    all connections of this program.
    """
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS, cached_statements=64
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        if not (connection.execute("PRAGMA cipher_version").fetchone() or ("",))[0]:
            raise FileTrouble("加密组件没有装好，不能打开村务档案。", "请重新安装本软件。")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Holds the index of keys of 100,000 people: a page that is not kept is decrypted anew at each key of a search.
        connection.execute("PRAGMA cache_size = -28000")
        connection.execute("PRAGMA trusted_schema = ON")
    except dbapi2.Error as reason:
        connection.close()
        raise trouble(reason) from reason
    except BaseException:
        connection.close()
        raise
    return connection


def check_header(path: Path, salt: bytes) -> None:
    """Refuse a file that is missing, too short, not encrypted, or that does not belong to its key file."""
    try:
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except OSError as reason:
        raise FileTrouble(f"打不开“{path.name}”。", "请确认文件还在原来的位置，并且没有被别的程序占用。") from reason
    if head == _PLAIN_HEADER or head != salt:
        raise FileTrouble(
            f"“{path.name}”不是村务通的档案，或者与同名的钥匙文件不是一套。",
            "请把 .vdesk 和 .vkey 两个文件一起拷贝，或用最近的备份恢复。",
        )


def writer_engine(path: Path, key: bytes, salt: bytes, tally: Tally) -> Engine:
    """The one connection that writes; its transactions begin immediately, so a second writer waits or is told.

    The header of the file was checked before.
    """
    connection = connect_checked(path, key, salt)
    connection.create_function("desk_touch", 2, tally.touch, deterministic=False)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, module=dbapi2)
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def reader_engine(path: Path, key: bytes, salt: bytes) -> Engine:
    """Connections that only read."""

    def open_reader() -> Any:
        connection = connect_checked(path, key, salt)
        connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine(
        "sqlite://", creator=open_reader, poolclass=QueuePool, pool_size=4, pool_use_lifo=True, module=dbapi2
    )
    _begin_with(engine, "BEGIN")
    return engine


def _begin_with(engine: Engine, statement: str) -> None:
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(statement))
    event.listen(engine, "handle_error", _translate)


def _translate(context: ExceptionContext) -> None:
    original = context.original_exception
    if isinstance(original, dbapi2.Error):
        known = _known_trouble(original)
        if known is not None:
            context.chained_exception = known
            raise known from original


def trouble(reason: Exception) -> Exception:
    """The clerk's sentence for an error of SQLite; an unknown one comes back as it is."""
    return _known_trouble(reason) or reason


_SENTENCES: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_FULL", "磁盘满了，这一步没有保存，已存的内容都在。", "请删掉一些不用的文件，再做一次。"),
    ("SQLITE_READONLY", "这个文件夹不允许写入，这一步没有保存。", "请把档案放到本机“文档”文件夹里再打开。"),
    ("SQLITE_BUSY", "档案正被另一个程序占用，这一步没有保存。", "请关掉另一个窗口或备份程序，再做一次。"),
    ("SQLITE_LOCKED", "档案正被另一个程序占用，这一步没有保存。", "请关掉另一个窗口或备份程序，再做一次。"),
    ("SQLITE_IOERR", "磁盘读写出错，这一步没有保存。", "请检查磁盘，并尽快用最近的备份恢复到另一块磁盘。"),
    ("SQLITE_CORRUPT", "档案文件有损坏。", "请不要继续录入，用最近的备份恢复。"),
    ("SQLITE_NOTADB", "打不开档案：文件损坏，或者钥匙不是这份档案的。", "请核对口令，或用最近的备份恢复。"),
    ("SQLITE_PERM", "没有权限读写档案文件，这一步没有保存。", "请把档案放到本机“文档”文件夹里再打开。"),
    ("SQLITE_PROTOCOL", "档案正被另一个程序占用，这一步没有保存。", "请关掉另一个窗口或备份程序，再做一次。"),
    ("SQLITE_NOLFS", "这个磁盘放不下这么大的文件，这一步没有保存。", "请把档案放到本机“文档”文件夹里再打开。"),
    ("SQLITE_CANTOPEN", "打不开档案文件。", "请确认文件还在原来的位置，并且有权限读写。"),
)
_BY_TEXT = {
    "disk is full": "SQLITE_FULL",
    "readonly database": "SQLITE_READONLY",
    "database is locked": "SQLITE_BUSY",
    "disk I/O error": "SQLITE_IOERR",
    "malformed": "SQLITE_CORRUPT",
    "not a database": "SQLITE_NOTADB",
    "unable to open": "SQLITE_CANTOPEN",
    "hmac check failed": "SQLITE_CORRUPT",
}


def _known_trouble(reason: Exception) -> FileTrouble | None:
    name = getattr(reason, "sqlite_errorname", None) or next(
        (code for text, code in _BY_TEXT.items() if text in str(reason)), ""
    )
    for code, message, advice in _SENTENCES:
        if name.startswith(code):
            return FileTrouble(message, advice)
    return None


def is_disks(reason: FileTrouble) -> bool:
    """True when the disk or the file stood in the way, not what was to be written."""
    return isinstance(reason.__cause__, dbapi2.Error)


def create_triggers(execute: Callable[[str], object]) -> None:
    """Count every touched row through a function that only our own connection has."""
    for table in [*(spec.table for spec in all_specs()), OPERATION.name]:
        drop_triggers_of(execute, table)
        if table == OPERATION.name:
            # The journal only grows: nothing in it is ever changed but a lane that was withheld before.
            execute(
                f"CREATE TRIGGER touch_delete_{table} AFTER DELETE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
            )
            for verb in ("insert", "update"):
                execute(
                    f"CREATE TRIGGER touch_{verb}_{table} AFTER {verb.upper()} ON {table} "
                    f"BEGIN SELECT desk_touch('', ''); END"
                )
            continue
        for verb, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
            execute(
                f"CREATE TRIGGER touch_{verb}_{table} AFTER {verb.upper()} ON {table} "
                f"BEGIN SELECT desk_touch('{table}', {row}.id); END"
            )


def lacking_triggers(writer: Engine) -> list[str]:
    """The names of triggers that somebody took away or changed."""
    wanted: dict[str, str] = {}

    def remember(statement: str) -> None:
        if statement.startswith("CREATE"):
            wanted[statement.split()[2]] = statement

    create_triggers(remember)
    there = dict(_asked(writer, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return sorted(name for name, statement in wanted.items() if there.get(name) != statement)


def damaged_pages(writer: Engine) -> bool:
    """Whether any page of the file cannot be read, or the tables and indexes do not fit together; nobody may write.

    The check of pages reads the file beside SQLite, so everything is moved from the WAL into it before.
    """
    _asked(writer, "PRAGMA wal_checkpoint(TRUNCATE)")
    damaged = _asked(writer, "PRAGMA cipher_integrity_check")
    return bool(damaged) or _asked(writer, "PRAGMA integrity_check(1)") != [("ok",)]


def _asked(engine: Engine, statement: str) -> list[Any]:
    """The answer to a statement that must not stand inside a transaction."""
    borrowed = engine.raw_connection()
    try:
        cursor = borrowed.cursor()
        cursor.execute(statement)
        return list(cursor.fetchall())
    except dbapi2.Error as reason:
        raise trouble(reason) from reason
    finally:
        borrowed.close()


def drop_triggers_of(execute: Callable[[str], object], table: str) -> None:
    """Take the triggers of one table away, before a rebuild."""
    for verb in ("insert", "update", "delete"):
        execute(f"DROP TRIGGER IF EXISTS touch_{verb}_{table}")
