"""The one-page profile: the child speaks first, then what helps."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.policy import on_day
from opensenco.support.models import Profile, Strategy
from opensenco.support.operations.having_read import note_read
from opensenco.support.operations.needs import replace_strategies
from opensenco.support.queries.reading import spans_version
from opensenco.support.words import line, paragraph

MOST = 2_000
MOST_IN_A_CLASS = 3
PARTS = ("own_words", "good_at", "matters", "helps", "hinders", "communication")


@operation(Action.PROFILE_EDIT, on="pupil")
def write_profile(
    *,
    actor: Actor,
    pupil: Pupil,
    own_words: str = "",
    good_at: str = "",
    matters: str = "",
    helps: str = "",
    hinders: str = "",
    communication: str = "",
    said_on: date | None = None,
    said_with: str = "",
    strategies: Sequence[str] | None = None,
    version: int | None = None,
) -> Profile:
    """Write the profile as the child gave it; the version before it stays in the history.

    Args:
        helps, hinders, communication: one thing a line.
        said_on: when the child said it; today where nothing else is said.
        strategies: what every adult does in class, the most useful first; None leaves them.
        version: of the profile that the writer saw; 0 where there was none, None without a form.

    Raises:
        Invalid: nothing written at all, or a day to come.
        Stale: somebody else wrote it in between.
    """
    day = said_on or actor.today
    if day > actor.today:
        raise Invalid("said_on", _("This is a day to come. Give the day it was said."))
    given = (own_words, good_at, matters, helps, hinders, communication)
    values: dict[str, object] = {
        part: paragraph(part, text, MOST) for part, text in zip(PARTS, given, strict=True)
    }
    if not any(values.values()):
        raise Invalid("own_words", _("Write something in at least one part."))
    values |= {"said_on": day, "said_with": line("said_with", said_with)}
    row = _put(pupil, values, version)
    if strategies is not None:
        replace_strategies(actor.today, pupil, strategies)
    note_read(actor, pupil)
    spine.add_fact(
        actor=actor,
        pupil=pupil,
        kind="profile.written",
        on=actor.today,
        words=_("Profile, version %(number)s") % {"number": row.version},
        source=row,
        reader=Action.PROFILE_VIEW,
    )
    return row


@operation(Action.PROFILE_EDIT, on="pupil")
def write_class_strategies(
    *,
    actor: Actor,
    pupil: Pupil,
    group: Group,
    texts: Sequence[str],
    version: int | None = None,
) -> list[Strategy]:
    """Say what helps a pupil in one class or group: three lines at most, read there first.

    Args:
        texts: the most useful first; none takes them away.
        version: as `strategies_version` gave it to the writer; None without a form.

    Raises:
        Invalid: more than three, or one longer than a line.
        NotPossible: the pupil is not in that class or group today.
        Stale: somebody else wrote them in between.
    """
    if version is not None and version != spans_version(Strategy, pupil):
        raise Stale
    if not GroupPupil.objects.filter(on_day(actor.today), pupil=pupil, group=group).exists():
        raise NotPossible(_("The pupil is not in this class or group today."))
    said = [text for text in texts if text.strip()]
    if len(said) > MOST_IN_A_CLASS:
        raise Invalid("strategies", _("Keep the three that matter most in this class."))
    rows = replace_strategies(actor.today, pupil, said, group)
    note_read(actor, pupil)
    spine.add_fact(
        actor=actor,
        pupil=pupil,
        kind="profile.in_class",
        on=actor.today,
        words=_("What helps in %(group)s was written") % {"group": group.name},
        source=pupil,
        reader=Action.PROFILE_VIEW,
    )
    return rows


def _put(pupil: Pupil, values: dict[str, object], version: int | None) -> Profile:
    before = Profile.objects.filter(pupil=pupil).first()
    if version is not None and version != (before.version if before else 0):
        raise Stale
    if before:
        return change(before, version=version or None, **values)
    row = Profile(org_id=pupil.org_id, pupil=pupil, **values)
    row.save()
    return row
