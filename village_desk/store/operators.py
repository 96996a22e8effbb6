"""The people who sit at the desk: each act has its actor, and a second person can be a second person."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.store.base import Merge, Record, township, village_only
from village_desk.store.journal.tables import local_fact

SHORTEST_CODE = 4


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


@dataclass(frozen=True)
class OperatorRow:
    """One operator as shown: `has_code` tells whether a short code is set."""

    id: str
    name: str
    role: Role
    has_code: bool

    @property
    def role_name(self) -> str:
        """The role in Chinese."""
        return ROLE_NAMES[self.role]


@dataclass(frozen=True)
class HomeRow:
    """The village as printed on sheets; empty texts are 未登记."""

    name: str = ""
    code: str = ""
    town: str = ""
    duty_phone: str = ""
    town_phone: str = ""


def _here(session: Session) -> str:
    """The code of the file's own village or township: a township's file also holds the rows of its villages."""
    return (local_fact(session, "village") or b"").decode()


def operators(session: Session) -> list[OperatorRow]:
    """Everybody who may sit at this desk, by name."""
    rows = session.scalars(
        select(StoreOperator)
        .where(StoreOperator.village == _here(session), StoreOperator.retired.is_(False))
        .order_by(StoreOperator.name, StoreOperator.id)
    )
    return [_row(row) for row in rows]


def _row(row: StoreOperator) -> OperatorRow:
    # A role of a later version, or one that two desks made of two, lets its holder read.
    role = Role(row.role) if row.role in set(Role) else Role.READER
    return OperatorRow(row.id, row.name, role, row.code is not None)


def was_operator(session: Session, name: str) -> bool:
    """True when an operator of this name was taken off the list."""
    of_name = select(StoreOperator.id).where(StoreOperator.village == _here(session), StoreOperator.name == name)
    return session.scalars(of_name.where(StoreOperator.retired.is_(True)).limit(1)).first() is not None


def _home(session: Session) -> VillageHome | None:
    return session.scalars(
        select(VillageHome).where(VillageHome.village == _here(session), VillageHome.retired.is_(False))
    ).first()


def home(session: Session) -> HomeRow:
    """The village's own name, code and phones."""
    row = _home(session)
    return HomeRow() if row is None else HomeRow(row.name, row.code, row.town, row.duty_phone, row.town_phone)


def describe_home(session: Session, *, town: str, duty_phone: str, town_phone: str) -> None:
    """Write down the township's name and the phones that stand on every sheet."""
    row = _home(session)
    if row is None:
        raise NotFound("这份档案里没有本村的基本信息。", "请在村的档案里填写，乡镇档案不用填。")
    row.town, row.duty_phone, row.town_phone = tidy(town), tidy(duty_phone), tidy(town_phone)
    session.flush()


def add_operator(session: Session, *, name: str, role: Role) -> str:
    """Add an operator; raises NotAllowed for an empty or taken name."""
    name = tidy(name)
    if not name:
        raise NotAllowed("还没有填操作人姓名。", "请填写真实姓名，它会印在登记簿上。")
    if any(one.name == name for one in operators(session)):
        raise NotAllowed(f"操作人名单里已经有“{name}”。", "同名的人请在姓名后加括号注明，例如“王伟（三组）”。")
    row = StoreOperator(name=name, role=role)
    session.add(row)
    session.flush()
    return row.id


def change_role(session: Session, *, operator_id: str, role: Role) -> None:
    """Give an operator another role; the last clerk of a file keeps his."""
    row = _operator(session, operator_id)
    clerks = [one for one in operators(session) if one.role in {Role.CLERK, Role.TOWNSHIP}]
    if [one.id for one in clerks] == [operator_id] and role not in {Role.CLERK, Role.TOWNSHIP}:
        raise NotAllowed(f"“{row.name}”是唯一的文书，不能改成别的角色。", "请先登记另一名文书。")
    row.role = role
    session.flush()


def retire_operator(session: Session, *, operator_id: str) -> None:
    """An operator leaves the desk; what he did keeps his name.  The last clerk cannot leave."""
    row = _operator(session, operator_id)
    change_role(session, operator_id=operator_id, role=Role.READER)
    row.retired = True
    session.flush()


def set_code(session: Session, *, operator_id: str, code: str) -> None:
    """Set the short code for changing seats; it can never open the file.

    Raises NotAllowed for fewer than four signs.
    """
    if len(code) < SHORTEST_CODE:
        raise NotAllowed(f"换人用的短码至少要{SHORTEST_CODE}位。", "请重新输入。")
    from argon2 import PasswordHasher

    _operator(session, operator_id).code = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(code)
    session.flush()


def seat_for(session: Session, *, name: str, code: str) -> OperatorRow:
    """The operator who sits down with a short code; raises NotAllowed when it does not fit."""
    row = session.scalars(
        select(StoreOperator).where(
            StoreOperator.village == _here(session), StoreOperator.name == name, StoreOperator.retired.is_(False)
        )
    ).first()
    if row is None:
        raise NotAllowed(f"操作人名单里没有“{name}”。", "请在“设置—操作人”里先登记。")
    if row.code is not None and not _fits(row.code, code):
        raise NotAllowed("短码不对，没有换人。", "请重新输入；忘了短码可由文书在“设置—操作人”里重设。")
    return _row(row)


def _fits(hashed: str, code: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(hashed, code)
    except VerificationError:
        return False


def _operator(session: Session, operator_id: str) -> StoreOperator:
    row = session.get(StoreOperator, operator_id)
    if row is None or row.retired or row.village != _here(session):
        raise NotFound("操作人名单里没有这个人。", "请刷新后再选。")
    return row
