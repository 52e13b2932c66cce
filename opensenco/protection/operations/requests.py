"""A request about personal data: taken down, its days, and how it ended."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil
from opensenco.protection import clock
from opensenco.protection.models import (
    LONGEST_NAME,
    LONGEST_REASON,
    DataRequest,
    GatheredItem,
    RequestPackage,
    RequestPause,
)
from opensenco.protection.states import (
    ENDED,
    NEXT,
    Asker,
    Asks,
    Came,
    Known,
    Making,
    Outcome,
    State,
)

ANSWER, LEAD = "protection.answer", "protection.lead"
LONGEST_WORDS = 4000
TO_ANSWER = gettext_noop("Answer a request about personal data")
TO_LOOK = gettext_noop("Look through what is marked for you: somebody asked for a pupil’s data")


@dataclass(frozen=True)
class Asked:
    """What somebody asked, as it was taken down.

    Args:
        asked_by: their name. words: what they asked for, in their own words.
        received_on: the day on which it came, to anybody at the school.
        identity_words: what was seen or how they are known.
    """

    asks: str
    asked_by: str
    asker: str
    came: str
    received_on: date
    identity: str
    words: str = ""
    identity_words: str = ""


@operation(Action.REQUEST_HANDLE, on="pupil")
def record_request(*, actor: Actor, pupil: Pupil, asked: Asked) -> DataRequest:
    """Take down that somebody asks for a child's data, or that something is done with them.

    Any form counts, spoken or written, to anybody at the school (GOV-04).

    Raises:
        Invalid: no name, an answer that is none, or a day that cannot be.
    """
    _check(actor, asked)
    row = DataRequest(
        org_id=pupil.org_id, pupil=pupil, asks=asked.asks, asked_by=asked.asked_by.strip(),
        asker=asked.asker, came=asked.came, words=asked.words.strip(),
        received_on=asked.received_on, identity=asked.identity,
        identity_words=asked.identity_words.strip(), moved_at=actor.at, handler=actor.person,
    )  # fmt: skip
    clock.dues_of(row, ())
    row.save()
    _keep_dates(actor, row)
    if row.asks == Asks.ACCESS and clock.somebody_leads(actor, row):
        spine.open_task(
            actor=actor, org=pupil.org, kind=LEAD, words=_(TO_LOOK), source=row, pupil=pupil,
            role_action=Action.SAFEGUARDING_VIEW,
        )  # fmt: skip
    return row


def _check(actor: Actor, asked: Asked) -> None:
    if not asked.asked_by.strip() or len(asked.asked_by) > LONGEST_NAME:
        raise Invalid("asked_by", _("Write who asks."))
    for name, values in (("asks", Asks), ("asker", Asker), ("came", Came), ("identity", Known)):
        if getattr(asked, name) not in values.values:
            raise Invalid(name, _("Choose one of the answers shown."))
    if asked.received_on > actor.today:
        raise Invalid("received_on", _("The day on which it came must be today or in the past."))
    if len(asked.words) > LONGEST_WORDS:
        raise Invalid("words", _("Use at most %(most)s characters.") % {"most": LONGEST_WORDS})
    if len(asked.identity_words) > LONGEST_REASON:
        raise Invalid("identity_words", _("Use at most %(most)s characters.")
                      % {"most": LONGEST_REASON})  # fmt: skip


@operation(Action.REQUEST_HANDLE, on="data_request")
def proof_came(
    *, actor: Actor, data_request: DataRequest, on: date, words: str, version: int | None
) -> DataRequest:
    """Write down that proof of identity came; the month runs from that day.

    Raises:
        Invalid: a day before the request or in the future, or nothing said of the proof.
        NotPossible: none was awaited, or the request has ended.
        Stale: somebody else changed the request in between.
    """
    _refuse_ended(data_request)
    if data_request.identity != Known.WAITS:
        raise NotPossible(_("No proof of identity was awaited."))
    _check_day(actor, data_request, on)
    change(data_request, version=version, identity=Known.PAPER, identity_on=on,
           identity_words=reason(words, "words"))  # fmt: skip
    return _keep_dates(actor, data_request)


@operation(Action.REQUEST_HANDLE, on="data_request")
def ask_meaning(
    *, actor: Actor, data_request: DataRequest, on: date, words: str, version: int | None
) -> DataRequest:
    """Write down that whoever asked was asked what they mean. Time stands still until they answer.

    Raises:
        Invalid: a day that cannot be, or no question.
        NotPossible: a question is open already, or the request has ended.
        Stale: somebody else changed the request in between.
    """
    _refuse_ended(data_request)
    _check_day(actor, data_request, on)
    if RequestPause.objects.filter(data_request=data_request, answered_on=None).exists():
        raise NotPossible(_("An earlier question has not been answered yet."))
    change(data_request, version=version, moved_at=actor.at)
    RequestPause(
        org_id=data_request.org_id, data_request=data_request, pupil_id=data_request.pupil_id,
        question=reason(words, "words"), asked_on=on,
    ).save()  # fmt: skip
    return _keep_dates(actor, data_request)


@operation(Action.REQUEST_HANDLE, on="data_request")
def meaning_came(
    *, actor: Actor, data_request: DataRequest, on: date, version: int | None
) -> DataRequest:
    """Write down that they said what they mean. Time goes on.

    Raises:
        Invalid: a day before the question or in the future.
        NotPossible: no question is open, or the request has ended.
        Stale: somebody else changed the request in between.
    """
    _refuse_ended(data_request)
    _check_day(actor, data_request, on)
    pause = RequestPause.objects.filter(data_request=data_request, answered_on=None).first()
    if pause is None:
        raise NotPossible(_("No question is open."))
    if on < pause.asked_on:
        raise Invalid("on", _("They cannot have answered before they were asked."))
    change(data_request, version=version, moved_at=actor.at)
    change(pause, version=None, answered_on=on)
    return _keep_dates(actor, data_request)


@operation(Action.REQUEST_HANDLE, on="data_request")
def extend(
    *, actor: Actor, data_request: DataRequest, on: date, words: str, version: int | None
) -> DataRequest:
    """Write down that whoever asked was told that two more months are needed, and why.

    It counts where they were told within the first month (GOV-04); too late, the first date stays.

    Raises:
        Invalid: a day that cannot be, or no reason.
        NotPossible: they were told already, or the request has ended.
        Stale: somebody else changed the request in between.
    """
    _refuse_ended(data_request)
    _check_day(actor, data_request, on)
    if data_request.extended_on is not None:
        raise NotPossible(_("They were told of two more months already."))
    change(data_request, version=version, extended_on=on, extended_because=reason(words, "words"))
    return _keep_dates(actor, data_request)


@operation(Action.REQUEST_HANDLE, on="data_request")
def end_request(
    *, actor: Actor, data_request: DataRequest, how: str, on: date, words: str, version: int | None
) -> DataRequest:
    """End a request without doing what it asks: refused with a reason, or withdrawn by who asked.

    Raises:
        Invalid: another end, a day that cannot be, or no reason.
        NotPossible: it has ended, or is being gathered.
        Stale: somebody else changed it in between.
    """
    if how not in (State.REFUSED, State.WITHDRAWN):
        raise Invalid("how", _("Choose one of the answers shown."))
    _check_day(actor, data_request, on)
    return _end(actor, data_request, State(how), on, reason(words, "words"), version)


@operation(Action.REQUEST_HANDLE, on="data_request")
def decide_request(
    *,
    actor: Actor,
    data_request: DataRequest,
    outcome: str,
    on: date,
    words: str,
    version: int | None,
) -> DataRequest:
    """Write down how a request to correct, erase, restrict or stop was decided, and why.

    What is wrong is put right in the record itself, with its history; this keeps the decision.

    Raises:
        Invalid: no outcome, a day that cannot be, or no reason.
        NotPossible: it asks for a copy, or has ended.
        Stale: somebody else changed it in between.
    """
    if data_request.asks == Asks.ACCESS:
        raise NotPossible(_("This request is answered by a package."))
    if outcome not in Outcome.values:
        raise Invalid("outcome", _("Choose one of the answers shown."))
    _check_day(actor, data_request, on)
    words = reason(words, "words")
    return _end(actor, data_request, State.ANSWERED, on, words, version, outcome=outcome)


@operation(Action.REQUEST_HANDLE, on="data_request")
def answer_request(
    *, actor: Actor, data_request: DataRequest, on: date, words: str, version: int | None
) -> DataRequest:
    """Write down when and how the package was given. The gathered copies are emptied.

    Raises:
        Invalid: a day that cannot be, or nothing said of how it was given.
        NotPossible: there is no package, or the safeguarding lead has not looked yet.
        Stale: somebody else changed it in between.
    """
    _check_day(actor, data_request, on)
    packages = RequestPackage.objects.filter(data_request=data_request, lead=False)
    if not packages.filter(state=Making.DONE).exists():
        raise NotPossible(_("Make the package first."))
    if data_request.lead_at is None and clock.somebody_leads(actor, data_request):
        raise NotPossible(_("The safeguarding lead has not looked through their part yet."))
    words = reason(words, "words")
    return _end(actor, data_request, State.ANSWERED, on, words, version, outcome=Outcome.DONE)


@operation(Action.SAFEGUARDING_VIEW, on="data_request")
def lead_has_looked(*, actor: Actor, data_request: DataRequest, version: int | None) -> DataRequest:
    """Say that the safeguarding lead has looked through their part, whatever there was.

    Raises:
        NotPossible: the request has ended, or it was said already.
        Stale: somebody else changed it in between.
    """
    _refuse_ended(data_request)
    if data_request.lead_at is not None:
        raise NotPossible(_("This has been said already."))
    change(data_request, version=version, lead_at=actor.at, lead_by=actor.person)
    spine.settle_task(actor=actor, source=data_request, kind=LEAD)
    return data_request


@operation(Action.REQUEST_HANDLE, on="pupil")
def hand_out_record(*, actor: Actor, pupil: Pupil) -> Pupil:
    """Say in the books that whoever runs the installation takes a copy of all about one child."""
    return pupil


def _end(
    actor: Actor, row: DataRequest, state: State, on: date, words: str, version: int | None,
    **values: object,
) -> DataRequest:  # fmt: skip
    move(actor, row, state, version=version, decided_on=on, decided_words=words, **values)
    rows = GatheredItem.objects.filter(data_request=row)
    rows.update(content={}, marks={}, title="", hidden=[])
    spine.settle_task(actor=actor, source=row)
    return _keep_dates(actor, row)


def move(
    actor: Actor, row: DataRequest, state: State, *, version: int | None, **values: object
) -> DataRequest:
    """Let a request go on to another state.

    Raises:
        NotPossible: it cannot go there from where it is.
        Stale: somebody else changed it in between.
    """
    if state not in NEXT[State(row.state)]:
        raise NotPossible
    return change(row, version=version, state=state, moved_at=actor.at, **values)


def reason(text: str, field: str) -> str:
    """Give a reason as it is kept.

    Raises:
        Invalid: it says nothing, or is too long.
    """
    words = " ".join(text.split())
    if len(words.split()) < 2:
        raise Invalid(field, _("Say in a few words what and why."))
    if len(words) > LONGEST_REASON:
        raise Invalid(field, _("Use at most %(most)s characters.") % {"most": LONGEST_REASON})
    return words


def _refuse_ended(row: DataRequest) -> None:
    if row.state in ENDED:
        raise NotPossible(_("This request has ended."))


def _check_day(actor: Actor, row: DataRequest, on: date) -> None:
    if on > actor.today:
        raise Invalid("on", _("The day must be today or in the past."))
    if on < row.received_on:
        raise Invalid("on", _("The day must not be before the request came."))


def _keep_dates(actor: Actor, row: DataRequest) -> DataRequest:
    """Keep what the law makes of the days, and say by when it is somebody's turn."""
    pauses = list(RequestPause.objects.filter(data_request=row))
    steps = clock.dues_of(row, pauses)
    ended = row.state in ENDED
    spine.replace_due_dates(
        actor=actor, pupil=row.pupil, source=row, dues=() if ended else steps,
        reader=Action.DOCUMENT_CONFIDENTIAL,
    )  # fmt: skip
    if not ended:
        spine.open_task(
            actor=actor, org=row.pupil.org, kind=ANSWER, words=_(TO_ANSWER), source=row,
            pupil=row.pupil, role_action=Action.REQUEST_HANDLE, due=clock.answer_by(steps),
            reader=Action.DOCUMENT_CONFIDENTIAL,
        )  # fmt: skip
    return row
