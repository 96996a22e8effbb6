"""The stick of the demo: card, comparison of digits, bundle, receipt, and everything once more to no effect."""

from pathlib import Path

from village_desk.desk.answers import owner_of
from village_desk.desk.demo.story import PASSWORD, TOWN, TOWN_CODE, Story
from village_desk.store.file import VillageFile
from village_desk.sync import incoming, lookups, outgoing
from village_desk.sync.actions import trust_township
from village_desk.sync.outcome import FileOutcome, State
from village_desk.township import actions as township

TOWN_OPERATOR = "周明"


class Exchange:
    """The village, the township's file and the folder that stands for the stick."""

    def __init__(self, story: Story, town_file: VillageFile, stick: Path) -> None:
        self.story = story
        self.town = town_file
        self.stick = stick
        story.on(-20, self._first)
        story.on(-19, self._answer)
        story.on(-18, self._read)

    def _first(self) -> None:
        self.town.confirm_today(self.story.file.today)
        township.write_township_card(self.town, self.stick)
        (card,) = [one for one in incoming.take_in(self.story.file, self.stick) if one.state is State.TO_COMPARE]
        with self.story.writing("sync.trust_township") as session:
            trust_township(
                session,
                name=card.sender,
                code=card.village,
                public_key=card.public_key,
                stick_key=card.stick_key,
                digits=card.fingerprint[-13:],
            )
        self._export()

    def _export(self) -> None:
        done = outgoing.export(self.story.file, self.stick)
        again = outgoing.export(self.story.file, self.stick)
        self.story.told.setdefault("bundles", []).append(
            {
                "number": done.number,
                "operations": done.operations,
                "files": list(done.files),
                "second_time_new": not again.again and again.number != 0,
            }
        )

    def _answer(self) -> None:
        self.town.confirm_today(self.story.file.today)
        outcomes = township.take_in(self.town, self.stick)
        for one in outcomes:
            if one.state is State.TO_COMPARE:
                with self.town.writing("township.enrol_laptop") as session:
                    township.enrol_laptop(
                        session,
                        village_code=one.village,
                        village_name=one.sender,
                        public_key=one.public_key,
                        stick_key=one.stick_key,
                        digits=one.fingerprint[-13:],
                    )
        if any(one.state is State.TO_COMPARE for one in outcomes):
            outcomes = township.take_in(self.town, self.stick)
        again = township.take_in(self.town, self.stick)
        replies = township.write_replies(self.town, self.stick)
        self.story.told.setdefault("arrivals", []).append(
            {
                "messages": [one.message for one in outcomes],
                "new": _new(outcomes),
                "second_time_new": _new(again),
                "replies": [one.file for one in replies],
            }
        )

    def _read(self) -> None:
        outcomes = incoming.take_in(self.story.file, self.stick, owner_of=owner_of)
        again = incoming.take_in(self.story.file, self.stick, owner_of=owner_of)
        with self.story.file.reading() as session:
            standing = lookups.standing(session)
        self.story.told.setdefault("replies", []).append(
            {
                "messages": [one.message for one in outcomes if one.state is State.TAKEN],
                "second_time_new": _new(again),
                "received": standing.received,
                "waiting": standing.saved + standing.on_stick,
            }
        )

    def last_round(self) -> None:
        """Bring what came since; afterwards the township has everything."""
        self._export()
        self._answer()
        self._read()


def found_township(folder: Path, story: Story) -> VillageFile:
    """The township's own file."""
    return VillageFile.create(
        folder / f"{TOWN}.vdesk",
        village=TOWN_CODE,
        name=TOWN,
        operator=TOWN_OPERATOR,
        password=PASSWORD,
        kind="township",
        today=story.day(-30),
    )


def _new(outcomes: tuple[FileOutcome, ...]) -> int:
    return sum(one.new for one in outcomes)
