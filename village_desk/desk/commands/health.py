"""`self-check`: the installed program looks itself over."""

from argparse import Namespace

from village_desk.desk.commands.answer import Answer
from village_desk.desk.selfcheck import check_all


def self_check(options: Namespace, answer: Answer) -> None:
    """Every part once; a broken one ends with 1."""
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
