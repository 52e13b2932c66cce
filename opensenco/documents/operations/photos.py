"""A photo of a pupil is put up with the consent to it, and taken down at any time."""

from collections.abc import Collection
from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.files.portrait import LARGEST, portrait
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.files.store import Store
from opensenco.documents.keeping import Incoming, store_of
from opensenco.documents.limits import LONGEST_TITLE
from opensenco.documents.models import PupilPhoto
from opensenco.documents.states import PhotoEnd, PhotoFor, Yes
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.models import Pupil


@operation(Action.PROFILE_EDIT, on="pupil")
def put_photo(
    *,
    actor: Actor,
    pupil: Pupil,
    file: Incoming,
    given_by: str,
    given_on: date,
    given_how: str,
    uses: Collection[str],
    words: str = "",
    until: date | None = None,
) -> PupilPhoto:
    """Put up a photo of a pupil, with who said yes to it, when, how and what for.

    The file is drawn anew, small and without what a camera writes into it; the one that was sent is
    not kept. A photo that stood before is taken down.

    Args:
        uses: codes of PhotoFor, one at least.
        until: the last day of the yes; None where it holds until it is taken back.

    Raises:
        Invalid: the consent is not whole, or the file is no photo; the sentence says which.
    """
    values = {
        "given_by": _line("given_by", given_by, _("Say who said yes.")),
        "given_on": given_on,
        "given_how": given_how,
        "until": until,
        "words": _line("words", words),
        **{f"on_{one.value}": one.value in uses for one in PhotoFor},
    }
    if given_on > actor.today:
        raise Invalid("given_on", _("This day is still to come."))
    if until is not None and until < actor.today:
        raise Invalid("until", _("This yes would be over already. Give a day to come, or none."))
    if given_how not in Yes.values:
        raise Invalid("given_how", _("Choose one of the answers shown."))
    if not set(uses) & set(PhotoFor.values):
        raise Invalid("uses", _("Choose what the yes is for. The photo is shown nowhere else."))
    row = PupilPhoto(org_id=pupil.org_id, pupil=pupil, person=actor.person, at=actor.at, **values)
    row.digest = _drawn(store_of(pupil.org), file, row.ref.bytes)
    _end(actor, pupil, PhotoEnd.REPLACED, "")
    row.save()
    return row


@operation(Action.PROFILE_EDIT, on="photo")
def take_photo_down(*, actor: Actor, photo: PupilPhoto, why: str, words: str = "") -> PupilPhoto:
    """Take a photo down: it is on no page from this moment, and its file is removed for good.

    Args:
        words: who asked for it, and how.

    Raises:
        Invalid: no reason of those there are, or nobody is named who does not want it any more.
        NotPossible: it was taken down already.
    """
    if photo.ended_at is not None:
        raise NotPossible(_("This photo was taken down already."))
    if why not in PhotoEnd.values or why == PhotoEnd.REPLACED:
        raise Invalid("why", _("Choose one of the answers shown."))
    said = _line("words", words)
    if why == PhotoEnd.WITHDRAWN and not said:
        raise Invalid("words", _("Say who does not want it any more, and how they told you."))
    _end(actor, photo.pupil, PhotoEnd(why), said)
    photo.refresh_from_db()
    return photo


def _drawn(store: Store, file: Incoming, whose: bytes) -> str:
    """Give the digest of the picture that is kept; nothing of what was sent stays."""
    try:
        sent = store.take(file.pieces, LARGEST)
        try:
            drawn = portrait(sent.path, whose)
        finally:
            store.drop(sent)
        taken = store.take([drawn], LARGEST)
    except FileNotTaken as refused:
        raise Invalid("file", refused.sentence) from None
    store.keep(taken)
    return taken.digest


def _end(actor: Actor, pupil: Pupil, why: PhotoEnd, words: str) -> None:
    """End every photo of a pupil that stands: two records that became one can have two."""
    store = store_of(pupil.org)
    for row in PupilPhoto.objects.filter(pupil=pupil, ended_at__isnull=True).order_by("id"):
        row.removed, row.digest = row.digest, ""
        row.ended_at, row.ended_by, row.ended_why = actor.at, actor.person, why.value
        row.ended_words = words
        row.save()
        # after it is written: a kill before leaves the photo whole, and one after leaves a file
        # that no row shows, which the worker removes. The bytes are this row's and no other's.
        transaction.on_commit(partial(store.remove, row.removed))


def _line(field: str, text: str, needed: str = "") -> str:
    words = " ".join(text.split())
    if needed and not words:
        raise Invalid(field, needed)
    if len(words) > LONGEST_TITLE:
        raise Invalid(field, _("Use at most %(most)s characters.") % {"most": LONGEST_TITLE})
    return words
