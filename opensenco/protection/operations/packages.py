"""What is given: frozen as a package by the worker, once every piece has been decided."""

from datetime import timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.scope import as_login
from opensenco.cases import spine
from opensenco.documents.keeping import store_of
from opensenco.documents.states import OPENED
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotPossible
from opensenco.protection import jobs
from opensenco.protection.models import DataRequest, GatheredItem, RequestPackage
from opensenco.protection.packing import LARGEST, Packed
from opensenco.protection.states import Making, State

LOST_AFTER = timedelta(minutes=30)


@operation(Action.REQUEST_HANDLE, on="data_request")
def ask_for_package(*, actor: Actor, data_request: DataRequest) -> RequestPackage:
    """Let the worker make the package of what is given.

    Raises:
        NotPossible: some pieces are not decided yet, or one is being made.
    """
    return _ask(actor, data_request, lead=False)


@operation(Action.SAFEGUARDING_VIEW, on="data_request")
def ask_for_lead_package(*, actor: Actor, data_request: DataRequest) -> RequestPackage:
    """Let the worker make the safeguarding lead's own package, which the lead gives by themselves.

    Raises:
        NotPossible: some pieces are not decided yet, or one is being made.
    """
    return _ask(actor, data_request, lead=True)


def _ask(actor: Actor, row: DataRequest, *, lead: bool) -> RequestPackage:
    if row.state != State.REVIEW:
        raise NotPossible(_("What is held has to be gathered and looked through first."))
    items = GatheredItem.objects.filter(data_request=row, lead=lead)
    if not items.exists():
        raise NotPossible(_("Nothing was gathered."))
    if items.filter(decision="").exists():
        raise NotPossible(_("Decide of every piece first."))
    if items.exclude(instead=None).exclude(instead__file__scan__in=OPENED).exists():
        raise NotPossible(
            _("A copy that was handed in waits for the virus scanner, or was stopped.")
        )
    packages = RequestPackage.objects.filter(data_request=row, lead=lead)
    if packages.filter(state=Making.WAITS, at__gt=actor.at - LOST_AFTER).exists():
        raise NotPossible(_("A package is being made just now."))
    package = RequestPackage(
        org_id=row.org_id, data_request=row, pupil_id=row.pupil_id, lead=lead,
        number=packages.count() + 1, person=actor.person, at=actor.at,
    )  # fmt: skip
    package.save()
    with as_login():
        jobs.make_package.enqueue(actor.person.pk, actor.hat.key, str(package.ref), package.version)
    return package


@operation(Action.REQUEST_HANDLE, on="request_package")
def keep_package(
    *, actor: Actor, request_package: RequestPackage, packed: Packed, version: int | None
) -> RequestPackage:
    """Keep a package that was made. Its bytes are on the disk before its row says so.

    Raises:
        NotPossible: nobody waits for it.
        Stale: another worker made it in between.
    """
    return _keep(actor, request_package, packed, version)


@operation(Action.SAFEGUARDING_VIEW, on="request_package")
def keep_lead_package(
    *, actor: Actor, request_package: RequestPackage, packed: Packed, version: int | None
) -> RequestPackage:
    """Keep a package of the safeguarding lead's that was made.

    Raises:
        NotPossible: nobody waits for it.
        Stale: another worker made it in between.
    """
    return _keep(actor, request_package, packed, version)


def _keep(actor: Actor, row: RequestPackage, packed: Packed, version: int | None) -> RequestPackage:
    _refuse_unless_waiting(row)
    store = store_of(row.org)
    taken = store.take(packed.pieces(), LARGEST)
    store.keep(taken)
    change(
        row, version=version, state=Making.DONE, done_at=actor.at, digest=taken.digest,
        size=taken.size, given=packed.given, withheld=packed.withheld,
    )  # fmt: skip
    if not row.lead:
        spine.tell(
            actor=actor, org=row.org, person=actor.person, source=row.data_request,
            words=_("The package for a request about personal data is ready"), pupil=row.pupil,
        )  # fmt: skip
    return row


@operation(Action.REQUEST_HANDLE, on="request_package")
def stop_package(
    *, actor: Actor, request_package: RequestPackage, version: int | None
) -> RequestPackage:
    """Say that a package could not be made; it can be asked for anew.

    Raises:
        NotPossible: nobody waits for it.
        Stale: it was made in between.
    """
    _refuse_unless_waiting(request_package)
    return change(request_package, version=version, state=Making.STOPPED)


@operation(Action.SAFEGUARDING_VIEW, on="request_package")
def stop_lead_package(
    *, actor: Actor, request_package: RequestPackage, version: int | None
) -> RequestPackage:
    """Say that a package of the safeguarding lead's could not be made.

    Raises:
        NotPossible: nobody waits for it.
        Stale: it was made in between.
    """
    _refuse_unless_waiting(request_package)
    return change(request_package, version=version, state=Making.STOPPED)


def _refuse_unless_waiting(row: RequestPackage) -> None:
    if row.state != Making.WAITS:
        raise NotPossible(_("Nobody waits for this package."))
