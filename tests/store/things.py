"""Small records of every way of merging, and a laptop to write them on, for the tests of the store."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Mapped

from village_desk.kit.ids import same_id
from village_desk.store import acts
from village_desk.store.base import Merge, PackedTuple, Record, township, village_only
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST

VILLAGE = "320924103205"
PASSWORD = "四个词连起来的口令"
CLERK = "李会计"
TODAY = dt.date(2026, 3, 14)


class Neighbour(Record):
    """Changed field by field."""

    __tablename__ = "test_neighbour"
    __public__ = False

    name: Mapped[str] = township(absent="")
    group_no: Mapped[int] = township(absent=0)
    phone: Mapped[str | None] = village_only()
    moved_on: Mapped[dt.date | None] = township()
    flags: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class Receipt(Record):
    """Written once, never changed."""

    __tablename__ = "test_receipt"
    __merge__ = Merge.APPEND_ONLY

    amount_fen: Mapped[int] = township(absent=0)
    note: Mapped[str | None] = township()


class Sheet(Record):
    """Final once it is posted."""

    __tablename__ = "test_sheet"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"posted"}))
    __public__ = True

    title: Mapped[str] = township(absent="")
    state: Mapped[str] = township(absent="draft")


class Home(Record):
    """What a visit points to."""

    __tablename__ = "test_home"

    name: Mapped[str] = township(absent="")


class Visit(Record):
    """Points to a home."""

    __tablename__ = "test_visit"

    home_id: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class Laptop:
    """One computer with its own profile folder and its own copy of the village file."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.home.mkdir(parents=True, exist_ok=True)
        self.monkeypatch = monkeypatch
        self.path = home / "东河村.vdesk"
        # With the printed code, which takes no time to stretch, the file is opened by it.
        self.code = ""

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """Work with this computer's profile."""
        with self.monkeypatch.context() as patch:
            patch.setenv("VILLAGE_DESK_PROFILE", str(self.home / "profile"))
            yield

    def create(self) -> VillageFile:
        """A new village file."""
        with self.at_home():
            return VillageFile.create(
                self.path,
                village=VILLAGE,
                name="东河村",
                operator=CLERK,
                password=PASSWORD,
                cost=LEAST_COST,
                today=TODAY,
            )

    def open(self) -> VillageFile:
        """The file as it lies on this computer."""
        keys = {"recovery_code": self.code} if self.code else {"operator": CLERK, "password": PASSWORD}
        with self.at_home():
            return VillageFile.open(self.path, today=TODAY, **keys)

    def receive_copy(self, other: "Laptop") -> VillageFile:
        """Copy another computer's closed file here by hand and open it."""
        for suffix in (".vdesk", ".vkey"):
            shutil.copyfile(other.path.with_suffix(suffix), self.path.with_suffix(suffix))
        return self.open()


def add_neighbour(file: VillageFile, name: str, **values: Any) -> str:
    """One new neighbour, one step."""
    with file.writing("test.add_neighbour") as session:
        row = Neighbour(name=name, **values)
        session.add(row)
        session.flush()
        return row.id


def change_neighbour(file: VillageFile, identity: str, **values: Any) -> None:
    """Change fields of a neighbour, one step."""
    with file.writing("test.change_neighbour") as session:
        row = session.get_one(Neighbour, identity)
        for name, value in values.items():
            setattr(row, name, value)


def post_sheet(file: VillageFile, title: str) -> str:
    """A sheet that is written and then posted, two steps; the same title is the same sheet on every desk."""
    identity = same_id("test_sheet", title)
    with file.writing("test.draft_sheet") as session:
        if session.get(Sheet, identity) is None:
            session.add(Sheet(id=identity, title=title))
    with file.writing("test.post_sheet") as session:
        sheet = session.get_one(Sheet, identity)
        if sheet.state == "draft":
            sheet.state = "posted"
    return identity


def book(file: VillageFile, key: str, amount_fen: int) -> None:
    """One receipt; the same key is the same receipt on every desk."""
    identity = same_id("test_receipt", key)
    with file.writing("test.book") as session:
        if session.get(Receipt, identity) is None:
            acts.add_many(session, Receipt, [{"id": identity, "amount_fen": amount_fen}])
