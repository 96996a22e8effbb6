"""The page of meetings: every meeting with its roll, sign-in, motions, votes and what the law says of them."""

from village_desk.meetings.page.meetings import MeetingsPage

__all__ = ["MeetingsPage"]
