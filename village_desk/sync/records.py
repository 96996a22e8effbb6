"""What a village remembers of its township: whose keys the clerk has compared with the printed card."""

from sqlalchemy.orm import Mapped

from village_desk.store.base import Record, township


class TrustedTownship(Record):
    """The township's computer to which this village seals its files; one row, its history is in the journal."""

    __tablename__ = "trusted_township"

    name: Mapped[str] = township(absent="")
    code: Mapped[str] = township(absent="")
    public_key: Mapped[str] = township(absent="")
    stick_key: Mapped[str] = township(absent="")
