"""Rates are entered from a day on, and taken back; the place says how it counts."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation, Person
from opensenco.costing.models import MOST_AN_HOUR, MOST_WEEKS, Convention, Rate
from opensenco.costing.states import Charged, Post, RateKind, YearOf
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.support.words import line

MOST_TEACHER_HOURS = 40


@operation(Action.RATES_KEEP, on="org")
def set_rate(
    *,
    actor: Actor,
    org: Organisation,
    post: str,
    kind: str,
    pence: int | None,
    first: date,
    who: Person | None = None,
) -> Rate:
    """Enter what an hour costs from a day on: of everybody of a post, or of one person.

    Args:
        pence: None says that the person costs what everybody of their post does.

    Raises:
        Invalid: no rate, one that cannot be, a standard rate for one person, somebody from outside.
    """
    if post not in Post.values:
        raise Invalid("post", _("Choose a kind of post."))
    if who is not None and not Membership.objects.filter(org=org, person=who).exists():
        raise Invalid("who", _("Choose somebody who works here."))
    if who is None and pence is None:
        raise Invalid("pence", _("Enter what an hour costs, such as 17.20."))
    if who is not None and pence is None:
        kind = RateKind.STANDARD
    elif who is not None and kind == RateKind.STANDARD:
        raise Invalid("kind", _("A standard rate is nobody’s own. Choose full cost or basic pay."))
    if kind not in RateKind.values:
        raise Invalid("kind", _("Choose what the rate holds."))
    if pence is not None and not 1 <= pence <= MOST_AN_HOUR:
        raise Invalid("pence", _("Enter an amount of more than nothing and at most £500."))
    row = Rate(
        org=org, post=post, who=who, kind=kind, pence=pence, first=first, person=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.RATES_KEEP, on="rate")
def take_rate_back(*, actor: Actor, rate: Rate) -> Rate:
    """Take back what was entered for a day: what held before it holds on. The ledger keeps both.

    Raises:
        NotPossible: it was taken back already, or another stands in its place.
    """
    same = Rate.objects.filter(org=rate.org_id, who=rate.who_id, kind=rate.kind, first=rate.first)
    if rate.who_id is None:
        same = same.filter(post=rate.post)
    if rate.withdrawn or same.order_by("-id").values_list("pk", flat=True)[0] != rate.pk:
        raise NotPossible(_("This rate counts no more. Look at what holds now."))
    row = Rate(
        org_id=rate.org_id, post=rate.post, who_id=rate.who_id, kind=rate.kind, pence=rate.pence,
        first=rate.first, withdrawn=True, person=actor.person, at=actor.at,
    )  # fmt: skip
    row.save()
    return row


@operation(Action.COST_KEEP, on="org")
def set_convention(
    *,
    actor: Actor,
    org: Organisation,
    first: date,
    kind: str,
    charge: str,
    weeks: int,
    year: str,
    usual_post: str,
    because: str,
    teacher_hours: Decimal | None = None,
) -> Convention:
    """Say how this place counts what provision costs, from a day on.

    Raises:
        Invalid: a number or word that cannot be, or no source.
    """
    for field, value, known in (
        ("kind", kind, RateKind.values), ("charge", charge, Charged.values),
        ("year", year, YearOf.values), ("usual_post", usual_post, Post.values),
    ):  # fmt: skip
        if value not in known:
            raise Invalid(field, _("Choose one of these."))
    if not 1 <= weeks <= MOST_WEEKS:
        raise Invalid("weeks", _("Enter weeks from 1 to %(most)s.") % {"most": MOST_WEEKS})
    if teacher_hours is not None and not 0 <= teacher_hours <= MOST_TEACHER_HOURS:
        raise Invalid("teacher_hours", _("Enter hours a week from 0 to 40."))
    source = line("because", because)
    if not source:
        raise Invalid("because", _("Say where it is decided, such as the authority’s guidance."))
    row = Convention(
        org=org, first=first, kind=kind, charge=charge, weeks=weeks, year=year,
        usual_post=usual_post, teacher_hours=teacher_hours, because=source, person=actor.person,
        at=actor.at,
    )  # fmt: skip
    row.save()
    return row
