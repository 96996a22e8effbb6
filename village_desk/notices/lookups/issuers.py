"""How the bodies of this village sign: full name, letters of the numbers, signer, seal and where it is pressed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.notices.records import IssuerSetting
from village_desk.notices.rules.kinds import ISSUER_WORDS, Issuer, issuer_name, usual_mark
from village_desk.people.records import Organisation
from village_desk.people.rules.bodies import Body
from village_desk.store.acts import act
from village_desk.store.operators import home

DEFAULT_SEAL_PLACE = "落款日期上"
_BODIES: dict[Issuer, Body] = {
    Issuer.BRANCH: Body.PARTY_BRANCH,
    Issuer.COMMITTEE: Body.VILLAGERS_COMMITTEE,
    Issuer.COLLECTIVE: Body.COLLECTIVE,
    Issuer.SUPERVISION: Body.SUPERVISION_COMMITTEE,
}


@dataclass(frozen=True)
class IssuerRow:
    """How one body signs in this village; `set_here` tells whether the village changed anything."""

    issuer: Issuer
    short: str
    full_name: str
    mark: str
    signer: str
    seal: str
    seal_place: str
    set_here: bool


def issuers(session: Session) -> dict[Issuer, IssuerRow]:
    """Every body with its name, number letters, signer and seal."""
    here = act(session)
    settings = {
        row.issuer: row
        for row in session.scalars(
            select(IssuerSetting).where(IssuerSetting.retired.is_(False), IssuerSetting.village == here.village)
        )
    }
    known: dict[str, str] = {}
    organisations = select(Organisation.kind, Organisation.name).where(
        Organisation.retired.is_(False), Organisation.village == here.village
    )
    for kind, name in session.execute(organisations.order_by(Organisation.id)):
        known.setdefault(kind, name)
    found = {}
    for issuer, words in ISSUER_WORDS.items():
        own = settings.get(issuer.value)
        name = known.get(_BODIES[issuer].value) or issuer_name(issuer, here.village_name)
        found[issuer] = IssuerRow(
            issuer,
            words.short,
            (own.full_name if own else "") or name,
            (own.mark if own else "") or usual_mark(issuer, here.village_name),
            (own.signer if own else "") or words.signer,
            (own.seal if own else "") or words.seal,
            (own.seal_place if own else "") or DEFAULT_SEAL_PLACE,
            own is not None,
        )
    return found


def issuer_name_of(session: Session, issuer: Issuer) -> str:
    """The name by which a body signs."""
    return issuers(session)[issuer].full_name


@dataclass(frozen=True)
class ComplaintLines:
    """By which numbers and to whom villagers of this village complain: (whose, number), names with posts."""

    village: str
    phones: tuple[tuple[str, str], ...]
    takers: tuple[str, ...]


def complaint_phones(session: Session) -> tuple[tuple[str, str], ...]:
    """The village's number and the township's, as every sheet prints them; only those that are set."""
    here = home(session)
    found = (("村监督电话", here.duty_phone), ("乡镇监督举报电话", here.town_phone))
    return tuple((whose, number) for whose, number in found if number)
