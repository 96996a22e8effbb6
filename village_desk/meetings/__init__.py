"""Meetings: calling, the frozen roll, sign-in, votes as they happened, and what the law makes of them."""
