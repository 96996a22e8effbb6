"""Pack rows, their schema, and the rulebook that chooses the row for a kind, a place and a day."""

from village_desk.rulebook.rules.book import EffectivePosting, EffectiveRule, Rulebook, shipped_packs
from village_desk.rulebook.rules.packing import packed, unpacked
from village_desk.rulebook.rules.packs import Pack, PackError, PackTrouble, pack_from_files, read_pack
from village_desk.rulebook.rules.rows import (
    Body,
    BodyCheck,
    BodyRule,
    Decider,
    HolidaySpan,
    HolidayYear,
    MatterType,
    MeetingRule,
    PostingRule,
    PostingSort,
    ProcedureTemplate,
    Proxy,
    StageKind,
    StageTemplate,
    Standing,
    VotingWay,
)
from village_desk.rulebook.rules.shares import Base, Op, Share, chinese_number

__all__ = [
    "Base",
    "Body",
    "BodyCheck",
    "BodyRule",
    "Decider",
    "EffectivePosting",
    "EffectiveRule",
    "HolidaySpan",
    "HolidayYear",
    "MatterType",
    "MeetingRule",
    "Op",
    "Pack",
    "PackError",
    "PackTrouble",
    "PostingRule",
    "PostingSort",
    "ProcedureTemplate",
    "Proxy",
    "Rulebook",
    "Share",
    "StageKind",
    "StageTemplate",
    "Standing",
    "VotingWay",
    "chinese_number",
    "pack_from_files",
    "packed",
    "read_pack",
    "shipped_packs",
    "unpacked",
]
