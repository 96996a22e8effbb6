"""Who may sit at the desk: listed, added, changed, taken off; a password is set in the key file besides."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.store.acts import retire
from village_desk.store.operators import ROLE_NAMES, Role, StoreOperator


@dataclass(frozen=True)
class OperatorRow:
    """One operator as the settings show them."""

    id: str
    name: str
    role: str

    @property
    def role_words(self) -> str:
        """文书, 复核人 …"""
        return ROLE_NAMES.get(Role(self.role), self.role)


def all_operators(session: Session) -> list[OperatorRow]:
    """Everybody who may sit here, by name."""
    found = session.scalars(select(StoreOperator).where(StoreOperator.retired.is_(False)).order_by(StoreOperator.name))
    return [OperatorRow(one.id, one.name, one.role) for one in found]


def add_operator(session: Session, *, name: str, role: str) -> str:
    """Put somebody on the list; raises NotAllowed for an empty or taken name."""
    name = tidy(name)
    if not name:
        raise NotAllowed("操作人要有姓名。", "请填写姓名。")
    if any(one.name == name for one in all_operators(session)):
        raise NotAllowed(f"操作人名单里已经有“{name}”。", "同名的人请在后面加上组别或职务，例如“王伟（二组）”。")
    operator = StoreOperator(name=name, role=Role(role))
    session.add(operator)
    session.flush()
    return operator.id


def take_off(session: Session, *, operator_id: str) -> str:
    """Take somebody off the list; returns the name. The last clerk stays."""
    operator = session.get(StoreOperator, operator_id)
    if operator is None or operator.retired:
        raise NotFound("操作人名单里没有这个人。", "请刷新后再看。")
    clerks = [one for one in all_operators(session) if one.role in (Role.CLERK, Role.TOWNSHIP)]
    if [one.id for one in clerks] == [operator_id]:
        raise NotAllowed(f"“{operator.name}”是唯一的文书，不能停用。", "请先登记另一位文书。")
    name = operator.name
    retire(session, operator)
    return name
