"""The verdict against a table of examples that was written from the statutes, number by number."""

import csv
import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from village_desk.kit.errors import NotAllowed
from village_desk.kit.resources import path
from village_desk.meetings.rules import Count, Headcount, MeetingFacts, judge
from village_desk.rulebook.rules import Rulebook, VotingWay, read_pack, shipped_packs

TABLE = Path(__file__).parent / "rule_examples.csv"
EXAMPLES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
VILLAGES = {
    "": "320924103205",
    "sample-county": "320924103205",
    "shandong": "370102001201",
    "zhejiang": "330102001201",
    "henan": "410102001201",
    "chongqing": "500102001201",
    "shanghai": "310112001201",
    "beijing": "110109001201",
}
FOLDERS = {"sample-county": "decision-rules"}


@cache
def book(pack: str) -> Rulebook:
    installed = (read_pack(path("packs", pack, FOLDERS.get(pack, "village-meetings"))),) if pack else ()
    return Rulebook((*shipped_packs(), *installed), VILLAGES[pack])


def facts(row: dict[str, str]) -> MeetingFacts:
    number = {name: int(words) for name, words in row.items() if words.lstrip("-").isdigit()}
    held_on = dt.date.fromisoformat(row["held_on"])
    yes, against, abstain = number["yes"], number["against"], number["abstain"]
    way, cast = VotingWay(row["way"]), yes + against + abstain
    papers = {"issued": cast, "returned": cast} if way is VotingWay.SECRET else {}
    return MeetingFacts(
        held_on,
        Headcount(
            number["roll"],
            number.get("members", number["roll"]),
            number["households"],
            number["representatives"],
            number["women"],
        ),
        Headcount(
            number["present"],
            number.get("present_members", number["present"]),
            number["present_households"],
            number["present_representatives"],
            number["present_women"],
        ),
        Count(yes, against, abstain, way, **papers),
        held_on - dt.timedelta(days=number["notice"]),
        row["special"],
        agenda_on=held_on - dt.timedelta(days=30),
        written=number["written"],
        proxied=number["proxied"],
        online=number["online"],
    )


def test_the_table_holds_at_least_300_examples_of_every_kind_of_meeting() -> None:
    assert len(EXAMPLES) >= 300
    kinds = {row.kind for pack in shipped_packs() for row in pack.meeting_rules}
    assert kinds - {row["kind"] for row in EXAMPLES} == {"land_by_villagers", "village_council"}
    assert {row["expect"] for row in EXAMPLES} == {
        "stands",
        "rejected",
        "cannot_stand",
        "person_must_judge",
        "refused",
    }


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['no']}-{row['kind']}-{row['expect']}")
def test_the_statutes_numbers(row: dict[str, str]) -> None:
    given = facts(row)
    rule = book(row["pack"]).meeting_rule(row["kind"], given.held_on)
    if row["expect"] == "refused":
        with pytest.raises(NotAllowed, match=row["says"]):
            judge(rule, given)
        return
    found = judge(rule, given)
    assert (found.state.value, row["says"] in found.sentence) == (row["expect"], True), found.sentence
