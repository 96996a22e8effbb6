"""`export` and `take-in`: the village's bundles and the township's receipts, on a stick or in a folder."""

from argparse import Namespace
from pathlib import Path

from village_desk.desk.answers import owner_of
from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened
from village_desk.store.file import VillageFile
from village_desk.sync import incoming, lookups, outgoing
from village_desk.sync.actions import trust_township
from village_desk.sync.outcome import FileOutcome, State
from village_desk.township import actions as township

SHORTEST_DIGITS = 6


def export(options: Namespace, answer: Answer) -> None:
    """Write what the other side has not seen: a village its bundle, a township its card and its receipts."""
    drive = Path(options.stick)
    with opened(options, writing=True) as file:
        if file.kind == "township":
            card = township.write_township_card(file, drive)
            answer.say(f"乡镇的卡片写好了：{card}。核对码请打印出来贴在窗口，供各村核对。")
            replies = township.write_replies(file, drive)
            answer.put(card=card, replies=replies)
            for reply in replies:
                answer.say(reply.sentence)
            if not replies:
                answer.say("U盘上没有已登记的村的上报包，这次没有写回执。")
            return
        done = outgoing.export(file, drive, everything=options.everything)
        answer.put(bundle=done)
        answer.say(done.sentence)


def take_in(options: Namespace, answer: Answer) -> None:
    """Read the other side's files; with --digits a computer not known yet is compared and kept first."""
    drive = Path(options.stick)
    with opened(options, writing=True) as file:
        outcomes = _take_in(file, drive)
        unknown = [one for one in outcomes if one.state is State.TO_COMPARE]
        if unknown and options.digits:
            for one in unknown:
                answer.say(_compared(file, one, options.digits))
            outcomes = _take_in(file, drive)
        _tell(outcomes, answer)
        if file.kind == "village":
            _tell_standing(file, answer)


def _take_in(file: VillageFile, drive: Path) -> tuple[FileOutcome, ...]:
    if file.kind == "township":
        return township.take_in(file, drive)
    return incoming.take_in(file, drive, owner_of=owner_of)


def _compared(file: VillageFile, unknown: FileOutcome, digits: str) -> str:
    keys = {"public_key": unknown.public_key, "stick_key": unknown.stick_key, "digits": digits}
    if file.kind == "township":
        with file.writing("township.enrol_laptop") as session:
            township.enrol_laptop(session, village_code=unknown.village, village_name=unknown.sender, **keys)
        return f"核对一致，登记了{unknown.sender}的电脑。"
    with file.writing("sync.trust_township") as session:
        trust_township(session, name=unknown.sender, code=unknown.village, **keys)
    return f"核对一致，登记了{unknown.sender}的电脑，以后的上报包写给它。"


def _tell(outcomes: tuple[FileOutcome, ...], answer: Answer) -> None:
    answer.put(files=outcomes)
    for one in outcomes:
        words = f"{one.file}：{one.message}{one.advice}"
        if one.state is State.TO_COMPARE:
            words += f"核对一致后，加上 --digits 和核对码的末{SHORTEST_DIGITS}位（或更多）再读一次。"
        if one.state in (State.REFUSED, State.TO_COMPARE):
            answer.found_wrong(words)
        else:
            answer.say(words)
    if not outcomes:
        answer.say("U盘上没有要读的文件。")


def _tell_standing(file: VillageFile, answer: Answer) -> None:
    with file.reading() as session:
        standing = lookups.standing(session)
    answer.put(standing={"saved": standing.saved, "on_stick": standing.on_stick, "received": standing.received})
    answer.say(
        f"现在的情况：乡镇已收到{standing.received}条，等镇里收取{standing.on_stick}条，还没写U盘{standing.saved}条。"
    )
