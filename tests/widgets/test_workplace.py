"""The one door: order, threads, refusals, bugs, long work."""

import sys
import threading
from types import TracebackType

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, add_operator, operators
from village_desk.widgets.progress import ProgressStrip
from village_desk.widgets.workplace import Task, Workplace


def test_a_write_is_one_step_and_tells_which_tables_changed(
    qtbot: QtBot, workplace: Workplace, file: VillageFile
) -> None:
    before = len(file.steps())
    with qtbot.waitSignal(workplace.changed) as told:
        workplace.write("store.add_operator", lambda s: add_operator(s, name="王复核", role=Role.SECOND))
    assert told.args == [frozenset({"operator"})]
    assert len(file.steps()) == before + 1
    assert [one.name for one in workplace.read(operators)] == ["李会计", "王复核"]


def test_changed_comes_before_then_and_then_before_done(qtbot: QtBot, workplace: Workplace) -> None:
    seen: list[str] = []
    workplace.changed.connect(lambda tables: seen.append("changed"))
    workplace.done.connect(seen.append)
    with qtbot.waitSignal(workplace.done):
        workplace.write(
            "store.add_operator",
            lambda s: add_operator(s, name="王复核", role=Role.SECOND),
            lambda _id: seen.append("then"),
            said=lambda identity: f"登记了{len(identity)}位编号的人。",
        )
    assert seen == ["changed", "then", "登记了32位编号的人。"]


def test_results_come_back_on_the_thread_of_the_window(qtbot: QtBot, workplace: Workplace) -> None:
    threads: list[str] = []
    with qtbot.waitSignal(workplace.done):
        workplace.write(
            "store.look",
            lambda s: threads.append(threading.current_thread().name),
            lambda _nothing: threads.append(threading.current_thread().name),
            said="好",
        )
    assert threads == ["village-desk-writer", "MainThread"]


def test_writes_keep_their_order(qtbot: QtBot, workplace: Workplace) -> None:
    finished: list[int] = []
    names = [f"操作人{number}" for number in range(8)]
    for number, name in enumerate(names):
        workplace.write(
            "store.add_operator",
            lambda s, name=name: add_operator(s, name=name, role=Role.READER),  # type: ignore[misc]  # bound now
            lambda _id, number=number: finished.append(number),  # type: ignore[misc]  # bound now
        )
    qtbot.waitUntil(lambda: workplace.pending == 0)
    assert finished == list(range(8))
    assert {one.name for one in workplace.read(operators)} >= set(names)


def test_a_refusal_is_told_and_leaves_nothing(qtbot: QtBot, workplace: Workplace, file: VillageFile) -> None:
    before = file.digest()

    def refused_half_way(session: Session) -> None:
        add_operator(session, name="王复核", role=Role.SECOND)
        raise NotAllowed("应到35人，实到20人，不够三分之二。", "还差4人。")

    with qtbot.waitSignal(workplace.told) as told, qtbot.assertNotEmitted(workplace.changed):
        workplace.write("meetings.close", refused_half_way)
    assert told.args == ["应到35人，实到20人，不够三分之二。", "还差4人。"]
    assert file.digest() == before


def test_a_dialog_that_stays_open_gets_the_refusal_itself(qtbot: QtBot, workplace: Workplace) -> None:
    refusals: list[DeskError] = []
    with qtbot.assertNotEmitted(workplace.told):
        workplace.write(
            "store.add_operator", lambda s: add_operator(s, name=" ", role=Role.SECOND), refused=refusals.append
        )
        qtbot.waitUntil(lambda: bool(refusals))
    assert refusals[0].message == "还没有填操作人姓名。"


def test_a_bug_goes_to_the_excepthook_and_the_next_write_works(
    qtbot: QtBot, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[BaseException] = []

    def hook(_kind: type[BaseException], bug: BaseException, _trace: TracebackType | None) -> None:
        bugs.append(bug)

    monkeypatch.setattr(sys, "excepthook", hook)
    with qtbot.assertNotEmitted(workplace.told):
        workplace.write("store.break", lambda session: dict[str, int]()["名册"])
        qtbot.waitUntil(lambda: bool(bugs))
    assert isinstance(bugs[0], KeyError)
    with qtbot.waitSignal(workplace.changed):
        workplace.write("store.add_operator", lambda s: add_operator(s, name="王复核", role=Role.SECOND))


def test_a_read_refusal_goes_through_to_the_caller(workplace: Workplace) -> None:
    def lookup(session: Session) -> None:
        raise NotAllowed("查不到。", "")

    with pytest.raises(NotAllowed, match="查不到"):
        workplace.read(lookup)


def test_undo_takes_a_step_back_and_tells(qtbot: QtBot, workplace: Workplace, file: VillageFile) -> None:
    with qtbot.waitSignal(workplace.changed):
        workplace.write("store.add_operator", lambda s: add_operator(s, name="王复核", role=Role.SECOND))
    with qtbot.waitSignal(workplace.done) as done:
        workplace.undo(file.steps(limit=1)[0].id)
    assert done.args == ["已撤销刚才的一步。"]
    assert [one.name for one in workplace.read(operators)] == ["李会计"]


def test_long_work_reads_in_its_own_session_and_tells_how_far(qtbot: QtBot, workplace: Workplace) -> None:
    moves: list[tuple[int, int, str]] = []
    results: list[list[str]] = []

    def work(task: Task) -> list[str]:
        with task.reading() as session:
            names = [one.name for one in operators(session)]
        task.progress(1, 2, "读好了名单")
        return names

    workplace.started.connect(lambda task: task.moved.connect(lambda *move: moves.append(move)))
    workplace.later(work, results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert results == [["李会计"]]
    assert moves == [(1, 2, "读好了名单")]


def test_long_work_that_is_cancelled_answers_nobody(qtbot: QtBot, workplace: Workplace) -> None:
    go_on = threading.Event()
    answers: list[object] = []

    def work(task: Task) -> str:
        go_on.wait(5)
        task.progress(1, 2)
        return "做完了"

    task = workplace.later(work, answers.append, refused=answers.append)
    with qtbot.waitSignal(task.ended), qtbot.assertNotEmitted(workplace.told):
        task.cancel()
        go_on.set()
    assert answers == []


def test_closing_waits_for_what_is_queued(qapp: object, file: VillageFile) -> None:
    workplace = Workplace(file)
    for number in range(5):
        workplace.write(
            "store.add_operator",
            lambda s, number=number: add_operator(s, name=f"人{number}", role=Role.READER),  # type: ignore[misc]  # bound now
        )
    workplace.close()
    with file.reading() as session:
        assert len(operators(session)) == 6


def stop_at(task: Task, words: str) -> None:
    """Cancel as if the clerk had clicked while these words were shown."""

    def look(_done: int, _total: int, said: str) -> None:
        if said.startswith(words):
            task.cancel()

    task.moved.connect(look, Qt.ConnectionType.DirectConnection)


def test_long_writing_that_is_cancelled_leaves_nothing_and_says_so(
    qtbot: QtBot, workplace: Workplace, file: VillageFile
) -> None:
    before = file.digest()
    go_on = threading.Event()

    def work(task: Task) -> None:
        with task.writing("store.add_operators") as session:
            add_operator(session, name="王复核", role=Role.SECOND)
            go_on.wait(5)
            task.progress(1, 2)
            add_operator(session, name="赵复核", role=Role.SECOND)

    with (
        qtbot.waitSignal(workplace.halted) as halted,
        qtbot.assertNotEmitted(workplace.changed),
        qtbot.assertNotEmitted(workplace.done),
    ):
        task = workplace.carry(work, title="正在登记", said="好", halted=lambda: "已取消，操作人没有变。")
        task.cancel()
        go_on.set()
    assert halted.args == ["已取消，操作人没有变。"]
    assert file.digest() == before


def test_a_copy_is_kept_before_what_is_tedious_to_take_back(
    qtbot: QtBot, workplace: Workplace, file: VillageFile
) -> None:
    position = file.position

    def work(task: Task) -> str:
        with task.writing("store.add_operator") as session:
            return add_operator(session, name="王复核", role=Role.SECOND)

    with qtbot.waitSignal(workplace.changed) as told:
        workplace.carry(work, title="正在登记", copy_first=True)
    assert told.args == [frozenset({"operator"})]
    assert [one.position for one in file.copies()] == [position]


@pytest.mark.parametrize("words", ["正在写备份", "正在核对备份"])
def test_a_copy_that_is_cancelled_leaves_no_half_file(
    qtbot: QtBot, workplace: Workplace, file: VillageFile, words: str
) -> None:
    go_on = threading.Event()

    def work(task: Task) -> object:
        go_on.wait(5)
        return file.keep_copy(task.progress)

    with qtbot.waitSignal(workplace.halted):
        stop_at(workplace.later(work), words)
        go_on.set()
    assert list(file.copies_folder.glob("*")) == []
    assert file.keep_copy() is not None


def test_the_strip_tells_how_far_the_work_is_and_stops_it(qtbot: QtBot, workplace: Workplace) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    workplace.started.connect(strip.follow)
    go_on = threading.Event()

    def work(task: Task) -> None:
        task.progress(1, 3, "正在写U盘，第2个文件，共3个")
        go_on.wait(5)
        task.progress(2, 3)

    workplace.carry(work, title="正在写上报包")
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    qtbot.waitUntil(lambda: strip.words.text() == "正在写U盘，第2个文件，共3个")
    assert (strip.bar.value(), strip.bar.maximum()) == (1, 3)
    with qtbot.waitSignal(workplace.halted):
        qtbot.mouseClick(strip.stop, Qt.MouseButton.LeftButton)
        assert strip.words.text() == "正在停下来……"
        go_on.set()
    assert not strip.isVisible()


def test_the_strip_goes_back_to_the_work_that_is_still_under_way(qtbot: QtBot, workplace: Workplace) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    workplace.started.connect(strip.follow)
    first_may_end, second_may_end = threading.Event(), threading.Event()
    workplace.carry(lambda task: first_may_end.wait(5), title="正在写上报包")
    second = workplace.later(lambda task: second_may_end.wait(5), title="正在备份")
    assert strip.words.text() == "正在备份……"
    with qtbot.waitSignal(second.ended):
        second_may_end.set()
    assert strip.words.text() == "正在写上报包……"
    first_may_end.set()
    qtbot.waitUntil(lambda: workplace.pending == 0)
    assert strip.task is None
