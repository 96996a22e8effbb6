"""A village with some laptops and a township over weeks: work, sticks, copies, restores, and looks into old copies."""

import itertools
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from tests.store.cutting import log_of
from tests.store.things import VILLAGE, Laptop, Neighbour, Sheet, add_neighbour, book, change_neighbour, post_sheet
from village_desk.kit.errors import NotAllowed
from village_desk.store import acts, journal
from village_desk.store.base import Lane
from village_desk.store.file import VillageFile
from village_desk.store.operations import StoredOperation, read

Maker = Callable[[str], Laptop]


class World:
    """Everything that a seed makes happen; `live` goes on for some acts, `settle` ends in what must hold."""

    def __init__(self, laptop: Maker, seed: int, desks: int) -> None:
        self.dice = random.Random(seed)
        self.laptops = [laptop(f"电脑{number}") for number in range(desks)]
        first = self.laptops[0].create()
        for one in self.laptops:
            one.code = first.recovery_code
        first.close()
        for other in self.laptops[1:]:
            other.receive_copy(self.laptops[0]).close()
        self.files = [one.open() for one in self.laptops]
        self.town = laptop("镇").create()
        self.copies: list[list[Path]] = [[] for _ in self.laptops]
        self.sticks: list[list[StoredOperation]] = []

    def live(self, acts_done: int) -> None:
        """So many random acts."""
        every = [self.work] * 7 + [self.write_stick] * 3 + [self.read_stick] * 3 + [self.copy] * 2 + [self.restore] * 2
        every += [self.undo, self.look, self.go_back, self.reopen]
        for _ in range(acts_done):
            self.dice.choice(every)(self.dice.randrange(len(self.files)))

    def work(self, desk: int) -> None:
        """One of the things a clerk does."""
        file, dice = self.files[desk], self.dice
        with file.reading() as session:
            ids = list(session.scalars(select(Neighbour.id).order_by(Neighbour.id)))
        what = dice.randrange(6)
        if what == 0 or not ids:
            add_neighbour(file, dice.choice("甲乙丙丁"), phone=dice.choice(["1", None]))
        elif what == 1:
            change_neighbour(file, dice.choice(ids), group_no=dice.randrange(9), phone=str(dice.randrange(9)))
        elif what == 2:
            with file.writing("test.retire") as session:
                row = session.get_one(Neighbour, dice.choice(ids))
                row.retired = not row.retired
        elif what == 3:
            book(file, dice.choice("12345"), dice.randrange(1, 9))
        elif what == 4:
            post_sheet(file, dice.choice("子丑寅卯辰"))
        else:
            with file.writing("test.amend") as session:
                sheets = session.scalars(select(Sheet).where(Sheet.state == "posted").order_by(Sheet.id)).all()
                if sheets:
                    acts.amend(session, dice.choice(sheets), title=f"更正{dice.randrange(99)}")

    def undo(self, desk: int) -> None:
        """Some recent step, which may be refused."""
        file = self.files[desk]
        step = self.dice.choice(file.steps(limit=5))
        before = file.digest()
        try:
            file.undo(step.id)
        except NotAllowed:
            assert file.digest() == before

    def go_back(self, desk: int) -> None:
        """To some earlier state."""
        file = self.files[desk]
        file.undo_after(max(1, file.position - self.dice.randrange(12)))

    def write_stick(self, desk: int) -> None:
        """Everything, or a part from anywhere, with all lanes or without the village's own."""
        with self.files[desk].reading() as session:
            operations = list(journal.operations_after(session, {}))
        some = self.dice.sample(operations, self.dice.randint(1, len(operations)))
        part = operations if self.dice.random() < 0.6 else some
        if self.dice.random() < 0.3:
            part = [one._replace(village=None) for one in part]
        self.sticks.append(part)

    def read_stick(self, desk: int) -> None:
        """Any stick that was ever written, old ones too."""
        if self.sticks:
            deliver(self.files[desk], self.dice.choice(self.sticks))

    def copy(self, desk: int) -> None:
        """A copy into the file's own folder."""
        made = self.files[desk].keep_copy()
        if made is not None:
            self.copies[desk].append(made.path)

    def restore(self, desk: int) -> None:
        """A copy is put in place by hand; what was not on a stick or in a copy is gone with the broken disk."""
        there = [path for path in self.copies[desk] if path.exists()]
        if not there:
            return
        self.files[desk].close()
        # The newest copy as a rule; what came after it is on a stick at best.
        laptop, copy = self.laptops[desk], there[-1] if self.dice.random() < 0.7 else self.dice.choice(there)
        log_of(laptop.path).unlink(missing_ok=True)
        for suffix in (".vdesk", ".vkey"):
            shutil.copyfile(copy.with_suffix(suffix), laptop.path.with_suffix(suffix))
        self.files[desk] = laptop.open()

    def look(self, desk: int) -> None:
        """Somebody opens an old copy where it lies, and perhaps writes into it."""
        there = [path for path in self.copies[desk] if path.exists()]
        if not there:
            return
        laptop = self.laptops[desk]
        own, laptop.path = laptop.path, self.dice.choice(there)
        opened = laptop.open()
        if self.dice.random() < 0.3:
            add_neighbour(opened, "在备份里写的")
            with opened.reading() as session:
                self.sticks.append(list(journal.operations_after(session, {})))
        opened.close()
        laptop.path = own

    def reopen(self, desk: int) -> None:
        """The clerk goes home and comes back."""
        self.files[desk].close()
        self.files[desk] = self.laptops[desk].open()

    def settle(self) -> None:
        """All is exchanged: the desks are equal, no key signed twice, the township sees the same, rebuilds agree."""
        everything = {one for file in self.files for one in held(file)} | {
            one for stick in self.sticks for one in stick
        }
        for file in self.files:
            order = self.dice.sample(sorted(everything, key=lambda one: one.header), len(everything))
            cut = self.dice.randrange(len(order))
            deliver(file, order[:cut])
            deliver(file, order[cut:])
        deliver(self.town, [one._replace(village=None) for one in everything])
        assert len({file.digest() for file in self.files}) == 1
        towns = {file.digest(lane=Lane.TOWNSHIP, village=VILLAGE) for file in self.files}
        numbers = [(one.device, one.seq) for one in map(read, {one.header: one for one in everything}.values())]
        assert len(set(numbers)) == len(numbers), "a key signed the same number twice"
        for file in [*self.files, self.town]:
            live = file.digest()
            assert file.verify() == []
            file.rebuild()
            assert file.digest() == live
        assert len(towns) == 1

    def close(self) -> None:
        """Everybody goes home."""
        for file in [*self.files, self.town]:
            file.close()


def held(file: VillageFile) -> list[StoredOperation]:
    """Every operation that a file holds."""
    with file.reading() as session:
        return list(journal.operations_after(session, {}))


def deliver(file: VillageFile, operations: list[StoredOperation]) -> None:
    """One stick."""
    with file.writing("sync.take_in") as session:
        journal.take_in(session, operations, village=VILLAGE, from_township=False)


def run_world(laptop: Maker, seed: int, *, desks: int, rounds: int, acts_each: int) -> None:
    """One world from its beginning to its end."""
    world = World(laptop, seed, desks)
    for _ in itertools.repeat(None, rounds):
        world.live(acts_each)
        world.settle()
    world.close()
