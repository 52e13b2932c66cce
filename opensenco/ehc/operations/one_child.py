"""Of two records that are one child one card of an EHC plan can stand: a person chooses."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.cases import spine
from opensenco.cases.joining.questions import FIRST, Subject
from opensenco.cases.joining.rows import Deeds
from opensenco.ehc.models import EhcPlan
from opensenco.kernel.dates import say
from opensenco.people.models import Pupil


class CardSubject(Subject):
    """The card of an EHC plan that stands."""

    code: ClassVar[str] = "ehc-plan"
    title: ClassVar[Promise] = gettext_lazy("Card of the EHC plan")
    action: ClassVar[Action] = Action.PLAN_VIEW

    def rows(self, pupil: Pupil) -> list[EhcPlan]:
        """The card that stands, if one does."""
        rows = EhcPlan.objects.filter(pupil=pupil, in_error_at__isnull=True, ended_on__isnull=True)
        return list(rows.select_related("pupil__org").order_by("id"))

    def lines(self, pupil: Pupil) -> list[str]:
        """Whose plan it is, and since when."""
        return [
            _("%(authority)s, made on %(day)s")
            % {"authority": row.authority, "day": say(row.made_on)}
            for row in self.rows(pupil)
        ]

    def settle(self, deeds: Deeds, chosen: str) -> None:
        """Mark the card that was not chosen as made in error."""
        mine, theirs = self.rows(deeds.first), self.rows(deeds.second)
        if not (mine and theirs):
            return
        for row in theirs if chosen == FIRST else mine:
            deeds.change(
                row, in_error_at=deeds.actor.at, in_error_by=deeds.actor.person,
                in_error_reason=_("Another card was chosen when two records were made one."),
            )  # fmt: skip
            spine.replace_due_dates(actor=deeds.actor, pupil=row.pupil, source=row, dues=())
