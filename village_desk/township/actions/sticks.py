"""What the township does with sticks: writes its card, takes in bundles, and writes receipts with its answers."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import village_desk
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.memory import collector_at_rest
from village_desk.kit.progress import Progress, silent
from village_desk.store import journal
from village_desk.store.acts import act
from village_desk.store.base import Lane
from village_desk.store.engine import is_disks
from village_desk.store.file import VillageFile
from village_desk.store.journal.rebuild import digest
from village_desk.store.journal.tables import head_of
from village_desk.store.operations import StoredOperation
from village_desk.sync import chains, local, stick
from village_desk.sync.offers import Offer, offers
from village_desk.sync.outcome import FileOutcome, State, refused, to_compare
from village_desk.sync.stickfile import (
    ANYONE,
    Body,
    Header,
    Kind,
    Manifest,
    Outline,
    Reason,
    Recipient,
    Refused,
    Reply,
    Segment,
    open_body,
    write_card,
    write_file,
)
from village_desk.township import lookups, rules
from village_desk.township.lookups import LaptopRow
from village_desk.township.records import Arrival

_REFUSED_CONTENT = "content"


def write_township_card(file: VillageFile, drive: Path) -> str:
    """Put the township's card onto a stick, for villages to compare and keep; returns the file's name."""
    _must_be_township(file)
    header, content = write_card(file.device, name=file.village_name, code=file.village)
    stick.write(drive, header.file_name, content)
    return header.file_name


def _must_be_township(file: VillageFile) -> None:
    if file.kind != "township":
        raise NotAllowed("这是村里的档案，不能替乡镇收上报包。", "请在乡镇的电脑上打开乡镇的档案。")


@dataclass(frozen=True)
class _Checked:
    """A bundle that may be taken in: its sender's enrolment and what it holds."""

    offer: Offer
    laptop: LaptopRow
    body: Body
    operations: tuple[StoredOperation, ...]
    left_out: int


def take_in(file: VillageFile, drive: Path, progress: Progress = silent) -> tuple[FileOutcome, ...]:
    """Take in every village's bundle on a stick, each whole or not at all.

    Twice changes nothing. When `progress` raises, the bundles taken in before stay taken in.
    Raises NotAllowed in a village's file, FileTrouble for the stick itself.
    """
    _must_be_township(file)
    outcomes: list[FileOutcome] = []
    found = list(offers(drive, progress))
    for done, offer in enumerate(found):
        progress(done, len(found), f"正在收取，第{done + 1}个文件，共{len(found)}个")
        if isinstance(offer, FileOutcome):
            outcomes.append(offer)
        elif offer.header.kind is Kind.VILLAGE_BUNDLE:
            with collector_at_rest():
                outcomes.append(_take_in_one(file, offer))
    return tuple(outcomes)


def _take_in_one(file: VillageFile, offer: Offer) -> FileOutcome:
    header = offer.header
    if header.recipient not in {file.device.id, ANYONE}:
        return refused(offer.file, Refused(Reason.FOR_SOMEONE_ELSE, offer.file), header)
    with file.reading() as session:
        own = {one.device: one for one in lookups.laptops(session)}
    laptop = own.get(header.device)
    if laptop is None:
        return to_compare(
            offer.file,
            header,
            f"{header.name}的一台电脑还没有登记，它的上报包先没有打开。核对码是 {header.fingerprint}。",
            "请和村里打电话或当面核对这30位数字，一致就点“登记电脑”，再收一次。",
        )
    try:
        checked = _check(file, offer, laptop, own)
    except Refused as trouble:
        return _note_refusal(file, offer, trouble, trouble.reason)
    try:
        with file.writing("township.take_in") as session:
            return _take_in_checked(session, checked)
    except FileTrouble as trouble:
        if is_disks(trouble):
            raise
        return _note_refusal(file, offer, trouble, _REFUSED_CONTENT)


def _check(file: VillageFile, offer: Offer, laptop: LaptopRow, own: dict[bytes, LaptopRow]) -> _Checked:
    header = offer.header
    if header.stick_key != laptop.stick_key or header.village != laptop.village_code:
        raise Refused(Reason.FORGED, offer.file)
    if laptop.ends_before and header.top_seq >= laptop.ends_before:
        raise Refused(Reason.REVOKED_SENDER, offer.file)
    body = open_body(
        offer.content, header, device=file.device.id, stick_secret=file.device.stick_secret, name=offer.file
    )
    operations: list[StoredOperation] = []
    left_out = 0
    for segment in body.segments:
        author = own.get(segment.head.device)
        if author is not None and author.village_code != laptop.village_code:
            raise Refused(Reason.FORGED, offer.file)
        if segment.vouched:
            allowed = author is None or segment.head.device in _replaced_by(laptop, own)
        else:
            allowed = author is not None
        if not allowed:
            # A second laptop also holds what the first one wrote before it was copied; the first brings that itself.
            left_out += len(segment.operations)
            continue
        if not segment.vouched and author is not None and author.ends_before and segment.head.seq >= author.ends_before:
            raise Refused(Reason.REVOKED_SENDER, offer.file)
        operations.extend(segment.operations)
    return _Checked(offer, laptop, body, tuple(operations), left_out)


def _replaced_by(laptop: LaptopRow, own: dict[bytes, LaptopRow]) -> set[bytes]:
    """The laptops whose place this one took, one after the other."""
    found: set[bytes] = set()
    at: LaptopRow | None = laptop
    while at is not None and at.replaces and at.replaces not in found:
        found.add(at.replaces)
        at = own.get(at.replaces)
    return found


def _take_in_checked(session: Session, checked: _Checked) -> FileOutcome:
    header, laptop = checked.offer.header, checked.laptop
    code, name = laptop.village_code, laptop.village_name
    taken = journal.take_in(session, checked.operations, village=code, from_township=False)
    matches = _matches(session, checked, taken)
    manifest = checked.body.manifest
    _note_arrival(
        session,
        header,
        code,
        written_on=manifest.day,
        new=taken.new,
        known=taken.known,
        held=taken.held,
        opaque=taken.opaque,
        seen_reply=manifest.seen_reply,
        heads=tuple((head.device.hex(), head.seq, head.hash.hex()) for head in manifest.heads),
        matches=matches,
    )
    gaps = lookups.gaps(session, [segment.head.device for segment in checked.body.segments])
    advice = ""
    if gaps:
        advice = rules.gap_advice(gaps[0].first, gaps[0].last)
    elif taken.new and any(lookups.is_forked(session, segment.head.device) for segment in checked.body.segments):
        advice = rules.fork_advice(name)
    elif matches == "no":
        advice = rules.differs_advice(name)
    if gaps and taken.held:
        state, message = State.HELD, rules.held_sentence(name, header.number, taken.held)
    elif taken.new:
        state, message = State.TAKEN, rules.taken_sentence(name, header.number, taken.new)
    else:
        state, message = State.NOTHING_NEW, rules.nothing_new_sentence(name, header.number)
    return FileOutcome(
        checked.offer.file,
        state,
        message,
        advice,
        village=code,
        sender=name,
        number=header.number,
        new=taken.new,
        known=taken.known,
        held=taken.held,
    )


def _matches(session: Session, checked: _Checked, taken: journal.TakenIn) -> str:
    """Whether the township now sees what the village saw when it wrote; "" when the two cannot be compared.

    The digest is always derived from own rows, never adopted.
    """
    manifest = checked.body.manifest
    if taken.opaque or checked.left_out or not manifest.view:
        return ""
    stated = {(head.device, head.hash) for head in manifest.heads}
    code = checked.laptop.village_code
    here = {(device, head_of(session, device).hash) for device in lookups.devices_of(session, code)}
    here = {(device, name) for device, name in here if name != bytes(32)}
    if stated != here:
        return ""
    return "yes" if bytes.fromhex(digest(session, lane=Lane.TOWNSHIP, village=code)) == manifest.view else "no"


def _note_refusal(file: VillageFile, offer: Offer, trouble: FileTrouble, reason: str) -> FileOutcome:
    with file.writing("township.refuse") as session:
        _note_arrival(session, offer.header, offer.header.village, reason=reason)
    return refused(offer.file, trouble, offer.header)


def _note_arrival(session: Session, header: Header, village: str, **facts: object) -> None:
    """Book a delivery, unless the newest one of the same file said the same or this one brought nothing."""
    device = header.device.hex()
    last = session.scalars(
        select(Arrival)
        .where(Arrival.device == device, Arrival.number == header.number, Arrival.part == header.part)
        .order_by(Arrival.order.desc())
        .limit(1)
    ).first()
    reason = str(facts.get("reason", ""))
    if last is not None and last.reason == reason and (reason or not facts.get("new")):
        return
    order = 1 + (session.scalar(select(func.max(Arrival.order))) or 0)
    session.add(
        Arrival(
            village_code=village,
            device=device,
            number=header.number,
            part=header.part,
            parts=header.parts,
            arrived_on=act(session).today,
            order=order,
            **facts,
        )
    )
    session.flush()


@dataclass(frozen=True)
class Answered:
    """A reply on the stick: to which village, its number, and whether it is new."""

    village_code: str
    village_name: str
    number: int
    file: str
    new: bool

    @property
    def sentence(self) -> str:
        """What the clerk reads."""
        if self.new:
            return f"给{self.village_name}的第{self.number}号回执写好了，读回来核对一致。"
        return f"给{self.village_name}的第{self.number}号回执没有变化，U盘上已经有了。"


def write_replies(
    file: VillageFile, drive: Path, villages: tuple[str, ...] = (), progress: Progress = silent
) -> tuple[Answered, ...]:
    """Write the receipts onto the stick, for the villages named, or for every enrolled one whose file lies on it and
    every one that has not received all answers to its records.

    A reply that would say the same as the last one is that last one again, byte for byte.
    Raises NotAllowed in a village's file, FileTrouble for the stick. When `progress` raises, the receipts written
    before stay on the stick.
    """
    _must_be_township(file)
    wanted = villages or _villages_to_reply(file, drive, progress)
    written: list[Answered] = []
    for done, code in enumerate(wanted):
        progress(done, len(wanted), f"正在写回执，第{done + 1}个村，共{len(wanted)}个村")
        answered = _reply(file, drive, code, progress)
        if answered is not None:
            written.append(answered)
    return tuple(written)


def _villages_to_reply(file: VillageFile, drive: Path, progress: Progress) -> tuple[str, ...]:
    found = {
        offer.header.village
        for offer in offers(drive, progress)
        if isinstance(offer, Offer) and offer.header.kind is Kind.VILLAGE_BUNDLE
    }
    with file.reading() as session:
        # Who has nothing new to bring writes no bundle, and is still to hear what the township says.
        return tuple(sorted(found | lookups.villages_to_tell(session)))


def _reply(file: VillageFile, drive: Path, village: str, progress: Progress) -> Answered | None:
    with file.writing("township.reply") as session:
        laptops = lookups.laptops(session, village)
        recipients = [Recipient(one.device, one.stick_key) for one in laptops if one.in_use]
        if not recipients:
            return None
        reply = Reply(
            number=0,
            acks=lookups.acknowledgements(session, village),
            gaps=lookups.gaps(session, lookups.devices_of(session, village)),
            receipts=lookups.receipts(session, village),
            certificates=lookups.certificates(session, village),
            certificates_version=max(one.number for one in laptops),
            answers=lookups.answers_to_send(session, village),
        )
        lost = lookups.left_behind(session, village)
        back = chains.segments(session, file.device, village, lost, lost) if lost else []
        says = hashlib.sha256(repr((file.device.id, recipients, reply, sorted(lost.items()))).encode()).digest()
        before = local.sent_reply(session, village)
        if before is not None and before.says == says:
            sent, new = before, False
        else:
            # A township put back to an older state must not repeat numbers that the village has already read.
            last = max(before.number if before is not None else 0, lookups.seen_reply(session, village))
            sent, new = _new_reply(file, village, reply, recipients, back, last + 1, says), True
            local.note_reply(session, village, sent)
    stick.write(drive, sent.name, sent.content, progress)
    return Answered(village, laptops[-1].village_name, sent.number, sent.name, new)


def _new_reply(
    file: VillageFile,
    village: str,
    reply: Reply,
    recipients: list[Recipient],
    back: list[Segment],
    number: int,
    says: bytes,
) -> local.SentReply:
    manifest = Manifest(
        app=village_desk.__version__,
        day=file.today.isoformat(),
        reply=replace(reply, number=number),
    )
    outline = Outline(Kind.TOWNSHIP_REPLY, file.village_name, village, number)
    header, content = write_file(file.device, outline, manifest, back, recipients)
    return local.SentReply(number, says, header.file_name, content, tuple(one.id for one in reply.answers))
