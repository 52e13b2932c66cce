"""Taking a copy of the whole record away, and bringing a place in from its file."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation
from opensenco.access.registry import visible
from opensenco.access.scope import as_login
from opensenco.cases import spine
from opensenco.exchange.leaving import bringing
from opensenco.exchange.leaving.archive import Reading
from opensenco.exchange.leaving.writing import Facts
from opensenco.exchange.models import PlaceCopy
from opensenco.exchange.states import COPY_MOVES, CopyState
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible

#: how long a copy can be taken once it is ready; then its file is removed
THERE_FOR = timedelta(hours=24)
#: one that is not ready by then was lost, and can be asked for anew
LOST_AFTER = timedelta(hours=2)
FEWEST_LETTERS, MOST_LETTERS = 10, 300


def file_of(copy: PlaceCopy) -> Path:
    """Give where the file of a copy lies while it is there."""
    return Path(settings.COPIES) / f"{copy.ref.hex}.zip"


@operation(Action.PLACE_COPY, on="org")
def ask_for_copy(*, actor: Actor, org: Organisation, why: str) -> PlaceCopy:
    """Ask for a copy of everything that a place holds. The worker makes it; one at a time.

    Whoever reads safeguarding notes here is told, since they are in it.

    Raises:
        Invalid: it does not say why.
        NotPossible: one is being made.
    """
    words = " ".join(why.split())
    if not FEWEST_LETTERS <= len(words) <= MOST_LETTERS:
        raise Invalid("why", _("Say in a sentence what the copy is for, in up to 300 letters."))
    waiting = visible(actor, Action.PLACE_COPY, PlaceCopy).filter(
        org=org, state=CopyState.WAITS, at__gt=actor.at - LOST_AFTER
    )
    if waiting.exists():
        raise NotPossible(_("A copy of this record is being made. Wait until it is ready."))
    copy = PlaceCopy(org=org, person=actor.person, why=words, at=actor.at)
    copy.save()
    spine.tell(
        actor=actor, org=org, role_action=Action.SAFEGUARDING_VIEW,
        words=_("%(who)s asked for a copy of the whole record, with all notes for safeguarding.")
        % {"who": actor.person.name},
    )  # fmt: skip
    _hand(actor, copy)
    return copy


def _hand(actor: Actor, copy: PlaceCopy) -> None:
    from opensenco.exchange import copying

    with as_login():
        copying.make_copy.enqueue(actor.person.pk, actor.hat.key, str(copy.ref), copy.version)


@operation(Action.PLACE_COPY, on="copy")
def keep_copy(
    *, actor: Actor, copy: PlaceCopy, facts: Facts, digest: str, size: int, version: int | None
) -> PlaceCopy:
    """Say that a copy is ready. Its file is whole on the disk before.

    Raises:
        NotPossible: nobody waits for it.
        Stale: another worker made it in between.
    """
    _refuse_move(copy, CopyState.DONE)
    change(
        copy, version=version, state=CopyState.DONE, done_at=actor.at, until=actor.at + THERE_FOR,
        digest=digest, size=size, rows=facts.rows.total(), missing=len(facts.missing),
        papers=len(facts.digests) - len(facts.missing),
    )  # fmt: skip
    spine.tell(
        actor=actor, org=copy.org, person=actor.person, source=copy,
        words=_("The copy of the whole record is ready. It can be taken for 24 hours."),
    )  # fmt: skip
    return copy


@operation(Action.PLACE_COPY, on="copy")
def stop_copy(*, actor: Actor, copy: PlaceCopy, version: int | None) -> PlaceCopy:
    """Say that a copy could not be made; another can be asked for.

    Raises:
        NotPossible: nobody waits for it.
        Stale: it was made in between.
    """
    _refuse_move(copy, CopyState.STOPPED)
    return change(copy, version=version, state=CopyState.STOPPED)


def _refuse_move(copy: PlaceCopy, to: CopyState) -> None:
    if to not in COPY_MOVES[CopyState(copy.state)]:
        raise NotPossible(_("Nobody waits for this copy."))


@operation(Action.PLACE_COPY, on="copy")
def take_copy(*, actor: Actor, copy: PlaceCopy) -> PlaceCopy:
    """Say in the books that a copy is taken; it is sent after that.

    Raises:
        NotPossible: it is not ready, or its time is over.
    """
    if not can_be_taken(copy, actor):
        raise NotPossible(_("This copy is not there any more. Ask for another."))
    return copy


def can_be_taken(copy: PlaceCopy, actor: Actor) -> bool:
    """Tell whether the file of a copy is there for somebody at this moment."""
    return copy.until is not None and actor.at <= copy.until and file_of(copy).is_file()


@operation(Action.PLACE_COPY, on="org")
def hand_out_copy(*, actor: Actor, org: Organisation) -> Organisation:
    """Say in the books that whoever runs the installation takes a copy of the whole record."""
    return org


@operation(Action.PLACE_BRING)
def bring_place_in(*, actor: Actor, file: Reading) -> Organisation:
    """Bring in a place from its file, all of it or nothing. The file has been checked.

    People come without passwords. Whoever signs in here with an address of the file goes on with
    their own password, and has their roles in that place as well.

    Raises:
        NotPossible: the place has a record here, or the file holds what cannot be.
    """
    place, _counts = bringing.bring(file, actor.person)
    return place
