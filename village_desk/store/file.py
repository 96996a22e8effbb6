"""The village file: created, opened, written through one door, undone, copied and proved."""

import datetime as dt
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from village_desk.kit.clock import Today
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.ids import new_id, same_id
from village_desk.kit.memory import collector_at_rest
from village_desk.kit.progress import Progress, silent
from village_desk.store import drafts, form
from village_desk.store.acts import Act
from village_desk.store.base import Lane, all_specs, refresh_derived
from village_desk.store.blobs import Blobs
from village_desk.store.copies import Copy, head_signs, list_copies, make_copy, remove, thin
from village_desk.store.days import Calendar
from village_desk.store.device import Device, Mark, Profile
from village_desk.store.engine import (
    check_header,
    connect,
    damaged_pages,
    lacking_triggers,
    reader_engine,
    writer_engine,
)
from village_desk.store.files import SUFFIX, disk_trouble, refuse_foreign_place
from village_desk.store.identity import Identity
from village_desk.store.journal import capture, closing, proof, rebuild, tables, undo
from village_desk.store.journal.writing import JournalBroken, Tally, Writing, store_noted
from village_desk.store.keyring import KeyFile, Keys, PasswordCost, new_keys
from village_desk.store.locks import FileLock
from village_desk.store.operators import (
    OperatorRow,
    Role,
    StoreOperator,
    VillageHome,
    operators,
    seat_for,
    was_operator,
)
from village_desk.store.recovery import check_left_log

T = TypeVar("T")
Listener = Callable[[frozenset[str]], None]
_BESIDE = ("wal", "shm")


class VillageFile:
    """An open village file (or a township's, which holds the rows of many villages).

    `recovery_code` is set only right after creation: it is printed once and kept nowhere.
    """

    recovery_code: str = ""

    def __init__(self, path: Path, key_file: KeyFile, keys: Keys, lock: FileLock) -> None:
        self.path = path
        self.key_file = key_file
        self.keys = keys
        self._lock_file = lock
        self._door = threading.Lock()
        self._door_owner: int | None = None
        self._copying = threading.Lock()
        self._key_turn = threading.Lock()
        self._listeners: list[Listener] = []
        self._tally = Tally()
        self._writer = writer_engine(path, keys.data, keys.salt, self._tally)
        self._reader = reader_engine(path, keys.data, keys.salt)
        self.blobs = Blobs(path.with_suffix(".blobs"), keys)
        self._profile = Profile(key_file.file_id, keys)
        self._identity: Identity | None = None
        self.operator: OperatorRow | None = None
        self._calendar = Calendar(None)
        self._is_day_confirmed = False
        self.village = ""
        self.village_name = ""
        self.kind = ""

    # --- coming and going ---------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        village: str,
        name: str,
        operator: str,
        password: str,
        kind: str = "village",
        today: dt.date | None = None,
        cost: PasswordCost | None = None,
    ) -> Self:
        """A new empty file with its key file; its first operator is a clerk (or the township's).

        Raises NotAllowed when a file of this name exists or the password is weak, FileTrouble when the disk refuses.
        """
        path = Path(path)
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        _refuse_existing(path)
        refuse_foreign_place(path)
        keys = new_keys()
        key_file = KeyFile(new_id(), keys.salt)
        key_file.add_password(operator, password, keys, cost or PasswordCost())
        code = key_file.add_recovery_code(keys)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as reason:
            raise disk_trouble(reason, path) from reason
        lock = FileLock(path.with_suffix(".lock"))
        file = None
        try:
            _refuse_existing(path)
        except NotAllowed:
            lock.release()
            raise
        try:
            key_file.save(path.with_suffix(".vkey"))
            connect(path, keys.data, keys.salt, create=True).close()
            file = cls(path, key_file, keys, lock)
            facts = {"village": village, "name": name, "kind": kind, "today": (today or dt.date.today()).isoformat()}
            form.create_tables(file._writer, facts)
            file._begin(today)
            file._add_first_operator(operator, kind, village, name)
        except BaseException:
            if file is not None:
                file._dispose()
            lock.release()
            for leftover in (path, path.with_suffix(".vkey"), *(path.with_name(f"{path.name}-{s}") for s in _BESIDE)):
                leftover.unlink(missing_ok=True)
            raise
        file.recovery_code = code
        return file

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        operator: str = "",
        password: str = "",
        recovery_code: str = "",
        township_identity: str = "",
        today: dt.date | None = None,
    ) -> Self:
        """Open a file with an operator's password; or with the recovery code or the township's recovery key, and
        then as its first clerk.

        Raises NotAllowed for a wrong password or code, FileTrouble for everything that is wrong with the file.
        """
        path = Path(path)
        if not path.exists():
            raise FileTrouble(f"找不到“{path.name}”。", "请在“打开”里重新选择档案文件。")
        refuse_foreign_place(path)
        key_file = KeyFile.load(path.with_suffix(".vkey"))
        if recovery_code:
            keys = key_file.open_with_code(recovery_code)
        elif township_identity:
            keys = key_file.open_with_township(township_identity)
        else:
            keys = key_file.open_with_password(operator or next(iter(key_file.operators), ""), password)
        lock = FileLock(path.with_suffix(".lock"))
        file = None
        try:
            check_header(path, keys.salt)
            check_left_log(path, keys)
            file = cls(path, key_file, keys, lock)
            upgraded = not form.is_present(file._writer, path.name)
            if upgraded:
                make_copy(path, keys, file.copies_folder, None)
                form.upgrade_journal(file._writer)
            if file.position == 0:
                raise form.unfinished(path.name)
            file._begin(today)
            if upgraded:
                file.rebuild()
            name = operator or next(iter(key_file.operators), "")
            file._seat_first(name, by_password=not recovery_code and not township_identity)
        except BaseException:
            if file is not None:
                file._dispose()
            lock.release()
            raise
        return file

    def close(self) -> None:
        """Wait for the writer, close every connection and let the lock go."""
        self._refuse_nesting()
        with self._door:
            try:
                if self._is_day_confirmed:
                    with suppress(FileTrouble):
                        self._keep_day()
            finally:
                self._dispose()
                self._lock_file.release()

    def _dispose(self) -> None:
        self._reader.dispose()
        self._writer.dispose()
        if self._identity is not None:
            self._identity.release()

    def _begin(self, today: dt.date | None) -> None:
        with self.reading_raw() as session:
            self.village = _text(tables.local_fact(session, "village"))
            self.village_name = _text(tables.local_fact(session, "name"))
            self.kind = _text(tables.local_fact(session, "kind"))
            last = _text(tables.local_fact(session, "today"))
            self._identity = Identity.choose(session, self._profile)
        self._calendar = Calendar(dt.date.fromisoformat(last) if last else None, today)

    @property
    def device(self) -> Device:
        """This laptop's identity for the file."""
        return self._known_identity.device

    @property
    def is_new_device(self) -> bool:
        """True when this laptop took a new identity since the file was opened."""
        return self._known_identity.is_new

    @property
    def _known_identity(self) -> Identity:
        assert self._identity is not None
        return self._identity

    def renew_identity(self) -> None:
        """Go on under new keys, because a stick or a reply shows that the old ones signed more than this file holds."""
        self._refuse_nesting()
        with self._door:
            self._take_new_identity()

    def _take_new_identity(self) -> None:
        renewed = Identity.renewed(self._profile)
        self._known_identity.release()
        self._identity = renewed

    # --- today and the operator ---------------------------------------------------------------------------------

    @property
    def clock(self) -> Today:
        """The day that the desk works with, and what it thinks of the computer's date."""
        return self._calendar.clock

    @property
    def today(self) -> dt.date:
        """The day that the desk works with."""
        return self._calendar.clock.day

    def confirm_today(self, day: dt.date) -> None:
        """The clerk's answer when the computer's clock jumped; the computer's own time stays as it is."""
        self._calendar.confirm(day)
        self._is_day_confirmed = True

    def _keep_day(self) -> None:
        """Remember the confirmed day although nothing was written since."""
        with Session(self._writer) as session:
            tables.set_local_fact(session, "today", self.today.isoformat().encode())
            session.commit()
        self._is_day_confirmed = False

    def take_seat(self, name: str, code: str = "") -> None:
        """Another operator sits down with a short code; raises NotAllowed when name or code do not fit."""
        with self.reading_raw() as session:
            self.operator = seat_for(session, name=name, code=code)

    def _seat_first(self, name: str, *, by_password: bool) -> None:
        """Whoever opened the file sits down; a printed code opens it for the first clerk.

        A name that nobody knows, because its operator has not come over from another laptop yet, only reads.  Raises
        NotAllowed for a password of somebody who was taken off the list of operators.
        """
        with self.reading_raw() as session:
            known = operators(session)
            is_retired = was_operator(session, name)
        self.operator = next((one for one in known if one.name == name), None)
        if self.operator is None and by_password:
            if is_retired:
                raise NotAllowed(
                    f"“{name}”已经不在这份档案的操作人名单里，没有打开。",
                    "请换一位操作人登录，或用打印的恢复码打开。",
                )
            self.operator = OperatorRow("", name, Role.READER, False)
        if self.operator is None:
            self.operator = next((one for one in known if one.role in {Role.CLERK, Role.TOWNSHIP}), None)

    def _sit_again(self) -> None:
        """Whoever sits at the desk has what the list of operators says now; who was taken off it only reads."""
        if self.operator is not None:
            with self.reading_raw() as session:
                known = {one.id: one for one in operators(session)}
            self.operator = known.get(self.operator.id, replace(self.operator, role=Role.READER))

    def _add_first_operator(self, name: str, kind: str, village: str, village_name: str) -> None:
        role = Role.TOWNSHIP if kind == "township" else Role.CLERK
        with self.writing("store.create_file") as session:
            row = StoreOperator(name=name, role=role)
            session.add(row)
            if kind == "village":
                home = VillageHome(id=same_id("village_home", village), name=village_name, code=village)
                session.add(home)
            session.flush()
            self.operator = OperatorRow(row.id, row.name, role, False)

    # --- reading and writing ------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads one snapshot."""
        with self.reading_raw() as session:
            session.info["act"] = self._act()
            yield session

    @contextmanager
    def reading_raw(self) -> Iterator[Session]:
        """A reading session before anybody sits at the desk."""
        with Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self, deed: str) -> Iterator[Session]:
        """One step: a transaction that is committed at the end, or leaves nothing behind.

        `deed` names the intention as ROOM.ACTION.  Raises JournalBroken (and rolls back) when a row changed without
        an operation, FileTrouble when the disk refuses.
        """
        self._refuse_nesting()
        with self._door:
            self._door_owner = threading.get_ident()
            try:
                writing = yield from self._write(deed)
            finally:
                self._door_owner = None
        if StoreOperator.__tablename__ in writing.tables:
            self._sit_again()
        self._tell(writing.tables)

    def _refuse_nesting(self) -> None:
        if self._door_owner == threading.get_ident():
            raise JournalBroken("writing() never nests, and nothing else that waits for the door goes inside it")

    def _write(self, deed: str) -> Generator[Session, None, Writing]:
        here, identity = self._act(), self._known_identity
        if self.operator is not None and here.role is Role.READER:
            raise NotAllowed(f"“{self.operator.name}”只能查看，不能修改。", "需要修改时，请换文书或复核人来操作。")
        session = Session(self._writer, expire_on_commit=False)
        capture.listen(session)
        try:
            head = tables.head_of(session, identity.device.id)
            writing = Writing(
                village=self.village,
                device=identity.device.id,
                actor=here.actor,
                day=here.today.isoformat(),
                deed=deed,
                head=head,
                lamport=tables.highest_lamport(session),
                first_position=tables.last_position(session) + 1,
                tally=self._tally,
                of_township=self.kind == "township",
            )
            self._tally.touched.clear()
            self._tally.open = True
            session.info.update(writing=writing, act=here, sign=identity.device.sign)
            yield session
            session.flush()
            refresh_derived(session, writing.touched)
            session.flush()
            store_noted(session, writing)
            closing.prove(session, writing, {spec.table: spec for spec in all_specs()})
            closing.remember_step(session, writing, tables.last_position(session))
            if self.clock.confirmed:
                tables.set_local_fact(session, "today", here.today.isoformat().encode())
            tables.set_local_fact(session, "device", identity.device.id)
            session.commit()
        finally:
            self._tally.clear()
            session.rollback()
            session.close()
        # A sealed head hangs on the wall, and a step without operations is a note about a stick: the world may know.
        identity.move(
            Mark(writing.head.seq, writing.head.hash) if writing.operations else identity.mark,
            settled=writing.sealed or not writing.operations,
        )
        if writing.met_itself:
            self._take_new_identity()
        return writing

    def _act(self) -> Act:
        operator = self.operator
        return Act(
            self.today,
            self.village,
            self.village_name,
            operator.id if operator is not None else "",
            operator.role if operator is not None else Role.READER,
            self.keys.draw("same-id"),
        )

    def keep_draft(self, dialog: str, about: str, fields: Mapping[str, str]) -> None:
        """Keep what is half typed into a form; no step, and nobody is told.  See store.drafts."""
        self._refuse_nesting()
        with self._door, Session(self._writer) as session:
            session.info["act"] = self._act()
            drafts.keep(session, dialog, about, fields)
            session.commit()

    def on_change(self, listener: Listener) -> None:
        """Call the listener with the names of the changed tables after each commit."""
        self._listeners.append(listener)

    def _tell(self, changed: frozenset[str]) -> None:
        for listener in self._listeners:
            listener(changed)

    # --- steps, proof, rebuild ----------------------------------------------------------------------------------

    def steps(self, *, limit: int = 200) -> list[tables.Step]:
        """The newest steps first."""
        with self.reading() as session:
            return tables.steps(session, self._known_identity.own, limit=limit)

    def undo(self, step: str) -> undo.Undone:
        """Undo one step; see store.journal.undo."""
        # A whole village's records are held meanwhile, and none of them forms a cycle.
        with collector_at_rest(), self.writing(undo.undo_deed(step)) as session:
            return undo.undo_step(session, step, self._known_identity.own)

    def undo_after(self, position: int, progress: Progress = silent) -> list[str]:
        """Go back to an earlier state by undoing later steps; returns the deeds that could not be undone.

        What another laptop wrote stays, and so does what is booked or final. When `progress` raises between two
        steps, those undone before stay undone.
        """
        with self.reading() as session:
            later = tables.steps(session, self._known_identity.own, limit=1_000_000, after_position=position)
        since = {step.id for step in later}
        left = []
        for done, step in enumerate(later):
            progress(done, len(later), f"正在撤销，第{done + 1}步，共{len(later)}步")
            # An undo of a later step goes with that step; one of an earlier step is itself to be undone.
            if undo.undone_step(step.deed) in since:
                continue
            try:
                with self.writing(undo.undo_deed(step.id)) as session:
                    # Also what was undone before: something of it may have been kept then.
                    undo.undo_step(session, step.id, self._known_identity.own, again=True)
            except NotAllowed:
                left.append(step.deed)
        return left

    def digest(self, *, lane: Lane = Lane.VILLAGE, village: str | None = None) -> str:
        """SHA-256 over every journalled row; see store.journal.rebuild."""
        with self.reading() as session:
            return rebuild.digest(session, lane=lane, village=village)

    def verify(self) -> list[str]:
        """Pages, journal, rows and blobs against each other; one sentence for each thing found wrong."""
        findings = self._verify_pages()
        try:
            with self.reading() as session:
                findings += proof.audit(session)
        except OperationalError:
            findings.append("记录簿里有读不出来的内容，可能被别的工具改过；请不要继续录入，用最近的备份恢复。")
        except FileTrouble as trouble:
            findings.append(trouble.message)
        return findings + [f"材料{name[:8]}已经损坏，请用备份里的同一份替换。" for name in self.blobs.damaged()]

    def _verify_pages(self) -> list[str]:
        self._refuse_nesting()
        try:
            with self._door:
                damaged, lacking = damaged_pages(self._writer), lacking_triggers(self._writer)
        except FileTrouble as trouble:
            return [trouble.message]
        findings = ["档案文件里有损坏的页；请不要继续录入，用最近的备份恢复。"] if damaged else []
        if lacking:
            findings.append("档案里防改动的装置被别的工具拿掉了；请把这份档案交给乡镇核对。")
        return findings

    def rebuild(self) -> None:
        """All rows anew from the journal; see store.form."""
        self._refuse_nesting()
        with self._door:
            form.rebuild_rows(self._writer, self._tally, self._act())

    # --- copies -------------------------------------------------------------------------------------------------

    @property
    def copies_folder(self) -> Path:
        """Where this file's own copies are kept."""
        return self.path.with_suffix(".copies")

    def copy_to(self, folder: Path, progress: Progress = silent) -> Copy:
        """A proved copy in any folder, key file and blobs with it."""
        with self._copying:
            return make_copy(self.path, self.keys, Path(folder), self.blobs.folder, progress)

    def keep_copy(self, progress: Progress = silent) -> Copy | None:
        """A copy in the file's own folder when something changed since the newest one; old ones are thinned."""
        with self._copying:
            there = list_copies(self.path, self.copies_folder)
            with self.reading_raw() as session:
                end = tables.end_of(session)
            if any((one.position, one.head) == (end[0], head_signs(end[1])) for one in there):
                return None
            made = make_copy(self.path, self.keys, self.copies_folder, None, progress)
            own = self.copies()
            branched = [one for one in list_copies(self.path, self.copies_folder) if one not in own]
            remove(thin(own) + thin(branched))
            return made

    def copies(self) -> list[Copy]:
        """The file's own copies that it grew from, newest first; `undo_after` goes back to each of them."""
        there = list_copies(self.path, self.copies_folder)
        with self.reading_raw() as session:
            ends = tables.hashes_at(session, [one.position for one in there])
        return [one for one in there if one.head in {"", head_signs(ends.get(one.position, b""))}]

    @property
    def position(self) -> int:
        """The length of the journal."""
        with self.reading_raw() as session:
            return tables.last_position(session)

    # --- keys ---------------------------------------------------------------------------------------------------

    def set_password(self, operator: str, password: str, cost: PasswordCost | None = None) -> None:
        """Give an operator a (new) password for opening the file."""
        self._change_keys(lambda keys: keys.add_password(operator, password, self.keys, cost or PasswordCost()))

    def let_township_recover(self, recipient: str) -> None:
        """Let the township's recovery key open this file when every password and the code are lost."""
        self._change_keys(lambda keys: keys.add_township(recipient, self.keys))

    def new_recovery_code(self) -> str:
        """A new printed recovery code; the earlier one no longer opens the file."""
        return self._change_keys(lambda keys: keys.add_recovery_code(self.keys))

    def _change_keys(self, change: Callable[[KeyFile], T]) -> T:
        """Change the key file as it lies on the disk now; nothing changes when it cannot be written.

        Raises FileTrouble when another file's keys were put there while this one is open.
        """
        path = self.path.with_suffix(".vkey")
        with self._key_turn:
            try:
                keys = KeyFile.load(path)
            except FileTrouble:
                # Lost or broken on the disk, whole in memory: this writes it anew.
                keys = KeyFile(self.key_file.file_id, self.key_file.salt, list(self.key_file.wraps))
            if (keys.file_id, keys.salt) != (self.key_file.file_id, self.key_file.salt):
                raise FileTrouble(
                    f"“{path.name}”被换成了别的档案的钥匙，没有改动。", "请先把原来的钥匙文件拷回来，再做一次。"
                )
            result = change(keys)
            keys.save(path)
            self.key_file = keys
            return result


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise NotAllowed(f"“{path.name}”已经有了，没有覆盖。", "请换一个文件名，或直接打开原来的档案。")
    if path.with_suffix(".vkey").exists():
        raise NotAllowed(
            f"“{path.name}”不在了，它的钥匙文件还在，没有覆盖。", "请用备份恢复原来的档案，或换一个文件名新建。"
        )


def _text(value: bytes | None) -> str:
    return value.decode() if value is not None else ""
