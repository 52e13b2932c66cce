"""Putting a hand-over together, giving it, taking it over, and taking one back."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.cases import spine
from opensenco.cases.queries import works_here
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.handover.gathering import gather
from opensenco.handover.models import HandOver, HandOverPupil
from opensenco.handover.offering import Offer
from opensenco.handover.states import MOST_PUPILS, WORDS, Kind
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.meetings.operations.planning import Invited, Wanted, Where, plan_for_place
from opensenco.people.models import Pupil
from opensenco.support.words import paragraph

TAKE = "handover.take"
MEETING_KIND = "tutor-handover"


@operation(Action.HANDOVER_KEEP, on="pupils")
def put_together(
    *, actor: Actor, pupils: Sequence[Pupil], kind: str, giver: Person, taker: Person,
    words: str = "",
) -> HandOver:  # fmt: skip
    """Begin to hand pupils over. Until it is given it shows the record as it is.

    Raises:
        Invalid: no kind, too many, somebody without a role here, or from somebody to themselves.
    """
    if kind not in Kind.values:
        raise Invalid("kind", _("Choose what kind of hand-over it is."))
    if len(pupils) > MOST_PUPILS:
        raise Invalid("pupils", _("Hand over at most 300 pupils at once."))
    org = pupils[0].org
    if not works_here(taker, org.pk, actor.today):
        raise Invalid("taker", _("Choose somebody who has a role here today."))
    if giver.pk == taker.pk:
        raise Invalid("taker", _("Choose somebody else than who hands over."))
    row = HandOver(
        org=org, kind=kind, giver=giver, taker=taker, made_by=actor.person, begun_at=actor.at,
        words=paragraph("words", words, WORDS),
    )  # fmt: skip
    row.save()
    for pupil in pupils:
        HandOverPupil(org=org, hand_over=row, pupil=pupil).save()
    return row


@operation(Action.HANDOVER_KEEP, on="pupils")
def put_offered_together(
    *, actor: Actor, pupils: Sequence[Pupil], offers: Sequence[Offer], words: str = ""
) -> list[HandOver]:
    """Begin all hand-overs that were chosen of those which a turn of the year asks for.

    Args:
        pupils: all of them, over whom it is asked whether this person may.
        offers: who goes from whom to whom.

    Raises:
        Invalid: none chosen, pupils that were not named, or as `put_together`.
    """
    if not offers:
        raise Invalid("offers", _("Choose at least one hand-over."))
    named = {one.pk for one in pupils}
    if any(pupil.pk not in named for one in offers for pupil in one.pupils):
        raise Invalid("offers", _("Choose from the list only."))
    return [
        put_together(
            actor=actor, pupils=one.pupils, kind=one.kind, giver=one.giver, taker=one.taker,
            words=words,
        )
        for one in offers
    ]  # fmt: skip


@operation(Action.HANDOVER_KEEP, on="part")
def write_note(
    *, actor: Actor, part: HandOverPupil, note: str, leave_out: bool, version: int | None
) -> HandOverPupil:
    """Write what only the giver can say of a pupil, or leave the pupil out.

    Raises:
        NotPossible: it has been given.
        Stale: somebody else wrote it in between.
    """
    _need_open(part.hand_over)
    return change(part, version=version, note=paragraph("note", note, WORDS), left_out=leave_out)


@operation(Action.HANDOVER_KEEP, on="hand_overs")
def meet(
    *, actor: Actor, hand_overs: Sequence[HandOver], starts: datetime, minutes: int, place: str
) -> list[HandOver]:
    """Plan one meeting of one or several hand-overs, with its agenda; all who give or take are
    invited.

    Raises:
        Invalid: a moment that cannot be, no length, or hand-overs of several places.
        NotPossible: one of them has a meeting already.
    """
    if any(row.meeting is not None for row in hand_overs):
        raise NotPossible(_("The meeting is planned already. Open it to move it."))
    org = hand_overs[0].org
    if any(row.org != org for row in hand_overs):
        raise Invalid("also", _("Choose hand-overs of one school."))
    people = {one.pk: one for row in hand_overs for one in (row.giver, row.taker)}
    invited = [
        Invited(person=one) for one in people.values() if works_here(one, org.pk, actor.today)
    ]
    made = plan_for_place(
        actor=actor,
        org=org,
        wanted=Wanted(
            kind=MEETING_KIND,
            where=Where(minutes=minutes, place=place),
            days=[starts],
            invited=invited,
        ),
    )
    return [change(row, version=None, meeting=made) for row in hand_overs]


@operation(Action.HANDOVER_KEEP, on="hand_over")
def give(*, actor: Actor, hand_over: HandOver, version: int | None) -> HandOver:
    """Give it: what stands in the record of each pupil is frozen, and waits to be taken over.

    Raises:
        NotPossible: it was given, taken back, or has no pupil left.
        Stale: somebody else changed it in between.
    """
    _need_open(hand_over)
    parts = list(
        HandOverPupil.objects.filter(hand_over=hand_over, left_out=False)
        .select_related("pupil", "pupil__org")
        .order_by("id")
    )
    if not parts:
        raise NotPossible(_("No pupil is left in it. There is nothing to give."))
    if not works_here(hand_over.taker, hand_over.org.pk, actor.today):
        raise NotPossible(_("Who takes over has no role here today. Begin another hand-over."))
    now = gather(actor, [part.pupil for part in parts])
    for part in parts:
        change(part, version=None, content=now[part.pupil.pk].as_data())
        spine.add_fact(
            actor=actor, pupil=part.pupil, kind="handover.given", on=actor.today,
            source=part, words=_("Handed over from %(giver)s to %(taker)s")
            % {"giver": hand_over.giver.name, "taker": hand_over.taker.name},
        )  # fmt: skip
    change(hand_over, version=version, given_at=actor.at)
    spine.open_task(
        actor=actor, org=hand_over.org, kind=TAKE, source=hand_over, person=hand_over.taker,
        words=_("Read what %(giver)s hands over to you, and take it over")
        % {"giver": hand_over.giver.name},
    )  # fmt: skip
    return hand_over


@operation(Action.HANDOVER_READ, on="hand_over")
def take_over(*, actor: Actor, hand_over: HandOver, words: str = "") -> HandOver:
    """Say that one has read what was handed over, and takes it over.

    Raises:
        NotPossible: it is not for this person, was not given, or was taken over already.
    """
    if hand_over.given_at is None or hand_over.in_error or hand_over.taken_at is not None:
        raise NotPossible(_("There is nothing to take over here any more."))
    if hand_over.taker.pk != actor.person.pk:
        raise NotPossible(_("Only the one it is for can take it over."))
    said = paragraph("words", words, WORDS)
    change(hand_over, version=None, taken_at=actor.at, taken_words=said)
    spine.settle_task(actor=actor, source=hand_over, kind=TAKE)
    for person in {one.pk: one for one in (hand_over.giver, hand_over.made_by)}.values():
        if person.pk != actor.person.pk and works_here(person, hand_over.org.pk, actor.today):
            spine.tell(
                actor=actor, org=hand_over.org, person=person, source=hand_over,
                words=_("%(who)s has taken over what was handed over.")
                % {"who": actor.person.name},
            )  # fmt: skip
    return hand_over


@operation(Action.RECORD_INVALIDATE, on="hand_over")
def take_back(*, actor: Actor, hand_over: HandOver, reason: str, version: int | None) -> HandOver:
    """Mark a hand-over as made in error: who was to take it over reads nothing of it any more.

    Raises:
        Invalid: no reason.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    why = paragraph("reason", reason, 1_000)
    if len(why.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if hand_over.in_error:
        raise NotPossible(_("This is marked as an error already."))
    change(
        hand_over, version=version, in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=why,
    )  # fmt: skip
    spine.settle_task(actor=actor, source=hand_over)
    parts = HandOverPupil.objects.filter(hand_over=hand_over, left_out=False)
    if hand_over.given_at is not None:
        for part in parts.select_related("pupil", "pupil__org").order_by("id"):
            spine.withdraw_facts(
                actor=actor, pupil=part.pupil, source=part,
                words=_("A hand-over was made in error"),
            )  # fmt: skip
    return hand_over


def _need_open(hand_over: HandOver) -> None:
    if hand_over.in_error or hand_over.given_at is not None:
        raise NotPossible(_("This has been given. Begin another hand-over for what is new."))
