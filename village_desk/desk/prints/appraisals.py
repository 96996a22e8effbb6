"""Sheets of assessments for the command line: a round is named by words of its title."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from village_desk.assessments import printout
from village_desk.assessments.lookups import (
    AssessmentDetail,
    assessments,
    forms,
    one_assessment,
    rectifications,
    results_of_year,
)
from village_desk.assessments.printout.service import SERVICE_WORDS
from village_desk.desk.prints.finding import only, titled
from village_desk.kit.errors import NotFound
from village_desk.store.acts import act
from village_desk.store.operators import home

Sheet = tuple[bytes, str]
ROUND = "考评名称里的字，如 2026年十有标准"


def assessment_of(session: Session, words: str) -> AssessmentDetail:
    """The round whose title holds these words. Raises NotFound, NotAllowed when several fit."""
    return one_assessment(session, only(titled(assessments(session), words), words, "考评").id)


def of_round(make: Callable[[AssessmentDetail], bytes], words: str) -> Callable[[Session, str], Sheet]:
    """A sheet of one round."""

    def made(session: Session, title: str) -> Sheet:
        found = assessment_of(session, title)
        return make(found), f"{found.row.title}{words}"

    return made


def year_list(session: Session, words: str) -> Sheet:
    """考评结果一览 of a year, this one without an answer."""
    here = act(session)
    year = int(words) if words.isdecimal() else here.today.year
    rows = results_of_year(session, year=year)
    return printout.result_list(rows, village=here.village_name, year=year), f"{year}年考评结果一览"


def book(session: Session, words: str) -> Sheet:
    """整改台账 of every round."""
    return printout.rectification_book(rectifications(session), village=act(session).village_name), "整改台账"


def negative(session: Session, words: str) -> Sheet:
    """负面清单 for the wall. Raises NotFound."""
    found = next((row.form for row in forms(session) if row.form.negative_list and words in row.form.whole_name), None)
    if found is None:
        raise NotFound(f"没有叫“{words}”的负面清单。", "请写清单名称里的字。")
    return printout.negative_list(found, act(session).village_name), found.name


def service(session: Session, words: str) -> Sheet:
    """One of the five papers of the service room. Raises NotFound."""
    what = next((key for key, name in SERVICE_WORDS.items() if words in (key, name)), words)
    village = act(session).village_name
    sheet = printout.service_sheet(what, village=village, phone=home(session).duty_phone)
    return sheet, f"{village}便民服务室{SERVICE_WORDS[what]}"
