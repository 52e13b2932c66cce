"""As whom one can sign in to the demo, and the one password of all of them."""

from itertools import zip_longest

from django.contrib.auth.hashers import make_password

from opensenco.access.actor import hat_for
from opensenco.access.models import Person
from opensenco.ops.demo.world import World
from opensenco.ops.demo_marker import SignIn

#: everybody of the demo is made up; real people choose their own
PASSWORD = "herons-over-the-saltmarsh"  # noqa: S105


def make(world: World) -> list[SignIn]:
    """Give everybody the password, hashed once for all, and say who they are."""
    keys = [person.pk for person in world.people.values()]
    Person.objects.filter(pk__in=keys).update(password=make_password(PASSWORD))
    shown: dict[str, list[SignIn]] = {}
    for person in world.people.values():
        hat = hat_for(person, world.today)
        if hat is not None:
            who = f"{person.name}, {hat.name} at {hat.place}"
            shown.setdefault(hat.role.code, []).append(SignIn(who, person.email, PASSWORD))
    # one of each role first: the list that is printed is short
    several = zip_longest(*shown.values())
    return [one for row in several for one in row if one is not None]
