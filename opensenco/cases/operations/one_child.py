"""Two records of one child are made one, and parted again; two that look alike are told apart."""

from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.cases import spine
from opensenco.cases.joining.questions import (
    FIRST,
    SECOND,
    count_again,
    questions,
    subjects,
)
from opensenco.cases.joining.rows import (
    Deeds,
    give,
    marks,
    movable,
    put_back,
    since,
    written_beside,
)
from opensenco.gate.operation import Refused, operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Different, FormerIdentity, Joining, Pupil
from opensenco.people.operations import identity
from opensenco.people.states import WhyFormer

#: goes with the row it hangs on: label, and the field that names it
HANGS_ON = {
    "support.Outcome": "cycle",
    "support.Review": "cycle",
    "support.RemarkDismissed": "cycle",
    "meetings.MeetingMember": "meeting",
    "meetings.MeetingSlot": "meeting",
    "meetings.MeetingPaper": "meeting",
    "meetings.MeetingAction": "meeting",
    "meetings.SlotAnswer": "slot",
    "participation.AskLink": "asked",
    "provision.Work": "document",
    "documents.GonePaper": "document",
}
#: goes with the row that it names, by this column
BY_SOURCE = {
    "cases.Task": "source_ref",
    "cases.DueDate": "source_ref",
    "cases.StatementSource": "host_ref",
}
FEWEST_WORDS = 3


@operation(Action.RECORDS_MEND, on="pupils")
def join_records(
    *,
    actor: Actor,
    pupils: list[Pupil],
    choices: Mapping[str, str],
    reason: str,
    versions: tuple[int, int] | None = None,
) -> Joining:
    """Make one record of two of the same child. Nothing is deleted, and all of it can be undone.

    What people edit moves to the record that goes on. What is never changed stays where it was
    written and is read through. What was not chosen stays in the history of either.

    Args:
        pupils: the record that goes on, and the one that is set aside.
        choices: by question (`questions.questions`) FIRST or SECOND. Where the actor may not see
            a thing, the record that goes on keeps its own.
        versions: of both records as they were read.

    Raises:
        Invalid: no reason, or a question without an answer.
        NotPossible: one record with itself, of two organisations, or set aside already.
        Stale: somebody changed one of them in between.
    """
    first, second = _locked(actor, pupils, versions)
    why = _why(reason)
    asked = questions(actor, first, second)
    for one in asked:
        if choices.get(one.code) not in (FIRST, SECOND):
            raise Invalid(one.code, _("Choose one of the two: %(what)s.") % {"what": one.title})
    chosen = {one.code: choices[one.code] for one in asked}
    deeds = Deeds(actor, first, second, why)
    for subject in subjects():
        subject.settle(deeds, chosen.get(subject.code, FIRST))
    moved = deeds.move_all()
    _set_aside(deeds)
    joining = Joining(
        org_id=first.org_id, pupil=first, other=second, reason=why, at=actor.at, by=actor.person,
        choices=chosen, moved=moved, changed=deeds.changed,
    )  # fmt: skip
    joining.save()
    count_again(actor, first)
    _tell(actor, first, joining, why)
    joining.marks = marks()
    joining.save(update_fields=["marks"])
    return joining


def _locked(
    actor: Actor, pupils: list[Pupil], versions: tuple[int, int] | None
) -> tuple[Pupil, Pupil]:
    """Take hold of both records, and refuse what can never be one."""
    if len({pupil.pk for pupil in pupils}) != 2 or len(pupils) != 2:
        raise NotPossible(_("Choose two different records."))
    if len({pupil.org_id for pupil in pupils}) != 1:
        raise NotPossible(_("Two schools each keep their own record of a child."))
    if actor.hat.reach(Action.RECORDS_MEND) is not Reach.ALL:
        raise Refused(Action.RECORDS_MEND, "join_records", pupils[0])
    held = Pupil.objects.select_for_update().filter(pk__in=[one.pk for one in pupils])
    rows = {row.pk: row for row in held.order_by("id")}
    first, second = rows[pupils[0].pk], rows[pupils[1].pk]
    if first.in_error or second.in_error:
        raise NotPossible(_("One of these records has been set aside already."))
    if versions and versions != (first.version, second.version):
        raise Stale
    return first, second


def _why(reason: str) -> str:
    why = " ".join(reason.split())
    if len(why.split()) < FEWEST_WORDS:
        raise Invalid("reason", _("Say in a few words how you know."))
    return why


def _set_aside(deeds: Deeds) -> None:
    """Set the second record aside, let the first take what was chosen, and keep former names."""
    actor, first, second = deeds.actor, deeds.first, deeds.second
    theirs, mine = identity.held(second), identity.held(first)
    deeds.change(
        second, in_error_at=actor.at, in_error_by=actor.person, in_error_reason=deeds.reason,
        same_as=first,
    )  # fmt: skip
    for earlier in Pupil.objects.filter(same_as=second).order_by("id"):
        deeds.change(earlier, same_as=first)
    if deeds.details:
        named = {n: deeds.details.get(n, getattr(first, n)) for n in identity.NAMES}
        deeds.change(first, **deeds.details, **identity.keys(*named.values()))
    for old in (mine, theirs):
        _note_former(deeds, old)


def _note_former(deeds: Deeds, old: identity.Held) -> None:
    """Keep a name or number that is in use no more; it is undone like everything else."""
    for row in identity.left(deeds.actor, deeds.first, old, WhyFormer.OTHER_RECORD):
        row.save()


def _tell(actor: Actor, pupil: Pupil, joining: Joining, why: str) -> None:
    spine.add_fact(
        actor=actor, pupil=pupil, kind="record.joined", on=actor.today,
        words=_("Two records of this pupil were made one"), source=joining,
    )  # fmt: skip
    spine.tell(
        actor=actor, org=pupil.org, pupil=pupil, source=joining,
        role_action=Action.ACCESS_LOG_VIEW,
        words=_("%(who)s made one of two records of this pupil: “%(reason)s”")
        % {"who": actor.person.name, "reason": why[:300]},
    )  # fmt: skip


@operation(Action.RECORDS_MEND, on="joining")
def bring_over(*, actor: Actor, joining: Joining) -> Joining:
    """Bring over what was written in a record in the very moment in which it was set aside.

    Raises:
        NotPossible: they have been parted, or there is nothing to bring over.
    """
    row = Joining.objects.select_for_update().get(pk=joining.pk)
    rows = written_beside([row.other_id]).get(row.other_id, [])
    if row.parted_at is not None or not rows:
        raise NotPossible(_("There is nothing to bring over."))
    first = Pupil.objects.select_related("org").get(pk=row.pupil_id)
    moved = {label: list(ids) for label, ids in row.moved.items()}
    for one in rows:
        give([one], first)
        moved.setdefault(one._meta.label, []).append(one.pk)
    row.moved = moved
    row.save(update_fields=["moved"])
    count_again(actor, first)
    return row


@operation(Action.RECORDS_MEND, on="joining")
def part_records(
    *, actor: Actor, joining: Joining, reason: str, to_other: Collection[str] = ()
) -> Joining:
    """Part two records again that are two children: what came from each goes back to each.

    What was put to rest comes back where nobody has changed it since. What was written since stays
    with the record that went on, or goes to the other where a person says so.

    Args:
        to_other: of what was written since (`queries.written_since`), the keys "label:ref" of what
            belongs to the record that was set aside.

    Raises:
        Invalid: no reason.
        NotPossible: they have been parted already, or a later one has to be parted first.
    """
    why = _why(reason)
    row = Joining.objects.select_for_update().get(pk=joining.pk)
    if row.parted_at is not None:
        raise NotPossible(_("These records have been parted already."))
    both = {
        one.pk: one
        for one in Pupil.objects.select_for_update()
        .filter(pk__in=[row.pupil_id, row.other_id])
        .order_by("id")
    }
    first, second = both[row.pupil_id], both[row.other_id]
    _refuse_out_of_turn(row, first)
    new = _chosen(row, to_other)
    _give_back(row, first, second)
    for rows in new:
        give(rows, second)
    _put_all_back(row)
    _drop_former(actor, row, first)
    row.parted_at, row.parted_by, row.parted_reason = actor.at, actor.person, why
    row.save(update_fields=["parted_at", "parted_by", "parted_reason"])
    for one in Pupil.objects.filter(pk__in=both).select_related("org").order_by("id"):
        count_again(actor, one)
        _tell_parted(actor, one, row)
    return row


def _tell_parted(actor: Actor, pupil: Pupil, joining: Joining) -> None:
    spine.add_fact(
        actor=actor, pupil=pupil, kind="record.parted", on=actor.today, source=joining,
        words=_("Two records were parted again: they are two children"),
    )  # fmt: skip
    for verb in (Action.ACCESS_LOG_VIEW, Action.SAFEGUARDING_VIEW):
        spine.tell(
            actor=actor, org=pupil.org, pupil=pupil, source=joining, role_action=verb,
            words=_(
                "%(who)s parted the records of two children that had been one. Check "
                "that what was written meanwhile stands with the right child: “%(reason)s”"
            )
            % {"who": actor.person.name, "reason": joining.parted_reason[:200]},
        )  # fmt: skip


def _refuse_out_of_turn(row: Joining, first: Pupil) -> None:
    """What was made one last is parted first: it stands on what went before."""
    if first.in_error:
        raise NotPossible(
            _("The record that went on was itself made one with another since. Part that first.")
        )
    later = Joining.objects.filter(pupil=first, parted_at__isnull=True, pk__gt=row.pk)
    if later.exists():
        raise NotPossible(_("A third record was made one with it since. Part that one first."))


def _model(label: str) -> Any:
    return apps.get_model(label)


def _give_back(row: Joining, first: Pupil, second: Pupil) -> None:
    """Give each moved row back to the record that it came from."""
    for label, ids in row.moved.items():
        rows = list(_model(label).objects.filter(pk__in=ids, pupil=first).order_by("id"))
        # of due dates only those are there that nobody has counted again
        if rows:
            give(rows, second)
    for label, name in HANGS_ON.items():
        parents = row.moved.get(_model(label)._meta.get_field(name).related_model._meta.label, [])
        _give_hanging(label, first, second, {f"{name}__in": parents})
    refs = _refs_of(row.moved)
    for label, name in BY_SOURCE.items():
        _give_hanging(label, first, second, {f"{name}__in": refs})


def _give_hanging(label: str, first: Pupil, second: Pupil, by: Mapping[str, Any]) -> None:
    """Let what hangs on a row go with it, also what was written since."""
    hanging = list(_model(label).objects.filter(pupil=first, **by).order_by("id"))
    if hanging:
        give(hanging, second)


def _refs_of(ids: Mapping[str, list[int]]) -> set[Any]:
    found: set[Any] = set()
    for label, several in ids.items():
        found |= set(_model(label).objects.filter(pk__in=several).values_list("ref", flat=True))
    return found


def _put_all_back(row: Joining) -> None:
    """Put back what was changed, the last change first: the records themselves come first of all,
    so that a number is free before it is needed.
    """
    for one in reversed(row.changed):
        thing: Model | None = _model(one["label"]).objects.filter(pk=one["id"]).first()
        if thing is not None:
            put_back(thing, one)
    if Pupil.objects.get(pk=row.other_id).in_error:
        raise NotPossible(
            _("Another pupil here has the UPN of one of these records now. Correct that first.")
        )


def _chosen(row: Joining, keys: Collection[str]) -> list[list[Any]]:
    """Give what was written since and belongs to the other, with what hangs on it."""
    if not keys:
        return []
    wanted = set(keys)
    found: dict[str, list[Any]] = {}
    for model in movable():
        label = model._meta.label
        if label in HANGS_ON or label in BY_SOURCE:
            continue
        rows = [one for one in since(row, model) if f"{label}:{one.ref}" in wanted]
        if rows:
            found[label] = rows
    ids = {label: [one.pk for one in rows] for label, rows in found.items()}
    for label, name in HANGS_ON.items():
        parents = ids.get(_model(label)._meta.get_field(name).related_model._meta.label, [])
        hanging = list(since(row, _model(label)).filter(**{f"{name}__in": parents}))
        if hanging:
            found[label] = hanging
            ids[label] = [one.pk for one in hanging]
    refs = _refs_of(ids)
    for label, name in BY_SOURCE.items():
        rows = _model(label).objects.filter(pupil=row.pupil_id)
        hanging = list(rows.filter(**{f"{name}__in": refs}))
        if hanging:
            found[label] = hanging
    return list(found.values())


def _drop_former(actor: Actor, row: Joining, first: Pupil) -> None:
    """Names and numbers of the other child were never this one's."""
    noted = FormerIdentity.objects.filter(
        pupil=first, why=WhyFormer.OTHER_RECORD, until=row.at, in_error_at__isnull=True
    )
    for one in noted.order_by("id"):
        change(
            one, version=None, in_error_at=actor.at, in_error_by=actor.person,
            in_error_reason=_("It is another child’s."),
        )  # fmt: skip


@operation(Action.RECORDS_MEND, on="pupils")
def tell_apart(*, actor: Actor, pupils: list[Pupil], reason: str) -> Different:
    """Remember that two records that look alike are two children, with who said so and why.

    Raises:
        Invalid: no reason.
        NotPossible: one record, of two organisations, or told apart already.
    """
    one, other = sorted(pupils, key=lambda pupil: pupil.pk)
    if one.pk == other.pk or one.org_id != other.org_id:
        raise NotPossible(_("Choose two different records."))
    if Different.objects.filter(pupil=one, other=other).exists():
        raise NotPossible(_("Somebody has said so already."))
    row = Different(
        org_id=one.org_id, pupil=one, other=other, reason=_why(reason), person=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    return row
