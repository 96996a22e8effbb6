"""The village writes its bundle: everything that the township has not acknowledged, onto the stick and read back."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import village_desk
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.memory import collector_at_rest
from village_desk.kit.progress import Progress, silent
from village_desk.store import journal
from village_desk.store.base import Lane
from village_desk.store.file import VillageFile
from village_desk.store.journal.rebuild import digest
from village_desk.sync import chains, local, lookups, stick
from village_desk.sync.between import share
from village_desk.sync.stickfile import Head, Kind, Manifest, Outline, Segment, read_header, write_file


@dataclass(frozen=True)
class Exported:
    """What an export did: the bundle's number, its operations, its files, and whether it had been there before.

    `shared` are the files for the village's own other laptops.
    """

    number: int
    operations: int
    files: tuple[str, ...]
    again: bool = False
    shared: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What the clerk reads."""
        if self.shared:
            return f"{self._for_the_township}给本村另一台电脑的一份也写好了，插到那台电脑上点“读回执”就会收进去。"
        return self._for_the_township

    @property
    def _for_the_township(self) -> str:
        if self.number == 0:
            return "镇里已经收齐了本机的全部记录，这次没有新内容要上报。"
        if self.again:
            return f"第{self.number}号上报包已经在这个U盘上，内容没有变，不用再写。可以拔下U盘。"
        return (
            f"第{self.number}号上报包写好了，共{self.operations}条改动，读回来核对一致，可以拔下U盘。"
            "镇里的回执带回来之前，这些都显示“等镇里收取”。"
        )


@dataclass(frozen=True)
class _Load:
    """What is to be sent."""

    segments: list[Segment]
    heads: tuple[Head, ...]
    begins: tuple[tuple[bytes, int], ...]
    seen_reply: int
    view: bytes
    enrolled: bool
    township: lookups.TownshipRow

    @property
    def reaches(self) -> tuple[tuple[bytes, int], ...]:
        return tuple((head.device, head.seq) for head in self.heads)

    @property
    def operations(self) -> int:
        return sum(len(segment.operations) for segment in self.segments)


def export(file: VillageFile, drive: Path, *, everything: bool = False, progress: Progress = silent) -> Exported:
    """Write a bundle onto a stick: what the township has not acknowledged, or with `everything` all from the start.

    Twice onto the same stick writes nothing new. Raises NotAllowed when no township is trusted yet or this laptop was
    restored from an old copy, FileTrouble when the stick fails; what was saved stays as it is either way, and a bundle
    that is not whole is taken off the stick again, also when `progress` raises.
    """
    if file.kind != "village":
        raise NotAllowed("上报包由村里写，乡镇的档案写的是回执。", "请在“收取上报包”里收完以后写回执。")
    refuse_when_restored(file, drive)
    with collector_at_rest():
        done = _export(file, drive, everything, progress)
        return replace(done, shared=share(file, drive, everything=everything))


def _export(file: VillageFile, drive: Path, everything: bool, progress: Progress) -> Exported:
    progress(0, 0, "正在收集要上报的改动")
    load = _load(file, everything=everything)
    progress(0, 0)
    # A laptop that the township does not know yet introduces itself even with empty hands.
    if not load.segments and load.enrolled:
        return Exported(0, 0, ())
    again = _already_there(file, drive, load)
    if again is not None:
        return again
    with file.writing("sync.number_bundle") as session:
        number = local.take_number(session)
    files = _write_parts(file, drive, load, number, progress)
    written = local.Written(number, file.today.isoformat(), load.operations, load.reaches, load.begins, tuple(files))
    with file.writing("sync.export") as session:
        local.note_written(session, written)
    _sweep(file, drive)
    return Exported(number, load.operations, tuple(name for name, _ in files))


def _write_parts(
    file: VillageFile, drive: Path, load: _Load, number: int, progress: Progress
) -> list[tuple[str, bytes]]:
    """Write every part of a bundle, or take those already written off the stick; names and digests."""
    shared = chains.parts(load.segments)
    files: list[tuple[str, bytes]] = []
    begins = dict(load.begins)
    manifest = Manifest(
        app=village_desk.__version__,
        day=file.today.isoformat(),
        heads=load.heads,
        seen_reply=load.seen_reply,
        view=load.view,
    )
    written: list[Path] = []
    try:
        for part, segments in enumerate(shared, start=1):
            progress(0, 0, f"正在写U盘，第{part}个文件，共{len(shared)}个")
            outline = Outline(
                Kind.VILLAGE_BUNDLE,
                file.village_name,
                file.village,
                number,
                part,
                len(shared),
                top_seq=dict(load.reaches).get(file.device.id, 0),
                acked_seq=begins.get(file.device.id, 0),
            )
            header, content = write_file(file.device, outline, manifest, segments, [load.township.recipient])
            written.append(stick.write(drive, header.file_name, content, progress))
            files.append((header.file_name, hashlib.sha256(content).digest()))
    except BaseException:
        for one in written:
            with suppress(OSError):
                one.unlink()
        raise
    return files


def _load(file: VillageFile, *, everything: bool) -> _Load:
    with file.reading() as session:
        township = lookups.trusted_township(session)
        if township is None:
            raise NotAllowed(
                "还没有登记乡镇的电脑，上报包不知道写给谁。",
                "请先插入带有乡镇卡片的U盘，和卡片上的30位核对码核对后登记。",
            )
        known = {} if everything else lookups.acknowledged(session)
        answer = local.answer(session)
        segments = chains.segments(session, file.device, file.village, known)
        sent = {segment.head.device for segment in segments}
        reached = {device: Head(device, one.seq, one.hash) for device, one in journal.heads(session).items()}
        return _Load(
            segments,
            tuple(reached[device] for device in sorted(reached)),
            tuple(sorted((device, known.get(device, 0)) for device in sent)),
            answer.number if answer is not None and answer.township == township.device else 0,
            bytes.fromhex(digest(session, lane=Lane.TOWNSHIP, village=file.village)),
            answer is not None and answer.knows(file.device.id),
            township,
        )


def _already_there(file: VillageFile, drive: Path, load: _Load) -> Exported | None:
    """The newest bundle, when it says the same and every file of it lies whole on this stick."""
    with file.reading() as session:
        written = local.all_written(session)
    if not written or (written[-1].reaches, written[-1].begins) != (load.reaches, load.begins):
        return None
    last = written[-1]
    present = {found.name: found for found in stick.files(drive)}
    for name, sha256 in last.files:
        found = present.get(name)
        if found is None or hashlib.sha256(stick.read(found)).digest() != sha256:
            return None
        if read_header(stick.read(found), name).recipient != load.township.device:
            return None
    return Exported(last.number, last.operations, tuple(name for name, _ in last.files), again=True)


def refuse_when_restored(file: VillageFile, drive: Path) -> None:
    """Raise NotAllowed when a file on the stick shows that this laptop had already got further than its journal.

    Then an old copy was put back without the desk noticing; writing on under the old identity would fork its chain,
    so from here on the laptop has a new one.
    """
    with file.reading() as session:
        reached = journal.heads(session).get(file.device.id, journal.Head()).seq
    for found in stick.files(drive):
        with suppress(FileTrouble):
            header = read_header(stick.read(found), found.name)
            if header.device == file.device.id and header.top_seq > reached:
                file.renew_identity()
                raise NotAllowed(*restored_words(header.top_seq, reached))


def restored_words(seen: int, reached: int) -> tuple[str, str]:
    """The sentence for a laptop that was put back to an older state or copied, and what to do."""
    if seen > reached:
        message = f"这台电脑的档案像是恢复过旧备份：外面已有它写的第{seen}条改动，档案里只到第{reached}条。"
    else:
        message = f"这台电脑的第{seen}条改动和镇里收到的不是同一条，档案像是恢复过旧备份，或在两台电脑上用过。"
    return (
        message,
        "本机已经换用新的身份，已有的记录都在。请再写一次U盘，由乡镇重新核对登记；缺的内容照纸质材料补录。",
    )


def _sweep(file: VillageFile, drive: Path) -> None:
    with file.reading() as session:
        done = frozenset(name for bundle in lookups.bundles(session) if bundle.received for name in bundle.files)
    # A stick that is pulled right after writing has its file; tidying up can wait for the next time.
    with suppress(FileTrouble):
        stick.sweep(drive, done)
