"""A township, villages with laptops, and a stick that is carried between them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.store.things import CLERK, PASSWORD, TODAY
from village_desk.desk.rooms import load_records
from village_desk.store.base import Lane
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST
from village_desk.sync import actions as trust
from village_desk.sync import incoming, outgoing
from village_desk.sync.outcome import FileOutcome, State
from village_desk.township import actions as town
from village_desk.township import lookups

load_records()
TOWN_CODE = "320924103"


class Desk:
    """One computer: its own profile, its own file."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, *, village: str, name: str, kind: str = "village"
    ) -> None:
        self.home, self.monkeypatch, self.village, self.name, self.kind = home, monkeypatch, village, name, kind
        self.path = home / f"{name}.vdesk"
        home.mkdir(parents=True, exist_ok=True)
        self._profile()
        self.file = VillageFile.create(
            self.path,
            village=village,
            name=name,
            operator=CLERK,
            password=PASSWORD,
            kind=kind,
            cost=LEAST_COST,
            today=TODAY,
        )

    @classmethod
    def at(cls, home: Path, monkeypatch: pytest.MonkeyPatch, other: "Desk", copy: Path) -> "Desk":
        """Another computer on which somebody put a copy of the other's file."""
        desk = cls.__new__(cls)
        desk.home, desk.monkeypatch, desk.village, desk.name, desk.kind = (
            home,
            monkeypatch,
            other.village,
            other.name,
            other.kind,
        )
        desk.path = home / other.path.name
        home.mkdir(parents=True)
        for suffix in (".vdesk", ".vkey"):
            shutil.copyfile(copy / f"kept{suffix}", desk.path.with_suffix(suffix))
        desk.reopen()
        return desk

    def _profile(self) -> None:
        self.monkeypatch.setenv("VILLAGE_DESK_PROFILE", str(self.home / "profile"))

    def keep(self, folder: Path) -> Path:
        """A copy of the closed files in a folder, as somebody makes one by hand."""
        self.file.close()
        folder.mkdir(parents=True)
        for suffix in (".vdesk", ".vkey"):
            shutil.copyfile(self.path.with_suffix(suffix), folder / f"kept{suffix}")
        self.reopen()
        return folder

    def put_back(self, folder: Path, *, with_profile: Path | None = None) -> None:
        """An old copy in place of the file; `with_profile` also puts an old profile back, so nothing is noticed."""
        self.file.close()
        for suffix in (".vdesk", ".vkey"):
            shutil.copyfile(folder / f"kept{suffix}", self.path.with_suffix(suffix))
        if with_profile is not None:
            shutil.rmtree(self.home / "profile")
            shutil.copytree(with_profile, self.home / "profile")
        self.reopen()

    def reopen(self) -> None:
        """Open the file again on this computer."""
        self._profile()
        self.file = VillageFile.open(self.path, operator=CLERK, password=PASSWORD, today=TODAY)

    @property
    def view(self) -> str:
        """What the township may see of this village, as one digest."""
        return self.file.digest(lane=Lane.TOWNSHIP, village=self.village)


@dataclass
class World:
    """The township and everything that goes to and fro."""

    town: Desk
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    desks: list[Desk] = field(default_factory=list)
    sticks: list[Path] = field(default_factory=list)

    def village(self, name: str, code: str, *, known: bool = True) -> Desk:
        """A village with its laptop, enrolled on both sides unless it is to stay unknown."""
        desk = Desk(self.folder / name, self.monkeypatch, village=code, name=name)
        self.desks.append(desk)
        if known:
            self.introduce(desk)
        return desk

    def stick(self, name: str) -> Path:
        """An empty stick."""
        path = self.folder / "sticks" / name
        path.mkdir(parents=True)
        self.sticks.append(path)
        return path

    def introduce(self, desk: Desk, *, replaces: str = "") -> None:
        """The card to the village, the first bundle to the township, both compared."""
        stick = self.stick(f"first-{desk.name}-{len(self.sticks)}")
        town.write_township_card(self.town.file, stick)
        for outcome in incoming.take_in(desk.file, stick):
            if outcome.state is State.TO_COMPARE:
                self.trust(desk, outcome)
        outgoing.export(desk.file, stick)
        for outcome in town.take_in(self.town.file, stick):
            if outcome.state is State.TO_COMPARE:
                self.enrol(outcome, replaces=replaces)

    def second_laptop(self, clerk: Desk, folder: Path) -> Desk:
        """Another laptop of the same village, on which its file was copied; both are enrolled and both know it."""
        self.visit(clerk, self.stick("first"))
        other = Desk.at(folder / "second", self.monkeypatch, clerk, clerk.keep(folder / "copy"))
        self.desks.append(other)
        drive = self.stick("second")
        outgoing.export(other.file, drive)
        for outcome in town.take_in(self.town.file, drive):
            if outcome.state is State.TO_COMPARE:
                self.enrol(outcome)
        # The receipt for the new laptop is for both of them, and says that there are two now.
        town.take_in(self.town.file, drive)
        town.write_replies(self.town.file, drive)
        for desk in (clerk, other):
            incoming.take_in(desk.file, drive)
        return other

    def trust(self, desk: Desk, outcome: FileOutcome) -> None:
        """The village's clerk compares and confirms."""
        with desk.file.writing("sync.trust_township") as session:
            trust.trust_township(
                session,
                name=outcome.sender,
                code=outcome.village,
                public_key=outcome.public_key,
                stick_key=outcome.stick_key,
                digits=outcome.fingerprint[-11:],
            )

    def enrol(self, outcome: FileOutcome, *, replaces: str = "") -> None:
        """The township's clerk compares and confirms."""
        with self.town.file.writing("township.enrol_laptop") as session:
            town.enrol_laptop(
                session,
                village_code=outcome.village,
                village_name=outcome.sender,
                public_key=outcome.public_key,
                stick_key=outcome.stick_key,
                digits=outcome.fingerprint,
                replaces=replaces,
            )

    def visit(self, desk: Desk, stick: Path) -> list[FileOutcome]:
        """One whole round: the village writes, the township takes in and answers, the village reads."""
        outgoing.export(desk.file, stick)
        outcomes = list(town.take_in(self.town.file, stick))
        town.write_replies(self.town.file, stick)
        return [*outcomes, *incoming.take_in(desk.file, stick)]

    def seen(self, desk: Desk) -> str:
        """What the township sees of a village, as one digest."""
        return self.town.file.digest(lane=Lane.TOWNSHIP, village=desk.village)

    def row(self, desk: Desk) -> lookups.VillageRow:
        """The village's row in the township's list."""
        with self.town.file.reading() as session:
            return next(row for row in lookups.villages(session) if row.code == desk.village)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A township without villages."""
    desk = Desk(tmp_path / "town", monkeypatch, village=TOWN_CODE, name="河口镇", kind="township")
    made = World(desk, tmp_path, monkeypatch, [desk])
    yield made
    for one in made.desks:
        one.file.close()
