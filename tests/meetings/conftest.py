"""The village in which the tests of meetings play."""

from tests.meetings.village import village

__all__ = ["village"]
