"""A photo or piece of work of a session is kept beside an outcome, and taken down at any time."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.keeping import Incoming, store_of, stripped
from opensenco.documents.operations import filing, putting_right
from opensenco.documents.operations.filing import FilesNotTaken, Paper
from opensenco.documents.states import PhotoEnd, Yes
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import Session, Work
from opensenco.provision.states import Seen, Went
from opensenco.provision.work_models import LONGEST
from opensenco.support.models import Outcome

#: of a photo that is kept, in pixels: wide enough to read what was written
WIDE = 1200


@dataclass(frozen=True)
class SaidYes:
    """Who said yes to a photo in which the pupil can be seen, when and how."""

    by: str = ""
    on: date | None = None
    how: str = ""


@operation(Action.SESSION_LOG, on="session")
def keep_work(
    *,
    actor: Actor,
    session: Session,
    file: Incoming,
    title: str,
    seen: str,
    said_yes: SaidYes = SaidYes(),
    outcome: Outcome | None = None,
) -> Work:
    """Keep a photo or piece of work of a session that took place.

    A photo is drawn anew, so that nothing a camera wrote into it is kept; what is kept is a
    document of the pupil's, looked at by the scanner like any other.

    Args:
        seen: a value of `Seen`.
        said_yes: where the pupil can be seen.

    Raises:
        Invalid: the file is not taken, nobody has said yes, or something said of it cannot be.
        NotPossible: the session did not take place, or the outcome is another pupil's.
    """
    stands = not Session.objects.filter(corrects=session).exists()
    if not stands or session.went != Went.DELIVERED:
        raise NotPossible(_("This pupil was not at that session, so there is no work of it."))
    # where two records were made one, the session stays where it was written; the promise moved
    pupil = session.allocation.pupil
    if outcome is not None and outcome.pupil_id != pupil.pk:
        raise NotPossible
    row = Work(
        org_id=session.org_id, pupil=pupil, session=session, outcome=outcome,
        title=_line("title", title, _("Say in a few words what it shows.")),
        person=actor.person, at=actor.at, **_yes(actor, seen, said_yes),
    )  # fmt: skip
    try:
        kept = stripped(store_of(pupil.org), file, row.ref.bytes, WIDE)
        paper = Paper(kept, title=row.title, kind="evidence", dated=session.on)
        (row.document,) = filing.keep(actor=actor, pupil=pupil, papers=[paper])
    except FileNotTaken as refused:
        raise Invalid("file", refused.sentence) from None
    except FilesNotTaken as refused:
        raise Invalid("file", str(refused.why[0])) from None
    row.save()
    spine.add_fact(
        actor=actor, pupil=pupil, kind="provision.work", on=session.on, source=row,
        words=_("Work from %(provision)s: %(title)s")
        % {"provision": session.allocation.provision.name, "title": row.title},
        reader=Action.PROVISION_VIEW,
    )  # fmt: skip
    return row


@operation(Action.SESSION_LOG, on="work")
def take_work_down(*, actor: Actor, work: Work, why: str, words: str = "") -> list[Work]:
    """Take a photo or piece of work down. Where a yes is taken back, so is every photo in which the
    pupil can be seen.

    Args:
        words: who asked for it, and how.

    Raises:
        Invalid: no reason of those there are, or nobody is named who does not want it any more.
        NotPossible: it was taken down already.
    """
    if work.ended_at is not None:
        raise NotPossible(_("This was taken down already."))
    if why not in PhotoEnd.values or why == PhotoEnd.REPLACED:
        raise Invalid("why", _("Choose one of the answers shown."))
    needed = _("Say who does not want it any more, and how they told you.")
    said = _line("words", words, needed if why == PhotoEnd.WITHDRAWN else "")
    rows = [work]
    if why == PhotoEnd.WITHDRAWN:
        others = Work.objects.filter(pupil=work.pupil, seen=Seen.PUPIL, ended_at__isnull=True)
        rows += others.exclude(pk=work.pk).select_related("pupil", "document").order_by("id")
    for row in rows:
        row.ended_at, row.ended_by, row.ended_why = actor.at, actor.person, why
        row.ended_words = said
        row.save()
        reason = str(PhotoEnd(why).label)
        putting_right.close(actor=actor, document=row.document, reason=reason)
        spine.withdraw_facts(
            actor=actor, pupil=row.pupil, source=row, reader=Action.PROVISION_VIEW,
            words=_("A photo or piece of work was taken down."),
        )  # fmt: skip
    return rows


def _yes(actor: Actor, seen: str, said: SaidYes) -> dict[str, object]:
    """Give who can be seen and who said yes to that, as it is stored."""
    if seen not in Seen.values:
        raise Invalid(
            "seen",
            _("Choose who can be seen. Where another child can, cut them out or take another one."),
        )
    if seen == Seen.NOBODY:
        return {"seen": seen}
    by = _line("given_by", said.by, _("Say who said yes. Without a yes the photo is not kept."))
    if said.on is None:
        raise Invalid("given_on", _("Give the day on which they said yes."))
    if said.on > actor.today:
        raise Invalid("given_on", _("This day is still to come."))
    if said.how not in Yes.values:
        raise Invalid("given_how", _("Choose how they said yes."))
    return {"seen": seen, "given_by": by, "given_on": said.on, "given_how": said.how}


def _line(field: str, text: str, needed: str = "") -> str:
    words = " ".join(text.split())
    if needed and not words:
        raise Invalid(field, needed)
    if len(words) > LONGEST:
        raise Invalid(field, _("Use at most %(most)s characters.") % {"most": LONGEST})
    return words
