"""Many threads at one file: writers wait for each other, readers see whole steps, and nobody hangs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.store.things import Neighbour, add_neighbour
from village_desk.store import acts
from village_desk.store.file import VillageFile
from village_desk.store.journal import JournalBroken
from village_desk.store.keyring import LEAST_COST

STEPS = 12


def test_four_threads_that_write_at_once_lose_nothing(file: VillageFile) -> None:
    told: list[frozenset[str]] = []
    file.on_change(told.append)
    seen_halves: list[int] = []
    done = threading.Event()

    def clerk(number: int) -> list[str]:
        written = []
        for step in range(STEPS):
            with file.writing("test.pair") as session:
                acts.add_many(session, Neighbour, [{"name": f"{number}-{step}-{half}"} for half in "ab"])
            written += [f"{number}-{step}-{half}" for half in "ab"]
        return written

    def onlooker() -> None:
        while not done.is_set():
            with file.reading() as session:
                seen_halves.append(len(session.scalars(select(Neighbour.id)).all()))

    with ThreadPoolExecutor(6) as pool:
        onlookers = [pool.submit(onlooker) for _ in range(2)]
        written = [name for one in [pool.submit(clerk, number) for number in range(4)] for name in one.result()]
        done.set()
        for one in onlookers:
            one.result()
    with file.reading() as session:
        assert sorted(session.scalars(select(Neighbour.name))) == sorted(written)
    assert len(written) == 4 * STEPS * 2
    assert len(told) == 4 * STEPS
    assert all(count % 2 == 0 for count in seen_halves)
    assert seen_halves
    assert file.verify() == []


def test_steps_undo_proof_and_copies_run_beside_a_writer(file: VillageFile, tmp_path: Path) -> None:
    def writer() -> None:
        for number in range(20):
            add_neighbour(file, f"村民{number}")

    def copier(number: int) -> int:
        return file.copy_to(tmp_path / f"备份{number}").position

    with ThreadPoolExecutor(5) as pool:
        writing = pool.submit(writer)
        copies = [pool.submit(copier, number) for number in range(2)]
        kept = [pool.submit(file.keep_copy) for _ in range(2)]
        proof = pool.submit(file.verify)
        writing.result()
        assert proof.result() == []
        assert all(one.result() <= file.position for one in copies)
        assert any(one.result() is not None for one in kept)
    assert file.verify() == []


def test_what_waits_for_the_door_inside_a_step_is_a_bug_and_does_not_hang(file: VillageFile) -> None:
    for inside in (file.rebuild, file.renew_identity, file.verify, file.close):
        with pytest.raises(JournalBroken), file.writing("test.outer"):
            inside()
    add_neighbour(file, "还能写")


def test_closing_waits_for_the_writer(file: VillageFile) -> None:
    begun, closed = threading.Event(), threading.Event()

    def slow() -> bool:
        with file.writing("test.slow") as session:
            session.add(Neighbour(name="王伟"))
            session.flush()
            begun.set()
            return closed.wait(0.2)

    def close() -> None:
        begun.wait()
        file.close()
        closed.set()

    with ThreadPoolExecutor(2) as pool:
        writing, closing = pool.submit(slow), pool.submit(close)
        assert writing.result() is False
        closing.result()


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux lists the locks of files")
def test_readers_copies_and_proofs_leave_the_locks_of_the_writer_alone(file: VillageFile, tmp_path: Path) -> None:
    def locked() -> bool:
        inode = f":{file.path.stat().st_ino}"
        return any(line.split()[5].endswith(inode) for line in Path("/proc/locks").read_text().splitlines())

    with file.writing("test.slow") as session:
        session.add(Neighbour(name="王伟"))
        session.flush()
        with file.reading() as one, file.reading() as other:
            assert one.scalars(select(Neighbour.id)).all() == other.scalars(select(Neighbour.id)).all() == []
            assert locked()
    file.keep_copy()
    file.copy_to(tmp_path / "备份")
    file.verify()
    file.set_password("王会计", "另外四个词的口令", LEAST_COST)
    assert locked()
