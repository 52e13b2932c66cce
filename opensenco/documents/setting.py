"""Papers that take seconds to set: asked for, handed to the worker, kept by their content.

Whoever has such papers (reports, packs) has a model of `SetPaper`, a job that calls `work_on`, and
operations that call `hand`, `keep` and `stop`. A paper is set outside any transaction; a kill until
then leaves nothing, and one later leaves a file that no row knows. The job is then begun again
(`ops.taking_back`): the same facts give the same bytes, and where it was made meanwhile nothing is
done.
"""

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _

from opensenco.access.actor import Actor, hat_for
from opensenco.access.models import Person
from opensenco.access.scope import as_login, scope
from opensenco.audit.acting import as_actor
from opensenco.documents.keeping import store_of
from opensenco.documents.set_models import SetPaper
from opensenco.documents.states import Form, Setting
from opensenco.gate.clock import clock
from opensenco.gate.rows import change
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError, Invalid, NotPossible

LARGEST = 128 * 1024 * 1024
#: what the file is, for whoever saves it
TYPES = {
    Form.PDF.value: "application/pdf",
    Form.WORD.value: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = {Form.PDF.value: "pdf", Form.WORD.value: "docx"}
P = TypeVar("P", bound=SetPaper)


class Job(Protocol):
    """What of a job is used to hand it to the worker."""

    def enqueue(self, *args: Any) -> Any:
        """Let the worker do it."""


def acting(person_id: int, hat: str) -> Actor | None:
    """Give who asked, in the role in which they did; None where they have it no longer."""
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    now = clock().now()
    wearing = hat_for(person, london_date(now), hat) if person else None
    if person is None or wearing is None or wearing.key != hat:
        return None
    return Actor(person, wearing, now)


def need_form(form: str) -> None:
    """Refuse a form that no paper has.

    Raises:
        Invalid: there is no such form.
    """
    if form not in Form.values:
        raise Invalid("form", _("Choose one of the answers shown."))


def hand(actor: Actor, job: Job, row: SetPaper) -> None:
    """Hand a paper to the worker, in the name and role of who asks for it."""
    with as_login():
        job.enqueue(actor.person.pk, actor.hat.key, str(row.ref), row.version)


def work_on(
    person_id: int,
    hat: str,
    ref: str,
    version: int,
    *,
    make: Callable[[Actor, uuid.UUID, int], bytes | None],
    keep: Callable[[Actor, uuid.UUID, int, bytes | None], None],
) -> None:
    """Set a paper in the name and role of who asked for it; of one that fails, say so.

    Args:
        make: gives the bytes, None where nobody waits; opens its own scope.
        keep: keeps them, or says that there are none, inside the scope that is open for it.
    """
    actor = acting(person_id, hat)
    if actor is None:
        return
    wanted = uuid.UUID(ref)
    try:
        content = make(actor, wanted, version)
        if content is not None:
            _settle(actor, keep, wanted, version, content)
    except Exception:
        _settle(actor, keep, wanted, version, None)
        raise


def _settle(
    actor: Actor,
    keep: Callable[[Actor, uuid.UUID, int, bytes | None], None],
    wanted: uuid.UUID,
    version: int,
    content: bytes | None,
) -> None:
    with suppress(DomainError), scope(actor.scope, write=True), as_actor(actor):
        keep(actor, wanted, version, content)


def keep(row: P, *, content: bytes, at: datetime, version: int | None) -> P:
    """Keep a paper that was made. Its bytes are on the disk before its row says that it is ready.

    Raises:
        NotPossible: nobody waits for it.
        Stale: another worker made it in between; the same bytes are kept once.
    """
    need_waiting(row)
    store = store_of(row.org)
    taken = store.take([content], LARGEST)
    store.keep(taken)
    return change(
        row, version=version, state=Setting.DONE, done_at=at, digest=taken.digest, size=taken.size
    )


def stop(row: P, *, version: int | None) -> P:
    """Say that a paper could not be made; it can be asked for anew.

    Raises:
        NotPossible: nobody waits for it.
        Stale: it was made in between.
    """
    need_waiting(row)
    return change(row, version=version, state=Setting.STOPPED)


def need_waiting(row: SetPaper) -> None:
    """Refuse what is done with a paper that nobody waits for."""
    if row.state != Setting.WAITS:
        raise NotPossible(_("Nobody waits for this paper."))
