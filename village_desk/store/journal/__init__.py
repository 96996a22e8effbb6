"""The journal: every change as a signed-off operation in the same transaction as its rows.

History and undo, the audit trail, the tamper evidence and the stick file read this one journal.
"""

from village_desk.store.journal.intake import TakenIn, take_in
from village_desk.store.journal.proof import audit
from village_desk.store.journal.rebuild import digest
from village_desk.store.journal.tables import (
    Head,
    Step,
    hash_at,
    heads,
    last_position,
    operations_after,
    operations_of,
    steps,
)
from village_desk.store.journal.undo import Kept, Undone
from village_desk.store.journal.writing import JournalBroken

__all__ = [
    "Head",
    "JournalBroken",
    "Kept",
    "Step",
    "TakenIn",
    "Undone",
    "audit",
    "digest",
    "hash_at",
    "heads",
    "last_position",
    "operations_after",
    "operations_of",
    "steps",
    "take_in",
]
