"""One pupil's record as parts of it are copied and shown: as it is now, or as it stood on a day.

Now and then are read by the same questions in the same order, so a page of the past and a pack of
the same day say the same. Who may read what is always asked of today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.audit.history import end_of, last_written, marked_since
from opensenco.cases import queries as cases
from opensenco.cases.looking_back import timeline_then
from opensenco.concerns import followed, observations
from opensenco.concerns.models import Diagnosis, Observation, Programme, Referral, ReferralNews
from opensenco.ehc import promised
from opensenco.ehc import queries as ehc
from opensenco.ehc.models import EhcLine, EhcPlan, EhcTie
from opensenco.kernel.clock import london_date
from opensenco.network.states import Part
from opensenco.participation.as_sources import voices_then
from opensenco.participation.models import Asked
from opensenco.people import looking_back, queries
from opensenco.people.models import CareStatus, Contact, HealthAlert, Pupil
from opensenco.provision import queries as provision
from opensenco.provision.delivery import Delivery
from opensenco.provision.models import Allocation
from opensenco.provision.queries.courses import courses_of
from opensenco.provision.queries.points import Course
from opensenco.support import queries as support
from opensenco.support.models import (
    Adjustment,
    ConditionNote,
    Cycle,
    HomeAction,
    Need,
    NeedRating,
    Outcome,
    OwnFieldValue,
    PlanVersion,
    Profile,
    Review,
    SenStatus,
    Strategy,
)
from opensenco.support.queries import beside as standing_beside
from opensenco.support.queries import own_fields
from opensenco.support.queries.plans import MOST_CYCLES
from opensenco.support.queries.ratings import ratings_of
from opensenco.ui.own_words import plan_and_cycle
from opensenco.ui.words import day as said_day

#: whose versions tell when a part was last written; entries of a timeline have days of their own
WRITTEN: dict[Part, tuple[type[Model], ...]] = {
    Part.FAMILY: (Contact,),
    Part.NEEDS: (SenStatus, Need, NeedRating),
    Part.PROFILE: (Profile, Strategy),
    Part.PLANS: (Cycle, Outcome, Review),
    Part.BESIDE: (Adjustment, HomeAction, ConditionNote),
    Part.EHC: (EhcPlan, EhcLine, EhcTie),
    Part.DELIVERY: (Allocation,),
    Part.AGENCIES: (Referral,),
    Part.OBSERVED: (Observation,),
    Part.OWN: (OwnFieldValue,),
    Part.DIAGNOSES: (Diagnosis,),
    Part.HEALTH: (HealthAlert,),
    Part.CARE: (CareStatus,),
}


@dataclass(frozen=True)
class Entry:
    """One entry of a timeline.

    Args:
        righted: it was put right or taken back after the day on which the record is read.
    """

    on: date
    words: str
    reader: str
    confidential: bool
    righted: bool = False


@dataclass(frozen=True)
class Record:
    """A pupil's record for one reader.

    Args:
        pupil: as the record stands now; rights hang on it.
        then: the same as it stood on the day; now, where no day is asked for.
        day: at whose end it is read; None for now.
        plans: how many plans are given, the newest.
        family: the family reads it: what is other people's own is left out.
    """

    actor: Actor
    pupil: Pupil
    then: Pupil
    day: date | None = None
    plans: int = MOST_CYCLES
    family: bool = False

    @property
    def on(self) -> date:
        """The day on which it is read."""
        return self.day or self.actor.today

    def contacts(self) -> list[Contact]:
        """Give parents, carers and other contacts."""
        if self.day:
            return looking_back.contacts_as_stood(self.actor, self.pupil, self.day)
        return queries.contacts_of(self.actor, self.pupil)

    def alerts(self) -> list[HealthAlert]:
        """Give health alerts."""
        if self.day:
            return looking_back.alerts_as_stood(self.actor, self.pupil, self.day)
        return queries.alerts_of(self.actor, self.pupil)

    def care(self) -> list[CareStatus]:
        """Give the care status that held."""
        if self.day:
            return looking_back.care_as_stood(self.actor, self.pupil, self.day)
        return queries.care_of(self.actor, self.pupil)

    def cycles(self) -> list[Cycle]:
        """Give the newest plans that stand, those that were made in error left out."""
        if self.day:
            return support.cycles_then(self.actor, self.pupil, self.day, self.plans)
        rows = [row for row in support.cycles_of(self.actor, self.pupil) if not row.in_error]
        for row in rows[: self.plans]:
            row.pupil = self.pupil
        return rows[: self.plans]

    def deliveries(self) -> list[Delivery]:
        """Give what was promised, and what had come of it."""
        if self.day:
            return provision.as_stood(self.actor, self.pupil, self.day)
        return provision.for_pupil(self.actor, self.pupil)

    def called(self, cycle: Cycle, *, blind: bool = False) -> str:
        """Say which plan is meant, in the place's own word for it; a blind pack has ours."""
        if self.pupil.org.plan_word and not blind:
            return plan_and_cycle(self.pupil.org, cycle.number)
        return _("Plan %(number)s") % {"number": cycle.number}

    def courses(self) -> list[tuple[Allocation, Course]]:
        """Give how the pupil fares with what is given, where it was measured."""
        rows = [one.allocation for one in self.deliveries()]
        return courses_of(self.actor, rows, self.day)

    def programmes(self) -> list[Programme]:
        """Give short programmes that concerns ended in, for who may read those concerns."""
        return followed.programmes_then(self.actor, self.pupil, self.day)

    def answers(self) -> list[Asked]:
        """Give what the pupil and the family answered when they were asked."""
        return voices_then(self.actor, self.pupil, self.day)

    def profile(self) -> Profile | None:
        """Give the one-page profile."""
        return support.profile_of(self.actor, self.pupil, self.day)

    def versions(self, cycles: Sequence[Cycle]) -> dict[int, list[PlanVersion]]:
        """Give the attested versions of plans, the oldest first, by the plan's key."""
        return standing_beside.versions_of_plans(self.actor, cycles, self.day)

    def ratings(self) -> list[NeedRating]:
        """Give how much help was needed, as it was rated, the newest first."""
        return ratings_of(self.actor, self.pupil, self.day)

    def beside(self) -> standing_beside.Beside:
        """Give adjustments, what the family does, and notes on a condition."""
        return standing_beside.beside(self.actor, self.pupil, day=self.day)

    def card(self) -> ehc.Card:
        """Give the card of the EHC plan with its rows."""
        return ehc.card_then(self.actor, self.pupil, self.day)

    def owed(self, card: ehc.Card) -> list[promised.Owed]:
        """Give what came of each row of section F, for who may see provision."""
        return promised.owed(self.actor, card.provision, self.pupil, self.day)

    def referrals(self) -> list[Referral]:
        """Give to whom the pupil was referred, the newest first."""
        if self.day:
            rows = followed.of_pupil_then(self.actor, self.pupil, self.day)
        else:
            rows = followed.of_pupil(self.actor, self.pupil)
        return [one.referral for one in rows]

    def news(self, rows: Sequence[Referral]) -> dict[int, list[ReferralNews]]:
        """Give what had been heard of referrals, by the referral's key."""
        return followed.news_of_all(rows, self.day)

    def observations(self) -> list[Observation]:
        """Give what was seen of the pupil by those who watched, the newest first."""
        return observations.of_pupil_then(self.actor, self.pupil, self.day)

    def own(self) -> list[own_fields.Said]:
        """Give what the school's own fields say, those that this reader's role sees."""
        if self.day:
            return own_fields.then(self.actor, self.pupil, self.day)
        return own_fields.now(self.actor, self.pupil)

    def diagnoses(self) -> list[Diagnosis]:
        """Give diagnoses that somebody wrote down, the newest first."""
        return followed.diagnoses_then(self.actor, self.pupil, self.day)

    def entries(self) -> list[Entry]:
        """Give the timeline, newest first."""
        if self.day:
            stood = timeline_then(self.actor, self.pupil, self.day)
            return [
                Entry(one.fact.on, one.fact.words, one.fact.reader, one.fact.confidential,
                      one.righted)
                for one in stood
            ]  # fmt: skip
        facts = cases.timeline(self.pupil, self.actor)
        return [Entry(one.on, one.words, one.reader, one.confidential) for one in facts]

    def since(self, rows: Iterable[Model]) -> dict[int, str]:
        """Say by id of those that turned out to have been made in error; nothing of the present.

        Why it was, which can name somebody, stays with the record.
        """
        if not self.day:
            return {}
        words = _("Marked as made in error on %(day)s")
        return {pk: words % {"day": said_day(on)} for pk, on in marked_since(rows).items()}

    def source(self, part: Part) -> str:
        """Say from whose record a part is, and when and by whom it was last written."""
        said = _("From the record of %(place)s.") % {"place": self.pupil.org.name}
        kinds = WRITTEN.get(part, ())
        if not kinds or not self.actor.can_somewhere(Action.PUPIL_HISTORY):
            return said
        found = last_written(kinds, [self.pupil.pk], end_of(self.on))
        if found is None:
            return said
        at, who = found
        last = _("Last written on %(day)s by %(who)s.")
        return f"{said} {last % {'day': said_day(london_date(at)), 'who': who}}"


def record_of(
    actor: Actor, pupil: Pupil, day: date | None = None, *, family: bool = False
) -> Record | None:
    """Give a pupil's record, now or as it stood; None where they were not on the record then."""
    then = pupil if day is None else queries.as_stood(actor, pupil, day)
    return None if then is None else Record(actor, pupil, then, day, family=family)
