"""What a sender may see of a record about to leave, and what would tell who the child is."""

from collections.abc import Iterable
from dataclasses import replace

from opensenco.access.actor import Actor
from opensenco.access.registry import may_each
from opensenco.network.blind import GENERAL, Telling, words_of, written_days
from opensenco.network.content import Section
from opensenco.network.states import PART_VERBS, Part
from opensenco.people.models import Contact, Pupil
from opensenco.people.queries import adults_of


def seen_parts(actor: Actor, pupil: Pupil) -> frozenset[Part]:
    """Give the parts of a pupil's record that this actor may see; each verb is asked once."""
    verbs = may_each(actor, sorted(set(PART_VERBS.values())), pupil)
    return frozenset(part for part, verb in PART_VERBS.items() if verbs[verb])


def shown_to(sections: Iterable[Section], seen: Iterable[Part]) -> tuple[Section, ...]:
    """Give sections with those emptied that a colleague of the sender may not see."""
    values = {part.value for part in seen}
    return tuple(
        section if section.part in values else replace(section, blocks=(), hidden=True)
        for section in sections
    )


def telling_of(actor: Actor, pupil: Pupil) -> Telling:
    """Give what would tell who a pupil is, from the record."""
    contacts = Contact.objects.filter(pupil=pupil).values_list("name", flat=True)
    adults = [adult.name for adult in adults_of(pupil, actor.today)]
    names = words_of([pupil.first_name, pupil.last_name, pupil.known_as])
    others = words_of([*contacts, *adults, pupil.org.name], shortest=3)
    numbers = written_days(pupil.birth_date) + ((pupil.upn,) if pupil.upn else ())
    return Telling(names, numbers, others - names - GENERAL)
