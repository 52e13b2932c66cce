"""What was tried and helped goes on into the profile, word for word, with who says so."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine, statements
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import NotFound, NotPossible
from opensenco.people.models import Pupil
from opensenco.support.models import HomeAction, Profile, Strategy
from opensenco.support.operations.having_read import note_read
from opensenco.support.operations.needs import replace_strategies
from opensenco.support.operations.profile import MOST
from opensenco.support.queries.tried import Tried, tried_with
from opensenco.support.words import paragraph


@operation(Action.PROFILE_EDIT, on="pupil")
def put_in_profile(*, actor: Actor, pupil: Pupil, tried: str) -> Profile:
    """Add what was tried and helped to what helps the child, and say who says so.

    The day on which the child said the rest stays: this line is an adult's, and is marked so.

    Args:
        tried: the key of a line, as `support.queries.tried` names it.

    Raises:
        NotFound: the record has no such line, or this person may not read it.
        NotPossible: it stands there, or the child has not been asked yet.
        Invalid: the profile would be too long.
    """
    row = Profile.objects.filter(pupil=pupil).first()
    one = _line(actor, pupil, row, tried)
    if row is None:
        raise NotPossible(_("Nobody has asked the child yet. Write what they say first."))
    if one.in_profile:
        raise NotPossible(_("This stands in the profile already."))
    helps = paragraph("helps", f"{row.helps}\n{one.words}", MOST)
    change(row, version=None, helps=helps)
    statements.attach(
        actor=actor, host=row, pupil=pupil, part="helps", text=helps, quote=one.words,
        reader=Action.PROFILE_VIEW, said_by=one.by[: statements.LONGEST_WHO], said_on=one.on,
    )  # fmt: skip
    _told(actor, pupil, row)
    return row


@operation(Action.PROFILE_EDIT, on="pupil")
def do_it_everywhere(*, actor: Actor, pupil: Pupil, tried: str) -> list[Strategy]:
    """Put what was tried and helped last among what every adult does in class.

    Args:
        tried: the key of a line, as `support.queries.tried` names it.

    Raises:
        NotFound: the record has no such line, or this person may not read it.
        NotPossible: every adult does it already, or it is done at home.
        Invalid: it is longer than a line, or there are six already.
    """
    one = _line(actor, pupil, None, tried)
    if isinstance(one.source, HomeAction):
        raise NotPossible(_("This is done at home. Add it to what helps."))
    if one.in_class:
        raise NotPossible(_("Every adult does this already."))
    return replace_strategies(actor.today, pupil, [*_now(pupil), one.words])


def _now(pupil: Pupil) -> list[str]:
    rows = Strategy.objects.filter(pupil=pupil, group=None, ended_on__isnull=True)
    return list(rows.order_by("position").values_list("text", flat=True))


def _line(actor: Actor, pupil: Pupil, profile: Profile | None, key: str) -> Tried:
    for one in tried_with(actor, pupil, profile, _now(pupil)):
        if one.key == key:
            return one
    raise NotFound


def _told(actor: Actor, pupil: Pupil, row: Profile) -> None:
    note_read(actor, pupil)
    words = _("Profile, version %(number)s") % {"number": row.version}
    spine.add_fact(
        actor=actor, pupil=pupil, kind="profile.written", on=actor.today, words=words, source=row,
        reader=Action.PROFILE_VIEW,
    )  # fmt: skip
