"""The one door between pages and village file: reads at once, writes in order on one thread, long work in a pool."""

import queue
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from village_desk.kit.errors import DeskError
from village_desk.kit.progress import Progress, silent
from village_desk.widgets.arrivals import Arrivals

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from village_desk.store.drafts import Draft

T = TypeVar("T")
_POOL_THREADS = 2


class Village(Protocol):
    """What the workplace needs of a village file; store.file.VillageFile is one."""

    def reading(self) -> "AbstractContextManager[Session]":
        """A session that only reads."""

    def writing(self, deed: str) -> "AbstractContextManager[Session]":
        """A session whose end is one step: one transaction, one undo."""

    def undo(self, step_id: Any) -> Any:
        """Append the inverse of a step."""

    def keep_copy(self, progress: Progress = silent) -> Any:
        """A copy in the file's own folder when something changed since the newest one."""

    def keep_draft(self, dialog: str, about: str, fields: Mapping[str, str]) -> None:
        """Keep what is half typed into a form, as no step; without fields it is dropped."""

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` with the names of the touched tables after each commit, on the committing thread."""


class Cancelled(Exception):
    """The clerk stopped long work; nothing of it remains."""


class Task(QObject):
    """Long work under way: tells how far it is and can be stopped."""

    moved = Signal(int, int, str)
    ended = Signal()

    def __init__(self, village: Village, title: str) -> None:
        super().__init__()
        self.title = title
        self._village = village
        self._stop = threading.Event()
        self._arrivals = Arrivals(self)

    def progress(self, done: int, total: int, words: str = "", /) -> None:
        """Say how far the work is; raises Cancelled when the clerk has stopped it."""
        if self._stop.is_set():
            raise Cancelled
        self._arrivals.hand_over(partial(self.moved.emit, done, total, words))

    def writing(self, deed: str) -> "AbstractContextManager[Session]":
        """One step of long work that was begun with Workplace.carry; cancelled inside it leaves nothing."""
        return self._village.writing(deed)

    def reading(self) -> "AbstractContextManager[Session]":
        """A session of this work's own."""
        return self._village.reading()

    def cancel(self) -> None:
        """Ask the work to stop at its next progress call."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """True once the clerk has asked to stop."""
        return self._stop.is_set()


@dataclass(frozen=True)
class _Settled:
    """One finished piece of work on its way back to the GUI thread."""

    result: Any
    problem: BaseException | None
    tables: frozenset[str]
    then: Callable[[Any], None] | None
    refused: Callable[[DeskError], None] | None
    said: Callable[[Any], str] | str
    task: Task | None
    halted: Callable[[], str] | str = ""


class Workplace(QObject):
    """What pages are given instead of the village file.

    Signals, always on the GUI thread: `changed(frozenset[str])` with the touched tables, `told(message, advice)` for
    a refusal, `done(sentence)` for a success worth a sentence, `halted(sentence)` when the clerk stopped long work,
    `busy(bool)`, `started(Task)` when long work begins.
    """

    changed = Signal(object)
    told = Signal(str, str)
    done = Signal(str)
    halted = Signal(str)
    busy = Signal(bool)
    started = Signal(object)

    def __init__(self, village: Village, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.village = village
        self._pending = 0
        self._touched: set[str] = set()
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._pool = ThreadPoolExecutor(_POOL_THREADS, "village-desk-long")
        self._tasks: set[Task] = set()
        self._drafts: dict[tuple[str, str], Mapping[str, str]] = {}
        self._drafts_turn = threading.Lock()
        self._is_draft_told = False
        self._answering: tuple[str, str] | None = None
        # Results wait here for the GUI thread; the signal only wakes it.  A signal that carries Python objects from
        # another thread can crash PySide6.
        self._arrivals = Arrivals(self)
        village.on_change(self._touched.update)
        self._writer = threading.Thread(target=self._write_in_order, name="village-desk-writer", daemon=True)
        self._writer.start()

    # reading

    def read(self, lookup: "Callable[[Session], T]") -> T:
        """The answer of a lookup, at once; for what takes under 50 ms. A DeskError goes through to the caller."""
        with self.village.reading() as session:
            return lookup(session)

    # writing

    def write(
        self,
        deed: str,
        action: "Callable[[Session], T]",
        then: Callable[[T], None] | None = None,
        *,
        said: Callable[[T], str] | str = "",
        refused: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Run an action as one step on the writer thread.

        `deed` is ROOM.ACTION. Afterwards, on the GUI thread and in this order: `changed`, `then(result)`, `done(said)`.
        A DeskError goes to `refused` if given (a dialog that stays open), else to `told`. Anything else is a bug.
        """

        answering = self._answering

        def step() -> T:
            with self.village.writing(deed) as session:
                result = action(session)
                if answering is not None:
                    from village_desk.store import drafts

                    drafts.drop(session, *answering)
                return result

        self._queue(step, then, said, refused)

    def act(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        *,
        said: Callable[[T], str] | str = "",
        refused: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Run work that writes to the file by itself (undo, copies, taking in a stick) in turn on the writer thread."""
        self._queue(work, then, said, refused)

    def undo(self, step_id: Any, *, said: str = "已撤销刚才的一步。") -> None:
        """Undo one step."""
        self._queue(lambda: self.village.undo(step_id), None, said, None)

    # drafts

    def keep_draft(self, dialog: str, about: str, fields: Mapping[str, str]) -> None:
        """Keep what is half typed into a dialog, in turn with the writes; nothing is pending and nothing changed.

        Without fields the draft is dropped.
        """
        with self._drafts_turn:
            waits = (dialog, about) in self._drafts
            self._drafts[dialog, about] = dict(fields)
        if not waits:
            self._work.put(partial(self._write_draft, (dialog, about)))

    def find_drafts(self, dialog: str) -> "list[Draft]":
        """What was left half typed in dialogs of this kind, the newest first; also what is still to be written."""
        from village_desk.store import drafts

        with self._drafts_turn:
            waiting = {about: fields for (kind, about), fields in self._drafts.items() if kind == dialog}
        kept = self.read(lambda session: drafts.find(session, dialog))
        newest = [drafts.Draft(about, fields) for about, fields in waiting.items() if fields]
        return newest + [one for one in kept if one.about not in waiting]

    def drop_draft(self, dialog: str, about: str) -> None:
        """Forget what was typed: the dialog was saved or left with 取消."""
        self.keep_draft(dialog, about, {})

    @contextmanager
    def answering(self, dialog: str, about: str) -> Iterator[None]:
        """The step that is asked for meanwhile takes the draft with it: both are in the file, or neither is."""
        self._answering = (dialog, about)
        try:
            yield
        finally:
            self._answering = None

    # long work

    def later(
        self,
        work: Callable[[Task], T],
        then: Callable[[T], None] | None = None,
        *,
        title: str = "正在准备，请稍候",
        said: Callable[[T], str] | str = "",
        refused: Callable[[DeskError], None] | None = None,
        halted: Callable[[], str] | str = "已取消，什么都没有改。",
    ) -> Task:
        """Run long work in the pool; it reads through task.reading(), tells task.progress(…) and may be cancelled.

        A cancelled work calls neither `then` nor `refused`; the clerk is told `halted`.
        """
        task = self._begin_task(title)

        def run() -> None:
            result, problem = _outcome(lambda: work(task))
            settled = _Settled(result, problem, frozenset(), then, refused, said, task, halted)
            self._arrivals.hand_over(partial(self._settle, settled))

        self._pool.submit(run)
        return task

    def carry(
        self,
        work: Callable[[Task], T],
        then: Callable[[T], None] | None = None,
        *,
        title: str,
        said: Callable[[T], str] | str = "",
        refused: Callable[[DeskError], None] | None = None,
        halted: Callable[[], str] | str = "已取消，什么都没有改。",
        copy_first: bool = False,
    ) -> Task:
        """Run long work that writes, in turn on the writer thread; like `later` it tells how far it is and can be
        cancelled, also while it waits for its turn.

        `copy_first` keeps a copy of the file before, for what is tedious to take back. `halted` says what remains of
        cancelled work; it is called on the GUI thread.
        """
        task = self._begin_task(title)

        def step() -> T:
            task.progress(0, 0)
            if copy_first:
                self.village.keep_copy(task.progress)
                task.progress(0, 0, f"{title}……")
            return work(task)

        def run() -> None:
            self._touched.clear()
            result, problem = _outcome(step)
            touched = frozenset(self._touched)
            settled = _Settled(result, problem, touched, then, refused, said, task, halted)
            self._arrivals.hand_over(partial(self._settle, settled))

        self._work.put(run)
        return task

    @property
    def tasks(self) -> frozenset[Task]:
        """The long work that is not settled yet."""
        return frozenset(self._tasks)

    def _begin_task(self, title: str) -> Task:
        task = Task(self.village, title)
        self._tasks.add(task)
        self._began()
        self.started.emit(task)
        return task

    # state

    @property
    def pending(self) -> int:
        """Pieces of work that are not settled yet."""
        return self._pending

    def close(self) -> None:
        """Finish every queued write and stop the threads; the village file itself stays open."""
        for task in self._tasks:
            task.cancel()
        self._work.put(None)
        self._writer.join()
        self._pool.shutdown(wait=True, cancel_futures=True)

    # inside

    def _queue(
        self,
        step: Callable[[], Any],
        then: Callable[[Any], None] | None,
        said: Callable[[Any], str] | str,
        refused: Callable[[DeskError], None] | None,
    ) -> None:
        self._began()

        def run() -> None:
            self._touched.clear()
            result, problem = _outcome(step)
            settled = _Settled(result, problem, frozenset(self._touched), then, refused, said, None)
            self._arrivals.hand_over(partial(self._settle, settled))

        self._work.put(run)

    def _write_draft(self, draft: tuple[str, str]) -> None:
        while True:
            with self._drafts_turn:
                fields = self._drafts[draft]
            _, problem = _outcome(partial(self.village.keep_draft, *draft, fields))
            self._arrivals.hand_over(partial(self._tell_unkept, problem))
            with self._drafts_turn:
                if self._drafts[draft] is fields:
                    del self._drafts[draft]
                    return

    def _tell_unkept(self, problem: BaseException | None) -> None:
        # A full disk is told once, not every second.
        if isinstance(problem, DeskError):
            if not self._is_draft_told:
                self.told.emit(problem.message, problem.advice)
        elif problem is not None:
            sys.excepthook(type(problem), problem, problem.__traceback__)
        self._is_draft_told = problem is not None

    def _write_in_order(self) -> None:
        while (run := self._work.get()) is not None:
            run()

    def _began(self) -> None:
        self._pending += 1
        if self._pending == 1:
            self.busy.emit(True)

    def _settle(self, settled: _Settled) -> None:
        self._pending -= 1
        if self._pending == 0:
            self.busy.emit(False)
        if settled.task is not None:
            self._tasks.discard(settled.task)
            settled.task.ended.emit()
        problem = settled.problem
        if settled.tables:
            self.changed.emit(settled.tables)
        if isinstance(problem, Cancelled):
            self.halted.emit(settled.halted if isinstance(settled.halted, str) else settled.halted())
            return
        if isinstance(problem, DeskError):
            if settled.refused is not None:
                settled.refused(problem)
            else:
                self.told.emit(problem.message, problem.advice)
        elif problem is not None:
            sys.excepthook(type(problem), problem, problem.__traceback__)
        else:
            if settled.then is not None:
                settled.then(settled.result)
            sentence = settled.said if isinstance(settled.said, str) else settled.said(settled.result)
            if sentence:
                self.done.emit(sentence)


def _outcome(work: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    # The one place that catches everything: it goes to `told` or, as a bug, to the excepthook on the GUI thread.
    try:
        return work(), None
    except BaseException as problem:
        return None, problem
