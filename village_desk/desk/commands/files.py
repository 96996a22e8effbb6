"""Village files as a whole: new ones, their proof, their copies, and going back."""

import shutil
import tempfile
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlcipher3 import dbapi2

from village_desk.desk.commands.answer import Answer, WrongCall
from village_desk.desk.commands.opening import ask_secret, opened
from village_desk.desk.commands.paths import village_path
from village_desk.desk.rooms import load_records
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.text import tidy
from village_desk.store.copies import restore_in_place
from village_desk.store.engine import connect, trouble
from village_desk.store.file import VillageFile
from village_desk.store.files import SUFFIX, disk_trouble
from village_desk.store.journal.tables import OPERATION
from village_desk.store.keyring import KeyFile, Keys
from village_desk.store.migrations import VERSION

VILLAGE_CODE_DIGITS = 12
TOWNSHIP_CODE_DIGITS = 9
DEFAULT_OPERATOR = "文书"


def new(options: Namespace, answer: Answer) -> None:
    """An empty village (or township) file with its first operator."""
    load_records()
    name = tidy(options.village)
    digits = TOWNSHIP_CODE_DIGITS if options.township else VILLAGE_CODE_DIGITS
    if not name:
        raise WrongCall("村名不能空着。请在 --village 后面写上村名。")
    if not (options.code.isascii() and options.code.isdigit() and len(options.code) == digits):
        unit = "乡镇" if options.township else "村"
        raise WrongCall(f"{unit}的区划代码是{digits}位数字，“{options.code}”不是。请核对 --code 后面的代码。")
    operator = tidy(options.operator) or DEFAULT_OPERATOR
    secret = ask_secret(options, f"给{operator}定一个口令：", again="再输入一次：")
    file = VillageFile.create(
        Path(options.file),
        village=options.code,
        name=name,
        operator=operator,
        password=secret,
        kind="township" if options.township else "village",
        today=options.today,
    )
    code = file.recovery_code
    file.close()
    answer.put(file=file.path, key_file=file.path.with_suffix(".vkey"), operator=operator, recovery_code=code)
    answer.say(f"建好了“{name}”的空档案：{file.path}")
    answer.say(f"钥匙文件在它旁边：{file.path.with_suffix('.vkey')}，两个文件要放在一起、一起备份。")
    answer.say(f"第一位操作人是{operator}。")
    answer.say(f"恢复码：{code}")
    answer.say("恢复码只显示这一次，忘了口令全靠它，请抄下来锁好。")


def backup(options: Namespace, answer: Answer) -> None:
    """A proved copy in a folder."""
    with opened(options) as file:
        copy = file.copy_to(Path(options.folder))
    answer.put(copy=copy.path, position=copy.position)
    answer.say(f"备份好了：{copy.path}（钥匙文件在它旁边，记录{copy.position}条，已打开核对过）。")


def restore(options: Namespace, answer: Answer) -> None:
    """Go back to a copy.

    Where the file still opens, the later steps are undone and stay in the history; where it is lost or broken (or
    with --replace) the copy is put in its place and the broken file is kept under another name.
    """
    load_records()
    copy, target = village_path(options.copy), Path(options.file)
    if target.suffix != SUFFIX:
        target = target.with_name(target.name + SUFFIX)
    if copy.resolve() == target.resolve():
        raise WrongCall("备份和要恢复的档案是同一个文件。请写明：village-desk restore 备份 档案。")
    copy_keys = KeyFile.load(copy.with_suffix(".vkey"))
    secret = ask_secret(options, "口令：" if not options.recovery else "打印的恢复码：")
    operator = options.operator or next(iter(copy_keys.operators), "")
    keys = copy_keys.open_with_code(secret) if options.recovery else copy_keys.open_with_password(operator, secret)
    end = _end_of(copy, keys)
    kept = target.exists()
    file = None if options.replace else _still_opens(target, copy_keys, options, secret)
    if file is None:
        restore_in_place(copy, target)
        _restore_blobs(copy, target)
        answer.put(way="replaced", file=target, position=end.position)
        answer.say(f"已经用备份恢复：{target}（记录{end.position}条）。")
        if kept:
            answer.say(f"原来的文件留在“{target.stem}-恢复前{SUFFIX}”，确认无用后再删。")
        answer.say("备份之后做的事不在里面，请对照纸面补录。")
        return
    try:
        _go_back(file, end, answer)
    finally:
        file.close()


@dataclass(frozen=True)
class _End:
    """The form of a file, and its journal's last operation."""

    version: int
    position: int
    hash: bytes


def _go_back(file: VillageFile, end: _End, answer: Answer) -> None:
    if _hash_at(file, end.position) != end.hash:
        raise NotAllowed(
            "这份备份里有现在的档案没有的内容，不能靠撤销回到它。",
            "要用它代替现在的档案，请加 --replace，现在的档案会另名留下。",
        )
    before = file.position
    file.keep_copy()
    left = file.undo_after(end.position)
    answer.put(way="undone", file=file.path, position=end.position, left=left)
    if before == end.position:
        answer.say("档案和这份备份一样，没有要恢复的。")
        return
    answer.say("已经回到备份时的样子：撤销了之后的操作，历史里看得到每一步，也可以再撤销回来。")
    if left:
        answer.say(f"有{len(left)}步已经定稿或入账，不能撤销，照旧保留：{'、'.join(left)}。")


def _still_opens(target: Path, copy_keys: KeyFile, options: Namespace, secret: str) -> VillageFile | None:
    """The present file when it can be opened; None when it is lost or broken, so that the copy takes its place."""
    if not target.exists() or not target.with_suffix(".vkey").exists():
        return None
    try:
        own = KeyFile.load(target.with_suffix(".vkey"))
    except FileTrouble:
        return None
    if own.file_id != copy_keys.file_id:
        raise NotAllowed(
            f"“{target.name}”和这份备份不是同一份档案，没有恢复。", "请核对文件名；要放到别处，请换一个新的文件名。"
        )
    code, password = (secret, "") if options.recovery else ("", secret)
    try:
        return VillageFile.open(
            target, operator=options.operator, password=password, recovery_code=code, today=options.today
        )
    except FileTrouble:
        if _is_newer(target, own, secret, options):
            raise
        return None


def _is_newer(target: Path, own: KeyFile, secret: str, options: Namespace) -> bool:
    operator = options.operator or next(iter(own.operators), "")
    keys = own.open_with_code(secret) if options.recovery else own.open_with_password(operator, secret)
    try:
        return _end_of(target, keys).version > VERSION
    except FileTrouble:
        return False


def _end_of(path: Path, keys: Keys) -> _End:
    # Opening would turn a copy into a working file, so a copy of it is read.
    with tempfile.TemporaryDirectory() as folder:
        try:
            read = Path(shutil.copyfile(path, Path(folder) / path.name))
        except OSError as reason:
            raise FileTrouble(f"“{path.name}”读不出来。", "请换一份备份再试。") from reason
        connection = connect(read, keys.data, keys.salt)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            row = connection.execute(
                f"SELECT position, hash FROM {OPERATION.name} ORDER BY position DESC LIMIT 1"
            ).fetchone()
        except dbapi2.Error as reason:
            raise trouble(reason) from reason
        finally:
            connection.close()
    return _End(version, row[0], row[1]) if row is not None else _End(version, 0, b"")


def _hash_at(file: VillageFile, position: int) -> bytes:
    with file.reading_raw() as session:
        return session.scalar(select(OPERATION.c.hash).where(OPERATION.c.position == position)) or b""


def _restore_blobs(copy: Path, target: Path) -> None:
    source = copy.with_name(f"{copy.stem.rpartition('-')[0]}.blobs")
    if not source.is_dir():
        return
    try:
        shutil.copytree(source, target.with_suffix(".blobs"), dirs_exist_ok=True)
    except OSError as reason:
        raise disk_trouble(reason, target) from reason
