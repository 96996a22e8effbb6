"""What a clerk decides about the stick: whom to trust after comparing the digits."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.store.acts import act
from village_desk.store.operators import Role
from village_desk.sync import keys
from village_desk.sync.records import TrustedTownship


def trust_township(session: Session, *, name: str, code: str, public_key: str, stick_key: str, digits: str) -> str:
    """Pin the township's computer after the clerk compared its digits; returns the record's id.

    `digits` are the last six or more of the 30 digits as they stand on the township's printed card.
    Raises NotAllowed when they differ or the village's clerk is not the one who acts.
    """
    here = act(session)
    if here.role != Role.CLERK:
        raise NotAllowed("登记乡镇的电脑要由文书来做。", "请换文书登录后再登记。")
    check_digits(public_key, stick_key, digits)
    values = {"name": name, "code": code, "public_key": public_key, "stick_key": stick_key}
    identity = same_id("trusted_township", here.village)
    known = session.get(TrustedTownship, identity)
    if known is None:
        session.add(TrustedTownship(id=identity, **values))
    else:
        for field, value in {**values, "retired": False}.items():
            if getattr(known, field) != value:
                setattr(known, field, value)
    session.flush()
    return identity


def check_digits(public_key: str, stick_key: str, digits: str) -> None:
    """Raise NotAllowed unless the typed digits are the end of the fingerprint of these keys."""
    try:
        raw = bytes.fromhex(public_key)
    except ValueError:
        raw = b""
    if len(raw) != keys.PUBLIC_KEY or not keys.is_stick_key(stick_key):
        raise NotAllowed("这台电脑的公钥不完整。", "请重新插入U盘读一次，不要手工改动。")
    if not keys.ends_with(digits, keys.fingerprint(raw, stick_key)):
        raise NotAllowed(
            "输入的核对码和U盘上这台电脑的对不上，没有登记。",
            "请照着对方屏幕或卡片上的核对码再核对一遍；还是不一样，说明U盘里的文件可能被换过，不要使用。",
        )
