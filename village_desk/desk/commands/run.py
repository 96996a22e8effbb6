"""From the words of a call to a finished command and its exit code."""

import importlib
import io
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from village_desk import __version__
from village_desk.desk.commands.answer import REFUSED, WRONG_CALL, Answer, WrongCall, write_line
from village_desk.desk.commands.calls import BY_NAME, CALLS, WINDOW, Call
from village_desk.kit.errors import DeskError
from village_desk.kit.text import display_width

STOPPED = 130


def run(words: Sequence[str]) -> int:
    """Carry out one call and return its exit code: 0 done, 1 refused or found wrong, 2 wrong call."""
    _speak_utf8()
    words = list(words)
    answer = Answer(as_json="--json" in words)
    if words and words[0] in ("-h", "--help", "help"):
        return _help(words[1:])
    if words and words[0] == "--version":
        write_line(f"村务通 {__version__}")
        return 0
    try:
        call, options = _understood(words)
        _function(call)(options, answer)
    except SystemExit as end:
        # argparse ends so after it has printed the help of a command.
        return int(end.code or 0)
    except WrongCall as wrong:
        answer.wrong_call(str(wrong))
    except DeskError as refused:
        answer.refuse(refused)
    except KeyboardInterrupt:
        sys.stderr.write("停下了，没有做完的这一步没有保存。\n")
        return STOPPED
    except BrokenPipeError:
        # The reader of our output has gone away (head, less); that is no trouble of ours.
        sys.stdout = io.StringIO()
        return REFUSED
    except Exception as bug:
        return _report(bug, answer)
    return answer.close()


def _report(bug: Exception, answer: Answer) -> int:
    from village_desk.desk.crash import write_report

    if sys.flags.dev_mode:
        raise bug
    path = write_report(bug)
    where = (
        f"问题报告（没有村民的资料）：{path}" if path is not None else "问题报告没能写到磁盘上，请检查磁盘是否已满。"
    )
    answer.refuse(DeskError("程序出了一点问题，这一步没有做成，也没有保存。", where))
    return answer.close()


def _understood(words: list[str]) -> tuple[Call, Namespace]:
    if words and words[0] == "--json":
        words = [*words[1:], "--json"]
    name = words[0] if words else ""
    if name in BY_NAME:
        call = BY_NAME[name]
        parser, rest = call.parser(), words[1:]
        # The help of an intermixed call would leave out what stands without a dash.
        asks = {"-h", "--help"}.intersection(rest)
        return call, parser.parse_args(rest) if asks else parser.parse_intermixed_args(rest)
    if name and not name.startswith("-") and not _looks_like_file(name):
        close = get_close_matches(name, BY_NAME, n=2)
        hint = f"是不是{'或'.join(close)}？" if close else "全部命令可用“village-desk --help”查看。"
        raise WrongCall(f"没有“{name}”这个命令。{hint}")
    return WINDOW, WINDOW.parser().parse_args(words)


def _looks_like_file(word: str) -> bool:
    return "." in word or "/" in word or "\\" in word or Path(word).exists()


def _function(call: Call) -> Callable[[Namespace, Answer], None]:
    module, _, function = call.run.rpartition(".")
    found = getattr(importlib.import_module(f"village_desk.desk.commands.{module}"), function)
    assert callable(found)
    return found  # type: ignore[no-any-return]  # looked up by name, so that help imports nothing


def _help(words: list[str]) -> int:
    if words and words[0] in BY_NAME:
        BY_NAME[words[0]].parser().print_help()
        return 0
    if words:
        sys.stderr.write(f"没有“{words[0]}”这个命令。\n")
        return WRONG_CALL
    write_line("村务通：村里一张桌子，一次录入，各种表都出得来。")
    write_line("")
    write_line("用法：village-desk [档案]　　　　　打开窗口")
    write_line("　　　village-desk 命令 …　　　　　不开窗口做一件事")
    write_line("")
    widest = max(display_width(call.name) for call in CALLS)
    for call in CALLS:
        write_line(f"  {call.name.ljust(widest)}  {call.explain}")
    write_line("")
    write_line("每个命令的写法：village-desk 命令 --help。结束代码：0 做好了，1 被拒绝或查出问题，2 命令写得不对。")
    return 0


def _speak_utf8() -> None:
    # A pipe on Windows would otherwise use the code page, which lacks rare characters of names.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and (stream.encoding or "").lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")
