"""What one colleague was taught, by what is written down with their name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.kernel.text import search_key
from opensenco.threads.advice import listed
from opensenco.threads.advice_models import AdviceKind
from opensenco.threads.models import Advice

#: so many entries are read at most, the newest: a school writes down some dozens a year
MOST = 500


@dataclass(frozen=True)
class Taught:
    """What some colleagues were taught, as far as a reader may know of it, the newest first."""

    rows: Sequence[Advice]

    def of(self, person: Person) -> list[Advice]:
        """Give what names this person as who learned it."""
        name = search_key(person.name)
        return [row for row in self.rows if name in search_key(row.to_whom)]

    def has_had(self, person: Person, training: str) -> bool:
        """Tell whether something written down names this person and all words of a training.

        What a professional advised about a child is no training.
        """
        wanted = search_key(training).split()
        return any(
            all(word in row.search_key for word in wanted)
            for row in self.of(person)
            if row.kind != AdviceKind.ADVICE
        )


def taught(actor: Actor, people: Iterable[Person]) -> Taught:
    """Give what these colleagues were taught. Asks once, and not at all for nobody."""
    names = [search_key(one.name).split() for one in people]
    told = [reduce(lambda a, b: a & b, (Q(search_key__contains=w) for w in name)) for name in names
            if name]  # fmt: skip
    if not told:
        return Taught(())
    return Taught(list(listed(actor).filter(reduce(or_, told))[:MOST]))
