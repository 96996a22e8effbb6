"""What a new village file is given besides its first operator: the town's name, the bodies and the groups."""

from sqlalchemy.orm import Session

from village_desk.people.actions import set_up_bodies
from village_desk.store.operators import describe_home


def found_village(session: Session, *, town: str, groups: tuple[str, ...]) -> None:
    """Write what the wizard asked."""
    describe_home(session, town=town, duty_phone="", town_phone="")
    set_up_bodies(session, groups=groups)
