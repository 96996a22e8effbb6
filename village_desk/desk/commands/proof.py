"""`verify`: a file against its own journal, and a printed sheet or its code against the file."""

from argparse import Namespace

from village_desk.desk.commands.answer import Answer, WrongCall
from village_desk.desk.commands.opening import opened
from village_desk.desk.proof import ADVICE, NoCode, check_file, check_sheet
from village_desk.store.file import VillageFile


def verify(options: Namespace, answer: Answer) -> None:
    """The whole file, or a printed PDF or check code against it; what is wrong is told and ends with 1."""
    with opened(options) as file:
        if options.sheet:
            _verify_sheet(file, options.sheet, answer)
        verify_file(file, answer)


def verify_file(file: VillageFile, answer: Answer) -> None:
    """The file against its own journal; what is wrong is told and ends with 1."""
    found = check_file(file)
    answer.put(operations=found.operations, findings=found.findings)
    if not found.findings:
        answer.say(found.sentence)
        return
    answer.found_wrong(found.sentence)
    for finding in found.findings:
        answer.say(finding)
    answer.say(ADVICE)


def _verify_sheet(file: VillageFile, sheet: str, answer: Answer) -> None:
    try:
        with file.reading() as session:
            found = check_sheet(session, sheet)
    except NoCode as wrong:
        raise WrongCall(str(wrong)) from wrong
    answer.put(sheet={"matches": found.matches, **found.facts})
    if found.matches:
        answer.say(found.sentence)
    else:
        answer.found_wrong(found.sentence)
