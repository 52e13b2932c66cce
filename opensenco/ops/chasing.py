"""Who has not answered is reminded by the worker, as each school's rule says.

The timekeeper asks several times an hour. Only the reminders are its own: that somebody is silent
or late is asked of the day, and is right on the page whether a worker ran or not. A day without one
is made up for on the next.
"""

from dataclasses import replace

from opensenco.access.actions import Action
from opensenco.access.installation import installation_actor
from opensenco.access.reach import Reach
from opensenco.access.scope import system_scope
from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_date
from opensenco.kernel.errors import DomainError
from opensenco.participation.due import steps
from opensenco.participation.operations.chasing import chase_by_rule


def chase_silent() -> int:
    """Remind everybody whom a rule reminds today, and give how many there were.

    Done again on the same day it reminds nobody: each is chased once in a day at most.
    """
    now = clock().now()
    count = 0
    with system_scope("remind people who have not answered"):
        for step in steps(london_date(now)):
            actor = installation_actor(now, frozenset({step.asked.org_id}))
            hat = replace(actor.hat, grants={**actor.hat.grants, Action.ASK_SEND: Reach.ALL})
            try:
                chase_by_rule(actor=replace(actor, hat=hat), asked=step.asked, step=step.kind)
            except DomainError:
                # an answer came just now, or another worker was first
                continue
            count += 1
    return count
