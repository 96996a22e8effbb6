"""What a new village file is given besides its first operator: the town's name and the groups."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.store.operators import VillageHome


def found_village(session: Session, *, town: str, groups: tuple[str, ...]) -> None:
    """Write what the wizard asked."""
    home = session.scalars(select(VillageHome)).one()
    home.town = town
