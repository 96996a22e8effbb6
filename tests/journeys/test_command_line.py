"""The main job of the desk by the command line alone: from roster to notice board to township and back."""

import json
from pathlib import Path
from typing import Any

from tests.desk.calling import CLERK, DAY, Told, Village, call
from village_desk.desk.sample.roster import write_sample_roster


class Desk:
    """A village, its township and a stick, worked by commands."""

    def __init__(self, folder: Path) -> None:
        self.village = Village(folder / "村", code="329924103205")
        self.township = Village(folder / "镇", name="平安镇", code="329924103", township=True)
        self.stick = folder / "U盘"
        self.stick.mkdir()
        self.second = folder / "second.txt"
        self.second.write_text("复核人自己的口令", encoding="utf-8")

    def told(self, command: str, *words: str | Path, on: str = DAY) -> Told:
        """A command on the village's file that is carried out on that day."""
        opening = ["--operator", CLERK, "--password-file", self.village.password_file, "--today", on]
        return call(command, self.village.file, *map(str, words), *map(str, opening), "--json")

    def ok(self, command: str, *words: str | Path, on: str = DAY) -> Any:
        """The facts of a command that must succeed."""
        told = self.told(command, *words, on=on)
        assert told.exit == 0, told.out
        return told.json

    def do(self, action: str, on: str = DAY, **arguments: Any) -> Any:
        """The result of an action that must succeed."""
        return self.ok("do", action, json.dumps(arguments), on=on)["result"]

    def rows(self, what: str, *words: str) -> list[dict[str, Any]]:
        """A list of the village's file."""
        found = self.ok("list", what, *words)["rows"]
        assert isinstance(found, list)
        return found


def appoint_all(desk: Desk) -> dict[str, list[str]]:
    """Bodies and posts from the roster: of each household one person at most."""
    bodies = desk.do("people.set_up_bodies")
    assert {"party_branch", "villagers_committee", "supervision_committee", "representatives_meeting"} <= set(bodies)
    desk.do("people.add_members_from_roster")
    full = {one["id"] for one in desk.rows("party") if not one["probationary"]}
    homes: set[str] = set()
    grown = [one for one in desk.rows("people") if 20 <= (one["age"] or 0) <= 80]

    def choose(many: int, among: list[dict[str, Any]]) -> list[str]:
        chosen: list[str] = []
        for one in among:
            if len(chosen) < many and one["household_id"] not in homes:
                homes.add(one["household_id"])
                chosen.append(one["id"])
        assert len(chosen) == many
        return chosen

    seats = {
        "branch": choose(3, [one for one in grown if one["id"] in full]),
        "committee": choose(1, [one for one in grown if one["sex"] == "female"]) + choose(2, grown),
        "supervision": choose(3, grown),
        "representatives": choose(12, grown),
    }
    roles = {
        "branch": ["secretary", "branch_member", "branch_member"],
        "committee": ["committee_member", "chair", "committee_member"],
        "supervision": ["supervision_head", "supervision_member", "supervision_member"],
        "representatives": ["representative"] * 12,
    }
    for body, people in seats.items():
        appointments = [{"person_id": one, "role": role} for one, role in zip(people, roles[body], strict=True)]
        desk.do("people.appoint_many", appointments=appointments, from_on="2026-01-05", how="选举")
    return seats


def hold(desk: Desk, decision: str, no: int, on: str, here: int, yes: int, **more: Any) -> dict[str, Any]:
    """One meeting step: held, signed in, voted; the verdict."""
    desk.do("decisions.hold_step", on=on, decision_id=decision, no=no, held_on=on, called_on="2026-03-01", **more)
    desk.do("decisions.sign_in_step", on=on, decision_id=decision, no=no, serial_numbers=f"1-{here}")
    verdict = desk.do(
        "decisions.record_step_vote", on=on, decision_id=decision, no=no, yes=yes, no_votes=here - yes, abstain=0
    )
    assert isinstance(verdict, dict)
    return verdict


def test_from_roster_to_notice_board_to_township_and_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    # 1. The roster, previewed and taken in; wrong rows are named.
    roster = tmp_path / "花名册.xlsx"
    write_sample_roster(roster, people=180)
    assert desk.ok("import-people", roster, "--dry-run")["counts"]["refused"] == 20
    assert desk.ok("import-people", roster)["done"]["new"] == 172
    undone = desk.ok("history", "--undo", "last")
    assert undone["undone"]["records"] > 172
    assert desk.rows("people") == []
    desk.ok("import-people", roster)

    # 2. The bodies, appointed from the roster.
    seats = appoint_all(desk)
    assert len(desk.rows("posts")) == 21

    # 3. A matter goes through its steps; one meeting falls short and is held again.
    desk.do(
        "decisions.register_mandate", title="村民会议授权", matter_codes=["M04"], granted_on="2026-01-10", basis="决议"
    )
    decision = desk.do(
        "decisions.open_decision",
        title="村东排水渠修缮",
        matter_code="M04",
        opened_on="2026-03-02",
        motion_source="党员群众建议",
        plan="修缮排水渠1200米。",
        on="2026-03-02",
    )
    members = len([one for one in desk.rows("party") if not one["probationary"]])
    assert hold(desk, decision, 1, "2026-03-03", 3, 3)["state"] == "stands"
    assert hold(desk, decision, 2, "2026-03-04", 5, 5)["state"] == "stands"
    assert hold(desk, decision, 3, "2026-03-06", members, members)["state"] == "stands"
    short = hold(desk, decision, 4, "2026-03-08", 9, 9, body="representatives")
    assert short["state"] == "cannot_stand"
    assert "还差1人" in short["sentence"]
    wrong = desk.told("check", "--decision", "1")
    assert wrong.exit == 1
    refused = desk.told("do", "decisions.draft_step_notice", json.dumps({"decision_id": decision, "no": 5}))
    assert refused.exit == 1
    assert "还不成立，决议不能公开" in refused.json["refused"]["message"]
    assert hold(desk, decision, 4, "2026-03-10", 13, 11, body="representatives")["state"] == "stands"
    assert [one["title"] for one in desk.rows("decisions")] == ["村东排水渠修缮"]
    assert len(desk.rows("roll", "1/4")) == 15

    # 4. The resolution is reviewed, published, printed, posted, torn and posted again.
    notice = desk.do("decisions.draft_step_notice", on="2026-03-11", decision_id=decision, no=5)
    desk.do(
        "notices.review_notice",
        on="2026-03-11",
        notice_id=notice,
        opinion="agreed",
        reviewer_id=seats["supervision"][0],
        reviewed_on="2026-03-11",
    )
    published = desk.do("notices.publish", on="2026-03-12", notice_id=notice, posting_from="2026-03-12")
    sheet = tmp_path / "张贴件.pdf"
    desk.ok("print", "notice", notice, "--out", sheet, on="2026-03-12")
    desk.ok("print", "decision", "1", "--out", tmp_path / "登记表.pdf", on="2026-03-12")
    posted = desk.do("notices.post", on="2026-03-12", notice_id=notice, posted_on="2026-03-12", posted_by=CLERK)
    assert posted["last_day"] == "2026-03-27"
    early = desk.told(
        "do",
        "notices.take_down",
        json.dumps({"posting_id": posted["posting_id"], "taken_on": "2026-03-20"}),
        on="2026-03-20",
    )
    assert early.exit == 1
    desk.do(
        "notices.record_damage", on="2026-03-16", posting_id=posted["posting_id"], kind="torn", found_on="2026-03-16"
    )
    owed = desk.ok("duties", "--on", "2026-03-16")
    assert [one["item"] for one in owed["duties"] if one["state"] != "posted"] == ["repost"]
    again = desk.do("notices.post", on="2026-03-17", notice_id=notice, posted_on="2026-03-17")
    assert again["last_day"] > "2026-03-27"
    assert desk.ok("verify", sheet)["sheet"]["matches"] is True
    assert desk.ok("verify", published["code"])["sheet"]["title"].endswith("决议公开")

    # 5. Points: applied for by the clerk, checked by a second person, booked.
    desk.ok("operators", "--add", "复核人", "--role", "复核人", "--new-password-file", desk.second)
    item = {"code": "H01", "area": "环境卫生", "text": "庭院整洁", "least": 4, "most": 4}
    rules = {"name": "农户积分办法", "subject": "household", "period": "year", "items": [item]}
    set_id = desk.do("points.add_rule_set", rules=rules)
    (rule_set,) = desk.rows("rule-sets")
    home = desk.rows("households")[0]
    application = desk.do(
        "points.apply_for_points",
        set_id=set_id,
        item_id=rule_set["items"][0]["id"],
        subject_id=home["id"],
        points=4,
        event="三月评比",
        happened_on="2026-03-13",
        evidence="照片",
        applicant_id=seats["representatives"][0],
    )
    checked = {
        "application_id": application,
        "verdict": "agreed",
        "checker_id": seats["representatives"][1],
        "checked_on": DAY,
        "way": "login",
    }
    itself = desk.told("do", "points.check_application", json.dumps(checked))
    assert itself.exit == 1
    second = call(
        "do",
        desk.village.file,
        "points.check_application",
        json.dumps(checked),
        "--operator",
        "复核人",
        "--password-file",
        desk.second,
        "--today",
        DAY,
    )
    assert second.exit == 0, second.err
    assert desk.do("points.book", application_id=application)["points"] == 4
    (line,) = desk.rows("ledger", f"农户积分办法/{home['name']}")
    assert (line["points"], line["checker"] != "") == (4, True)

    # 6. To the township and back.
    stick = ["--stick", str(desk.stick)]
    assert desk.township.call("export", *stick).exit == 0
    card = desk.told("take-in", *stick).json["files"][0]
    desk.ok("take-in", *stick, "--digits", card["fingerprint"][-7:])
    sent = desk.ok("export", *stick)["bundle"]["operations"]
    unknown = desk.township.call("take-in", *stick, "--json").json["files"][0]
    arrived = desk.township.call("take-in", *stick, "--digits", unknown["fingerprint"][-7:], "--json")
    assert arrived.json["files"][0]["new"] == sent
    assert desk.township.call("export", *stick).exit == 0
    standing = desk.ok("take-in", *stick)["standing"]
    assert (standing["received"], standing["on_stick"], standing["saved"]) == (sent, 0, 0)
    assert desk.ok("verify")["findings"] == []
    assert desk.township.call("verify", "--json").json["findings"] == []
    (village,) = desk.township.call("list", "villages", "--json").json["rows"]
    assert village["received"] == sent
