"""What a clerk does with evidence files, archive pieces and boxes; each function is one intention."""

from village_desk.archive.actions.attaching import (
    EVIDENCE,
    Evidence,
    attach,
    content_of,
    describe,
    detach,
    keep_file,
    photos_on,
)
from village_desk.archive.actions.boxes import (
    add_box,
    drop_box,
    drop_piece,
    edit_box,
    edit_piece,
    file_piece,
    put_into_box,
    take_out_of_box,
)
from village_desk.archive.actions.preparing import Prepared, prepare, prepare_file

__all__ = [
    "EVIDENCE",
    "Evidence",
    "Prepared",
    "add_box",
    "attach",
    "content_of",
    "describe",
    "detach",
    "drop_box",
    "drop_piece",
    "edit_box",
    "edit_piece",
    "file_piece",
    "keep_file",
    "photos_on",
    "prepare",
    "prepare_file",
    "put_into_box",
    "take_out_of_box",
]
