"""Results of tests and assessments: one in a row, or a row for a pupil and a column for a test."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.exchange.kinds import pupil_here
from opensenco.exchange.kinds.kind import (
    Beside,
    Candidate,
    Change,
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
from opensenco.exchange.readers.any_list import read_list
from opensenco.exchange.readers.assessment_columns import FIELDS, MEASURES, claims
from opensenco.exchange.readers.assessment_row import Common, read_results, result_columns
from opensenco.exchange.readers.fields import Fields
from opensenco.exchange.readers.lists import Table, layout_of
from opensenco.exchange.readers.one_row import OneRow
from opensenco.exchange.readers.record_values import plain
from opensenco.exchange.readers.words import NotUnderstood
from opensenco.exchange.states import ImportKind
from opensenco.kernel.words import Sentence, mark, sentence
from opensenco.people.models import Pupil
from opensenco.support.checking_records import OF_A_RESULT
from opensenco.support.models import AssessmentResult
from opensenco.support.operations import records
from opensenco.support.states import RANGES, Measure, Origin
from opensenco.support.words import score_in_words
from opensenco.ui import words

ASSESSMENT_FIELDS = Fields(
    [*pupil_here.FIELDS, *FIELDS],
    needed=(*pupil_here.NEEDED, tuple(MEASURES)),
    instead=pupil_here.INSTEAD,
    claims=claims,
)
NO_DAY = mark(
    "This list does not say on which day the results were reached. Give the day, and check what "
    "each column holds."
)
DAY_TO_COME = mark("The day of the results is still to come.")
NOTHING_THERE = mark("There is no result in this row.")
LIMITS = {measure.value: ends for measure, ends in RANGES.items()}
Key = tuple[int, str, str, str, str]


class Assessments(Kind):
    """What pupils reached in tests, and how teachers judge them."""

    code = ImportKind.ASSESSMENTS
    fields = ASSESSMENT_FIELDS
    verbs = (Action.ASSESSMENT_VIEW, Action.RECORDS_EDIT)
    telling = frozenset(MEASURES) - {"result_scale"} | {"test"}
    asks_names = True
    once = {"on": gettext_lazy("Day of the results")}
    labels = {"result": gettext_lazy("Result")}
    said = Said(
        title=gettext_lazy("Assessments"),
        file=gettext_lazy("Assessments from %(name)s"),
        looks=gettext_lazy(
            "Either a row for each result, with the test, the day and the score, or a row for each "
            "pupil and a column for each test, such as Reading Age or KS2 Maths Scaled. A day that "
            "no column and no heading says is asked for once."
        ),
        found=gettext_lazy(
            "A pupil has one result of a test, a day and a measure: a later list corrects it."
        ),
        add=ngettext_lazy(
            "Add the results of %(num)s row", "Add the results of %(num)s rows", "num"
        ),
        change=ngettext_lazy(
            "Correct the results of %(num)s row", "Correct the results of %(num)s rows", "num"
        ),
        added=ngettext_lazy("%(num)s row added,", "%(num)s rows added,", "num"),
        nothing_yet=gettext_lazy("No result has been changed."),
        new_one="",
    )

    def read(self, table: Table, reading: Reading, actor: Actor) -> ListFile:
        """Read results, each row with who the pupil is."""
        columns = layout_of(table, ASSESSMENT_FIELDS, reading.columns)
        several = result_columns(table.header, columns)
        once = reading.once.get("on", "")
        if not once and "on" not in columns and not all(one.day for one in several):
            raise NotUnderstood(sentence(NO_DAY))
        if once > actor.today.isoformat():
            raise NotUnderstood(sentence(DAY_TO_COME))
        common = Common(actor.today, once, LIMITS, several)

        def one(row: OneRow) -> Values:
            who = pupil_here.read_pupil(row, reading.name_order)
            return {**who, "results": read_results(row, common)}

        return read_list(table, ASSESSMENT_FIELDS, reading.columns, one)

    def beside(
        self, actor: Actor, org: Organisation, rows: Sequence[Values], decided: Decided
    ) -> list[Beside]:
        """Lay results beside what stands of the same pupils, tests and days."""
        held = _Held(org, rows)
        results = []
        for values, who in zip(rows, whose.whose(actor, org, rows, decided), strict=True):
            if who.beside is not None or who.pupil is None:
                results.append(who.beside or whose.refused(pupil_here.NOBODY))
                continue
            days = [one["on"] for one in values.get("results", ())]
            early = whose.before_birth(who.pupil, min(days)) if days else None
            results.append(who.told(early or held.beside(who.pupil, values)))
        return results

    def apply(self, work: Work) -> None:
        """Record and correct results."""
        here = Pupil.objects.in_bulk({row.pupil_id or 0 for row in work.rows})
        adding = [(row, one) for row, one in _changes(work.rows) if "of" not in one]
        if adding:
            made = records.record_results(
                actor=work.actor,
                pupils=[here[row.pupil_id or 0] for row, _one in adding],
                results=[as_python(one["after"]) for _row, one in adding],
            )
            for (row, one), thing in zip(adding, made, strict=True):
                work.made(row, thing, [one])
        changing = [(row, one) for row, one in _changes(work.rows) if "of" in one]
        if changing:
            there = AssessmentResult.objects.in_bulk([one["of"] for _row, one in changing])
            things = [there[one["of"]] for _row, one in changing]
            wanted = [as_python(_only(one["after"])) for _row, one in changing]
            records.correct_results(actor=work.actor, rows=things, values=wanted)
            for (row, one), thing in zip(changing, things, strict=True):
                work.changed(row, thing, _field_by_field(one))

    def called(self, values: Values) -> str:
        """The pupil."""
        return pupil_here.called(values) if values else ""

    def in_words(self, name: str, value: Any) -> str:
        """Give a result as a page shows it: the test, the day, what was reached."""
        return in_words(value) if value else ""

    def candidates(self, actor: Actor, rows: Sequence[ImportRow]) -> dict[int, list[Candidate]]:
        """The pupils that a row could be of."""
        return pupil_candidates(actor, rows)


class _Held:
    """The results that stand here, those that people marked as wrong, and those of the list."""

    def __init__(self, org: Organisation, rows: Sequence[Values]) -> None:
        days = [one["on"] for values in rows for one in values.get("results", ())]
        every: list[AssessmentResult] = []
        if days:
            found = AssessmentResult.objects.filter(org=org, on__range=(min(days), max(days)))
            every = list(found.order_by("id"))
        self._held = {_key(row.pupil_id, stored(row)): row for row in every if not row.in_error}
        wrong = whose.marked_wrong(row for row in every if row.in_error)
        self._wrong = {_whole_key(row.pupil_id, stored(row)): row for row in wrong}
        self._seen: dict[Key, Values] = {}

    def beside(self, known: Known, values: Values) -> Beside:
        """Lay the results of one row beside them."""
        changes: list[Change] = []
        reasons: list[Sentence] = []
        for one in values.get("results", ()):
            key = _key(known.pk, one)
            if key in self._seen:
                if _reached(self._seen[key]) != _reached(one):
                    return whose.refused(whose.TWICE_OTHERWISE)
                continue
            self._seen[key] = one
            self._one(known, key, one, changes, reasons)
        if not values.get("results"):
            reasons.append(sentence(NOTHING_THERE))
        new = all("of" not in one for one in changes)
        return whose.settled(known, changes, new=new, reasons=reasons)

    def _one(
        self, known: Known, key: Key, one: Values, changes: list[Change], reasons: list[Sentence]
    ) -> None:
        there = self._held.get(key)
        wrong = self._wrong.get(_whole_key(known.pk, one))
        if there is None and wrong is not None:
            reasons.append(whose.said_wrong(wrong))
        elif there is None:
            changes.append(change("result", None, one))
        elif differs(stored(there), one):
            if there.origin == Origin.HAND:
                reasons.append(sentence(whose.BY_HAND, what=in_words(one)))
            else:
                after = {**one, "assessed_by": one["assessed_by"] or there.assessed_by}
                changes.append(change("result", stored(there), after) | {"of": there.pk})


def _changes(rows: Sequence[ImportRow]) -> Iterator[tuple[ImportRow, Change]]:
    return ((row, one) for row in rows for one in row.changes)


def _key(pupil: int, one: Values) -> Key:
    return pupil, one["on"], one["test"].casefold(), one["area"].casefold(), one["measure"]


def _whole_key(pupil: int, one: Values) -> tuple[Any, ...]:
    return (*_key(pupil, one), *_reached(one))


def _reached(one: Values) -> tuple[str | None, str]:
    return one["number"], one["words"]


def differs(held: Values, said: Values) -> bool:
    """Tell whether a list says otherwise; who assessed is no matter where the list does not say."""
    by = said["assessed_by"]
    return _reached(held) != _reached(said) or bool(by and by != held["assessed_by"])


def stored(row: AssessmentResult) -> Values:
    """Give a result of the record as a list would say it."""
    return {
        "test": row.test,
        "area": row.area,
        "on": row.on.isoformat(),
        "assessed_by": row.assessed_by,
        "measure": row.measure,
        "number": plain(row.number) if row.number is not None else None,
        "words": row.words,
    }


def as_python(values: Values) -> dict[str, Any]:
    """Give values as the record holds them: days and exact numbers."""
    found = dict(values)
    if "on" in found:
        found["on"] = date.fromisoformat(found["on"])
    if found.get("number") is not None:
        found["number"] = Decimal(found["number"])
    return found


def _only(values: Values) -> Values:
    return {name: values[name] for name in OF_A_RESULT}


def _field_by_field(one: Mapping[str, Any]) -> list[Change]:
    """Give a corrected result as undoing reads it: each value with what stood before."""
    return [
        change(name, one["before"][name], one["after"][name])
        for name in OF_A_RESULT
        if one["before"][name] != one["after"][name]
    ]


def in_words(one: Values) -> str:
    """Give a result in words: the test, the day, what was reached."""
    test = " ".join(filter(None, (one["test"], one["area"])))
    number = Decimal(one["number"]) if one["number"] is not None else None
    return _("%(test)s, %(day)s: %(reached)s") % {
        "test": test,
        "day": words.day(date.fromisoformat(one["on"])),
        "reached": score_in_words(Measure(one["measure"]), number, one["words"]),
    }
