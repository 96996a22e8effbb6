"""What a stick offers: every file read once, its open header checked, its body still closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from village_desk.kit.errors import FileTrouble
from village_desk.kit.progress import Progress, silent
from village_desk.sync import stick
from village_desk.sync.outcome import FileOutcome, refused
from village_desk.sync.stickfile import Header, read_header


@dataclass(frozen=True)
class Offer:
    """A file of the stick whose open header is right; its body is still closed."""

    file: str
    header: Header
    content: bytes


def offers(drive: Path, progress: Progress = silent) -> Iterator[Offer | FileOutcome]:
    """Every file of a stick in the order of kind, sender and number; a damaged one comes as its refusal.

    Each file is read once into memory, and what was checked is what is used. Raises FileTrouble for the stick itself.
    """
    listed = stick.files(drive)
    found: list[tuple[tuple[int, bytes, int, int], Offer | FileOutcome]] = []
    for done, one in enumerate(listed):
        progress(done, len(listed), f"正在读U盘，第{done + 1}个文件，共{len(listed)}个")
        try:
            content = stick.read(one)
            header = read_header(content, one.name)
        except FileTrouble as trouble:
            # The stick itself is gone, or only this file is bad?
            stick.files(drive)
            found.append(((0, b"", 0, 0), refused(one.name, trouble)))
            continue
        order = (header.kind.value, header.sender, header.number, header.part)
        found.append((order, Offer(one.name, header, content)))
    for _, offer in sorted(found, key=lambda pair: pair[0]):
        yield offer
