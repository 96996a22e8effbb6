"""From one laptop of a village to another: both lanes, sealed to the village's own laptops only."""

import hashlib
from pathlib import Path

import village_desk
from village_desk.kit.errors import FileTrouble
from village_desk.store import journal
from village_desk.store.engine import is_disks
from village_desk.store.file import VillageFile
from village_desk.store.operations import StoredOperation
from village_desk.sync import chains, keys, local, lookups, stick
from village_desk.sync.offers import Offer
from village_desk.sync.outcome import FileOutcome, State, refused
from village_desk.sync.stickfile import (
    Body,
    Certificate,
    Head,
    Kind,
    Manifest,
    Outline,
    Reason,
    Recipient,
    Refused,
    open_body,
    write_file,
)


def share(file: VillageFile, drive: Path, *, everything: bool = False) -> tuple[str, ...]:
    """Write what the village's other laptops do not have, for them alone; the names of the files.

    Nothing is written when there is no other laptop, or nothing that they lack. Raises FileTrouble.
    """
    with file.reading() as session:
        others = lookups.other_laptops(session, file.device.public_key)
        if not others:
            return ()
        known = {} if everything else lookups.known_to(session, others)
        segments = chains.segments(session, file.device, file.village, known)
        ends = journal.heads(session)
        before = local.shared(session)
    reaches = tuple((device, ends[device].seq) for device in sorted(ends))
    begins = tuple(sorted(known.items()))
    if not segments or _still_there(drive, before, reaches, begins):
        return ()
    number = 1 + (before.number if before is not None else 0)
    heads = tuple(Head(device, ends[device].seq, ends[device].hash) for device in sorted(ends))
    manifest = Manifest(app=village_desk.__version__, day=file.today.isoformat(), heads=heads)
    recipients = [Recipient(keys.device_id(one.public_key), one.stick_key) for one in others]
    with file.writing("sync.number_shared") as session:
        local.note_shared(session, local.Written(number, file.today.isoformat(), 0, (), (), ()))
    files: list[tuple[str, bytes]] = []
    shared = chains.parts(segments)
    for part, some in enumerate(shared, start=1):
        outline = Outline(
            Kind.LAPTOP_BUNDLE,
            file.village_name,
            file.village,
            number,
            part,
            len(shared),
            top_seq=dict(reaches).get(file.device.id, 0),
        )
        header, content = write_file(file.device, outline, manifest, some, recipients)
        stick.write(drive, header.file_name, content)
        files.append((header.file_name, hashlib.sha256(content).digest()))
    count = sum(len(segment.operations) for segment in segments)
    with file.writing("sync.share") as session:
        written = local.Written(number, file.today.isoformat(), count, reaches, begins, tuple(files))
        local.note_shared(session, written)
    return tuple(name for name, _ in files)


def _still_there(
    drive: Path,
    before: local.Written | None,
    reaches: tuple[tuple[bytes, int], ...],
    begins: tuple[tuple[bytes, int], ...],
) -> bool:
    if before is None or (before.reaches, before.begins) != (reaches, begins):
        return False
    present = {found.name: found for found in stick.files(drive)}
    return all(
        name in present and hashlib.sha256(stick.read(present[name])).digest() == sha256
        for name, sha256 in before.files
    )


def take_in_laptop(file: VillageFile, offer: Offer) -> FileOutcome:
    """Take in what another laptop of this village wrote, whole or not at all; twice changes nothing."""
    header = offer.header
    with file.reading() as session:
        answer = local.answer(session)
    laptops = {keys.device_id(one.public_key): one for one in (answer.certificates if answer is not None else ())}
    sender = laptops.get(header.device)
    if sender is None:
        return FileOutcome(
            offer.file,
            State.REFUSED,
            "U盘上有本村另一台电脑的内容，那台电脑镇里还没有登记，先没有收。",
            "请先把它的上报包带到镇里核对登记，读了镇里的新回执以后再收。",
            village=header.village,
            sender=header.name,
            number=header.number,
        )
    try:
        if sender.stick_key != header.stick_key or sender.village != file.village:
            raise Refused(Reason.FORGED, offer.file)
        if sender.ends_before and header.top_seq >= sender.ends_before:
            raise Refused(Reason.REVOKED_SENDER, offer.file)
        body = open_body(
            offer.content, header, device=file.device.id, stick_secret=file.device.stick_secret, name=offer.file
        )
        operations = _allowed(offer, body, laptops)
        with file.writing("sync.take_in") as session:
            taken = journal.take_in(session, operations, village=file.village, from_township=False)
            local.note_peer(session, header.device, body.manifest.heads)
            for segment in body.segments:
                here = segment.head.hash in journal.hash_at(session, segment.head.device, segment.head.seq)
                if here and not segment.vouched:
                    local.note_signed(session, local.SignedHead(segment.author, segment.head, segment.signature))
    except FileTrouble as trouble:
        if is_disks(trouble):
            raise
        return refused(offer.file, trouble, header)
    return _told(offer, taken)


def _allowed(offer: Offer, body: Body, laptops: dict[bytes, Certificate]) -> list[StoredOperation]:
    """What may be taken: what a registered laptop signed, and what the sender holds of one that is out of use."""
    operations: list[StoredOperation] = []
    for segment in body.segments:
        author = laptops.get(segment.head.device)
        if segment.vouched:
            allowed = author is None or author.ends_before > 0
        else:
            allowed = author is not None
            if author is not None and author.ends_before and segment.head.seq >= author.ends_before:
                raise Refused(Reason.REVOKED_SENDER, offer.file)
        if allowed:
            operations.extend(segment.operations)
    return operations


def _told(offer: Offer, taken: journal.TakenIn) -> FileOutcome:
    if taken.held:
        state = State.HELD
        message = f"本村另一台电脑的内容里有{taken.held}条先等一等：它前面的内容还没有到。"
        advice = "请在那台电脑上点“全部重报”，再把U盘带过来。"
    elif taken.new:
        state, message, advice = State.TAKEN, f"从本村另一台电脑收进来{taken.new}条改动。", ""
    else:
        state, message, advice = State.NOTHING_NEW, "本村另一台电脑的内容以前都收过，这次没有新的。", ""
    return FileOutcome(
        offer.file,
        state,
        message,
        advice,
        village=offer.header.village,
        sender=offer.header.name,
        number=offer.header.number,
        new=taken.new,
        known=taken.known,
        held=taken.held,
    )
