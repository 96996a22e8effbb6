"""What the acts of the township share: who may act for it."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.store.acts import act
from village_desk.store.operators import Role


def only_township(session: Session, what: str) -> None:
    """Raise NotAllowed unless somebody of the township acts; `what` is what is to be done."""
    if act(session).role != Role.TOWNSHIP:
        raise NotAllowed(f"{what}要由乡镇的操作人来做。", "请换乡镇的操作人登录。")
