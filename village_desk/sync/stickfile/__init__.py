"""The format of stick files: a signed open header, and a sealed body of operations signed by their authors."""

from village_desk.sync.stickfile.body import Body, Segment, sign_head
from village_desk.sync.stickfile.header import SIZE, Header, Kind, fitting_name, read_header
from village_desk.sync.stickfile.manifest import Certificate, Gap, Head, Manifest, Receipt, Reply
from village_desk.sync.stickfile.refusals import Reason, Refused
from village_desk.sync.stickfile.whole import ANYONE, Outline, Recipient, open_body, write_card, write_file

__all__ = [
    "ANYONE",
    "SIZE",
    "Body",
    "Certificate",
    "Gap",
    "Head",
    "Header",
    "Kind",
    "Manifest",
    "Outline",
    "Reason",
    "Receipt",
    "Recipient",
    "Refused",
    "Reply",
    "Segment",
    "fitting_name",
    "open_body",
    "read_header",
    "sign_head",
    "write_card",
    "write_file",
]
