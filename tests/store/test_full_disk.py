"""The disk fills up at every single write of a step: one sentence, and the file is as it was."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store.cutting import empty_log
from tests.store.things import Laptop, Neighbour, add_neighbour, change_neighbour
from village_desk.kit.errors import FileTrouble
from village_desk.store import acts, journal
from village_desk.store.file import VillageFile

Maker = Callable[[str], Laptop]


def pragma(file: VillageFile, statement: str) -> int:
    """The answer of a pragma on the connection that writes."""
    answer: int = file._writer.raw_connection().execute(f"PRAGMA {statement}").fetchone()[0]
    return answer


def pages(file: VillageFile) -> int:
    """How many pages the file has."""
    return pragma(file, "page_count")


def add_some(file: VillageFile) -> None:
    """A step that needs room in every table and index."""
    with file.writing("test.many") as session:
        acts.add_many(session, Neighbour, [{"name": "村民" * 40, "phone": f"{n}"} for n in range(60)])


def refusal(work: Callable[[], object]) -> FileTrouble | None:
    """Why a piece of work was refused; None when it was done."""
    try:
        work()
    except FileTrouble as trouble:
        return trouble
    return None


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this program may grow beyond a size: the system itself refuses the write."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_every_page_that_does_not_fit_leaves_the_file_as_it_was(file: VillageFile) -> None:
    before, start = file.digest(), pages(file)
    for room in range(1000):
        pragma(file, f"max_page_count = {start + room}")
        trouble = refusal(lambda: add_some(file))
        if trouble is None:
            break
        assert "磁盘满了" in trouble.message
        assert (file.digest(), pages(file)) == (before, start)
        assert file.verify() == []
    assert room > 5
    assert file.verify() == []


@pytest.mark.parametrize("name", ["take in", "rebuild", "undo", "change"])
def test_every_write_that_the_system_refuses_leaves_the_file_as_it_was(laptop: Maker, name: str) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no limit for the size of files")
    desk, other = laptop("文书"), laptop("报账员").create()
    add_some(other)
    with other.reading() as session:
        operations = list(journal.operations_after(session, {}))
    other.close()
    file = desk.create()
    add_some(file)
    identity = add_neighbour(file, "王伟")
    step = file.steps()[1].id

    def take_in() -> None:
        with file.writing("sync.take_in") as session:
            journal.take_in(session, operations, village=file.village, from_township=False)

    works: dict[str, Callable[[], object]] = {
        "take in": take_in,
        "rebuild": file.rebuild,
        "undo": lambda: file.undo(step),
        "change": lambda: change_neighbour(file, identity, group_no=1),
    }
    before, length = file.digest(), file.position
    empty_log(file)
    stride = 2060 if name == "change" else 20_000
    for room in range(1, 400 * stride, stride):
        with largest_file(room):
            trouble = refusal(works[name])
        if trouble is None:
            break
        assert trouble.advice.endswith("。")
        assert (file.digest(), file.position) == (before, length)
    assert room > 5 * stride
    assert file.verify() == []
    after = file.digest()
    file.close()
    again = desk.open()
    assert again.digest() == after
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_a_copy_that_does_not_fit_leaves_no_half_copy(file: VillageFile, tmp_path: Path) -> None:
    add_some(file)
    empty_log(file)
    size = file.path.stat().st_size
    for room in range(2048, size, size // 12):
        with pytest.raises(FileTrouble), largest_file(room):
            file.copy_to(tmp_path / "备份")
        assert [path.name for path in (tmp_path / "备份").iterdir() if path.suffix != ".vkey"] == []
    made = file.copy_to(tmp_path / "备份")
    assert made.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_a_profile_on_a_full_disk_does_not_take_a_commit_back(file: VillageFile) -> None:
    add_neighbour(file, "王伟")
    mark = next((Path(file.path).parent / "profile" / "devices").glob("*.mark"), None)
    folder = Path(file.path).parent / "profile" / "devices"
    for part in [*folder.glob("*.json"), *folder.glob("*.mark")]:
        part.with_name(f"{part.name}.part").mkdir()
    before = file.position
    told: list[frozenset[str]] = []
    file.on_change(told.append)
    add_neighbour(file, "张伟")
    assert file.position == before + 1
    assert told == [frozenset({"test_neighbour"})]
    assert mark is None or mark.exists()
