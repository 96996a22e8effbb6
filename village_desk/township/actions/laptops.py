"""The laptops of the villages: enrolled after their digits were compared, replaced, and taken out of use."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.store.acts import act
from village_desk.store.journal.tables import head_of
from village_desk.sync import keys
from village_desk.sync.actions import check_digits
from village_desk.township.actions.parts import only_township
from village_desk.township.records import Enrolment


def enrol_laptop(
    session: Session,
    *,
    village_code: str,
    village_name: str,
    public_key: str,
    stick_key: str,
    digits: str,
    replaces: str = "",
) -> str:
    """Accept a village's laptop after a person compared its digits; returns the record's id.

    `digits` are the last six or more of the 30 digits as the village read them out. `replaces` names the laptop
    (32 hexadecimal digits) that this one takes the place of: the old one's signature ends, and the new one may bring
    what the old one had left.
    Raises NotAllowed when the digits differ, the laptop belongs to another village, or no township operator acts.
    """
    only_township(session, "登记村里的电脑")
    check_digits(public_key, stick_key, digits)
    device = keys.device_id(bytes.fromhex(public_key)).hex()
    known = _enrolment(session, device)
    if known is not None:
        if known.village_code != village_code:
            raise NotAllowed(
                f"这台电脑已经登记给{known.village_name}，一台电脑不能代两个村上报。", "请核对是不是插错了U盘。"
            )
        if known.ends_before:
            known.ends_before = 0
        return known.id
    if replaces:
        _retire_laptop(session, replaces, village_code)
    number = 1 + (session.scalar(select(func.max(Enrolment.number))) or 0)
    identity = same_id("enrolment", device)
    session.add(
        Enrolment(
            id=identity,
            number=number,
            village_code=village_code,
            village_name=village_name,
            device=device,
            public_key=public_key,
            stick_key=stick_key,
            enrolled_on=act(session).today,
            replaces=replaces,
        )
    )
    session.flush()
    return identity


def revoke_laptop(session: Session, *, enrolment_id: str) -> int:
    """Take a laptop out of use (lost, sold): what it signed up to now stays, nothing later counts.

    Returns the number of its last operation that counts. Raises NotFound.
    """
    only_township(session, "登记村里的电脑")
    found = session.get(Enrolment, enrolment_id)
    if found is None or found.retired:
        raise NotFound("登记里没有这台电脑。", "请刷新名单后再选。")
    return _retire_laptop(session, found.device, found.village_code)


def _retire_laptop(session: Session, device: str, village_code: str) -> int:
    found = _enrolment(session, device)
    if found is None or found.village_code != village_code:
        raise NotFound("要接替的那台电脑不在这个村的登记里。", "请在名单里重新选一台。")
    found.ends_before = head_of(session, bytes.fromhex(device)).seq + 1
    return found.ends_before - 1


def _enrolment(session: Session, device: str) -> Enrolment | None:
    statement = select(Enrolment).where(Enrolment.device == device, Enrolment.retired.is_(False))
    return session.scalars(statement).first()
