"""Finding the pupil that a row of another list is about: by UPN, then by name and date of birth.

A list that names pupils and nothing else finds them by name alone where its kind allows it, and
never where two have the name. Whatever only looks alike is put as a question.
"""

from collections import defaultdict
from dataclasses import dataclass

from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds.pupils.matching import is_temporary
from opensenco.exchange.kinds.pupils.roll import Known, names_of, roll_of
from opensenco.exchange.readers.any_list import Values
from opensenco.exchange.readers.fields import Field, whole_or_parts
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.pupil_row import read_upn_cell
from opensenco.exchange.readers.values import NameOrder, read_date, read_name, split_name
from opensenco.exchange.readers.words import Fault
from opensenco.kernel.upn import read_upn
from opensenco.kernel.words import Sentence, mark, sentence

UPN, BORN = "pupil_upn", "pupil_born"
LAST, FIRST, WHOLE = "pupil_last_name", "pupil_first_name", "pupil_name"
FIELDS = (
    Field(
        UPN,
        mark("UPN of the pupil"),
        "UPN|Unique Pupil Number",
        tells=read_upn,
        doubt=mark("Column {number} seems to hold the UPN."),
    ),
    Field(
        LAST,
        mark("Surname of the pupil"),
        "Legal Surname|Pupil Surname|Student Surname|Child Surname|Surname|Last Name|Family Name",
        missing=mark("This file has no column with the pupil’s surname, name or UPN."),
    ),
    Field(
        FIRST,
        mark("First name of the pupil"),
        "Legal Forename|Pupil Forename|Student Forename|Child Forename|Forename|First Name"
        "|Given Name|Preferred Forename",
        missing=mark("This file has no column with the pupil’s first name."),
    ),
    Field(
        WHOLE,
        mark("Whole name of the pupil"),
        "Pupil Name|Student Name|Child Name|Pupil|Student|Child|Full Name|Name",
    ),
    Field(
        BORN, mark("Date of birth of the pupil"), "Date of Birth|DOB|D.O.B.|Birth Date", date=True
    ),
)
#: for `Fields(needed=…)`: who the pupil is must be told in one way or another
NEEDED = tuple((*one, UPN) for one in whole_or_parts(WHOLE, (LAST, FIRST)))
#: for `Fields(instead=…)`
INSTEAD = {WHOLE: (LAST, FIRST)}

NOBODY = mark("No pupil here has this UPN, or this name and date of birth.")
SEVERAL = mark("Several pupils here have this name.")
ONLY_NAME = mark("A pupil here has this name. Nothing else in the row says that it is they.")
OTHER_NAME = mark("A pupil here has this UPN and another name.")
FORMER_UPN = mark("This UPN was that of a pupil here before.")
FORMER_NAME = mark("A pupil here had this name before.")
OTHER_BIRTH = mark("A pupil here has this name and another date of birth.")
IMPORT_FIRST = mark("Read the pupils in first, or correct the row.")


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a row is about: one pupil for sure, or some perhaps with the reason, or a fault."""

    pupil: Known | None = None
    candidates: tuple[Known, ...] = ()
    reasons: tuple[Sentence, ...] = ()
    fault: Fault | None = None


def read_pupil(one: OneRow, order: NameOrder) -> Values:
    """Give who a row says its pupil is; a row that says nobody is refused."""
    upn = one.must(UPN, read_upn_cell, None)
    last, first = one.must(LAST, read_name, ""), one.must(FIRST, read_name, "")
    if not (last and first) and one.text(WHOLE):
        last, first = one.must(WHOLE, lambda text: split_name(text, order), ("", ""))
    born = one.must(BORN, read_date, None)
    if upn is None and not (last and first) and not one.faults:
        one.missing(next((c for c in (UPN, LAST, WHOLE) if one.layout.places(c)), UPN))
    return {
        UPN: upn.text if upn else "",
        LAST: last,
        FIRST: first,
        BORN: born.isoformat() if born else "",
    }


def called(values: Values) -> str:
    """Surname and first name of the pupil, or the UPN."""
    return ", ".join(filter(None, (values.get(LAST), values.get(FIRST)))) or values.get(UPN, "")


class PupilsHere:
    """The pupils of a setting, to be found in the ways in which other lists name them.

    Args:
        by_name_alone: take the one pupil of a name where the row gives no UPN and no birth date.
    """

    def __init__(self, actor: Actor, org: Organisation, *, by_name_alone: bool) -> None:
        self._alone = by_name_alone
        self._by_upn: dict[str, Known] = {}
        self._by_name: dict[object, list[Known]] = defaultdict(list)
        self.by_id: dict[int, Known] = {}
        for known in roll_of(actor, org, sen=False):
            self.by_id[known.pk] = known
            for upn in known.was.upns:
                self._by_upn.setdefault(upn, known)
            if known.values["upn"]:
                self._by_upn[known.values["upn"]] = known
            if not known.has_left(actor.today):
                for name in known.names:
                    self._by_name[name].append(known)

    def find(self, values: Values) -> Found:
        """Give whom a row is about."""
        upn, born = values.get(UPN, ""), values.get(BORN, "")
        names = names_of({"last_name": values.get(LAST, ""), "first_name": values.get(FIRST, "")})
        known = self._by_upn.get(upn)
        if known is not None:
            named = bool(values.get(LAST))
            other = names & (known.names | known.was.names)
            former = upn != known.values["upn"]
            same = (not named and not former) or other or born == known.values["birth_date"]
            return Found(known) if same else _perhaps([known], FORMER_UPN if former else OTHER_NAME)
        here = list({k.pk: k for name in sorted(names) for k in self._by_name[name]}.values())
        if upn:
            here = [k for k in here if not k.values["upn"] or is_temporary(k.values["upn"])]
        born_then = [k for k in here if born and k.values["birth_date"] == born]
        if len(born_then) == 1:
            return Found(born_then[0])
        was = [k for k in self.by_id.values() if names & k.was.names]
        return self._unsure(born_then or here, was, born=bool(born))

    def _unsure(self, here: list[Known], was: list[Known], *, born: bool) -> Found:
        if not here and was:
            return _perhaps(was, FORMER_NAME)
        if not here:
            return Found(fault=Fault("", sentence(NOBODY), sentence(IMPORT_FIRST)))
        if len(here) > 1:
            return _perhaps(here, SEVERAL)
        if born:
            return _perhaps(here, OTHER_BIRTH)
        return Found(here[0]) if self._alone else _perhaps(here, ONLY_NAME)


def _perhaps(several: list[Known], why: str) -> Found:
    return Found(candidates=tuple(several), reasons=(sentence(why),))
