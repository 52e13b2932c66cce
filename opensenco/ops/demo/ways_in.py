"""As whom one can sign in to the demo, and the one password of all of them."""

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
    return [_sign_in(world, person) for person in world.people.values()]


def _sign_in(world: World, person: Person) -> SignIn:
    hat = hat_for(person, world.today)
    who = f"{person.name}, {hat.name} at {hat.place}" if hat else person.name
    return SignIn(who, person.email, PASSWORD)
