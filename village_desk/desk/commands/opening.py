"""The way into a village file from the command line: which operator, which password, which day."""

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from village_desk.desk.commands.answer import WrongCall
from village_desk.desk.commands.paths import village_path
from village_desk.desk.rooms import load_records
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.store.file import VillageFile
from village_desk.store.keyring import KeyFile

VILLAGE = "village"
LARGEST_PASSWORD_FILE_BYTES = 4096


@contextmanager
def opened(options: Namespace, *, writing: bool = False, of_village: bool = False) -> Iterator[VillageFile]:
    """The file that the command names, closed again at the end.

    With `writing` the day must be sure: NotAllowed when the computer's clock jumped and no --today was given. With
    `of_village` a township's file is refused: it holds what villages brought and must not write in their place.
    """
    load_records()
    path = village_path(options.file)
    key_file = KeyFile.load(path.with_suffix(".vkey"))
    operator = options.operator or next(iter(key_file.operators), "")
    if options.recovery:
        secret = ask_secret(options, "打印的恢复码：")
        file = VillageFile.open(path, operator=options.operator, recovery_code=secret, today=options.today)
    else:
        if operator not in key_file.operators:
            raise NotAllowed(
                f"“{operator}”没有打开“{path.name}”的口令。", f"能打开的有：{'、'.join(key_file.operators)}。"
            )
        secret = ask_secret(options, f"{operator}的口令：")
        file = VillageFile.open(path, operator=operator, password=secret, today=options.today)
    try:
        if of_village and file.kind != VILLAGE:
            raise NotAllowed(
                f"“{path.name}”是乡镇的档案，村里的事要在村里的档案上办。", "请换成村的档案，或先由村里办好再上报。"
            )
        if writing and not file.clock.confirmed:
            raise NotAllowed(
                f"电脑上的日期和上次记下的日期对不上，上次做到{chinese_date(file.clock.day)}前后，没有写入。",
                "请用 --today 写明今天的日期，例如 --today 2026-03-14。",
            )
        yield file
    finally:
        file.close()


def ask_secret(options: Namespace, question: str, *, again: str = "") -> str:
    """The password or code: the first line of --password-file, or asked for; `again` asks a second time."""
    if options.password_file is not None:
        return first_line(Path(options.password_file))
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        if not line:
            raise WrongCall("没有给出口令。请在提问时输入，或用 --password-file 指出口令所在的文件。")
        return line.rstrip("\r\n")
    secret = getpass.getpass(question)
    if again and getpass.getpass(again) != secret:
        raise NotAllowed("两次输入的口令不一样，没有建立。", "请再做一次，两次输入同一个口令。")
    return secret


def first_line(path: Path, option: str = "--password-file") -> str:
    """The first line of a text file; raises FileTrouble when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_PASSWORD_FILE_BYTES)
        return content.decode("utf-8-sig").partition("\n")[0].rstrip("\r")
    except OSError as reason:
        raise FileTrouble(f"读不到口令文件“{path}”。", f"请核对 {option} 后面的文件名。") from reason
    except UnicodeDecodeError as reason:
        raise FileTrouble(f"口令文件“{path.name}”不是文字。", "请把口令单独写在一个UTF-8文本文件的第一行。") from reason
