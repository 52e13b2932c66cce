"""The rows of a map beside what pupils are promised already."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.roles import BY_CODE
from opensenco.exchange.kinds import pupil_here
from opensenco.exchange.kinds.kind import Beside, Change, Values, change
from opensenco.exchange.kinds.provision_map.by_first_name import FirstNames
from opensenco.exchange.kinds.provision_map.library_here import LibraryHere
from opensenco.exchange.kinds.provision_map.promise import NEW, Promised, promised
from opensenco.exchange.kinds.pupil_here import Found, PupilsHere
from opensenco.exchange.kinds.staff_here import StaffHere
from opensenco.exchange.readers.map_rows import is_work
from opensenco.exchange.readers.words import Fault
from opensenco.exchange.states import Match
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.people.days import running
from opensenco.people.models import Group
from opensenco.provision.models import Allocation
from opensenco.provision.operations.terms import AHEAD, BEFORE, SOON

WAITS = mark("What is given waits for your answer about “{name}”.")
TWICE = mark("An earlier row of the map gives this pupil the same.")
ONE_ROW = mark("Put both into one row, such as 2 x 20.")
ADULT_LEFT_OUT = mark("{name} is nobody among the staff who deliver, and was left out.")
SEVERAL_ADULTS = mark("Several colleagues could be meant by {name}. Nobody was put in.")
NO_PROMISE = mark("How often and how long cannot be a promise.")
WHOLE_NUMBERS = mark("Write whole minutes each time, at most 360, and at most 25 times a week.")
TOO_EARLY = mark("The first day is more than a year from today.")
WRITE_A_DAY = mark("Write the day from which it counts, such as the first day of this school year.")
ENDS_FIRST = mark("The last day is before the first day.")
TOO_LATE = mark("The last day is more than two years from today.")
MEND_DAYS = mark("Correct the days.")
HAS_LEFT = mark("This pupil left before the first day.")
NOT_BEGUN = mark("The record has this with other terms, and it has not begun.")
ON_ITS_PAGE = mark("Change it on its own page.")
LEAVE_IT = mark("Take the row out.")
#: what the record is compared by, in the order in which pages show it
TERMS = ("times_a_week", "minutes", "adult", "ends")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a row gives, ready to be given."""

    what: Promised
    starts: str
    ends: str
    adult: Person | None
    group: str
    notes: tuple[Sentence, ...]


class MapHere:
    """The pupils, library, staff and promises of a place, with what earlier rows have said."""

    def __init__(self, actor: Actor, org: Organisation) -> None:
        self.actor = actor
        self.pupils = PupilsHere(actor, org, by_name_alone=True)
        self.first_names = FirstNames(self.pupils, actor.today)
        self.library = LibraryHere(org)
        self.staff = StaffHere(actor, org)
        groups_now = Group.objects.filter(running(actor.today), org=org)
        self.groups = {group.name.casefold(): group for group in groups_now}
        self.held: dict[tuple[int, int], list[Allocation]] = defaultdict(list)
        rows = Allocation.objects.filter(org=org, in_error_at__isnull=True).select_related("person")
        for row in rows.order_by("starts", "id"):
            self.held[row.pupil_id, row.provision_id].append(row)
        self.said: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)

    def beside(self, values: Values, chosen: int | None) -> Beside:
        """Give what one row is; `chosen` is the pupil whom a person named."""
        by_name = values.get("by_name") and not values.get(pupil_here.UPN)
        found = self.first_names.find(values) if by_name else self.pupils.find(values)
        if found.fault:
            return Beside(Match.REFUSED, faults=(found.fault,))
        known = found.pupil or next((k for k in found.candidates if k.pk == chosen), None)
        ids = tuple(one.pk for one in found.candidates)
        if known is None:
            return Beside(Match.DOUBTFUL, candidates=ids, reasons=found.reasons)
        terms = self._terms(values)
        plain = self._given(terms, values, known.pk, known.pupil.left_on)
        if found.pupil:
            return replace(plain, reasons=(*found.reasons, *plain.reasons))
        return self._as_decided(plain, ids, found)

    def _as_decided(self, plain: Beside, ids: tuple[int, ...], found: Found) -> Beside:
        if plain.match is Match.REFUSED:
            return plain
        reasons = (*found.reasons, *plain.reasons)
        return replace(plain, match=Match.DOUBTFUL, candidates=ids, reasons=reasons)

    def _terms(self, values: Values) -> Terms:
        adult, notes = self._adult(values.get("adult", ""))
        return Terms(
            promised(values, self.library), values.get("starts", ""), values.get("ends", ""),
            adult, values.get("group", ""), notes,
        )  # fmt: skip

    def _adult(self, name: str) -> tuple[Person | None, tuple[Sentence, ...]]:
        """Give who delivers it; a kind of work, "TA", is nobody and needs no word."""
        if not name or is_work(name):
            return None, ()
        several = self.staff.at(name)[:1] if "@" in name else self.staff.called(name)
        can = [
            one for one in several
            if one.person and Action.SESSION_LOG in getattr(BY_CODE.get(one.role), "grants", ())
        ]  # fmt: skip
        if len(can) == 1:
            return can[0].person, ()
        return None, (sentence(SEVERAL_ADULTS if can else ADULT_LEFT_OUT, name=name),)

    def _given(self, terms: Terms, values: Values, pupil: int, left: date | None) -> Beside:
        if fault := self._fault(terms, pupil, left):
            return Beside(Match.REFUSED, faults=(fault,))
        what = terms.what
        own = what.entry.own if what.entry else None
        held = self._overlapping(pupil, own.pk, terms) if own else None
        if held is not None:
            return self._beside_held(terms, held, pupil)
        if what.asks:
            reasons = (sentence(WAITS, name=values["provision"]),)
            return Beside(Match.DOUBTFUL, None, pupil, reasons=reasons)
        return Beside(Match.NEW, pupil, pupil, reasons=terms.notes, changes=self._as_new(terms))

    def _fault(self, terms: Terms, pupil: int, left: date | None) -> Fault | None:
        today = self.actor.today
        starts = date.fromisoformat(terms.starts) if terms.starts else today
        ends = date.fromisoformat(terms.ends) if terms.ends else None
        if terms.what.impossible:
            return Fault("", sentence(NO_PROMISE), sentence(WHOLE_NUMBERS))
        if not today - BEFORE <= starts <= today + SOON:
            return Fault("", sentence(TOO_EARLY), sentence(WRITE_A_DAY), terms.starts)
        if ends is not None and ends < starts:
            return Fault("", sentence(ENDS_FIRST), sentence(MEND_DAYS), terms.ends)
        if ends is not None and ends > today + AHEAD:
            return Fault("", sentence(TOO_LATE), sentence(MEND_DAYS), terms.ends)
        if left is not None and left < starts:
            return Fault("", sentence(HAS_LEFT), sentence(LEAVE_IT))
        key = pupil, terms.what.entry.key if terms.what.entry else terms.what.name.casefold()
        span = starts.isoformat(), terms.ends or "9999"
        if any(span[0] <= last and first <= span[1] for first, last in self.said[key]):
            return Fault("", sentence(TWICE), sentence(ONE_ROW))
        self.said[key].append(span)
        return None

    def _overlapping(self, pupil: int, provision: int, terms: Terms) -> Allocation | None:
        """Give the promise of the record on these days."""
        starts = date.fromisoformat(terms.starts) if terms.starts else self.actor.today
        ends = date.fromisoformat(terms.ends) if terms.ends else date.max
        for row in self.held[pupil, provision]:
            if row.starts <= ends and (row.ends is None or row.ends >= starts):
                return row
        return None

    def _beside_held(self, terms: Terms, held: Allocation, pupil: int) -> Beside:
        """Give what a row says otherwise than the record; what it leaves open changes nothing."""
        said: dict[str, Any] = {
            "times_a_week": terms.what.times if "times_a_week" in terms.what.given else None,
            "minutes": terms.what.minutes if "minutes" in terms.what.given else None,
            "adult": terms.adult.name if terms.adult else None,
            "ends": terms.ends or None,
        }
        now = {
            "times_a_week": held.times_a_week,
            "minutes": held.minutes,
            "adult": held.person.name if held.person else None,
            "ends": held.ends.isoformat() if held.ends else None,
        }
        changes = [
            change(name, now[name], said[name])
            for name in TERMS
            if said[name] is not None and said[name] != now[name]
        ]
        if not changes:
            return Beside(Match.UNCHANGED, pupil, pupil)
        if {one["field"] for one in changes} != {"ends"} and held.starts >= self.actor.today:
            return Beside(
                Match.REFUSED,
                faults=(Fault("", sentence(NOT_BEGUN), sentence(ON_ITS_PAGE)),),
            )
        for one in changes:
            if one["field"] == "adult" and terms.adult:
                one["person"] = terms.adult.pk
        changes[0]["held"] = held.pk
        return Beside(Match.CHANGED, pupil, pupil, reasons=terms.notes, changes=changes)

    def _as_new(self, terms: Terms) -> list[Change]:
        what = terms.what
        changes = [
            change("provision", None, what.name) | {"as": what.entry.key if what.entry else NEW},
            change("layer", None, what.layer),
            change("times_a_week", None, what.times),
            change("minutes", None, what.minutes),
        ]
        if terms.adult:
            changes.append(change("adult", None, terms.adult.name) | {"person": terms.adult.pk})
        if terms.group:
            changes.append(change("group", None, terms.group))
        changes += [
            change(name, None, day)
            for name, day in (("starts", terms.starts), ("ends", terms.ends))
            if day
        ]
        return changes
