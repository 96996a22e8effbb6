"""The packs that a village has installed, kept whole in its file so that old cases keep their rules."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township


class InstalledPack(Record):
    """One version of a local pack; `files` are pairs of file name and text. It may be taken back, and come again."""

    __tablename__ = "installed_pack"

    issuer: Mapped[str] = township(absent="")
    pack: Mapped[str] = township(absent="")
    version: Mapped[str] = township(absent="")
    title: Mapped[str] = township(absent="")
    files: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    installed_on: Mapped[dt.date | None] = township()
