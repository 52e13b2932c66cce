"""How many children one person opens in how short a time: then they show that it is them.

Every look is in the books; this stops whoever would go through a register with a session that is
not theirs. A list is one look whatever it holds, and a file of many children asks by itself.

Counted by each server process for itself and kept in its memory: a page costs no question more,
and what several processes let through together is that many times as much and no more.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Container, Iterable
from threading import Lock

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opensenco.access.models import Person
from opensenco.audit.models import Opening
from opensenco.gate import strength
from opensenco.kernel.refs import short

log = logging.getLogger("opensenco.security")

#: in so many seconds, or since they last showed that it is them
SECONDS = 600
#: so many people are remembered before those who have opened nothing lately are forgotten
PEOPLE = 1_000


class Looks:
    """Which children somebody opened lately, and when."""

    def __init__(self) -> None:
        self._seen: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self._lock = Lock()

    def note(self, person: int, pupils: Iterable[int], now: float) -> None:
        """Remember that somebody opened these children."""
        with self._lock:
            if len(self._seen) >= PEOPLE:
                self._forget(now - SECONDS)
            self._seen[person].update(dict.fromkeys(pupils, now))

    def others_since(self, person: int, moment: float, pupils: Container[int]) -> int:
        """Count the different children, but for these, that somebody opened after a moment."""
        with self._lock:
            seen = self._seen.get(person, {})
            return sum(when > moment and pupil not in pupils for pupil, when in seen.items())

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._seen.clear()

    def _forget(self, moment: float) -> None:
        for person in [key for key, seen in self._seen.items() if max(seen.values()) < moment]:
            del self._seen[person]


looks = Looks()


def keep_pace(
    request: HttpRequest, person: Person, entries: Iterable[Opening], *, file: bool
) -> None:
    """Count the children whom a page opens, and ask whoever opened very many before who they are.

    Raises:
        NotFresh: too many in too short a time. Showing that it is them lets them go on.
    """
    pupils = {one.pupil_id for one in entries if one.pupil_id is not None}
    now = time.time()
    if not pupils or strength.left_out(request):
        return
    since = max(now - SECONDS, strength.shown_at(request))
    if looks.others_since(person.pk, since, pupils) >= settings.CHILDREN:
        log.warning("asked again after many children person=%s", short(person.ref))
        messages.info(
            request, _("You opened many children's records in a short time. Show that it is you.")
        )
        raise strength.NotFresh(file=file)
    looks.note(person.pk, pupils, now)
