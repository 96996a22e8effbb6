"""`print`: any sheet as a PDF."""

from argparse import Namespace
from pathlib import Path

from village_desk.desk.commands.answer import Answer, WrongCall
from village_desk.desk.commands.opening import opened
from village_desk.desk.prints import PRINTS, print_sheet


def print_one(options: Namespace, answer: Answer) -> None:
    """Write one sheet, or list what can be printed."""
    if options.list:
        answer.put(prints={one.name: {"words": one.words, "number": one.number} for one in PRINTS})
        for one in PRINTS:
            answer.say(f"{one.name}　{one.words}" + (f"，要写{one.number}" if one.number else ""))
        return
    names = [one.name for one in PRINTS]
    if not (options.file and options.what and options.out):
        raise WrongCall("还缺档案、打印什么或 --out PDF文件。能打印的用“village-desk print --list”查看。")
    if options.what not in names:
        raise WrongCall(f"没有“{options.what}”这种打印件，有的是：{'、'.join(names)}。")
    out = Path(options.out)
    with opened(options, writing=True, of_village=True) as file:
        made = print_sheet(file, options.what, options.number, out)
    answer.put(file=out, title=made.title, bytes=len(made.content), kept=bool(made.notice_id))
    answer.say(f"《{made.title}》存好了：{out}")
