"""How the bodies sign and number, and which boards the village has."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.notices.lookups import issuers
from village_desk.notices.records import IssuerSetting, NoticeBoard
from village_desk.notices.rules.kinds import Issuer, check_mark
from village_desk.store.acts import act, retire


def set_issuer(
    session: Session,
    *,
    issuer: str,
    mark: str,
    full_name: str = "",
    signer: str = "",
    seal: str = "",
    seal_place: str = "",
) -> None:
    """Set the letters of a body's numbers, its full name, signer, seal and where the seal is pressed.

    Numbers that were given stay as they were given. Raises NotAllowed for letters that another body has.
    """
    here, wanted = act(session), Issuer(issuer)
    mark = tidy(mark)
    check_mark(mark, {row.mark: row.short for each, row in issuers(session).items() if each is not wanted})
    identity = same_id("issuer_setting", here.village, wanted.value)
    row = session.get(IssuerSetting, identity)
    if row is None:
        row = IssuerSetting(id=identity, issuer=wanted.value)
        session.add(row)
    row.mark, row.full_name, row.signer = mark, tidy(full_name), tidy(signer)
    row.seal, row.seal_place, row.retired = tidy(seal), tidy(seal_place), False
    session.flush()


def add_board(session: Session, *, name: str, place: str = "", size: str = "", keeper: str = "") -> str:
    """Write down a board with its place, size and keeper; returns the id. Raises NotAllowed for no or a taken name."""
    name = tidy(name)
    if not name:
        raise NotAllowed("还没有写公开栏的名称。", "例如“三组公开栏”。")
    taken = session.scalars(
        select(NoticeBoard.id).where(NoticeBoard.name == name, NoticeBoard.retired.is_(False))
    ).first()
    if taken is not None:
        raise NotAllowed(f"已经有叫“{name}”的公开栏。", "请换一个名称，例如加上自然村或小组的名字。")
    board = NoticeBoard(name=name, place=tidy(place), size=tidy(size), keeper=tidy(keeper))
    session.add(board)
    session.flush()
    return board.id


def drop_board(session: Session, *, board_id: str) -> None:
    """A board is no longer used; what hung there stays. Raises NotFound."""
    board = session.get(NoticeBoard, board_id)
    if board is None or board.retired:
        raise NotFound("找不到这个公开栏。", "请刷新后再试。")
    retire(session, board)
