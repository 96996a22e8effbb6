"""The place of people in the window: the register, the bodies with their posts, the party members."""

from village_desk.people.page.people import PeoplePage

__all__ = ["PeoplePage"]
