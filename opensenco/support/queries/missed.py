"""Who might be missed: pupils without a SEN status whose record shows signs, with their reasons.

The list decides nothing. Who stands in it is a condition that the database works out; the reasons
are put into words for the pupils of one page alone, from the same numbers (`concerns.signs`), which
each place can set.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.concerns.models import Concern, SetAside
from opensenco.concerns.signs import Numbers, numbers_of
from opensenco.concerns.states import WAITING, ConcernState
from opensenco.people.days import on_roll
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.people.queries import attach_classes
from opensenco.support.models import AssessmentResult, Attendance, Incident
from opensenco.support.queries.choosing import CODED_Q, statuses
from opensenco.support.queries.records import AttendanceLine, ResultLine
from opensenco.support.states import Measure

PAGE = 50
ENGLISH = "english"
SCORED = (Measure.STANDARDISED, Measure.SCALED)
#: the signs there are, by the word of the address, and the verb that reads what each rests on
SIGNS: dict[str, tuple[Promise, Action]] = {
    "attendance": (gettext_lazy("Attendance"), Action.ATTENDANCE_VIEW),
    "results": (gettext_lazy("Results"), Action.ASSESSMENT_VIEW),
    "behaviour": (gettext_lazy("Behaviour"), Action.BEHAVIOUR_VIEW),
    "concerns": (gettext_lazy("Several concerns"), Action.CONCERN_TRIAGE),
}


@dataclass(frozen=True)
class MissedRow:
    """One pupil with the signs, in words, and whoever set them aside."""

    pupil: Pupil
    reasons: list[str]
    language: str
    aside: SetAside | None

    @property
    def signs(self) -> str:
        """The reasons as one text."""
        return "\n".join(self.reasons)


def missed(
    actor: Actor, *, sign: str = "", group: Group | None = None, aside: bool = False
) -> QuerySet[Pupil]:
    """Give the pupils without a SEN status who show a sign, those with the most signs first.

    A pupil about whom a concern is open is in hand already. What rests on records that this actor
    may not read is no sign for them.

    Args:
        sign: a key of SIGNS; empty for any. group: only pupils of this class or group today.
        aside: those who were set aside until a day to come, instead of the others.
    """
    today = actor.today
    of = OuterRef("pk")
    rows = visible(actor, Action.CONCERN_TRIAGE, Pupil).filter(on_roll(today))
    rows = rows.exclude(Exists(statuses(today).filter(CODED_Q, pupil=of)))
    waiting = Concern.objects.filter(pupil=of, state__in=WAITING, in_error_at__isnull=True)
    rows = rows.exclude(Exists(waiting))
    held = Exists(SetAside.objects.filter(pupil=of, until__gte=today))
    rows = rows.filter(held) if aside else rows.exclude(held)
    if group is not None:
        inside = GroupPupil.objects.filter(on_day(today), pupil=of, group=group)
        rows = rows.filter(Exists(inside))
    found = _of_places(actor)
    counted: Any = Value(0)
    shown = Q(pk__in=[])
    for name, condition in found.items():
        if sign in ("", name):
            shown |= condition
        counted = counted + Case(
            When(condition, then=Value(1)), default=Value(0), output_field=IntegerField()
        )
    rows = rows if aside and not sign else rows.filter(shown)
    return rows.annotate(many=counted).order_by("-many", "sort_key", "id")


def _of_places(actor: Actor) -> dict[str, Q]:
    """Give each sign as a condition, by the numbers of the place that each pupil is at."""
    found: dict[str, Q] = {}
    by = _by_numbers(numbers_of(actor.hat.orgs, actor.today))
    for numbers, orgs in by.items():
        for name, condition in _conditions(actor, numbers).items():
            there = condition if len(by) == 1 else Q(org__in=orgs) & condition
            found[name] = found[name] | there if name in found else there
    return found


def _by_numbers(given: Mapping[int, Numbers]) -> dict[Numbers, list[int]]:
    found: dict[Numbers, list[int]] = {}
    for key, numbers in given.items():
        found.setdefault(numbers, []).append(key)
    return found


def _conditions(actor: Actor, by: Numbers) -> dict[str, Q]:
    given = {
        "attendance": _absent, "results": _low, "behaviour": _trouble, "concerns": _worried,
    }  # fmt: skip
    return {
        name: given[name](actor.today, by)
        for name, (_words, verb) in SIGNS.items()
        if actor.can_somewhere(verb)
    }


def _absent(today: date, by: Numbers) -> Q:
    since = today - timedelta(days=by.attendance_days)
    figure = FloatField()
    sessions = ExpressionWrapper(
        Cast(F("attended"), figure) * Value(100.0) / Cast(F("possible"), figure),
        output_field=figure,
    )
    share = Coalesce(Cast(F("percent"), figure), sessions, output_field=figure)
    spans = _attendance().filter(pupil=OuterRef("pk"))
    spans = spans.annotate(share=share).order_by("-ends", "-starts", "-id")
    last = Subquery(spans.filter(ends__gte=since).values("share")[:1])
    before = Subquery(spans.values("share")[1:2])
    rows = Pupil.objects.annotate(last_share=last, share_before=before).filter(
        Q(last_share__lte=by.attendance) | Q(share_before__gte=F("last_share") + by.fell_by)
    )
    return Q(pk__in=rows.values("pk"))


def _low(today: date, by: Numbers) -> Q:
    since = today - timedelta(days=by.result_days)
    same = {name: OuterRef(name) for name in ("pupil", "test", "area", "measure")}
    later = _results().filter(**same, on__gt=OuterRef("on"))
    higher = _results().filter(
        **same, on__lt=OuterRef("on"), number__gte=OuterRef("number") + by.score_fell_by
    )
    last = _results().filter(~Exists(later), measure__in=SCORED, on__gte=since)
    found = last.filter(Q(number__lte=by.score) | Q(Exists(higher)))
    return Q(Exists(found.filter(pupil=OuterRef("pk"))))


def _trouble(today: date, by: Numbers) -> Q:
    rows = _incidents(today, by).values("pupil").annotate(n=Count("pk"))
    return Q(pk__in=rows.filter(n__gte=by.incidents).values("pupil"))


def _worried(today: date, by: Numbers) -> Q:
    rows = _concerns(today, by).values("pupil").annotate(n=Count("pk"))
    return Q(pk__in=rows.filter(n__gte=by.concerns).values("pupil"))


def _attendance() -> QuerySet[Attendance]:
    return Attendance.objects.filter(in_error_at__isnull=True)


def _results() -> QuerySet[AssessmentResult]:
    return AssessmentResult.objects.filter(in_error_at__isnull=True, number__isnull=False)


def _incidents(today: date, by: Numbers) -> QuerySet[Incident]:
    since = today - timedelta(days=by.incident_days)
    return Incident.objects.filter(in_error_at__isnull=True, praise=False, on__gte=since).order_by()


def _concerns(today: date, by: Numbers) -> QuerySet[Concern]:
    since = today - timedelta(days=by.concern_days)
    rows = Concern.objects.filter(in_error_at__isnull=True, raised_on__gte=since)
    return rows.exclude(outcome=ConcernState.SEN_SUPPORT).order_by()


def in_words(actor: Actor, pupils: Sequence[Pupil]) -> list[MissedRow]:
    """Put the signs of some pupils into words; as often asked, however many they are."""
    ids = [one.pk for one in pupils]
    attach_classes(pupils, actor.today)
    told: dict[int, list[str]] = {pk: [] for pk in ids}
    numbers = numbers_of({one.org_id for one in pupils}, actor.today)
    # once for all pupils of places that have the same numbers: nearly always all of them
    for by, some in _by_numbers({one.pk: numbers[one.org_id] for one in pupils}).items():
        for name, tell in _TELL.items():
            if actor.can_somewhere(SIGNS[name][1]):
                for pk, words in tell(actor.today, some, by):
                    told[pk].append(words)
    aside: dict[int, SetAside] = {}
    rows = SetAside.objects.filter(pupil__in=ids).select_related("person")
    for row in rows.order_by("at", "id"):
        aside[row.pupil_id] = row
    return [MissedRow(one, told[one.pk], _language(one), aside.get(one.pk)) for one in pupils]


def _language(pupil: Pupil) -> str:
    spoken = pupil.home_language.strip()
    return "" if spoken.casefold() in ("", ENGLISH) else spoken


Told = Iterable[tuple[int, str]]


def _tell_attendance(today: date, ids: list[int], by: Numbers) -> Told:
    spans: dict[int, list[AttendanceLine]] = {}
    rows = _attendance().filter(pupil__in=ids).order_by("-ends", "-starts", "-id")
    for row in rows:
        spans.setdefault(row.pupil_id, []).append(AttendanceLine(row))
    oldest = today - timedelta(days=by.attendance_days)
    for pk, lines in spans.items():
        last, before = lines[0], lines[1] if len(lines) > 1 else None
        if last.row.ends < oldest:
            continue
        span = {"percent": last.percent, "first": _day(last.row.starts),
                "last": _day(last.row.ends)}  # fmt: skip
        if last.at_or_below(by.attendance):
            yield pk, _("Attendance %(percent)s per cent from %(first)s to %(last)s.") % span
        if before is not None and before.percent - last.percent >= by.fell_by:
            yield (
                pk,
                _(
                    "Attendance fell to %(percent)s per cent until %(last)s; before that it was "
                    "%(before)s per cent."
                )
                % (span | {"before": before.percent}),
            )


def _tell_results(today: date, ids: list[int], by: Numbers) -> Told:
    oldest = today - timedelta(days=by.result_days)
    series: dict[tuple[Any, ...], list[AssessmentResult]] = {}
    rows = _results().filter(pupil__in=ids, measure__in=SCORED).order_by("on", "id")
    for row in rows:
        series.setdefault((row.pupil_id, row.test, row.area, row.measure), []).append(row)
    for (pk, *_which), results in series.items():
        last = results[-1]
        if last.on < oldest or last.number is None:
            continue
        said = {"test": ResultLine(last).name, "score": last.number.normalize(),
                "on": _day(last.on)}  # fmt: skip
        if last.number <= by.score:
            yield pk, _("%(test)s: a score of %(score)s on %(on)s.") % said
        best = max(results, key=lambda one: one.number or 0)
        if best.number is not None and best.number - last.number >= by.score_fell_by:
            yield (
                pk,
                _("%(test)s: from %(best)s on %(then)s to %(score)s on %(on)s.")
                % (said | {"best": best.number.normalize(), "then": _day(best.on)}),
            )


def _tell_behaviour(today: date, ids: list[int], by: Numbers) -> Told:
    counted = _incidents(today, by).filter(pupil__in=ids).values("pupil")
    since = _day(today - timedelta(days=by.incident_days))
    for row in counted.annotate(n=Count("pk"), last=Max("on")).order_by("pupil"):
        if row["n"] >= by.incidents:
            yield (
                row["pupil"],
                ngettext(
                    "%(num)s entry of the behaviour log since %(since)s, the last on %(last)s.",
                    "%(num)s entries of the behaviour log since %(since)s, the last on %(last)s.",
                    row["n"],
                )
                % {"num": row["n"], "since": since, "last": _day(row["last"])},
            )


def _tell_concerns(today: date, ids: list[int], by: Numbers) -> Told:
    counted = _concerns(today, by).filter(pupil__in=ids).values("pupil")
    since = _day(today - timedelta(days=by.concern_days))
    for row in counted.annotate(n=Count("pk"), last=Max("raised_on")).order_by("pupil"):
        if row["n"] >= by.concerns:
            yield (
                row["pupil"],
                ngettext(
                    "%(num)s concern since %(since)s, the last on %(last)s.",
                    "%(num)s concerns since %(since)s, the last on %(last)s.",
                    row["n"],
                )
                % {"num": row["n"], "since": since, "last": _day(row["last"])},
            )


_TELL = {
    "attendance": _tell_attendance,
    "results": _tell_results,
    "behaviour": _tell_behaviour,
    "concerns": _tell_concerns,
}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
