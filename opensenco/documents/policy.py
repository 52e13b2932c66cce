"""Who knows of a document, who opens it, and who may put it right."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.installation import KEEPER
from opensenco.access.registry import NONE, rules
from opensenco.documents.models import (
    Document,
    DocumentVersion,
    GonePaper,
    Hold,
    PaperText,
    PupilPhoto,
    StoredFile,
)
from opensenco.documents.states import Level
from opensenco.people.models import Pupil
from opensenco.people.policy import about, pupils

#: what apps above took down: conditions over documents that nobody opens any more
_taken_down: list[Callable[[], Q]] = []


def taken_down_by(condition: Callable[[], Q]) -> None:
    """Say which closed documents are opened by nobody, not even by who puts others right."""
    _taken_down.append(condition)


@rules(Pupil, Action.DOCUMENT_VIEW, Action.DOCUMENT_FILE, Action.DOCUMENT_CONFIDENTIAL)
def pupil_rule(actor: Actor, action: Action) -> Q:
    """Pupils whose documents this actor reads or files, by reach."""
    return pupils(actor, action)


def _open_to(actor: Actor) -> Q:
    """Give the documents of each level that one may know of, whatever became of them.

    A confidential one is known to who filed it, while they still reach the pupil.
    """
    seen = _and(Q(level=Level.ORDINARY), about(actor, Action.DOCUMENT_VIEW))
    own = Q(level=Level.CONFIDENTIAL, filer=actor.person)
    seen |= _and(own, about(actor, Action.DOCUMENT_VIEW))
    seen |= _and(Q(level=Level.CONFIDENTIAL), about(actor, Action.DOCUMENT_CONFIDENTIAL))
    return seen | _and(Q(level=Level.SAFEGUARDING), about(actor, Action.SAFEGUARDING_VIEW))


def _and(first: Q, second: Q) -> Q:
    """Join two conditions; an empty one is every row."""
    return first & second if second else first


@rules(Document, Action.DOCUMENT_FILE)
def file_rule(actor: Actor, action: Action) -> Q:
    """What one may put right: what one filed oneself, and all of it for who co-ordinates.

    The safeguarding lead puts right what is theirs alone. Of what was disposed of nothing is left
    to be put right.
    """
    if actor.hat.reach(action) is None:
        return NONE
    own = _and(Q(filer=actor.person), about(actor, action))
    trusted = about(actor, Action.RECORD_INVALIDATE)
    # an empty condition is every row, and "or" would drop it
    every = trusted or Q(pk__isnull=False)
    lead = Q(level=Level.SAFEGUARDING) if actor.can_somewhere(Action.SAFEGUARDING_VIEW) else NONE
    return _open_to(actor) & (own | every | lead) & ~_gone()


def _gone() -> Q:
    """Papers that were disposed of: their empty shells are opened by nobody."""
    return Q(Exists(GonePaper.objects.filter(document=OuterRef("pk"))))


@rules(GonePaper, Action.DOCUMENT_VIEW)
def gone_rule(actor: Actor, action: Action) -> Q:
    """That a paper was disposed of: known to whoever could know of the paper."""
    seen = _and(Q(level=Level.ORDINARY), about(actor, Action.DOCUMENT_VIEW))
    closed = _and(Q(level=Level.CONFIDENTIAL), about(actor, Action.DOCUMENT_CONFIDENTIAL))
    return seen | closed


@rules(Document, Action.DOCUMENT_VIEW, Action.DOCUMENT_CONFIDENTIAL)
def view_rule(actor: Actor, action: Action) -> Q:
    """Documents one may open. What was filed in error is left to those who may put it right.

    What was taken down, such as a photo to which nobody says yes any more, is left to nobody.
    """
    standing = Q(in_error_at__isnull=True)
    if not actor.can_somewhere(Action.DOCUMENT_FILE):
        return _open_to(actor) & standing
    mended = file_rule(actor, Action.DOCUMENT_FILE)
    for condition in _taken_down:
        mended &= ~condition()
    return _open_to(actor) & (standing | mended)


@rules(Document, Action.SAFEGUARDING_VIEW)
def lead_rule(actor: Actor, action: Action) -> Q:
    """Documents for the safeguarding lead alone."""
    return _and(Q(level=Level.SAFEGUARDING), about(actor, action))


@rules(DocumentVersion, Action.DOCUMENT_VIEW)
def version_rule(actor: Actor, action: Action) -> Q:
    """Versions of documents one may open."""
    return Q(document__in=Document.objects.filter(view_rule(actor, action)).values("pk"))


@rules(PaperText, Action.DOCUMENT_VIEW)
def text_rule(actor: Actor, action: Action) -> Q:
    """The words inside documents one may open. The document itself is asked, so none is left."""
    return Q(document__in=Document.objects.filter(view_rule(actor, action)).values("pk"))


@rules(Hold, Action.DOCUMENT_VIEW, Action.DOCUMENT_CONFIDENTIAL)
def hold_rule(actor: Actor, action: Action) -> Q:
    """What keeps the papers of a pupil, by reach over the pupil."""
    return about(actor, action)


@rules(PupilPhoto, Action.PROFILE_VIEW, Action.PROFILE_EDIT)
def photo_rule(actor: Actor, action: Action) -> Q:
    """Photos of the pupils whose profile one reads or writes. Guests have no row of them."""
    return about(actor, action)


@rules(StoredFile, Action.SIGNED_IN)
def stored_rule(actor: Actor, action: Action) -> Q:
    """Files of one's own organisations, for the scanner's word and to be read by the worker.

    A file says nothing of whom it is, and no page shows one by itself.
    """
    if actor.hat.role is KEEPER:
        return Q()
    return Q(org__in=actor.hat.orgs)
