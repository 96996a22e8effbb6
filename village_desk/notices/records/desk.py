"""What a village settles about its notices: boards, issuers, the catalogue, days; and the register of its seals."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class NoticeBoard(Record):
    """A board of the village: where it hangs, for which hamlet, how large it is, and who looks after it."""

    __tablename__ = "notice_board"

    name: Mapped[str] = township(absent="")
    place: Mapped[str] = township(absent="")
    size: Mapped[str] = township(absent="")
    keeper: Mapped[str] = township(absent="")


class IssuerSetting(Record):
    """How a body signs in this village: the letters of its number series, its full name, signer and seal."""

    __tablename__ = "issuer_setting"

    issuer: Mapped[str] = township(absent="committee")
    full_name: Mapped[str] = township(absent="")
    mark: Mapped[str] = township(absent="")
    signer: Mapped[str] = township(absent="")
    seal: Mapped[str] = township(absent="")
    seal_place: Mapped[str] = township(absent="")


class CatalogueSetting(Record):
    """A day or a choice for the whole catalogue, such as the day of a quarter's first month on which things are due."""

    __tablename__ = "catalogue_setting"

    name: Mapped[str] = township(absent="")
    value: Mapped[str] = township(absent="")


class CatalogueChoice(Record):
    """What the village settled of one item: another cycle or day, or why it is left out."""

    __tablename__ = "catalogue_choice"

    code: Mapped[str] = township(absent="", index=True)
    cycle: Mapped[str] = township(absent="")
    due_day: Mapped[int] = township(absent=0)
    left_out: Mapped[str] = township(absent="")


class LocalItem(Record):
    """An item that the village added to its catalogue."""

    __tablename__ = "catalogue_local_item"

    code: Mapped[str] = township(absent="")
    column: Mapped[str] = township(absent="village")
    heading: Mapped[str] = township(absent="")
    name: Mapped[str] = township(absent="")
    cycle: Mapped[str] = township(absent="on_event")
    issuer: Mapped[str] = township(absent="committee")
    posting: Mapped[str] = township(absent="affairs")
    legal_ref: Mapped[str] = township(absent="")
    due_day: Mapped[int] = township(absent=0)
    due_month: Mapped[int] = township(absent=0)
    within_days: Mapped[int] = township(absent=0)
    sensitive: Mapped[bool] = township(absent=False)


class DeadlineMove(Record):
    """A new list of holidays moved open deadlines; `moves` are (what, record's id, day before, day after)."""

    __tablename__ = "deadline_move"
    __merge__ = Merge.APPEND_ONLY

    pack: Mapped[str] = township(absent="")
    moved_on: Mapped[dt.date | None] = township()
    moves: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class SealUse(Record):
    """One use of a seal: day, seal, for what and how often, who approved it, who pressed it."""

    __tablename__ = "seal_use"
    __merge__ = Merge.APPEND_ONLY

    used_on: Mapped[dt.date | None] = township()
    seal: Mapped[str] = township(absent="")
    purpose: Mapped[str] = township(absent="")
    many: Mapped[int] = township(absent=1)
    signed_by: Mapped[str] = township(absent="")
    approved_by: Mapped[str] = township(absent="")
    handled_by: Mapped[str] = township(absent="")
    notice_id: Mapped[str] = township(absent="", index=True)
