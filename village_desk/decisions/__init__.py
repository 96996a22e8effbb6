"""Decisions: 四议两公开 and other staged matters, from the motion to the published result, with their legality."""
