"""One row of a pupil list: read whole, or refused with every fault in it.

What says who the pupil is, and what is said of SEN, must be right or the row is refused. Anything
else that cannot be read is left blank with a note.
"""

from dataclasses import replace
from datetime import date

from opensenco.exchange.readers.cells import folded, tidy
from opensenco.exchange.readers.identifiers import read_identifier
from opensenco.exchange.readers.languages import Language, read_language
from opensenco.exchange.readers.needs import Need, SenStatus, read_needs, read_sen_status
from opensenco.exchange.readers.one_row import OneRow, refused, short_text
from opensenco.exchange.readers.pupil import Layout, PupilRow, Refused, Rules
from opensenco.exchange.readers.pupil_columns import PupilField
from opensenco.exchange.readers.table import HAS_NUL, Row
from opensenco.exchange.readers.values import (
    WRITE_DATE,
    read_date,
    read_name,
    read_sex,
    read_year_group,
    read_yes_no,
    split_name,
)
from opensenco.exchange.readers.words import Fault, Note, Unreadable
from opensenco.kernel.upn import BadUpn, Upn, UpnFault, read_upn
from opensenco.kernel.words import mark, sentence

_OLDEST = 30  # years; beyond it a date of birth is a slip of the pen
_LAST_RANK = 20
_ENROLMENT = {
    "C": "C|current|single|current single registration at this school|single registration",
    "M": "M|main|main dual registration|current main dual registration|dual main",
    "S": "S|subsidiary|subsidiary dual registration|current subsidiary dual registration",
    "F": "F|fe college",
    "O": "O|other provider",
    "G": "G|guest|guest pupil",
}
_ENROLMENT_BY_WORDING = {
    folded(wording): code for code, text in _ENROLMENT.items() for wording in text.split("|")
}


class _Reading(OneRow):
    """A row of a pupil list, whose need columns have ranks."""

    layout: Layout


def read_row(row: Row, layout: Layout, rules: Rules) -> PupilRow | Refused:
    """The pupil in a row. Needs keep the ranks of the file, 0 where it gives none."""
    reading = _Reading(row, layout)
    if any("\0" in cell for cell in row.cells):
        return refused(row.line, sentence(HAS_NUL), row.cells)
    surname, forename = _names(reading, rules)
    birth_date = _birth_date(reading, rules.today)
    pupil = PupilRow(
        line=row.line,
        surname=surname,
        forename=forename,
        birth_date=birth_date or date.min,  # a row without one is refused below
        lines=(row.line,),
    )
    for step in (_identifiers, _other_names, _school, _sen, _circumstances, _more):
        pupil = step(reading, pupil, rules)
    reading.odd_letters((*PupilField, *rules.more))
    if reading.faults or birth_date is None:
        return Refused(row.line, tuple(reading.faults), tuple(row.cells))
    return replace(pupil, notes=tuple(reading.notes))


def _names(reading: _Reading, rules: Rules) -> tuple[str, str]:
    both = (PupilField.SURNAME, PupilField.FORENAME)
    if not all(reading.layout.places(kind) for kind in both):
        kind = PupilField.FULL_NAME
        if not reading.text(kind):
            reading.missing(kind)
        return reading.must(kind, lambda text: split_name(text, rules.name_order), ("", ""))
    for kind in both:
        if not reading.text(kind):
            reading.missing(kind)
    return reading.must(both[0], read_name, ""), reading.must(both[1], read_name, "")


def _birth_date(reading: _Reading, today: date) -> date | None:
    kind = PupilField.BIRTH_DATE
    if not reading.text(kind):
        reading.missing(kind)
    born: date | None = reading.must(kind, read_date, None)
    if born is None:
        return None
    if born > today:
        reading.fault(
            kind,
            sentence("The date of birth is in the future."),
            sentence("Write the year with four numbers."),
        )
    elif born.year < today.year - _OLDEST:
        reading.fault(
            kind,
            sentence("The date of birth is more than {years} years ago.", years=_OLDEST),
            sentence(WRITE_DATE),
        )
    return born


def _identifiers(reading: _Reading, pupil: PupilRow, _rules: Rules) -> PupilRow:
    upn = reading.must(PupilField.UPN, read_upn_cell, None)
    if upn and upn.temporary:
        reading.note(
            PupilField.UPN,
            sentence("This UPN is temporary. Ask the last school for the permanent one."),
        )
    if upn and not upn.authority_known:
        reading.note(
            PupilField.UPN, sentence("We do not know the authority in this UPN. Check the number.")
        )
    former = reading.may(PupilField.FORMER_UPN, read_upn_cell, None)
    return replace(
        pupil,
        upn=upn.text if upn else "",
        upn_temporary=bool(upn and upn.temporary),
        former_upn=former.text if former else "",
        admission_number=reading.must(PupilField.ADMISSION_NUMBER, _short_identifier, ""),
        mis_id=reading.must(PupilField.MIS_ID, _short_identifier, ""),
    )


def read_upn_cell(text: str) -> Upn:
    """A UPN; refused with the mend for each fault it can have."""
    try:
        return read_upn(text)
    except BadUpn as refusal:
        wrong, mend = _UPN_SENTENCES[refusal.fault]
        raise Unreadable(sentence(wrong), sentence(mend, letter=refusal.letter)) from None


_COPY_UPN = mark("Copy the UPN from the school's system, or leave the cell empty.")
_UPN_SENTENCES = {
    UpnFault.LENGTH: (mark("The UPN has not 13 characters."), _COPY_UPN),
    UpnFault.FIRST: (mark("The UPN does not start with a letter."), _COPY_UPN),
    UpnFault.DIGITS: (mark("The UPN has a letter where only a number can be."), _COPY_UPN),
    UpnFault.LAST: (mark("The UPN ends in a letter that no UPN can end in."), _COPY_UPN),
    UpnFault.CHECK_LETTER: (
        mark("The first letter of the UPN does not fit its numbers."),
        mark("With these numbers it should start with {letter}. Check every number."),
    ),
}


def _short_identifier(text: str) -> str:
    return read_identifier(short_text(text))


def _other_names(reading: _Reading, pupil: PupilRow, _rules: Rules) -> PupilRow:
    return replace(
        pupil,
        middle_names=reading.may(PupilField.MIDDLE_NAMES, read_name, ""),
        preferred_surname=reading.may(PupilField.PREFERRED_SURNAME, read_name, ""),
        preferred_forename=reading.may(PupilField.PREFERRED_FORENAME, read_name, ""),
    )


def _school(reading: _Reading, pupil: PupilRow, _rules: Rules) -> PupilRow:
    no_date: date | None = None
    return replace(
        pupil,
        year_group=reading.may(PupilField.YEAR_GROUP, read_year_group, ""),
        registration_group=reading.may(PupilField.REGISTRATION_GROUP, short_text, ""),
        enrolment=reading.may(PupilField.ENROLMENT, _enrolment, ""),
        entry_date=reading.may(PupilField.ENTRY_DATE, read_date, no_date),
        leaving_date=reading.may(PupilField.LEAVING_DATE, read_date, no_date),
    )


def _enrolment(text: str) -> str:
    code = _ENROLMENT_BY_WORDING.get(folded(text))
    if not code:
        raise Unreadable(
            sentence("The enrolment status is not one that we know."),
            sentence("Write C (current), M (main), S (subsidiary) or G (guest)."),
        )
    return code


def _sen(reading: _Reading, pupil: PupilRow, rules: Rules) -> PupilRow:
    blank = SenStatus("N") if rules.blank_sen_is_none else None
    kind = PupilField.SEN_STATUS
    has_column = bool(reading.layout.places(kind))
    status = reading.must(kind, read_sen_status, blank if has_column else None)
    if status and status.withdrawn:
        reading.note(
            kind,
            sentence(
                "This status ended in 2014 and is kept as history. Decide the status of today."
            ),
        )
    needs = _needs(reading)
    if needs and status and status.code == "N":
        reading.note(PupilField.NEED, sentence("There is a need, but the status is N (no SEN)."))
    no_date: date | None = None
    unknown: bool | None = None
    return replace(
        pupil,
        sen_status=status.code if status and not status.withdrawn else "",
        sen_history=status.code if status and status.withdrawn else "",
        sen_since=reading.may(PupilField.SEN_SINCE, read_date, no_date),
        needs=needs,
        sen_unit=reading.may(PupilField.SEN_UNIT, read_yes_no, unknown),
        resourced_provision=reading.may(PupilField.RESOURCED_PROVISION, read_yes_no, unknown),
    )


def _needs(reading: _Reading) -> tuple[Need, ...]:
    found: list[Need] = []
    for place in reading.layout.places(PupilField.NEED):
        heading = tidy(reading.layout.header[place])
        # A line break divides needs, so it must not become a space.
        text = tidy(";".join(reading.whole(place).splitlines()))
        if not text:
            continue
        try:
            read = read_needs(text)
        except Unreadable as refusal:
            reading.faults.append(Fault(heading, refusal.wrong, refusal.mend, text))
            continue
        reading.notes += [Note(heading, said, text) for said in read.notes]
        rank = reading.layout.need_ranks[place] if len(read.needs) == 1 else 0
        found += [replace(need, rank=need.rank or rank) for need in read.needs]
    ranks = reading.must(PupilField.NEED_RANK, _rank, 0)
    if ranks and len(found) == 1:
        found = [replace(found[0], rank=ranks)]
    return tuple(found)


def _rank(text: str) -> int:
    whole = text.removesuffix(".0")
    if not whole.isascii() or not whole.isdigit() or not 1 <= int(whole[:4]) <= _LAST_RANK:
        raise Unreadable(
            sentence("The rank of a need is not a number from 1 to {last}.", last=_LAST_RANK),
            sentence("Write 1 for the greatest need, 2 for the next."),
        )
    return int(whole)


def _circumstances(reading: _Reading, pupil: PupilRow, _rules: Rules) -> PupilRow:
    unknown: bool | None = None
    no_language: Language | None = None
    language = reading.may(PupilField.HOME_LANGUAGE, read_language, no_language)
    if language and not language.code:
        reading.note(
            PupilField.HOME_LANGUAGE,
            sentence("The census list does not have this language. It is kept as it is written."),
        )
    return replace(
        pupil,
        sex=reading.may(PupilField.SEX, read_sex, ""),
        free_school_meals=reading.may(PupilField.FREE_SCHOOL_MEALS, read_yes_no, unknown),
        fsm_ever_6=reading.may(PupilField.FSM_EVER_6, read_yes_no, unknown),
        pupil_premium=reading.may(PupilField.PUPIL_PREMIUM, read_yes_no, unknown),
        eal=reading.may(PupilField.EAL, read_yes_no, unknown),
        home_language=language,
    )


def _more(reading: _Reading, pupil: PupilRow, rules: Rules) -> PupilRow:
    """What columns of one place say; what cannot be read is left blank with a note."""
    said = []
    for code, reader in rules.more.items():
        if reading.text(code):
            try:
                said.append((code, reader(reading.whole(reading.layout.places(code)[0]))))
            except Unreadable as refusal:
                reading.note(code, refusal.wrong)
    return replace(pupil, more=tuple(said))
