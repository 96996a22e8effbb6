"""Installing a local pack in the village file."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.resources import path
from village_desk.rulebook.records import InstalledPack
from village_desk.rulebook.rules import optional_packs, pack_from_files, read_pack
from village_desk.rulebook.rules.book import applies
from village_desk.store.acts import act, retire


def install_pack(session: Session, *, files: tuple[tuple[str, str], ...]) -> str:
    """Keep a pack, given as pairs of file name and text, in the village file; the same version twice changes nothing.

    Raises PackError when the pack is wrong, NotAllowed when it is for another place or differs from the same version.
    """
    pack = pack_from_files(dict(files))
    now = act(session)
    if not applies(pack.region, now.village):
        raise NotAllowed(
            f"“{pack.title}”适用于区划代码{pack.region}，本村是{now.village}，没有安装。", "请向乡镇要本地的规则包。"
        )
    identity = same_id("installed_pack", now.village, pack.issuer, pack.pack, pack.version)
    known = session.get(InstalledPack, identity)
    if known is not None:
        if known.files != tuple(sorted(files)):
            raise NotAllowed(
                f"“{pack.title}”{pack.version}版已经装过，这次的内容和上次不一样，没有安装。",
                "内容改了，版本号也要改，请下发单位改好后重新发来。",
            )
        known.retired = False
        session.flush()
        return identity
    session.add(
        InstalledPack(
            id=identity,
            issuer=pack.issuer,
            pack=pack.pack,
            version=pack.version,
            title=pack.title,
            files=tuple(sorted(files)),
            installed_on=now.today,
        )
    )
    session.flush()
    return identity


def drop_pack(session: Session, *, issuer: str, pack: str) -> int:
    """Take an installed pack back in all its versions; what was judged by it keeps the rows that it cites.

    Returns how many versions were in force. Raises NotFound when none was.
    """
    found = session.scalars(
        select(InstalledPack).where(
            InstalledPack.retired.is_(False), InstalledPack.issuer == issuer, InstalledPack.pack == pack
        )
    ).all()
    if not found:
        raise NotFound("没有装过这个规则包。", "现在用的就是软件自带的规则。")
    for one in found:
        retire(session, one)
    return len(found)


def install_shipped_pack(session: Session, *, issuer: str, pack: str) -> str:
    """Install a pack that comes with the program but is not in force by itself, such as the sample county's.

    Raises NotAllowed when there is none of this name.
    """
    folder = path("packs", issuer, pack)
    if not folder.is_dir():
        raise NotAllowed(f"程序里没有规则包“{issuer}/{pack}”。", "请核对名称。")
    return install_pack(session, files=read_pack(folder).files)


def install_province_packs(session: Session) -> tuple[str, ...]:
    """Install every shipped pack that a village of this place can choose; returns their titles.

    Raises NotAllowed where the program brings none for this place.
    """
    found = optional_packs(act(session).village)
    if not found:
        raise NotAllowed("软件里没有本省的规则包。", "请向乡镇或县里要本省的规则包；没有装的，按国家规定检查。")
    for pack in found:
        install_pack(session, files=pack.files)
    return tuple(pack.title for pack in found)
