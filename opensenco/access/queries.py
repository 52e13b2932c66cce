"""People and their hats, read before any scope of an organisation is open."""

from datetime import date

from opensenco.access.actor import Hat, hat_for
from opensenco.access.models import Person


def people_with_hats(today: date) -> list[tuple[Person, Hat]]:
    """Give everybody who has a role today, with their first hat; for demonstrations."""
    found = []
    for person in Person.objects.filter(is_active=True).order_by("id"):
        hat = hat_for(person, today)
        if hat is not None:
            found.append((person, hat))
    return found
