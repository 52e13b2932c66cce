"""A photo goes up with a yes that may have a last day, is asked about in time, and comes down.

The picture is the business of documents. What waits for somebody is kept here, with its day.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.documents.keeping import Incoming, store_of
from opensenco.documents.models import PupilPhoto
from opensenco.documents.operations import photos
from opensenco.documents.states import PhotoFor
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible
from opensenco.people.models import Pupil

#: what waits from three weeks before the last day of a yes
ASK_AGAIN = "photo.consent"
BEFORE = timedelta(days=21)


@operation(Action.PROFILE_EDIT, on="pupil")
def put_up_photo(
    *, actor: Actor, pupil: Pupil, file: Incoming, given_by: str, given_on: date, given_how: str,
    uses: Collection[str], words: str = "", until: date | None = None,
) -> PupilPhoto:  # fmt: skip
    """Put up a photo with the consent to it; who writes profiles asks again before its last day.

    Args:
        uses: codes of PhotoFor. until: the last day of the yes, or None: see `photos.put_photo`.

    Raises:
        Invalid: the consent is not whole, or the file is no photo.
    """
    before = _up(pupil)
    row = photos.put_photo(
        actor=actor, pupil=pupil, file=file, given_by=given_by, given_on=given_on,
        given_how=given_how, uses=uses, words=words, until=until,
    )  # fmt: skip
    _nobody_waits(actor, before)
    _ask_again(actor, row)
    return row


@operation(Action.PROFILE_EDIT, on="photo")
def renew_consent(
    *, actor: Actor, photo: PupilPhoto, given_by: str, given_on: date, given_how: str,
    words: str = "", until: date | None = None,
) -> PupilPhoto:  # fmt: skip
    """Keep that somebody said yes again to the same photo. The yes before stays written as over.

    Raises:
        Invalid: the consent is not whole.
        NotPossible: the photo was taken down.
    """
    if photo.ended_at is not None:
        raise NotPossible(_("This photo was taken down. Put it up again."))
    picture = store_of(photo.pupil.org).whole(photo.digest).read_bytes()
    uses = [one.value for one in PhotoFor if getattr(photo, f"on_{one.value}")]
    row = photos.put_photo(
        actor=actor, pupil=photo.pupil, file=Incoming("photo.png", [picture]), given_by=given_by,
        given_on=given_on, given_how=given_how, uses=uses, words=words, until=until,
    )  # fmt: skip
    _nobody_waits(actor, [photo])
    _ask_again(actor, row)
    return row


@operation(Action.PROFILE_EDIT, on="photo")
def take_down(*, actor: Actor, photo: PupilPhoto, why: str, words: str = "") -> PupilPhoto:
    """Take a photo down; nobody is asked about it again.

    Raises:
        Invalid: no reason of those there are, or nobody is named who does not want it any more.
        NotPossible: it was taken down already.
    """
    before = _up(photo.pupil)
    row = photos.take_photo_down(actor=actor, photo=photo, why=why, words=words)
    _nobody_waits(actor, before)
    return row


def _up(pupil: Pupil) -> list[PupilPhoto]:
    return list(PupilPhoto.objects.filter(pupil=pupil, ended_at__isnull=True).order_by("id"))


def _nobody_waits(actor: Actor, rows: Collection[PupilPhoto]) -> None:
    for row in rows:
        spine.settle_task(actor=actor, source=row, kind=ASK_AGAIN)


def _ask_again(actor: Actor, row: PupilPhoto) -> None:
    """Let it wait for whoever writes profiles, from three weeks before the last day on."""
    if row.until is None:
        return
    spine.open_task(
        actor=actor, org=row.pupil.org, kind=ASK_AGAIN, source=row, pupil=row.pupil,
        words=_("The yes to a photo ends. Ask again, or take it down"),
        role_action=Action.PROFILE_EDIT, since=max(actor.today, row.until - BEFORE), due=row.until,
    )  # fmt: skip
