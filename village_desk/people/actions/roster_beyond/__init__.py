"""What a line of a roster says beyond the person's own columns: counts, absence, membership, office, grid."""

from village_desk.people.actions.roster_beyond.findings import Beyond, words_beyond
from village_desk.people.actions.roster_beyond.planner import BeyondPlanner, write_beyond

__all__ = ["Beyond", "BeyondPlanner", "words_beyond", "write_beyond"]
