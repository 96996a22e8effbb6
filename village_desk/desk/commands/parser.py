"""argparse that speaks Chinese, and refuses by an exception instead of ending the program."""

import argparse
import datetime as dt
import re
from typing import NoReturn

from village_desk.desk.commands.answer import WrongCall

PROGRAM = "village-desk"

_SENTENCES = (
    (r"the following arguments are required: (.+)", "还缺：{0}。"),
    (r"unrecognized arguments: (.+)", "不认识“{0}”。"),
    (r"argument (\S+): expected one argument", "“{0}”后面要跟一个值。"),
    (r"argument (\S+): expected at least one argument", "“{0}”后面至少要跟一个值。"),
    (r"argument (\S+): invalid choice: '?([^']*)'? \(choose from (.+)\)", "“{0}”不能是“{1}”，只能是{2}。"),
    (r"argument (\S+): not allowed with argument (\S+)", "“{0}”和“{1}”只能写一个。"),
    (r"argument (\S+): ignored explicit argument '?([^']*)'?", "“{0}”后面不要跟“{1}”。"),
    (r"ambiguous option: (\S+) could match (.+)", "“{0}”没有写全，可能是{1}。"),
    (r"argument (\S+): (.+)", "“{0}”{1}"),
)


class ChineseFormatter(argparse.HelpFormatter):
    """Help with a Chinese heading."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        """The usage line begins in Chinese."""
        super().add_usage(usage, actions, groups, "用法：")  # type: ignore[arg-type]  # handed on as argparse gave them


class ChineseParser(argparse.ArgumentParser):
    """One command's arguments."""

    def __init__(self, name: str, explain: str) -> None:
        super().__init__(
            prog=f"{PROGRAM} {name}".strip(),
            description=explain,
            formatter_class=ChineseFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "要写的"
        self._optionals.title = "可以加的"
        self.add_argument("-h", "--help", action="help", help="只看这份说明")

    def error(self, message: str) -> NoReturn:
        """Raise WrongCall in Chinese instead of ending the program."""
        for pattern, sentence in _SENTENCES:
            found = re.fullmatch(pattern, message)
            if found:
                parts = [part.replace(", ", "、").replace("'", "") for part in found.groups()]
                raise WrongCall(f"{sentence.format(*parts)}写法可用“{self.prog} --help”查看。")
        raise WrongCall(f"命令写得不对。写法可用“{self.prog} --help”查看。")


def day(text: str) -> dt.date:
    """2026-03-14 as a date; for argparse."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as reason:
        raise argparse.ArgumentTypeError(f"要写成2026-03-14这样的日期，“{text}”不是。") from reason


def number(text: str) -> int:
    """A whole number; for argparse."""
    try:
        return int(text)
    except ValueError as reason:
        raise argparse.ArgumentTypeError(f"要写成整数，“{text}”不是。") from reason
