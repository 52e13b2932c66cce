"""Which records may be of one child, what was made one, and what was written since."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.registry import visible
from opensenco.cases.joining.rows import about_pupils, moves, since
from opensenco.cases.joining.rows import written_beside as written_beside
from opensenco.cases.operations.one_child import BY_SOURCE, HANGS_ON
from opensenco.gate.rows import find
from opensenco.kernel.refs import RefConverter
from opensenco.kernel.text import search_key
from opensenco.people.models import (
    Contact,
    Different,
    FormerIdentity,
    GroupPupil,
    Joining,
    Pupil,
)
from opensenco.people.queries import attach_classes
from opensenco.people.who_was import called_or_numbered

MOST_PAIRS = 100
MOST_FOUND = 20

#: what a row is called where somebody says whose it is; nothing of its content is told
CALLED: dict[str, Promise] = {
    "people.Contact": gettext_lazy("A contact"),
    "people.CareStatus": gettext_lazy("A care status"),
    "people.HealthAlert": gettext_lazy("A health alert"),
    "people.GroupPupil": gettext_lazy("A place in a class or group"),
    "people.RollSpell": gettext_lazy("An earlier stay on the roll"),
    "people.DualRegistration": gettext_lazy("Another setting whose roll they are on too"),
    "people.Assignment": gettext_lazy("An adult who is assigned"),
    "people.FormerIdentity": gettext_lazy("An earlier name or number"),
    "cases.LoggedContact": gettext_lazy("A contact that was logged"),
    "cases.TimeEntry": gettext_lazy("Working time"),
    "concerns.Concern": gettext_lazy("A concern"),
    "concerns.Diagnosis": gettext_lazy("A diagnosis"),
    "concerns.Observation": gettext_lazy("An observation"),
    "concerns.Programme": gettext_lazy("A short programme"),
    "concerns.Referral": gettext_lazy("A referral"),
    "concerns.ReferralAdvice": gettext_lazy("What a service advised"),
    "support.AccessDecision": gettext_lazy("A decision on an adjustment"),
    "participation.AskRound": gettext_lazy("What people were asked"),
    "participation.Asked": gettext_lazy("What one person was asked"),
    "meetings.Meeting": gettext_lazy("A meeting"),
    "threads.Message": gettext_lazy("A message among staff"),
    "threads.SencoQuestion": gettext_lazy("A question to the SENCO"),
    "threads.Advice": gettext_lazy("Something that was taught"),
    "threads.ClassNote": gettext_lazy("A note of a class"),
    "support.SenStatus": gettext_lazy("A SEN status"),
    "support.Need": gettext_lazy("A need"),
    "support.Cycle": gettext_lazy("A plan"),
    "support.Profile": gettext_lazy("A one-page profile"),
    "cases.Departure": gettext_lazy("A departure from guidance"),
    "staffing.StandIn": gettext_lazy("Who stands in with them"),
    "costing.TopUp": gettext_lazy("Top-up that comes in"),
    "ehc.EhcPlan": gettext_lazy("The card of an EHC plan"),
    "ehc.EhcLine": gettext_lazy("A row of an EHC plan"),
    "ehc.EhcTie": gettext_lazy("What gives a row of an EHC plan"),
    "handover.HandOverPupil": gettext_lazy("What was handed over"),
    "support.Strategy": gettext_lazy("Something every adult does"),
    "support.Adjustment": gettext_lazy("An adjustment"),
    "support.HomeAction": gettext_lazy("Something the family does"),
    "support.ConditionNote": gettext_lazy("A note on a condition"),
    "support.OwnFieldValue": gettext_lazy("What a field of the school’s own says"),
    "support.NeedRating": gettext_lazy("A rating of how much help is needed"),
    "support.Attendance": gettext_lazy("Figures of attendance"),
    "support.AssessmentResult": gettext_lazy("A result of a test or assessment"),
    "support.Incident": gettext_lazy("An entry of the behaviour log"),
    "provision.Allocation": gettext_lazy("A provision"),
    "provision.Timetable": gettext_lazy("The hours of a provision"),
    "documents.Document": gettext_lazy("A paper"),
    "documents.Hold": gettext_lazy("What holds their papers"),
    "documents.PupilPhoto": gettext_lazy("A photo, and who said yes to it"),
    "letters.MailingLetter": gettext_lazy("A letter that is being written"),
    "network.Prepared": gettext_lazy("A pack for another organisation"),
    "protection.DataRequest": gettext_lazy("A request about personal data"),
}
#: what is only ever added to, and told by its number; of safeguarding notes nothing is told
COUNTED = frozenset({"cases.Fact", "provision.Aim", "provision.Point", "provision.Session"})
#: what only some may know that it is there: rows that the verb does not reach are not told of
ASKED: dict[str, Action] = {
    "people.CareStatus": Action.CARE_VIEW,
    "people.HealthAlert": Action.HEALTH_VIEW,
    "people.FormerIdentity": Action.FORMER_NAMES,
    "cases.LoggedContact": Action.CONTACT_VIEW,
    "cases.TimeEntry": Action.TIME_VIEW,
    "letters.MailingLetter": Action.LETTER_WRITE,
    "concerns.Concern": Action.CONCERN_TRIAGE,
    "concerns.Diagnosis": Action.HEALTH_VIEW,
    "concerns.Observation": Action.OBSERVATION_VIEW,
    "participation.AskRound": Action.ASK_SEND,
    "participation.Asked": Action.ASK_SEND,
    "meetings.Meeting": Action.MEETING_VIEW,
    "threads.Message": Action.THREAD_JOIN,
    "threads.SencoQuestion": Action.SENCO_ASK,
    "threads.Advice": Action.SENCO_ASK,
    "threads.ClassNote": Action.THREAD_JOIN,
    "support.OwnFieldValue": Action.PUPIL_HISTORY,
    "support.Incident": Action.BEHAVIOUR_VIEW,
    "support.Attendance": Action.ATTENDANCE_VIEW,
    "documents.Document": Action.DOCUMENT_VIEW,
    "documents.Hold": Action.DOCUMENT_VIEW,
    "documents.PupilPhoto": Action.PROFILE_VIEW,
    "protection.DataRequest": Action.REQUEST_HANDLE,
}


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one child, and what speaks for it."""

    one: Pupil
    other: Pupil
    why: tuple[str, ...]


def pairs(actor: Actor) -> list[Pair]:
    """Give the records that may be of one child and of which nobody has said that they are two.

    They have a name and a birth date in common, a number that is or was of both, or a birth date
    and one name, where one has a temporary number and the other a permanent one.
    """
    rows = list(visible(actor, Action.RECORDS_MEND, Pupil).order_by("org_id", "id"))
    apart = set(Different.objects.values_list("pupil_id", "other_id"))
    found: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for (one, other), why in _alike(actor, rows):
        if (one.pk, other.pk) not in apart:
            found[one.pk, other.pk][why] = None
    by_id = {row.pk: row for row in rows}
    shown = [Pair(by_id[a], by_id[b], tuple(why)) for (a, b), why in found.items()]
    shown = sorted(shown, key=lambda pair: (-len(pair.why), pair.one.sort_key, pair.one.pk))
    attach_classes(
        [row for pair in shown[:MOST_PAIRS] for row in (pair.one, pair.other)], actor.today
    )
    return shown[:MOST_PAIRS]


Two = tuple[tuple[Pupil, Pupil], str]


def _alike(actor: Actor, rows: list[Pupil]) -> Iterable[Two]:
    """Give pairs, the older record first, with why they look alike."""
    names = {row.pk: _names(row) for row in rows}
    numbers: dict[int, set[str]] = {row.pk: {row.upn} - {""} for row in rows}
    for former in visible(actor, Action.FORMER_NAMES, FormerIdentity).order_by("id"):
        if former.pupil_id not in names:
            continue
        if former.upn:
            numbers[former.pupil_id].add(former.upn)
        else:
            names[former.pupil_id].add(search_key(f"{former.first_name} {former.last_name}"))
    same, number = _("The same name and date of birth"), _("A UPN of the one is or was the other’s")
    yield from _sharing(rows, lambda row: {(row.birth_date, n) for n in names[row.pk]}, same)
    yield from _sharing(rows, lambda row: numbers[row.pk], number)
    for two, _why in _sharing(rows, lambda row: _born_and_part(row, names[row.pk]), ""):
        if {row.upn[-1:].isalpha() for row in two if row.upn} == {True, False}:
            yield two, _("A temporary UPN beside a permanent one, and the same date of birth")


def _names(row: Pupil) -> set[str]:
    firsts = {row.first_name, row.known_as} - {""}
    return {search_key(f"{first} {row.last_name}") for first in firsts}


def _born_and_part(row: Pupil, names: set[str]) -> set[tuple[date, str]]:
    return {(row.birth_date, word) for name in names for word in name.split()}


def _sharing(rows: list[Pupil], keys: Any, why: str) -> Iterable[Two]:
    holders: dict[Any, list[Pupil]] = defaultdict(list)
    for row in rows:
        for key in sorted(keys(row), key=str):
            holders[row.org_id, key].append(row)
    for several in holders.values():
        for place, one in enumerate(several):
            for other in several[place + 1 :]:
                yield (one, other), why


def told_apart(actor: Actor) -> list[Different]:
    """Give the pairs of which somebody said that they are two children, the newest first."""
    rows = visible(actor, Action.RECORDS_MEND, Pupil).values("pk")
    found = Different.objects.filter(pupil__in=rows, other__in=rows)
    return list(
        found.select_related("pupil", "other", "person").order_by("-at", "-id")[:MOST_PAIRS]
    )


def joinings(actor: Actor) -> list[Joining]:
    """Give what was made one and not parted since, the newest first."""
    rows = visible(actor, Action.RECORDS_MEND, Joining).filter(parted_at__isnull=True)
    return list(
        rows.select_related("pupil__same_as", "other", "by").order_by("-at", "-id")[:MOST_PAIRS]
    )


def joining(actor: Actor, ref: uuid.UUID) -> Joining:
    """Give what was made one, by its reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.RECORDS_MEND, Joining, ref, "pupil", "other", "by", "org")


def set_aside(actor: Actor) -> list[Pupil]:
    """Give the pupils who were added in error, the last first; not those made one with another."""
    rows = Pupil.objects.filter(
        org__in=actor.hat.orgs, in_error_at__isnull=False, same_as__isnull=True
    )
    if not actor.can_somewhere(Action.RECORDS_MEND):
        return []
    return list(rows.select_related("in_error_by").order_by("-in_error_at", "-id")[:MOST_PAIRS])


@dataclass(frozen=True)
class Written:
    """Something written since two records were made one: its key, what it is, when and by whom."""

    key: str
    what: str
    at: datetime | None
    by: str


@dataclass(frozen=True)
class Since:
    """What was written since: what can be given to either, and how much stays where it is."""

    rows: list[Written]
    stays: int


def written_since(actor: Actor, row: Joining) -> Since:
    """Give what was written in the one record since it was made of two.

    Of what this actor may not read nothing is told, not even that it is there: it stays with the
    record that went on.
    """
    found, stays = [], 0
    for model in about_pupils():
        label = model._meta.label
        if not moves(model):
            if label in COUNTED:
                stays += since(row, model).count()
            continue
        if label in HANGS_ON or label in BY_SOURCE:
            continue
        rows = since(row, model)
        if verb := ASKED.get(label):
            rows = rows.filter(pk__in=visible(actor, verb, model).values("pk"))
        called = str(CALLED[label])
        found += [_told(one, called) for one in rows]
    return Since(found, stays)


def _told(row: Model, called: str) -> Written:
    history: Any = getattr(type(row), "history", None)
    first = history.filter(id=row.pk).order_by("history_id").first() if history else None
    who = Person.objects.filter(pk=first.history_user_id).first() if first else None
    return Written(
        f"{row._meta.label}:{row.ref}",  # type: ignore[attr-defined]
        called,
        first.history_date if first else None,
        who.name if who else "",
    )


def who_will_see(actor: Actor, one: Pupil, other: Pupil) -> list[str]:
    """Name the parents and carers who see one of two records and would then see the one."""
    rows = Contact.objects.filter(
        Q(pupil=one) | Q(pupil=other), may_see=True, barred=False, in_error_at__isnull=True
    )
    may = visible(actor, Action.CONTACT_VIEW, Contact).filter(pk__in=rows.values("pk"))
    return list(dict.fromkeys(may.order_by("name", "id").values_list("name", flat=True)))


def other_record(actor: Actor, ref: str) -> Pupil | None:
    """Give the record that an address names beside the first; None where it names none of ours."""
    try:
        wanted = RefConverter().to_python(ref)
    except ValueError:
        return None
    rows = visible(actor, Action.RECORDS_MEND, Pupil).filter(ref=wanted)
    found: Pupil | None = rows.select_related("org").first()
    return found


def records_called(actor: Actor, words: str, but: Pupil) -> list[Pupil]:
    """Give the pupils of the same setting whom words find, to be looked at beside a record."""
    if not search_key(words):
        return []
    rows = visible(actor, Action.RECORDS_MEND, Pupil).filter(
        called_or_numbered(actor, words), org=but.org_id
    )
    found = list(rows.exclude(pk=but.pk).order_by("sort_key", "id")[:MOST_FOUND])
    attach_classes(found, actor.today)
    return found


def places_of(actor: Actor, pupil: Pupil) -> list[GroupPupil]:
    """Give the places in classes and groups of a pupil, the newest first."""
    rows = visible(actor, Action.CLASS_EDIT, GroupPupil).filter(pupil=pupil, withdrawn=False)
    return list(rows.select_related("group").order_by("-starts", "-id"))


def place(actor: Actor, ref: uuid.UUID) -> GroupPupil:
    """Give a place in a class or group, by its reference.

    Raises:
        NotFound, NotYours: see `gate.rows.find`.
    """
    return find(actor, Action.CLASS_EDIT, GroupPupil, ref, "group", "pupil", "org")


def parts_of(pupil: Pupil) -> list[Organisation]:
    """Give the parts of the setting that a pupil belongs to."""
    rows = Organisation.objects.filter(parent=pupil.org_id, kind=Organisation.Kind.PART)
    return list(rows.order_by("name", "id"))


def pupil_set_aside(actor: Actor, ref: str) -> Pupil | None:
    """Give one of those who were added in error, by the reference that a form chose."""
    return next((row for row in set_aside(actor) if str(row.ref) == ref), None)
