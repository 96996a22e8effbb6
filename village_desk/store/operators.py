"""The people who sit at the desk: each act has its actor, and a second person can be a second person."""

from enum import StrEnum

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, Record, township, village_only


class Role(StrEnum):
    """What an operator may do; the clerk can never hold the supervision committee's role."""

    CLERK = "clerk"
    SECOND = "second"
    SUPERVISOR = "supervisor"
    READER = "reader"
    TOWNSHIP = "township"


ROLE_NAMES = {
    Role.CLERK: "文书",
    Role.SECOND: "复核人",
    Role.SUPERVISOR: "监委会",
    Role.READER: "只看不改",
    Role.TOWNSHIP: "乡镇",
}


class StoreOperator(Record):
    """One operator; `code` is the Argon2id hash of a short code for changing seats while the file is open."""

    __tablename__ = "operator"
    __merge__ = Merge.PER_FIELD

    name: Mapped[str] = township(absent="")
    role: Mapped[str] = township(absent=Role.READER)
    code: Mapped[str | None] = village_only()


class VillageHome(Record):
    """The village itself: its name and code as they are printed, one row in a village's file."""

    __tablename__ = "village_home"

    name: Mapped[str] = township(absent="")
    code: Mapped[str] = township(absent="")
    town: Mapped[str] = township(absent="")
    duty_phone: Mapped[str] = township(absent="")
    town_phone: Mapped[str] = township(absent="")
