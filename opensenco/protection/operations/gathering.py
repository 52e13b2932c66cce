"""All that is held is gathered for a request, and a person decides of each piece."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.personal import PARTS
from opensenco.access.scope import as_login
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.protection import clock, jobs
from opensenco.protection.copying import Piece
from opensenco.protection.models import DataRequest, GatheredItem
from opensenco.protection.operations.requests import move, reason
from opensenco.protection.states import ENDED, GROUNDS, Asks, Decision, State

#: rows in one statement
BATCH = 200
MOST_HIDDEN, LONGEST_HIDDEN = 50, 200
DECIDED = ("decision", "ground", "reason", "hidden", "instead_id", "decided_by_id", "decided_at")


@operation(Action.REQUEST_HANDLE, on="data_request")
def ask_to_gather(*, actor: Actor, data_request: DataRequest, version: int | None) -> DataRequest:
    """Let the worker gather all that is held about the child. It can be done anew.

    Raises:
        NotPossible: the request asks for no copy, has ended, or is being gathered.
        Stale: somebody else changed the request in between.
    """
    if data_request.asks != Asks.ACCESS:
        raise NotPossible(_("This request does not ask for a copy."))
    if data_request.state == State.GATHERING and not clock.lost(actor, data_request):
        raise NotPossible(_("This is being gathered just now."))
    if data_request.state == State.GATHERING:
        change(data_request, version=version, moved_at=actor.at)
    else:
        move(actor, data_request, State.GATHERING, version=version)
    with as_login():
        jobs.gather.enqueue(
            actor.person.pk, actor.hat.key, str(data_request.ref), data_request.version
        )
    return data_request


@operation(Action.REQUEST_HANDLE, on="data_request")
def keep_gathered(
    *, actor: Actor, data_request: DataRequest, pieces: Sequence[Piece], version: int | None
) -> DataRequest:
    """Keep what was gathered, to be looked through. What was decided of the same piece stays.

    Raises:
        NotPossible: nothing is being gathered.
        Stale: it was gathered by another worker in between.
    """
    if data_request.state != State.GATHERING:
        raise NotPossible(_("Nothing is being gathered."))
    before = GatheredItem.objects.filter(data_request=data_request)
    decided = {_same(one): one for one in before.exclude(decision="") if one.of_ref}
    made = [_item(data_request, one) for one in pieces]
    for one in made:
        old = decided.get(_same(one))
        if old is not None and old.content == one.content:
            for name in DECIDED:
                setattr(one, name, getattr(old, name))
    before.delete()
    GatheredItem.objects.bulk_create(made, batch_size=BATCH)
    move(actor, data_request, State.REVIEW, version=version)
    spine.tell(
        actor=actor, org=data_request.org, person=actor.person, source=data_request,
        words=_("What is held has been gathered and can be looked through"),
        pupil=data_request.pupil,
    )  # fmt: skip
    return data_request


def _same(one: GatheredItem) -> tuple[str, object]:
    return one.label, one.of_ref


def _item(row: DataRequest, one: Piece) -> GatheredItem:
    return GatheredItem(
        org_id=row.org_id, data_request=row, pupil_id=row.pupil_id, part=one.part, label=one.label,
        of_ref=one.of_ref, on=one.on, title=one.title, content=one.content, marks=one.marks,
        to_look_at=one.to_look_at, lead=one.lead, digest=one.digest, file_name=one.file_name,
    )  # fmt: skip


@operation(Action.REQUEST_HANDLE, on="data_request")
def stop_gathering(*, actor: Actor, data_request: DataRequest, version: int | None) -> DataRequest:
    """Say that it could not be gathered. It can be tried again.

    Raises:
        NotPossible: nothing is being gathered.
        Stale: it was gathered in between.
    """
    if data_request.state != State.GATHERING:
        raise NotPossible(_("Nothing is being gathered."))
    return move(actor, data_request, State.OPEN, version=version)


@operation(Action.REQUEST_HANDLE, on="gathered_item")
def decide_item(
    *,
    actor: Actor,
    gathered_item: GatheredItem,
    decision: str,
    ground: str = "",
    why: str = "",
    hidden: Iterable[str] = (),
    version: int | None,
) -> GatheredItem:
    """Decide of one piece whether it is given, given with words blacked out, or kept back.

    Raises:
        Invalid: no decision, no ground for keeping back, or no words to black out.
        NotPossible: the request has ended.
        Stale: somebody else decided in between.
    """
    return _decide(actor, gathered_item, decision, ground, why, hidden, version)


@operation(Action.SAFEGUARDING_VIEW, on="gathered_item")
def decide_lead_item(
    *,
    actor: Actor,
    gathered_item: GatheredItem,
    decision: str,
    ground: str = "",
    why: str = "",
    hidden: Iterable[str] = (),
    version: int | None,
) -> GatheredItem:
    """Decide of one piece that is the safeguarding lead's alone.

    Raises:
        Invalid: no decision, no ground for keeping back, or no words to black out.
        NotPossible: the request has ended.
        Stale: somebody else decided in between.
    """
    return _decide(actor, gathered_item, decision, ground, why, hidden, version)


def _decide(
    actor: Actor, row: GatheredItem, decision: str, ground: str, why: str, hidden: Iterable[str],
    version: int | None,
) -> GatheredItem:  # fmt: skip
    refuse_ended(row.data_request)
    values = values_of(actor, decision, ground, why)
    words = [" ".join(one.split()) for one in hidden if one.strip()]
    if decision == Decision.WITHOUT:
        _check_hidden(row, words)
    # a copy that was handed in stays with the request; it is given no more
    return change(row, version=version, hidden=words if decision == Decision.WITHOUT else [],
                  instead=None, **values)  # fmt: skip


def values_of(actor: Actor, decision: str, ground: str, why: str) -> dict[str, object]:
    """Give what is kept of a decision.

    Raises:
        Invalid: no decision, or no ground for keeping back.
    """
    if decision not in Decision.values:
        raise Invalid("decision", _("Choose one of the answers shown."))
    given = decision == Decision.GIVE
    if not given and ground not in GROUNDS:
        raise Invalid("ground", _("Choose why it is kept back."))
    return {
        "decision": decision, "ground": "" if given else ground,
        "reason": "" if given else reason(why, "why"),
        "decided_by": actor.person, "decided_at": actor.at,
    }  # fmt: skip


def _check_hidden(row: GatheredItem, words: Sequence[str]) -> None:
    if row.digest:
        inside = _(
            "Words inside a file cannot be blacked out here. Hand in a copy in which you blacked "
            "them out, or keep the file back."
        )
        raise Invalid("decision", inside)
    if not words:
        raise Invalid("hidden", _("Write the words to be blacked out, one piece on each line."))
    if len(words) > MOST_HIDDEN or any(len(one) > LONGEST_HIDDEN for one in words):
        raise Invalid("hidden", _("Use at most %(most)s lines of %(long)s characters.")
                      % {"most": MOST_HIDDEN, "long": LONGEST_HIDDEN})  # fmt: skip
    said = " ".join(texts_of(row)).casefold()
    for one in words:
        if one.casefold() not in " ".join(said.split()):
            raise Invalid("hidden", _("“%(words)s” does not stand in this piece.")
                          % {"words": one[:40]})  # fmt: skip


def texts_of(row: GatheredItem) -> list[str]:
    """Give every text of a piece."""
    now = [text for _label, text in row.content.get("values", ())]
    before = [text for _w, _p, values in row.content.get("earlier", ()) for _l, text in values]
    return [*now, *before]


@operation(Action.REQUEST_HANDLE, on="data_request")
def decide_part(
    *, actor: Actor, data_request: DataRequest, part: str, decision: str, ground: str = "",
    why: str = "",
) -> DataRequest:  # fmt: skip
    """Decide of many pieces of one part at once: give those that name nobody, or keep all back.

    What must be looked at by itself is never given this way, and what was decided stays.

    Raises:
        Invalid: no such part, decision or ground.
        NotPossible: the request has ended.
    """
    _decide_part(actor, data_request, part, decision, ground, why, lead=False)
    return data_request


@operation(Action.SAFEGUARDING_VIEW, on="data_request")
def decide_lead_part(
    *, actor: Actor, data_request: DataRequest, part: str, decision: str, ground: str = "",
    why: str = "",
) -> DataRequest:  # fmt: skip
    """Decide of many pieces that are the safeguarding lead's alone, of one part, at once.

    Raises:
        Invalid: no such part, decision or ground.
        NotPossible: the request has ended.
    """
    _decide_part(actor, data_request, part, decision, ground, why, lead=True)
    return data_request


def _decide_part(
    actor: Actor, row: DataRequest, part: str, decision: str, ground: str, why: str, *, lead: bool
) -> int:
    refuse_ended(row)
    if part not in PARTS or decision == Decision.WITHOUT:
        raise Invalid("decision", _("Choose one of the answers shown."))
    values = values_of(actor, decision, ground, why)
    rows = GatheredItem.objects.filter(data_request=row, part=part, lead=lead, decision="")
    if decision == Decision.GIVE:
        rows = rows.filter(to_look_at=False)
    return rows.update(hidden=[], instead=None, **values)


def refuse_ended(row: DataRequest) -> None:
    """Refuse where a request has ended: what was given stays as it was given.

    Raises:
        NotPossible: it has.
    """
    if row.state in ENDED:
        raise NotPossible(_("This request has ended."))
