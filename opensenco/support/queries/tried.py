"""What was tried with a pupil and helped, as it is offered for the profile: nothing is retyped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import visible
from opensenco.concerns.models import Concern
from opensenco.concerns.states import ConcernState
from opensenco.kernel.refs import short
from opensenco.people.models import Pupil
from opensenco.support.models import Adjustment, HomeAction, Profile
from opensenco.support.states import Helped
from opensenco.support.words import LINE, lines

DID = (Helped.YES, Helped.PARTLY)
#: tried in class: under way, or settled by it
IN_CLASS = (ConcernState.TRYING, ConcernState.SETTLED)
CONCERN, ADJUSTMENT, HOME = "concern", "adjustment", "home"


@dataclass(frozen=True)
class Tried:
    """One line of what was tried, as somebody wrote it, and how it went.

    Args:
        key: its name in a form: the record and the number of its line.
        went: how it went, in the words of the record.
        by: who says so. on: when they said so; None where the record has no day of it.
        source: the record it stands in.
    """

    key: str
    words: str
    went: str
    by: str
    on: date | None
    source: Model
    in_profile: bool = False
    in_class: bool = False

    @property
    def for_class(self) -> bool:
        """Whether a teacher can do it, and hold it in one line: what is done at home is not."""
        return len(self.words) <= LINE and not isinstance(self.source, HomeAction)

    def offered(self, profile: Profile | None) -> bool:
        """Whether there is still somewhere to put it."""
        return (profile is not None and not self.in_profile) or (
            self.for_class and not self.in_class
        )


def tried_with(
    actor: Actor, pupil: Pupil, profile: Profile | None, now: Sequence[str]
) -> list[Tried]:
    """Give what was tried with a pupil and helped, as far as this person may read it.

    Args:
        profile: what the child's own page says. now: what every adult does in class.
    """
    stands = Q(in_error_at__isnull=True)
    concerns = visible(actor, Action.CONCERN_VIEW, Concern).filter(stands, pupil=pupil)
    tried = concerns.filter(state__in=IN_CLASS).exclude(trying="")
    adjusted = visible(actor, Action.PLAN_VIEW, Adjustment).filter(stands, pupil=pupil)
    home = visible(actor, Action.PLAN_VIEW, HomeAction).filter(stands, pupil=pupil)
    return [
        *of_concerns(tried.select_related("owner", "raised_by").order_by("-raised_on", "-id"),
                     profile, now),
        *of_adjustments(adjusted.filter(helped__in=DID).select_related("helped_by")
                        .order_by("-helped_on", "-id"), profile, now),
        *of_home(home.filter(helped__in=DID).select_related("recorded_by")
                 .order_by("-answered_on", "-id"), profile, now),
    ]  # fmt: skip


def of_concerns(
    rows: Iterable[Concern], profile: Profile | None, now: Sequence[str]
) -> list[Tried]:
    """Give what these concerns say was tried in class; one that was passed on did not help."""
    found = []
    for row in rows:
        if row.in_error or not row.trying or row.state not in IN_CLASS:
            continue
        who = (row.owner or row.raised_by).name
        settled = row.state == ConcernState.SETTLED
        went = row.result if settled else _("Being tried in class")
        found += _lines(CONCERN, row, row.trying, went, who, None, profile, now)
    return found


def of_adjustments(
    rows: Iterable[Adjustment], profile: Profile | None, now: Sequence[str]
) -> list[Tried]:
    """Give the adjustments of which somebody said that they help."""
    found = []
    for row in rows:
        if row.helped in DID:
            went = ". ".join(part for part in (row.get_helped_display(), row.helped_words) if part)
            found += _lines(ADJUSTMENT, row, row.words, went, _name(row.helped_by), row.helped_on,
                            profile, now)  # fmt: skip
    return found


def of_home(rows: Iterable[HomeAction], profile: Profile | None, now: Sequence[str]) -> list[Tried]:
    """Give what the family does at home and says that it helps."""
    found = []
    for row in rows:
        if row.helped in DID:
            went = ". ".join(part for part in (row.get_helped_display(), row.answer) if part)
            by = row.answered_by or _name(row.recorded_by)
            found += _lines(HOME, row, row.words, went, by, row.answered_on, profile, now)
    return found


def _name(person: object) -> str:
    return str(getattr(person, "name", ""))


def _lines(
    kind: str, row: Concern | Adjustment | HomeAction, text: str, went: str, by: str,
    on: date | None, profile: Profile | None, now: Sequence[str],
) -> list[Tried]:  # fmt: skip
    helps = lines(profile.helps) if profile else []
    return [
        Tried(f"{kind}-{short(row.ref)}-{number}", words, went, by, on, row,
              words in helps, words in now)
        for number, words in enumerate(lines(text), start=1)
    ]  # fmt: skip
