"""Hanging an evidence file on a record, correcting what is said of it, and taking it off again."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from village_desk.archive.actions.preparing import prepare_file
from village_desk.archive.lookups import AttachmentRow, attachments_of, one_attachment
from village_desk.archive.records import Attachment
from village_desk.archive.rules import EVIDENCE_WORDS, EvidenceKind, check_pages, check_title
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.store.acts import act, edit, retire
from village_desk.store.file import VillageFile
from village_desk.store.operators import operators


def attach(
    session: Session,
    *,
    of_table: str,
    of_id: str,
    blob: str,
    title: str,
    kind: str = EvidenceKind.PHOTO,
    form: str = "jpg",
    made_on: dt.date | None = None,
    made_by: str = "",
    pages: int = 1,
    size_bytes: int = 0,
    personal: bool = False,
) -> str:
    """Hang a kept file on a record and return the attachment's id.

    `blob` is the SHA-256 of the content, which store.blobs keeps already; `form` is jpg, png or pdf. Without
    `made_by` it is whoever sits at the desk. Private papers (`personal`) keep their title in the village.
    Raises NotAllowed without a title, for a day to come, or when the same file hangs there already.
    """
    here = act(session)
    clean = check_title(title, "这份材料")
    check_pages(pages)
    if not of_table or not of_id:
        raise NotAllowed("这份材料还没有说明附在哪里。", "请先保存要附材料的那一条，再附照片或扫描件。")
    if made_on is not None and made_on > here.today:
        raise NotAllowed(f"{chinese_date(made_on)}还没有到，材料不能是以后的日期。", "请核对日期，照实填写。")
    identity = same_id("attachment", of_table, of_id, blob)
    found = session.get(Attachment, identity)
    if found is not None and not found.retired:
        raise NotAllowed(f"这份材料已经附过了，题名是“{found.private_title or found.title}”。", "不用再附一次。")
    values = {
        "kind": EvidenceKind(kind).value,
        "form": form,
        "title": "" if personal else clean,
        "private_title": clean if personal else None,
        "personal": personal,
        "made_on": made_on,
        "made_by": tidy(made_by) or _own_name(session),
        "pages": pages,
        "size_bytes": size_bytes,
    }
    if found is None:
        session.add(Attachment(id=identity, of_table=of_table, of_id=of_id, blob=blob, **values))
    else:
        found.retired = False
        for name, value in values.items():
            setattr(found, name, value)
    session.flush()
    return identity


def describe(
    session: Session,
    *,
    attachment_id: str,
    seen: str,
    title: str,
    kind: str,
    made_on: dt.date | None = None,
    made_by: str = "",
    personal: bool = False,
) -> None:
    """Correct what is said of an evidence file. Raises NotFound, NotAllowed."""
    found = _attachment(session, attachment_id)
    clean = check_title(title, "这份材料")
    if made_on is not None and made_on > act(session).today:
        raise NotAllowed(f"{chinese_date(made_on)}还没有到，材料不能是以后的日期。", "请核对日期。")
    edit(
        session,
        found,
        seen=seen,
        title="" if personal else clean,
        private_title=clean if personal else None,
        kind=EvidenceKind(kind).value,
        made_on=made_on,
        made_by=tidy(made_by),
        personal=personal,
    )


def detach(session: Session, *, attachment_id: str) -> None:
    """Take an evidence file off its record; undo hangs it on again, the content stays kept. Raises NotFound."""
    retire(session, _attachment(session, attachment_id))


def keep_file(
    file: VillageFile,
    path: Path,
    *,
    of_table: str,
    of_id: str,
    title: str = "",
    kind: str = "",
    made_on: dt.date | None = None,
    personal: bool = False,
) -> str:
    """Make a file of the clerk's ready, keep its content and hang it on a record; returns the attachment's id.

    Runs outside of any writing step, because the content is on the disk before the record names it. Without a title
    it is the file's name, without a day the one that the camera wrote. Raises FileTrouble, NotAllowed.
    """
    prepared = prepare_file(Path(path), scan=kind in {EvidenceKind.SCAN, EvidenceKind.SIGNED, EvidenceKind.CONTRACT})
    chosen = kind or (EvidenceKind.SCAN if prepared.form == "pdf" or prepared.pages > 1 else EvidenceKind.PHOTO)
    day = made_on or prepared.taken_on
    if day is not None and day > file.today:
        day = None
    blob = file.blobs.put(prepared.content)
    with file.writing("archive.attach") as session:
        return attach(
            session,
            of_table=of_table,
            of_id=of_id,
            blob=blob,
            title=title or Path(path).stem,
            kind=chosen,
            form=prepared.form,
            made_on=day,
            pages=prepared.pages,
            size_bytes=len(prepared.content),
            personal=personal,
        )


def content_of(file: VillageFile, attachment_id: str) -> tuple[str, bytes]:
    """A file name for an evidence file and its content. Raises NotFound, FileTrouble."""
    with file.reading() as session:
        row = one_attachment(session, attachment_id)
    return row.file_name, file.blobs.get(row.blob)


def photos_on(file: object, of_table: str, of_id: str) -> list[tuple[str, bytes]]:
    """Caption and content of every photo and scan on a record, for binding; private papers stay out."""
    if not isinstance(file, VillageFile):
        return []
    with file.reading() as session:
        rows = attachments_of(session, of_table=of_table, of_id=of_id)
    return [(row.title, file.blobs.get(row.blob)) for row in rows if row.form in {"jpg", "png"} and not row.personal]


@dataclass(frozen=True)
class Evidence:
    """What widgets.attachments needs of this room."""

    rows: Callable[..., Sequence[AttachmentRow]]
    one: Callable[[Session, str], AttachmentRow]
    keep: Callable[..., str]
    content: Callable[[VillageFile, str], tuple[str, bytes]]
    describe: Callable[..., None]
    take_off: Callable[..., None]
    kinds: tuple[tuple[str, str], ...]


EVIDENCE = Evidence(
    attachments_of,
    one_attachment,
    keep_file,
    content_of,
    describe,
    detach,
    tuple((kind.value, words) for kind, words in EVIDENCE_WORDS.items()),
)


def _attachment(session: Session, attachment_id: str) -> Attachment:
    found = session.get(Attachment, attachment_id)
    if found is None or found.retired:
        raise NotFound("找不到这份材料。", "它可能已经取下，或还在另一台电脑里。")
    return found


def _own_name(session: Session) -> str:
    actor = act(session).actor
    return next((one.name for one in operators(session) if one.id == actor), "")
