"""Which pupils a person's verbs reach: the one place where a reach becomes rows."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hats_of
from opensenco.access.cover_models import SencoCover
from opensenco.access.installation import KEEPER
from opensenco.access.models import (
    Invitation,
    LocalRole,
    Membership,
    Organisation,
    Person,
    Tablet,
)
from opensenco.access.reach import Reach
from opensenco.access.registry import NONE, rules
from opensenco.access.scope import Scope, scope
from opensenco.access.signing_in import SecondStepReset
from opensenco.people.days import in_parts
from opensenco.people.models import (
    Assignment,
    CareStatus,
    Contact,
    DualRegistration,
    FormerIdentity,
    Group,
    GroupPupil,
    GroupStaff,
    HealthAlert,
    Joining,
    OutOfDutyOpening,
    Pupil,
    RollSpell,
    YearTurn,
)
from opensenco.people.states import StaffPart

#: verbs that an opening with a typed reason lends until the day ends: looking, never writing
LENT = {
    Action.PUPIL_VIEW,
    Action.PROFILE_VIEW,
    Action.PLAN_VIEW,
    Action.PROVISION_VIEW,
    Action.HEALTH_VIEW,
    Action.ATTENDANCE_VIEW,
    Action.ASSESSMENT_VIEW,
}


#: how apps above bring a colleague near a pupil: conditions over pupils for an actor
_near: list[Callable[[Actor], Q]] = []


def brings_near(condition: Callable[[Actor], Q]) -> None:
    """Say how else somebody works with pupils today, such as by standing in for a colleague."""
    _near.append(condition)


def on_day(day: date, prefix: str = "") -> Q:
    """Give the condition for spans that hold on a day."""
    return Q(**{f"{prefix}starts__lte": day}) & (
        Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gte": day})
    )


def in_an_earlier_stay(day: date) -> Q:
    """Give the condition for pupils who were on the roll on a day in a stay before this one."""
    stays = RollSpell.objects.filter(
        Q(joined_on__isnull=True) | Q(joined_on__lte=day),
        pupil=OuterRef("pk"), left_on__gte=day, in_error_at__isnull=True,
    )  # fmt: skip
    return Q(Exists(stays))


def come() -> Q:
    """Give the condition for memberships whose person has come through their link, if they had one.

    Until then nobody can sign in to them.
    """
    waiting = Invitation.objects.filter(
        membership=OuterRef("pk"), taken_at__isnull=True, withdrawn_at__isnull=True
    )
    return ~Q(Exists(waiting))


def pupils(actor: Actor, action: Action) -> Q:
    """Give the condition over pupils for a verb of this actor, by how far their hat reaches.

    Pupils who were added in error are nobody's.
    """
    reach = actor.hat.reach(action)
    if reach is None:
        return NONE
    return Q(in_error_at__isnull=True) & _by_reach(actor, action, reach)


def beyond(
    actor: Actor, person: Person, ids: Collection[int], verbs: Iterable[Action] = ()
) -> set[int]:
    """Give those of some pupils whose page a colleague cannot open today by their own duty.

    What they opened outside their duty with a reason does not count: it ends with the day.

    Args:
        ids: of pupils within the open scope.
        verbs: what they must also be able to do, each by reach over pupils.
    """
    wanted = {Action.PUPIL_VIEW, *verbs}
    within: dict[Action, set[int]] = {verb: set() for verb in wanted}
    for hat in hats_of(person, actor.today):
        if hat.role.guest:
            continue
        grants = dict(hat.grants)
        grants.pop(Action.OUT_OF_DUTY_OPEN, None)
        asked = Actor(person, replace(hat, grants=grants), actor.at)
        for verb in wanted:
            rows = Pupil.objects.filter(pupils(asked, verb), org__in=hat.orgs, pk__in=ids)
            within[verb] |= set(rows.values_list("pk", flat=True))
    return {pk for pk in ids if not all(pk in within[verb] for verb in wanted)}


def _by_reach(actor: Actor, action: Action, reach: Reach) -> Q:
    if reach is Reach.ALL:
        return Q()
    if reach is Reach.PART:
        return in_parts(actor.today, actor.hat.parts)
    if reach is Reach.CHILD:
        return Q(pk__in=actor.hat.pupils)
    taught = _in_groups_of(actor)
    named = _assigned_to(actor)
    near = taught | named if reach in (Reach.TEACHES, Reach.ASSIGNED) else NONE
    for condition in _near if reach in (Reach.TEACHES, Reach.ASSIGNED) else ():
        near |= condition(actor)
    if action in LENT and actor.can_somewhere(Action.OUT_OF_DUTY_OPEN):
        near |= _opened_with_a_reason(actor)
    return near


def about(actor: Actor, action: Action, *, field: str = "pupil", through: bool = False) -> Q:
    """Give the condition over rows about a pupil, for a verb of this actor.

    Rows about no pupil are reached by who reaches all; rows about one who was added in error by
    nobody. But what was handed to the safeguarding lead stays with them, whatever becomes of the
    record.

    Args:
        field: the row's key to the pupil.
        through: the rows are never changed, so they stay with a record that was made one with
            another: whoever reaches that other reads them.
    """
    reach = actor.hat.reach(action)
    if reach is Reach.ALL:
        return Q() if action is Action.SAFEGUARDING_VIEW else standing(field, through=through)
    if reach is None:
        return NONE
    reached = Pupil.objects.filter(pupils(actor, action))
    found = Q(**{f"{field}__in": reached.values("pk")})
    if through:
        set_aside = Pupil.objects.filter(same_as__in=reached.values("pk"))
        found |= Q(**{f"{field}__in": set_aside.values("pk")})
    return found


def standing(field: str = "pupil", *, through: bool = False) -> Q:
    """Give the condition over rows about no pupil, or about one who was not added in error."""
    stands = Q(**{f"{field}__in_error_at__isnull": True})
    if not through:
        return stands
    one = {f"{field}__same_as__isnull": False, f"{field}__same_as__in_error_at__isnull": True}
    return stands | Q(**one)


def _in_groups_of(actor: Actor) -> Q:
    """Pupils in a group that this person teaches, runs or covers today."""
    mine = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
    if actor.hat.reach(Action.PUPIL_VIEW) is Reach.ASSIGNED:
        mine = mine.filter(does=StaffPart.RUNS)
    inside = GroupPupil.objects.filter(
        on_day(actor.today), pupil=OuterRef("pk"), group__in=mine.values("group")
    )
    return Q(Exists(inside))


def _assigned_to(actor: Actor) -> Q:
    """Pupils assigned to this person by name today."""
    rows = Assignment.objects.filter(on_day(actor.today), person=actor.person, pupil=OuterRef("pk"))
    return Q(Exists(rows))


def _opened_with_a_reason(actor: Actor) -> Q:
    rows = OutOfDutyOpening.objects.filter(
        person=actor.person, day=actor.today, pupil=OuterRef("pk")
    )
    return Q(Exists(rows))


@rules(
    Pupil,
    Action.PUPIL_FIND,
    Action.PUPIL_VIEW,
    Action.PUPIL_EDIT,
    Action.PUPIL_HISTORY,
    Action.CONCERN_RAISE,
    Action.SAFEGUARDING_NOTE,
    Action.REGISTER_VIEW,
    Action.FIELD_FILL,
    Action.STATUS_SET,
    Action.NEEDS_SET,
    Action.PROFILE_VIEW,
    Action.PROFILE_EDIT,
    Action.PLAN_VIEW,
    Action.PLAN_WRITE,
    Action.PLAN_PRINT,
    Action.REVIEW_WRITE,
    Action.ATTENDANCE_VIEW,
    Action.ASSESSMENT_VIEW,
    Action.RECORDS_EDIT,
    Action.BEHAVIOUR_VIEW,
    Action.BEHAVIOUR_EDIT,
    Action.PROVISION_VIEW,
    Action.PROVISION_ALLOCATE,
    Action.SESSION_LOG,
    Action.CONTACT_VIEW,
    Action.CONTACT_EDIT,
    Action.CONTACT_LOG,
    Action.LETTER_WRITE,
    Action.CARE_VIEW,
    Action.CARE_EDIT,
    Action.HEALTH_VIEW,
    Action.HEALTH_EDIT,
    Action.ACCESS_LOG_VIEW,
    Action.PACK_GATHER,
    Action.PACK_SEND,
    Action.CLASS_EDIT,
    Action.YEAR_TURN,
    Action.OUT_OF_DUTY_OPEN,
    Action.FORMER_NAMES,
    Action.GUARDED_NAMES,
    Action.RECORDS_MEND,
    Action.TIME_LOG,
)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils, by reach. A reason is asked of any colleague who may give one, for any pupil."""
    return pupils(actor, action)


@rules(GroupPupil, Action.CLASS_EDIT)
@rules(RollSpell, Action.PUPIL_EDIT)
@rules(DualRegistration, Action.PUPIL_EDIT, Action.RECORD_INVALIDATE)
@rules(Contact, Action.CONTACT_VIEW, Action.CONTACT_EDIT, Action.RECORD_INVALIDATE)
@rules(CareStatus, Action.CARE_VIEW, Action.CARE_EDIT, Action.RECORD_INVALIDATE)
@rules(HealthAlert, Action.HEALTH_VIEW, Action.HEALTH_EDIT, Action.RECORD_INVALIDATE)
def about_a_pupil(actor: Actor, action: Action) -> Q:
    """Rows about a pupil, by the reach of their own verb."""
    return about(actor, action)


@rules(FormerIdentity, Action.FORMER_NAMES, Action.PUPIL_EDIT)
def former_rule(actor: Actor, action: Action) -> Q:
    """Earlier names and numbers that stand, where one may see such; guarded ones by a second verb.

    Who may change a pupil's details changes only what they may see of these.
    """
    seen = Q(in_error_at__isnull=True) & about(actor, Action.FORMER_NAMES) & about(actor, action)
    guarded = about(actor, Action.GUARDED_NAMES)
    # an empty condition is every row, and "or" would drop it
    return seen & (Q(guarded=False) | guarded) if guarded else seen


@rules(Joining, Action.RECORDS_MEND)
def joining_rule(actor: Actor, action: Action) -> Q:
    """What became of two records, for who makes one of two."""
    return about(actor, action, through=True)


@rules(
    Organisation,
    Action.RECORDS_MEND,
    Action.PUPIL_ADD,
    Action.PEOPLE_MANAGE,
    Action.ROLE_NARROW,
    Action.SETTING_EDIT,
    Action.SETTING_ADOPT,
    Action.SETTING_GO_ON,
    Action.FIGURES_RELEASE,
    Action.CALENDAR_EDIT,
    Action.YEAR_TURN,
    Action.CLASS_EDIT,
    Action.IMPORT_PUPILS,
    Action.LETTER_TEMPLATES,
    Action.LETTER_WRITE,
    Action.TIME_LOG,
    Action.WHO_SEES,
    Action.REGISTER_VIEW,
)
def own_place(actor: Actor, action: Action) -> Q:
    """The organisations of one's hat; the installation's commands reach all."""
    if actor.hat.role is KEEPER:
        return Q()
    return Q(pk__in=actor.hat.orgs)


@rules(GroupStaff, Action.CLASS_EDIT)
@rules(YearTurn, Action.YEAR_TURN)
@rules(SencoCover, Action.WHO_SEES)
@rules(Membership, Action.PEOPLE_MANAGE, Action.SIGN_IN_HELP, Action.WHO_SEES)
@rules(SecondStepReset, Action.SIGN_IN_HELP)
@rules(Invitation, Action.PEOPLE_MANAGE)
@rules(Tablet, Action.PEOPLE_MANAGE)
@rules(LocalRole, Action.ROLE_NARROW, Action.WHO_SEES)
def of_own_place(actor: Actor, action: Action) -> Q:
    """Rows of the organisations of one's hat."""
    if actor.hat.role is KEEPER:
        return Q()
    return Q(org__in=actor.hat.orgs)


@rules(
    Group,
    Action.CLASS_EDIT,
    Action.YEAR_TURN,
    Action.PUPIL_FIND,
    Action.PROVISION_ALLOCATE,
    Action.PROFILE_VIEW,
    Action.THREAD_JOIN,
)
def group_rule(actor: Actor, action: Action) -> Q:
    """Groups: all for those who co-ordinate, one's own for those who teach or run one."""
    reach = actor.hat.reach(action)
    if reach is Reach.ALL:
        return Q()
    if reach is Reach.PART:
        return Q(part__in=actor.hat.parts)
    mine = GroupStaff.objects.filter(on_day(actor.today), person=actor.person)
    return Q(pk__in=mine.values("group"))


def guest_pupils(
    person: Person, rows: Iterable[Membership], today: date
) -> dict[int, frozenset[int]]:
    """Give, for each organisation, the pupils that a parent, pupil or professional may see.

    A barred contact, or one who may not see, reaches nobody.
    """
    orgs = frozenset(row.org_id for row in rows)
    found: dict[int, set[int]] = {}
    with scope(Scope(orgs=orgs, person=person.pk)):
        contacts = Contact.objects.filter(
            person=person, may_see=True, barred=False, in_error_at__isnull=True
        ).values_list("org_id", "pupil_id")
        named = Assignment.objects.filter(on_day(today), person=person).values_list(
            "org_id", "pupil_id"
        )
        for org, pupil in [*contacts, *named]:
            found.setdefault(org, set()).add(pupil)
    return {org: frozenset(ids) for org, ids in found.items()}


@rules(SencoCover, Action.PLAN_WRITE)
def cover_rule(actor: Actor, action: Action) -> Q:
    """What was done meanwhile is read by who was away, by who stood in and by who arranges it."""
    here = Q(org__in=actor.hat.orgs)
    if actor.can_somewhere(Action.PEOPLE_MANAGE):
        return here
    return here & (Q(away=actor.person) | Q(membership__person=actor.person))
