"""Where things of support are done: the addresses that tasks and notices lead to."""

from django.urls import reverse

from opensenco.people.models import Pupil
from opensenco.support.models import Cycle


def status_page(pupil: Pupil) -> str:
    """Give the address of a pupil's status and needs."""
    return reverse("plans:status", args=[pupil.ref])


def plan_page(cycle: Cycle) -> str:
    """Give the address of the page of a plan and its review."""
    return reverse("plans:plan", args=[cycle.ref])
