"""`history`: the steps that were done, the newest first, and the undo of one."""

from argparse import Namespace

from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.people.lookups.leaving import kept_words
from village_desk.store.file import VillageFile
from village_desk.store.operators import operators

LAST = "last"
_LOOKED_BACK = 1_000_000
# As many digits as tell the steps of a village apart.
_SHOWN_DIGITS = 8


def history(options: Namespace, answer: Answer) -> None:
    """List the newest steps, or undo one of them first."""
    with opened(options, writing=bool(options.undo)) as file:
        if options.undo:
            step = _step(file, options.undo)
            undone = file.undo(step)
            answer.put(undone=undone)
            answer.say(f"撤销好了，改回{undone.records}条。")
            if undone.kept:
                with file.reading() as session:
                    kept = kept_words(session, [(one.table, one.record) for one in undone.kept])
                who = kept or f"其中{len(undone.kept)}条"
                answer.say(f"{who}后来又改过，仍然保留。")
        found = file.steps(limit=options.limit)
        with file.reading() as session:
            names = {one.id: one.name for one in operators(session)}
    answer.put(steps=[{**vars(one), "actor": names.get(one.actor, "")} for one in found])
    for one in found:
        state = "　已撤销" if one.undone else "" if one.mine else "　另一台电脑上做的"
        who = names.get(one.actor, "—")
        answer.say(f"{one.id[:_SHOWN_DIGITS]}　{one.day}　{who}　{one.deed}　{one.operations}条{state}")


def _step(file: VillageFile, wanted: str) -> str:
    steps = file.steps(limit=_LOOKED_BACK)
    if wanted == LAST:
        for one in steps:
            if one.mine and not one.undone and not one.deed.startswith("undo:"):
                return one.id
        raise NotAllowed("没有可以撤销的步骤。", "撤销只管这台电脑上做过的事。")
    found = [one.id for one in steps if one.id.startswith(wanted.lower())]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotAllowed(f"“{wanted}”开头的步骤有{len(found)}个。", "请把步骤号写全。")
    raise NotFound(f"没有步骤号是“{wanted}”的一步。", "请先不加 --undo 看一遍步骤号。")
