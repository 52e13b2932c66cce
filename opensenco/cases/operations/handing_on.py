"""Handing on in one step what waits for a colleague by name."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import handing_on, spine
from opensenco.cases.models import Task
from opensenco.cases.queries import works_here
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Pupil
from opensenco.people.policy import LENT, beyond

MOST = 200


@operation(Action.HANDOVER_KEEP, on="tasks")
def hand_on(*, actor: Actor, tasks: Sequence[Task], to: Person) -> list[Task]:
    """Give what waits for colleagues by name to another colleague, who is told once.

    The days of waiting go on: who asked has waited since then. Where the new one has the same to do
    already, the old task is settled.

    Raises:
        Invalid: nothing is chosen, too much at once, somebody without a role here, or somebody who
            could not open the page of every pupil that it is about.
        NotPossible: it waits for nobody by name.
        Stale: somebody settled one of them in between.
    """
    if not tasks or len(tasks) > MOST:
        raise Invalid("tasks", _("Choose what is handed on, up to 200 things at once."))
    orgs = {task.org_id for task in tasks}
    if not all(works_here(to, org, actor.today) for org in orgs):
        raise Invalid("to", _("Choose somebody who has a role here today."))
    if many := len(not_theirs(actor, tasks, to)):
        words = ngettext(
            "They do not work with %(count)s of these pupils, so they could not open what waits. "
            "Untick it or choose somebody else, or first put them into a class or group of the "
            "pupil.",
            "They do not work with %(count)s of these pupils, so they could not open what waits. "
            "Untick it or choose somebody else, or first put them into a class or group of the "
            "pupils.",
            many,
        )
        raise Invalid("to", words % {"count": many})
    givers = sorted({task.person.name for task in tasks if task.person is not None})
    for task in tasks:
        _hand(actor, task, to)
    words = ngettext(
        "%(who)s handed %(count)s thing of %(whose)s on to you.",
        "%(who)s handed %(count)s things of %(whose)s on to you.",
        len(tasks),
    ) % {"who": actor.person.name, "count": len(tasks), "whose": ", ".join(givers)}
    if to.pk != actor.person.pk:
        spine.tell(actor=actor, org=tasks[0].org, words=words, person=to)
    return list(tasks)


def not_theirs(actor: Actor, tasks: Sequence[Task], to: Person) -> list[Pupil]:
    """Give the pupils of tasks whose page, or what is to be read there, is not for a colleague."""
    about = {task.pupil.pk: task.pupil for task in tasks if task.pupil is not None}
    asked: dict[Action, set[int]] = {}
    for task in tasks:
        if task.pupil is not None:
            reader = Action(task.reader)
            verb = reader if reader in LENT else Action.PUPIL_VIEW
            asked.setdefault(verb, set()).add(task.pupil.pk)
    gone = {pk for verb, ids in asked.items() for pk in beyond(actor, to, ids, [verb])}
    return [pupil for pk, pupil in about.items() if pk in gone]


def _hand(actor: Actor, task: Task, to: Person) -> None:
    open_now = Task.objects.select_for_update().filter(pk=task.pk, settled_at__isnull=True)
    if not open_now.exists():
        raise Stale
    if task.person_id is None:
        raise NotPossible(_("This waits for a role and not for a person. Nothing is to be handed."))
    if task.person_id == to.pk:
        raise Invalid("to", _("This waits for them already. Choose somebody else."))
    handing_on.change_owner(actor, task, to)
    twin = Task.objects.filter(
        org_id=task.org_id, source_label=task.source_label, source_ref=task.source_ref,
        kind=task.kind, person=to, settled_at__isnull=True,
    )  # fmt: skip
    still = Task.objects.get(pk=task.pk)
    if still.settled_at is not None:
        return
    if twin.exists():
        still.settled_at, still.settled_by = actor.next_moment(), actor.person
    else:
        still.person = to
    still.save()
