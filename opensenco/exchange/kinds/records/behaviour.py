"""The behaviour log: incidents and praise of each pupil, in the school's own words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds import pupil_here
from opensenco.exchange.kinds.kind import (
    Beside,
    Candidate,
    Decided,
    Kind,
    ListFile,
    Reading,
    Said,
    Values,
    Work,
    change,
)
from opensenco.exchange.kinds.pupils.kind import pupil_candidates
from opensenco.exchange.kinds.pupils.roll import Known
from opensenco.exchange.kinds.records import whose
from opensenco.exchange.models import ImportRow
from opensenco.exchange.readers import behaviour_row
from opensenco.exchange.readers.any_list import read_list
from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.lists import Table
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.states import ImportKind
from opensenco.kernel.words import mark, say, sentence
from opensenco.people.models import Pupil
from opensenco.support.checking_records import OF_AN_INCIDENT, fingerprint
from opensenco.support.models import Incident
from opensenco.support.operations import records
from opensenco.support.states import Origin
from opensenco.ui import words

BEHAVIOUR_FIELDS = Fields(
    [*pupil_here.FIELDS, *behaviour_row.FIELDS],
    needed=(*pupil_here.NEEDED, ("on",), ("category", "type", "words")),
    instead=pupil_here.INSTEAD,
)
BRINGS = (*OF_AN_INCIDENT, "source_id")
NUMBER_TWICE = mark("An earlier row of the list has this number and says otherwise.")
#: what a trace repeats of an entry that was made; the row of the list has the rest
NAMED = ("on", "category")
Key = tuple[Any, ...]


class Behaviour(Kind):
    """Entries of the behaviour log.

    An entry is known again by its number in the other system; without one by its day and what it
    says, and the second of two that say the same is another.
    """

    code = ImportKind.BEHAVIOUR
    fields = BEHAVIOUR_FIELDS
    verbs = (Action.BEHAVIOUR_VIEW, Action.BEHAVIOUR_EDIT)
    telling = behaviour_row.TELLING
    asks_names = True
    labels = {
        "on": gettext_lazy("Day"),
        "category": gettext_lazy("Kind"),
        "praise": gettext_lazy("Praise"),
        "points": gettext_lazy("Points"),
        "words": gettext_lazy("What happened"),
        "done": gettext_lazy("What was done"),
        "place": gettext_lazy("When and where"),
        "told_by": gettext_lazy("Written by"),
        "source_id": gettext_lazy("Number in that system"),
    }
    said = Said(
        title=gettext_lazy("Behaviour"),
        file=gettext_lazy("Behaviour from %(name)s"),
        looks=gettext_lazy(
            "A row for each entry: who the pupil is, the day, the kind of incident in your own "
            "words; points, what happened, what was done, when and where are used where they are "
            "there. Praise is told from incidents by a column that says so."
        ),
        found=gettext_lazy(
            "An entry that is here already is not added again. Assistants never read the log."
        ),
        add=ngettext_lazy("Add %(num)s entry", "Add %(num)s entries", "num"),
        change=ngettext_lazy("Correct %(num)s entry", "Correct %(num)s entries", "num"),
        added=ngettext_lazy("%(num)s entry added,", "%(num)s entries added,", "num"),
        nothing_yet=gettext_lazy("The behaviour log has not been changed."),
        new_one="",
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read entries, each with who the pupil is."""

        def one(row: OneRow) -> Values:
            who = pupil_here.read_pupil(row, reading.name_order)
            return {**who, **behaviour_row.read_incident(row, actor.today)}

        return read_list(table, BEHAVIOUR_FIELDS, reading.columns, one)

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay entries beside those that stand here of the same pupils and days."""
        held = _Held(org, rows)
        results = []
        for values, who in zip(rows, whose.whose(actor, org, rows, decided), strict=True):
            if who.beside is not None or who.pupil is None:
                results.append(who.beside or whose.refused(pupil_here.NOBODY))
                continue
            early = whose.before_birth(who.pupil, values["on"])
            results.append(who.told(early or held.beside(who.pupil, values)))
        return results

    def apply(self, work: Work) -> None:
        """Record and correct entries."""
        here = Pupil.objects.in_bulk({row.pupil_id or 0 for row in work.rows})
        adding = [row for row in work.rows if "of" not in row.changes[0]]
        if adding:
            made = records.record_incidents(
                actor=work.actor,
                pupils=[here[row.pupil_id or 0] for row in adding],
                incidents=[_as_python(row.values) for row in adding],
            )
            for row, thing in zip(adding, made, strict=True):
                work.made(row, thing, [one for one in row.changes if one["field"] in NAMED])
        changing = [row for row in work.rows if "of" in row.changes[0]]
        if changing:
            there = Incident.objects.in_bulk([row.changes[0]["of"] for row in changing])
            things = [there[row.changes[0]["of"]] for row in changing]
            wanted = [
                _as_python({one["field"]: one["after"] for one in row.changes}) for row in changing
            ]
            records.correct_incidents(actor=work.actor, rows=things, values=wanted)
            for row, thing in zip(changing, things, strict=True):
                work.changed(row, thing, row.changes)

    def called(self, values: Values) -> str:
        """The pupil."""
        return pupil_here.called(values) if values else ""

    def in_words(self, name: str, value: Any) -> str:
        """Give a value as a page shows it."""
        if value is None or value == "":
            return ""
        if name == "on":
            return words.day(date.fromisoformat(value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(value)

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """The pupils that a row could be of."""
        return pupil_candidates(actor, rows)


class _Held:
    """The entries that stand here in the days of a list, and those that people marked as wrong.

    Entries that say the same are taken in their order: the first row of the list is the first of
    them.
    """

    def __init__(self, org: Organisation, rows: Sequence[Values]) -> None:
        days = [values["on"] for values in rows]
        every: list[Incident] = []
        if days:
            then = Q(on__range=(min(days), max(days)))
            if any(values.get("source_id") for values in rows):
                then |= ~Q(source_id="")  # whose day may have been another
            found = Incident.objects.filter(then, org=org)
            every = list(found.order_by("number", "id"))
        wrong = {row.pk for row in whose.marked_wrong(r for r in every if r.in_error)}
        self._left: dict[Key, list[Incident]] = defaultdict(list)
        for row in every:
            if not row.in_error or row.pk in wrong:
                self._left[_key_of(row)].append(row)
        self._seen: dict[Key, Values] = {}

    def beside(self, known: Known, values: Values) -> Beside:
        """Lay one row beside them."""
        key = _key(known.pk, values)
        if values.get("source_id"):
            if key in self._seen:
                same = all(values.get(n) == self._seen[key].get(n) for n in BRINGS)
                again = [sentence(whose.TWICE_THE_SAME)]
                return (
                    whose.settled(known, [], new=False, reasons=again)
                    if same
                    else whose.refused(NUMBER_TWICE)
                )
            self._seen[key] = values
        left = self._left.get(key)
        if not left:
            shown = [change(n, None, values[n]) for n in BRINGS if values.get(n) not in (None, "")]
            return whose.settled(known, [c for c in shown if c["after"] is not False],
                                 new=True, reasons=())  # fmt: skip
        return self._differing(known, left.pop(0), values)

    def _differing(self, known: Known, there: Incident, values: Values) -> Beside:
        if there.in_error:
            return whose.settled(known, [], new=False, reasons=[whose.said_wrong(there)])
        changes = [
            change(name, plainly(getattr(there, name)), values[name]) | {"of": there.pk}
            for name in OF_AN_INCIDENT
            if name in values and values[name] != plainly(getattr(there, name))
        ]
        if changes and there.origin == Origin.HAND:
            reason = sentence(whose.BY_HAND, what=say(date.fromisoformat(values["on"])))
            return whose.settled(known, [], new=False, reasons=[reason])
        return whose.settled(known, changes, new=False, reasons=())


def plainly(value: Any) -> Any:
    """Give a value of the record as a list says it."""
    return value.isoformat() if isinstance(value, date) else value


def _key(pupil: int, values: Values) -> Key:
    if source := values.get("source_id"):
        return pupil, source
    told = fingerprint(values["category"], values.get("words", ""), values.get("place", ""))
    return pupil, values["on"], told


def _key_of(row: Incident) -> Key:
    if row.source_id:
        return row.pupil_id, row.source_id
    return row.pupil_id, row.on.isoformat(), row.fingerprint


def _as_python(values: Values) -> dict[str, Any]:
    days = {"on": date.fromisoformat(values["on"])} if "on" in values else {}
    return {**values, **days}
