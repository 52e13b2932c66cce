"""How far a place has come from nothing to a working record: read from the record each time.

No step is ticked. A step is done because its rows are there, and open again when they are gone.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Invitation, Membership, Organisation
from opensenco.access.questions import question
from opensenco.access.registry import visible
from opensenco.access.roles import BY_CODE
from opensenco.cases.models import CalendarDays
from opensenco.exchange.kinds.known import kind_of
from opensenco.exchange.models import FileImport, SetAside
from opensenco.exchange.operations.first_people import peopled
from opensenco.exchange.register_queries import settings_below
from opensenco.exchange.states import STEPS_ABOVE, STEPS_HERE, State, Step
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.people.models import Contact, Group, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import come, on_day
from opensenco.people.states import GroupKind
from opensenco.support.models import SenStatus
from opensenco.support.queries.choosing import standing_needs, statuses
from opensenco.support.states import Status

GUESTS = tuple(code for code, role in BY_CODE.items() if role.guest)
CODED = (Status.EHC_PLAN, Status.SEN_SUPPORT)
#: the verb without which a step is not this person's to do
VERBS = {
    Step.TERMS: Action.CALENDAR_EDIT,
    Step.STAFF: Action.PEOPLE_MANAGE,
    Step.PUPILS: Action.IMPORT_PUPILS,
    Step.CLASSES: Action.CLASS_EDIT,
    Step.CONTACTS: Action.CONTACT_EDIT,
    Step.SEN: Action.STATUS_SET,
    Step.TEAM: Action.PEOPLE_MANAGE,
    Step.SETTINGS: Action.SETTING_ADOPT,
    Step.FIRST: Action.SETTING_ADOPT,
}


def steps_for(actor: Actor, steps: Collection[Step]) -> list[Step]:
    """Give the steps that this person can do something about, in order."""
    return [step for step in steps if actor.can_somewhere(VERBS[step])]


@dataclass(frozen=True)
class Offer:
    """What the home page says of the guide.

    Args:
        done: how many of `steps` have begun or were put off.
        ahead: the first step that has not.
    """

    org: Organisation
    done: int
    steps: int
    ahead: Step


def offered(actor: Actor) -> Offer | None:
    """Give the guide of the first place that has not finished it or put it away; one question."""
    here = actor.can_somewhere(Action.IMPORT_PUPILS)
    if not here and not actor.can_somewhere(Action.SETTING_ADOPT):
        return None
    steps = steps_for(actor, STEPS_HERE if here else STEPS_ABOVE)
    for org in (_begun_here if here else _begun_above).ask(actor):
        ahead = [one for one in steps if not _settled(org, one)]
        if ahead and not getattr(org, f"aside_{Step.GUIDE}"):
            return Offer(org, len(steps) - len(ahead), len(steps), ahead[0])
    return None


def _settled(org: Organisation, step: Step) -> bool:
    return bool(getattr(org, f"has_{step}", False) or getattr(org, f"aside_{step}"))


def _with_asides(rows: QuerySet[Any, Any], steps: Collection[Step]) -> QuerySet[Any, Any]:
    put_off = SetAside.objects.filter(org=OuterRef("pk"), taken_up_at__isnull=True)
    asides = {f"aside_{one}": Exists(put_off.filter(step=one)) for one in (*steps, Step.GUIDE)}
    ordered: QuerySet[Any, Any] = rows.annotate(**asides).order_by("name", "id")
    return ordered


def _terms() -> Exists:
    return Exists(CalendarDays.objects.filter(org=OuterRef("pk"), taken_back_at__isnull=True))


@question
def _begun_here(actor: Actor) -> QuerySet[Organisation]:
    of_place: dict[str, Any] = {"org": OuterRef("pk")}
    others = Membership.objects.filter(withdrawn=False, **of_place).exclude(role__in=GUESTS)
    others = others.exclude(person=actor.person)
    pupils = Pupil.objects.filter(in_error_at__isnull=True, **of_place)
    coded = SenStatus.objects.filter(in_error_at__isnull=True, code__in=CODED, **of_place)
    classes = Group.objects.filter(ended_on__isnull=True, kind=GroupKind.CLASS, **of_place)
    rows = visible(actor, Action.IMPORT_PUPILS, Organisation).annotate(
        has_terms=_terms(),
        has_staff=Exists(others),
        has_pupils=Exists(pupils),
        has_classes=Exists(classes),
        has_contacts=Exists(Contact.objects.filter(in_error_at__isnull=True, **of_place)),
        has_sen=Exists(coded),
        has_team=Exists(others.filter(come())),
    )
    return _with_asides(rows, STEPS_HERE)


@question
def _begun_above(actor: Actor) -> QuerySet[Organisation]:
    below = Organisation.objects.filter(added_by=OuterRef("pk"))
    rows = visible(actor, Action.SETTING_ADOPT, Organisation).annotate(
        has_terms=_terms(),
        has_settings=Exists(below),
        # whom a setting has invited is the setting's own: it is not asked here
        has_first=Exists(below),
    )
    return _with_asides(rows, STEPS_ABOVE)


@dataclass(frozen=True)
class Readings:
    """What the record of a place holds today, by what the guide asks for.

    Args:
        years: the school years that were entered, by the year in which they begin; `this_year` is
            the one that today lies in.
        staff: colleagues with a role today or to come, oneself left out.
        come: those of them who can sign in; `waiting`: roles whose person has not come yet.
        classless: pupils on roll who are in no class.
        reachable: pupils with a contact.
        unranked: pupils with a status and no need ranked.
        nobody: settings that were brought here and in which nobody has a role yet.
        files: lists that were read in and wait, by kind of list, the oldest of each.
        aside: the steps that were put off.
    """

    org: Organisation
    years: list[int]
    this_year: int
    staff: int = 0
    come: int = 0
    waiting: int = 0
    pupils: int = 0
    classless: int = 0
    reachable: int = 0
    classes: int = 0
    taught: int = 0
    plans: int = 0
    support: int = 0
    unranked: int = 0
    settings: int = 0
    nobody: int = 0
    files: dict[str, FileImport] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()

    @property
    def done(self) -> dict[Step, bool]:
        """Whether each step has begun: the record holds something of it."""
        return {
            Step.TERMS: self.this_year in self.years,
            Step.STAFF: bool(self.staff),
            Step.PUPILS: bool(self.pupils),
            Step.CLASSES: bool(self.classes),
            Step.CONTACTS: bool(self.reachable),
            Step.SEN: bool(self.plans or self.support),
            Step.TEAM: bool(self.come),
            Step.SETTINGS: bool(self.settings),
            Step.FIRST: bool(self.settings) and not self.nobody,
        }

    @property
    def lacking(self) -> frozenset[Step]:
        """The steps that have begun and of which the record still lacks something."""
        lacks = {
            Step.CLASSES: self.classless > 0 or self.taught < self.classes,
            Step.CONTACTS: self.reachable < self.pupils,
            Step.SEN: self.unranked > 0,
            Step.TEAM: self.waiting > 0,
            Step.FIRST: self.nobody > 0,
        }
        return frozenset(step for step, lacking in lacks.items() if lacking)


def readings(actor: Actor, org: Organisation) -> Readings:
    """Read how far a setting has come."""
    return Readings(
        org,
        _years(org),
        AcademicYear.of(actor.today).starts,
        **_staff(actor, org),
        **_pupils(actor, org),
        **_classes(actor, org),
        **_coded(actor, org),
        files=_files(actor, org),
        aside=_aside(org),
    )


def readings_above(actor: Actor, org: Organisation) -> Readings:
    """Read how far an authority, area, trust or agency has come."""
    below = settings_below(frozenset({org.pk}), actor.today)
    year = AcademicYear.of(actor.today).starts
    brought = {one.setting.pk for one in below if one.setting.added_by_id == org.pk}
    nobody = len(brought - peopled(actor, brought))
    return Readings(org, _years(org), year, settings=len(below), nobody=nobody, aside=_aside(org))


def _years(org: Organisation) -> list[int]:
    days = CalendarDays.objects.filter(org=org, taken_back_at__isnull=True, kind=DayKind.TERM)
    return sorted(set(days.values_list("year__starts", flat=True)))


def _staff(actor: Actor, org: Organisation) -> dict[str, int]:
    rows = Membership.objects.filter(org=org, withdrawn=False).exclude(role__in=GUESTS)
    rows = rows.filter(Q(ends__isnull=True) | Q(ends__gte=actor.today)).exclude(person=actor.person)
    found = rows.aggregate(
        staff=Count("person", distinct=True),
        come=Count("person", distinct=True, filter=come()),
    )
    waiting = Invitation.objects.filter(org=org, taken_at__isnull=True, withdrawn_at__isnull=True)
    return {**found, "waiting": waiting.count()}


def _pupils(actor: Actor, org: Organisation) -> dict[str, int]:
    in_class = GroupPupil.objects.filter(
        on_day(actor.today), group__kind=GroupKind.CLASS, pupil=OuterRef("pk")
    )
    contact = Contact.objects.filter(pupil=OuterRef("pk"), in_error_at__isnull=True)
    rows = _on_roll(actor, org).annotate(placed=Exists(in_class), reached=Exists(contact))
    found: dict[str, int] = rows.aggregate(
        pupils=Count("pk"),
        classless=Count("pk", filter=Q(placed=False)),
        reachable=Count("pk", filter=Q(reached=True)),
    )
    return found


def _on_roll(actor: Actor, org: Organisation) -> QuerySet[Pupil]:
    rows = Pupil.objects.filter(org=org, in_error_at__isnull=True)
    return rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=actor.today))


def _classes(actor: Actor, org: Organisation) -> dict[str, int]:
    staff = GroupStaff.objects.filter(on_day(actor.today), group=OuterRef("pk"))
    rows = Group.objects.filter(org=org, kind=GroupKind.CLASS, ended_on__isnull=True)
    found: dict[str, int] = rows.annotate(led=Exists(staff)).aggregate(
        classes=Count("pk"), taught=Count("pk", filter=Q(led=True))
    )
    return found


def _coded(actor: Actor, org: Organisation) -> dict[str, int]:
    if not actor.can_somewhere(Action.REGISTER_VIEW):
        return {}
    held = statuses(actor.today).filter(org=org, code__in=CODED)
    held = held.filter(pupil__in=_on_roll(actor, org).values("pk"))
    first = standing_needs().filter(rank=1, pupil=OuterRef("pupil"))
    found: dict[str, int] = held.annotate(ranked=Exists(first)).aggregate(
        plans=Count("pk", filter=Q(code=Status.EHC_PLAN)),
        support=Count("pk", filter=Q(code=Status.SEN_SUPPORT)),
        unranked=Count("pk", filter=Q(ranked=False)),
    )
    return found


def _files(actor: Actor, org: Organisation) -> dict[str, FileImport]:
    rows = visible(actor, Action.IMPORT_PUPILS, FileImport)
    found: dict[str, FileImport] = {}
    for row in rows.filter(org=org, state__in=[State.READ, State.APPLYING]).order_by("at", "id"):
        found.setdefault(kind_of(row.kind).code.value, row)
    return found


def _aside(org: Organisation) -> frozenset[str]:
    rows = SetAside.objects.filter(org=org, taken_up_at__isnull=True)
    return frozenset(rows.values_list("step", flat=True))
