"""The village in which the tests of decisions play."""

from tests.meetings.village import village

__all__ = ["village"]
