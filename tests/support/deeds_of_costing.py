"""What people can do with costs, once each."""

from datetime import date

from opensenco.access.actor import Actor
from opensenco.costing.operations import beside, budgets, rates, top_up
from opensenco.people.models import Pupil
from opensenco.provision.models import Provision
from tests.cast import TODAY


def do(actor: Actor, pupil: Pupil) -> None:
    """A rate is entered and taken back, the way set, a top-up recorded and taken back."""
    rate = rates.set_rate(
        actor=actor, org=pupil.org, post="ta", kind="LA_STANDARD", pence=1720, first=TODAY
    )
    rates.take_rate_back(actor=actor, rate=rate)
    rates.set_convention(
        actor=actor, org=pupil.org, first=TODAY, kind="LA_STANDARD", charge="SHARED", weeks=38,
        year="FINANCIAL", usual_post="ta", because="Our policy.",
    )  # fmt: skip
    budgets.set_budget(actor=actor, org=pupil.org, pence=9_640_000, source="A statement.")
    top = top_up.record_top_up(
        actor=actor, pupil=pupil, pence=480_000, first=TODAY, last=date(2027, 8, 31), source="Them."
    )
    top_up.take_top_up_back(actor=actor, top_up=top)
    what = Provision.objects.filter(org=pupil.org).order_by("id").first()
    assert what is not None
    beside.set_bearing(
        actor=actor, provision=what, bears="SOLE", first=TODAY, because="It is run for one pupil."
    )
    item = beside.add_item(
        actor=actor, provision=what, kind="training", what="A course", pence=9_000, first=TODAY
    )
    beside.take_item_back(actor=actor, item=item)
