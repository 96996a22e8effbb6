"""The village file: created, opened, written through one door, undone, copied and proved."""

import datetime as dt
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from village_desk.kit.clock import ClockState, Today, judge_clock
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.ids import new_id, same_id
from village_desk.store import form
from village_desk.store.acts import Act
from village_desk.store.base import Lane, all_specs, refresh_derived
from village_desk.store.blobs import Blobs
from village_desk.store.copies import Copy, list_copies, make_copy, remove, thin
from village_desk.store.device import Device, Mark, device_path, load_device, new_device, save_device, save_mark
from village_desk.store.engine import connect, reader_engine, writer_engine
from village_desk.store.files import disk_trouble, refuse_foreign_place
from village_desk.store.journal import capture, rebuild, tables, undo
from village_desk.store.journal.capture import JournalBroken, Tally, Writing
from village_desk.store.keyring import KeyFile, Keys, PasswordCost, new_keys
from village_desk.store.locks import FileLock
from village_desk.store.operators import OperatorRow, Role, StoreOperator, VillageHome, operators, seat_for

Listener = Callable[[frozenset[str]], None]
SUFFIX = ".vdesk"


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
        self._listeners: list[Listener] = []
        self._tally = Tally()
        self._writer = writer_engine(path, keys.data, keys.salt, self._tally)
        self._reader = reader_engine(path, keys.data, keys.salt)
        self.blobs = Blobs(path.with_suffix(".blobs"), keys)
        self.device: Device
        self._device_path = device_path(key_file.file_id)
        self.is_new_device = False
        self.operator: OperatorRow | None = None
        self._today: dt.date | None = None
        self.clock = Today(dt.date.today(), ClockState.BELIEVED)
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
        if path.exists() or path.with_suffix(".vkey").exists():
            raise NotAllowed(f"“{path.name}”已经有了，没有覆盖。", "请换一个文件名，或直接打开原来的档案。")
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
            for leftover in (path, path.with_suffix(".vkey")):
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
            file = cls(path, key_file, keys, lock)
            upgraded = not form.is_present(file._writer)
            if upgraded:
                make_copy(path, keys, file.copies_folder, file.position, None)
                form.upgrade_journal(file._writer)
            file._begin(today)
            if upgraded:
                file.rebuild()
            file._seat_first(operator or next(iter(key_file.operators), ""))
        except BaseException:
            if file is not None:
                file._dispose()
            lock.release()
            raise
        return file

    def close(self) -> None:
        """Close every connection and let the lock go."""
        self._dispose()
        self._lock_file.release()

    def _dispose(self) -> None:
        self._reader.dispose()
        self._writer.dispose()

    def _begin(self, today: dt.date | None) -> None:
        with self.reading_raw() as session:
            self.village = _text(tables.local_fact(session, "village"))
            self.village_name = _text(tables.local_fact(session, "name"))
            self.kind = _text(tables.local_fact(session, "kind"))
            last = _text(tables.local_fact(session, "today"))
            mine = tables.local_fact(session, "device") or b""
            self._choose_device(session, mine)
        if today is not None:
            self._today = today
            self.clock = Today(today, ClockState.BELIEVED)
        else:
            self.clock = judge_clock(dt.date.today(), dt.date.fromisoformat(last) if last else None)
            self._today = self.clock.day

    def _choose_device(self, session: Session, mine: bytes) -> None:
        """This laptop's identity; a copy that was put in place by hand gets a new one.

        The profile remembers how far the chain had grown.  When the file does not reach that far, or says another
        laptop wrote it, signing on with the old key would fork the chain.
        """
        found = load_device(self._device_path, self.key_file.file_id, self.keys)
        if found is not None:
            device, mark = found
            reaches = mark.hash in tables.hash_at(session, device.id, mark.seq)
            # Keys that never signed anything cannot fork a chain.
            if mark.seq == 0 or (mine == device.id and reaches):
                self.device = device
                return
        self._take_new_identity()

    def renew_identity(self) -> None:
        """Go on under new keys, because a stick or a reply shows that the old ones signed more than this file holds."""
        with self._door:
            self._take_new_identity()

    def _take_new_identity(self) -> None:
        self.device = new_device()
        self.is_new_device = True
        save_device(self._device_path, self.key_file.file_id, self.keys, self.device, Mark(0, bytes(32)))

    # --- today and the operator ---------------------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        """The day that the desk works with."""
        assert self._today is not None
        return self._today

    def confirm_today(self, day: dt.date) -> None:
        """The clerk's answer when the computer's clock jumped; the computer's own time stays as it is."""
        self._today = day
        self.clock = Today(day, ClockState.BELIEVED)

    def take_seat(self, name: str, code: str = "") -> None:
        """Another operator sits down with a short code; raises NotAllowed when name or code do not fit."""
        with self.reading_raw() as session:
            self.operator = seat_for(session, name=name, code=code)

    def _seat_first(self, name: str) -> None:
        """Whoever opened the file sits down; the recovery code opens it for the first clerk."""
        with self.reading_raw() as session:
            known = operators(session)
            found = next((one for one in known if one.name == name), None)
            self.operator = found or next((one for one in known if one.role in {Role.CLERK, Role.TOWNSHIP}), None)

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
        if self._door_owner == threading.get_ident():
            raise JournalBroken("writing() never nests")
        if self.operator is not None and self.operator.role is Role.READER:
            raise NotAllowed(f"“{self.operator.name}”只能查看，不能修改。", "需要修改时，请换文书或复核人来操作。")
        with self._door:
            self._door_owner = threading.get_ident()
            try:
                writing = yield from self._write(deed)
            finally:
                self._door_owner = None
        self._tell(frozenset(writing.touched))

    def _write(self, deed: str) -> Generator[Session, None, Writing]:
        session = Session(self._writer, expire_on_commit=False)
        capture.listen(session)
        try:
            head = tables.head_of(session, self.device.id)
            writing = Writing(
                village=self.village,
                device=self.device.id,
                actor=self.operator.id if self.operator is not None else "",
                day=self.today.isoformat(),
                deed=deed,
                head=head,
                lamport=tables.highest_lamport(session),
                first_position=tables.last_position(session) + 1,
                tally=self._tally,
            )
            self._tally.touched.clear()
            self._tally.open = True
            session.info.update(writing=writing, act=self._act(), sign=self.device.sign)
            yield session
            session.flush()
            refresh_derived(session, writing.touched)
            session.flush()
            capture.store_noted(session, writing)
            capture.prove(session, writing, {spec.table: spec for spec in all_specs()})
            capture.remember_step(session, writing, tables.last_position(session))
            tables.set_local_fact(session, "today", self.today.isoformat().encode())
            tables.set_local_fact(session, "device", self.device.id)
            session.commit()
        finally:
            self._tally.clear()
            session.rollback()
            session.close()
        if writing.operations:
            save_mark(self._device_path, Mark(writing.head.seq, writing.head.hash))
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
            return tables.steps(session, self.device.id, limit=limit)

    def undo(self, step: str) -> undo.Undone:
        """Undo one step; see store.journal.undo."""
        with self.writing(f"undo:{step}") as session:
            return undo.undo_step(session, step)

    def undo_after(self, position: int) -> list[str]:
        """Go back to an earlier state by undoing later steps; returns the deeds that could not be undone."""
        with self.reading() as session:
            later = tables.steps(session, self.device.id, limit=1_000_000, after_position=position)
        left = []
        for step in later:
            if step.undone or step.deed.startswith("undo:"):
                continue
            try:
                self.undo(step.id)
            except NotAllowed:
                left.append(step.deed)
        return left

    def digest(self, *, lane: Lane = Lane.VILLAGE, village: str | None = None) -> str:
        """SHA-256 over every journalled row; see store.journal.rebuild."""
        with self.reading() as session:
            return rebuild.digest(session, lane=lane, village=village)

    def verify(self) -> list[str]:
        """Journal, rows and blobs against each other; one sentence for each thing found wrong."""
        try:
            with self.reading() as session:
                findings = rebuild.audit(session)
        except OperationalError:
            findings = ["记录簿里有读不出来的内容，可能被别的工具改过；请不要继续录入，用最近的备份恢复。"]
        return findings + [f"材料{name[:8]}已经损坏，请用备份里的同一份替换。" for name in self.blobs.damaged()]

    def rebuild(self) -> None:
        """All rows anew from the journal; see store.form."""
        with self._door:
            form.rebuild_rows(self._writer, self._tally, self._act())

    # --- copies -------------------------------------------------------------------------------------------------

    @property
    def copies_folder(self) -> Path:
        """Where this file's own copies are kept."""
        return self.path.with_suffix(".copies")

    def copy_to(self, folder: Path) -> Copy:
        """A proved copy in any folder, key file and blobs with it."""
        return make_copy(self.path, self.keys, Path(folder), self.position, self.blobs.folder)

    def keep_copy(self) -> Copy | None:
        """A copy in the file's own folder when something changed since the newest one; old ones are thinned."""
        existing = list_copies(self.path, self.copies_folder)
        if existing and existing[0].position == self.position:
            return None
        made = make_copy(self.path, self.keys, self.copies_folder, self.position, None)
        remove(thin(list_copies(self.path, self.copies_folder)))
        return made

    @property
    def position(self) -> int:
        """The length of the journal."""
        with self.reading_raw() as session:
            return tables.last_position(session)

    # --- keys ---------------------------------------------------------------------------------------------------

    def set_password(self, operator: str, password: str, cost: PasswordCost | None = None) -> None:
        """Give an operator a (new) password for opening the file."""
        self.key_file.add_password(operator, password, self.keys, cost or PasswordCost())
        self.key_file.save(self.path.with_suffix(".vkey"))

    def let_township_recover(self, recipient: str) -> None:
        """Let the township's recovery key open this file when every password and the code are lost."""
        self.key_file.add_township(recipient, self.keys)
        self.key_file.save(self.path.with_suffix(".vkey"))

    def new_recovery_code(self) -> str:
        """A new printed recovery code; the earlier one no longer opens the file."""
        code = self.key_file.add_recovery_code(self.keys)
        self.key_file.save(self.path.with_suffix(".vkey"))
        return code


def _text(value: bytes | None) -> str:
    return value.decode() if value is not None else ""
