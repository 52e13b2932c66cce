"""A pupil is referred to a service; what is heard of it is kept, and somebody asks again."""

from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine, statements
from opensenco.concerns.follow_states import OPEN, Stands
from opensenco.concerns.models import Concern, Referral, ReferralNews
from opensenco.concerns.operations.carrying import settle_concern
from opensenco.concerns.said import needed
from opensenco.concerns.states import ConcernState
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil

ASK_AGAIN = "referral.ask_again"
#: parts of a referral whose words come from a paper: who agreed, and what the service answered
CONSENT, REPORT = "agreed_by", "service"
FURTHEST = 366


@operation(Action.PLAN_WRITE, on="pupil")
def refer(
    *,
    actor: Actor,
    pupil: Pupil,
    service: str,
    why: str,
    agreed_by: str,
    agreed_on: date,
    sent_on: date,
    ask_again: date | None,
    concern: Concern | None = None,
    proof: Model | None = None,
    proof_words: str = "",
) -> Referral:
    """Refer a pupil to a service, with the agreement of the family or the young person.

    A concern that was to end in a referral is settled by it, and whoever raised it is told.

    Args:
        service: to whom. why: what they are asked.
        agreed_by: who agreed. ask_again: the day on which somebody asks what became of it.
        concern: because of which it is made; of this pupil.
        proof: the paper of this pupil on which they agreed.
        proof_words: without one, how they agreed and who heard it.

    Raises:
        Invalid: something is missing, or days that cannot be.
        NotPossible: the concern or the paper is another pupil's.
    """
    if concern is not None and concern.pupil_id != pupil.pk:
        raise NotPossible(_("This concern is about another pupil."))
    _check_days(actor, agreed_on, sent_on)
    row = Referral(
        org_id=pupil.org_id,
        pupil=pupil,
        concern=concern,
        service=needed("service", service, _("Say to which service.")),
        why=why.strip(),
        agreed_by=needed("agreed_by", agreed_by, _("Say who agreed to it.")),
        agreed_on=agreed_on, sent_on=sent_on, by=actor.person, stands_since=sent_on,
        ask_again=_checked(actor, ask_again),
    )  # fmt: skip
    if not row.why:
        raise Invalid("why", _("Say what you ask of them."))
    if proof is None and not proof_words.strip():
        raise Invalid(
            "proof_words", _("Choose the paper, or say how they agreed and who heard it.")
        )
    row.save()
    _prove(actor, row, proof, proof_words)
    _sent(actor, row)
    _settle(actor, row)
    return row


@operation(Action.PLAN_WRITE, on="referral")
def note_news(
    *,
    actor: Actor,
    referral: Referral,
    version: int | None,
    on: date,
    stands: str,
    words: str = "",
    ask_again: date | None = None,
    report: Model | None = None,
) -> Referral:
    """Write down what was heard of a referral, and when somebody asks again.

    Args:
        report: the paper of this pupil that they sent.

    Raises:
        Invalid: a day that cannot be, none to ask again while we wait, or an answer that is
            neither a paper nor words.
        NotPossible: it was made in error.
        Stale: somebody else changed it in between.
    """
    if referral.in_error:
        raise NotPossible(_("This is marked as made in error. It stays as it was."))
    if not referral.sent_on <= on <= actor.today:
        raise Invalid("on", _("Give a day after it was sent, today at the latest."))
    now = Stands(stands)
    if now is Stands.REPORTED and report is None and not words.strip():
        raise Invalid("words", _("Choose the paper they sent, or write what they said."))
    change(
        referral,
        version=version,
        stands=now,
        stands_since=on if now != referral.stands else referral.stands_since,
        ask_again=_checked(actor, ask_again) if now in OPEN else None,
    )
    ReferralNews(
        org_id=referral.org_id, referral=referral, on=on, stands=now, words=words.strip(),
        person=actor.person, at=actor.at,
    ).save()  # fmt: skip
    if report is not None:
        statements.attach(
            actor=actor, host=referral, pupil=referral.pupil, part=REPORT, text=referral.service,
            quote=referral.service, reader=Action.PLAN_VIEW, source=report,
        )  # fmt: skip
    told = _("%(service)s: %(stands)s") % {"service": referral.service, "stands": now.label}
    _note(actor, referral, "referral.news", on, told)
    _wait(actor, referral)
    return referral


@operation(Action.RECORD_INVALIDATE, on="referral")
def mark_referral_in_error(
    *, actor: Actor, referral: Referral, version: int | None, reason: str
) -> Referral:
    """Mark a referral as made in error, with a reason. Nobody asks again.

    Raises:
        Invalid: no reason that says anything.
        NotPossible: it is marked already.
        Stale: somebody else changed it in between.
    """
    if len(reason.split()) < 2:
        raise Invalid("reason", _("Say in a few words what was wrong."))
    if referral.in_error:
        raise NotPossible(_("This is marked as made in error already."))
    change(
        referral,
        version=version,
        in_error_at=actor.at,
        in_error_by=actor.person,
        in_error_reason=reason.strip(),
    )
    spine.settle_task(actor=actor, source=referral)
    spine.withdraw_facts(
        actor=actor, pupil=referral.pupil, source=referral,
        words=_("A referral was recorded here in error"),
    )  # fmt: skip
    return referral


def _settle(actor: Actor, row: Referral) -> None:
    """Settle the concern that was to end in a referral; whoever raised it is told."""
    concern = row.concern
    if concern is None or concern.state != ConcernState.REFERRAL or concern.in_error:
        return
    told = _("Referred to %(service)s.") % {"service": row.service}
    settle_concern(actor=actor, concern=concern, version=None, result=told)


def _prove(actor: Actor, row: Referral, proof: Model | None, words: str) -> None:
    """Keep by what the agreement is proven: a paper, or how they agreed and who heard it."""
    statements.attach(
        actor=actor, host=row, pupil=row.pupil, part=CONSENT, text=row.agreed_by,
        quote=row.agreed_by, reader=Action.PLAN_VIEW, source=proof,
        said_by="" if proof is not None else " ".join(words.split()),
    )  # fmt: skip


def _check_days(actor: Actor, agreed_on: date, sent_on: date) -> None:
    if sent_on > actor.today:
        raise Invalid("sent_on", _("This day is still to come. Write it down when it is sent."))
    if agreed_on > sent_on:
        raise Invalid("agreed_on", _("They agree before it is sent."))


def _sent(actor: Actor, row: Referral) -> None:
    ReferralNews(
        org_id=row.org_id, referral=row, on=row.sent_on, stands=Stands.SENT, person=actor.person,
        at=actor.at,
    ).save()  # fmt: skip
    words = _("Referred to %(service)s. %(who)s agreed.") % {
        "service": row.service, "who": row.agreed_by,
    }  # fmt: skip
    _note(actor, row, "referral.sent", row.sent_on, words)
    _wait(actor, row)


def _checked(actor: Actor, ask_again: date | None) -> date:
    if ask_again is None:
        raise Invalid("ask_again", _("Choose the day on which you ask what became of it."))
    if not 0 < (ask_again - actor.today).days <= FURTHEST:
        raise Invalid("ask_again", _("Choose a day after today, within a year."))
    return ask_again


def _wait(actor: Actor, row: Referral) -> None:
    spine.settle_task(actor=actor, source=row, kind=ASK_AGAIN)
    if row.ask_again is None:
        return
    spine.open_task(
        actor=actor,
        org=row.pupil.org,
        kind=ASK_AGAIN,
        words=_("Ask %(service)s what became of the referral") % {"service": row.service},
        source=row,
        pupil=row.pupil,
        person=actor.person,
        since=row.ask_again,
        due=row.ask_again,
        reader=Action.PLAN_WRITE,
    )


def _note(actor: Actor, row: Referral, kind: str, on: date, words: str) -> None:
    spine.add_fact(actor=actor, pupil=row.pupil, kind=kind, on=on, words=words, source=row)
