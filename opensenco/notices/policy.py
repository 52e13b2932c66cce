"""Who a notice is for, and who sees what became of mail."""

from django.db.models import Model, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.cover_models import COVERS, SencoCover
from opensenco.access.reach import Reach
from opensenco.access.registry import condition, rules
from opensenco.notices.models import BadAddress, Mail, MailChoice, Notice
from opensenco.notices.states import ADDRESSED


def _pupil_model() -> type[Model]:
    """Give the model of pupils, which stands beside this app and is not imported by it."""
    model = Notice._meta.get_field("pupil").related_model
    if not isinstance(model, type):
        raise LookupError("the key to pupils is not resolved yet")
    return model


@rules(Notice, Action.TASK_VIEW, Action.TASK_DO)
def notice_rule(actor: Actor, action: Action) -> Q:
    """Notices to oneself by name, and to whoever has a verb that one has over that pupil."""
    everywhere: list[str] = []
    in_part: dict[Reach, list[Action]] = {}
    for verb in ADDRESSED:
        reach = actor.hat.reach(verb)
        if reach is Reach.ALL:
            everywhere.append(verb.value)
        elif reach is not None:
            in_part.setdefault(reach, []).append(verb)
    found = Q(person=actor.person, org__in=actor.hat.orgs) | Q(role_action__in=everywhere)
    model = _pupil_model()
    if actor.hat.role.code in COVERS:
        # of a SENCO who is away, what is about pupils; what is told them of themselves stays theirs
        away = SencoCover.objects.filter(
            membership__in=actor.hat.memberships, org__in=actor.hat.orgs
        )
        reached = model._default_manager.filter(condition(actor, Action.PLAN_WRITE, model))
        found |= Q(person__in=away.values("away"), pupil__in=reached.values("pk"))
    for verbs in in_part.values():
        pupils = model._default_manager.filter(condition(actor, verbs[0], model)).values("pk")
        # notices stay with a record that was made one with another
        set_aside = model._default_manager.filter(same_as__in=pupils).values("pk")
        theirs = Q(pupil__in=pupils) | Q(pupil__in=set_aside)
        found |= Q(role_action__in=[verb.value for verb in verbs]) & theirs
    return found


@rules(Mail, Action.PEOPLE_MANAGE)
def mail_rule(actor: Actor, action: Action) -> Q:
    """The outbox of a place is read by whoever manages its people; never the words."""
    return Q(org__in=actor.hat.orgs)


@rules(BadAddress, Action.PEOPLE_MANAGE)
def bad_address_rule(actor: Actor, action: Action) -> Q:
    """An address that comes back is seen by whoever manages the people of the place."""
    return Q(org__in=actor.hat.orgs)


@rules(BadAddress, Action.SIGNED_IN)
def own_address_rule(actor: Actor, action: Action) -> Q:
    """Whoever's own address comes back puts it right, as does whoever manages people there."""
    here = Q(org__in=actor.hat.orgs)
    return here if actor.can_somewhere(Action.PEOPLE_MANAGE) else here & Q(person=actor.person)


@rules(MailChoice, Action.SIGNED_IN)
def choice_rule(actor: Actor, action: Action) -> Q:
    """What reaches a person is their own to choose."""
    return Q(person=actor.person, org__in=actor.hat.orgs)
