"""`self-check`: the installed program looks itself over, and one village file with it."""

from argparse import Namespace

from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened
from village_desk.desk.commands.proof import verify_file
from village_desk.desk.selfcheck import check_all


def self_check(options: Namespace, answer: Answer) -> None:
    """Every part once, on files of its own, and then the file that was named; a broken one ends with 1."""
    found = []
    for one in check_all():
        found.append(one)
        if one.sound:
            answer.say(f"正常　{one.part}：{one.words}")
        else:
            answer.found_wrong(f"不正常　{one.part}：{one.words}")
    wrong = sum(not one.sound for one in found)
    answer.put(parts=found)
    if wrong:
        answer.say(f"{len(found)}项里有{wrong}项不正常。村务档案没有动过；请按上面的话处理，或重新安装后再查一次。")
    else:
        answer.say(f"{len(found)}项都正常。")
    if options.file:
        with opened(options) as file:
            verify_file(file, answer)
    else:
        answer.say("村里的档案没有打开过；要连档案一起核对，请在 self-check 后面写上档案，或用 verify。")
