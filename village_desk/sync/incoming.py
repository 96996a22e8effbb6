"""Reading a stick: every file offered once, and the village's side of it: the township's card and its replies."""

import re
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.memory import collector_at_rest
from village_desk.kit.progress import Progress, silent
from village_desk.store import journal
from village_desk.store.engine import is_disks
from village_desk.store.file import VillageFile
from village_desk.sync import handing, local, lookups
from village_desk.sync.between import take_in_laptop
from village_desk.sync.offers import Offer, offers
from village_desk.sync.outcome import FileOutcome, State, refused, to_compare
from village_desk.sync.outgoing import restored_words
from village_desk.sync.stickfile import Kind, Manifest, Reason, Refused, Reply, open_body

_NAMED = re.compile(r"VD1-(?P<village>[0-9A-Za-z]{1,24})-[0-9a-f]{8}-\d{6}-\d+(-V)?\.vd[bk]")


def take_in(
    file: VillageFile, drive: Path, progress: Progress = silent, *, owner_of: handing.OwnerOf | None = None
) -> tuple[FileOutcome, ...]:
    """Read what the township sent: its card and its replies. Files for others are passed over.

    Doing it twice changes nothing. When `progress` raises, the files taken in before stay taken in.
    `owner_of` names the room that takes the township's answers to a table's records; without it they are kept.
    Raises NotAllowed in a township's file, FileTrouble for the stick.
    """
    if file.kind != "village":
        raise NotAllowed("这是乡镇的档案，回执要在村里的电脑上读。", "乡镇请用“收取上报包”。")
    outcomes: list[FileOutcome] = []
    found = list(offers(drive, progress))
    for done, offer in enumerate(found):
        progress(done, len(found), f"正在收取，第{done + 1}个文件，共{len(found)}个")
        if isinstance(offer, FileOutcome):
            if not _is_another_villages(offer.file, file):
                outcomes.append(offer)
        elif offer.header.kind is Kind.CARD:
            outcomes.append(_card(file, offer))
        elif offer.header.kind is Kind.TOWNSHIP_REPLY and offer.header.village == file.village:
            outcomes.append(_reply(file, offer))
        elif offer.header.kind is Kind.LAPTOP_BUNDLE and offer.header.village == file.village:
            if offer.header.device != file.device.id:
                with collector_at_rest():
                    outcomes.append(take_in_laptop(file, offer))
    if owner_of is not None:
        outcomes += handing.hand_over(file, owner_of)
    return tuple(outcomes)


def _is_another_villages(name: str, file: VillageFile) -> bool:
    """True for a broken file whose name is another village's; many villages' files may share a stick."""
    named = _NAMED.fullmatch(name)
    return named is not None and named["village"] != file.village and not file.village.startswith(named["village"])


def _card(file: VillageFile, offer: Offer) -> FileOutcome:
    header = offer.header
    with file.reading() as session:
        trusted = lookups.trusted_township(session)
    if trusted is not None and (trusted.public_key, trusted.stick_key) == (header.sender, header.stick_key):
        return FileOutcome(
            offer.file, State.NOTHING_NEW, f"{header.name}的电脑已经登记过，不用再核对。", sender=header.name
        )
    return to_compare(
        offer.file,
        header,
        f"U盘上有{header.name}的卡片，核对码是 {header.fingerprint}。",
        "请和乡镇的纸质卡片或打电话逐组核对，一致再登记；不一致不要使用这个U盘。",
    )


def _reply(file: VillageFile, offer: Offer) -> FileOutcome:
    header = offer.header
    with file.reading() as session:
        trusted = lookups.trusted_township(session)
        before = local.answer(session)
    if trusted is None or (trusted.public_key, trusted.stick_key) != (header.sender, header.stick_key):
        return to_compare(
            offer.file,
            header,
            f"这份回执来自{header.name}的一台没有登记过的电脑，没有采用。它的核对码是 {header.fingerprint}。",
            "乡镇换了电脑的，请和新卡片核对后登记，再读一次；没有换过的，请先打电话问清楚。",
        )
    if before is not None and before.township == trusted.device and header.number <= before.number:
        return _seen_before(offer, before.number)
    if header.recipient != file.device.id and header.recipient != bytes(16):
        return refused(offer.file, Refused(Reason.FOR_SOMEONE_ELSE, offer.file), header)
    try:
        body = open_body(
            offer.content, header, device=file.device.id, stick_secret=file.device.stick_secret, name=offer.file
        )
    except Refused as trouble:
        return refused(offer.file, trouble, header)
    assert body.manifest.reply is not None
    operations = [operation for segment in body.segments for operation in segment.operations]
    try:
        with file.writing("sync.read_reply") as session:
            back = journal.take_in(session, operations, village=file.village, from_township=False).new
            outcome = _adopt(session, file, offer, body.manifest, body.manifest.reply)
    except FileTrouble as trouble:
        if is_disks(trouble):
            raise
        return refused(offer.file, trouble, header)
    if back:
        advice = f"镇里退回了本村以前上报过、本机已经没有的{back}条，都已补上。电话等只存在村里的内容要重新填。"
        outcome = replace(outcome, advice=f"{advice}{outcome.advice}")
    if outcome.state is State.REFUSED:
        file.renew_identity()
    return outcome


def _seen_before(offer: Offer, newest: int) -> FileOutcome:
    number, sender = offer.header.number, offer.header.name
    if number == newest:
        return FileOutcome(
            offer.file, State.NOTHING_NEW, f"{sender}的第{number}号回执已经读过了。", sender=sender, number=number
        )
    return FileOutcome(
        offer.file,
        State.OLD,
        f"{sender}的第{number}号回执比读过的第{newest}号旧，没有采用。",
        sender=sender,
        number=number,
    )


def _adopt(session: Session, file: VillageFile, offer: Offer, manifest: Manifest, reply: Reply) -> FileOutcome:
    """Remember the reply; say what it acknowledges, and what is wrong with this laptop if it shows that."""
    header = offer.header
    before = lookups.standing(session).received
    handing.keep(session, reply.answers, reply.number)
    local.note_answer(
        session,
        local.Answer(
            header.device,
            reply.number,
            manifest.day,
            reply.acks,
            reply.gaps,
            reply.receipts,
            reply.certificates,
        ),
    )
    after = lookups.standing(session)
    own = journal.heads(session).get(file.device.id, journal.Head())
    ahead = [
        head
        for head in reply.acks
        if head.device == file.device.id and head.hash not in journal.hash_at(session, head.device, head.seq)
    ]
    if ahead:
        message, advice = restored_words(max(head.seq for head in ahead), own.seq)
        return FileOutcome(offer.file, State.REFUSED, message, advice, sender=header.name, number=reply.number)
    new = max(0, after.received - before)
    waiting = after.saved + after.on_stick
    if waiting:
        message = f"读了{header.name}的第{reply.number}号回执：新确认{new}条乡镇已收到，还有{waiting}条等着上报。"
    else:
        message = f"读了{header.name}的第{reply.number}号回执：新确认{new}条，本机的记录乡镇已全部收到。"
    gaps = [gap for gap in reply.gaps if gap.device == file.device.id]
    advice = f"镇里还缺第{gaps[0].first}条到第{gaps[0].last}条，请再写一次U盘，会自动补上。" if gaps else ""
    return FileOutcome(offer.file, State.TAKEN, message, advice, sender=header.name, number=reply.number, new=new)
