"""The whole demo from an empty folder to summary.json."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

from village_desk.desk.demo.appraisals import tell_appraisals
from village_desk.desk.demo.cast import appoint_bodies, office_names, take_in_people
from village_desk.desk.demo.evenings import tell_evenings
from village_desk.desk.demo.exchange import TOWN_OPERATOR, Exchange, found_township
from village_desk.desk.demo.folder import PARTS, prepare, write_summary
from village_desk.desk.demo.links import tell_links
from village_desk.desk.demo.lives import tell_lives
from village_desk.desk.demo.matters import print_cases, tell_matters
from village_desk.desk.demo.money import tell_money
from village_desk.desk.demo.neighbours import tell_neighbours
from village_desk.desk.demo.registers import tell_registers
from village_desk.desk.demo.scores import print_cards, tell_scores
from village_desk.desk.demo.service import tell_service
from village_desk.desk.demo.story import FIRST_DAY, PASSWORD, VILLAGE, VILLAGE_CODE, Story, last_day
from village_desk.desk.demo.ways import tell_ways
from village_desk.desk.demo.year import tell_year
from village_desk.desk.rooms import load_records
from village_desk.people.lookups import counts
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, add_operator

SEED = 2026


def build(out: Path, *, seed: int = SEED, today: dt.date | None = None) -> dict[str, Any]:
    """Build the sample village, its township and what went between them; returns what summary.json holds.

    The story ends on `today`, the computer's own day without an answer. Raises NotAllowed when the folder holds
    something else, FileTrouble when the disk refuses.
    """
    began = time.monotonic()
    load_records()
    last = last_day(today)
    prepare(out)
    clerk, checker, supervisor = office_names(seed)
    file = VillageFile.create(
        out / "village" / f"{VILLAGE}.vdesk",
        village=VILLAGE_CODE,
        name=VILLAGE,
        operator=clerk,
        password=PASSWORD,
        today=last + dt.timedelta(days=FIRST_DAY),
    )
    town: VillageFile | None = None
    try:
        story = Story(file, out, seed, last, clerk, checker, supervisor)
        _add_operators(story)
        take_in_people(story, out / "office")
        cast = appoint_bodies(story)
        town = found_township(out / "township", story)
        exchange = Exchange(story, town, out / "stick")
        tell_lives(story, cast)
        tell_links(story)
        tell_matters(story, cast, out / "paper")
        tell_ways(story)
        tell_scores(story, cast)
        tell_neighbours(story, cast)
        tell_appraisals(story, cast)
        tell_evenings(story)
        tell_year(story, out / "paper")
        tell_service(story, cast)
        tell_money(story, cast, out / "paper")
        tell_registers(story)
        story.play()
        print_cases(story, out / "paper", out / "office")
        print_cards(story, out / "paper")
        exchange.last_round()
        summary = _summary(story, town)
    finally:
        file.close()
        if town is not None:
            town.close()
    summary["files"] = {name: _files(out, name) for name in PARTS}
    summary["seconds"] = int(time.monotonic() - began) + 1
    write_summary(out, summary)
    return summary


def _add_operators(story: Story) -> None:
    for name, role in ((story.checker, Role.SECOND), (story.supervisor, Role.SUPERVISOR)):
        with story.writing("store.add_operator") as session:
            add_operator(session, name=name, role=role)
        story.file.set_password(name, PASSWORD)


def _summary(story: Story, town: VillageFile) -> dict[str, Any]:
    file = story.file
    with file.reading() as session:
        people = counts(session)
    wrong = [*file.verify(), *town.verify()]
    return {
        "village": VILLAGE,
        "seed": story.seed,
        "last_day": story.last.isoformat(),
        "village_file": f"village/{file.path.name}",
        "township_file": f"township/{town.path.name}",
        "password": PASSWORD,
        "operators": {
            "village": {story.clerk: "文书", story.checker: "复核人", story.supervisor: "监委会"},
            "township": {TOWN_OPERATOR: "乡镇"},
        },
        "recovery_codes": {"village": file.recovery_code, "township": town.recovery_code},
        "people": people.people,
        "households": people.households,
        "operations": file.position,
        "found_wrong": wrong,
        "done": story.told,
    }


def _files(out: Path, name: str) -> list[str]:
    found = (path for path in (out / name).rglob("*") if path.is_file() and ".blobs" not in str(path.parent))
    return sorted(path.relative_to(out).as_posix() for path in found if path.suffix != ".lock")
